"""Whenever a process is killed, is the old state there or the new one, and never half?"""

import multiprocessing
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import numpy as np
import pytest

from baken.records.marking import Realm
from baken.store.home import STORE_FILE, open_home
from baken.store.sql_store import SqlStore
from tests.faults import victim

N_STATEMENTS_TRIED = 12
N_RANDOM_KILLS = 6
SEED = 20261122
START_S = 60.0
LONGEST_LIFE_S = 0.2


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.victim", "alembic.runtime.environment", "alembic.script"])
    return context


def run(processes: ForkServerContext, target, *arguments: object) -> int | None:
    process = processes.Process(target=target, args=arguments)
    process.start()
    process.join(START_S)
    return process.exitcode


def points(processes: ForkServerContext, folder: Path, url: str | None) -> Iterator[tuple[str, int]]:
    """Yield where to kill: every commit, forced write and renaming, and statements spread over the work."""
    report = folder / "points"
    assert run(processes, victim.work_and_tell, folder / "rehearsal", url, report) == 0
    passed = Counter(report.read_text().split())
    for point in ("commit", "fsync", "replace"):
        yield from ((point, occurrence) for occurrence in range(1, passed[point] + 1))
    spread = np.linspace(1, passed["statement"], N_STATEMENTS_TRIED).astype(int)
    yield from (("statement", int(occurrence)) for occurrence in spread)


def test_a_kill_at_any_point_leaves_the_old_state_or_the_new(
    processes: ForkServerContext, tmp_path: Path
) -> None:
    for number, (point, occurrence) in enumerate(points(processes, tmp_path, None)):
        folder = tmp_path / str(number)
        exit_code = run(processes, victim.work_and_die, folder, None, point, occurrence)
        assert exit_code == -signal.SIGKILL, (point, occurrence)
        check_whole(folder, None)


def test_a_kill_leaves_a_server_in_the_old_state_or_the_new(
    processes: ForkServerContext, tmp_path: Path, url: str | None
) -> None:
    # One database for all: what is killed is repaired by the next, which has all the less to do.
    for point, occurrence in [
        *[("statement", 9), ("commit", 2), ("fsync", 1), ("replace", 1), ("commit", 3)],
        *[("replace", 1), ("commit", 4)],
    ]:
        run(processes, victim.work_and_die, tmp_path / "home", url, point, occurrence)
        check_whole(tmp_path / "home", url)
    store = open_home(tmp_path / "home", url).store
    assert len(store.screenings(Realm.REAL)) == n_ephemerides(store) == 1
    store.close()


def check_whole(folder: Path, url: str | None) -> None:
    store = open_home(folder, url).store
    check_all_or_nothing(store)
    victim.work(store)
    check_all_or_nothing(store)
    assert len(store.screenings(Realm.REAL)) == n_ephemerides(store) == 1
    assert len(store.events(Realm.REAL)) == victim.N_EVENTS + 1
    store.close()
    if url is None:
        check_file(folder / STORE_FILE)


def check_all_or_nothing(store: SqlStore) -> None:
    past = store.past_import(victim.FILE.digest, source="here", realm=Realm.REAL)
    n_orbits = 0 if past is None else victim.N_ORBITS
    assert len(store.catalogue(Realm.REAL).element_sets) == len(store.identities(Realm.REAL)) == n_orbits
    numbers = sorted(event.event_id.number for event in store.events(Realm.REAL))
    warned = list(range(1, victim.N_EVENTS + 2))
    assert numbers in ([], warned[:-1], warned)
    n_voices = Counter(len(voices) for voices in store.voices(Realm.REAL).values())
    assert n_voices[len(victim.WARNINGS)] == (1 if numbers == warned else 0)
    for kept in store.screenings(Realm.REAL):
        assert store.approaches_of(kept.screening_id, realm=Realm.REAL).height == kept.n_approaches
    files = list(store._bulk_folder.glob("*"))
    assert len(files) == len(store.screenings(Realm.REAL)) + n_ephemerides(store)
    past = store.past_import(victim.EPHEMERIS_FILE.digest, source="here", realm=Realm.REAL)
    assert n_ephemerides(store) == (0 if past is None else 1)


def n_ephemerides(store: SqlStore) -> int:
    object_id = victim.EPHEMERIS.identity.object_id
    known = any(identity.object_id == object_id for identity in store.identities(Realm.REAL))
    return len(store.ephemerides_of(object_id, realm=Realm.REAL)) if known else 0


def check_file(file: Path) -> None:
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_kills_at_random_moments_leave_whole_catalogues(
    processes: ForkServerContext, tmp_path: Path, url: str | None
) -> None:
    rng = np.random.default_rng(SEED)
    open_home(tmp_path / "home", url).store.close()
    for _ in range(N_RANDOM_KILLS // 2):
        # Two at once, so that one is also killed while the other waits for its turn.
        pair = [start_importer(processes, tmp_path / "home", url) for _ in range(2)]
        for importer in pair:
            time.sleep(rng.uniform(0.0, LONGEST_LIFE_S))
            importer.kill()
            importer.join()
    store = open_home(tmp_path / "home", url).store
    check_whole_turns(store)
    store.close()
    if url is None:
        check_file(tmp_path / "home" / STORE_FILE)


def start_importer(processes: ForkServerContext, folder: Path, url: str | None) -> ForkServerProcess:
    begun = processes.Event()
    importer = processes.Process(target=victim.import_for_ever, args=(folder, url, begun))
    importer.start()
    assert begun.wait(START_S)
    return importer


def check_whole_turns(store: SqlStore) -> None:
    element_sets = [
        element_set
        for identity in store.identities(Realm.REAL)
        for element_set in store.element_sets_of(identity.object_id, realm=Realm.REAL)
    ]
    turns = Counter(element_set.epoch_tai_ns for element_set in element_sets)
    assert set(turns.values()) == {victim.N_ORBITS}
    events = store.events(Realm.REAL)
    assert len(events) % victim.N_EVENTS == 0
    assert sorted(event.event_id.number for event in events) == list(range(1, len(events) + 1))
