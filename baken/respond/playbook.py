"""A plan as a playbook: each task a step for people, side by side where the plan lets them be.

Whatever CACAO has no place for stands twice: in words in the descriptions, and in an extension of ours, in
the words of the mechanism's file.  A directory stays at home: a playbook names roles, and nobody's telephone.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baken.errors import WrongUsage
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
    canonical_json,
    object_id_of,
    playbook_id_of,
)
from baken.records.response import Base, Mechanism, Plan, Task, TaskKind
from baken.respond import mechanism_text as tables
from baken.respond import playbook_words as words

MILLISECOND_NS = 1_000_000
MILLISECONDS_A_SECOND = 1_000
IDENTITY = object_id_of("identity", "baken")
EXTENSION_ID = object_id_of("extension-definition", "baken", "response")
EXTENSION_SCHEMA = (
    "On the playbook: language, a word; order, the tasks as the plan lists them; mechanism, source, "
    "organisation, role and plan, tables in the words of a mechanism file of Baken. On a step: task, such a "
    "table."
)
NOTIFICATION, DELIVER = "notification", "deliver-content"


@dataclass(frozen=True, slots=True)
class Together:
    """Tasks, or parts of a plan, that need not wait for one another."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Along:
    """Parts of a plan one after the other."""

    first: "Part"
    then: "Part"


Part = Task | Together | Along


def playbook_of(
    mechanism: Mechanism, plan_id: str, *, made_tai_ns: int, tlp_level: str, language: str
) -> Playbook:
    """Return one plan of a mechanism as a playbook, in ``nl`` or ``en``; the same whenever asked.

    Raises: WrongUsage when there is no such plan, or its tasks wait for one another in a loop.
    """
    plan = mechanism.plan(plan_id)
    if plan is None:
        known = ", ".join(each.plan_id for each in mechanism.plans)
        raise WrongUsage(f"{mechanism.mechanism_id} has no plan {plan_id!r}; it has {known or 'none'}")
    return _Making(tables.part_of(mechanism, plan), plan, language).playbook(made_tai_ns, tlp_level)


def arranged(tasks: tuple[Task, ...]) -> Part:
    """Lay tasks out: side by side where none waits for another, else first those that wait for none.

    Where tasks wait crosswise for one another no such order says it exactly, and some begin later here than
    the plan demands; never earlier.
    Raises: WrongUsage when they wait for one another in a loop.
    """
    if len(tasks) == 1:
        return tasks[0]
    groups = _apart(tasks)
    if len(groups) > 1:
        return Together(tuple(arranged(group) for group in groups))
    names = {task.task_id for task in tasks}
    free = tuple(task for task in tasks if not names.intersection(waits_of(task)))
    if not free:
        raise WrongUsage(f"{', '.join(sorted(names))} wait for one another; take one out of after")
    return Along(arranged(free), arranged(tuple(task for task in tasks if task not in free)))


def waits_of(task: Task) -> tuple[str, ...]:
    """Return the tasks that one waits for."""
    return (*task.after, task.condition.task_id) if task.condition else task.after


def _apart(tasks: tuple[Task, ...]) -> list[tuple[Task, ...]]:
    """Return groups of tasks none of which waits for one of another group."""
    group_of = {task.task_id: {task.task_id} for task in tasks}
    for task in tasks:
        for name in waits_of(task):
            if name in group_of and group_of[name] is not group_of[task.task_id]:
                joined = group_of[name] | group_of[task.task_id]
                group_of |= dict.fromkeys(joined, joined)
    groups: dict[int, list[Task]] = {}
    for task in tasks:
        groups.setdefault(id(group_of[task.task_id]), []).append(task)
    return [tuple(group) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class _Making:
    """One plan while it becomes a playbook."""

    mechanism: Mechanism
    plan: Plan
    language: str

    def playbook(self, made_tai_ns: int, tlp_level: str) -> Playbook:
        mechanism, plan = self.mechanism, self.plan
        made_tai_ns -= made_tai_ns % MILLISECOND_NS
        work, end = arranged(plan.tasks), self._id(StepKind.END, "plan")
        start = Step(step_id=self._id(StepKind.START), kind=StepKind.START, on_completion=self._first(work))
        informs = any(task.kind is TaskKind.INFORM for task in plan.tasks)
        marking = self._marking(made_tai_ns, tlp_level)
        steps = (start, *self._steps(work, end), Step(step_id=end, kind=StepKind.END))
        return Playbook(
            playbook_id=playbook_id_of(mechanism.mechanism_id, plan.plan_id),
            name=plan.name.read_in(self.language),
            description=words.plan_words(mechanism, plan, self.language),
            created_by=IDENTITY,
            created_tai_ns=made_tai_ns,
            modified_tai_ns=made_tai_ns,
            start_id=start.step_id,
            steps=steps,
            types=(NOTIFICATION,) if informs else (),
            activities=(DELIVER,) if informs else (),
            labels=tuple(sorted(plan.kinds)),
            references=self._references(tuple(source.source_id for source in mechanism.sources)),
            marking_ids=(marking.marking_id,),
            markings=(marking,),
            variables=tuple(self._variable(task) for task in plan.tasks if task.options),
            agents=self._agents(),
            targets=self._targets(),
            extensions=(self._extension(self._plan_content()),),
            extension_definitions=(self._definition(),),
            kept=(("playbook_processing_summary", canonical_json(_summary(steps))),),
        )

    def _id(self, kind: str, *names: str) -> str:
        return object_id_of(kind, self.mechanism.mechanism_id, self.plan.plan_id, *names)

    def _first(self, part: Part) -> str:
        """Return the step with which a part begins."""
        match part:
            case Along():
                return self._first(part.first)
            case Together():
                return self._id(StepKind.PARALLEL, *_names(part))
        return self._id(StepKind.IF if part.condition else StepKind.ACTION, part.task_id)

    def _steps(self, part: Part, following: str) -> Iterator[Step]:
        """Yield the steps of a part, the last of which lead to the following one."""
        match part:
            case Along():
                yield from self._steps(part.first, self._first(part.then))
                yield from self._steps(part.then, following)
            case Together():
                yield from self._side_by_side(part, following)
            case Task():
                yield from self._task(part, following)

    def _side_by_side(self, part: Together, following: str) -> Iterator[Step]:
        first = tuple(self._first(branch) for branch in part.parts)
        parallel = self._first(part)
        yield Step(step_id=parallel, kind=StepKind.PARALLEL, next_steps=first, on_completion=following)
        for branch in part.parts:
            end = self._id(StepKind.END, "branch", *_names(branch))
            yield from self._steps(branch, end)
            yield Step(step_id=end, kind=StepKind.END)

    def _task(self, task: Task, following: str) -> Iterator[Step]:
        action = self._id(StepKind.ACTION, task.task_id)
        if task.condition is None:
            yield self._action(task, following)
            return
        end = self._id(StepKind.END, "if", task.task_id)
        variable = _variable_name(task.condition.task_id)
        went = " OR ".join(f"{variable}:value = '{option}'" for option in sorted(task.condition.options))
        yield Step(
            step_id=self._first(task),
            kind=StepKind.IF,
            condition=went,
            on_true=action,
            on_completion=following,
        )
        yield self._action(task, end)
        yield Step(step_id=end, kind=StepKind.END)

    def _action(self, task: Task, following: str) -> Step:
        what = task.what.read_in(self.language)
        activity = DELIVER if task.kind is TaskKind.INFORM else ""
        counts_here = task.within_s if task.counts_from is Base.TASK else None
        return Step(
            step_id=self._id(StepKind.ACTION, task.task_id),
            kind=StepKind.ACTION,
            name=what,
            description=words.task_words(self.mechanism, self.plan, task, self.language),
            references=self._references(task.source_ids),
            timeout_s=None if counts_here is None else _whole_milliseconds_s(counts_here),
            on_completion=following,
            commands=(Command(kind="manual", text=what, activity=activity),),
            agent_id=self._agent_id(task.by),
            target_ids=tuple(self._agent_id(role_id) for role_id in task.to),
            extensions=(self._extension({"task": tables.task_table(task)}),),
            kept=(("out_args", canonical_json([_variable_name(task.task_id)])),) if task.options else (),
        )

    def _variable(self, task: Task) -> Variable:
        options = "; ".join(f"{each.option_id}: {each.name.read_in(self.language)}" for each in task.options)
        return Variable(
            name=_variable_name(task.task_id),
            kind="string",
            description=words.said(
                words.DECISION, self.language, f"{task.what.read_in(self.language)} ({options})"
            ),
        )

    def _agent_id(self, role_id: str) -> str:
        return object_id_of("group", self.mechanism.mechanism_id, role_id)

    def _agents(self) -> tuple[Agent, ...]:
        told = tuple(self._agent(role_id) for role_id in sorted({task.by for task in self.plan.tasks} - {""}))
        is_open = any(not task.by for task in self.plan.tasks)
        nobody = Agent(agent_id=self._agent_id(""), kind="group", name=words.OPEN.read_in(self.language))
        return (*told, nobody) if is_open else told

    def _targets(self) -> tuple[Agent, ...]:
        told = {role_id for task in self.plan.tasks for role_id in task.to}
        return tuple(self._agent(role_id) for role_id in sorted(told))

    def _agent(self, role_id: str) -> Agent:
        organisation = self.mechanism.organisation_of(role_id)
        of = organisation.name.read_in(self.language) if organisation else ""
        return Agent(
            agent_id=self._agent_id(role_id),
            kind="group",
            name=words.role_names(self.mechanism, (role_id,), self.language),
            description=words.said(words.ON_BEHALF_OF, self.language, of),
        )

    def _references(self, source_ids: tuple[str, ...]) -> tuple[ExternalReference, ...]:
        return tuple(
            ExternalReference(name=source.title, description=source.says, url=source.url)
            for source in self.mechanism.sources
            if source.source_id in source_ids
        )

    def _marking(self, made_tai_ns: int, tlp_level: str) -> DataMarking:
        return DataMarking(
            marking_id=self._id(MarkingKind.TLP, tlp_level),
            kind=MarkingKind.TLP,
            created_by=IDENTITY,
            created_tai_ns=made_tai_ns,
            says=tlp_level,
        )

    def _plan_content(self) -> Mapping[str, object]:
        told = tables.mechanism_table(self.mechanism)
        plan = {name: each for name, each in tables.plan_table(self.plan).items() if name != "task"}
        order = [task.task_id for task in self.plan.tasks]
        return told | {"plan": plan, "order": order, "language": self.language}

    def _extension(self, content: Mapping[str, object]) -> Extension:
        return Extension(definition_id=EXTENSION_ID, content=canonical_json(content))

    def _definition(self) -> ExtensionDefinition:
        return ExtensionDefinition(
            definition_id=EXTENSION_ID,
            name="Baken response plan",
            description="What a plan says that CACAO has no place for, in the words of its file.",
            created_by=IDENTITY,
            schema=EXTENSION_SCHEMA,
            version="1.0.0",
        )


def _names(part: Part) -> tuple[str, ...]:
    match part:
        case Together():
            return tuple(name for inner in part.parts for name in _names(inner))
        case Along():
            return (*_names(part.first), *_names(part.then))
    return (part.task_id,)


def _variable_name(task_id: str) -> str:
    return f"__decision-{task_id}__"


def _whole_milliseconds_s(span_s: float) -> float:
    return round(span_s * MILLISECONDS_A_SECOND) / MILLISECONDS_A_SECOND


def _summary(steps: tuple[Step, ...]) -> Mapping[str, bool]:
    kinds = {step.kind for step in steps}
    return {
        "manual_playbook": True,
        "parallel_processing": StepKind.PARALLEL in kinds,
        "if_logic": StepKind.IF in kinds,
        "temporal_logic": any(step.timeout_s is not None for step in steps),
        "data_markings": True,
        "extensions": True,
    }


def content_of(extensions: tuple[Extension, ...]) -> Mapping[str, object]:
    """Return what our own extension says, or nothing where it is not there."""
    for extension in extensions:
        if extension.definition_id == EXTENSION_ID:
            content = json.loads(extension.content)
            return content if isinstance(content, dict) else {}
    return {}
