"""The tables of evidence, as the store of this version has them."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text

from baken.store.tables import metadata

log_entries = Table(
    "log_entries",
    metadata,
    Column("realm", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at_tai_ns", BigInteger, nullable=False),
    Column("entry_json", Text, nullable=False),
    Column("marking_owner", Text, nullable=False),
    Column("marking_json", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    Column("kept_at_tai_ns", BigInteger, nullable=False),
    Index("log_entries_by_subject", "realm", "subject", "sequence"),
    Index("log_entries_by_kind", "realm", "kind", "sequence"),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("realm", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("kept_at_tai_ns", BigInteger, nullable=False),
)

witnessed = Table(
    "witnessed",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", LargeBinary, nullable=False),
)

incident_numbers = Table(
    "incident_numbers",
    metadata,
    Column("node", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last_number", Integer, nullable=False),
)
