"""What may be told of a case to one audience: sentences carried only by entries released to it."""

from collections.abc import Collection

from baken.incident.hypotheses import matrix_of
from baken.operations.brief_decision import may_say
from baken.operations.case_entries import entries_of_case
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.work_incident import incident
from baken.records.evidence import KeptEntry, entry_id_of
from baken.records.incident import IncidentId
from baken.records.marking import Marking, strictest
from baken.report.decision_brief import CaseFile, established
from baken.report.response_letters import Fact
from baken.report.words import Speech


def released_entries(
    log: EvidenceLog, incident_id: IncidentId, audiences: Collection[str]
) -> tuple[KeptEntry, ...]:
    """Return the entries of a case that are released to at least one of some audiences; default none."""
    return tuple(
        kept
        for kept in entries_of_case(log, incident_id)
        if kept.entry.marking.releasable_to & frozenset(audiences)
    )


def released_facts(
    log: EvidenceLog, incident_id: IncidentId, audiences: Collection[str], *, as_of_tai_ns: int, say: Speech
) -> tuple[Fact, ...]:
    """Return what the released evidence of a case says.  An entry that is not released leaves no trace in it.

    Grades and looks are those that are released too.
    """
    entries = released_entries(log, incident_id, audiences)
    case = CaseFile(
        incident=incident(log, incident_id),
        entries=entries,
        matrix=matrix_of(str(incident_id), entries),
        determinations=(),
        as_of_tai_ns=as_of_tai_ns,
        log_size=0,
    )
    return tuple(
        Fact(text=claim.text, carried_by=tuple(map(entry_id_of, claim.carried_by)))
        for claim in established(case, say, may_say)
    )


def label_of(log: EvidenceLog, incident_id: IncidentId, carried_by: Collection[str]) -> Marking | None:
    """Return the label of what some entries of a case carry together; ``None`` when there are none."""
    labels = frozenset(
        kept.entry.marking for kept in entries_of_case(log, incident_id) if kept.entry_id in carried_by
    )
    return strictest(labels) if labels else None
