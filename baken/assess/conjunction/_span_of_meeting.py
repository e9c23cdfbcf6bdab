"""How long one meeting lasts before the next begins, and what gathers meanwhile, compiled."""

import math

import numpy as np

from baken.assess.conjunction._collisions_in_time import CONVERGED, LOOKS_A_REVOLUTION, expected_of_one
from baken.astro._equinoctial import state_at
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

# Of the expected number over a wider span: less within a quarter of a revolution is no meeting there.
NEXT_TO_NOTHING = 0.01


@compiled
def expected_of_meeting(
    mean: Floats, covariance: Floats, factor: Floats, radius_m: float, fineness: int, result: Floats
) -> int:
    """Do as ``expected_of_one`` over the span that one meeting owns, in the time of its epoch.

    That is a quarter of the shorter revolution to each side.  Where the number gathers almost wholly beyond,
    the span goes on as long as the orbits in the middle draw apart: up to where the next meeting begins.
    """
    quarter_s = 0.5 * math.pi / max(mean[0, 0], mean[1, 0])
    code = expected_of_one(mean, covariance, factor, radius_m, -quarter_s, quarter_s, fineness, result)
    low_s = _drawing_apart_until_s(mean, factor, -quarter_s, 4.0 * -quarter_s / LOOKS_A_REVOLUTION)
    high_s = _drawing_apart_until_s(mean, factor, quarter_s, 4.0 * quarter_s / LOOKS_A_REVOLUTION)
    if low_s == -quarter_s and high_s == quarter_s:
        return code
    wider = np.empty(5)
    wider_code = expected_of_one(mean, covariance, factor, radius_m, low_s, high_s, fineness, wider)
    if wider_code == CONVERGED and result[0] < NEXT_TO_NOTHING * wider[0]:
        for i in range(5):
            result[i] = wider[i]
        return wider_code
    return code


@compiled
def _drawing_apart_until_s(mean: Floats, factor: Floats, from_s: float, step_s: float) -> float:
    """Follow the orbits in the middle while their distance grows, up to twice the time it starts from."""
    time_s, apart_m = from_s, _separation_m(mean, factor, from_s)
    while abs(time_s + step_s) <= 2.0 * abs(from_s):
        next_m = _separation_m(mean, factor, time_s + step_s)
        if next_m <= apart_m:
            break
        time_s, apart_m = time_s + step_s, next_m
    return time_s


@compiled
def _separation_m(mean: Floats, factor: Floats, time_s: float) -> float:
    states, squared = np.empty((2, 6)), 0.0
    for k in range(2):
        state_at(mean[k], factor[k], time_s, states[k])
    for i in range(3):
        squared += (states[1, i] - states[0, i]) ** 2
    return math.sqrt(squared)
