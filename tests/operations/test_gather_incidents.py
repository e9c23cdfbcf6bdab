"""Do events of the store become proposals and, only where a house says so, suspected incidents?"""

from dataclasses import replace

import pytest

from baken.incident.priority_file import read_priority_rules
from baken.incident.wording import objections_to
from baken.operations.gather_incidents import (
    bring_up_to_date,
    follow_up,
    open_by_rule,
    proposed_incidents,
)
from baken.operations.open_incident import open_incident
from baken.records.evidence import EntryKind
from baken.records.incident import IncidentKind, Stage
from baken.records.marking import Realm
from baken.report.words import Speech
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_store
from tests.makers import EPOCH_TAI_NS, HOUR_NS, broken_up, falling, meeting
from tests.operations.cases import SHIPPED, desk_of, shipped_rules

OPENING = '[[opening]]\nname = "our house opens breakups"\nkind = "any"\nat_least = "serious"\n'


@pytest.fixture
def store(tmp_path):
    """A store with a breakup, what comes down soon, a meeting of the one that broke up, and a quiet one."""
    with open_store(tmp_path, THE_NODE) as opened:
        opened.keep_findings(
            [
                meeting(hours=-30.0),
                broken_up("OBJ-A0000", hours=-30.0),
                falling(hours=12.0),
                meeting(7, probability=1e-9),
            ],
            node="NL",
            at_tai_ns=EPOCH_TAI_NS,
        )
        yield opened


@pytest.fixture
def desk():
    return replace(desk_of("baken"), at_tai_ns=EPOCH_TAI_NS)


def proposed(store, desk):
    return proposed_incidents(store, desk.log, Realm.REAL, now_tai_ns=EPOCH_TAI_NS)


def test_what_needs_somebody_is_proposed_and_nothing_is_opened(store, desk):
    kinds = sorted((one.kind.value, len(one.events)) for one in proposed(store, desk))
    assert kinds == [("collision", 2), ("uncontrolled-reentry", 1)]
    assert desk.log.size(Realm.REAL) == 0


def test_the_shipped_rules_open_nothing(store, desk):
    assert open_by_rule(store, desk, proposed(store, desk), shipped_rules()) == ()


def test_a_house_may_let_baken_open_suspected_incidents_which_say_by_which_rule(store, desk):
    rules = read_priority_rules(SHIPPED.read_text(encoding="utf-8") + OPENING)
    opened = open_by_rule(store, desk, proposed(store, desk), rules)
    assert [one.stage for one in opened] == [Stage.SUSPECTED] * 2
    for one in opened:
        assert "rule: our house opens breakups" in one.timeline[0].text
        assert one.timeline[0].actor == "baken"
    assert sorted(one.title for one in opened) == [
        "Collision (NL-CJ26-0001, NL-FR26-0001)",
        "Uncontrolled re-entry (NL-RE26-0001)",
    ]
    assert open_by_rule(store, desk, proposed(store, desk), rules) == ()


def test_what_needs_no_person_is_done_after_a_turn_and_only_where_the_house_says_so(store, desk):
    assert follow_up(store, desk, Realm.REAL, shipped_rules()) == ((), ())
    rules = read_priority_rules(SHIPPED.read_text(encoding="utf-8") + OPENING)
    opened, judged_anew = follow_up(store, desk, Realm.REAL, rules)
    assert (len(opened), judged_anew) == (2, ())
    assert follow_up(store, desk, Realm.REAL, rules) == ((), ())


def test_no_kind_of_incident_is_opened_by_rule_under_a_name_that_says_why():
    assert [kind for kind in IncidentKind if objections_to(Speech("en")(f"incident.kind.{kind}"))] == []


def test_what_is_newly_found_of_an_open_case_is_kept_and_judged_anew(store, desk):
    (event,) = [each for each in store.events(Realm.REAL) if "OBJ-A0007" in each.finding.object_ids]
    rules = shipped_rules()
    case = open_incident(
        desk,
        node="LOCAL",
        realm=Realm.REAL,
        title="They meet",
        kind=IncidentKind.COLLISION_RISK,
        because="asked",
        rules=rules,
        events=[event],
    )
    assert case.severity.stands == "minor"
    assert bring_up_to_date(store, desk, Realm.REAL, rules) == ()
    store.keep_findings([meeting(7, probability=5e-3)], node="NL", at_tai_ns=EPOCH_TAI_NS + HOUR_NS)
    (after,) = bring_up_to_date(store, desk, Realm.REAL, rules)
    assert (after.severity.stands, after.timeline[-1].actor) == ("serious", "baken")
    assert len(desk.log.entries(Realm.REAL, kinds={EntryKind.FINDING})) == 2
    assert bring_up_to_date(store, desk, Realm.REAL, rules) == ()


def test_urgency_grows_as_the_moment_comes_nearer_with_nobody_touching_it(store, desk):
    (event,) = [each for each in store.events(Realm.REAL) if "OBJ-FALLS" in each.finding.object_ids]
    rules = shipped_rules()
    case = open_incident(
        desk,
        node="LOCAL",
        realm=Realm.REAL,
        title="It comes down",
        kind=IncidentKind.REENTRY,
        because="asked",
        rules=rules,
        events=[event],
    )
    assert case.urgency.stands == "today"
    later = replace(desk, at_tai_ns=EPOCH_TAI_NS + 6 * HOUR_NS)
    (after,) = bring_up_to_date(store, later, Realm.REAL, rules)
    assert after.urgency.stands == "now"
