"""The chronicle of a response: every moment at which something happened, or should have, in order of time."""

from collections.abc import Iterator

from baken.records.response import TaskKind
from baken.records.response_review import Happened, ReviewMoment
from baken.records.response_standing import (
    AttemptEnd,
    Notice,
    NoticeStage,
    PlanStanding,
    Request,
    RequestStage,
    ResponseStanding,
    TaskStage,
    TaskStanding,
)
from baken.respond.notice_life import ARRIVED
from baken.respond.review_times import arrived_tai_ns, late_s, until_tai_ns

# At one instant things are told in this order: what ends before what it begins.
ORDER = {happened: place for place, happened in enumerate((
    Happened.STARTED, Happened.NOT_DONE, Happened.NOT_REPORTED, Happened.NOT_ANSWERED, Happened.TAKEN,
    Happened.DONE, Happened.DECIDED, Happened.DROPPED, Happened.LAPSED, Happened.REPORTED, Happened.ANSWERED,
    Happened.PASSED_ON, Happened.ASKED, Happened.REQUESTED, Happened.ARRIVED_LATE, Happened.NOT_ARRIVED,
    Happened.STOOD_DOWN,
))}  # fmt: skip
ENDED = {
    TaskStage.DONE: Happened.DONE,
    TaskStage.LAPSED: Happened.DONE,
    TaskStage.DROPPED: Happened.DROPPED,
}
ANSWERED = frozenset({RequestStage.ANSWERED, RequestStage.DECLINED, RequestStage.WITHDRAWN})


def chronicle_of(found: ResponseStanding, as_of_tai_ns: int) -> tuple[ReviewMoment, ...]:
    """Return every moment of a response in order of time, those at which nothing was done at their due time.

    A letter has a moment of its own when it took more than one try, or never arrived.
    """
    moments = [
        *(moment for plan in found.plans for moment in _of_plan(plan, as_of_tai_ns)),
        *(moment for request in found.requests for moment in _of_request(request, as_of_tai_ns)),
        *(moment for notice in found.notices for moment in _of_letter(notice)),
    ]
    return tuple(sorted(moments, key=_when))


def _when(moment: ReviewMoment) -> tuple[int, int, str, tuple[str, ...]]:
    return moment.at_tai_ns, ORDER[moment.happened], moment.plan_id, moment.names


def _of_plan(plan: PlanStanding, as_of_tai_ns: int) -> Iterator[ReviewMoment]:
    plan_id = plan.plan.plan_id
    yield ReviewMoment(
        at_tai_ns=plan.started_at_tai_ns, happened=Happened.STARTED, plan_id=plan_id, who=plan.started_by
    )
    yield from _asked(plan)
    for task in plan.tasks:
        yield from _of_task(plan, task, until_tai_ns(plan, as_of_tai_ns))
    yield from _of_reports(plan, until_tai_ns(plan, as_of_tai_ns))
    if plan.stood_down_at_tai_ns is not None:
        yield ReviewMoment(
            at_tai_ns=plan.stood_down_at_tai_ns,
            happened=Happened.STOOD_DOWN,
            plan_id=plan_id,
            who=plan.stood_down_by,
            said=plan.stood_down_because,
        )


def _asked(plan: PlanStanding) -> Iterator[ReviewMoment]:
    """Tell what was asked of one role at one instant in one line."""
    asked: dict[tuple[int, str], list[str]] = {}
    for task in plan.tasks:
        if task.begun_at_tai_ns is not None:
            asked.setdefault((task.begun_at_tai_ns, task.task.by), []).append(task.task.task_id)
    for (at_tai_ns, role_id), names in asked.items():
        yield ReviewMoment(
            at_tai_ns=at_tai_ns,
            happened=Happened.ASKED,
            plan_id=plan.plan.plan_id,
            names=tuple(names),
            who=role_id,
        )


def _of_task(plan: PlanStanding, task: TaskStanding, until: int) -> Iterator[ReviewMoment]:
    plan_id, names = plan.plan.plan_id, (task.task.task_id,)
    for each in task.escalations:
        yield ReviewMoment(
            at_tai_ns=each.at_tai_ns,
            happened=Happened.PASSED_ON,
            plan_id=plan_id,
            names=names,
            who=each.role_id,
            due_at_tai_ns=each.due_at_tai_ns,
            late_s=late_s(each.due_at_tai_ns, each.at_tai_ns),
            missed=each.missed,
        )
    if task.taken_at_tai_ns is not None:
        yield ReviewMoment(
            at_tai_ns=task.taken_at_tai_ns,
            happened=Happened.TAKEN,
            plan_id=plan_id,
            names=names,
            who=task.taken_by,
            due_at_tai_ns=task.acknowledge_by_tai_ns,
            late_s=late_s(task.acknowledge_by_tai_ns, task.taken_at_tai_ns),
        )
    yield from _ending(plan_id, task)
    late = late_s(task.due_at_tai_ns, until)
    if task.stage in (TaskStage.RUNNING, TaskStage.TAKEN) and task.due_at_tai_ns is not None and late:
        yield ReviewMoment(
            at_tai_ns=task.due_at_tai_ns,
            happened=Happened.NOT_DONE,
            plan_id=plan_id,
            names=names,
            who=task.taken_by or (task.asked[-1] if task.asked else ""),
            due_at_tai_ns=task.due_at_tai_ns,
            late_s=late,
        )


def _ending(plan_id: str, task: TaskStanding) -> Iterator[ReviewMoment]:
    names = (task.task.task_id,)
    if task.stage in ENDED and task.ended_at_tai_ns is not None:
        is_decision = task.task.kind is TaskKind.DECIDE and task.outcome
        yield ReviewMoment(
            at_tai_ns=task.ended_at_tai_ns,
            happened=Happened.DECIDED if is_decision else ENDED[task.stage],
            plan_id=plan_id,
            names=names,
            who=task.ended_by,
            due_at_tai_ns=task.due_at_tai_ns,
            late_s=late_s(task.due_at_tai_ns, task.ended_at_tai_ns),
            outcome=task.outcome,
            said=task.because,
        )
    if task.stage is TaskStage.LAPSED and task.lapses_at_tai_ns is not None:
        yield ReviewMoment(
            at_tai_ns=task.lapses_at_tai_ns, happened=Happened.LAPSED, plan_id=plan_id, names=names
        )


def _of_reports(plan: PlanStanding, until: int) -> Iterator[ReviewMoment]:
    for report in plan.situations:
        at_tai_ns = report.due_at_tai_ns if report.issued_at_tai_ns is None else report.issued_at_tai_ns
        if at_tai_ns > until:
            # Called for before its time, and not due any more.
            continue
        is_made = report.issued_at_tai_ns is not None
        yield ReviewMoment(
            at_tai_ns=at_tai_ns,
            happened=Happened.REPORTED if is_made else Happened.NOT_REPORTED,
            plan_id=plan.plan.plan_id,
            names=(str(report.number),),
            who=report.issued_by or (plan.plan.situation.by if plan.plan.situation else ""),
            due_at_tai_ns=report.due_at_tai_ns,
            late_s=late_s(report.due_at_tai_ns, report.issued_at_tai_ns or until),
            said=report.delayed_because,
        )


def _of_request(request: Request, as_of_tai_ns: int) -> Iterator[ReviewMoment]:
    names = (request.request_id,)
    yield ReviewMoment(
        at_tai_ns=request.asked_at_tai_ns,
        happened=Happened.REQUESTED,
        names=names,
        who=request.asked_by,
        due_at_tai_ns=request.due_at_tai_ns,
        said=request.purpose,
    )
    if request.stage in ANSWERED and request.answered_at_tai_ns is not None:
        yield ReviewMoment(
            at_tai_ns=request.answered_at_tai_ns,
            happened=Happened.ANSWERED,
            names=names,
            who=request.answered_by,
            due_at_tai_ns=request.due_at_tai_ns,
            late_s=late_s(request.due_at_tai_ns, request.answered_at_tai_ns),
            outcome=request.stage.value,
            said=request.answer,
        )
    elif late := late_s(request.due_at_tai_ns, as_of_tai_ns):
        yield ReviewMoment(
            at_tai_ns=request.due_at_tai_ns,
            happened=Happened.NOT_ANSWERED,
            names=names,
            who=request.of,
            due_at_tai_ns=request.due_at_tai_ns,
            late_s=late,
        )


def _of_letter(notice: Notice) -> Iterator[ReviewMoment]:
    """Tell of a letter that had trouble: more than one try, or none that arrived."""
    arrived = arrived_tai_ns(notice)
    if not notice.attempts or (len(notice.attempts) == 1 and notice.attempts[0].end is AttemptEnd.ARRIVED):
        return
    first = notice.attempts[0].began_at_tai_ns
    is_there = arrived is not None or notice.stage in ARRIVED
    at_tai_ns = arrived or notice.acknowledged_at_tai_ns or notice.attempts[-1].began_at_tai_ns
    if not is_there and notice.stage is NoticeStage.WITHDRAWN:
        return
    yield ReviewMoment(
        at_tai_ns=at_tai_ns,
        happened=Happened.ARRIVED_LATE if is_there else Happened.NOT_ARRIVED,
        plan_id=notice.plan_id,
        names=(notice.key,),
        who=notice.role_id,
        late_s=late_s(first, at_tai_ns),
        outcome=notice.attempts[-1].way.value,
        n_tries=len(notice.attempts),
    )
