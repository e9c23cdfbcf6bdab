"""Do the milliseconds of a message come out of its encounter, and only they?"""

import numpy as np
import pytest

from baken.assess.conjunction.encounter import encounter_plane
from baken.assess.conjunction.probability import foster_1992
from baken.assess.conjunction.short_encounter import closest_approach_offset_s
from baken.astro.covariance import inertial_covariance
from tests.assess.conjunction.published_encounters import case_of

A_MILLIONTH = 1e-6
LARGEST_SHIFT_S = 1e-3
MICROMETRE_M = 1e-6


def in_inertial(one):
    covariance = inertial_covariance(one["r_m"], one["v_mps"], one["cov_rtn_6x6_m_s"])
    return np.array(one["r_m"]), np.array(one["v_mps"]), covariance


def at_closest_approach(relative_m, velocity_m_s):
    """Return the miss as both objects have it who travel on along straight lines until they are nearest."""
    return relative_m + closest_approach_offset_s(relative_m, velocity_m_s)[..., None] * velocity_m_s


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
        assert abs(closest_approach_offset_s(r2 - r1, v2 - v1)) < LARGEST_SHIFT_S
        for found, miss_m, name in (
            (shifted, at_closest_approach(r2 - r1, v2 - v1), "pc2d"),
            (left, left_as_it_is(r2 - r1, v2 - v1), "pc2d_no_tca_adjust"),
        ):
            seen = encounter_plane(miss_m, v2 - v1, c1 + c2)
            probability = foster_1992(seen.miss_m, seen.sigma_m, case["hbr_m"])
            found.append(abs(probability / case["expected"][name] - 1.0))
    deviation(max(*shifted, *left), "of the value", A_MILLIONTH)


def test_what_is_left_after_the_shift_stands_across_the_motion():
    rng = np.random.default_rng(8)
    relative_m, velocity_m_s = rng.normal(size=(50, 3)) * 1e3, rng.normal(size=(50, 3)) * 7e3
    nearest_m = at_closest_approach(relative_m, velocity_m_s)
    assert closest_approach_offset_s(nearest_m, velocity_m_s) == pytest.approx(0.0, abs=1e-12)
    before_m = encounter_plane(relative_m, velocity_m_s, np.eye(3)).miss_m
    assert encounter_plane(nearest_m, velocity_m_s, np.eye(3)).miss_m == pytest.approx(
        before_m, abs=MICROMETRE_M
    )
