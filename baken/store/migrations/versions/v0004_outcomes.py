"""What really happened, as somebody entered it, beside the events that foretold it.

What stands here is history: it is never changed, and does not follow ``baken.store.tables``.
"""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Integer, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make room for outcomes."""
    op.create_table(
        "outcomes",
        Column("event_id", Text, primary_key=True),
        Column("sequence", Integer, primary_key=True, autoincrement=False),
        Column("realm", Text, nullable=False),
        Column("happened_tai_ns", BigInteger, nullable=False),
        Column("source", Text, nullable=False),
        Column("marking_owner", Text, nullable=False),
        Column("marking_releasable_to_json", Text, nullable=False),
        Column("kept_at_tai_ns", BigInteger, nullable=False),
        ForeignKeyConstraint(["event_id"], ["events.event_id"]),
    )
