"""From the noun back to an Orbit Comprehensive Message, whose form, KVN or XML, is another's business."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from baken.astro.time import TimeScale
from baken.formats._grammar import Block, Need
from baken.formats._ocm_parts import (
    DEFAULT_KIND,
    DEFAULT_LOCAL_FRAME,
    DEFAULT_ORDERING,
    manoeuvre_columns,
)
from baken.formats._ocm_rows import Clock, row_texts
from baken.formats.message import USER_DEFINED, Entry, KeptMessage, Message, Section, no_room
from baken.formats.object_identity import SAID
from baken.formats.ocm_columns import ELEMENTS, Column, covariance_columns
from baken.formats.ocm_table import (
    COVARIANCE,
    GRAMMAR,
    HEADER,
    MANOEUVRE,
    METADATA,
    ORBIT_DETERMINATION,
    PERTURBATIONS,
    PHYSICAL,
    TRAJECTORY,
    USER,
)
from baken.formats.oem_text import instant_text
from baken.records.identity import Identity
from baken.records.orbit_message import (
    CovarianceRows,
    ManoeuvreHistory,
    OrbitMessage,
    Rows,
    SaidBlock,
    TrajectoryHistory,
)

VERSION = "3.0"
DESIGNATORS = ("OBJECT_NAME", "INTERNATIONAL_DESIGNATOR", "CATALOG_NAME", "OBJECT_DESIGNATOR")
NORAD_CATALOGUE = "CSPOC"


def message_from(record: object) -> Message:
    """Return the message of an orbit message; a kept message is its own.

    Raises: WrongUsage for a record of another kind.
    """
    if isinstance(record, KeptMessage) and record.message.kind == GRAMMAR.name:
        return record.message
    if not isinstance(record, OrbitMessage):
        raise no_room(record, GRAMMAR.name)
    return Message(kind=GRAMMAR.name, version=VERSION, sections=tuple(_sections(record)))


def _sections(one: OrbitMessage) -> Iterator[Section]:
    clock = Clock(TimeScale(one.time_system), one.epoch_zero_tai_ns)
    yield _section(HEADER, _header(one), one.header_comments, segment=0)
    unknown = [(keyword, text) for keyword, text in one.other_fields if keyword not in HEADER.places]
    yield _section(METADATA, {**_metadata(one, clock), **dict(unknown)}, one.metadata_comments)
    for trajectory in one.trajectories:
        yield _trajectory(trajectory, clock)
    yield from _said_block(PHYSICAL, one.physical)
    for covariance in one.covariances:
        yield _covariance(covariance, clock)
    for manoeuvre in one.manoeuvres:
        yield _manoeuvre(manoeuvre, clock)
    yield from _said_block(PERTURBATIONS, one.perturbations)
    yield from _said_block(ORBIT_DETERMINATION, one.orbit_determination)
    if one.user_defined is not None:
        fields = (Entry(USER_DEFINED + keyword, text) for keyword, text in one.user_defined.fields)
        yield Section(USER.name, tuple(fields), one.user_defined.comments, segment=1)


def _header(one: OrbitMessage) -> Mapping[str, str]:
    created = one.created_tai_ns
    return {
        "CLASSIFICATION": dict(one.other_fields).get("CLASSIFICATION", ""),
        "CREATION_DATE": "" if created is None else instant_text(created, TimeScale.UTC),
        "ORIGINATOR": one.originator,
        "MESSAGE_ID": one.message_id,
    }


def _metadata(one: OrbitMessage, clock: Clock) -> Mapping[str, str]:
    names = {} if any(keyword in DESIGNATORS for keyword, _ in one.other_fields) else _names(one.identity)
    zero = instant_text(one.epoch_zero_tai_ns, clock.scale)
    return {**names, "TIME_SYSTEM": one.time_system, "EPOCH_TZERO": zero}


def _names(identity: Identity) -> Mapping[str, str]:
    """Return an identity in the words of a message, where no source has said it in its own."""
    number = identity.norad_cat_id
    said = next((other.value for other in identity.others if other.scheme == SAID), "")
    return {
        "OBJECT_NAME": identity.name or "",
        "INTERNATIONAL_DESIGNATOR": identity.cospar_id or "",
        "CATALOG_NAME": "" if number is None else NORAD_CATALOGUE,
        "OBJECT_DESIGNATOR": said if number is None else str(number),
    }


def _trajectory(one: TrajectoryHistory, clock: Clock) -> Section:
    words = {"CENTER_NAME": one.centre, "TRAJ_REF_FRAME": one.frame, "TRAJ_TYPE": one.kind}
    rows = _rows(TRAJECTORY, one.rows, ELEMENTS.get(one.kind.upper()), clock)
    return _section(TRAJECTORY, {**dict(one.fields), **words}, one.comments, rows)


DEFAULTS = (DEFAULT_LOCAL_FRAME, DEFAULT_KIND, DEFAULT_ORDERING)


def _covariance(one: CovarianceRows, clock: Clock) -> Section:
    words = {"COV_REF_FRAME": one.frame, "COV_TYPE": one.kind, "COV_ORDERING": one.ordering}
    if not len(one.rows) and tuple(words.values()) == DEFAULTS:
        words = {}  # an empty block, as it came
    columns = covariance_columns(one.kind.upper(), one.ordering.upper())
    rows = _rows(COVARIANCE, one.rows, columns, clock)
    return _section(COVARIANCE, {**dict(one.fields), **words}, one.comments, rows)


def _manoeuvre(one: ManoeuvreHistory, clock: Clock) -> Section:
    words = {
        "MAN_ID": one.manoeuvre_id,
        "MAN_DEVICE_ID": one.device_id,
        "MAN_REF_FRAME": one.frame,
        "MAN_COMPOSITION": ", ".join(one.columns),
    }
    rows = _rows(MANOEUVRE, one.rows, manoeuvre_columns(one.columns), clock)
    return _section(MANOEUVRE, {**dict(one.fields), **words}, one.comments, rows)


def _rows(block: Block, rows: Rows, columns: Sequence[Column] | None, clock: Clock) -> Iterable[Entry]:
    if columns is None:
        columns = [Column()] * rows.values_si.shape[1]
    return (Entry(block.row, text) for text in row_texts(rows, columns, clock))


def _said_block(block: Block, said: SaidBlock | None) -> Iterator[Section]:
    if said is not None:
        yield _section(block, dict(said.fields), said.comments)


def _section(
    block: Block,
    texts: Mapping[str, str],
    comments: tuple[str, ...],
    rows: Iterable[Entry] = (),
    segment: int = 1,
) -> Section:
    """Return a block in the order of its table; what the table does not know becomes a comment."""
    entries = [
        Entry(one.keyword, texts.get(one.keyword, ""))
        for one in block.fields
        if texts.get(one.keyword) or (one.need is Need.OBLIGATORY and block in (HEADER, METADATA))
    ]
    unknown = [
        f"{keyword} = {text}".rstrip() for keyword, text in texts.items() if keyword not in block.places
    ]
    return Section(block.name, (*entries, *rows), (*comments, *unknown), segment=segment)
