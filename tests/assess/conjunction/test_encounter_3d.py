"""Is the expected number of collisions right where motion is straight, where it is not, and for any row?"""

import json

import numpy as np
import pytest

from baken.assess.conjunction._pair_of_clouds import pairs_of_clouds
from baken.assess.conjunction.encounter import combined_covariance_m2, encounter_plane
from baken.assess.conjunction.encounter_3d import ExpectedStatus, _expected, hall_2021
from baken.assess.conjunction.probability import foster_1992
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.covariance import rtn_covariance

OF_THE_PUBLISHED = 0.02
# Straight motion is an assumption of foster_1992: the bend shows in the fourth figure of far misses.
AS_STRAIGHT_AS_THE_SKY_IS = 5e-4
# The rule on the sphere is good to this; what an assessment allows its method is a hundred times more.
RULE_OF_THE_SPHERE = 1e-4
NORMAL_QUANTILE_95 = 1.96


def crossing(n=1, seed=3):
    """Fast encounters of near-circular orbits, with errors of metres to a few hundred metres."""
    rng = np.random.default_rng(seed)
    position_m = np.tile([7.0e6, 0.0, 0.0], (n, 1))
    velocity_m_s = np.tile([0.0, 7546.0, 0.0], (n, 1))
    angle_rad = rng.uniform(0.5, 3.0, n)
    other_m_s = 7546.0 * np.stack([np.zeros(n), np.cos(angle_rad), np.sin(angle_rad)], axis=-1)
    exponent = np.stack([rng.uniform(0.5, 2.0, (n, 2, 3)), rng.uniform(-3.0, -1.5, (n, 2, 3))], axis=-2)
    sigma = 10.0**exponent
    covariance_m2 = sigma.reshape(n, 2, 6)[..., None] ** 2 * np.eye(6)
    apart_m = rng.normal(size=(n, 3)) * 30.0
    return position_m, velocity_m_s, covariance_m2[:, 0], position_m + apart_m, other_m_s, covariance_m2[:, 1]


def swapped(encounter):
    return (*encounter[3:], *encounter[:3])


def of_messages(shared_data):
    cases = json.loads((shared_data / "truth" / "open_pc_cara_operational_cdms.json").read_text())["cases"]
    columns = [
        np.array([case[which][key] for case in cases], dtype=float)
        for which in ("object1", "object2")
        for key in ("r_m", "v_mps", "cov_rtn_6x6_m_s")
    ]
    return cases, hall_2021(*columns, np.array([case["hbr_m"] for case in cases], dtype=float))


@pytest.mark.capability(
    "Expected number of collisions (Hall 2021)",
    status="VALIDATED",
    authority="NASA CARA, 3D-Nc",
)
def test_real_messages_agree_with_the_published_number(shared_data, deviation):
    cases, found = of_messages(shared_data)
    published = np.array([case["expected"]["nc3d"] for case in cases])
    judged = np.array([not case["expected"]["usage_violation_nc3d"] for case in cases])
    assert (found.status == ExpectedStatus.CONVERGED).all()
    deviation(np.abs(found.expected_number / published - 1.0)[judged].max(), "of the value", OF_THE_PUBLISHED)


@pytest.mark.capability(
    "Expected number of collisions (Hall 2021)",
    status="VALIDATED",
    authority="NASA CARA, Monte Carlo",
)
def test_real_messages_lie_as_near_to_monte_carlo_as_chance_allows(shared_data, deviation):
    cases, found = of_messages(shared_data)
    z = []
    for case, number in zip(cases, found.expected_number, strict=True):
        hits, trials = case["expected"]["sdmc_hits"], case["expected"]["sdmc_trials"]
        z.append((hits - number * trials) / np.sqrt(hits))
    # The published number itself is outside in one of the 27: so are the 2-D and ours, all by 2.0 sigma.
    assert np.count_nonzero(np.abs(z) > NORMAL_QUANTILE_95) <= 1
    deviation(np.max(np.abs(z)), "sigma of the Monte Carlo", 2.5)


def test_fast_encounters_agree_with_the_short_encounter_method(deviation):
    encounter = crossing(40)
    position_1_m, velocity_1_m_s, _, position_2_m, velocity_2_m_s, _ = encounter
    radius_m = np.geomspace(1.0, 50.0, 40)
    seen = encounter_plane(
        position_2_m - position_1_m,
        velocity_2_m_s - velocity_1_m_s,
        combined_covariance_m2(*encounter),
    )
    short = foster_1992(seen.miss_m, seen.sigma_m, radius_m)
    found = hall_2021(*encounter, radius_m)
    assert (found.status == ExpectedStatus.CONVERGED).all()
    likely = short > 1e-12
    assert np.count_nonzero(likely) > 20
    off = np.abs(found.expected_number / short - 1.0)[likely]
    deviation(off.max(), "of the value", AS_STRAIGHT_AS_THE_SKY_IS)


def alfanos(shared_data):
    """Return Alfano's encounters at closest approach, their radii, half spans and what is published."""
    cases = json.loads((shared_data / "truth" / "open_pc_alfano2009.json").read_text())["cases"]
    encounters = []
    for case in cases:
        for role in ("primary", "secondary"):
            state = case["at_tca"][role]
            covariance = rtn_covariance(state["r_m"], state["v_mps"], state["cov_eci_6x6"])
            encounters.append((state["r_m"], state["v_mps"], covariance))
    columns = [np.array([one[k] for one in encounters[role::2]]) for role in (0, 1) for k in range(3)]
    radius_m, half_span_s = (
        np.array([case[key] for case in cases], float) for key in ("hbr_m", "half_span_s")
    )
    return columns, radius_m, half_span_s, [case["expected"] for case in cases]


@pytest.mark.capability(
    "Expected number of collisions (Hall 2021)",
    status="VALIDATED",
    authority="Alfano (2009), as by NASA CARA, 3D-Nc",
)
def test_alfanos_encounters_over_his_spans_agree_with_the_published_number(shared_data, deviation):
    columns, radius_m, half_span_s, expected = alfanos(shared_data)
    found = hall_2021(*columns, radius_m, half_span_s)
    published = np.array([said["cara_nc3d"] for said in expected])
    assert (found.status == ExpectedStatus.CONVERGED).all()
    for number, said in zip(found.expected_number, expected, strict=True):
        assert said["cara_pc_mc_95lo"] <= number <= said["cara_pc_mc_95hi"]
    deviation(np.abs(found.expected_number / published - 1.0).max(), "of the value", 1e-3)


def test_orbits_that_meet_again_half_a_revolution_later_are_counted_once_for_each_meeting():
    encounter = crossing(3)
    period_s = 2.0 * np.pi * np.sqrt(7.0e6**3 / EARTH_MU_M3_S2)
    once = hall_2021(*encounter, 10.0).expected_number
    both = hall_2021(*encounter, 10.0, 0.6 * period_s).expected_number
    minutes = hall_2021(*encounter, 10.0, 600.0).expected_number
    assert once == pytest.approx(minutes, rel=1e-6)
    assert (both > 1.01 * once).any()


def test_more_points_on_the_sphere_change_nothing():
    encounter = crossing(6)
    pairs = pairs_of_clouds(*encounter, (6,))
    numbers = []
    for fineness in (1, 3):
        radius_m, half_s = np.geomspace(1.0, 300.0, 6), np.full(6, 600.0)
        found, _ = _expected(pairs.mean, pairs.covariance, pairs.factor, radius_m, half_s, fineness)
        numbers.append(found[:, 0])
    assert numbers[1] == pytest.approx(numbers[0], rel=RULE_OF_THE_SPHERE)


def test_a_slow_encounter_is_the_same_whoever_is_called_the_centre_and_wherever_it_begins():
    position_m, velocity_m_s = np.array([7.0e6, 0.0, 0.0]), np.array([0.0, 7546.0, 0.0])
    other_m, other_m_s = position_m + np.array([40.0, 10.0, 5.0]), velocity_m_s + np.array([0.05, 0.02, 0.1])
    covariance = np.diag([10.0, 60.0, 10.0, 0.06, 0.01, 0.01]) ** 2
    found = hall_2021(position_m, velocity_m_s, covariance, other_m, other_m_s, covariance, 10.0)
    turned = hall_2021(other_m, other_m_s, covariance, position_m, velocity_m_s, covariance, 10.0)
    assert found.status == ExpectedStatus.CONVERGED
    assert turned.expected_number == pytest.approx(found.expected_number, rel=1e-4)


def test_which_object_comes_first_makes_no_difference():
    encounter = crossing(5)
    one, other = hall_2021(*encounter, 10.0), hall_2021(*swapped(encounter), 10.0)
    assert one.expected_number == pytest.approx(other.expected_number, rel=1e-5)


def test_many_at_once_equal_one_by_one():
    encounter = crossing(4)
    together = hall_2021(*encounter, 10.0).expected_number
    alone = [hall_2021(*(part[k] for part in encounter), 10.0).expected_number for k in range(4)]
    assert np.array_equal(together, alone)


def test_expected_number_never_falls_when_a_body_grows():
    grown = hall_2021(*(part[0] for part in crossing(1)), np.geomspace(0.5, 200.0, 12)).expected_number
    assert np.all(np.diff(grown) > 0.0)


def test_a_covariance_without_velocity_is_enough():
    encounter = list(crossing(3))
    full = hall_2021(*encounter, 10.0)
    for k in (2, 5):
        encounter[k] = encounter[k].copy()
        encounter[k][:, 3:], encounter[k][:, :, 3:] = 0.0, 0.0
    bare = hall_2021(*encounter, 10.0)
    assert (bare.status == ExpectedStatus.CONVERGED).all()
    assert bare.expected_number == pytest.approx(full.expected_number, rel=1e-2)


def test_rows_that_cannot_be_say_why():
    position_1_m, velocity_1_m_s, covariance_1, position_2_m, velocity_2_m_s, covariance_2 = crossing(6)
    position_1_m[0, 0] = np.nan
    velocity_1_m_s[1] *= 1.5
    covariance_1[2], covariance_2[2] = 0.0, 0.0
    covariance_1[3, 0, 1] = covariance_1[3, 1, 0] = 1e5
    position_2_m[4] += [0.0, 0.0, 3e6]
    found = hall_2021(
        position_1_m, velocity_1_m_s, covariance_1, position_2_m, velocity_2_m_s, covariance_2, 10.0
    )
    assert found.status.tolist() == [
        ExpectedStatus.UNKNOWN_INPUT,
        ExpectedStatus.NOT_CLOSED,
        ExpectedStatus.NOT_POSITIVE_DEFINITE,
        ExpectedStatus.CLIPPED,
        ExpectedStatus.NO_MEETING,
        ExpectedStatus.CONVERGED,
    ]
    assert np.isnan(found.expected_number).tolist() == [True] * 3 + [False] * 3
    assert found.n_converged == 3


def test_a_negative_radius_or_span_is_refused():
    with pytest.raises(ValueError, match="hard_body_radius_m cannot be negative"):
        hall_2021(*crossing(1), -1.0)
    with pytest.raises(ValueError, match="half_span_s must be positive"):
        hall_2021(*crossing(1), 1.0, 0.0)
