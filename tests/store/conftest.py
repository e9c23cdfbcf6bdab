"""Every test of the store runs on both databases."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from baken.store.home import open_home, open_store
from baken.store.sql_store import SqlStore
from tests.store.postgresql import CannotStartError, Server, running_server

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server, its databases made from one that has the tables already."""
    try:
        with running_server() as server:
            create_database(server, "ready", template="template0")
            open_store(server.url("ready"), tmp_path_factory.mktemp("bulk")).close()
            yield server
    except CannotStartError as reason:
        pytest.skip(f"no PostgreSQL could be started: {reason}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Return the URL of a database without records, ``None`` for the file in the home."""
    if request.param == "sqlite":
        return None
    return create_database(request.getfixturevalue("postgresql"), f"baken_{next(_numbers)}", template="ready")


@pytest.fixture
def store(tmp_path: Path, url: str | None) -> Iterator[SqlStore]:
    opened = open_home(tmp_path / "home", url).store
    yield opened
    opened.close()


def create_database(server: Server, name: str, *, template: str) -> str:
    """Make a database and return its URL."""
    administrator = create_engine(
        server.url("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with administrator.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    administrator.dispose()
    return server.url(name)
