"""The budget on disk: one file for each service, changed whole or not at all, and one queue for that."""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from baken.errors import RefusedByPolicy
from baken.feeds.budget import Debit, Spending
from baken.feeds.files import FOR_ITS_OWNER, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What one service was asked, kept in a folder that every process of this home shares."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "ledger.json"

    @contextmanager
    def queue(self) -> Iterator[None]:
        """Wait for one's turn with this service, and hold it.

        The lock belongs to the open file: it keeps threads apart as well as processes, and the kernel lets go
        of it when a process dies.
        """
        self.folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        with (self.folder / "queue.lock").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def read(self) -> Spending:
        """Return what was spent.  Call it inside the queue when a request hangs on it.

        Raises: RefusedByPolicy when the file cannot be read: who does not know what he spent, spends nothing.
        """
        if not self.path.exists():
            return Spending()
        try:
            return _spending_from_json(self.path.read_text(encoding="utf-8"))
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise RefusedByPolicy(
                f"the budget {self.path} cannot be read ({problem}); "
                "wait out the longest limit of the service, then move the file away"
            ) from problem

    def write(self, spending: Spending) -> None:
        """Put what was spent on disk before going on."""
        text = json.dumps(asdict(spending), indent=1)
        write_whole(self.path, text.encode("utf-8"))

    def change(self, step: Callable[[Spending], Spending]) -> Spending:
        """Apply one step to what was spent.  Only inside the queue."""
        spending = step(self.read())
        self.write(spending)
        return spending


def _spending_from_json(text: str) -> Spending:
    document = json.loads(text)
    resting = document["resting_until_tai_ns"]
    return Spending(
        debits=tuple(
            Debit(account=str(debit["account"]), at_tai_ns=int(debit["at_tai_ns"]))
            for debit in document["debits"]
        ),
        resting_until_tai_ns=None if resting is None else int(resting),
        halted_because=str(document["halted_because"]),
    )
