"""Responses as JSON, told alike at the command line and over HTTP."""

from collections.abc import Iterable, Mapping, Sequence

from baken.astro.time import utc_text
from baken.records.response import Bilingual, Directory, Mechanism, Plan, Task
from baken.records.response_standing import (
    Attempt,
    Lesson,
    Notice,
    PlanStanding,
    Request,
    ResponseStanding,
    SituationReport,
    TaskStanding,
)
from baken.respond.clocks import Clock, clocks_of
from baken.respond.finding import Finding
from baken.respond.roster import Gap, is_stale, on_duty, verified_tai_ns


def response_document(found: ResponseStanding, now_tai_ns: int) -> dict[str, object]:
    """Return a response as JSON, with what is overdue at an instant."""
    return {
        "incident_id": str(found.incident_id),
        "realm": found.realm.value,
        "as_of_utc": utc_text(now_tai_ns, 0),
        "entries": found.n_entries,
        "plans": [plan_document(plan, now_tai_ns) for plan in found.plans],
        "notices": [notice_document(notice) for notice in found.notices],
        "requests": [request_document(request, now_tai_ns) for request in found.requests],
        "lessons": [lesson_document(lesson) for lesson in found.lessons],
        "clocks": [clock_document(clock) for clock in clocks_of(found)],
    }


def plan_document(plan: PlanStanding, now_tai_ns: int) -> dict[str, object]:
    """Return a plan of a response as it stands."""
    return {
        "plan": plan.plan.plan_id,
        "name": {"nl": plan.plan.name.nl, "en": plan.plan.name.en},
        "mechanism": plan.mechanism_id,
        "mechanism_digest": plan.mechanism_digest,
        "open_because": _both(plan.plan.open_because),
        "stand_down_when": _both(plan.plan.stand_down_when),
        "stand_down_by": plan.plan.stand_down_by,
        "reports_every_s": plan.plan.situation.every_s if plan.plan.situation else None,
        "reports_by": plan.plan.situation.by if plan.plan.situation else "",
        "reports_to": list(plan.plan.situation.to) if plan.plan.situation else [],
        "responsible": list(plan.plan.responsible),
        "supporting": list(plan.plan.supporting),
        "informed": list(plan.plan.informed),
        "severity": plan.severity.value,
        "started_utc": utc_text(plan.started_at_tai_ns, 0),
        "started_by": plan.started_by,
        "call_outs_approved_by": plan.call_outs_approved_by,
        "stood_down_utc": _utc(plan.stood_down_at_tai_ns),
        "stood_down_by": plan.stood_down_by,
        "stood_down_because": plan.stood_down_because,
        "tasks": [task_document(task, now_tai_ns) for task in plan.tasks],
        "situation_reports": [_situation(report) for report in plan.situations],
    }


def task_document(task: TaskStanding, now_tai_ns: int) -> dict[str, object]:
    """Return a task as it stands."""
    return {
        "task": task.task.task_id,
        "kind": task.task.kind.value,
        "what": {"nl": task.task.what.nl, "en": task.task.what.en},
        "by": task.task.by,
        "open_because": _both(task.task.open_because),
        "to": list(task.task.to),
        "after": list(dict.fromkeys(_waits_for(task.task))),
        "from_severity": task.task.from_severity.value,
        "if_missed": list(task.task.if_missed),
        "asked": list(task.asked),
        "asked_utc": _utc(task.asked_at_tai_ns),
        "unanswered": task.is_unanswered and not task.is_over,
        "stage": task.stage.value,
        "overdue": task.is_overdue(now_tai_ns),
        "begun_utc": _utc(task.begun_at_tai_ns),
        "acknowledge_by_utc": _utc(task.acknowledge_by_tai_ns),
        "taken_utc": _utc(task.taken_at_tai_ns),
        "taken_by": task.taken_by,
        "due_utc": _utc(task.due_at_tai_ns),
        "ended_utc": _utc(task.ended_at_tai_ns),
        "ended_by": task.ended_by,
        "outcome": task.outcome,
        "options": [option.option_id for option in task.task.options],
        "options_named": {option.option_id: _both(option.name) for option in task.task.options},
        "because": task.because,
        "lapses_utc": _utc(task.lapses_at_tai_ns),
        "went_on": [
            {
                "to": each.role_id,
                "because": each.missed.value,
                "due_utc": utc_text(each.due_at_tai_ns, 0),
                "at_utc": utc_text(each.at_tai_ns, 0),
            }
            for each in task.escalations
        ],
        "legal_basis": task.task.legal_basis,
        "to_be_confirmed": task.task.to_be_confirmed,
        "note": _both(task.task.note),
    }


def notice_document(notice: Notice) -> dict[str, object]:
    """Return a letter as it stands, without its code: whoever has that answers for its recipient."""
    return {
        "key": notice.key,
        "kind": notice.kind.value,
        "plan": notice.plan_id,
        "task": notice.task_id,
        "role": notice.role_id,
        "subject": notice.subject,
        "text": notice.text,
        "language": notice.language,
        "because": notice.because,
        "carried_by": list(notice.carried_by),
        "stage": notice.stage.value,
        "drafted_utc": utc_text(notice.drafted_at_tai_ns, 0),
        "approved_by": notice.approved_by,
        "approved_utc": _utc(notice.approved_at_tai_ns),
        "acknowledged_by": notice.acknowledged_by,
        "acknowledged_utc": _utc(notice.acknowledged_at_tai_ns),
        "attempts": [_attempt(attempt) for attempt in notice.attempts],
    }


def request_document(request: Request, now_tai_ns: int) -> dict[str, object]:
    """Return a request as it stands."""
    return {
        "request": request.request_id,
        "kind": request.kind.value,
        "of": request.of,
        "object_id": request.object_id,
        "from_utc": _utc(request.from_tai_ns),
        "to_utc": _utc(request.to_tai_ns),
        "purpose": request.purpose,
        "priority": request.priority,
        "pap": request.pap.value,
        "noticeable": request.noticeable,
        "asked_by": request.asked_by,
        "asked_utc": utc_text(request.asked_at_tai_ns, 0),
        "due_utc": utc_text(request.due_at_tai_ns, 0),
        "overdue": request.answered_at_tai_ns is None and now_tai_ns > request.due_at_tai_ns,
        "stage": request.stage.value,
        "answer": request.answer,
        "answered_by": request.answered_by,
        "answered_utc": _utc(request.answered_at_tai_ns),
        "answer_entry_ids": list(request.answer_entry_ids),
    }


def lesson_document(lesson: Lesson) -> dict[str, object]:
    """Return a lesson as it stands."""
    return {
        "lesson": lesson.lesson_id,
        "text": lesson.text,
        "noted_by": lesson.noted_by,
        "noted_utc": utc_text(lesson.noted_at_tai_ns, 0),
        "owner": lesson.owner,
        "due_on": lesson.due_on,
        "closed_utc": _utc(lesson.closed_at_tai_ns),
        "closed_because": lesson.closed_because,
    }


def clock_document(clock: Clock) -> dict[str, object]:
    """Return a clock that runs."""
    return {
        "uid": clock.uid,
        "kind": clock.kind.value,
        "plan": clock.plan_id,
        "name": clock.name,
        "role": clock.role_id,
        "due_utc": utc_text(clock.at_tai_ns, 0),
    }


def finding_documents(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Return what a check of a mechanism found."""
    return [
        {
            "place": each.place,
            "text": {"nl": each.text.nl, "en": each.text.en},
            "problem": each.is_problem,
        }
        for each in findings
    ]


def roster_document(
    mechanism: Mechanism, directory: Directory, tried: Mapping[tuple[str, str], int], at_tai_ns: int
) -> list[dict[str, object]]:
    """Return who holds each role at an instant, and how he is reached."""
    return [
        {
            "role": role.role_id,
            "name": {"nl": role.name.nl, "en": role.name.en},
            "organisation": role.organisation_id,
            "on_duty": list(on_duty(directory, role.role_id, at_tai_ns)),
            "contacts": [
                {
                    "way": contact.way.value,
                    "address": contact.address,
                    "verified_utc": _utc(verified := verified_tai_ns(contact, tried)),
                    "stale": is_stale(directory, verified, at_tai_ns),
                }
                for contact in directory.contacts_of(role.role_id)
            ],
        }
        for role in mechanism.roles
    ]


def gap_documents(gaps: Iterable[Gap]) -> list[dict[str, object]]:
    """Return the spans in which a role has shifts and nobody on one of them."""
    return [
        {
            "role": gap.role_id,
            "from_utc": utc_text(gap.from_tai_ns, 0),
            "to_utc": utc_text(gap.to_tai_ns, 0),
        }
        for gap in gaps
    ]


def mechanism_line_document(mechanism: Mechanism) -> dict[str, object]:
    """Return what a mechanism is, in a line."""
    return {
        "name": _both(mechanism.name),
        "version": mechanism.version,
        "about": _both(mechanism.about),
        "illustrative": mechanism.is_illustrative,
        "language": mechanism.language,
        "roles": len(mechanism.roles),
        "organisations": {one.organisation_id: _both(one.name) for one in mechanism.organisations},
    }


def plan_line_document(plan: Plan) -> dict[str, object]:
    """Return what a plan is for, in a line."""
    return {
        "plan": plan.plan_id,
        "name": {"nl": plan.name.nl, "en": plan.name.en},
        "kinds": sorted(plan.kinds),
        "from_severity": plan.from_severity.value,
        "responsible": list(plan.responsible),
        "tasks": len(plan.tasks),
    }


def _waits_for(task: Task) -> tuple[str, ...]:
    return (*task.after, task.condition.task_id) if task.condition else task.after


def _both(text: Bilingual | None) -> dict[str, str] | None:
    return None if text is None else {"nl": text.nl, "en": text.en}


def _situation(report: SituationReport) -> dict[str, object]:
    return {
        "number": report.number,
        "due_utc": utc_text(report.due_at_tai_ns, 0),
        "delayed_because": report.delayed_because,
        "issued_utc": _utc(report.issued_at_tai_ns),
        "issued_by": report.issued_by,
        "text": report.text,
    }


def _attempt(attempt: Attempt) -> dict[str, object]:
    return {
        "number": attempt.number,
        "way": attempt.way.value,
        "began_utc": utc_text(attempt.began_at_tai_ns, 0),
        "ended_utc": _utc(attempt.ended_at_tai_ns),
        "end": attempt.end.value,
        "said": attempt.said,
    }


def _utc(at_tai_ns: int | None) -> str | None:
    return None if at_tai_ns is None else utc_text(at_tai_ns, 0)
