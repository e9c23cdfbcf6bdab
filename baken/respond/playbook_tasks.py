"""The steps of a playbook as tasks of a plan, walked as somebody would who carries them out by hand."""

import base64
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from baken.astro.time import utc_text
from baken.errors import BadMessage
from baken.records.incident import IncidentKind, Severity
from baken.records.playbook import Agent, Command, ExternalReference, Playbook, Step, StepKind
from baken.records.response import (
    PART_NAME,
    Bilingual,
    Condition,
    Mechanism,
    Option,
    Organisation,
    Plan,
    Role,
    Source,
    Task,
    TaskKind,
)
from baken.respond import playbook_words as words
from baken.respond.mechanism_file import LONGEST_S, MINUTE_S
from baken.respond.playbook import DELIVER

PEOPLE = frozenset({"individual", "group", "organization", "sector"})
LONGEST_NAME = 50
DEEPEST = 20
MOST_TASKS = 500
YES, NO = Option(option_id="yes", name=words.HOLDS), Option(option_id="no", name=words.HOLDS_NOT)
NOT_A_LETTER = re.compile(r"[^a-z0-9]+")

Names = tuple[str, ...]


def short_name(text: str, otherwise: str) -> str:
    """Return a text as the name of a part.

    >>> short_name("Téléphone the Desk!", "step"), short_name("…", "step")
    ('telephone-the-desk', 'step')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = NOT_A_LETTER.sub("-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return name if PART_NAME.fullmatch(name) else otherwise


class PlanOfSteps:
    """One playbook while its steps become tasks."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.tasks: list[Task] = []
        self.roles: dict[str, Role] = {}  # by the identifier of the agent
        self.sources: dict[ExternalReference, Source] = {}

    def mechanism(self, *, was_ours: bool) -> Mechanism:
        """Return the mechanism; ``was_ours`` where the playbook came from Baken and was changed since."""
        playbook = self.playbook
        self._line(self._next(self._step(playbook.start_id)), (), None, 0)
        if not self.tasks:
            raise BadMessage("leads to nothing that people do", field="$.workflow")
        plan = Plan(
            plan_id=short_name(playbook.name, "plan"),
            name=words.untranslated(playbook.name),
            kinds=frozenset({IncidentKind.OTHER}),
            from_severity=Severity.MINOR,
            tasks=tuple(self.tasks),
            open_because=words.NOT_SAID_WHO_LEADS,
            source_ids=self._source_ids(playbook.references),
            note=words.joined(list(self._remarks(was_ours))),
        )
        return Mechanism(
            mechanism_id=short_name(f"imported-{playbook.name}", "imported"),
            name=words.untranslated(playbook.name),
            version=utc_text(playbook.modified_tai_ns, 3),
            about=self._about(),
            is_illustrative=True,
            language="en",
            sources=tuple(self.sources.values()),
            organisations=tuple(
                Organisation(organisation_id=role.organisation_id, name=role.name)
                for role in self.roles.values()
            ),
            roles=tuple(self.roles.values()),
            plans=(plan,),
        )

    def _line(self, first: str, after: Names, condition: Condition | None, depth: int) -> Names:
        """Make the tasks of a line of steps, and return those with which it is over."""
        if depth > DEEPEST:
            raise self._refusal(first, f"lies more than {DEEPEST} branches deep")
        name = first
        while name and (step := self._step(name)).kind is not StepKind.END:
            match step.kind:
                case StepKind.ACTION | StepKind.PLAYBOOK_ACTION:
                    after = (self._do(step, after, condition),)
                case StepKind.PARALLEL:
                    ends = [self._line(branch, after, condition, depth + 1) for branch in step.next_steps]
                    after = tuple(dict.fromkeys(each for names in ends for each in names))
                case StepKind.IF | StepKind.SWITCH:
                    after = self._decide(step, after, condition, depth)
                case _:
                    raise self._refusal(name, f"is a {step.kind}: a plan does nothing twice")
            name = self._next(step)
        return after

    def _decide(self, step: Step, after: Names, condition: Condition | None, depth: int) -> Names:
        is_if = step.kind is StepKind.IF
        ways = self._ways(step)
        asked = words.both(words.DECIDE_IF if is_if else words.DECIDE_WHICH, step.condition)
        name = self._add(
            Task(
                task_id=short_name(step.name or step.condition, "decide"),
                kind=TaskKind.DECIDE,
                what=asked,
                open_because=words.NOT_SAID,
                after=after,
                condition=condition,
                options=tuple(dict.fromkeys(option for option, _ in ways)),
                source_ids=self._source_ids(step.references),
                note=words.joined(list(self._said_of(step))),
            )
        )
        over = [name]
        for option, branch in ways:
            if branch:
                wanted = Condition(task_id=name, options=frozenset({option.option_id}))
                over += self._line(branch, (), wanted, depth + 1)
        return tuple(dict.fromkeys(over))

    def _ways(self, step: Step) -> tuple[tuple[Option, str], ...]:
        """Return how a decision can go, and the branch that each opens; none where it opens none."""
        if step.kind is StepKind.IF:
            return ((YES, step.on_true), (NO, step.on_false))
        taken: list[str] = []
        ways = []
        for case, branch in step.cases:
            taken.append(_free(short_name(case, "case"), taken))
            ways.append((Option(option_id=taken[-1], name=words.untranslated(case)), branch))
        return tuple(ways)

    def _do(self, step: Step, after: Names, condition: Condition | None) -> str:
        """Make the task of a step that is something to do."""
        agent = self.playbook.agent(step.agent_id)
        told = self._told(step)
        what = _what(step)
        within_s = math.ceil(step.timeout_s / MINUTE_S) * MINUTE_S if step.timeout_s else None
        if within_s is not None and within_s > LONGEST_S:
            raise BadMessage(
                f"gives {step.name or step.step_id} more than a hundred years",
                field=f"$.workflow.{step.step_id}.timeout",
                next_step="leave it out, or shorten it",
            )
        return self._add(
            Task(
                task_id=short_name(what.en, "step"),
                kind=TaskKind.INFORM if told else TaskKind.ACT,
                what=what,
                by=self._role(agent).role_id if agent and agent.kind in PEOPLE else "",
                open_because=_why_open(agent),
                to=told,
                after=after,
                condition=condition,
                within_s=within_s,
                to_be_confirmed=any(not command.is_manual for command in step.commands),
                source_ids=self._source_ids(step.references),
                note=words.joined(list(self._said_of(step))),
            )
        )

    def _told(self, step: Step) -> Names:
        """Return whom a step informs: people, where it says that content is delivered."""
        if all(command.activity != DELIVER for command in step.commands):
            return ()
        return tuple(self._role(each).role_id for each in self._targets(step) if each.kind in PEOPLE)

    def _targets(self, step: Step) -> tuple[Agent, ...]:
        return tuple(each for each in self.playbook.targets if each.agent_id in step.target_ids)

    def _said_of(self, step: Step) -> Iterator[Bilingual]:
        """Yield what a task's note keeps of its step."""
        if step.description.strip():
            yield words.untranslated(step.description)
        for command in step.commands:
            text = words.BY_HAND if command.is_manual else words.NOT_CARRIED_OUT
            filled = (_text(command),) if command.is_manual else (command.kind, _text(command))
            if not (command.is_manual and _text(command) == step.name):
                yield words.both(text, *filled)
            if command.description.strip():
                yield words.untranslated(command.description)
        if step.playbook_id:
            yield words.both(words.ANOTHER_PLAYBOOK, step.playbook_id)
        if step.target_ids:
            yield words.both(words.ON_WHAT, ", ".join(each.name for each in self._targets(step)))
        if step.delay_s:
            yield words.both(words.WAITS_FIRST, f"{step.delay_s:g}")
        if step.timeout_s is not None:
            yield words.both(words.GIVEN_UP_AFTER, f"{step.timeout_s:g}")
        if step.variables:
            yield words.both(words.HAS_VARIABLES, ", ".join(each.name for each in step.variables))

    def _add(self, task: Task) -> str:
        """Keep a task under a name that no other has, and return it."""
        if len(self.tasks) >= MOST_TASKS:
            raise BadMessage(f"unfolds into more than {MOST_TASKS} tasks", field="$.workflow")
        name = _free(task.task_id, [each.task_id for each in self.tasks])
        self.tasks.append(replace(task, task_id=name))
        return name

    def _role(self, agent: Agent) -> Role:
        """Return the role somebody has; he is an organisation of his own until a person says whose he is."""
        if agent.agent_id not in self.roles:
            name = _free(short_name(agent.name, agent.kind), [role.role_id for role in self.roles.values()])
            note = words.untranslated(agent.description) if agent.description.strip() else None
            self.roles[agent.agent_id] = Role(
                role_id=name, name=words.untranslated(agent.name), organisation_id=name, note=note
            )
        return self.roles[agent.agent_id]

    def _source_ids(self, references: tuple[ExternalReference, ...]) -> Names:
        """Return the names of the references that have an address, kept as sources."""
        names = []
        for reference in references:
            if not (reference.url.strip() and reference.name.strip()):
                continue
            if reference not in self.sources:
                taken = [source.source_id for source in self.sources.values()]
                name = _free(short_name(reference.name, "source"), taken)
                says = reference.description or reference.source
                source = Source(source_id=name, title=reference.name, url=reference.url, says=says)
                self.sources[reference] = source
            names.append(self.sources[reference].source_id)
        return tuple(dict.fromkeys(names))

    def _about(self) -> Bilingual:
        playbook = self.playbook
        changed = utc_text(playbook.modified_tai_ns, 0)
        texts = [words.both(words.TAKEN_FROM, playbook.name, playbook.playbook_id, changed)]
        marked = ", ".join(marking.says or marking.name for marking in playbook.markings)
        if marked:
            texts.append(words.both(words.MARKED, marked))
        return words.joined(texts) or texts[0]

    def _remarks(self, was_ours: bool) -> Iterator[Bilingual]:
        playbook = self.playbook
        if was_ours:
            yield words.CHANGED_SINCE
        if playbook.description.strip():
            yield words.untranslated(playbook.description)
        if playbook.variables:
            told = (f"{each.name} {each.description}".strip() for each in playbook.variables)
            yield words.both(words.HAS_VARIABLES, "; ".join(told))
        begin, end = playbook.valid_from_tai_ns, playbook.valid_until_tai_ns
        if begin is not None or end is not None:
            yield words.both(
                words.VALID, *("-" if each is None else utc_text(each, 0) for each in (begin, end))
            )
        exception = playbook.step(playbook.exception_id)
        if exception is not None and exception.kind is not StepKind.END:
            yield words.both(words.WHEN_IT_BREAKS, exception.name or exception.step_id)
        if "signatures" in dict(playbook.kept):
            yield words.SIGNED

    def _step(self, name: str) -> Step:
        step = self.playbook.step(name)
        if step is None:
            raise self._refusal(name, "is not there")
        return step

    def _next(self, step: Step) -> str:
        """Return the step that comes after one, however it went."""
        following = step.on_completion or step.on_success
        if step.on_failure and step.on_failure != following:
            failed = self._step(step.on_failure)
            if failed.kind is not StepKind.END:
                raise self._refusal(
                    step.step_id,
                    "goes another way when it fails, and a plan has no such turn",
                    "make it an if-condition step",
                )
        return following

    def _refusal(self, name: str, problem: str, next_step: str = "take it apart by hand") -> BadMessage:
        return BadMessage(problem, field=f"$.workflow.{name}", next_step=next_step)


def _free(name: str, taken: list[str]) -> str:
    """Return a name, with a number behind it where it is taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _what(step: Step) -> Bilingual:
    """Return what is to be done, as the step's name or else its commands say it."""
    if step.name.strip():
        return words.untranslated(step.name)
    if step.playbook_id:
        return words.both(words.ANOTHER_PLAYBOOK, step.playbook_id)
    manual = words.joined([words.untranslated(_text(each)) for each in step.commands if each.is_manual])
    kinds = dict.fromkeys(each.kind for each in step.commands)
    return manual or words.both(words.OF_A_MACHINE, ", ".join(kinds))


def _why_open(agent: Agent | None) -> Bilingual | None:
    if agent is None:
        return words.NOT_SAID
    return None if agent.kind in PEOPLE else words.both(words.NO_PERSON, agent.name, agent.kind)


def _text(command: Command) -> str:
    """Return what a command says; where it is in base64, decoded when it is text."""
    if command.text:
        return command.text
    encoded = dict(command.kept).get("command_b64", "").strip('"')
    try:
        return base64.b64decode(encoded).decode()
    except UnicodeDecodeError:
        return f"base64 {encoded}"
