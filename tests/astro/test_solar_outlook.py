"""Does the future fall within the outlook as often as it says, and does the outlook see only the past?"""

import gzip
from pathlib import Path

import numpy as np
import pytest

from baken.astro.arrays import Floats
from baken.astro.earth_data import MODIFIED_JULIAN_DATE_OF_EPOCH
from baken.astro.leap_seconds import tai_ns_from_utc_day
from baken.astro.solar_outlook import SolarOutlook, climatology, outlook
from baken.astro.space_weather import SpaceWeatherTable, centred_81_day_mean
from baken.astro.space_weather_text import space_weather_from_celestrak
from tests.conftest import Deviation

MJD_1985 = 46_066
LEADS_DAY = np.array([1, 3, 7, 14, 30, 90])
BAND = 0.90
# A band of 90 % may hold 85 to 95 %.
BAND_TOLERANCE = 0.05
N_MEMBERS = 300
QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]
QUANTILE_TOLERANCE = 0.10


def midnight(mjd_utc: int) -> int:
    return int(tai_ns_from_utc_day(np.array(mjd_utc - MODIFIED_JULIAN_DATE_OF_EPOCH), np.array(0)))


def table_of(flux: Floats, ap: Floats) -> SpaceWeatherTable:
    return SpaceWeatherTable(
        mjd_utc=MJD_1985 + np.arange(flux.size),
        f107_observed_sfu=flux,
        f107_81_day_sfu=centred_81_day_mean(flux),
        ap_3h=np.repeat(ap[:, None], 8, axis=1),
        ap_daily=ap,
        last_measured_mjd_utc=MJD_1985 + flux.size - 1,
    )


@pytest.fixture(scope="module")
def invented() -> SpaceWeatherTable:
    """Return twenty years of a sun with memory, of which all is known."""
    rng = np.random.default_rng(11)
    n = 20 * 365
    log_flux, log_ap = np.zeros(n), np.zeros(n)
    for day in range(1, n):
        log_flux[day] = 0.98 * log_flux[day - 1] + 0.03 * rng.standard_normal()
        log_ap[day] = 0.6 * log_ap[day - 1] + 0.5 * rng.standard_normal()
    return table_of(120.0 * np.exp(log_flux), 9.0 * np.exp(log_ap))


def held(drawn: Floats, truth: float) -> bool:
    low, high = np.quantile(drawn, [0.5 - BAND / 2.0, 0.5 + BAND / 2.0])
    return bool(low <= truth <= high)


def test_bands_hold_what_they_say_for_a_sun_whose_law_is_known(invented: SpaceWeatherTable) -> None:
    rng = np.random.default_rng(2)
    hits = []
    for row in range(3600, 7200, 20):
        drawn = outlook(invented.known_at(midnight(MJD_1985 + row)), 8, 200, rng)
        hits.append(
            [held(drawn.f107_sfu[:, k], invented.f107_observed_sfu[row + k - 1]) for k in (1, 7)]
            + [held(drawn.ap[:, k], invented.ap_daily[row + k]) for k in (0, 7)]
        )
    assert np.abs(np.mean(hits, axis=0) - BAND).max() < BAND_TOLERANCE


def test_an_outlook_starts_the_day_after_with_the_last_flux_that_was_measured(
    invented: SpaceWeatherTable,
) -> None:
    known = invented.known_at(midnight(MJD_1985 + 5000))
    drawn = outlook(known, 20, 50, np.random.default_rng(1))
    assert drawn.first_mjd_utc == MJD_1985 + 5000
    assert drawn.f107_sfu.shape == drawn.f107_81_day_sfu.shape == drawn.ap.shape == (50, 20)
    assert np.all(drawn.f107_sfu[:, 0] == known.f107_observed_sfu[-1])
    assert np.all(drawn.f107_sfu > 0.0)
    assert np.all(drawn.ap >= 0.0)


def test_the_81_day_mean_is_that_of_past_and_future_together(invented: SpaceWeatherTable) -> None:
    known = invented.known_at(midnight(MJD_1985 + 5000))
    drawn = outlook(known, 120, 5, np.random.default_rng(1))
    # Around day 60 lie days 20 to 100, whose fluxes the days after them ask for.
    assert drawn.f107_81_day_sfu[:, 60] == pytest.approx(drawn.f107_sfu[:, 21:102].mean(1))
    first = np.append(np.repeat(known.f107_observed_sfu[None, -40:], 5, 0), drawn.f107_sfu[:, 1:42], 1)
    assert drawn.f107_81_day_sfu[:, 0] == pytest.approx(first.mean(1))


def test_nothing_that_came_later_changes_an_outlook(invented: SpaceWeatherTable) -> None:
    row = 5000
    later = np.arange(invented.mjd_utc.size) >= row
    changed = table_of(
        np.where(later, 300.0, invented.f107_observed_sfu), np.where(later, 100.0, invented.ap_daily)
    )
    now = midnight(MJD_1985 + row)
    one, other = (outlook(t.known_at(now), 30, 20, np.random.default_rng(1)) for t in (invented, changed))
    assert np.array_equal(one.f107_sfu, other.f107_sfu)
    assert np.array_equal(one.ap, other.ap)


def test_a_forecast_in_the_table_is_not_taken_for_a_measurement(invented: SpaceWeatherTable) -> None:
    known = invented.known_at(midnight(MJD_1985 + 5000))
    with_forecast = SpaceWeatherTable(
        mjd_utc=known.mjd_utc,
        f107_observed_sfu=np.append(known.f107_observed_sfu[:-10], np.full(10, 300.0)),
        f107_81_day_sfu=known.f107_81_day_sfu,
        ap_3h=known.ap_3h,
        ap_daily=known.ap_daily,
        last_measured_mjd_utc=MJD_1985 + 4989,
    )
    drawn = outlook(with_forecast, 20, 20, np.random.default_rng(1))
    assert drawn.first_mjd_utc == MJD_1985 + 4990
    assert drawn.f107_sfu.max() < 250.0


def test_too_few_years_are_refused(invented: SpaceWeatherTable) -> None:
    with pytest.raises(ValueError, match="too few for an outlook"):
        outlook(invented.known_at(midnight(MJD_1985 + 1000)), 30, 20, np.random.default_rng(1))


def test_climatology_is_the_same_for_every_day_it_is_asked_for() -> None:
    drawn = climatology(60, 4000, np.random.default_rng(1))
    assert drawn.first_mjd_utc is None
    for values in (drawn.f107_sfu, drawn.f107_81_day_sfu, drawn.ap):
        assert values.shape == (4000, 60)
        assert np.median(values[:, 59]) == pytest.approx(np.median(values[:, 0]), rel=0.1)
        assert values.min() > 0.0


@pytest.mark.capability(
    "Solar climatology", status="VALIDATED", authority="quantiles of F10.7 and ap since 1957, CelesTrak"
)
def test_climatology_spreads_as_the_years_since_1957_did(shared_data: Path, deviation: Deviation) -> None:
    table = measured_table(shared_data)
    measured = table.mjd_utc <= table.last_measured_mjd_utc
    drawn = climatology(10, 20_000, np.random.default_rng(1))
    off = []
    for came, could in [
        (table.f107_observed_sfu, drawn.f107_sfu),
        (table.f107_81_day_sfu, drawn.f107_81_day_sfu),
        (table.ap_daily, drawn.ap),
    ]:
        off.append(np.quantile(could, QUANTILES) / np.quantile(came[measured], QUANTILES) - 1.0)
    deviation(float(np.abs(off).max()), "of a quantile", QUANTILE_TOLERANCE)


@pytest.fixture(scope="module")
def forty_years(shared_data: Path) -> list[tuple[SolarOutlook, SpaceWeatherTable, int]]:
    """Return an outlook every 75 days from 1985 to 2024, each from what was known, with what came."""
    table = measured_table(shared_data)
    rng = np.random.default_rng(5)
    first, last = MJD_1985, table.last_measured_mjd_utc - LEADS_DAY[-1]
    rows = np.arange(first, last, 75) - int(table.mjd_utc[0])
    return [
        (outlook(table.known_at(midnight(int(table.mjd_utc[row]))), 92, N_MEMBERS, rng), table, int(row))
        for row in rows
    ]


def measured_table(shared_data: Path) -> SpaceWeatherTable:
    path = shared_data / "eop_spaceweather" / "celestrak_SpaceWeather-All-v1.2_2025-01-10.txt.gz"
    return space_weather_from_celestrak(gzip.decompress(path.read_bytes()).decode())


@pytest.mark.capability(
    "Outlook of F10.7, its mean and ap",
    status="VALIDATED",
    authority="what came, 1985 to 2024: share of 90 % bands that held it, at 1 to 90 days",
)
def test_ninety_in_a_hundred_bands_hold_what_came(
    forty_years: list[tuple[SolarOutlook, SpaceWeatherTable, int]], deviation: Deviation
) -> None:
    hits = [
        [
            (
                held(drawn.f107_sfu[:, lead], table.f107_observed_sfu[row + lead - 1]),
                held(drawn.f107_81_day_sfu[:, lead - 1], table.f107_81_day_sfu[row + lead - 1]),
                held(drawn.ap[:, lead - 1], table.ap_daily[row + lead - 1]),
            )
            for lead in LEADS_DAY
        ]
        for drawn, table, row in forty_years
    ]
    deviation(float(np.abs(np.mean(hits, axis=0) - BAND).max()), "of 0.90", BAND_TOLERANCE)


def test_the_outlook_beats_persistence_and_the_mean_of_all_years(
    forty_years: list[tuple[SolarOutlook, SpaceWeatherTable, int]],
) -> None:
    for lead in LEADS_DAY:
        ours, stays, usual = [], [], []
        for drawn, table, row in forty_years:
            flux, came = table.f107_observed_sfu, table.f107_observed_sfu[row + lead - 1]
            ours.append(ranked_probability(drawn.f107_sfu[:, lead], came))
            stays.append(abs(flux[row - 1] - came))
            usual.append(ranked_probability(flux[:row:20], came))
        assert np.mean(ours) < np.mean(stays)
        assert np.mean(ours) < np.mean(usual)


def ranked_probability(drawn: Floats, came: float) -> float:
    """Return the continuous ranked probability score of equally likely members; less is better."""
    members = np.sort(drawn)
    n = members.size
    spread = (members * (2.0 * np.arange(n) - n + 1.0)).sum() / n**2
    return float(np.abs(members - came).mean() - spread)
