"""Does a plan leave by the command line as a playbook, and come in as a file that nobody put in place?"""

import json
from pathlib import Path

import pytest

from baken.formats.cacao import read_cacao
from baken.respond.mechanism_file import read_mechanism
from baken.respond.mechanism_text import part_of
from tests.cli.conftest import Ask
from tests.formats.playbooks import good, put, smallest, text_of
from tests.respond.mechanisms import shipped


def test_a_plan_goes_out_and_comes_back_as_a_file_to_read(ask: Ask, tmp_path: Path) -> None:
    told = ask("respond", "playbook", "export", "reentry", "--tlp", "amber", "-o", "plan.json")
    assert (told.code, told.out) == (0, "")
    playbook = read_cacao((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert playbook.markings[0].says == "TLP:AMBER"
    told = ask("respond", "playbook", "import", "plan.json", "-o", "plan.toml")
    assert told.code == 0
    assert "tasks" in told.err
    whole = shipped("nl.toml")
    plan = whole.plan("reentry")
    assert plan is not None
    assert read_mechanism((tmp_path / "plan.toml").read_text(encoding="utf-8")) == part_of(whole, plan)
    assert not (tmp_path / "home" / "mechanisms").exists()


def test_a_playbook_is_for_named_readers_until_somebody_says_otherwise(ask: Ask) -> None:
    told = ask("respond", "playbook", "export", "breakup")
    assert read_cacao(told.out).markings[0].says == "TLP:RED"


def test_a_playbook_is_in_the_language_asked_for(ask: Ask) -> None:
    names = [
        read_cacao(ask("--language", language, "respond", "playbook", "export", "breakup").out).name
        for language in ("nl", "en")
    ]
    assert names == ["Uiteenvallen van een ruimtevoorwerp", "Breakup of a space object"]


def test_a_strangers_playbook_comes_in_from_standard_input(ask: Ask) -> None:
    told = ask("respond", "playbook", "import", "-", given=text_of(smallest()).encode())
    assert told.code == 0
    assert read_mechanism(told.out).plans[0].plan_id == "small"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "no text in UTF-8"),
        (text_of(good()).encode(), "while-condition"),
        (json.dumps({"type": "bundle"}).encode(), "$.type: is 'bundle'; it can be playbook"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_line(ask: Ask, given: bytes, why: str) -> None:
    told = ask("respond", "playbook", "import", "-", given=given)
    assert (told.code, told.out) == (2, "")
    assert why in told.err
    assert told.err.count("\n") == 1


def test_an_import_is_never_written_where_it_would_hold_at_once(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "mechanisms"
    folder.mkdir(parents=True)
    told = ask(
        "respond",
        "playbook",
        "import",
        "-",
        "-o",
        str(folder / "nl.toml"),
        given=text_of(smallest()).encode(),
    )
    assert told.code == 2
    assert "holds at once" in told.err
    assert list(folder.iterdir()) == []


def test_a_withdrawn_playbook_is_refused(ask: Ask) -> None:
    said = smallest()
    put(True, "revoked")(said)
    assert "withdrawn" in ask("respond", "playbook", "import", "-", given=text_of(said).encode()).err


@pytest.mark.parametrize(
    "words",
    [
        ("export", "nothing"),
        ("export", "reentry", "--tlp", "white"),
        ("export", "reentry", "--mechanism", "xx"),
    ],
)
def test_a_question_put_wrongly_is_refused_with_what_there_is(ask: Ask, words: tuple[str, ...]) -> None:
    told = ask("respond", "playbook", *words)
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
