"""Whom to call, and who is on duty, as a person writes it; apart from the mechanism, for it names people."""

import re

from baken.astro.time import tai_ns_from_utc
from baken.errors import UnreadableInput
from baken.formats.toml_table import TomlTable, read_toml
from baken.records.response import Contact, Directory, Shift, Way
from baken.respond.mechanism_file import HOUR_S, MINUTE_S, duration_s, named

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK = re.compile(r"(?P<hour>[01]\d|2[0-3]|24):(?P<minute>[0-5]\d)Z")
DAY_S = 24 * HOUR_S
# A contact nobody tried for a quarter of a year is not known to answer.
STALE_AFTER_S = 90 * DAY_S
EMPTY_DIRECTORY = Directory(contacts=(), shifts=(), stale_after_s=STALE_AFTER_S)


def read_directory(text: str) -> Directory:
    """Read a directory, whole.

    Raises: UnreadableInput that names the table, its number and the field, and what to do.
    """
    told = read_toml(text)
    head = told.table("directory")
    directory = Directory(
        contacts=tuple(_contact(each) for each in told.tables("contact")),
        shifts=tuple(_shift(each) for each in told.tables("shift")),
        stale_after_s=duration_s(head, "stale_after") or STALE_AFTER_S,
        answer_at=head.text("answer_at", ""),
    )
    head.refuse_unknown()
    told.refuse_unknown()
    return directory


def _contact(told: TomlTable) -> Contact:
    contact = Contact(
        role_id=named(told, "role"),
        way=told.one_of("way", Way),
        address=told.text("address"),
        verified_on_tai_ns=_instant(told, "verified_utc"),
    )
    told.refuse_unknown()
    return contact


def _shift(told: TomlTable) -> Shift:
    shift = Shift(
        role_id=named(told, "role"),
        person=told.text("person"),
        days=frozenset(_day(told, word) for word in told.words("days")) or frozenset(range(len(DAYS))),
        begins_s=_clock_s(told, "begins"),
        ends_s=_clock_s(told, "ends"),
        from_tai_ns=_instant(told, "from_utc"),
        to_tai_ns=_instant(told, "to_utc"),
    )
    told.refuse_unknown()
    return shift


def _day(told: TomlTable, word: str) -> int:
    if word not in DAYS:
        raise told.refuse("days", f"{word!r} is no day; there are {', '.join(DAYS)}")
    return DAYS.index(word)


def _clock_s(told: TomlTable, field: str) -> float:
    match = CLOCK.fullmatch(told.text(field))
    clock_s = int(match["hour"]) * HOUR_S + int(match["minute"]) * MINUTE_S if match else DAY_S + 1
    if clock_s > DAY_S:
        raise told.refuse(field, f'is {told.text(field)!r}; write UTC like "06:00Z", up to "24:00Z"')
    return clock_s


def _instant(told: TomlTable, field: str) -> int | None:
    told.asked.add(field)
    if not told.has(field):
        return None
    try:
        return tai_ns_from_utc(told.text(field))
    except ValueError as error:
        raise UnreadableInput(f"{told.place} {field}: {error}; write like 2026-11-25T09:00:00Z") from error
