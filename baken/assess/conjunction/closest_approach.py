"""From a closest approach rounded to the millisecond to the true one, along straight lines."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, FloatsLike


@dataclass(frozen=True, slots=True, eq=False)
class AtClosestApproach:
    """Two objects at their true closest approach: how much later it is, and where they stand then."""

    shift_s: Floats
    position_1_m: Floats
    position_2_m: Floats
    covariance_1_m2: Floats
    covariance_2_m2: Floats


def closest_approach_shift_s(relative_position_m: FloatsLike, relative_velocity_m_s: FloatsLike) -> Floats:
    """Return how much later two objects are nearest to each other, along straight lines.

    Shape:  vectors (..., 3); the result (...).  NaN for objects at rest to each other.

    >>> closest_approach_shift_s([700.0, 0.0, 50.0], [-7000.0, 0.0, 0.0])
    np.float64(0.1)
    """
    position, velocity = np.asarray(relative_position_m, float), np.asarray(relative_velocity_m_s, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(-(position * velocity).sum(axis=-1) / (velocity**2).sum(axis=-1))[()]


def moved_to_closest_approach(
    position_1_m: FloatsLike,
    velocity_1_m_s: FloatsLike,
    covariance_1_m2: FloatsLike,
    position_2_m: FloatsLike,
    velocity_2_m_s: FloatsLike,
    covariance_2_m2: FloatsLike,
) -> AtClosestApproach:
    """Move two states and their covariances along straight lines to where the objects are nearest.

    Meant for the milliseconds by which a message rounds its time: what gravity bends in one of them is
    0.005 mm, and what it does to a covariance less.  Velocities stay as they are.

    Shape:  vectors (..., 3), covariances of position and velocity (..., 6, 6), in the frame of the states.

    >>> at = moved_to_closest_approach([7e6, 0., 0.], [0., 7500., 0.], np.eye(6),
    ...                                [7e6, 7.5, 90.], [0., 0., 7500.], np.eye(6))
    >>> at.shift_s, (at.position_2_m - at.position_1_m).tolist()
    (np.float64(-0.0055), [0.0, 48.75, 48.75])
    """
    (r1, v1), (r2, v2) = (
        (np.asarray(position, float), np.asarray(velocity, float))
        for position, velocity in ((position_1_m, velocity_1_m_s), (position_2_m, velocity_2_m_s))
    )
    shift_s = closest_approach_shift_s(r2 - r1, v2 - v1)
    later_s = np.asarray(shift_s)[..., None]
    return AtClosestApproach(
        shift_s=shift_s,
        position_1_m=r1 + later_s * v1,
        position_2_m=r2 + later_s * v2,
        covariance_1_m2=_moved(covariance_1_m2, shift_s),
        covariance_2_m2=_moved(covariance_2_m2, shift_s),
    )


def _moved(covariance_m2: FloatsLike, step_s: Floats) -> Floats:
    transition = np.zeros((*np.shape(step_s), 6, 6)) + np.eye(6)
    transition[..., :3, 3:] = np.asarray(step_s)[..., None, None] * np.eye(3)
    return np.asarray(transition @ np.asarray(covariance_m2, float) @ transition.swapaxes(-1, -2))
