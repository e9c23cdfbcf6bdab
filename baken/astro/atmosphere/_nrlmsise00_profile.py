"""The column of air in NRLMSISE-00: temperature by height, and the hydrostatic integral over it.

Above 123.4 km Bates' profile holds; below, one over temperature is a cubic spline over geopotential height.
Heights are kilometres above the ellipsoid, masses atomic units, gravity cm/s2, as the model has them.
"""

import math
from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

GAS_CONSTANT = 831.4
LARGEST_EXPONENT = 50.0
BASE_KM = 120.0
# In storms of ap above 250 the spline may overshoot through zero near 115 km, where the published program
# returns no number; here temperature stays below this many times that of the top node.
HOTTEST = 20.0


class Ground(NamedTuple):
    """Gravity and the radius that makes it fall with height as it does, at one latitude."""

    gravity_cm_s2: float
    radius_km: float


class Spline(NamedTuple):
    """One over temperature as a cubic spline from its top node down to its lowest."""

    top_km: float
    span: float
    x: Floats
    y: Floats
    curvature: Floats


class Bates(NamedTuple):
    """Temperature that nears its exospheric value as height grows."""

    exosphere_k: float
    base_k: float
    shape_per_km: float


class Level(NamedTuple):
    """What the column says of one height: enough for the density of every gas there."""

    bates_k: float
    height_over_base: float
    is_below_join: bool
    temperature_ratio: float
    exponent_per_mass: float


@compiled
def ground(latitude_deg: float) -> Ground:
    """Return gravity and effective radius at a latitude."""
    cosine = math.cos(2.0 * 1.74533e-2 * latitude_deg)
    gravity = 980.616 * (1.0 - 0.0026373 * cosine)
    return Ground(gravity, 2.0 * gravity / (3.085462e-6 + 2.27e-9 * cosine) * 1e-5)


@compiled
def geopotential(height_km: float, from_km: float, radius_km: float) -> float:
    """Return the difference of geopotential height."""
    return (height_km - from_km) * (radius_km + from_km) / (radius_km + height_km)


@compiled
def gravity_at(height_km: float, earth: Ground) -> float:
    """Return gravity at a height, cm/s2."""
    return float(earth.gravity_cm_s2 / (1.0 + height_km / earth.radius_km) ** 2)


@compiled
def spline(
    heights_km: Floats, temperatures_k: Floats, top_slope: float, low_slope: float, earth: Ground
) -> Spline:
    """Return the spline through nodes of temperature, from the top down, given the slopes at its ends."""
    n = heights_km.size
    top_km, low_km = heights_km[0], heights_km[n - 1]
    span = geopotential(low_km, top_km, earth.radius_km)
    x = np.empty(n)
    for k in range(n):
        x[k] = geopotential(heights_km[k], top_km, earth.radius_km) / span
    y = 1.0 / temperatures_k
    stretch = ((earth.radius_km + low_km) / (earth.radius_km + top_km)) ** 2
    first = -top_slope * y[0] ** 2 * span
    last = -low_slope * y[n - 1] ** 2 * span * stretch
    return Spline(top_km, span, x, y, _curvature(x, y, first, last))


@compiled
def _curvature(x: Floats, y: Floats, first_slope: float, last_slope: float) -> Floats:
    """Return second derivatives of the cubic spline with these slopes at its ends: Thomas's elimination."""
    n = x.size
    diagonal, right, upper = np.empty(n), np.empty(n), np.empty(n)
    step = x[1] - x[0]
    diagonal[0], upper[0] = step / 3.0, step / 6.0
    right[0] = (y[1] - y[0]) / step - first_slope
    for k in range(1, n):
        before = x[k] - x[k - 1]
        slope_before = (y[k] - y[k - 1]) / before
        if k < n - 1:
            after = x[k + 1] - x[k]
            own, upper[k] = (before + after) / 3.0, after / 6.0
            bend = (y[k + 1] - y[k]) / after - slope_before
        else:
            own, upper[k] = before / 3.0, 0.0
            bend = last_slope - slope_before
        factor = before / 6.0 / diagonal[k - 1]
        diagonal[k] = own - factor * upper[k - 1]
        right[k] = bend - factor * right[k - 1]
    curvature = np.empty(n)
    curvature[n - 1] = right[n - 1] / diagonal[n - 1]
    for k in range(n - 2, -1, -1):
        curvature[k] = (right[k] - upper[k] * curvature[k + 1]) / diagonal[k]
    return curvature


@compiled
def value_and_integral(column: Spline, x: float) -> tuple[float, float]:
    """Return the spline at ``x`` and its integral from the top node to there."""
    integral = 0.0
    value = column.y[0]
    last = column.x.size - 2
    for k in range(last + 1):
        if k > 0 and x <= column.x[k]:
            break
        h = column.x[k + 1] - column.x[k]
        to = x if k == last or x < column.x[k + 1] else column.x[k + 1]
        b = (to - column.x[k]) / h
        a = 1.0 - b
        y0, y1, c0, c1 = column.y[k], column.y[k + 1], column.curvature[k], column.curvature[k + 1]
        value = a * y0 + b * y1 + ((a**3 - a) * c0 + (b**3 - b) * c1) * h * h / 6.0
        integral += h * ((1.0 - a * a) * y0 + b * b * y1) / 2.0
        integral += h**3 * ((2.0 * a * a - a**4 - 1.0) * c0 + (b**4 - 2.0 * b * b) * c1) / 24.0
    return value, integral


@compiled
def bates_temperature(air: Bates, over_base_km: float) -> float:
    """Return Bates' temperature at a geopotential height over the base."""
    return air.exosphere_k - (air.exosphere_k - air.base_k) * math.exp(-air.shape_per_km * over_base_km)


@compiled
def level(height_km: float, air: Bates, lower: Spline, earth: Ground) -> Level:
    """Return what the column says of a height above 72.5 km."""
    joined_km = max(height_km, lower.top_km)
    over_base = geopotential(joined_km, BASE_KM, earth.radius_km)
    bates_k = bates_temperature(air, over_base)
    if height_km >= lower.top_km:
        return Level(bates_k, over_base, False, 1.0, 0.0)
    ratio, exponent = below(height_km, lower, earth)
    return Level(bates_k, over_base, True, ratio, exponent)


@compiled
def below(height_km: float, column: Spline, earth: Ground) -> tuple[float, float]:
    """Return the top node's temperature over that at a height, and the exponent of unit mass."""
    x = geopotential(height_km, column.top_km, earth.radius_km) / column.span
    value, integral = value_and_integral(column, x)
    value = max(value, column.y[0] / HOTTEST)
    per_mass = gravity_at(column.top_km, earth) * column.span / GAS_CONSTANT
    return float(value / column.y[0]), float(per_mass * integral)


@compiled
def density(base: float, mass: float, diffusion: float, at: Level, air: Bates, earth: Ground) -> float:
    """Return a gas's density at a level from that at the base: hydrostatic, with thermal diffusion."""
    gamma = mass * gravity_at(BASE_KM, earth) / (air.shape_per_km * GAS_CONSTANT * air.exosphere_k)
    value = base * (air.base_k / at.bates_k) ** (1.0 + diffusion + gamma)
    value *= math.exp(-air.shape_per_km * gamma * at.height_over_base)
    if at.is_below_join:
        value *= at.temperature_ratio ** (1.0 + diffusion)
        value *= math.exp(-min(mass * at.exponent_per_mass, LARGEST_EXPONENT))
    return float(value)
