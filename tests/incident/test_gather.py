"""Do events come together that are one case, each with its reason, and does nothing else?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.incident.gather import DAY_NS, HOUR_NS, KIND_OF, SENTENCES, TIES, proposals, tie_between
from baken.incident.wording import objections_to
from baken.records.event import Event, EventId, EventKind, Finding
from baken.records.incident import Incident, IncidentKind, Judgement, Moment, Stage, read_incident_id
from baken.records.marking import Realm
from tests.makers import broken_up, falling, meeting

BY_RULE = Judgement(automatic="minor", because="a rule")
CASE_ID = read_incident_id("NL-IN26-0001")


def seen(kind, *object_ids, days=0.0, span_h=1.0, **measures) -> Finding:
    start_tai_ns = round(days * DAY_NS)
    return Finding(
        kind=kind,
        encounter_key=f"{kind} {object_ids} {days}",
        object_ids=tuple(sorted(object_ids)),
        start_tai_ns=start_tai_ns,
        peak_tai_ns=start_tai_ns,
        end_tai_ns=start_tai_ns + round(span_h * HOUR_NS),
        measures=tuple(measures.items()),
        because="seen",
    )


def named(*findings) -> list[Event]:
    return [
        Event(event_id=EventId(node="NL", kind=each.kind, year=2026, number=number), finding=each)
        for number, each in enumerate(findings, 1)
    ]


def case_with(*events, stage=Stage.CONFIRMED, timeline=()) -> Incident:
    return Incident(
        incident_id=CASE_ID,
        title="a case",
        kind=IncidentKind.OTHER,
        stage=stage,
        opened_at_tai_ns=0,
        changed_at_tai_ns=0,
        severity=BY_RULE,
        urgency=BY_RULE,
        event_ids=tuple(str(event.event_id) for event in events),
        timeline=timeline,
    )


def told(found):
    return [(one.tie, one.kind.value, len(one.events), one.joins) for one in found]


def test_every_kind_of_event_may_become_an_incident():
    assert set(KIND_OF) == set(EventKind)
    assert {tie.kinds <= set(EventKind) for tie in TIES} == {True}


def test_no_reason_of_a_proposal_names_a_state_or_a_motive():
    assert {tie.name for tie in TIES} | {"alone"} == set(SENTENCES)
    assert [text for text in SENTENCES.values() if objections_to(text)] == []


def test_a_meeting_after_which_one_object_broke_up_is_proposed_as_a_collision():
    events = named(meeting(hours=-30.0), broken_up("OBJ-A0000", hours=-30.2))
    (one,) = proposals(events, [], {})
    assert told([one]) == [("met_and_broke_up", "collision", 2, None)]
    assert one.because == (
        "NL-CJ26-0001, NL-FR26-0002: two objects were to meet, and one of them broke up about then"
    )


@pytest.mark.parametrize(("hours", "tied"), [(-36.9, True), (-37.1, False), (-23.1, True), (-22.9, False)])
def test_a_meeting_is_tied_to_a_breakup_within_six_hours_of_its_span(hours, tied):
    # The made breakup spans 29 to 31 hours before the epoch.
    tie = tie_between(meeting(hours=hours), broken_up("OBJ-A0000", hours=-30.0))
    assert (tie is not None) is tied


def test_a_breakup_of_somebody_else_is_another_case():
    assert len(proposals(named(meeting(hours=-30.0), broken_up("OBJ-X", hours=-30.0)), [], {})) == 2


def test_what_comes_down_by_the_name_of_a_fragment_belongs_to_its_breakup_a_year_later():
    breakup = broken_up("OBJ-PARENT", parent_name="MADE")
    assert tie_between(falling(name="MADE DEB", hours=9_000.0), breakup).name == "fragment_comes_down"
    assert tie_between(falling(name="OTHER DEB", hours=9_000.0), breakup) is None
    assert tie_between(falling(name="MADE DEB", hours=-9_000.0), breakup) is None


def test_interference_over_days_is_one_case():
    events = named(*(seen(EventKind.INTERFERENCE, "OBJ-1", days=day) for day in (0, 5, 10, 15)))
    assert told(proposals(events, [], {})) == [("seen_again", "radio-interference", 4, None)]


def test_interference_after_a_quiet_fortnight_is_another_case():
    events = named(*(seen(EventKind.INTERFERENCE, "OBJ-1", days=day) for day in (0, 15)))
    assert told(proposals(events, [], {})) == [("alone", "radio-interference", 1, None)] * 2


def test_one_satellite_that_meets_many_is_not_one_case_with_all_of_them():
    events = named(*(seen(EventKind.CONJUNCTION, "OBJ-1", f"OBJ-2{n}") for n in range(5)))
    assert len(proposals(events, [], {})) == 5


def test_who_moved_and_came_near_is_one_case():
    events = named(seen(EventKind.MANOEUVRE, "OBJ-1"), seen(EventKind.PROXIMITY, "OBJ-1", "OBJ-2", days=9))
    assert told(proposals(events, [], {})) == [("moved_and_came_near", "unfriendly-approach", 2, None)]


def test_a_new_event_joins_the_open_case_of_what_it_is_tied_to():
    first, second = named(*(seen(EventKind.INTERFERENCE, "OBJ-1", days=day) for day in (0, 2)))
    found = proposals([first, second], [case_with(first)], {CASE_ID: [first]})
    assert told(found) == [("seen_again", "radio-interference", 1, CASE_ID)]
    assert found[0].events == (second,)


def test_what_is_over_takes_nothing_in_and_what_belongs_to_it_is_not_proposed_again():
    first, second = named(*(seen(EventKind.INTERFERENCE, "OBJ-1", days=day) for day in (0, 2)))
    found = proposals([first, second], [case_with(first, stage=Stage.CLOSED)], {})
    assert [(one.events, one.joins) for one in found] == [((second,), None)]


def test_what_a_person_took_out_of_a_case_is_not_proposed_for_it_again():
    first, second = named(*(seen(EventKind.INTERFERENCE, "OBJ-1", days=day) for day in (0, 2)))
    left = Moment(
        at_tai_ns=0,
        kind="joined",
        actor="officer",
        text="",
        entry_sequence=3,
        said=(("event_id", str(second.event_id)), ("act", "leave")),
    )
    found = proposals([first, second], [case_with(first, timeline=(left,))], {CASE_ID: [first]})
    assert [one.joins for one in found] == [None]


def test_worlds_never_come_together():
    one = seen(EventKind.INTERFERENCE, "OBJ-1")
    assert tie_between(one, one).name == "seen_again"
    assert tie_between(one, replace(one, realm=Realm.EXERCISE)) is None


FINDINGS = st.lists(
    st.builds(
        lambda kind, number, day: seen(kind, f"OBJ-{number}", days=day, name="A DEB", parent_name="A"),
        st.sampled_from(EventKind),
        st.integers(0, 3),
        st.integers(0, 60),
    ),
    max_size=10,
)


@pytest.mark.capability(
    "Gathering of events into incidents",
    status="MODELLED",
    authority="made events of every kind, in any order; on real cases not measured",
)
@given(FINDINGS, st.randoms())
def test_every_event_is_proposed_once_and_the_groups_do_not_depend_on_the_order(findings, luck):
    events = named(*findings)
    groups = {frozenset(each.event_id for each in one.events) for one in proposals(events, [], {})}
    assert sum(map(len, groups)) == len(set().union(*groups)) == len(events)
    shuffled = list(events)
    luck.shuffle(shuffled)
    assert groups == {frozenset(each.event_id for each in one.events) for one in proposals(shuffled, [], {})}


@given(FINDINGS)
def test_a_tie_is_the_same_both_ways(findings):
    for one in findings:
        for other in findings:
            assert tie_between(one, other) == tie_between(other, one)
