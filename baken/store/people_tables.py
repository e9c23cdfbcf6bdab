"""The tables of how people show who they are, as the store of this version has them."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text

from baken.store.tables import metadata

account_secrets = Table(
    "account_secrets",
    metadata,
    Column("account", Text, primary_key=True),
    Column("passes", Integer, nullable=False),
    Column("memory_kib", Integer, nullable=False),
    Column("lanes", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("password_digest", LargeBinary, nullable=False),
    Column("one_time_secret", LargeBinary, nullable=False),
    Column("last_step", BigInteger, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("account", Text, primary_key=True),
    Column("code_digest", Text, primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session_digest", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("begun_tai_ns", BigInteger, nullable=False),
    Column("seen_tai_ns", BigInteger, nullable=False),
    Column("as_of", BigInteger, nullable=False),
    Index("sessions_by_begin", "begun_tai_ns"),
)

journeys = Table(
    "journeys",
    metadata,
    Column("state_digest", Text, primary_key=True),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("begun_tai_ns", BigInteger, nullable=False),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("counted_as", Text, primary_key=True),
    Column("n_failed", BigInteger, nullable=False),
    Column("last_tai_ns", BigInteger, nullable=False),
    Index("sign_in_attempts_by_last", "last_tai_ns"),
)
