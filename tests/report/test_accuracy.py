"""Is the score fair: each event once, nothing said afterwards, and small numbers said to be small?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.records.event import EventId, EventKind
from baken.report.accuracy import LEAD_STEPS_H, Prediction, Truth, lines_of, score, wilson_interval
from tests.makers import EPOCH_TAI_NS, HOUR_NS, broken_up, falling, meeting


def named(number=1, kind=EventKind.REENTRY):
    return EventId(node="NL", kind=kind, year=2026, number=number)


def foretold(finding, hours=0.0, event_id=None):
    made = EPOCH_TAI_NS + round(hours * HOUR_NS)
    return Prediction(event_id=event_id or named(kind=finding.kind), made_tai_ns=made, finding=finding)


def fell(hours, event_id=None):
    return Truth(event_id=event_id or named(), happened_tai_ns=EPOCH_TAI_NS + round(hours * HOUR_NS))


def test_a_window_that_held_and_an_error_as_a_share_of_the_time_left():
    one = score(foretold(falling(hours=20.0)), fell(22.0))
    assert (one.held, one.error_s, one.stated_probability) == (True, 2 * 3600.0, 0.9)
    assert one.error_share == pytest.approx(2.0 / 22.0)


def test_a_window_that_did_not_hold():
    assert score(foretold(falling(hours=20.0)), fell(24.1)).held is False


def test_what_was_said_afterwards_foretold_nothing():
    assert score(foretold(falling(hours=20.0), hours=23.0), fell(22.0)) is None


def test_a_set_later_than_the_window_refutes_it_and_says_no_error():
    still_up = Truth(event_id=named(), not_before_tai_ns=EPOCH_TAI_NS + 30 * HOUR_NS)
    one = score(foretold(falling(hours=20.0)), still_up)
    assert (one.held, one.error_s, one.error_share) == (False, None, None)
    assert score(foretold(falling(hours=29.0)), still_up) is None


def test_nothing_known_is_no_score():
    assert score(foretold(falling()), Truth(event_id=named())) is None


def test_a_conjunction_is_scored_by_its_miss_and_claims_no_window():
    truth = Truth(
        event_id=named(kind=EventKind.CONJUNCTION),
        happened_tai_ns=EPOCH_TAI_NS + 12 * HOUR_NS,
        miss_distance_m=130.0,
    )
    one = score(foretold(meeting(miss_distance_m=100.0)), truth)
    assert (one.held, one.miss_error_m) == (None, 30.0)


def test_an_event_counts_once_at_a_lead_time_however_often_it_was_looked_at():
    looks = [foretold(falling(hours=20.0), hours) for hours in (0.0, 1.0, 2.0)]
    (line,) = lines_of([score(one, fell(21.0)) for one in looks])
    assert (line.n_events, line.n_held, line.is_telling) == (1, 1, False)
    assert line.median_error_share == pytest.approx(1.0 / 19.0)


def test_lines_stand_apart_by_kind_and_lead_time():
    scores = [score(foretold(falling(hours=20.0), hours), fell(21.0)) for hours in (-100.0, 0.0, 20.0)]
    scores.append(
        score(
            foretold(meeting()),
            Truth(event_id=named(2, EventKind.CONJUNCTION), happened_tai_ns=EPOCH_TAI_NS + HOUR_NS),
        )
    )
    told = [(line.kind, line.least_lead_h) for line in lines_of(scores)]
    assert told == [("CJ", 0.0), ("RE", 0.0), ("RE", 12.0), ("RE", 120.0)]


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_of_coverage_holds_the_share_and_stays_a_share(counts):
    n_held, n = counts
    low, high = wilson_interval(n_held, n)
    assert 0.0 <= low <= n_held / n + 1e-12
    assert n_held / n - 1e-12 <= high <= 1.0


def test_more_events_make_the_interval_narrower():
    widths = [high - low for low, high in (wilson_interval(9 * n, 10 * n) for n in (1, 10, 100))]
    assert widths == sorted(widths, reverse=True)


@given(st.floats(1e-3, 1e8))
def test_every_lead_time_has_its_line(lead_s):
    happened = Truth(event_id=named(), happened_tai_ns=EPOCH_TAI_NS + round(lead_s * 1e9))
    (line,) = lines_of([score(foretold(falling()), happened)])
    assert line.least_lead_h in LEAD_STEPS_H
    assert line.least_lead_h * 3600.0 <= lead_s + 1e-3
    assert lead_s <= line.largest_lead_h * 3600.0 + 1e-3 or math.isinf(line.largest_lead_h)


def test_of_a_breakup_the_last_word_within_a_step_counts_and_none_from_before_it():
    event_id = named(3, EventKind.FRAGMENTATION)
    truth = Truth(event_id=event_id, happened_tai_ns=EPOCH_TAI_NS - 30 * HOUR_NS)
    early, late = (broken_up("OBJ-P", hours=hours) for hours in (-34.0, -30.0))
    scores = [score(foretold(early, 0.0, event_id), truth), score(foretold(late, 9.0, event_id), truth)]
    (line,) = lines_of(scores)
    assert (line.n_events, line.n_held) == (1, 1)
    assert score(foretold(early, -31.0, event_id), truth) is None
