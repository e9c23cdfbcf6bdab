"""Does a plan go out as a playbook and come back, and does a stranger's become a plan people can follow?"""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings

from baken.errors import BadMessage, WrongUsage
from baken.formats.cacao import read_cacao, write_cacao
from baken.records.playbook import Playbook, StepKind, canonical_json, object_id_of, playbook_id_of
from baken.records.response import Base, Mechanism, TaskKind
from baken.respond.directory_file import EMPTY_DIRECTORY
from baken.respond.lint import lint
from baken.respond.lint_plans import waits_for
from baken.respond.mechanism_file import read_mechanism
from baken.respond.mechanism_text import part_of, write_mechanism
from baken.respond.playbook import EXTENSION_ID, playbook_of, waits_of
from baken.respond.playbook_import import mechanism_from
from baken.respond.playbook_tasks import short_name
from tests.conftest import Deviation
from tests.formats.playbooks import (
    CALL,
    DESK,
    ENDS,
    REPEAT,
    WARN,
    Said,
    good,
    playbooks,
    put,
    smallest,
    text_of,
)
from tests.respond.mechanisms import SHIPPED, both, everything, mechanisms, shipped

NOW_TAI_NS = 848_000_000_123_456_789
MILLISECOND_NS = 1_000_000
NONE_AT_ALL = 0.0
LEVEL = "TLP:AMBER+STRICT"
SCHEMA = json.loads(
    (Path(__file__).parents[1] / "authorities" / "cacao" / "playbook.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)
OTHER_TASK = short_name(f"carry out the playbook {playbook_id_of('other')}", "")
ALL_PLANS = [(name, plan.plan_id) for name in SHIPPED for plan in shipped(name).plans]


def made(mechanism: Mechanism, plan_id: str, language: str = "en") -> Playbook:
    """Return a plan as a playbook, made at one instant."""
    return playbook_of(mechanism, plan_id, made_tai_ns=NOW_TAI_NS, tlp_level=LEVEL, language=language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("name", "plan_id"), ALL_PLANS)
def test_a_shipped_plan_goes_out_valid_and_comes_back_as_it_was(
    name: str, plan_id: str, language: str
) -> None:
    mechanism = shipped(name)
    written = write_cacao(made(mechanism, plan_id, language))
    VALIDATOR.validate(json.loads(written))
    assert written == write_cacao(made(mechanism, plan_id, language))
    plan = mechanism.plan(plan_id)
    assert plan is not None
    assert mechanism_from(read_cacao(written)) == part_of(mechanism, plan)


@pytest.mark.capability(
    "Plans as CACAO 2.0 playbooks", status="MODELLED", authority="our schema along OASIS CACAO 2.0 CS01"
)
def test_no_shipped_plan_makes_a_playbook_the_schema_refuses(deviation: Deviation) -> None:
    written = (write_cacao(made(shipped(name), plan_id)) for name, plan_id in ALL_PLANS)
    n_refused = sum(not VALIDATOR.is_valid(json.loads(text)) for text in written)
    deviation(n_refused, "playbooks refused", NONE_AT_ALL)


@settings(max_examples=80, deadline=None)
@given(mechanism=mechanisms())
def test_a_drawn_plan_goes_out_valid_and_comes_back_as_it_was(mechanism: Mechanism) -> None:
    written = write_cacao(made(mechanism, "drawn"))
    VALIDATOR.validate(json.loads(written))
    assert mechanism_from(read_cacao(written)) == part_of(mechanism, mechanism.plans[0])


def begun_after(playbook: Playbook, first: str, done: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each action of a line of steps with all that is over when it begins, and last the end's own."""
    name = first
    while (step := playbook.step(name)) is not None and step.kind is not StepKind.END:
        if step.kind is StepKind.ACTION:
            yield name, done
            done |= {name}
        for branch in step.branches:
            over = list(begun_after(playbook, branch, done))
            yield from over[:-1]
            done |= over[-1][1]
        name = step.on_completion
    yield "", done


@settings(max_examples=80, deadline=None)
@given(mechanism=mechanisms())
def test_no_step_begins_before_what_it_waits_for(mechanism: Mechanism) -> None:
    playbook = made(mechanism, "drawn")
    start = playbook.step(playbook.start_id)
    assert start is not None
    begun = dict(begun_after(playbook, start.on_completion, frozenset()))
    for task in mechanism.plans[0].tasks:
        (own, *others) = (
            object_id_of("action", "drawn", "drawn", each) for each in (task.task_id, *waits_of(task))
        )
        assert begun[own] >= set(others)


def test_tasks_that_do_not_wait_for_one_another_stand_side_by_side() -> None:
    whole = everything()
    act = replace(whole.plans[0].tasks[1], after=(), condition=None)
    plan = replace(whole.plans[0], tasks=(whole.plans[0].tasks[0], act))
    playbook = made(replace(whole, plans=(plan,)), "plan")
    (parallel,) = (step for step in playbook.steps if step.kind is StepKind.PARALLEL)
    assert len(parallel.next_steps) == 2


def test_a_deadline_is_a_timeout_only_where_it_counts_from_its_own_step() -> None:
    whole = everything()
    for base, timeout in ((Base.TASK, 5_400_000), (Base.CASE, None), (Base.RESPONSE, None)):
        act = replace(whole.plans[0].tasks[1], counts_from=base)
        plan = replace(whole.plans[0], tasks=(whole.plans[0].tasks[0], act))
        said = json.loads(write_cacao(made(replace(whole, plans=(plan,)), "plan")))
        (step,) = (step for step in said["workflow"].values() if step.get("name", "").startswith("en act"))
        assert step.get("timeout") == timeout
        assert "90 min" in step["description"]


def test_a_reader_without_our_extension_misses_nothing_that_a_task_says() -> None:
    playbook = made(everything(), "plan", "nl")
    (step,) = (step for step in playbook.steps if step.name.startswith("nl act"))
    for wanted in (
        "nl open",
        "nl centre",
        "nl decide",
        "nl yes",
        "severe",
        "1.5 min",
        "90 min",
        "nl ministry",
        "bevestigen",
        "article 1",
        "nl note",
    ):
        assert wanted in step.description, wanted
    for wanted in (
        "nl about",
        "uncontrolled-reentry",
        "nl desk",
        "nl centre",
        "nl ministry",
        "nl open",
        "6 h",
        "nl over",
        "nl note",
    ):
        assert wanted in playbook.description, wanted
    assert [reference.url for reference in step.references] == ["https://example.org"]
    assert step.commands[0].is_manual


def test_a_playbook_names_roles_and_nobody_to_call() -> None:
    written = write_cacao(made(shipped("nl.toml"), "reentry"))
    assert '"contact"' not in written


def test_a_plan_that_is_not_there_or_goes_round_is_refused() -> None:
    whole = everything()
    with pytest.raises(WrongUsage, match="no plan 'other'; it has plan"):
        made(whole, "other")
    decide, act = whole.plans[0].tasks
    plan = replace(whole.plans[0], tasks=(replace(decide, after=("act",)), act))
    with pytest.raises(WrongUsage, match="wait for one another"):
        made(replace(whole, plans=(plan,)), "plan")


def imported(said: Said) -> Mechanism:
    """Return what a stranger's playbook becomes."""
    return mechanism_from(read_cacao(text_of(said)))


def without_a_loop() -> Said:
    """Return the good playbook with a question once where it has a loop."""
    said = copy.deepcopy(good())
    said["workflow"][REPEAT]["type"] = "if-condition"
    text = text_of(said).replace(REPEAT, REPEAT.replace("while-condition", "if-condition"))
    told: Said = json.loads(text)
    return told


def test_a_strangers_playbook_becomes_a_plan_of_manual_tasks_in_its_order() -> None:
    (plan,) = imported(without_a_loop()).plans
    waiting = {task.task_id: (task.kind.value, task.by, waits_of(task)) for task in plan.tasks}
    assert waiting == {
        "warn-aviation": ("act", "the-desk", ()),
        "window-value": ("decide", "", ("warn-aviation",)),
        "call": ("act", "the-desk", ("window-value",)),
        "what-a-machine-was-to-do-sigma": ("act", "the-desk", ("window-value",)),
        "window-value-open": (
            "decide",
            "",
            ("call", "what-a-machine-was-to-do-sigma", "window-value"),
        ),
        "window-value-2": ("decide", "", ("window-value-open",)),
        OTHER_TASK: ("act", "", ("window-value-2",)),
    }


def test_what_is_for_a_machine_is_told_and_to_be_confirmed_and_not_done() -> None:
    (plan,) = imported(without_a_loop()).plans
    task = plan.task("warn-aviation")
    assert task is not None
    assert task.note is not None
    assert task.to_be_confirmed
    assert "For a machine, not carried out here (http-api): POST /a HTTP/1.1" in task.note.en
    assert "Niet" not in task.note.en


def test_a_timeout_becomes_a_deadline_in_whole_minutes_and_the_note_keeps_the_figure() -> None:
    said = smallest()
    work = next(key for key in said["workflow"] if key.startswith("playbook-action"))
    said["workflow"][work] |= {"timeout": 61_500, "delay": 250}
    (task,) = imported(said).plans[0].tasks
    assert task.within_s == 120.0
    assert task.note is not None
    assert "61.5 s" in task.note.en
    assert "0.25 s" in task.note.nl


@pytest.mark.parametrize(
    ("change", "path", "why"),
    [
        (put(True, "revoked"), "$.revoked", "withdrawn"),
        (put(ENDS[3], "workflow", CALL, "on_completion"), "$.workflow.while-condition", "nothing twice"),
        (put(CALL, "workflow", WARN, "on_failure"), f"$.workflow.{WARN}", "when it fails"),
    ],
)
def test_what_cannot_be_a_plan_is_refused_with_the_step(change, path: str, why: str) -> None:  # type: ignore[no-untyped-def]
    said = copy.deepcopy(good())
    change(said)
    with pytest.raises(BadMessage, match=why) as refusal:
        imported(said)
    assert refusal.value.field.startswith(path)


def test_a_playbook_that_unfolds_without_end_is_refused_in_a_moment() -> None:
    said = smallest()
    work = next(key for key in said["workflow"] if key.startswith("playbook-action"))
    names = [object_id_of("if-condition", str(number)) for number in range(18)] + [work]
    for number, name in enumerate(names[:-1]):
        said["workflow"][name] = {
            "type": "if-condition",
            "condition": "x",
            "on_true": names[number + 1],
            "on_completion": names[number + 1],
        }
    said["workflow"][next(key for key in said["workflow"] if key.startswith("start"))]["on_completion"] = (
        names[0]
    )
    with pytest.raises(BadMessage, match="more than 500 tasks"):
        imported(said)


@settings(max_examples=120, deadline=None)
@given(playbook=playbooks())
def test_whatever_is_imported_is_a_mechanism_that_can_work(
    playbook: Playbook,
) -> None:
    try:
        mechanism = mechanism_from(playbook)
    except BadMessage:
        return
    assert read_mechanism(write_mechanism(mechanism)) == mechanism
    (plan,) = mechanism.plans
    assert list(TopologicalSorter(waits_for(plan)).static_order())
    problems = [each.text.en for each in lint(mechanism, EMPTY_DIRECTORY, NOW_TAI_NS) if each.is_problem]
    assert problems == []


def test_what_an_extension_says_counts_only_where_the_steps_say_the_same() -> None:
    playbook = made(everything(), "plan")
    (told,) = (step for step in playbook.steps if step.name.startswith("en act"))
    quiet = replace(told, commands=(replace(told.commands[0], text="en something else"),))
    steps = tuple(quiet if step is told else step for step in playbook.steps)
    changed = mechanism_from(replace(playbook, steps=steps))
    assert changed.mechanism_id == "imported-en-plan"
    assert changed.plans[0].note is not None
    assert "changed since" in changed.plans[0].note.en
    assert any(task.note and "en something else" in task.note.en for task in changed.plans[0].tasks)


@pytest.mark.parametrize(
    "content",
    [
        {"plan": {}},
        {"plan": {"id": "x"}, "language": "en"},
        {"plan": {"a b": 1}, "language": "en"},
        {"plan": [], "language": "en"},
    ],
)
def test_an_extension_of_ours_that_a_stranger_filled_is_not_believed(content: object) -> None:
    playbook = made(everything(), "plan")
    (extension,) = playbook.extensions
    strange = replace(playbook, extensions=(replace(extension, content=canonical_json(content)),))
    assert extension.definition_id == EXTENSION_ID
    assert mechanism_from(strange).is_illustrative


def test_people_whom_a_step_delivers_to_are_informed() -> None:
    said = smallest()
    work = next(key for key in said["workflow"] if key.startswith("playbook-action"))
    end = said["workflow"][work]["on_completion"]
    step = object_id_of("action", "tell")
    said["workflow"][step] = {
        "type": "action",
        "commands": [{"type": "manual", "command": "Tell them", "playbook_activity": "deliver-content"}],
        "agent": DESK,
        "targets": [object_id_of("group", "them")],
        "on_completion": work,
    }
    said["workflow"][next(key for key in said["workflow"] if key.startswith("start"))]["on_completion"] = step
    said["agent_definitions"] = {DESK: {"type": "organization", "name": "The desk"}}
    said["target_definitions"] = {object_id_of("group", "them"): {"type": "group", "name": "Them"}}
    assert end in said["workflow"]
    task = imported(said).plans[0].tasks[0]
    assert (task.kind, task.by, task.to) == (TaskKind.INFORM, "the-desk", ("them",))


def test_texts_stand_in_the_language_asked_for() -> None:
    assert made(everything(), "plan", "nl").name == both("plan").nl
    assert made(everything(), "plan", "en").name == both("plan").en
    assert made(everything(), "plan").created_tai_ns % MILLISECOND_NS == 0


def test_a_command_in_base64_is_told_as_text_where_it_is_text() -> None:
    said = smallest()
    work = next(key for key in said["workflow"] if key.startswith("playbook-action"))
    end = said["workflow"].pop(work)["on_completion"]
    step = object_id_of("action", "tell")
    commands = [{"type": "manual", "command_b64": each} for each in ("QmVsIGhldCBOQ0M=", "/w==")]
    said["workflow"][step] = {"type": "action", "commands": commands, "agent": DESK, "on_completion": end}
    said["workflow"][next(key for key in said["workflow"] if key.startswith("start"))]["on_completion"] = step
    said["agent_definitions"] = {DESK: {"type": "organization", "name": "The desk"}}
    assert imported(said).plans[0].tasks[0].what.nl == "Bel het NCC\nbase64 /w=="
