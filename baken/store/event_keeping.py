"""Keeping events: names that are given once, and findings that overtake each other under them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select, update

from baken.astro.time import utc_texts
from baken.records.event import Event, EventId, EventKind, Finding
from baken.store.event_reading import event_id_of
from baken.store.finding_text import finding_text
from baken.store.provenance import marking_columns
from baken.store.rows import NAMES_AT_ONCE, insert_missing, insert_rows
from baken.store.tables import event_numbers, events, findings
from baken.store.told import told_text

Happening: TypeAlias = tuple[str, str, str]  # realm, kind, encounter key


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an event stands: its id, and which finding it rests on."""

    event_id: EventId
    sequence: int
    digest: str


def happening_of(finding: Finding) -> Happening:
    """Return what a finding is a look at, as the store knows it."""
    return finding.realm.value, finding.kind.value, finding.encounter_key


def keep_findings(
    connection: Connection, found: Sequence[Finding], *, node: str, at_tai_ns: int
) -> tuple[Event, ...]:
    """Give each finding its event, within the caller's transaction."""
    known = _known(connection, {happening_of(finding) for finding in found})
    named = _named(connection, found, known, node)
    standing = {**named, **known}
    entries: list[tuple[Standing, Finding]] = []
    for finding in found:
        before, digest = standing[happening_of(finding)], finding.digest
        if digest != before.digest:
            after = Standing(before.event_id, before.sequence + 1, digest)
            standing[happening_of(finding)] = after
            entries.append((after, finding))
    last = {happening_of(finding): (after, finding) for after, finding in entries}
    _insert_events(connection, [last[happening] for happening in named], at_tai_ns)
    _update_events(connection, [entry for happening, entry in last.items() if happening in known])
    _insert_findings(connection, entries, at_tai_ns)
    return tuple(Event(event_id=standing[happening_of(one)].event_id, finding=one) for one in found)


def _known(connection: Connection, happenings: set[Happening]) -> dict[Happening, Standing]:
    rows = (
        row for which in _each_world(happenings) for row in connection.execute(select(events).where(which))
    )
    return {
        (row.realm, row.kind, row.encounter_key): Standing(
            event_id_of(row), row.finding_sequence, row.finding_digest
        )
        for row in rows
    }


def _each_world(happenings: Iterable[Happening]) -> Iterator[ColumnElement[bool]]:
    keys: dict[tuple[str, str], list[str]] = {}
    for realm, kind, key in sorted(happenings):
        keys.setdefault((realm, kind), []).append(key)
    for (realm, kind), its_keys in keys.items():
        for start in range(0, len(its_keys), NAMES_AT_ONCE):
            some = its_keys[start : start + NAMES_AT_ONCE]
            yield and_(events.c.realm == realm, events.c.kind == kind, events.c.encounter_key.in_(some))


def _named(
    connection: Connection, found: Sequence[Finding], known: Mapping[Happening, Standing], node: str
) -> dict[Happening, Standing]:
    """Return an id for every happening that has none, in the order in which they were found."""
    first: dict[Happening, Finding] = {}
    for finding in found:
        if happening_of(finding) not in known:
            first.setdefault(happening_of(finding), finding)
    years = (
        [int(text[:4]) for text in utc_texts([one.peak_tai_ns for one in first.values()], 9)] if first else []
    )
    series = [(happening[1], year) for happening, year in zip(first, years, strict=True)]
    next_number = {one: _reserve(connection, node, *one, n) for one, n in Counter(series).items()}
    named: dict[Happening, Standing] = {}
    for happening, (kind, year) in zip(first, series, strict=True):
        number = next_number[kind, year]
        next_number[kind, year] = number + 1
        named[happening] = Standing(EventId(node=node, kind=EventKind(kind), year=year, number=number), 0, "")
    return named


def _reserve(connection: Connection, node: str, kind: str, year: int, n: int) -> int:
    """Return the first of ``n`` numbers that were never given and will not be given again."""
    insert_missing(connection, event_numbers, [{"node": node, "kind": kind, "year": year, "last_number": 0}])
    row = and_(event_numbers.c.node == node, event_numbers.c.kind == kind, event_numbers.c.year == year)
    connection.execute(update(event_numbers).where(row).values(last_number=event_numbers.c.last_number + n))
    return int(connection.execute(select(event_numbers.c.last_number).where(row)).scalar_one()) - n + 1


def _insert_events(
    connection: Connection, entries: Iterable[tuple[Standing, Finding]], at_tai_ns: int
) -> None:
    rows = [
        {
            "event_id": str(standing.event_id),
            "node": standing.event_id.node,
            "kind": finding.kind.value,
            "year": standing.event_id.year,
            "number": standing.event_id.number,
            "realm": finding.realm.value,
            "encounter_key": finding.encounter_key,
            "first_seen_tai_ns": at_tai_ns,
            "object_ids_json": told_text(finding.object_ids),
            **_state(standing, finding),
        }
        for standing, finding in entries
    ]
    insert_rows(connection, events, rows)


def _update_events(connection: Connection, entries: Sequence[tuple[Standing, Finding]]) -> None:
    if not entries:
        return
    states = [_state(standing, finding) for standing, finding in entries]
    ids = [str(standing.event_id) for standing, _ in entries]
    connection.execute(
        update(events)
        .where(events.c.event_id == bindparam("of_event"))
        .values({name: bindparam(f"new_{name}") for name in states[0]}),
        [
            {"of_event": event_id, **{f"new_{name}": value for name, value in state.items()}}
            for event_id, state in zip(ids, states, strict=True)
        ],
    )


def _state(standing: Standing, finding: Finding) -> dict[str, object]:
    owner, marking_json = marking_columns(finding.marking)
    return {
        "peak_tai_ns": finding.peak_tai_ns,
        "finding_sequence": standing.sequence,
        "finding_digest": standing.digest,
        "marking_owner": owner,
        "marking_json": marking_json,
    }


def _insert_findings(
    connection: Connection, entries: Iterable[tuple[Standing, Finding]], at_tai_ns: int
) -> None:
    rows = [
        {
            "event_id": str(standing.event_id),
            "sequence": standing.sequence,
            "finding_digest": standing.digest,
            "finding_json": finding_text(finding),
            "kept_at_tai_ns": at_tai_ns,
            "originator": finding.originator,
        }
        for standing, finding in entries
    ]
    insert_rows(connection, findings, rows)
