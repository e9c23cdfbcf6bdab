"""A database that is read in one view and written by one hand at a time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from baken.errors import WrongUsage
from baken.store.troubles import told_plainly

WAIT_FOR_A_WRITER_S = 30.0
TURN_AGAIN_AFTER_S = 0.01
# Any number will do, as long as every Baken on a server locks with the same one.
WRITER_LOCK_KEY = 0x62616B656E
CACHE_KIB = 65_536
NO_FILE = {None, "", ":memory:"}
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, the place it speaks of, and the two ways to use it."""

    engine: Engine
    place: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a view of one moment: what others write meanwhile is not in it."""
        with told_plainly(self.place), self.engine.connect() as connection:
            connection.execution_options(**_reader(self.engine))
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that no other writer overlaps; it is kept wholly at the end, or not at all."""
        with told_plainly(self.place), self.engine.connect() as connection:
            connection.execution_options(begins_with="BEGIN IMMEDIATE")
            with connection.begin():
                if self.engine.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK_KEY})")
                yield connection

    def close(self) -> None:
        self.engine.dispose()


def sqlite_url(file: Path) -> str:
    """Return the URL of a database in a file.

    >>> sqlite_url(Path("/srv/baken/baken.sqlite"))
    'sqlite:////srv/baken/baken.sqlite'
    """
    return URL.create("sqlite", database=str(file)).render_as_string()


def database_at(url: str) -> Database:
    """Return the database at a URL.  Nothing is opened yet.

    What goes wrong with a statement is told without the values in it, which may be codes and secrets.

    Raises: WrongUsage when the URL names no database Baken can use.
    """
    parsed = _understood(url)
    if parsed.drivername == DRIVERS["sqlite"]:
        engine = create_engine(parsed, connect_args={"timeout": WAIT_FOR_A_WRITER_S}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return Database(engine, str(parsed.database))
    return Database(_postgresql(parsed), parsed.render_as_string(hide_password=True))


def _understood(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise WrongUsage("a store's URL reads like sqlite:///FILE or postgresql://HOST/NAME") from None
    driver = DRIVERS.get(parsed.get_backend_name())
    if driver is None or (driver == DRIVERS["sqlite"] and parsed.database in NO_FILE):
        raise WrongUsage(f"a store is sqlite:///FILE or postgresql://HOST/NAME, not {parsed.drivername}")
    return parsed.set(drivername=driver)


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise WrongUsage("PostgreSQL needs its driver; install baken[postgresql]") from None


def _reader(engine: Engine) -> dict[str, str]:
    # SQLite in WAL mode reads one view by nature.
    return {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}


def _prepare_sqlite(connection: object, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by itself, and late; `_begin_sqlite` does it instead.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    _turn_to_wal(cursor)
    # A warning that was said to be kept must be there after a power cut as well.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # Room for a whole catalogue, so that it is written once and not in turns.
    cursor.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    cursor.close()


def _turn_to_wal(cursor: sqlite3.Cursor) -> None:
    """Turn a file to write-ahead logging.  SQLite does not wait its turn for this, so we do."""
    until_s = time.monotonic() + WAIT_FOR_A_WRITER_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until_s:
                raise
            time.sleep(TURN_AGAIN_AFTER_S)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get("begins_with", "BEGIN")))
