"""Is a day of weather the measured one as far as it was known, and the same drawn one for all beyond?"""

from dataclasses import replace

import numpy as np
import pytest

from baken.assess.reentry.weather_ahead import WeatherAhead, weather_ahead
from baken.astro.space_weather import SpaceWeatherTable, centred_81_day_mean

FIRST, N = 46_066, 12 * 365
N_MEMBERS, N_DAYS = 7, 30


@pytest.fixture(scope="module")
def known() -> SpaceWeatherTable:
    """Return twelve years of a sun that goes up and down by the month."""
    day = np.arange(N)
    flux, ap = 120.0 + 20.0 * np.sin(day / 4.3) + day / 100.0, 10.0 + 5.0 * np.cos(day / 2.9)
    return SpaceWeatherTable(
        mjd_utc=FIRST + day,
        f107_observed_sfu=flux,
        f107_81_day_sfu=centred_81_day_mean(flux),
        ap_3h=np.repeat(ap[:, None], 8, axis=1),
        ap_daily=ap,
        last_measured_mjd_utc=FIRST + N - 1,
    )


def drawn(table: SpaceWeatherTable | None, as_of_mjd_utc: int = FIRST + N) -> WeatherAhead:
    return weather_ahead(table, as_of_mjd_utc, N_DAYS, N_MEMBERS, np.random.default_rng(3))


def test_days_that_were_measured_are_the_same_in_all_futures(known):
    rows = drawn(known).members_from(FIRST + N - 5, 20)
    assert rows.shape == (N_MEMBERS, 20, 3)
    assert np.ptp(rows[:, :5], axis=0).max() == 0.0
    assert rows[0, 4, 1] == known.f107_observed_sfu[-2]  # the flux of the day before
    assert rows[0, 4, 2] == known.ap_daily[-1]
    assert np.ptp(rows[:, 10], axis=0).min() > 0.0


def test_one_day_is_the_same_for_whoever_started_earlier_or_later(known):
    weather = drawn(known)
    early, late = weather.members_from(FIRST + N - 5, 25), weather.members_from(FIRST + N + 3, 17)
    assert np.array_equal(early[:, 8:], late)


def test_a_forecast_in_the_table_is_drawn_over(known):
    shorter = replace(known, last_measured_mjd_utc=FIRST + N - 11)
    rows = drawn(shorter).members_from(FIRST + N - 20, 20)
    assert np.ptp(rows[:, :9], axis=0).max() == 0.0
    assert np.ptp(rows[:, 15], axis=0).min() > 0.0
    assert drawn(shorter).behind(np.array([FIRST + N - 1]))[0, 2] == known.ap_daily[N - 11]


def test_a_set_from_before_the_table_is_refused(known):
    with pytest.raises(ValueError, match="older than the table"):
        drawn(known).members_from(FIRST, 5)


def test_without_a_table_any_year_may_be():
    weather = drawn(None)
    assert weather.members_from(FIRST, N_DAYS).shape == (N_MEMBERS, N_DAYS, 3)
    assert weather.behind(np.array([FIRST, FIRST + 1])).shape == (2, 3)
