"""Where and how fast orbits pass a direction in space, whatever their places along it are worth."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.motions import Motion

N_STEPS = 6


class Passages(NamedTuple):
    """The passage of each object nearest in time: position, velocity, how much later than asked it passes.

    NaN where an object cannot be followed.
    """

    position_teme_m: Floats
    velocity_teme_m_s: Floats
    late_s: Floats


def passages(motion: Motion, toward_teme_m: Floats, epoch_tai_ns: int) -> Passages:
    """Return how each object passes the point of its orbit nearest to a direction, near an instant.

    The place along an orbit is the least certain thing that old elements say; the orbit itself, and so the
    velocity with which it passes a point, keeps its worth for months.

    Shape:  toward_teme_m is (3,); the results (n, 3), (n, 3) and (n,).
    """
    index = np.arange(motion.n_objects, dtype=np.int64)
    late_s = np.zeros(motion.n_objects)
    for _ in range(N_STEPS):
        instants: Instants = epoch_tai_ns + np.round(np.nan_to_num(late_s) * 1e9).astype(np.int64)
        position, velocity, status = motion.states(index, instants)
        late_s = late_s + _time_to_go_s(position, velocity, toward_teme_m)
    lost = status != 0
    position[lost], velocity[lost], late_s[lost] = np.nan, np.nan, np.nan
    return Passages(position, velocity, late_s)


def _time_to_go_s(position: Floats, velocity: Floats, toward: Floats) -> Floats:
    """Return the angle left to go in the orbit's plane, over the rate at which it is gone through now."""
    momentum = np.cross(position, velocity)
    normal = momentum / np.linalg.norm(momentum, axis=-1, keepdims=True)
    outward = position / np.linalg.norm(position, axis=-1, keepdims=True)
    angle = np.arctan2((np.cross(outward, toward) * normal).sum(axis=-1), outward @ toward)
    rate = np.linalg.norm(momentum, axis=-1) / (position**2).sum(axis=-1)
    return np.asarray(angle / rate)
