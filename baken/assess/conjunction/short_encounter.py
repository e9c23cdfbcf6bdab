"""What the two-dimensional probability takes for granted, as figures that can be held against a limit.

It takes the encounter to be over before anything bends: the relative path, the orbits under the uncertainty,
the uncertainty itself.  Each figure here is zero where that is exactly so.
"""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.elements import period_s

# Six standard deviations and the body's own size: what lies outside adds nothing.
REACH_SIGMA = 6.0


def closest_approach_offset_s(relative_position_m: FloatsLike, relative_velocity_m_s: FloatsLike) -> Floats:
    """Return how long after the instant of the states two objects on straight lines are nearest.

    Shape:  (..., 3) each; the result (...).  NaN for objects at rest to each other.

    >>> closest_approach_offset_s([-20.0, 5.0, 0.0], [10.0, 0.0, 0.0])
    np.float64(2.0)
    """
    position, velocity = np.asarray(relative_position_m, float), np.asarray(relative_velocity_m_s, float)
    with np.errstate(invalid="ignore"):
        return np.asarray(-(position * velocity).sum(axis=-1) / (velocity**2).sum(axis=-1))[()]


def passing_time_s(
    relative_velocity_m_s: FloatsLike, covariance_m2: FloatsLike, hard_body_radius_m: FloatsLike
) -> Floats:
    """Return how long one object takes to pass through all of the uncertainty that lies along its way.

    The uncertainty across the way is what makes a straight encounter, so only the part along it is counted.

    Shape:  (..., 3), (..., 3, 3), (...); the result (...).
    Source: Coppola (2012), AAS 12-248, for the idea of bounds on an encounter; ours are of six sigma.

    >>> passing_time_s([1000.0, 0.0, 0.0], np.diag([1e6, 1.0, 1.0]), 10.0).round(2)
    np.float64(12.02)
    """
    velocity = np.asarray(relative_velocity_m_s, float)
    speed_m_s = np.linalg.norm(velocity, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        along = velocity / speed_m_s[..., None]
        sigma_m = np.sqrt(np.einsum("...i,...ij,...j->...", along, np.asarray(covariance_m2, float), along))
        return np.asarray(2.0 * (REACH_SIGMA * sigma_m + np.asarray(hard_body_radius_m)) / speed_m_s)[()]


def bend_of_path_m(position_m: FloatsLike, velocity_m_s: FloatsLike, duration_s: FloatsLike) -> Floats:
    """Return how far gravity bends the relative path of two objects off a straight line while they pass.

    Shape:  vectors are (..., 2, 3), one object after the other; the duration and the result are (...).

    >>> r, v = [[7.0e6, 0.0, 0.0], [7.001e6, 0.0, 0.0]], [[0.0, 7500.0, 0.0], [0.0, 7500.0, 10.0]]
    >>> bend_of_path_m(r, v, 600.0).round(1)
    np.float64(104.6)
    """
    position, velocity = np.asarray(position_m, float), np.asarray(velocity_m_s, float)
    pull = np.diff(_gravity_m_s2(position), axis=-2)[..., 0, :]
    relative = np.diff(velocity, axis=-2)[..., 0, :]
    with np.errstate(invalid="ignore"):
        along = relative / np.linalg.norm(relative, axis=-1, keepdims=True)
        across = pull - (pull * along).sum(axis=-1, keepdims=True) * along
    half_s = 0.5 * np.asarray(duration_s)
    return np.asarray(0.5 * np.linalg.norm(across, axis=-1) * half_s**2)[()]


def bend_of_uncertainty_m(position_m: FloatsLike, covariance_rtn_m2: FloatsLike) -> Floats:
    """Return how far an orbit falls away from the straight axis of its uncertainty, one sigma out.

    An error along the track moves an object along its orbit, and an ellipsoid has straight axes.

    Shape:  (..., 3) and (..., 3, 3) or larger, RTN; the result (...).

    >>> bend_of_uncertainty_m([7e6, 0.0, 0.0], np.diag([1.0, 1e8, 1.0])).round(2)
    np.float64(7.14)
    """
    covariance = np.asarray(covariance_rtn_m2, float)
    radius_m = np.linalg.norm(np.asarray(position_m, float), axis=-1)
    return np.asarray((covariance[..., 1, 1] + covariance[..., 2, 2]) / (2.0 * radius_m))[()]


def orbital_period_s(position_m: FloatsLike, velocity_m_s: FloatsLike) -> Floats:
    """Return the period of the ellipse through a state; infinite where there is none.

    >>> orbital_period_s([7e6, 0.0, 0.0], [0.0, np.sqrt(EARTH_MU_M3_S2 / 7e6), 0.0]).round(1)
    np.float64(5828.5)
    """
    position, velocity = np.asarray(position_m, float), np.asarray(velocity_m_s, float)
    inverse_m = 2.0 / np.linalg.norm(position, axis=-1) - (velocity**2).sum(axis=-1) / EARTH_MU_M3_S2
    return np.asarray(period_s(1.0 / inverse_m))[()]


def _gravity_m_s2(position_m: Floats) -> Floats:
    return np.asarray(-EARTH_MU_M3_S2 * position_m / np.linalg.norm(position_m, axis=-1, keepdims=True) ** 3)
