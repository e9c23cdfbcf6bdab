"""The clocks of a response: when something has to be done, and everything that runs, soonest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from baken.records.response import Base, Task
from baken.records.response_standing import (
    PlanStanding,
    RequestStage,
    ResponseStanding,
    TaskStage,
    TaskStanding,
)

SECOND_NS = 1_000_000_000


class ClockKind(StrEnum):
    """What runs out."""

    ACKNOWLEDGE = "acknowledge"
    TASK = "task"
    LAPSE = "lapse"
    SITUATION = "situation"
    REQUEST = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock that runs: until when, of what, and whose it is."""

    kind: ClockKind
    at_tai_ns: int
    plan_id: str
    name: str
    role_id: str

    @property
    def uid(self) -> str:
        """Its name, from one look to the next."""
        return f"{self.plan_id or 'request'}/{self.name}/{self.kind}"


def deadline_tai_ns(standing: PlanStanding, task: Task, began_tai_ns: int) -> int | None:
    """Return when a task that began at an instant has to be done, or ``None`` when it has no clock."""
    if task.within_s is None:
        return None
    base_tai_ns = {
        Base.TASK: began_tai_ns,
        Base.CASE: standing.case_opened_at_tai_ns,
        Base.RESPONSE: standing.started_at_tai_ns,
    }[task.counts_from]
    return base_tai_ns + round(task.within_s * SECOND_NS)


def acknowledge_by_tai_ns(task: Task, asked_tai_ns: int) -> int | None:
    """Return until when whoever was asked at an instant may take to answer, or ``None``."""
    if task.acknowledge_within_s is None:
        return None
    return asked_tai_ns + round(task.acknowledge_within_s * SECOND_NS)


def is_upheld(standing: PlanStanding, decided: TaskStanding) -> bool:
    """Say whether what upholds a thing that was done came before that lapsed; later is too late."""
    if not decided.task.upheld_by or decided.lapses_at_tai_ns is None:
        return False
    upholding = standing.of(decided.task.upheld_by)
    return (
        upholding.stage in (TaskStage.DONE, TaskStage.LAPSED)
        and upholding.ended_at_tai_ns is not None
        and upholding.ended_at_tai_ns < decided.lapses_at_tai_ns
    )


def holds_at(standing: PlanStanding, decided: TaskStanding, at_tai_ns: int) -> bool:
    """Say whether what was decided had not lapsed yet at an instant."""
    lapses_at_tai_ns = decided.lapses_at_tai_ns
    return lapses_at_tai_ns is None or at_tai_ns < lapses_at_tai_ns or is_upheld(standing, decided)


def clocks_of(found: ResponseStanding) -> tuple[Clock, ...]:
    """Return every clock that runs, the soonest first."""
    running = [
        *(clock for plan in found.plans if plan.stood_down_at_tai_ns is None for clock in _of_plan(plan)),
        *_of_requests(found),
    ]
    return tuple(sorted(running, key=lambda clock: (clock.at_tai_ns, clock.uid)))


def _of_plan(plan: PlanStanding) -> Iterator[Clock]:
    plan_id = plan.plan.plan_id
    for task in plan.tasks:
        name, whose = task.task.task_id, task.asked[-1] if task.asked else ""
        if not task.is_over and task.is_unanswered and task.acknowledge_by_tai_ns is not None:
            at_tai_ns = task.acknowledge_by_tai_ns
            yield Clock(
                kind=ClockKind.ACKNOWLEDGE, at_tai_ns=at_tai_ns, plan_id=plan_id, name=name, role_id=whose
            )
        if task.stage in (TaskStage.RUNNING, TaskStage.TAKEN) and task.due_at_tai_ns is not None:
            yield Clock(
                kind=ClockKind.TASK, at_tai_ns=task.due_at_tai_ns, plan_id=plan_id, name=name, role_id=whose
            )
        if task.stage is TaskStage.DONE and task.lapses_at_tai_ns is not None and not is_upheld(plan, task):
            at_tai_ns = task.lapses_at_tai_ns
            yield Clock(kind=ClockKind.LAPSE, at_tai_ns=at_tai_ns, plan_id=plan_id, name=name, role_id=whose)
    for report in plan.situations:
        if report.issued_at_tai_ns is None and plan.plan.situation is not None:
            yield Clock(
                kind=ClockKind.SITUATION,
                at_tai_ns=report.due_at_tai_ns,
                plan_id=plan_id,
                name=str(report.number),
                role_id=plan.plan.situation.by,
            )


def _of_requests(found: ResponseStanding) -> Iterator[Clock]:
    for request in found.requests:
        if request.stage in (RequestStage.ASKED, RequestStage.ACCEPTED):
            yield Clock(
                kind=ClockKind.REQUEST,
                at_tai_ns=request.due_at_tai_ns,
                plan_id="",
                name=request.request_id,
                role_id=request.of,
            )
