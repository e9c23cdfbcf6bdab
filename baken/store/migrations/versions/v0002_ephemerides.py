"""Ephemerides: tables of states, beside the element sets.

What stands here is history: it is never changed, and does not follow ``baken.store.tables``.
"""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make room for ephemerides, and for their number in every import; so far there were none."""
    op.create_table(
        "ephemerides",
        Column("source", Text, primary_key=True),
        Column("content_digest", Text, primary_key=True),
        Column("realm", Text, nullable=False),
        Column("object_id", Text, nullable=False),
        Column("norad_cat_id", BigInteger),
        Column("cospar_id", Text),
        Column("name", Text),
        Column("others_json", Text, nullable=False),
        Column("frame", Text, nullable=False),
        Column("frame_epoch_tai_ns", BigInteger),
        Column("centre", Text, nullable=False),
        Column("time_system", Text, nullable=False),
        Column("originator", Text, nullable=False),
        Column("created_tai_ns", BigInteger),
        Column("message_id", Text, nullable=False),
        Column("start_tai_ns", BigInteger, nullable=False),
        Column("stop_tai_ns", BigInteger, nullable=False),
        Column("useable_start_tai_ns", BigInteger),
        Column("useable_stop_tai_ns", BigInteger),
        Column("interpolation", Text, nullable=False),
        Column("interpolation_degree", BigInteger),
        Column("n_states", BigInteger, nullable=False),
        Column("states_digest", Text, nullable=False),
        Column("covariances_digest", Text),
        Column("header_comments_json", Text, nullable=False),
        Column("metadata_comments_json", Text, nullable=False),
        Column("comments_json", Text, nullable=False),
        Column("other_fields_json", Text, nullable=False),
        Column("marking_owner", Text, nullable=False),
        Column("marking_releasable_to_json", Text, nullable=False),
        Column("lineage_digest", Text, nullable=False),
        Column("kept_at_tai_ns", BigInteger, nullable=False),
        ForeignKeyConstraint(["realm", "object_id"], ["objects.realm", "objects.object_id"]),
        ForeignKeyConstraint(["lineage_digest"], ["lineages.lineage_digest"]),
    )
    op.create_index("ephemerides_by_object", "ephemerides", ["realm", "object_id", "start_tai_ns"])
    op.add_column("imports", Column("ephemerides_new", BigInteger, nullable=False, server_default="0"))
