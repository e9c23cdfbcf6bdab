"""How far element sets are off, estimated from how far they disagree with their successors.

An element set comes without a covariance. Where a series of sets of one object is at hand, an older one,
moved to the epoch of a newer one, misses it by about the error that its age brings. Over thousands of
objects of a class those misses, radial, transverse and normal, give a standard deviation as a function of
age.

It is an ESTIMATE and says so wherever it is shown: successive sets share observations and so agree better
with each other than with the truth; a class is no single object; manoeuvres and storms make tails far
heavier than a Gaussian's, which ``tail_scale`` tells; and the axes are taken as independent, which they are
not where an orbit is eccentric.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction._element_growth_2013 import CLASSES_2013, LARGEST_AGE_DAYS
from baken.astro.arrays import Floats, FloatsLike, Instants
from baken.astro.constants import EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M

SECONDS_A_DAY = 86_400.0
NANOSECONDS_A_SECOND = 1_000_000_000
# The share of a Gaussian within one and two standard deviations, one axis at a time.
WITHIN_ONE_SIGMA, WITHIN_TWO_SIGMA = 0.682689, 0.954500
# Of a Gaussian in three axes, the shares within the ellipsoids of one, two and three sigma (chi-square).
EXPECTED_SHARES = (0.198748, 0.738536, 0.970709)
AGE_EDGES_DAYS = (0.7, 1.5, 2.5, 3.5, 5.0, 7.0, 10.0, 14.0)
LEAST_DIFFERENCES_IN_A_BIN = 60
NO_CLASS = -1


@dataclass(frozen=True, slots=True)
class Growth:
    """How a standard deviation grows: ``sqrt(at_epoch**2 + (after_a_day * days**power)**2)``, for each axis.

    Shape: all are (..., 3), radial, transverse and normal.
    """

    at_epoch_m: Floats
    after_a_day_m: Floats
    power: Floats

    def sigma_rtn_m(self, age_s: FloatsLike) -> Floats:
        """Return the standard deviations at an age; before the epoch counts as after."""
        days = np.abs(np.asarray(age_s, dtype=float))[..., None] / SECONDS_A_DAY
        return np.asarray(np.hypot(self.at_epoch_m, self.after_a_day_m * days**self.power))


_GROWTH_2013 = Growth(
    np.array([row.at_epoch_m for row in CLASSES_2013]),
    np.array([row.after_a_day_m for row in CLASSES_2013]),
    np.array([row.power for row in CLASSES_2013]),
)
_TAIL_SCALE_2013 = np.array([row.tail_scale for row in CLASSES_2013])


def orbit_class(
    mean_motion_rad_s: FloatsLike, eccentricity: FloatsLike, bstar_per_earth_radius: FloatsLike
) -> npt.NDArray[np.int64]:
    """Return the row of the class an orbit belongs to, by perigee, eccentricity, period, drag; -1 for none.

    Shape:  the arguments and the result are (n,).

    >>> [CLASSES_2013[row].name for row in orbit_class([1.12e-3, 7.29e-5], [1e-4, 1e-4], [4e-4, 0.0])]
    ['perigee 400 to 500 km, some drag', 'geosynchronous']
    """
    motion, eccentricity_, bstar = np.broadcast_arrays(
        *(
            np.atleast_1d(np.asarray(v, float))
            for v in (mean_motion_rad_s, eccentricity, bstar_per_earth_radius)
        )
    )
    semi_major_axis_m = (EARTH_MU_WGS72_M3_S2 / motion**2) ** (1.0 / 3.0)
    perigee_m = semi_major_axis_m * (1.0 - eccentricity_) - EARTH_RADIUS_WGS72_M
    period_s = 2.0 * np.pi / motion
    row_of = np.full(motion.shape, NO_CLASS, dtype=np.int64)
    for row, orbits in enumerate(CLASSES_2013):
        belongs = (
            _within(perigee_m, orbits.perigee_m)
            & _within(eccentricity_, orbits.eccentricity)
            & _within(period_s, orbits.period_s)
            & _within(bstar, orbits.bstar)
        )
        row_of[belongs & (row_of == NO_CLASS)] = row
    return row_of


def estimated_sigma_rtn_m(class_row: npt.NDArray[np.int64], age_s: FloatsLike) -> Floats:
    """Return the estimated standard deviations of element sets of these classes at these ages.

    NaN where there is no class, and beyond the two weeks over which the growth was seen: nobody has looked.

    Shape:  class_row and age_s are (n,); the result is (n, 3).

    >>> station = orbit_class(1.12e-3, 1e-4, 4e-4)
    >>> (estimated_sigma_rtn_m(station, [86_400.0, 5 * 86_400.0])[:, 1] / 1000.0).round().tolist()
    [2.0, 51.0]
    """
    rows, ages_s = np.broadcast_arrays(np.asarray(class_row), np.asarray(age_s, dtype=float))
    growth = Growth(_GROWTH_2013.at_epoch_m[rows], _GROWTH_2013.after_a_day_m[rows], _GROWTH_2013.power[rows])
    unseen = (rows == NO_CLASS) | ~(np.abs(ages_s) <= LARGEST_AGE_DAYS * SECONDS_A_DAY)
    return np.where(unseen[..., None], np.nan, growth.sigma_rtn_m(ages_s))


def estimated_covariance_rtn_m2(class_row: npt.NDArray[np.int64], age_s: FloatsLike) -> Floats:
    """Return estimated position covariances, diagonal in the object's own RTN.

    Shape:  class_row and age_s are (n,); the result is (n, 3, 3), NaN where nothing can be said.

    >>> estimated_covariance_rtn_m2(np.array([NO_CLASS]), 0.0).shape
    (1, 3, 3)
    """
    sigma_m = estimated_sigma_rtn_m(class_row, age_s)
    covariance = sigma_m[..., :, None] ** 2 * np.eye(3)
    covariance[np.isnan(sigma_m).any(axis=-1)] = np.nan
    return np.asarray(covariance)


def tail_scale(class_row: npt.NDArray[np.int64]) -> Floats:
    """Return how many times larger a class's sigma has to be for two of it to hold 95 % of the differences.

    The size of an estimated covariance is known only to lie between 1 and this; see ``probability_region``.

    >>> tail_scale(orbit_class(7.29e-5, 1e-4, 0.0)).round(1).tolist()
    [3.0]
    """
    rows = np.asarray(class_row)
    return np.where(rows == NO_CLASS, np.nan, _TAIL_SCALE_2013[rows])


def successive_pairs(
    object_index: npt.NDArray[np.int64],
    epoch_tai_ns: Instants,
    largest_age_s: float = LARGEST_AGE_DAYS * SECONDS_A_DAY,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return every older and newer set of the same object, as rows, that are no further apart than this.

    Shape:  both arguments are (n,), in any order; the results are (m,).

    >>> older, newer = successive_pairs(np.array([5, 5, 6, 5]), np.array([0, 10, 0, 20]) * 3_600 * 10**9)
    >>> list(zip(older.tolist(), newer.tolist()))
    [(0, 1), (1, 3), (0, 3)]
    """
    order = np.lexsort((epoch_tai_ns, object_index))
    objects, epochs = object_index[order], epoch_tai_ns[order]
    older, newer = [], []
    for lag in range(1, len(order)):
        first = np.arange(len(order) - lag)
        same = objects[first] == objects[first + lag]
        if not same.any():
            break
        apart_s = (epochs[first + lag] - epochs[first]) / NANOSECONDS_A_SECOND
        kept = first[same & (apart_s > 0.0) & (apart_s <= largest_age_s)]
        older.append(order[kept])
        newer.append(order[kept + lag])
    nothing = np.empty(0, dtype=np.int64)
    return np.concatenate([nothing, *older]), np.concatenate([nothing, *newer])


def fit_growth(
    age_s: Floats, difference_rtn_m: Floats, object_index: npt.NDArray[np.int64]
) -> tuple[Growth, float]:
    """Fit how differences grow with age, and how much heavier than a Gaussian's their tail is.

    In each bin of age the standard deviation is the distance within which 68.27 % lie, each object counting
    once: a handful of manoeuvres does not move it.  The tail is the median over bins and axes of the distance
    that holds 95.45 %, over two standard deviations.

    Shape:  age_s and object_index are (n,), difference_rtn_m is (n, 3).
    Raises: ValueError when fewer than three bins of age hold enough differences.
    """
    ages, sigmas, tails = [], [], []
    day = age_s / SECONDS_A_DAY
    for least, largest in pairwise(AGE_EDGES_DAYS):
        here = (day >= least) & (day < largest)
        if np.count_nonzero(here) < LEAST_DIFFERENCES_IN_A_BIN:
            continue
        weight = _each_object_once(object_index[here])
        off = np.abs(difference_rtn_m[here])
        one, two = (
            np.array([_weighted_quantile(off[:, axis], weight, share) for axis in range(3)])
            for share in (WITHIN_ONE_SIGMA, WITHIN_TWO_SIGMA)
        )
        ages.append(float(np.sum(weight * day[here]) / weight.sum()))
        sigmas.append(one)
        tails.append(two / (2.0 * one))
    if len(ages) < 3:
        raise ValueError(
            f"a growth needs three ages with {LEAST_DIFFERENCES_IN_A_BIN} differences; got {len(ages)}"
        )
    laws = np.array([_fit_one_axis(np.array(ages), sigma) for sigma in np.array(sigmas).T])
    return Growth(laws[:, 0], laws[:, 1], laws[:, 2]), float(max(1.0, np.median(tails)))


def shares_within(difference_rtn_m: Floats, sigma_rtn_m: Floats) -> tuple[float, float, float]:
    """Return the shares of differences within the ellipsoids of one, two and three sigma.

    Compare with ``EXPECTED_SHARES``, what a Gaussian with these standard deviations would give.

    Shape:  both are (n, 3).

    >>> shares_within(np.array([[0.5, 0.5, 0.5], [0.0, 2.5, 0.0]]), np.ones((2, 3)))
    (0.5, 0.5, 1.0)
    """
    distance = np.sqrt(((difference_rtn_m / sigma_rtn_m) ** 2).sum(axis=-1))
    within = [float(np.mean(distance <= k)) for k in (1.0, 2.0, 3.0)]
    return within[0], within[1], within[2]


def _within(value: Floats, bounds: tuple[float, float]) -> npt.NDArray[np.bool_]:
    return np.asarray((value >= bounds[0]) & (value < bounds[1]))


def _each_object_once(object_index: npt.NDArray[np.int64]) -> Floats:
    _, place, count = np.unique(object_index, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / count[place])


def _weighted_quantile(value: Floats, weight: Floats, share: float) -> float:
    order = np.argsort(value)
    reached = np.cumsum(weight[order])
    return float(value[order][np.searchsorted(reached, share * reached[-1])])


def _fit_one_axis(age_days: Floats, sigma_m: Floats) -> Floats:
    """Return at_epoch, after_a_day and power, fitted in logarithms: small ages count as much as large."""
    # Only who fits a table needs it, and it takes half a second to come.
    from scipy.optimize import least_squares

    def off(law: Floats) -> Floats:
        return np.asarray(np.log(np.hypot(np.exp(law[0]), np.exp(law[1]) * age_days ** law[2]) / sigma_m))

    # Differences of sets hours apart say little of either, so what is there at the epoch is only bounded: at
    # least half of what the youngest ages show.
    least = np.log(0.5 * sigma_m[0])
    start = [least + 0.1, np.log(np.interp(1.0, age_days, sigma_m)), 1.0]
    fitted = least_squares(off, start, bounds=([least, -6.0, 0.2], [16.0, 16.0, 4.0])).x
    return np.array([np.exp(fitted[0]), np.exp(fitted[1]), fitted[2]])
