"""Patera's integral along the edge of a disc, one encounter at a time, compiled."""

import math

import numpy as np

from baken.assess.conjunction._disc_integral import nearest_in_sigma
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

FEWEST_ANGLES = 16
ANGLES_IN_SIGMA = 4.0
MOST_ANGLES = 131_072
AGREED_TO = 1e-11
ROUNDING = 1e-15
NOTHING = 1e-300


@compiled
def contour_integrals(rows: Floats) -> Floats:
    """Return the probability of each row; NaN where the integral does not settle.  Shape: (n, 5); (n)."""
    probability = np.empty(len(rows))
    for i in range(len(rows)):
        probability[i] = _one(rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3], rows[i, 4])
    return probability


@compiled
def _one(x_m: float, y_m: float, sigma_x_m: float, sigma_y_m: float, radius_m: float) -> float:
    miss_x, reach_x = x_m / sigma_x_m, radius_m / sigma_x_m
    miss_y, reach_y = y_m / sigma_y_m, radius_m / sigma_y_m
    if not math.isfinite(miss_x + miss_y + reach_x + reach_y):
        return math.nan
    far = math.hypot(x_m, y_m) > radius_m and nearest_in_sigma(x_m, y_m, sigma_x_m, sigma_y_m, radius_m) > 1.0
    n_angles = FEWEST_ANGLES
    while n_angles < ANGLES_IN_SIGMA * max(reach_x, reach_y):
        n_angles *= 2
    step_rad = 2.0 * math.pi / n_angles
    total, size = _around(miss_x, miss_y, reach_x, reach_y, n_angles, 0.0, far)
    while n_angles < MOST_ANGLES:
        between, more = _around(miss_x, miss_y, reach_x, reach_y, n_angles, 0.5 * step_rad, far)
        before, total, size = 2.0 * total, total + between, size + more
        n_angles, step_rad = 2 * n_angles, 0.5 * step_rad
        if abs(total - before) <= AGREED_TO * abs(total) + ROUNDING * size + NOTHING:
            return min(1.0, max(0.0, total / n_angles))
    return math.nan


@compiled
def _around(
    miss_x: float, miss_y: float, reach_x: float, reach_y: float, n_angles: int, first_rad: float, far: bool
) -> tuple[float, float]:
    """Sum the integrand at equal angles, and the size of its terms."""
    total = size = 0.0
    for i in range(n_angles):
        angle_rad = first_rad + 2.0 * math.pi * i / n_angles
        cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
        x, y = miss_x + reach_x * cosine, miss_y + reach_y * sine
        swept = x * reach_y * cosine + y * reach_x * sine
        term = swept * _growth(x * x + y * y, far)
        total, size = total + term, size + abs(term)
    return total, size


@compiled
def _growth(squared: float, far: bool) -> float:
    """Return (1 - exp(-r2 / 2)) / r2, or its second half alone where the ones cancel around the contour."""
    if far:
        return -math.exp(-0.5 * squared) / squared
    if squared < 1e-12:
        return 0.5
    return -math.expm1(-0.5 * squared) / squared
