"""Two series of positive terms for the probability, one encounter at a time, compiled.

Nothing is subtracted in either, so no figure is lost, however small the result.
"""

import math

import numpy as np

from baken.assess.conjunction._disc_integral import LEAST_EXPONENT, nearest_in_sigma
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

# What is left out of a series is at most this share of what was summed, by a bound and not by habit.
LEFT_OUT = 1e-15
MOST_TERMS = 2_000_000
TOO_LARGE = 1e120
LOG_TOO_LARGE = 120.0 * math.log(10.0)


@compiled
def taylor_series(rows: Floats) -> Floats:
    """Return the sum of Serra's series for each row; NaN where it is too long.  Shape: (n, 5); (n)."""
    probability = np.empty(len(rows))
    for i in range(len(rows)):
        probability[i] = _taylor(rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3], rows[i, 4])
    return probability


@compiled
def equal_area_series(rows: Floats) -> Floats:
    """Return the sum of Chan's series for each row; NaN where it is too long.  Shape: (n, 5); (n)."""
    probability = np.empty(len(rows))
    for i in range(len(rows)):
        x, y = rows[i, 0] / rows[i, 2], rows[i, 1] / rows[i, 3]
        area = rows[i, 4] * rows[i, 4] / (rows[i, 2] * rows[i, 3])
        probability[i] = _equal_area(0.5 * area, 0.5 * (x * x + y * y))
    return probability


@compiled
def _taylor(x_m: float, y_m: float, sigma_x_m: float, sigma_y_m: float, radius_m: float) -> float:
    if sigma_x_m > sigma_y_m:
        x_m, y_m, sigma_x_m, sigma_y_m = y_m, x_m, sigma_y_m, sigma_x_m
    miss_x, reach_x = x_m / sigma_x_m, radius_m / sigma_x_m
    miss_y, reach_y = y_m / sigma_y_m, radius_m / sigma_y_m
    narrow = 0.5 * reach_x * reach_x
    wide = narrow - 0.5 * reach_y * reach_y
    pull_x, pull_y = 0.25 * (miss_x * reach_x) ** 2, 0.25 * (miss_y * reach_y) ** 2
    growth = narrow + 0.5 * wide + pull_x + pull_y
    if radius_m == 0.0 or _out_of_sight(x_m, y_m, sigma_x_m, sigma_y_m, radius_m):
        return 0.0
    if not narrow + math.sqrt(growth) < 0.25 * MOST_TERMS:
        return math.nan

    # The transform of exp(narrow xi) P(xi) has the logarithmic derivative
    # narrow / (1 - narrow z) + wide / 2 / (1 - wide z) + pull_x + pull_y / (1 - wide z)^2.
    # Each fraction times the series is a running sum of its own, and every one of them is positive.
    term = over_narrow = over_wide = over_wide_twice = total = 1.0
    n_rescaled = 0
    for k in range(MOST_TERMS):
        largest = max(over_narrow, over_wide_twice)
        ratio = (growth / (k + 1.0) + max(narrow, 2.0 * wide)) / (k + 2.0)
        if ratio < 1.0 and growth * largest <= LEFT_OUT * total * (1.0 - ratio) * (k + 1.0) * (k + 2.0):
            break
        slope = narrow * over_narrow + 0.5 * wide * over_wide + pull_y * over_wide_twice + pull_x * term
        term = slope / ((k + 1.0) * (k + 2.0))
        over_narrow = term + narrow / (k + 2.0) * over_narrow
        over_wide = term + wide / (k + 2.0) * over_wide
        over_wide_twice = over_wide + wide / (k + 2.0) * over_wide_twice
        total += term
        if max(total, over_narrow, over_wide_twice) > TOO_LARGE:
            term, total, n_rescaled = term / TOO_LARGE, total / TOO_LARGE, n_rescaled + 1
            over_narrow /= TOO_LARGE
            over_wide /= TOO_LARGE
            over_wide_twice /= TOO_LARGE
    else:
        return math.nan
    exponent = n_rescaled * LOG_TOO_LARGE - narrow - 0.5 * (miss_x * miss_x + miss_y * miss_y)
    return min(1.0, math.exp(exponent + math.log(0.5 * reach_x * reach_y * total)))


@compiled
def _equal_area(area: float, miss: float) -> float:
    """Sum over k > 0 of Poisson(k; area) times the chance that a Poisson(miss) stays below k."""
    if area == 0.0 or (miss > area and (math.sqrt(miss) - math.sqrt(area)) ** 2 > -LEAST_EXPONENT):
        return 0.0
    if not area + math.sqrt(area * miss) < 0.25 * MOST_TERMS:
        return math.nan
    weight, term, below, total = area, 1.0, 1.0, area
    n_rescaled = 0
    for k in range(1, MOST_TERMS):
        ratio = area / (k + 1.0) * (1.0 + miss / k)
        if ratio < 1.0 and weight * below * ratio <= LEFT_OUT * total * (1.0 - ratio):
            break
        term *= miss / k
        below += term
        weight *= area / (k + 1.0)
        total += weight * below
        if weight > TOO_LARGE:
            weight, total, n_rescaled = weight / TOO_LARGE, total / TOO_LARGE, n_rescaled + 1
        if below > TOO_LARGE:
            term, below, total = term / TOO_LARGE, below / TOO_LARGE, total / TOO_LARGE
            n_rescaled += 1
    else:
        return math.nan
    return min(1.0, math.exp(math.log(total) + n_rescaled * LOG_TOO_LARGE - area - miss))


@compiled
def _out_of_sight(x_m: float, y_m: float, sigma_x_m: float, sigma_y_m: float, radius_m: float) -> bool:
    """Tell whether even the nearest point of the disc is so far that no double holds the probability."""
    if not math.hypot(x_m, y_m) > radius_m:
        return False
    nearest = nearest_in_sigma(x_m, y_m, sigma_x_m, sigma_y_m, radius_m)
    return -0.5 * nearest * nearest < LEAST_EXPONENT
