"""Does a case support what its log carries, and is every word on a measure a person's own?"""

from dataclasses import replace

import pytest

from baken.errors import NoSuchRecord, WrongUsage
from baken.incident.history import BAKEN
from baken.operations import weigh_hypotheses, weigh_measures
from baken.operations.work_incident import incident
from baken.records.evidence import Entry, EntryKind
from baken.records.hypothesis import Confidence, Likelihood
from baken.records.incident import IncidentKind
from baken.records.marking import Marking, Realm
from baken.records.measure import Outcome, Weighing
from tests.operations.cases import NOON_TAI_NS, desk_of, opened
from tests.respond.measures_made import shipped

TOOLBOX = shipped()


@pytest.fixture
def desk():
    return desk_of("analyst")


@pytest.fixture
def case(desk):
    return opened(desk, kind=IncidentKind.CYBER_ATTACK).incident_id


def evidence(desk, case, *audiences, title="a piece", **fields):
    entry = Entry(
        kind=EntryKind.STATEMENT,
        subject=str(case),
        actor="analyst",
        at_tai_ns=NOON_TAI_NS,
        fields=(("title", title), *fields.items()),
        marking=Marking(owner="NL", releasable_to=frozenset(audiences)),
    )
    (kept,) = desk.keep(entry)
    return kept.entry_id


def test_what_a_case_supports_follows_from_its_log(desk, case):
    evidence(desk, case, "EU", "DE")
    evidence(desk, case, "EU")
    evidence(desk, case)
    found = weigh_measures.case_support(desk.log, case)
    assert found.released == (("DE", 1), ("EU", 2), ("NL", 3))
    assert (found.n_pieces, found.determined_by, found.likelihood) == (3, (), None)


def test_a_report_that_repeats_another_is_no_second_piece(desk, case):
    first = evidence(desk, case, "EU")
    evidence(desk, case, "EU", derived_from=(first,))
    assert weigh_measures.case_support(desk.log, case).released_to("EU") == 1


def test_the_most_cautious_of_those_who_judge_counts(desk, case):
    for who, likelihood, confidence in (
        ("anna", Likelihood.ALMOST_CERTAIN, Confidence.HIGH),
        ("bert", Likelihood.LIKELY, Confidence.LOW),
    ):
        weigh_hypotheses.estimate(replace(desk, actor=who), case, "deliberate", likelihood, confidence, "x")
    found = weigh_measures.case_support(desk.log, case)
    assert (found.likelihood, found.confidence) == (Likelihood.LIKELY, Confidence.LOW)


def test_an_explanation_without_ill_will_supports_no_judgement_of_one(desk, case):
    weigh_hypotheses.estimate(desk, case, "equipment", Likelihood.ALMOST_CERTAIN, Confidence.HIGH, "x")
    assert weigh_measures.case_support(desk.log, case).likelihood is None


def test_a_worksheet_holds_what_people_said_and_nothing_else(desk, case):
    assert weigh_measures.worksheet(desk.log, case, "demarche").weighed == ()
    weigh_measures.weigh(
        desk, case, TOOLBOX, "demarche", {Weighing.EFFECT: "an answer", Weighing.RISK: "none"}
    )
    other = replace(desk, actor="lawyer")
    weigh_measures.weigh(other, case, TOOLBOX, "demarche", {Weighing.RISK: "a cold answer"})
    sheet = weigh_measures.worksheet(desk.log, case, "demarche")
    assert [(name, said.text, said.by) for name, said in sheet.weighed] == [
        (Weighing.EFFECT, "an answer", "analyst"),
        (Weighing.RISK, "a cold answer", "lawyer"),
    ]
    assert weigh_measures.worksheet(desk.log, case, "cyber-listing").weighed == ()


def test_a_decision_follows_a_proposal_and_names_who_decided_and_why(desk, case):
    decide = weigh_measures.decide
    with pytest.raises(WrongUsage, match="nobody proposed demarche"):
        decide(desk, case, TOOLBOX, "demarche", Outcome.ADOPTED, decider="minister", because="x")
    weigh_measures.propose(desk, case, TOOLBOX, "demarche", "to ask what it is")
    with pytest.raises(WrongUsage, match="--decider"):
        decide(desk, case, TOOLBOX, "demarche", Outcome.ADOPTED, decider=" ", because="x")
    with pytest.raises(WrongUsage, match="--because"):
        decide(desk, case, TOOLBOX, "demarche", Outcome.ADOPTED, decider="minister", because="")
    decide(desk, case, TOOLBOX, "demarche", Outcome.DEFERRED, decider="minister", because="not yet")
    (said,) = weigh_measures.worksheet(desk.log, case, "demarche").decisions
    assert (said.outcome, said.decider, said.text, said.by) == (
        Outcome.DEFERRED,
        "minister",
        "not yet",
        "analyst",
    )


def test_software_weighs_proposes_and_decides_nothing(desk, case):
    software = replace(desk, actor=BAKEN)
    weigh_measures.propose(desk, case, TOOLBOX, "demarche", "to ask")
    for act in (
        lambda: weigh_measures.weigh(software, case, TOOLBOX, "demarche", {Weighing.EFFECT: "x"}),
        lambda: weigh_measures.propose(software, case, TOOLBOX, "demarche", "x"),
        lambda: weigh_measures.decide(
            software, case, TOOLBOX, "demarche", Outcome.ADOPTED, decider="x", because="x"
        ),
    ):
        with pytest.raises(WrongUsage, match="under his own name"):
            act()


def test_what_is_said_of_measures_stands_in_the_timeline_and_changes_neither_stage_nor_judgement(desk, case):
    before = incident(desk.log, case)
    weigh_measures.propose(desk, case, TOOLBOX, "demarche", "to ask what it is")
    after = incident(desk.log, case)
    assert (after.stage, after.severity) == (before.stage, before.severity)
    assert after.timeline[-1].text == "propose demarche: to ask what it is"


def test_a_measure_or_a_case_that_is_not_there_is_refused(desk, case):
    with pytest.raises(NoSuchRecord, match="no measure is called"):
        weigh_measures.propose(desk, case, TOOLBOX, "orbital-laser", "x")
    with pytest.raises(NoSuchRecord, match="no incident is called"):
        weigh_measures.propose(desk, replace(case, number=99), TOOLBOX, "demarche", "x")
    assert desk.log.n_entries(Realm.REAL, kinds={EntryKind.MEASURE}) == 0


def test_a_worksheet_without_a_word_is_refused(desk, case):
    for said in ({}, {Weighing.EFFECT: "  "}):
        with pytest.raises(WrongUsage, match="filled in by a person"):
            weigh_measures.weigh(desk, case, TOOLBOX, "demarche", said)
