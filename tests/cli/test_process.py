"""Does Baken behave as a process should: exit codes, streams, signals?"""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from baken.cli.main import app
from baken.operations.export_catalogue import text_of
from baken.wiring.skies import drawn_sky
from tests.cli.conftest import LONG_AGO_TAI_NS, Ask

BAKEN = str(Path(sys.executable).with_name("baken"))
ENDS_WITHIN_S = 20.0


def commands(group: typer.main.TyperGroup, *above: str) -> list[tuple[str, ...]]:
    """Return every command by its words, groups included."""
    found: list[tuple[str, ...]] = [above]
    for name in group.list_commands(None) if isinstance(group, typer.main.TyperGroup) else ():
        found += commands(group.get_command(None, name), *above, name)
    return found


@pytest.mark.parametrize("words", commands(typer.main.get_command(app)), ids=" ".join)
def test_every_command_says_how_it_is_used(ask: Ask, words: tuple[str, ...]):
    for option in ("--help", "-h"):
        told = ask(*words, option)
        assert told.code == 0
        assert "Usage" in told.out


def baken(*words: str, home: Path, given: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run(
        [BAKEN, "--home", str(home), *words], input=given, capture_output=True, cwd=home.parent, check=False
    )


def test_a_process_reads_a_pipe_and_leaves_one_document(tmp_path, invented):
    done = baken(
        "--json", "screen", "--catalogue", "-", "--days", "0.5", home=tmp_path / "home", given=invented
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["realm"] == "SIMULATED"


def test_a_process_ends_with_the_code_of_its_refusal(tmp_path):
    done = baken("screen", "--catalogue", "nowhere", home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"baken: nowhere: no such file or directory; check the path\n"


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path):
    words = [
        BAKEN,
        "catalogue",
        "simulate",
        "-o",
        "-",
        "--objects",
        "3000",
        "--epoch",
        "2020-03-01T00:00:00Z",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(ENDS_WITHIN_S) == 0


def test_an_interrupted_screening_ends_soon_in_one_line_and_leaves_the_store_whole(tmp_path, ask):
    sky = drawn_sky(seed=1, n_objects=6_000, epoch_tai_ns=LONG_AGO_TAI_NS)
    (tmp_path / "sky.csv").write_bytes(text_of(sky.element_sets, "omm-csv"))
    assert ask("catalogue", "import", "sky.csv").code == 0
    words = [BAKEN, "--home", "home", "run", "--once", "--realm", "SIMULATED", "--days", "300"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        time.sleep(6.0)
        assert process.poll() is None, "it was over before anybody could interrupt it"
        process.send_signal(signal.SIGINT)
        began_s = time.monotonic()
        out, err = process.communicate(timeout=ENDS_WITHIN_S)
    assert process.returncode == 130, err.decode()
    assert time.monotonic() - began_s < ENDS_WITHIN_S
    assert out == b""
    assert err.decode().splitlines()[-1].startswith("baken: interrupted; ")
    assert b"Traceback" not in err
    assert ask("--json", "catalogue", "list", "--realm", "SIMULATED").document()["objects"] == 6_000
    assert ask("--json", "event", "list", "--realm", "SIMULATED").document()["events"] == 0
