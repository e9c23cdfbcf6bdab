"""When an object comes down: equally likely ways, their median, and a window meant to hold nine in ten."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from baken.astro._decay_rates import Clock
from baken.astro.arrays import Floats
from baken.astro.atmosphere.density_grid import DensityGrid
from baken.astro.mean_decay import Falls, MeanStates, WeatherRows, falls

# What the air model, a changing attitude and elements get wrong of the drag ahead, one sigma of its
# logarithm: with it windows held nine in ten real decays of 2013 and 2014 with even numbers (docs/chapters/
# reentry.md); the odd ones judge it.
DRAG_LOG_SIGMA = 0.20
WINDOW_PROBABILITY = 0.9
N_MEMBERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FallWindow:
    """Seconds after the start: a median and two ends; an infinity lies beyond what was computed."""

    median_s: float
    start_s: float
    end_s: float


def ways_down(
    state: MeanStates,
    ballistic_m2_kg: float,
    ballistic_log_sigma: float,
    weather: WeatherRows,
    clock: Clock,
    air: DensityGrid,
    rng: np.random.Generator,
    *,
    altitude_m: float = 80e3,
    longest_s: float,
    drag_log_sigma: float = DRAG_LOG_SIGMA,
) -> Falls:
    """Return one way down for each row of weather, its drag drawn from what is known of it.

    Members are spread evenly over the distribution of drag, in an order drawn by ``rng``: fewer suffice.

    Shape: state (6,), weather (members, days, 3).
    """
    n = len(weather)
    level = (rng.permutation(n) + 0.5) / n
    log_drag = np.hypot(ballistic_log_sigma, drag_log_sigma) * ndtri(level)
    return falls(
        np.repeat(state[None], n, axis=0),
        ballistic_m2_kg * np.exp(log_drag),
        weather,
        clock,
        air,
        altitude_m=altitude_m,
        longest_s=longest_s,
    )


def window_of(after_s: Floats, probability: float = WINDOW_PROBABILITY) -> FallWindow:
    """Return the median and the central window of equally likely falls; NaN stands for one still up.

    >>> window_of(np.arange(101.0))
    FallWindow(median_s=50.0, start_s=5.0, end_s=95.0)
    """
    ordered = np.sort(np.where(np.isnan(after_s), np.inf, after_s))
    tail = 0.5 * (1.0 - probability)
    start, median, end = (_quantile(ordered, level) for level in (tail, 0.5, 1.0 - tail))
    return FallWindow(median_s=median, start_s=start, end_s=end)


def _quantile(ordered: Floats, level: float) -> float:
    at = round(level * (ordered.size - 1), 9)
    low = int(at)
    below, above = ordered[low], ordered[min(low + 1, ordered.size - 1)]
    return float(below if at == low or np.isinf(below) else below + (at - low) * (above - below))
