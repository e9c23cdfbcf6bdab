"""Draft what could be told to one audience, from what is released to it; nothing sends or approves it."""

from baken.incident.determination import determinations_of
from baken.operations.brief_decision import may_say
from baken.operations.case_entries import entries_of_case
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.released_facts import released_entries
from baken.operations.work_incident import incident
from baken.records.incident import IncidentId
from baken.report.statement import Statement, StatementKind, Told, statement_of
from baken.report.words import Speech


def draft_statement(
    log: EvidenceLog, incident_id: IncidentId, kind: StatementKind, audience: str, *, say: Speech
) -> Statement:
    """Return a draft for an audience, and why sentences were left out of it.

    An entry with an empty label is released to nobody.  Evidence that joined by an entry which is withheld
    is withheld too: that it belongs to the case is not for this audience.
    Raises: NoSuchRecord when there is no such incident.
    """
    entries = entries_of_case(log, incident_id)
    told = Told(
        incident=incident(log, incident_id),
        audience=audience,
        entries=entries,
        released=frozenset(kept.entry_id for kept in released_entries(log, incident_id, {audience})),
        determinations=determinations_of(entries),
        say=say,
        may_say=may_say,
    )
    return statement_of(told, kind)
