"""What somebody may see in a home: its policies, its table of classifications, and the moment."""

from dataclasses import dataclass
from pathlib import Path

from baken.records.reader import Item, Reader
from baken.share.classifications import may_handle
from baken.share.decide import may_read
from baken.share.policy import Policies
from baken.wiring.classifications import classifications
from baken.wiring.clock import now_tai_ns
from baken.wiring.policies import policies


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitting:
    """One reader at one moment, under the policies of a home; satisfies ``label_ports.Admits``."""

    policies: Policies
    reader: Reader
    at_tai_ns: int
    may_handle: frozenset[str]

    def admits(self, item: Item) -> bool:
        decision = may_read(
            self.policies, self.reader, item, at_tai_ns=self.at_tai_ns, may_handle=self.may_handle
        )
        return decision.allowed


def admitting(home: Path, reader: Reader) -> Admitting:
    """Return what decides for somebody now."""
    return Admitting(
        policies=policies(home),
        reader=reader,
        at_tai_ns=now_tai_ns(),
        may_handle=may_handle(reader.clearances, classifications(home)),
    )
