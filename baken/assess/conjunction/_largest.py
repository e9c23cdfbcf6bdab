"""The scale of a covariance at which one encounter is likeliest, compiled."""

import math

from baken.assess.conjunction._disc_integral import nearest_in_sigma, probability_of_one
from baken.astro.compiled import compiled

# A maximum is flat at its top: the probability there is found to the square of this.
LOG_SCALE_FOUND_TO = 1e-6
GOLDEN = 0.5 * (3.0 - math.sqrt(5.0))
MOST_LOOKS = 80
LOG_ROOT_TWO = 0.5 * math.log(2.0)


@compiled
def maximum_of_one(
    x_m: float, y_m: float, sigma_x_m: float, sigma_y_m: float, radius_m: float
) -> tuple[float, float]:
    """Return the largest probability over all scales of the covariance, and its scale."""
    if math.isnan(x_m + y_m + sigma_x_m + sigma_y_m + radius_m):
        return math.nan, math.nan
    if math.hypot(x_m, y_m) <= radius_m:
        return 1.0, 0.0

    # At a point d standard deviations away the density is largest at scale d / sqrt(2): the whole disc agrees
    # that a scale is too small below its nearest point's, and too large above its farthest point's.
    centre = math.hypot(x_m / sigma_x_m, y_m / sigma_y_m)
    nearest = nearest_in_sigma(x_m, y_m, sigma_x_m, sigma_y_m, radius_m)
    farthest = centre + radius_m / min(sigma_x_m, sigma_y_m)
    low, high = math.log(max(nearest, 1e-9 * centre)) - LOG_ROOT_TWO, math.log(farthest) - LOG_ROOT_TWO
    return _climb(low, high, x_m, y_m, sigma_x_m, sigma_y_m, radius_m)


@compiled
def _climb(
    low: float, high: float, x_m: float, y_m: float, sigma_x_m: float, sigma_y_m: float, radius_m: float
) -> tuple[float, float]:
    """Climb to the top between two logarithms of scale: parabolas where they help, golden sections elsewhere.

    Source: Brent (1973), Algorithms for Minimization without Derivatives, ch. 5.
    """
    best = second = third = 0.5 * (low + high)
    scale = math.exp(best)
    p_best = probability_of_one(x_m, y_m, scale * sigma_x_m, scale * sigma_y_m, radius_m)
    p_second = p_third = p_best
    stride = last_stride = high - low
    for _ in range(MOST_LOOKS):
        middle = 0.5 * (low + high)
        if abs(best - middle) + 0.5 * (high - low) <= 2.0 * LOG_SCALE_FOUND_TO:
            break
        before_last, last_stride = last_stride, stride
        stride = _parabolic_stride(best, second, third, p_best, p_second, p_third)
        if not (low < best + stride < high and abs(stride) < 0.5 * abs(before_last)):
            last_stride = (high if best < middle else low) - best
            stride = GOLDEN * last_stride
        if abs(stride) < LOG_SCALE_FOUND_TO:
            stride = math.copysign(LOG_SCALE_FOUND_TO, middle - best)

        tried = best + stride
        scale = math.exp(tried)
        p_tried = probability_of_one(x_m, y_m, scale * sigma_x_m, scale * sigma_y_m, radius_m)
        if p_tried >= p_best:
            low, high = (best, high) if tried > best else (low, best)
            third, p_third, second, p_second, best, p_best = second, p_second, best, p_best, tried, p_tried
        else:
            low, high = (low, tried) if tried > best else (tried, high)
            if p_tried >= p_second or second == best:
                third, p_third, second, p_second = second, p_second, tried, p_tried
            elif p_tried >= p_third or third in (best, second):
                third, p_third = tried, p_tried
    return p_best, math.exp(best)


@compiled
def _parabolic_stride(
    best: float, second: float, third: float, p_best: float, p_second: float, p_third: float
) -> float:
    """Return the step to the top of the parabola through three points; infinite when there is none."""
    r = (best - second) * (p_best - p_third)
    q = (best - third) * (p_best - p_second)
    below = 2.0 * (q - r)
    if below == 0.0:
        return math.inf
    return -((best - third) * q - (best - second) * r) / below
