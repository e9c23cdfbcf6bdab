"""Can a duty officer respond at a terminal: begin, see the board, let letters go, decide, ask, stand down?"""

from pathlib import Path

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.operations.desk import Desk
from baken.operations.response_state import response
from baken.records.evidence import EntryKind
from baken.records.incident import read_incident_id
from baken.records.marking import Realm
from baken.wiring.luck import luck
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence

CASE = "LOCAL-IN26-0001"
NOW_TAI_NS = tai_ns_from_utc("2026-11-25T12:00:00Z")
MINUTE_NS = 60 * 10**9
DIRECTORY = """
[[contact]]
role = "operator-control"
way = "folder"
address = "operator"

[[contact]]
role = "ncsc-duty"
way = "folder"
address = "ncsc"

[[contact]]
role = "ncc-duty"
way = "telephone"
address = "+31 70 000 0001"
"""


@pytest.fixture
def clock(monkeypatch):
    """The officer's clock, which a test turns on."""
    monkeypatch.setenv("BAKEN_ACTOR", "lina")
    hands = {"now": NOW_TAI_NS}
    monkeypatch.setattr("baken.cli.incident.now_tai_ns", lambda: hands["now"])
    monkeypatch.setattr("baken.cli.respond_duty.now_tai_ns", lambda: hands["now"])
    return hands


@pytest.fixture
def begun(ask, clock, tmp_path: Path):
    """A response to a grave cyber incident, in a home with a directory and a folder for letters."""
    ask(
        "incident",
        "open",
        "--title",
        "Modems fall silent",
        "--kind",
        "cyber-attack",
        "--because",
        "two calls",
    )
    ask("incident", "judge", CASE, "severity=serious", "--because", "energy depends on it")
    home = tmp_path / "home"
    (home / "directory.toml").write_text(DIRECTORY)
    (home / "letters").mkdir()
    ways = f'[folder]\npath = "{home / "letters"}"\nfrom = "baken@example.org"\n'
    (home / "transports.toml").write_text(ways)
    told = ask("--json", "respond", "start", CASE, "--because", "energy depends on it")
    assert (told.code, told.err) == (0, "")
    return told.document()


def tasks_of(document: dict) -> dict:
    return {task["task"]: task for plan in document["plans"] for task in plan["tasks"]}


def test_a_response_begins_with_the_plan_that_holds_and_its_clocks_run(ask, begun):
    (plan,) = begun["plans"]
    assert (plan["plan"], plan["mechanism"], plan["started_by"]) == ("cyber", "nl", "lina")
    tasks = tasks_of(begun)
    assert tasks["early-warning"]["due_utc"] == "2026-11-26T12:00:00Z"
    assert tasks["notification"]["stage"] == "waiting"
    assert {clock["name"] for clock in begun["clocks"]} >= {"contain", "early-warning", "tell-ncc"}


def test_the_board_says_who_what_by_when_and_who_was_told_in_two_languages(ask, begun):
    english, dutch = ask("respond", "board", CASE).out, ask("--language", "nl", "respond", "board", CASE).out
    for phrase in ("Cyber incident in a space system", "NCSC duty officer", "waits for approval", "4 h left"):
        assert phrase in english
    for phrase in ("Cyberincident bij een ruimtesysteem", "gevraagd", "wacht op goedkeuring", "nog 4 u"):
        assert phrase in dutch


def test_nothing_goes_out_that_nobody_approved(ask, begun, tmp_path: Path):
    told = ask("--json", "respond", "notify", CASE, "--send")
    assert told.code == 0
    assert {one["stage"] for one in told.document()["notices"]} == {"drafted"}
    assert list((tmp_path / "home" / "letters").iterdir()) == []


def test_a_letter_is_shown_approved_sent_and_acknowledged_by_its_code(ask, begun, tmp_path: Path):
    key = "cyber/contain/begin/0/operator-control"
    shown = ask("respond", "notify", CASE, "--show", key)
    assert "Beperk de schade" in shown.out
    assert "·····" in shown.out
    sent = ask("--json", "respond", "notify", CASE, "--approve", key, "--because", "read", "--send")
    stages = {one["key"]: one["stage"] for one in sent.document()["notices"]}
    assert stages[key] == "sent"
    (letter,) = (tmp_path / "home" / "letters").rglob("*.eml")
    assert "Beperk de schade" in letter.read_text()
    with open_evidence(tmp_path / "home", THE_NODE) as (_, log):
        found = response(log, read_incident_id(CASE))
    code = next(notice.code for notice in found.notices if notice.key == key)
    told = ask("--json", "respond", "acknowledge", CASE, "--code", code.lower(), "--who", "A. Bakker")
    contain = tasks_of(told.document())["contain"]
    assert (contain["stage"], contain["taken_by"]) == ("taken", "A. Bakker (operator-control)")
    wrong = ask("respond", "acknowledge", CASE, "--code", "00000-00000")
    assert (wrong.code, "no letter has this code" in wrong.err) == (2, True)


def test_nobody_is_called_to_what_is_over(ask, begun, tmp_path: Path):
    key = "cyber/contain/begin/0/operator-control"
    assert ask("respond", "done", CASE, "contain", "--because", "access is closed").code == 0
    told = ask("--json", "respond", "notify", CASE, "--approve", key, "--because", "read", "--send")
    assert {one["key"]: one["stage"] for one in told.document()["notices"]}[key] == "approved"
    assert list((tmp_path / "home" / "letters").rglob("*.eml")) == []
    assert "no longer needed" in ask("respond", "notify", CASE).out


def test_the_code_of_a_letter_stands_in_the_letter_and_is_shown_nowhere(ask, begun, tmp_path: Path):
    with open_evidence(tmp_path / "home", THE_NODE) as (_, log):
        found = response(log, read_incident_id(CASE))
        entries = log.entries(Realm.REAL)
    codes = [notice.code for notice in found.notices]
    assert all(codes)
    shown = [
        ask("--json", "respond", "board", CASE).out,
        ask("--json", "respond", "notify", CASE).out,
        *(ask("--json", "evidence", "show", kept.entry_id).out for kept in entries),
        *(ask("evidence", "show", kept.entry_id).out for kept in entries),
    ]
    assert not [code for code in codes if any(code in text for text in shown)]


def test_what_nobody_acknowledges_goes_on_to_the_next_role(ask, begun, clock):
    clock["now"] = NOW_TAI_NS + 31 * MINUTE_NS
    assert ask("respond", "run", "--once").code == 0
    tasks = tasks_of(ask("--json", "respond", "board", CASE).document())
    (went_on,) = tasks["tell-ncc"]["went_on"]
    assert (went_on["because"], went_on["due_utc"]) == ("not-acknowledged", "2026-11-25T12:30:00Z")
    again = ask("--json", "respond", "run", "--once").document()
    assert again["turn"][0]["moves"] == []


def test_what_is_wrong_with_one_response_keeps_no_other_from_going_on(ask, begun, clock, tmp_path: Path):
    opened = ("--title", "Another", "--kind", "cyber-attack", "--because", "a call")
    ask("incident", "open", *opened)
    ask("respond", "start", "LOCAL-IN26-0002", "--because", "a call")
    with open_evidence(tmp_path / "home", THE_NODE) as (_, log):
        desk = Desk(log=log, actor="lina", at_tai_ns=NOW_TAI_NS, luck=luck)
        stray = (("act", "take"), ("plan", "nothing"), ("task", "nothing"))
        desk.keep(desk.entry(EntryKind.RESPONSE, f"{CASE}/response", Realm.REAL, *stray))
    clock["now"] = NOW_TAI_NS + 31 * MINUTE_NS
    told = ask("--json", "respond", "run", "--once")
    first, second = told.document()["turn"]
    assert (told.code, "no plan 'nothing' was begun" in first["error"]) == (1, True)
    assert second["moves"]


def test_a_decision_has_one_of_its_options_and_stands_with_the_incident(ask, begun):
    assert ask("respond", "done", CASE, "scale-up", "--because", "two sectors").code == 2
    decided = ask(
        "respond", "done", CASE, "scale-up", "--because", "two sectors fail", "--outcome", "nonsense"
    )
    assert (decided.code, "--outcome" in decided.err) == (2, True)
    option = tasks_of(begun)["scale-up"]["options"][0]
    assert ask("respond", "done", CASE, "scale-up", "--because", "two sectors", "--outcome", option).code == 0
    timeline = ask("--json", "incident", "show", CASE).document()["timeline"]
    assert any(moment["kind"] == "decision" and "two sectors" in moment["text"] for moment in timeline)


def test_a_sensor_is_asked_with_a_clock_and_what_may_be_noticed(ask, begun):
    asked = (
        *("respond", "ask", CASE, "sensor", "--of", "dssc-duty", "--object", "49445"),
        *("--start", "2026-11-26T00:00:00Z", "--end", "2026-11-26T06:00:00Z", "--purpose", "is it whole"),
        *("--noticeable", "nothing, it is passive", "--due", "2026-11-26T09:00:00Z"),
    )
    (request,) = ask("--json", *asked).document()["requests"]
    assert (request["request"], request["stage"], request["pap"]) == ("R-1", "asked", "RED")
    told = ask(
        "--json", "respond", "answer", CASE, "R-1", "answer", "--because", "two tracks", "--evidence", "EV-0"
    )
    assert told.document()["requests"][0]["answer_entry_ids"] == ["EV-0"]
    assert ask("respond", "answer", CASE, "R-1", "decline", "--because", "no").code == 2


def test_a_request_that_gives_somebody_a_motive_is_refused(ask, begun):
    told = ask(
        *("respond", "ask", CASE, "operator-data", "--of", "operator-control", "--purpose", "the attackers"),
        *("--noticeable", "nothing", "--due", "2026-11-26T09:00:00Z"),
    )
    assert (told.code, "attackers" in told.err) == (2, True)


def test_a_plan_that_was_stood_down_asks_for_nothing(ask, begun, clock):
    assert ask("respond", "stand-down", CASE, "--because", "service is restored").code == 0
    clock["now"] = NOW_TAI_NS + 10_000 * MINUTE_NS
    told = ask("--json", "respond", "run", "--once").document()
    assert told["turn"][0]["moves"] == []
    assert "stood down" in ask("respond", "board", CASE).out
    assert ask("respond", "done", CASE, "contain", "--because", "done").code == 2


def test_open_tasks_of_all_incidents_are_listed_by_role(ask, begun):
    assert "Contain the damage" in ask("respond", "tasks", "--role", "operator-control").out
    assert ask("respond", "tasks", "--role", "knmi-duty").out.strip() == "Nothing is asked of anybody."


def test_the_roster_tells_how_fresh_a_contact_is_after_a_test_call(ask, begun):
    def verified() -> dict:
        roster = ask("--json", "respond", "roster").document()["roster"]
        return next(one for one in roster if one["role"] == "ncc-duty")["contacts"][0]

    assert (verified()["verified_utc"], verified()["stale"]) == (None, True)
    assert "send it with --send" in ask("respond", "test-call", "ncsc-duty").out
    assert ask("respond", "test-call", "ncc-duty", "--send").code == 2
    assert ask("respond", "test-call", "ncc-duty", "--by-hand", "--who", "A. Bakker").code == 0
    assert (verified()["verified_utc"], verified()["stale"]) == ("2026-11-25T12:00:00Z", False)


def test_a_coordinator_edits_the_mechanism_without_touching_code(ask, begun, tmp_path: Path):
    told = ask("--json", "respond", "mechanism", "export", "nl").document()
    file = Path(told["file"])
    assert ask("respond", "mechanism", "export", "nl").code == 2
    text = file.read_text()
    assert 'within = "24 h"' in text
    file.write_text(text.replace('id = "ncc-duty"', 'id = "Ncc Duty"', 1))
    broken = ask("respond", "mechanism", "list")
    assert (broken.code, "nl.toml" in broken.err, "Ncc Duty" in broken.err) == (2, True, True)


def test_lint_says_what_cannot_work_and_exits_with_one(ask, clock, tmp_path: Path):
    file = tmp_path / "home.toml"
    file.write_text(
        """
[mechanism]
id = "small"
name = { nl = "Klein", en = "Small" }
version = "1"
about = { nl = "x", en = "x" }
illustrative = true
[[organisation]]
id = "us"
name = { nl = "Wij", en = "We" }
own = true
[[role]]
id = "duty"
name = { nl = "Dienst", en = "Duty" }
organisation = "us"
[[plan]]
id = "any"
name = { nl = "Alles", en = "All" }
kinds = ["other"]
responsible = ["duty"]
[[plan.task]]
id = "first"
what = { nl = "Eerst", en = "First" }
by = "duty"
after = ["second"]
[[plan.task]]
id = "second"
what = { nl = "Dan", en = "Then" }
by = "duty"
after = ["first"]
"""
    )
    told = ask("respond", "lint", str(file))
    assert (told.code, "goes round in a loop" in told.out) == (1, True)
