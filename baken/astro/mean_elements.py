"""Mean elements of a state: those around which the flattening makes the osculating ones swing."""

import math

import numpy as np

from baken.astro._oblate_step import step
from baken.astro.arrays import Floats, FloatsLike
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_MU_M3_S2, TURN_RAD
from baken.astro.elements import elements_from_state, mean_anomaly_from_true_rad

# Steps a revolution, shorter where it is fast; with twice as many, perigees differ by less than a metre.
N_STEPS = 200
# Out there no orbit keeps its elements over a revolution.
LARGEST_AXIS_M = 1e9


def mean_elements_from_state(position_m: FloatsLike, velocity_m_s: FloatsLike) -> Floats:
    """Return semi-major axis (m), eccentricity, inclination, node, argument of perigee and mean anomaly.

    They are means over the revolution that follows, stepped through under the flattening (J2) alone: of the
    axis, of the vectors of eccentricity and of momentum, so that node and perigee stand as half a revolution
    later, off by two thousandths at most.  The mean argument of latitude is the osculating one, off by one.
    NaN for what leaves the Earth.

    Shape:  (n, 3) each, in one inertial frame along the Earth's axis; the result (n, 6).
    """
    rows = np.concatenate(
        np.broadcast_arrays(
            np.atleast_2d(np.asarray(position_m, dtype=float)),
            np.atleast_2d(np.asarray(velocity_m_s, dtype=float)),
        ),
        axis=1,
    )
    kepler = elements_from_state(rows[:, :3], rows[:, 3:])
    axis = kepler.semi_major_axis_m
    is_bound = (kepler.eccentricity < 1.0) & (axis > 0.0) & (axis < LARGEST_AXIS_M)
    means = np.full((len(rows), 7), np.nan)
    means[is_bound] = _means(np.ascontiguousarray(rows[is_bound]))
    anomaly = mean_anomaly_from_true_rad(
        kepler.true_anomaly_rad, np.where(is_bound, kepler.eccentricity, 0.0)
    )
    return _as_elements(means, kepler.argument_of_perigee_rad + anomaly)


def _as_elements(means: Floats, latitude_argument_rad: Floats) -> Floats:
    """Return elements of mean axis, vector of eccentricity and of momentum."""
    node = np.arctan2(means[:, 4], -means[:, 5])
    across = np.hypot(means[:, 4], means[:, 5])
    inclination = np.arctan2(across, means[:, 6])
    cos_n, sin_n = np.cos(node), np.sin(node)
    kx = means[:, 1] * cos_n + means[:, 2] * sin_n
    ky = (means[:, 2] * cos_n - means[:, 1] * sin_n) * np.cos(inclination) + means[:, 3] * np.sin(inclination)
    omega = np.arctan2(ky, kx)
    angles = node, omega, latitude_argument_rad - omega
    columns = means[:, 0], np.hypot(kx, ky), inclination, *(angle % TURN_RAD for angle in angles)
    return np.stack(columns, axis=-1)


@compiled
def _means(states: Floats) -> Floats:
    """Return the mean axis, vector of eccentricity and of momentum over a revolution of each state."""
    result = np.zeros((len(states), 7))
    now, here, rates = np.empty(6), np.empty(6), np.empty((4, 6))
    seen, before = np.empty(7), np.empty(7)
    for k in range(len(states)):
        now[:] = states[k]
        _fill_seen(now, before)
        period_s = TURN_RAD * math.sqrt(before[0] ** 3 / EARTH_MU_M3_S2)
        t = 0.0
        while t < period_s:
            r = math.sqrt(now[0] ** 2 + now[1] ** 2 + now[2] ** 2)
            step_s = min(TURN_RAD / N_STEPS * math.sqrt(r**3 / EARTH_MU_M3_S2), period_s - t)
            step(now, step_s, here, rates)
            _fill_seen(now, seen)
            result[k] += 0.5 * step_s / period_s * (before + seen)
            before[:] = seen
            t += step_s
    return result


@compiled
def _fill_seen(here: Floats, seen: Floats) -> None:
    """Write the osculating axis, the vector of eccentricity, and that of momentum."""
    x, y, z, vx, vy, vz = here[0], here[1], here[2], here[3], here[4], here[5]
    r = math.sqrt(x * x + y * y + z * z)
    v2, rv = vx * vx + vy * vy + vz * vz, x * vx + y * vy + z * vz
    seen[0] = 1.0 / (2.0 / r - v2 / EARTH_MU_M3_S2)
    for c in range(3):
        seen[1 + c] = ((v2 - EARTH_MU_M3_S2 / r) * here[c] - rv * here[3 + c]) / EARTH_MU_M3_S2
    seen[4], seen[5], seen[6] = y * vz - z * vy, z * vx - x * vz, x * vy - y * vx
