"""What the routes work with: the store and the log of a home, the clock, and who acts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastapi import Request

from baken.incident.priority import PriorityRules
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_evidence import Luck
from baken.operations.ports import Store
from baken.web.entrance import account_of_request
from baken.web.guesses import Guesses


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One node as it is served, on behalf of one person; what people edit in its home counts at once."""

    store: Store
    log: EvidenceLog
    actor: str
    rules: PriorityRules
    now_tai_ns: Callable[[], int]
    luck: Luck
    home: Path
    guesses: Guesses = field(default_factory=Guesses)

    def desk(self, actor: str = "") -> Desk:
        """Return a desk at this moment, of whoever the service works for unless somebody else is named."""
        return Desk(log=self.log, actor=actor or self.actor, at_tai_ns=self.now_tai_ns(), luck=self.luck)


def service_of(request: Request) -> Service:
    """Return the service a request came to, on behalf of whoever came in."""
    service: Service = request.app.state.service
    account = account_of_request(request)
    return service if account is None else replace(service, actor=account.name)
