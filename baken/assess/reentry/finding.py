"""What the watch for re-entries found, in the words every event shares."""

import math
from collections.abc import Sequence

import polars as pl

from baken.astro.time import utc_text
from baken.records.event import EventKind, Finding, Window
from baken.records.reentry import ReentryPrediction

HOUR_NS = 3_600_000_000_000
MEASURE_DIGITS = 6
HARM_UNKNOWN = (
    "Expected casualties are not known here, for the mass is not: 'baken reentry products' with --mass and "
    "--population tells them as a range beside 1 in 10,000."
)


def finding_of(prediction: ReentryPrediction, window: Window) -> Finding:
    """Return the finding of one fall: an object falls once, so its name is the name of the happening."""
    ensemble = prediction.ensemble
    falls = (ensemble.epoch_tai_ns >= window.start_tai_ns) & (ensemble.epoch_tai_ns <= window.end_tai_ns)
    probability = float(falls.sum()) / (ensemble.epoch_tai_ns.size + ensemble.n_still_up)
    span_h = (prediction.window_end_tai_ns - prediction.window_start_tai_ns) / HOUR_NS
    age_h = (prediction.as_of_tai_ns - prediction.last_elements_tai_ns) / HOUR_NS
    identity = prediction.identity
    return Finding(
        kind=EventKind.REENTRY,
        encounter_key=f"{identity.object_id}@reentry",
        object_ids=(identity.object_id,),
        start_tai_ns=prediction.window_start_tai_ns,
        peak_tai_ns=prediction.epoch_tai_ns,
        end_tai_ns=prediction.window_end_tai_ns,
        measures=(
            ("norad_cat_id", identity.norad_cat_id),
            ("name", identity.name),
            ("as_of_utc", utc_text(prediction.as_of_tai_ns)),
            ("reentry_utc", utc_text(prediction.epoch_tai_ns)),
            ("window_start_utc", utc_text(prediction.window_start_tai_ns)),
            ("window_end_utc", utc_text(prediction.window_end_tai_ns)),
            ("window_h", _told(span_h)),
            ("window_probability", prediction.window_probability),
            ("probability", _told(probability)),
            ("age_h", _told(age_h)),
            ("altitude_km", _told(prediction.altitude_m / 1e3)),
            ("inclination_deg", _told(math.degrees(prediction.inclination_rad))),
            ("ballistic_coefficient_m2_kg", _told(prediction.ballistic_coefficient_m2_kg)),
            ("n_element_sets", prediction.n_element_sets),
            ("casualty_expectation", None),
        ),
        because=f"expected down in these days, {100.0 * probability:.0f} % of the ways it may go",
        assumptions=(*prediction.assumptions, HARM_UNKNOWN),
        realm=prediction.realm,
        marking=prediction.marking,
        lineage=prediction.lineage,
    )


def table_of(findings: Sequence[Finding]) -> pl.DataFrame:
    """Return all that was seen, one row an object."""
    return pl.DataFrame([dict(one.measures) for one in findings], infer_schema_length=None)


def _told(value: float) -> float:
    return float(f"{value:.{MEASURE_DIGITS}g}")
