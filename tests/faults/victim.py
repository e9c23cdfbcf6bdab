"""A process that takes in a catalogue and dies where it is told to."""

import itertools
import os
import signal
from collections import Counter
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path

from sqlalchemy import Engine, event

from baken.operations.ports import ImportedFile
from baken.store import files
from baken.store.home import open_home
from baken.store.sql_store import SqlStore
from tests.makers import warning
from tests.store.nouns import HOUR_NS, NOW_TAI_NS, finding, many_orbits
from tests.store.test_ephemerides import ephemeris
from tests.store.test_messages import received
from tests.store.test_screenings import APPROACHES, SCREENING

N_ORBITS, N_EVENTS = 40, 7
FILE = ImportedFile(name="invented.csv", digest="sha256:ff", n_read=N_ORBITS)
# Of an object that the catalogue has.
EPHEMERIS = ephemeris(many_orbits(1)[0].identity)
# Of two objects that the catalogue has, and of one encounter that nobody saw.
WARNINGS = [received(warning(originator, pair=(1, 2))) for originator in ("A", "B")]
EPHEMERIS_FILE = ImportedFile(name="invented.oem", digest="sha256:fe", n_read=1)


def work(store: SqlStore) -> None:
    """Do one turn of everything that is kept."""
    store.add_element_sets(many_orbits(N_ORBITS), source="here", at_tai_ns=NOW_TAI_NS, file=FILE)
    found = [finding(str(number)) for number in range(N_EVENTS)]
    store.keep_findings(found, node="NL", at_tai_ns=NOW_TAI_NS)
    store.keep_screening(SCREENING, APPROACHES, wall_s=1.0, at_tai_ns=NOW_TAI_NS)
    store.add_ephemerides([EPHEMERIS], source="here", at_tai_ns=NOW_TAI_NS, file=EPHEMERIS_FILE)
    store.keep_messages(WARNINGS, node="NL", source="here", at_tai_ns=NOW_TAI_NS)


def work_and_die(folder: Path, url: str | None, point: str, occurrence: int) -> None:
    """Do the work, and be killed at the n-th passage of a point."""
    seen: Counter[str] = Counter()

    def pass_by(here: str) -> None:
        seen[here] += 1
        if (here, seen[here]) == (point, occurrence):
            os.kill(os.getpid(), signal.SIGKILL)

    watch(pass_by)
    work(open_home(folder, url).store)


def work_and_tell(folder: Path, url: str | None, report: Path) -> None:
    """Do the work and write down every point that was passed, in order."""
    passed: list[str] = []
    watch(passed.append)
    work(open_home(folder, url).store)
    report.write_text("\n".join(passed))


def import_for_ever(folder: Path, url: str | None, begun: Event) -> None:
    """Take in one whole catalogue after another, each an hour newer, until somebody ends it."""
    store = open_home(folder, url).store
    me = os.getpid()
    for turn in itertools.count():
        # Every process has epochs of its own, so that two halves are never counted as one whole.
        said = many_orbits(N_ORBITS, epoch_tai_ns=NOW_TAI_NS + turn * HOUR_NS + me)
        store.add_element_sets(said, source="here", at_tai_ns=turn)
        found = [finding(f"{me}-{turn}-{number}") for number in range(N_EVENTS)]
        store.keep_findings(found, node="NL", at_tai_ns=turn)
        begun.set()


def watch(pass_by: Callable[[str], object]) -> None:
    """Have every statement, commit, forced write and renaming of this process reported."""
    event.listen(Engine, "before_cursor_execute", lambda *_: pass_by("statement"))
    event.listen(Engine, "commit", lambda _: pass_by("commit"))
    _report_before(files.os, "fsync", pass_by)
    _report_before(Path, "replace", pass_by)


def _report_before(owner: object, name: str, pass_by: Callable[[str], object]) -> None:
    real = getattr(owner, name)

    def reported(*arguments: object) -> object:
        pass_by(name)
        return real(*arguments)

    setattr(owner, name, reported)
