"""Is an incident what the log says of it, all of it, and nothing else?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.incident.history import BrokenHistory, incident_of
from baken.incident.lifecycle import NEXT, Step
from baken.records.evidence import EVIDENCE_KINDS, EntryKind, entry_id_of
from baken.records.incident import Answer, Effect, Stage
from baken.records.marking import Marking
from tests.incident.weighing import Case

OPENING = {
    "title": "A carrier on the uplink",
    "kind_of_incident": "radio-interference",
    "severity": "moderate",
    "severity_because": "a service is disturbed",
    "urgency": "today",
    "urgency_because": "it goes on now",
}


def opened() -> Case:
    case = Case()
    case.said("opened", actor="officer", **OPENING)
    return case


def test_a_new_incident_is_suspected_and_judged_by_rule_alone():
    one = incident_of(opened().entries)
    assert (one.stage, one.severity.stands, one.severity.because) == (
        Stage.SUSPECTED,
        "moderate",
        "a service is disturbed",
    )
    assert (one.severity.human, one.unintended, one.deliberate) == (None, Answer.UNKNOWN, Answer.UNKNOWN)


def test_a_person_judges_beside_the_rule_and_the_rule_stays():
    case = opened()
    case.said("judged", actor="officer", name="severity", value="severe", because="a lifeline")
    one = incident_of(case.entries)
    assert (one.severity.stands, one.severity.automatic, one.severity.by) == ("severe", "moderate", "officer")


def test_a_rule_that_judges_anew_leaves_the_persons_word_alone():
    case = opened()
    case.said("judged", actor="officer", name="severity", value="severe", because="a lifeline")
    case.said("judged", actor="baken", name="severity", value="serious", because="worse", by_rule=True)
    severity = incident_of(case.entries).severity
    assert (severity.stands, severity.automatic, severity.because) == ("severe", "serious", "worse")


def test_a_judgement_that_is_taken_back_leaves_the_rules():
    case = opened()
    case.said("judged", actor="officer", name="severity", value="severe", because="a lifeline")
    case.said("judged", actor="officer", name="severity", value="", because="mistaken")
    assert incident_of(case.entries).severity.stands == "moderate"
    assert len(incident_of(case.entries).timeline) == 3


def test_safety_and_security_are_two_questions():
    case = opened()
    case.said("judged", name="unintended", value="no", because="somebody aimed it")
    one = incident_of(case.entries)
    assert (one.unintended, one.deliberate) == (Answer.NO, Answer.UNKNOWN)


def test_effect_segment_kind_title_and_assignment_are_a_persons_to_say():
    case = opened()
    for name, value in (
        ("effect", "disrupt"),
        ("segment", "link"),
        ("reversible", "yes"),
        ("kind", "other"),
        ("title", "Two carriers"),
        ("assigned_to", "lina"),
    ):
        case.said("judged", name=name, value=value, because="seen")
    one = incident_of(case.entries)
    assert (one.effect, one.segment.value, one.kind.value) == (Effect.DISRUPT, "link", "other")
    assert (one.title, one.assigned_to, one.acknowledged) == ("Two carriers", "lina", False)


def test_an_assignment_holds_for_whoever_took_it_on_until_another_gets_it():
    case = opened()
    case.said("judged", name="assigned_to", value="lina")
    case.said("judged", actor="lina", name="acknowledged", value="lina")
    assert incident_of(case.entries).acknowledged
    case.said("judged", name="assigned_to", value="omar")
    assert not incident_of(case.entries).acknowledged


def test_a_note_written_anew_leaves_the_old_one_readable():
    case = opened()
    first = case.said("note", text="jammer seen at the harbour")
    second = case.said("note", text="carrier seen at the harbour", replaces=entry_id_of(first))
    notes = {
        m.entry_sequence: (m.text, m.replaced_by)
        for m in incident_of(case.entries).timeline
        if m.kind == "note"
    }
    assert notes == {
        first: ("jammer seen at the harbour", entry_id_of(second)),
        second: ("carrier seen at the harbour", ""),
    }


def test_what_left_an_incident_takes_its_objects_along_and_stays_in_the_timeline():
    case = opened()
    case.said("joined", event_id="NL-IF26-0001", object_ids=("OBJ-A", "OBJ-B"))
    case.said("joined", event_id="NL-IF26-0002", object_ids=("OBJ-B",))
    case.said("joined", entry_id="EV-77")
    case.said("joined", event_id="NL-IF26-0001", act="leave", because="another case")
    one = incident_of(case.entries)
    assert (one.event_ids, one.object_ids, one.entry_ids) == (("NL-IF26-0002",), ("OBJ-B",), ("EV-77",))
    assert sum("NL-IF26-0001" in moment.text for moment in one.timeline) == 2


@given(st.data())
def test_only_the_places_in_the_log_count(data):
    case = opened()
    for _ in range(data.draw(st.integers(0, 8))):
        stage = incident_of(case.entries).stage
        case.said("step", step=data.draw(st.sampled_from(sorted(NEXT[stage]))), because="so")
    case.said("note", text="last")
    shuffled = data.draw(st.permutations(case.entries))
    assert incident_of(shuffled) == incident_of(case.entries)


@given(st.lists(st.sampled_from(Step), max_size=6))
def test_a_step_that_was_not_allowed_is_found_in_the_log_by_its_entry(steps):
    case = opened()
    stage = Stage.SUSPECTED
    for step in steps:
        place = case.said("step", step=step.value, because="so")
        if step not in NEXT[stage]:
            with pytest.raises(BrokenHistory, match=f"{entry_id_of(place)} cannot stand"):
                incident_of(case.entries)
            return
        stage = NEXT[stage][step]
    assert incident_of(case.entries).stage is stage


@given(st.lists(st.sampled_from(["note", "statement", "gap", "decision"]), max_size=10))
def test_nothing_that_was_said_is_ever_missing_from_the_timeline(kinds):
    case = opened()
    for number, kind in enumerate(kinds):
        case.said(kind, text=f"said {number}", title=f"said {number}")
    told = [moment.text for moment in incident_of(case.entries).timeline]
    assert len(told) == len(case.entries)
    assert all(any(f"said {number}" in text for text in told) for number in range(len(kinds)))


BROKEN = [
    ("opened", OPENING, "opened is nothing that happens"),
    ("key", {"name": "a"}, "key is nothing that happens"),
    ("step", {"step": "fly"}, "'fly' is not a valid Step"),
    ("judged", {"name": "colour", "value": "red"}, "nothing called 'colour' is judged"),
    ("judged", {"name": "severity", "value": "awful"}, "'awful' is not a valid Severity"),
    ("judged", {"name": "severity", "value": "minor", "by_rule": True}, "analyst is no rule"),
]


@pytest.mark.parametrize(("kind", "fields", "why"), BROKEN)
def test_an_entry_that_cannot_stand_is_named_with_the_reason(kind, fields, why):
    case = opened()
    place = case.said(kind, **fields)
    with pytest.raises(BrokenHistory, match=why) as broken:
        incident_of(case.entries)
    assert str(broken.value).startswith(entry_id_of(place))


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("joined", {"event_id": "NL-CJ26-0001", "act": "leave"}, "leaves, and was not there"),
        ("joined", {}, "names not one thing"),
        ("note", {"text": "better", "replaces": "EV-40"}, "no earlier note"),
    ],
)
def test_nothing_leaves_that_was_not_there_and_nothing_is_replaced_that_was_not_said(kind, fields, why):
    case = opened()
    place = case.said(kind, **fields)
    with pytest.raises(Exception, match=why) as broken:
        incident_of(case.entries)
    assert str(broken.value).startswith(entry_id_of(place))


def test_a_history_without_its_opening_is_none():
    with pytest.raises(BrokenHistory, match="begins with its opening"):
        incident_of([])
    case = Case()
    case.said("note", text="alone")
    with pytest.raises(BrokenHistory, match="not with note"):
        incident_of(case.entries)


def test_every_kind_of_entry_changes_an_incident_stands_beside_it_or_is_refused():
    refused = set()
    for kind in EntryKind:
        case = opened()
        case.said(
            kind,
            step="corroborate",
            name="severity",
            value="minor",
            text="a",
            **({"entry_id": "EV-9"} if kind is EntryKind.JOINED else {}),
        )
        try:
            incident_of(case.entries)
        except BrokenHistory:
            refused.add(kind)
    of_a_response = {
        EntryKind.RESPONSE,
        EntryKind.NOTICE,
        EntryKind.REQUEST,
        EntryKind.SITUATION,
        EntryKind.LESSON,
        EntryKind.CONTACT,
    }
    of_the_node = {EntryKind.RELEASE, EntryKind.PEOPLE, EntryKind.POLICY}
    assert refused == {EntryKind.OPENED, EntryKind.KEY} | of_a_response | of_the_node
    assert not refused & EVIDENCE_KINDS


def relabelled(case, place, marking):
    case.entries[place] = replace(case.entries[place], relabelled=marking)


def test_a_step_by_somebody_who_did_not_see_an_earlier_one_changes_nothing_and_breaks_nothing():
    case = opened()
    relabelled(case, 0, Marking(owner="NL", releasable_to=frozenset({"DE"})))
    case.said("step", step="corroborate", because="not for all to see")
    case.said("step", step="corroborate", because="seen here only now")
    one = incident_of(case.entries)
    assert (one.stage, len(one.timeline)) == (Stage.CONFIRMED, 3)


def test_what_somebody_lets_go_who_did_not_see_it_leave_has_left():
    case = opened()
    case.said("joined", event_id="NL-CJ26-0001")
    relabelled(case, 1, Marking(owner="NL", releasable_to=frozenset({"DE"})))
    for because in ("not for all to see", "seen here only now"):
        case.said("joined", event_id="NL-CJ26-0001", act="leave", because=because)
    assert incident_of(case.entries).event_ids == ()
