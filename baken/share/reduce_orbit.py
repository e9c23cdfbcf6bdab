"""Content that speaks of orbits, told coarsely, in the format it came in, and what was done to each field."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TypeAlias

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.time import utc_text
from baken.errors import TheirMistake
from baken.formats.label_comments import marking_of
from baken.formats.reading import Strictness
from baken.formats.realm_word import REALM_KEYWORDS
from baken.formats.sniff import read_any, unpack, writer_of
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.ephemeris import Ephemeris
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet
from baken.records.orbit_state import OrbitState
from baken.records.precision import Precision
from baken.records.reduction import Reduction, Rule
from baken.share.reduce_conjunction import reduce_conjunction
from baken.share.reduce_elements import reduce_elements
from baken.share.reduce_state import reduce_ephemeris, reduce_state
from baken.share.wanted import CannotReduce, Wanted

Orbital: TypeAlias = "OrbitState | Ephemeris | ElementSet | ConjunctionMessage"
KINDS = (OrbitState, Ephemeris, ElementSet, ConjunctionMessage)
# A two-line element set says neither by whom it is nor whose it is: it goes as the message of today.
WRITTEN_AS = {"3le": "omm-kvn"}
MOST_TOLD = 5
WIDENED = ("covariance", "covariances", "covariance_rtn_si")
FIGURES = (
    "bstar_per_earth_radius",
    "mean_motion_dot_rad_s2",
    "mean_motion_ddot_rad_s3",
    "collision_probability",
    "spacecraft",
)
MOTION = (
    "position_m",
    "velocity_m_s",
    "mean_motion_rad_s",
    "eccentricity",
    "inclination_rad",
    "raan_rad",
    "argument_of_perigee_rad",
    "mean_anomaly_rad",
)
# How a field that goes otherwise than it was came to be; one without a rule was made anew.
RULES = {
    **dict.fromkeys(WIDENED, Rule.ROUNDED_UP),
    **dict.fromkeys(FIGURES, Rule.DIGITS),
    **dict.fromkeys(MOTION, Rule.CARRIED),
    "epoch_tai_ns": Rule.ROUNDED,
    "created_tai_ns": Rule.ROUNDED,
    "tca_tai_ns": Rule.AS_THE_STATES,
}


def reduced(record: Orbital, wanted: Wanted) -> Orbital:
    """Return one record told coarsely.

    Raises: CannotReduce when it cannot be told as coarsely as asked, or bears a label of somebody else.
    """
    _refuse_unlike_its_entry(record, wanted)
    if isinstance(record, OrbitState):
        return reduce_state(record, wanted)
    if isinstance(record, Ephemeris):
        return reduce_ephemeris(record, wanted)
    if isinstance(record, ElementSet):
        return reduce_elements(record, wanted)
    return reduce_conjunction(record, wanted)


def _refuse_unlike_its_entry(record: Orbital, wanted: Wanted) -> None:
    """Refuse content that says it is of another world, or bears the label of somebody else."""
    comments = tuple(_comments(record))
    parted = (comment.partition("=") for comment in comments)
    said = [*record.other_fields, *((word.strip(), text) for word, _, text in parted)]
    if any(word in REALM_KEYWORDS and text.strip() != record.realm for word, text in said):
        raise CannotReduce(f"the content says it is not of {record.realm}, as its entry is; look at it")
    label, own = wanted.marking, marking_of(comments, record.marking)
    if own != label and (own.owner != label.owner or not label.owner):
        raise CannotReduce("the content bears a label of its own; ask its owner, or say without=content")


def _comments(record: Orbital) -> Iterator[str]:
    if isinstance(record, Ephemeris):
        yield from (*record.header_comments, *record.metadata_comments, *record.comments)
    elif isinstance(record, ElementSet):
        yield from record.comments
    else:
        yield from (comment for _, comments in record.comments for comment in comments)


def read_orbits(
    content: bytes, realm: Realm, marking: Marking = OWNER_ONLY
) -> tuple[str, tuple[Orbital, ...]]:
    """Return the format of a content and its records; none when it holds anything that cannot be reduced.

    ``marking`` is the label of records that bring none of their own; others get what both allow.
    """
    try:
        reading = read_any(unpack(content), strictness=Strictness.LENIENT, realm=realm, marking=marking)
    except TheirMistake:
        return "", ()
    can = all(isinstance(one, KINDS) for one in reading.records)
    return reading.format_name, reading.records if can else ()


def written(format_name: str, records: tuple[Orbital, ...]) -> tuple[str, bytes]:
    """Return records as bytes, and the format they are in."""
    name = WRITTEN_AS.get(format_name, format_name)
    return name, writer_of(name)(records)


# --- What was done ---------------------------------------------------------------------------------------


def told_of(
    before: tuple[Orbital, ...], after: tuple[Orbital, ...], precision: Precision
) -> Iterator[Reduction]:
    """Yield what was done to each field of the records, those of the first few."""
    for record in after:
        if isinstance(record, Ephemeris) and precision.position_m:
            yield Reduction(
                field="content", before="", after=_together(record, precision.position_m), rule=Rule.TOGETHER
            )
    for number, pair in enumerate(zip(before[:MOST_TOLD], after, strict=False), 1):
        prefix = f"content.{number}." if len(before) > 1 else "content."
        for name, was, now in _pairs(*pair):
            old, new = (
                _instant_text(each) if name.endswith("_tai_ns") else shown(each) for each in (was, now)
            )
            if old or new:
                yield Reduction(
                    field=prefix + name, before=old, after=new, rule=_rule(name, old, new, precision)
                )


def _together(ephemeris: Ephemeris, position_m: float) -> str:
    """Say what somebody finds who lays one motion through all rounded rows.

    Six numbers of a motion through six of each row, each off by its grid over the root of twelve.
    """
    n = len(ephemeris)
    return f"{n} rows together give away a position to about {position_m / (4.0 * n) ** 0.5:.3g} m"


def _pairs(was: object, now: object, prefix: str = "") -> Iterator[tuple[str, object, object]]:
    for one in fields(was):  # type: ignore[arg-type]
        old, new = getattr(was, one.name), getattr(now, one.name)
        if type(old) is type(new) and one.name in ("first", "second", "identity"):
            yield from _pairs(old, new, f"{prefix}{one.name}.")
        elif one.name not in ("lineage", "realm", "marking"):
            yield prefix + one.name, old, new


def _rule(name: str, old: str, new: str, precision: Precision) -> Rule:
    last = name.rpartition(".")[2]
    if old == new:
        return Rule.AS_IT_IS
    if last in FIGURES and precision.significant_digits is None:
        return Rule.NO_GRID
    if new:
        return RULES.get(last, Rule.FOLLOWS)
    if {last, last.removesuffix("_tai_ns"), "covariance" if last in WIDENED else last} & precision.without:
        return Rule.NAMED_OUT
    return Rule.NO_GRID if last in WIDENED else Rule.NOT_LISTED


def shown(value: object) -> str:
    """Return what a field holds, short enough for a table; empty when it holds nothing.

    >>> shown((7e6, 0.0, 1.5)), shown(None), shown(np.diag([4.0, 9.0]))
    ('7000000.0 0.0 1.5', '', 'one-sigmas 2 3')
    """
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, np.ndarray):
        return _array_text(value)
    if isinstance(value, tuple):
        return " ".join(shown(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        text = getattr(value, "text", None)
        parts = (shown(getattr(value, one.name)) for one in fields(value))
        return text if isinstance(text, str) else " ".join(part for part in parts if part)
    return str(value)


def _array_text(value: Floats) -> str:
    if value.ndim == 2 and value.shape[0] == value.shape[1]:
        return "one-sigmas " + " ".join(f"{sigma:.6g}" for sigma in np.sqrt(np.abs(np.diag(value))))
    first = value[0].tolist() if len(value) else []
    return f"{len(value)} rows, first {shown(tuple(first) if isinstance(first, list) else first)}"


def _instant_text(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"{len(value)} rows, first {utc_text(int(value[0]))}"
    return utc_text(value) if isinstance(value, int) else ""
