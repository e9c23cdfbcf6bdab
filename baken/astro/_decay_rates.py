"""How drag, the flattening of the Earth and its turning change mean elements, averaged over a revolution.

A state is six numbers: semi-major axis (m), the components of the eccentricity vector along node and across
it, inclination, node and mean argument of latitude (rad), as element sets hold them.
"""

import math
from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.atmosphere.density_grid import DensityGrid, grid_density
from baken.astro.compiled import compiled
from baken.astro.constants import (
    EARTH_FLATTENING_WGS84,
    EARTH_J2_WGS72,
    EARTH_J3_WGS72,
    EARTH_MU_WGS72_M3_S2,
    EARTH_RADIUS_WGS72_M,
    EARTH_ROTATION_RATE_RAD_S,
)

MU, RADIUS, J2, J3 = EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M, EARTH_J2_WGS72, EARTH_J3_WGS72
N_ON_ARC = 24
# Above this the air brakes nothing that comes down within years.
HIGHEST_M = 1_000e3
SECONDS_A_DAY = 86_400.0


class Clock(NamedTuple):
    """How the Earth stands when a computation starts: sidereal time, seconds of the UTC day and of a grid."""

    sidereal_rad: float
    utc_s: float
    grid_s: float


@compiled
def air_density(
    grid: DensityGrid, after_s: float, weather: Floats, clock: Clock, right_ascension_rad: float,
    sine_latitude: float, altitude_m: float,
) -> float:  # fmt: skip
    """Return the density at a place; ``weather`` is the 81-day flux, the flux of the day before, and ap."""
    if altitude_m > HIGHEST_M:
        return 0.0
    turned = right_ascension_rad - clock.sidereal_rad - EARTH_ROTATION_RATE_RAD_S * after_s
    local_time_rad = 2.0 * math.pi * (clock.utc_s + after_s) / SECONDS_A_DAY + turned
    latitude_rad = math.asin(max(-1.0, min(1.0, sine_latitude)))
    return grid_density(
        grid,
        clock.grid_s + after_s,
        altitude_m,
        latitude_rad,
        local_time_rad,
        weather[1],
        weather[0],
        weather[2],
    )


@compiled
def height_m(radius_m: float, sine_latitude: float) -> float:
    """Return the height over the ellipsoid, to first order in its flattening."""
    return radius_m - RADIUS * (1.0 - EARTH_FLATTENING_WGS84 * sine_latitude * sine_latitude)


@compiled
def frozen_eccentricity(semi_major_axis_m: float, inclination_rad: float) -> float:
    """Return what the Earth's pear shape adds to the eccentricity across the node (SGP4's long period)."""
    return -0.5 * J3 / J2 * math.sin(inclination_rad) * RADIUS / semi_major_axis_m


@compiled
def oblate_radius_m(
    radius_m: float, semi_latus_m: float, inclination_rad: float, latitude_argument_rad: float
) -> float:
    """Return a distance with J2's terms of short period, as SGP4 has them."""
    s2 = math.sin(inclination_rad) ** 2
    j = 0.5 * J2 * RADIUS * RADIUS / semi_latus_m
    mean = 1.0 - 1.5 * j / semi_latus_m * (2.0 - 3.0 * s2)
    return radius_m * mean + 0.5 * j * s2 * math.cos(2.0 * latitude_argument_rad)


@compiled
def fill_mean_rates(
    state: Floats,
    after_s: float,
    ballistic: float,
    weather: Floats,
    clock: Clock,
    air: DensityGrid,
    rate: Floats,
) -> None:
    """Write the rates of a state: J2's secular ones, and drag's by Gauss's equations along the velocity.

    Drag is summed at equal steps of eccentric anomaly over the arc below the top of the air, where a plain
    sum of a smooth bump, or of a periodic function, converges fastest.  The air turns with the Earth; its
    push across the orbit is left out.
    Source: King-Hele (1987), Satellite Orbits in an Atmosphere, chapter 3; Vallado (2013), section 9.
    """
    a, kx, ky, incl, node = state[0], state[1], state[2], state[3], state[4]
    sin_i, cos_i = math.sin(incl), math.cos(incl)
    e2 = kx * kx + ky * ky
    n = math.sqrt(MU / a) / a
    c = 1.5 * J2 * (RADIUS / (a * (1.0 - e2))) ** 2 * n
    perigee = c * (2.0 - 2.5 * sin_i * sin_i)
    rate[0], rate[1], rate[2], rate[3] = 0.0, -ky * perigee, kx * perigee, 0.0
    rate[4] = -c * cos_i
    rate[5] = n + c * math.sqrt(1.0 - e2) * (1.0 - 1.5 * sin_i * sin_i) + perigee
    ty = ky + frozen_eccentricity(a, incl)
    e = math.sqrt(kx * kx + ty * ty)
    omega = math.atan2(ty, kx)
    reach = (1.0 - (RADIUS + HIGHEST_M) / a) / max(e, 1e-12)
    if reach >= 1.0:
        return
    widest = math.pi if reach <= -1.0 else math.acos(reach)
    beta = math.sqrt(1.0 - e * e)
    for k in range(N_ON_ARC):
        anomaly = widest * ((2.0 * k + 1.0) / N_ON_ARC - 1.0)
        cos_e, sin_e = math.cos(anomaly), math.sin(anomaly)
        part = 1.0 - e * cos_e
        cos_v, sin_v = (cos_e - e) / part, beta * sin_e / part
        u = omega + math.atan2(sin_v, cos_v)
        sin_u = math.sin(u)
        radius = oblate_radius_m(a * part, a * (1.0 - e * e), incl, u)
        right_ascension = node + math.atan2(cos_i * sin_u, math.cos(u))
        rho = air_density(
            air, after_s, weather, clock, right_ascension, sin_i * sin_u, height_m(radius, sin_i * sin_u)
        )
        v = math.sqrt(MU * (2.0 / (a * part) - 1.0 / a))
        against = v - EARTH_ROTATION_RATE_RAD_S * a * part * cos_i
        brake = -0.5 * rho * ballistic * against * against * part * widest / (math.pi * N_ON_ARC)
        rate[0] += 2.0 * a * a * v / MU * brake
        along, across = 2.0 * (e + cos_v) / v * brake, 2.0 * sin_v / v * brake
        rate[1] += along * math.cos(omega) - across * math.sin(omega)
        rate[2] += along * math.sin(omega) + across * math.cos(omega)


@compiled
def mean_rates(states: Floats, after_s: Floats, weather: Floats, clock: Clock, air: DensityGrid) -> Floats:
    """Return the rates of many states for a ballistic coefficient of 1 m2/kg, each in its own weather."""
    rates = np.empty_like(states)
    for k in range(len(states)):
        fill_mean_rates(states[k], after_s[k], 1.0, weather[k], clock, air, rates[k])
    return rates
