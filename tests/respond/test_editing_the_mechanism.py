"""What docs/chapters/mechanism.md tells a crisis coordinator to do works, on the files as they ship."""

from importlib.resources import files
from pathlib import Path
from textwrap import dedent

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.respond.directory_file import read_directory
from baken.respond.lint import lint
from baken.respond.mechanism_file import read_mechanism

WRITTEN_ON = tai_ns_from_utc("2026-11-25T12:00:00Z")
PAGE = Path(__file__).parents[2].joinpath("docs", "chapters", "mechanism.md").read_text(encoding="utf-8")


def shipped(name: str) -> str:
    return files("baken.respond").joinpath("mechanisms", name).read_text(encoding="utf-8")


def below(text: str, landmark: str, old: str, new: str) -> str:
    """Do what an editor does: search a landmark, and change what stands next below it."""
    head, found, tail = text.partition(landmark)
    assert found, landmark
    assert old in tail
    return head + found + tail.replace(old, new, 1)


def edited(within: str) -> str:
    text = below(shipped("nl.toml"), 'id = "tell-aviation"', 'within = "1 h"', f'within = "{within}"')
    block = PAGE[PAGE.index("        [[organisation]]") : PAGE.index("4. **Give the role a part.**")]
    assert "anvs-duty" in block
    text = text.replace("[[organisation]]", dedent(block) + "\n[[organisation]]", 1)
    return below(
        text,
        'id = "secure-pieces"',
        'if_missed = ["locc-duty", "ncc-duty"]',
        'if_missed = ["anvs-duty", "locc-duty", "ncc-duty"]',
    )


def with_contact() -> str:
    start = PAGE.index("        [[contact]]")
    return shipped("directory_example.toml") + "\n" + dedent(PAGE[start : PAGE.index("6. **Check**")])


def problems(mechanism: str, directory: str) -> list[str]:
    found = lint(read_mechanism(mechanism), read_directory(directory), WRITTEN_ON)
    return [f"{finding.place}: {finding.text.en}" for finding in found if finding.is_problem]


def test_a_coordinator_changes_a_clock_and_adds_a_role_and_it_works():
    changed = read_mechanism(edited("45 min")).plan("reentry")
    assert changed.task("tell-aviation").within_s == 45 * 60.0
    assert changed.task("secure-pieces").if_missed[0] == "anvs-duty"
    assert problems(edited("45 min"), with_contact()) == []


@pytest.mark.parametrize(
    ("within", "directory", "place"),
    [
        ("45 min", shipped("directory_example.toml"), "role anvs-duty"),
        ("20 min", with_contact(), "reentry/tell-aviation"),
    ],
)
def test_what_the_page_says_of_a_slip_is_what_the_lint_says(within, directory, place):
    [problem] = problems(edited(within), directory)
    assert problem.startswith(f"{place}: ")
    assert problem.removeprefix(f"{place}: ") in " ".join(PAGE.split())
