"""How drag takes orbits down, averaged over a revolution, from now until they pass an altitude: many at once.

Sun and Moon move the perigees of eccentric orbits.  The last revolutions are stepped through.
"""

import math
from dataclasses import dataclass

import erfa
import numpy as np

from baken.astro._decay_rates import MU, RADIUS, SECONDS_A_DAY, Clock, fill_mean_rates, mean_rates
from baken.astro._last_revolutions import fall
from baken.astro._sgp4_near_model import brouwer_mean_motion
from baken.astro._third_bodies import add_third_body_rates, third_bodies
from baken.astro.arrays import Floats, FloatsLike
from baken.astro.atmosphere.density_grid import DensityGrid
from baken.astro.compiled import compiled
from baken.astro.julian_dates import julian_date_ut1
from baken.astro.leap_seconds import utc_day_from_tai_ns

# Rows of six mean elements, and of 81-day flux (sfu), flux of the day before (sfu) and ap: each column has
# its own unit.
MeanStates = Floats
WeatherRows = Floats
# A step of the mean motion: this part of the way down to the dense air, and half a day at most.
STEP_SHARE = 0.05
LONGEST_STEP_S = 43_200.0
# From here on an average over a revolution means little: what a revolution takes off.
STEEP_M = 8_000.0
DENSE_AIR_M = 60_000.0
LAST_PERIGEE_M = 90_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Falls:
    """Where each object passes an altitude: seconds after the start and a geodetic place; NaN if still up.

    ``heading_rad`` is over the ground, from north through east.
    """

    after_s: Floats
    latitude_rad: Floats
    longitude_rad: Floats
    heading_rad: Floats


def clock_at(epoch_tai_ns: int, grid_start_tai_ns: int) -> Clock:
    """Return how the Earth stands at an instant; UTC stands for UT1, which costs 0.4 km on the ground.

    >>> round(clock_at(0, 0).utc_s)
    86368
    """
    _, ns_of_day = utc_day_from_tai_ns(np.asarray(epoch_tai_ns, dtype=np.int64))
    sidereal = erfa.gmst82(*julian_date_ut1(np.asarray(epoch_tai_ns, dtype=np.int64), np.zeros(())))
    return Clock(float(sidereal), 1e-9 * float(ns_of_day), 1e-9 * (epoch_tai_ns - grid_start_tai_ns))


def mean_states(
    mean_motion_rad_s: FloatsLike,
    eccentricity: FloatsLike,
    inclination_rad: FloatsLike,
    raan_rad: FloatsLike,
    argument_of_perigee_rad: FloatsLike,
    mean_anomaly_rad: FloatsLike,
) -> Floats:
    """Return the states of element sets: their mean motion is Kozai's, the semi-major axis Brouwer's.

    Shape: (n,) each; the result (n, 6).

    >>> mean_states([1.13e-3], [0.001], [0.9], [0.0], [0.0], [0.0]).shape
    (1, 6)
    """
    n, e, i, node, omega, m = (
        np.atleast_1d(np.asarray(column, dtype=float))
        for column in (
            mean_motion_rad_s, eccentricity, inclination_rad, raan_rad,
            argument_of_perigee_rad, mean_anomaly_rad,
        )
    )  # fmt: skip
    return np.stack(
        [_semi_major_axes_m(n, e, i), e * np.cos(omega), e * np.sin(omega), i, node, omega + m], axis=1
    )


@compiled
def _semi_major_axes_m(mean_motion_rad_s: Floats, eccentricity: Floats, inclination_rad: Floats) -> Floats:
    result = np.empty_like(mean_motion_rad_s)
    for k in range(result.size):
        cosine = math.cos(inclination_rad[k])
        brouwer = brouwer_mean_motion(60.0 * mean_motion_rad_s[k], eccentricity[k], cosine)
        result[k] = (MU / (brouwer / 60.0) ** 2) ** (1.0 / 3.0)
    return result


def drag_rates_m_s(
    states: MeanStates, after_s: Floats, weather: WeatherRows, clock: Clock, air: DensityGrid
) -> Floats:
    """Return how fast drag lowers semi-major axes, for a ballistic coefficient of 1 m2/kg.

    Shape: states (n, 6), times (n,), weather (n, 3): 81-day flux, flux of the day before, ap.
    """
    return np.asarray(mean_rates(states, after_s, weather, clock, air)[:, 0])


def falls(
    states: MeanStates,
    ballistic_m2_kg: Floats,
    weather: WeatherRows,
    clock: Clock,
    air: DensityGrid,
    *,
    altitude_m: float = 80e3,
    longest_s: float,
    step_share: float = STEP_SHARE,
) -> Falls:
    """Follow each object down to an altitude, at most so long; by itself or among others, to the same bits.

    Shape: states (n, 6), ballistic (n,), weather (n, days, 3), the first row for the UTC day of the start,
    the last for all days after.
    Raises: ValueError when the shapes do not fit, or a ballistic coefficient is not positive.
    """
    if weather.ndim != 3 or not len(states) == len(ballistic_m2_kg) == len(weather):
        raise ValueError("states, ballistic_m2_kg and weather have a row for every object")
    if not (ballistic_m2_kg > 0.0).all():
        raise ValueError("a ballistic coefficient is above 0 m2/kg; fit one to an orbit that sinks")
    bodies = third_bodies(air.start_tai_ns + round(1e9 * clock.grid_s), longest_s)
    rows = np.empty((len(states), 4))
    _follow(states, ballistic_m2_kg, weather, clock, air, bodies, altitude_m, longest_s, step_share, rows)
    return Falls(
        after_s=rows[:, 0], latitude_rad=rows[:, 1], longitude_rad=rows[:, 2], heading_rad=rows[:, 3]
    )


@compiled
def _follow(
    states: Floats, ballistic: Floats, weather: Floats, clock: Clock, air: DensityGrid, bodies: Floats,
    altitude_m: float, longest_s: float, step_share: float, rows: Floats,
) -> None:  # fmt: skip
    state, middle, rate = np.empty(6), np.empty(6), np.empty(6)
    for k in range(len(states)):
        state[:] = states[k]
        rows[k, :] = np.nan
        t = 0.0
        while t < longest_s:
            day = min(weather.shape[1] - 1, int((clock.utc_s + t) / SECONDS_A_DAY))
            fill_mean_rates(state, t, ballistic[k], weather[k, day], clock, air, rate)
            add_third_body_rates(state, t, bodies, rate)
            if not np.isfinite(rate[0]):
                break
            if _is_steep(state, rate):
                fallen = fall(state, t, altitude_m, ballistic[k], weather[k], clock, air)
                if fallen[0] <= longest_s:
                    rows[k, 0], rows[k, 1], rows[k, 2], rows[k, 3] = fallen
                break
            step = min(_step_s(state, rate, step_share), longest_s - t)
            for c in range(6):
                middle[c] = state[c] + 0.5 * step * rate[c]
            fill_mean_rates(middle, t + 0.5 * step, ballistic[k], weather[k, day], clock, air, rate)
            add_third_body_rates(middle, t + 0.5 * step, bodies, rate)
            for c in range(6):
                state[c] += step * rate[c]
            t += step


@compiled
def _is_steep(state: Floats, rate: Floats) -> bool:
    e = math.sqrt(state[1] ** 2 + state[2] ** 2)
    lost = -rate[0] * 2.0 * math.pi * math.sqrt(state[0] / MU) * state[0]
    is_low = state[0] * (1.0 + e) - RADIUS < 400e3
    return bool((lost > STEEP_M and is_low) or state[0] * (1.0 - e) - RADIUS < LAST_PERIGEE_M)


@compiled
def _step_s(state: Floats, rate: Floats, share: float) -> float:
    """Return a step over which neither perigee nor size changes by more than a share of what is left."""
    e = math.sqrt(state[1] ** 2 + state[2] ** 2)
    grows = (state[1] * rate[1] + state[2] * rate[2]) / max(e, 1e-9)
    sinks = abs(rate[0] * (1.0 - e) - state[0] * grows) + 1e-12
    perigee = max(state[0] * (1.0 - e) - RADIUS - DENSE_AIR_M, 1e4)
    size = max(state[0] - RADIUS - DENSE_AIR_M, 1e4)
    return float(min(LONGEST_STEP_S, share * perigee / sinks, share * size / (abs(rate[0]) + 1e-12)))
