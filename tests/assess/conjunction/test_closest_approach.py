"""Do the milliseconds of a message come out of its encounter, and only they?"""

import numpy as np
import pytest

from baken.assess.conjunction.closest_approach import closest_approach_shift_s, moved_to_closest_approach
from baken.assess.conjunction.encounter import encounter_plane
from baken.assess.conjunction.probability import foster_1992
from baken.astro.covariance import inertial_covariance
from tests.assess.conjunction.published_encounters import case_of

A_MILLIONTH = 1e-6
LARGEST_SHIFT_S = 1e-3
MICROMETRE_M = 1e-6


def in_inertial(one):
    covariance = inertial_covariance(one["r_m"], one["v_mps"], one["cov_rtn_6x6_m_s"])
    return np.array(one["r_m"]), np.array(one["v_mps"]), covariance


def left_as_it_is(relative_m, velocity_m_s):
    """Return the miss as one takes it who does not move the states: all its length across the motion."""
    along = velocity_m_s / np.linalg.norm(velocity_m_s)
    across_m = relative_m - along * (along @ relative_m)
    return across_m * np.linalg.norm(relative_m) / np.linalg.norm(across_m)


@pytest.mark.capability(
    "Time of closest approach shifted to the true minimum",
    status="VALIDATED",
    authority="NASA CARA, operational CDMs, pc2d with and without the shift",
)
def test_probability_with_and_without_the_shift_is_caras(shared_data, deviation):
    shifted, left = [], []
    for case in case_of(shared_data, "open_pc_cara_operational_cdms.json"):
        (r1, v1, c1), (r2, v2, c2) = in_inertial(case["object1"]), in_inertial(case["object2"])
        at = moved_to_closest_approach(r1, v1, c1, r2, v2, c2)
        assert abs(at.shift_s) < LARGEST_SHIFT_S
        for found, miss_m, name in (
            (shifted, at.position_2_m - at.position_1_m, "pc2d"),
            (left, left_as_it_is(r2 - r1, v2 - v1), "pc2d_no_tca_adjust"),
        ):
            seen = encounter_plane(miss_m, v2 - v1, c1 + c2)
            probability = foster_1992(seen.miss_m, seen.sigma_m, case["hbr_m"])
            found.append(abs(probability / case["expected"][name] - 1.0))
    deviation(max(*shifted, *left), "of the value", A_MILLIONTH)


def test_what_is_left_after_the_shift_stands_across_the_motion():
    rng = np.random.default_rng(8)
    r1, r2 = rng.normal(size=(2, 50, 3)) * 1e3
    v1, v2 = rng.normal(size=(2, 50, 3)) * 7e3
    at = moved_to_closest_approach(r1, v1, np.eye(6), r2, v2, np.eye(6))
    relative_m = at.position_2_m - at.position_1_m
    assert closest_approach_shift_s(relative_m, v2 - v1) == pytest.approx(0.0, abs=1e-12)
    before_m = encounter_plane(r2 - r1, v2 - v1, np.eye(3)).miss_m
    assert encounter_plane(relative_m, v2 - v1, np.eye(3)).miss_m == pytest.approx(before_m, abs=MICROMETRE_M)


def test_a_moved_covariance_is_that_of_moved_errors():
    root = np.diag([10.0, 300.0, 20.0, 0.3, 0.01, 0.02]) + 0.005
    states = np.array([7e6, 0.0, 0.0, 0.0, 7500.0, 0.0]), np.array([7e6, 7.5, 90.0, 0.0, 0.0, 7500.0])
    at = moved_to_closest_approach(
        states[0][:3], states[0][3:], root @ root.T, states[1][:3], states[1][3:], np.eye(6)
    )
    moved = root.copy()
    moved[:3] += at.shift_s * root[3:]
    assert at.covariance_1_m2 == pytest.approx(moved @ moved.T, rel=1e-12)


def test_two_at_rest_have_no_closest_approach():
    assert np.isnan(closest_approach_shift_s([1.0, 0.0, 0.0], [0.0, 0.0, 0.0]))
