"""Room for all a label says: what was the list of its audiences may be an object that says more.

What stands here is history: it is never changed, and does not follow ``baken.store.tables``.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
LABELLED = (
    "element_sets",
    "ephemerides",
    "events",
    "outcomes",
    "conjunction_messages",
    "screenings",
    "log_entries",
)


def upgrade() -> None:
    """Call the column what it holds."""
    for table in LABELLED:
        op.alter_column(table, "marking_releasable_to_json", new_column_name="marking_json")
