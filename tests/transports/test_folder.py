"""Do letters lie in a folder whole, once each, and readable by any mail program?"""

import errno
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from baken.errors import LetterRefused, OutsideServiceFailed
from baken.records.letter import write_letter
from baken.records.marking import Realm
from baken.testing.check_transport import Received, Side, Stage, check_transport, letter_to, read_as
from baken.transports import folder as rooms
from baken.transports.folder import Folder
from tests.transports.conftest import DESK
from tests.transports.mail_server import read_message

LETTER = letter_to(DESK, key="warn.1")
START_S = 60.0
# Where a sending can be interrupted: the file is forced to disk, then its name.
POINTS = ("flock", "fsync", "replace", "fsync")


def folder_at(path: Path) -> Folder:
    return Folder(path=path, from_address="baken@example.org")


def received(path: Path) -> list[Received]:
    return [read_message(file.read_bytes()) for file in sorted(path.glob("*.eml"))]


def test_a_folder_keeps_what_a_transport_promises(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "no").write_text("a file where a folder should be")
    stage = Stage(
        working=Side(transport=folder_at(tmp_path / "in"), to=DESK),
        refusing=Side(transport=folder_at(tmp_path / "no"), to=DESK),
        unreachable=Side(transport=folder_at(tmp_path / "not mounted"), to=DESK),
        received=lambda: received(tmp_path / "in"),
    )
    assert check_transport(stage) == ()


def test_the_same_key_again_leaves_one_file_and_the_same_receipt(tmp_path: Path):
    folder = folder_at(tmp_path)
    first = folder.send(LETTER)
    before = (tmp_path / "warn.1.eml").stat()
    assert folder.send(LETTER) == first == f"lies in {tmp_path}/warn.1.eml"
    assert (tmp_path / "warn.1.eml").stat() == before
    assert received(tmp_path) == [read_as(LETTER)]


def test_another_letter_under_a_used_key_is_refused_and_the_first_stays(tmp_path: Path):
    folder = folder_at(tmp_path)
    folder.send(LETTER)
    for other in (
        letter_to("other@example.org", key="warn.1"),
        letter_to(DESK, key="warn.1", realm=Realm.REAL),
    ):
        with pytest.raises(LetterRefused, match="another letter"):
            folder.send(other)
    assert received(tmp_path) == [read_as(LETTER)]


def test_a_letter_that_lies_there_is_the_same_after_the_sending_address_changed(tmp_path: Path):
    folder_at(tmp_path).send(LETTER)
    replace(folder_at(tmp_path), from_address="other@example.net").send(LETTER)
    assert received(tmp_path) == [read_as(LETTER)]


def test_many_who_send_the_same_letter_at_once_leave_one_file(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: folder_at(tmp_path).send(LETTER), range(40)))
    assert len(set(receipts)) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == [".lock", "warn.1.eml"]
    assert received(tmp_path) == [read_as(LETTER)]


def test_a_mail_program_opens_it_and_sees_world_and_label(tmp_path: Path):
    letter = write_letter(
        key="warn.2",
        sender="Baken NL",
        to="duty desk, second floor",
        subject="Please acknowledge",
        text="A fragment comes down.",
        realm=Realm.EXERCISE,
        marking=LETTER.marking,
        language="en",
        at_tai_ns=LETTER.at_tai_ns,
    )
    folder_at(tmp_path).send(letter)
    message = message_from_bytes((tmp_path / "warn.2.eml").read_bytes(), policy=default)
    assert message["Message-ID"] == "<warn.2@example.org>"
    assert message["X-Baken-Realm"] == "EXERCISE"
    assert message["X-Baken-Marking"] == "NL: EU, NL"
    assert message["Subject"].startswith("EXERCISE EXERCISE EXERCISE: ")
    assert message["To"] == '"duty desk, second floor":;'
    assert message.defects == []
    assert "[EXERCISE | who may see this: NL: EU, NL]" in message.get_content()


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, OutsideServiceFailed),
        (errno.EIO, OutsideServiceFailed),
        (errno.EROFS, LetterRefused),
        (errno.EACCES, LetterRefused),
    ],
)
def test_a_disk_that_fails_leaves_nothing_half_written(number, kind, tmp_path, monkeypatch):
    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(rooms.os, "fsync", fail)
        with pytest.raises(kind, match=os.strerror(number).lower()):
            folder_at(tmp_path).send(LETTER)
    assert [file.name for file in tmp_path.iterdir()] == [".lock"]
    folder_at(tmp_path).send(LETTER)
    assert received(tmp_path) == [read_as(LETTER)]


@pytest.mark.parametrize("name", [".lock", ".warn.1.eml.unfinished"])
def test_a_pointer_that_somebody_laid_in_the_folder_is_not_followed(name, tmp_path):
    folder, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.write_text("precious")
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(LetterRefused):
        folder_at(folder).send(LETTER)
    assert elsewhere.read_text() == "precious"
    assert received(folder) == []


@pytest.mark.parametrize("name", ["warn.1.eml", ".warn.1.eml.unfinished"])
def test_a_pipe_that_somebody_laid_in_the_folder_is_not_waited_for(name, tmp_path):
    os.mkfifo(tmp_path / name)
    with pytest.raises(LetterRefused):
        folder_at(tmp_path).send(LETTER)
    assert not any(file.is_file() for file in tmp_path.glob("*.eml"))


@pytest.mark.parametrize("is_there", [True, False])
def test_a_pointer_under_the_name_of_a_letter_is_no_letter(is_there, tmp_path):
    folder, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    folder.mkdir()
    folder_at(folder).send(LETTER)
    (folder / "warn.1.eml").rename(elsewhere)
    (folder / "warn.1.eml").symlink_to(elsewhere if is_there else tmp_path / "nowhere")
    with pytest.raises(LetterRefused, match="another letter lies there"):
        folder_at(folder).send(LETTER)


def watch(pass_by: Callable[[str], object]) -> None:
    """Have every lock, forced write and renaming of this process reported just before."""
    for owner, name in ((rooms.fcntl, "flock"), (rooms.os, "fsync"), (Path, "replace")):
        _report_before(owner, name, pass_by)


def _report_before(owner: object, name: str, pass_by: Callable[[str], object]) -> None:
    real = getattr(owner, name)

    def reported(*arguments: object) -> object:
        pass_by(name)
        return real(*arguments)

    setattr(owner, name, reported)


def send_and_die(path: Path, point: str, occurrence: int) -> None:
    """Send a letter, and be killed at the n-th passage of a point."""
    seen: Counter[str] = Counter()

    def pass_by(here: str) -> None:
        seen[here] += 1
        if (here, seen[here]) == (point, occurrence):
            os.kill(os.getpid(), signal.SIGKILL)

    watch(pass_by)
    folder_at(path).send(LETTER)


def send_and_tell(path: Path, report: Path) -> None:
    """Send a letter, and write down every point that was passed, in order."""
    passed: list[str] = []
    watch(passed.append)
    folder_at(path).send(LETTER)
    report.write_text("\n".join(passed))


def run(target: Callable[..., None], *arguments: object) -> int | None:
    # A process of its own, for it is killed; forked, for it needs nothing but this module.
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments)
    process.start()
    process.join(START_S)
    return process.exitcode


def test_a_letter_is_on_the_disk_before_it_has_its_name(tmp_path: Path):
    report = tmp_path / "points"
    (tmp_path / "in").mkdir()
    assert run(send_and_tell, tmp_path / "in", report) == 0
    assert tuple(report.read_text().split()) == POINTS


@pytest.mark.parametrize("number", range(len(POINTS)))
def test_a_kill_at_any_point_leaves_a_letter_whole_or_not_at_all(number, tmp_path):
    point, occurrence = POINTS[number], POINTS[: number + 1].count(POINTS[number])
    assert run(send_and_die, tmp_path, point, occurrence) == -signal.SIGKILL
    assert received(tmp_path) == ([read_as(LETTER)] if number == 3 else [])
    # Sent again after the restart, it lies there once, and nothing else does.
    folder_at(tmp_path).send(LETTER)
    assert received(tmp_path) == [read_as(LETTER)]
    assert sorted(file.name for file in tmp_path.iterdir()) == [".lock", "warn.1.eml"]
