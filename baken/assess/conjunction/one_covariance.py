"""The largest probability when only one of two objects comes with a covariance."""

import numpy as np

from baken.assess.conjunction.probability import foster_1992
from baken.astro.arrays import Floats, FloatsLike


def frisbee_2015_maximum(
    miss_m: FloatsLike, sigma_m: FloatsLike, hard_body_radius_m: FloatsLike
) -> tuple[Floats, Floats]:
    """Return the largest probability over all covariances of the other object, and its sigma along the miss.

    The worst other object is uncertain along the miss only, by as much as brings the Mahalanobis distance of
    the sum to one, and not at all where the known covariance does that alone.  Proved for a body small beside
    the sum: scaled until the known covariance is round, doubt across the miss only thins the density.

    Shape:  miss_m and sigma_m, those of the known covariance, are (..., 2) in its own axes; the rest (...).
    Raises: ValueError when a sigma is not positive or a radius is negative.
    Source: Frisbee (2015), AAS 15-717.

    >>> probability, sigma_along_miss_m = frisbee_2015_maximum([0.0, 1000.0], [100.0, 300.0], 10.0)
    >>> probability.round(7), sigma_along_miss_m.round(1)
    (np.float64(0.0003029), np.float64(953.9))
    """
    miss, known = np.asarray(miss_m, dtype=float), np.asarray(sigma_m, dtype=float)
    length_m = np.linalg.norm(miss, axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        along = np.where(length_m > 0.0, miss / length_m, 0.0)
        squared = ((miss / known) ** 2).sum(axis=-1)
        added_m2 = np.where(squared > 1.0, length_m[..., 0] ** 2 * (1.0 - 1.0 / squared), 0.0)
    covariance_m2 = known[..., None] ** 2 * np.eye(2)
    covariance_m2 = covariance_m2 + added_m2[..., None, None] * along[..., :, None] * along[..., None, :]
    variance_m2, axes = np.linalg.eigh(covariance_m2)
    own_miss_m = np.einsum("...ij,...i->...j", axes, miss)
    return foster_1992(own_miss_m, np.sqrt(variance_m2), hard_body_radius_m), np.sqrt(added_m2)[()]
