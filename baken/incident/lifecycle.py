"""How an incident lives.  Everything that may change its stage is in this file."""

from collections.abc import Mapping
from enum import StrEnum

from baken.errors import WrongUsage
from baken.records.incident import Stage


class Step(StrEnum):
    """What may be done to an incident."""

    CORROBORATE = "corroborate"
    RESPOND = "respond"
    STABILISE = "stabilise"
    RESOLVE = "resolve"
    DISMISS = "dismiss"
    REOPEN = "reopen"


NEXT: Mapping[Stage, Mapping[Step, Stage]] = {
    Stage.SUSPECTED: {Step.CORROBORATE: Stage.CONFIRMED, Step.DISMISS: Stage.DISMISSED},
    Stage.CONFIRMED: {
        Step.RESPOND: Stage.RESPONDING,
        Step.RESOLVE: Stage.CLOSED,
        Step.DISMISS: Stage.DISMISSED,
    },
    Stage.RESPONDING: {Step.STABILISE: Stage.STABLE, Step.RESOLVE: Stage.CLOSED},
    Stage.STABLE: {Step.RESPOND: Stage.RESPONDING, Step.RESOLVE: Stage.CLOSED},
    Stage.CLOSED: {Step.REOPEN: Stage.REOPENED},
    Stage.DISMISSED: {Step.REOPEN: Stage.REOPENED},
    Stage.REOPENED: {
        Step.CORROBORATE: Stage.CONFIRMED,
        Step.RESPOND: Stage.RESPONDING,
        Step.RESOLVE: Stage.CLOSED,
        Step.DISMISS: Stage.DISMISSED,
    },
}
OVER = frozenset({Stage.CLOSED, Stage.DISMISSED})


class StepNotAllowed(WrongUsage):
    """An incident was asked for a step its stage does not offer."""

    def __init__(self, stage: Stage, step: Step) -> None:
        super().__init__(f"an incident that is {stage} cannot {step}; it can {' or '.join(NEXT[stage])}")
        self.stage, self.step = stage, step


def advance(stage: Stage, step: Step) -> Stage:
    """Return the stage that follows.

    Raises: StepNotAllowed with the steps there are.

    >>> advance(Stage.SUSPECTED, Step.CORROBORATE)
    <Stage.CONFIRMED: 'confirmed'>
    """
    if step not in NEXT[stage]:
        raise StepNotAllowed(stage, step)
    return NEXT[stage][step]


def diagram() -> str:
    """Return the table as a Mermaid state diagram.

    >>> print("\\n".join(diagram().splitlines()[:3]))
    stateDiagram-v2
        [*] --> suspected
        suspected --> confirmed: corroborate
    """
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.SUSPECTED}"]
    lines += [f"    {stage} --> {after}: {step}" for stage in NEXT for step, after in NEXT[stage].items()]
    return "\n".join(lines)
