"""The board of one incident: who does what by when, done or overdue, and who has been told; a row each."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from baken.records.response import Mechanism, Plan, Task
from baken.records.response_standing import (
    Notice,
    NoticeKind,
    NoticeStage,
    PlanStanding,
    ResponseStanding,
    TaskStage,
    TaskStanding,
)
from baken.report.moments import minute_text
from baken.report.response_names import Names
from baken.report.words import Speech

SECOND_NS, MINUTE_NS, HOUR_NS, DAY_NS = 10**9, 60 * 10**9, 3_600 * 10**9, 86_400 * 10**9


class Pressing(IntEnum):
    """How much a row presses, from most to least: the order of the board."""

    OVERDUE = 0
    UNANSWERED = 1
    OPEN = 2
    RUNNING = 3
    WAITING = 4
    OVER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One task on the board, in words.  ``nobody`` says that no role has it."""

    pressing: Pressing
    task_id: str
    what: str
    who: str
    nobody: bool
    state: str
    by_when: str
    left: str
    told: tuple[str, ...]
    gone_on: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A plan as it hangs on the wall: its rows the most pressing first, who leads it, and what is open.

    ``parts`` say who else has a part, and when it is over.
    """

    plan_id: str
    title: str
    responsible: str
    is_lead_open: bool
    parts: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    n_done: int
    n_overdue: int
    next_report: str
    stood_down: str
    illustrative: bool
    call_outs_approved_by: str


def board_of(
    found: ResponseStanding, plan: PlanStanding, mechanism: Mechanism, now_tai_ns: int, say: Speech
) -> Board:
    """Return the board of one plan of a response at an instant."""
    rows = [_row(found, plan, task, mechanism, now_tai_ns, say) for task in plan.tasks]
    return Board(
        plan_id=plan.plan.plan_id,
        title=plan.plan.name.read_in(say.language),
        responsible=_responsible(plan, mechanism, say),
        is_lead_open=not plan.plan.responsible,
        parts=tuple(_parts(plan.plan, mechanism, say)),
        rows=tuple(sorted(rows, key=lambda row: row.pressing)),
        n_done=sum(task.stage is TaskStage.DONE for task in plan.tasks),
        n_overdue=sum(task.is_overdue(now_tai_ns) for task in plan.tasks),
        next_report=_next_report(plan, now_tai_ns, say),
        stood_down=_stood_down(plan, say),
        illustrative=mechanism.is_illustrative,
        call_outs_approved_by=plan.call_outs_approved_by,
    )


def role_text(mechanism: Mechanism, role_id: str, say: Speech) -> str:
    """Return a role with its organisation, in words; its bare name when nobody knows it."""
    role, organisation = mechanism.role(role_id), mechanism.organisation_of(role_id)
    if role is None or organisation is None:
        return role_id
    name, house = role.name.read_in(say.language), organisation.name.read_in(say.language)
    return name if house in name else f"{name}, {house}"


def span_text(span_ns: int, say: Speech) -> str:
    """Return how long something lasts, to what a person needs of it.

    >>> span_text(95 * MINUTE_NS, Speech("en")), span_text(50 * HOUR_NS, Speech("nl"))
    ('1 h 35 min', '2 d 2 u')
    """
    hour = say("span.hour")
    if span_ns < MINUTE_NS:
        return f"{span_ns // SECOND_NS} s"
    if span_ns < HOUR_NS:
        return f"{span_ns // MINUTE_NS} min"
    if span_ns < DAY_NS:
        minutes = span_ns % HOUR_NS // MINUTE_NS
        return f"{span_ns // HOUR_NS} {hour}" + (f" {minutes} min" if minutes else "")
    hours = span_ns % DAY_NS // HOUR_NS
    return f"{span_ns // DAY_NS} d" + (f" {hours} {hour}" if hours else "")


def left_text(at_tai_ns: int, now_tai_ns: int, say: Speech) -> str:
    """Return how long there is until an instant, or how long ago it was."""
    if at_tai_ns >= now_tai_ns:
        return say("board.left", span=span_text(at_tai_ns - now_tai_ns, say))
    return say("board.over", span=span_text(now_tai_ns - at_tai_ns, say))


def _row(
    found: ResponseStanding,
    plan: PlanStanding,
    task: TaskStanding,
    mechanism: Mechanism,
    now_tai_ns: int,
    say: Speech,
) -> BoardRow:
    names = Names(found=found, mechanisms={"": mechanism}, say=say, may_say=_as_written)
    by_when, left = _when(plan, task, now_tai_ns, say)
    return BoardRow(
        pressing=_pressing(task, now_tai_ns),
        task_id=task.task.task_id,
        what=task.task.what.read_in(say.language),
        who=_who(task, mechanism, names),
        nobody=not task.asked and not task.is_over,
        state=_state(task, now_tai_ns, say),
        by_when=by_when,
        left=left,
        told=tuple(_told(found, plan, task.task, mechanism, say)),
        gone_on=tuple(
            say(
                "board.gone_on",
                who=role_text(mechanism, each.role_id, say),
                missed=say(f"respond.missed.{each.missed}"),
                when=minute_text(each.at_tai_ns, say),
            )
            for each in task.escalations
        ),
    )


def _pressing(task: TaskStanding, now_tai_ns: int) -> Pressing:
    if task.is_overdue(now_tai_ns):
        return Pressing.OVERDUE
    if task.stage is TaskStage.RUNNING:
        if not task.asked:
            return Pressing.OPEN
        late = task.acknowledge_by_tai_ns is not None and now_tai_ns > task.acknowledge_by_tai_ns
        return Pressing.UNANSWERED if late or task.escalations else Pressing.RUNNING
    if task.stage is TaskStage.TAKEN:
        return Pressing.RUNNING
    return Pressing.WAITING if task.stage is TaskStage.WAITING else Pressing.OVER


def _as_written(_: str, __: tuple[str, ...]) -> bool:
    # A board hangs where the case is worked on: people stand on it by their own names.
    return True


def _when(plan: PlanStanding, task: TaskStanding, now_tai_ns: int, say: Speech) -> tuple[str, str]:
    """Return by when a task has to be done, or what it waits for, or when it ended; and how that stands."""
    if task.stage is TaskStage.WAITING:
        return _waits_for(plan, task, say), ""
    if not task.is_over:
        due = task.due_at_tai_ns
        return ("", "") if due is None else (minute_text(due, say), left_text(due, now_tai_ns, say))
    ended = task.ended_at_tai_ns
    if ended is None or task.stage is TaskStage.NOT_NEEDED:
        return "", ""
    due = task.due_at_tai_ns
    late = left_text(due, ended, say) if due is not None and ended > due else ""
    return minute_text(ended, say), late


def _who(task: TaskStanding, mechanism: Mechanism, names: Names) -> str:
    say = names.say
    if task.is_over and task.ended_by:
        return names.who(task.ended_by)
    if task.taken_by:
        return names.who(task.taken_by)
    if not task.asked:
        because = task.task.open_because
        return say("board.nobody") + (f": {because.read_in(say.language)}" if because else "")
    if task.stage is TaskStage.WAITING:
        role = mechanism.role(task.asked[-1])
        return role.name.read_in(say.language) if role else task.asked[-1]
    return role_text(mechanism, task.asked[-1], say)


def _waits_for(plan: PlanStanding, task: TaskStanding, say: Speech) -> str:
    """Return what a task waits for: others, a decision, or a graver incident."""
    if not task.task.is_asked_for(plan.severity):
        return say("board.from_severity", severity=say(f"incident.severity.{task.task.from_severity}"))
    before = (*task.task.after, task.task.condition.task_id) if task.task.condition else task.task.after
    open_before = [name for name in dict.fromkeys(before) if not plan.of(name).is_over]
    return say("board.after", tasks=", ".join(open_before)) if open_before else ""


def _state(task: TaskStanding, now_tai_ns: int, say: Speech) -> str:
    if task.is_overdue(now_tai_ns):
        return say("respond.stage.overdue")
    told = say(f"respond.stage.{task.stage}")
    if task.outcome:
        chosen = next(one for one in task.task.options if one.option_id == task.outcome)
        return f"{told}: {chosen.name.read_in(say.language)}"
    if task.stage is TaskStage.RUNNING and task.acknowledge_by_tai_ns is not None:
        return told if now_tai_ns <= task.acknowledge_by_tai_ns else say("respond.missed.not-acknowledged")
    return told


def _told(
    found: ResponseStanding, plan: PlanStanding, task: Task, mechanism: Mechanism, say: Speech
) -> Iterator[str]:
    """Return who has been told of a task, or about it, and how far that is; the last letter to each role."""
    letters: dict[tuple[str, NoticeKind], Notice] = {
        (notice.role_id, notice.kind): notice
        for notice in found.notices
        if (notice.plan_id, notice.task_id) == (plan.plan.plan_id, task.task_id)
        and notice.stage is not NoticeStage.WITHDRAWN
    }
    for (role_id, _), notice in letters.items():
        role = mechanism.role(role_id)
        name = role.name.read_in(say.language) if role else role_id
        yield f"{name}: {say(f'respond.letter.{notice.stage}')}"


def _responsible(plan: PlanStanding, mechanism: Mechanism, say: Speech) -> str:
    if plan.plan.responsible:
        return "; ".join(role_text(mechanism, each, say) for each in plan.plan.responsible)
    because = plan.plan.open_because
    return say("board.lead_open", because=because.read_in(say.language) if because else "–")


def _parts(plan: Plan, mechanism: Mechanism, say: Speech) -> Iterator[str]:
    """Return who else has a part, and when it is over."""
    for name, role_ids in (("supporting", plan.supporting), ("informed", plan.informed)):
        if role_ids:
            roles = (mechanism.role(role_id) for role_id in role_ids)
            names = "; ".join(role.name.read_in(say.language) for role in roles if role)
            yield say(f"board.{name}", roles=names)
    if plan.stand_down_when is not None:
        yield say("board.over_when", when=plan.stand_down_when.read_in(say.language))


def _next_report(plan: PlanStanding, now_tai_ns: int, say: Speech) -> str:
    waiting = [report for report in plan.situations if report.issued_at_tai_ns is None]
    if plan.plan.situation is None or not waiting or plan.stood_down_at_tai_ns is not None:
        return ""
    due_at_tai_ns = waiting[-1].due_at_tai_ns
    return say(
        "board.report",
        number=waiting[-1].number,
        when=minute_text(due_at_tai_ns, say),
        left=left_text(due_at_tai_ns, now_tai_ns, say),
    )


def _stood_down(plan: PlanStanding, say: Speech) -> str:
    if plan.stood_down_at_tai_ns is None:
        return ""
    return say("board.stood_down", when=minute_text(plan.stood_down_at_tai_ns, say), by=plan.stood_down_by)
