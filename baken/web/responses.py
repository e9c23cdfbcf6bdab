"""The response to an incident over HTTP.  After each act the engine makes what follows from it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from baken.operations import work_on_task
from baken.operations.advance_response import advance_response, engine_of
from baken.operations.ask_others import Asking, answer_request, ask
from baken.operations.desk import Desk
from baken.operations.report_situation import close_lesson, issue_situation, note_lesson, put_off_situation
from baken.operations.response_state import (
    begun_response,
    label_of_response,
    look_at_response,
    mechanism_of,
)
from baken.operations.send_notices import acknowledge_by_code
from baken.operations.start_response import start_response
from baken.records.incident import IncidentId
from baken.records.response import Directory
from baken.records.response_standing import ResponseStanding
from baken.report.response_board import Board, board_of
from baken.report.words import Speech
from baken.respond.clocks import clocks_of
from baken.web.guesses import guessing
from baken.web.incidents import Document, Id
from baken.web.response_models import (
    Acting,
    Answering,
    AskingFor,
    Beginning,
    Closing,
    Completing,
    Learning,
    PuttingOff,
    Reasoned,
    ReportingSituation,
    TakingDown,
)
from baken.web.service import Service, service_of
from baken.wiring.mechanisms import directory, mechanism_text
from baken.wiring.response_documents import clock_document, response_document

router = APIRouter(prefix="/incidents/{incident}/response", tags=["response"])
At = Annotated[Service, Depends(service_of)]
Part = Annotated[str, Path(max_length=200)]


@router.get("")
def show(at: At, incident: Id) -> Document:
    """Return the response with its plans, letters, requests and clocks; who looked is kept, once an hour."""
    desk = at.desk()
    return _told(desk, look_at_response(desk, incident))


@router.get("/board")
def board(at: At, incident: Id, language: Annotated[str, Query(pattern="^(en|nl)$")] = "en") -> Document:
    """Return the board in words, a plan after the other, the most pressing rows first."""
    desk, say = at.desk(), Speech(language)
    found = look_at_response(desk, incident)
    hung = [board_of(found, plan, mechanism_of(desk.log, plan), desk.at_tai_ns, say) for plan in found.plans]
    return {"incident_id": str(incident), "entries": found.n_entries, "boards": list(map(_board, hung))}


@router.get("/clocks")
def clocks(at: At, incident: Id) -> Document:
    """Return every clock that runs, the soonest first."""
    found = look_at_response(at.desk(), incident)
    return {"incident_id": str(incident), "clocks": [clock_document(clock) for clock in clocks_of(found)]}


@router.post("/plans", status_code=201)
def start(at: At, incident: Id, said: Beginning) -> Document:
    """Begin to respond by a plan."""
    text = mechanism_text(at.home, said.mechanism)
    return _done(
        at,
        incident,
        lambda desk, _: start_response(
            desk,
            incident,
            text,
            said.because,
            plan_id=said.plan,
            approve_call_outs=said.approve_call_outs,
        ),
    )


@router.post("/plans/{plan}/stood-down")
def stand_down(at: At, incident: Id, plan: Part, said: Closing) -> Document:
    """End a plan: no clock of it runs any more."""
    return _done(
        at,
        incident,
        lambda desk, _: work_on_task.stand_down(desk, incident, said.because, plan_id=plan, seen=said.seen),
    )


@router.post("/plans/{plan}/call-outs")
def approve_call_outs(at: At, incident: Id, plan: Part, said: Closing) -> Document:
    """Approve beforehand that call-outs of a plan, which carry no facts, go out by themselves."""
    return _done(
        at,
        incident,
        lambda desk, _: work_on_task.approve_call_outs(
            desk, incident, said.because, plan_id=plan, seen=said.seen
        ),
    )


@router.post("/tasks/{task}/taken")
def take(at: At, incident: Id, task: Part, said: Acting) -> Document:
    """Take a task on."""
    return _done(
        at,
        incident,
        lambda desk, _: work_on_task.take_task(desk, incident, task, plan_id=said.plan, seen=said.seen),
    )


@router.post("/tasks/{task}/done")
def complete(at: At, incident: Id, task: Part, said: Completing) -> Document:
    """Say that a task is done; of a decision, how it went."""
    return _done(
        at,
        incident,
        lambda desk, _: work_on_task.complete_task(
            desk, incident, task, said.because, outcome=said.outcome, plan_id=said.plan, seen=said.seen
        ),
    )


@router.post("/tasks/{task}/dropped")
def drop(at: At, incident: Id, task: Part, said: Reasoned) -> Document:
    """Say that a task will not be done, and why."""
    return _done(
        at,
        incident,
        lambda desk, _: work_on_task.drop_task(
            desk, incident, task, said.because, plan_id=said.plan, seen=said.seen
        ),
    )


@router.post("/acknowledgements", status_code=201)
def acknowledge(at: At, incident: Id, said: TakingDown) -> Document:
    """Take down that somebody acknowledged a letter by its code, as he said it over the telephone."""
    with guessing(at.guesses, str(incident), at.now_tai_ns()):
        return _done(at, incident, lambda desk, _: acknowledge_by_code(desk, incident, said.code, said.who))


@router.post("/turns")
def turn(at: At, incident: Id) -> Document:
    """Let the engine make what is due by now: what goes on, what lapses, which report is called for."""
    return _done(at, incident, lambda desk, _: begun_response(desk.log, incident))


@router.post("/requests", status_code=201)
def request(at: At, incident: Id, said: AskingFor) -> Document:
    """Ask a sensor, an operator or a partner; the letter waits for approval."""
    asking = Asking(
        kind=said.kind,
        of=said.of,
        purpose=said.purpose,
        due_at_tai_ns=said.due_at_tai_ns,
        pap=said.pap,
        noticeable=said.noticeable,
        object_id=said.object_id,
        from_tai_ns=said.from_tai_ns,
        to_tai_ns=said.to_tai_ns,
        priority=said.priority,
    )
    return _done(
        at,
        incident,
        lambda desk, people: ask(desk, incident, asking, people, plan_id=said.plan, seen=said.seen),
    )


@router.post("/requests/{request}/answers")
def answer(at: At, incident: Id, request: Part, said: Answering) -> Document:
    """Keep what came of a request."""
    return _done(
        at,
        incident,
        lambda desk, _: answer_request(
            desk,
            incident,
            request.upper(),
            said.act.value,
            said.because,
            entry_ids=tuple(name.upper() for name in said.entry_ids),
            seen=said.seen,
        ),
    )


@router.post("/situation-reports", status_code=201)
def report(at: At, incident: Id, said: ReportingSituation) -> Document:
    """Make the situation report that is due; a letter to each it goes to waits for approval."""
    return _done(
        at,
        incident,
        lambda desk, people: issue_situation(
            desk, incident, said.text, people, plan_id=said.plan, seen=said.seen
        ),
    )


@router.post("/situation-reports/postponements")
def put_off(at: At, incident: Id, said: PuttingOff) -> Document:
    """Put the situation report that is due off, for a reason."""
    return _done(
        at,
        incident,
        lambda desk, _: put_off_situation(
            desk, incident, said.until_tai_ns, said.because, plan_id=said.plan, seen=said.seen
        ),
    )


@router.post("/lessons", status_code=201)
def learn(at: At, incident: Id, said: Learning) -> Document:
    """Note something to do better."""
    return _done(
        at,
        incident,
        lambda desk, _: note_lesson(
            desk, incident, said.text, owner=said.owner, due_on=said.due_on, seen=said.seen
        ),
    )


@router.post("/lessons/{lesson}/closed")
def close(at: At, incident: Id, lesson: Part, said: Closing) -> Document:
    """Say what was done with a lesson."""
    return _done(
        at,
        incident,
        lambda desk, _: close_lesson(desk, incident, lesson.upper(), said.because, seen=said.seen),
    )


def _done(at: Service, incident: IncidentId, act: Callable[[Desk, Directory], object]) -> Document:
    # A directory that cannot be read is said before anything is kept.
    desk, people = at.desk(), directory(at.home)
    act(desk, people)
    advance_response(engine_of(desk), incident, people)
    return _told(desk, begun_response(desk.log, incident))


def _told(desk: Desk, found: ResponseStanding) -> Document:
    marking = label_of_response(desk.log, found.incident_id).text
    return response_document(found, desk.at_tai_ns) | {"marking": marking}


def _board(board: Board) -> Document:
    rows = [asdict(row) | {"pressing": row.pressing.name.lower()} for row in board.rows]
    return asdict(board) | {"rows": rows}
