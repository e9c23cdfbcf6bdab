"""Errors of orbits as clouds of equinoctial elements, where two-body motion leaves them Gaussian."""

from typing import NamedTuple

import numpy as np

from baken.astro._equinoctial import elements_of_state, state_and_partials_at
from baken.astro.arrays import Floats, FloatsLike
from baken.astro.compiled import compiled


class Clouds(NamedTuple):
    """Gaussian clouds of orbits: mean elements (..., 6), their covariance (..., 6, 6), and the factor (...).

    Elements are mean motion (rad/s), f and g, p and q, and mean longitude (rad) at the epoch of the state;
    the factor is -1 where p and q are those of a retrograde orbit, else 1.
    """

    mean: Floats
    covariance: Floats
    factor: Floats


def clouds_of_orbits(position_m: FloatsLike, velocity_m_s: FloatsLike, covariance_m2: FloatsLike) -> Clouds:
    """Return the clouds of elements that belong to states and their covariances, by linear transformation.

    An error along the track grows into an arc, not a straight line; in these elements it stays a Gaussian
    for revolutions.  An orbit that is not closed, and a missing number, give NaN.

    Shape:  (..., 3) each and (..., 6, 6), all in one inertial frame.
    Source: Broucke & Cefola (1972), Celestial Mechanics 5, 303.

    >>> cloud = clouds_of_orbits([7e6, 0.0, 0.0], [0.0, 7546.0, 0.0], np.diag([1e4, 9e4, 1e4, 1.0, 1.0, 1.0]))
    >>> cloud.mean.round(6).tolist()
    [0.001078, ...]
    """
    covariance = np.asarray(covariance_m2, dtype=np.float64)
    position, velocity = (np.asarray(vector, dtype=np.float64) for vector in (position_m, velocity_m_s))
    shape = np.broadcast_shapes(position.shape[:-1], velocity.shape[:-1], covariance.shape[:-2])
    mean, partials, factor = _elements_and_partials(
        _rows(position, shape, (3,)), _rows(velocity, shape, (3,))
    )
    # Columns of one size, so that the inverse keeps its figures.
    scale = np.abs(partials).max(axis=-2, keepdims=True)
    inverse = np.linalg.inv(partials / scale) / np.swapaxes(scale, -1, -2)
    spread = inverse @ _rows(covariance, shape, (6, 6)) @ np.swapaxes(inverse, -1, -2)
    return Clouds(mean.reshape(*shape, 6), spread.reshape(*shape, 6, 6), factor.reshape(shape)[()])


def _rows(values: Floats, shape: tuple[int, ...], last: tuple[int, ...]) -> Floats:
    return np.array(np.broadcast_to(values, (*shape, *last)), order="C").reshape(-1, *last)


@compiled
def _elements_and_partials(position_m: Floats, velocity_m_s: Floats) -> tuple[Floats, Floats, Floats]:
    n = len(position_m)
    mean, partials, factor = np.empty((n, 6)), np.full((n, 6, 6), np.nan), np.empty(n)
    state = np.empty(6)
    for row in range(n):
        factor[row] = elements_of_state(position_m[row], velocity_m_s[row], mean[row])
        if not np.isnan(factor[row]):
            state_and_partials_at(mean[row], factor[row], 0.0, state, partials[row])
    return mean, partials, factor
