"""Do three states share what one found, each as much as its owner decides, by the commands anyone types?"""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

STORY = Path(__file__).parents[2] / "tools/demo_release.py"


def story() -> ModuleType:
    spec = importlib.util.spec_from_file_location("demo_release", STORY)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    return story().play(tmp_path_factory.mktemp("demo") / "homes", shown=False)


@pytest.fixture
def told(played):
    world = ("--realm", "EXERCISE")
    return lambda state, *words: json.loads(played.ask(state, "--json", *words, *world))


@pytest.mark.capability(
    "sharing between three homes", status="MODELLED", authority="the commands of NL, DE, FR and a fourth"
)
def test_germany_has_the_orbit_coarsely_beside_its_own_and_nothing_of_the_sensor(played, told):
    shown = told("DE", "catalogue", "show", "799500124")
    given, own = shown["element_sets"]
    assert (given["originator"], own["originator"]) == ("NL", "DE")
    # Both were of seventeen seconds past a minute; only its own is still.
    assert (given["epoch_utc"][-11:], own["epoch_utc"][-11:]) == (":00.000000Z", ":17.250000Z")
    assert given["marking"] == "NL: DE"
    assert (given["stands"], own["stands"]) == ("recalled-by-originator", "holds")
    for file in (played.folder / "DE").rglob("*"):
        assert not file.is_file() or b"Radar Wijk" not in file.read_bytes()


def test_france_has_the_whole_case_verified_and_germany_one_statement_of_it(played, told):
    (kept,) = told("FR", "partner", "log", "NL")["items"]
    assert kept["kind"] == "dossier"
    assert kept["verdict"].startswith("holds")
    assert "2 of 2 entries shown" in kept["verdict"]


def test_the_fourth_has_nothing(played, told):
    assert told("PL", "evidence", "list", "--all")["entries"] == 1  # its own key
    assert list((played.folder / "post/NL-to-PL").iterdir()) == []


def test_dissent_and_the_answer_to_a_recall_stand_beside_the_release(played, told):
    shown = json.loads(played.ask("NL", "--json", "release", "show", "EXER-RL26-0001"))
    assert shown["stage"] == "recall-answered"
    assert "we would not call this an approach" in json.dumps(shown, ensure_ascii=False)
    (item,) = told("DE", "partner", "log", "NL")["items"]
    assert (item["standing"], item["our_answers"]) == ("recalled-by-originator", ["dissent", "recall-done"])
