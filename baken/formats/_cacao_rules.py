"""What the standard asks of a playbook as a whole: names known, branches ended, no running in circles."""

from collections.abc import Iterator

from baken.errors import BadMessage
from baken.formats._cacao_checks import IDENTIFIER, bad
from baken.formats._cacao_tables import PLAYBOOK_TYPES
from baken.records.playbook import Playbook, Step, StepKind

MOST_STEPS = 1_000
MOST_LINKS = 2_000
WORK = (StepKind.ACTION, StepKind.PLAYBOOK_ACTION)
UUID_VERSION_AT = 14  # the place of the version's digit in a UUID

Link = tuple[str, str]  # the property that names a step, and the step


def refuse_unsound(playbook: Playbook) -> None:
    """Refuse a playbook that breaks a rule between its parts.

    Raises: BadMessage that names the JSON path of the first one.
    Source: CACAO 2.0, sections 3.1, 4.1 to 4.10 and 10.10.
    """
    _refuse_times(playbook)
    _refuse_half_a_workflow(playbook)
    _refuse_shared_uuids(playbook)
    _refuse_strangers(playbook)
    for step in playbook.steps:
        _refuse_wrong_way_on(step)
    _refuse_circles(playbook)
    _refuse_unended_branches(playbook)


def path_of(step: Step) -> str:
    """Return where a step stands."""
    return f"$.workflow.{step.step_id}"


def links_of(step: Step) -> Iterator[Link]:
    """Yield each name of another step, with the property that has it."""
    for name in ("on_completion", "on_success", "on_failure", "on_true", "on_false"):
        if other := getattr(step, name):
            yield name, other
    yield from ((f"cases.{case}", other) for case, other in step.cases)
    yield from ((f"next_steps[{number}]", other) for number, other in enumerate(step.next_steps))


def _refuse_times(playbook: Playbook) -> None:
    if playbook.modified_tai_ns < playbook.created_tai_ns:
        raise bad("$.modified", "lies before created", "give the time of the last change")
    begin, end = playbook.valid_from_tai_ns, playbook.valid_until_tai_ns
    if begin is not None and end is not None and end <= begin:
        raise bad("$.valid_until", "does not lie after valid_from")
    if not playbook.activities and PLAYBOOK_TYPES & set(playbook.types):
        raise bad("$.playbook_activities", "is missing; a playbook of a known type has one", "add it")


def _refuse_half_a_workflow(playbook: Playbook) -> None:
    kinds = {step.kind for step in playbook.steps}
    if len(playbook.steps) > MOST_STEPS:
        raise bad("$.workflow", f"has {len(playbook.steps)} steps; the most that is read is {MOST_STEPS}")
    if sum(1 for step in playbook.steps for _ in links_of(step)) > MOST_LINKS:
        raise bad("$.workflow", f"leads from step to step in more than {MOST_LINKS} ways")
    start = playbook.step(playbook.start_id)
    if start is None or start.kind is not StepKind.START:
        raise bad("$.workflow_start", "names no start step of the workflow")
    if StepKind.END not in kinds:
        raise bad("$.workflow", "has no end step", "add one")
    if not kinds.intersection(WORK):
        raise bad("$.workflow", "has no action step and no playbook-action step", "add what is to be done")


def _refuse_shared_uuids(playbook: Playbook) -> None:
    """No two objects share the digits; each step has those of version 4."""
    seen: dict[str, str] = {}
    named = (
        playbook.playbook_id,
        *(step.step_id for step in playbook.steps),
        *(agent.agent_id for agent in (*playbook.agents, *playbook.targets)),
        *(marking.marking_id for marking in playbook.markings),
        *(definition.definition_id for definition in playbook.extension_definitions),
    )
    for name in named:
        digits = _digits(name).lower()
        if seen.setdefault(digits, name) != name:
            raise bad("$", f"{seen[digits]} and {name} share their digits", "give each a UUID of its own")
    for step in playbook.steps:
        if _digits(step.step_id)[UUID_VERSION_AT] != "4":
            raise bad(path_of(step), "is no UUID of version 4, as a step's has to be")


def _digits(identifier: str) -> str:
    match = IDENTIFIER.fullmatch(identifier)
    if match is None:
        raise bad("$", f"{identifier!r} is no identifier", "write it as type--UUID")
    return match["uuid"]


def _refuse_strangers(playbook: Playbook) -> None:
    """Refuse a name of a step, an agent, a target, a marking or an extension that nothing here carries."""
    steps = {step.step_id for step in playbook.steps}
    agents = {agent.agent_id for agent in playbook.agents}
    targets = {agent.agent_id for agent in playbook.targets}
    markings = {marking.marking_id for marking in playbook.markings}
    if playbook.exception_id and playbook.exception_id not in steps:
        raise _stranger("$.workflow_exception", playbook.exception_id, "workflow")
    for number, name in enumerate(playbook.marking_ids):
        if name not in markings:
            raise _stranger(f"$.markings[{number}]", name, "data_marking_definitions")
    for step in playbook.steps:
        for link, name in links_of(step):
            if name not in steps:
                raise _stranger(f"{path_of(step)}.{link}", name, "workflow")
        if step.agent_id and step.agent_id not in agents:
            raise _stranger(f"{path_of(step)}.agent", step.agent_id, "agent_definitions")
        for number, name in enumerate(step.target_ids):
            if name not in targets:
                raise _stranger(f"{path_of(step)}.targets[{number}]", name, "target_definitions")
    _refuse_strange_extensions(playbook)


def _refuse_strange_extensions(playbook: Playbook) -> None:
    defined = {definition.definition_id for definition in playbook.extension_definitions}
    used = [("$.playbook_extensions", playbook.extensions)]
    used += [(f"{path_of(step)}.step_extensions", step.extensions) for step in playbook.steps]
    for place, agents in (("agent", playbook.agents), ("target", playbook.targets)):
        used += [
            (f"$.{place}_definitions.{agent.agent_id}.agent_target_extensions", agent.extensions)
            for agent in agents
        ]
    for path, extensions in used:
        for extension in extensions:
            if extension.definition_id not in defined:
                raise _stranger(path, extension.definition_id, "extension_definitions")


def _stranger(path: str, name: str, where: str) -> BadMessage:
    return bad(path, f"names {name}, which is not in {where}", "add it there, or name another")


def _refuse_wrong_way_on(step: Step) -> None:
    """An end leads nowhere, a start to one step, and success or failure stand where completion does not."""
    if step.kind is StepKind.END and step.successors:
        raise bad(path_of(step), "is an end and leads on")
    if step.kind is StepKind.START and (step.on_success or step.on_failure):
        raise bad(path_of(step), "is a start; it has on_completion only")
    if step.on_completion and (step.on_success or step.on_failure):
        raise bad(path_of(step), "has on_completion beside on_success or on_failure", "keep one or the other")
    if step.kind in WORK and not (step.on_completion or step.on_success):
        raise bad(path_of(step), "leads nowhere", "say with on_completion which step comes then")


def _refuse_circles(playbook: Playbook) -> None:
    """Refuse steps that lead back to themselves without a while step between."""
    inward = {step.step_id: 0 for step in playbook.steps}
    onward = {
        step.step_id: () if step.kind is StepKind.WHILE else (*step.branches, *step.successors)
        for step in playbook.steps
    }
    for others in onward.values():
        for other in others:
            inward[other] += 1
    ready = [name for name, count in inward.items() if count == 0]
    n_done = 0
    while ready:
        n_done += 1
        for other in onward[ready.pop()]:
            inward[other] -= 1
            if inward[other] == 0:
                ready.append(other)
    if n_done < len(inward):
        caught = min(name for name, count in inward.items() if count > 0)
        raise bad(f"$.workflow.{caught}", "leads back to itself", "use a while-condition step to repeat")


def _refuse_unended_branches(playbook: Playbook) -> None:
    """Refuse a branch that comes to no end step, or shares its end with another branch of the same step."""
    steps = {step.step_id: step for step in playbook.steps}
    if not _ends(steps, playbook.start_id):
        raise bad("$.workflow", "comes to no end step", "lead it to one")
    for step in playbook.steps:
        ended: set[str] = set()
        for branch in dict.fromkeys(step.branches):
            ends = _ends(steps, branch)
            if not ends:
                raise bad(path_of(step), f"opens a branch at {branch} that comes to no end step")
            if ends & ended:
                raise bad(
                    path_of(step),
                    f"has two branches that end at {min(ends & ended)}",
                    "give each an end step of its own",
                )
            ended |= ends


def _ends(steps: dict[str, Step], first: str) -> set[str]:
    """Return the end steps to which a line of steps comes; branches on the way end for themselves."""
    seen, waiting, ends = {first}, [first], set()
    while waiting:
        step = steps[waiting.pop()]
        if step.kind is StepKind.END:
            ends.add(step.step_id)
        # A step with branches and nothing after them is over when they are.
        for other in step.successors or step.branches:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return ends
