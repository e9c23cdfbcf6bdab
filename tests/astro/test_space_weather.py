"""Does space weather say what was measured, keep forecasts apart, and never see the future?"""

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.space_weather import SpaceWeatherTable, centred_81_day_mean
from baken.astro.space_weather_text import space_weather_from_celestrak
from baken.astro.time import tai_ns_from_utc, utc_text
from baken.errors import BadMessage, UnreadableInput
from tests.astro.space_weather import MJD_OF_DAY_ONE, celestrak_line, celestrak_text
from tests.conftest import Deviation

NOON_OF_DAY_ONE = tai_ns_from_utc("2024-01-01T12:00:00")
A_DAY_NS = 86_400 * 10**9
LAST_PRINTED_DIGIT_SFU = 0.1


def test_a_day_has_the_flux_of_the_day_before_and_its_own_ap() -> None:
    table = space_weather_from_celestrak(celestrak_text(10))
    now = table.at(NOON_OF_DAY_ONE + 3 * A_DAY_NS)
    assert (now.f107_sfu, now.f107_81_day_sfu, now.ap) == (102.0, 160.0, 12.0)
    assert table.ap_3h.shape == (10, 8)
    assert table.mjd_utc[0] == MJD_OF_DAY_ONE


def test_many_instants_at_once_equal_one_by_one() -> None:
    table = space_weather_from_celestrak(celestrak_text(10))
    epochs = NOON_OF_DAY_ONE + np.arange(1, 10) * A_DAY_NS
    assert np.asarray(table.at(epochs).f107_sfu).tolist() == [table.at(int(t)).f107_sfu for t in epochs]


def test_nothing_is_said_outside_the_table() -> None:
    table = space_weather_from_celestrak(celestrak_text(10))
    assert utc_text(table.start_tai_ns, 0) == "2024-01-02T00:00:00Z"
    assert utc_text(table.end_tai_ns, 0) == "2024-01-11T00:00:00Z"
    edges = [table.start_tai_ns - 1, table.start_tai_ns, table.end_tai_ns - 1, table.end_tai_ns]
    assert table.covers(edges).tolist() == [False, True, True, False]
    with pytest.raises(ValueError, match="no space weather for 2024-01-11"):
        table.at(table.end_tai_ns)


def test_forecasts_are_told_from_measurements() -> None:
    table = space_weather_from_celestrak(celestrak_text(10, 5))
    assert table.last_measured_mjd_utc == MJD_OF_DAY_ONE + 9
    assert table.is_measured(NOON_OF_DAY_ONE + np.array([9, 10]) * A_DAY_NS).tolist() == [True, False]
    assert table.at(NOON_OF_DAY_ONE + 11 * A_DAY_NS).f107_sfu == 300.0


def test_between_months_a_forecast_is_linear_and_without_ap_covers_nothing() -> None:
    months = (celestrak_line(31, 300.0, ap=None), celestrak_line(60, 242.0, ap=None))
    table = space_weather_from_celestrak(celestrak_text(10, 5, months=months))
    assert table.mjd_utc.size == 61
    assert table.f107_observed_sfu[[31, 32, 60]].tolist() == [300.0, 298.0, 242.0]
    assert not table.covers(NOON_OF_DAY_ONE + 40 * A_DAY_NS)
    with_ap = space_weather_from_celestrak(celestrak_text(10, 5, months=(celestrak_line(31, 300.0, ap=4),)))
    assert with_ap.at(NOON_OF_DAY_ONE + 31 * A_DAY_NS).ap == 4.0


@given(st.integers(2, 200), st.integers(0, 100))
def test_no_later_day_changes_what_was_known(n_days: int, n_later: int) -> None:
    flux = np.random.default_rng(n_days).uniform(70.0, 250.0, 301)
    full, changed = _table(flux), _table(np.where(np.arange(301) >= n_days, 999.0, flux))
    now = NOON_OF_DAY_ONE + n_days * A_DAY_NS
    known, other = full.known_at(now), changed.known_at(now)
    assert known.mjd_utc[-1] == MJD_OF_DAY_ONE + n_days - 1
    assert np.array_equal(known.f107_observed_sfu, other.f107_observed_sfu)
    assert known.f107_81_day_sfu == pytest.approx(other.f107_81_day_sfu)
    again = full.known_at(now + n_later * A_DAY_NS).known_at(now)
    assert np.array_equal(again.f107_81_day_sfu, known.f107_81_day_sfu)


def test_a_day_is_known_when_it_has_ended() -> None:
    table = space_weather_from_celestrak(celestrak_text(10))
    end_of_day_five = tai_ns_from_utc("2024-01-06T00:00:00")
    assert table.known_at(end_of_day_five).mjd_utc.size == 5
    assert table.known_at(end_of_day_five - 1).mjd_utc.size == 4
    with pytest.raises(ValueError, match="knows nothing of the days before"):
        table.known_at(NOON_OF_DAY_ONE)


def test_the_mean_of_81_days_is_their_plain_mean() -> None:
    flux = np.random.default_rng(1).uniform(70.0, 250.0, 300)
    assert centred_81_day_mean(flux)[100] == pytest.approx(flux[60:141].mean())
    assert centred_81_day_mean(flux)[299] == pytest.approx(flux[259:].mean())
    assert centred_81_day_mean(np.stack([flux, flux[::-1]]))[1, 199] == pytest.approx(flux[60:141].mean())


@pytest.mark.parametrize(
    ("written", "damaged", "place"),
    [
        ("2024 01 03", "2024 13 03", "6 date"),
        (" 102.0 160.0", " 1x2.0 160.0", "6 F10.7"),
        (" 102.0 160.0", " 102.0 -60.0", "6 Ctr81"),
        ("2024 01 03", "2024 01 02", "6 date"),
        ("2024 01 03", "2024 01 05", "6 date"),
    ],
)
def test_a_damaged_line_is_named(written: str, damaged: str, place: str) -> None:
    text = celestrak_text(10)
    assert written in text
    with pytest.raises(BadMessage, match=place):
        space_weather_from_celestrak(text.replace(written, damaged, 1))


def test_a_row_that_is_cut_off_or_without_ap_is_named() -> None:
    lines = celestrak_text(10).splitlines()
    cut = "\n".join([*lines[:5], lines[5][:110], *lines[6:]])
    with pytest.raises(BadMessage, match=r"6 F10\.7"):
        space_weather_from_celestrak(cut)
    blank = "\n".join([*lines[:5], lines[5][:78] + "    " + lines[5][82:], *lines[6:]])
    with pytest.raises(BadMessage, match="6 Ap avg"):
        space_weather_from_celestrak(blank)


def test_another_file_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="no two days of space weather"):
        space_weather_from_celestrak("hello")


def test_a_table_with_a_hole_is_refused() -> None:
    table = space_weather_from_celestrak(celestrak_text(10))
    hole = np.arange(10) != 4
    with pytest.raises(ValueError, match="each the day after"):
        SpaceWeatherTable(
            mjd_utc=table.mjd_utc[hole],
            f107_observed_sfu=table.f107_observed_sfu[hole],
            f107_81_day_sfu=table.f107_81_day_sfu[hole],
            ap_3h=table.ap_3h[hole],
            ap_daily=table.ap_daily[hole],
            last_measured_mjd_utc=table.last_measured_mjd_utc,
        )


@pytest.mark.capability(
    "Space weather from CelesTrak's text", status="VALIDATED", authority="the file's own 81-day means"
)
def test_means_of_81_days_are_those_of_the_file(shared_data: Path, deviation: Deviation) -> None:
    path = shared_data / "eop_spaceweather" / "brahe_celestrak_sw19571001_202608.txt.gz"
    table = space_weather_from_celestrak(gzip.decompress(path.read_bytes()).decode())
    measured = slice(20_000, table.last_measured_mjd_utc - int(table.mjd_utc[0]) - 40)
    ours = centred_81_day_mean(table.f107_observed_sfu)[measured]
    off = np.abs(ours - table.f107_81_day_sfu[measured])
    deviation(float(off.max()), "sfu", LAST_PRINTED_DIGIT_SFU)


def _table(flux: np.ndarray) -> SpaceWeatherTable:
    n = flux.size
    return SpaceWeatherTable(
        mjd_utc=MJD_OF_DAY_ONE + np.arange(n),
        f107_observed_sfu=flux,
        f107_81_day_sfu=centred_81_day_mean(flux),
        ap_3h=np.full((n, 8), 7.0),
        ap_daily=np.full(n, 7.0),
        last_measured_mjd_utc=MJD_OF_DAY_ONE + n - 1,
    )


def test_the_history_of_ap_goes_back_by_hours_through_the_days() -> None:
    table = space_weather_from_celestrak(celestrak_text(6))
    told = replace(table, ap_3h=np.arange(48.0).reshape(6, 8))
    at_seven = told.history_at(NOON_OF_DAY_ONE + 3 * A_DAY_NS - 5 * 3_600 * 10**9)
    now = 3 * 8 + 2  # the third three hours of the fourth day
    means = [now - 7.5, now - 15.5]
    assert at_seven.ap_history.tolist() == [now, now - 1, now - 2, now - 3, *means]
    assert at_seven.f107_sfu == told.at(NOON_OF_DAY_ONE + 3 * A_DAY_NS).f107_sfu
    with pytest.raises(ValueError, match="three days back"):
        told.history_at(NOON_OF_DAY_ONE + 2 * A_DAY_NS)
