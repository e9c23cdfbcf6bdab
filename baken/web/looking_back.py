"""Looking back on a response over HTTP: the after-action report, as data and as a page, and its clocks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from baken.formats.icalendar import write_icalendar
from baken.operations.brief_decision import may_say
from baken.operations.look_back import after_action, clocks_in_calendar
from baken.operations.response_state import look_at_response
from baken.records.incident import IncidentId
from baken.records.marking import OWNER_ONLY
from baken.report.after_action import AfterAction
from baken.report.after_action_page import after_action_data
from baken.report.words import Speech
from baken.web.incidents import Document, Id
from baken.web.service import Service, service_of
from baken.web.slow import SLOW
from baken.wiring.code_version import code_version
from baken.wiring.pages import pdf_of_after_action

router = APIRouter(prefix="/incidents/{incident}/response", tags=["response"])
At = Annotated[Service, Depends(service_of)]
Language = Annotated[str, Query(pattern="^(en|nl)$")]
CALENDAR, PDF = "text/calendar", "application/pdf"


@router.get("/after-action")
def report(at: At, incident: Id, language: Language = "en") -> Document:
    """Return every word of the after-action report; who looked is kept, once an hour."""
    return after_action_data(_looked_back(at, incident), Speech(language), may_say)


@router.get(
    "/after-action.pdf",
    dependencies=SLOW,
    response_class=Response,
    responses={200: {"content": {PDF: {}}}},
)
def page(at: At, incident: Id, language: Language = "en") -> Response:
    """Return the after-action report as a page."""
    told = _looked_back(at, incident)
    return Response(pdf_of_after_action(told, language, may_say), media_type=PDF)


@router.get("/clocks.ics", response_class=Response, responses={200: {"content": {CALENDAR: {}}}})
def calendar(at: At, incident: Id, language: Language = "en") -> Response:
    """Return the clocks as a calendar; one that runs no more takes its entry away."""
    desk = at.desk()
    found = look_at_response(desk, incident)
    entries = clocks_in_calendar(desk.log, incident, Speech(language))
    text = write_icalendar(entries, made_tai_ns=desk.at_tai_ns, realm=found.realm, marking=OWNER_ONLY)
    return Response(text, media_type=CALENDAR)


def _looked_back(at: Service, incident: IncidentId) -> AfterAction:
    desk = at.desk()
    look_at_response(desk, incident)
    return after_action(desk.log, incident, as_of_tai_ns=desk.at_tai_ns, code_version=code_version())
