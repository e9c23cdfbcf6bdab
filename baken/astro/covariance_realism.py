"""Is a covariance as large as the errors it speaks of?  Squared Mahalanobis distances over a history tell."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2, cramervonmises

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.covariance import is_positive_definite

REALISTIC = "realistic"
TOO_SMALL = "too small"
TOO_LARGE = "too large"
NOT_GAUSSIAN = "not Gaussian at any scale"
# Tried scales lie this close together, to four times the middle one and to a quarter of it.
SCALE_STEP = 1.01
N_STEPS = 140
FEWEST_DIFFERENCES = 5


@dataclass(frozen=True, slots=True, eq=False)
class CovarianceRealism:
    """What a history of errors says of the covariances that foretold them.

    ``scale`` multiplies the standard deviations; ``low_scale`` and ``high_scale`` bound every one the test
    accepts.  All three are NaN where none is accepted.
    """

    squared_mahalanobis: Floats
    n_used: int
    n_unusable: int
    statistic: float
    probability: float
    scale: float
    low_scale: float
    high_scale: float
    verdict: str


def squared_mahalanobis(difference_m: FloatsLike, covariance_m2: FloatsLike) -> Floats:
    """Return each difference in its own covariance's measure, squared: chi-square if all is well.

    Shape:  differences (..., k), covariances (..., k, k); the result (...).  NaN where a covariance is not
            positive definite or a number is missing.

    >>> squared_mahalanobis([3.0, 4.0], np.diag([9.0, 4.0]))
    np.float64(5.0)
    """
    difference, covariance = np.asarray(difference_m, float), np.asarray(covariance_m2, float)
    usable = is_positive_definite(covariance) & np.isfinite(difference).all(axis=-1)
    plain = np.where(usable[..., None, None], covariance, np.eye(difference.shape[-1]))
    solved = np.linalg.solve(plain, difference[..., None])[..., 0]
    return np.where(usable, (difference * solved).sum(axis=-1), np.nan)[()]


def covariance_realism(
    difference_m: FloatsLike, covariance_m2: FloatsLike, confidence: float = 0.95
) -> CovarianceRealism:
    """Test differences against the covariances that foretold them, by Cramer and von Mises.

    Assumes that the rows know nothing of one another: one difference for each orbit determination, not a
    whole ephemeris of them.  The covariance is that of the difference: when the better orbit is uncertain
    too, add its own.  The interval holds every scale that the same test accepts: narrow or empty when the
    errors are no Gaussian, whatever the size.

    Shape:  differences (n, k), covariances (n, k, k).  Rows that cannot be used are counted, not mended.
    Raises: ValueError for fewer than five usable rows, or a confidence outside 0 and 1.
    Source: Csorgo & Faraway (1996), J. R. Stat. Soc. B 58, 221-234, for the statistic's distribution.

    >>> errors = np.random.default_rng(2).normal(size=(60, 3)) * 2.0
    >>> told = covariance_realism(errors, np.broadcast_to(np.eye(3), (60, 3, 3)))
    >>> told.verdict, told.low_scale < 2.0 < told.high_scale
    ('too small', True)
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence lies between 0 and 1; it is {confidence}")
    squared = np.atleast_1d(squared_mahalanobis(difference_m, covariance_m2))
    used = squared[np.isfinite(squared)]
    if len(used) < FEWEST_DIFFERENCES:
        raise ValueError(
            f"{len(used)} usable differences say nothing; at least {FEWEST_DIFFERENCES} are needed"
        )
    n_dimensions = np.asarray(difference_m).shape[-1]
    found = cramervonmises(used, chi2(n_dimensions).cdf)
    scale, low, high = _accepted_scales(used, n_dimensions, 1.0 - confidence)
    return CovarianceRealism(
        squared_mahalanobis=squared,
        n_used=len(used),
        n_unusable=len(squared) - len(used),
        statistic=float(found.statistic),
        probability=float(found.pvalue),
        scale=scale,
        low_scale=low,
        high_scale=high,
        verdict=_verdict(float(found.pvalue), 1.0 - confidence, scale),
    )


def _accepted_scales(used: Floats, n_dimensions: int, least_probability: float) -> tuple[float, float, float]:
    """Return the scale that fits best, and the least and largest the test accepts."""
    middle = np.sqrt(np.median(used) / chi2(n_dimensions).median())
    scales = middle * SCALE_STEP ** np.arange(-N_STEPS, N_STEPS + 1.0)
    expected = chi2.cdf(np.sort(used) / scales[:, None] ** 2, n_dimensions)
    ranks = (2.0 * np.arange(1, len(used) + 1) - 1.0) / (2.0 * len(used))
    best_first = np.argsort(((ranks - expected) ** 2).sum(axis=-1))

    def rejected(index: int) -> bool:
        found = cramervonmises(used / scales[index] ** 2, chi2(n_dimensions).cdf)
        return bool(found.pvalue < least_probability)

    # The probability falls as the statistic grows: the first rejected is found by halving.
    n_accepted = bisect_left(best_first, True, key=rejected)
    if n_accepted == 0:
        return np.nan, np.nan, np.nan
    accepted = scales[best_first[:n_accepted]]
    return float(accepted[0]), float(accepted.min()), float(accepted.max())


def _verdict(probability: float, least_probability: float, scale: float) -> str:
    if probability >= least_probability:
        return REALISTIC
    if np.isnan(scale):
        return NOT_GAUSSIAN
    return TOO_SMALL if scale > 1.0 else TOO_LARGE
