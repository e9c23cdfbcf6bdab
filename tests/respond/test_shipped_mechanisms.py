"""The mechanisms that come with Baken: readable, sourced, honest about what is open, and no word too many."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import chain

import pytest

from baken.incident.wording import objections_to
from baken.records.incident import IncidentKind, Severity
from baken.records.response import Base, Bilingual, Mechanism, Plan, Task
from baken.respond.mechanism_file import DAY_S, HOUR_S, read_mechanism

SHIPPED = ("nl",)


def text_of(name: str) -> str:
    return files("baken.respond").joinpath("mechanisms", f"{name}.toml").read_text(encoding="utf-8")


@pytest.fixture(params=SHIPPED)
def mechanism(request) -> Mechanism:
    return read_mechanism(text_of(request.param))


@pytest.fixture(scope="module")
def nl() -> Mechanism:
    return read_mechanism(text_of("nl"))


def tasks_of(mechanism: Mechanism) -> Iterator[tuple[Plan, Task]]:
    return ((plan, task) for plan in mechanism.plans for task in plan.tasks)


def texts_of(task: Task) -> Iterator[Bilingual]:
    return (
        text
        for text in (task.what, task.note, task.open_because, *(option.name for option in task.options))
        if text is not None
    )


def test_every_line_has_a_source(mechanism):
    lines = chain(
        mechanism.organisations, mechanism.roles, mechanism.plans, (task for _, task in tasks_of(mechanism))
    )
    assert [line for line in lines if not line.source_ids] == []


def test_every_source_says_something_and_is_used(mechanism):
    lines = chain(
        mechanism.organisations, mechanism.roles, mechanism.plans, (task for _, task in tasks_of(mechanism))
    )
    used = set(chain.from_iterable(line.source_ids for line in lines))
    assert {source.source_id for source in mechanism.sources} == used
    assert all(source.says and source.url.startswith(("https://", "http://")) for source in mechanism.sources)


def test_a_shipped_mechanism_is_marked_illustrative(mechanism):
    assert mechanism.is_illustrative
    assert "illustrative" in mechanism.about.en.lower()


def test_a_figure_is_from_a_law_or_is_to_be_confirmed(mechanism):
    unexplained = [
        f"{plan.plan_id} {task.task_id}"
        for plan, task in tasks_of(mechanism)
        if (task.within_s or task.lapses_after_s) and not (task.legal_basis or task.to_be_confirmed)
    ]
    assert unexplained == []


def test_no_task_names_a_state_or_a_motive(mechanism):
    names = [name for each in mechanism.organisations for name in (each.name.nl, each.name.en)]
    objected = [
        (task.task_id, objection.text)
        for _, task in tasks_of(mechanism)
        for both in texts_of(task)
        for text in (both.nl, both.en)
        for objection in objections_to(text, names)
    ]
    assert objected == []


def test_dutch_and_english_are_two_texts(mechanism):
    same = [both.en for _, task in tasks_of(mechanism) for both in texts_of(task) if both.nl == both.en]
    assert same == []


def test_the_grave_comes_before_ministers(nl):
    for plan in nl.plans:
        ladder = [plan.task(name) for name in ("call-iao", "scale-up", "call-iccb", "call-mccb")]
        assert [task.from_severity for task in ladder if task] in (
            [],
            [Severity.SERIOUS, Severity.SERIOUS, Severity.SERIOUS, Severity.SEVERE],
        )


def test_nobody_leads_a_reentry_and_the_file_says_why(nl):
    plan = nl.plan("reentry")
    assert plan.kinds == {IncidentKind.REENTRY}
    assert plan.responsible == ()
    assert "No public text" in plan.open_because.en
    lead = plan.task("lead")
    assert lead.by == ""
    assert lead.open_because is not None


def test_the_clocks_of_nis2_are_those_of_the_directive(nl):
    plan = nl.plan("cyber")
    first, second, last = (plan.task(name) for name in ("early-warning", "notification", "final-report"))
    assert (first.within_s, first.counts_from) == (24 * HOUR_S, Base.CASE)
    assert (second.within_s, second.counts_from) == (72 * HOUR_S, Base.CASE)
    # Art. 23(4)(d): a month after the notification, not after the incident.
    assert (last.within_s, last.counts_from, last.after) == (30 * DAY_S, Base.TASK, ("notification",))
    assert not any(task.to_be_confirmed for task in (first, second, last))
