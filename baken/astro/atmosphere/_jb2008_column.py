"""The column of air in JB2008: temperature by height, mixed air to 105 km, and each gas by itself above.

Heights are kilometres; equations by the numbers of Bowman et al. (2008), AIAA 2008-6438.
"""

import math

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

GAS_CONSTANT = 8.31432
AVOGADRO_PER_KMOL = 6.02257e26
STANDARD_GRAVITY = 9.80665
RADIUS_KM = 6356.766
LOWEST_KM, MIXED_KM, HYDROGEN_KM = 90.0, 105.0, 500.0
LOWEST_DENSITY = 3.46e-6
# N2, O2, O, Ar, He and H.
MASSES = np.array([28.0134, 31.9988, 15.9994, 39.9480, 4.0026, 1.00797])
DIFFUSION = np.array([0.0, 0.0, 0.0, 0.0, -0.38])
NITROGEN, OXYGEN_2, ARGON, HELIUM = 0.78110, 0.20955, 9.34e-3, 1.289e-5  # shares by number at the ground
GROUND_MASS = 28.960
MEAN_MASS = np.array([28.15204, -8.5586e-2, 1.2840e-4, -1.0056e-5, -1.0210e-5, 1.5044e-6, 9.9826e-8])
# Quadrature of five points, and the steps of height it takes: each a fixed part of the height.
NEWTON_COTES = np.array([14.0, 64.0, 24.0, 64.0, 14.0]) / 45.0
MIXED_STEP, MIDDLE_STEP, HIGH_STEP = 0.010, 0.025, 0.075
B = np.array(
    [
        -4.57512297, -5.12114909, -69.3003609, 203.716701, 703.316291, -1943.49234, 1106.51308,
        -174.378996, 1885.94601, -7093.71517, 9224.54523, -3845.08073, -6.45841789, 40.9703319,
        -482.006560, 1818.70931, -2373.89204, 996.703815, 36.1416936,
    ]
)  # fmt: skip
C = np.array(
    [
        -15.5986211, -5.12114909, -69.3003609, 203.716701, 703.316291, -1943.49234, 1106.51308,
        -220.835117, 1432.56989, -3184.81844, 3289.81513, -1353.32119, 19.9956489, -12.7093998,
        21.2825156, -2.75555432, 11.0234982, 148.881951, -751.640284, 637.876542, 12.7093998,
        -21.2825156, 2.75555432,
    ]
)  # fmt: skip


@compiled
def log_numbers(altitude_km: float, exosphere_k: float) -> Floats:
    """Return logarithms of the numbers of N2, O2, O, Ar, He and H in a cubic metre: equations 1 to 7."""
    profile = _profile(exosphere_k)
    mixed_km = min(altitude_km, MIXED_KM)
    logs = _mixed(mixed_km, profile)
    if altitude_km <= MIXED_KM:
        logs[5] = logs[4] - 25.0  # next to no hydrogen
        return logs
    step = MIDDLE_STEP if altitude_km <= HYDROGEN_KM else HIGH_STEP
    middle_km = min(altitude_km, HYDROGEN_KM)
    weight = _weight(MIXED_KM, middle_km, MIDDLE_STEP, profile, False)
    to_hydrogen = _weight(middle_km, max(altitude_km, HYDROGEN_KM), step, profile, False)
    here_k, hydrogen_k = _temperature(altitude_km, profile), _temperature(HYDROGEN_KM, profile)
    if altitude_km > HYDROGEN_KM:
        weight += to_hydrogen
        to_hydrogen = -to_hydrogen
    warming = math.log(here_k / _temperature(MIXED_KM, profile))
    for gas in range(5):
        logs[gas] -= (1.0 + DIFFUSION[gas]) * warming + MASSES[gas] * weight / GAS_CONSTANT
    x = math.log10(exosphere_k)
    logs[5] = math.log(10.0) * ((5.5 * x - 39.40) * x + 73.13 + 6.0)
    logs[5] += math.log(hydrogen_k / here_k) + MASSES[5] * to_hydrogen / GAS_CONSTANT
    return logs


@compiled
def total_density(logs: Floats) -> float:
    """Return the density of all gases together, kg/m3."""
    return float((np.exp(logs) * MASSES).sum() / AVOGADRO_PER_KMOL)


@compiled
def _profile(exosphere_k: float) -> tuple[float, float, float]:
    """Return temperature and gradient at 125 km, and the reach above it: equations 9 and 11."""
    at_125_k = 444.3807 + 0.02385 * exosphere_k - 392.8292 * math.exp(-0.0021357 * exosphere_k)
    return at_125_k, 0.054285714 * (at_125_k - 183.0), (exosphere_k - at_125_k) * 2.0 / math.pi


@compiled
def _temperature(height_km: float, profile: tuple[float, float, float]) -> float:
    """Return the temperature at a height: equations 10 and 13."""
    at_125_k, gradient, reach_k = profile
    over = height_km - 125.0
    if over <= 0.0:
        return at_125_k + gradient * over * (1.0 + over * over * (-7.3039742e-4 - 9.8204695e-6 * over))
    return float(at_125_k + reach_k * math.atan(gradient / reach_k * over * (1.0 + 4.5e-6 * over**2.5)))


@compiled
def _mean_mass(height_km: float) -> float:
    """Return the mean mass of mixed air: equation 1."""
    value = 0.0
    for k in range(MEAN_MASS.size - 1, -1, -1):
        value = value * (height_km - 100.0) + MEAN_MASS[k]
    return value


@compiled
def _weight(
    from_km: float, to_km: float, step: float, profile: tuple[float, float, float], mixed: bool
) -> float:
    """Integrate gravity over temperature by height, times mean mass where air is mixed: equations 5, 6."""
    growth = math.log(to_km / from_km)
    n_steps = 1 + int(growth / step)
    ratio = math.exp(growth / n_steps)
    total, low = 0.0, from_km
    for _ in range(n_steps):
        quarter = 0.25 * (ratio - 1.0) * low
        for k in range(5):
            height = low + k * quarter
            gravity = STANDARD_GRAVITY / (1.0 + height / RADIUS_KM) ** 2
            mass = _mean_mass(height) if mixed else 1.0
            total += quarter * NEWTON_COTES[k] * mass * gravity / _temperature(height, profile)
        low *= ratio
    return total


@compiled
def _mixed(height_km: float, profile: tuple[float, float, float]) -> Floats:
    """Return logarithms of the numbers of each gas at the top of mixed air: equations 2 to 5."""
    weight = _weight(LOWEST_KM, height_km, MIXED_STEP, profile, True)
    mass = _mean_mass(height_km)
    cooling = _temperature(LOWEST_KM, profile) / _temperature(height_km, profile)
    density = LOWEST_DENSITY * mass / _mean_mass(LOWEST_KM) * cooling * math.exp(-weight / GAS_CONSTANT)
    number = AVOGADRO_PER_KMOL * density / mass
    undissociated = AVOGADRO_PER_KMOL * density / GROUND_MASS
    logs = np.zeros(6)
    logs[0] = math.log(NITROGEN * undissociated)
    logs[1] = math.log(undissociated * (1.0 + OXYGEN_2) - number)
    logs[2] = math.log(2.0 * (number - undissociated))
    logs[3] = math.log(ARGON * undissociated)
    logs[4] = math.log(HELIUM * undissociated)
    return logs


@compiled
def temperature_correction(f10: float, day_part: float, cosine: float, altitude_km: float) -> float:
    """Return what to add to the exosphere's temperature by hour, latitude and height."""
    flux, z = 0.01 * (f10 - 100.0), altitude_km
    if z < 120.0 or z > 800.0:
        return 0.0
    low, low_slope = _at_200(flux, day_part, cosine), _slope_at_200(flux, day_part, cosine)
    slope = _polynomial(B, 12, 17, day_part)
    if z <= 200.0:
        part = (z - 120.0) / 80.0
        return part * part * (3.0 * low - low_slope + (low_slope - 2.0 * low) * part)
    if z <= 240.0:
        return low + low_slope * (z - 200.0) / 50.0
    if z <= 300.0:
        start = low + 0.8 * low_slope
        return _hermite(
            (z - 240.0) / 60.0, start, low_slope, _above(flux, day_part, cosine, 3.0 * slope), cosine * slope
        )
    if z <= 600.0:
        return _above(flux, day_part, cosine, 0.01 * z * slope)
    start, rise = _above(flux, day_part, cosine, 6.0 * slope), cosine * slope
    part = (z - 600.0) / 100.0
    return start + part * (rise + part * (-0.25 * (3.0 * start + 4.0 * rise) + part * 0.25 * (start + rise)))


@compiled
def _hermite(part: float, start: float, start_slope: float, end: float, end_slope: float) -> float:
    square = 3.0 * end - end_slope - 3.0 * start - 2.0 * start_slope
    cube = end - start - start_slope - square
    return start + part * (start_slope + part * (square + part * cube))


@compiled
def _polynomial(c: Floats, first: int, last: int, x: float) -> float:
    value = 0.0
    for k in range(last, first - 1, -1):
        value = value * x + c[k]
    return value


@compiled
def _slope_at_200(flux: float, day_part: float, cosine: float) -> float:
    value = C[0] + flux * _polynomial(C, 1, 6, day_part) + cosine * day_part * _polynomial(C, 7, 11, day_part)
    return float(value + cosine * (C[12] + flux * _polynomial(C, 13, 15, day_part)))


@compiled
def _at_200(flux: float, day_part: float, cosine: float) -> float:
    value = C[16] + day_part * cosine * _polynomial(C, 17, 19, day_part)
    return float(value + flux * cosine * _polynomial(C, 20, 22, day_part))


@compiled
def _above(flux: float, day_part: float, cosine: float, height_term: float) -> float:
    value = B[0] + flux * _polynomial(B, 1, 6, day_part)
    return float(value + cosine * (day_part * _polynomial(B, 7, 11, day_part) + height_term + B[18]))
