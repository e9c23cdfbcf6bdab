"""Reading the warnings of others: all of one event, and who spoke of which."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from baken.operations.ports import KeptConjunctionMessage, Voice
from baken.records.conjunction_message import ConjunctionObject
from baken.records.event import EventId, read_event_id
from baken.records.lineage import Lineage
from baken.records.marking import Realm
from baken.store.event_reading import event
from baken.store.message_text import message_from_text
from baken.store.provenance import Labels, lineages_kept, marking_from_columns, under
from baken.store.tables import conjunction_messages, events, findings


def messages_of(
    connection: Connection, event_id: EventId, realm: Realm, labels: Labels
) -> tuple[KeptConjunctionMessage, ...]:
    """Return every warning of an event, in order of creation."""
    event(connection, event_id, realm)
    its = conjunction_messages.c.event_id == str(event_id)
    rows = connection.execute(
        select(conjunction_messages).where(its, *under(conjunction_messages, labels))
    ).all()
    lineages = lineages_kept(connection, {row.lineage_digest for row in rows})
    # Not in SQL: databases differ in how they sort words.
    ordered = sorted(rows, key=lambda row: (row.created_tai_ns, row.kept_at_tai_ns, row.content_digest))
    return tuple(_kept(row, event_id, lineages[row.lineage_digest]) for row in ordered)


def _kept(row: Row[Any], event_id: EventId, lineage: Lineage) -> KeptConjunctionMessage:
    message = message_from_text(row.message_json, lineage)
    return KeptConjunctionMessage(
        message=replace(
            message,
            first=_under(row.first_object_id, message.first),
            second=_under(row.second_object_id, message.second),
        ),
        event_id=event_id,
        digest=row.content_digest,
        source=row.source,
        kept_at_tai_ns=row.kept_at_tai_ns,
    )


def _under(object_id: str, one: ConjunctionObject) -> ConjunctionObject:
    return replace(one, identity=replace(one.identity, object_id=object_id))


def voices(connection: Connection, realm: Realm, labels: Labels) -> Mapping[EventId, tuple[Voice, ...]]:
    """Return who spoke of each event, this node itself first."""
    spoken: dict[str, dict[str, Voice]] = {}
    for row in _own_looks(connection, realm):
        spoken[row.event_id] = {"": Voice(originator="", n_updates=row.n_updates)}
    for row in _messages(connection, realm, labels):
        of_event = spoken.setdefault(row.event_id, {})
        before = of_event.get(row.originator)
        of_event[row.originator] = Voice(
            originator=row.originator,
            n_updates=1 + (before.n_updates if before else 0),
            probability_said=row.probability_said,
            markings=(before.markings if before else frozenset())
            | {marking_from_columns(row.marking_owner, row.marking_json)},
        )
    return {
        read_event_id(event_id): tuple(of_event[name] for name in sorted(of_event))
        for event_id, of_event in spoken.items()
    }


def _own_looks(connection: Connection, realm: Realm) -> list[Row[Any]]:
    looks = select(findings.c.event_id, func.count().label("n_updates")).join(events)
    own = looks.where(events.c.realm == realm.value, findings.c.originator == "")
    return list(connection.execute(own.group_by(findings.c.event_id)))


def _messages(connection: Connection, realm: Realm, labels: Labels) -> list[Row[Any]]:
    """Return the messages of a realm in order of creation, as far as a list tells of them."""
    columns = (
        conjunction_messages.c.event_id,
        conjunction_messages.c.originator,
        conjunction_messages.c.probability_said,
        conjunction_messages.c.marking_owner,
        conjunction_messages.c.marking_json,
    )
    order = conjunction_messages.c.created_tai_ns, conjunction_messages.c.kept_at_tai_ns
    its = conjunction_messages.c.realm == realm.value
    wanted = select(*columns).where(its, *under(conjunction_messages, labels))
    return list(connection.execute(wanted.order_by(*order)))
