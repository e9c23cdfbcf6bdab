"""All that stands in the log about a case: said of it directly, or of what belongs to it."""

from baken.incident.membership import members_of
from baken.operations.desk import realm_of_incident
from baken.operations.evidence_ports import EvidenceLog
from baken.records.evidence import EVIDENCE_KINDS, KeptEntry, read_entry_id
from baken.records.incident import IncidentId


def entries_of_case(log: EvidenceLog, incident_id: IncidentId) -> tuple[KeptEntry, ...]:
    """Return the entries about an incident and the evidence that belongs to it, in order of place.

    What joins is an entry of kind ``joined`` with the field ``entry_id`` or ``event_id``; of an event, all
    evidence about it joins, also what comes later.  What left is not among it; that it was there still is.
    """
    realm = realm_of_incident(incident_id)
    told = {kept.sequence: kept for kept in log.entries(realm, subject=str(incident_id))}
    members = members_of(list(told.values()))
    for entry_id in members.entry_ids:
        kept = log.entry(realm, read_entry_id(entry_id))
        told[kept.sequence] = kept
    for event_id in members.event_ids:
        told |= {kept.sequence: kept for kept in log.entries(realm, subject=event_id, kinds=EVIDENCE_KINDS)}
    return tuple(told[sequence] for sequence in sorted(told))
