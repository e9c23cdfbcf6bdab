"""Which of many sampled pairs come nearer to each other than a radius, compiled."""

import math

import numpy as np

from baken.astro._equinoctial import state_at
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

# Looks a revolution for the sign of the range rate; two orbits have two minima a revolution, at most four.
LOOKS_A_REVOLUTION = 48
MOST_STEPS = 40
# Of the radius: how far the objects may still travel past each other when the minimum is taken.
NEAR_ENOUGH = 0.01


@compiled
def two_body_hits(elements: Floats, factor: Floats, radius_m: float, low_s: float, high_s: float) -> int:
    """Return how many sampled pairs of orbits enter the sphere between two times.

    Shape:  elements are (n, 2, 6), the factor is (2,).
    """
    n_hits = 0
    relative = np.empty(6)
    for row in range(len(elements)):
        pair = elements[row]
        n_looks = 1 + math.ceil(
            (high_s - low_s) * max(pair[0, 0], pair[1, 0]) * LOOKS_A_REVOLUTION / (2.0 * math.pi)
        )
        step_s = (high_s - low_s) / n_looks
        rate_before = _range_rate(pair, factor, low_s, relative)
        if _distance_m(relative) < radius_m:
            continue  # in collision before the span begins
        for look in range(n_looks):
            time_s = low_s + (look + 1) * step_s
            rate = _range_rate(pair, factor, time_s, relative)
            is_inside = look == n_looks - 1 and _distance_m(relative) < radius_m
            if rate_before < 0.0 <= rate:
                is_inside |= (
                    _least_distance_m(pair, factor, time_s - step_s, time_s, rate_before, rate, radius_m)
                    < radius_m
                )
            if is_inside:
                n_hits += 1
                break
            rate_before = rate
    return n_hits


@compiled
def _least_distance_m(
    pair: Floats, factor: Floats, low_s: float, high_s: float, low: float, high: float, radius_m: float
) -> float:
    """Return the distance at the minimum between two times: a root of the range rate, by Illinois' rule."""
    relative, side = np.empty(6), 0
    for _ in range(MOST_STEPS):
        time_s = (low_s * high - high_s * low) / (high - low)
        rate = _range_rate(pair, factor, time_s, relative)
        speed2 = relative[3] ** 2 + relative[4] ** 2 + relative[5] ** 2
        # What is left to travel is the range rate over the speed, as on a line.
        if abs(rate) <= NEAR_ENOUGH * radius_m * math.sqrt(speed2):
            break
        if rate < 0.0:
            low_s, low = time_s, rate
            high = 0.5 * high if side == -1 else high
            side = -1
        else:
            high_s, high = time_s, rate
            low = 0.5 * low if side == 1 else low
            side = 1
    return _distance_m(relative)


@compiled
def _range_rate(pair: Floats, factor: Floats, time_s: float, relative: Floats) -> float:
    """Fill in the relative state at a time, and return relative position times relative velocity."""
    first, second = np.empty(6), np.empty(6)
    state_at(pair[0], factor[0], time_s, first)
    state_at(pair[1], factor[1], time_s, second)
    total = 0.0
    for i in range(6):
        relative[i] = second[i] - first[i]
    for i in range(3):
        total += relative[i] * relative[3 + i]
    return total


@compiled
def _distance_m(relative: Floats) -> float:
    return math.sqrt(relative[0] ** 2 + relative[1] ** 2 + relative[2] ** 2)


@compiled
def tabulated_hits(relative_m: Floats, relative_m_s: Floats, times_s: Floats, radius_m: float) -> int:
    """Return how many relative motions, given as states at times, enter the sphere.

    Between two states the motion is Hermite's cubic through both.

    Shape:  positions and velocities are (n, k, 3), times rise and are (k,).
    """
    n_hits = 0
    for row in range(len(relative_m)):
        r, v = relative_m[row], relative_m_s[row]
        if math.sqrt((r[0] ** 2).sum()) < radius_m:
            continue
        rate_before = (r[0] * v[0]).sum()
        for look in range(1, len(times_s)):
            rate = (r[look] * v[look]).sum()
            is_inside = look == len(times_s) - 1 and math.sqrt((r[look] ** 2).sum()) < radius_m
            if rate_before < 0.0 <= rate:
                step_s = times_s[look] - times_s[look - 1]
                is_inside |= _least_on_cubic_m(r[look - 1], v[look - 1], r[look], v[look], step_s) < radius_m
            if is_inside:
                n_hits += 1
                break
            rate_before = rate
    return n_hits


@compiled
def _least_on_cubic_m(r0: Floats, v0: Floats, r1: Floats, v1: Floats, step_s: float) -> float:
    low, high, distance_m = 0.0, 1.0, 0.0
    for _ in range(60):
        s = 0.5 * (low + high)
        distance2, rate = 0.0, 0.0
        for i in range(3):
            a, b = v0[i] * step_s, v1[i] * step_s
            c2, c3 = 3.0 * (r1[i] - r0[i]) - 2.0 * a - b, 2.0 * (r0[i] - r1[i]) + a + b
            x = r0[i] + s * (a + s * (c2 + s * c3))
            slope = a + s * (2.0 * c2 + 3.0 * s * c3)
            distance2 += x * x
            rate += x * slope
        distance_m = math.sqrt(distance2)
        if rate < 0.0:
            low = s
        else:
            high = s
    return distance_m
