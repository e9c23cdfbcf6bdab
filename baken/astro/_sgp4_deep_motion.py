"""SGP4's deep-space motion at one time: secular pull, resonance, lunar and solar periods.

Resonance is integrated in steps of twelve hours from the epoch, always, so that a state depends on its time
alone and never on what was asked before.  ``Resonant`` carries the last step, to go on from there when that
is the same as starting afresh.
"""

import math

from baken.astro import _sgp4_model as m
from baken.astro._sgp4_deep_model import (
    EARTH_TURN,
    TURN,
)
from baken.astro._sin_cos import sin_cos, within_a_turn
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

RESONANCE_STEP = 720.0  # minutes
FASX2, FASX4, FASX6 = 0.13130908, 2.8843198, 0.37448087
G22, G32, G44, G52, G54 = 5.7686396, 0.95240898, 1.8014998, 1.0508330, 4.4108898
# Below this inclination the node is too ill-defined for its own periodic terms (Lyddane 1963), radians.
LYDDANE = 0.2

Resonant = tuple[float, float, float]  # time (minutes), resonance angle, mean motion
Rates = tuple[float, float, float]  # of mean motion, of the angle, and the second of mean motion


@compiled
def one_day_rates(deep: Floats, angle: float, n: float) -> Rates:
    """Return the rates of an object that keeps up with the Earth."""
    s1, c1 = sin_cos(angle - FASX2)
    s2, c2 = sin_cos(2.0 * (angle - FASX4))
    s3, c3 = sin_cos(3.0 * (angle - FASX6))
    angle_rate = n + deep[m.LAMBDA_RATE]
    n_rate = deep[m.DEL1] * s1 + deep[m.DEL2] * s2 + deep[m.DEL3] * s3
    n_rate_2 = deep[m.DEL1] * c1 + 2.0 * deep[m.DEL2] * c2 + 3.0 * deep[m.DEL3] * c3
    return n_rate, angle_rate, n_rate_2 * angle_rate


@compiled
def half_day_rates(deep: Floats, near: Floats, at: float, angle: float, n: float) -> Rates:
    """Return the rates of an eccentric object that comes round twice a day."""
    w = near[m.PERIGEE] + near[m.PERIGEE_RATE] * at
    sin_a, cos_a = sin_cos(2.0 * w + angle - G22)
    sin_b, cos_b = sin_cos(angle - G22)
    n_rate = deep[m.D2201] * sin_a + deep[m.D2211] * sin_b
    n_rate_2 = deep[m.D2201] * cos_a + deep[m.D2211] * cos_b
    sin_a, cos_a = sin_cos(w + angle - G32)
    sin_b, cos_b = sin_cos(-w + angle - G32)
    n_rate += deep[m.D3210] * sin_a + deep[m.D3222] * sin_b
    n_rate_2 += deep[m.D3210] * cos_a + deep[m.D3222] * cos_b
    sin_a, cos_a = sin_cos(2.0 * w + 2.0 * angle - G44)
    sin_b, cos_b = sin_cos(2.0 * angle - G44)
    n_rate += deep[m.D4410] * sin_a + deep[m.D4422] * sin_b
    n_rate_2 += 2.0 * (deep[m.D4410] * cos_a + deep[m.D4422] * cos_b)
    sin_a, cos_a = sin_cos(w + angle - G52)
    sin_b, cos_b = sin_cos(-w + angle - G52)
    n_rate += deep[m.D5220] * sin_a + deep[m.D5232] * sin_b
    n_rate_2 += deep[m.D5220] * cos_a + deep[m.D5232] * cos_b
    sin_a, cos_a = sin_cos(w + 2.0 * angle - G54)
    sin_b, cos_b = sin_cos(-w + 2.0 * angle - G54)
    n_rate += deep[m.D5421] * sin_a + deep[m.D5433] * sin_b
    n_rate_2 += 2.0 * (deep[m.D5421] * cos_a + deep[m.D5433] * cos_b)
    angle_rate = n + deep[m.LAMBDA_RATE]
    return n_rate, angle_rate, n_rate_2 * angle_rate


@compiled
def resonance_rates(deep: Floats, near: Floats, state: Resonant) -> Rates:
    """Return the rates of mean motion and angle, whichever resonance it is."""
    at, angle, n = state
    if deep[m.RESONANCE] == m.ONE_DAY:
        return one_day_rates(deep, angle, n)
    return half_day_rates(deep, near, at, angle, n)


@compiled
def resonance_at_epoch(deep: Floats, near: Floats) -> tuple[Resonant, Rates]:
    """Return where the integration begins, and its rates there."""
    state = (0.0, deep[m.LAMBDA_AT_EPOCH], near[m.MEAN_MOTION])
    if deep[m.RESONANCE] == m.NO_RESONANCE:
        return state, (0.0, 0.0, 0.0)
    return state, resonance_rates(deep, near, state)


@compiled
def march(deep: Floats, near: Floats, state: Resonant, rates: Rates, t: float) -> tuple[Resonant, Rates]:
    """Step until less than one step is left before ``t``, forwards or backwards from the epoch."""
    if state[0] * t < 0.0 or abs(t) < abs(state[0]):
        state, rates = resonance_at_epoch(deep, near)
    step = RESONANCE_STEP if t > 0.0 else -RESONANCE_STEP
    half = 0.5 * RESONANCE_STEP * RESONANCE_STEP
    while abs(t - state[0]) >= RESONANCE_STEP:
        at, angle, n = state
        n_rate, angle_rate, n_rate_2 = rates
        angle = angle + angle_rate * step + n_rate * half
        n = n + n_rate * step + n_rate_2 * half
        state = (at + step, angle, n)
        rates = resonance_rates(deep, near, state)
    return state, rates


@compiled
def deep_secular(
    deep: Floats, near: Floats, t: float, mean: tuple[float, float, float], state: Resonant, rates: Rates
) -> tuple[float, float, float, float, float, float, Resonant, Rates]:
    """Move the mean elements (perigee, node, anomaly) along under Sun, Moon and resonance.

    Returns eccentricity, inclination, perigee, node, anomaly, mean motion, and the resonance to go on from.
    """
    perigee, node, anomaly = mean
    e = near[m.ECCENTRICITY] + deep[m.E_RATE] * t
    i = near[m.INCLINATION] + deep[m.I_RATE] * t
    perigee = perigee + deep[m.PERIGEE_RATE_3] * t
    node = node + deep[m.NODE_RATE_3] * t
    anomaly = anomaly + deep[m.M_RATE] * t
    n = near[m.MEAN_MOTION]
    if deep[m.RESONANCE] == m.NO_RESONANCE:
        return e, i, perigee, node, anomaly, n, state, rates
    theta = within_a_turn(deep[m.SIDEREAL_ANGLE] + t * EARTH_TURN)
    state, rates = march(deep, near, state, rates, t)
    n_rate, angle_rate, n_rate_2 = rates
    left = t - state[0]
    angle = state[1] + angle_rate * left + n_rate * left * left * 0.5
    if deep[m.RESONANCE] == m.ONE_DAY:
        anomaly = angle - node - perigee + theta
    else:
        anomaly = angle - 2.0 * node + 2.0 * theta
    # Written so that, like the reference, a perturbation is added to the mean motion at epoch.
    change = (state[2] + n_rate * left + n_rate_2 * left * left * 0.5) - n
    return e, i, perigee, node, anomaly, n + change, state, rates


Changes = tuple[
    float, float, float, float, float
]  # of eccentricity, inclination, longitude, perigee and node


@compiled
def add_periods(
    changes: Changes, e: float, i: float, perigee: float, node: float, anomaly: float
) -> tuple[float, float, float, float, float]:
    """Add lunar and solar periods; return eccentricity, inclination, perigee, node and anomaly."""
    d_e, d_i, d_l, d_gh, d_h = changes
    e, i = e + d_e, i + d_i
    sine, cosine = sin_cos(i)
    if i >= LYDDANE:
        d_h = d_h / sine
        perigee, node, anomaly = perigee + (d_gh - cosine * d_h), node + d_h, anomaly + d_l
    else:
        sin_node, cos_node = sin_cos(node)
        alpha = sine * sin_node + (d_h * cos_node + d_i * cosine * sin_node)
        beta = sine * cos_node + (-d_h * sin_node + d_i * cosine * cos_node)
        before = within_a_turn(node)
        longitude = anomaly + perigee + cosine * before + (d_l + d_gh - d_i * before * sine)
        node = math.atan2(alpha, beta)
        if abs(before - node) > math.pi:
            node = node + TURN if node < before else node - TURN
        anomaly = anomaly + d_l
        perigee = longitude - anomaly - cosine * node
    if i < 0.0:
        i, node, perigee = -i, node + math.pi, perigee - math.pi
    return e, i, perigee, node, anomaly
