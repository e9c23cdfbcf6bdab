"""Does the command line draft a statement, keep what was left out apart, and write the draft alone?"""

from pathlib import Path

import pytest

CASE = "LOCAL-IN26-0001"
ASKED = ("respond", "statement", CASE, "--kind", "public-statement", "--for", "EU")


@pytest.fixture
def case(ask):
    opening = ("incident", "open", "--title", "Silent modems", "--kind", "cyber-attack", "--because", "x")
    piece = ("evidence", "add", "--about", CASE, "--title", "modems", "--text")
    for words in (opening, (*piece, "they are silent", "--releasable-to", "EU"), (*piece, "canary-7f3a")):
        told = ask(*words)
        assert told.code == 0, told.err
    return CASE


@pytest.mark.usefixtures("case")
def test_the_draft_and_what_was_left_out_are_told_apart(ask):
    told = ask(*ASKED, "-o", "draft.txt")
    assert told.code == 0, told.err
    draft = Path("draft.txt").read_text(encoding="utf-8")
    assert draft == told.out
    assert draft.startswith("DRAFT, for EU")
    assert "“they are silent”" in draft
    assert "not released to EU" in told.err
    assert "not released" not in draft
    assert "canary-7f3a" not in draft + told.err


@pytest.mark.usefixtures("case")
def test_a_draft_reads_in_dutch_and_as_json(ask):
    assert ask("--language", "nl", *ASKED).out.startswith("CONCEPT, voor EU")
    document = ask("--json", *ASKED).document()
    assert [each["part"] for each in document["statement"]["sentences"]] == ["evidence"]
    assert {each["part"] for each in document["left_out"]} == {"opened", "evidence", "effect"}


@pytest.mark.usefixtures("case")
def test_who_asked_for_a_draft_is_kept(ask):
    assert ask(*ASKED, "--as", "A. Drafter").code == 0
    looks = ask("--json", "evidence", "list", "--all", "--kind", "access").document()["listed"]
    assert "A. Drafter" in [look["fields"]["actor"] for look in looks]
