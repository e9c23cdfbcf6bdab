"""Does a store open in the shape this version expects, or say in one line why it does not?"""

import os
import resource
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from baken.errors import OutsideServiceFailed, UnreadableInput, WrongUsage
from baken.records.marking import Realm
from baken.store import database, files
from baken.store.database import database_at
from baken.store.home import STORE_FILE, open_home
from baken.store.schema import MIGRATIONS, NEWEST_SCHEMA
from baken.store.sql_store import SqlStore
from baken.store.tables import metadata
from tests.store.conftest import run_as_administrator
from tests.store.nouns import NOW_TAI_NS, many_orbits
from tests.store.postgresql import Server
from tests.store.test_screenings import APPROACHES, SCREENING

FEW_PAGES = 60
LARGEST_FILE_BYTES = 1_000_000


def test_the_migrations_make_the_tables_the_code_knows(store: SqlStore) -> None:
    with store._database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_schema_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST_SCHEMA]


def test_a_store_made_by_a_newer_baken_is_refused(store: SqlStore, tmp_path: Path, url: str | None) -> None:
    with store._database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    known = rf"made by a newer Baken: its schema is 9999, .* up to {NEWEST_SCHEMA}; use"
    with pytest.raises(WrongUsage, match=known):
        open_home(tmp_path / "home", url)


def test_an_empty_server_database_gets_its_tables(tmp_path: Path, postgresql: Server) -> None:
    run_as_administrator(postgresql, "CREATE DATABASE empty")
    _open_at_once(tmp_path / "home", postgresql.url("empty"))


def test_a_new_home_is_for_its_owner_alone(tmp_path: Path) -> None:
    open_home(tmp_path / "home").store.close()
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


def test_what_is_kept_in_a_folder_open_to_others_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    own = os.umask(0)
    try:
        home.mkdir(mode=0o755)
        opened = open_home(home)
        opened.store.keep_screening(SCREENING, APPROACHES, wall_s=1.0, at_tai_ns=1)
        opened.log.keep_content(b"evidence")
        opened.store.close()
    finally:
        os.umask(own)
    kept = [file for file in home.rglob("*") if file.is_file()]
    assert {file.parent.parent.name for file in kept if file.parent != home} == {"bulk", "contents"}
    assert [
        file for file in kept if min(file.stat().st_mode & 0o077, file.parent.stat().st_mode & 0o077)
    ] == []


def test_a_home_in_which_anybody_may_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(0o1777)
    with pytest.raises(WrongUsage, match="anybody on this machine may write in it; 'chmod go= "):
        open_home(tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []


def test_many_that_open_a_new_home_at_once_find_one_store(tmp_path: Path) -> None:
    _open_at_once(tmp_path / "home", None)


def _open_at_once(folder: Path, url: str | None) -> None:
    ready, places = threading.Barrier(6), []

    def come() -> None:
        ready.wait()
        store = open_home(folder, url).store
        places.append(store._bulk_folder)
        store.close()

    comers = [threading.Thread(target=come) for _ in range(ready.parties)]
    for comer in comers:
        comer.start()
    for comer in comers:
        comer.join()
    assert len(places) == ready.parties
    assert len(set(places)) == 1


def test_a_store_sweeps_its_own_strays_alone(store: SqlStore, tmp_path: Path, url: str | None) -> None:
    kept = store.keep_screening(SCREENING, APPROACHES, wall_s=1.0, at_tai_ns=1)
    own, foreign = store._bulk_folder, tmp_path / "home" / "bulk" / "another-store" / "table.parquet"
    for stray in (foreign, own / "stray.parquet", own / "half.parquet.unfinished"):
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"")
    again = open_home(tmp_path / "home", url).store
    assert foreign.exists()
    assert len(list(own.iterdir())) == 1
    assert again.approaches_of(kept.screening_id, realm=Realm.REAL).height == 2
    again.close()


@pytest.mark.parametrize(("harm", "said"), [("rubbish", "is not a Baken store"), ("holes", "is damaged")])
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, harm: str, said: str) -> None:
    file = tmp_path / STORE_FILE
    if harm == "rubbish":
        file.write_bytes(b"this is not a database at all, " * 100)
    else:
        store = open_home(tmp_path).store
        store.add_element_sets(many_orbits(500), source="here", at_tai_ns=NOW_TAI_NS)
        store.close()
        content = file.read_bytes()
        file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(UnreadableInput, match=rf"baken\.sqlite: it {said}; "):
        open_home(tmp_path)


def test_a_home_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongUsage, match="choose another home"):
        open_home(tmp_path / "file" / "home")
    (tmp_path / STORE_FILE).mkdir()
    with pytest.raises(WrongUsage, match="cannot be opened or made; choose another home"):
        open_home(tmp_path)


def test_a_store_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    store = open_home(tmp_path).store
    with store._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(WrongUsage, match="may not be written"):
        store.name_node("NL")
    store.close()


def test_a_full_disk_says_so_and_keeps_nothing(tmp_path: Path) -> None:
    store = open_home(tmp_path).store
    with store._database.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={FEW_PAGES}")
    with pytest.raises(OutsideServiceFailed, match=r"disk is full; make room .* nothing was kept"):
        store.add_element_sets(many_orbits(5000), source="here", at_tai_ns=NOW_TAI_NS)
    assert store.catalogue(Realm.REAL).element_sets == ()
    assert store.identities(Realm.REAL) == ()
    store.close()


def test_a_disk_that_fails_says_so_and_keeps_nothing(tmp_path: Path) -> None:
    store = open_home(tmp_path).store
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # To the store a limit on the size of files looks like a disk that fails halfway.
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE_BYTES, hard))
    try:
        with pytest.raises(OutsideServiceFailed, match="its disk fails; look at the disk, nothing was kept"):
            store.add_element_sets(many_orbits(5000), source="here", at_tai_ns=NOW_TAI_NS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.catalogue(Realm.REAL).element_sets == ()
    store.close()


def test_a_full_disk_under_the_large_tables_keeps_no_screening(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OutsideServiceFailed, match="disk is full"):
        store.keep_screening(SCREENING, APPROACHES, wall_s=1.0, at_tai_ns=1)
    assert store.screenings(Realm.REAL) == ()
    assert list(store._bulk_folder.iterdir()) == []


def test_a_store_that_another_keeps_locked_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_FOR_A_WRITER_S", 0.05)
    store = open_home(tmp_path).store
    other = sqlite3.connect(tmp_path / STORE_FILE)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OutsideServiceFailed, match="another process keeps it locked"):
        store.name_node("NL")
    other.close()
    store.close()


def test_a_server_that_does_not_answer_is_an_outside_failure_and_tells_no_password(tmp_path: Path) -> None:
    with pytest.raises(OutsideServiceFailed, match="did not answer") as failure:
        open_home(tmp_path, "postgresql://baken:secret@127.0.0.1:1/baken")
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize("url", ["", "baken", "mysql://host/name", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_names_no_store_is_refused(url: str) -> None:
    with pytest.raises(WrongUsage, match="sqlite:///FILE or postgresql://HOST/NAME"):
        database_at(url)
