"""How a task lives.  Everything that may change its stage is in this file."""

from collections.abc import Mapping
from enum import StrEnum

from baken.errors import WrongUsage
from baken.records.response_standing import TaskStage


class TaskStep(StrEnum):
    """What may be done to a task: by the engine (begin, dispense, lapse) or by a person."""

    BEGIN = "begin"
    TAKE = "take"
    COMPLETE = "complete"
    DROP = "drop"
    DISPENSE = "dispense"
    LAPSE = "lapse"


NEXT: Mapping[TaskStage, Mapping[TaskStep, TaskStage]] = {
    TaskStage.WAITING: {
        TaskStep.BEGIN: TaskStage.RUNNING,
        TaskStep.DISPENSE: TaskStage.NOT_NEEDED,
        # Somebody was ahead of the plan, or will not follow it.
        TaskStep.COMPLETE: TaskStage.DONE,
        TaskStep.DROP: TaskStage.DROPPED,
    },
    TaskStage.RUNNING: {
        TaskStep.TAKE: TaskStage.TAKEN,
        TaskStep.COMPLETE: TaskStage.DONE,
        TaskStep.DROP: TaskStage.DROPPED,
    },
    TaskStage.TAKEN: {
        # Taken over by somebody else.
        TaskStep.TAKE: TaskStage.TAKEN,
        TaskStep.COMPLETE: TaskStage.DONE,
        TaskStep.DROP: TaskStage.DROPPED,
    },
    TaskStage.DONE: {TaskStep.LAPSE: TaskStage.LAPSED},
    TaskStage.LAPSED: {},
    TaskStage.NOT_NEEDED: {},
    TaskStage.DROPPED: {},
}


class TaskStepNotAllowed(WrongUsage):
    """A task was asked for a step its stage does not offer."""

    def __init__(self, stage: TaskStage, step: TaskStep) -> None:
        offered = " or ".join(NEXT[stage]) or "nothing any more"
        super().__init__(f"a task that is {stage} cannot {step}; it can {offered}")
        self.stage, self.step = stage, step


def advance_task(stage: TaskStage, step: TaskStep) -> TaskStage:
    """Return the stage that follows.

    Raises: TaskStepNotAllowed with the steps there are.

    >>> advance_task(TaskStage.RUNNING, TaskStep.TAKE)
    <TaskStage.TAKEN: 'taken'>
    """
    if step not in NEXT[stage]:
        raise TaskStepNotAllowed(stage, step)
    return NEXT[stage][step]
