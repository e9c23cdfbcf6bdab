"""Two objects of many encounters as clouds of orbits, side by side, with what had to be mended."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Truths
from baken.astro.covariance import clip_eigenvalues_hall_2017, inertial_covariance
from baken.astro.equinoctial import Clouds, clouds_of_orbits

# Of a covariance scaled to variances of one, an eigenvalue below minus this is no rounding.
ROUNDING = 1e-12
LAST = ((6,), (6, 6), ())  # the axes of mean, covariance and factor


class PairsOfClouds(NamedTuple):
    """Rows of pairs: mean (n, 2, 6), covariance (n, 2, 6, 6), factor (n, 2).

    Was every number there (n), was a covariance mended (n)?  The shape is that of the encounters asked for.
    """

    mean: Floats
    covariance: Floats
    factor: Floats
    is_known: Truths
    is_clipped: Truths
    shape: tuple[int, ...]


def pairs_of_clouds(
    position_1_m: FloatsLike,
    velocity_1_m_s: FloatsLike,
    covariance_rtn_1_si: FloatsLike,
    position_2_m: FloatsLike,
    velocity_2_m_s: FloatsLike,
    covariance_rtn_2_si: FloatsLike,
    shape: tuple[int, ...] = (),
) -> PairsOfClouds:
    """Return the clouds of both objects, as rows; what else an encounter has may widen its shape."""
    objects = [
        _cloud(position_1_m, velocity_1_m_s, covariance_rtn_1_si),
        _cloud(position_2_m, velocity_2_m_s, covariance_rtn_2_si),
    ]
    shape = np.broadcast_shapes(shape, *(known.shape for _, known, _ in objects))
    clouds = [
        [_rows(column, shape, last) for column, last in zip(cloud, LAST, strict=True)]
        for cloud, _, _ in objects
    ]
    mean, covariance, factor = (
        np.ascontiguousarray(np.stack(columns, axis=1)) for columns in zip(*clouds, strict=True)
    )
    is_known = np.logical_and(*(np.broadcast_to(known, shape).reshape(-1) for _, known, _ in objects))
    is_clipped = np.logical_or(*(np.broadcast_to(clipped, shape).reshape(-1) for _, _, clipped in objects))
    return PairsOfClouds(mean, covariance, factor, is_known, is_clipped, shape)


def _rows(values: Floats, shape: tuple[int, ...], last: tuple[int, ...]) -> Floats:
    return np.broadcast_to(values, (*shape, *last)).reshape(-1, *last)


def _cloud(
    position_m: FloatsLike, velocity_m_s: FloatsLike, covariance_rtn_m2: FloatsLike
) -> tuple[Clouds, Truths, Truths]:
    """Return an object's cloud; is every number of it there, was its covariance mended?"""
    position_m, velocity_m_s = np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    mended_m2, clipped = _mended(np.asarray(covariance_rtn_m2, dtype=float))
    covariance_m2 = inertial_covariance(position_m, velocity_m_s, mended_m2)
    known = np.isfinite(position_m + velocity_m_s).all(axis=-1) & np.isfinite(mended_m2).all(axis=(-2, -1))
    return clouds_of_orbits(position_m, velocity_m_s, covariance_m2), known, clipped


def _mended(covariance_m2: Floats) -> tuple[Floats, Truths]:
    """Clip what has a variance below zero in some direction, scaled so that metres and mm/s count alike."""
    variance = np.abs(np.diagonal(covariance_m2, axis1=-2, axis2=-1))
    sigma = np.sqrt(np.where(variance > 0.0, variance, 1.0))
    scale = sigma[..., :, None] * sigma[..., None, :]
    known = np.asarray(np.isfinite(covariance_m2).all(axis=(-2, -1)))
    correlation = np.where(known[..., None, None], covariance_m2 / scale, np.eye(6))
    clipped = clip_eigenvalues_hall_2017(correlation, ROUNDING)
    is_clipped = np.asarray(known & (clipped.eigenvalues_before_m2[..., 0] < -ROUNDING))
    return np.where(is_clipped[..., None, None], clipped.covariance_m2 * scale, covariance_m2), is_clipped
