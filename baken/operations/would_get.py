"""What a partner would get today of all that is kept here, by label and policy, if a person released it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.partner_entries import Standing, standings_among
from baken.operations.reader_entries import case_of
from baken.records.evidence import EVIDENCE_KINDS, EntryKind, KeptEntry
from baken.records.marking import Realm
from baken.records.reader import Item
from baken.share.decide import Decision

# What there is to share: evidence, and how cases stand.
SHAREABLE = EVIDENCE_KINDS | {
    EntryKind.OPENED,
    EntryKind.ESTIMATE,
    EntryKind.DETERMINATION,
    EntryKind.SITUATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldGet:
    """An entry that could go, and by which rules."""

    kept: KeptEntry
    decision: Decision


def would_get(
    log: EvidenceLog, realm: Realm, node: str, ask: Callable[[Item], Decision], at_tai_ns: int
) -> Iterator[WouldGet]:
    """Yield the entries that could go, in order of place; asked once for each label, kind and case.

    What a partner took back, or gave for a time that is over, could not.
    """
    decided: dict[Item, Decision] = {}
    entries = log.entries(realm, kinds=SHAREABLE)
    standings = standings_among(log, realm, entries, at_tai_ns)
    for kept in entries:
        if standings.get(kept.sequence, Standing.HOLDS) is not Standing.HOLDS:
            continue
        entry = kept.entry
        item = Item(
            marking=kept.marking,
            realm=realm,
            held_by=node,
            case=case_of(entry.subject),
            kind=entry.kind.value,
        )
        decision = decided.get(item) or ask(item)
        decided[item] = decision
        if decision.allowed:
            yield WouldGet(kept=kept, decision=decision)


def audiences_in_labels(log: EvidenceLog, realm: Realm) -> frozenset[str]:
    """Return every audience that a label here names."""
    return frozenset(name for kept in log.entries(realm) for name in kept.marking.releasable_to)
