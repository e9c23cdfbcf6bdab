"""Does whoever hands in a broken file get one line that says where, what and what to do?"""

import gzip
import re
import zipfile
from pathlib import Path
from random import Random

import pytest

from baken.formats import tle
from tests.cli.conftest import LONG_AGO_TAI_NS, real_sky
from tests.makers import element_set

NOTHING_USABLE = [
    "empty.csv", "empty.csv.gz", "binary.dat", "page.html", "cut.csv.gz", "damaged.csv.gz",
                  "cut_header.csv", "cut.xml", "one_line.tle", "all_checksums.tle", "archive.zip",
]  # fmt: skip
PARTLY_USABLE = ["cut.csv", "cut.tle", "checksum.tle", "cut.json", "cut.kvn"]
TAKES_A_SKY = {
    "run": ("run", "--once", "--days", "0.05", "--catalogue"),
    "screen": ("screen", "--days", "0.05", "--catalogue"),
    "import": ("catalogue", "import"),
    "convert": ("convert", "-o", "out.json"),
}
ONE_LINE = re.compile(r"baken: (?P<file>[^:; ]+)(:(?P<line>\d+))?( (?P<field>\w+))?: [^;\n]+; [^\n]+\n")


def a_tle() -> str:
    return tle.write(
        [element_set(n, epoch_tai_ns=LONG_AGO_TAI_NS) for n in (10_001, 10_002, 10_003)]
    ).decode()


def with_wrong_checksum(line: str) -> str:
    return line[:-1] + str((int(line[-1]) + 1) % 10)


@pytest.fixture
def broken(ask, tmp_path: Path) -> Path:
    """A folder with a file for everything that goes wrong between a service and a disk."""
    sky, lines = real_sky(), a_tle().splitlines()
    (tmp_path / "whole.csv").write_bytes(sky)
    files = {
        "empty.csv": b"",
        "empty.csv.gz": gzip.compress(b""),
        "binary.dat": Random(1).randbytes(3_000),
        "page.html": b"<!DOCTYPE html><html><head><title>Log in</title></head><body>password</body></html>",
        "cut.csv.gz": gzip.compress(sky)[:200],
        "damaged.csv.gz": gzip.compress(sky)[:100] + b"\xff\x00\xff" + gzip.compress(sky)[103:],
        "cut_header.csv": sky[:50],
        "cut.csv": sky[: len(sky) - 40],
        "one_line.tle": lines[1].encode(),
        "cut.tle": a_tle()[:-30].encode(),
        "checksum.tle": "\n".join([*lines[:4], with_wrong_checksum(lines[4]), *lines[5:]]).encode(),
        "all_checksums.tle": "\n".join(
            with_wrong_checksum(line) for line in lines if line[0] in "12"
        ).encode(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "whole.csv")
    for ending in ("json", "xml", "kvn"):
        ask("convert", "whole.csv", "-o", f"whole.{ending}")
        whole = (tmp_path / f"whole.{ending}").read_bytes()
        (tmp_path / f"cut.{ending}").write_bytes(whole[: len(whole) * 2 // 3])
    return tmp_path


@pytest.mark.parametrize("command", TAKES_A_SKY)
def test_a_file_of_which_nothing_can_be_used_gets_one_line_and_exit_2(ask, broken, command):
    for name in NOTHING_USABLE:
        told = ask(*TAKES_A_SKY[command], name)
        assert (told.code, told.out) == (2, ""), f"{name}: {told}"
        said = ONE_LINE.fullmatch(told.err)
        assert said, f"{name}: {told.err!r}"
        assert said["file"] == name


@pytest.mark.parametrize("command", TAKES_A_SKY)
def test_a_file_with_bad_records_is_used_without_them_and_each_is_named(ask, broken, command):
    for name in PARTLY_USABLE:
        told = ask(*TAKES_A_SKY[command], name)
        assert told.code == 0, f"{name}: {told}"
        assert re.search(rf"^{re.escape(name)}:\d+ \w+: ", told.err, re.MULTILINE), f"{name}: {told.err!r}"


def test_rejected_records_are_counted(ask, broken):
    document = ask("--json", "catalogue", "import", "checksum.tle").document()
    (one,) = document["files"]
    assert (one["format"], one["read"], one["accepted"]) == ("3le", 3, 2)
    assert [(rejected["line"], rejected["field"]) for rejected in one["rejected"]] == [(5, "LINE1")]
    assert "checksum" in one["rejected"][0]["reason"]
    assert (document["objects"], document["element_sets"]) == (2, 2)


def test_strict_import_keeps_nothing_of_a_file_with_a_bad_record(ask, broken):
    told = ask("--json", "catalogue", "import", "--strict", "checksum.tle")
    assert told.code == 1
    assert told.document()["files"][0]["accepted"] == 0
    assert ask("--json", "catalogue", "list").document()["objects"] == 0


def test_strict_conversion_writes_nothing_of_a_file_with_a_bad_record(ask, broken):
    assert ask("convert", "--strict", "checksum.tle", "-o", "out.csv").code == 1
    assert not (broken / "out.csv").exists()


@pytest.mark.parametrize("name", [*NOTHING_USABLE, *PARTLY_USABLE])
def test_validation_rejects_every_broken_file_and_says_why(ask, broken, name):
    told = ask("--json", "validate", name)
    (judged,) = told.document()["files"]
    assert (told.code, judged["path"], judged["verdict"]) == (1, name, "rejected")
    assert all(set(one) == {"line", "keyword", "message"} for one in judged["deviations"])
    assert judged["deviations"][0]["message"]


def test_of_several_files_validation_judges_each(ask, broken):
    told = ask("--json", "validate", "whole.csv", "checksum.tle", "empty.csv", "whole.xml")
    verdicts = {one["path"]: one["verdict"] for one in told.document()["files"]}
    assert verdicts == {
        "whole.csv": "accepted", "checksum.tle": "rejected", "empty.csv": "rejected", "whole.xml": "accepted",
    }  # fmt: skip
    assert told.code == 1


def test_a_file_that_is_not_there_is_named(ask):
    told = ask("screen", "--catalogue", "nowhere.csv")
    assert told.code == 2
    assert told.err == "baken: nowhere.csv: no such file or directory; check the path\n"


@pytest.mark.parametrize("name", ["empty.csv", "binary.dat", "page.html", "cut.csv.gz", "all_checksums.tle"])
def test_radii_that_are_no_radii_are_refused_in_one_line(ask, broken, name):
    told = ask("screen", "--catalogue", "whole.csv", "--radii", name)
    assert told.code == 2
    assert ONE_LINE.fullmatch(told.err), told.err


def test_a_mistake_of_our_own_is_one_line_too(ask, monkeypatch):
    def stumble(content: bytes, *, format_name: object, strictness: object) -> None:
        raise ZeroDivisionError("seven eighths")

    monkeypatch.setattr("baken.cli.validate.judge", stumble)
    told = ask("validate", "-")
    assert told.code == 70
    assert told.err.startswith("baken: a mistake of Baken's own, ZeroDivisionError: seven eighths; ")
    with pytest.raises(ZeroDivisionError):
        ask("--debug", "validate", "-")
