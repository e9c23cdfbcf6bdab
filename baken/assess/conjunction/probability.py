"""Probability of collision in the encounter plane, its ceiling, and whether more data would raise it."""

import math

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction._disc_integral import probability_of_one
from baken.assess.conjunction._largest import maximum_of_one
from baken.assess.conjunction._plane_rows import rows_of_encounters
from baken.astro.arrays import Floats, FloatsLike
from baken.astro.compiled import compiled

ROBUST = "robust"
DILUTED = "diluted"
UNDETERMINED = "undetermined"


def foster_1992(miss_m: FloatsLike, sigma_m: FloatsLike, hard_body_radius_m: FloatsLike) -> Floats:
    """Integrate a two-dimensional Gaussian over the combined hard body.

    Assumes a short encounter: straight relative motion, covariance constant
    while the objects pass, axes turned to the covariance's own.  Right to nine
    figures down to 1e-300, for bodies up to a million standard deviations wide.

    Shape:  miss_m and sigma_m are (..., 2); the radius and the result are (...).
    Raises: ValueError when a sigma is not positive or a radius is negative.
    Source: Foster & Estes (1992), NASA JSC-25898.

    >>> foster_1992([0.0, 10.0], [25.0, 50.0], 5.0).round(6)
    np.float64(0.009742)
    """
    rows, shape = rows_of_encounters(miss_m, sigma_m, hard_body_radius_m)
    return _probabilities(rows).reshape(shape)[()]


def maximum_probability(
    miss_m: FloatsLike, shape_sigma_m: FloatsLike, hard_body_radius_m: FloatsLike
) -> tuple[Floats, Floats]:
    """Return the largest probability any scale of a covariance gives, and the scale that gives it.

    The covariance keeps its shape; its standard deviations are ``shape_sigma_m``
    times the scale.  Bodies that touch where they are thought to be can collide
    for certain: there the ceiling is 1, at scale 0.

    Shape:  miss_m and shape_sigma_m are (..., 2); the radius and both results are (...).
    Raises: ValueError when a sigma is not positive or a radius is negative.
    Source: the idea of Alfano (2005), J. Astronaut. Sci. 53; found numerically, for bodies of any size.

    >>> probability, scale = maximum_probability([0.0, 1000.0], [100.0, 300.0], 10.0)
    >>> probability.round(7), scale.round(3)
    (np.float64(0.0001103), np.float64(2.357))
    """
    rows, shape = rows_of_encounters(miss_m, shape_sigma_m, hard_body_radius_m)
    found = _maxima(rows)
    return found[:, 0].reshape(shape)[()], found[:, 1].reshape(shape)[()]


def alfriend_1999_maximum(
    miss_m: FloatsLike, shape_sigma_m: FloatsLike, hard_body_radius_m: FloatsLike
) -> Floats:
    """Return the ceiling in closed form, for a body small beside its miss and its covariance.

    Assumes that the density is the same all over the hard body; the result passes 1 where that fails.

    Shape:  miss_m and shape_sigma_m are (..., 2); the radius and the result are (...).
    Source: Alfriend et al. (1999), Space Debris 1, eq. 19 and 20.

    >>> alfriend_1999_maximum([0.0, 1000.0], [100.0, 300.0], 10.0).round(7)
    np.float64(0.0001104)
    """
    sigma_m = np.asarray(shape_sigma_m, dtype=float)
    radius_m = np.asarray(hard_body_radius_m, dtype=float)
    squared = mahalanobis(miss_m, sigma_m) ** 2
    return np.asarray(radius_m**2 / (math.e * squared * sigma_m.prod(axis=-1)))[()]


def mahalanobis(miss_m: FloatsLike, sigma_m: FloatsLike) -> Floats:
    """Return the miss in standard deviations.

    Shape:  miss_m and sigma_m are (..., k), in the covariance's own axes; the result is (...).

    >>> mahalanobis([30.0, 40.0], [10.0, 10.0])
    np.float64(5.0)
    """
    offset = np.asarray(miss_m, dtype=float) / np.asarray(sigma_m, dtype=float)
    return np.asarray(np.sqrt((offset**2).sum(axis=-1)))[()]


def probability_region(
    maximising_scale: FloatsLike, least_scale: FloatsLike = 1.0, largest_scale: FloatsLike = 1.0
) -> npt.NDArray[np.str_]:
    """Say whether better data could still raise a probability.

    A covariance larger than the one that gives the most (scale below 1) is
    diluted: the probability is low because little is known.  When the true size
    of the covariance is known only to lie between two scales, and the maximum
    lies between them too, nobody can tell.

    Shape:  the arguments broadcast; the result is an array of words.
    Source: NASA CARA's definition of the dilution region (NASA/SP-20205011318, appendix).

    >>> probability_region([2.4, 0.3, float("nan")]).tolist()
    ['robust', 'diluted', 'undetermined']
    """
    scale, least, largest = np.broadcast_arrays(
        np.asarray(maximising_scale, dtype=float), np.asarray(least_scale), np.asarray(largest_scale)
    )
    return np.select([scale >= largest, scale < least], [ROBUST, DILUTED], UNDETERMINED)


@compiled
def _probabilities(rows: Floats) -> Floats:
    probability = np.empty(len(rows))
    for i in range(len(rows)):
        probability[i] = probability_of_one(rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3], rows[i, 4])
    return probability


@compiled
def _maxima(rows: Floats) -> Floats:
    found = np.empty((len(rows), 2))
    for i in range(len(rows)):
        found[i, 0], found[i, 1] = maximum_of_one(rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3], rows[i, 4])
    return found
