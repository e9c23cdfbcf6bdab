"""Does a budget never let one request too many through, nor hold one back for ever?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.errors import WrongUsage
from baken.feeds.budget import (
    NEVER_TAI_NS,
    BudgetSpent,
    Limit,
    Spending,
    debited,
    forgiven,
    next_allowed_tai_ns,
    refuse_beyond,
    settled,
    turned_away,
    without_the_future,
    without_the_past,
)
from baken.feeds.rules import CELESTRAK, SPACE_TRACK

NS_A_SECOND = 1_000_000_000
INSTANTS = st.integers(min_value=0, max_value=10_000 * NS_A_SECOND)
LIMITS = st.builds(
    Limit,
    n_requests=st.integers(1, 5),
    window_s=st.floats(1.0, 5000.0),
    margin_s=st.floats(0.0, 60.0),
)


@given(wishes=st.lists(INSTANTS, max_size=60), limit=LIMITS)
def test_no_window_ever_holds_more_than_the_limit(wishes: list[int], limit: Limit) -> None:
    sent: list[int] = []
    for now in sorted(wishes):
        if next_allowed_tai_ns(sent, limit, now) == now:
            sent.append(now)
    window_ns = limit.window_s * NS_A_SECOND
    for first in sent:
        assert sum(first <= at < first + window_ns for at in sent) <= limit.n_requests


@given(spent=st.lists(INSTANTS, max_size=30), limit=LIMITS, now=INSTANTS)
def test_what_is_refused_now_is_allowed_at_the_time_named_and_not_before(
    spent: list[int], limit: Limit, now: int
) -> None:
    past = [at for at in spent if at <= now]
    allowed = next_allowed_tai_ns(past, limit, now)
    assert next_allowed_tai_ns(past, limit, allowed) == allowed
    if allowed > now:
        assert next_allowed_tai_ns(past, limit, allowed - 1) == allowed


def test_once_and_for_all_is_never_again() -> None:
    once = Limit(n_requests=1, window_s=math.inf)
    assert next_allowed_tai_ns([], once, 5) == 5
    assert next_allowed_tai_ns([0], once, 10**18) == NEVER_TAI_NS


def test_one_account_does_not_spend_anothers_budget_but_all_spend_the_whole() -> None:
    own, whole = Limit(n_requests=1, window_s=100.0), Limit(n_requests=2, window_s=100.0)
    spent = debited(Spending(), "a", 0)
    refuse_beyond(spent, "b", own, (whole,), 1)
    with pytest.raises(BudgetSpent):
        refuse_beyond(spent, "a", own, (whole,), 1)
    with pytest.raises(BudgetSpent):
        refuse_beyond(debited(spent, "b", 1), "c", own, (whole,), 2)


def test_a_request_turned_away_frees_its_account_and_still_counts_as_sent() -> None:
    own, whole = Limit(n_requests=1, window_s=100.0), Limit(n_requests=1, window_s=10.0)
    for given_back in (turned_away, lambda spent: forgiven(spent, "a")):
        spent = given_back(debited(Spending(), "a", 0))
        refuse_beyond(spent, "a", own, (), 1)
        with pytest.raises(BudgetSpent):
            refuse_beyond(spent, "a", own, (whole,), 1)


def test_a_request_counts_from_the_end_of_its_answer() -> None:
    spent = settled(debited(Spending(), "a", 0), 40)
    assert [debit.at_tai_ns for debit in spent.debits] == [40]


def test_a_clock_that_ran_ahead_does_not_close_a_service_for_years() -> None:
    spent = without_the_future(debited(Spending(), "a", 10**18), 1000)
    assert [debit.at_tai_ns for debit in spent.debits] == [1000]


def test_what_no_window_holds_is_forgotten_but_never_the_history() -> None:
    a_year_ns = 366 * 86_400 * NS_A_SECOND
    spent = Spending()
    for account in ("gp", "satcat", "gp_history:class/gp_history/norad_cat_id/5", ""):
        spent = debited(spent, account, 0)
    kept = without_the_past(spent, SPACE_TRACK.longest_limit_on, a_year_ns)
    assert [debit.account for debit in kept.debits] == ["gp_history:class/gp_history/norad_cat_id/5"]
    assert without_the_past(spent, SPACE_TRACK.longest_limit_on, 1) == spent


def test_what_has_no_budget_is_not_asked() -> None:
    with pytest.raises(WrongUsage, match="no budget"):
        CELESTRAK.class_of("satcat")


def test_baken_never_takes_more_than_is_published() -> None:
    per_minute, per_hour = SPACE_TRACK.whole
    assert (per_minute.window_s, per_hour.window_s) == (60.0, 3600.0)
    assert per_minute.n_requests < 30
    assert per_hour.n_requests < 300
    paces_s = {one.name: one.limit.window_s for one in SPACE_TRACK.classes}
    assert (paces_s["gp"], paces_s["satcat"], paces_s["gp_history"]) == (3600.0, 86_400.0, math.inf)
    assert all(one.limit.window_s == 7200.0 for one in CELESTRAK.classes)
