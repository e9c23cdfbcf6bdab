"""Brief whoever decides: gather the case from the log, and let no sentence name a state or a motive."""

from baken.incident.determination import determinations_of
from baken.incident.hypotheses import matrix_of
from baken.incident.wording import objections_to
from baken.operations.case_entries import entries_of_case
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.work_incident import incident
from baken.records.incident import IncidentId
from baken.report.decision_brief import CaseFile


def case_file(
    log: EvidenceLog, incident_id: IncidentId, *, as_of_tai_ns: int, code_version: str = ""
) -> CaseFile:
    """Return all that a brief of an incident is made from.

    Raises: NoSuchRecord when there is no such incident.
    """
    found = incident(log, incident_id)
    entries = entries_of_case(log, incident_id)
    return CaseFile(
        incident=found,
        entries=entries,
        matrix=matrix_of(str(incident_id), entries),
        determinations=determinations_of(entries),
        as_of_tai_ns=as_of_tai_ns,
        log_size=log.size(found.realm),
        code_version=code_version,
    )


def may_say(text: str, names: tuple[str, ...]) -> bool:
    """Say whether a person's words may stand on a page that goes to others."""
    return not objections_to(text, names)
