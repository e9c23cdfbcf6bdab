"""Is the toolbox listed and never chosen, and does it say what a case lacks, and nothing else?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.records.hypothesis import Confidence, Likelihood
from baken.records.incident import IncidentKind, Severity, Stage
from baken.records.measure import Attribution, Category, Missing, Need
from baken.respond.measures.support import in_order, listed, missing
from tests.respond.measures_made import CASE, PLAIN, cases, catalogues, shipped

FREE_TO_DIFFER = ("reversible", "escalation", "works_within", "attribution", "evidence_for", "from_severity")


def lacks(measure, case):
    return list(missing(measure, case))


@given(catalogues, cases)
def test_a_restrictive_measure_is_never_first_unless_all_are(catalogue, case):
    found = listed(catalogue, case)
    for shown in (found, [one for one in found if one.is_supported], [one for one in found if one.missing]):
        families = [one.measure.category for one in shown]
        if families and families[0] is Category.RESTRICTIVE:
            assert set(families) == {Category.RESTRICTIVE}


@given(catalogues, cases, cases, st.randoms())
def test_the_order_depends_neither_on_the_case_nor_on_how_the_catalogue_was_written(
    catalogue, one, other, luck
):
    shuffled = list(catalogue.measures)
    luck.shuffle(shuffled)
    names = [each.measure.measure_id for each in listed(catalogue, one)]
    assert names == [
        each.measure.measure_id for each in listed(replace(catalogue, measures=tuple(shuffled)), other)
    ]


@given(catalogues, st.data())
def test_the_order_does_not_depend_on_what_a_measure_would_do_or_ask(catalogue, data):
    blank = replace(
        catalogue,
        measures=tuple(
            replace(one, **{name: getattr(PLAIN, name) for name in FREE_TO_DIFFER})
            for one in catalogue.measures
        ),
    )
    before, after = in_order(catalogue.measures), in_order(blank.measures)
    assert [one.measure_id for one in before] == [one.measure_id for one in after]


@given(catalogues, cases)
def test_every_measure_is_listed_once_whatever_the_case(catalogue, case):
    assert sorted(one.measure.measure_id for one in listed(catalogue, case)) == sorted(
        one.measure_id for one in catalogue.measures
    )


@settings(max_examples=50)
@given(cases, st.sampled_from(["EU", "NATO", "PUBLIC"]))
def test_one_more_release_never_makes_a_case_lack_more(case, audience):
    more = replace(case, released=((audience, case.released_to(audience) + 1),))
    fuller = replace(more, released=tuple({**dict(case.released), **dict(more.released)}.items()))
    for measure in shipped().measures:
        assert len(lacks(measure, fuller)) <= len(lacks(measure, case))


def test_what_a_case_lacks_is_said_piece_by_piece():
    measure = replace(
        PLAIN, attribution=Attribution.DETERMINATION, evidence_for=(("EU", 3),), from_severity=Severity.SEVERE
    )
    case = replace(CASE, severity=Severity.SERIOUS, released=(("EU", 1),))
    assert lacks(measure, case) == [
        Missing(need=Need.SEVERITY, word="severe"),
        Missing(need=Need.DETERMINATION),
        Missing(need=Need.EVIDENCE, audience="EU", n_pieces=2),
    ]
    enough = replace(case, severity=Severity.SEVERE, released=(("EU", 3),), determined_by=("Ruritania",))
    assert lacks(measure, enough) == []


@pytest.mark.parametrize(
    ("likelihood", "confidence", "is_enough"),
    [
        (None, None, False),
        (Likelihood.ROUGHLY_EVEN_CHANCE, Confidence.HIGH, False),
        (Likelihood.LIKELY, Confidence.LOW, False),
        (Likelihood.LIKELY, Confidence.MODERATE, True),
        (Likelihood.ALMOST_CERTAIN, Confidence.HIGH, True),
    ],
)
def test_a_judgement_counts_when_it_is_likely_and_as_well_founded_as_asked(likelihood, confidence, is_enough):
    measure = replace(PLAIN, attribution=Attribution.CONFIDENCE, from_confidence=Confidence.MODERATE)
    case = replace(CASE, likelihood=likelihood, confidence=confidence)
    assert (lacks(measure, case) == []) is is_enough


@pytest.mark.parametrize("stage", [Stage.SUSPECTED, Stage.REOPENED, Stage.DISMISSED])
def test_a_case_that_is_not_confirmed_now_does_not_carry_what_needs_a_confirmed_one(stage):
    case = replace(CASE, stage=stage)
    assert lacks(replace(PLAIN, when_confirmed=True), case) == [Missing(need=Need.STAGE)]
    assert lacks(PLAIN, case) == ([Missing(need=Need.STAGE)] if stage is Stage.DISMISSED else [])


def test_a_measure_for_other_kinds_of_incident_says_so():
    assert lacks(replace(PLAIN, kinds=frozenset({IncidentKind.REENTRY})), CASE) == [Missing(need=Need.KIND)]
