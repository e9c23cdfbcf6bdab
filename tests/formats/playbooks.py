"""Playbooks to read, good and bad, and a way to draw more: written along the standard, nothing copied."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from baken.records.playbook import (
    Agent,
    Command,
    DataMarking,
    Extension,
    ExtensionDefinition,
    ExternalReference,
    MarkingKind,
    Playbook,
    Step,
    StepKind,
    Variable,
    object_id_of,
    playbook_id_of,
)

Said = dict[str, Any]

IDENTITY = object_id_of("identity", "baken")
START, WARN, ASK, BOTH = (
    object_id_of(kind, "test", kind) for kind in ("start", "action", "if-condition", "parallel")
)
CALL, LOOK, REPEAT, CHOOSE, OTHER = (
    object_id_of(*words)
    for words in (
        ("action", "call"),
        ("action", "look"),
        ("while-condition", "repeat"),
        ("switch-condition", "choose"),
        ("playbook-action", "other"),
    )
)
ENDS = tuple(object_id_of("end", str(number)) for number in range(9))
DESK, MAST = object_id_of("organization", "desk"), object_id_of("net-address", "mast")
EXTENSION_ID = object_id_of("extension-definition", "clocks")
TLP, COPYRIGHT = object_id_of("marking-tlp", "clear"), object_id_of("marking-statement", "copyright")


def good() -> Said:
    """Return a playbook with every kind of step in it."""
    return {
        "type": "playbook",
        "spec_version": "cacao-2.0",
        "id": playbook_id_of("test"),
        "name": "An object comes down",
        "description": "Who is warned, and by whom.",
        "playbook_types": ["notification"],
        "playbook_activities": ["deliver-content"],
        "playbook_processing_summary": {"manual_playbook": False, "if_logic": True},
        "created_by": IDENTITY,
        "created": "2026-11-25T12:00:00.000Z",
        "modified": "2026-11-25T12:30:00.500Z",
        "valid_from": "2026-12-01T00:00:00.000Z",
        "valid_until": "2027-12-01T00:00:00.123456789Z",
        "derived_from": [playbook_id_of("earlier")],
        "priority": 1,
        "severity": 70,
        "impact": 5,
        "industry_sectors": ["aerospace"],
        "labels": ["re-entry"],
        "external_references": [{"name": "a handbook", "url": "https://example.org/handbook"}],
        "markings": [TLP, COPYRIGHT],
        "playbook_variables": {"__window__": {"type": "string", "value": "", "external": True}},
        "workflow_start": START,
        "workflow_exception": ENDS[0],
        "workflow": {
            START: {"type": "start", "on_completion": WARN},
            WARN: {
                "type": "action",
                "name": "Warn aviation",
                "delay": 250,
                "timeout": 900000,
                "on_success": ASK,
                "on_failure": ENDS[1],
                "step_extensions": {EXTENSION_ID: {"counts_from": "case", "within_s": 900.5}},
                "commands": [
                    {
                        "type": "manual",
                        "command": "Telephone the flow manager",
                        "playbook_activity": "deliver-content",
                    },
                    {
                        "type": "http-api",
                        "command": "POST /a HTTP/1.1",
                        "headers": {"Host": ["a"]},
                        "content": "{}",
                    },
                ],
                "agent": DESK,
                "targets": [MAST],
                "in_args": ["__window__"],
            },
            ASK: {
                "type": "if-condition",
                "condition": "__window__:value != ''",
                "on_true": BOTH,
                "on_false": ENDS[2],
                "on_completion": ENDS[0],
            },
            BOTH: {"type": "parallel", "next_steps": [CALL, LOOK], "on_completion": REPEAT},
            CALL: {
                "type": "action",
                "commands": [{"type": "manual", "command_b64": "Y2FsbA=="}],
                "agent": DESK,
                "on_completion": ENDS[3],
            },
            LOOK: {
                "type": "action",
                "commands": [{"type": "sigma", "command_b64": "eA=="}],
                "agent": DESK,
                "on_completion": ENDS[4],
            },
            REPEAT: {
                "type": "while-condition",
                "condition": "__window__:value = 'open'",
                "on_true": CHOOSE,
                "on_completion": ENDS[5],
            },
            CHOOSE: {
                "type": "switch-condition",
                "switch": "__window__:value",
                "cases": {"a": OTHER, "default": ENDS[7]},
                "on_completion": ENDS[8],
            },
            OTHER: {
                "type": "playbook-action",
                "playbook_id": playbook_id_of("other"),
                "on_completion": ENDS[6],
            },
            **{end: {"type": "end"} for end in ENDS},
        },
        "agent_definitions": {
            DESK: {
                "type": "organization",
                "name": "The desk",
                "contact": {"phone": {"work": "+31 00 000 0000"}},
                "location": {"region": "western-europe", "country": "NL"},
            }
        },
        "target_definitions": {
            MAST: {"type": "net-address", "name": "The mast", "address": {"ipv4": ["192.0.2.1"], "vlan": [7]}}
        },
        "extension_definitions": {
            EXTENSION_ID: {
                "type": "extension-definition",
                "name": "clocks",
                "created_by": IDENTITY,
                "schema": "counts_from: a word; within_s: seconds",
                "version": "1.0.0",
            }
        },
        "data_marking_definitions": {
            TLP: {
                "type": "marking-tlp",
                "id": TLP,
                "created_by": IDENTITY,
                "created": "2026-11-25T12:00:00.000Z",
                "tlpv2_level": "TLP:CLEAR",
            },
            COPYRIGHT: {
                "type": "marking-statement",
                "id": COPYRIGHT,
                "created_by": IDENTITY,
                "created": "2026-11-25T12:00:00.000Z",
                "statement": "Free to use",
                "labels": ["licence"],
            },
        },
        "signatures": [{"type": "jss", "value": "kept and not believed"}],
    }


def smallest() -> Said:
    """Return the least that is a playbook."""
    return {
        "type": "playbook",
        "spec_version": "cacao-2.0",
        "id": playbook_id_of("smallest"),
        "name": "Small",
        "created_by": IDENTITY,
        "created": "2026-11-25T12:00:00.000Z",
        "modified": "2026-11-25T12:00:00.000Z",
        "workflow_start": START,
        "workflow": {
            START: {"type": "start", "on_completion": OTHER},
            OTHER: {
                "type": "playbook-action",
                "playbook_id": playbook_id_of("other"),
                "on_completion": ENDS[0],
            },
            ENDS[0]: {"type": "end"},
        },
    }


def text_of(said: Said) -> str:
    """Return a playbook as its sender would write it."""
    return json.dumps(said)


def put(value: object, *path: str | int) -> Callable[[Said], None]:
    """Return a change: another value at a place."""

    def change(said: Said) -> None:
        place: Any = said
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


def lose(*path: str) -> Callable[[Said], None]:
    """Return a change: what stood at a place is gone."""

    def change(said: Said) -> None:
        place: Any = said
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return change


ALIKE = ENDS[0].replace("end--", "group--")
VERSION_5 = playbook_id_of("a step").replace("playbook--", "end--")
# What is wrong, how a good playbook comes to it, where it is told, and whether a schema can see it.
BAD: tuple[tuple[str, Callable[[Said], None], str, bool], ...] = (
    ("another standard", put("cacao-1.1", "spec_version"), "$.spec_version", True),
    ("another type", put("bundle", "type"), "$.type", True),
    ("no name", lose("name"), "$.name", True),
    ("no workflow", lose("workflow"), "$.workflow", True),
    ("an identifier of words", put("playbook--one", "id"), "$.id", True),
    (
        "an identifier of a UUID of version 9",
        put("playbook--00000000-0000-9000-8000-000000000000", "id"),
        "$.id",
        True,
    ),
    ("a maker who is no identity", put(DESK, "created_by"), "$.created_by", True),
    ("a time without a zone", put("2026-11-25T12:00:00.000", "created"), "$.created", True),
    ("a time in another zone", put("2026-11-25T12:00:00.000+01:00", "created"), "$.created", True),
    ("a time without milliseconds", put("2026-11-25T12:00:00Z", "modified"), "$.modified", True),
    ("a day that never was", put("2026-02-30T12:00:00.000Z", "created"), "$.created", False),
    ("changed before it was made", put("2026-11-25T11:00:00.000Z", "modified"), "$.modified", False),
    ("over before it begins", put("2026-11-30T00:00:00.000Z", "valid_until"), "$.valid_until", False),
    ("a priority above 100", put(101, "priority"), "$.priority", True),
    ("a priority that is true", put(True, "priority"), "$.priority", True),
    ("half a severity", put(0.5, "severity"), "$.severity", True),
    ("an empty list", put([], "labels"), "$.labels", True),
    ("a known type and no activity", lose("playbook_activities"), "$.playbook_activities", False),
    ("a property nobody knows", put(1, "colour"), "$", True),
    ("a property of an older draft", put("x", "workflow", WARN, "on-completion"), f"$.workflow.{WARN}", True),
    ("a start that is an action", put(WARN, "workflow_start"), "$.workflow_start", True),
    (
        "a start that is not there",
        put(object_id_of("start", "gone"), "workflow_start"),
        "$.workflow_start",
        False,
    ),
    (
        "an exception that is not there",
        put(object_id_of("end", "gone"), "workflow_exception"),
        "$.workflow_exception",
        False,
    ),
    (
        "a next step that is not there",
        put(object_id_of("end", "gone"), "workflow", WARN, "on_success"),
        f"$.workflow.{WARN}.on_success",
        False,
    ),
    (
        "a case that leads nowhere",
        put(object_id_of("end", "gone"), "workflow", CHOOSE, "cases", "a"),
        f"$.workflow.{CHOOSE}.cases.a",
        False,
    ),
    (
        "a step of another type than its name",
        put("end", "workflow", CALL, "type"),
        f"$.workflow.{CALL}",
        True,
    ),
    ("a step of no type there is", put("single", "workflow", CALL, "type"), f"$.workflow.{CALL}.type", True),
    ("a step of version 5", put({"type": "end"}, "workflow", VERSION_5), f"$.workflow.{VERSION_5}", True),
    (
        "an action without commands",
        put([], "workflow", CALL, "commands"),
        f"$.workflow.{CALL}.commands",
        True,
    ),
    ("an action without an agent", lose("workflow", CALL, "agent"), f"$.workflow.{CALL}.agent", True),
    (
        "an agent that is not there",
        put(object_id_of("group", "gone"), "workflow", CALL, "agent"),
        f"$.workflow.{CALL}.agent",
        False,
    ),
    (
        "a target that is not there",
        put([DESK], "workflow", WARN, "targets"),
        f"$.workflow.{WARN}.targets[0]",
        False,
    ),
    (
        "a command that says nothing",
        put([{"type": "manual"}], "workflow", CALL, "commands"),
        f"$.workflow.{CALL}.commands[0].command",
        True,
    ),
    (
        "a manual command with a body",
        put([{"type": "manual", "command": "x", "content": "y"}], "workflow", CALL, "commands"),
        f"$.workflow.{CALL}.commands[0].content",
        False,
    ),
    (
        "completion beside success",
        put(ENDS[8], "workflow", WARN, "on_completion"),
        f"$.workflow.{WARN}",
        True,
    ),
    (
        "an end that leads on",
        put(ENDS[1], "workflow", ENDS[0], "on_completion"),
        f"$.workflow.{ENDS[0]}",
        True,
    ),
    ("a start that can fail", put(ENDS[1], "workflow", START, "on_failure"), f"$.workflow.{START}", True),
    ("an action that leads nowhere", lose("workflow", CALL, "on_completion"), f"$.workflow.{CALL}", False),
    (
        "one branch in parallel",
        put([CALL], "workflow", BOTH, "next_steps"),
        f"$.workflow.{BOTH}.next_steps",
        True,
    ),
    (
        "two branches with one end",
        put(ENDS[4], "workflow", CALL, "on_completion"),
        f"$.workflow.{BOTH}",
        False,
    ),
    ("a circle", put(WARN, "workflow", CALL, "on_completion"), "$.workflow.", False),
    ("a step that follows itself", put(CALL, "workflow", CALL, "on_completion"), f"$.workflow.{CALL}", False),
    (
        "half a second of delay in words",
        put("500", "workflow", WARN, "delay"),
        f"$.workflow.{WARN}.delay",
        True,
    ),
    ("a delay before now", put(-1, "workflow", WARN, "delay"), f"$.workflow.{WARN}.delay", True),
    (
        "a variable without its bars",
        put({"window": {"type": "string"}}, "playbook_variables"),
        "$.playbook_variables",
        True,
    ),
    (
        "a variable that is a number",
        put(1, "playbook_variables", "__window__", "value"),
        "$.playbook_variables.__window__.value",
        True,
    ),
    (
        "a reference that is a name only",
        put([{"name": "x"}], "external_references"),
        "$.external_references[0]",
        True,
    ),
    (
        "a reference without a name",
        put([{"url": "x"}], "external_references"),
        "$.external_references[0].name",
        True,
    ),
    (
        "an agent without a name",
        lose("agent_definitions", DESK, "name"),
        f"$.agent_definitions.{DESK}.name",
        True,
    ),
    (
        "an agent of another type than its name",
        put("group", "agent_definitions", DESK, "type"),
        f"$.agent_definitions.{DESK}.type",
        True,
    ),
    (
        "an agent with a property nobody knows",
        put(1, "agent_definitions", DESK, "banana"),
        f"$.agent_definitions.{DESK}",
        True,
    ),
    (
        "a place in no region",
        put("atlantis", "agent_definitions", DESK, "location", "region"),
        f"$.agent_definitions.{DESK}.location.region",
        False,
    ),
    (
        "a level of the first TLP",
        put("TLP:WHITE", "data_marking_definitions", TLP, "tlpv2_level"),
        f"$.data_marking_definitions.{TLP}.tlpv2_level",
        True,
    ),
    ("a marking that is not there", lose("data_marking_definitions", COPYRIGHT), "$.markings[1]", False),
    (
        "a marking under another key",
        put(COPYRIGHT, "data_marking_definitions", TLP, "id"),
        f"$.data_marking_definitions.{TLP}.id",
        False,
    ),
    (
        "an extension nobody defined",
        lose("extension_definitions", EXTENSION_ID),
        f"$.workflow.{WARN}.step_extensions",
        False,
    ),
    (
        "an extension without a schema",
        lose("extension_definitions", EXTENSION_ID, "schema"),
        f"$.extension_definitions.{EXTENSION_ID}.schema",
        True,
    ),
    (
        "two objects with the same digits",
        put({"type": "group", "name": "x"}, "agent_definitions", ALIKE),
        "$",
        False,
    ),
)


def clean_texts() -> st.SearchStrategy[str]:
    """Draw texts that UTF-8 can carry."""
    return st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    """Draw a playbook: a line of steps, some of which open branches of their own, and what goes with it."""
    maker = _Maker(draw)
    start = object_id_of("start", "drawn")
    first = maker.line(depth=2)
    steps = (Step(step_id=start, kind=StepKind.START, on_completion=first), *maker.steps)
    created_ms = draw(st.integers(0, 9 * 10**12))
    markings = (
        DataMarking(
            marking_id=TLP,
            kind=MarkingKind.TLP,
            created_by=IDENTITY,
            created_tai_ns=created_ms * 1_000_000,
            says=draw(st.sampled_from(["TLP:RED", "TLP:AMBER+STRICT", "TLP:CLEAR"])),
            name=draw(maybe()),
        ),
    )
    extension = Extension(definition_id=EXTENSION_ID, content='{"any_thing":[1,{"é":null}]}')
    drawn = Playbook(
        playbook_id=playbook_id_of(draw(clean_texts())),
        name=draw(clean_texts()),
        created_by=IDENTITY,
        created_tai_ns=created_ms * 1_000_000,
        modified_tai_ns=(created_ms + draw(st.integers(0, 10**9))) * 1_000_000,
        start_id=start,
        steps=steps,
        description=draw(maybe()),
        types=tuple(draw(st.lists(clean_texts(), max_size=2))),
        activities=("deliver-content",),
        labels=tuple(draw(st.lists(clean_texts(), max_size=2))),
        is_revoked=draw(st.booleans()),
        valid_from_tai_ns=draw(st.none() | st.integers(0, 9 * 10**18)),
        priority=draw(st.none() | st.integers(0, 100)),
        severity=draw(st.none() | st.integers(0, 100)),
        references=(ExternalReference(name="x", external_id=draw(clean_texts())),),
        variables=(
            Variable(
                name="__v__", kind="string", value=draw(st.none() | st.text(st.characters(codec="utf-8")))
            ),
        ),
        exception_id=draw(st.sampled_from(["", steps[-1].step_id])),
        agents=(
            Agent(agent_id=DESK, kind="organization", name=draw(clean_texts()), extensions=(extension,)),
        ),
        extensions=draw(st.sampled_from([(), (extension,)])),
        extension_definitions=(
            ExtensionDefinition(
                definition_id=EXTENSION_ID, name="x", created_by=IDENTITY, schema="y", version="1.0.0"
            ),
        ),
        markings=markings,
        marking_ids=draw(st.sampled_from([(), (TLP,)])),
        kept=(("industry_sectors", '["aerospace"]'),),
    )
    return (
        drawn
        if any(step.kind is StepKind.ACTION for step in steps)
        else replace(drawn, steps=_with_work(steps))
    )


def maybe() -> st.SearchStrategy[str]:
    """Draw a text, or none."""
    return st.just("") | clean_texts()


def _with_work(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    start, *others = steps
    work = object_id_of("action", "work")
    action = Step(
        step_id=work,
        kind=StepKind.ACTION,
        commands=(Command(kind="manual", text="x"),),
        agent_id=DESK,
        on_completion=start.on_completion,
    )
    return (replace(start, on_completion=work), action, *others)


class _Maker:
    """Makes lines of steps, each with an end of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.steps, self.n_made = draw, list[Step](), 0

    def line(self, depth: int) -> str:
        """Make a line of steps and return the first."""
        following = self._add(
            Step(step_id=self._id("end"), kind=StepKind.END, description=self.draw(maybe()))
        )
        for _ in range(self.draw(st.integers(0, 2))):
            following = self._add(self._step(following, depth))
        return following

    def _step(self, following: str, depth: int) -> Step:
        kinds = [StepKind.ACTION, StepKind.PLAYBOOK_ACTION]
        kinds += [StepKind.PARALLEL, StepKind.IF, StepKind.WHILE, StepKind.SWITCH] if depth else []
        kind = self.draw(st.sampled_from(kinds))
        step = Step(
            step_id=self._id(kind),
            kind=kind,
            name=self.draw(maybe()),
            delay_s=self.draw(st.integers(0, 10**13)) / 1_000,
            timeout_s=self.draw(st.none() | st.integers(0, 10**13).map(lambda n: n / 1_000)),
            on_completion=following,
        )
        return self._with_parts(step, depth)

    def _with_parts(self, step: Step, depth: int) -> Step:
        match step.kind:
            case StepKind.ACTION:
                command = Command(kind="manual", text=self.draw(clean_texts()), activity=self.draw(maybe()))
                kept = (("in_args", '["__v__"]'),)
                return replace(step, commands=(command,), agent_id=DESK, kept=kept)
            case StepKind.PLAYBOOK_ACTION:
                return replace(step, playbook_id=playbook_id_of("other"))
            case StepKind.PARALLEL:
                return replace(step, next_steps=(self.line(depth - 1), self.line(depth - 1)))
            case StepKind.SWITCH:
                cases = (("b", self.line(depth - 1)), ("a", self.line(depth - 1)))
                return replace(step, condition="__v__:value", cases=cases)
            case StepKind.IF:
                step = replace(
                    step, on_false=self.draw(st.just("") | st.builds(lambda: self.line(depth - 1)))
                )
        return replace(step, condition=self.draw(clean_texts()), on_true=self.line(depth - 1))

    def _id(self, kind: str) -> str:
        self.n_made += 1
        return object_id_of(kind, "drawn", str(self.n_made))

    def _add(self, step: Step) -> str:
        self.steps.append(step)
        return step.step_id
