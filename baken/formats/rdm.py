"""From the Re-entry Data Message to the noun, for KVN and XML alike.

Source: CCSDS 508.1-B-1.
"""

from collections.abc import Iterable, Iterator

from baken.errors import BadMessage
from baken.formats._grammar import Need, shown
from baken.formats._rdm_rules import broken_rules
from baken.formats._said import Said, units_of
from baken.formats.message import Draft, KeptMessage, Message, gather
from baken.formats.object_identity import UNKNOWN, identity_from_designators
from baken.formats.oem import CLOCKS, Provenance, covariance_from
from baken.formats.rdm_table import COVARIANCE, GRAMMAR, INTERVALS, NOT_PLANNED, STATE_VECTOR
from baken.formats.reading import Reading, Strictness
from baken.records.conjunction_message import OrbitDetermination
from baken.records.reentry_message import (
    AtmosphericReentry,
    GroundImpact,
    ImpactInterval,
    ReentryMessage,
    ReentryModel,
    ReentryObject,
    ReentryProperties,
    ReentryState,
)

UNITS = units_of(GRAMMAR.blocks)


def reading(
    format_name: str, drafts: Iterable[Draft], strictness: Strictness, provenance: Provenance
) -> Reading[ReentryMessage | KeptMessage]:
    """Make re-entry messages of judged ones; one on a clock that only its sender knows is kept whole."""

    def build(message: Message) -> ReentryMessage | KeptMessage:
        clock = message.texts().get("TIME_SYSTEM", "")
        if clock and clock not in CLOCKS:
            because = f"the clock {shown(clock)} is none Baken knows; its instants cannot be compared"
            return KeptMessage(message, because)
        return reentry_message(message, provenance)

    return gather(format_name, _with_rules(drafts), build, strictness)


def _with_rules(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for message, deviations in drafts:
        told = {deviation.keyword for deviation in deviations}
        broken = (fault for fault in broken_rules(message) if fault.keyword not in told)
        yield message, (*deviations, *broken)


def reentry_message(message: Message, provenance: Provenance) -> ReentryMessage:
    """Make the noun of a judged message.

    Raises: BadMessage naming the keyword it cannot do without.
    """
    texts = message.texts()
    utc = Said(texts, UNITS)
    said = Said(texts, UNITS, CLOCKS[utc.needed_text("TIME_SYSTEM")])
    state = _state(said, message)
    is_last = utc.text("NEXT_MESSAGE_EPOCH") == NOT_PLANNED
    return ReentryMessage(
        originator=said.needed_text("ORIGINATOR"),
        message_id=said.needed_text("MESSAGE_ID"),
        created_tai_ns=utc.needed_instant("CREATION_DATE"),
        what=_object(said),
        controlled=said.text("CONTROLLED_REENTRY") or UNKNOWN,
        centre=said.needed_text("CENTER_NAME"),
        time_system=said.needed_text("TIME_SYSTEM"),
        zero_tai_ns=said.needed_instant("EPOCH_TZERO"),
        frame=said.text("REF_FRAME") if state is None else said.needed_text("REF_FRAME"),
        frame_epoch_tai_ns=said.instant("REF_FRAME_EPOCH"),
        model=_model(said),
        previous_message_id=said.text("PREVIOUS_MESSAGE_ID"),
        previous_message_tai_ns=utc.instant("PREVIOUS_MESSAGE_EPOCH"),
        next_message_tai_ns=None if is_last else utc.instant("NEXT_MESSAGE_EPOCH"),
        is_last=is_last,
        reentry=_reentry(said),
        impact=_impact(said),
        state=state,
        properties=_properties(said),
        orbit_determination=_orbit_determination(said),
        realm=provenance.realm,
        marking=provenance.marking,
        lineage=provenance.lineage,
        comments=tuple((one.name, one.comments) for one in message.sections if one.comments),
        other_fields=tuple(
            (entry.keyword, entry.text) for entry in message.entries() if entry.keyword not in UNITS
        ),
    )


def _object(said: Said) -> ReentryObject:
    name, international = said.needed_text("OBJECT_NAME"), said.needed_text("INTERNATIONAL_DESIGNATOR")
    catalogue, designator = said.text("CATALOG_NAME"), said.text("OBJECT_DESIGNATOR")
    return ReentryObject(
        identity=identity_from_designators(catalogue, designator, international, name),
        name=name,
        international_designator=international,
        catalog_name=catalogue,
        designator=designator,
        kind=said.text("OBJECT_TYPE"),
        owner=said.text("OBJECT_OWNER"),
        operator=said.text("OBJECT_OPERATOR"),
    )


def _model(said: Said) -> ReentryModel:
    return ReentryModel(
        ephemeris_name=said.text("EPHEMERIS_NAME"),
        gravity=said.text("GRAVITY_MODEL"),
        atmosphere=said.text("ATMOSPHERIC_MODEL"),
        solar_flux_prediction=said.text("SOLAR_FLUX_PREDICTION"),
        n_body=said.text("N_BODY_PERTURBATIONS"),
        solar_radiation_pressure=said.text("SOLAR_RAD_PRESSURE"),
        earth_tides=said.text("EARTH_TIDES"),
        intrack_thrust=said.text("INTRACK_THRUST"),
        drag_parameters_source=said.text("DRAG_PARAMETERS_SOURCE"),
        drag_parameters_altitude_m=said.real("DRAG_PARAMETERS_ALTITUDE"),
        reentry_uncertainty_method=said.text("REENTRY_UNCERTAINTY_METHOD"),
        disintegration=said.text("REENTRY_DISINTEGRATION"),
        impact_uncertainty_method=said.text("IMPACT_UNCERTAINTY_METHOD"),
    )


def _reentry(said: Said) -> AtmosphericReentry:
    return AtmosphericReentry(
        lifetime_s=said.needed_real("ORBIT_LIFETIME"),
        altitude_m=said.needed_real("REENTRY_ALTITUDE"),
        lifetime_window_start_s=said.real("ORBIT_LIFETIME_WINDOW_START"),
        lifetime_window_end_s=said.real("ORBIT_LIFETIME_WINDOW_END"),
        nominal_tai_ns=said.instant("NOMINAL_REENTRY_EPOCH"),
        window_start_tai_ns=said.instant("REENTRY_WINDOW_START"),
        window_end_tai_ns=said.instant("REENTRY_WINDOW_END"),
        window_confidence_fraction=said.real("ORBIT_LIFETIME_CONFIDENCE_LEVEL"),
    )


def _impact(said: Said) -> GroundImpact:
    return GroundImpact(
        impact_probability=said.real("PROBABILITY_OF_IMPACT"),
        burn_up_probability=said.real("PROBABILITY_OF_BURN_UP"),
        break_up_probability=said.real("PROBABILITY_OF_BREAK_UP"),
        land_impact_probability=said.real("PROBABILITY_OF_LAND_IMPACT"),
        casualty_probability=said.real("PROBABILITY_OF_CASUALTY"),
        nominal_tai_ns=said.instant("NOMINAL_IMPACT_EPOCH"),
        window_start_tai_ns=said.instant("IMPACT_WINDOW_START"),
        window_end_tai_ns=said.instant("IMPACT_WINDOW_END"),
        frame=said.text("IMPACT_REF_FRAME"),
        longitude_rad=said.real("NOMINAL_IMPACT_LON"),
        latitude_rad=said.real("NOMINAL_IMPACT_LAT"),
        altitude_m=said.real("NOMINAL_IMPACT_ALT"),
        intervals=tuple(
            _interval(said, n)
            for n in INTERVALS
            if any(word.startswith(f"IMPACT_{n}_") for word in said.texts)
        ),
    )


def _interval(said: Said, n: int) -> ImpactInterval:
    return ImpactInterval(
        confidence_fraction=said.needed_real(f"IMPACT_{n}_CONFIDENCE"),
        start_longitude_rad=said.needed_real(f"IMPACT_{n}_START_LON"),
        start_latitude_rad=said.needed_real(f"IMPACT_{n}_START_LAT"),
        stop_longitude_rad=said.needed_real(f"IMPACT_{n}_STOP_LON"),
        stop_latitude_rad=said.needed_real(f"IMPACT_{n}_STOP_LAT"),
        cross_track_m=said.needed_real(f"IMPACT_{n}_CROSS_TRACK"),
    )


def _state(said: Said, message: Message) -> ReentryState | None:
    there = {section.name for section in message.sections}
    if STATE_VECTOR.name not in there and COVARIANCE.name not in there:
        return None
    for field in COVARIANCE.fields if COVARIANCE.name in there else ():
        if field.need is Need.OBLIGATORY and field.keyword not in said.texts:
            raise BadMessage("is missing", field=field.keyword)
    return ReentryState(
        epoch_tai_ns=said.needed_instant("EPOCH"),
        position_m=(said.needed_real("X"), said.needed_real("Y"), said.needed_real("Z")),
        velocity_m_s=(said.needed_real("X_DOT"), said.needed_real("Y_DOT"), said.needed_real("Z_DOT")),
        covariance_si=covariance_from(said.texts) if COVARIANCE.name in there else None,
        covariance_frame=said.text("COV_REF_FRAME"),
    )


def _properties(said: Said) -> ReentryProperties:
    return ReentryProperties(
        wet_mass_kg=said.real("WET_MASS"),
        dry_mass_kg=said.real("DRY_MASS"),
        hazardous_substances=said.text("HAZARDOUS_SUBSTANCES"),
        radiation_area_m2=said.real("SOLAR_RAD_AREA"),
        radiation_coefficient=said.real("SOLAR_RAD_COEFF"),
        drag_area_m2=said.real("DRAG_AREA"),
        drag_coefficient=said.real("DRAG_COEFF"),
        radar_cross_section_m2=said.real("RCS"),
        ballistic_coefficient_kg_m2=said.real("BALLISTIC_COEFF"),
        thrust_acceleration_m_s2=said.real("THRUST_ACCELERATION"),
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
