"""Whatever officers do, in any order: is the log only added to, and does each incident follow from it?"""

import threading

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from baken.errors import WrongUsage
from baken.incident.lifecycle import NEXT, Step
from baken.operations import join_incident, work_incident
from baken.operations.desk import Desk
from baken.operations.evidence_ports import Overtaken
from baken.operations.judge_by_rules import judge_anew
from baken.records.event import Event, EventId, EventKind
from baken.records.evidence import entry_id_of
from baken.records.incident import IncidentKind, Severity
from baken.records.marking import Realm
from baken.wiring.luck import luck
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence
from tests.makers import meeting
from tests.operations.cases import NOON_TAI_NS, desk_of, opened, shipped_rules

OFFICERS = st.sampled_from(["lina", "omar"])
RULES = shipped_rules()


class Watchfloor(RuleBasedStateMachine):
    """Two officers at one case, who may do anything a command lets them."""

    @initialize()
    def open(self):
        self.log = desk_of().log
        self.case = opened(desk_of("lina", self.log), kind=IncidentKind.COLLISION_RISK).incident_id
        self.kept = self.log.entries(Realm.REAL)

    def now(self):
        return work_incident.incident(self.log, self.case)

    def attempt(self, act):
        """Do something that may be refused; refused means that nothing was kept."""
        before = self.log.size(Realm.REAL)
        try:
            act()
        except WrongUsage:
            assert self.log.size(Realm.REAL) == before

    @rule(who=OFFICERS, step=st.sampled_from(Step))
    def step(self, who, step):
        before = self.now().stage
        self.attempt(lambda: work_incident.step_further(desk_of(who, self.log), self.case, step, "so"))
        assert self.now().stage is NEXT[before].get(step, before)

    @rule(who=OFFICERS, severity=st.sampled_from([*Severity, "", "awful"]))
    def judge(self, who, severity):
        automatic = self.now().severity.automatic
        desk = desk_of(who, self.log)
        self.attempt(lambda: work_incident.judge(desk, self.case, "severity", severity, "seen"))
        assert self.now().severity.automatic == automatic

    @rule(who=OFFICERS, number=st.integers(0, 3), probability=st.sampled_from([1e-9, 2e-4, 0.1, None]))
    def join(self, who, number, probability):
        name = EventId(node="NL", kind=EventKind.CONJUNCTION, year=2026, number=number)
        event = Event(event_id=name, finding=meeting(number, probability=probability))
        self.attempt(lambda: join_incident.join_event(desk_of(who, self.log), self.case, event))
        assert str(name) in self.now().event_ids

    @rule(who=OFFICERS, number=st.integers(0, 3))
    def leave(self, who, number):
        name = f"NL-CJ26-{number:04d}"
        self.attempt(lambda: join_incident.leave(desk_of(who, self.log), self.case, name, "another"))
        assert name not in self.now().event_ids

    @rule(who=OFFICERS, place=st.integers(0, 12))
    def note(self, who, place):
        replaces = entry_id_of(place) if place else ""
        desk = desk_of(who, self.log)
        self.attempt(lambda: work_incident.note(desk, self.case, f"a note by {who}", replaces))

    @rule(who=OFFICERS, to=OFFICERS)
    def assign(self, who, to):
        work_incident.judge(desk_of(who, self.log), self.case, "assigned_to", to, "")
        self.attempt(lambda: work_incident.acknowledge(desk_of(who, self.log), self.case))
        assert self.now().acknowledged is (who == to)

    @rule()
    def judge_by_rules(self):
        human = self.now().severity.human
        after = judge_anew(desk_of("baken", self.log), self.case, RULES)
        assert after.severity.human == human
        assert judge_anew(desk_of("baken", self.log), self.case, RULES) == after

    @rule(who=OFFICERS, behind=st.integers(1, 3))
    def act_on_old_news(self, who, behind):
        seen = self.now().n_entries - behind
        desk = desk_of(who, self.log)
        with pytest.raises(Overtaken):
            work_incident.note(desk, self.case, "late", seen=seen)

    @invariant()
    def nothing_is_taken_away_and_the_timeline_tells_all(self):
        if not hasattr(self, "log"):
            return
        after = self.log.entries(Realm.REAL)
        assert after[: len(self.kept)] == self.kept
        self.kept = after
        about = [kept.sequence for kept in after if kept.entry.subject == str(self.case)]
        assert [moment.entry_sequence for moment in self.now().timeline] == about


Watchfloor.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestWatchfloor = Watchfloor.TestCase


@pytest.mark.capability(
    "Two officers at one incident in one instant",
    status="MODELLED",
    authority="two connections to one database, released together",
)
def test_of_two_officers_in_the_same_instant_exactly_one_acts(tmp_path):
    def desk(log, actor):
        return Desk(log=log, actor=actor, at_tai_ns=NOON_TAI_NS, luck=luck)

    with open_evidence(tmp_path, THE_NODE) as (_, log):
        case = opened(desk(log, "lina")).incident_id
    together, heard = threading.Barrier(2), []

    def act(actor, step):
        with open_evidence(tmp_path, THE_NODE) as (_, log):
            seen = work_incident.incident(log, case).n_entries
            together.wait()
            try:
                work_incident.step_further(desk(log, actor), case, step, "so", seen=seen)
                heard.append("done")
            except Overtaken as overtaken:
                heard.append(str(overtaken))

    officers = [
        threading.Thread(target=act, args=("lina", Step.DISMISS)),
        threading.Thread(target=act, args=("omar", Step.CORROBORATE)),
    ]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    late, done = sorted(heard)
    assert late.startswith("NL-IN26-0001 changed since you read it: ")
    assert done == "done"
    with open_evidence(tmp_path, THE_NODE) as (_, log):
        assert work_incident.incident(log, case).n_entries == 2
