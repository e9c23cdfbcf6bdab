"""Does a release take only the steps its table offers, and never come back from where it ended?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.records.release import ReleaseStage
from baken.share.exchange import NEXT, WENT, ReleaseStep, ReleaseStepNotAllowed, advance, diagram


def played(steps):
    """Return the stages that follow from steps, those not offered left out."""
    stage, stages = ReleaseStage.PROPOSED, [ReleaseStage.PROPOSED]
    for step in steps:
        if step in NEXT[stage]:
            stage = advance(stage, step)
            stages.append(stage)
    return stages


@given(st.lists(st.sampled_from(ReleaseStep), max_size=12))
def test_nothing_goes_that_was_not_approved(steps):
    stages = played(steps)
    went = [place for place, stage in enumerate(stages) if stage in WENT]
    assert not went or ReleaseStage.APPROVED in stages[: went[0]]


@given(st.lists(st.sampled_from(ReleaseStep), max_size=12))
def test_what_went_never_counts_as_not_gone(steps):
    stages = played(steps)
    went = [stage in WENT for stage in stages]
    assert went == sorted(went)


@given(st.sampled_from(ReleaseStage), st.sampled_from(ReleaseStep))
def test_a_step_that_is_not_offered_is_refused_with_those_that_are(stage, step):
    if step in NEXT[stage]:
        return
    with pytest.raises(ReleaseStepNotAllowed) as refused:
        advance(stage, step)
    assert all(each in str(refused.value) for each in NEXT[stage])


def test_every_stage_can_be_reached_and_stands_in_the_diagram():
    reached = {ReleaseStage.PROPOSED} | {after for steps in NEXT.values() for after in steps.values()}
    assert reached == set(ReleaseStage) == set(NEXT)
    assert all(stage in diagram() for stage in ReleaseStage)
