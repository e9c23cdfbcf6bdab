"""Does a determination enter only as its authority signed it, and then stand beside others?"""

import pytest

CASE = "LOCAL-IN26-0001"
SAID = ("--state", "Ruritania", "--organ", "its council", "--on", "2026-11-25", "--wording", "An accident.")


@pytest.fixture
def key(ask, monkeypatch):
    monkeypatch.setenv("BAKEN_PASSPHRASE", "a phrase")
    ask("incident", "open", "--title", "Silent modems", "--kind", "cyber-attack", "--because", "x")
    made = ask("--json", "evidence", "key", "new", "council")
    assert made.code == 0, made.err
    return made.document()["key"]


def signed(ask, key, path, *more):
    return ask("determination", "sign", CASE, *SAID, "--key", key.split("+")[0], "-o", str(path), *more)


def test_what_an_authority_signed_is_recorded_and_listed_in_its_words(ask, key, tmp_path):
    note = tmp_path / "decided.note"
    assert signed(ask, key, note, "--public").code == 0
    told = ask("--json", "determination", "record", str(note), "--key", key)
    assert told.code == 0, told.err
    (listed,) = ask("--json", "determination", "list", CASE).document()["determinations"]
    assert (listed["state"], listed["wording"], listed["is_public"]) == ("Ruritania", "An accident.", True)
    assert "“An accident.”" in ask("incident", "brief", CASE).out


def test_without_one_the_list_says_that_it_is_for_states_to_say(ask, key):
    assert "is for states to say" in ask("determination", "list", CASE).out
    assert "is aan staten" in ask("--language", "nl", "determination", "list", CASE).out


def test_an_altered_one_is_refused_by_the_name_of_its_file(ask, key, tmp_path):
    note = tmp_path / "decided.note"
    signed(ask, key, note)
    note.write_bytes(note.read_bytes().replace(b"An accident.", b"An incident."))
    told = ask("determination", "record", str(note), "--key", key)
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert "decided.note" in told.err
    assert ask("--json", "determination", "list", CASE).document()["determinations"] == []
