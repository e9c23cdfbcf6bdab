"""Does a carried state come out where the object is, and its uncertainty never say more than is true?"""

from functools import cache

import heyoka
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.constants import EARTH_MU_M3_S2, EARTH_ROTATION_RATE_RAD_S, MOON_MU_M3_S2
from baken.astro.earth_data import no_earth_data
from baken.astro.elements import KeplerianElements, state_from_elements
from baken.astro.frames import state_gcrs_to_itrs, state_itrs_to_gcrs
from baken.share.carry import (
    carried,
    carried_covariance,
    own_covariance,
    round_sigmas,
    steady_covariance,
)
from tests.astro.regimes import orbits
from tests.conftest import Deviation

METRE_M, CENTIMETRE_M = 1.0, 0.01
# Precession since 2000 has turned the Earth's axis by 0.15 degrees; here by a little more.
TILT_RAD = 0.0028
MOON_AT_M = 3.6e8 * np.array([0.8, 0.55, 0.24])
EPOCH_TAI_NS = 823_264_463_939_456_789
REGIMES = ["low", "medium", "geostationary", "highly eccentric", "leaving"]


@cache
def fuller_motion() -> heyoka.taylor_adaptive:
    """Return an integrator of EGM2008 about a tilted axis, of air from 200 km up, and of the Moon."""
    place, speed = heyoka.make_vars("x", "y", "z"), heyoka.make_vars("vx", "vy", "vz")
    angle = heyoka.par[0] + EARTH_ROTATION_RATE_RAD_S * heyoka.time
    c, s, ct, st_ = heyoka.cos(angle), heyoka.sin(angle), np.cos(TILT_RAD), np.sin(TILT_RAD)
    x, y, z = place
    upright = [x, ct * y + st_ * z, ct * z - st_ * y]
    fixed = [c * upright[0] + s * upright[1], c * upright[1] - s * upright[0], upright[2]]
    pull = heyoka.model.egm2008_acc(fixed, n=4, m=4)
    back = [c * pull[0] - s * pull[1], s * pull[0] + c * pull[1], pull[2]]
    force = [back[0], ct * back[1] - st_ * back[2], st_ * back[1] + ct * back[2]]
    density = 2.5e-10 * heyoka.exp(-(heyoka.sqrt(x**2 + y**2 + z**2) - 6_578e3) / 40e3)
    wind = [
        speed[0] + EARTH_ROTATION_RATE_RAD_S * y, speed[1] - EARTH_ROTATION_RATE_RAD_S * x, speed[2]
    ]  # fmt: skip
    drag = -0.5 * 0.01 * density * heyoka.sqrt(wind[0] ** 2 + wind[1] ** 2 + wind[2] ** 2)
    to_moon = [MOON_AT_M[k] - place[k] for k in range(3)]
    moon3 = heyoka.sqrt(to_moon[0] ** 2 + to_moon[1] ** 2 + to_moon[2] ** 2) ** 3
    tide = [
        MOON_MU_M3_S2 * (to_moon[k] / moon3 - MOON_AT_M[k] / np.linalg.norm(MOON_AT_M) ** 3) for k in range(3)
    ]
    rates = [*speed, *(force[k] + drag * wind[k] + tide[k] for k in range(3))]
    equations = list(zip([*place, *speed], rates, strict=True))
    return heyoka.taylor_adaptive(equations, [7e6, 0, 0, 0, 7.5e3, 0], pars=[0.0], compact_mode=True)


def true_end(state: tuple, after_s: float, turned_rad: float = 1.0) -> tuple:
    integrator = fuller_motion()
    integrator.time, integrator.pars[0] = 0.0, turned_rad
    integrator.state[:] = np.concatenate(state)
    integrator.propagate_until(after_s)
    return integrator.state[:3].copy(), integrator.state[3:].copy()


def _within_reach(elements: KeplerianElements) -> bool:
    return bool(np.linalg.norm(state_from_elements(elements)[0]) < 6e7)


@pytest.mark.parametrize("after_s", [-30.0, 300.0, 1800.0])
@settings(max_examples=25, deadline=None)
@given(st.sampled_from(REGIMES).flatmap(orbits).filter(_within_reach), st.floats(0.0, 6.28))
def test_a_carried_state_is_off_by_no_more_than_it_says(after_s, elements, turned_rad):
    start = state_from_elements(elements)
    there = carried("GCRF", *start, after_s)
    position_m, velocity_m_s = true_end(start, after_s, turned_rad)
    assert np.linalg.norm(there.position_m - position_m) <= there.off_m
    assert np.linalg.norm(there.velocity_m_s - velocity_m_s) <= there.off_m_s


@pytest.mark.capability(
    "A state told coarsely is that of the object at its rounded epoch, within half a minute of its own",
    status="MODELLED",
    authority="heyoka's Taylor integrator: EGM2008 to degree 4, tilted axis, air, Moon",
)
def test_a_low_state_carried_half_a_minute_is_a_metre_off_at_most(deviation: Deviation) -> None:
    rng = np.random.default_rng(7)
    off_m = 0.0
    for _ in range(60):
        height_m, angles = rng.uniform(250e3, 1500e3), rng.uniform(0.0, np.pi, 4)
        elements = KeplerianElements(6_378e3 + height_m, 0.002, *angles)
        start = state_from_elements(elements)
        there = carried("GCRF", *start, 30.0)
        off_m = max(off_m, float(np.linalg.norm(there.position_m - true_end(start, 30.0, angles[3])[0])))
    deviation(off_m, "m", METRE_M)


def test_a_state_in_axes_that_turn_with_the_earth_is_carried_as_one_that_does_not():
    earth, after_ns = no_earth_data(), 30_000_000_000
    fixed = np.array([4.0e6, -5.0e6, 2.9e6]), np.array([5.2e3, 4.4e3, -0.6e3])
    start = state_itrs_to_gcrs([EPOCH_TAI_NS], [fixed[0]], [fixed[1]], earth)
    led = carried("GCRF", start[0][0], start[1][0], 30.0)
    after = [EPOCH_TAI_NS + after_ns]
    expected = state_gcrs_to_itrs(after, [led.position_m], [led.velocity_m_s], earth)
    there = carried("ITRF", *fixed, 30.0)
    # The two take the axis of the Earth 0.15 degrees apart.
    assert np.linalg.norm(there.position_m - expected[0][0]) < 5.0 * CENTIMETRE_M
    assert np.linalg.norm(there.velocity_m_s - expected[1][0]) < 0.3 * CENTIMETRE_M


def test_a_covariance_is_carried_as_the_states_it_speaks_of():
    start = np.array([7e6, 1e5, -2e5]), np.array([100.0, 5.3e3, 5.4e3])
    shift = np.array([30.0, -20.0, 10.0, 0.02, 0.01, -0.03])
    led = carried_covariance("GCRF", *start, np.outer(shift, shift), 1800.0)
    ends = [carried("GCRF", start[0] + k * shift[:3], start[1] + k * shift[3:], 1800.0) for k in (0, 1)]
    moved = np.concatenate(
        [ends[1].position_m - ends[0].position_m, ends[1].velocity_m_s - ends[0].velocity_m_s]
    )
    assert np.allclose(led, np.outer(moved, moved), rtol=1e-3)


def test_a_velocity_that_turns_with_the_earth_has_the_uncertainty_of_its_place_in_it():
    start = np.array([7e6, 0.0, 0.0]), np.array([0.0, 7.1e3, 0.0])
    of_place = np.diag([1e6, 0.0, 0.0, 0.0, 0.0, 0.0])
    steady = steady_covariance("ITRF", *start, "", of_place)
    assert steady[4, 4] == pytest.approx((1e3 * EARTH_ROTATION_RATE_RAD_S) ** 2)
    assert np.allclose(own_covariance("ITRF", steady), of_place)


COLUMNS = st.lists(st.lists(st.floats(-1.0, 1.0), min_size=6, max_size=6), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(
    COLUMNS,
    st.floats(-1.0, 5.0),
    st.floats(-4.0, 2.0),
    st.floats(0.0, 1e4),
    st.floats(0.0, 10.0),
    st.lists(st.floats(-1.0, 1.0), min_size=6, max_size=6),
)
def test_rounded_sigmas_say_no_more_than_covariance_and_error_together(
    columns, log_m, log_m_s, off_m, off_m_s, way
):
    spread = np.array(columns).T * np.repeat([10.0**log_m, 10.0**log_m_s], 3)[:, None]
    covariance = spread @ spread.T
    sigma_m, sigma_m_s = round_sigmas(covariance, off_m, off_m_s)
    error = np.array(way)
    for half, off in ((slice(0, 3), off_m), (slice(3, 6), off_m_s)):
        error[half] *= off / max(1.0, float(np.linalg.norm(error[half])))
    given_si = np.diag(np.repeat([sigma_m, sigma_m_s], 3) ** 2)
    # In units in which both halves are of size one, where rounding of doubles is 1e-16 a time.
    scale = np.repeat([max(sigma_m, 1e-9), max(sigma_m_s, 1e-9)], 3)
    beyond = (given_si - covariance - np.outer(error, error)) / np.outer(scale, scale)
    assert np.linalg.eigvalsh(beyond).min() > -1e-9


@pytest.mark.parametrize("radius_m", [6_500e3, 2e8])
def test_what_air_or_moon_decide_is_not_carried(radius_m):
    speed_m_s = np.sqrt(EARTH_MU_M3_S2 / radius_m)
    with pytest.raises(ValueError, match="no state can be carried"):
        carried("GCRF", np.array([radius_m, 0.0, 0.0]), np.array([0.0, speed_m_s, 0.0]), 1.0)
