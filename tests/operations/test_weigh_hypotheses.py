"""Can people weigh a case together, each act an entry, and is nonsense refused before it is kept?"""

import pytest

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations import weigh_hypotheses
from baken.operations.case_entries import entries_of_case
from baken.operations.desk import Desk
from baken.operations.keep_evidence import keep
from baken.records.evidence import Entry, EntryKind
from baken.records.hypothesis import Confidence, Credibility, Fit, Likelihood, Reliability
from baken.records.incident import read_incident_id
from baken.records.marking import Realm
from tests.memory_log import CountedLuck, MemoryLog
from tests.operations.cases import NOON_TAI_NS, opened

CASE = read_incident_id("EXER-IN26-0001")


def entry(kind, subject=str(CASE), **fields):
    return Entry(
        kind=EntryKind(kind),
        subject=subject,
        actor="officer",
        at_tai_ns=0,
        fields=tuple(fields.items()),
        realm=Realm.EXERCISE,
    )


@pytest.fixture
def desk():
    desk = Desk(log=MemoryLog(), actor="analyst", at_tai_ns=NOON_TAI_NS, luck=CountedLuck())
    said = [
        entry("statement", title="of the case"),
        entry("finding", subject="EXER-CJ26-0001", title="of an event"),
        entry("statement", subject="EXER-IN26-0002", title="of another case"),
        entry("joined", event_id="EXER-CJ26-0001"),
    ]
    assert opened(desk, realm=Realm.EXERCISE).incident_id == CASE
    keep(desk.log, said, at_tai_ns=0, luck=desk.luck)
    return desk


def test_evidence_of_an_event_that_joined_is_weighed_and_that_of_another_case_is_not(desk):
    titles = [row.title for row in weigh_hypotheses.matrix(desk.log, CASE).rows]
    assert titles == ["of the case", "of an event"]
    with pytest.raises(WrongUsage, match="no evidence of"):
        weigh_hypotheses.grade(desk, CASE, 3, Reliability.A, Credibility.CONFIRMED)


def test_what_people_say_is_kept_and_weighed(desk):
    weigh_hypotheses.add_hypothesis(desk, CASE, "ground-test", "A test on the ground", benign=True)
    weigh_hypotheses.grade(desk, CASE, 2, Reliability.B, Credibility.PROBABLY_TRUE, "radar")
    weigh_hypotheses.rate(desk, CASE, 2, {"ground-test": Fit.VERY_INCONSISTENT, "deliberate": Fit.CONSISTENT})
    weigh_hypotheses.estimate(desk, CASE, "deliberate", Likelihood.LIKELY, Confidence.LOW, "one source")
    weigh_hypotheses.remark(desk, CASE, EntryKind.GAP, "no spectrum")
    weigh_hypotheses.remark(desk, CASE, EntryKind.DISSENT, "not convinced")
    matrix = weigh_hypotheses.matrix(desk.log, CASE)
    last = matrix.standings[-1]
    assert (last.hypothesis.hypothesis_id, last.inconsistency) == ("ground-test", pytest.approx(2 * 0.64))
    assert [each.text for each in (*matrix.gaps, *matrix.dissent)] == ["no spectrum", "not convinced"]
    assert matrix.estimates[0].confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("equipment", "something else", "already"),
        ("two words", "a text", "letters, figures and dashes"),
        ("them", "The French jammed it", "names a state"),
    ],
)
def test_an_explanation_that_may_not_stand_is_refused_and_nothing_is_kept(desk, name, text, why):
    before = len(entries_of_case(desk.log, CASE))
    with pytest.raises(WrongUsage, match=why):
        weigh_hypotheses.add_hypothesis(desk, CASE, name, text, benign=False)
    assert len(entries_of_case(desk.log, CASE)) == before


def test_one_unknown_explanation_among_ratings_keeps_none_of_them(desk):
    before = len(entries_of_case(desk.log, CASE))
    with pytest.raises(WrongUsage, match="no explanation is called aliens"):
        weigh_hypotheses.rate(desk, CASE, 1, {"equipment": Fit.CONSISTENT, "aliens": Fit.NEUTRAL})
    assert len(entries_of_case(desk.log, CASE)) == before


def test_nothing_is_said_of_an_incident_that_nobody_opened(desk):
    absent = read_incident_id("EXER-IN26-0099")
    before = desk.log.size(Realm.EXERCISE)
    with pytest.raises(NoSuchRecord, match="EXER-IN26-0099"):
        weigh_hypotheses.remark(desk, absent, EntryKind.GAP, "nobody knows")
    with pytest.raises(NoSuchRecord, match="EXER-IN26-0099"):
        weigh_hypotheses.add_hypothesis(desk, absent, "ground-test", "A test on the ground", benign=True)
    assert desk.log.size(Realm.EXERCISE) == before
