"""From the noun back to a Re-entry Data Message, whose form, KVN or XML, is another's business."""

from collections.abc import Callable, Iterator

from baken.astro.time import TimeScale
from baken.formats._grammar import Block
from baken.formats._said import entries_of
from baken.formats.message import (
    USER_DEFINED,
    USER_DEFINED_SECTION,
    Entry,
    KeptMessage,
    Message,
    Section,
    no_room,
)
from baken.formats.oem_text import instant_text, triangle_texts
from baken.formats.rdm_table import (
    COVARIANCE,
    GRAMMAR,
    HEADER,
    IMPACT,
    INTERVALS,
    METADATA,
    NOT_PLANNED,
    OD_PARAMETERS,
    REENTRY,
    SPACECRAFT,
    STATE_VECTOR,
    interval_fields,
)
from baken.records.conjunction_message import OrbitDetermination
from baken.records.reentry_message import (
    AtmosphericReentry,
    GroundImpact,
    ImpactInterval,
    ReentryMessage,
    ReentryModel,
    ReentryProperties,
    ReentryState,
)

VERSION = "1.0"
Said = dict[str, str | float | int | bool | None]
InstantText = Callable[[int | None], str]


def message_from(record: object) -> Message:
    """Return the message of a prediction; a kept message is its own.

    Raises: WrongUsage for a record of another kind.
    """
    if isinstance(record, KeptMessage) and record.message.kind == GRAMMAR.name:
        return record.message
    if not isinstance(record, ReentryMessage):
        raise no_room(record, GRAMMAR.name)
    return Message(kind=GRAMMAR.name, version=VERSION, sections=tuple(_sections(record)))


def _sections(record: ReentryMessage) -> Iterator[Section]:
    """Yield the parts that say something, each with its comments."""
    comments = dict(record.comments)
    for block, said in _parts(record):
        says_something = any(value not in ("", None) for value in said.values())
        if says_something or block.name in comments:
            entries = tuple(entries_of(block, said)) if says_something else ()
            segment = 0 if block is HEADER else 1
            yield Section(block.name, entries, comments.get(block.name, ()), segment=segment)
    user_defined = tuple(
        Entry(word if word.startswith(USER_DEFINED) else USER_DEFINED + word, text)
        for word, text in record.other_fields
    )
    remarks = comments.get(USER_DEFINED_SECTION, ())
    if user_defined or remarks:
        yield Section(USER_DEFINED_SECTION, user_defined, remarks, segment=1)


def _parts(record: ReentryMessage) -> Iterator[tuple[Block, Said]]:
    clock = TimeScale(record.time_system)

    def on_its_clock(instant: int | None) -> str:
        return "" if instant is None else instant_text(instant, clock)

    yield (
        HEADER,
        {
            "CREATION_DATE": _utc(record.created_tai_ns),
            "ORIGINATOR": record.originator,
            "MESSAGE_ID": record.message_id,
        },
    )
    yield METADATA, {**_metadata(record, on_its_clock), **_model(record.model)}
    yield REENTRY, _reentry(record.reentry, on_its_clock)
    yield IMPACT, _impact(record.impact, on_its_clock)
    if record.state is not None:
        yield STATE_VECTOR, _state(record.state, on_its_clock)
        if record.state.covariance_si is not None:
            yield (
                COVARIANCE,
                {
                    "COV_REF_FRAME": record.state.covariance_frame,
                    **triangle_texts(record.state.covariance_si),
                },
            )
    yield SPACECRAFT, _properties(record.properties)
    yield OD_PARAMETERS, _orbit_determination(record.orbit_determination, on_its_clock)


def _utc(instant: int | None) -> str:
    return "" if instant is None else instant_text(instant, TimeScale.UTC)


def _metadata(record: ReentryMessage, on_its_clock: InstantText) -> Said:
    what = record.what
    return {
        "OBJECT_NAME": what.name,
        "INTERNATIONAL_DESIGNATOR": what.international_designator,
        "CATALOG_NAME": what.catalog_name,
        "OBJECT_DESIGNATOR": what.designator,
        "OBJECT_TYPE": what.kind,
        "OBJECT_OWNER": what.owner,
        "OBJECT_OPERATOR": what.operator,
        "CONTROLLED_REENTRY": record.controlled,
        "CENTER_NAME": record.centre,
        "TIME_SYSTEM": record.time_system,
        "EPOCH_TZERO": on_its_clock(record.zero_tai_ns),
        "REF_FRAME": record.frame,
        "REF_FRAME_EPOCH": on_its_clock(record.frame_epoch_tai_ns),
        "PREVIOUS_MESSAGE_ID": record.previous_message_id,
        "PREVIOUS_MESSAGE_EPOCH": _utc(record.previous_message_tai_ns),
        "NEXT_MESSAGE_EPOCH": NOT_PLANNED if record.is_last else _utc(record.next_message_tai_ns),
    }


def _model(model: ReentryModel) -> Said:
    return {
        "EPHEMERIS_NAME": model.ephemeris_name,
        "GRAVITY_MODEL": model.gravity,
        "ATMOSPHERIC_MODEL": model.atmosphere,
        "SOLAR_FLUX_PREDICTION": model.solar_flux_prediction,
        "N_BODY_PERTURBATIONS": model.n_body,
        "SOLAR_RAD_PRESSURE": model.solar_radiation_pressure,
        "EARTH_TIDES": model.earth_tides,
        "INTRACK_THRUST": model.intrack_thrust,
        "DRAG_PARAMETERS_SOURCE": model.drag_parameters_source,
        "DRAG_PARAMETERS_ALTITUDE": model.drag_parameters_altitude_m,
        "REENTRY_UNCERTAINTY_METHOD": model.reentry_uncertainty_method,
        "REENTRY_DISINTEGRATION": model.disintegration,
        "IMPACT_UNCERTAINTY_METHOD": model.impact_uncertainty_method,
    }


def _reentry(found: AtmosphericReentry, on_its_clock: InstantText) -> Said:
    return {
        "ORBIT_LIFETIME": found.lifetime_s,
        "REENTRY_ALTITUDE": found.altitude_m,
        "ORBIT_LIFETIME_WINDOW_START": found.lifetime_window_start_s,
        "ORBIT_LIFETIME_WINDOW_END": found.lifetime_window_end_s,
        "NOMINAL_REENTRY_EPOCH": on_its_clock(found.nominal_tai_ns),
        "REENTRY_WINDOW_START": on_its_clock(found.window_start_tai_ns),
        "REENTRY_WINDOW_END": on_its_clock(found.window_end_tai_ns),
        "ORBIT_LIFETIME_CONFIDENCE_LEVEL": found.window_confidence_fraction,
    }


def _impact(found: GroundImpact, on_its_clock: InstantText) -> Said:
    said: Said = {
        "PROBABILITY_OF_IMPACT": found.impact_probability,
        "PROBABILITY_OF_BURN_UP": found.burn_up_probability,
        "PROBABILITY_OF_BREAK_UP": found.break_up_probability,
        "PROBABILITY_OF_LAND_IMPACT": found.land_impact_probability,
        "PROBABILITY_OF_CASUALTY": found.casualty_probability,
        "NOMINAL_IMPACT_EPOCH": on_its_clock(found.nominal_tai_ns),
        "IMPACT_WINDOW_START": on_its_clock(found.window_start_tai_ns),
        "IMPACT_WINDOW_END": on_its_clock(found.window_end_tai_ns),
        "IMPACT_REF_FRAME": found.frame,
        "NOMINAL_IMPACT_LON": found.longitude_rad,
        "NOMINAL_IMPACT_LAT": found.latitude_rad,
        "NOMINAL_IMPACT_ALT": found.altitude_m,
    }
    for n, interval in zip(INTERVALS, found.intervals, strict=False):
        said.update(_interval(interval, n))
    return said


def _interval(interval: ImpactInterval, n: int) -> Said:
    values = (
        interval.confidence_fraction,
        interval.start_longitude_rad,
        interval.start_latitude_rad,
        interval.stop_longitude_rad,
        interval.stop_latitude_rad,
        interval.cross_track_m,
    )
    return {field.keyword: value for field, value in zip(interval_fields(n), values, strict=True)}


def _state(state: ReentryState, on_its_clock: InstantText) -> Said:
    numbers = (*state.position_m, *state.velocity_m_s)
    return {
        "EPOCH": on_its_clock(state.epoch_tai_ns),
        **{field.keyword: value for field, value in zip(STATE_VECTOR.fields[1:], numbers, strict=True)},
    }


def _properties(found: ReentryProperties) -> Said:
    return {
        "WET_MASS": found.wet_mass_kg,
        "DRY_MASS": found.dry_mass_kg,
        "HAZARDOUS_SUBSTANCES": found.hazardous_substances,
        "SOLAR_RAD_AREA": found.radiation_area_m2,
        "SOLAR_RAD_COEFF": found.radiation_coefficient,
        "DRAG_AREA": found.drag_area_m2,
        "DRAG_COEFF": found.drag_coefficient,
        "RCS": found.radar_cross_section_m2,
        "BALLISTIC_COEFF": found.ballistic_coefficient_kg_m2,
        "THRUST_ACCELERATION": found.thrust_acceleration_m_s2,
    }


def _orbit_determination(found: OrbitDetermination, on_its_clock: InstantText) -> Said:
    return {
        "TIME_LASTOB_START": on_its_clock(found.last_observed_from_tai_ns),
        "TIME_LASTOB_END": on_its_clock(found.last_observed_until_tai_ns),
        "RECOMMENDED_OD_SPAN": found.recommended_span_s,
        "ACTUAL_OD_SPAN": found.actual_span_s,
        "OBS_AVAILABLE": found.n_observations_available,
        "OBS_USED": found.n_observations_used,
        "TRACKS_AVAILABLE": found.n_tracks_available,
        "TRACKS_USED": found.n_tracks_used,
        "RESIDUALS_ACCEPTED": found.residuals_accepted_fraction,
        "WEIGHTED_RMS": found.weighted_rms,
    }
