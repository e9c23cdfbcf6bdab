"""Instants that looking back asks for: until when a plan owed anything, how late, when a letter arrived."""

from baken.records.response import Way
from baken.records.response_standing import AttemptEnd, Notice, PlanStanding
from baken.respond.clocks import SECOND_NS


def until_tai_ns(plan: PlanStanding, as_of_tai_ns: int) -> int:
    """Return until when something was asked of a plan: when it was stood down, else now."""
    if plan.stood_down_at_tai_ns is None:
        return as_of_tai_ns
    return min(plan.stood_down_at_tai_ns, as_of_tai_ns)


def late_s(due_at_tai_ns: int | None, at_tai_ns: int | None) -> float | None:
    """Return how long after its time something is, or ``None`` when it is in time or has none.

    >>> late_s(0, 90 * SECOND_NS), late_s(0, 0), late_s(None, 0)
    (90.0, None, None)
    """
    if due_at_tai_ns is None or at_tai_ns is None or at_tai_ns <= due_at_tai_ns:
        return None
    return (at_tai_ns - due_at_tai_ns) / SECOND_NS


def arrived_tai_ns(notice: Notice) -> int | None:
    """Return when a letter arrived for the first time, or ``None``."""
    ended = [attempt.ended_at_tai_ns for attempt in notice.attempts if attempt.end is AttemptEnd.ARRIVED]
    return min((each for each in ended if each is not None), default=None)


def told_by_telephone(notice: Notice) -> bool:
    """Say whether somebody told a letter over the telephone."""
    return any(
        attempt.way is Way.TELEPHONE and attempt.end is AttemptEnd.ARRIVED for attempt in notice.attempts
    )
