"""Can anybody tell at the command line, from any list or refusal, that something is kept from him?"""

import shutil
from datetime import datetime

import pytest

from baken.operations.manage_people import Newcomer, add
from baken.people.acts import Verb
from baken.records.account import Right
from baken.records.reader import Keeper
from baken.store.home import open_home
from baken.wiring import clock
from baken.wiring.readers import reader_of
from tests.makers import EPOCH_TAI_NS
from tests.operations.test_read_as import CASES
from tests.operations.test_read_as import RICH as SAID
from tests.operations.test_read_store_as import RICH as KEPT
from tests.operations.two_worlds import world_of
from tests.people.door import ANNA, BERT, CHEAP, door_of

HE = "carla"
ASKED = [
    ["incident", "list"],
    ["--json", "incident", "list"],
    *(["incident", "show", name] for name in (*CASES, "NL-IN26-0999")),
    ["--json", "incident", "show", CASES[0]],
    ["--json", "hypotheses", "show", CASES[0]],
    ["--json", "hypotheses", "show", CASES[1]],
    ["determination", "list", CASES[0]],
    ["--json", "incident", "handover"],
    ["--json", "incident", "gather", "--look", "--as-of", "2026-03-01T00:00:00Z"],
    ["evidence", "list"],
    ["--json", "evidence", "list"],
    ["--json", "evidence", "list", "--about", CASES[1]],
    *(["--json", "evidence", "show", f"EV-{place}"] for place in (0, 1, 4, 13, 99)),
    ["evidence", "check"],
    ["evidence", "prove", "EV-1"],
    ["evidence", "prove", "EV-99"],
    ["event", "list"],
    ["--json", "event", "list"],
    *(["--json", "event", "show", name] for name in ("NL-RE26-0001", "XX-RE26-0001", "XX-RE26-0009")),
    ["--json", "event", "accuracy"],
    ["catalogue", "list"],
    ["--json", "catalogue", "list", "--name", "made"],
    *(["--json", "catalogue", "show", name] for name in ("900001", "900003", "900004", "7")),
    ["catalogue", "export", "--format", "omm-csv", "-o", "-"],
    ["respond", "tasks"],
    ["incident", "note", CASES[0], "see EV-0"],
    ["incident", "note", CASES[0], "see EV-77"],
    ["incident", "note", CASES[1], "of what he does not know"],
    *(
        ["incident", "note", CASES[0], f"what of {name}?", "--releasable-to", "DE"]
        for name in (CASES[1], "NL-IN26-0999", "XX-RE26-0001", "XX-RE26-0009", "NL-RE26-0001")
    ),
    *(
        ["evidence", "add", "--text", "x", "--source", "y", "--about", name, "--releasable-to", "DE"]
        for name in (*CASES, "NL-IN26-0999", "XX-RE26-0001", "NL-RE26-0001")
    ),
    ["evidence", "list", "--all"],
    ["incident", "join", CASES[0], "XX-RE26-0001"],
    ["incident", "join", CASES[0], "EV-12"],
]


@pytest.fixture(scope="module")
def peopled_home(tmp_path_factory):
    """A home of the Netherlands in which a German officer has an account."""
    door = door_of(tmp_path_factory.mktemp("peopled") / "home")
    door.home.store.name_node("NL")
    he = Newcomer(name=HE, person="Carla", password="zeven blauwe kruiken melk")
    add(door.desk(ANNA), door.home.people, he, node="NL", cost=CHEAP)
    door.do(BERT, Verb.ADMIT, HE)
    for right, value in ((Right.ACTS_FOR, "DE"), (Right.AUDIENCE, "DE"), (Right.REALM, "REAL")):
        door.do(BERT, Verb.GIVE, HE, right, value)
    door.home.store.close()
    return door.home.folder


def fill(home, *, without_hidden):
    opened = open_home(home, None)
    for number, act in enumerate(KEPT):
        if act.is_for_him or not without_hidden:
            act(opened.store, EPOCH_TAI_NS + number)
    world_of(SAID, without_hidden=without_hidden, log=opened.log)
    opened.store.close()


@pytest.fixture
def at_one_moment(monkeypatch):
    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 3, 1, 12, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Stopped)


def told(ask, home, peopled_home, *, without_hidden):
    shutil.copytree(peopled_home, home)
    fill(home, without_hidden=without_hidden)
    answers = {" ".join(words): ask(*words) for words in ASKED}
    shutil.rmtree(home)
    return answers


def test_every_command_answers_as_if_what_is_kept_from_him_had_never_been_kept(
    ask, tmp_path, peopled_home, monkeypatch, at_one_moment
):
    monkeypatch.setenv("BAKEN_ACTOR", HE)
    here, there = (
        told(ask, tmp_path / "home", peopled_home, without_hidden=without) for without in (False, True)
    )
    assert [words for words in here if here[words] != there[words]] == []
    assert here["incident list"].code == 0
    assert "NL-IN26-0001" in here["incident list"].out
    assert {here[words].code for words in ("evidence check", "evidence prove EV-1")} == {3}


def test_at_a_home_with_accounts_somebody_else_is_refused(ask, tmp_path, peopled_home):
    shutil.copytree(peopled_home, tmp_path / "home")
    refused = ask("incident", "note", CASES[0], "x", "--as", "mallory")
    assert (refused.code, "nobody called mallory may read here" in refused.err) == (3, True)


def test_what_the_nodes_own_work_came_to_each_reads_for_himself(ask, tmp_path, peopled_home):
    shutil.copytree(peopled_home, tmp_path / "home")
    told = ask("incident", "update")
    assert (told.code, told.out) == (
        0,
        "Done. 'baken event list' and 'baken incident list' show what is for you.\n",
    )


def test_at_a_home_without_accounts_whoever_holds_its_files_is_its_keeper(tmp_path):
    assert reader_of(tmp_path / "home", "anybody") == Keeper(name="anybody")
