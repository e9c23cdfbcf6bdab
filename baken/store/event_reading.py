"""Reading events: as they stand, and all they ever rested on."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from baken.operations.ports import KeptFinding
from baken.operations.unknown_names import no_such_event
from baken.records.event import Event, EventId, EventKind
from baken.records.marking import Realm
from baken.store.finding_text import finding_from_text
from baken.store.tables import events, findings

NUMBERED = (events.c.kind, events.c.year, events.c.number)


def event_id_of(row: Row[Any]) -> EventId:
    """Return the id that stands in a row of events."""
    return EventId(node=row.node, kind=EventKind(row.kind), year=row.year, number=row.number)


def event(connection: Connection, event_id: EventId, realm: Realm) -> Event:
    """Return one event as it stands."""
    found = _events(connection, and_(events.c.event_id == str(event_id), events.c.realm == realm.value))
    if not found:
        raise no_such_event(realm, event_id)
    return found[0]


def events_between(
    connection: Connection,
    realm: Realm,
    *,
    kind: EventKind | None,
    peak_from_tai_ns: int | None,
    peak_before_tai_ns: int | None,
) -> tuple[Event, ...]:
    """Return events as they stand, in order of peak."""
    which = [events.c.realm == realm.value]
    if kind is not None:
        which.append(events.c.kind == kind.value)
    if peak_from_tai_ns is not None:
        which.append(events.c.peak_tai_ns >= peak_from_tai_ns)
    if peak_before_tai_ns is not None:
        which.append(events.c.peak_tai_ns < peak_before_tai_ns)
    return _events(connection, and_(*which))


def history_of(connection: Connection, event_id: EventId, realm: Realm) -> tuple[KeptFinding, ...]:
    """Return every finding an event ever rested on, oldest first."""
    event(connection, event_id, realm)
    rows = connection.execute(
        select(findings).where(findings.c.event_id == str(event_id)).order_by(findings.c.sequence)
    )
    return tuple(
        KeptFinding(finding=finding_from_text(row.finding_json), kept_at_tai_ns=row.kept_at_tai_ns)
        for row in rows
    )


def histories(
    connection: Connection, realm: Realm, kind: EventKind | None
) -> dict[EventId, tuple[KeptFinding, ...]]:
    """Return every finding of every event, oldest first, in the order in which events were numbered."""
    which = [events.c.realm == realm.value, *([] if kind is None else [events.c.kind == kind.value])]
    rows = connection.execute(
        select(events, findings.c.finding_json, findings.c.kept_at_tai_ns)
        .join(findings, findings.c.event_id == events.c.event_id)
        .where(*which)
        .order_by(*NUMBERED, findings.c.sequence)
    )
    found: dict[EventId, list[KeptFinding]] = {}
    for row in rows:
        kept = KeptFinding(finding=finding_from_text(row.finding_json), kept_at_tai_ns=row.kept_at_tai_ns)
        found.setdefault(event_id_of(row), []).append(kept)
    return {event_id: tuple(history) for event_id, history in found.items()}


def _events(connection: Connection, which: ColumnElement[bool]) -> tuple[Event, ...]:
    standing = and_(
        findings.c.event_id == events.c.event_id, findings.c.sequence == events.c.finding_sequence
    )
    rows = connection.execute(
        select(events, findings.c.finding_json)
        .join(findings, standing)
        .where(which)
        .order_by(events.c.peak_tai_ns, *NUMBERED)
    )
    return tuple(
        Event(event_id=event_id_of(row), finding=finding_from_text(row.finding_json)) for row in rows
    )
