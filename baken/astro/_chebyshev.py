"""Chebyshev polynomials: fitting many pieces at once, and what their coefficients tell.

Source: Trefethen (2013), Approximation Theory and Approximation Practice, chapters 3, 4 and 18.
"""

import math

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

N_COEFFICIENTS = 16
_ANGLE_RAD = (np.arange(N_COEFFICIENTS) + 0.5) * np.pi / N_COEFFICIENTS
# Points of the first kind in [-1, 1], rising.
NODES = -np.cos(_ANGLE_RAD)
# From values at the nodes to coefficients: row ``k`` is what node ``k`` gives to each of them.
FIT = np.cos(np.outer(np.pi - _ANGLE_RAD, np.arange(N_COEFFICIENTS))) * (2.0 / N_COEFFICIENTS)
FIT[:, 0] *= 0.5

# What lies beyond the last coefficients.  Where they fall by a third or more from one to the next, all that
# follows is less than twice the last two; twice that again, for SGP4 has kinks where an eccentricity passes
# zero.  Where they fall more slowly the motion has a larger kink (resonance, every twelve hours): then they
# go with the square of their number only, and what follows can be sixteen times the largest of them.
# The tests hold both against real catalogues, densely.
TAIL_FACTOR, KINK_FACTOR, SLOW_FALL = 4.0, 16.0, 0.1
# Below this neither rounding nor a small kink shows in the coefficients (SGP4: up to 0.4 m were seen).
SMALLEST_BOUND_M = 0.5


def values_and_slopes(s: Floats) -> tuple[Floats, Floats]:
    """Return every polynomial and its derivative at points of [-1, 1].

    Shape: s is (m,); the results are (N_COEFFICIENTS, m).

    >>> values, slopes = values_and_slopes(np.array([0.5]))
    >>> values[:3, 0], slopes[:3, 0]
    (array([ 1. ,  0.5, -0.5]), array([0., 1., 2.]))
    """
    values, slopes = np.empty((N_COEFFICIENTS, s.size)), np.empty((N_COEFFICIENTS, s.size))
    values[0], values[1], slopes[0], slopes[1] = 1.0, s, 0.0, 1.0
    for k in range(2, N_COEFFICIENTS):
        values[k] = 2.0 * s * values[k - 1] - values[k - 2]
        slopes[k] = 2.0 * values[k - 1] + 2.0 * s * slopes[k - 1] - slopes[k - 2]
    return values, slopes


@compiled
def fit_pieces(nodes_m: Floats, fit: Floats, coefficients_m: Floats, bound_m: Floats) -> None:
    """Write the coefficients of many pieces, and how far each polynomial may be from what it stands for.

    Shape: nodes_m is (p, N, 3) at ``NODES``; coefficients_m is (p, 3, N); bound_m is (p,), NaN where a node
    is.
    """
    n = fit.shape[0]
    for p in range(len(nodes_m)):
        row = coefficients_m[p]
        row[:] = 0.0
        for axis in range(3):
            target = row[axis]
            for k in range(n):
                value = nodes_m[p, k, axis]
                for j in range(n):
                    target[j] += value * fit[k, j]
        bound_m[p] = tail_m(row, n)


@compiled
def tail_m(row: Floats, n: int) -> float:
    """Return a bound on all that lies beyond the last coefficients of one piece."""
    earlier = length(row, n - 6) + length(row, n - 5)
    last = length(row, n - 2) + length(row, n - 1)
    if last <= SLOW_FALL * earlier:
        return TAIL_FACTOR * last + SMALLEST_BOUND_M
    largest = max(length(row, n - 4), length(row, n - 3), length(row, n - 2), length(row, n - 1))
    return KINK_FACTOR * largest + SMALLEST_BOUND_M


@compiled
def length(row: Floats, k: int) -> float:
    """Return the length of one coefficient, a vector."""
    return math.sqrt(row[0, k] ** 2 + row[1, k] ** 2 + row[2, k] ** 2)


@compiled
def evaluate(coefficients: Floats, s: float) -> tuple[float, float]:
    """Return value and slope (per unit of ``s``) of one polynomial, by Clenshaw's recurrence."""
    b1, b2, d1, d2 = 0.0, 0.0, 0.0, 0.0
    for k in range(coefficients.size - 1, 0, -1):
        d1, d2 = 2.0 * b1 + 2.0 * s * d1 - d2, d1
        b1, b2 = coefficients[k] + 2.0 * s * b1 - b2, b1
    return coefficients[0] + s * b1 - b2, b1 + s * d1 - d2
