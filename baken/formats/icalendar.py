"""Spans of time as a calendar people can lay over their own: RFC 5545."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

from baken.astro.time import utc_text
from baken.records.marking import Marking, Realm

PRODUCT = "-//Baken//Re-entry//EN"
SECOND_NS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One span in a calendar.  ``uid`` stays from update to update; the newer replaces, or takes away."""

    uid: str
    summary: str
    start_tai_ns: int
    end_tai_ns: int
    description: str = ""
    is_cancelled: bool = False


def write_icalendar(
    entries: Iterable[CalendarEntry], *, made_tai_ns: int, realm: Realm, marking: Marking
) -> bytes:
    """Write a calendar; in a world not ours every summary begins with its name.

    A marking that lets nobody else see makes its entries confidential, as calendars know it.  A calendar of
    nothing but cancelled entries takes them away: RFC 5546, 3.2.5.
    """
    entries = list(entries)
    is_cancel = bool(entries) and all(entry.is_cancelled for entry in entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancel else "PUBLISH")
    calendar.add("x-baken-realm", realm.value)
    calendar.add("x-baken-marking", marking.whole.text)
    for entry in entries:
        calendar.add_component(_event(entry, made_tai_ns, realm, marking))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: CalendarEntry, made_tai_ns: int, realm: Realm, marking: Marking) -> Event:
    front = "" if realm is Realm.REAL else f"{realm}: "
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", _utc(made_tai_ns))
    # Of two with one uid a calendar keeps the one of the higher sequence: whole seconds since 2000, which
    # fit its 31 bits until 2068.
    event.add("sequence", made_tai_ns // SECOND_NS)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("dtstart", _utc(entry.start_tai_ns))
    event.add("dtend", _utc(entry.end_tai_ns))
    event.add("summary", front + entry.summary)
    event.add("description", f"{entry.description}\n{realm} / {marking.whole.text}".strip())
    event.add("class", "CONFIDENTIAL" if marking.is_most_restrictive else "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _utc(epoch_tai_ns: int) -> datetime:
    """Return an instant as calendars write it: whole seconds, and no second that a leap put in."""
    text = utc_text(epoch_tai_ns, 0)
    if text.endswith(":60Z"):
        text = utc_text(epoch_tai_ns + SECOND_NS, 0)
    return datetime.fromisoformat(text).astimezone(UTC)
