"""Whoever keeps a partner's file once more, as his own, does not make it his own."""

from dataclasses import replace

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.partner_entries import standing_of_received
from baken.records.evidence import KeptEntry
from baken.records.marking import strictest


def with_label_of_its_bytes(log: EvidenceLog, kept: KeptEntry) -> KeptEntry:
    """Return an entry under a label that asks all that partners asked of the same bytes."""
    content = kept.entry.content
    if content is None:
        return kept
    received = standing_of_received(log, kept.entry.realm)
    came = [each.marking for each in received if each.digest == content.digest]
    return replace(kept, relabelled=strictest(frozenset({kept.marking, *came}))) if came else kept
