"""The mechanisms that come with Baken: readable, sourced, honest about what is open, and no word too many."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import chain

import pytest

from baken.astro.time import tai_ns_from_utc
from baken.incident.wording import objections_to
from baken.records.incident import IncidentKind, Severity
from baken.records.response import Base, Bilingual, Directory, Mechanism, Plan, Task, TaskKind
from baken.respond.lint import lint
from baken.respond.mechanism_file import DAY_S, HOUR_S, read_mechanism

SHIPPED = ("nl",)
A_DAY = tai_ns_from_utc("2026-11-25T12:00:00Z")


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


def test_every_role_has_a_part_somewhere(mechanism):
    playing = set()
    for plan, task in tasks_of(mechanism):
        playing |= {task.by, *task.to, *task.if_missed}
        playing |= {*plan.responsible, *plan.supporting, *plan.informed, plan.stand_down_by}
    assert {role.role_id for role in mechanism.roles} - playing == set()


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


def test_the_lint_finds_nothing_that_keeps_a_mechanism_from_working(mechanism):
    nobody = Directory(contacts=(), shifts=(), stale_after_s=90 * DAY_S)
    assert [finding for finding in lint(mechanism, nobody, A_DAY) if finding.is_problem] == []


def test_every_kind_of_incident_has_a_plan(nl):
    assert frozenset().union(*(plan.kinds for plan in nl.plans)) == set(IncidentKind)
    assert {plan.from_severity for plan in nl.plans} == {Severity.MINOR}


def test_the_grave_comes_before_ministers(nl):
    for plan in nl.plans:
        ladder = [
            plan.task(name).from_severity for name in ("call-iao", "scale-up", "call-iccb", "call-mccb")
        ]
        assert ladder == [Severity.SERIOUS, Severity.SERIOUS, Severity.SERIOUS, Severity.SEVERE], plan.plan_id


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


def test_the_clocks_of_cer_are_those_of_the_directive(nl):
    plan = nl.plan("ground-station")
    first, report = plan.task("first-notice"), plan.task("detailed-report")
    assert (first.within_s, first.counts_from) == (24 * HOUR_S, Base.CASE)
    assert (report.within_s, report.counts_from, report.after) == (30 * DAY_S, Base.TASK, ("first-notice",))


def test_harmful_interference_goes_to_the_other_administration_by_appendix_10(nl):
    for name in ("interference", "navigation"):
        task = nl.plan(name).task("itu-report")
        assert task.by == "rdi-duty"
        assert "appendix 10" in task.legal_basis
        assert task.to_be_confirmed  # The Radio Regulations set no hours.


def test_a_claim_is_decided_within_the_year_the_liability_convention_allows(nl):
    for name in ("reentry", "collision"):
        task = nl.plan(name).task("claim")
        assert task.kind is TaskKind.DECIDE
        assert task.counts_from is Base.CASE
        assert task.within_s <= 365 * DAY_S
