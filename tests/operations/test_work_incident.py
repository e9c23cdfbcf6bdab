"""Can officers work on a case together, every act an entry, and is nothing overtaken unseen or deleted?"""

from dataclasses import replace

import pytest

from baken.errors import NoSuchRecord, WrongUsage
from baken.evidence.sealing import seal
from baken.incident.lifecycle import Step, StepNotAllowed
from baken.operations import join_incident, work_incident
from baken.operations.case_entries import entries_of_case
from baken.operations.evidence_ports import EvidenceLog, Overtaken
from baken.operations.judge_by_rules import judge_anew
from baken.operations.relabel import relabel
from baken.operations.standing_log import StandingLog
from baken.records.event import Event, EventId, EventKind
from baken.records.evidence import EntryKind
from baken.records.incident import IncidentKind, Stage, read_incident_id
from baken.records.marking import Marking, Realm
from tests.makers import meeting
from tests.operations.cases import desk_of, opened, shipped_rules


def event(number=1, finding=None) -> Event:
    return Event(
        event_id=EventId(node="NL", kind=EventKind.CONJUNCTION, year=2026, number=number),
        finding=finding or meeting(number),
    )


def said(log: EvidenceLog, case) -> list[str]:
    return [kept.entry.kind.value for kept in log.entries(Realm.REAL, subject=str(case.incident_id))]


def test_a_case_lives_from_suspicion_to_close_and_may_be_reopened():
    desk = desk_of()
    case = opened(desk)
    for step, stage in (
        (Step.CORROBORATE, Stage.CONFIRMED),
        (Step.RESPOND, Stage.RESPONDING),
        (Step.STABILISE, Stage.STABLE),
        (Step.RESOLVE, Stage.CLOSED),
        (Step.REOPEN, Stage.REOPENED),
    ):
        assert work_incident.step_further(desk, case.incident_id, step, "so it is").stage is stage


def test_a_step_that_is_not_allowed_or_has_no_reason_leaves_no_entry():
    desk = desk_of()
    case = opened(desk)
    with pytest.raises(StepNotAllowed, match="it can corroborate or dismiss"):
        work_incident.step_further(desk, case.incident_id, Step.RESOLVE, "done")
    with pytest.raises(WrongUsage, match="reason"):
        work_incident.step_further(desk, case.incident_id, Step.CORROBORATE, " ")
    assert said(desk.log, case) == ["opened"]


def test_of_two_officers_at_once_the_second_is_told_what_changed_and_nothing_of_his_is_kept():
    first = desk_of("lina")
    second = desk_of("omar", log=first.log)
    case = opened(first)
    work_incident.step_further(first, case.incident_id, Step.DISMISS, "a test of ours", seen=case.n_entries)
    with pytest.raises(Overtaken, match=r"lina, step dismiss: a test of ours \(EV-1\); read it again"):
        work_incident.step_further(second, case.incident_id, Step.CORROBORATE, "real", seen=case.n_entries)
    assert said(first.log, case) == ["opened", "step"]


def test_who_writes_in_the_very_moment_of_another_is_told_too():
    desk = desk_of("lina")
    case = opened(desk)
    late = work_incident.incident(desk.log, case.incident_id)
    work_incident.note(desk_of("omar", log=desk.log), case.incident_id, "I called them")
    entry = desk.entry(EntryKind.NOTE, str(case.incident_id), case.realm, ("text", "nobody called"))
    with pytest.raises(Overtaken, match="omar, note I called them"):
        work_incident.add_to(desk, late, entry)


def test_who_has_seen_more_than_there_is_has_seen_something_else():
    desk = desk_of()
    case = opened(desk)
    with pytest.raises(Overtaken, match="has 1 entries, not 9"):
        work_incident.note(desk, case.incident_id, "a note", seen=9)


def test_no_act_takes_an_entry_away_or_changes_one():
    desk = desk_of("lina")
    case = opened(desk, events=[event()])
    before = desk.log.entries(Realm.REAL)
    work_incident.note(desk, case.incident_id, "first")
    work_incident.note(desk, case.incident_id, "second", "EV-3")
    work_incident.judge(desk, case.incident_id, "title", "Renamed", "")
    join_incident.leave(desk, case.incident_id, "NL-CJ26-0001", "another case")
    work_incident.step_further(desk, case.incident_id, Step.DISMISS, "nothing")
    after = desk.log.entries(Realm.REAL)
    assert after[: len(before)] == before
    assert all(seal(kept.entry, kept.sealed.secret).commitment == kept.sealed.commitment for kept in after)
    assert not [name for name in dir(EvidenceLog) if "delete" in name or "remove" in name or "change" in name]


def test_a_note_replaces_only_a_note_of_its_own_case_and_the_newest():
    desk = desk_of()
    case, other = opened(desk), opened(desk)
    work_incident.note(desk, case.incident_id, "first")
    for replaces, why in (("EV-0", "no note"), ("EV-99", "no note")):
        with pytest.raises(WrongUsage, match=why):
            work_incident.note(desk, case.incident_id, "better", replaces)
    with pytest.raises(WrongUsage, match="no note of"):
        work_incident.note(desk, other.incident_id, "better", "EV-2")
    work_incident.note(desk, case.incident_id, "second", "EV-2")
    with pytest.raises(WrongUsage, match="was replaced by EV-3"):
        work_incident.note(desk, case.incident_id, "third", "EV-2")


@pytest.mark.parametrize(
    ("name", "value", "because", "why"),
    [
        ("severity", "awful", "so", "severity is one of minor, moderate, serious, severe"),
        ("severity", "severe", "", "has a reason"),
        ("colour", "red", "so", "colour cannot be judged; assigned_to, deliberate"),
        ("acknowledged", "omar", "so", "cannot be judged"),
        ("title", " ", "", "cannot be empty"),
        ("effect", "", "so", "cannot be empty"),
    ],
)
def test_a_judgement_that_may_not_stand_is_refused_and_nothing_is_kept(name, value, because, why):
    desk = desk_of()
    case = opened(desk)
    with pytest.raises(WrongUsage, match=why):
        work_incident.judge(desk, case.incident_id, name, value, because)
    assert said(desk.log, case) == ["opened"]


def test_nobody_judges_in_the_name_of_the_rules():
    case = opened(desk := desk_of("baken"))
    with pytest.raises(WrongUsage, match="under his own name"):
        work_incident.judge(desk, case.incident_id, "severity", "minor", "quiet, please")


def test_only_whoever_has_it_takes_it_on_and_once():
    desk = desk_of("lina")
    case = opened(desk)
    with pytest.raises(WrongUsage, match="assigned to nobody, and you are lina"):
        work_incident.acknowledge(desk, case.incident_id)
    work_incident.judge(desk, case.incident_id, "assigned_to", "omar", "")
    omar = desk_of("omar", log=desk.log)
    assert work_incident.acknowledge(omar, case.incident_id).acknowledged
    with pytest.raises(WrongUsage, match="already"):
        work_incident.acknowledge(omar, case.incident_id)


def test_an_event_joins_with_its_finding_once_and_leaves_with_its_evidence():
    desk = desk_of()
    case = opened(desk)
    join_incident.join_event(desk, case.incident_id, event(), "same pair")
    with pytest.raises(WrongUsage, match="already"):
        join_incident.join_event(desk, case.incident_id, event())
    assert [kept.entry.kind.value for kept in entries_of_case(desk.log, case.incident_id)] == [
        "opened",
        "finding",
        "joined",
    ]
    after = join_incident.leave(desk, case.incident_id, "NL-CJ26-0001", "another pair")
    assert (after.event_ids, after.object_ids) == ((), ())
    assert "finding" not in [kept.entry.kind.value for kept in entries_of_case(desk.log, case.incident_id)]
    with pytest.raises(WrongUsage, match="is not in"):
        join_incident.leave(desk, case.incident_id, "NL-CJ26-0001", "again")


def test_only_evidence_joins_and_once():
    desk = desk_of()
    case = opened(desk)
    with pytest.raises(WrongUsage, match="EV-0 is opened, and no evidence"):
        join_incident.join_entry(desk, case.incident_id, 0)
    (kept,) = desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, ("title", "heard")))
    assert join_incident.join_entry(desk, case.incident_id, kept.sequence).entry_ids == (kept.entry_id,)
    with pytest.raises(WrongUsage, match="already"):
        join_incident.join_entry(desk, case.incident_id, kept.sequence)


def test_worlds_never_mix():
    desk = desk_of()
    with pytest.raises(WrongUsage, match="worlds never mix"):
        opened(desk, realm=Realm.EXERCISE, events=[event()])
    case = opened(desk, realm=Realm.EXERCISE)
    assert str(case.incident_id) == "EXER-IN26-0001"
    with pytest.raises(WrongUsage, match="worlds never mix"):
        join_incident.join_event(desk, case.incident_id, event())


def test_an_incident_is_for_nobody_for_whom_one_of_its_events_is_not():
    wide = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    desk = replace(desk_of(), marking=wide)
    assert opened(desk).marking == wide
    assert opened(desk, events=[event()]).marking.is_most_restrictive


def test_the_rules_judge_anew_what_joined_and_leave_the_person_alone():
    desk = desk_of("lina")
    case = opened(desk, kind=IncidentKind.COLLISION_RISK, events=[event(1, meeting(1, probability=1e-9))])
    rules = shipped_rules()
    assert judge_anew(desk, case.incident_id, rules).severity.stands == "minor"
    join_incident.join_event(desk, case.incident_id, event(2, meeting(2, probability=0.02)))
    after = judge_anew(desk, case.incident_id, rules)
    assert (after.severity.stands, after.timeline[-1].actor) == ("serious", "baken")
    work_incident.judge(desk, case.incident_id, "severity", "moderate", "we know these orbits")
    same = judge_anew(desk, case.incident_id, rules)
    assert (same.severity.stands, same.severity.automatic) == ("moderate", "serious")
    assert judge_anew(desk, case.incident_id, rules) == same


def test_an_incident_nobody_opened_is_not_there():
    with pytest.raises(NoSuchRecord, match="baken incident list"):
        work_incident.incident(desk_of().log, read_incident_id("NL-IN26-0404"))


def test_incidents_of_a_world_are_all_there_in_order():
    desk = desk_of()
    for _ in range(3):
        opened(desk)
    opened(desk, realm=Realm.EXERCISE)
    names = [str(one.incident_id) for one in work_incident.incidents(desk.log, Realm.REAL)]
    assert names == ["NL-IN26-0001", "NL-IN26-0002", "NL-IN26-0003"]


def test_what_joins_later_is_told_no_wider_than_it_was_found():
    wide = Marking(owner="NL", releasable_to=frozenset({"DE"}))
    desk = replace(desk_of(), marking=wide)
    case = opened(desk)
    secret = event(finding=meeting(1, probability=1e-2))
    join_incident.join_event(desk, case.incident_id, secret)
    judge_anew(desk, case.incident_id, shipped_rules())
    join_incident.leave(desk, case.incident_id, str(secret.event_id), "it is another's")
    kept = desk.log.entries(Realm.REAL, subject=str(case.incident_id))
    told = [one.entry for one in kept if one.entry.kind in (EntryKind.JOINED, EntryKind.JUDGED)]
    assert {entry.kind for entry in told} == {EntryKind.JOINED, EntryKind.JUDGED}
    assert all(entry.marking.is_most_restrictive for entry in told)


def test_what_rules_judge_is_told_no_wider_than_the_label_of_a_finding_that_stands():
    wide = Marking(owner="NL", releasable_to=frozenset({"DE"}))
    desk = replace(desk_of(), marking=wide)
    desk = replace(desk, log=StandingLog(desk.log))
    case = opened(desk)
    found = replace(meeting(1, probability=1e-2), marking=wide)
    join_incident.join_event(desk, case.incident_id, event(finding=found))
    (kept,) = desk.log.entries(Realm.REAL, kinds={EntryKind.FINDING})
    relabel(desk, kept, Marking(owner="NL"), node="NL", because="it shows what we see")
    judge_anew(desk, case.incident_id, shipped_rules())
    judged = desk.log.entries(Realm.REAL, subject=str(case.incident_id), kinds={EntryKind.JUDGED})
    assert judged
    assert all(one.marking.is_most_restrictive for one in judged)
