"""Keeping what really happened, in the order in which it was entered."""

from sqlalchemy import Connection, func, select

from baken.records.event import Outcome, read_event_id
from baken.records.marking import Realm
from baken.store import event_reading
from baken.store.provenance import marking_columns, marking_from_columns
from baken.store.rows import insert_rows
from baken.store.tables import outcomes


def keep_outcome(connection: Connection, outcome: Outcome) -> None:
    """Keep an outcome after those that were entered before it."""
    event_reading.event(connection, outcome.event_id, outcome.realm)
    of_event = outcomes.c.event_id == str(outcome.event_id)
    before = connection.scalar(select(func.max(outcomes.c.sequence)).where(of_event)) or 0
    owner, marking_json = marking_columns(outcome.marking)
    row = {
        "event_id": str(outcome.event_id),
        "sequence": before + 1,
        "realm": outcome.realm.value,
        "happened_tai_ns": outcome.happened_tai_ns,
        "source": outcome.source,
        "marking_owner": owner,
        "marking_json": marking_json,
        "kept_at_tai_ns": outcome.kept_at_tai_ns,
        "parent_norad_cat_id": outcome.parent_norad_cat_id,
    }
    insert_rows(connection, outcomes, [row])


def outcomes_of(connection: Connection, realm: Realm) -> tuple[Outcome, ...]:
    """Return every outcome of a realm, event by event, in the order in which they were entered."""
    rows = connection.execute(
        select(outcomes)
        .where(outcomes.c.realm == realm.value)
        .order_by(outcomes.c.event_id, outcomes.c.sequence)
    )
    return tuple(
        Outcome(
            event_id=read_event_id(row.event_id),
            happened_tai_ns=row.happened_tai_ns,
            source=row.source,
            kept_at_tai_ns=row.kept_at_tai_ns,
            parent_norad_cat_id=row.parent_norad_cat_id,
            realm=Realm(row.realm),
            marking=marking_from_columns(row.marking_owner, row.marking_json),
        )
        for row in rows
    )
