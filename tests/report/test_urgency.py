"""Do all kinds stand in one list that drowns none of them, each with its reason, in both languages?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.assess.fragmentation.kind import BreakupKind
from baken.records.event import Event, EventId, EventKind
from baken.records.triage import Level
from baken.report.event_rows import row_of
from baken.report.urgency import RULES, ranked, told_kind, urgency_of
from baken.report.words import Speech
from baken.wiring.plugins import detectors
from tests.makers import EPOCH_TAI_NS, broken_up, falling, meeting


def named(findings):
    return [
        Event(event_id=EventId(node="NL", kind=one.kind, year=2026, number=n), finding=one)
        for n, one in enumerate(findings, start=1)
    ]


def level(finding):
    return urgency_of(finding, EPOCH_TAI_NS).level


def test_a_thousand_conjunctions_do_not_drown_one_reentry_and_one_breakup():
    crowd = [meeting(n) for n in range(1000)]
    first = ranked(named([*crowd, falling(), broken_up("OBJ-P", "OBJ-Q")]), EPOCH_TAI_NS)[:3]
    assert {event.finding.kind for event in first} == set(RULES)


def test_a_higher_level_comes_first_whatever_its_kind():
    later, now = falling(hours=300.0), meeting()
    assert [event.finding for event in ranked(named([later, now]), EPOCH_TAI_NS)] == [now, later]


def test_pairs_in_company_stand_last():
    company = meeting(in_company=1, probability=1.0)
    assert ranked(named([company, falling(hours=300.0)]), EPOCH_TAI_NS)[-1].finding == company


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (meeting(), Level.ACT),
        (meeting(hours=40.0), Level.LOOK),
        (meeting(hours=80.0), Level.QUIET),
        (meeting(probability=2e-2, probability_region="diluted"), Level.ACT),
        (meeting(probability=2e-3, probability_region="diluted"), Level.LOOK),
        (meeting(probability=9e-4, probability_region=None), Level.QUIET),
        (meeting(probability=2e-2, probability_region="diluted", hours=30.0), Level.QUIET),
        (meeting(probability=9e-5), Level.QUIET),
        (meeting(probability=None), Level.QUIET),
        (meeting(hours=-1.0), Level.QUIET),
        (falling(), Level.ACT),
        (falling(hours=60.0), Level.LOOK),
        (falling(hours=200.0), Level.QUIET),
        (falling(name="MADE DEB"), Level.QUIET),
        (falling(casualty_expectation=2e-5), Level.QUIET),
        (falling(casualty_expectation=2e-4), Level.ACT),
        (falling(hours=-10.0), Level.QUIET),
        (broken_up("OBJ-P"), Level.ACT),
        (broken_up("OBJ-P", hours=-400.0), Level.LOOK),
        (broken_up("OBJ-P", weight_ordinary_release=0.8, weight_explosion=0.2), Level.QUIET),
        (replace(falling(), kind=EventKind.MANOEUVRE), Level.QUIET),
    ],
)
def test_each_kind_has_its_own_rule(finding, expected):
    assert level(finding) is expected


@given(st.floats(0.0, 500.0), st.floats(0.0, 500.0))
def test_a_reentry_never_gets_quieter_as_it_comes_nearer(one_h, other_h):
    nearer, farther = sorted((one_h + 5.0, other_h + 5.0))
    assert level(falling(hours=nearer)) >= level(falling(hours=farther))


@given(st.permutations(range(8)))
def test_the_list_does_not_depend_on_the_order_of_finding(order):
    found = [meeting(n, probability=10.0**-n) for n in range(5)]
    found += [falling(f"OBJ-{n}", hours=20.0 + n) for n in range(3)]
    shuffled = ranked(named([found[n] for n in order]), EPOCH_TAI_NS)
    in_order = ranked(named(found), EPOCH_TAI_NS)
    assert [event.finding for event in shuffled] == [event.finding for event in in_order]


@pytest.mark.parametrize(
    "finding", [meeting(), falling(), broken_up("OBJ-P"), broken_up("OBJ-P", weight_explosion=0.7)]
)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_row_tells_what_is_known_and_that_the_rest_is_not(finding, language):
    say = Speech(language)
    told = row_of(finding, EPOCH_TAI_NS, say)
    bare = row_of(replace(finding, measures=()), EPOCH_TAI_NS, say)
    assert finding.because not in told.why, "reason and cells have said it"
    assert say("level.ACT") in told.why
    assert say("unknown") in f"{bare.who} {bare.what} {bare.likely}"
    assert "None" not in repr((told, bare))
    assert "nan" not in repr((told, bare))


def test_what_a_fall_asks_of_people_is_told_by_what_is_known():
    say = Speech("en")
    told = [
        row_of(falling(**known), EPOCH_TAI_NS, say).likely
        for known in ({}, {"probability": 0.97}, {"probability": 0.97, "casualty_expectation": 2e-4})
    ]
    assert told == ["casualties\nunknown", "97%\nbefore the end", "casualties\n2.0e-04"]


@pytest.mark.parametrize("detector", detectors(), ids=lambda one: one.name)
def test_every_detector_that_is_installed_has_its_words_in_both_languages(detector):
    names = [f"account.{name}" for name in detector.account_names]
    assert detector.account_names, "an account that counts nothing tells nothing of what was put aside"
    assert [name for name in (f"kind.{detector.kind}", *names) if not Speech("en").knows(name)] == []


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_has_its_word(kind):
    assert Speech("nl").knows(f"kind.{kind}")


@pytest.mark.parametrize("kind", BreakupKind)
def test_a_kind_of_breakup_is_told_by_the_weights_a_finding_bears_or_not_at_all(kind):
    name = kind.value.replace(" ", "_")
    told = told_kind(broken_up("OBJ-P", **{f"weight_{name}": 0.8}))
    looks_alike = kind in (BreakupKind.EXPLOSION, BreakupKind.DIRECT_ASCENT)
    assert told == ("burst_or_hit" if looks_alike else name)
    assert Speech("nl").knows(f"breakup.{name}")
    assert Speech("nl").knows(f"breakup.{told}")


def test_a_row_gives_no_figure_to_what_motion_does_not_tell():
    row = row_of(broken_up("OBJ-P", weight_explosion=0.8), EPOCH_TAI_NS, Speech("en"))
    assert (row.likely, row.why) == ("burst or hit,\nnot told apart", "ACT: broke up 1 d 6 h ago")


def test_a_window_is_told_with_its_width_and_its_share():
    row = row_of(falling(), EPOCH_TAI_NS, Speech("en"))
    assert row.what == "8 h 0 min window\nholds 90%"
    assert row.who == "900011 MADE R/B"
    assert row.when == "2026-03-01T20:00:00Z\n+20 h 0 min"
