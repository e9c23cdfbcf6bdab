"""Whenever a process is killed, is evidence kept whole or not at all, and the log without a gap?"""

import itertools
import multiprocessing
import os
import signal
import time
from collections import Counter
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import numpy as np
import pytest

from baken.evidence.sealing import seal
from baken.operations.evidence_ports import EvidenceLog, KeptCheckpoint
from baken.operations.sign_log import troubles_of
from baken.records.evidence import Content, Entry, EntryKind, SealedEntry
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm
from baken.store.home import STORE_FILE, open_home
from tests.faults import victim
from tests.faults.test_killed import START_S, check_file, run
from tests.store.conftest import empty

N_TOGETHER = 5
CONTENT = b"as it came " * 1000
N_RANDOM_KILLS = 3
LONGEST_LIFE_S = 0.2
SEED = 20261125


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.test_killed_evidence", "alembic.runtime.environment"])
    return context


def together(told: str) -> list[SealedEntry]:
    """Entries that are kept in one append, the first with a content."""
    content = Content(
        digest=digest_of_bytes(CONTENT), media_type="text/plain", name="a.txt", size_bytes=len(CONTENT)
    )
    return [
        seal(
            Entry(
                kind=EntryKind.DOCUMENT,
                subject=told,
                actor="me",
                at_tai_ns=n,
                content=None if n else content,
            ),
            bytes(32),
        )
        for n in range(N_TOGETHER)
    ]


def work(log: EvidenceLog, told: str = "one") -> None:
    """Keep a content, entries, a checkpoint's bytes and a name."""
    log.keep_content(CONTENT)
    log.append(together(told), at_tai_ns=1)
    log.keep_checkpoint(Realm.REAL, KeptCheckpoint(size=N_TOGETHER, note=told.encode(), kept_at_tai_ns=1))
    log.reserve_incident_id(node="NL", year=2026)


def work_and_die(folder: Path, url: str | None, point: str, occurrence: int) -> None:
    """Do the work, and be killed at the n-th passage of a point."""
    seen: Counter[str] = Counter()

    def pass_by(here: str) -> None:
        seen[here] += 1
        if (here, seen[here]) == (point, occurrence):
            os.kill(os.getpid(), signal.SIGKILL)

    log = open_home(folder, url).log
    victim.watch(pass_by)
    work(log)


def work_and_tell(folder: Path, url: str | None, report: Path) -> None:
    """Do the work and write down every point that was passed, in order."""
    passed: list[str] = []
    log = open_home(folder, url).log
    victim.watch(passed.append)
    work(log)
    report.write_text("\n".join(passed))


def append_for_ever(folder: Path, url: str | None, begun: Event) -> None:
    """Append one lot after another, until somebody ends it."""
    log = open_home(folder, url).log
    for turn in itertools.count():
        log.append(together(f"{os.getpid()}-{turn}"), at_tai_ns=turn)
        begun.set()


def test_a_kill_at_any_point_leaves_evidence_whole_or_not_at_all(
    processes: ForkServerContext, tmp_path: Path, url: str | None
) -> None:
    report = tmp_path / "points"
    assert run(processes, work_and_tell, tmp_path / "rehearsal", url, report) == 0
    passed = Counter(report.read_text().split())
    points = [(point, n) for point in passed for n in range(1, passed[point] + 1)]
    assert {"statement", "commit", "fsync", "replace"} <= set(passed)
    for number, (point, occurrence) in enumerate(points):
        folder = new_home(tmp_path / str(number), url)
        killed = run(processes, work_and_die, folder, url, point, occurrence)
        assert killed == -signal.SIGKILL, (point, occurrence)
        check_whole(folder, url)
        home = open_home(folder, url)
        work(home.log, "two")
        assert home.log.size(Realm.REAL) in (N_TOGETHER, 2 * N_TOGETHER)
        home.store.close()
        if url is None:
            check_file(folder / STORE_FILE)


def new_home(folder: Path, url: str | None) -> Path:
    if url is not None:
        empty(url)
    open_home(folder, url).store.close()
    return folder


def check_whole(folder: Path, url: str | None) -> None:
    home = open_home(folder, url)
    try:
        kept = home.log.entries(Realm.REAL)
        assert [one.sequence for one in kept] == list(range(len(kept)))
        assert len(kept) % N_TOGETHER == 0
        # Every entry, and every content that one speaks of.
        assert [said for said in troubles_of(home.log, Realm.REAL, []) if said.startswith("EV-")] == []
        files = list(home.log._contents_folder.glob("*"))
        assert [file.name for file in files] in (
            [],
            [digest_of_bytes(CONTENT).removeprefix("sha256:")],
        )
    finally:
        home.store.close()


def test_kills_at_random_moments_leave_a_log_without_gaps(
    processes: ForkServerContext, tmp_path: Path, url: str | None
) -> None:
    rng = np.random.default_rng(SEED)
    opened = open_home(tmp_path / "home", url)
    opened.log.keep_content(CONTENT)
    opened.store.close()
    for _ in range(N_RANDOM_KILLS):
        # Two at once, so that one is also killed while the other waits for its turn.
        pair = [start(processes, tmp_path / "home", url) for _ in range(2)]
        for one in pair:
            time.sleep(rng.uniform(0.0, LONGEST_LIFE_S))
            one.kill()
            one.join()
        check_whole(tmp_path / "home", url)


def start(processes: ForkServerContext, folder: Path, url: str | None) -> ForkServerProcess:
    begun = processes.Event()
    process = processes.Process(target=append_for_ever, args=(folder, url, begun))
    process.start()
    assert begun.wait(START_S)
    return process
