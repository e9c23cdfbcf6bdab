"""Can a duty officer work on a case at a terminal, in two languages, and hear that another was quicker?"""

from importlib import resources

import pytest

from baken.cli.incident_form import FORM, NEEDED, WELCOME
from baken.formats import cdm_kvn
from baken.records.evidence import EntryKind
from baken.records.marking import Realm
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence
from tests.makers import warning

CASE = "LOCAL-IN26-0001"
FILLED = (
    FORM.replace('reporter = ""', 'reporter = "A. Operator"')
    .replace('organisation = ""', 'organisation = "Made Satellites"')
    .replace('contact = ""', 'contact = "+31 6"')
    .replace('kind = ""', 'kind = "radio-interference"')
    .replace('observed_from_utc = ""', 'observed_from_utc = "2026-11-20T09:00:00Z"')
    .replace('system = ""', 'system = "MADE-1"')
    .replace('what = ""', 'what = "a carrier"')
)


@pytest.fixture(autouse=True)
def officer(monkeypatch):
    monkeypatch.setenv("BAKEN_ACTOR", "lina")
    monkeypatch.setattr("baken.cli.incident.now_tai_ns", lambda: 848_600_000_000_000_000)


@pytest.fixture
def case(ask) -> None:
    """A home with one suspected incident."""
    told = ask(
        "incident", "open", "--title", "A carrier", "--kind", "radio-interference", "--because", "a call"
    )
    assert (told.code, told.err) == (0, "")


def test_a_case_is_opened_shown_listed_and_worked_on(ask, case):
    assert ask("incident", "advance", CASE, "corroborate", "--because", "seen here too").code == 0
    assert ask("incident", "judge", CASE, "severity=severe", "--because", "a lifeline").code == 0
    assert ask("incident", "assign", CASE, "omar").code == 0
    assert ask("incident", "acknowledge", CASE, "--as", "omar").code == 0
    told = ask("--json", "incident", "show", CASE).document()
    assert (told["stage"], told["steps"]) == ("confirmed", ["respond", "resolve", "dismiss"])
    assert (told["severity"]["stands"], told["severity"]["automatic"]) == ("severe", "moderate")
    assert (told["assigned_to"], told["acknowledged"], told["entries"]) == ("omar", True, 5)
    listed = ask("--json", "incident", "list", "--open").document()["incidents"]
    assert [one["incident_id"] for one in listed] == [CASE]


def test_a_person_reads_where_it_stands_who_judged_and_what_can_be_done(ask, case):
    ask("incident", "judge", CASE, "severity=severe", "--because", "a lifeline")
    text = ask("incident", "show", CASE).out
    for phrase in (
        "severe, says lina: a lifeline (rule said moderate: a service is disturbed)",
        "corroborate, dismiss",
        "2026-11-",
        "EV-1",
    ):
        assert phrase in text


def test_a_person_reads_it_in_dutch(ask, case):
    ask("incident", "advance", CASE, "corroborate", "--because", "hier ook gezien")
    text = ask("--language", "nl", "incident", "show", CASE).out
    for phrase in ("Radiostoring", "bevestigd", "stap", "bevestigen: hier ook gezien", "optreden, afsluiten"):
        assert phrase in text


def test_a_question_only_a_person_answers_is_shown_with_who_and_why(ask, case):
    assert "deliberate (security)  unknown" in ask("incident", "show", CASE).out
    text = ask("incident", "judge", CASE, "deliberate=yes", "--because", "it followed us").out
    assert "deliberate (security)  yes, says lina: it followed us" in text


def test_a_step_that_is_not_allowed_is_exit_2_with_those_there_are(ask, case):
    told = ask("incident", "advance", CASE, "resolve", "--because", "done")
    assert (told.code, told.out) == (2, "")
    assert "an incident that is suspected cannot resolve; it can corroborate or dismiss" in told.err


def test_whoever_was_overtaken_is_told_what_changed_with_exit_2(ask, case):
    assert ask("incident", "note", CASE, "I called them", "--seen", "1").code == 0
    told = ask(
        "incident", "advance", CASE, "dismiss", "--because", "nobody there", "--seen", "1", "--as", "omar"
    )
    assert told.code == 2
    assert "lina, note I called them (EV-1); read it again, and decide again" in told.err


def test_a_note_written_anew_shows_both(ask, case):
    ask("incident", "note", CASE, "jammer seen")
    text = ask("incident", "note", CASE, "carrier seen", "--replaces", "ev-1").out
    assert "jammer seen → EV-2" in text
    assert "carrier seen" in text


def test_looking_is_kept_once_an_hour_for_each_state_that_was_seen(ask, case, tmp_path):
    for words in (["show", CASE], ["show", CASE], ["note", CASE, "something new"], ["show", CASE]):
        assert ask("incident", *words).code == 0
    with open_evidence(tmp_path / "home", THE_NODE) as (_, log):
        looks = log.entries(Realm.REAL, kinds={EntryKind.ACCESS})
    assert [kept.entry.text("thing") for kept in looks] == [f"{CASE} as of EV-0", f"{CASE} as of EV-2"]


def test_an_event_joins_and_leaves_and_the_rules_judge_anew(ask, tmp_path):
    (tmp_path / "a.cdm").write_bytes(
        cdm_kvn.write([warning("HERE", hours_before=50.0, radial_m=60.0, sigma_m=90.0)])
    )
    assert ask("cdm", "import", "a.cdm").code == 0
    (event,) = [one["event_id"] for one in ask("--json", "event", "list").document()["listed"]]
    opened = ask("incident", "open", "--title", "Near", "--kind", "collision-risk", "--realm", "REAL")
    assert opened.code == 0
    joined = ask("--json", "incident", "join", CASE, event.lower(), "--because", "same pair").document()
    assert joined["event_ids"] == [event]
    assert joined["severity"]["automatic_because"].startswith("a collision")
    left = ask("--json", "incident", "leave", CASE, event, "--because", "another pair").document()
    assert left["event_ids"] == []
    assert "in doubt" in left["severity"]["automatic_because"]


def test_a_house_has_rules_of_its_own_and_a_bad_one_is_named_by_file_and_field(ask, tmp_path):
    shipped = (resources.files("baken.incident") / "priority_rules.toml").read_text()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "priority_rules.toml").write_text(
        shipped.replace('is = "moderate"', 'is = "severe"')
    )
    told = ask("--json", "incident", "open", "--title", "A", "--kind", "radio-interference").document()
    assert told["severity"]["automatic"] == "severe"
    (tmp_path / "home" / "priority_rules.toml").write_text(shipped.replace("\nat_least", "\natleast", 1))
    told = ask("incident", "open", "--title", "A", "--kind", "other")
    assert told.code == 2
    assert "priority_rules.toml: [[severity]] 2 atleast: no such field" in told.err


def test_the_rules_that_hold_are_printed_to_begin_with(ask, tmp_path):
    shipped = ask("incident", "rules").out
    assert shipped == (resources.files("baken.incident") / "priority_rules.toml").read_text()
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "priority_rules.toml").write_text(shipped + "# ours\n")
    assert ask("incident", "rules").out == shipped + "# ours\n"


def test_a_turn_of_the_watch_lets_the_rules_judge_open_incidents_anew(ask, tmp_path, invented_sky):
    told = ask("--json", "incident", "open", "--title", "Play", "--kind", "other", "--realm", "SIMULATED")
    name = told.document()["incident_id"]
    own = tmp_path / "home" / "priority_rules.toml"
    own.write_text(ask("incident", "rules").out.replace('is = "minor"', 'is = "severe"'))
    turned = ask("run", "--once", "--catalogue", invented_sky, "--days", "0.1")
    assert (turned.code, f"Judged anew by rule: {name}  Play" in turned.err) == (0, True)
    after = ask("--json", "incident", "show", name).document()
    assert (after["severity"]["automatic"], after["timeline"][-1]["by"]) == ("severe", "baken")
    assert "Judged anew" not in ask("run", "--once", "--catalogue", invented_sky, "--days", "0.1").err


def test_an_act_is_for_its_owner_only_unless_others_are_named(ask, case, tmp_path):
    ask("incident", "note", CASE, "for us")
    ask("incident", "note", CASE, "for both", "--releasable-to", "NL,DE")
    assert ask("incident", "note", CASE, "x", "--releasable-to", "NL,,").code == 2
    with open_evidence(tmp_path / "home", THE_NODE) as (_, log):
        notes = log.entries(Realm.REAL, kinds={EntryKind.NOTE})
    assert [kept.entry.marking.text for kept in notes] == ["owner only", "LOCAL: DE, NL"]


def test_an_exercise_is_a_world_of_its_own(ask, case):
    words = ("--title", "Play", "--kind", "breakup", "--realm", "EXERCISE")
    text = ask("incident", "open", *words).out
    assert text.startswith("EXER-IN26-0001  Play")
    assert "EXERCISE EXERCISE EXERCISE" in text
    for realm, wanted in (("REAL", CASE), ("EXERCISE", "EXER-IN26-0001")):
        told = ask("--json", "incident", "list", "--realm", realm).document()
        assert [one["incident_id"] for one in told["incidents"]] == [wanted]


def test_the_watch_is_offered_and_taken(ask, case):
    assert ask("incident", "handover", "--to", "omar", "--note", "call the harbour").code == 0
    refused = ask("incident", "handover", "--accept")
    assert (refused.code, "offered to omar, and you are lina" in refused.err) == (2, True)
    text = ask("incident", "handover", "--accept", "--as", "omar").out
    assert "Open incidents: 1" in text
    assert "On watch: omar" in text
    assert "omar took the watch of lina: call the harbour" in text
    assert ask("--json", "incident", "handover").document()["on_watch"] == "omar"


def test_a_report_is_taken_down_asked_after_added_to_and_taken_up(ask, tmp_path):
    assert ask("incident", "report", "--form").out == FORM
    (tmp_path / "report.toml").write_text(FILLED)
    (tmp_path / "spectrum.png").write_bytes(b"\x89PNG")
    receipt = ask("--json", "incident", "report", "report.toml", "--attach", "spectrum.png").document()
    asked = ("incident", "receipt", receipt["entry_id"], "--code", receipt["code"])
    assert "waits for an officer" in ask(*asked).out
    assert ask(*asked, "--add", "it came back").code == 0
    assert ask("incident", "receipt", receipt["entry_id"], "--code", "0" * 32).code == 2
    opened = ask("--json", "incident", "open", "--report", receipt["entry_id"]).document()
    assert (opened["stage"], opened["entry_ids"]) == ("suspected", ["EV-0", "EV-1"])
    assert ask("--json", *asked).document()["joined"] is True


SAID = ["A. Operator", "Made", "+31", "cyber-attack", "ground segment", "logins at night"]
SAID += ["2026-11-20T01:00:00Z", "", "ground", "", "", "IA-0007, EX-0001", "", ""]


def asked_with(ask, *answers):
    return ask("--json", "incident", "report", "--interactive", given="\n".join([*answers, ""]).encode())


def test_a_report_may_be_asked_field_by_field(ask):
    assert len(SAID) == len({*NEEDED, *WELCOME})
    told = asked_with(ask, *SAID)
    assert (told.code, told.document()["entry_id"]) == (0, "EV-0")


def test_a_field_that_cannot_be_is_asked_again_and_the_others_are_not(ask):
    wrong = [*SAID]
    wrong[3], wrong[10] = "war", "L band"
    told = asked_with(ask, *wrong, "cyber-attack", "1575.42e6")
    assert (told.code, told.document()["entry_id"]) == (0, "EV-0")
    assert "kind: is 'war'; choose one of" in told.err
    assert "frequency_hz: is 'L band'; write hertz" in told.err


def test_who_stops_halfway_has_reported_nothing(ask, tmp_path):
    assert asked_with(ask, *SAID[:5]).code == 130
    with open_evidence(tmp_path / "home", THE_NODE) as (_, log):
        assert log.size(Realm.REAL) == 0


def test_a_bad_report_is_named_by_file_and_field(ask, tmp_path):
    (tmp_path / "report.toml").write_text(FILLED.replace('"radio-interference"', '"war"'))
    told = ask("incident", "report", "report.toml")
    assert told.code == 2
    assert "report.toml: kind: is 'war'; choose one of" in told.err


def test_what_needs_somebody_is_proposed_with_the_command_that_accepts_it(ask):
    assert "No event that needs somebody now" in ask("incident", "gather").out
    assert ask("--json", "incident", "gather", "--apply").document() == {"proposals": [], "opened": []}
    assert "The rules say the same as before" in ask("incident", "update").out


def test_an_incident_nobody_opened_is_exit_2(ask):
    told = ask("incident", "show", "LOCAL-IN26-0404")
    assert (told.code, "baken incident list" in told.err) == (2, True)
