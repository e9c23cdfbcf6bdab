"""Is a person called on news, on nothing else, and told why?"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.assess.conjunction.alerts import UpdateHistory, alerts_of, alerts_of_case
from baken.assess.conjunction.triage import ACT, LOOK, QUIET, Limits, Told, advance, calls, levels
from baken.records.collision_assessment import CollisionAssessment, Region
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate, Party
from baken.records.event import EventId, EventKind
from baken.records.triage import Level, TriageRule, WithoutProbability
from baken.wiring.triage_rules import triage_rules

DAY_S = 86_400.0
CARA = TriageRule(name="CARA", source="test", look_probability=1e-7, act_probability=1e-4)
LIMITS = Limits(look_probability=1e-7, act_probability=1e-4)
PROBABILITIES = st.one_of(st.just(float("nan")), st.just(0.0), st.floats(-12.0, 0.0).map(lambda p: 10.0**p))


def history(days, probability, ceiling=np.nan, miss_m=np.nan):
    left_s = np.array(days, dtype=float) * DAY_S
    columns = [np.broadcast_to(np.asarray(c, float), left_s.shape) for c in (probability, ceiling, miss_m)]
    return UpdateHistory(
        time_to_tca_s=left_s, probability=columns[0], max_probability=columns[1], miss_distance_m=columns[2]
    )


def causes(days, probability, rule=CARA, **others):
    return [(a.update, str(a.cause)) for a in alerts_of(history(days, probability, **others), [rule])]


def test_a_person_is_called_on_news_and_left_alone_between():
    days = [6.5, 6.0, 5.5, 5.0, 4.5, 4.0, 3.5, 3.0, 2.5, 1.5]
    probability = [1e-9, 2e-7, 5e-7, 3e-6, 2e-4, 2e-4, 4e-3, 3e-3, 5e-5, 1e-9]
    assert causes(days, probability) == [
        (1, "raised"), (3, "grew"), (4, "rose"), (6, "grew"), (7, "decision nears"), (8, "eased"),
        (9, "stood down"),
    ]  # fmt: skip


def test_an_alert_says_which_rule_fired_and_why():
    first, again, last = alerts_of(history([5.0, 4.0, 1.0], [3e-4, 4e-3, 1e-8]), [CARA])
    assert first.because == "CARA: raised; Pc 3.0e-04 ≥ 1e-04 to act; 5.0 days to closest approach"
    assert again.because == (
        "CARA: grew; Pc 4.0e-03 ≥ 1e-04 to act, told last at Pc 3.0e-04; 4.0 days to closest approach"
    )
    assert last.because == "CARA: stood down; below every level, Pc 1.0e-08; 1.0 days to closest approach"
    assert (first.rule, first.level, last.level) == ("CARA", Level.ACT, Level.QUIET)


def test_the_nearing_decision_is_told_once_and_only_where_action_is_asked():
    assert causes([5.0, 3.0, 2.5, 2.0], 3e-4) == [(0, "raised"), (1, "decision nears")]
    assert causes([5.0, 3.0, 2.5, 2.0], 3e-6) == [(0, "raised")]
    assert causes([2.5, 2.2], 3e-4) == [(0, "raised")]  # first seen late: once is enough
    assert causes([2.9, 2.8, 2.7], [3e-4, 3e-6, 3e-4]) == [(0, "raised"), (1, "eased"), (2, "rose")]


def test_a_ceiling_is_worth_a_look_and_never_calls_for_action():
    (alert,) = alerts_of(history([4.0, 3.0, 2.0], np.nan, ceiling=[1e-3, 1e-2, 1.0]), [CARA])
    assert (alert.level, alert.update) == (Level.LOOK, 0)
    assert "no Pc; ceiling 1.0e-03 ≥ 1e-04, so look" in alert.because
    assert causes([4.0], np.nan, ceiling=5e-5) == []
    assert causes([4.0], 1e-9, ceiling=1.0) == []  # a probability was had, and it is low


def test_a_rule_may_leave_a_ceiling_alone():
    rule = TriageRule(
        name="own", source="test", look_probability=1e-7, act_probability=1e-4,
        without_probability=WithoutProbability.QUIET,
    )  # fmt: skip
    assert causes([4.0], np.nan, rule, ceiling=1.0) == []


def test_a_miss_distance_is_a_second_way_to_a_level():
    rule = TriageRule(
        name="own",
        source="test",
        look_probability=1e-7,
        act_probability=1e-4,
        look_miss_m=1e3,
        act_miss_m=2e2,
    )
    seen = alerts_of(history([4.0, 3.9, 3.8], np.nan, miss_m=[2e3, 9e2, 150.0]), [rule])
    assert [(a.update, a.level) for a in seen] == [(1, Level.LOOK), (2, Level.ACT)]
    assert "miss 150 m ≤ 200 m to act" in seen[1].because


def test_what_is_too_early_for_a_rule_is_quiet():
    rule = TriageRule(
        name="own", source="test", look_probability=1e-7, act_probability=1e-4, from_s=5 * DAY_S
    )
    assert causes([6.0, 5.5, 4.9], 1e-3, rule) == [(2, "raised")]


def test_every_rule_is_asked_and_each_alert_has_its_own():
    seen = alerts_of(history([5.0, 4.0], [3e-6, 2e-4]), triage_rules())
    assert [(a.rule, a.update, str(a.cause)) for a in seen] == [
        ("CARA", 0, "raised"), ("CARA", 1, "rose"), ("UK", 1, "raised"),
    ]  # fmt: skip


@given(st.lists(PROBABILITIES, max_size=25), st.lists(PROBABILITIES, min_size=25, max_size=25))
def test_what_a_person_was_told_last_is_always_the_level_of_now(probability, ceiling):
    left_s = np.linspace(6.9, 0.1, len(probability)) * DAY_S
    level = levels(probability, ceiling[: len(probability)], np.nan, left_s, LIMITS)
    told = Told()
    for now, figure, left in zip(level, probability, left_s, strict=True):
        before = told
        told, cause = advance(told, int(now), figure, float(left), LIMITS)
        assert told.level == now
        assert (cause is None) == (told is before)


@given(st.lists(PROBABILITIES, max_size=25))
def test_no_alert_is_told_twice(probability):
    left_s = np.linspace(6.9, 0.1, len(probability)) * DAY_S
    found = calls(
        levels(probability, np.nan, np.nan, left_s, LIMITS), np.array(probability, float), left_s, LIMITS
    )
    for before, after in pairwise(found):
        if after.level == before.level and after.cause != "decision nears":
            change = abs(np.log10(probability[after.update] / probability[before.update]))
            assert change >= 1.0 - 1e-9
    assert sum(call.cause == "decision nears" for call in found) <= 1 + sum(
        call.cause == "stood down" for call in found
    )


@given(PROBABILITIES, PROBABILITIES, st.floats(0.1, 6.9))
def test_a_higher_probability_never_asks_for_less(one, other, days):
    low, high = sorted((one, other))
    if not np.isnan(low + high):
        assert np.diff(levels([low, high], 1.0, np.nan, days * DAY_S, LIMITS))[0] >= 0


def test_many_updates_at_once_are_judged_as_one_by_one():
    rng = np.random.default_rng(1)
    probability, left_s = 10.0 ** rng.uniform(-9.0, -2.0, 200), rng.uniform(0.0, 9.0, 200) * DAY_S
    together = levels(probability, np.nan, np.nan, left_s, LIMITS)
    one_by_one = [levels(p, np.nan, np.nan, s, LIMITS) for p, s in zip(probability, left_s, strict=True)]
    assert np.array_equal(together, one_by_one)
    assert set(together) == {QUIET, LOOK, ACT}


def test_columns_of_different_length_are_no_history():
    with pytest.raises(ValueError, match="one length"):
        UpdateHistory(
            time_to_tca_s=np.zeros(2), probability=np.zeros(1), max_probability=np.zeros(2),
            miss_distance_m=np.zeros(2),
        )  # fmt: skip


def update(originator, number, days, probability):
    tca_tai_ns = 800_000_000 * 10**9
    assessment = CollisionAssessment(
        tca_tai_ns=tca_tai_ns, miss_distance_m=500.0, miss_rtn_m=(500.0, 0.0, 0.0), relative_speed_m_s=1e4,
        hard_body_radius_m=20.0, hard_body_source="test", method="foster_1992", probability=probability,
        low=0.0, high=1.0, region=Region.ROBUST, max_probability=None, max_probability_scale=None,
        mahalanobis=None, methods=(), checks=(), assumptions=(),
    )  # fmt: skip
    created_tai_ns = tca_tai_ns - round(days * DAY_S) * 10**9
    party = Party(object_id="x", norad_cat_id=None, name="X")
    return ConjunctionUpdate(
        originator=originator, message_id=f"{originator}-{number}", created_tai_ns=created_tai_ns,
        kept_at_tai_ns=created_tai_ns, parties=(party, party), assessment=assessment,
    )  # fmt: skip


def test_originators_of_one_case_are_judged_apart_and_told_in_order_of_time():
    case = ConjunctionCase(
        event_id=EventId(node="NL", kind=EventKind.CONJUNCTION, year=2026, number=1),
        updates=(
            update("A", 1, 5.0, 2e-4), update("B", 1, 4.5, 1e-9), update("A", 2, 4.0, 3e-4),
            update("B", 2, 3.5, 5e-6), update("A", 3, 3.2, None),
        ),
    )  # fmt: skip
    seen = alerts_of_case(case, [CARA])
    assert [(a.message_id, str(a.cause)) for a in seen] == [
        ("A-1", "raised"), ("B-2", "raised"), ("A-3", "stood down"),
    ]  # fmt: skip
    assert "below every level, no figure" in seen[-1].because
