"""Take back a release: before it goes nothing goes; after that it is asked for, and the asking is sent."""

from baken.errors import WrongUsage
from baken.incident.wording import objections_to
from baken.operations.desk import Desk
from baken.operations.release_desk import release, say_of_release
from baken.records.release import ReleaseId, ReleaseStanding
from baken.share.exchange import WENT, ReleaseStep
from baken.share.references import refuse_references


def recall_release(
    desk: Desk, release_id: ReleaseId, because: str, *, seen: int | None = None
) -> ReleaseStanding:
    """Take back a release: one that has not gone is withdrawn, of one that went its return is asked.

    The request goes with the next bundle, with the reason; nobody can make another state forget.
    Raises: ReleaseStepNotAllowed when it is over; WrongUsage without a reason, or for one that would leave
    the house and names a state or a motive; Overtaken.
    """
    now = release(desk.log, release_id, seen=seen)
    step = ReleaseStep.RECALL if now.stage in WENT else ReleaseStep.WITHDRAW
    if step is ReleaseStep.RECALL:
        _refuse_unfit(because)
    return say_of_release(desk, now, step, because)


def _refuse_unfit(because: str) -> None:
    if objections := objections_to(because):
        raise WrongUsage(f"--because: {'; '.join(each.text for each in objections)}")
    refuse_references(because, "--because")
    if not because.replace("\n", "").isprintable():
        raise WrongUsage("--because: the partner reads it; write it without control signs")


def reject_release(
    desk: Desk, release_id: ReleaseId, because: str, *, seen: int | None = None
) -> ReleaseStanding:
    """Say no to a release that was proposed.

    Raises: ReleaseStepNotAllowed when nothing waits for approval any more; WrongUsage; Overtaken.
    """
    now = release(desk.log, release_id, seen=seen)
    if now.proposed_by == desk.actor:
        raise WrongUsage(f"{desk.actor} proposed {release_id}; 'baken release recall' takes it back")
    return say_of_release(desk, now, ReleaseStep.REJECT, because)
