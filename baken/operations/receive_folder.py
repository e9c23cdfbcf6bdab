"""Take in every bundle that lies in a folder, each in its turn, whatever the files are called."""

from collections.abc import Sequence
from dataclasses import dataclass

from baken.evidence.bundle import BundleRefused, Why
from baken.operations.desk import Desk
from baken.operations.exchange_ports import LyingBundle
from baken.operations.ports import Store
from baken.operations.receive_bundle import Around, Received, receive_bundle

NO_BUNDLE = "it is no file, or larger than any bundle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: it was taken in, or why not."""

    name: str
    received: Received | None = None
    refused: BundleRefused | None = None


def receive_all(
    desk: Desk, store: Store, lying: Sequence[LyingBundle], around: Around
) -> tuple[Outcome, ...]:
    """Take in what lies there; what waits for another that lies there too is tried again after it.

    Raises: Overtaken when somebody else takes in bundles of the same partner meanwhile.
    """
    outcomes: dict[str, Outcome] = {}
    waiting = list(lying)
    while waiting:
        tried = [(one, _outcome(desk, store, one, around)) for one in waiting]
        outcomes |= {one.name: outcome for one, outcome in tried}
        early = [one for one, outcome in tried if outcome.refused and outcome.refused.why is Why.GAP]
        waiting = early if any(outcome.received for _, outcome in tried) else []
    return tuple(outcomes[one.name] for one in lying)


def _outcome(desk: Desk, store: Store, lying: LyingBundle, around: Around) -> Outcome:
    if lying.content is None:
        return Outcome(name=lying.name, refused=BundleRefused(Why.ALTERED, NO_BUNDLE))
    try:
        received = receive_bundle(desk, store, lying.content, around)
    except BundleRefused as refused:
        return Outcome(name=lying.name, refused=refused)
    return Outcome(name=lying.name, received=received)
