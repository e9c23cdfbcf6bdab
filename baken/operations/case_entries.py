"""All that stands in the log about a case: said of it directly, or of what was joined to it."""

from baken.operations.desk import realm_of_incident
from baken.operations.evidence_ports import EvidenceLog
from baken.records.evidence import EVIDENCE_KINDS, EntryKind, KeptEntry, read_entry_id
from baken.records.incident import IncidentId
from baken.records.marking import Realm


def entries_of_case(log: EvidenceLog, incident_id: IncidentId) -> tuple[KeptEntry, ...]:
    """Return the entries about an incident and the evidence joined to it, in order of place.

    What joins is an entry of kind ``joined`` with the field ``entry_id`` or ``event_id``; of an event, all
    evidence about it joins, also what comes later.
    """
    realm = realm_of_incident(incident_id)
    told = {kept.sequence: kept for kept in log.entries(realm, subject=str(incident_id))}
    for joined in [kept.entry for kept in told.values() if kept.entry.kind is EntryKind.JOINED]:
        told |= {kept.sequence: kept for kept in _joined(log, realm, joined.text("entry_id"))}
        told |= {kept.sequence: kept for kept in _about(log, realm, joined.text("event_id"))}
    return tuple(told[sequence] for sequence in sorted(told))


def _joined(log: EvidenceLog, realm: Realm, entry_id: str) -> tuple[KeptEntry, ...]:
    return (log.entry(realm, read_entry_id(entry_id)),) if entry_id else ()


def _about(log: EvidenceLog, realm: Realm, event_id: str) -> tuple[KeptEntry, ...]:
    return log.entries(realm, subject=event_id, kinds=EVIDENCE_KINDS) if event_id else ()
