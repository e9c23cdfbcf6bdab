"""Does a burn lead where mechanics says, and does what is laid out keep its laws?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.constants import EARTH_MU_M3_S2, TURN_RAD
from baken.astro.frames import State
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.oblate_motion import oblate_states
from baken.astro.rotations import turned_back
from baken.astro.time import tai_ns_from_utc
from baken.astro.two_bodies import two_body_state
from baken.records.avoidance import BurnDirection, DecisionMap
from baken.respond._new_encounters import closest_approaches, states_after_burns
from baken.respond.avoidance import (
    AXES_RTN,
    DIRECTIONS,
    BurningEncounter,
    after_burns,
    decision_map,
    encountered,
    grid_of_burns,
)
from tests.conftest import Deviation

RADIUS_M = 7.0e6
RATE_RAD_S = float(np.sqrt(EARTH_MU_M3_S2 / RADIUS_M**3))
SPEED_M_S = RATE_RAD_S * RADIUS_M
PERIOD_S = TURN_RAD / RATE_RAD_S
CIRCLE = np.array([RADIUS_M, 0.0, 0.0]), np.array([0.0, SPEED_M_S, 0.0])
INCLINED = np.array([RADIUS_M, 0.0, 0.0]), SPEED_M_S * np.array([0.0, 0.5, np.sqrt(0.75)])
CROSSING = np.array([RADIUS_M + 40.0, 20.0, -10.0]), SPEED_M_S * np.array([0.001, 0.2, np.sqrt(0.96)])
TCA_TAI_NS = tai_ns_from_utc("2026-03-03T12:00:00Z")
DAY_S, HOUR_NS = 86_400.0, 3_600_000_000_000
SMALL_BURN_M_S = 0.01
# The linear equations know no J2, which shifts the phase of an orbit by thousandths of a radian a radian.
WITHOUT_J2 = 0.04
SIGMA_M = 100.0


def by_distance(own: State, other: State) -> np.ndarray:
    """A stand-in for a probability that any miss lowers: a round Gaussian."""
    return 1e-3 * np.exp(-0.5 * ((other[0] - own[0]) ** 2).sum(axis=-1) / SIGMA_M**2)


def encounter() -> BurningEncounter:
    return BurningEncounter(
        tca_tai_ns=TCA_TAI_NS, burning=INCLINED, other=CROSSING, probability=by_distance, method="round"
    )


def small_grid(hours: float = 12.0, delta_v_max_m_s: float = 1.0):
    return grid_of_burns(
        TCA_TAI_NS - round(hours * HOUR_NS),
        TCA_TAI_NS,
        period_s=PERIOD_S,
        delta_v_max_m_s=delta_v_max_m_s,
        listed_lead_s=[10 * 3_600.0, 3 * 3_600.0],
    )


def laid_out(wanted: float = 1e-6) -> DecisionMap:
    return decision_map(encounter(), small_grid(), norad_cat_id=1, name="MADE", probability_wanted=wanted)


def clohessy_wiltshire_m(after_s: float, burn_rtn_m_s: np.ndarray) -> np.ndarray:
    """Return the displacement in RTN that the linear equations give a burn on a circle.

    Source: Clohessy & Wiltshire (1960), J. Aerospace Sci. 27, 653; as in Vallado (2013), equation 6-67.
    """
    n, nt = RATE_RAD_S, RATE_RAD_S * after_s
    r, t, c = burn_rtn_m_s
    return np.array(
        [
            r / n * np.sin(nt) + 2.0 * t / n * (1.0 - np.cos(nt)),
            2.0 * r / n * (np.cos(nt) - 1.0) + t * (4.0 / n * np.sin(nt) - 3.0 * after_s),
            c / n * np.sin(nt),
        ]
    )


@pytest.mark.capability(
    "Displacement by a burn",
    status="VALIDATED",
    authority="Clohessy & Wiltshire (1960)",
)
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("turns", [0.25, 0.6, 2.3])
def test_a_small_burn_on_a_circle_moves_as_clohessy_and_wiltshire_say(
    direction: BurnDirection, turns: float, deviation: Deviation
) -> None:
    burn = SMALL_BURN_M_S * np.array(AXES_RTN[direction])
    moved_m, _ = states_after_burns(*CIRCLE, np.array([turns * PERIOD_S]), burn[None])
    seen_m = rotation_inertial_to_rtn(*CIRCLE) @ (moved_m[0] - CIRCLE[0])
    said_m = clohessy_wiltshire_m(turns * PERIOD_S, burn)
    off = np.linalg.norm(seen_m - said_m) / np.linalg.norm(said_m)
    deviation(float(off), "of the displacement", WITHOUT_J2)


def test_whole_turns_after_a_tangential_burn_it_is_three_dv_dt_behind() -> None:
    after_s = 10.0 * PERIOD_S
    moved_m, _ = states_after_burns(*CIRCLE, np.array([after_s]), np.array([[0.0, SMALL_BURN_M_S, 0.0]]))
    behind_m = float(moved_m[0, 1])
    assert abs(behind_m / (-3.0 * SMALL_BURN_M_S * after_s) - 1.0) < WITHOUT_J2


@pytest.mark.capability(
    "Displacement by a burn up to two days before, to 1 m/s",
    status="MODELLED",
    authority="our own numerical orbit with J2, the same burn",
)
@pytest.mark.parametrize("delta_v_m_s", [0.1, 1.0])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_the_displacement_is_that_of_a_numerical_orbit_with_the_burn(
    direction: BurnDirection, delta_v_m_s: float, deviation: Deviation
) -> None:
    """Said of the largest displacement along the way: a radial burn comes back to nothing each turn."""
    burn = delta_v_m_s * np.array(AXES_RTN[direction])
    rows = 2_881
    start = INCLINED[0][None], INCLINED[1][None]
    still_m, still_m_s = oblate_states(*start, 60.0 * np.arange(rows))
    burned_m_s = INCLINED[1] + turned_back(rotation_inertial_to_rtn(*INCLINED), burn)
    moved_m, _ = oblate_states(start[0], burned_m_s[None], 60.0 * np.arange(rows))
    truth_m = moved_m[0] - still_m[0]
    # The kernel counts back from the closest approach: ask it at the end of each stretch.
    ends = np.arange(60, rows, 180)
    told_m = np.array(
        [
            states_after_burns(still_m[0, k], still_m_s[0, k], np.array([60.0 * k]), burn[None])[0][0]
            - still_m[0, k]
            for k in ends
        ]
    )
    off_m = np.linalg.norm(told_m - truth_m[ends], axis=1).max()
    deviation(float(off_m / np.linalg.norm(truth_m, axis=1).max()), "of the largest displacement", 0.01)


def test_no_burn_changes_nothing() -> None:
    moved_m, moved_m_s = states_after_burns(*INCLINED, np.array([DAY_S]), np.zeros((1, 3)))
    assert np.array_equal(moved_m[0], INCLINED[0])
    assert np.array_equal(moved_m_s[0], INCLINED[1])


def test_the_closest_approach_is_the_closest_of_all_times_around_it() -> None:
    moved = states_after_burns(*INCLINED, np.array([6 * 3_600.0]), np.array([[0.0, 0.5, 0.0]]))
    other = CROSSING[0][None], CROSSING[1][None]
    one, its, found = closest_approaches(moved, other)
    assert found.all()
    shift_s = np.linspace(-600.0, 600.0, 240_001)
    around_m = two_body_state(*other, shift_s)[0] - two_body_state(*moved, shift_s)[0]
    least_m = np.linalg.norm(around_m, axis=1).min()
    assert abs(np.linalg.norm(its[0] - one[0]) - least_m) < 1.0
    # Twelve kilometres along track move the closest approach by more than a second.
    assert least_m < np.linalg.norm(other[0] - moved[0])


def test_the_whole_grid_at_once_equals_one_by_one() -> None:
    grid = small_grid()
    together = after_burns(encounter(), grid)
    rng = np.random.default_rng(3)
    for _ in range(12):
        d, b, k = (int(rng.integers(n)) for n in together.probability.shape)
        lead_s = np.array([(TCA_TAI_NS - grid.burn_tai_ns[b]) / 1e9])
        burn = grid.delta_v_m_s[k] * np.array([AXES_RTN[DIRECTIONS[d]]])
        alone, miss_m = encountered(encounter(), states_after_burns(*INCLINED, lead_s, burn))
        assert abs(miss_m[0] - together.miss_distance_m[d, b, k]) < 1e-3
        assert np.isclose(alone[0], together.probability[d, b, k], rtol=1e-5, atol=0.0)


@settings(max_examples=25, deadline=None)
@given(hours=st.floats(0.5, 24.0), delta_v_m_s=st.floats(0.02, 5.0))
def test_probabilities_are_probabilities(hours: float, delta_v_m_s: float) -> None:
    after = after_burns(encounter(), small_grid(hours, delta_v_m_s))
    known = np.isfinite(after.probability)
    assert known.mean() > 0.99
    assert ((after.probability[known] >= 0.0) & (after.probability[known] <= 1.0)).all()
    assert (after.miss_distance_m[known] >= 0.0).all()


@settings(max_examples=25, deadline=None)
@given(turns=st.integers(1, 20), first=st.floats(0.01, 0.5), more=st.floats(1.05, 2.0))
def test_more_of_a_tangential_burn_moves_further(turns: int, first: float, more: float) -> None:
    burns = np.array([[0.0, first, 0.0], [0.0, first * more, 0.0]])
    moved_m, _ = states_after_burns(*INCLINED, np.full(2, turns * PERIOD_S), burns)
    away_m = np.linalg.norm(moved_m - INCLINED[0], axis=1)
    assert away_m[1] > away_m[0]


def test_options_stand_in_order_of_time_and_direction_and_the_bad_ones_are_there() -> None:
    told = laid_out(wanted=1e-12)
    keys = [(option.burn_tai_ns, DIRECTIONS.index(option.direction)) for option in told.options]
    assert keys == sorted(keys)
    assert len(keys) == 2 * len(DIRECTIONS)
    raising = [o for o in told.options if o.probability_after > told.probability_before]
    short = [o for o in told.options if o.probability_after > told.probability_wanted]
    assert raising or short
    assert all(option.secondaries is None for option in told.options)


def test_the_least_burn_suffices_and_the_one_before_it_does_not() -> None:
    told = laid_out()
    for direction, row in enumerate(told.least_delta_v_m_s):
        for burn, least in enumerate(row):
            after = told.probability_after[direction][burn]
            if least is None:
                assert min(after) > told.probability_wanted
                continue
            place = told.delta_v_m_s.index(least)
            assert after[place] <= told.probability_wanted
            assert all(one > told.probability_wanted for one in after[:place])


def test_the_latest_time_never_comes_earlier_when_more_may_be_spent() -> None:
    told = laid_out()
    latest = [told.latest_with_tai_ns(dv) or 0 for dv in told.delta_v_m_s]
    assert latest == sorted(latest)
    assert latest[-1] == told.latest_tai_ns


def test_a_window_that_is_over_is_refused() -> None:
    with pytest.raises(ValueError, match="before the closest approach"):
        grid_of_burns(TCA_TAI_NS, TCA_TAI_NS, period_s=PERIOD_S, delta_v_max_m_s=1.0, listed_lead_s=[])
