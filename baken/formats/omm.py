"""The Orbit Mean-elements Message: its table, and what of it makes an element set.

KVN, XML, CSV and JSON are four dresses of this one table.  Baken's ``ElementSet`` is the part of it that SGP4
speaks; whatever else a message says is kept in ``other_fields``, under its own keyword, and written back.

Source: CCSDS 502.0-B-3, chapter 4 and 8.11; 502.0-B-2 for version 2.0.
"""

from collections.abc import Iterator, Mapping

from baken.astro.time import TimeScale, tai_ns_from_text, tai_ns_from_utc, utc_text
from baken.errors import BadMessage
from baken.formats._grammar import (
    DEGREE,
    REVOLUTION_PER_DAY,
    REVOLUTION_PER_DAY2,
    REVOLUTION_PER_DAY3,
    Unit,
    number,
    shown,
    si_from,
    text_from_si,
    whole_number,
)
from baken.formats.object_identity import identity_from_catalogue, object_id_text
from baken.formats.omm_table import GRAMMAR as GRAMMAR
from baken.records.identity import MAX_NORAD_CAT_ID, Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet, Theory

USER_DEFINED = "USER_DEFINED_"

# What an element set holds in words of its own; every other keyword goes to other_fields.
TAKEN = frozenset(
    {
        *(
            "CREATION_DATE",
            "ORIGINATOR",
            "OBJECT_NAME",
            "OBJECT_ID",
            "CENTER_NAME",
            "REF_FRAME",
            "TIME_SYSTEM",
        ),
        *("MEAN_ELEMENT_THEORY", "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE"),
        *("ARG_OF_PERICENTER", "MEAN_ANOMALY", "EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "NORAD_CAT_ID"),
        *("ELEMENT_SET_NO", "REV_AT_EPOCH", "BSTAR", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT"),
    }
)
# UT1 is a clock too, but it needs Earth data, which no message brings.
CLOCKS = frozenset(scale.value for scale in TimeScale if scale is not TimeScale.UT1)
THEORIES = {
    "SGP4": Theory.SGP4,
    "SGP/SGP4": Theory.SGP4,  # as version 2.0 and Space-Track write it
    "SGP4-XP": Theory.SGP4_XP,
}
# SGP4-XP's terms stand in the place of SGP4's; a message has one of the two (502.0-B-3, table 4-3).
INSTEAD_OF = {"BTERM": "BSTAR", "AGOM": "MEAN_MOTION_DDOT"}
SGP4_XP_EPHEMERIS_TYPE = 4  # Space-Track, GP documentation


def element_set_from_fields(
    fields: Mapping[str, str],
    *,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
    comments: tuple[str, ...] = (),
) -> ElementSet:
    """Make an element set of the fields of a mean-elements message, as text, whatever dress they came in.

    A field that is absent or blank is not stated; frame, centre, time system and theory are then TEME, EARTH,
    UTC and SGP4, as the tables of CelesTrak mean them.  Keywords that an element set has no word for go to
    ``other_fields``, in their order.

    Raises: BadMessage naming the keyword, for a number that is none, or a message that is not SGP4's.

    >>> vanguard = {"OBJECT_NAME": "VANGUARD 1", "OBJECT_ID": "1958-002B", "NORAD_CAT_ID": "5",
    ...     "EPOCH": "2000-06-27T18:50:19.733568", "MEAN_MOTION": "10.82419157", "ECCENTRICITY": ".1859667",
    ...     "INCLINATION": "34.2682", "RA_OF_ASC_NODE": "348.7242", "ARG_OF_PERICENTER": "331.7664",
    ...     "MEAN_ANOMALY": "19.3264", "BSTAR": ".28098E-4", "GP_ID": "17"}
    >>> element_set = element_set_from_fields(vanguard)
    >>> element_set.identity.norad_cat_id, element_set.eccentricity, element_set.other_fields
    (5, 0.1859667, (('GP_ID', '17'),))
    """
    why_not = why_no_element_set(fields)
    if why_not is not None:
        raise why_not
    created = fields.get("CREATION_DATE", "").strip()
    try:
        return ElementSet(
            identity=_identity(fields),
            epoch_tai_ns=_epoch_tai_ns(fields),
            mean_motion_rad_s=_si(fields, "MEAN_MOTION", REVOLUTION_PER_DAY),
            eccentricity=_si(fields, "ECCENTRICITY"),
            inclination_rad=_si(fields, "INCLINATION", DEGREE),
            raan_rad=_si(fields, "RA_OF_ASC_NODE", DEGREE),
            argument_of_perigee_rad=_si(fields, "ARG_OF_PERICENTER", DEGREE),
            mean_anomaly_rad=_si(fields, "MEAN_ANOMALY", DEGREE),
            bstar_per_earth_radius=_si(fields, "BSTAR", absent=0.0),
            mean_motion_dot_rad_s2=_si(fields, "MEAN_MOTION_DOT", REVOLUTION_PER_DAY2, absent=0.0),
            mean_motion_ddot_rad_s3=_si(fields, "MEAN_MOTION_DDOT", REVOLUTION_PER_DAY3, absent=0.0),
            theory=_theory(fields),
            ephemeris_type=_integer(fields, "EPHEMERIS_TYPE") or 0,
            classification=fields.get("CLASSIFICATION_TYPE", "").strip() or "U",
            element_set_no=_integer(fields, "ELEMENT_SET_NO"),
            rev_at_epoch=_integer(fields, "REV_AT_EPOCH"),
            originator=fields.get("ORIGINATOR", "").strip(),
            created_tai_ns=_instant("CREATION_DATE", created) if created else None,
            realm=realm,
            marking=marking,
            lineage=lineage,
            comments=comments,
            other_fields=tuple((k, v) for k, v in fields.items() if k not in TAKEN and v.strip()),
        )
    except ValueError as impossible:
        raise BadMessage(str(impossible), field=_keyword_of(impossible)) from impossible


def why_no_element_set(fields: Mapping[str, str]) -> BadMessage | None:
    """Say why a message cannot become an element set, or None when it can."""
    theory = fields.get("MEAN_ELEMENT_THEORY", "").strip() or "SGP4"
    if theory not in THEORIES:
        return BadMessage(
            f"the theory {theory} is not SGP4; its mean elements mean something else",
            field="MEAN_ELEMENT_THEORY",
            next_step="keep the message, or ask its originator for an ephemeris",
        )
    for keyword, only in (("CENTER_NAME", "EARTH"), ("REF_FRAME", "TEME")):
        said = fields.get(keyword, "").strip() or only
        if said.upper() != only:
            return BadMessage(f"SGP4 elements are about {only}; this message says {said}", field=keyword)
    clock = fields.get("TIME_SYSTEM", "").strip() or "UTC"
    if clock not in CLOCKS:
        return BadMessage(f"the clock {shown(clock)} is none Baken can read", field="TIME_SYSTEM")
    return None


def fields_from_element_set(element_set: ElementSet) -> list[tuple[str, str]]:
    """Return an element set as keywords and texts, in the order of the standard's table, then its others.

    Numbers are printed so that they read back as the same numbers.  CREATION_DATE and ORIGINATOR are there
    only when known, and so are ELEMENT_SET_NO and REV_AT_EPOCH; OBJECT_ID reads UNKNOWN when it is.
    """
    known = dict(_known_fields(element_set))
    others = dict(element_set.other_fields)
    in_table = [field.keyword for block in GRAMMAR.blocks for field in block.fields]
    stated = {**others, **known}
    for theirs, ours in INSTEAD_OF.items():
        if theirs in others:
            del stated[ours]
    return [
        *((keyword, stated[keyword]) for keyword in in_table if keyword in stated),
        *((keyword, text) for keyword, text in others.items() if keyword not in in_table),
    ]


def _known_fields(element_set: ElementSet) -> Iterator[tuple[str, str]]:
    identity = element_set.identity
    if element_set.created_tai_ns is not None:
        yield "CREATION_DATE", instant_text(element_set.created_tai_ns)
    if element_set.originator:
        yield "ORIGINATOR", element_set.originator
    yield "OBJECT_NAME", identity.name or "UNKNOWN"
    yield "OBJECT_ID", object_id_text(identity)
    yield "CENTER_NAME", "EARTH"
    yield "REF_FRAME", "TEME"
    yield "TIME_SYSTEM", "UTC"
    yield "MEAN_ELEMENT_THEORY", element_set.theory.value
    yield "EPOCH", instant_text(element_set.epoch_tai_ns)
    yield "MEAN_MOTION", text_from_si(element_set.mean_motion_rad_s, REVOLUTION_PER_DAY)
    yield "ECCENTRICITY", text_from_si(element_set.eccentricity)
    yield "INCLINATION", text_from_si(element_set.inclination_rad, DEGREE)
    yield "RA_OF_ASC_NODE", text_from_si(element_set.raan_rad, DEGREE)
    yield "ARG_OF_PERICENTER", text_from_si(element_set.argument_of_perigee_rad, DEGREE)
    yield "MEAN_ANOMALY", text_from_si(element_set.mean_anomaly_rad, DEGREE)
    yield "EPHEMERIS_TYPE", str(element_set.ephemeris_type)
    yield "CLASSIFICATION_TYPE", element_set.classification
    if identity.norad_cat_id is not None:
        yield "NORAD_CAT_ID", str(identity.norad_cat_id)
    if element_set.element_set_no is not None:
        yield "ELEMENT_SET_NO", str(element_set.element_set_no)
    if element_set.rev_at_epoch is not None:
        yield "REV_AT_EPOCH", str(element_set.rev_at_epoch)
    yield "BSTAR", text_from_si(element_set.bstar_per_earth_radius)
    yield "MEAN_MOTION_DOT", text_from_si(element_set.mean_motion_dot_rad_s2, REVOLUTION_PER_DAY2)
    yield "MEAN_MOTION_DDOT", text_from_si(element_set.mean_motion_ddot_rad_s3, REVOLUTION_PER_DAY3)


def instant_text(epoch_tai_ns: int) -> str:
    """Print an instant in UTC as messages do: microseconds, or nanoseconds where they are needed, and no Z.

    The Z is left out because the message says UTC elsewhere, and readers in the field stumble over it.
    """
    return utc_text(epoch_tai_ns, 6 if epoch_tai_ns % 1000 == 0 else 9).removesuffix("Z")


def _identity(fields: Mapping[str, str]) -> Identity:
    norad_cat_id = _integer(fields, "NORAD_CAT_ID")
    if norad_cat_id is None or not 0 <= norad_cat_id <= MAX_NORAD_CAT_ID:
        raise BadMessage("a catalogue number of up to nine digits must be here", field="NORAD_CAT_ID")
    said, name = fields.get("OBJECT_ID", "").strip(), fields.get("OBJECT_NAME", "").strip()
    return identity_from_catalogue(norad_cat_id, said, name)


def _keyword_of(impossible: ValueError) -> str:
    """Return the keyword that a noun's own complaint, which begins with the name of its field, is about."""
    words = {"mean_motion_rad_s": "MEAN_MOTION", "eccentricity": "ECCENTRICITY"}
    return words.get(str(impossible).split(" ", 1)[0], "")


def _theory(fields: Mapping[str, str]) -> Theory:
    said = fields.get("MEAN_ELEMENT_THEORY", "").strip()
    if said:
        return THEORIES[said]
    is_xp = _integer(fields, "EPHEMERIS_TYPE") == SGP4_XP_EPHEMERIS_TYPE
    return Theory.SGP4_XP if is_xp else Theory.SGP4


def _epoch_tai_ns(fields: Mapping[str, str]) -> int:
    text = fields.get("EPOCH", "").strip()
    if not text:
        raise BadMessage("is missing", field="EPOCH")
    return _instant("EPOCH", text, fields.get("TIME_SYSTEM", "").strip() or "UTC")


def _instant(keyword: str, text: str, scale: str = "UTC") -> int:
    try:
        return tai_ns_from_utc(text) if scale == "UTC" else tai_ns_from_text(text, TimeScale(scale))
    except ValueError as impossible:
        raise BadMessage(str(impossible), field=keyword) from impossible


def _si(
    fields: Mapping[str, str], keyword: str, unit: Unit | None = None, absent: float | None = None
) -> float:
    text = fields.get(keyword, "").strip()
    if not text and absent is not None:
        return absent
    try:
        return si_from(number(text), unit)
    except ValueError as impossible:
        raise BadMessage(str(impossible) if text else "is missing", field=keyword) from impossible


def _integer(fields: Mapping[str, str], keyword: str) -> int | None:
    text = fields.get(keyword, "").strip()
    try:
        return whole_number(text) if text else None
    except ValueError as impossible:
        raise BadMessage(str(impossible), field=keyword) from impossible
