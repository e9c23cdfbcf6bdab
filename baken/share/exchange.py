"""How a release lives.  Everything that may change its stage is in this file."""

from collections.abc import Mapping
from enum import StrEnum

from baken.errors import WrongUsage
from baken.records.release import ReleaseStage


class ReleaseStep(StrEnum):
    """What may happen to a release: by a person, by the node as it sends, by an answer that came back."""

    ENDORSE = "endorse"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    STOP = "stop"
    SEND = "send"
    RECEIVE = "receive"
    EXPIRE = "expire"
    RECALL = "recall"
    CARRY = "carry"
    ANSWER = "answer"


# How a release comes to be.
PROPOSE = "propose"
_BEFORE_IT_GOES = {
    ReleaseStep.WITHDRAW: ReleaseStage.WITHDRAWN,
    # A label, a policy or a date changed: what was proposed and signed is no longer what would go.
    ReleaseStep.STOP: ReleaseStage.STOPPED,
}
_WITH_THE_RECIPIENT = {
    ReleaseStep.EXPIRE: ReleaseStage.EXPIRED,
    ReleaseStep.RECALL: ReleaseStage.RECALLED,
}
NEXT: Mapping[ReleaseStage, Mapping[ReleaseStep, ReleaseStage]] = {
    ReleaseStage.PROPOSED: {
        # Where policy asks two persons, the first of them endorses.
        ReleaseStep.ENDORSE: ReleaseStage.ENDORSED,
        ReleaseStep.APPROVE: ReleaseStage.APPROVED,
        ReleaseStep.REJECT: ReleaseStage.REJECTED,
        **_BEFORE_IT_GOES,
    },
    ReleaseStage.ENDORSED: {
        ReleaseStep.APPROVE: ReleaseStage.APPROVED,
        ReleaseStep.REJECT: ReleaseStage.REJECTED,
        **_BEFORE_IT_GOES,
    },
    ReleaseStage.APPROVED: {ReleaseStep.SEND: ReleaseStage.SENT, **_BEFORE_IT_GOES},
    ReleaseStage.SENT: {ReleaseStep.RECEIVE: ReleaseStage.RECEIVED, **_WITH_THE_RECIPIENT},
    ReleaseStage.RECEIVED: _WITH_THE_RECIPIENT,
    # That it arrived may be told late.
    ReleaseStage.EXPIRED: {
        ReleaseStep.RECEIVE: ReleaseStage.EXPIRED,
        ReleaseStep.RECALL: ReleaseStage.RECALLED,
    },
    ReleaseStage.RECALLED: {
        ReleaseStep.RECEIVE: ReleaseStage.RECALLED,
        ReleaseStep.CARRY: ReleaseStage.RECALL_SENT,
    },
    ReleaseStage.RECALL_SENT: {
        ReleaseStep.RECEIVE: ReleaseStage.RECALL_SENT,
        ReleaseStep.ANSWER: ReleaseStage.RECALL_ANSWERED,
    },
    ReleaseStage.RECALL_ANSWERED: {},
    ReleaseStage.REJECTED: {},
    ReleaseStage.WITHDRAWN: {},
    ReleaseStage.STOPPED: {},
}
# Whatever came after, the recipient has it.
WENT = frozenset(
    {
        ReleaseStage.SENT,
        ReleaseStage.RECEIVED,
        ReleaseStage.EXPIRED,
        ReleaseStage.RECALLED,
        ReleaseStage.RECALL_SENT,
        ReleaseStage.RECALL_ANSWERED,
    }
)


class ReleaseStepNotAllowed(WrongUsage):
    """A release was asked for a step its stage does not offer."""

    def __init__(self, stage: ReleaseStage, step: ReleaseStep) -> None:
        offered = " or ".join(NEXT[stage]) or "nothing any more"
        super().__init__(f"a release that is {stage} cannot {step}; it can {offered}")
        self.stage, self.step = stage, step


def advance(stage: ReleaseStage, step: ReleaseStep) -> ReleaseStage:
    """Return the stage that follows.

    Raises: ReleaseStepNotAllowed with the steps there are.

    >>> advance(ReleaseStage.APPROVED, ReleaseStep.SEND)
    <ReleaseStage.SENT: 'sent'>
    """
    if step not in NEXT[stage]:
        raise ReleaseStepNotAllowed(stage, step)
    return NEXT[stage][step]


def diagram() -> str:
    """Return the table as a Mermaid state diagram.

    >>> print("\\n".join(diagram().splitlines()[:3]))
    stateDiagram-v2
        [*] --> proposed
        proposed --> endorsed: endorse
    """
    lines = ["stateDiagram-v2", f"    [*] --> {ReleaseStage.PROPOSED}"]
    lines += [f"    {stage} --> {after}: {step}" for stage in NEXT for step, after in NEXT[stage].items()]
    return "\n".join(lines)
