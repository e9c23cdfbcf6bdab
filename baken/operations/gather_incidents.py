"""Gather events into incidents: what may belong together, for a person to accept."""

from baken.incident.gather import Proposal, proposals
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.ports import Store
from baken.operations.work_incident import incidents
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.records.triage import Level
from baken.report.urgency import urgency_of


def proposed_incidents(
    store: Store, log: EvidenceLog, realm: Realm, *, now_tai_ns: int, at_least: Level = Level.ACT
) -> tuple[Proposal, ...]:
    """Return how the events that need somebody now may be gathered into incidents."""
    wanted = [
        event for event in store.events(realm) if urgency_of(event.finding, now_tai_ns).level >= at_least
    ]
    return proposals(wanted, incidents(log, realm), _spans(log, realm))


def _spans(log: EvidenceLog, realm: Realm) -> dict[str, tuple[int, int]]:
    """Return when the events that joined an incident begin and end."""
    joined = [kept.entry for kept in log.entries(realm, kinds={EntryKind.JOINED})]
    return {
        entry.text("event_id"): (int(entry.text("start_tai_ns")), int(entry.text("end_tai_ns")))
        for entry in joined
        if entry.text("event_id")
    }
