"""Does averaged drag bring orbits down when theory, and stepping through every revolution, say so?"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro._decay_rates import J2, MU, RADIUS
from baken.astro._last_revolutions import fall
from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_ROTATION_RATE_RAD_S
from baken.astro.mean_decay import Falls, clock_at, falls
from tests.astro.falling import DENSITY_AT_300_KM, SCALE_HEIGHT_M, exponential_air, weather

AIR, CLOCK = exponential_air(), clock_at(0, 0)
DAY_S = 86_400.0
# King-Hele's formula holds the size of the orbit and its speed while it sinks by 4 %.
CLOSED_FORM_SHARE = 0.02
AVERAGING_SHARE = 0.01
STEP_CHANGE_SHARE = 0.002


def orbit(height_m: float, e: float = 0.0, inclination_rad: float = 1.0) -> Floats:
    return np.array([[RADIUS + height_m, e, 0.0, inclination_rad, 0.3, 0.2]])


def down(states: Floats, ballistic: Floats, *, days: float = 200.0, step_share: float = 0.05) -> Falls:
    return falls(
        states, ballistic, weather(len(states)), CLOCK, AIR, longest_s=days * DAY_S, step_share=step_share
    )


def test_a_circular_orbit_lives_as_long_as_king_hele_says(deviation):
    ballistic = 0.01
    state = orbit(330e3, inclination_rad=0.0)
    a = state[0, 0]
    # Over the equator SGP4's mean size stands this far above the orbit's true radius.
    height = a * (1.0 - 1.5 * J2 * (RADIUS / a) ** 2) - RADIUS
    rho = DENSITY_AT_300_KM * math.exp(-(height - 300e3) / SCALE_HEIGHT_M)
    against = (1.0 - EARTH_ROTATION_RATE_RAD_S * a / math.sqrt(MU / a)) ** 2
    closed_s = SCALE_HEIGHT_M / (rho * ballistic * math.sqrt(MU * a) * against)
    fallen = down(state, np.array([ballistic]))
    deviation(abs(fallen.after_s[0] / closed_s - 1.0), "share of the lifetime", CLOSED_FORM_SHARE)


@pytest.mark.parametrize(("height_m", "e", "ballistic"), [(220e3, 0.0, 0.03), (240e3, 0.006, 0.03)])
def test_averaging_agrees_with_stepping_through_every_revolution(height_m, e, ballistic):
    state = orbit(height_m, e)
    stepped, *_ = fall(state[0], 0.0, 80e3, ballistic, weather(1)[0], CLOCK, AIR)
    assert stepped > DAY_S
    averaged = down(state, np.array([ballistic])).after_s[0]
    assert abs(averaged / stepped - 1.0) < AVERAGING_SHARE


def test_other_steps_change_little():
    states = np.concatenate([orbit(300e3, 0.002), orbit(900e3, 0.09), orbit(6_000e3, 0.47)])
    ballistic = np.array([0.01, 0.05, 0.5])
    fine, usual = (down(states, ballistic, days=300.0, step_share=share).after_s for share in (0.01, 0.05))
    assert np.abs(usual / fine - 1.0).max() < STEP_CHANGE_SHARE


def test_many_at_once_fall_as_one_by_one():
    states = np.concatenate([orbit(250e3), orbit(300e3, 0.004), orbit(280e3, 0.001, 1.7)])
    ballistic = np.array([0.01, 0.02, 0.05])
    together = down(states, ballistic)
    alone = [down(states[k : k + 1], ballistic[k : k + 1]) for k in range(3)]
    assert np.array_equal(together.after_s, [one.after_s[0] for one in alone])
    assert np.array_equal(together.longitude_rad, [one.longitude_rad[0] for one in alone])


@settings(max_examples=25, deadline=None)
@given(
    height_m=st.floats(200e3, 330e3), e=st.floats(0.0, 0.005), inclination_rad=st.floats(0.01, 3.1),
    ballistic=st.floats(0.01, 0.1),
)  # fmt: skip
def test_what_brakes_more_falls_sooner(height_m, e, inclination_rad, ballistic):
    states = np.repeat(orbit(height_m, e, inclination_rad), 2, axis=0)
    more, less = down(states, np.array([1.1 * ballistic, ballistic])).after_s
    assert more < less


def test_an_object_comes_down_where_its_orbit_can_reach_and_heads_as_it_flies():
    fallen = down(np.repeat(orbit(250e3, 0.001), 8, axis=0), np.linspace(0.01, 0.02, 8))
    assert np.abs(fallen.latitude_rad).max() < 1.0 + 0.01
    assert (np.sin(fallen.heading_rad) > 0.0).all()  # prograde


def test_what_is_still_up_has_no_place():
    fallen = down(orbit(800e3), np.array([0.01]), days=1.0)
    assert np.isnan([fallen.after_s[0], fallen.latitude_rad[0]]).all()


def test_a_coefficient_that_is_none_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        down(orbit(300e3), np.array([0.0]))
