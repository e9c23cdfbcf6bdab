"""From the Conjunction Data Message to the noun, for KVN and XML alike.

What a message says and the noun has no word for is kept, and written back as a comment: the standard leaves
no other place.

Source: CCSDS 508.0-B-1.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from baken.astro.arrays import Floats
from baken.formats._cdm_labels import combined_radius_m, realm_of
from baken.formats._cdm_rules import ROW_KEYWORDS, broken_rules, whole_rows
from baken.formats._said import Said
from baken.formats.cdm_table import COVARIANCE, GRAMMAR, N_OBLIGATORY_ROWS
from baken.formats.label_comments import marking_of
from baken.formats.message import Draft, Entry, Message, gather
from baken.formats.object_identity import identity_from_designators
from baken.formats.reading import Reading, Strictness
from baken.records.conjunction_message import (
    Comments,
    ConjunctionMessage,
    ConjunctionObject,
    ForceModel,
    Operator,
    OrbitDetermination,
    PhysicalProperties,
    symmetric_from_lower,
)
from baken.records.identity import Identity
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm


def reading(
    format_name: str,
    drafts: Iterable[Draft],
    strictness: Strictness,
    *,
    realm: Realm,
    marking: Marking,
    lineage: Lineage,
) -> Reading[ConjunctionMessage]:
    """Make conjunction messages of judged ones."""

    def build(message: Message) -> ConjunctionMessage:
        return conjunction_message(message, realm, marking, lineage)

    return gather(format_name, _with_rules(drafts), build, strictness)


def _with_rules(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for message, deviations in drafts:
        yield message, (*deviations, *broken_rules(message))


# What the noun has a word for: version 1, all of it.
FIELDS = {f.keyword: f for block in GRAMMAR.blocks for f in block.fields if not f.is_draft}
UNITS = {keyword: field.unit for keyword, field in FIELDS.items()}
RELATIVE_POSITION = ("RELATIVE_POSITION_R", "RELATIVE_POSITION_T", "RELATIVE_POSITION_N")
RELATIVE_VELOCITY = ("RELATIVE_VELOCITY_R", "RELATIVE_VELOCITY_T", "RELATIVE_VELOCITY_N")
SCREEN_VOLUME = ("SCREEN_VOLUME_X", "SCREEN_VOLUME_Y", "SCREEN_VOLUME_Z")
POSITION, VELOCITY = ("X", "Y", "Z"), ("X_DOT", "Y_DOT", "Z_DOT")


def conjunction_message(
    message: Message, realm: Realm, marking: Marking, lineage: Lineage
) -> ConjunctionMessage:
    """Make the noun of a judged message.

    Raises: BadMessage naming the keyword it cannot do without.
    """
    said = Said(message.texts(0), UNITS)
    first, second = _object(message, 1), _object(message, 2)
    return ConjunctionMessage(
        originator=said.needed_text("ORIGINATOR"),
        message_id=said.needed_text("MESSAGE_ID"),
        created_tai_ns=said.needed_instant("CREATION_DATE"),
        message_for=said.text("MESSAGE_FOR"),
        tca_tai_ns=said.needed_instant("TCA"),
        miss_distance_m=said.needed_real("MISS_DISTANCE"),
        relative_speed_m_s=said.real("RELATIVE_SPEED"),
        relative_position_rtn_m=said.vector(RELATIVE_POSITION),
        relative_velocity_rtn_m_s=said.vector(RELATIVE_VELOCITY),
        screened_from_tai_ns=said.instant("START_SCREEN_PERIOD"),
        screened_until_tai_ns=said.instant("STOP_SCREEN_PERIOD"),
        screen_volume_frame=said.text("SCREEN_VOLUME_FRAME"),
        screen_volume_shape=said.text("SCREEN_VOLUME_SHAPE"),
        screen_volume_m=said.vector(SCREEN_VOLUME),
        screen_entry_tai_ns=said.instant("SCREEN_ENTRY_TIME"),
        screen_exit_tai_ns=said.instant("SCREEN_EXIT_TIME"),
        collision_probability=said.real("COLLISION_PROBABILITY"),
        collision_probability_method=said.text("COLLISION_PROBABILITY_METHOD"),
        hard_body_radius_m=combined_radius_m(message.comments, first, second),
        first=first,
        second=second,
        realm=realm_of(message.comments, realm),
        marking=marking_of(message.comments, marking),
        lineage=lineage,
        comments=_comments(message, 0),
        other_fields=_others(message, 0),
    )


def _object(message: Message, segment: int) -> ConjunctionObject:
    said = Said(message.texts(segment), UNITS)
    return ConjunctionObject(
        identity=_identity(said),
        designator=said.needed_text("OBJECT_DESIGNATOR"),
        catalog_name=said.text("CATALOG_NAME"),
        name=said.text("OBJECT_NAME"),
        international_designator=said.text("INTERNATIONAL_DESIGNATOR"),
        kind=said.text("OBJECT_TYPE"),
        ephemeris_name=said.text("EPHEMERIS_NAME"),
        covariance_method=said.text("COVARIANCE_METHOD"),
        manoeuvrable=said.text("MANEUVERABLE"),
        centre=said.text("ORBIT_CENTER"),
        frame=said.needed_text("REF_FRAME"),
        position_m=said.needed_vector(POSITION),
        velocity_m_s=said.needed_vector(VELOCITY),
        covariance_rtn_si=_covariance(message, segment),
        operator=_operator(said),
        forces=_forces(said),
        orbit_determination=_orbit_determination(said),
        physical=_physical(said),
        comments=_comments(message, segment),
        other_fields=_others(message, segment),
    )


def _operator(said: Said) -> Operator:
    return Operator(
        contact_position=said.text("OPERATOR_CONTACT_POSITION"),
        organization=said.text("OPERATOR_ORGANIZATION"),
        phone=said.text("OPERATOR_PHONE"),
        email=said.text("OPERATOR_EMAIL"),
    )


def _forces(said: Said) -> ForceModel:
    return ForceModel(
        gravity=said.text("GRAVITY_MODEL"),
        atmosphere=said.text("ATMOSPHERIC_MODEL"),
        n_body=said.text("N_BODY_PERTURBATIONS"),
        solar_radiation_pressure=said.text("SOLAR_RAD_PRESSURE"),
        earth_tides=said.text("EARTH_TIDES"),
        intrack_thrust=said.text("INTRACK_THRUST"),
    )


def _orbit_determination(said: Said) -> OrbitDetermination:
    return OrbitDetermination(
        last_observed_from_tai_ns=said.instant("TIME_LASTOB_START"),
        last_observed_until_tai_ns=said.instant("TIME_LASTOB_END"),
        recommended_span_s=said.real("RECOMMENDED_OD_SPAN"),
        actual_span_s=said.real("ACTUAL_OD_SPAN"),
        n_observations_available=said.integer("OBS_AVAILABLE"),
        n_observations_used=said.integer("OBS_USED"),
        n_tracks_available=said.integer("TRACKS_AVAILABLE"),
        n_tracks_used=said.integer("TRACKS_USED"),
        residuals_accepted_fraction=said.real("RESIDUALS_ACCEPTED"),
        weighted_rms=said.real("WEIGHTED_RMS"),
    )


def _physical(said: Said) -> PhysicalProperties:
    return PhysicalProperties(
        collision_area_m2=said.real("AREA_PC"),
        drag_area_m2=said.real("AREA_DRG"),
        radiation_area_m2=said.real("AREA_SRP"),
        mass_kg=said.real("MASS"),
        drag_coefficient_area_over_mass_m2_kg=said.real("CD_AREA_OVER_MASS"),
        radiation_coefficient_area_over_mass_m2_kg=said.real("CR_AREA_OVER_MASS"),
        thrust_acceleration_m_s2=said.real("THRUST_ACCELERATION"),
        energy_dissipation_rate_w_kg=said.real("SEDR"),
    )


def _covariance(message: Message, segment: int) -> Floats | None:
    """Return the matrix as far as its rows are whole, or None when the first six are not."""
    texts = _covariance_texts(message, segment)
    size = whole_rows(texts)
    if size < N_OBLIGATORY_ROWS:
        return None
    said = Said(texts, UNITS)
    values = [said.needed_real(keyword) for row in ROW_KEYWORDS[:size] for keyword in row]
    return symmetric_from_lower(np.array(values), size)


def _covariance_texts(message: Message, segment: int) -> dict[str, str]:
    return {
        entry.keyword: entry.text
        for section in message.sections
        if (section.name, section.segment) == (COVARIANCE.name, segment)
        for entry in section.entries
    }


def _identity(said: Said) -> Identity:
    return identity_from_designators(
        said.text("CATALOG_NAME"),
        said.needed_text("OBJECT_DESIGNATOR"),
        said.text("INTERNATIONAL_DESIGNATOR"),
        said.text("OBJECT_NAME"),
    )


def _comments(message: Message, segment: int) -> Comments:
    sections = (section for section in message.sections if section.segment == segment and section.comments)
    return tuple((section.name, section.comments) for section in sections)


def _others(message: Message, segment: int) -> tuple[tuple[str, str], ...]:
    """Return what the noun has no word for; what the user defined speaks of both objects."""
    texts = _covariance_texts(message, segment)
    size = whole_rows(texts)
    in_matrix = (
        {keyword for row in ROW_KEYWORDS[:size] for keyword in row} if size >= N_OBLIGATORY_ROWS else set()
    )
    others: list[Entry] = []
    for section in message.sections:
        block = GRAMMAR.block(section.name)
        if block is None:
            others += section.entries if segment == 0 else ()
        elif section.segment == segment:
            known = in_matrix if block is COVARIANCE else FIELDS.keys() & block.places.keys()
            others += [
                e for e in section.entries if e.keyword not in known or block.places[e.keyword][1].is_draft
            ]
    return tuple((entry.keyword, entry.text) for entry in others)
