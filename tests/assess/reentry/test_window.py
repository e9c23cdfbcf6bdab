"""Does a window hold what it promises, and is it the same each time?"""

import numpy as np

from baken.assess.reentry.window import ways_down, window_of
from baken.astro.mean_decay import clock_at
from tests.astro.falling import exponential_air, weather

DAY_S = 86_400.0
STATE = np.array([6_378_135.0 + 260e3, 0.001, 0.0, 0.9, 0.3, 0.2])


def drawn(seed: int, n: int = 40, sigma: float = 0.05, longest_s: float = 200 * DAY_S) -> np.ndarray:
    air, clock, rng = exponential_air(), clock_at(0, 0), np.random.default_rng(seed)
    return ways_down(STATE, 0.01, sigma, weather(n), clock, air, rng, longest_s=longest_s).after_s


def test_the_same_seed_gives_the_same_ways_down():
    assert np.array_equal(drawn(1), drawn(1))


def test_the_window_grows_with_what_is_unknown_and_holds_the_median():
    narrow, wide = window_of(drawn(1)), window_of(drawn(1, sigma=0.4))
    assert wide.start_s < narrow.start_s < narrow.median_s < narrow.end_s < wide.end_s


def test_what_stays_up_leaves_the_window_open():
    some = drawn(1, longest_s=window_of(drawn(1)).median_s)
    assert np.isinf(window_of(some).end_s)
    assert np.isfinite(window_of(some).start_s)
