"""Re-entries as a person reads them at a terminal, and as a script does."""

import math

import polars as pl
from rich import box
from rich.table import Table

from baken.assess.reentry.finding import HARM_UNKNOWN
from baken.astro.time import utc_text
from baken.formats.csv_table import csv_of
from baken.records.reentry import ReentryPrediction

HOUR_NS = 3_600_000_000_000
COORDINATE_DIGITS = 3


def reentry_document(prediction: ReentryPrediction) -> dict[str, object]:
    """Return one prediction as JSON, by the contract of ``baken reentry predict``."""
    return {
        **reentry_row(prediction),
        "n_element_sets": prediction.n_element_sets,
        "n_outliers": prediction.n_outliers,
        "ballistic_coefficient_m2_kg": prediction.ballistic_coefficient_m2_kg,
        "ballistic_coefficient_log_sigma": prediction.ballistic_coefficient_log_sigma,
        "n_members": prediction.ensemble.epoch_tai_ns.size + prediction.ensemble.n_still_up,
        "n_members_still_up": prediction.ensemble.n_still_up,
        "casualty_expectation": None,
        "casualty_expectation_is_unknown_because": HARM_UNKNOWN,
        "assumptions": list(prediction.assumptions),
        "realm": prediction.realm.value,
    }


def reentry_row(prediction: ReentryPrediction) -> dict[str, object]:
    """Return the columns of a list of re-entries."""
    middle = prediction.track.epoch_tai_ns.size // 2
    return {
        "norad_cat_id": prediction.identity.norad_cat_id,
        "name": prediction.identity.name,
        "reentry_utc": utc_text(prediction.epoch_tai_ns),
        "window_start_utc": utc_text(prediction.window_start_tai_ns),
        "window_end_utc": utc_text(prediction.window_end_tai_ns),
        "window_probability": prediction.window_probability,
        "latitude_deg": _degrees(float(prediction.track.latitude_rad[middle])),
        "longitude_deg": _degrees(float(prediction.track.longitude_rad[middle])),
        "altitude_km": prediction.altitude_m / 1e3,
        "inclination_deg": _degrees(prediction.inclination_rad),
        "as_of_utc": utc_text(prediction.as_of_tai_ns),
        "last_elements_utc": utc_text(prediction.last_elements_tai_ns),
        "realm": prediction.realm.value,
        "marking": prediction.marking.whole.text,
    }


def reentry_csv(predictions: tuple[ReentryPrediction, ...]) -> bytes:
    """Return a list of re-entries as CSV."""
    return csv_of(pl.DataFrame([reentry_row(one) for one in predictions], infer_schema_length=None))


def reentry_table(predictions: tuple[ReentryPrediction, ...]) -> Table:
    """Return a table of re-entries; the window reaches as far before and after the median as it says."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption=HARM_UNKNOWN, caption_justify="left")
    for title in ("object", "median, UTC", "window (90 %), UTC", "before / after"):
        table.add_column(title, no_wrap=True)
    for title in ("inclination", "elements"):
        table.add_column(title, no_wrap=True, justify="right")
    table.add_column("may see", overflow="fold")
    for one in predictions:
        before, after = (
            (one.epoch_tai_ns - one.window_start_tai_ns) / HOUR_NS,
            (one.window_end_tai_ns - one.epoch_tai_ns) / HOUR_NS,
        )
        table.add_row(
            f"{one.identity.norad_cat_id or '-'} {one.identity.name or ''}",
            _minute(one.epoch_tai_ns),
            f"{_minute(one.window_start_tai_ns)} – {_minute(one.window_end_tai_ns)}",
            f"-{_span(before)} / +{_span(after)}",
            f"{math.degrees(one.inclination_rad):.1f}°",
            str(one.n_element_sets),
            one.marking.text,
        )
    return table


def _minute(epoch_tai_ns: int) -> str:
    return utc_text(epoch_tai_ns, 0)[:16].replace("T", " ")


def _span(hours: float) -> str:
    return f"{hours:.1f} h" if hours < 48.0 else f"{hours / 24.0:.1f} d"


def _degrees(angle_rad: float) -> float:
    return round(math.degrees(angle_rad), COORDINATE_DIGITS)
