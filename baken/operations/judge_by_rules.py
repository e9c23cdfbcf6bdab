"""Let the rules of the house judge an incident: when it opens, and anew when more is known or time passes."""

from collections.abc import Sequence

from baken.incident.history import BAKEN
from baken.incident.priority import PriorityRules, circumstances_of, severity_of, urgency_of_case
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.finding_evidence import finding_in
from baken.operations.work_incident import add_to, incident
from baken.records.event import Finding
from baken.records.evidence import Entry, EntryKind, KeptEntry
from baken.records.incident import Incident, IncidentId, IncidentKind, Judgement
from baken.records.marking import Marking, strictest


def rules_say(
    kind: IncidentKind, findings: Sequence[Finding], rules: PriorityRules, *, now_tai_ns: int
) -> dict[str, Judgement]:
    """Return severity and urgency by the rules, each with the rule that fired."""
    circumstances = circumstances_of(kind, findings, now_tai_ns=now_tai_ns)
    return {"severity": severity_of(circumstances, rules), "urgency": urgency_of_case(circumstances, rules)}


def findings_of(log: EvidenceLog, one: Incident) -> dict[str, Finding]:
    """Return the last finding that the log has of each event of an incident, by the event's name."""
    return {event_id: finding_in(kept.entry) for event_id, kept in _last_looks(log, one).items()}


def _last_looks(log: EvidenceLog, one: Incident) -> dict[str, KeptEntry]:
    looks = {
        event_id: log.entries(one.realm, subject=event_id, kinds={EntryKind.FINDING})
        for event_id in one.event_ids
    }
    return {event_id: kept[-1] for event_id, kept in looks.items() if kept}


def judge_anew(desk: Desk, incident_id: IncidentId, rules: PriorityRules) -> Incident:
    """Let the rules judge again; what they say stands as an entry of Baken's own where it is something else.

    What a person said stays beside it, untouched.  Its label is no wider than that of the case, or of any
    finding it follows from, as it was found and as it stands.
    """
    now = incident(desk.log, incident_id)
    looks = list(_last_looks(desk.log, now).values())
    findings = [finding_in(kept.entry) for kept in looks]
    labels = {now.marking, *(finding.marking for finding in findings), *(kept.marking for kept in looks)}
    said = rules_say(now.kind, findings, rules, now_tai_ns=desk.at_tai_ns)
    entries = [
        _judged(desk, now, name, judgement, strictest(frozenset(labels)))
        for name, judgement in said.items()
        if _differs(judgement, getattr(now, name))
    ]
    return add_to(desk, now, *entries) if entries else now


def _differs(judgement: Judgement, stands: Judgement) -> bool:
    return (judgement.automatic, judgement.because) != (stands.automatic, stands.because)


def _judged(desk: Desk, now: Incident, name: str, judgement: Judgement, marking: Marking) -> Entry:
    return Entry(
        kind=EntryKind.JUDGED,
        subject=str(now.incident_id),
        actor=BAKEN,
        at_tai_ns=desk.at_tai_ns,
        fields=(
            ("name", name),
            ("value", judgement.automatic),
            ("because", judgement.because),
            ("by_rule", True),
        ),
        realm=now.realm,
        marking=marking,
    )
