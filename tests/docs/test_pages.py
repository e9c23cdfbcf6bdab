"""Do the pages speak of commands that exist, and does the tutorial say what really happens?"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from baken.cli.main import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BAKEN = str(Path(sys.executable).with_name("baken"))
# Pages whose console blocks are typed in, one after the other, in a home of their own.
CHAPTERS = ROOT / "docs" / "chapters"
LONG_TYPED = [pytest.param(CHAPTERS / name, marks=pytest.mark.long) for name in ("evidence.md", "labels.md")]
TYPED = [ROOT / "docs" / "tutorial.md", *LONG_TYPED]
SOMEONE = {"BAKEN_ACTOR": "officer", "BAKEN_PASSPHRASE": "typed by nobody"}
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z0-9-]*)")


def mentions(text: str) -> list[str]:
    """Return what pages tell readers to type after the word baken, in code."""
    indented = [line for line in text.splitlines() if line.startswith(("    ", "$ "))]
    coded = re.findall(r"`([^`\n]+)`", text) + indented
    return [match for line in coded for match in re.findall(r"(?:^|[/ $])baken ([^#|·]+)", line)]


def unknown_words(mention: str) -> list[str]:
    """Return commands and options in a mention that the command line does not have."""
    command = typer.main.get_command(app)
    options = options_of(command)
    unknown = []
    for word in re.sub(r"[\[\]]", " ", mention).split():
        if word.startswith("--"):
            continue
        if isinstance(command, typer.main.TyperGroup) and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", word):
            if word not in command.list_commands(None):
                return [word] if not options_take(options, mention, word) else []
            command = command.get_command(None, word)
            options |= options_of(command)
    unknown += [option for option in OPTION.findall(mention) if option not in options | {"--help"}]
    return unknown


def options_of(command: object) -> set[str]:
    """Return every option a command takes, by every name."""
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


def options_take(options: set[str], mention: str, word: str) -> bool:
    """Say whether a word stands as the value of an option."""
    return any(f"{option} {word}" in mention for option in options)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_mention_only_commands_that_exist(page):
    wrong = {mention: unknown_words(mention) for mention in mentions(page.read_text(encoding="utf-8"))}
    assert {mention: words for mention, words in wrong.items() if words} == {}


def test_a_command_that_does_not_exist_is_seen():
    assert unknown_words("forecast --days 3") == ["forecast"]
    assert unknown_words("screen --dayz 3") == ["--dayz"]
    assert unknown_words("catalogue import sky.csv") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def steps(text: str) -> list[tuple[str, str]]:
    """Return each command of a page's console blocks with the output shown under it."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append((command, shown))
    return found


@pytest.mark.parametrize("page", TYPED, ids=lambda page: page.name)
def test_a_page_to_type_along_says_what_happens(page, tmp_path):
    checker = doctest.OutputChecker()
    for command, shown in steps(page.read_text(encoding="utf-8")):
        # A home that stands in the command itself, as another node's, comes after and holds.
        words = [BAKEN, "--home", str(tmp_path / "home"), *shlex.split(command)[1:]]
        done = subprocess.run(
            words, cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ | SOMEONE
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert checker.check_output(shown, done.stdout, flags), f"{command}\n{done.stdout}"
