"""Let the engine make the moves that are due: each an entry, with the letters that go with it, all or none.

Whoever is killed in between left whole moves or none; who comes after makes the rest.  Two that do it at once
make each move once: the log keeps nothing of the second one, and it reads again.
"""

from collections.abc import Iterator

from baken.incident.history import BAKEN
from baken.operations.desk import Desk
from baken.operations.evidence_ports import Overtaken
from baken.operations.response_state import begun_response, keep_response, mechanism_of, response_entry
from baken.operations.write_notices import Office, notices_of_move
from baken.records.evidence import Entry, EntryKind, Field
from baken.records.incident import IncidentId
from baken.records.response import Directory, TaskKind
from baken.records.response_standing import (
    NoticeKind,
    NoticeStage,
    PlanStanding,
    ResponseStanding,
    TaskStage,
)
from baken.respond.advance import Move, MoveKind, Reach, moves_due, next_due_tai_ns, situation_due_tai_ns
from baken.respond.notice_life import ARRIVED
from baken.respond.roster import reach_of
from baken.respond.task_life import TaskStep


def advance_response(desk: Desk, incident_id: IncidentId, directory: Directory) -> tuple[Move, ...]:
    """Make every move that is due at the desk's moment, and return them in order.

    ``desk.actor`` is the engine; what it does by itself stands under its name.
    Raises: NoSuchRecord when no response was begun.
    """
    made: list[Move] = []
    reach = reach_of(directory)
    while True:
        found = begun_response(desk.log, incident_id)
        try:
            step = _make_first(desk, found, directory, reach)
        except Overtaken:
            continue
        if step is None:
            return tuple(made)
        made.extend(step)


def next_move_tai_ns(desk: Desk, incident_id: IncidentId, directory: Directory) -> int | None:
    """Return when the engine has to look again if nobody does anything before, or ``None``."""
    found = begun_response(desk.log, incident_id)
    reach = reach_of(directory)
    coming = [next_due_tai_ns(plan, desk.at_tai_ns, reach) for plan in found.plans]
    return min((each for each in coming if each is not None), default=None)


def engine_of(desk: Desk) -> Desk:
    """Return the desk of the engine at the moment of somebody's."""
    return Desk(log=desk.log, actor=BAKEN, at_tai_ns=desk.at_tai_ns, luck=desk.luck, marking=desk.marking)


def _make_first(
    desk: Desk, found: ResponseStanding, directory: Directory, reach: Reach
) -> tuple[Move, ...] | None:
    """Make what is due of the first plan that has something; ``None`` when nothing is due."""
    for plan in found.plans:
        moves = moves_due(plan, desk.at_tai_ns, reach)
        told = tuple(_all_told(desk, found, plan))
        if not moves and not told:
            continue
        office = Office(
            desk=desk,
            found=found,
            standing=plan,
            mechanism=mechanism_of(desk.log, plan),
            directory=directory,
        )
        entries = [entry for move in moves for entry in (_kept(office, move), *notices_of_move(office, move))]
        keep_response(desk, found, [*entries, *told])
        return moves
    return None


def _kept(office: Office, move: Move) -> Entry:
    kind = EntryKind.SITUATION if move.kind is MoveKind.CALL_SITUATION else EntryKind.RESPONSE
    return response_entry(office.desk, office.found, kind, *_fields(office, move))


def _fields(office: Office, move: Move) -> Iterator[Field]:
    yield "key", move.key
    yield "plan", move.plan_id
    if move.kind is MoveKind.CALL_SITUATION and office.standing.plan.situation is not None:
        due_at_tai_ns = situation_due_tai_ns(office.standing, office.standing.plan.situation, move.number)
        yield from (("act", "call"), ("number", move.number), ("due_at_tai_ns", str(due_at_tai_ns)))
        return
    yield "act", move.kind.value
    yield "task", move.task_id
    yield "title", office.standing.of(move.task_id).task.what.en
    yield "due_at_tai_ns", str(move.due_at_tai_ns)
    if move.kind is MoveKind.GO_ON and move.missed is not None:
        yield from (("level", move.number), ("role", move.role_id), ("missed", move.missed.value))


def _all_told(desk: Desk, found: ResponseStanding, plan: PlanStanding) -> Iterator[Entry]:
    """Say that a task to inform is done, once every letter that tells somebody has arrived."""
    if plan.stood_down_at_tai_ns is not None:
        return
    for task in plan.tasks:
        if task.task.kind is not TaskKind.INFORM or task.stage not in (TaskStage.RUNNING, TaskStage.TAKEN):
            continue
        letters = [
            notice
            for notice in found.notices
            if (notice.plan_id, notice.task_id, notice.kind)
            == (plan.plan.plan_id, task.task.task_id, NoticeKind.INFORMATION)
            and notice.stage is not NoticeStage.WITHDRAWN
        ]
        if letters and all(notice.stage in ARRIVED for notice in letters):
            fields = (
                ("act", TaskStep.COMPLETE.value),
                ("plan", plan.plan.plan_id),
                ("task", task.task.task_id),
                ("because", "every letter that tells somebody has arrived"),
            )
            yield response_entry(desk, found, EntryKind.RESPONSE, *fields)
