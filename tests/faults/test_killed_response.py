"""When the real process is killed in the middle of a response, does the next one on the same home go on?"""

import multiprocessing
import os
import secrets
import signal
from collections import Counter
from email import message_from_bytes
from email.policy import SMTP
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from baken.exercise.rehearsal import invented_directory, rehearse_until
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.response_state import open_responses, response
from baken.operations.send_notices import Mail, letter_key
from baken.operations.sign_log import troubles_of
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.respond.mechanism_file import read_mechanism
from baken.respond.notice_life import ARRIVED
from baken.store.home import STORE_FILE, open_home
from baken.transports.folder import Folder
from tests.faults import victim
from tests.faults.test_killed import check_file, run
from tests.operations.cases import NOON_TAI_NS
from tests.respond.small_response import CAST, SMALL, UNTIL_TAI_NS, begun

SECOND_NS = 10**9
OUT = "out"
DIRECTORY = invented_directory(read_mechanism(SMALL))
# A letter's file is forced to disk, gets its name, and then its folder is forced: dead before each of these,
# and, with the last, after the letter is there and before anybody knows.  Between them, at some entry.
KILLS = (
    *[("commit", 2), ("fsync", 2), ("commit", 4), ("replace", 1), ("commit", 3), ("fsync", 2)],
    *[("commit", 5), ("fsync", 1), ("statement", 40), ("fsync", 4), ("commit", 6), ("replace", 2)],
)


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.test_killed_response", "alembic.runtime.environment"])
    return context


def begin(folder: Path) -> None:
    """Make a home with a response begun in it, and a folder for its letters."""
    home = open_home(folder)
    (folder / OUT).mkdir()
    begun(Desk(log=home.log, actor="officer", at_tai_ns=NOON_TAI_NS, luck=secrets.token_bytes))
    home.store.close()


def respond(folder: Path) -> None:
    """Go on with the response a second after whatever was kept last, to its end."""
    log = open_home(folder).log
    [incident_id] = open_responses(log, Realm.EXERCISE)
    [last] = log.entries(Realm.EXERCISE, last=1)
    rehearse_until(
        lambda actor, at_tai_ns: Desk(log=log, actor=actor, at_tai_ns=at_tai_ns, luck=secrets.token_bytes),
        incident_id,
        Mail(
            sender="us",
            node="EXER",
            directory=DIRECTORY,
            transports={"smtp": Folder(path=folder / OUT, from_address="desk@us.example")},
        ),
        CAST,
        last.entry.at_tai_ns + SECOND_NS,
        UNTIL_TAI_NS,
    )


def respond_and_die(folder: Path, point: str, occurrence: int) -> None:
    """Go on, and be killed at the n-th passage of a point."""
    seen: Counter[str] = Counter()

    def pass_by(here: str) -> None:
        seen[here] += 1
        if (here, seen[here]) == (point, occurrence):
            os.kill(os.getpid(), signal.SIGKILL)

    # What is kept by opening is another test's.
    open_home(folder).store.close()
    victim.watch(pass_by)
    respond(folder)


def test_a_response_killed_again_and_again_is_carried_to_its_end(
    processes: ForkServerContext, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    begin(folder)
    for point, occurrence in KILLS:
        killed = run(processes, respond_and_die, folder, point, occurrence)
        assert killed == -signal.SIGKILL, (point, occurrence)
        check_file(folder / STORE_FILE)
    assert run(processes, respond, folder) == 0
    home = open_home(folder)
    check_done(home.log, folder / OUT)
    home.store.close()


def check_done(log: EvidenceLog, out: Path) -> None:
    """Check that the plan is over, each move was made once, and each letter lies there once, whole."""
    [incident_id] = open_responses(log, Realm.EXERCISE)
    found = response(log, incident_id)
    [plan] = found.plans
    assert plan.stood_down_at_tai_ns is not None
    assert [said for said in troubles_of(log, Realm.EXERCISE, []) if said.startswith("EV-")] == []
    kept = log.entries(Realm.EXERCISE, kinds={EntryKind.RESPONSE, EntryKind.SITUATION})
    keys = [one.entry.text("key") for one in kept if one.entry.text("key")]
    assert len(keys) == len(set(keys))
    assert all(notice.stage in ARRIVED for notice in found.notices)
    assert any(len(notice.attempts) > 1 for notice in found.notices), "some letter went again"
    subjects = {
        letter_key(incident_id, notice, DIRECTORY.contacts_of(notice.role_id)[0]): notice.subject
        for notice in found.notices
    }
    lies_there = {
        file.stem: message_from_bytes(file.read_bytes(), policy=SMTP) for file in out.glob("[!.]*.eml")
    }
    assert {key: letter["Subject"].split(": ", 1)[1] for key, letter in lies_there.items()} == subjects
