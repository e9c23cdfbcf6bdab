"""Letters as they follow from the log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from baken.records.evidence import Entry
from baken.records.response import Way
from baken.records.response_standing import Attempt, AttemptEnd, Notice, NoticeKind
from baken.respond.notice_life import DRAFT, NoticeStep, advance_notice

ENDS = {
    NoticeStep.ARRIVE: AttemptEnd.ARRIVED,
    NoticeStep.FAIL: AttemptEnd.FAILED,
    NoticeStep.REFUSE: AttemptEnd.REFUSED,
}


@dataclass(slots=True)
class Notices:
    """The letters of one response, by key."""

    by_key: dict[str, Notice] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Let one more entry about a letter be said.

        Raises: ValueError for a second letter of one key, and one nobody wrote; NoticeStepNotAllowed.
        """
        key = entry.text("key")
        if entry.text("act") == DRAFT:
            if key in self.by_key:
                raise ValueError(f"the letter {key} was written before")
            self.by_key[key] = _drafted(entry)
            return
        if key not in self.by_key:
            raise ValueError(f"no letter is called {key}")
        step = NoticeStep(entry.text("act"))
        notice = self.by_key[key]
        moved = replace(notice, stage=advance_notice(notice.stage, step))
        self.by_key[key] = TOLD[step](moved, entry)


def _drafted(entry: Entry) -> Notice:
    carried_by = entry.value("carried_by") or ()
    if not isinstance(carried_by, tuple):
        raise ValueError("a letter names the entries that carry it as a list")
    return Notice(
        key=entry.text("key"),
        kind=NoticeKind(entry.text("kind_of_notice")),
        plan_id=entry.text("plan"),
        task_id=entry.text("task"),
        role_id=entry.text("role"),
        subject=entry.text("title"),
        text=entry.text("text"),
        language=entry.text("language"),
        because=entry.text("because"),
        carried_by=tuple(map(str, carried_by)),
        code=entry.text("code"),
        drafted_at_tai_ns=entry.at_tai_ns,
    )


def _approved(notice: Notice, entry: Entry) -> Notice:
    return replace(notice, approved_by=entry.text("approved_by"), approved_at_tai_ns=entry.at_tai_ns)


def _tried(notice: Notice, entry: Entry) -> Notice:
    attempt = Attempt(
        number=len(notice.attempts) + 1, way=Way(entry.text("way")), began_at_tai_ns=entry.at_tai_ns
    )
    return replace(notice, attempts=(*notice.attempts, attempt))


def _ended(notice: Notice, entry: Entry) -> Notice:
    if entry.text("way"):
        # A person told it himself, by telephone.
        notice = _tried(notice, entry)
    place = int(entry.text("number")) - 1 if entry.text("number") else len(notice.attempts) - 1
    ended = replace(
        notice.attempts[place],
        ended_at_tai_ns=entry.at_tai_ns,
        end=ENDS[NoticeStep(entry.text("act"))],
        said=entry.text("said"),
    )
    attempts = (*notice.attempts[:place], ended, *notice.attempts[place + 1 :])
    return replace(notice, attempts=attempts)


def _acknowledged(notice: Notice, entry: Entry) -> Notice:
    return replace(notice, acknowledged_at_tai_ns=entry.at_tai_ns, acknowledged_by=entry.actor)


def _as_it_was(notice: Notice, _: Entry) -> Notice:
    return notice


TOLD: Mapping[NoticeStep, Callable[[Notice, Entry], Notice]] = {
    NoticeStep.APPROVE: _approved,
    NoticeStep.TRY: _tried,
    NoticeStep.ARRIVE: _ended,
    NoticeStep.FAIL: _ended,
    NoticeStep.REFUSE: _ended,
    NoticeStep.ACKNOWLEDGE: _acknowledged,
    NoticeStep.WITHDRAW: _as_it_was,
}
