"""Does the first look let through whatever may come down?"""

import numpy as np

from baken.assess.reentry.candidates import may_fall_within

RADIUS_M, MONTH_S = 6_378_135.0, 30 * 86_400.0


def is_let_through(perigee_m: float, e: float, sinks_m_a_day: float) -> bool:
    state = np.array([[(RADIUS_M + perigee_m) / (1.0 - e), e, 0.0, 1.0, 0.0, 0.0]])
    return bool(may_fall_within(state, np.array([-sinks_m_a_day / 86_400.0]), MONTH_S, RADIUS_M)[0])


def test_what_sinks_fast_is_let_through_and_what_hardly_sinks_is_not():
    assert is_let_through(400e3, 0.001, 1_000.0)
    assert not is_let_through(400e3, 0.001, 100.0)


def test_a_low_orbit_needs_no_rate():
    assert is_let_through(200e3, 0.005, 0.0)


def test_a_deep_perigee_is_let_through_however_far_the_orbit_reaches():
    assert is_let_through(120e3, 0.73, 0.0)
    assert not is_let_through(250e3, 0.73, 1_000.0)
