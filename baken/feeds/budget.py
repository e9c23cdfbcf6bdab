"""What has been asked of a service, and when it may be asked again.  Arithmetic only; the ledger keeps it."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from baken.astro.time import NANOSECONDS_A_SECOND, utc_text
from baken.errors import RefusedByPolicy

NEVER_TAI_NS = 2**63 - 1
# The account of a request that the service turned away unserved: it was sent, and delivered nothing.
TURNED_AWAY = ""


class BudgetSpent(RefusedByPolicy):
    """A request that may not leave yet; ``next_allowed_tai_ns`` says when it may."""

    def __init__(self, problem: str, next_allowed_tai_ns: int) -> None:
        super().__init__(problem)
        self.next_allowed_tai_ns = next_allowed_tai_ns


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many requests in any window of so many seconds; a window of infinity means once and for all.

    ``margin_s`` lengthens the window: a request reaches the service some time after it was paid for, and
    the clocks of both ends differ.
    """

    n_requests: int
    window_s: float
    margin_s: float = 0.0

    @property
    def held_s(self) -> float:
        return self.window_s + self.margin_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Debit:
    """One request that was paid for, on the account it was paid from."""

    account: str
    at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """All that still counts against one service.

    ``halted_because`` stands until a person has read it; ``resting_until_tai_ns`` passes by itself.
    """

    debits: tuple[Debit, ...] = ()
    resting_until_tai_ns: int | None = None
    halted_because: str = ""


def next_allowed_tai_ns(debits_tai_ns: Iterable[int], limit: Limit, now_tai_ns: int) -> int:
    """Return the first instant at which one request more keeps the limit; ``now_tai_ns`` when it is now.

    >>> a_minute = Limit(n_requests=2, window_s=60.0)
    >>> next_allowed_tai_ns([0, 10_000_000_000], a_minute, 20_000_000_000)
    60000000000
    """
    counting = sorted(at for at in debits_tai_ns if now_tai_ns < _free_again_tai_ns(at, limit))
    if len(counting) < limit.n_requests:
        return now_tai_ns
    return _free_again_tai_ns(counting[-limit.n_requests], limit)


def _free_again_tai_ns(at_tai_ns: int, limit: Limit) -> int:
    if math.isinf(limit.held_s):
        return NEVER_TAI_NS
    return at_tai_ns + math.ceil(limit.held_s * NANOSECONDS_A_SECOND)


def refuse_beyond(
    spending: Spending, account: str, own: Limit, whole: tuple[Limit, ...], now_tai_ns: int
) -> None:
    """Return when one request more on this account keeps its own limit and those of the whole service.

    Raises: BudgetSpent when it does not, with the instant at which it will.
    """
    resting_until = spending.resting_until_tai_ns
    if resting_until is not None and resting_until > now_tai_ns:
        raise BudgetSpent(f"the service is left to rest; {when_again(resting_until)}", resting_until)
    of_account = [debit.at_tai_ns for debit in spending.debits if debit.account == account]
    of_all = [debit.at_tai_ns for debit in spending.debits]
    allowed = max(
        [next_allowed_tai_ns(of_account, own, now_tai_ns)]
        + [next_allowed_tai_ns(of_all, limit, now_tai_ns) for limit in whole]
    )
    if allowed > now_tai_ns:
        raise BudgetSpent(f"the budget of {account} is spent; {when_again(allowed)}", allowed)


def when_again(at_tai_ns: int) -> str:
    """Say when the next request may go.

    >>> when_again(0)
    'the next request may go at 1999-12-31T23:59:28Z'
    """
    if at_tai_ns == NEVER_TAI_NS:
        return "it is asked once and never again"
    # Rounded up to a second that exists in UTC: who asks at the time printed is not refused.
    whole_second = -(-at_tai_ns // NANOSECONDS_A_SECOND) * NANOSECONDS_A_SECOND
    return f"the next request may go at {utc_text(whole_second, 0)}"


def debited(spending: Spending, account: str, now_tai_ns: int) -> Spending:
    """Pay for a request that is about to leave."""
    return replace(spending, debits=(*spending.debits, Debit(account=account, at_tai_ns=now_tai_ns)))


def settled(spending: Spending, now_tai_ns: int) -> Spending:
    """Date the last request from the end of its answer: the service cannot have counted it later."""
    last = replace(spending.debits[-1], at_tai_ns=now_tai_ns)
    return replace(spending, debits=(*spending.debits[:-1], last))


def turned_away(spending: Spending) -> Spending:
    """Give the last request back to its account.  It still counts as a request that was sent."""
    last = replace(spending.debits[-1], account=TURNED_AWAY)
    return replace(spending, debits=(*spending.debits[:-1], last))


def forgiven(spending: Spending, account: str) -> Spending:
    """Empty one account.  Its requests still count as requests that were sent."""
    debits = tuple(
        replace(debit, account=TURNED_AWAY) if debit.account == account else debit
        for debit in spending.debits
    )
    return replace(spending, debits=debits)


def without_the_future(spending: Spending, now_tai_ns: int) -> Spending:
    """Bring debits from a clock that ran ahead back to now, where their windows at least begin to run."""
    debits = tuple(replace(debit, at_tai_ns=min(debit.at_tai_ns, now_tai_ns)) for debit in spending.debits)
    return replace(spending, debits=debits)


def without_the_past(
    spending: Spending, longest_limit_on: Callable[[str], Limit], now_tai_ns: int
) -> Spending:
    """Forget the debits that no window holds any more.  What is asked once and for all is never forgotten."""
    kept = tuple(
        debit
        for debit in spending.debits
        if now_tai_ns < _free_again_tai_ns(debit.at_tai_ns, longest_limit_on(debit.account))
    )
    return replace(spending, debits=kept)
