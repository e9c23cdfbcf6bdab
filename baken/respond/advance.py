"""What is due: the moves that a plan asks for at an instant, given how it stands.  Pure, and never twice.

A move is made by keeping an entry with its key; the standing that follows from the log then no longer asks
for it.  Deadlines count from the instant at which something was due, acknowledgements from when somebody was
asked: an engine that stood still for an hour shortens nobody's time to answer, and lengthens no deadline.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from baken.records.response import SituationSeries
from baken.records.response_standing import Missed, PlanStanding, TaskStage, TaskStanding
from baken.respond.clocks import SECOND_NS, holds_at, is_upheld

# Whoever makes a situation report hears of it this long before it is due, and never a whole period before.
SITUATION_LEAD_S = 1_800.0
# Says whether a role can be reached at an instant: it has a contact, or somebody is on duty.
Reach = Callable[[str, int], bool]


class MoveKind(StrEnum):
    """What the engine may do by itself."""

    BEGIN = "begin"
    DISPENSE = "dispense"
    GO_ON = "go-on"
    LAPSE = "lapse"
    CALL_SITUATION = "call-situation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move that is due, since when, and for a task that goes on: to which role, and why."""

    kind: MoveKind
    plan_id: str
    task_id: str = ""
    due_at_tai_ns: int
    number: int = 0
    role_id: str = ""
    missed: Missed | None = None

    @property
    def key(self) -> str:
        """The name of this move; in one response no other has it."""
        return "/".join((self.plan_id, self.task_id or "situation", self.kind, str(self.number)))


def moves_due(standing: PlanStanding, now_tai_ns: int, reach: Reach) -> tuple[Move, ...]:
    """Return what is due by now, the earliest first.

    What follows from these moves is due only once they stand in the log: make them, and ask again.
    """
    return tuple(move for move in _coming(standing, now_tai_ns, reach) if move.due_at_tai_ns <= now_tai_ns)


def next_due_tai_ns(standing: PlanStanding, now_tai_ns: int, reach: Reach) -> int | None:
    """Return the next instant at which a move will be due if nobody does anything, or ``None``."""
    coming = _coming(standing, now_tai_ns, reach)
    return coming[0].due_at_tai_ns if coming else None


def _coming(standing: PlanStanding, now_tai_ns: int, reach: Reach) -> list[Move]:
    """Return the next move of each task and series, due or not, in order of time."""
    if standing.stood_down_at_tai_ns is not None:
        return []
    moves = [move for task in standing.tasks for move in _of_task(standing, task, reach)]
    if standing.plan.situation is not None:
        moves.append(_next_situation(standing, standing.plan.situation, now_tai_ns))
    return sorted(moves, key=lambda move: move.due_at_tai_ns)


def _of_task(standing: PlanStanding, task: TaskStanding, reach: Reach) -> Iterator[Move]:
    if task.stage is TaskStage.WAITING:
        yield from _beginning(standing, task)
    elif task.stage in (TaskStage.RUNNING, TaskStage.TAKEN):
        yield from _going_on(standing, task, reach)
    elif task.stage is TaskStage.DONE and task.lapses_at_tai_ns is not None:
        yield from _lapsing(standing, task, task.lapses_at_tai_ns)


def _beginning(standing: PlanStanding, waiting: TaskStanding) -> Iterator[Move]:
    task = waiting.task
    if not task.is_asked_for(standing.severity):
        return
    before = [standing.of(name) for name in task.after]
    before = [each for each in before if each.task.is_asked_for(standing.severity)]
    decision = standing.of(task.condition.task_id) if task.condition else None
    waits_for = [*before, decision] if decision else before
    if any(not each.is_over for each in waits_for):
        return
    ended = [each.ended_at_tai_ns for each in waits_for if each.ended_at_tai_ns is not None]
    reached_at_tai_ns = standing.reached_at_tai_ns[task.from_severity]
    due_at_tai_ns = max([standing.started_at_tai_ns, reached_at_tai_ns, *ended])
    is_needed = not before or any(each.stage is not TaskStage.NOT_NEEDED for each in before)
    if task.condition is not None and decision is not None:
        is_needed = is_needed and decision.outcome in task.condition.options
        is_needed = is_needed and holds_at(standing, decision, due_at_tai_ns)
    yield Move(
        kind=MoveKind.BEGIN if is_needed else MoveKind.DISPENSE,
        plan_id=standing.plan.plan_id,
        task_id=task.task_id,
        due_at_tai_ns=due_at_tai_ns,
    )


def _going_on(standing: PlanStanding, task: TaskStanding, reach: Reach) -> Iterator[Move]:
    """Return when a task goes on to the next role of its ladder, and why; nothing when the ladder ends."""
    level = len(task.escalations)
    if level >= len(task.task.if_missed):
        return
    missed = sorted(_missing(task, reach), key=lambda each: each[0])
    for due_at_tai_ns, why in missed[:1]:
        yield Move(
            kind=MoveKind.GO_ON,
            plan_id=standing.plan.plan_id,
            task_id=task.task.task_id,
            due_at_tai_ns=due_at_tai_ns,
            number=level + 1,
            role_id=task.task.if_missed[level],
            missed=why,
        )


def _missing(task: TaskStanding, reach: Reach) -> Iterator[tuple[int, Missed]]:
    asked_at_tai_ns = task.asked_at_tai_ns
    if asked_at_tai_ns is None:
        return
    if task.is_unanswered:
        # Whoever had the role when it was asked, at whatever instant the engine looks.
        if not task.asked or not reach(task.asked[-1], asked_at_tai_ns):
            yield asked_at_tai_ns, Missed.NOBODY
        if task.acknowledge_by_tai_ns is not None:
            yield task.acknowledge_by_tai_ns, Missed.NOT_ACKNOWLEDGED
    if task.due_at_tai_ns is not None and not any(
        each.missed is Missed.NOT_DONE for each in task.escalations
    ):
        yield max(task.due_at_tai_ns, asked_at_tai_ns), Missed.NOT_DONE


def _lapsing(standing: PlanStanding, done: TaskStanding, lapses_at_tai_ns: int) -> Iterator[Move]:
    if not is_upheld(standing, done):
        yield Move(
            kind=MoveKind.LAPSE,
            plan_id=standing.plan.plan_id,
            task_id=done.task.task_id,
            due_at_tai_ns=lapses_at_tai_ns,
        )


def situation_due_tai_ns(standing: PlanStanding, series: SituationSeries, number: int) -> int:
    """Return when a report of a series is due, if nobody put it off: at set times from the beginning."""
    return standing.started_at_tai_ns + round(number * series.every_s * SECOND_NS)


def _next_situation(standing: PlanStanding, series: SituationSeries, now_tai_ns: int) -> Move:
    """Return the call for the next report; of those that an engine standing still has missed, the last."""
    lead_ns = round(min(SITUATION_LEAD_S, series.every_s / 4) * SECOND_NS)
    every_ns = round(series.every_s * SECOND_NS)
    last = standing.situations[-1] if standing.situations else None
    number = last.number + 1 if last else 1
    # A report that was put off stands for those whose time it reaches.
    while last and situation_due_tai_ns(standing, series, number) <= last.due_at_tai_ns:
        number += 1
    late_by_ns = now_tai_ns + lead_ns - situation_due_tai_ns(standing, series, number)
    number += max(0, late_by_ns // every_ns)
    return Move(
        kind=MoveKind.CALL_SITUATION,
        plan_id=standing.plan.plan_id,
        due_at_tai_ns=situation_due_tai_ns(standing, series, number) - lead_ns,
        number=number,
    )
