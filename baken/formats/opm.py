"""From the Orbit Parameter Message to the noun, for KVN and XML alike.

A message on a clock that Baken can read becomes an ``OrbitState``.  One on another clock (sidereal time, time
since a launch) is sound, but its instants cannot be put beside any other: it is kept whole, with the reason.

Source: CCSDS 502.0-B-3, chapter 3.
"""

from collections.abc import Iterable, Iterator, Sequence

from baken.astro.time import TimeScale
from baken.errors import BadMessage
from baken.formats._grammar import Block, Need, shown
from baken.formats._said import Said, units_of
from baken.formats.message import USER_DEFINED, Draft, KeptMessage, Message, Section, gather
from baken.formats.object_identity import identity_from_object_id
from baken.formats.oem import CLOCKS, covariance_from
from baken.formats.opm_table import (
    COVARIANCE,
    GRAMMAR,
    KEPLERIAN,
    MANOEUVRE,
    SPACECRAFT,
)
from baken.formats.reading import Deviation, Reading, Strictness
from baken.records.conjunction_message import Comments
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from baken.records.orbit_state import (
    Manoeuvre,
    OrbitState,
    OsculatingElements,
    SpacecraftParameters,
    StateCovariance,
)

UNITS = units_of(GRAMMAR.blocks)
POSITION, VELOCITY = ("X", "Y", "Z"), ("X_DOT", "Y_DOT", "Z_DOT")
VELOCITY_CHANGE = ("MAN_DV_1", "MAN_DV_2", "MAN_DV_3")
# Header words that the noun does not have; the rest of the table it has.
NOT_IN_THE_NOUN = ("CLASSIFICATION",)


def reading(
    format_name: str,
    drafts: Iterable[Draft],
    strictness: Strictness,
    *,
    realm: Realm,
    marking: Marking,
    lineage: Lineage,
) -> Reading[OrbitState | KeptMessage]:
    """Make orbit states of judged messages, and keep the messages whose clock nobody here knows."""

    def build(message: Message) -> OrbitState | KeptMessage:
        clock = message.texts().get("TIME_SYSTEM", "")
        if clock and clock not in CLOCKS:
            return KeptMessage(
                message,
                f"the clock {shown(clock)} is none Baken can read; its instants compare with no other",
            )
        return _orbit_state(message, realm, marking, lineage)

    return gather(format_name, _with_rules(drafts), build, strictness)


def _with_rules(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for message, deviations in drafts:
        told = {deviation.keyword for deviation in deviations}
        broken = (fault for fault in broken_rules(message) if fault.keyword not in told)
        yield message, (*deviations, *broken)


def broken_rules(message: Message) -> Iterator[Deviation]:
    """Yield where fields do not go together.

    Source: CCSDS 502.0-B-3, table 3-3, 3.2.4.9 and 3.2.4.10.
    """
    said = message.texts()
    there = {section.name: section for section in reversed(message.sections)}
    if KEPLERIAN.name in there:
        line = there[KEPLERIAN.name].line
        if "TRUE_ANOMALY" in said and "MEAN_ANOMALY" in said:
            problem = "stands beside TRUE_ANOMALY; a message has one of the two"
            yield Deviation(message.line_of("MEAN_ANOMALY"), "MEAN_ANOMALY", problem)
        elif "TRUE_ANOMALY" not in said and "MEAN_ANOMALY" not in said:
            yield Deviation(line, "TRUE_ANOMALY", f"is missing from the {KEPLERIAN.name}, or MEAN_ANOMALY")
    if MANOEUVRE.name in there and "MASS" not in said:
        line = there[MANOEUVRE.name].line
        yield Deviation(line, "MASS", "is missing; a message with manoeuvres cannot do without it")
    for axis in (*POSITION, *VELOCITY):
        if said.get(variance := f"C{axis}_{axis}", "").startswith("-"):
            yield Deviation(message.line_of(variance), variance, "is negative, and no variance is")


def _orbit_state(message: Message, realm: Realm, marking: Marking, lineage: Lineage) -> OrbitState:
    said = _said(message)
    elements, covariance = _elements(said), _covariance(said)
    left = [block for block, noun in ((KEPLERIAN, elements), (COVARIANCE, covariance)) if noun is None]
    try:
        return OrbitState(
            identity=identity_from_object_id(said.needed_text("OBJECT_ID"), said.text("OBJECT_NAME")),
            frame=said.needed_text("REF_FRAME"),
            centre=said.needed_text("CENTER_NAME"),
            time_system=said.needed_text("TIME_SYSTEM"),
            frame_epoch_tai_ns=said.instant("REF_FRAME_EPOCH"),
            epoch_tai_ns=said.needed_instant("EPOCH"),
            position_m=said.needed_vector(POSITION),
            velocity_m_s=said.needed_vector(VELOCITY),
            elements=elements,
            spacecraft=_spacecraft(said),
            covariance=covariance,
            manoeuvres=tuple(
                _manoeuvre(one, said.clock) for one in message.sections if one.name == MANOEUVRE.name
            ),
            originator=said.text("ORIGINATOR"),
            created_tai_ns=Said(said.texts, UNITS, TimeScale.UTC).instant("CREATION_DATE"),
            message_id=said.text("MESSAGE_ID"),
            realm=realm,
            marking=marking,
            lineage=lineage,
            comments=_comments(message),
            other_fields=tuple(_others(message, left)),
        )
    except ValueError as impossible:
        raise BadMessage(str(impossible)) from impossible


def _said(message: Message) -> Said:
    """Return what a message says, instants on the clock it names."""
    texts = message.texts()
    if "TIME_SYSTEM" not in texts:
        raise BadMessage("is missing", field="TIME_SYSTEM")
    return Said(texts, UNITS, CLOCKS[texts["TIME_SYSTEM"]])


def _elements(said: Said) -> OsculatingElements | None:
    """Return the elements when all of them are there: half a set is none."""
    needed = [field.keyword for field in KEPLERIAN.fields if field.need is Need.OBLIGATORY]
    anomalies = [keyword for keyword in ("TRUE_ANOMALY", "MEAN_ANOMALY") if keyword in said.texts]
    if len(anomalies) != 1 or any(keyword not in said.texts for keyword in needed):
        return None
    return OsculatingElements(
        semi_major_axis_m=said.needed_real("SEMI_MAJOR_AXIS"),
        eccentricity=said.needed_real("ECCENTRICITY"),
        inclination_rad=said.needed_real("INCLINATION"),
        raan_rad=said.needed_real("RA_OF_ASC_NODE"),
        argument_of_perigee_rad=said.needed_real("ARG_OF_PERICENTER"),
        true_anomaly_rad=said.real("TRUE_ANOMALY"),
        mean_anomaly_rad=said.real("MEAN_ANOMALY"),
        mu_m3_s2=said.needed_real("GM"),
    )


def _spacecraft(said: Said) -> SpacecraftParameters | None:
    if not any(field.keyword in said.texts for field in SPACECRAFT.fields):
        return None
    return SpacecraftParameters(
        mass_kg=said.real("MASS"),
        radiation_area_m2=said.real("SOLAR_RAD_AREA"),
        radiation_coefficient=said.real("SOLAR_RAD_COEFF"),
        drag_area_m2=said.real("DRAG_AREA"),
        drag_coefficient=said.real("DRAG_COEFF"),
    )


def _covariance(said: Said) -> StateCovariance | None:
    """Return the covariance when all of it is there: half a matrix is none."""
    needed = (field.keyword for field in COVARIANCE.fields if field.need is Need.OBLIGATORY)
    if any(keyword not in said.texts for keyword in needed):
        return None
    matrix = covariance_from(dict(said.texts))
    return StateCovariance(frame=said.text("COV_REF_FRAME"), covariance_si=matrix)


def _manoeuvre(section: Section, clock: TimeScale) -> Manoeuvre:
    said = Said({entry.keyword: entry.text for entry in section.entries}, UNITS, clock)
    return Manoeuvre(
        ignition_tai_ns=said.instant("MAN_EPOCH_IGNITION"),
        duration_s=said.real("MAN_DURATION"),
        mass_change_kg=said.real("MAN_DELTA_MASS"),
        frame=said.text("MAN_REF_FRAME"),
        velocity_change_m_s=said.vector(VELOCITY_CHANGE),
        comments=section.comments,
    )


def _comments(message: Message) -> Comments:
    named = ((one.name, one.comments) for one in message.sections if one.name != MANOEUVRE.name)
    return tuple((name, comments) for name, comments in named if comments)


def _others(message: Message, left: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Yield what the noun has no word for, user-defined ones without prefix, and half-filled blocks."""
    halves = {keyword for block in left for keyword in block.places}
    for entry in message.entries():
        bare = entry.keyword.removeprefix(USER_DEFINED)
        if entry.keyword not in UNITS or entry.keyword in NOT_IN_THE_NOUN or entry.keyword in halves:
            yield (entry.keyword if bare in UNITS or not bare else bare), entry.text
