"""The way of one object past another, as who flies on the first would see it."""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.rotations import turned
from baken.astro.two_bodies import two_body_state

# So many times the miss away, a passage has begun; and no longer than two bodies alone tell it well.
REACH_IN_MISSES = 8.0
SHORTEST_S, LONGEST_S = 0.05, 300.0


def half_span_s(miss_distance_m: float, relative_speed_m_s: float) -> float:
    """Return how long before and after the closest approach a passage is worth drawing.

    >>> half_span_s(500.0, 12_000.0), half_span_s(500.0, 0.1)
    (0.3333333333333333, 300.0)
    """
    if not relative_speed_m_s > 0.0:
        return LONGEST_S
    return float(np.clip(REACH_IN_MISSES * miss_distance_m / relative_speed_m_s, SHORTEST_S, LONGEST_S))


def passage_rtn_m(position_gcrs_m: FloatsLike, velocity_gcrs_m_s: FloatsLike, after_s: FloatsLike) -> Floats:
    """Return where the second object is in the first one's radial, transverse and normal, moment by moment.

    Each moves about the Earth's mass alone from its state at closest approach, which is what a warning tells.

    Shape:  states (2, 3) each, first object first; ``after_s`` is (n,); the result (n, 3).

    >>> passage_rtn_m([[7e6, 0, 0], [7e6 + 10, 0, 0]], [[0, 7.5e3, 0], [0, 0, 7.5e3]], [0.0])
    array([[10.,  0.,  0.]])
    """
    after = np.asarray(after_s, dtype=float)[:, None]
    at_tca_m = np.asarray(position_gcrs_m, dtype=float)[None]
    at_tca_m_s = np.asarray(velocity_gcrs_m_s, dtype=float)[None]
    position_m, velocity_m_s = two_body_state(at_tca_m, at_tca_m_s, after)
    to_rtn = rotation_inertial_to_rtn(position_m[:, 0], velocity_m_s[:, 0])
    return np.asarray(turned(to_rtn, position_m[:, 1] - position_m[:, 0]))
