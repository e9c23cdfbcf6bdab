"""The other ways to a probability in the encounter plane, each by its author and year, and where it fails.

All of them assume what ``foster_1992`` assumes: a short encounter, straight relative motion, covariance
constant while the objects pass, axes turned to the covariance's own.  They differ in how they integrate.
"""

import numpy as np

from baken.assess.conjunction._contour_integrals import contour_integrals
from baken.assess.conjunction._plane_rows import rows_of_encounters
from baken.assess.conjunction._positive_series import equal_area_series, taylor_series
from baken.assess.conjunction._slab_sums import slab_sums
from baken.astro.arrays import Floats, FloatsLike


def alfano_2005(miss_m: FloatsLike, sigma_m: FloatsLike, hard_body_radius_m: FloatsLike) -> Floats:
    """Cut the disc into slabs of equal width: error functions along them, a sum across.

    Alfano takes at most fifty slabs and Simpson's rule, and adds two error functions of opposite sign, which
    leaves nothing right below 1e-16.  Here the slabs are halved until the sum, extrapolated in the powers of
    the width it really errs by, settles to ten figures, and what is small is a difference of complements.
    Fails for bodies more than some ten thousand standard deviations in radius: NaN.

    Shape:  miss_m and sigma_m are (..., 2); the radius and the result are (...).
    Raises: ValueError when a sigma is not positive or a radius is negative.
    Source: Alfano (2005), J. Astronaut. Sci. 53, 103-109.

    >>> alfano_2005([0.0, 10.0], [25.0, 50.0], 5.0).round(6)
    np.float64(0.009742)
    """
    rows, shape = rows_of_encounters(miss_m, sigma_m, hard_body_radius_m)
    return slab_sums(rows).reshape(shape)[()]


def patera_2005(miss_m: FloatsLike, sigma_m: FloatsLike, hard_body_radius_m: FloatsLike) -> Floats:
    """Scale the plane until the covariance is round, and integrate once around the edge of the body.

    The integrand is periodic: equal angles converge exponentially, and are doubled until ten figures agree.
    Fails for bodies more than some thirty thousand standard deviations in radius: NaN.  Loses figures for
    very small ones, where the near and the far side of the edge nearly cancel: one figure for every ten by
    which the radius is smaller than the narrow sigma.

    Shape:  miss_m and sigma_m are (..., 2); the radius and the result are (...).
    Raises: ValueError when a sigma is not positive or a radius is negative.
    Source: Patera (2005), J. Guid. Control Dyn. 28; the contour is that of Patera (2001), J. Guid. 24.

    >>> patera_2005([0.0, 10.0], [25.0, 50.0], 5.0).round(6)
    np.float64(0.009742)
    """
    rows, shape = rows_of_encounters(miss_m, sigma_m, hard_body_radius_m)
    return contour_integrals(rows).reshape(shape)[()]


def laas_2015(miss_m: FloatsLike, sigma_m: FloatsLike, hard_body_radius_m: FloatsLike) -> Floats:
    """Sum the power series in the squared radius, in which every term is positive.

    What is left out is bounded, and below 1e-15 of the result: the bound is that of a geometric series on the
    recurrence itself.  The work grows with the square of radius over narrow sigma, and of the miss in the
    same measure; past a thousand of them the series is too long: NaN.

    Shape:  miss_m and sigma_m are (..., 2); the radius and the result are (...).
    Raises: ValueError when a sigma is not positive or a radius is negative.
    Source: Serra, Arzelier, Joldes, Lasserre, Rondepierre & Salvy (2016), J. Guid. Control Dyn. 39,
            1009-1021; the recurrence is written as three running sums.

    >>> laas_2015([0.0, 10.0], [25.0, 50.0], 5.0).round(6)
    np.float64(0.009742)
    """
    rows, shape = rows_of_encounters(miss_m, sigma_m, hard_body_radius_m)
    return taylor_series(rows).reshape(shape)[()]


def chan_1997(miss_m: FloatsLike, sigma_m: FloatsLike, hard_body_radius_m: FloatsLike) -> Floats:
    """Replace the ellipse that the body is in a round covariance by the disc of the same area.

    An approximation: the series is summed to the end, but the ellipse is not the disc.  Within a per cent
    while the radius is a sixth of the narrow sigma, the sigmas are as one to three or rounder and the miss is
    within two of them; worthless for thin covariances and large bodies: Alfano's case 5, one in 22, comes out
    as 1e-183.  Never a truth.

    Shape:  miss_m and sigma_m are (..., 2); the radius and the result are (...).
    Raises: ValueError when a sigma is not positive or a radius is negative.
    Source: Chan (1997), AAS 97-173; Chan (2008), Spacecraft Collision Probability, ch. 5.

    >>> chan_1997([0.0, 10.0], [25.0, 50.0], 5.0).round(6)  # Foster gives 0.009742
    np.float64(0.009754)
    """
    rows, shape = rows_of_encounters(miss_m, sigma_m, hard_body_radius_m)
    return equal_area_series(rows).reshape(shape)[()]


def alfriend_1999(miss_m: FloatsLike, sigma_m: FloatsLike, hard_body_radius_m: FloatsLike) -> Floats:
    """Take the density at the middle of the body for all of it.

    Right for a body small beside its covariance (and beside covariance over miss); the result passes 1 where
    that fails.

    Shape:  miss_m and sigma_m are (..., 2); the radius and the result are (...).
    Raises: ValueError when a sigma is not positive or a radius is negative.
    Source: Alfriend et al. (1999), Space Debris 1, eq. 18.

    >>> alfriend_1999([0.0, 10.0], [25.0, 50.0], 5.0).round(6)
    np.float64(0.009802)
    """
    rows, shape = rows_of_encounters(miss_m, sigma_m, hard_body_radius_m)
    squared = (rows[:, 0] / rows[:, 2]) ** 2 + (rows[:, 1] / rows[:, 3]) ** 2
    density = np.exp(-0.5 * squared) / (rows[:, 2] * rows[:, 3])
    return np.asarray(0.5 * rows[:, 4] ** 2 * density).reshape(shape)[()]
