"""Mechanisms over HTTP, and what is asked of a role over all responses."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from baken.errors import NoSuchRecord
from baken.operations.response_state import begun_response, open_responses
from baken.operations.try_contact import last_answers
from baken.records.marking import Realm
from baken.records.response_standing import TaskStage, TaskStanding
from baken.report.words import Speech
from baken.respond.lint import lint
from baken.web.incidents import Document
from baken.web.response_models import Trying
from baken.web.service import Service, service_of
from baken.wiring import mechanisms
from baken.wiring.response_documents import (
    finding_documents,
    plan_line_document,
    roster_document,
    task_document,
)
from baken.wiring.trials import run_trial, trial_document

router = APIRouter(tags=["mechanisms"])
At = Annotated[Service, Depends(service_of)]
Name = Annotated[str, Path(max_length=200)]
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
    return {
        "tasks": [
            {"incident_id": str(one.incident_id), "plan": plan.plan.plan_id, **task_document(task, now)}
            for one, plan, task in sorted(asked, key=lambda each: _deadline(each[2]))
        ]
    }


@router.get("/mechanisms")
def list_mechanisms(at: At) -> Document:
    """Return the mechanisms there are, with what each plan is for."""
    found = {name: mechanisms.mechanism(at.home, name) for name in mechanisms.mechanism_texts(at.home)}
    return {"mechanisms": {name: list(map(plan_line_document, one.plans)) for name, one in found.items()}}


@router.get("/mechanisms/{name}/roster")
def roster(at: At, name: Name) -> Document:
    """Return who holds each role now, how he is reached, and how fresh that is."""
    mechanism, people = mechanisms.mechanism(at.home, name), mechanisms.directory(at.home)
    return {"roster": roster_document(mechanism, people, last_answers(at.log), at.now_tai_ns())}


@router.get("/mechanisms/{name}/findings")
def findings(at: At, name: Name) -> Document:
    """Return what would keep a mechanism from working, and what is worth knowing."""
    mechanism, people = mechanisms.mechanism(at.home, name), mechanisms.directory(at.home)
    found = lint(mechanism, people, at.now_tai_ns())
    return {"mechanism": mechanism.mechanism_id, "findings": finding_documents(found)}


@router.post("/mechanisms/{name}/plans/{plan}/trials")
def try_plan(at: At, name: Name, plan: Name, said: Trying) -> Document:
    """Play a plan on an invented case: what is asked when, what is late, what is left.  Nothing is kept."""
    if name not in mechanisms.mechanism_texts(at.home):
        # By a name only: whoever asks over HTTP does not choose files of this machine.
        raise NoSuchRecord(f"no mechanism is called {name!r}; GET /mechanisms lists those there are")
    trial = run_trial(
        at.home, name, plan, said.severity, silent=said.silent, outages=said.outages, hours=said.hours
    )
    return trial_document(trial, Speech(said.language))


def _deadline(task: TaskStanding) -> tuple[bool, int]:
    return task.due_at_tai_ns is None, task.due_at_tai_ns or 0
