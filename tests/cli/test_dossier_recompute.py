"""Can who gets a dossier make its findings again with one command?"""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from baken.formats import cdm_kvn
from tests.cli.conftest import Ask, befriend
from tests.makers import warning

CASE = "LOCAL-IN26-0001"


@pytest.fixture
def desk(ask: Ask, sky: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """A home with a watch over a small sky, two warnings, a key and an incident."""
    monkeypatch.setenv("BAKEN_PASSPHRASE", "a phrase")
    befriend(tmp_path / "home", "DE")
    monkeypatch.setenv("BAKEN_ACTOR", "officer")
    (tmp_path / "warning.cdm").write_bytes(cdm_kvn.write([warning()]))
    (tmp_path / "radii.csv").write_text("norad_cat_id,hard_body_radius_m\n900001,7.5\n")
    for words in (
        ("evidence", "key", "new", "log"),
        ("run", "--catalogue", sky, "--radii", "radii.csv", "--days", "1", "--once"),
        ("cdm", "import", "warning.cdm"),
        ("incident", "open", "--title", "Two meet", "--kind", "collision", "--because", "x"),
    ):
        told = ask(*words)
        assert told.code == 0, told.err
    return ask


def added(ask: Ask, event_id: str, *inputs: str) -> None:
    words = [word for path in inputs for word in ("--input", path)]
    told = ask(
        "evidence", "add", "--event", event_id, "--about", CASE, "--releasable-to", "DE", *words
    )  # fmt: skip
    assert told.code == 0, told.err


def built(ask: Ask) -> tuple[str, str]:
    told = ask("--json", "dossier", "build", CASE, "--for", "DE", "-o", "out")
    assert told.code == 0, told.err
    key = ask("--json", "evidence", "key", "export", "log").document()["key"]
    return told.document()["copies"]["DE"], key


def events(ask: Ask) -> dict[str, str]:
    """Return the names of the events: of the watch, and of the warning."""
    found = ask("--json", "event", "list").document()["listed"]
    by_year = {one["event_id"][len("LOCAL-CJ") :][:2]: one["event_id"] for one in found}
    return {"seen": by_year["20"], "warned": by_year["26"]}


def test_what_the_watch_found_and_what_was_warned_of_come_out_the_same_elsewhere(desk: Ask, tmp_path: Path):
    names = events(desk)
    added(desk, names["seen"], "sky.csv", "radii.csv")
    added(desk, names["warned"], "warning.cdm")
    path, key = built(desk)
    shutil.rmtree(tmp_path / "home")
    for name in ("sky.csv", "radii.csv", "warning.cdm"):
        (tmp_path / name).unlink()
    told = desk("--json", "dossier", "recompute", path, "--key", key, "--workers", "1")
    assert told.code == 0, told.out
    findings = told.document()["findings"]
    assert [one["event_id"] for one in findings] == [names["seen"], names["warned"]]
    assert all(one["verdict"] == "same" and one["digest"] == one["told_digest"] for one in findings)
    assert "same" in desk("dossier", "recompute", path, "--key", key).out
    assert desk("dossier", "verify", path, "--key", key).code == 0


def test_a_finding_without_its_inputs_cannot_be_made_again_and_the_table_says_what_is_missing(desk: Ask):
    added(desk, events(desk)["seen"], "sky.csv")
    path, key = built(desk)
    told = desk("dossier", "recompute", path, "--key", key)
    assert told.code == 1
    assert "cannot be recomputed" in " ".join(told.out.split())
    assert "hard_body_radii" in told.out


def test_a_dossier_that_does_not_hold_is_not_believed_enough_to_be_recomputed(desk: Ask, tmp_path: Path):
    added(desk, events(desk)["warned"], "warning.cdm")
    path, key = built(desk)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "opened")
    (content,) = (tmp_path / "opened" / "contents").iterdir()
    content.write_bytes(content.read_bytes().replace(b"CREATION_DATE", b"CREATION_DATA"))
    told = desk("dossier", "recompute", str(tmp_path / "opened"), "--key", key)
    assert (told.code, "does not hold" in told.err) == (2, True)
    told = desk("dossier", "recompute", "nowhere.zip", "--key", key)
    assert (told.code, told.err.count("\n")) == (2, 1)


def test_a_copy_that_shows_no_finding_has_nothing_to_make_again(desk: Ask):
    assert desk("evidence", "add", "--about", CASE, "--text", "x", "--releasable-to", "DE").code == 0
    path, key = built(desk)
    told = desk("dossier", "recompute", path, "--key", key)
    assert (told.code, "shows no finding" in told.err) == (2, True)


def test_what_a_finding_was_not_made_from_is_not_taken_as_its_input(desk: Ask):
    event_id = events(desk)["warned"]
    told = desk("evidence", "add", "--event", event_id, "--input", "sky.csv")
    assert (told.code, "is not what this finding was made from" in told.err) == (2, True)
    told = desk("evidence", "add", "--text", "x", "--input", "sky.csv")
    assert (told.code, "name its event" in told.err) == (2, True)
    assert desk("--json", "evidence", "list").document()["listed"] == []


def test_an_entry_of_a_finding_bears_the_label_it_is_given_and_the_finding_keeps_its_own(desk: Ask):
    added(desk, events(desk)["warned"], "warning.cdm")
    (entry,) = desk("--json", "evidence", "list").document()["listed"]
    fields = entry["fields"]
    assert (fields["marking_owner"], fields["marking_releasable_to"]) == ("LOCAL", ["DE"])
    assert (fields["finding_marking_owner"], fields["finding_marking_releasable_to"]) == ("", [])
    assert [one[0] for one in fields["attachments"]] == ["warning.cdm"]
    assert json.dumps(fields["made_from"]).count("warning.cdm") == 1
