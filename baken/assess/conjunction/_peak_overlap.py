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
ROWS = 12

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
    least, size = math.inf, 1.0
    start = offset.copy()
    for step in range(MOST_STEPS):
        if not _linearised(mean, offset, factor, time_s, state, partials):
            # Too far for an ellipse: go half as far from where we were.
            size *= 0.5
            offset[:] = 0.5 * (offset + start)
            if size < 1e-3:
                return LOST, math.inf
            continue
        around[COVARIANCE_M2:LEFT_IN_VELOCITY] = 0.0
        relative_m = state[1, :3] - state[0, :3]
        expected_m = relative_m.copy()
        for k in range(2):
            sign = 2.0 * k - 1.0
            moved[k] = covariance[k] @ partials[k].T
            around[COVARIANCE_M2:LEFT_IN_VELOCITY] += partials[k, :3] @ np.ascontiguousarray(moved[k, :, :3])
            expected_m -= sign * (partials[k, :3] @ offset[k])
        inverse = np.empty((3, 3))
        if not inverted(around[COVARIANCE_M2:LEFT_IN_VELOCITY], inverse):
            return SINGULAR, math.inf
        weight = inverse @ expected_m
        squared = np.dot(weight, expected_m)
        gap = math.sqrt(max(0.0, np.dot(relative_m, inverse @ relative_m)))
        if gap < MEETS_WITHIN_SIGMA and abs(squared - least) <= SAME_TO * (1.0 + squared):
            around[POSITION_M], around[WEIGHT] = expected_m, weight
            around[VELOCITY_M_S] = state[1, 3:] - state[0, 3:]
            _conditional_velocity(partials, moved, inverse, around)
            return FOUND, squared
        if step >= PATIENCE and squared > farthest_squared:
            return TOO_FAR, math.inf
        least = squared
        start[:] = offset
        for k in range(2):
            offset[k] = (1.0 - 2.0 * k) * (np.ascontiguousarray(moved[k, :, :3]) @ weight)
    return LOST, squared


@compiled
def _linearised(
    mean: Floats, offset: Floats, factor: Floats, time_s: float, state: Floats, partials: Floats
) -> bool:
    """Fill in both states and their partial derivatives, if both orbits are ellipses."""
    for k in range(2):
        elements = mean[k] + offset[k]
        if not (elements[0] > 0.0 and elements[1] ** 2 + elements[2] ** 2 < 1.0):
            return False
        state_and_partials_at(elements, factor[k], time_s, state[k], partials[k])
    return True


@compiled
def _conditional_velocity(partials: Floats, moved: Floats, inverse: Floats, around: Floats) -> None:
    """Fill in how velocity follows position, and what it keeps of its own."""
    cross, own = np.zeros((3, 3)), np.zeros((3, 3))
    for k in range(2):
        rate = np.ascontiguousarray(partials[k, 3:])
        cross += rate @ np.ascontiguousarray(moved[k, :, :3])
        own += rate @ np.ascontiguousarray(moved[k, :, 3:])
    follows = cross @ inverse
    around[AFTER_POSITION:COVARIANCE_M2] = follows
    around[LEFT_IN_VELOCITY:ROWS] = own - follows @ np.ascontiguousarray(cross.T)


@compiled
def inverted(matrix: Floats, inverse: Floats) -> bool:
    """Fill in the inverse of a symmetric 3 x 3 matrix; False where it is not positive definite."""
    # By Cholesky: what comes out is symmetric and as sound as the matrix is.
    if not matrix[0, 0] > 0.0:
        return False
    a = math.sqrt(matrix[0, 0])
    b, c = matrix[1, 0] / a, matrix[2, 0] / a
    if not matrix[1, 1] - b * b > 0.0:
        return False
    d = math.sqrt(matrix[1, 1] - b * b)
    e = (matrix[2, 1] - b * c) / d
    if not matrix[2, 2] - c * c - e * e > 0.0:
        return False
    f = math.sqrt(matrix[2, 2] - c * c - e * e)
    lower = np.zeros((3, 3))
    lower[0, 0], lower[1, 1], lower[2, 2] = 1.0 / a, 1.0 / d, 1.0 / f
    lower[1, 0], lower[2, 1] = -b / (a * d), -e / (d * f)
    lower[2, 0] = (b * e - c * d) / (a * d * f)
    inverse[:] = lower.T @ lower
    return True
