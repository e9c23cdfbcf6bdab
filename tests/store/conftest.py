"""Every test of the store runs on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, text

from baken.store.database import DRIVERS
from baken.store.evidence_log import SqlEvidenceLog
from baken.store.home import Home, open_home
from baken.store.schema import NEWEST_SCHEMA, STORE_NAME
from baken.store.sql_store import SqlStore
from baken.store.tables import metadata, settings
from tests.store.postgresql import CannotStartError, Server, running_server

# What takes a store back to the tables it had before it kept messages.
WITHOUT_MESSAGES = (
    *(
        f"ALTER TABLE {table} RENAME COLUMN marking_json TO marking_releasable_to_json"
        for table in ("element_sets", "ephemerides", "events", "screenings")
    ),
    *(
        f"DROP TABLE {table}"
        for table in ("account_secrets", "recovery_codes", "sessions", "journeys", "sign_in_attempts")
    ),
    "DROP TABLE incident_numbers",
    "DROP TABLE witnessed",
    "DROP TABLE checkpoints",
    "DROP TABLE log_entries",
    "DROP TABLE outcomes",
    "DROP TABLE conjunction_messages",
    "DROP INDEX events_by_objects",
    "ALTER TABLE events DROP COLUMN object_ids_json",
    "ALTER TABLE findings DROP COLUMN originator",
)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server with one database, ``baken``, that has its tables."""
    try:
        with running_server() as server:
            run_as_administrator(server, "CREATE DATABASE baken")
            open_home(tmp_path_factory.mktemp("home"), server.url("baken")).store.close()
            yield server
    except CannotStartError as reason:
        pytest.skip(f"no PostgreSQL could be started: {reason}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Return the URL of a database without records, ``None`` for the file in the home."""
    if request.param == "sqlite":
        return None
    server: Server = request.getfixturevalue("postgresql")
    empty(server.url("baken"))
    return server.url("baken")


@pytest.fixture
def home(tmp_path: Path, url: str | None) -> Iterator[Home]:
    opened = open_home(tmp_path / "home", url)
    yield opened
    opened.store.close()


@pytest.fixture
def store(home: Home) -> SqlStore:
    return home.store


@pytest.fixture
def log(home: Home) -> SqlEvidenceLog:
    return home.log


def empty(url: str) -> None:
    """Take all records out of a database; a new one for every test would be ten megabytes each."""
    engine = create_engine(url.replace("postgresql", DRIVERS["postgresql"], 1))
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            but = [settings.c.name != STORE_NAME] if table is settings else []
            connection.execute(delete(table).where(*but))
        connection.execute(
            text("UPDATE alembic_version SET version_num = :newest"), {"newest": NEWEST_SCHEMA}
        )
    engine.dispose()


def run_as_administrator(server: Server, statement: str) -> None:
    url = server.url("postgres").replace("postgresql", DRIVERS["postgresql"], 1)
    administrator = create_engine(url, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.exec_driver_sql(statement)
    administrator.dispose()
