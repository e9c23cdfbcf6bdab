"""Where two clouds of orbits overlap at a time, linearised at the likeliest pair that meets, compiled.

The joint errors are Gaussian in both objects' elements.  Of all pairs of orbits that put the objects in the
same place at a time, the most probable is found by Gauss and Newton; relative position and velocity are
linearised there, not at the mean, which may be hundreds of kilometres away and round a bend.
"""

import math

import numpy as np

from baken.astro._equinoctial import state_and_partials_at
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

MOST_STEPS = 40
# How far, in standard deviations, the linearised pair may still be from meeting.
MEETS_WITHIN_SIGMA = 1e-4
SAME_TO = 1e-7

# Rows of what a linearisation leaves behind: 3 columns each.
POSITION_M, VELOCITY_M_S, WEIGHT = 0, 1, 2
AFTER_POSITION = 3  # rows 3 to 5: by how much the velocity follows the position
COVARIANCE_M2 = 6  # rows 6 to 8
LEFT_IN_VELOCITY = 9  # rows 9 to 11: the covariance of velocity once the position is known
INVERSE = 12  # rows 12 to 14: the inverse of the covariance
ROWS = 15

FOUND, TOO_FAR, LOST, SINGULAR = 0, 1, 2, 3
# Steps after which a pair too far from the mean is given up: the first ones may overshoot round a bend.
PATIENCE = 4


@compiled
def linearised_at_overlap(
    mean: Floats,
    covariance: Floats,
    factor: Floats,
    time_s: float,
    farthest_squared: float,
    offset: Floats,
    around: Floats,
) -> tuple[int, float]:
    """Fill in the Gaussian of relative motion around the likeliest pair that meets at a time.

    ``mean`` is (2, 6), ``covariance`` (2, 6, 6); ``offset`` (2, 6) comes in as a guess and goes out as the
    pair found, minus the mean.  Returns a code, and the pair's squared distance from the mean in sigma.
    """
    state, partials, moved = np.empty((2, 6)), np.empty((2, 6, 6)), np.empty((2, 6, 6))
    start = np.empty((2, 6))
    least, size = math.inf, 1.0
    copy_pair(offset, start)
    for step in range(MOST_STEPS):
        if not _linearised(mean, offset, factor, time_s, state, partials):
            # Too far for an ellipse: go half as far from where we were.
            size *= 0.5
            for k in range(2):
                for i in range(6):
                    offset[k, i] = 0.5 * (offset[k, i] + start[k, i])
            if size < 1e-3:
                return LOST, math.inf
            continue
        _fill_positions(covariance, partials, state, offset, moved, around)
        if not _fill_inverse(around):
            return SINGULAR, math.inf
        squared, gap2 = 0.0, 0.0
        for i in range(3):
            around[WEIGHT, i], apart_m, weight = 0.0, state[1, i] - state[0, i], 0.0
            for j in range(3):
                around[WEIGHT, i] += around[INVERSE + i, j] * around[POSITION_M, j]
                weight += around[INVERSE + i, j] * (state[1, j] - state[0, j])
            squared += around[WEIGHT, i] * around[POSITION_M, i]
            gap2 += weight * apart_m
        if gap2 < MEETS_WITHIN_SIGMA**2 and abs(squared - least) <= SAME_TO * (1.0 + squared):
            _fill_velocities(partials, state, moved, around)
            return FOUND, squared
        if step >= PATIENCE and squared > farthest_squared:
            return TOO_FAR, math.inf
        least = squared
        copy_pair(offset, start)
        for k in range(2):
            for i in range(6):
                offset[k, i] = 0.0
                for j in range(3):
                    offset[k, i] += (1.0 - 2.0 * k) * moved[k, i, j] * around[WEIGHT, j]
    return LOST, squared


@compiled
def forget(offset: Floats) -> None:
    """Begin the next search at the mean."""
    for k in range(2):
        for i in range(6):
            offset[k, i] = 0.0


@compiled
def copy_pair(source: Floats, target: Floats) -> None:
    """Copy what is (2, 6), by a loop, which compiles sooner than an array expression."""
    for k in range(2):
        for i in range(6):
            target[k, i] = source[k, i]


@compiled
def _linearised(
    mean: Floats, offset: Floats, factor: Floats, time_s: float, state: Floats, partials: Floats
) -> bool:
    """Fill in both states and their partial derivatives, if both orbits are ellipses."""
    elements = np.empty(6)
    for k in range(2):
        for i in range(6):
            elements[i] = mean[k, i] + offset[k, i]
        if not (elements[0] > 0.0 and elements[1] ** 2 + elements[2] ** 2 < 1.0):
            return False
        state_and_partials_at(elements, factor[k], time_s, state[k], partials[k])
    return True


@compiled
def _fill_positions(
    covariance: Floats, partials: Floats, state: Floats, offset: Floats, moved: Floats, around: Floats
) -> None:
    """Fill in where the relative position is expected, its covariance, and that with the elements."""
    for i in range(3):
        around[POSITION_M, i] = state[1, i] - state[0, i]
        for j in range(3):
            around[COVARIANCE_M2 + i, j] = 0.0
    for k in range(2):
        sign = 2.0 * k - 1.0
        for i in range(6):
            for j in range(6):
                moved[k, i, j] = 0.0
                for m in range(6):
                    moved[k, i, j] += covariance[k, i, m] * partials[k, j, m]
        for i in range(3):
            for m in range(6):
                around[POSITION_M, i] -= sign * partials[k, i, m] * offset[k, m]
                for j in range(3):
                    around[COVARIANCE_M2 + i, j] += partials[k, i, m] * moved[k, m, j]


@compiled
def _fill_velocities(partials: Floats, state: Floats, moved: Floats, around: Floats) -> None:
    """Fill in the relative velocity, how it follows position, and what it keeps of its own."""
    cross = np.zeros((3, 3))
    for i in range(3):
        around[VELOCITY_M_S, i] = state[1, 3 + i] - state[0, 3 + i]
        for j in range(3):
            around[LEFT_IN_VELOCITY + i, j] = 0.0
            for k in range(2):
                for m in range(6):
                    cross[i, j] += partials[k, 3 + i, m] * moved[k, m, j]
                    around[LEFT_IN_VELOCITY + i, j] += partials[k, 3 + i, m] * moved[k, m, 3 + j]
    for i in range(3):
        for j in range(3):
            around[AFTER_POSITION + i, j] = 0.0
            for m in range(3):
                around[AFTER_POSITION + i, j] += cross[i, m] * around[INVERSE + m, j]
    for i in range(3):
        for j in range(3):
            for m in range(3):
                around[LEFT_IN_VELOCITY + i, j] -= around[AFTER_POSITION + i, m] * cross[j, m]


@compiled
def _fill_inverse(around: Floats) -> bool:
    """Fill in the inverse of the covariance of position; False where that is not positive definite."""
    # By Cholesky: what comes out is symmetric and as sound as the matrix is.
    xx, yy, zz = around[COVARIANCE_M2, 0], around[COVARIANCE_M2 + 1, 1], around[COVARIANCE_M2 + 2, 2]
    if not xx > 0.0:
        return False
    a = math.sqrt(xx)
    b, c = around[COVARIANCE_M2 + 1, 0] / a, around[COVARIANCE_M2 + 2, 0] / a
    if not yy - b * b > 0.0:
        return False
    d = math.sqrt(yy - b * b)
    e = (around[COVARIANCE_M2 + 2, 1] - b * c) / d
    if not zz - c * c - e * e > 0.0:
        return False
    f = math.sqrt(zz - c * c - e * e)
    # The rows of the inverse of the lower factor.
    yx, zx, zy = -b / (a * d), (b * e - c * d) / (a * d * f), -e / (d * f)
    around[INVERSE, 0] = 1.0 / (a * a) + yx * yx + zx * zx
    around[INVERSE + 1, 1] = 1.0 / (d * d) + zy * zy
    around[INVERSE + 2, 2] = 1.0 / (f * f)
    around[INVERSE, 1] = around[INVERSE + 1, 0] = yx / d + zx * zy
    around[INVERSE, 2] = around[INVERSE + 2, 0] = zx / f
    around[INVERSE + 1, 2] = around[INVERSE + 2, 1] = zy / f
    return True
