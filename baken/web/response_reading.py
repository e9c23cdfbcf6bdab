"""What is read while a response goes on: who has which part in it, and a draft of its next report."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from baken.operations.look_back import draft_situation
from baken.operations.response_state import label_of_response, look_at_response, mechanism_of
from baken.operations.try_contact import last_answers
from baken.report.words import Speech
from baken.web.incidents import Document, Id
from baken.web.service import Service, service_of
from baken.wiring.response_documents import mechanism_line_document, roster_document

router = APIRouter(prefix="/incidents/{incident}/response", tags=["response"])
At = Annotated[Service, Depends(service_of)]
Language = Annotated[str, Query(pattern="^(en|nl)$")]


@router.get("/roles")
def roles(at: At, incident: Id) -> Document:
    """Return who has each role of each plan now, by the mechanism with which that plan began."""
    desk, people = at.desk(), at.directory()
    found, tried = look_at_response(desk, incident), last_answers(at.log)
    plans = []
    for plan in found.plans:
        mechanism = mechanism_of(desk.log, plan)
        plans.append(
            {
                "plan": plan.plan.plan_id,
                "mechanism": mechanism_line_document(mechanism),
                "roles": roster_document(mechanism, people, tried, desk.at_tai_ns),
            }
        )
    return {
        "plans": plans,
        "has_directory": bool(people.contacts or people.shifts),
        "marking": label_of_response(desk.log, incident).text,
    }


@router.get("/situation-reports/draft")
def draft(
    at: At,
    incident: Id,
    plan: Annotated[str, Query(max_length=200)] = "",
    language: Language = "en",
) -> Document:
    """Return a text to begin from for whoever makes the report that is due; nothing is issued."""
    desk = at.desk()
    look_at_response(desk, incident)
    say = Speech(language)
    return {
        "draft": draft_situation(desk.log, incident, at_tai_ns=desk.at_tai_ns, plan_id=plan, say=say),
        "marking": label_of_response(desk.log, incident).text,
    }
