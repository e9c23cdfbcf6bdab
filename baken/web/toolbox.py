"""The toolbox over HTTP: measures listed and weighed by people, and the questions of mutual assistance."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from baken.operations import weigh_measures
from baken.operations.answer_checklist import answer, answers
from baken.operations.work_incident import look_at
from baken.records.measure import Category, Weighing
from baken.respond.measures.support import in_order, listed
from baken.web.incidents import Document, Id
from baken.web.models import Words
from baken.web.response_models import AnsweringQuestions, Deciding, Proposing
from baken.web.service import Service, service_of
from baken.wiring.checklists import checklist_document, mutual_assistance
from baken.wiring.measure_documents import listed_document, measure_document, worksheet_document
from baken.wiring.measures import catalogue

router = APIRouter(tags=["toolbox"])
At = Annotated[Service, Depends(service_of)]
Which = Annotated[str, Path(max_length=200)]


@router.get("/measures")
def list_measures(at: At, category: Category | None = None) -> Document:
    """Return the catalogue, by family and name: an order that ranks nothing."""
    found = [one for one in catalogue(at.home).measures if category in (None, one.category)]
    return {"measures": [measure_document(one) for one in in_order(found)]}


@router.get("/incidents/{incident}/measures")
def list_for_case(at: At, incident: Id, category: Category | None = None) -> Document:
    """Return what a case supports, and what is missing for the rest; who looked is kept."""
    look_at(at.desk(), incident)
    case = weigh_measures.case_support(at.log, incident)
    found = listed(catalogue(at.home), case)
    return listed_document(case, [one for one in found if category in (None, one.measure.category)])


@router.get("/incidents/{incident}/measures/{measure}/worksheet")
def read_worksheet(at: At, incident: Id, measure: Which) -> Document:
    """Return what people said of a measure in a case; what nobody said is null."""
    look_at(at.desk(), incident)
    return _sheet(at, incident, measure)


@router.post("/incidents/{incident}/measures/{measure}/worksheet")
def weigh(at: At, incident: Id, measure: Which, said: dict[Weighing, Words]) -> Document:
    """Weigh a measure in one's own words; a later answer stands in place of an earlier one."""
    weigh_measures.weigh(at.desk(), incident, catalogue(at.home), measure, said)
    return _sheet(at, incident, measure)


@router.post("/incidents/{incident}/measures/{measure}/proposals", status_code=201)
def propose(at: At, incident: Id, measure: Which, said: Proposing) -> Document:
    """Propose a measure to those who may decide it."""
    weigh_measures.propose(at.desk(), incident, catalogue(at.home), measure, said.because)
    return _sheet(at, incident, measure)


@router.post("/incidents/{incident}/measures/{measure}/outcomes", status_code=201)
def decide(at: At, incident: Id, measure: Which, said: Deciding) -> Document:
    """Record how those who may decide of a proposed measure decided."""
    weigh_measures.decide(
        at.desk(),
        incident,
        catalogue(at.home),
        measure,
        said.outcome,
        decider=said.decider,
        because=said.because,
    )
    return _sheet(at, incident, measure)


@router.get("/incidents/{incident}/assistance")
def read_assistance(at: At, incident: Id) -> Document:
    """Return the questions of mutual assistance with every answer; nothing is added up."""
    look_at(at.desk(), incident)
    checklist = mutual_assistance(at.home)
    return checklist_document(checklist, answers(at.log, incident, checklist))


@router.post("/incidents/{incident}/assistance", status_code=201)
def answer_assistance(at: At, incident: Id, said: AnsweringQuestions) -> Document:
    """Answer questions of mutual assistance, in an exercise only."""
    checklist = mutual_assistance(at.home)
    pairs = [(one.question, one.text) for one in said.answers]
    return checklist_document(checklist, answer(at.desk(), incident, checklist, pairs))


def _sheet(at: Service, incident: Id, measure: str) -> Document:
    name = catalogue(at.home).measure(measure).measure_id
    return worksheet_document(weigh_measures.worksheet(at.log, incident, name))
