"""Competing explanations and determinations over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from baken.errors import WrongUsage
from baken.evidence.signed_note import read_verifier_key
from baken.operations import weigh_hypotheses
from baken.operations.case_entries import entries_of_case
from baken.operations.record_determination import determinations, record_determination
from baken.operations.work_incident import look_at
from baken.records.evidence import EntryKind, KeptEntry
from baken.web.incidents import Document, Id, entry_sequence
from baken.web.labels import desk_for
from baken.web.models import Adding, Estimating, Grading, Kept, Rating, Recording, Remarking
from baken.web.service import Service, service_of
from baken.wiring.case_documents import determinations_document, weighed_document
from baken.wiring.evidence_documents import case_evidence_document

router = APIRouter(prefix="/incidents/{incident}", tags=["explanations"])
At = Annotated[Service, Depends(service_of)]
REMARKS = (EntryKind.GAP, EntryKind.DISSENT)


@router.get("/hypotheses")
def show(at: At, incident: Id) -> Document:
    """Return the explanations, the least contradicted first, and what the order rests on."""
    look_at(at.desk(), incident)
    return weighed_document(weigh_hypotheses.matrix(at.log, incident), entries_of_case(at.log, incident))


@router.get("/evidence")
def list_evidence(at: At, incident: Id) -> Document:
    """Return the evidence of a case, each piece with its grade; who looked is kept, once an hour."""
    found = look_at(at.desk(), incident)
    matrix = weigh_hypotheses.matrix(at.log, incident)
    return case_evidence_document(found, matrix, entries_of_case(at.log, incident))


@router.post("/hypotheses", status_code=201)
def add(at: At, incident: Id, adding: Adding) -> Kept:
    """Put one more explanation on the list."""
    kept = weigh_hypotheses.add_hypothesis(
        desk_for(at, adding), incident, adding.hypothesis_id, adding.text, benign=adding.benign
    )
    return _kept(kept)


@router.post("/grades", status_code=201)
def grade(at: At, incident: Id, grading: Grading) -> Kept:
    """Grade a piece of evidence."""
    kept = weigh_hypotheses.grade(
        desk_for(at, grading),
        incident,
        entry_sequence(grading.entry_id),
        grading.reliability,
        grading.credibility,
        grading.independence_group,
    )
    return _kept(kept)


@router.post("/ratings", status_code=201)
def rate(at: At, incident: Id, rating: Rating) -> Kept:
    """Say how a piece of evidence sits with explanations: all are kept, or none."""
    return _kept(
        weigh_hypotheses.rate(desk_for(at, rating), incident, entry_sequence(rating.entry_id), rating.fits)
    )


@router.post("/estimates", status_code=201)
def estimate(at: At, incident: Id, said: Estimating) -> Kept:
    """Say how likely an explanation is and, apart from that, on how good a basis."""
    kept = weigh_hypotheses.estimate(
        desk_for(at, said), incident, said.hypothesis_id, said.likelihood, said.confidence, said.because
    )
    return _kept(kept)


@router.post("/remarks", status_code=201)
def remark(at: At, incident: Id, said: Remarking) -> Kept:
    """Say what is missing, or that one does not agree."""
    if said.kind not in REMARKS:
        raise WrongUsage(f"a remark is a gap or a dissent; not a {said.kind}")
    return _kept(weigh_hypotheses.remark(desk_for(at, said), incident, said.kind, said.text))


@router.get("/determinations")
def list_determinations(at: At, incident: Id) -> Document:
    """Return what authorities determined, side by side."""
    look_at(at.desk(), incident)
    return determinations_document(determinations(at.log, incident))


@router.post("/determinations", status_code=201)
def record(at: At, incident: Id, recording: Recording) -> Kept:
    """Record a determination that its authority signed."""
    keys = [read_verifier_key(text) for text in recording.keys]
    kept = record_determination(at.desk(), recording.note.encode(), keys, about=incident)
    return Kept(entry_ids=[kept.entry_id])


def _kept(kept: tuple[KeptEntry, ...]) -> Kept:
    return Kept(entry_ids=[each.entry_id for each in kept])
