"""What the two-dimensional probability takes for granted, as figures that can be held against a limit.

It takes the encounter to be over before anything bends: the relative path, the orbits under the uncertainty,
the uncertainty itself.  Each figure here is zero where that is exactly so.
"""

import numpy as np
from scipy.special import erfcinv

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.elements import period_s


def closest_approach_offset_s(relative_position_m: FloatsLike, relative_velocity_m_s: FloatsLike) -> Floats:
    """Return how long after the instant of the states two objects on straight lines are nearest.

    Shape:  (..., 3) each; the result (...).  NaN for objects at rest to each other.

    >>> closest_approach_offset_s([-20.0, 5.0, 0.0], [10.0, 0.0, 0.0])
    np.float64(2.0)
    """
    position, velocity = np.asarray(relative_position_m, float), np.asarray(relative_velocity_m_s, float)
    with np.errstate(invalid="ignore"):
        return np.asarray(-(position * velocity).sum(axis=-1) / (velocity**2).sum(axis=-1))[()]


def coppola_2012_bounds_s(
    relative_position_m: FloatsLike,
    relative_velocity_m_s: FloatsLike,
    covariance_m2: FloatsLike,
    hard_body_radius_m: FloatsLike,
    probability_level: float = 1e-16,
) -> Floats:
    """Return from when to when, after closest approach, a straight encounter gathers its probability.

    What lies outside adds less than the level to a probability of one.  A covariance that is tilted against
    the way moves the encounter off the time of closest approach, and a tilted one does so by much.

    Shape:  (..., 3), (..., 3), (..., 3, 3), (...); the result is (..., 2).  NaN for objects at rest to each
            other, and where the covariance cannot be.
    Source: Coppola (2012), AAS 12-248, "Evaluating the short encounter assumption".

    >>> coppola_2012_bounds_s([0.0, 0.0, 9.0], [1000.0, 0.0, 0.0], np.diag([1e6, 1.0, 1.0]), 10.0).round(2)
    array([-8.31,  8.3 ])
    """
    velocity = np.asarray(relative_velocity_m_s, float)
    speed_m_s = np.linalg.norm(velocity, axis=-1)
    axes = _axes_along(np.asarray(relative_position_m, float), velocity)
    covariance = axes @ np.asarray(covariance_m2, float) @ np.swapaxes(axes, -1, -2)
    across = np.einsum("...ij,...j->...i", axes, np.asarray(relative_position_m, float))[..., 1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        tilt = _solved(covariance[..., 1:, 1:], covariance[..., 0, 1:])
        left_m2 = covariance[..., 0, 0] - (covariance[..., 0, 1:] * tilt).sum(axis=-1)
        reach_m = erfcinv(probability_level) * np.sqrt(2.0 * left_m2)
        moved_m, squared = (across * tilt).sum(axis=-1), (tilt**2).sum(axis=-1)
        radius_m = np.asarray(hard_body_radius_m, float)
        first_m = moved_m - reach_m - radius_m * np.sqrt(1.0 + squared)
        last_m = moved_m + reach_m + radius_m * np.sqrt(squared)
        return np.asarray(np.stack([first_m, last_m], axis=-1) / speed_m_s[..., None])


def _axes_along(position_m: Floats, velocity_m_s: Floats) -> Floats:
    """Return axes along the relative velocity, along the miss, and across both."""
    with np.errstate(invalid="ignore", divide="ignore"):
        along = velocity_m_s / np.linalg.norm(velocity_m_s, axis=-1, keepdims=True)
        miss = position_m - (position_m * along).sum(axis=-1, keepdims=True) * along
        # Without a miss any direction across will do.
        spare = np.cross(along, np.eye(3)[np.abs(along).argmin(axis=-1)])
        miss = np.where(np.linalg.norm(miss, axis=-1, keepdims=True) > 0.0, miss, spare)
        miss = miss / np.linalg.norm(miss, axis=-1, keepdims=True)
    return np.stack([along, miss, np.cross(along, miss)], axis=-2)


def _solved(matrix: Floats, right: Floats) -> Floats:
    """Solve two equations; NaN where there is no solution."""
    determinant = matrix[..., 0, 0] * matrix[..., 1, 1] - matrix[..., 0, 1] * matrix[..., 1, 0]
    first = matrix[..., 1, 1] * right[..., 0] - matrix[..., 0, 1] * right[..., 1]
    second = matrix[..., 0, 0] * right[..., 1] - matrix[..., 1, 0] * right[..., 0]
    return np.stack([first, second], axis=-1) / determinant[..., None]


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
