"""From the noun back to a Conjunction Data Message, whose form, KVN or XML, is another's business."""

import math
from collections.abc import Iterator, Mapping

import numpy as np

from baken.astro.time import utc_text
from baken.errors import WrongUsage
from baken.formats._grammar import Block, Field, Kind, Need, text_from_si
from baken.formats.cdm import POSITION, RELATIVE_POSITION, RELATIVE_VELOCITY, SCREEN_VOLUME, VELOCITY
from baken.formats.cdm_table import (
    ADDITIONAL_PARAMETERS,
    COVARIANCE,
    GRAMMAR,
    HEADER,
    METADATA,
    OD_PARAMETERS,
    RELATIVE,
    STATE_VECTOR,
)
from baken.formats.message import Entry, Message, Section, no_room
from baken.records.conjunction_message import Comments, ConjunctionMessage, ConjunctionObject, Vector

VERSION = "1.0"
Said = Mapping[str, str | float | int | None]


def message_from(conjunction: object) -> Message:
    """Return the message of a conjunction.

    Raises: WrongUsage when it lacks a covariance, which the standard asks for, or is no conjunction at all.
    """
    if not isinstance(conjunction, ConjunctionMessage):
        raise no_room(conjunction, GRAMMAR.name)
    return Message(
        kind=GRAMMAR.name,
        version=VERSION,
        sections=(
            *_sections(conjunction.comments, conjunction.other_fields, 0, _of_both(conjunction)),
            *_of_object(conjunction.first, 1),
            *_of_object(conjunction.second, 2),
        ),
    )


def _of_both(conjunction: ConjunctionMessage) -> Iterator[tuple[Block, Said]]:
    yield (
        HEADER,
        {
            "CREATION_DATE": _instant(conjunction.created_tai_ns),
            "ORIGINATOR": conjunction.originator,
            "MESSAGE_FOR": conjunction.message_for,
            "MESSAGE_ID": conjunction.message_id,
        },
    )
    yield (
        RELATIVE,
        {
            "TCA": _instant(conjunction.tca_tai_ns),
            "MISS_DISTANCE": conjunction.miss_distance_m,
            "RELATIVE_SPEED": conjunction.relative_speed_m_s,
            **_vector(RELATIVE_POSITION, conjunction.relative_position_rtn_m),
            **_vector(RELATIVE_VELOCITY, conjunction.relative_velocity_rtn_m_s),
            "START_SCREEN_PERIOD": _instant(conjunction.screened_from_tai_ns),
            "STOP_SCREEN_PERIOD": _instant(conjunction.screened_until_tai_ns),
            "SCREEN_VOLUME_FRAME": conjunction.screen_volume_frame,
            "SCREEN_VOLUME_SHAPE": conjunction.screen_volume_shape,
            **_vector(SCREEN_VOLUME, conjunction.screen_volume_m),
            "SCREEN_ENTRY_TIME": _instant(conjunction.screen_entry_tai_ns),
            "SCREEN_EXIT_TIME": _instant(conjunction.screen_exit_tai_ns),
            "COLLISION_PROBABILITY": conjunction.collision_probability,
            "COLLISION_PROBABILITY_METHOD": conjunction.collision_probability_method,
        },
    )


def _of_object(one: ConjunctionObject, segment: int) -> Iterator[Section]:
    parts = [
        (METADATA, _metadata(one, segment)),
        (OD_PARAMETERS, _orbit_determination(one)),
        (ADDITIONAL_PARAMETERS, _physical(one)),
        (STATE_VECTOR, {**_vector(POSITION, one.position_m), **_vector(VELOCITY, one.velocity_m_s)}),
        (COVARIANCE, _covariance(one)),
    ]
    return _sections(one.comments, one.other_fields, segment, iter(parts))


def _metadata(one: ConjunctionObject, segment: int) -> Said:
    return {
        "OBJECT": f"OBJECT{segment}",
        "OBJECT_DESIGNATOR": one.designator,
        "CATALOG_NAME": one.catalog_name,
        "OBJECT_NAME": one.name,
        "INTERNATIONAL_DESIGNATOR": one.international_designator,
        "OBJECT_TYPE": one.kind,
        "OPERATOR_CONTACT_POSITION": one.operator.contact_position,
        "OPERATOR_ORGANIZATION": one.operator.organization,
        "OPERATOR_PHONE": one.operator.phone,
        "OPERATOR_EMAIL": one.operator.email,
        "EPHEMERIS_NAME": one.ephemeris_name,
        "COVARIANCE_METHOD": one.covariance_method,
        "MANEUVERABLE": one.manoeuvrable,
        "ORBIT_CENTER": one.centre,
        "REF_FRAME": one.frame,
        "GRAVITY_MODEL": one.forces.gravity,
        "ATMOSPHERIC_MODEL": one.forces.atmosphere,
        "N_BODY_PERTURBATIONS": one.forces.n_body,
        "SOLAR_RAD_PRESSURE": one.forces.solar_radiation_pressure,
        "EARTH_TIDES": one.forces.earth_tides,
        "INTRACK_THRUST": one.forces.intrack_thrust,
    }


def _orbit_determination(one: ConjunctionObject) -> Said:
    found = one.orbit_determination
    return {
        "TIME_LASTOB_START": _instant(found.last_observed_from_tai_ns),
        "TIME_LASTOB_END": _instant(found.last_observed_until_tai_ns),
        "RECOMMENDED_OD_SPAN": found.recommended_span_s,
        "ACTUAL_OD_SPAN": found.actual_span_s,
        "OBS_AVAILABLE": found.n_observations_available,
        "OBS_USED": found.n_observations_used,
        "TRACKS_AVAILABLE": found.n_tracks_available,
        "TRACKS_USED": found.n_tracks_used,
        "RESIDUALS_ACCEPTED": found.residuals_accepted_fraction,
        "WEIGHTED_RMS": found.weighted_rms,
    }


def _physical(one: ConjunctionObject) -> Said:
    found = one.physical
    return {
        "AREA_PC": found.collision_area_m2,
        "AREA_DRG": found.drag_area_m2,
        "AREA_SRP": found.radiation_area_m2,
        "MASS": found.mass_kg,
        "CD_AREA_OVER_MASS": found.drag_coefficient_area_over_mass_m2_kg,
        "CR_AREA_OVER_MASS": found.radiation_coefficient_area_over_mass_m2_kg,
        "THRUST_ACCELERATION": found.thrust_acceleration_m_s2,
        "SEDR": found.energy_dissipation_rate_w_kg,
    }


def _covariance(one: ConjunctionObject) -> Said:
    if one.covariance_rtn_si is None:
        raise WrongUsage(
            f"{one.name or one.designator} has no covariance; a CDM must have one for each object"
        )
    row, column = np.tril_indices(len(one.covariance_rtn_si))
    values = one.covariance_rtn_si[row, column].tolist()
    return {field.keyword: value for field, value in zip(COVARIANCE.fields, values, strict=False)}


def _vector(keywords: tuple[str, str, str], vector: Vector | None) -> Said:
    return {} if vector is None else dict(zip(keywords, vector, strict=True))


def _instant(epoch_tai_ns: int | None) -> str:
    if epoch_tai_ns is None:
        return ""
    n_decimals = next(n for n in (3, 6, 9) if epoch_tai_ns % 10 ** (9 - n) == 0)
    return utc_text(epoch_tai_ns, n_decimals).removesuffix("Z")


def _sections(
    comments: Comments,
    other_fields: tuple[tuple[str, str], ...],
    segment: int,
    parts: Iterator[tuple[Block, Said]],
) -> Iterator[Section]:
    """Yield the parts that say something; what the table has no word for becomes comments of the first."""
    said_in = dict(comments)
    unknown = tuple(f"{keyword} = {text}" for keyword, text in other_fields)
    for block, said in parts:
        entries = tuple(_entries(block, said))
        remarks = said_in.get(block.name, ()) + unknown
        if entries or remarks:
            yield Section(block.name, entries, remarks, segment=segment)
        unknown = ()


def _entries(block: Block, said: Said) -> Iterator[Entry]:
    for field in block.fields:
        value = said.get(field.keyword)
        text = _text(value, field)
        if text or field.need is Need.OBLIGATORY:
            yield Entry(field.keyword, text)


def _text(value: str | float | int | None, field: Field) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return (
        text_from_si(value, field.unit)
        if field.kind is Kind.REAL and not isinstance(value, str)
        else str(value)
    )
