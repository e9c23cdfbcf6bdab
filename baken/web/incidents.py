"""Incidents over HTTP: what the command line can do, as routes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from baken.errors import WrongUsage
from baken.incident.lifecycle import OVER
from baken.operations import join_incident, work_incident
from baken.operations.brief_decision import case_file, may_say
from baken.operations.find_event import event_in_any_world
from baken.operations.gather_incidents import bring_one_up_to_date
from baken.operations.judge_by_rules import judge_anew
from baken.operations.open_incident import open_from_report
from baken.operations.open_incident import open_incident as open_case
from baken.records.event import Event, read_event_id
from baken.records.evidence import read_entry_id
from baken.records.incident import IncidentId, read_incident_id
from baken.records.marking import Realm
from baken.web.labels import desk_for
from baken.web.models import (
    Acknowledging,
    Advance,
    Joining,
    Judging,
    Leaving,
    Noting,
    Opening,
    OpeningFromReport,
)
from baken.web.paging import LARGEST_PAGE, page_of
from baken.web.service import Service, service_of
from baken.web.slow import SLOW
from baken.wiring.case_documents import incident_document, incidents_document
from baken.wiring.code_version import code_version
from baken.wiring.pages import pdf_of_decision

router = APIRouter(prefix="/incidents", tags=["incidents"])
At = Annotated[Service, Depends(service_of)]
Document = dict[str, object]


def incident_id(
    incident: Annotated[str, Path(pattern=r"^[A-Z]{2,8}-IN[0-9]{2}-[0-9]{4,9}$")],
) -> IncidentId:
    """Read the name in a path."""
    return read_incident_id(incident)


Id = Annotated[IncidentId, Depends(incident_id)]


@router.get("")
def list_incidents(
    at: At,
    realm: Realm = Realm.REAL,
    only_open: bool = False,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
) -> Document:
    """Return the incidents of a world, newest name last, page by page."""
    found = [one for one in work_incident.incidents(at.log, realm) if not (only_open and one.stage in OVER)]
    page, following = page_of(found, cursor, limit)
    return {**incidents_document(page), "next_cursor": following}


@router.post("", status_code=201)
def open_incident(at: At, opening: Opening, response: Response) -> Document:
    """Open an incident; it is suspected until somebody corroborates it."""
    opened = open_case(
        desk_for(at, opening),
        node=at.store.node_name(),
        realm=opening.realm,
        title=opening.title,
        kind=opening.kind,
        because=opening.because,
        rules=at.rules,
        events=[_event(at, name) for name in opening.event_ids],
    )
    response.headers["Location"] = f"/api/v1/incidents/{opened.incident_id}"
    return incident_document(opened)


@router.post("/from-report", status_code=201)
def open_from(at: At, opening: OpeningFromReport, response: Response) -> Document:
    """Open a suspected incident from a report; that it is worth following is all an officer says by it."""
    opened = open_from_report(
        desk_for(at, opening),
        node=at.store.node_name(),
        realm=opening.realm,
        sequence=entry_sequence(opening.entry_id),
        because=opening.because,
        rules=at.rules,
    )
    response.headers["Location"] = f"/api/v1/incidents/{opened.incident_id}"
    return incident_document(opened)


@router.get("/{incident}")
def show(at: At, incident: Id) -> Document:
    """Return one incident with its timeline; who looked is kept, once an hour."""
    return incident_document(work_incident.look_at(at.desk(), incident))


@router.post("/{incident}/steps")
def advance(at: At, incident: Id, step: Advance) -> Document:
    """Take an incident one step further."""
    return incident_document(
        work_incident.step_further(desk_for(at, step), incident, step.step, step.because, seen=step.seen)
    )


@router.post("/{incident}/joined")
def join(at: At, incident: Id, joining: Joining) -> Document:
    """Let an event or a piece of evidence join; the rules judge anew."""
    desk = desk_for(at, joining)
    if joining.name.upper().startswith("EV-"):
        place = entry_sequence(joining.name)
        join_incident.join_entry(desk, incident, place, joining.because, seen=joining.seen)
    else:
        event = _event(at, joining.name)
        join_incident.join_event(desk, incident, event, joining.because, seen=joining.seen)
    return incident_document(judge_anew(at.desk(), incident, at.rules))


@router.post("/{incident}/left")
def leave(at: At, incident: Id, leaving: Leaving) -> Document:
    """Take an event or a piece of evidence out again; that it was there stays readable."""
    name = leaving.name.upper()
    join_incident.leave(desk_for(at, leaving), incident, name, leaving.because, seen=leaving.seen)
    return incident_document(judge_anew(at.desk(), incident, at.rules))


@router.post("/{incident}/judgements")
def judge(at: At, incident: Id, judging: Judging) -> Document:
    """Put a person's judgement beside what a rule said; both stay."""
    after = work_incident.judge(
        desk_for(at, judging), incident, judging.name, judging.value, judging.because, seen=judging.seen
    )
    return incident_document(judge_anew(at.desk(), incident, at.rules) if judging.name == "kind" else after)


@router.post("/{incident}/judgements/by-rule")
def judge_by_rule(at: At, incident: Id) -> Document:
    """Keep what is newly found of its events, and let the rules of the house judge anew."""
    one = work_incident.incident(at.log, incident)
    return incident_document(bring_one_up_to_date(at.store, at.desk(), one, at.rules))


@router.post("/{incident}/notes")
def note(at: At, incident: Id, noting: Noting) -> Document:
    """Write a note; one that replaces another leaves it readable."""
    after = work_incident.note(desk_for(at, noting), incident, noting.text, noting.replaces, seen=noting.seen)
    return incident_document(after)


@router.post("/{incident}/acknowledgements")
def acknowledge(at: At, incident: Id, acknowledging: Acknowledging) -> Document:
    """Take on an incident that was assigned to whoever this door works for."""
    return incident_document(work_incident.acknowledge(at.desk(), incident, seen=acknowledging.seen))


@router.post("/{incident}/decisions")
def decide(at: At, incident: Id, noting: Noting) -> Document:
    """Keep a decision as it was taken."""
    return incident_document(
        work_incident.decide(desk_for(at, noting), incident, noting.text, seen=noting.seen)
    )


@router.get(
    "/{incident}/brief.pdf",
    dependencies=SLOW,
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
def brief(at: At, incident: Id, language: Annotated[str, Query(pattern="^(en|nl)$")] = "en") -> Response:
    """Return the brief for whoever decides, on one page."""
    work_incident.look_at(at.desk(), incident)
    case = case_file(at.log, incident, as_of_tai_ns=at.now_tai_ns(), code_version=code_version())
    return Response(pdf_of_decision(case, language, may_say), media_type="application/pdf")


def entry_sequence(name: str) -> int:
    """Read the name of an entry.

    Raises: WrongUsage when it does not read like one.
    """
    try:
        return read_entry_id(name)
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def _event(at: Service, name: str) -> Event:
    try:
        return event_in_any_world(at.store, read_event_id(name))
    except ValueError as error:
        raise WrongUsage(str(error)) from error
