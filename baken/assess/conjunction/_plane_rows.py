"""Encounters in their plane, laid out as rows of five numbers for the compiled kernels."""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike


def rows_of_encounters(
    miss_m: FloatsLike, sigma_m: FloatsLike, hard_body_radius_m: FloatsLike
) -> tuple[Floats, tuple[int, ...]]:
    """Lay encounters out as rows of miss (2), sigma (2) and radius, and remember their shape."""
    miss, sigma = np.asarray(miss_m, dtype=float), np.asarray(sigma_m, dtype=float)
    radius = np.asarray(hard_body_radius_m, dtype=float)
    if (sigma <= 0.0).any():
        row = tuple(int(i) for i in np.argwhere((sigma <= 0.0).any(axis=-1))[0])
        raise ValueError(
            f"sigma_m must be positive in both axes of the encounter plane; row {row} is {sigma[row]}"
        )
    if (radius < 0.0).any():
        raise ValueError(f"hard_body_radius_m cannot be negative; the least is {np.nanmin(radius)}")

    shape = np.broadcast_shapes(miss.shape[:-1], sigma.shape[:-1], radius.shape)
    rows = np.empty((*shape, 5))
    rows[..., 0:2], rows[..., 2:4], rows[..., 4] = miss, sigma, radius
    return rows.reshape(-1, 5), shape
