"""Conjunction messages under their events, and events that can be found by their objects.

What stands here is history: it is never changed, and does not follow ``baken.store.tables``.
"""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, Double, ForeignKeyConstraint, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room for messages.  Every finding so far was this node's own; its event names its objects."""
    op.add_column("findings", Column("originator", Text, nullable=False, server_default=""))
    op.add_column("events", Column("object_ids_json", Text, nullable=False, server_default="[]"))
    _name_the_objects_of_events()
    op.create_index("events_by_objects", "events", ["realm", "kind", "object_ids_json"])
    op.create_table(
        "conjunction_messages",
        Column("content_digest", Text, primary_key=True),
        Column("realm", Text, nullable=False),
        Column("event_id", Text, nullable=False),
        Column("source", Text, nullable=False),
        Column("originator", Text, nullable=False),
        Column("message_id", Text, nullable=False),
        Column("created_tai_ns", BigInteger, nullable=False),
        Column("tca_tai_ns", BigInteger, nullable=False),
        Column("miss_distance_m", Double, nullable=False),
        Column("probability_said", Double),
        Column("first_object_id", Text, nullable=False),
        Column("second_object_id", Text, nullable=False),
        Column("message_json", Text, nullable=False),
        Column("marking_owner", Text, nullable=False),
        Column("marking_releasable_to_json", Text, nullable=False),
        Column("lineage_digest", Text, nullable=False),
        Column("kept_at_tai_ns", BigInteger, nullable=False),
        ForeignKeyConstraint(["event_id"], ["events.event_id"]),
        ForeignKeyConstraint(["realm", "first_object_id"], ["objects.realm", "objects.object_id"]),
        ForeignKeyConstraint(["realm", "second_object_id"], ["objects.realm", "objects.object_id"]),
        ForeignKeyConstraint(["lineage_digest"], ["lineages.lineage_digest"]),
    )
    op.create_index("conjunction_messages_by_event", "conjunction_messages", ["event_id", "created_tai_ns"])


def _name_the_objects_of_events() -> None:
    connection = op.get_bind()
    told = connection.execute(sa.text("SELECT event_id, finding_json FROM findings WHERE sequence = 1")).all()
    rows = [
        {
            "event": row.event_id,
            "objects": json.dumps(json.loads(row.finding_json)["object_ids"], separators=(",", ":")),
        }
        for row in told
    ]
    if rows:
        statement = "UPDATE events SET object_ids_json = :objects WHERE event_id = :event"
        connection.execute(sa.text(statement), rows)
