"""A log per world of what was said and done, its checkpoints, and the names given to incidents.

What stands here is history: it is never changed, and does not follow ``baken.store.tables``.
"""

from alembic import op
from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make room for evidence."""
    op.create_table(
        "log_entries",
        Column("realm", Text, primary_key=True),
        Column("sequence", BigInteger, primary_key=True, autoincrement=False),
        Column("kind", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("actor", Text, nullable=False),
        Column("at_tai_ns", BigInteger, nullable=False),
        Column("entry_json", Text, nullable=False),
        Column("marking_owner", Text, nullable=False),
        Column("marking_releasable_to_json", Text, nullable=False),
        Column("secret", LargeBinary, nullable=False),
        Column("commitment", Text, nullable=False),
        Column("leaf_hash", LargeBinary, nullable=False),
        Column("kept_at_tai_ns", BigInteger, nullable=False),
        Index("log_entries_by_subject", "realm", "subject", "sequence"),
        Index("log_entries_by_kind", "realm", "kind", "sequence"),
    )
    op.create_table(
        "checkpoints",
        Column("realm", Text, primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("size", BigInteger, nullable=False),
        Column("note", LargeBinary, nullable=False),
        Column("kept_at_tai_ns", BigInteger, nullable=False),
    )
    op.create_table(
        "witnessed",
        Column("origin", Text, primary_key=True),
        Column("size", BigInteger, nullable=False),
        Column("root", LargeBinary, nullable=False),
        Column("note", LargeBinary, nullable=False),
    )
    op.create_table(
        "incident_numbers",
        Column("node", Text, primary_key=True),
        Column("year", Integer, primary_key=True, autoincrement=False),
        Column("last_number", Integer, nullable=False),
    )
