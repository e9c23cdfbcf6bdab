"""Mechanisms over HTTP, and what is asked of a role over all responses."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from baken.errors import NoSuchRecord, RefusedByPolicy
from baken.formats.icalendar import write_icalendar
from baken.operations.look_back import clocks_in_calendar
from baken.operations.response_state import begun_response, label_of_response, open_responses
from baken.operations.try_contact import last_answers
from baken.records.marking import OWNER_ONLY, Realm, strictest
from baken.records.response_standing import TaskStage, TaskStanding
from baken.report.words import Speech
from baken.respond.lint import lint
from baken.respond.roster import gaps
from baken.web.incidents import Document
from baken.web.response_models import Trying
from baken.web.service import Service, service_of
from baken.web.slow import SLOW
from baken.wiring.house_files import MECHANISM_FILE
from baken.wiring.response_documents import (
    finding_documents,
    gap_documents,
    mechanism_line_document,
    plan_line_document,
    roster_document,
    task_document,
)
from baken.wiring.skies import DAY_NS
from baken.wiring.trials import run_trial, trial_document

router = APIRouter(tags=["mechanisms"])
At = Annotated[Service, Depends(service_of)]
Name = Annotated[str, Path(max_length=200)]
Language = Annotated[str, Query(pattern="^(en|nl)$")]
CALENDAR = "text/calendar"
DAYS_AHEAD = 7
ASKED_NOW = (TaskStage.RUNNING, TaskStage.TAKEN)


@router.get("/responses/tasks")
def list_tasks(at: At, role: str = "", realm: Realm = Realm.REAL) -> Document:
    """Return what is asked of a role, or of anybody, over all responses, the soonest deadline first."""
    now, found = at.now_tai_ns(), [begun_response(at.log, one) for one in open_responses(at.log, realm)]
    asked = [
        (one, plan, task)
        for one in found
        for plan in one.plans
        if plan.stood_down_at_tai_ns is None
        for task in plan.tasks
        if task.stage in ASKED_NOW and role in ("", *task.asked)
    ]
    labels = {one.incident_id: label_of_response(at.log, one.incident_id) for one, _, _ in asked}
    return {
        "tasks": [
            {
                "incident_id": str(one.incident_id),
                "plan": plan.plan.plan_id,
                "mechanism": plan.mechanism_id,
                **task_document(task, now),
                "marking": labels[one.incident_id].text,
            }
            for one, plan, task in sorted(asked, key=lambda each: _deadline(each[2]))
        ],
        "marking": strictest(frozenset(labels.values())).text,
    }


@router.get("/responses/clocks.ics", response_class=Response, responses={200: {"content": {CALENDAR: {}}}})
def calendar_of_all(at: At, realm: Realm = Realm.REAL, language: Language = "en") -> Response:
    """Return the clocks of all responses as one calendar; one that runs no more takes its entry away."""
    say = Speech(language)
    entries = [
        entry for one in open_responses(at.log, realm) for entry in clocks_in_calendar(at.log, one, say)
    ]
    text = write_icalendar(entries, made_tai_ns=at.now_tai_ns(), realm=realm, marking=OWNER_ONLY)
    return Response(text, media_type=CALENDAR)


@router.get("/mechanisms")
def list_mechanisms(at: At) -> Document:
    """Return the mechanisms there are, with what each plan is for."""
    found = {name: at.mechanism(name) for name in at.mechanism_texts()}
    return {
        "mechanisms": {name: list(map(plan_line_document, one.plans)) for name, one in found.items()},
        "about": {name: mechanism_line_document(one) for name, one in found.items()},
    }


@router.get("/mechanisms/{name}/roster")
def roster(at: At, name: Name) -> Document:
    """Return who holds each role now, how he is reached, and how fresh that is."""
    mechanism, people = at.mechanism(name), at.directory()
    now = at.now_tai_ns()
    ahead = gaps(people, [role.role_id for role in mechanism.roles], now, now + DAYS_AHEAD * DAY_NS)
    return {
        "roster": roster_document(mechanism, people, last_answers(at.log), now),
        "gaps": gap_documents(ahead),
        "gaps_within_days": DAYS_AHEAD,
    }


@router.get("/mechanisms/{name}/findings")
def findings(at: At, name: Name) -> Document:
    """Return what would keep a mechanism from working, and what is worth knowing."""
    mechanism, people = at.mechanism(name), at.directory()
    found = lint(mechanism, people, at.now_tai_ns())
    return {"mechanism": mechanism.mechanism_id, "findings": finding_documents(found)}


@router.post("/mechanisms/{name}/plans/{plan}/trials", dependencies=SLOW)
def try_plan(at: At, name: Name, plan: Name, said: Trying) -> Document:
    """Play a plan on an invented case: what is asked when, what is late, what is left.  Nothing is kept."""
    if not at.may_read_files(MECHANISM_FILE):
        raise RefusedByPolicy("plans are tried by whoever acts for this node, with its own mechanisms")
    if name not in at.mechanism_texts():
        # By a name only: whoever asks over HTTP does not choose files of this machine.
        raise NoSuchRecord(f"no mechanism is called {name!r}; GET /mechanisms lists those there are")
    trial = run_trial(
        at.home, name, plan, said.severity, silent=said.silent, outages=said.outages, hours=said.hours
    )
    return trial_document(trial, Speech(said.language))


def _deadline(task: TaskStanding) -> tuple[bool, int]:
    return task.due_at_tai_ns is None, task.due_at_tai_ns or 0
