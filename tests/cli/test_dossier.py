"""Can one build a dossier, see beforehand who would see what, and have it checked by somebody else?"""

import base64
import json

import pytest

from baken.cli import verify_dossier
from baken.errors import WrongUsage
from baken.evidence.signed_note import cosigned, read_note
from baken.operations.compare_dossiers import Logs, compare_dossiers
from baken.operations.sign_log import take_cosigned
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from tests.cli.conftest import befriend
from tests.operations.cases import NOON_TAI_NS, desk_of, opened
from tests.operations.dossiers import (
    FOR_BOTH,
    KEY,
    SEEN_POSIX_S,
    THIEF,
    WITNESS_KEY,
    SmallCase,
    built_of,
    small_case,
)

CASE = "LOCAL-IN26-0001"


@pytest.fixture
def case(ask, tmp_path, monkeypatch):
    monkeypatch.setenv("BAKEN_PASSPHRASE", "a phrase")
    befriend(tmp_path / "home", "DE", "FR", "SE")
    (tmp_path / "server.log").write_text("line one\n")
    for words in (
        ("evidence", "key", "new", "log"),
        ("incident", "open", "--title", "Silent modems", "--kind", "cyber-attack", "--because", "x"),
        ("evidence", "add", "--about", CASE, "--text", "they are silent", "--releasable-to", "DE,FR"),
        ("evidence", "add", str(tmp_path / "server.log"), "--about", CASE, "--releasable-to", "DE"),
    ):
        told = ask(*words)
        assert told.code == 0, told.err
    key = ask("--json", "evidence", "key", "export", "log").document()["key"]
    return tmp_path / "out", key


def test_two_copies_are_built_verified_and_are_parts_of_one(ask, case):
    folder, key = case
    built = ask(
        "--json", "dossier", "build", CASE, "--for", "DE", "--for", "FR", "-o", str(folder)
    ).document()
    paths = [built["copies"][name] for name in ("DE", "FR")]
    shown = []
    for path in paths:
        told = ask("--json", "dossier", "verify", path, "--key", key)
        assert told.code == 0
        shown.append([entry["withheld"] for entry in told.document()["entries"]])
    assert shown[0] != shown[1]
    compared = ask("dossier", "compare", *paths, "--key", key)
    assert (compared.code, "parts of one signed dossier" in compared.out) == (0, True)


def test_a_dry_run_says_who_would_see_what_and_builds_nothing(ask, case):
    folder, _ = case
    told = ask("--json", "dossier", "build", CASE, "--for", "DE", "--for", "FR", "--dry-run").document()
    withheld = {(one["entry_id"], one["recipient"]): one["withheld"] for one in told["releases"]}
    assert sorted(key for key, is_withheld in withheld.items() if not is_withheld) == [
        ("EV-2", "DE"),
        ("EV-2", "FR"),
        ("EV-3", "DE"),
    ]
    assert not folder.exists()


def test_whoever_is_named_on_no_label_gets_nothing(ask, case):
    folder, _ = case
    told = ask("dossier", "build", CASE, "--for", "DE", "--for", "SE", "-o", str(folder))
    assert (told.code, told.err.count("\n")) == (3, 1)
    assert "may go to SE" in told.err
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--dry-run", "--withhold", "EV-99"), "not part of the case"),
        (("--dry-run", "--withhold", "EV-2:colour"), "no such field"),
        (("--withhold", "EV-2:"), "name of a field"),
        ((), "-o FOLDER"),
    ],
)
def test_what_cannot_be_built_is_refused_in_a_line(ask, case, words, why):
    told = ask("dossier", "build", CASE, "--for", "DE", *words)
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert why in told.err


def test_who_got_a_copy_stands_in_the_log(ask, case):
    folder, _ = case
    ask("dossier", "build", CASE, "--for", "DE", "-o", str(folder))
    listed = ask("--json", "evidence", "list", "--about", CASE, "--kind", "dossier").document()
    (fields,) = [entry["fields"] for entry in listed["listed"]]
    assert fields["recipient"] == "DE"


def test_an_altered_copy_does_not_hold(ask, case):
    folder, key = case
    ask("dossier", "build", CASE, "--for", "DE", "-o", str(folder))
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b"they are silent", b"they are violet"))
    told = ask("--json", "dossier", "verify", str(path), "--key", key)
    assert (told.code, told.document()["holds"]) == (1, False)


def test_the_verifier_that_is_handed_out_is_the_one_that_is_run(ask, tmp_path):
    ask("dossier", "verifier", "-o", str(tmp_path / "v.py"))
    source = (tmp_path / "v.py").read_text()
    assert source == open(verify_dossier.__file__, encoding="utf-8").read()  # noqa: PTH123, SIM115


def test_a_log_that_shows_two_faces_is_convicted_by_its_own_signature(ask, tmp_path):
    one, other = small_case(), SmallCase(desk := desk_of(), opened(desk, title="Another past"))
    desk.log.contents.update(one.desk.log.contents)
    desk.keep(*(kept.entry for kept in one.desk.log.entries(one.incident.realm)[1:]))
    paths = []
    for name, case in (("one", one), ("other", other)):
        path = tmp_path / name
        path.write_bytes(built_of(case, recipients=("DE",)).copies["DE"])
        paths.append(path)
    told = ask("--json", "dossier", "compare", *map(str, paths), "--key", KEY.verifier.text)
    assert (told.code, told.document()["split_view"]) == (1, True)
    files = [verify_dossier.files_of(path) for path in paths]
    assert compare_dossiers(*files, [KEY.verifier]).contradicts
    assert json.loads(files[0]["dossier.json"]) != json.loads(files[1]["dossier.json"])


def dossier_of(case, n_more=0):
    """Build a dossier after some more was said of the case, and return its files."""
    for number in range(n_more):
        said = ("title", f"more {number}")
        subject, desk = str(case.incident.incident_id), case.desk
        desk.keep(desk.entry(EntryKind.NOTE, subject, case.incident.realm, said, marking=FOR_BOTH))
    return verify_dossier.files_of_zip(built_of(case, recipients=("DE",)).copies["DE"])


@pytest.mark.parametrize("n_more", range(6))
def test_two_dossiers_of_a_log_that_grew_tell_that_it_only_grew(n_more):
    case = small_case()
    earlier, later = dossier_of(case), dossier_of(case, n_more)
    for pair in ((earlier, later), (later, earlier)):
        found = compare_dossiers(*pair, [KEY.verifier])
        assert (found.logs, found.contradicts) == (Logs.GREW, "")


@pytest.mark.parametrize("n_more", range(6))
def test_a_log_that_was_told_otherwise_later_is_convicted_at_another_size_too(n_more):
    desk = desk_of()
    other = SmallCase(desk, opened(desk, title="Another past"))
    earlier, later = dossier_of(small_case()), dossier_of(other, n_more + 4)
    found = compare_dossiers(earlier, later, [KEY.verifier])
    assert (found.logs, found.contradicts) == (Logs.SPLIT, "EV-0 is two things")
    assert found.first.size != found.second.size


def test_two_dossiers_that_pass_nothing_in_common_leave_growth_untold():
    case = small_case()
    earlier, later = dossier_of(case, 1), dossier_of(case, 3)
    manifest = json.loads(base64.b64decode(json.loads(later["dossier.json"])["payload"]))
    manifest["entries"] = manifest["entries"][:1]
    payload = base64.b64encode(json.dumps(manifest).encode()).decode()
    less = {**later, "dossier.json": json.dumps({"payload": payload}).encode()}
    assert compare_dossiers(earlier, less, [KEY.verifier]).logs is Logs.NOT_TOLD


def test_a_recipient_who_comes_later_gets_a_part_of_the_same_dossier():
    case = small_case()
    first = built_of(case, recipients=("DE",), witnessed=False)
    dossier_of(case, 2)
    later = built_of(case, recipients=("FR",), same_as=first.manifest)
    assert (later.dossier_id, later.manifest) == (first.dossier_id, first.manifest)
    one, other = (
        verify_dossier.files_of_zip(built.copies[name]) for built, name in ((first, "DE"), (later, "FR"))
    )
    assert compare_dossiers(one, other, [KEY.verifier]).same_manifest
    report = verify_dossier.verify(other, verify_dossier.key_of(KEY.verifier.text, "--key"))
    assert (report.recipient, len(report.shown)) == ("FR", 4)


def test_a_witness_who_comes_later_stands_on_a_later_copy_of_the_same_dossier():
    case = small_case()
    first = built_of(case, recipients=("DE",), witnessed=False)
    size = compare_dossiers(*[verify_dossier.files_of_zip(first.copies["DE"])] * 2, [KEY.verifier]).first.size
    log, key = case.desk.log, KEY.verifier
    (kept,) = [one for one in log.checkpoints(Realm.REAL) if one.size == size]
    note = cosigned(read_note(kept.note), WITNESS_KEY, posix_s=SEEN_POSIX_S).content
    take_cosigned(log, Realm.REAL, note, [key], at_tai_ns=NOON_TAI_NS)
    later = built_of(case, recipients=("DE",), witnessed=False, same_as=first.manifest)
    files = verify_dossier.files_of_zip(later.copies["DE"])
    keys = [verify_dossier.key_of(each.verifier.text, "here") for each in (KEY, WITNESS_KEY)]
    assert verify_dossier.verify(files, keys[0], keys[1:]).witnessed


def test_no_part_is_added_to_a_dossier_of_another_log_or_key():
    case = small_case()
    with pytest.raises(WrongUsage, match="no dossier of"):
        built_of(case, same_as=dossier_of(small_case(), 1)["dossier.json"])
    first = built_of(case)
    with pytest.raises(WrongUsage, match="another key"):
        built_of(case, key=THIEF, same_as=first.manifest)


def test_another_part_is_built_at_the_command_line(ask, case, tmp_path):
    folder, key = case
    ask("dossier", "build", CASE, "--for", "DE", "--title", "Silent", "-o", str(folder))
    ask("incident", "note", CASE, "--text", "later")
    (of_de,) = folder.iterdir()
    words = ("dossier", "build", CASE, "--for", "FR", "--same-as", str(of_de), "-o", str(tmp_path / "fr"))
    told = ask("--json", *words)
    assert told.code == 0, told.err
    of_fr = told.document()["copies"]["FR"]
    assert ask("--json", "dossier", "verify", of_fr, "--key", key).document()["title"] == "Silent"
    compared = ask("--json", "dossier", "compare", str(of_de), of_fr, "--key", key).document()
    assert (compared["same_manifest"], compared["only_grew"]) == (True, False)
    for wrong in (("--title", "Loud"), ("--same-as", str(tmp_path / "server.log"))):
        told = ask(*words, *wrong)
        assert (told.code, told.err.count("\n")) == (2, 1)
