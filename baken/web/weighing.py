"""Competing explanations and determinations over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from baken.errors import WrongUsage
from baken.evidence.signed_note import read_verifier_key
from baken.operations import weigh_hypotheses
from baken.operations.record_determination import determinations, record_determination
from baken.operations.work_incident import look_at
from baken.records.evidence import EntryKind, KeptEntry
from baken.web.incidents import Document, Id, entry_sequence
from baken.web.models import Adding, Estimating, Grading, Kept, Rating, Recording, Remarking
from baken.web.service import Service, service_of
from baken.wiring.case_documents import determination_document, matrix_document

router = APIRouter(prefix="/incidents/{incident}", tags=["explanations"])
At = Annotated[Service, Depends(service_of)]
REMARKS = (EntryKind.GAP, EntryKind.DISSENT)


@router.get("/hypotheses")
def show(at: At, incident: Id) -> Document:
    """Return the explanations, the least contradicted first, and what the order rests on."""
    look_at(at.desk(), incident)
    return matrix_document(weigh_hypotheses.matrix(at.log, incident))


@router.post("/hypotheses", status_code=201)
def add(at: At, incident: Id, adding: Adding) -> Kept:
    """Put one more explanation on the list."""
    kept = weigh_hypotheses.add_hypothesis(
        at.desk(), incident, adding.hypothesis_id, adding.text, benign=adding.benign
    )
    return _kept(kept)


@router.post("/grades", status_code=201)
def grade(at: At, incident: Id, grading: Grading) -> Kept:
    """Grade a piece of evidence."""
    kept = weigh_hypotheses.grade(
        at.desk(),
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
    return _kept(weigh_hypotheses.rate(at.desk(), incident, entry_sequence(rating.entry_id), rating.fits))


@router.post("/estimates", status_code=201)
def estimate(at: At, incident: Id, said: Estimating) -> Kept:
    """Say how likely an explanation is and, apart from that, on how good a basis."""
    kept = weigh_hypotheses.estimate(
        at.desk(), incident, said.hypothesis_id, said.likelihood, said.confidence, said.because
    )
    return _kept(kept)


@router.post("/remarks", status_code=201)
def remark(at: At, incident: Id, said: Remarking) -> Kept:
    """Say what is missing, or that one does not agree."""
    if said.kind not in REMARKS:
        raise WrongUsage(f"a remark is a gap or a dissent; not a {said.kind}")
    return _kept(weigh_hypotheses.remark(at.desk(), incident, said.kind, said.text))


@router.get("/determinations")
def list_determinations(at: At, incident: Id) -> Document:
    """Return what authorities determined, side by side."""
    look_at(at.desk(), incident)
    return {"determinations": [determination_document(each) for each in determinations(at.log, incident)]}


@router.post("/determinations", status_code=201)
def record(at: At, incident: Id, recording: Recording) -> Kept:
    """Record a determination that its authority signed."""
    keys = [read_verifier_key(text) for text in recording.keys]
    kept = record_determination(at.desk(), recording.note.encode(), keys, about=incident)
    return Kept(entry_ids=[kept.entry_id])


def _kept(kept: tuple[KeptEntry, ...]) -> Kept:
    return Kept(entry_ids=[each.entry_id for each in kept])
