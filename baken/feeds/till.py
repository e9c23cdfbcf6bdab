"""Where every request is paid for before it leaves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.errors import OutsideServiceFailed, RefusedByPolicy
from baken.feeds import budget
from baken.feeds.ledger import Ledger
from baken.feeds.line import Answer, NeverReached
from baken.feeds.permit import NetworkPermit, refuse_without
from baken.feeds.rules import ServiceRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """The budget of one service, with the permit to spend it.  Used only inside the ledger's queue."""

    rules: ServiceRules
    ledger: Ledger
    permit: NetworkPermit | None
    now_tai_ns: Callable[[], int]

    def pay_and_send(self, account: str, send: Callable[[Path], Answer]) -> Answer:
        """Pay, then send.  Whatever happens in between, the request is on the books.

        Raises: RefusedByPolicy when the request may not leave; what ``send`` raises.
        """
        refuse_without(self.permit)
        self._refuse_unless_payable(account)
        self.ledger.change(lambda spent: budget.debited(spent, account, self.now_tai_ns()))
        try:
            return send(self.ledger.folder / "incoming.part")
        except NeverReached:
            self.give_back()
            raise
        finally:
            self.ledger.change(lambda spent: budget.settled(spent, self.now_tai_ns()))

    def give_back(self) -> None:
        """Return the last request to its account: the service served nothing for it."""
        self.ledger.change(budget.turned_away)

    def rest(self, wait_s: float, said: str) -> OutsideServiceFailed:
        """Leave the service alone for a while; return the failure that says so."""
        until_tai_ns = self.now_tai_ns() + int(wait_s * NANOSECONDS_A_SECOND)
        self.ledger.change(lambda spent: replace(spent, resting_until_tai_ns=until_tai_ns))
        return OutsideServiceFailed(f"{self.rules.name} {said}; {budget.when_again(until_tai_ns)}")

    def halt(self, said: str) -> OutsideServiceFailed:
        """Leave the service alone until a person says otherwise; return the failure that says so."""
        because = f"{self.rules.name} {said}"
        self.ledger.change(lambda spent: replace(spent, halted_because=because))
        return OutsideServiceFailed(
            f"{because}; nothing more is asked of it until somebody resumes this feed"
        )

    def _refuse_unless_payable(self, account: str) -> None:
        now = self.now_tai_ns()
        before = self.ledger.read()
        spending = budget.without_the_future(before, now)
        spending = budget.without_the_past(spending, self.rules.longest_limit_on, now)
        if spending != before:
            self.ledger.write(spending)
        if spending.halted_because:
            raise RefusedByPolicy(
                f"this feed is halted since {spending.halted_because}; look, then resume it"
            )
        own = self.rules.class_of(account).limit
        budget.refuse_beyond(spending, account, own, self.rules.whole, now)
