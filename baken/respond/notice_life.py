"""How a letter lives: written, approved, tried until it arrives, acknowledged."""

from collections.abc import Mapping
from enum import StrEnum

from baken.errors import WrongUsage
from baken.records.response_standing import NoticeStage

# How a letter comes to be.
DRAFT = "draft"


class NoticeStep(StrEnum):
    """What may happen to a letter."""

    APPROVE = "approve"
    TRY = "try"
    ARRIVE = "arrive"
    FAIL = "fail"
    REFUSE = "refuse"
    ACKNOWLEDGE = "acknowledge"
    WITHDRAW = "withdraw"


# How a try ended may be told late: after somebody acknowledged the letter, withdrew it, or tried again.
_TOLD_LATE = (NoticeStep.ARRIVE, NoticeStep.FAIL, NoticeStep.REFUSE)
_ON_ITS_WAY = {
    NoticeStep.TRY: NoticeStage.SENDING,
    NoticeStep.ARRIVE: NoticeStage.SENT,
    NoticeStep.FAIL: NoticeStage.FAILED,
    NoticeStep.REFUSE: NoticeStage.REFUSED,
    # Nobody here may know yet that it arrived.
    NoticeStep.ACKNOWLEDGE: NoticeStage.ACKNOWLEDGED,
    NoticeStep.WITHDRAW: NoticeStage.WITHDRAWN,
}
NEXT: Mapping[NoticeStage, Mapping[NoticeStep, NoticeStage]] = {
    NoticeStage.DRAFTED: {
        NoticeStep.APPROVE: NoticeStage.APPROVED,
        NoticeStep.WITHDRAW: NoticeStage.WITHDRAWN,
    },
    NoticeStage.APPROVED: _ON_ITS_WAY,
    NoticeStage.SENDING: _ON_ITS_WAY,
    NoticeStage.FAILED: _ON_ITS_WAY,
    NoticeStage.REFUSED: _ON_ITS_WAY,
    NoticeStage.SENT: {
        NoticeStep.ACKNOWLEDGE: NoticeStage.ACKNOWLEDGED,
        **dict.fromkeys(_TOLD_LATE, NoticeStage.SENT),
    },
    NoticeStage.ACKNOWLEDGED: dict.fromkeys(_TOLD_LATE, NoticeStage.ACKNOWLEDGED),
    NoticeStage.WITHDRAWN: dict.fromkeys(_TOLD_LATE, NoticeStage.WITHDRAWN),
}
# The other side has it.
ARRIVED = frozenset({NoticeStage.SENT, NoticeStage.ACKNOWLEDGED})


class NoticeStepNotAllowed(WrongUsage):
    """A letter was asked for a step its stage does not offer."""

    def __init__(self, stage: NoticeStage, step: NoticeStep) -> None:
        offered = " or ".join(NEXT[stage]) or "nothing any more"
        super().__init__(f"a letter that is {stage} cannot {step}; it can {offered}")
        self.stage, self.step = stage, step


def advance_notice(stage: NoticeStage, step: NoticeStep) -> NoticeStage:
    """Return the stage that follows.

    Raises: NoticeStepNotAllowed with the steps there are.

    >>> advance_notice(NoticeStage.DRAFTED, NoticeStep.TRY)
    Traceback (most recent call last):
    baken...NoticeStepNotAllowed: a letter that is drafted cannot try; it can approve or withdraw
    """
    if step not in NEXT[stage]:
        raise NoticeStepNotAllowed(stage, step)
    return NEXT[stage][step]
