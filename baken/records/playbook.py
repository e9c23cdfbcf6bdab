"""A playbook: what people, and elsewhere machines, do one after the other, as one house hands it to another.

The words are those of CACAO Security Playbooks 2.0.  What the standard gives room for and nobody here reads
is ``kept``: each property's name and its value in canonical JSON, so that it goes on as it came.  Nothing in
a playbook is ever carried out by this software: a command is text for a person.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from enum import StrEnum

Kept = tuple[tuple[str, str], ...]

# Under this name our identifiers are made; it is a name-based UUID itself, of our own address.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:baken:playbooks")
PLAYBOOK = "playbook"


class StepKind(StrEnum):
    """What a step of a workflow can be."""

    START = "start"
    END = "end"
    ACTION = "action"
    PLAYBOOK_ACTION = "playbook-action"
    PARALLEL = "parallel"
    IF = "if-condition"
    WHILE = "while-condition"
    SWITCH = "switch-condition"


class MarkingKind(StrEnum):
    """What a data marking can be."""

    TLP = "marking-tlp"
    STATEMENT = "marking-statement"
    IEP = "marking-iep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What somebody's extension says: the definition it keeps to, and its content in canonical JSON."""

    definition_id: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionDefinition:
    """Who made an extension, and where it is written down: an address, or the words themselves."""

    definition_id: str
    name: str
    created_by: str
    schema: str
    version: str
    description: str = ""
    kept: Kept = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalReference:
    """Something outside the playbook that it leans on."""

    name: str
    description: str = ""
    source: str = ""
    url: str = ""
    external_id: str = ""
    reference_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something to be filled in.  ``value`` is ``None`` while nobody knows it."""

    name: str
    kind: str
    description: str = ""
    value: str | None = None
    is_constant: bool = False
    is_external: bool = False
    kept: Kept = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What an agent is to do, as text.  A ``manual`` one is for a person; no kind is carried out here."""

    kind: str
    text: str = ""
    description: str = ""
    activity: str = ""
    kept: Kept = ()

    @property
    def is_manual(self) -> bool:
        return self.kind == "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who or what acts, or is acted on: an organization, an individual, a group, a sector, a device."""

    agent_id: str
    kind: str
    name: str
    description: str = ""
    extensions: tuple[Extension, ...] = ()
    kept: Kept = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMarking:
    """How a playbook may be handed on: ``says`` is a TLP 2.0 level, or the words of a statement."""

    marking_id: str
    kind: MarkingKind
    created_by: str
    created_tai_ns: int
    says: str = ""
    name: str = ""
    description: str = ""
    kept: Kept = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a workflow, with the steps it leads to.

    ``on_completion`` stands where success and failure lead to the same; ``delay_s`` and ``timeout_s`` are
    whole milliseconds.  ``condition`` is what an if, a while or a switch looks at; ``cases`` are a switch's
    values and their steps; ``next_steps`` are a parallel's branches.
    """

    step_id: str
    kind: StepKind
    name: str = ""
    description: str = ""
    references: tuple[ExternalReference, ...] = ()
    delay_s: float = 0.0
    timeout_s: float | None = None
    on_completion: str = ""
    on_success: str = ""
    on_failure: str = ""
    commands: tuple[Command, ...] = ()
    agent_id: str = ""
    target_ids: tuple[str, ...] = ()
    condition: str = ""
    on_true: str = ""
    on_false: str = ""
    cases: tuple[tuple[str, str], ...] = ()
    next_steps: tuple[str, ...] = ()
    playbook_id: str = ""
    variables: tuple[Variable, ...] = ()
    extensions: tuple[Extension, ...] = ()
    kept: Kept = ()

    @property
    def branches(self) -> tuple[str, ...]:
        """The first step of each branch that this step opens; each comes back when it has ended."""
        said = (self.on_true, self.on_false, *(step_id for _, step_id in self.cases), *self.next_steps)
        return tuple(step_id for step_id in said if step_id)

    @property
    def successors(self) -> tuple[str, ...]:
        """The steps that may come when this one, with its branches, is over."""
        said = (self.on_completion, self.on_success, self.on_failure)
        return tuple(step_id for step_id in said if step_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """A workflow with what is known about it.  ``priority`` is highest at 1; 0 and ``None`` say nothing."""

    playbook_id: str
    name: str
    created_by: str
    created_tai_ns: int
    modified_tai_ns: int
    start_id: str
    steps: tuple[Step, ...]
    description: str = ""
    types: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    is_revoked: bool = False
    valid_from_tai_ns: int | None = None
    valid_until_tai_ns: int | None = None
    derived_from: tuple[str, ...] = ()
    priority: int | None = None
    severity: int | None = None
    impact: int | None = None
    references: tuple[ExternalReference, ...] = ()
    marking_ids: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    exception_id: str = ""
    agents: tuple[Agent, ...] = ()
    targets: tuple[Agent, ...] = ()
    extensions: tuple[Extension, ...] = ()
    extension_definitions: tuple[ExtensionDefinition, ...] = ()
    markings: tuple[DataMarking, ...] = ()
    kept: Kept = ()

    def step(self, step_id: str) -> Step | None:
        """Return a step by its identifier, or ``None``."""
        return next((step for step in self.steps if step.step_id == step_id), None)

    def agent(self, agent_id: str) -> Agent | None:
        """Return an agent by its identifier, or ``None``."""
        return next((agent for agent in self.agents if agent.agent_id == agent_id), None)


def canonical_json(value: object) -> str:
    """Return a JSON value in one line: keys in order, no blanks, every character as itself.

    >>> canonical_json({"b": [1, 2.50], "a": "é"})
    '{"a":"é","b":[1,2.5]}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def playbook_id_of(*names: str) -> str:
    """Return the identifier of a playbook with these names: a UUID of version 5, the same whenever asked.

    >>> playbook_id_of("nl", "reentry")
    'playbook--d75e8425-28bd-5281-b95d-f761521f03ae'
    """
    return f"{PLAYBOOK}--{uuid.uuid5(NAMESPACE, _joined(names))}"


def object_id_of(kind: str, *names: str) -> str:
    """Return the identifier of another object with these names, the same whenever asked.

    The standard wants version 4 for steps, so the digits are those of a hash, in the form of version 4:
    nobody can tell them from drawn ones, and the same plan gives the same playbook byte for byte.
    Source: CACAO 2.0, section 10.10; RFC 4122, section 4.4.

    >>> object_id_of("action", "nl", "reentry", "warn-aviation")
    'action--09991c08-c4fe-4432-b1a2-073e0d67be2b'
    """
    digest = hashlib.sha256(NAMESPACE.bytes + _joined((kind, *names)).encode()).digest()
    return f"{kind}--{uuid.UUID(bytes=digest[:16], version=4)}"


def _joined(names: tuple[str, ...]) -> str:
    # No name holds this character, so two lists of names never read alike.
    return "\x1f".join(names)
