"""Are equinoctial elements those of their state, and do their clouds move as orbits do?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro._equinoctial import state_and_partials_at, state_at
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.elements import KeplerianElements, elements_from_state, period_s, state_from_elements
from baken.astro.equinoctial import clouds_of_orbits

MILLIMETRE_M = 1e-3
# Steps for central differences: a part in a million of each element or of one radian.
STEP = 1e-6

orbits = st.tuples(
    st.floats(6.6e6, 4.3e7),
    st.floats(0.0, 0.8),
    st.floats(0.0, np.pi),
    st.floats(0.0, 6.2),
    st.floats(0.0, 6.2),
    st.floats(0.0, 6.2),
)


def state_of(orbit):
    return state_from_elements(KeplerianElements(*orbit))


@settings(max_examples=200, deadline=None)
@given(orbits)
def test_elements_lead_back_to_the_state_they_are_of(orbit):
    position_m, velocity_m_s = state_of(orbit)
    cloud = clouds_of_orbits(position_m, velocity_m_s, np.eye(6))
    state = np.empty(6)
    state_at(cloud.mean, float(cloud.factor), 0.0, state)
    assert state[:3] == pytest.approx(position_m, abs=MILLIMETRE_M)
    assert state[3:] == pytest.approx(velocity_m_s, abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(orbits, st.floats(-1.0, 1.0))
def test_motion_is_keplers(orbit, share_of_a_revolution):
    position_m, velocity_m_s = state_of(orbit)
    cloud = clouds_of_orbits(position_m, velocity_m_s, np.eye(6))
    kepler = elements_from_state(position_m, velocity_m_s)
    time_s = share_of_a_revolution * float(period_s(kepler.semi_major_axis_m))
    state = np.empty(6)
    state_at(cloud.mean, float(cloud.factor), time_s, state)
    moved = elements_from_state(state[:3], state[3:])
    assert moved.semi_major_axis_m == pytest.approx(kepler.semi_major_axis_m, rel=1e-10)
    assert moved.eccentricity == pytest.approx(kepler.eccentricity, abs=1e-9)
    energy_m2_s2 = 0.5 * (state[3:] @ state[3:]) - EARTH_MU_M3_S2 / np.linalg.norm(state[:3])
    assert energy_m2_s2 == pytest.approx(-0.5 * EARTH_MU_M3_S2 / kepler.semi_major_axis_m, rel=1e-10)


@settings(max_examples=50, deadline=None)
@given(orbits, st.floats(-7_000.0, 7_000.0))
def test_partials_are_the_slopes_of_the_state(orbit, time_s):
    position_m, velocity_m_s = state_of(orbit)
    cloud = clouds_of_orbits(position_m, velocity_m_s, np.eye(6))
    state, partials = np.empty(6), np.empty((6, 6))
    state_and_partials_at(cloud.mean, float(cloud.factor), time_s, state, partials)
    for column in range(6):
        step = STEP * (cloud.mean[0] if column == 0 else 1.0)
        ends = []
        for sign in (1.0, -1.0):
            beside, end = cloud.mean.copy(), np.empty(6)
            beside[column] += sign * step
            state_at(beside, float(cloud.factor), time_s, end)
            ends.append(end)
        slope = (ends[0] - ends[1]) / (2.0 * step)
        for part in (slice(0, 3), slice(3, 6)):
            size = np.linalg.norm(partials[part, column])
            assert np.linalg.norm(slope[part] - partials[part, column]) <= 1e-5 * size + 1e-6


def test_a_cloud_moved_nowhere_has_the_covariance_it_was_given():
    position_m, velocity_m_s = state_of((7.0e6, 0.01, 1.7, 1.0, 2.0, 3.0))
    given_si = np.diag([1e2, 4e4, 1e2, 1e-3, 1e-4, 1e-4])
    given_si[0, 4] = given_si[4, 0] = -0.05
    cloud = clouds_of_orbits(position_m, velocity_m_s, given_si)
    state, partials = np.empty(6), np.empty((6, 6))
    state_and_partials_at(cloud.mean, float(cloud.factor), 0.0, state, partials)
    back = partials @ cloud.covariance @ partials.T
    scale = np.sqrt(np.outer(np.diag(given_si), np.diag(given_si)))
    assert np.abs(back - given_si).max() <= 1e-6 * scale.max()


def test_an_orbit_that_is_not_closed_has_no_elements():
    cloud = clouds_of_orbits([7e6, 0.0, 0.0], [0.0, 12_000.0, 0.0], np.eye(6))
    assert np.isnan(cloud.factor)
