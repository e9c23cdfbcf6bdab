"""Do letters go only when they may, carry only what was released, arrive, and tell by their key?"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from baken.errors import LetterRefused, NoSuchRecord, OutsideServiceFailed, RefusedByPolicy, WrongUsage
from baken.operations.reader_labels import Labels
from baken.operations.reader_log import ReaderLog
from baken.operations.response_state import begun_response
from baken.operations.send_notices import (
    Mail,
    Sent,
    acknowledge_by_code,
    approve_notices,
    deliver_due,
    told_by_telephone,
    withdraw_notices,
)
from baken.operations.write_notices import draft_entry
from baken.records.evidence import EntryKind
from baken.records.handling import Handling
from baken.records.letter import Letter
from baken.records.marking import Marking
from baken.records.response import Contact, Directory, Way
from baken.records.response_standing import Notice, NoticeKind, NoticeStage, TaskStage
from baken.report.response_letters import Answering, Draft
from baken.respond.deliveries import LEASE_S
from baken.respond.notice_life import NoticeStep
from tests.operations.test_hand_over_watch import WithoutNeeds
from tests.operations.two_worlds import hides_nothing, shows_everything
from tests.respond.desk_play import Play, minute_of
from tests.respond.written_mechanisms import OURS, PLAN, mechanism, task

TEXT = mechanism(
    task("look", 'by = "duty"\nacknowledge_within = "15 min"\nif_missed = ["deputy"]'),
    task("tell", 'kind = "inform"\nby = "duty"\nto = ["neighbour"]'),
    plan=PLAN + 'situation = { every = "1 h", by = "duty", to = ["neighbour"] }\n',
)
ROLES = (*OURS, "neighbour")


@dataclass
class Box:
    """A way for letters that does what it is told before it takes one, and after."""

    name: str = "smtp"
    before: Callable[[Letter], object] = id
    after: Callable[[Letter], object] = id
    taken: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        self.before(letter)
        self.taken.append(letter)
        self.after(letter)
        return "taken"


def fails(_: Letter) -> None:
    raise OutsideServiceFailed("the line is dead")


def refuses(_: Letter) -> None:
    raise LetterRefused("no such mailbox")


def directory(*ways: Way) -> Directory:
    contacts = tuple(
        Contact(role_id=role, way=way, address=f"{role}@{way}.example") for role in ROLES for way in ways
    )
    return Directory(contacts=contacts, shifts=(), stale_after_s=0.0)


class Office(Play):
    """A response with its post."""

    def post(self, *boxes: Box) -> Mail:
        return Mail(
            sender="Baken NL",
            node="NL",
            directory=self.directory,
            transports={box.name: box for box in boxes},
        )

    def deliver(self, minute: float, *boxes: Box) -> tuple[Sent, ...]:
        return deliver_due(self.desk("baken", minute), self.case, self.post(*boxes))

    def approve(self, minute: float = 0) -> None:
        keys = [notice.key for notice in self.found.notices if notice.stage is NoticeStage.DRAFTED]
        approve_notices(self.desk("officer", minute), self.case, keys, "read")

    def notice(self, kind: NoticeKind = NoticeKind.CALL_OUT) -> Notice:
        return next(notice for notice in self.found.notices if notice.kind is kind)


@pytest.fixture
def office() -> Office:
    begun = Office(TEXT, directory(Way.SMTP))
    begun.engine(0)
    return begun


def test_to_tell_is_done_when_every_letter_has_arrived(office: Office) -> None:
    office.approve()
    office.deliver(1, Box(before=fails))
    office.engine(1)
    assert office.of("tell").stage is TaskStage.RUNNING
    office.deliver(3, Box())
    office.engine(3)
    assert (office.of("tell").stage, minute_of(office.of("tell").ended_at_tai_ns)) == (TaskStage.DONE, 3)


def test_a_refusal_goes_on_to_the_next_contact_at_once_and_a_telephone_waits_for_a_person() -> None:
    office = Office(TEXT, directory(Way.SMTP, Way.TELEPHONE))
    office.engine(0)
    key = office.notice().key
    approve_notices(office.desk("officer", 0), office.case, [key], "read")
    sent = office.deliver(0, Box(before=refuses))
    assert [(each.step, each.said) for each in sent] == [(NoticeStep.REFUSE, "no such mailbox")]
    assert office.deliver(20, Box()) == ()
    told_by_telephone(office.desk("officer", 21), office.case, key, "she comes")
    assert office.notice().stage is NoticeStage.SENT
    last = office.notice().attempts[-1]
    assert (last.way, last.said, minute_of(last.ended_at_tai_ns)) == (Way.TELEPHONE, "she comes", 21)


def test_a_telephone_that_nobody_dials_does_not_hold_a_letter_up_for_ever() -> None:
    office = Office(TEXT, directory(Way.SMTP, Way.TELEPHONE))
    office.engine(0)
    approve_notices(office.desk("officer", 0), office.case, [office.notice().key], "read")
    dead, alive = Box(before=fails), Box()
    for minute in (0, 1, 3):
        assert len(office.deliver(minute, dead)) == 1
    assert office.deliver(32, alive) == ()
    assert [sent.step for sent in office.deliver(33, alive)] == [NoticeStep.ARRIVE]


@pytest.mark.capability(
    "Letters arrive at least once and are recognisable",
    status="MODELLED",
    authority="a sender that is gone before or after each letter was taken; every repetition by its key",
)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_whoever_is_gone_while_he_sends_sends_again_under_the_same_key(office: Office, moment: str) -> None:
    def gone(_: Letter) -> None:
        raise KeyboardInterrupt

    office.approve()
    box = Box(before=gone) if moment == "before" else Box(after=gone)
    minute = 0.0
    for _ in office.found.notices:
        with pytest.raises(KeyboardInterrupt):
            office.deliver(minute, box)
    assert office.deliver(LEASE_S / 60 - 0.1, Box()) == ()
    again = Box()
    office.deliver(LEASE_S / 60, again)
    assert len(again.taken) == len(office.found.notices)
    if moment == "after":
        assert again.taken == box.taken
    assert {notice.stage for notice in office.found.notices} == {NoticeStage.SENT}


def test_whoever_was_passed_over_and_answers_late_takes_nothing_from_whoever_has_it(office: Office) -> None:
    office.approve()
    first = office.notice().code
    office.engine_until(15)
    second = next(notice for notice in office.found.notices if notice.role_id == "deputy")
    office.approve(15)
    acknowledge_by_code(office.desk("web", 16), office.case, second.code, "")
    acknowledge_by_code(office.desk("web", 17), office.case, first, "")
    assert office.of("look").taken_by == "deputy"


def test_what_waits_for_no_approval_cannot_be_approved(office: Office) -> None:
    office.approve()
    with pytest.raises(WrongUsage):
        approve_notices(office.desk("officer", 0), office.case, [office.notice().key], "again")
    with pytest.raises(NoSuchRecord):
        approve_notices(office.desk("officer", 0), office.case, ["nothing"], "read")
    with pytest.raises(WrongUsage):
        withdraw_notices(office.desk("officer", 0), office.case, [office.notice().key], " ")


def test_the_text_of_a_letter_asks_what_all_asks_that_carries_it(office) -> None:
    desk, found = office.desk("officer", 1), office.found
    needed = Marking(owner="NL", handling=Handling(needs=frozenset({"optics"})))
    said = desk.entry(EntryKind.DOCUMENT, str(office.case), found.realm, ("title", "sharp"), marking=needed)
    (kept,) = desk.keep(said)
    draft = Draft(subject="What is known", text="It is sharp.", because="due", carried_by=(kept.entry_id,))
    of_it = {"plan_id": "", "task_id": "", "role_id": "neighbour", "language": "en"}
    answer = Answering(code="c", at="")
    desk.keep(draft_entry(desk, found, draft, answer, key="k", kind=NoticeKind.CALL_OUT, **of_it))
    seen = replace(
        desk,
        log=ReaderLog(desk.log, Labels(policy=WithoutNeeds(), held_by="NL"), hides_nothing, shows_everything),
    )
    (his,) = (each for each in begun_response(seen.log, office.case).notices if each.key == "k")
    assert (his.subject, his.text) == ("What is known", "")
    with pytest.raises(RefusedByPolicy, match="nobody approves what he did not read"):
        approve_notices(seen, office.case, ["k"], "unread")
    approve_notices(desk, office.case, ["k"], "read")
    box = Box()
    deliver_due(seen, office.case, office.post(box))
    assert "What is known" not in [letter.subject for letter in box.taken]
    deliver_due(desk, office.case, office.post(box))
    assert "What is known" in [letter.subject for letter in box.taken]
