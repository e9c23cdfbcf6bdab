"""Are the figures by which an encounter is called short and straight what they say?"""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from baken.assess.conjunction.short_encounter import (
    bend_of_path_m,
    bend_of_uncertainty_m,
    closest_approach_offset_s,
    coppola_2012_bounds_s,
    orbital_period_s,
)

PRINTED = 5e-8  # relative, as NASA CARA holds its own test


@pytest.mark.capability(
    "Bounds of a short encounter (Coppola 2012)", status="VALIDATED", authority="NASA CARA, unit test"
)
def test_bounds_of_an_encounter_are_caras(shared_data, deviation):
    cases = json.loads((shared_data / "truth" / "open_pc_cara_unit.json").read_text())["cases"]
    (case,) = (one for one in cases if one["id"].startswith("linear_conj_duration"))
    given_, expected = case["inputs"], case["expected"]
    found = coppola_2012_bounds_s(
        np.subtract(given_["r2"], given_["r1"]),
        np.subtract(given_["v2"], given_["v1"]),
        np.add(given_["C1"], given_["C2"]),
        given_["hbr"],
    )
    published = np.array([expected["tau0_s"], expected["tau1_s"]])
    deviation(np.abs(found / published - 1.0).max(), "of the value", PRINTED)


def test_outside_the_bounds_lies_what_the_level_says():
    # Along the way alone: a Gaussian of 1 km at 2 km/s, and a body that is nearly a point.
    low_s, high_s = coppola_2012_bounds_s(
        [0.0, 0.0, 5.0], [2000.0, 0.0, 0.0], np.diag([1e6, 1.0, 1.0]), 1e-9, 1e-3
    )
    outside = norm.cdf(low_s * 2000.0 / 1000.0) + norm.sf(high_s * 2000.0 / 1000.0)
    assert outside == pytest.approx(1e-3, rel=1e-6)


@given(st.floats(1.0, 200.0), st.floats(1.1, 4.0), st.floats(-0.9, 0.9))
def test_a_larger_body_and_a_stricter_level_never_shorten_an_encounter(radius_m, factor, correlation):
    covariance = np.diag([4e6, 1e4, 1e4])
    covariance[0, 1] = covariance[1, 0] = correlation * 2e5
    seen = [[30.0, 400.0, 0.0], [3000.0, 0.0, 0.0], covariance]
    low, high = coppola_2012_bounds_s(*seen, radius_m)
    wider = coppola_2012_bounds_s(*seen, radius_m * factor)
    looser = coppola_2012_bounds_s(*seen, radius_m, 1e-6)
    assert wider[0] <= low < high <= wider[1]
    assert low <= looser[0] < looser[1] <= high


def test_many_at_once_equal_one_by_one():
    rng = np.random.default_rng(4)
    position, velocity = rng.normal(size=(5, 3)) * 500.0, rng.normal(size=(5, 3)) * 5000.0
    root = rng.normal(size=(5, 3, 3)) * 100.0
    covariance = root @ np.swapaxes(root, -1, -2)
    together = coppola_2012_bounds_s(position, velocity, covariance, 10.0)
    alone = [coppola_2012_bounds_s(*one, 10.0) for one in zip(position, velocity, covariance, strict=True)]
    assert together == pytest.approx(np.array(alone), rel=1e-12)


def test_objects_at_rest_to_each_other_have_no_such_figures():
    assert np.isnan(coppola_2012_bounds_s([1.0, 0.0, 0.0], [0.0, 0.0, 0.0], np.eye(3), 1.0)).all()
    assert np.isnan(closest_approach_offset_s([1.0, 0.0, 0.0], [0.0, 0.0, 0.0]))


def test_two_that_fall_side_by_side_bend_as_hill_says():
    # Along the radius the tide pulls apart (Hill): the differential pull alone is 2 n^2 x.
    position = [[7.0e6, 0.0, 0.0], [7.0e6 + 100.0, 0.0, 0.0]]
    velocity = [[0.0, 7546.0, 0.0], [0.0, 7546.0, 10.0]]
    n2 = 3.986004418e14 / 7.0e6**3
    assert bend_of_path_m(position, velocity, 60.0) == pytest.approx(
        0.5 * 2.0 * n2 * 100.0 * 30.0**2, rel=1e-3
    )


def test_a_track_error_bends_as_a_circle_does():
    sigma_m, radius_m = 20_000.0, 7.0e6
    exact_m = radius_m * (1.0 - np.cos(sigma_m / radius_m))
    bend_m = bend_of_uncertainty_m([radius_m, 0.0, 0.0], np.diag([0.0, sigma_m**2, 0.0]))
    assert bend_m == pytest.approx(exact_m, rel=1e-5)


def test_what_escapes_never_comes_back():
    assert orbital_period_s([7.0e6, 0.0, 0.0], [0.0, 12_000.0, 0.0]) == np.inf
