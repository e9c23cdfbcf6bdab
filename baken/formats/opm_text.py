"""From the noun back to an Orbit Parameter Message, whose form, KVN or XML, is another's business."""

from collections.abc import Iterator, Mapping

from baken.astro.time import TimeScale
from baken.formats._grammar import Block, Field, Kind, Need
from baken.formats._said import value_text
from baken.formats.message import (
    USER_DEFINED,
    USER_DEFINED_SECTION,
    Entry,
    KeptMessage,
    Message,
    Section,
    no_room,
)
from baken.formats.object_identity import only_object_id_text
from baken.formats.oem_text import instant_text, triangle_texts
from baken.formats.opm import POSITION, UNITS, VELOCITY, VELOCITY_CHANGE
from baken.formats.opm_table import (
    COVARIANCE,
    GRAMMAR,
    HEADER,
    KEPLERIAN,
    MANOEUVRE,
    METADATA,
    SPACECRAFT,
    STATE_VECTOR,
)
from baken.records.orbit_state import Manoeuvre, OrbitState

VERSION = "3.0"
Values = Mapping[str, str | float | int | None]  # instants are whole numbers, other quantities reals, in SI


def message_from(record: object) -> Message:
    """Return the message of an orbit state, its other fields in their places; a kept message is its own.

    Raises: WrongUsage for a record of another kind.
    """
    if isinstance(record, KeptMessage) and record.message.kind == GRAMMAR.name:
        return record.message
    if not isinstance(record, OrbitState):
        raise no_room(record, GRAMMAR.name)
    return Message(kind=GRAMMAR.name, version=VERSION, sections=tuple(_sections(record)))


def _sections(state: OrbitState) -> Iterator[Section]:
    clock, stated = TimeScale(state.time_system), dict(state.other_fields)
    parts = [
        (HEADER, _entries(HEADER, {**stated, **_header(state)}, TimeScale.UTC)),
        (METADATA, _entries(METADATA, {**stated, **_metadata(state)}, clock)),
        (STATE_VECTOR, _entries(STATE_VECTOR, _state(state), clock)),
        (KEPLERIAN, _entries(KEPLERIAN, {**stated, **_elements(state)}, clock)),
        (SPACECRAFT, _entries(SPACECRAFT, _spacecraft(state), clock)),
        (COVARIANCE, _entries(COVARIANCE, {**stated, **_covariance(state)}, clock)),
    ]
    there = {block.name: entries for block, entries in parts if entries}
    user_defined = tuple(_user_defined(state))
    # A comment cannot stand in a part that says nothing: it moves to the header.
    moved = [c for name, said in state.comments if name not in {*there, USER_DEFINED_SECTION} for c in said]
    remarks = dict(state.comments)
    for name, entries in there.items():
        comments = (*remarks.get(name, ()), *(moved if name == HEADER.name else ()))
        yield Section(name, entries, comments, segment=0 if name == HEADER.name else 1)
    for one in state.manoeuvres:
        yield Section(MANOEUVRE.name, _entries(MANOEUVRE, _manoeuvre(one), clock), one.comments, segment=1)
    if user_defined:
        comments = remarks.get(USER_DEFINED_SECTION, ())
        yield Section(USER_DEFINED_SECTION, user_defined, comments, segment=1)


def _header(state: OrbitState) -> Values:
    return {
        "CREATION_DATE": state.created_tai_ns,
        "ORIGINATOR": state.originator,
        "MESSAGE_ID": state.message_id,
    }


def _metadata(state: OrbitState) -> Values:
    return {
        "OBJECT_NAME": state.identity.name or "UNKNOWN",
        "OBJECT_ID": only_object_id_text(state.identity),
        "CENTER_NAME": state.centre,
        "REF_FRAME": state.frame,
        "REF_FRAME_EPOCH": state.frame_epoch_tai_ns,
        "TIME_SYSTEM": state.time_system,
    }


def _state(state: OrbitState) -> Values:
    return {
        "EPOCH": state.epoch_tai_ns,
        **dict(zip(POSITION, state.position_m, strict=True)),
        **dict(zip(VELOCITY, state.velocity_m_s, strict=True)),
    }


def _elements(state: OrbitState) -> Values:
    one = state.elements
    if one is None:
        return {}
    return {
        "SEMI_MAJOR_AXIS": one.semi_major_axis_m,
        "ECCENTRICITY": one.eccentricity,
        "INCLINATION": one.inclination_rad,
        "RA_OF_ASC_NODE": one.raan_rad,
        "ARG_OF_PERICENTER": one.argument_of_perigee_rad,
        "TRUE_ANOMALY": one.true_anomaly_rad,
        "MEAN_ANOMALY": one.mean_anomaly_rad,
        "GM": one.mu_m3_s2,
    }


def _spacecraft(state: OrbitState) -> Values:
    one = state.spacecraft
    if one is None:
        return {}
    return {
        "MASS": one.mass_kg,
        "SOLAR_RAD_AREA": one.radiation_area_m2,
        "SOLAR_RAD_COEFF": one.radiation_coefficient,
        "DRAG_AREA": one.drag_area_m2,
        "DRAG_COEFF": one.drag_coefficient,
    }


def _covariance(state: OrbitState) -> Values:
    one = state.covariance
    return {} if one is None else {"COV_REF_FRAME": one.frame, **triangle_texts(one.covariance_si)}


def _manoeuvre(one: Manoeuvre) -> Values:
    gained_m_s = one.velocity_change_m_s or (None, None, None)
    return {
        "MAN_EPOCH_IGNITION": one.ignition_tai_ns,
        "MAN_DURATION": one.duration_s,
        "MAN_DELTA_MASS": one.mass_change_kg,
        "MAN_REF_FRAME": one.frame,
        **dict(zip(VELOCITY_CHANGE, gained_m_s, strict=True)),
    }


def _entries(block: Block, values: Values, clock: TimeScale) -> tuple[Entry, ...]:
    """Return the fields that say something; of header and metadata the obligatory ones even blank."""
    always = block in (HEADER, METADATA)
    texts = ((one, _text(values.get(one.keyword), one, clock)) for one in block.fields)
    return tuple(
        Entry(one.keyword, text) for one, text in texts if text or (always and one.need is Need.OBLIGATORY)
    )


def _text(value: str | float | int | None, field: Field, clock: TimeScale) -> str:
    if field.kind is Kind.INSTANT and isinstance(value, int):
        return instant_text(value, clock)
    return value_text(value, field.kind, field.unit)


def _user_defined(state: OrbitState) -> Iterator[Entry]:
    for keyword, text in state.other_fields:
        if keyword in UNITS:
            continue
        yield Entry(keyword if keyword.startswith(USER_DEFINED) else USER_DEFINED + keyword, text)
