"""Make a situation report, put one off, and note what was learnt."""

from datetime import date

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.ask_others import refuse_unfit_words
from baken.operations.desk import Desk
from baken.operations.released_facts import released_facts
from baken.operations.response_state import (
    begun_response,
    keep_and_read,
    mechanism_of,
    one_plan,
    response_entry,
    say_of_response,
)
from baken.operations.write_notices import answering, draft_entry
from baken.records.evidence import Entry, EntryKind
from baken.records.incident import IncidentId
from baken.records.response import Directory
from baken.records.response_standing import NoticeKind, PlanStanding, ResponseStanding, SituationReport
from baken.report.response_letters import situation_letter
from baken.report.words import Speech


def issue_situation(
    desk: Desk,
    incident_id: IncidentId,
    text: str,
    directory: Directory,
    *,
    plan_id: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """Make the report that is due, in the words of whoever acts, with a draft letter for each it goes to.

    Each letter has beside those words the facts that are released to its recipient, and no others.
    Raises: WrongUsage when none is due, it says nothing, or its words may not go out.
    """
    found = begun_response(desk.log, incident_id, seen=seen)
    plan = one_plan(found, plan_id)
    report = due_report(plan)
    if not text.strip():
        raise WrongUsage("a situation report says how things stand")
    refuse_unfit_words(text)
    fields = (("act", "issue"), ("plan", plan.plan.plan_id), ("number", report.number), ("text", text))
    issued = response_entry(desk, found, EntryKind.SITUATION, *fields)
    letters = [_letter(desk, found, plan, report, text, role_id, directory) for role_id in _recipients(plan)]
    return keep_and_read(desk, found, [issued, *letters])


def put_off_situation(
    desk: Desk,
    incident_id: IncidentId,
    until_tai_ns: int,
    because: str,
    *,
    plan_id: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """Put the report that is due off until an instant, for a reason; it stands for those it overtakes.

    Raises: WrongUsage when none is due, or it would not be later.
    """
    found = begun_response(desk.log, incident_id, seen=seen)
    plan = one_plan(found, plan_id)
    report = due_report(plan)
    if not because.strip():
        raise WrongUsage("a report is put off for a reason; give --because")
    if until_tai_ns <= max(report.due_at_tai_ns, desk.at_tai_ns):
        raise WrongUsage("that is no later than it was; give a later --delay-until")
    fields = (
        ("act", "put-off"),
        ("plan", plan.plan.plan_id),
        ("number", report.number),
        ("due_at_tai_ns", str(until_tai_ns)),
        ("because", because),
    )
    return say_of_response(desk, found, EntryKind.SITUATION, *fields)


def due_report(plan: PlanStanding) -> SituationReport:
    """Return the report that was called for and not made yet, the last one.

    Raises: WrongUsage when there is none.
    """
    waiting = [report for report in plan.situations if report.issued_at_tai_ns is None]
    if not waiting:
        raise WrongUsage(
            f"no situation report of {plan.plan.plan_id} is due; its clocks say when the next one is"
        )
    return waiting[-1]


def note_lesson(
    desk: Desk,
    incident_id: IncidentId,
    text: str,
    *,
    owner: str = "",
    due_on: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """Note something to do better, with who takes it up and by when.

    Raises: WrongUsage when it says nothing, or its date is none.
    """
    found = begun_response(desk.log, incident_id, seen=seen)
    if not text.strip():
        raise WrongUsage("a lesson says what to do better")
    if due_on:
        _refuse_no_date(due_on)
    fields = (
        ("act", "note"),
        ("lesson", f"L-{len(found.lessons) + 1}"),
        ("text", text),
        ("owner", owner),
        ("due_on", due_on),
    )
    return say_of_response(desk, found, EntryKind.LESSON, *fields)


def close_lesson(
    desk: Desk,
    incident_id: IncidentId,
    lesson_id: str,
    because: str,
    *,
    seen: int | None = None,
) -> ResponseStanding:
    """Say what was done with a lesson.

    Raises: NoSuchRecord for one there is not; WrongUsage when it was closed, or nothing is said.
    """
    found = begun_response(desk.log, incident_id, seen=seen)
    lesson = next((each for each in found.lessons if each.lesson_id == lesson_id), None)
    if lesson is None:
        known = ", ".join(each.lesson_id for each in found.lessons) or "none"
        raise NoSuchRecord(f"no lesson is called {lesson_id!r}; there are {known}")
    if lesson.closed_at_tai_ns is not None or not because.strip():
        raise WrongUsage("a lesson is closed once, with what was done; give --because")
    fields = (("act", "close"), ("lesson", lesson_id), ("because", because))
    return say_of_response(desk, found, EntryKind.LESSON, *fields)


def _refuse_no_date(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(f"a lesson is due on a day like 2026-12-01, not {text!r}") from error


def _recipients(plan: PlanStanding) -> tuple[str, ...]:
    return plan.plan.situation.to if plan.plan.situation else ()


def _letter(
    desk: Desk,
    found: ResponseStanding,
    plan: PlanStanding,
    report: SituationReport,
    text: str,
    role_id: str,
    directory: Directory,
) -> Entry:
    mechanism = mechanism_of(desk.log, plan)
    say = Speech(mechanism.language)
    organisation = mechanism.organisation_of(role_id)
    facts = released_facts(
        desk.log,
        found.incident_id,
        organisation.audiences if organisation else (),
        as_of_tai_ns=desk.at_tai_ns,
        say=say,
    )
    answer_with = answering(desk, directory, found.incident_id)
    return draft_entry(
        desk,
        found,
        situation_letter(found.incident_id, plan.plan, report.number, text, facts, answer_with, say),
        answer_with,
        key=f"{plan.plan.plan_id}/situation/{report.number}/{role_id}",
        kind=NoticeKind.SITUATION,
        plan_id=plan.plan.plan_id,
        task_id="",
        role_id=role_id,
        language=mechanism.language,
    )
