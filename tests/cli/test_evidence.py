"""Can evidence be added, read back, proved and checked at the command line, and is every look kept?"""

import json
import sqlite3
from pathlib import Path

import pytest

from baken.records.handling import Handling
from baken.records.marking import Marking
from baken.store.home import STORE_FILE, open_home
from tests.cli.conftest import Ask
from tests.store.nouns import NOW_TAI_NS, finding

PASSPHRASE = "correct horse"


@pytest.fixture(autouse=True)
def someone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_ACTOR", "officer of the watch")
    monkeypatch.setenv("BAKEN_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def case(ask: Ask, tmp_path: Path) -> Ask:
    """A log with an image, a statement and a document."""
    (tmp_path / "streak.png").write_bytes(b"\x89PNG")
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    for words in (
        ["streak.png", "--about", "nl-in26-0001", "--title", "A streak", "--releasable-to", "NL, DE"],
        ["--text", "It blinked [bold]twice[/bold].\nThen it was gone.", "--source", "a pilot"],
        ["letter.pdf", "--kind", "message", "--source-time", "2026-11-20T10:00:00Z", "--as", "clerk"],
    ):
        told = ask("evidence", "add", *words)
        assert told.code == 0, told.err
    return ask


def listed(ask: Ask, *words: str) -> list[dict]:
    return ask("--json", "evidence", "list", *words).document()["listed"]


def test_what_was_added_is_listed(case: Ask) -> None:
    fields = [one["fields"] for one in listed(case)]
    assert [(one["kind"], one.get("title"), one["actor"]) for one in fields] == [
        ("image", "A streak", "officer of the watch"),
        ("statement", None, "officer of the watch"),
        ("message", "letter.pdf", "clerk"),
    ]
    assert fields[1]["text"] == "It blinked [bold]twice[/bold].\nThen it was gone."
    assert fields[0]["marking_releasable_to"] == ["DE", "NL"]
    assert (fields[0]["marking_owner"], fields[0]["subject"]) == ("LOCAL", "NL-IN26-0001")
    assert fields[2]["source_time_utc"] == "2026-11-20T10:00:00Z"
    assert len(listed(case, "--about", "NL-IN26-0001")) == len(listed(case, "--kind", "statement")) == 1
    assert [one["entry_id"] for one in listed(case, "--limit", "2")] == ["EV-1", "EV-2"]


def test_people_read_a_table_in_which_their_words_stand_as_they_are(case: Ask) -> None:
    told = case("evidence", "list").out
    assert "Evidence, REAL: 3" in told
    assert "It blinked [bold]twice[/bold]." in told
    assert "Then it was gone." not in told
    assert "LOCAL: DE, NL" in told
    assert "EV-1 in the log of REAL" in case("evidence", "show", "ev-1").out


def test_the_content_comes_back_as_it_was(case: Ask, tmp_path: Path) -> None:
    assert case("evidence", "show", "EV-0", "-o", "back.png").code == 0
    assert (tmp_path / "back.png").read_bytes() == b"\x89PNG"
    assert case("evidence", "show", "EV-2", "-o", "-").raw == b"%PDF"
    told = case("--json", "evidence", "show", "EV-0", "-o", "-")
    assert (told.code, told.raw, "both want standard output" in told.err) == (2, b"", True)
    told = case("evidence", "show", "EV-1", "-o", "back.png")
    assert (told.code, "has no content" in told.err) == (2, True)


def test_every_look_is_kept_once_an_hour(case: Ask) -> None:
    for _ in range(2):
        case("evidence", "show", "EV-0")
        case("evidence", "show", "EV-0", "--as", "another")
        case("evidence", "show", "EV-0", "-o", "back.png")
        case("evidence", "list")
    looks = [one["fields"] for one in listed(case, "--kind", "access")]
    assert [(look["thing"], look["about"], look["actor"]) for look in looks] == [
        ("EV-0", "NL-IN26-0001", "officer of the watch"),
        ("EV-0", "NL-IN26-0001", "another"),
        ("the content of EV-0", "NL-IN26-0001", "officer of the watch"),
        ("the list of entries", "log", "officer of the watch"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "nothing to add"),
        (["add", "missing.png"], "missing.png: no such file"),
        (["add", "--text", "x", "--about", "somebody"], "--about names an incident"),
        (["add", "--text", "x", "--kind", "decision"], "--kind is one of message, image"),
        (["add", "--text", "x", "--releasable-to", "NL:DE"], "--releasable-to is names"),
        (["add", "--text", "x", "--releasable-to", "NL,,DE"], "--releasable-to is names"),
        (["add", "--text", "x", "--source-time", "yesterday"], "--source-time"),
        (["add", "--event", "NL-CJ26-0001"], "no event is called NL-CJ26-0001"),
        (["show", "EV-0"], "has no EV-0"),
        (["show", "12"], "an entry is called like EV-12"),
        (["prove"], "a proof is of one entry"),
        (["prove", "EV-0"], "has no EV-0"),
        (["prove", "--since", "3"], "signs one"),
        (["checkpoint"], "there is no key baken/LOCAL/real"),
        (["witness"], "give the FILE"),
        (["witness", "--of", "baken/DE/real"], "nothing of baken/DE/real was witnessed here"),
        (["key", "export", "log"], "has no key baken/LOCAL/real"),
        (["key", "rotate", "log"], "has no key baken/LOCAL/real"),
    ],
)
def test_a_question_without_an_answer_is_refused_in_one_line(ask: Ask, words: list[str], said: str) -> None:
    told = ask("evidence", *words)
    assert told.code == 2
    assert said in told.err
    assert told.err.count("\n") == 1


def test_nothing_is_kept_of_what_was_refused(ask: Ask) -> None:
    ask("evidence", "add", "--text", "x", "--releasable-to", "NL:DE")
    assert listed(ask, "--all") == []


def signed_log(ask: Ask) -> str:
    key = ask("evidence", "key", "new", "log").out.strip()
    assert ask("evidence", "checkpoint", "-o", "log.checkpoint").code == 0
    return key


def test_a_proof_holds_for_anyone_who_has_the_key(case: Ask, tmp_path: Path) -> None:
    key = signed_log(case)
    assert case("evidence", "prove", "EV-1", "-o", "one.tlog-proof").code == 0
    told = case("--json", "evidence", "verify-proof", "one.tlog-proof", "--key", key)
    document = told.document()
    assert (told.code, document["holds"], document["size"]) == (0, True, 4)
    assert "stands as EV-1 in baken/LOCAL/real of 4" in document["says"]
    commitment = case("--json", "evidence", "show", "EV-1").document()["commitment"]
    assert commitment in document["says"]


def test_a_changed_proof_does_not_hold(case: Ask, tmp_path: Path) -> None:
    key = signed_log(case)
    case("evidence", "prove", "EV-1", "-o", "one.tlog-proof")
    whole = (tmp_path / "one.tlog-proof").read_text()
    (tmp_path / "two.tlog-proof").write_text(whole.replace("index 1", "index 2"))
    told = case("evidence", "verify-proof", "two.tlog-proof", "--key", key)
    assert (told.code, told.out.startswith("does not hold: it is not shown that")) == (1, True)
    (tmp_path / "log.vkey").write_text(case("evidence", "key", "new", "witness").out)
    told = case("evidence", "verify-proof", "one.tlog-proof", "--key", "log.vkey")
    assert (told.code, "is not among those given" in told.out) == (1, True)
    (tmp_path / "two.tlog-proof").write_text(whole.replace("\n4\n", "\n5\n"))
    told = case("evidence", "verify-proof", "two.tlog-proof", "--key", key)
    assert (told.code, "is not of this text" in told.out) == (1, True)


def test_a_log_proves_that_it_only_grew(case: Ask) -> None:
    key = signed_log(case)
    case("evidence", "add", "--text", "more")
    case("evidence", "checkpoint", "-o", "later.checkpoint")
    assert case("evidence", "prove", "--since", "4", "-o", "grown").code == 0
    told = case("evidence", "verify-proof", "grown", "--key", key, "--earlier", "log.checkpoint")
    assert (told.code, told.out) == (
        0,
        "holds: baken/LOCAL/real of 5 entries begins as it was when it had 4\n",
    )
    told = case("evidence", "verify-proof", "grown", "--key", key, "--earlier", "later.checkpoint")
    assert told.code == 1
    assert case("evidence", "verify-proof", "grown", "--key", key).code == 2


def test_a_home_that_was_tampered_with_is_found_out(case: Ask, tmp_path: Path) -> None:
    signed_log(case)
    assert case("evidence", "check").out == "REAL: 4 entries, 1 checkpoints; all as they were kept\n"
    rewrite(tmp_path / "home" / STORE_FILE, "UPDATE log_entries SET actor = 'nobody' WHERE sequence = 1")
    told = case("evidence", "check")
    assert (told.code, told.out.startswith("EV-1: is not what was kept")) == (1, True)
    assert case("evidence", "prove", "EV-1").code == 2
    rewrite(tmp_path / "home" / STORE_FILE, "DELETE FROM log_entries WHERE sequence = 2")
    told = case("evidence", "checkpoint")
    assert (told.code, "has 3 entries in 4 places" in told.err) == (2, True)
    assert case("--json", "evidence", "check").document()["troubles"] != []


def test_an_entry_that_was_taken_out_before_anybody_signed_for_it_is_missed(
    case: Ask, tmp_path: Path
) -> None:
    signed_log(case)
    for text in ("one", "two", "three"):
        assert case("evidence", "add", "--about", "NL-CJ26-0001", "--text", text).code == 0
    rewrite(tmp_path / "home" / STORE_FILE, "DELETE FROM log_entries WHERE sequence = 5")
    assert case("evidence", "check").out.startswith("EV-5: is missing")
    told = case("evidence", "checkpoint")
    assert (told.code, "some were taken out" in told.err) == (2, True)


def rewrite(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_witness_cosigns_and_the_log_takes_it_in(case: Ask, tmp_path: Path) -> None:
    key = signed_log(case)

    def witness(*words: str):
        return case("--home", str(tmp_path / "other"), *words)

    seen_by = witness("evidence", "key", "new", "witness").out.strip()
    told = witness("evidence", "witness", "log.checkpoint", "--key", key, "-o", "cosigned")
    assert told.code == 0, told.err
    assert (
        witness("evidence", "witness", "--of", "baken/LOCAL/real").raw == (tmp_path / "cosigned").read_bytes()
    )
    assert case("evidence", "checkpoint", "--cosigned", "cosigned").code == 0
    case("evidence", "prove", "EV-0", "-o", "seen.tlog-proof")
    told = case("evidence", "verify-proof", "seen.tlog-proof", "--key", key, "--key", seen_by)
    assert (told.code, "seen by baken/LOCAL/witness at 20" in told.out) == (0, True)


def test_a_log_that_shows_two_histories_is_convicted(case: Ask, tmp_path: Path) -> None:
    key = signed_log(case)
    other = str(tmp_path / "other")
    case("--home", other, "evidence", "key", "new", "witness")
    assert case("--home", other, "evidence", "witness", "log.checkpoint", "--key", key).code == 0
    # The log is taken back to before its last entries, and told differently from there.
    rewrite(tmp_path / "home" / STORE_FILE, "DELETE FROM log_entries WHERE sequence = 2")
    rewrite(tmp_path / "home" / STORE_FILE, "UPDATE log_entries SET sequence = 2 WHERE sequence = 3")
    rewrite(tmp_path / "home" / STORE_FILE, "DELETE FROM checkpoints")
    case("evidence", "add", "--text", "It was never so.")
    case("evidence", "checkpoint", "-o", "other.checkpoint")
    told = case("--home", other, "--json", "evidence", "witness", "other.checkpoint", "--key", key)
    assert (told.code, told.document()["witnessed"]) == (1, False)
    assert "shows two histories" in told.document()["reason"]
    evidence = case("evidence", "verify-proof", "split-view.json", "--key", key)
    assert (evidence.code, evidence.out) == (
        0,
        "holds: baken/LOCAL/real showed two histories, and signed for both\n",
    )
    kept = case("--home", other, "--json", "evidence", "list").document()["listed"]
    assert kept[0]["fields"]["title"] == "baken/LOCAL/real showed two histories"


def test_keys_are_made_handed_on_and_revoked(ask: Ask) -> None:
    first = ask("evidence", "key", "new", "log").out.strip()
    second = ask("evidence", "key", "rotate", "log").out.strip()
    assert first != second
    exported = ask("--json", "evidence", "key", "export", "log").document()
    assert exported["key"] == second
    assert [note.split("\n")[1].split(" ")[0] for note in exported["notes"]] == ["born", "rotated"]
    old = ["--id", first.split("+")[1], "--since", "2026-01-01T00:00:00Z"]
    told = ask("evidence", "key", "revoke", "log", "--because", "lost", *old)
    assert told.code == 0, told.err
    assert states(ask) == ["revoked", "good"]
    assert ask("evidence", "key", "revoke", "log", "--because", "stolen").code == 0
    assert states(ask) == ["revoked", "revoked"]
    told = ask("evidence", "checkpoint")
    assert (told.code, "there is no key baken/LOCAL/real here that is good now" in told.err) == (2, True)
    assert ask("evidence", "key", "new", "log").code == 0
    assert states(ask) == ["revoked", "revoked", "good"]
    assert ask("evidence", "checkpoint").code == 0
    assert "good from" in ask("evidence", "key", "list").out


def states(ask: Ask) -> list[str]:
    return [key["state"] for key in ask("--json", "evidence", "key", "list").document()["keys"]]


def test_a_key_is_made_once(ask: Ask) -> None:
    ask("evidence", "key", "new", "minister")
    told = ask("evidence", "key", "new", "minister")
    assert (told.code, "there is a key baken/LOCAL/authority/minister already" in told.err) == (2, True)


def test_a_wrong_passphrase_signs_nothing(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("evidence", "key", "new", "log")
    for wrong in ("wrong", ""):
        monkeypatch.setenv("BAKEN_PASSPHRASE", wrong)
        told = ask("evidence", "checkpoint")
        assert (told.code, "passphrase" in told.err) == (2, True)
    monkeypatch.delenv("BAKEN_PASSPHRASE")
    told = ask("evidence", "checkpoint")
    assert (told.code, "nobody can type the passphrase" in told.err) == (2, True)
    assert json.loads(ask("--json", "evidence", "check").out)["checkpoints"] == 0


def test_private_keys_are_for_their_owner_alone(ask: Ask, tmp_path: Path) -> None:
    ask("evidence", "key", "new", "log")
    folder = tmp_path / "home" / "keys"
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o077, file.stat().st_mode & 0o777) == (0, 0o600)
    file.chmod(0o644)
    told = ask("evidence", "checkpoint")
    assert (told.code, "others may read this key; 'chmod 600' it" in told.err) == (2, True)
    file.unlink()
    assert ask("evidence", "checkpoint").code == 2


def test_the_finding_of_an_event_is_added_with_all_its_figures(ask: Ask, tmp_path: Path) -> None:
    store = open_home(tmp_path / "home").store
    (event,) = store.keep_findings([finding("OBJ-7")], node="NL", at_tai_ns=NOW_TAI_NS)
    store.close()
    told = ask("--json", "evidence", "add", "--event", str(event.event_id).lower())
    assert told.code == 0, told.err
    (added,) = told.document()["added"]
    assert added["fields"]["subject"] == str(event.event_id)
    assert added["fields"]["finding_digest"] == event.finding.digest
    assert {name: added["fields"][name] for name, _ in event.finding.measures} == dict(event.finding.measures)
    ask("evidence", "add", "--event", str(event.event_id), "--about", "NL-IN26-0001")
    assert [one["fields"]["subject"] for one in listed(ask)] == [str(event.event_id), "NL-IN26-0001"]
    told = ask("evidence", "add", "--event", str(event.event_id), "--realm", "TEST")
    assert (told.code, "is of the world REAL; give --realm REAL" in told.err) == (2, True)


def test_the_finding_of_an_event_loses_nothing_of_its_label_by_what_is_not_said(
    ask: Ask, tmp_path: Path
) -> None:
    needed, shared = Handling(needs=frozenset({"optics"})), Handling(originators=frozenset({"FR"}))
    store = open_home(tmp_path / "home", None).store
    labels = [Marking(owner="LOCAL", handling=needed), Marking(handling=shared)]
    found = [finding(f"OBJ-{n}", marking=label) for n, label in enumerate(labels)]
    ours, of_both = store.keep_findings(found, node="NL", at_tai_ns=NOW_TAI_NS)
    store.close()
    assert ask("evidence", "add", "--event", str(ours.event_id), "--releasable-to", "DE").code == 0
    assert listed(ask)[0]["marking"]["handling"] == ["NEED:optics"]
    told = ask("evidence", "add", "--event", str(of_both.event_id), "--releasable-to", "DE")
    assert (told.code, "FR has not consented" in told.err) == (3, True), told


def test_a_finding_that_somebody_else_labelled_is_not_released_here(ask: Ask, tmp_path: Path) -> None:
    theirs = finding("OBJ-8", marking=Marking(owner="DE", releasable_to=frozenset({"DE"})))
    store = open_home(tmp_path / "home", None).store
    (event,) = store.keep_findings([theirs], node="NL", at_tai_ns=NOW_TAI_NS)
    store.close()
    told = ask("evidence", "add", "--event", str(event.event_id), "--releasable-to", "FR")
    assert (told.code, "only DE can release it" in told.err) == (3, True)
    assert ask("evidence", "add", "--event", str(event.event_id)).code == 0
    assert listed(ask)[0]["fields"]["marking_releasable_to"] == ["DE"]
