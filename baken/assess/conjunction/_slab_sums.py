"""Alfano's sum over slabs of a disc, one encounter at a time, compiled."""

import math

import numpy as np

from baken.assess.conjunction._disc_integral import ROOT_TWO_PI, share_of_chord
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

FEWEST_SLABS = 16
SLABS_IN_SIGMA = 2.0
# 262,144 slabs: a body thirty thousand standard deviations in radius can still be started on.
MOST_HALVINGS = 18
AGREED_TO = 1e-11
NOTHING = 1e-300


@compiled
def slab_sums(rows: Floats) -> Floats:
    """Return the probability of each row; NaN where the sum does not settle.  Shape: (n, 5); (n)."""
    probability = np.empty(len(rows))
    for i in range(len(rows)):
        probability[i] = _one(rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3], rows[i, 4])
    return probability


@compiled
def _one(x_m: float, y_m: float, sigma_x_m: float, sigma_y_m: float, radius_m: float) -> float:
    if sigma_x_m > sigma_y_m:
        x_m, y_m, sigma_x_m, sigma_y_m = y_m, x_m, sigma_y_m, sigma_x_m
    miss_x, reach_x = abs(x_m) / sigma_x_m, radius_m / sigma_x_m
    miss_y, reach_y = abs(y_m) / sigma_y_m, radius_m / sigma_y_m
    if not math.isfinite(miss_x + miss_y + reach_x + reach_y):
        return math.nan
    wanted = max(float(FEWEST_SLABS), 2.0 * SLABS_IN_SIGMA * reach_x)
    first = math.ceil(math.log2(wanted))
    # Near the edge a chord grows as the root of the way in, so halving the slabs leaves errors in h^3/2,
    # h^5/2 and so on; Simpson's rule takes out h^2, which is not among them.
    column = np.empty(MOST_HALVINGS + 1)
    total = 0.0
    for level in range(first, MOST_HALVINGS + 1):
        width = 2.0 * reach_x / 2.0**level
        total += _new_slabs(miss_x, miss_y, reach_x, reach_y, 2**level, 1 if level == first else 2)
        before, column[level] = column[first] if level > first else math.nan, total * width
        for coarser in range(level - 1, first - 1, -1):
            gain = 2.0 ** (level - coarser + 0.5) - 1.0
            column[coarser] = column[coarser + 1] + (column[coarser + 1] - column[coarser]) / gain
        # Two that agree may do so by chance; with the one of lower order, three do not.
        spread = max(abs(column[first] - before), abs(column[first] - column[min(first + 1, level)]))
        if level > first + 2 and spread <= AGREED_TO * abs(column[first]) + NOTHING:
            return min(1.0, float(column[first]) / ROOT_TWO_PI)
    return math.nan


@compiled
def _new_slabs(
    miss_x: float, miss_y: float, reach_x: float, reach_y: float, n_slabs: int, stride: int
) -> float:
    """Sum the chords at every edge between slabs, or at those that the last halving brought."""
    total = 0.0
    for edge in range(1, n_slabs, stride):
        # Both sides of the root are whole numbers: the chord is exact near the ends.
        half_length = 2.0 * reach_y * math.sqrt(float(edge) * float(n_slabs - edge)) / n_slabs
        across = miss_x + reach_x * (2.0 * edge - n_slabs) / n_slabs
        total += share_of_chord(miss_y, half_length, 0.5 * across * across)
    return total
