"""The integral of a Gaussian over a disc, for one encounter at a time, compiled.

Lengths are in standard deviations here: ``miss_x`` and ``miss_y`` (never negative) say how far the disc's
centre is from the Gaussian's, ``reach_x`` and ``reach_y`` how far the disc reaches along each axis.
A point of the disc's edge is an angle, and the chord there, along y, is integrated in closed form.
"""

import math

from baken.astro.compiled import compiled

# What lies 34 below the peak of the logarithm adds less than 1e-13 of the whole.
LOGARITHM_KEPT = 34.0
# Steps of 0.8 standard deviations integrate a Gaussian to exp(-2 pi^2 / 0.8^2) = 4e-14.
STEPS_IN_SIGMA = 0.8
# Below this exponent a double is zero.
LEAST_EXPONENT = -744.0
# A disc that reaches this many standard deviations beyond the Gaussian's centre everywhere holds all of it.
ALL_OF_IT_SIGMA = 8.6
# A bound on work, met only where a radius is more than a hundred million times a standard deviation.
MOST_STEPS = 65_536
# Angles the whole disc may cost before a narrower support is worth looking for.
FEW_STEPS = 48
ROOT_HALF = math.sqrt(0.5)
ROOT_TWO_PI = math.sqrt(2.0 * math.pi)


@compiled
def probability_of_one(
    miss_x_m: float, miss_y_m: float, sigma_x_m: float, sigma_y_m: float, radius_m: float
) -> float:
    """Return the probability that a Gaussian point falls within the disc."""
    if math.isnan(miss_x_m + miss_y_m + sigma_x_m + sigma_y_m + radius_m):
        return math.nan
    if radius_m - math.hypot(miss_x_m, miss_y_m) >= ALL_OF_IT_SIGMA * max(sigma_x_m, sigma_y_m):
        return 1.0
    # Chords run along the wider axis: across the narrow one a peak is found, along the wide one it is exact.
    if sigma_x_m > sigma_y_m:
        miss_x_m, miss_y_m, sigma_x_m, sigma_y_m = miss_y_m, miss_x_m, sigma_y_m, sigma_x_m
    return _integral(
        abs(miss_x_m) / sigma_x_m, abs(miss_y_m) / sigma_y_m, radius_m / sigma_x_m, radius_m / sigma_y_m
    )


@compiled
def nearest_in_sigma(
    miss_x_m: float, miss_y_m: float, sigma_x_m: float, sigma_y_m: float, radius_m: float
) -> float:
    """Return how many standard deviations the nearest point of a disc is away; the disc is somewhere else."""
    miss_x, miss_y = abs(miss_x_m) / sigma_x_m, abs(miss_y_m) / sigma_y_m
    reach_x, reach_y = radius_m / sigma_x_m, radius_m / sigma_y_m
    if radius_m == 0.0:
        return math.hypot(miss_x, miss_y)
    angle_rad = _peak_angle_rad(miss_x, miss_y, reach_x, reach_y)
    return math.hypot(miss_x - reach_x * math.cos(angle_rad), miss_y - reach_y * math.sin(angle_rad))


@compiled
def _integral(miss_x: float, miss_y: float, reach_x: float, reach_y: float) -> float:
    curvature = reach_x * (reach_x + miss_x) + reach_y * (reach_y + miss_y)
    n_steps = 8 + math.ceil(math.pi * math.sqrt(curvature) / STEPS_IN_SIGMA)
    if n_steps <= FEW_STEPS:
        return _sum_of_chords(miss_x, miss_y, reach_x, reach_y, 0.0, math.pi, n_steps)

    peak_rad = _peak_angle_rad(miss_x, miss_y, reach_x, reach_y)
    peak = _exponent(peak_rad, miss_x, miss_y, reach_x, reach_y)
    if peak < LEAST_EXPONENT:
        return 0.0
    least = peak - LOGARITHM_KEPT
    # No angle outside these can matter, whatever the chord there holds.
    farthest = math.sqrt(-2.0 * least)
    first_rad = math.acos(min(1.0, (miss_x + farthest) / reach_x))
    last_rad = (
        math.acos(max(-1.0, (miss_x - farthest) / reach_x)) if miss_x - farthest < reach_x else peak_rad
    )
    first_rad = _where_it_fades(peak_rad, first_rad, least, miss_x, miss_y, reach_x, reach_y)
    last_rad = _where_it_fades(peak_rad, last_rad, least, miss_x, miss_y, reach_x, reach_y)
    n_steps = _steps_between(first_rad, last_rad, miss_x, miss_y, reach_x, reach_y)
    return _sum_of_chords(miss_x, miss_y, reach_x, reach_y, first_rad, last_rad, n_steps)


@compiled
def _sum_of_chords(
    miss_x: float,
    miss_y: float,
    reach_x: float,
    reach_y: float,
    first_rad: float,
    last_rad: float,
    n_steps: int,
) -> float:
    # The integrand is even about both ends of the disc or has faded at the ends of its support: either way
    # equal steps converge as fast as anything can, and the ends themselves add nothing.
    step_rad = (last_rad - first_rad) / n_steps
    total = 0.0
    for step in range(1, n_steps):
        angle_rad = first_rad + step * step_rad
        sine = math.sin(angle_rad)
        across = miss_x - reach_x * math.cos(angle_rad)
        total += sine * share_of_chord(miss_y, reach_y * sine, 0.5 * across * across)
    return min(1.0, total * step_rad * reach_x / ROOT_TWO_PI)


@compiled
def share_of_chord(miss: float, half_length: float, exponent: float) -> float:
    """Return exp(-exponent) times the Gaussian's share of a chord, exact also when it is short."""
    if half_length * (1.0 + miss) < 0.1:
        h2, m2 = half_length * half_length, miss * miss
        bend = (m2 - 1.0) / 6.0 + h2 * (
            ((m2 - 6.0) * m2 + 3.0) / 120.0 + h2 * (((m2 - 15.0) * m2 + 45.0) * m2 - 15.0) / 5040.0
        )
        return 2.0 * half_length / ROOT_TWO_PI * math.exp(-exponent - 0.5 * m2) * (1.0 + h2 * bend)
    near, far = ROOT_HALF * (miss - half_length), ROOT_HALF * (miss + half_length)
    if near > 0.0:
        return 0.5 * math.exp(-exponent) * (math.erfc(near) - math.erfc(far))
    return 0.5 * math.exp(-exponent) * (math.erf(far) - math.erf(near))


@compiled
def _exponent(angle_rad: float, miss_x: float, miss_y: float, reach_x: float, reach_y: float) -> float:
    """Return the logarithm of the largest density on the chord at an angle."""
    across = miss_x - reach_x * math.cos(angle_rad)
    along = max(0.0, miss_y - reach_y * math.sin(angle_rad))
    return -0.5 * (across * across + along * along)


@compiled
def _peak_angle_rad(miss_x: float, miss_y: float, reach_x: float, reach_y: float) -> float:
    """Return the angle of the chord on which the Gaussian is densest."""
    if (miss_x / reach_x) ** 2 + (miss_y / reach_y) ** 2 <= 1.0:
        return math.acos(miss_x / reach_x)
    # From outside the densest point is on the edge, in the quadrant of the miss; bisect the slope there.
    low, high = 0.0, 1.0
    for _ in range(44):
        half = 0.5 * (low + high)
        cosine = (1.0 - half * half) / (1.0 + half * half)
        sine = 2.0 * half / (1.0 + half * half)
        if (miss_x - reach_x * cosine) * reach_x * sine > (miss_y - reach_y * sine) * reach_y * cosine:
            high = half
        else:
            low = half
    return 2.0 * math.atan(0.5 * (low + high))


@compiled
def _where_it_fades(
    inside_rad: float,
    outside_rad: float,
    least: float,
    miss_x: float,
    miss_y: float,
    reach_x: float,
    reach_y: float,
) -> float:
    if _exponent(outside_rad, miss_x, miss_y, reach_x, reach_y) >= least:
        return outside_rad
    for _ in range(16):
        middle_rad = 0.5 * (inside_rad + outside_rad)
        if _exponent(middle_rad, miss_x, miss_y, reach_x, reach_y) >= least:
            inside_rad = middle_rad
        else:
            outside_rad = middle_rad
    return outside_rad


@compiled
def _steps_between(
    first_rad: float, last_rad: float, miss_x: float, miss_y: float, reach_x: float, reach_y: float
) -> int:
    """Return how many steps resolve the sharpest bend the integrand can have between two angles."""
    cos_first, cos_last = math.cos(first_rad), math.cos(last_rad)
    sin_first, sin_last = math.sin(first_rad), math.sin(last_rad)
    cosine = max(abs(cos_first), abs(cos_last))
    sine = 1.0 if cos_first * cos_last < 0.0 else max(sin_first, sin_last)
    across = max(abs(miss_x - reach_x * cos_first), abs(miss_x - reach_x * cos_last))
    along = max(0.0, miss_y - reach_y * min(sin_first, sin_last))
    curvature = (
        (reach_x * sine) ** 2 + (reach_y * cosine) ** 2 + across * reach_x * cosine + along * reach_y * sine
    )
    return min(MOST_STEPS, 24 + math.ceil((last_rad - first_rad) * math.sqrt(curvature) / STEPS_IN_SIGMA))
