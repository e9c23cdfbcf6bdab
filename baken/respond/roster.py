"""Who is on duty when, who can be reached at all, and how long ago somebody made sure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from baken.astro.time import utc_text
from baken.records.response import Contact, Directory, Shift
from baken.respond.advance import Reach
from baken.respond.clocks import SECOND_NS

DAY_S = 86_400.0
DAYS = 7
QUARTER_S = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A span in which a role has shifts and nobody on one of them."""

    role_id: str
    from_tai_ns: int
    to_tai_ns: int


def on_duty(directory: Directory, role_id: str, at_tai_ns: int) -> tuple[str, ...]:
    """Return who has a role at an instant, each once; nobody when no shift says so."""
    day, clock_s = _day_and_clock(at_tai_ns)
    people = (
        shift.person
        for shift in directory.shifts
        if shift.role_id == role_id and _holds(shift, at_tai_ns, day, clock_s)
    )
    return tuple(dict.fromkeys(people))


def reach_of(directory: Directory) -> Reach:
    """Return what says whether a role can be reached: it has a contact, or somebody is on duty.

    A directory that is empty says nothing about anybody, and so nobody counts as missing.
    """

    def reach(role_id: str, at_tai_ns: int) -> bool:
        if not directory.contacts and not directory.shifts:
            return True
        return bool(directory.contacts_of(role_id)) or bool(on_duty(directory, role_id, at_tai_ns))

    return reach


def is_stale(directory: Directory, verified_tai_ns: int | None, now_tai_ns: int) -> bool:
    """Say whether nobody made sure of a contact for longer than the directory allows."""
    if verified_tai_ns is None:
        return True
    return now_tai_ns - verified_tai_ns > directory.stale_after_s * SECOND_NS


def verified_tai_ns(contact: Contact, tried: Mapping[tuple[str, str], int]) -> int | None:
    """Return when a contact last answered: as the directory says, or as a test call did since.

    ``tried`` are the instants of the last good test calls by role and address.
    """
    by_call = tried.get((contact.role_id, contact.address))
    known = [each for each in (contact.verified_on_tai_ns, by_call) if each is not None]
    return max(known, default=None)


def gaps(directory: Directory, role_ids: Iterable[str], from_tai_ns: int, to_tai_ns: int) -> Iterator[Gap]:
    """Return the spans in which a role that has shifts has nobody on one, to a quarter of an hour."""
    step_ns = round(QUARTER_S * SECOND_NS)
    for role_id in role_ids:
        if not any(shift.role_id == role_id for shift in directory.shifts):
            continue
        began: int | None = None
        for at_tai_ns in range(from_tai_ns, to_tai_ns, step_ns):
            if not on_duty(directory, role_id, at_tai_ns):
                began = at_tai_ns if began is None else began
            elif began is not None:
                yield Gap(role_id=role_id, from_tai_ns=began, to_tai_ns=at_tai_ns)
                began = None
        if began is not None:
            yield Gap(role_id=role_id, from_tai_ns=began, to_tai_ns=to_tai_ns)


def _holds(shift: Shift, at_tai_ns: int, day: int, clock_s: float) -> bool:
    if shift.from_tai_ns is not None and at_tai_ns < shift.from_tai_ns:
        return False
    if shift.to_tai_ns is not None and at_tai_ns >= shift.to_tai_ns:
        return False
    ends_s = shift.ends_s if shift.ends_s > shift.begins_s else shift.ends_s + DAY_S
    if day in shift.days and shift.begins_s <= clock_s < ends_s:
        return True
    # Still on the shift that began yesterday.
    return (day - 1) % DAYS in shift.days and shift.begins_s <= clock_s + DAY_S < ends_s


def _day_and_clock(at_tai_ns: int) -> tuple[int, float]:
    """Return the day of the week from Monday, 0, and the seconds since midnight UTC."""
    # Whole seconds, never rounded up; one that a leap put in belongs to the minute before it.
    text = utc_text(at_tai_ns - at_tai_ns % SECOND_NS, 0).replace(":60Z", ":59Z")
    moment = datetime.fromisoformat(text)
    return moment.weekday(), moment.hour * 3_600.0 + moment.minute * 60.0 + moment.second
