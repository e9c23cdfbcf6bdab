"""Can one see who the partners are, what must not go to them, and what came from them, at a terminal?"""

from dataclasses import replace

import pytest

from baken.operations.export_catalogue import text_of
from baken.operations.partner_entries import with_partner
from baken.records.bundle import ItemFile, ItemKind, RecallRequest
from baken.records.marking import Realm
from baken.store.home import open_home
from baken.wiring.clock import now_tai_ns
from tests.cli.conftest import Ask
from tests.makers import element_set
from tests.operations.homes import House, house

ORBIT = ItemFile(
    name="omm.json", media_type="application/json", content=text_of([element_set(900_001)], "omm-json")
)


@pytest.fixture
def nl(ask: Ask, tmp_path, monkeypatch) -> House:
    """NL on its own, and a home of DE that has a file of it."""
    monkeypatch.setenv("BAKEN_ACTOR", "officer")
    here = tmp_path / "home"
    store = open_home(here).store
    store.name_node("DE")
    store.close()
    sender = house("NL", tmp_path, 40_000)
    # As late as the terminal is, so that bundles are not too old for it.
    sender.desk = replace(sender.desk, at_tai_ns=now_tai_ns())
    (here / "partners").mkdir()
    (here / "partners" / "NL.toml").write_text(
        'code = "NL"\nnames = { en = "Netherlands", nl = "Nederland" }\nrealms = ["REAL"]\n'
        f'[folders]\nin = "from-nl"\n[[key]]\nvkey = "{sender.keys[Realm.REAL].verifier.text}"\n'
    )
    (here / "from-nl").mkdir()
    yield sender
    sender.store.close()


def lay(nl: House, tmp_path, *sent) -> None:
    for one in sent:
        (tmp_path / "home" / "from-nl" / one.name).write_bytes(one.content)


def test_partners_are_listed_and_shown_in_the_language_asked_for(ask, nl):
    assert "Nederland" in ask("--language", "nl", "partner", "list").out
    told = ask("--json", "partner", "show", "NL").document()
    assert (told["code"], told["realms"], len(told["keys"])) == ("NL", ["REAL"], 1)
    assert {each["doubt"] for each in told["doubts"]} == {"no-agreement", "no-folder"}
    missing = ask("partner", "show", "FR")
    assert missing.code == 2
    assert "there are NL" in missing.err


def test_what_must_not_go_is_offered_and_refused(ask, nl, tmp_path):
    file = str(tmp_path / "home" / "partners" / "NL.toml")
    told = ask("--json", "partner", "check", file)
    (checked,) = told.document()["partners"]
    assert (told.code, checked["sound"]) == (0, True)
    assert [each["offered"] for each in checked["tried"] if each["would_go"]] == ["for-him"]
    assert checked["would_get"] == []
    ask("evidence", "add", "--text", "for NL", "--releasable-to", "NL", "--about", "DE-IN26-0001")
    ask("evidence", "add", "--text", "for nobody", "--about", "DE-IN26-0001")
    (checked,) = ask("--json", "partner", "check", file).document()["partners"]
    assert [each["entry_id"] for each in checked["would_get"]] == ["EV-0"]
    assert "What NL would get today" in ask("partner", "check", file).out


def test_a_partner_who_would_get_what_is_for_another_fails_the_check(ask, nl, tmp_path):
    (tmp_path / "home" / "partners" / "FR.toml").write_text('code = "FR"\nrealms = ["REAL"]\n')
    wide = tmp_path / "NL.toml"
    wide.write_text('code = "NL"\nrealms = ["REAL"]\naudiences = ["FR"]\n')
    told = ask("partner", "check", str(wide))
    assert told.code == 1
    assert "WOULD GO" in told.out
    assert "he would get all that is for that one" in " ".join(told.out.split())
    wide.write_text('code = "NL"\nrelams = ["REAL"]\n')
    assert f"{wide}: relams: no such field" in ask("partner", "check", str(wide)).err


def test_bundles_come_in_from_a_folder_in_their_turn_and_are_put_away(ask, nl, tmp_path):
    first, second, third = (nl.send("DE", nl.item(ItemKind.ORBIT, "DE", file=ORBIT)) for _ in range(3))
    lay(nl, tmp_path, third, second)
    told = ask("--json", "partner", "receive")
    assert told.code == 0
    assert [(each["why"], each["missing"]) for each in told.document()["bundles"]] == [
        ("gap", [1]),
        ("gap", [1, 2]),
    ]
    lay(nl, tmp_path, first)
    told = ask("--json", "partner", "receive").document()["bundles"]
    assert [each["number"] for each in told] == [1, 2, 3]
    assert told[0]["items"][0]["verdict"] == "1 orbits beside ours, 0 rejected"
    folder = tmp_path / "home" / "from-nl"
    assert [file.name for file in folder.iterdir()] == ["taken"]
    assert "No bundle lies in" in ask("partner", "receive").out
    again = ask("--json", "partner", "receive", str(folder / "taken" / third.name))
    assert (again.code, again.document()["bundles"][0]["why"]) == (0, "replayed")


def test_what_was_altered_is_refused_and_told(ask, nl, tmp_path):
    sent = nl.send("DE", nl.item(ItemKind.STATEMENT, "DE", told=(("text", "one"),)))
    file = tmp_path / "altered.zip"
    file.write_bytes(sent.content[:-1])
    told = ask("partner", "receive", str(file))
    assert told.code == 1
    assert "refused (altered)" in told.out
    assert ask("partner", "receive", str(tmp_path / "gone.zip")).code == 2


def test_a_recall_is_shown_and_its_answer_waits_for_the_next_bundle(ask, nl, tmp_path):
    item = nl.item(ItemKind.STATEMENT, "DE", told=(("text", "we think so"),))
    recall = RecallRequest(item_id=item.item_id, because="wrong", at_tai_ns=nl.desk.at_tai_ns)
    lay(nl, tmp_path, nl.send("DE", item), nl.send("DE", recalls=[recall]))
    assert "answer with 'baken partner answer'" in ask("partner", "receive").out
    log = ask("--json", "partner", "log", "NL").document()
    assert [(each["standing"], each["recalled_because"]) for each in log["items"]] == [
        ("recalled-by-originator", "wrong")
    ]
    listed = ask("--json", "evidence", "list").document()["listed"]
    assert [each["standing"] for each in listed] == ["recalled-by-originator"]
    assert "RECALLED-BY-ORIGINATOR: An item" in ask("evidence", "list").out
    assert "recalled-by-originator" in ask("evidence", "show", listed[0]["entry_id"]).out
    assert ask("--json", "partner", "log").document() == {"partners": [log]}
    assert ask("partner", "log").out.startswith("NL  last bundle in: 2; last bundle out: -")
    shown = ask("--language", "nl", "partner", "log", "NL").out
    assert "TERUGGEROEPEN" in shown
    told = ask("partner", "answer", "NL", item.item_id[:8], "recall-refused", "--text", "we need it")
    assert told.code == 0
    log = ask("--json", "partner", "log", "NL").document()
    assert [each["answer"] for each in log["due"]] == ["recall-refused"]
    assert log["recalls"][0]["our_answer"] == "recall-refused"
    home = open_home(tmp_path / "home")
    assert with_partner(home.log, Realm.REAL, "NL").due[0].text == "we need it"
    home.store.close()
