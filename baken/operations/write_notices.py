"""Write the letters a move of the engine asks for: drafts in the log, not yet approved by anybody."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from baken.operations.desk import Desk
from baken.operations.released_facts import label_of, released_facts
from baken.operations.response_state import response_entry
from baken.records.evidence import Entry, EntryKind
from baken.records.handling import NO_HANDLING
from baken.records.incident import IncidentId
from baken.records.marking import Marking, strictest
from baken.records.response import Directory, Mechanism, Task, TaskKind
from baken.records.response_standing import NoticeKind, PlanStanding, ResponseStanding
from baken.report.response_letters import Answering, Asked, Draft, call_out, information, situation_call
from baken.report.words import Speech
from baken.respond.advance import Move, MoveKind, situation_due_tai_ns
from baken.respond.clocks import acknowledge_by_tai_ns, deadline_tai_ns
from baken.respond.notice_life import DRAFT, NoticeStep
from baken.respond.standing import subject_of

CODE_BYTES = 7
# Crockford's letters: none that sounds or looks like another.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LIKE = str.maketrans("OIL", "011", "- ")
SIGNS = 10


def new_code(desk: Desk) -> str:
    """Return a code of fifty bits that can be said over a telephone."""
    number = int.from_bytes(desk.luck(CODE_BYTES), "big")
    signs = "".join(LETTERS[(number >> (5 * place)) & 31] for place in range(SIGNS))
    return f"{signs[:5]}-{signs[5:]}"


def plain_code(text: str) -> str:
    """Return a code as it is compared, however it was said or typed.

    >>> plain_code("abcde-fgh1o") == plain_code("ABCDE FGHI0")
    True
    """
    return text.upper().translate(LIKE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What letters of one plan are written with."""

    desk: Desk
    found: ResponseStanding
    standing: PlanStanding
    mechanism: Mechanism
    directory: Directory

    @property
    def say(self) -> Speech:
        """The language in which this mechanism writes."""
        return Speech(self.mechanism.language)


def notices_of_move(office: Office, move: Move) -> tuple[Entry, ...]:
    """Return the letters that go with a move, as drafts; call-outs approved where a person did so before."""
    return tuple(WRITTEN.get(move.kind, _none)(office, move))


def draft_entry(
    desk: Desk,
    found: ResponseStanding,
    draft: Draft,
    answer_with: Answering,
    *,
    key: str,
    kind: NoticeKind,
    plan_id: str,
    task_id: str,
    role_id: str,
    language: str,
) -> Entry:
    """Return a letter as an entry of the log, not yet kept; its text asks what all asks that carries it."""
    return replace(desk, marking=_label_of_draft(desk, found, draft)).entry(
        EntryKind.NOTICE,
        subject_of(found.incident_id),
        found.realm,
        ("act", DRAFT),
        ("key", key),
        ("kind_of_notice", kind.value),
        ("plan", plan_id),
        ("task", task_id),
        ("role", role_id),
        ("title", draft.subject),
        ("text", draft.text),
        ("language", language),
        ("because", draft.because),
        ("carried_by", draft.carried_by),
        ("code", answer_with.code),
    )


def _label_of_draft(desk: Desk, found: ResponseStanding, draft: Draft) -> Marking:
    carried = label_of(desk.log, found.incident_id, draft.carried_by)
    if carried is None or carried.whole.handling == NO_HANDLING:
        return desk.marking
    return replace(desk.marking, of_fields=(("text", strictest(frozenset({desk.marking, carried.whole}))),))


def answering(desk: Desk, directory: Directory, incident_id: IncidentId) -> Answering:
    """Return how a letter is to be acknowledged: a new code, and the page for it where there is one."""
    at = f"{directory.answer_at.rstrip('/')}/acknowledge/{incident_id}" if directory.answer_at else ""
    return Answering(code=new_code(desk), at=at)


def _none(_: Office, __: Move) -> Iterator[Entry]:
    yield from ()


def _of_beginning(office: Office, move: Move) -> Iterator[Entry]:
    task = _task(office, move)
    if task.by:
        yield from _called(office, move, task, task.by)
    organisation = office.mechanism.organisation_of(task.by) if task.by else None
    # What another organisation owes it tells itself; here its clock runs, and nobody speaks for it.
    if task.kind is TaskKind.INFORM and organisation is not None and organisation.is_own:
        for role_id in task.to:
            yield _told(office, move, task, role_id)


def _of_going_on(office: Office, move: Move) -> Iterator[Entry]:
    yield from _called(office, move, _task(office, move), move.role_id)


def _task(office: Office, move: Move) -> Task:
    return office.standing.of(move.task_id).task


def _called(office: Office, move: Move, task: Task, role_id: str) -> Iterator[Entry]:
    key = f"{move.key}/{role_id}"
    asked_before = office.standing.of(task.task_id).asked
    answer_with = answering(office.desk, office.directory, office.found.incident_id)
    asked = Asked(
        mechanism=office.mechanism,
        plan=office.standing.plan,
        task=task,
        role_id=role_id,
        due_at_tai_ns=_due_at_tai_ns(office, move, task),
        acknowledge_by_tai_ns=acknowledge_by_tai_ns(task, office.desk.at_tai_ns),
        before=asked_before[-1] if asked_before else "",
        missed=move.missed,
    )
    draft = call_out(office.found.incident_id, asked, answer_with, office.say)
    yield draft_entry(
        office.desk,
        office.found,
        draft,
        answer_with,
        key=key,
        kind=NoticeKind.CALL_OUT,
        plan_id=office.standing.plan.plan_id,
        task_id=task.task_id,
        role_id=role_id,
        language=office.mechanism.language,
    )
    yield from _approved_before(office, key)


def _due_at_tai_ns(office: Office, move: Move, task: Task) -> int | None:
    """Return a task's deadline; it stays what it was when the task goes on to somebody else."""
    if move.kind is MoveKind.GO_ON:
        return office.standing.of(task.task_id).due_at_tai_ns
    return deadline_tai_ns(office.standing, task, move.due_at_tai_ns)


def _approved_before(office: Office, key: str) -> Iterator[Entry]:
    """Approve a call-out as a person did beforehand, for all call-outs of this plan."""
    if office.standing.call_outs_approved_by:
        yield response_entry(
            office.desk,
            office.found,
            EntryKind.NOTICE,
            ("act", NoticeStep.APPROVE.value),
            ("key", key),
            ("approved_by", office.standing.call_outs_approved_by),
            ("because", "call-outs of this plan carry no facts and were approved beforehand"),
        )


def _told(office: Office, move: Move, task: Task, role_id: str) -> Entry:
    organisation = office.mechanism.organisation_of(role_id)
    facts = released_facts(
        office.desk.log,
        office.found.incident_id,
        organisation.audiences if organisation else (),
        as_of_tai_ns=office.desk.at_tai_ns,
        say=office.say,
    )
    answer_with = answering(office.desk, office.directory, office.found.incident_id)
    asked = Asked(mechanism=office.mechanism, plan=office.standing.plan, task=task, role_id=role_id)
    return draft_entry(
        office.desk,
        office.found,
        information(office.found.incident_id, asked, facts, answer_with, office.say),
        answer_with,
        key=f"{move.key}/to/{role_id}",
        kind=NoticeKind.INFORMATION,
        plan_id=office.standing.plan.plan_id,
        task_id=task.task_id,
        role_id=role_id,
        language=office.mechanism.language,
    )


def _of_situation(office: Office, move: Move) -> Iterator[Entry]:
    series = office.standing.plan.situation
    if series is None:
        return
    answer_with = answering(office.desk, office.directory, office.found.incident_id)
    due_at_tai_ns = situation_due_tai_ns(office.standing, series, move.number)
    key = f"{move.key}/{series.by}"
    yield draft_entry(
        office.desk,
        office.found,
        situation_call(
            office.found.incident_id,
            office.standing.plan,
            move.number,
            due_at_tai_ns,
            answer_with,
            office.say,
        ),
        answer_with,
        key=key,
        kind=NoticeKind.CALL_OUT,
        plan_id=office.standing.plan.plan_id,
        task_id="",
        role_id=series.by,
        language=office.mechanism.language,
    )
    yield from _approved_before(office, key)


WRITTEN: Mapping[MoveKind, Callable[[Office, Move], Iterator[Entry]]] = {
    MoveKind.BEGIN: _of_beginning,
    MoveKind.GO_ON: _of_going_on,
    MoveKind.CALL_SITUATION: _of_situation,
}
