"""Does whoever takes the watch learn what is open, what changed, whose clock runs, and what nobody knows?"""

from dataclasses import replace

import pytest

from baken.astro.time import utc_text
from baken.errors import WrongUsage
from baken.incident.handover import clocks_of, handovers_of
from baken.incident.lifecycle import Step
from baken.operations import work_incident
from baken.operations.evidence_ports import Overtaken
from baken.operations.hand_over_watch import offer_watch, take_watch, watch_state
from baken.operations.join_incident import join_entry
from baken.operations.reader_labels import Labels
from baken.operations.reader_log import ReaderLog
from baken.operations.receive_report import receive_report
from baken.records.event import Event, EventId, EventKind
from baken.records.evidence import EntryKind
from baken.records.handling import Handling
from baken.records.marking import Marking, Realm
from baken.report.watch_text import watch_lines
from baken.report.words import LANGUAGES, WORDS, Speech
from tests.makers import HOUR_NS, falling, meeting
from tests.operations.cases import NOON_TAI_NS, desk_of, opened
from tests.operations.test_receive_report import REPORT
from tests.operations.two_worlds import hides_nothing, shows_everything


def at(desk, hours, actor=None):
    return replace(desk, at_tai_ns=NOON_TAI_NS + round(hours * HOUR_NS), actor=actor or desk.actor)


def state(desk):
    return watch_state(desk.log, Realm.REAL, now_tai_ns=desk.at_tai_ns)[0]


def coming_down(hours) -> Event:
    return Event(
        event_id=EventId(node="NL", kind=EventKind.REENTRY, year=2026, number=1),
        finding=falling(hours=hours, half_width_h=2.0, at_tai_ns=NOON_TAI_NS),
    )


def test_the_watch_passes_in_two_acts():
    desk = desk_of("lina")
    offer_watch(desk, Realm.REAL, to="omar", text="call the harbour")
    assert state(desk).on_watch == ""
    omar = at(desk, 1.0, "omar")
    taken = take_watch(omar, Realm.REAL)
    assert (taken.offered_by, taken.accepted_by, taken.note) == ("lina", "omar", "call the harbour")
    assert (state(omar).on_watch, state(omar).since_tai_ns) == ("omar", omar.at_tai_ns)


def test_nobody_takes_what_was_not_offered_to_him():
    desk = desk_of("lina")
    with pytest.raises(WrongUsage, match="nobody has offered the watch"):
        take_watch(desk, Realm.REAL)
    with pytest.raises(WrongUsage, match="say to whom"):
        offer_watch(desk, Realm.REAL, to=" ", text="")
    offer_watch(desk, Realm.REAL, to="omar", text="")
    with pytest.raises(WrongUsage, match="offered to omar, and you are lina"):
        take_watch(desk, Realm.REAL)
    take_watch(at(desk, 0.1, "omar"), Realm.REAL)
    with pytest.raises(WrongUsage, match="nobody has offered"):
        take_watch(at(desk, 0.2, "omar"), Realm.REAL)


def test_a_later_offer_stands_in_place_of_the_earlier():
    desk = desk_of("lina")
    offer_watch(desk, Realm.REAL, to="omar", text="")
    offer_watch(desk, Realm.REAL, to="iris", text="")
    with pytest.raises(WrongUsage, match="offered to iris"):
        take_watch(at(desk, 0.1, "omar"), Realm.REAL)
    assert take_watch(at(desk, 0.1, "iris"), Realm.REAL).accepted_by == "iris"


def test_two_who_offer_at_once_do_not_both(monkeypatch):
    desk = desk_of("lina")
    keep = type(desk).keep

    def slow(self, *entries, seen=None):
        if self.actor == "lina":
            offer_watch(at(desk, 0.0, "iris"), Realm.REAL, to="omar", text="")
        return keep(self, *entries, seen=seen)

    monkeypatch.setattr(type(desk), "keep", slow)
    with pytest.raises(Overtaken):
        offer_watch(desk, Realm.REAL, to="omar", text="")


def test_what_is_told_is_kept_with_the_offer_word_for_word():
    desk = desk_of("lina")
    opened(desk, title="Odd carrier")
    offer_watch(desk, Realm.REAL, to="omar", text="", language="nl")
    kept = desk.log.entries(Realm.REAL, kinds={EntryKind.HANDOVER})[-1].entry
    before = watch_state(desk.log, Realm.REAL, now_tai_ns=desk.at_tai_ns)[0]
    assert kept.value("told") == watch_lines(before, Speech("nl"))
    assert any("Odd carrier" in line for line in kept.value("told"))


def test_the_most_urgent_is_first_and_what_is_over_is_not_there():
    desk = desk_of("lina")
    calm, urgent, over = opened(desk), opened(desk), opened(desk)
    work_incident.judge(desk, urgent.incident_id, "urgency", "now", "it burns")
    work_incident.step_further(desk, over.incident_id, Step.DISMISS, "a test")
    assert [one.incident_id for one in state(desk).open_incidents] == [urgent.incident_id, calm.incident_id]


def test_only_what_changed_since_the_watch_was_taken_is_told_as_changed():
    desk = desk_of("lina")
    old, new = opened(desk), opened(desk)
    offer_watch(desk, Realm.REAL, to="omar", text="")
    take_watch(at(desk, 1.0, "omar"), Realm.REAL)
    later = at(desk, 2.0, "omar")
    work_incident.note(later, new.incident_id, "they called back")
    (changed,) = state(later).changed
    assert (changed.incident_id, [moment.text for moment in changed.moments]) == (
        new.incident_id,
        ["they called back"],
    )
    assert old.incident_id != changed.incident_id


def test_clocks_run_out_soonest_first_and_those_that_ran_out_are_gone():
    desk = desk_of("lina")
    opened(desk, events=[coming_down(10.0)])
    told = [(clock.what, (clock.at_tai_ns - NOON_TAI_NS) / HOUR_NS) for clock in state(desk).clocks]
    assert told == [("begins", 8.0), ("peaks", 10.0), ("ends", 12.0)]
    assert [clock.what for clock in state(at(desk, 9.0)).clocks] == ["peaks", "ends"]
    assert state(at(desk, 13.0)).clocks == ()


def test_what_begins_peaks_and_ends_at_once_is_one_clock():
    case = opened(desk_of())
    clocks = clocks_of(case, [("NL-CJ26-0001", meeting())], now_tai_ns=0)
    assert [clock.what for clock in clocks] == ["peaks"]


def test_open_questions_are_told_with_who_asked():
    desk = desk_of("lina")
    case = opened(desk)
    desk.say(case.incident_id, EntryKind.GAP, (("text", "whose carrier it is"),))
    assert [(q.text, q.asked_by) for q in state(desk).questions] == [("whose carrier it is", "lina")]


def test_reports_wait_until_an_officer_takes_them_up():
    desk = desk_of("lina")
    receive_report(desk, REPORT, node="NL")
    assert [report.entry_id for report in state(desk).reports] == ["EV-0"]
    case = opened(desk)
    join_entry(desk, case.incident_id, 0)
    assert state(desk).reports == ()


def test_what_nobody_took_on_is_told():
    desk = desk_of("lina")
    case = opened(desk)
    work_incident.judge(desk, case.incident_id, "assigned_to", "lina", "")
    assert [one.incident_id for one in state(desk).unassigned] == [case.incident_id]
    work_incident.acknowledge(desk, case.incident_id)
    assert state(desk).unassigned == ()


def test_an_acceptance_of_nothing_is_named_by_its_entry():
    desk = desk_of("lina")
    desk.keep(desk.entry(EntryKind.HANDOVER, "watch", Realm.REAL, ("act", "accept"), ("offer", "EV-7")))
    with pytest.raises(Exception, match="EV-0 accepts EV-7, which offers no watch"):
        handovers_of(desk.log.entries(Realm.REAL))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_watch_is_told_in_words_of_its_language(language):
    desk = desk_of("lina")
    case = opened(desk, title="Odd carrier", events=[coming_down(10.0)])
    work_incident.step_further(desk, case.incident_id, Step.CORROBORATE, "seen")
    work_incident.judge(desk, case.incident_id, "severity", "severe", "a lifeline")
    text = "\n".join(watch_lines(state(desk), Speech(language)))
    for phrase in ("incident.step.corroborate", "incident.severity.severe", "watch.clocks"):
        assert WORDS[phrase][LANGUAGES.index(language)] in text
    assert f"{utc_text(NOON_TAI_NS + 8 * HOUR_NS, 0)}" in text
    assert ("in 8 h 0 min" if language == "en" else "over 8 h 0 min") in text


def test_what_is_told_with_the_watch_bears_the_label_of_all_it_is_made_from():
    desk = desk_of("lina")
    case = opened(desk).incident_id
    offer_watch(desk, Realm.REAL, to="omar", text="call the harbour")
    needed = Marking(handling=Handling(needs=frozenset({"optics"})))
    work_incident.note(replace(desk, marking=needed), case, "a sharp picture")
    offer_watch(at(desk, 1.0), Realm.REAL, to="omar", text="call the harbour")
    seen = ReaderLog(desk.log, Labels(policy=WithoutNeeds(), held_by="NL"), hides_nothing, shows_everything)
    first, second = (kept.entry for kept in seen.entries(Realm.REAL, kinds={EntryKind.HANDOVER}))
    assert (bool(first.value("told")), second.value("told")) == (True, None)
    assert second.text("to") == "omar"
    assert "a sharp picture" not in str(seen.entries(Realm.REAL))


class WithoutNeeds:
    def admits(self, item):
        return not item.marking.handling.needs
