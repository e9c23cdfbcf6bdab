"""Can somebody read how a response went, report meanwhile, keep lessons, and carry its clocks along?"""

import icalendar
import pytest

from baken.astro.time import tai_ns_from_utc
from baken.operations.response_state import response
from baken.records.evidence import EntryKind
from baken.records.incident import read_incident_id
from baken.records.marking import Realm
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence

CASE = "LOCAL-IN26-0001"
NOW_TAI_NS = tai_ns_from_utc("2026-11-25T12:00:00Z")
HOUR_NS = 3_600 * 10**9


@pytest.fixture
def clock(monkeypatch):
    """The officer's clock, which a test turns on."""
    monkeypatch.setenv("BAKEN_ACTOR", "lina")
    hands = {"now": NOW_TAI_NS}
    monkeypatch.setattr("baken.cli.incident.now_tai_ns", lambda: hands["now"])
    return hands


@pytest.fixture
def begun(ask, clock):
    """A response to a grave cyber incident."""
    words = ("--title", "Modems fall silent", "--kind", "cyber-attack", "--because", "two calls")
    ask("incident", "open", *words)
    ask("incident", "judge", CASE, "severity=serious", "--because", "energy depends on it")
    assert ask("respond", "start", CASE, "--because", "energy depends on it").code == 0


def test_a_report_is_read_and_written_in_two_languages(ask, begun, tmp_path):
    english = ask("respond", "after-action", CASE, "-o", "report.pdf")
    assert (english.code, english.err.strip()) == (0, "report.pdf")
    assert "After-action report: Modems fall silent" in english.out
    assert "ILLUSTRATIVE: nobody has adopted this mechanism" in english.out
    assert "Evaluatie van het optreden" in ask("--language", "nl", "respond", "after-action", CASE).out
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    document = ask("--json", "respond", "after-action", CASE).document()
    assert document["chronicle"]["rows"][0][1:3] == ["The response began", "lina"]


def test_that_a_response_was_read_is_kept(ask, begun, tmp_path):
    ask("respond", "after-action", CASE, "--as", "omar")
    with open_evidence(tmp_path / "home", THE_NODE) as (_, log):
        readers = {kept.entry.actor for kept in log.entries(Realm.REAL, kinds={EntryKind.ACCESS})}
    assert "omar" in readers


def test_a_report_that_is_due_is_drafted_put_off_and_made(ask, begun, clock, tmp_path):
    refused = ask("respond", "situation", CASE, "all is well")
    assert refused.code == 2
    assert "no situation report of cyber is due" in refused.err
    clock["now"] = NOW_TAI_NS + 6 * HOUR_NS
    ask("respond", "drop", CASE, "csirt-answer", "--because", "the engine looks around")
    draft = ask("respond", "situation", CASE, "--draft").out
    assert "DRAFT of situation report 1" in draft
    assert "Overdue:" in draft
    later = ask("--json", "respond", "situation", CASE, "--delay-until", "2026-11-25T20:00:00Z",
                "--because", "the IAO meets first").document()["situations"]  # fmt: skip
    assert [(one["due_utc"], one["issued_utc"]) for one in later] == [("2026-11-25T20:00:00Z", None)]
    made = ask("--json", "respond", "situation", CASE, "Access is closed.").document()["situations"]
    assert [(one["issued_by"], one["text"]) for one in made] == [("lina", "Access is closed.")]
    with open_evidence(tmp_path / "home", THE_NODE) as (_, log):
        found = response(log, read_incident_id(CASE))
    assert {one.stage for one in found.notices if one.kind == "situation"} == {"drafted"}


def test_a_report_says_one_thing_at_a_time(ask, begun):
    told = ask("respond", "situation", CASE, "text", "--draft")
    assert told.code == 2
    assert "--delay-until, or --draft" in told.err


def test_a_lesson_is_noted_and_closed(ask, begun):
    noted = ask("--json", "respond", "lesson", CASE, "Add a number", "--owner", "omar", "--due", "2026-12-01")
    assert noted.document()["lessons"][0]["owner"] == "omar"
    assert ask("respond", "lesson", CASE, "Sooner", "--due", "next spring").code == 2
    closed = ask("--json", "respond", "lesson-close", CASE, "l-1", "--because", "added")
    assert closed.document()["lessons"][0]["closed_because"] == "added"
    assert ask("respond", "lesson-close", CASE, "L-1", "--because", "again").code == 2


def test_clocks_leave_as_a_calendar_and_are_taken_away_by_a_later_one(ask, begun, clock, tmp_path):
    assert "Due: Contain the damage" in ask("respond", "clocks", CASE).out
    assert ask("respond", "clocks", "--ics", "clocks.ics").code == 0
    first = icalendar.Calendar.from_ical((tmp_path / "clocks.ics").read_bytes()).walk("VEVENT")
    assert {event["status"] for event in first} == {"CONFIRMED"}
    clock["now"] += HOUR_NS
    ask("respond", "stand-down", CASE, "--because", "service is restored")
    ask("respond", "clocks", CASE, "--ics", "clocks.ics")
    later = icalendar.Calendar.from_ical((tmp_path / "clocks.ics").read_bytes()).walk("VEVENT")
    assert {str(event["uid"]) for event in first} <= {str(event["uid"]) for event in later}
    assert {event["status"] for event in later} == {"CANCELLED"}
