"""The gases of NRLMSISE-00 at one place: each mixed below its turbopause, each by its own weight above.

Densities are per cubic centimetre, as the model has them.
"""

import math
from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.atmosphere import _nrlmsise00_variations as v
from baken.astro.atmosphere._nrlmsise00_levels import AVERAGES, SPECIES, TEMPERATURES, TRANSITIONS
from baken.astro.atmosphere._nrlmsise00_lower import LOWER_THERMOSPHERE, MIDDLE_ATMOSPHERE
from baken.astro.atmosphere._nrlmsise00_profile import (
    GAS_CONSTANT,
    Bates,
    Ground,
    Level,
    Spline,
    below,
    density,
    gravity_at,
    ground,
    level,
    spline,
)
from baken.astro.atmosphere._nrlmsise00_variations import Moment, node_sum, thermosphere_sum
from baken.astro.compiled import compiled

HE, O, N2, O2, AR, H, N, HOT_O = range(8)  # noqa: E741
MASSES = np.array([4.0, 16.0, 28.0, 32.0, 40.0, 1.0, 14.0, 16.0])
DIFFUSION = np.array([-0.38, 0.0, 0.0, 0.0, 0.17, -0.38, 0.0, 0.0])
# Above these a gas is taken to be wholly separated, by the model's own decision.
SEPARATED_KM = np.array([200.0, 300.0, 160.0, 250.0, 240.0, 320.0, 450.0])
ROWS = np.array([v.HELIUM, v.OXYGEN, v.NITROGEN_2, v.OXYGEN_2, v.ARGON, v.HYDROGEN, v.NITROGEN, v.HOT_OXYGEN])
N_VARIATIONS = 11
MEAN_MASS = 28.95
JOIN_KM, MESOPAUSE_KM, STRATOSPHERE_KM = 123.435, 72.5, 32.5
NODES_VARY_BELOW_KM = 300.0
WELL_MIXED_KM = 62.5
LOWER_NODES_KM = np.array([JOIN_KM, 110.0, 100.0, 90.0, MESOPAUSE_KM])
MESOSPHERE_NODES_KM = np.array([MESOPAUSE_KM, 55.0, 45.0, STRATOSPHERE_KM])
TROPOSPHERE_NODES_KM = np.array([STRATOSPHERE_KM, 20.0, 15.0, 10.0, 0.0])


class Column(NamedTuple):
    """Temperature above 72.5 km at one place and moment, and the widths of the turbopause."""

    air: Bates
    lower: Spline
    lowest_k: float
    lowest_slope: float
    earth: Ground


@compiled
def gases(altitude_km: float, latitude_deg: float, at: Moment) -> Floats:
    """Return the densities of He, O, N2, O2, Ar, H, N and anomalous oxygen."""
    return gases_in_column(altitude_km, latitude_deg, at, sums(altitude_km, at))


@compiled
def sums(lowest_km: float, at: Moment) -> Floats:
    """Return the sums of a column of air from the lowest altitude on: one a row of VARIATIONS, then nodes."""
    result = np.zeros(N_VARIATIONS + 5)
    for row in range(N_VARIATIONS):
        result[row] = thermosphere_sum(v.VARIATIONS[row], at)
    if lowest_km < NODES_VARY_BELOW_KM:
        for k in range(4):
            result[N_VARIATIONS + k] = node_sum(LOWER_THERMOSPHERE[k], at)
        result[N_VARIATIONS + 4] = node_sum(MIDDLE_ATMOSPHERE[8], at)
    return result


@compiled
def gases_in_column(altitude_km: float, latitude_deg: float, at: Moment, s: Floats) -> Floats:
    """Return the gases at one altitude of a column whose sums are known."""
    earth = ground(latitude_deg)
    height_km = max(altitude_km, MESOPAUSE_KM)
    column = _column(height_km, s, earth)
    here = level(height_km, column.air, column.lower, earth)
    result, mixed_nitrogen = _upper_gases(height_km, here, column, latitude_deg, at, s)
    if altitude_km < MESOPAUSE_KM:
        _mix(result, altitude_km, mixed_nitrogen, column, at)
    return result


@compiled
def _column(height_km: float, s: Floats, earth: Ground) -> Column:
    exosphere_k = TEMPERATURES[0] * v.VARIATIONS[v.EXOSPHERE, 0]
    if height_km > JOIN_KM:
        exosphere_k *= 1.0 + s[v.EXOSPHERE]
    gradient = TEMPERATURES[3] * v.VARIATIONS[v.GRADIENT, 0]
    if height_km > MESOPAUSE_KM:
        gradient *= 1.0 + s[v.GRADIENT]
    base_k = TEMPERATURES[1] * (1.0 + s[v.BASE]) * v.VARIATIONS[v.BASE, 0]
    air = Bates(exosphere_k, base_k, gradient / (exosphere_k - base_k))
    nodes_k = np.empty(5)
    over_base = (JOIN_KM - 120.0) * (earth.radius_km + 120.0) / (earth.radius_km + JOIN_KM)
    nodes_k[0] = exosphere_k - (exosphere_k - base_k) * math.exp(-air.shape_per_km * over_base)
    top_slope = (exosphere_k - nodes_k[0]) * air.shape_per_km
    top_slope *= ((earth.radius_km + 120.0) / (earth.radius_km + JOIN_KM)) ** 2
    lowest_slope = _lower_nodes(nodes_k, height_km, s)
    lower = spline(LOWER_NODES_KM, nodes_k, top_slope, lowest_slope, earth)
    return Column(air, lower, nodes_k[4], lowest_slope, earth)


@compiled
def _lower_nodes(nodes_k: Floats, height_km: float, s: Floats) -> float:
    """Fill in the temperatures from 110 to 72.5 km; return the gradient at the lowest."""
    averages = (TEMPERATURES[6], TEMPERATURES[2], TEMPERATURES[7], TEMPERATURES[4])
    varies = height_km < NODES_VARY_BELOW_KM
    for k in range(4):
        departure = s[N_VARIATIONS + k] if varies else 0.0
        nodes_k[k + 1] = averages[k] * LOWER_THERMOSPHERE[k, 0] / (1.0 - departure)
    departure = s[N_VARIATIONS + 4] if varies else 0.0
    slope = TEMPERATURES[8] * MIDDLE_ATMOSPHERE[8, 0] * (1.0 + departure)
    return float(slope * (nodes_k[4] / (TEMPERATURES[4] * LOWER_THERMOSPHERE[3, 0])) ** 2)


@compiled
def _upper_gases(
    height_km: float, here: Level, column: Column, latitude_deg: float, at: Moment, s: Floats
) -> tuple[Floats, float]:
    """Return the gases above 72.5 km, and how dense mixed nitrogen is there."""
    result = np.zeros(8)
    mixed_nitrogen, reference = 0.0, 0.0
    season = math.sin(v.DEGREE * latitude_deg) * math.cos(v.DAY * (at.day - v.VARIATIONS[v.EXOSPHERE, 13]))
    nitrogen_turbopause = SPECIES[N2, 2] * TRANSITIONS[1, 24] * (1.0 + TRANSITIONS[0, 24] * season)
    width_km = SPECIES[N2, 3] * TRANSITIONS[1, 5]
    for gas in (N2, HE, O, O2, AR, H, N):
        base = SPECIES[gas, 0] * math.exp(s[ROWS[gas]]) * v.VARIATIONS[ROWS[gas], 0]
        alone = density(base, MASSES[gas], DIFFUSION[gas], here, column.air, column.earth)
        if gas != N2 and height_km > SEPARATED_KM[gas]:
            result[gas] = alone
            continue
        turbopause_km = nitrogen_turbopause if gas == N2 else SPECIES[gas, 2]
        there = level(turbopause_km, column.air, column.lower, column.earth)
        lighter = MASSES[gas] - MEAN_MASS
        at_base = density(base, lighter, DIFFUSION[gas] - 1.0, there, column.air, column.earth)
        mixed = density(at_base, MEAN_MASS, 0.0, here, column.air, column.earth)
        if gas == N2:
            reference, mixed_nitrogen = at_base, mixed
            if height_km > SEPARATED_KM[N2]:
                result[gas] = alone
                continue
        net = _blend(alone, mixed, width_km, MASSES[gas])
        result[gas] = net * _from_the_ground(gas, height_km, reference / at_base, at)
    result[O2] *= _departure_of_oxygen(height_km, at)
    if height_km >= JOIN_KM:
        result[HOT_O] = _hot_oxygen(height_km, here, column, s[v.HOT_OXYGEN])
    return result, mixed_nitrogen


@compiled
def _blend(alone: float, mixed: float, width_km: float, mass: float) -> float:
    """Return the density through the turbopause, between mixed below and alone above."""
    power = width_km / (MEAN_MASS - mass)
    if alone <= 0.0 or mixed <= 0.0:
        return max(alone, mixed)
    exponent = power * math.log(mixed / alone)
    if exponent < -10.0:
        return alone
    if exponent > 10.0:
        return mixed
    return float(alone * (1.0 + math.exp(exponent)) ** (1.0 / power))


@compiled
def _transition(
    height_km: float, size: float, width_1_km: float, width_2_km: float, middle_km: float
) -> float:
    """Return a factor that goes from exp(size) deep below ``middle_km`` to one far above it."""
    e1 = (height_km - middle_km) / width_1_km
    e2 = (height_km - middle_km) / width_2_km
    if e1 > 70.0 or e2 > 70.0:
        return 1.0
    if e1 < -70.0 and e2 < -70.0:
        return float(math.exp(size))
    return float(math.exp(size / (1.0 + 0.5 * (math.exp(e1) + math.exp(e2)))))


@compiled
def _from_the_ground(gas: int, height_km: float, nitrogen_ratio: float, at: Moment) -> float:
    """Return the factor that gives a gas its mixing ratio at the ground, and what chemistry takes or adds."""
    s, t = SPECIES[gas], TRANSITIONS
    if gas == N2:
        return 1.0
    if gas == HE:
        width, size = s[5] * t[1, 1], math.log(nitrogen_ratio * s[1])
        return _transition(height_km, size, width, width, s[4] * t[1, 0])
    if gas == O2:
        width, size = s[5] * t[1, 7], math.log(nitrogen_ratio * s[1])
        return _transition(height_km, size, width, width, s[4] * t[1, 6])
    if gas == AR:
        width, size = s[5] * t[1, 9], math.log(nitrogen_ratio * s[1])
        return _transition(height_km, size, width, width, s[4] * t[1, 8])
    if gas == O:
        size = s[1] * t[1, 16] * (1.0 + t[0, 23] * at.flux_excess_sfu)
        mixing = _transition(height_km, size, s[5] * t[1, 3], s[5] * t[1, 4], s[4] * t[1, 2])
        return mixing * _transition(
            height_km, s[3] * t[1, 14], s[7] * t[1, 13], s[7] * t[1, 13], s[6] * t[1, 12]
        )
    if gas == H:
        width, size = s[5] * t[1, 11], math.log(nitrogen_ratio * s[1] * abs(t[1, 17]))
        mixing = _transition(height_km, size, width, width, s[4] * t[1, 10])
        return mixing * _transition(
            height_km, s[3] * t[1, 20], s[7] * t[1, 19], s[7] * t[1, 19], s[6] * t[1, 18]
        )
    width, size = s[5] * t[0, 1], math.log(nitrogen_ratio * s[1] * abs(t[0, 2]))
    mixing = _transition(height_km, size, width, width, s[4] * t[0, 0])
    return mixing * _transition(height_km, s[3] * t[0, 5], s[7] * t[0, 4], s[7] * t[0, 4], s[6] * t[0, 3])


@compiled
def _departure_of_oxygen(height_km: float, at: Moment) -> float:
    """Return how molecular oxygen departs from diffusive equilibrium."""
    s, t = SPECIES[O2], TRANSITIONS
    size = s[3] * t[1, 23] * (1.0 + t[0, 23] * at.flux_excess_sfu)
    return _transition(height_km, size, s[7] * t[1, 22], s[7] * t[0, 22], s[6] * t[1, 21])


@compiled
def _hot_oxygen(height_km: float, here: Level, column: Column, variation: float) -> float:
    """Return anomalous oxygen: hot atoms and ions that a satellite feels above some 500 km."""
    s = SPECIES[HOT_O]
    hot_k = s[9] * TRANSITIONS[0, 6]
    base = s[0] * math.exp(variation) * v.VARIATIONS[v.HOT_OXYGEN, 0]
    hot_air = Bates(hot_k, hot_k, column.air.shape_per_km)
    there = Level(hot_k, here.height_over_base, False, 1.0, 0.0)
    plain = density(base, 16.0, 0.0, there, hot_air, column.earth)
    scale_km = GAS_CONSTANT * hot_k / (gravity_at(s[4], column.earth) * 16.0)
    return float(plain * math.exp(-s[5] / scale_km * (math.exp(-(height_km - s[4]) / s[5]) - 1.0)))


@compiled
def _mix(result: Floats, altitude_km: float, mixed_nitrogen: float, column: Column, at: Moment) -> None:
    """Take the gases from 72.5 km down to an altitude, where below 62.5 km all are mixed."""
    share = max(0.0, 1.0 - (MESOPAUSE_KM - altitude_km) / (MESOPAUSE_KM - WELL_MIXED_KM))
    top_nitrogen = result[N2]
    nitrogen = mixed_nitrogen * _descent(altitude_km, column, at)
    nitrogen *= 1.0 + share * (top_nitrogen / mixed_nitrogen - 1.0)
    for gas in (HE, O2, AR):
        ratio = SPECIES[gas, 1]
        departure = result[gas] / (top_nitrogen * ratio) - 1.0
        result[gas] = nitrogen * ratio * (1.0 + share * departure)
    result[N2] = nitrogen
    for gas in (O, H, N, HOT_O):
        result[gas] = 0.0


@compiled
def _descent(altitude_km: float, column: Column, at: Moment) -> float:
    """Return how much denser mixed air is at an altitude than at 72.5 km."""
    middle = MIDDLE_ATMOSPHERE
    nodes_k = np.empty(4)
    nodes_k[0] = column.lowest_k
    for k in range(3):
        nodes_k[k + 1] = middle[k, 0] * AVERAGES[k] / (1.0 - node_sum(middle[k], at))
    slope = AVERAGES[8] * middle[9, 0] * (1.0 + node_sum(middle[9], at))
    slope *= (nodes_k[3] / (middle[2, 0] * AVERAGES[2])) ** 2
    mesosphere = spline(MESOSPHERE_NODES_KM, nodes_k, column.lowest_slope, slope, column.earth)
    ratio, exponent = below(max(altitude_km, STRATOSPHERE_KM), mesosphere, column.earth)
    factor = ratio * math.exp(-min(MEAN_MASS * exponent, 50.0))
    if altitude_km > STRATOSPHERE_KM:
        return float(factor)
    ratio, exponent = below(altitude_km, _troposphere(nodes_k[3], slope, column.earth, at), column.earth)
    return float(factor * ratio * math.exp(-min(MEAN_MASS * exponent, 50.0)))


@compiled
def _troposphere(top_k: float, top_slope: float, earth: Ground, at: Moment) -> Spline:
    middle = MIDDLE_ATMOSPHERE
    nodes_k = np.empty(5)
    nodes_k[0] = top_k
    for k in range(4):
        nodes_k[k + 1] = middle[k + 3, 0] * AVERAGES[k + 3] / (1.0 - node_sum(middle[k + 3], at))
    slope = middle[7, 0] * AVERAGES[7] * (1.0 + node_sum(middle[7], at))
    slope *= (nodes_k[4] / (middle[6, 0] * AVERAGES[6])) ** 2
    return spline(TROPOSPHERE_NODES_KM, nodes_k, top_slope, slope, earth)
