"""Look back on a response: what was due, what happened, when, and how late.  Figures; no words yet.

A plan that was stood down owes nothing after that moment: what was still open then is not late later on.
"""

from collections.abc import Iterator
from statistics import median

from baken.records.response_review import (
    LateTask,
    LetterFigures,
    PassedOn,
    Review,
    SituationFigures,
    TaskFigures,
)
from baken.records.response_standing import (
    AttemptEnd,
    Missed,
    Notice,
    NoticeStage,
    PlanStanding,
    ResponseStanding,
    TaskStage,
    TaskStanding,
)
from baken.respond._chronicle import chronicle_of
from baken.respond.advance import situation_due_tai_ns
from baken.respond.clocks import SECOND_NS
from baken.respond.notice_life import ARRIVED
from baken.respond.review_times import arrived_tai_ns, late_s, told_by_telephone, until_tai_ns

DONE = frozenset({TaskStage.DONE, TaskStage.LAPSED})
NOT_APPROVED, WITHDRAWN = NoticeStage.DRAFTED, NoticeStage.WITHDRAWN


def look_back(found: ResponseStanding, as_of_tai_ns: int) -> Review:
    """Return a response looked back upon; the same standing and instant give the same review."""
    passed_on = tuple(sorted(_passed_on(found), key=lambda each: each.at_tai_ns))
    return Review(
        as_of_tai_ns=as_of_tai_ns,
        tasks=task_figures(found, as_of_tai_ns),
        letters=letter_figures(found.notices),
        situations=_situations_together(found, as_of_tai_ns),
        passed_on=passed_on,
        unassigned=tuple(
            (plan.plan.plan_id, task.task.task_id)
            for plan in found.plans
            for task in plan.tasks
            if not task.task.by and task.begun_at_tai_ns is not None
        ),
        vacant=tuple(
            dict.fromkeys(
                each.from_role_id for each in passed_on if each.missed is Missed.NOBODY and each.from_role_id
            )
        ),
        chronicle=chronicle_of(found, as_of_tai_ns),
    )


def task_figures(found: ResponseStanding, as_of_tai_ns: int) -> TaskFigures:
    """Count how the tasks of all plans went."""
    tasks = [(plan, task) for plan in found.plans for task in plan.tasks]
    done = [(plan, task) for plan, task in tasks if task.stage in DONE]
    is_open = [(plan, task) for plan, task in tasks if task.stage in (TaskStage.RUNNING, TaskStage.TAKEN)]
    done_late = tuple(_late(plan, task, task.ended_at_tai_ns) for plan, task in done if _ended_late(task))
    overdue = tuple(
        _late(plan, task, until_tai_ns(plan, as_of_tai_ns))
        for plan, task in is_open
        if late_s(task.due_at_tai_ns, until_tai_ns(plan, as_of_tai_ns)) is not None
    )
    n_without_clock = sum(task.due_at_tai_ns is None for _, task in done)

    def count(stage: TaskStage) -> int:
        return sum(task.stage is stage for _, task in tasks)

    return TaskFigures(
        n_in_time=len(done) - len(done_late) - n_without_clock,
        n_without_clock=n_without_clock,
        done_late=done_late,
        overdue=overdue,
        n_open=len(is_open) - len(overdue),
        n_dropped=count(TaskStage.DROPPED),
        n_not_needed=count(TaskStage.NOT_NEEDED),
        n_never_asked=count(TaskStage.WAITING),
        n_lapsed=count(TaskStage.LAPSED),
    )


def letter_figures(notices: tuple[Notice, ...]) -> LetterFigures:
    """Count how letters went; how long somebody took to acknowledge counts from when it arrived."""
    attempts = [attempt for notice in notices for attempt in notice.attempts]
    arrived = [notice for notice in notices if notice.stage in ARRIVED]
    waited_s = sorted(_waited_s(notices))
    n_apart = sum(notice.stage in (NOT_APPROVED, WITHDRAWN) for notice in notices)

    def count(end: AttemptEnd) -> int:
        return sum(attempt.end is end for attempt in attempts)

    return LetterFigures(
        n_written=len(notices),
        n_not_approved=sum(notice.stage is NOT_APPROVED for notice in notices),
        n_withdrawn=sum(notice.stage is WITHDRAWN for notice in notices),
        n_arrived=len(arrived),
        n_not_arrived=len(notices) - len(arrived) - n_apart,
        n_tries=len(attempts),
        n_failed=count(AttemptEnd.FAILED),
        n_refused=count(AttemptEnd.REFUSED),
        n_interrupted=count(AttemptEnd.UNKNOWN),
        n_by_telephone=sum(told_by_telephone(notice) for notice in notices),
        n_acknowledged=sum(notice.acknowledged_at_tai_ns is not None for notice in notices),
        acknowledged_median_s=median(waited_s) if waited_s else None,
        acknowledged_longest_s=waited_s[-1] if waited_s else None,
    )


def situation_figures(plan: PlanStanding, as_of_tai_ns: int) -> SituationFigures:
    """Count how the reports of a plan went; what was put off stands for those its time reaches."""
    series = plan.plan.situation
    if series is None:
        return SituationFigures()
    until = until_tai_ns(plan, as_of_tai_ns)
    issued = [report for report in plan.situations if report.issued_at_tai_ns is not None]
    unmade = [report for report in plan.situations if report.issued_at_tai_ns is None]
    n_missed = sum(report.due_at_tai_ns < until for report in unmade)
    every_ns = round(series.every_s * SECOND_NS)
    n_times = max(0, (until - plan.started_at_tai_ns) // every_ns)
    called = {report.number for report in plan.situations}
    n_not_called = sum(
        number not in called
        and not any(
            report.number < number and situation_due_tai_ns(plan, series, number) <= report.due_at_tai_ns
            for report in plan.situations
        )
        for number in range(1, n_times + 1)
    )
    return SituationFigures(
        n_due=len(issued) + n_missed + n_not_called,
        n_made=len(issued),
        n_late=sum(late_s(report.due_at_tai_ns, report.issued_at_tai_ns) is not None for report in issued),
        n_put_off=sum(bool(report.delayed_because) for report in plan.situations),
        n_missed=n_missed,
        n_not_called=n_not_called,
    )


def _situations_together(found: ResponseStanding, as_of_tai_ns: int) -> SituationFigures:
    each = [situation_figures(plan, as_of_tai_ns) for plan in found.plans]
    return SituationFigures(
        n_due=sum(one.n_due for one in each),
        n_made=sum(one.n_made for one in each),
        n_late=sum(one.n_late for one in each),
        n_put_off=sum(one.n_put_off for one in each),
        n_missed=sum(one.n_missed for one in each),
        n_not_called=sum(one.n_not_called for one in each),
    )


def _passed_on(found: ResponseStanding) -> Iterator[PassedOn]:
    for plan in found.plans:
        for task in plan.tasks:
            asked_before = (task.task.by, *(each.role_id for each in task.escalations))
            for from_role_id, each in zip(asked_before, task.escalations, strict=False):
                yield PassedOn(
                    plan_id=plan.plan.plan_id,
                    task_id=task.task.task_id,
                    from_role_id=from_role_id,
                    to_role_id=each.role_id,
                    missed=each.missed,
                    due_at_tai_ns=each.due_at_tai_ns,
                    at_tai_ns=each.at_tai_ns,
                )


def _ended_late(task: TaskStanding) -> bool:
    return late_s(task.due_at_tai_ns, task.ended_at_tai_ns) is not None


def _late(plan: PlanStanding, task: TaskStanding, at_tai_ns: int | None) -> LateTask:
    return LateTask(
        plan_id=plan.plan.plan_id,
        task_id=task.task.task_id,
        late_s=late_s(task.due_at_tai_ns, at_tai_ns) or 0.0,
    )


def _waited_s(notices: tuple[Notice, ...]) -> Iterator[float]:
    for notice in notices:
        arrived = arrived_tai_ns(notice)
        if notice.acknowledged_at_tai_ns is not None and arrived is not None:
            # Somebody may acknowledge before the way says that it arrived.
            yield max(0.0, (notice.acknowledged_at_tai_ns - arrived) / SECOND_NS)
