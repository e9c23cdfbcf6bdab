"""Does a state lead where two bodies, and the pull of J2, lead it?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from baken.astro.constants import EARTH_J2_EGM2008, EARTH_MU_M3_S2, EARTH_RADIUS_EGM2008_M
from baken.astro.oblate_motion import oblate_states
from baken.astro.two_bodies import two_body_state
from tests.conftest import Deviation

LAST_PRINTED_DIGIT_M = 0.1
MILLIMETRE_M = 1e-3
DAY_S = 86_400.0
LOW = np.array([7.0e6, 0.0, 0.0]), np.array([0.0, 5.3e3, 5.4e3])
LONG = np.array([6.8e6, 1e5, 0.0]), np.array([0.0, 9.6e3, 2.1e3])
GEOSTATIONARY = np.array([4.2164e7, 0.0, 0.0]), np.array([0.0, 3.0747e3, 1.0])


def pulled(_t: float, state: np.ndarray, j2: float) -> np.ndarray:
    x, y, z = state[:3]
    r = np.sqrt(x * x + y * y + z * z)
    k = 1.5 * j2 * (EARTH_RADIUS_EGM2008_M / r) ** 2
    shape = np.array([1.0 + k * (1 - 5 * z * z / r**2)] * 2 + [1.0 + k * (3 - 5 * z * z / r**2)])
    return np.concatenate([state[3:], -EARTH_MU_M3_S2 / r**3 * state[:3] * shape])


def integrated_m(orbit: tuple, after_s: float, j2: float) -> np.ndarray:
    """Return where an integrator of eighth order leads."""
    found = solve_ivp(
        pulled, (0.0, after_s), np.concatenate(orbit), "DOP853", rtol=1e-13, atol=1e-6, args=(j2,)
    )
    return found.y[:3, -1]


@pytest.mark.capability(
    "Two bodies in closed form", status="VALIDATED", authority="Vallado (2013), example 2-4"
)
def test_a_state_leads_where_vallado_printed(deviation: Deviation) -> None:
    position_m = np.array([1_131.340, -2_282.343, 6_672.423]) * 1e3
    velocity_m_s = np.array([-5.64305, 4.30333, 2.42879]) * 1e3
    printed_m = np.array([-4_219.7527, 4_363.0292, -3_958.7666]) * 1e3
    led_m, _ = two_body_state(position_m, velocity_m_s, 40 * 60.0)
    deviation(float(np.abs(led_m - printed_m).max()), "m", LAST_PRINTED_DIGIT_M)


@pytest.mark.parametrize("orbit", [LOW, LONG, GEOSTATIONARY], ids=["low", "long", "geostationary"])
def test_the_closed_form_agrees_with_integration(orbit: tuple) -> None:
    led_m, _ = two_body_state(*orbit, DAY_S)
    assert np.linalg.norm(led_m - integrated_m(orbit, DAY_S, 0.0)) < 10.0 * MILLIMETRE_M


@settings(max_examples=60, deadline=None)
@given(
    speed=st.floats(0.2, 1.9), climb=st.floats(-0.6, 0.6), after_s=st.floats(-2e5, 2e5),
    radius_m=st.floats(6.5e6, 5e7),
)  # fmt: skip
def test_there_and_back_is_where_it_began(speed, climb, after_s, radius_m) -> None:
    circle_m_s = np.sqrt(EARTH_MU_M3_S2 / radius_m)
    orbit = np.array([radius_m, 0.0, 0.0]), circle_m_s * np.array([climb * speed, speed, 0.1])
    there = two_body_state(*orbit, after_s)
    back_m, back_m_s = two_body_state(*there, -after_s)
    energy = [0.5 * (v**2).sum() - EARTH_MU_M3_S2 / np.linalg.norm(r) for r, v in (orbit, there)]
    assert abs(energy[1] - energy[0]) < 1e-9 * EARTH_MU_M3_S2 / radius_m
    # Past perigees near the centre, and far out on hyperbolas, rounding grows as the path does.
    assert np.linalg.norm(back_m - orbit[0]) < 1e-6 * max(radius_m, np.linalg.norm(there[0]))
    assert np.isfinite(back_m_s).all()


def test_many_states_at_once_equal_one_by_one() -> None:
    positions, velocities = np.array([LOW[0], LONG[0]]), np.array([LOW[1], LONG[1]])
    after_s = np.array([100.0, -4_000.0])
    together = two_body_state(positions, velocities, after_s)[0]
    for row in range(2):
        assert np.array_equal(together[row], two_body_state(positions[row], velocities[row], after_s[row])[0])


def test_no_time_changes_nothing() -> None:
    assert np.array_equal(two_body_state(*LOW, 0.0)[0], LOW[0])


@pytest.mark.parametrize("orbit", [LOW, GEOSTATIONARY], ids=["low", "geostationary"])
def test_the_oblate_orbit_agrees_with_an_integrator_of_eighth_order(orbit: tuple) -> None:
    rows_m, _ = oblate_states(orbit[0][None], orbit[1][None], [DAY_S])
    off_m = np.linalg.norm(rows_m[0, -1] - integrated_m(orbit, DAY_S, EARTH_J2_EGM2008))
    assert off_m < 1.0


def test_shorter_steps_change_the_oblate_orbit_by_less_than_a_metre_a_day() -> None:
    long_m, _ = oblate_states(LOW[0][None], LOW[1][None], 4.0 * np.arange(21_601))
    short_m, _ = oblate_states(LOW[0][None], LOW[1][None], 2.0 * np.arange(43_201))
    assert np.linalg.norm(long_m[0] - short_m[0, ::2], axis=1).max() < 1.0
