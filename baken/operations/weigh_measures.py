"""Weigh what could be done about an incident: what the case supports, and what people say of each measure.

Software lists; people weigh, propose and decide, each under his own name, and every word is an entry.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from baken.errors import WrongUsage
from baken.incident.determination import determinations_of
from baken.incident.history import BAKEN
from baken.incident.hypotheses import matrix_of
from baken.operations.case_entries import entries_of_case
from baken.operations.desk import Desk, realm_of_incident
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.work_incident import incident
from baken.records.evidence import EVIDENCE_KINDS, EntryKind, Field, KeptEntry
from baken.records.hypothesis import Confidence, Estimate, Likelihood, Matrix
from baken.records.incident import IncidentId, Severity
from baken.records.measure import (
    CaseSupport,
    Catalogue,
    MeasureAct,
    Outcome,
    Weighing,
    Worksheet,
)
from baken.respond.measures.worksheet import worksheet_of

LIKELIHOODS, CONFIDENCES = list(Likelihood), list(Confidence)


def case_support(log: EvidenceLog, incident_id: IncidentId) -> CaseSupport:
    """Return what a case has to show, as far as measures ask for it.

    Raises: NoSuchRecord when there is no such incident.
    """
    found = incident(log, incident_id)
    entries = entries_of_case(log, incident_id)
    matrix = matrix_of(str(incident_id), entries)
    likelihood, confidence = held(matrix)
    return CaseSupport(
        incident_id=str(incident_id),
        kind=found.kind,
        severity=Severity(found.severity.stands),
        stage=found.stage,
        likelihood=likelihood,
        confidence=confidence,
        determined_by=tuple(dict.fromkeys(each.determination.state for each in determinations_of(entries))),
        released=released(entries, matrix),
        n_pieces=sum(kept.entry.kind in EVIDENCE_KINDS for kept in entries),
    )


def released(entries: Iterable[KeptEntry], matrix: Matrix) -> tuple[tuple[str, int], ...]:
    """Count for each audience, owners too, the evidence it may see; what shares a root is one voice."""
    roots = {row.entry_sequence: row.root for row in matrix.rows}
    seen = {
        (audience, roots[kept.sequence])
        for kept in entries
        if kept.sequence in roots
        for audience in kept.marking.releasable_to | {kept.marking.owner}
        if audience
    }
    return tuple(sorted(Counter(audience for audience, _ in seen).items()))


def held(matrix: Matrix) -> tuple[Likelihood | None, Confidence | None]:
    """Return how likely people hold an explanation with ill will, and on how good a basis.

    Of several who judged one explanation the most cautious counts; of several such explanations, the one
    held most likely, then on the best basis.
    """
    hostile = {each.hypothesis_id for each in matrix.hypotheses if not each.benign}
    by_name: dict[str, list[Estimate]] = {}
    for estimate in matrix.estimates:
        if estimate.hypothesis_id in hostile:
            by_name.setdefault(estimate.hypothesis_id, []).append(estimate)
    cautious = [
        (
            min(LIKELIHOODS.index(each.likelihood) for each in estimates),
            min(CONFIDENCES.index(each.confidence) for each in estimates),
        )
        for estimates in by_name.values()
    ]
    if not cautious:
        return None, None
    likelihood, confidence = max(cautious)
    return LIKELIHOODS[likelihood], CONFIDENCES[confidence]


def worksheet(log: EvidenceLog, incident_id: IncidentId, measure_id: str) -> Worksheet:
    """Return all that people said of a measure in a case."""
    return worksheet_of(measure_id, _said(log, incident_id))


def weigh(
    desk: Desk, incident_id: IncidentId, catalogue: Catalogue, measure_id: str, said: Mapping[Weighing, str]
) -> tuple[KeptEntry, ...]:
    """Answer questions of a measure's worksheet; a later answer stands in place of an earlier one.

    Raises: NoSuchRecord for a measure or an incident that is not there; WrongUsage when nothing is said.
    """
    catalogue.measure(measure_id)
    if not said or not all(text.strip() for text in said.values()):
        raise WrongUsage(f"a worksheet is filled in by a person; say one or more of {', '.join(Weighing)}")
    return _keep(
        desk,
        incident_id,
        ("act", MeasureAct.WEIGH.value),
        ("measure_id", measure_id),
        *((asked.value, text) for asked, text in said.items()),
    )


def propose(
    desk: Desk, incident_id: IncidentId, catalogue: Catalogue, measure_id: str, because: str
) -> tuple[KeptEntry, ...]:
    """Propose a measure to those who may decide it.

    Raises: NoSuchRecord for a measure or an incident that is not there; WrongUsage without a reason.
    """
    catalogue.measure(measure_id)
    _refuse_no_reason(because)
    act = ("act", MeasureAct.PROPOSE.value)
    return _keep(desk, incident_id, act, ("measure_id", measure_id), ("because", because))


def decide(
    desk: Desk,
    incident_id: IncidentId,
    catalogue: Catalogue,
    measure_id: str,
    outcome: Outcome,
    *,
    decider: str,
    because: str,
) -> tuple[KeptEntry, ...]:
    """Record how those who may decide of a measure decided; ``decider`` is who they are.

    Raises: NoSuchRecord for a measure or an incident that is not there; WrongUsage when nobody proposed it,
    no decider is named or no reason is given.
    """
    catalogue.measure(measure_id)
    _refuse_no_reason(because)
    if not decider.strip():
        raise WrongUsage("a decision is somebody's; name who decided with --decider")
    if not worksheet(desk.log, incident_id, measure_id).proposals:
        raise WrongUsage(f"nobody proposed {measure_id}; 'baken respond propose' comes before a decision")
    return _keep(
        desk,
        incident_id,
        ("act", MeasureAct.DECIDE.value),
        ("measure_id", measure_id),
        ("outcome", outcome.value),
        ("decider", decider),
        ("because", because),
    )


def _said(log: EvidenceLog, incident_id: IncidentId) -> Sequence[KeptEntry]:
    realm = realm_of_incident(incident_id)
    return log.entries(realm, subject=str(incident_id), kinds={EntryKind.MEASURE})


def _keep(desk: Desk, incident_id: IncidentId, *fields: Field) -> tuple[KeptEntry, ...]:
    _refuse_software(desk)
    incident(desk.log, incident_id)
    return desk.say(incident_id, EntryKind.MEASURE, fields)


def _refuse_software(desk: Desk) -> None:
    if desk.actor == BAKEN:
        raise WrongUsage(
            f"{BAKEN} is what software is called; a person speaks of measures under his own name"
        )


def _refuse_no_reason(because: str) -> None:
    if not because.strip():
        raise WrongUsage("it has a reason; give --because")
