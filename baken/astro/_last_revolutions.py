"""The last revolutions of a falling object, step by step: where an average over one means nothing."""

import math

import numpy as np

from baken.astro._decay_rates import (
    J2,
    MU,
    RADIUS,
    SECONDS_A_DAY,
    Clock,
    air_density,
    frozen_eccentricity,
    height_m,
)
from baken.astro.arrays import Floats
from baken.astro.atmosphere.density_grid import DensityGrid
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_FLATTENING_WGS84, EARTH_ROTATION_RATE_RAD_S

STEP_S = 10.0
LONGEST_FALL_S = 20.0 * SECONDS_A_DAY


@compiled
def osculating(state: Floats) -> Floats:
    """Return position and velocity of mean elements: J2's terms of short period put on, as SGP4 does.

    Source: Hoots & Roehrich (1980), Spacetrack Report 3; Vallado et al. (2006), AIAA 2006-6753.
    """
    a, incl, node = state[0], state[3], state[4]
    kx, ky = state[1], state[2] + frozen_eccentricity(a, incl)
    u = state[5]
    # Kepler's equation in the argument of latitude: E + omega - kx sin + ky cos = mean argument.
    w = u
    for _ in range(12):
        w -= (w - kx * math.sin(w) + ky * math.cos(w) - u) / (1.0 - kx * math.cos(w) - ky * math.sin(w))
    e_cos, e_sin = kx * math.cos(w) + ky * math.sin(w), kx * math.sin(w) - ky * math.cos(w)
    e2 = kx * kx + ky * ky
    r, p, beta = a * (1.0 - e_cos), a * (1.0 - e2), math.sqrt(1.0 - e2)
    sin_u = a / r * (math.sin(w) - ky - kx * e_sin / (1.0 + beta))
    cos_u = a / r * (math.cos(w) - kx + ky * e_sin / (1.0 + beta))
    u = math.atan2(sin_u, cos_u)
    n = math.sqrt(MU / a) / a
    radial, across = math.sqrt(MU * a) * e_sin / r, math.sqrt(MU * p) / r
    t1 = 0.5 * J2 * RADIUS * RADIUS / p
    t2 = t1 / p
    c, s = math.cos(incl), math.sin(incl)
    sin_2u, cos_2u = math.sin(2.0 * u), math.cos(2.0 * u)
    radius = r * (1.0 - 1.5 * t2 * beta * (3.0 * c * c - 1.0)) + 0.5 * t1 * s * s * cos_2u
    u -= 0.25 * t2 * (7.0 * c * c - 1.0) * sin_2u
    node += 1.5 * t2 * c * sin_2u
    incl += 1.5 * t2 * c * s * cos_2u
    radial -= n * t1 * s * s * sin_2u
    across += n * t1 * (s * s * cos_2u + 1.5 * (3.0 * c * c - 1.0))
    c, s = math.cos(incl), math.sin(incl)
    cos_u, sin_u, cos_n, sin_n = math.cos(u), math.sin(u), math.cos(node), math.sin(node)
    out = (cos_u * cos_n - sin_u * sin_n * c, cos_u * sin_n + sin_u * cos_n * c, sin_u * s)
    on = (-sin_u * cos_n - cos_u * sin_n * c, -sin_u * sin_n + cos_u * cos_n * c, cos_u * s)
    result = np.empty(6)
    for k in range(3):
        result[k] = radius * out[k]
        result[3 + k] = radial * out[k] + across * on[k]
    return result


@compiled
def _height(here: Floats) -> float:
    r = math.sqrt(here[0] ** 2 + here[1] ** 2 + here[2] ** 2)
    return height_m(r, here[2] / r)


@compiled
def _fill_rates(
    here: Floats,
    after_s: float,
    ballistic: float,
    weather: Floats,
    clock: Clock,
    air: DensityGrid,
    rate: Floats,
) -> None:
    x, y, z = here[0], here[1], here[2]
    r2 = x * x + y * y + z * z
    r = math.sqrt(r2)
    pull = -MU / (r2 * r)
    oblate = 1.5 * J2 * RADIUS * RADIUS / r2
    across = pull * (1.0 + oblate * (1.0 - 5.0 * z * z / r2))
    rho = air_density(air, after_s, weather, clock, math.atan2(y, x), z / r, height_m(r, z / r))
    vx, vy, vz = here[3] + EARTH_ROTATION_RATE_RAD_S * y, here[4] - EARTH_ROTATION_RATE_RAD_S * x, here[5]
    brake = -0.5 * rho * ballistic * math.sqrt(vx * vx + vy * vy + vz * vz)
    rate[0], rate[1], rate[2] = here[3], here[4], here[5]
    rate[3], rate[4] = across * x + brake * vx, across * y + brake * vy
    rate[5] = pull * (1.0 + oblate * (3.0 - 5.0 * z * z / r2)) * z + brake * vz


@compiled
def fall(
    state: Floats,
    after_s: float,
    until_m: float,
    ballistic: float,
    weather: Floats,
    clock: Clock,
    air: DensityGrid,
) -> tuple[float, float, float, float]:
    """Return when, at which latitude and longitude and with which heading an object passes an altitude.

    Runge and Kutta's fourth order, 10 s a step in low orbit; the passage is put where the height, straight
    between two steps, is the one asked for.  NaN when it is still up after twenty days.
    """
    now, before, here, rates = osculating(state), np.empty(6), np.empty(6), np.empty((4, 6))
    t, started = after_s, after_s
    low = _height(now)
    while low > until_m:
        if t - started > LONGEST_FALL_S or not np.isfinite(low):
            return np.nan, np.nan, np.nan, np.nan
        was = low
        before[:] = now
        day = min(len(weather) - 1, int((clock.utc_s + t) / SECONDS_A_DAY))
        step = STEP_S * max(1.0, ((RADIUS + was) / (RADIUS + 5e5)) ** 1.5)
        _fill_rates(now, t, ballistic, weather[day], clock, air, rates[0])
        for stage in range(1, 4):
            ahead = step if stage == 3 else 0.5 * step
            for c in range(6):
                here[c] = now[c] + ahead * rates[stage - 1, c]
            _fill_rates(here, t + ahead, ballistic, weather[day], clock, air, rates[stage])
        for c in range(6):
            now[c] += step / 6.0 * (rates[0, c] + 2.0 * (rates[1, c] + rates[2, c]) + rates[3, c])
        t += step
        low = _height(now)
        if low <= until_m:
            part = (was - until_m) / (was - low)
            t -= step * (1.0 - part)
            for c in range(6):
                now[c] = before[c] + part * (now[c] - before[c])
    return _over_the_ground(now, t, clock)


@compiled
def _over_the_ground(now: Floats, t: float, clock: Clock) -> tuple[float, float, float, float]:
    x, y, z = now[0], now[1], now[2]
    across = math.sqrt(x * x + y * y)
    latitude = math.atan2(z, across * (1.0 - EARTH_FLATTENING_WGS84) ** 2)
    turned = math.atan2(y, x) - clock.sidereal_rad - EARTH_ROTATION_RATE_RAD_S * t
    longitude = (turned + math.pi) % (2.0 * math.pi) - math.pi
    east = (x * now[4] - y * now[3]) / across - EARTH_ROTATION_RATE_RAD_S * across
    north = (now[5] * across - z * (x * now[3] + y * now[4]) / across) / math.sqrt(across**2 + z * z)
    return t, latitude, longitude, math.atan2(east, north) % (2.0 * math.pi)
