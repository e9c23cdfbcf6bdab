"""Can explanations be weighed at the command line, for whoever may see it, in both languages?"""

import pytest

from tests.cli.conftest import befriend

CASE = "LOCAL-IN26-0001"


@pytest.fixture
def case(ask, tmp_path, monkeypatch):
    monkeypatch.setenv("BAKEN_PASSPHRASE", "a phrase")
    befriend(tmp_path / "home", "DE")
    for words in (
        ("evidence", "key", "new", "log"),
        ("incident", "open", "--title", "Silent modems", "--kind", "cyber-attack", "--because", "x"),
        ("evidence", "add", "--about", CASE, "--text", "they are silent", "--title", "modems",
         "--releasable-to", "DE"),
    ):  # fmt: skip
        told = ask(*words)
        assert told.code == 0, told.err
    return CASE


def test_explanations_are_weighed_and_shown(ask, case):
    for words in (
        ("add", case, "stolen-key", "Somebody used a stolen key"),
        ("grade", case, "EV-2", "B2"),
        ("rate", case, "EV-2", "equipment=II", "stolen-key=C"),
        (
            "estimate",
            case,
            "stolen-key",
            "--likelihood",
            "likely",
            "--confidence",
            "low",
            "--because",
            "a log",
        ),
        ("gap", case, "no image of a modem's memory"),
        ("dissent", case, "a bad update is not ruled out"),
    ):
        told = ask("hypotheses", *words)
        assert told.code == 0, told.err
    document = ask("--json", "hypotheses", "show", case).document()
    assert document["explanations"][-1]["hypothesis_id"] == "equipment"
    assert document["evidence"][0]["grade"] == "B2"
    out = " ".join(ask("hypotheses", "show", case).out.split())
    for words in ("likely (55–80 %)", "Missing: no image", "Dissent of", "A deliberate act"):
        assert words in out, words
    assert "Een opzettelijke daad" in ask("--language", "nl", "hypotheses", "show", case).out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("grade", CASE, "EV-2", "G2"), "A to F"),
        (("grade", CASE, "EV-2", "B7"), "1 to 6"),
        (("grade", CASE, "EV-1", "B2"), "no evidence of"),
        (("rate", CASE, "EV-2", "equipment=maybe"), "CC, C, N, I or II"),
        (("rate", CASE, "EV-2", "aliens=C"), "no explanation is called aliens"),
        (("add", CASE, "them", "The French did it"), "names a state"),
        (("show", "NL-IN"), "incident id reads like"),
    ],
)
def test_what_cannot_be_weighed_is_refused_in_a_line(ask, case, words, why):
    told = ask("hypotheses", *words)
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert why in told.err


def test_a_grade_goes_along_only_to_whom_it_may_be_shown(ask, case, tmp_path):
    ask("hypotheses", "grade", case, "EV-2", "B2")
    ask("hypotheses", "rate", case, "EV-2", "equipment=II", "--releasable-to", "DE")
    built = ask("--json", "dossier", "build", case, "--for", "DE", "-o", str(tmp_path / "out")).document()
    shown = {one["entry_id"] for one in built["releases"] if not one["withheld"]}
    assert shown == {"EV-2", "EV-4"}


@pytest.mark.parametrize("words", [("hypotheses", "show"), ("determination", "list"), ("incident", "brief")])
def test_whoever_reads_a_case_in_any_form_is_kept_once_an_hour(ask, case, words):
    def looks():
        listed = ask("--json", "evidence", "list", "--all", "--kind", "access").document()["listed"]
        return sum(entry["fields"]["about"] == case for entry in listed)

    before = looks()
    for _ in range(2):
        assert ask(*words, case).code == 0
    assert looks() == before + 1
