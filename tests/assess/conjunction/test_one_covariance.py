"""Is the worst covariance of the object of which nothing is known, really the worst?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr

from baken.assess.conjunction.encounter import encounter_plane
from baken.assess.conjunction.one_covariance import frisbee_2015_maximum
from baken.assess.conjunction.probability import foster_1992
from baken.astro.covariance import turned_covariance
from baken.astro.local_frames import rotation_inertial_to_rtn
from tests.assess.conjunction.published_encounters import case_of

CARA_RTOL = 0.01
# A disc and the square of its area, up to a body five times as wide as the narrow sigma.
LARGEST_CHANGE_BY_SHAPE = 0.13


def over_square(miss_m, sigma_m, sigma_along_miss_m, half_side_m):
    """Integrate over a square that lies along the miss, as NASA CARA's test of this method does."""
    length_m = np.hypot(*miss_m)
    along = miss_m / length_m
    axes = np.array([along, [-along[1], along[0]]])
    covariance = axes @ np.diag(sigma_m**2) @ axes.T + np.diag([sigma_along_miss_m**2, 0.0])
    slope = covariance[0, 1] / covariance[0, 0]
    rest_m = np.sqrt(covariance[1, 1] - slope * covariance[0, 1])

    def slab(x_m):
        share = ndtr((half_side_m - slope * x_m) / rest_m) - ndtr((-half_side_m - slope * x_m) / rest_m)
        return share * np.exp(-0.5 * x_m**2 / covariance[0, 0]) / np.sqrt(2.0 * np.pi * covariance[0, 0])

    ends = length_m - half_side_m, length_m + half_side_m
    return quad(slab, *ends, points=[length_m], epsabs=0.0, epsrel=1e-9, limit=300)[0]


def published(shared_data):
    """Yield the plane with one known covariance, the radius, and the maximum NASA CARA prints."""
    for case in case_of(shared_data, "open_pc_cara_maxpc_mc.json"):
        if not case["id"].startswith("frisbee"):
            continue
        for row, radius_m in enumerate(case["hbr_m"]):
            for column, known in enumerate(("2", "1")):
                rotation = rotation_inertial_to_rtn(case["r" + known], case["v" + known])
                covariance = turned_covariance(rotation.T, case[f"C{known}_rtn"])
                relative = (np.subtract(case[name + "2"], case[name + "1"]) for name in "rv")
                yield (
                    encounter_plane(*relative, covariance),
                    radius_m,
                    case["expected"]["max_pc"][row][column],
                )


@pytest.mark.capability(
    "Maximum probability with one covariance (Frisbee 2015)",
    status="VALIDATED",
    authority="NASA CARA, unit tests of the maximum, 28 values over squares of equal area",
)
def test_the_worst_covariance_is_caras(shared_data, deviation):
    off, changed = [], []
    for seen, radius_m, expected in published(shared_data):
        maximum, sigma_along_miss_m = frisbee_2015_maximum(seen.miss_m, seen.sigma_m, radius_m)
        half_side_m = 0.5 * np.sqrt(np.pi) * radius_m
        square = over_square(seen.miss_m, seen.sigma_m, sigma_along_miss_m, half_side_m)
        off.append(abs(square / expected - 1.0))
        changed.append(maximum / square - 1.0)
    assert len(off) == 28
    # What the shape changes: nothing for small bodies, and the disc is never the safer of the two.
    assert min(changed) > -1e-4
    assert 0.1 < max(changed) < LARGEST_CHANGE_BY_SHAPE
    deviation(max(off), "of the value", CARA_RTOL)


MISSES_M = st.floats(-5e3, 5e3)
SIGMAS_M = st.floats(10.0, 1e3)
PLANES = st.tuples(MISSES_M, MISSES_M, SIGMAS_M, SIGMAS_M).filter(lambda p: np.hypot(p[0], p[1]) > 1.0)


@given(PLANES, st.floats(0.0, np.pi), st.floats(0.0, 1e4), st.floats(0.0, 1e4))
@settings(deadline=None, max_examples=200)
def test_no_other_covariance_gives_a_small_body_more(plane, turn_rad, sigma_a_m, sigma_b_m):
    miss_m, sigma_m = np.array(plane[:2]), np.array(plane[2:])
    maximum, _ = frisbee_2015_maximum(miss_m, sigma_m, 0.05)
    axes = np.array([[np.cos(turn_rad), np.sin(turn_rad)], [-np.sin(turn_rad), np.cos(turn_rad)]])
    other = axes.T @ np.diag([sigma_a_m**2, sigma_b_m**2]) @ axes
    variance, own = np.linalg.eigh(np.diag(sigma_m**2) + other)
    assert foster_1992(own.T @ miss_m, np.sqrt(variance), 0.05) <= maximum * (1.0 + 1e-4)


def test_a_miss_within_one_sigma_needs_no_help():
    maximum, sigma_along_miss_m = frisbee_2015_maximum([30.0, 40.0], [100.0, 300.0], 10.0)
    assert sigma_along_miss_m == 0.0
    assert maximum == pytest.approx(foster_1992([30.0, 40.0], [100.0, 300.0], 10.0), rel=1e-12)


def test_a_miss_of_nothing_and_one_unknown():
    maximum, sigma_along_miss_m = frisbee_2015_maximum([[0.0, 0.0], [np.nan, 1.0]], [100.0, 300.0], 10.0)
    assert maximum[0] == foster_1992([0.0, 0.0], [100.0, 300.0], 10.0)
    assert sigma_along_miss_m[0] == 0.0
    assert np.isnan(maximum[1])


def test_many_encounters_at_once_equal_one_by_one():
    rng = np.random.default_rng(2015)
    miss_m, sigma_m = rng.normal(size=(20, 2)) * 1e3, rng.uniform(10.0, 500.0, (20, 2))
    together = frisbee_2015_maximum(miss_m, sigma_m, 20.0)
    for i in range(20):
        alone = frisbee_2015_maximum(miss_m[i], sigma_m[i], 20.0)
        assert (alone[0], alone[1]) == pytest.approx((together[0][i], together[1][i]), rel=1e-12)
