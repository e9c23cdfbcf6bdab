"""A text to begin from for whoever makes a situation report: what changed, in tasks alone."""

from collections.abc import Callable, Iterator, Sequence

from baken.records.response import TaskKind
from baken.records.response_review import RanClock
from baken.records.response_standing import PlanStanding, TaskStage, TaskStanding
from baken.report.after_action import unanswered
from baken.report.moments import minute_text, short_minute_text
from baken.report.response_calendar import clock_text
from baken.report.response_names import Names

MOST_CLOCKS = 5
DONE = frozenset({TaskStage.DONE, TaskStage.LAPSED})


def situation_draft(
    plan: PlanStanding, number: int, clocks: Sequence[RanClock], names: Names, now_tai_ns: int
) -> str:
    """Return the draft of a report: of tasks and not of facts, and a person's to change and to issue."""
    issued = [report.issued_at_tai_ns for report in plan.situations if report.issued_at_tai_ns is not None]
    since = max(issued, default=plan.started_at_tai_ns)
    head = names.say(
        "draft.head",
        number=str(number),
        plan=names.plan(plan.plan.plan_id),
        now=minute_text(now_tai_ns, names.say),
        since=minute_text(since, names.say),
    )
    changed = list(_changed(plan, since, names, now_tai_ns)) or [names.say("draft.nothing")]
    lines = [head, names.say("draft.only_tasks"), _counted(plan, names, now_tai_ns), *changed]
    silent = unanswered(names.found, names)
    if silent:
        lines.append(names.say("draft.unanswered", names=", ".join(silent)))
    coming = list(_coming(clocks, names, now_tai_ns))[:MOST_CLOCKS]
    if coming:
        lines.append(names.say("draft.clocks", names="; ".join(coming)))
    return "\n".join(lines)


def _counted(plan: PlanStanding, names: Names, now_tai_ns: int) -> str:
    overdue = sum(task.is_overdue(now_tai_ns) for task in plan.tasks)
    is_open = sum(task.stage in (TaskStage.RUNNING, TaskStage.TAKEN) for task in plan.tasks)
    return names.say(
        "draft.tasks",
        count=len(plan.tasks),
        done=sum(task.stage in DONE for task in plan.tasks),
        open=is_open,
        overdue=overdue,
    )


def _changed(plan: PlanStanding, since: int, names: Names, now_tai_ns: int) -> Iterator[str]:
    def ended(task: TaskStanding) -> bool:
        return task.ended_at_tai_ns is not None and task.ended_at_tai_ns >= since

    def line(name: str, chosen: Callable[[TaskStanding], bool], what: Callable[[TaskStanding], str]) -> str:
        told = [what(task) for task in plan.tasks if chosen(task)]
        return names.say(f"draft.{name}", names="; ".join(told)) if told else ""

    def called(task: TaskStanding) -> str:
        return names.task(plan.plan.plan_id, task.task.task_id)

    def overdue(task: TaskStanding) -> str:
        due = short_minute_text(task.due_at_tai_ns or now_tai_ns, names.say)
        return names.say("draft.overdue.one", what=called(task), due=due)

    def decided(task: TaskStanding) -> str:
        outcome = names.outcome(plan.plan.plan_id, task.task.task_id, task.outcome)
        return names.say("draft.decided.one", what=called(task), outcome=outcome)

    def passed_on(task: TaskStanding) -> str:
        last = task.escalations[-1]
        missed = names.say(f"respond.missed.{last.missed}")
        return names.say(
            "draft.passed_on.one", what=called(task), other=names.role(last.role_id), missed=missed
        )

    lines = (
        line("done", lambda task: ended(task) and task.stage in DONE and not _is_decided(task), called),
        line("decided", lambda task: ended(task) and _is_decided(task), decided),
        line("dropped", lambda task: ended(task) and task.stage is TaskStage.DROPPED, called),
        line(
            "begun", lambda task: task.begun_at_tai_ns is not None and task.begun_at_tai_ns >= since, called
        ),
        line("overdue", lambda task: task.is_overdue(now_tai_ns), overdue),
        line("passed_on", lambda task: any(e.at_tai_ns >= since for e in task.escalations), passed_on),
    )
    yield from filter(None, lines)


def _is_decided(task: TaskStanding) -> bool:
    return task.task.kind is TaskKind.DECIDE and task.stage in DONE and bool(task.outcome)


def _coming(clocks: Sequence[RanClock], names: Names, now_tai_ns: int) -> Iterator[str]:
    for clock in clocks:
        if clock.is_running and clock.at_tai_ns >= now_tai_ns:
            when = short_minute_text(clock.at_tai_ns, names.say)
            yield names.say("draft.clock", what=clock_text(clock, names), when=when)
