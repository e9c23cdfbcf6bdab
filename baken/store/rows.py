"""Writing many rows, the same way in both databases."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

Item = TypeVar("Item")
# SQLite allows 32,766 variables in a statement; PostgreSQL's driver somewhat more.
NAMES_AT_ONCE = 5_000


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows that are not there yet.  Each row names every column."""
    if rows:
        # The driver takes the rows as they are; SQLAlchemy would handle each one, and double the time.
        statement = insert(table).compile(connection, dialect=connection.dialect)
        names = statement.positiontup
        ordered = rows if names is None else [tuple(map(row.__getitem__, names)) for row in rows]
        connection.exec_driver_sql(str(statement), list(ordered))


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the rows whose key is not there yet; leave the others as they are."""
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def put_row(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Insert a row, or change the one that has its key."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    key = [column.name for column in table.primary_key]
    statement = dialect.insert(table).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=dict(row)))


def kept_among(
    connection: Connection, column: ColumnElement[str], values: Sequence[str], *where: ColumnElement[bool]
) -> set[str]:
    """Return which of these values a column holds, in the rows where all conditions hold."""
    found: set[str] = set()
    for some in in_batches(values):
        found.update(connection.scalars(select(column).where(column.in_(some), *where)))
    return found


def in_batches(values: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """Yield values as many at a time as one statement can name."""
    remaining = iter(values)
    while batch := tuple(islice(remaining, NAMES_AT_ONCE)):
        yield batch
