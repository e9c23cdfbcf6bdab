"""Do rules that people write say how grave and urgent a case is, and in doubt the higher?"""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.errors import UnreadableInput
from baken.incident.priority import (
    Circumstances,
    circumstances_of,
    opening_rule,
    severity_of,
    urgency_of_case,
)
from baken.incident.priority_file import read_priority_rules
from baken.incident.wording import objections_to
from baken.records.incident import IncidentKind, Severity, Urgency
from tests.makers import EPOCH_TAI_NS, broken_up, falling, meeting

SHIPPED = (resources.files("baken.incident") / "priority_rules.toml").read_text(encoding="utf-8")
RULES = read_priority_rules(SHIPPED)
ALWAYS = """
[[severity]]
name = "a"
kind = "any"
is = "minor"
[[urgency]]
name = "b"
kind = "any"
is = "routine"
"""
SEVERITIES, URGENCIES = list(Severity), list(Urgency)


def severity(kind, *findings):
    judged = severity_of(circumstances_of(kind, findings, now_tai_ns=EPOCH_TAI_NS), RULES)
    return judged.automatic, judged.because


def urgency(kind, *findings):
    judged = urgency_of_case(circumstances_of(kind, findings, now_tai_ns=EPOCH_TAI_NS), RULES)
    return judged.automatic, judged.because


@pytest.mark.parametrize("kind", IncidentKind)
def test_every_kind_has_a_severity_and_an_urgency_with_the_rule_that_fired(kind):
    names = {rule.name for rule in (*RULES.severity, *RULES.urgency)}
    for judged in (
        severity_of(Circumstances(kind=kind), RULES),
        urgency_of_case(Circumstances(kind=kind), RULES),
    ):
        assert judged.because.split(" (in doubt")[0] in names


def test_every_kind_but_other_has_rules_of_its_own():
    assert {rule.kind for rule in RULES.severity} == {"any", *IncidentKind} - {"other"}


def test_no_rule_that_comes_with_baken_names_a_state_or_a_motive():
    names = [rule.name for rule in (*RULES.severity, *RULES.urgency)]
    assert [name for name in names if objections_to(name)] == []


def test_a_measure_decides_by_its_limits():
    assert severity(IncidentKind.COLLISION_RISK, meeting(probability=2e-3))[0] == "serious"
    assert severity(IncidentKind.COLLISION_RISK, meeting(probability=2e-4))[0] == "moderate"
    assert severity(IncidentKind.COLLISION_RISK, meeting(probability=2e-6)) == ("minor", "something happened")
    assert severity(IncidentKind.BREAKUP, broken_up("OBJ-1", n_pieces=500))[0] == "severe"


@pytest.mark.parametrize("unknown", [None, float("nan"), "many"])
def test_an_unknown_measure_gives_the_higher_and_says_so(unknown):
    value, because = severity(IncidentKind.COLLISION_RISK, meeting(probability=unknown))
    assert value == "serious"
    assert because.endswith("(in doubt: probability is unknown)")


@pytest.mark.capability(
    "Severity and urgency of incidents by editable rules",
    status="MODELLED",
    authority="in doubt the higher, for any figure; the shipped rules are illustrative",
)
@given(st.floats(0.0, 1.0))
def test_what_is_unknown_is_never_graver_when_it_becomes_known(probability):
    known, _ = severity(IncidentKind.COLLISION_RISK, meeting(probability=probability))
    unknown, _ = severity(IncidentKind.COLLISION_RISK, meeting(probability=None))
    assert SEVERITIES.index(known) <= SEVERITIES.index(unknown)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_severity_never_falls_when_the_probability_grows_or_an_event_joins(one, other):
    low, high = sorted((one, other))
    of_low, _ = severity(IncidentKind.COLLISION_RISK, meeting(probability=low))
    of_high, _ = severity(IncidentKind.COLLISION_RISK, meeting(probability=high))
    of_both, _ = severity(IncidentKind.COLLISION_RISK, meeting(probability=low), meeting(1, probability=high))
    assert SEVERITIES.index(of_low) <= SEVERITIES.index(of_high) == SEVERITIES.index(of_both)


def test_a_rule_that_surely_holds_is_named_before_one_in_doubt():
    text = ALWAYS + '[[severity]]\nname = "doubt"\nkind = "any"\nmeasure = "a"\nat_least = 1\nis = "severe"\n'
    text += '[[severity]]\nname = "sure"\nkind = "any"\nmeasure = "b"\nat_least = 1\nis = "severe"\n'
    rules = read_priority_rules(text)
    judged = severity_of(Circumstances(kind=IncidentKind.OTHER, measures=({"b": 2.0},)), rules)
    assert (judged.automatic, judged.because) == ("severe", "sure")


@given(st.floats(0.1, 2_000.0), st.floats(0.0, 2_000.0))
def test_urgency_never_falls_while_the_moment_comes_nearer(hours, later):
    near, _ = urgency(IncidentKind.COLLISION_RISK, meeting(hours=hours))
    far, _ = urgency(IncidentKind.COLLISION_RISK, meeting(hours=hours + later))
    assert URGENCIES.index(near) >= URGENCIES.index(far)


def test_a_window_that_has_opened_is_as_urgent_as_one_that_opens_now():
    assert urgency(IncidentKind.REENTRY, falling(hours=8.0, half_width_h=10.0))[0] == "now"
    assert urgency(IncidentKind.REENTRY, falling(hours=48.0, half_width_h=4.0))[0] == "this-week"


def test_what_was_over_two_days_ago_is_no_longer_urgent():
    assert urgency(IncidentKind.COLLISION_RISK, meeting(hours=-48.0)) == ("routine", "no hurry")


def test_the_shipped_rules_open_nothing_by_themselves():
    assert RULES.opening == ()
    assert opening_rule(IncidentKind.BREAKUP, Severity.SEVERE, RULES) is None


def test_a_house_says_what_opens_without_a_person_and_how_grave_it_is_at_least():
    text = ALWAYS + '[[opening]]\nname = "broke up"\nkind = "breakup"\nat_least = "serious"\n'
    rules = read_priority_rules(text)
    assert opening_rule(IncidentKind.BREAKUP, Severity.SERIOUS, rules).name == "broke up"
    assert opening_rule(IncidentKind.BREAKUP, Severity.MODERATE, rules) is None
    assert opening_rule(IncidentKind.COLLISION, Severity.SEVERE, rules) is None


RULE = '[[severity]]\nname = "x"\nkind = "any"\nis = "minor"\n'
BAD = [
    ("severity =", "this is no TOML"),
    ("[[gravity]]\n" + ALWAYS, "gravity: no such field"),
    (ALWAYS.replace("minor", "awful"), r"\[\[severity\]\] 1 is: is 'awful'; it is one of minor"),
    (ALWAYS + RULE.replace("any", "flood"), r"\[\[severity\]\] 2 kind: is 'flood'"),
    (ALWAYS + RULE + "mesure = 1\n", r"\[\[severity\]\] 2 mesure: no such field"),
    (ALWAYS + RULE + 'measure = "a"\nat_least = "1"\n', r"2 at_least: is '1'; write a number"),
    (ALWAYS + RULE + 'measure = "a"\nat_least = nan\n', r"2 at_least: is nan; write a number"),
    (ALWAYS + RULE + 'measure = "a"\nat_least = true\n', r"2 at_least: is True; write a number"),
    (ALWAYS + RULE + "at_least = 1\n", r"2 measure: is missing"),
    (ALWAYS + RULE + 'measure = "a"\nwithin_h = 1\n', r"2 within_h: depends on a measure and on time"),
    (ALWAYS + RULE + 'measure = "a"\nat_least = 2\nat_most = 1\n', r"2 at_most: lies under at_least"),
    (ALWAYS.replace('name = "a"\n', ""), r"\[\[severity\]\] 1 name: is missing"),
    (ALWAYS.split("[[urgency]]")[0], r"urgency: there is no \[\[urgency\]\]"),
    (
        ALWAYS.replace('kind = "any"\nis = "minor"', 'kind = "other"\nis = "minor"'),
        "no rule holds for anything",
    ),
    (
        'severity = [1]\n[[urgency]]\nname = "b"\nkind = "any"\nis = "routine"\n',
        r"severity: write its fields below",
    ),
    (
        ALWAYS + '[[opening]]\nname = "o"\nkind = "any"\nis = "minor"\n',
        r"\[\[opening\]\] 1 at_least: is missing",
    ),
]


@pytest.mark.parametrize(("text", "why"), BAD)
def test_a_rule_that_cannot_be_is_refused_with_its_table_number_and_field(text, why):
    with pytest.raises(UnreadableInput, match=why):
        read_priority_rules(text)
