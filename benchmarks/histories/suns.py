"""What the sun alone does to re-entry windows: invented objects fall under the suns of other years.

Air and drag are perfect, so that whatever is off is the outlook's.  The truth is the fall under the space
weather that came; the prediction has what was known, and a ballistic coefficient fitted in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from baken.assess.reentry.conditions import ReentrySettings, conditions_at
from baken.assess.reentry.weather_ahead import WeatherAhead
from baken.assess.reentry.window import window_of
from baken.astro.arrays import Floats
from baken.astro.atmosphere.density_grid import DensityGrid, density_grid
from baken.astro.earth_data import MODIFIED_JULIAN_DATE_OF_EPOCH
from baken.astro.leap_seconds import tai_ns_from_utc_day
from baken.astro.mean_decay import clock_at, drag_rates_m_s, falls
from baken.astro.space_weather import SpaceWeatherTable

# From 1985, where the outlook has its first two cycles, to the autumn of the real decays.
FIRST_MJD_UTC, LAST_MJD_UTC, STEP_DAY = 46_100, 56_560, 163
DAY_S, HISTORY_DAY, LONGEST_DAY = 86_400.0, 9, 190
# Size and ballistic coefficient: debris that lives two months, a stage of three weeks, one of five days.
FALLING = {"two months": (6_758e3, 0.08), "three weeks": (6_668e3, 0.03), "five days": (6_618e3, 0.03)}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderOneSun:
    """One fall under one sun; rank is the share of the members that were down before."""

    name: str
    lead_day: float
    error_day: float
    rank: float


def falls_under_other_suns(
    table: SpaceWeatherTable, came: SpaceWeatherTable, *, n_members: int
) -> Iterator[UnderOneSun]:
    """Yield each object under each sun; ``came`` hides nothing of what ``table`` will tell."""
    air = density_grid(0, 0)
    settings = ReentrySettings(n_members=n_members, longest_day=float(LONGEST_DAY))
    for mjd in range(FIRST_MJD_UTC, LAST_MJD_UTC, STEP_DAY):
        at = int(tai_ns_from_utc_day(np.array(mjd - MODIFIED_JULIAN_DATE_OF_EPOCH), np.array(0)))
        known, truth = (
            conditions_at(at, one, settings, np.random.default_rng, air=air).weather for one in (table, came)
        )
        for name, (size_m, ballistic_m2_kg) in FALLING.items():
            state = np.array([size_m, 0.001, 0.0, 0.9, 0.3, 0.2])
            one = _one(state, ballistic_m2_kg, known, truth, mjd, air)
            yield UnderOneSun(name=name, lead_day=one[0], error_day=one[1], rank=one[2])


def _one(
    state: Floats,
    ballistic_m2_kg: float,
    known: WeatherAhead,
    truth: WeatherAhead,
    mjd: int,
    air: DensityGrid,
) -> tuple[float, float, float]:
    before = np.arange(mjd - HISTORY_DAY, mjd)
    braked, seemed = (_drag(state, weather.behind(before), air) for weather in (truth, known))
    came_s = _after_s(state, ballistic_m2_kg, truth.members_from(mjd, LONGEST_DAY)[:1], air)[0]
    said_s = _after_s(state, ballistic_m2_kg * braked / seemed, known.members_from(mjd, LONGEST_DAY), air)
    error_s = window_of(said_s).median_s - came_s
    return came_s / DAY_S, error_s / DAY_S, float((said_s < came_s).mean())


def _drag(state: Floats, weather: Floats, air: DensityGrid) -> float:
    states = np.repeat(state[None], len(weather), axis=0)
    return float(drag_rates_m_s(states, np.zeros(len(weather)), weather, clock_at(0, 0), air).sum())


def _after_s(state: Floats, ballistic_m2_kg: float, weather: Floats, air: DensityGrid) -> Floats:
    n = len(weather)
    states, ballistic = np.repeat(state[None], n, axis=0), np.full(n, ballistic_m2_kg)
    return falls(states, ballistic, weather, clock_at(0, 0), air, longest_s=LONGEST_DAY * DAY_S).after_s
