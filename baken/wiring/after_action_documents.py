"""Clocks, lessons and situation reports as JSON, told alike at the command line and over HTTP."""

from collections.abc import Sequence

from baken.astro.time import utc_text
from baken.formats.icalendar import CalendarEntry
from baken.records.response_review import RanClock
from baken.records.response_standing import ResponseStanding


def clocks_document(clocks: Sequence[RanClock], entries: Sequence[CalendarEntry]) -> dict[str, object]:
    """Return clocks, each with what its entry in a calendar says, as JSON."""
    rows = [
        {
            "uid": entry.uid,
            "kind": clock.kind,
            "plan": clock.plan_id,
            "name": clock.name,
            "role": clock.role_id,
            "due_utc": utc_text(clock.at_tai_ns, 0),
            "running": clock.is_running,
            "text": entry.summary,
        }
        for clock, entry in zip(clocks, entries, strict=True)
    ]
    return {"clocks": rows}


def lessons_document(found: ResponseStanding) -> dict[str, object]:
    """Return the lessons of a response as JSON."""
    rows = [
        {
            "lesson": lesson.lesson_id,
            "text": lesson.text,
            "noted_by": lesson.noted_by,
            "noted_utc": utc_text(lesson.noted_at_tai_ns, 0),
            "owner": lesson.owner,
            "due_on": lesson.due_on,
            "closed_utc": lesson.closed_at_tai_ns and utc_text(lesson.closed_at_tai_ns, 0),
            "closed_because": lesson.closed_because,
        }
        for lesson in found.lessons
    ]
    return {"lessons": rows}


def situations_document(found: ResponseStanding) -> dict[str, object]:
    """Return the situation reports of a response as JSON."""
    rows = [
        {
            "plan": report.plan_id,
            "number": report.number,
            "due_utc": utc_text(report.due_at_tai_ns, 0),
            "put_off_because": report.delayed_because,
            "issued_utc": report.issued_at_tai_ns and utc_text(report.issued_at_tai_ns, 0),
            "issued_by": report.issued_by,
            "text": report.text,
        }
        for plan in found.plans
        for report in plan.situations
    ]
    return {"situations": rows}
