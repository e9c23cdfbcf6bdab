"""Every clock of a response that runs or ever ran, so that a calendar can take away what runs no more."""

from collections.abc import Iterator

from baken.records.response_review import RanClock
from baken.records.response_standing import PlanStanding, ResponseStanding, TaskStanding
from baken.respond.clocks import Clock, ClockKind, clocks_of


def ran_clocks(found: ResponseStanding) -> tuple[RanClock, ...]:
    """Return every clock that runs or ran, the soonest first; each keeps its name from look to look."""
    running = {clock.uid for clock in clocks_of(found)}
    every = [*(clock for plan in found.plans for clock in _of_plan(plan)), *_of_requests(found)]
    return tuple(
        RanClock(
            uid=f"{found.incident_id}/{clock.uid}",
            kind=clock.kind.value,
            plan_id=clock.plan_id,
            name=clock.name,
            role_id=clock.role_id,
            at_tai_ns=clock.at_tai_ns,
            is_running=clock.uid in running,
        )
        for clock in sorted(every, key=lambda clock: (clock.at_tai_ns, clock.uid))
    )


def _of_plan(plan: PlanStanding) -> Iterator[Clock]:
    for task in plan.tasks:
        for kind, at_tai_ns in _of_task(task):
            if at_tai_ns is not None:
                yield Clock(
                    kind=kind,
                    at_tai_ns=at_tai_ns,
                    plan_id=plan.plan.plan_id,
                    name=task.task.task_id,
                    role_id=task.asked[-1] if task.asked else "",
                )
    for report in plan.situations:
        yield Clock(
            kind=ClockKind.SITUATION,
            at_tai_ns=report.due_at_tai_ns,
            plan_id=plan.plan.plan_id,
            name=str(report.number),
            role_id=plan.plan.situation.by if plan.plan.situation else "",
        )


def _of_task(task: TaskStanding) -> Iterator[tuple[ClockKind, int | None]]:
    yield ClockKind.ACKNOWLEDGE, task.acknowledge_by_tai_ns
    yield ClockKind.TASK, task.due_at_tai_ns
    yield ClockKind.LAPSE, task.lapses_at_tai_ns


def _of_requests(found: ResponseStanding) -> Iterator[Clock]:
    for request in found.requests:
        yield Clock(
            kind=ClockKind.REQUEST,
            at_tai_ns=request.due_at_tai_ns,
            plan_id="",
            name=request.request_id,
            role_id=request.of,
        )
