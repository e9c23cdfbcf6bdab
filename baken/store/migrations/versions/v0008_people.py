"""How people show who they are, their visits, and how often somebody guessed.

Who they are stands in the log.  What stands here is history: it is never changed, and does not follow
``baken.store.tables``.
"""

from alembic import op
from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Text

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make room for what shows that somebody is who he says."""
    op.create_table(
        "account_secrets",
        Column("account", Text, primary_key=True),
        Column("passes", Integer, nullable=False),
        Column("memory_kib", Integer, nullable=False),
        Column("lanes", Integer, nullable=False),
        Column("salt", LargeBinary, nullable=False),
        Column("password_digest", LargeBinary, nullable=False),
        Column("one_time_secret", LargeBinary, nullable=False),
        Column("last_step", BigInteger, nullable=False),
    )
    op.create_table(
        "recovery_codes",
        Column("account", Text, primary_key=True),
        Column("code_digest", Text, primary_key=True),
    )
    op.create_table(
        "sessions",
        Column("session_digest", Text, primary_key=True),
        Column("account", Text, nullable=False),
        Column("way", Text, nullable=False),
        Column("begun_tai_ns", BigInteger, nullable=False),
        Column("seen_tai_ns", BigInteger, nullable=False),
        Column("as_of", BigInteger, nullable=False),
        Index("sessions_by_begin", "begun_tai_ns"),
    )
    op.create_table(
        "journeys",
        Column("state_digest", Text, primary_key=True),
        Column("nonce", Text, nullable=False),
        Column("verifier", Text, nullable=False),
        Column("begun_tai_ns", BigInteger, nullable=False),
    )
    op.create_table(
        "sign_in_attempts",
        Column("counted_as", Text, primary_key=True),
        Column("n_failed", BigInteger, nullable=False),
        Column("last_tai_ns", BigInteger, nullable=False),
        Index("sign_in_attempts_by_last", "last_tai_ns"),
    )
