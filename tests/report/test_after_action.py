"""Does a report about a response read well in two languages, name no motive, and stay itself?"""

import io
import re

import icalendar
import pypdf
import pytest

from baken.astro.time import utc_text
from baken.formats.icalendar import write_icalendar
from baken.incident.wording import objections_to
from baken.operations.brief_decision import may_say
from baken.operations.look_back import after_action, clocks_in_calendar, draft_situation
from baken.operations.report_situation import close_lesson, note_lesson
from baken.operations.response_state import response
from baken.records.incident import IncidentKind
from baken.records.marking import OWNER_ONLY, Realm
from baken.report.after_action_page import after_action_data
from baken.report.words import LANGUAGES, Speech
from baken.wiring.pages import pdf_of_after_action
from tests.respond.rehearsed import HOUR_NS, OPENED_TAI_NS, mail_down, nobody_answers, play, silent_officer

LATER_TAI_NS = OPENED_TAI_NS + 72 * HOUR_NS
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def told(played):
    return after_action(played.log, played.incident_id, as_of_tai_ns=LATER_TAI_NS, code_version="1")


def words(data) -> str:
    if isinstance(data, dict):
        return "\n".join(map(words, data.values()))
    return "\n".join(map(words, data)) if isinstance(data, list | tuple) else str(data)


@LANGUAGE
def test_the_same_log_gives_the_same_page_byte_for_byte(language):
    first = pdf_of_after_action(told(silent_officer()), language, may_say)
    assert first == pdf_of_after_action(told(silent_officer()), language, may_say)
    reader = pypdf.PdfReader(io.BytesIO(first))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert str(reader.root_object["/Lang"]).startswith(language)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert {"en": "After-action report", "nl": "Evaluatie van het optreden"}[language] in text


@LANGUAGE
@pytest.mark.parametrize("played", [silent_officer, mail_down, nobody_answers])
def test_no_figure_and_no_name_is_left_unsaid(language, played):
    text = words(after_action_data(told(played()), Speech(language), may_say))
    assert not re.search(r"[{}]|\bNone\b|tai_ns|\bafter\.", text)


def test_a_silent_officer_is_told_in_both_languages():
    english = words(after_action_data(told(silent_officer()), Speech("en"), may_say))
    assert (
        "went on from NCC duty officer, 24/7 to Head of the NCC, or whoever deputises: not acknowledged"
        in english
    )
    assert "not acknowledged, by role: NCC duty officer, 24/7 (3)" in english
    assert "EXERCISE EXERCISE EXERCISE" in english
    dutch = words(after_action_data(told(silent_officer()), Speech("nl"), may_say))
    assert "ging van Officier van dienst NCC, 24/7 naar Hoofd NCC, of wie vervangt: niet bevestigd" in dutch


def test_a_lesson_has_its_owner_its_date_and_its_end_and_names_no_state():
    played = play("ncc-duty")
    desk = played.desk("lina", OPENED_TAI_NS + HOUR_NS)
    note_lesson(desk, played.incident_id, "Add a second number", owner="omar", due_on="2026-04-01")
    note_lesson(desk, played.incident_id, "The French attacked the modems")
    close_lesson(desk, played.incident_id, "L-1", "number added")
    data = after_action_data(told(played), Speech("en"), may_say)
    first, second = data["lessons"]["rows"]
    assert first == (
        "L-1",
        "“Add a second number”",
        "omar",
        "2026-04-01",
        "closed 2 Mar 05:00: “number added”",
    )
    assert "not printed" in second[1]
    assert "French" not in words(data)


@pytest.mark.parametrize("kind", IncidentKind)
def test_a_draft_speaks_of_tasks_and_could_be_issued_as_it_reads(kind):
    played = nobody_answers(hours=25.0, kind=kind)
    found = response(played.log, played.incident_id)
    for language in LANGUAGES:
        say = Speech(language)
        draft = draft_situation(
            played.log, played.incident_id, at_tai_ns=OPENED_TAI_NS + 25 * HOUR_NS, say=say
        )
        assert objections_to(draft) == ()
        assert re.search("Overdue: |Te laat: ", draft)
    assert response(played.log, played.incident_id) == found


def calendar_of(played, made_tai_ns):
    entries = clocks_in_calendar(played.log, played.incident_id, Speech("en"))
    written = write_icalendar(entries, made_tai_ns=made_tai_ns, realm=Realm.EXERCISE, marking=OWNER_ONLY)
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(written).walk("VEVENT")}


def test_a_later_calendar_takes_away_what_an_earlier_one_brought():
    # The same play, looked at before its end and after.
    early, late = play("ncc-duty", hours=0.1), silent_officer()
    first = calendar_of(early, OPENED_TAI_NS + HOUR_NS)
    after = calendar_of(late, OPENED_TAI_NS + 60 * HOUR_NS)
    running = {uid for uid, event in first.items() if event["status"] == "CONFIRMED"}
    assert running
    assert running <= set(after)
    assert {event["status"] for event in after.values()} == {"CANCELLED"}
    assert all(after[uid]["sequence"] > first[uid]["sequence"] for uid in running)


def test_an_entry_ends_at_its_deadline_and_says_its_world():
    played = nobody_answers()
    plan = response(played.log, played.incident_id).plans[0]
    (event,) = (e for uid, e in calendar_of(played, LATER_TAI_NS).items() if "/contain/task" in uid)
    assert f"{event.decoded('dtend'):%Y-%m-%dT%H:%M:%SZ}" == utc_text(plan.of("contain").due_at_tai_ns, 0)
    assert str(event["summary"]).startswith("EXERCISE: Due: ")
    assert event["class"] == "CONFIDENTIAL"
