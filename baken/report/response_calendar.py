"""The clocks of a response as entries of a calendar."""

from collections.abc import Iterable

from baken.formats.icalendar import CalendarEntry
from baken.records.response_review import RanClock
from baken.report.response_names import Names

# A deadline is an instant; an entry that ends there is wide enough to be seen in a calendar.
SHOWN_NS = 15 * 60 * 1_000_000_000


def calendar_entries(clocks: Iterable[RanClock], names: Names) -> tuple[CalendarEntry, ...]:
    """Return an entry for each clock, ending when it runs out; cancelled when it runs no more."""
    return tuple(
        CalendarEntry(
            uid=f"{clock.uid}@baken",
            summary=clock_text(clock, names),
            start_tai_ns=clock.at_tai_ns - SHOWN_NS,
            end_tai_ns=clock.at_tai_ns,
            description=_about(clock, names),
            is_cancelled=not clock.is_running,
        )
        for clock in clocks
    )


def clock_text(clock: RanClock, names: Names) -> str:
    """Return what a clock is of."""
    is_task = clock.kind in ("acknowledge", "task", "lapse")
    what = names.task(clock.plan_id, clock.name) if is_task else clock.name
    return names.say(f"clock.{clock.kind}", what=what)


def _about(clock: RanClock, names: Names) -> str:
    incident, role = str(names.found.incident_id), names.role(clock.role_id)
    if not clock.plan_id:
        return names.say("clock.about.request", incident=incident, role=role)
    return names.say("clock.about", incident=incident, plan=names.plan(clock.plan_id), role=role)
