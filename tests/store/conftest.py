"""Every test of the store runs on both databases."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from baken.store.home import open_home
from baken.store.sql_store import SqlStore
from tests.store.postgresql import CannotStart, Server, running_server

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    try:
        with running_server() as server:
            yield server
    except CannotStart as reason:
        pytest.skip(f"no PostgreSQL could be started: {reason}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    """Return the URL of an empty database, ``None`` for the file in the home."""
    return None if request.param == "sqlite" else new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(tmp_path: Path, url: str | None) -> Iterator[SqlStore]:
    opened = open_home(tmp_path / "home", url).store
    yield opened
    opened.close()


def new_database(server: Server) -> str:
    name = f"baken_{next(_numbers)}"
    administrator = create_engine(
        server.url("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with administrator.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    administrator.dispose()
    return server.url(name)
