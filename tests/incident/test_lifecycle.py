"""Does the life of an incident follow its table, without dead ends, and as the page draws it?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.errors import BakenError
from baken.incident.lifecycle import NEXT, OVER, Step, StepNotAllowed, advance, diagram
from baken.records.incident import Stage

PAGE = Path(__file__).parents[2] / "docs" / "chapters" / "incidents.md"


def reachable_from(stage):
    """Follow every step from a stage."""
    found, waiting = set(), [stage]
    while waiting:
        here = waiting.pop()
        found.add(here)
        waiting.extend(set(NEXT[here].values()) - found)
    return found


@pytest.mark.capability(
    "Life of an incident", status="MODELLED", authority="its table, by every sequence of steps"
)
@given(st.lists(st.sampled_from(Step)))
def test_whatever_is_asked_an_incident_stays_in_the_table(steps):
    stage = Stage.SUSPECTED
    for step in steps:
        if step in NEXT[stage]:
            stage = advance(stage, step)
            continue
        with pytest.raises(StepNotAllowed) as refused:
            advance(stage, step)
        assert (refused.value.stage, refused.value.step) == (stage, step)


def test_every_stage_can_be_reached_and_left():
    assert reachable_from(Stage.SUSPECTED) == set(Stage)
    assert all(NEXT[stage] for stage in Stage)


@pytest.mark.parametrize("stage", Stage)
def test_from_every_stage_an_incident_can_be_closed_and_be_worked_on_again(stage):
    assert reachable_from(stage) >= {Stage.CLOSED, Stage.RESPONDING}


def test_what_is_over_can_only_be_reopened():
    assert {step for stage in OVER for step in NEXT[stage]} == {Step.REOPEN}


def test_a_refused_step_names_those_there_are():
    with pytest.raises(
        BakenError, match="that is confirmed cannot reopen; it can respond or resolve or dismiss"
    ):
        advance(Stage.CONFIRMED, Step.REOPEN)


def test_the_page_shows_the_table_as_it_is():
    assert f"```mermaid\n{diagram()}\n```" in PAGE.read_text(encoding="utf-8")
