"""Is a rise called a rise, and only then; and is every contradiction told, and nothing else?"""

import math
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.assess.conjunction.assessment import assess_message
from baken.assess.conjunction.disagreement import (
    DISAGREEMENT_RULE,
    Disagreement,
    DisagreementRule,
    disagreements,
)
from baken.assess.conjunction.life import Course, Direction, Quantity, TrendRule, life_of
from baken.assess.conjunction.updates import update_of_message
from baken.records.collision_assessment import CollisionAssessment, EncounterPlaneFigure
from baken.records.conjunction_case import ConjunctionUpdate
from baken.records.conjunction_message import ConjunctionMessage
from tests.makers import warning
from tests.report.cases import assessment, case, update


def unknown_probability() -> CollisionAssessment:
    return replace(assessment(), probability=None)


RISING, FALLING, STEADY, UNTOLD = Direction

# Radial directions of two objects 600 m apart differ by a ten-thousandth.
ROUNDING_M = 0.1


def courses(*figures: tuple[float, float], originator: str = "A") -> dict[Quantity, Course]:
    """Return the courses of one originator who gave these probabilities at these hours."""
    life = life_of(case(*(update(originator, hours, probability) for hours, probability in figures)))
    return {course.quantity: course for course in life.courses if course.originator == originator}


def direction(*probabilities: float) -> Direction:
    hours = [8.0 * (len(probabilities) - n) for n in range(len(probabilities))]
    return courses(*zip(hours, probabilities, strict=True))[Quantity.PROBABILITY].direction


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ((1e-6, 1e-5, 1e-4), RISING),
        ((1e-4, 1e-5, 1e-6), FALLING),
        ((1e-5, 2e-5, 1.5e-5), STEADY),
        ((1e-5, 2.9e-5), STEADY),
        ((1e-5, 3.1e-5), RISING),
        ((1e-5,), UNTOLD),
    ],
)
def test_a_probability_rises_when_it_grows_by_more_than_the_factor(probabilities, expected):
    assert direction(*probabilities) is expected


def test_one_odd_update_makes_no_trend():
    assert direction(1e-5, 1.1e-5, 1e-9, 1.2e-5, 1.1e-5) is STEADY
    assert direction(1e-5, 1.1e-5, 1e-2, 1.2e-5, 1.1e-5) is STEADY


def test_a_probability_that_nobody_would_act_on_is_steady_however_it_moves():
    assert direction(1e-60, 1e-40, 1e-11) is STEADY


def test_only_the_last_updates_make_the_trend():
    assert direction(1e-7, 1e-6, 1e-5, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4) is STEADY


def test_a_course_keeps_every_value_with_its_hours_and_says_where_one_is_missing():
    unknown = replace(update("A", 10.0, 1e-5), assessment=unknown_probability())
    life = life_of(case(update("A", 20.0, 1e-6), unknown))
    course = next(one for one in life.courses if one.quantity is Quantity.PROBABILITY)
    assert course.values == (1e-6, None)
    assert course.hours_to_tca == pytest.approx((20.0, 10.0))
    assert course.direction is UNTOLD


def test_originators_have_courses_of_their_own():
    life = life_of(case(update("A", 20.0, 1e-6), update("B", 15.0, 1e-4), update("A", 10.0, 1e-6)))
    told = {course.originator: course for course in life.courses if course.quantity is Quantity.PROBABILITY}
    assert (told["A"].direction, told["B"].direction) == (STEADY, UNTOLD)


def test_miss_and_uncertainty_have_their_own_factor():
    before = replace(update("A", 20.0, 1e-5), assessment=assessment(miss_distance_m=300.0, mahalanobis=2.0))
    after = replace(update("A", 10.0, 1e-5), assessment=assessment(miss_distance_m=200.0, mahalanobis=4.0))
    told = {course.quantity: course for course in life_of(case(before, after)).courses}
    assert told[Quantity.SIGMA].values == (150.0, 50.0)
    assert told[Quantity.MISS].direction is told[Quantity.SIGMA].direction is FALLING
    rule = TrendRule(miss_factor=1.6, sigma_factor=3.5)
    told = {course.quantity: course for course in life_of(case(before, after), rule).courses}
    assert told[Quantity.MISS].direction is told[Quantity.SIGMA].direction is STEADY


@given(
    # Whole powers of ten: no growth between them lies on the edge of a trend.
    levels=st.lists(st.integers(-9, -1), min_size=2, max_size=5),
    shift=st.floats(0.1, 100.0),
)
def test_a_trend_turned_round_in_time_is_the_other_trend_and_time_to_tca_does_not_matter(levels, shift):
    probabilities = [10.0**level for level in levels]
    opposite = {RISING: FALLING, FALLING: RISING, STEADY: STEADY}
    assert direction(*reversed(probabilities)) is opposite[direction(*probabilities)]
    hours = [shift + 8.0 * (len(levels) - n) for n in range(len(levels))]
    later = courses(*zip(hours, probabilities, strict=True))[Quantity.PROBABILITY].direction
    assert later is direction(*probabilities)


# --- Disagreement -----------------------------------------------------------------------------------------


def flags(*updates: ConjunctionUpdate, rule: DisagreementRule = DISAGREEMENT_RULE) -> dict[str, Disagreement]:
    found = list(disagreements(case(*updates), rule))
    assert len({(one.name, one.first, one.second) for one in found}) == len(found)
    return {one.name: one for one in found}


def test_opinions_that_are_alike_do_not_disagree():
    assert flags(update("A", 20.0, 1e-5), update("B", 10.0, 9e-5)) == {}


def test_probabilities_ten_times_apart_are_told_with_both_figures():
    flag = flags(update("A", 20.0, 1e-6), update("B", 10.0, 1.2e-5))["probability"]
    assert (flag.first, flag.second, flag.first_value, flag.second_value) == ("A", "B", 1e-6, 1.2e-5)
    assert flag.difference == pytest.approx(12.0)
    assert flag.limit == 10.0


def test_what_is_superseded_disagrees_with_nobody():
    assert flags(update("A", 20.0, 1e-9), update("B", 15.0, 1e-5), update("A", 10.0, 1e-5)) == {}


def test_a_sender_whose_own_message_gives_another_probability_is_told():
    said = replace(update("A", 10.0, 1e-5), probability_said=1e-2)
    flag = flags(said)["said"]
    assert (flag.first, flag.first_value, flag.second_value) == ("A", 1e-2, 1e-5)
    assert flag.difference == pytest.approx(1000.0)


def test_two_that_are_both_negligible_do_not_disagree():
    assert flags(update("A", 20.0, 1e-40), update("B", 10.0, 1e-12)) == {}


def test_where_no_method_holds_nothing_is_said_to_disagree_in_probability():
    unknown = replace(update("A", 20.0, 1e-5), assessment=unknown_probability())
    assert flags(unknown, update("B", 10.0, 1e-9)) == {}


def test_misses_on_opposite_sides_disagree_though_they_are_as_large():
    above, below = (
        EncounterPlaneFigure(miss_horizontal_m=0.0, miss_vertical_m=up_m, covariance_m2=(100.0, 0.0, 100.0))
        for up_m in (40.0, -40.0)
    )
    first = replace(update("A", 20.0, 1e-5), assessment=assessment(1e-5, plane=above))
    second = replace(update("B", 10.0, 1e-5), assessment=assessment(1e-5, plane=below))
    flag = flags(first, second)["miss"]
    assert flag.difference == pytest.approx(80.0 / math.hypot(10.0, 10.0))


def test_without_a_plane_distances_are_held_against_each_other():
    first, second = (
        replace(
            update(who, 10.0, 1e-5),
            assessment=assessment(1e-5, plane=None, miss_distance_m=miss_m, mahalanobis=miss_m / 30.0),
        )
        for who, miss_m in (("A", 100.0), ("B", 300.0))
    )
    assert flags(first, second)["miss"].difference == pytest.approx(200.0 / math.hypot(30.0, 30.0))


@pytest.mark.parametrize(
    ("apart_s", "speed_m_s", "is_told"),
    [(0.9, 14e3, False), (1.2, 14e3, True), (20.0, 10.0, False), (90.0, 10.0, True)],
)
def test_times_disagree_beyond_a_second_and_beyond_what_the_uncertainty_makes(apart_s, speed_m_s, is_told):
    early = assessment(1e-5, relative_speed_m_s=speed_m_s)
    late = replace(early, tca_tai_ns=early.tca_tai_ns + round(apart_s * 1e9))
    told = flags(
        replace(update("A", 20.0, 1e-5), assessment=early), replace(update("B", 10.0, 1e-5), assessment=late)
    )
    assert ("tca" in told) is is_told
    assert set(told) <= {"tca"}


def test_whoever_spoke_first_the_same_is_told():
    three = [update("A", 20.0, 1e-6), update("B", 10.0, 1e-4), update("C", 5.0, 1e-9)]
    told = set()
    for order in permutations(three):
        found = disagreements(case(*order), DISAGREEMENT_RULE)
        told.add(tuple((one.name, one.first, one.second, one.difference) for one in found))
    assert len(told) == 1
    assert len(told.pop()) == 3


def judged(message: ConjunctionMessage) -> ConjunctionUpdate:
    return update_of_message(message, assess_message(message), (), digest="", kept_at_tai_ns=0)


def turned_round(message: ConjunctionMessage, **changes: object) -> ConjunctionMessage:
    """Return the same warning as told by who calls the other object the first."""
    return replace(
        message, first=message.second, second=message.first, relative_position_rtn_m=None, **changes
    )


def test_who_calls_the_other_object_the_first_sees_the_same_miss():
    message = warning("A", radial_m=300.0, across_m=500.0, sigma_m=50.0)
    lopsided = np.diag([400.0, 90_000.0, 2_500.0, 1e-6, 1e-6, 1e-6])
    message = replace(message, first=replace(message.first, covariance_rtn_si=lopsided))
    there = turned_round(message, originator="B")
    planes = [judged(one).assessment.plane for one in (message, there)]
    assert planes[1].miss_vertical_m == pytest.approx(-planes[0].miss_vertical_m, abs=ROUNDING_M)
    assert planes[1].miss_horizontal_m == pytest.approx(planes[0].miss_horizontal_m, abs=ROUNDING_M)
    assert flags(judged(message), judged(there)) == {}
    nearer = replace(message, originator="B", second=warning(radial_m=-300.0, across_m=500.0).second)
    assert "miss" in flags(judged(message), judged(turned_round(nearer)))
