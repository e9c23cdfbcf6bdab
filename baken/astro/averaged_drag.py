"""How drag and the flattening of the Earth change orbits in the mean of a turn: many objects, over years.

This is for clouds: thousands of pieces up to 2000 km, in air that is a mean of latitudes and hours.
``mean_decay`` takes one object through the air of its place and hour, and down its last revolutions, which is
dearer.  On the same orbit the two agree within 4.5 % (tests/astro/test_averaged_drag.py).
"""

import numpy as np

from baken.astro.air_layers import AirLayers
from baken.astro.arrays import Floats, FloatsLike, InstantsLike
from baken.astro.compiled import compiled
from baken.astro.constants import (
    EARTH_J2_EGM2008,
    EARTH_MU_M3_S2,
    EARTH_RADIUS_EGM2008_M,
    EARTH_RADIUS_WGS84_M,
    EARTH_ROTATION_RATE_RAD_S,
)

LEAST_PERIGEE_M = 120e3  # below it nothing makes another turn
LARGEST_FALL_M = 2_000.0  # of either apsis in one step: a twentieth of a scale height, or less
LONGEST_STEP_S = 5 * 86_400.0
MOST_STEPS = 100_000


def follow_mean_elements(
    elements_si: FloatsLike,
    ballistic_coefficient_m2_kg: FloatsLike,
    start_tai_ns: int,
    epoch_tai_ns: InstantsLike,
    layers: AirLayers,
) -> Floats:
    """Return mean elements at later instants; NaN once the perigee has come below 120 km.

    Elements are semi-major axis (m), eccentricity, inclination, node, argument of perigee and mean anomaly:
    those of element sets, or of ``mean_elements_from_state``.
    Drag takes King-Hele's averages over the eccentric anomaly, in air that turns with the Earth; the
    flattening turns node, perigee and anomaly as J2 does in the mean.  Ballistic coefficient is drag
    coefficient times area over mass.

    Shape:  elements (n, 6), coefficients (n,), epochs (k,) increasing, none before the start; (n, k, 6).
    Source: King-Hele (1964), Theory of Satellite Orbits in an Atmosphere, equations 4.15 and 4.16;
            Vallado (2013), section 9.6.2.
    """
    start = np.ascontiguousarray(np.atleast_2d(np.asarray(elements_si, dtype=float)))
    ballistic = np.broadcast_to(np.asarray(ballistic_coefficient_m2_kg, dtype=float), start.shape[:1])
    at_s = (np.atleast_1d(np.asarray(epoch_tai_ns, dtype=np.int64)) - start_tai_ns) / 1e9
    if at_s.size and (at_s[0] < 0.0 or (np.diff(at_s) < 0.0).any()):
        raise ValueError("epoch_tai_ns must increase, from start_tai_ns on")
    rows = np.full((start.shape[0], at_s.size, 6), np.nan)
    begins_s = (layers.epoch_tai_ns - start_tai_ns) / 1e9
    _follow(
        start,
        np.ascontiguousarray(ballistic),
        at_s,
        begins_s,
        layers.log_density,
        layers.lowest_m,
        layers.step_m,
        rows,
    )
    return rows


def axis_rates_m_s(
    elements_si: FloatsLike, ballistic_coefficient_m2_kg: FloatsLike, layers: AirLayers, layer_index: int = 0
) -> Floats:
    """Return how fast drag changes semi-major axes in one layer of time, in the mean of a turn; (n,)."""
    rows = np.atleast_2d(np.asarray(elements_si, dtype=float))
    ballistic = np.broadcast_to(np.asarray(ballistic_coefficient_m2_kg, dtype=float), rows.shape[:1])
    layer = layers.log_density[layer_index]
    return np.array(
        [
            _drag_rates(row[0], row[1], np.cos(row[2]), one, layer, layers.lowest_m, layers.step_m)[0]
            for row, one in zip(rows, ballistic, strict=True)
        ]
    )


@compiled
def _density(log_density: Floats, lowest_m: float, step_m: float, height_m: float) -> float:
    """Interpolate the logarithm of density; below the lowest layer as there, above the highest none."""
    place = max((height_m - lowest_m) / step_m, 0.0)
    k = int(place)
    if k >= log_density.size - 1:
        return 0.0
    share = place - k
    return float(np.exp((1.0 - share) * log_density[k] + share * log_density[k + 1]))


@compiled
def _drag_rates(
    axis_m: float, e: float, cosine: float, ballistic: float, log_density: Floats, low_m: float, step_m: float
) -> tuple[float, float]:
    """Return the mean rates of semi-major axis and eccentricity."""
    motion = np.sqrt(EARTH_MU_M3_S2 / axis_m**3)
    perigee_m = axis_m * (1.0 - e)
    speed_m_s = np.sqrt(EARTH_MU_M3_S2 / perigee_m * (1.0 + e))
    # J2 keeps the mean distance off the mean axis: 10 km lower on the equator, 5 km higher over the poles.
    flat = 0.75 * EARTH_J2_EGM2008 * (EARTH_RADIUS_EGM2008_M / (axis_m * (1.0 - e * e))) ** 2
    distance_m = axis_m * (1.0 - flat * (3.0 * cosine * cosine - 1.0))
    turning = (1.0 - EARTH_ROTATION_RATE_RAD_S * cosine * perigee_m / speed_m_s) ** 2
    # The air is felt over an arc as wide as the root of a scale height over a e; four points in it suffice.
    n = int(min(max(8.0, 12.0 * np.sqrt(axis_m * e / 40e3)), 400.0))
    shrink, round_off = 0.0, 0.0
    for k in range(n):
        x = np.cos(np.pi * (k + 0.5) / n)
        rho = _density(log_density, low_m, step_m, distance_m * (1.0 - e * x) - EARTH_RADIUS_WGS84_M)
        way = np.sqrt((1.0 + e * x) / (1.0 - e * x))
        shrink += rho * (1.0 + e * x) * way
        round_off += rho * way * x
    pull = -ballistic * turning * motion / n
    return pull * axis_m**2 * shrink, pull * axis_m * (1.0 - e * e) * round_off


@compiled
def _turn(now: Floats, axis_m: float, e: float, step_s: float) -> None:
    """Turn node, perigee and anomaly of these elements by the mean rates at an axis and eccentricity."""
    motion = np.sqrt(EARTH_MU_M3_S2 / axis_m**3)
    cosine = np.cos(now[2])
    flat = 1.5 * EARTH_J2_EGM2008 * (EARTH_RADIUS_EGM2008_M / (axis_m * (1.0 - e * e))) ** 2 * motion
    now[3] -= flat * cosine * step_s
    now[4] += flat * (2.5 * cosine**2 - 0.5) * step_s
    now[5] += (motion + flat * np.sqrt(1.0 - e * e) * (1.5 * cosine**2 - 0.5)) * step_s


@compiled
def _step_to(
    now: Floats, ballistic: float, until_s: float, layer: Floats, low_m: float, layer_m: float
) -> bool:
    """Bring elements forward through one layer of time; tell whether they are still up."""
    left_s, cosine = until_s, np.cos(now[2])
    for _ in range(MOST_STEPS):
        if left_s <= 0.0:
            return True
        axis_rate, e_rate = _drag_rates(now[0], now[1], cosine, ballistic, layer, low_m, layer_m)
        fall_m_s = abs(axis_rate) + now[0] * abs(e_rate)
        step_s = min(left_s, LONGEST_STEP_S, LARGEST_FALL_M / max(fall_m_s, 1e-30))
        middle_m = now[0] + 0.5 * step_s * axis_rate
        middle_e = max(now[1] + 0.5 * step_s * e_rate, 0.0)
        axis_rate, e_rate = _drag_rates(middle_m, middle_e, cosine, ballistic, layer, low_m, layer_m)
        _turn(now, middle_m, middle_e, step_s)
        now[0] += step_s * axis_rate
        now[1] = max(now[1] + step_s * e_rate, 0.0)
        left_s -= step_s
        if not now[0] * (1.0 - now[1]) - EARTH_RADIUS_WGS84_M > LEAST_PERIGEE_M:
            return False
    return False


@compiled
def _follow(
    start: Floats,
    ballistic: Floats,
    at_s: Floats,
    begins_s: Floats,
    log_density: Floats,
    low_m: float,
    step_m: float,
    rows: Floats,
) -> None:
    """Write the elements of every object at every time, changing layers on the way."""
    for k in range(start.shape[0]):
        now, time_s, layer = start[k].copy(), 0.0, 0
        is_up = now[1] < 1.0 and now[0] * (1.0 - now[1]) - EARTH_RADIUS_WGS84_M > LEAST_PERIGEE_M
        for row in range(at_s.size):
            while is_up and time_s < at_s[row]:
                while layer + 1 < begins_s.size and begins_s[layer + 1] <= time_s:
                    layer += 1
                until_s = at_s[row]
                if layer + 1 < begins_s.size:
                    until_s = min(until_s, begins_s[layer + 1])
                is_up = _step_to(now, ballistic[k], until_s - time_s, log_density[layer], low_m, step_m)
                time_s = until_s
            if not is_up:
                break
            rows[k, row] = now
