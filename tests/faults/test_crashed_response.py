"""Wherever a response crashes, is each move made once, and does each letter arrive and tell by its key?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from baken.exercise.rehearsal import invented_directory, rehearse_until
from baken.operations.desk import Desk
from baken.operations.evidence_ports import Seen
from baken.operations.response_state import response
from baken.operations.send_notices import Mail, letter_key
from baken.records.evidence import EntryKind, KeptEntry, SealedEntry
from baken.records.incident import IncidentId
from baken.records.letter import Letter
from baken.records.marking import Realm
from baken.records.response_standing import NoticeStage, ResponseStanding
from baken.respond.mechanism_file import read_mechanism
from tests.memory_log import CountedLuck, MemoryLog
from tests.operations.cases import NOON_TAI_NS
from tests.respond.small_response import CAST, SMALL, UNTIL_TAI_NS, begun

SECOND_NS = 10**9
DIRECTORY = invented_directory(read_mechanism(SMALL))
MOVES = {EntryKind.RESPONSE, EntryKind.SITUATION}
ARRIVED = {NoticeStage.SENT, NoticeStage.ACKNOWLEDGED}


class Crashed(BaseException):
    """The process is gone; nothing may catch this."""


@dataclass
class Danger:
    """Counts the steps that are passed, and crashes at one of them."""

    crashes_at: int = -1
    passed: list[str] = field(default_factory=list)

    def pass_by(self, step: str) -> None:
        self.passed.append(step)
        if len(self.passed) == self.crashes_at:
            raise Crashed(step)


@dataclass
class BrittleLog(MemoryLog):
    """A log whose process may be gone just before or after something was kept."""

    danger: Danger = field(default_factory=Danger)

    def append(
        self, sealed: Sequence[SealedEntry], *, at_tai_ns: int, seen: Seen | None = None
    ) -> tuple[KeptEntry, ...]:
        self.danger.pass_by("before keeping")
        kept = super().append(sealed, at_tai_ns=at_tai_ns, seen=seen)
        self.danger.pass_by("after keeping")
        return kept


@dataclass
class BrittlePost:
    """A way for letters whose sender may be gone just before or after a letter was taken."""

    danger: Danger
    name: str = "smtp"
    taken: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        self.danger.pass_by("before taking")
        self.taken.append(letter)
        self.danger.pass_by("after taking")
        return "taken"


@dataclass
class Played:
    """A response that was played to its end, with a crash on the way or none."""

    log: BrittleLog
    post: BrittlePost
    incident_id: IncidentId
    now_tai_ns: int = NOON_TAI_NS
    luck: CountedLuck = field(default_factory=CountedLuck)
    has_crashed: bool = False

    def desk(self, actor: str, at_tai_ns: int) -> Desk:
        self.now_tai_ns = at_tai_ns
        return Desk(log=self.log, actor=actor, at_tai_ns=at_tai_ns, luck=self.luck)

    def go_on_from(self, from_tai_ns: int) -> None:
        mail = Mail(sender="us", node="EXER", directory=DIRECTORY, transports={"smtp": self.post})
        rehearse_until(self.desk, self.incident_id, mail, CAST, from_tai_ns, UNTIL_TAI_NS)

    @property
    def found(self) -> ResponseStanding:
        return response(self.log, self.incident_id)


def played(crashes_at: int = -1, rest_s: int = 0) -> Played:
    """Play the small response; after a crash somebody starts it again on the same log, after a while."""
    luck, log = CountedLuck(), BrittleLog()
    incident_id = begun(Desk(log=log, actor="officer", at_tai_ns=NOON_TAI_NS, luck=luck))
    log.danger = Danger(crashes_at)
    play = Played(log=log, post=BrittlePost(log.danger), incident_id=incident_id, luck=luck)
    try:
        play.go_on_from(NOON_TAI_NS)
    except Crashed:
        play.has_crashed = True
        play.go_on_from(play.now_tai_ns + rest_s * SECOND_NS)
    return play


def in_the_end(found: ResponseStanding) -> object:
    """Return how a response stands, but for when things happened."""
    [plan] = found.plans
    tasks = [
        (task.task.task_id, task.stage, task.outcome, task.asked, [each.missed for each in task.escalations])
        for task in plan.tasks
    ]
    reports = [(report.number, report.issued_at_tai_ns is not None) for report in plan.situations]
    letters = sorted((notice.key, notice.stage) for notice in found.notices)
    return tasks, reports, letters, plan.stood_down_at_tai_ns is not None


def check_letters(play: Played) -> None:
    """Check that every letter that was let go arrived, and that its key tells one letter and one only."""
    approved = [notice for notice in play.found.notices if notice.approved_by]
    assert all(notice.stage in ARRIVED for notice in approved)
    letters = dict.fromkeys(play.post.taken)
    by_key = {letter.key: letter for letter in letters}
    assert len(by_key) == len(letters), "a repetition is the same letter, down to its last sign"
    expected = {
        letter_key(play.incident_id, notice, DIRECTORY.contacts_of(notice.role_id)[0]) for notice in approved
    }
    assert set(by_key) == expected


def moves(play: Played) -> Counter[str]:
    """Return how often each move was made."""
    entries = play.log.entries(Realm.EXERCISE, kinds=MOVES)
    return Counter(kept.entry.text("key") for kept in entries if kept.entry.text("key"))


def test_the_undisturbed_response_has_everything_a_crash_could_spoil():
    play = played()
    assert set(play.log.danger.passed) == {"before keeping", "after keeping", "before taking", "after taking"}
    [plan] = play.found.plans
    assert plan.stood_down_at_tai_ns is not None
    assert plan.of("look").escalations
    assert plan.situations
    assert max(moves(play).values()) == 1
    check_letters(play)


@pytest.mark.capability(
    "A response makes each move once, also after a crash",
    status="VALIDATED",
    authority="the undisturbed response, and a crash before and after every entry and every letter of it",
)
@pytest.mark.long
def test_a_crash_at_any_step_loses_no_move_and_no_letter_and_makes_no_move_twice(deviation):
    undisturbed = played()
    n_taken = undisturbed.log.danger.passed.count("after taking")
    n_wrong, n_again = 0, 0
    for step in range(1, len(undisturbed.log.danger.passed) + 1):
        play = played(crashes_at=step, rest_s=1)
        assert play.has_crashed
        check_letters(play)
        assert in_the_end(play.found) == in_the_end(undisturbed.found), step
        made = moves(play)
        n_wrong += ((made - moves(undisturbed)) + (moves(undisturbed) - made)).total()
        n_again += len(play.post.taken) - len(set(play.post.taken))
    # Crashed after it was taken, or before that was kept: nobody knows, and it goes once more.
    assert n_again == 2 * n_taken
    deviation(n_wrong, "moves", 0)


def test_whoever_starts_again_only_hours_later_makes_no_move_twice_and_loses_no_letter():
    for step in range(1, len(played().log.danger.passed) + 1, 5):
        play = played(crashes_at=step, rest_s=7_200)
        assert play.has_crashed
        check_letters(play)
        assert max(moves(play).values()) == 1, step
