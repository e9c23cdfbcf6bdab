"""May a stranger's words steer the terminal of whoever reads them?"""

import ast
import io
import json
import re
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text

from baken.cli.doors import print_json
from baken.cli.exits import error_line
from baken.cli.terminal import STEERING, plain, plain_console, print_remark, print_text, tell_mistake
from baken.errors import BakenError
from tests.cli.conftest import Ask

# Clear the screen; the same in one sign; name the window; hide; ring; go back; turn the direction of writing.
HOSTILE = "A\x1b[2J\x9b2J\x1b]0;owned\x07\x1b[8m\x08\r\u202eB"
WAYS_TO_THE_TERMINAL = {"Console", "print", "typer.echo", "sys.stdout.write", "sys.stderr.write"}
DOORS_TO_THE_TERMINAL = {"terminal.py", "verify_dossier.py"}


def held(text: str) -> list[str]:
    return [sign for sign in STEERING.findall(text) if sign != "\x1b"]


def test_no_word_on_a_console_steers_it_and_its_own_colours_still_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    console = plain_console(width=200)
    console.file = io.StringIO()
    console._force_terminal = True
    console._color_system = console._detect_color_system()
    table = Table(HOSTILE, title=HOSTILE)
    table.add_row(Text(HOSTILE, style="bold"))
    for told in (HOSTILE, Text(HOSTILE, style="bold red"), table):
        console.print(told)
        console.print(told, soft_wrap=True)
    said = console.file.getvalue()
    assert "\x1b[1;31m" in said
    assert held(said) == []
    assert "\x1b[8m" not in said
    assert re.findall("\x1b(?!\\[[0-9;]*m)", said) == []


def test_lines_and_documents_and_tracebacks_are_as_plain(capsys: pytest.CaptureFixture) -> None:
    print_text(HOSTILE + "\ud800")
    print_remark(HOSTILE)
    print_json({"name": HOSTILE + "\ud800"})
    tell_mistake(BakenError, BakenError(HOSTILE), None)
    told = capsys.readouterr()
    assert not STEERING.search(told.out + told.err + error_line(BakenError(HOSTILE)))
    assert plain("one\n\ttwo é 軌道") == "one\n\ttwo é 軌道"


def test_a_document_still_says_what_it_said(capsys: pytest.CaptureFixture) -> None:
    print_json({HOSTILE: ["é", HOSTILE + "\ud800"]})
    assert json.loads(capsys.readouterr().out) == {HOSTILE: ["é", HOSTILE + "\ud800"]}


def test_what_an_officer_typed_from_a_hostile_letter_comes_back_plain(ask: Ask) -> None:
    opened = ask("incident", "open", "--kind", "radio-interference", "--title", HOSTILE)
    assert opened.code == 0, opened.err
    for words in (("incident", "list"), ("evidence", "show", "EV-0"), ("incident", "show", HOSTILE)):
        told = ask(*words)
        assert not STEERING.search(told.out + told.err)
        assert "\\x1b[2J" in told.out + told.err


def test_every_command_speaks_through_the_plain_doors() -> None:
    around = [
        f"{file}:{node.lineno} {ast.unparse(node.func)}"
        for file in sorted(Path("baken/cli").glob("*.py"))
        if file.name not in DOORS_TO_THE_TERMINAL
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"Console", "print", "typer.echo", "sys.stdout.write", "sys.stderr.write"}
    ]
    # These two have made their text plain themselves.
    assert [line.partition(":")[0] for line in around] == ["baken/cli/doors.py", "baken/cli/main.py"]
