"""Do letters go only when they may, carry only what was released, arrive, and tell by their key?"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from baken.errors import LetterRefused, NoSuchRecord, OutsideServiceFailed, WrongUsage
from baken.operations.report_situation import issue_situation
from baken.operations.send_notices import (
    Mail,
    Sent,
    acknowledge_by_code,
    approve_notices,
    deliver_due,
    told_by_telephone,
    withdraw_notices,
)
from baken.operations.work_on_task import approve_call_outs
from baken.records.evidence import EntryKind
from baken.records.letter import Letter
from baken.records.marking import OWNER_ONLY, Marking
from baken.records.response import Contact, Directory, Way
from baken.records.response_standing import AttemptEnd, Notice, NoticeKind, NoticeStage, TaskStage
from baken.respond.deliveries import LEASE_S, TRIES_A_WAY
from baken.respond.notice_life import NoticeStep
from tests.respond.desk_play import Play, minute_of
from tests.respond.written_mechanisms import OURS, PLAN, mechanism, task

TEXT = mechanism(
    task("look", 'by = "duty"\nacknowledge_within = "15 min"\nif_missed = ["deputy"]'),
    task("tell", 'kind = "inform"\nby = "duty"\nto = ["neighbour"]'),
    plan=PLAN + 'situation = { every = "1 h", by = "duty", to = ["neighbour"] }\n',
)
ROLES = (*OURS, "neighbour")
CANARIES = ("owner-canary", "stranger-canary", "note-canary", "Something is odd")


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


def say(office: Office, text: str, marking: Marking, kind: EntryKind = EntryKind.STATEMENT) -> None:
    desk = office.desk("officer", -1)
    desk.keep(
        desk.entry(kind, str(office.case), office.realm, ("title", text), ("text", text), marking=marking)
    )


def for_whom(*audiences: str) -> Marking:
    return Marking(owner="NL", releasable_to=frozenset(audiences))


def test_a_letter_carries_only_what_is_released_to_its_reader() -> None:
    office = Office(TEXT, directory(Way.SMTP))
    say(office, "owner-canary", OWNER_ONLY)
    say(office, "stranger-canary", for_whom("ELSEWHERE"))
    say(office, "note-canary", OWNER_ONLY, EntryKind.NOTE)
    say(office, "a fragment was seen", for_whom("THEM", "ELSEWHERE"))
    office.engine_until(45)
    issue_situation(office.desk("duty", 50), office.case, "All is quiet.", office.directory)
    office.approve(50)
    box = Box()
    office.deliver(50, box)
    assert len(box.taken) == len(office.found.notices)
    told = [letter for letter in box.taken if "a fragment was seen" in letter.body]
    assert {letter.to for letter in told} == {"neighbour@smtp.example"}
    assert [letter.marking for letter in told] == [for_whom("THEM", "ELSEWHERE")] * 2
    for letter in box.taken:
        words = f"{letter.subject}\n{letter.body}\n{letter.marking.text}\n{letter.sender}"
        assert [canary for canary in CANARIES if canary in words] == []


def test_nothing_leaves_that_nobody_approved(office: Office) -> None:
    box = Box()
    assert office.deliver(1000, box) == ()
    assert box.taken == []
    assert {notice.stage for notice in office.found.notices} == {NoticeStage.DRAFTED}


def test_call_outs_approved_beforehand_go_and_what_carries_facts_still_waits() -> None:
    office = Office(TEXT, directory(Way.SMTP))
    say(office, "a fragment was seen", for_whom("THEM"))
    approve_call_outs(office.desk("officer", 0), office.case, "it is night")
    office.engine_until(30)
    box = Box()
    office.deliver(30, box)
    assert {letter.to for letter in box.taken} == {"duty@smtp.example", "deputy@smtp.example"}
    assert all("fragment" not in letter.body for letter in box.taken)
    assert office.notice(NoticeKind.INFORMATION).stage is NoticeStage.DRAFTED
    assert office.notice().approved_by == "officer"


def test_to_tell_is_done_when_every_letter_has_arrived(office: Office) -> None:
    office.approve()
    office.deliver(1, Box(before=fails))
    office.engine(1)
    assert office.of("tell").stage is TaskStage.RUNNING
    office.deliver(3, Box())
    office.engine(3)
    assert (office.of("tell").stage, minute_of(office.of("tell").ended_at_tai_ns)) == (TaskStage.DONE, 3)


def test_a_failure_is_tried_again_after_growing_pauses_and_then_by_the_next_contact() -> None:
    office = Office(TEXT, directory(Way.SMTP, Way.WEBHOOK))
    office.engine(0)
    approve_notices(office.desk("officer", 0), office.case, [office.notice().key], "read")
    smtp, page = Box(before=fails), Box(name="webhook")
    tried = [
        (minute, sent.contact.way)
        for minute in range(10)
        for sent in office.deliver(minute, smtp, page)
    ]  # fmt: skip
    ways = [*[Way.SMTP] * TRIES_A_WAY, Way.WEBHOOK]
    assert tried == list(zip((0, 1, 3, 4), ways, strict=True))
    assert office.notice().stage is NoticeStage.SENT
    assert [attempt.end for attempt in office.notice().attempts] == [AttemptEnd.FAILED] * 3 + [
        AttemptEnd.ARRIVED
    ]


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


def test_a_way_that_is_not_set_up_refuses_and_says_where_to_set_it_up(office: Office) -> None:
    office.approve()
    assert all("transports.toml" in sent.said for sent in office.deliver(0))


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


def test_two_that_deliver_at_once_deliver_each_letter_once(office: Office) -> None:
    office.approve()
    box = Box()
    # While one is sending, the other delivers whatever he finds due.
    box.before = lambda _: office.deliver(0, box)
    office.deliver(0, box)
    assert set(Counter(letter.key for letter in box.taken).values()) == {1}
    assert len(box.taken) == len(office.found.notices)
    assert all(len(notice.attempts) == 1 for notice in office.found.notices)


@pytest.mark.parametrize("outcome", ["arrives", "fails", "is refused"])
def test_how_a_try_ended_may_come_after_the_answer(office: Office, outcome: str) -> None:
    office.approve()
    code = office.notice().code
    box = Box(before={"arrives": id, "fails": fails, "is refused": refuses}[outcome])
    then = box.before

    def answered_meanwhile(letter: Letter) -> None:
        if code in letter.body:
            acknowledge_by_code(office.desk("web", 0), office.case, code, "Lina")
        then(letter)

    box.before = answered_meanwhile
    office.deliver(0, box)
    assert office.notice().stage is NoticeStage.ACKNOWLEDGED
    assert office.notice().attempts[0].end is not AttemptEnd.UNKNOWN
    assert office.notice() not in [each for each in office.found.notices if each.stage is NoticeStage.FAILED]
    assert office.of("look").taken_by == "Lina (duty)"


def test_what_is_withdrawn_stays_withdrawn_however_its_last_try_ends(office: Office) -> None:
    office.approve()
    key = office.notice().key

    def withdrawn_meanwhile(_: Letter) -> None:
        if office.notice().stage is NoticeStage.SENDING:
            withdraw_notices(office.desk("officer", 0), office.case, [key], "a mistake")

    office.deliver(0, Box(before=withdrawn_meanwhile))
    assert office.notice().stage is NoticeStage.WITHDRAWN
    with pytest.raises(WrongUsage):
        acknowledge_by_code(office.desk("web", 0), office.case, office.notice().code, "")


def test_a_code_is_taken_as_it_is_said_over_a_telephone_and_no_other(office: Office) -> None:
    office.approve()
    box = Box()
    office.deliver(0, box)
    letter = next(
        letter for letter in box.taken if letter.to == "duty@smtp.example" and "look" in letter.body
    )
    match = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", letter.body)
    assert match is not None
    for wrong in ("", "-", "00000-00000", match[0][:-1], match[0] + "0"):
        with pytest.raises(NoSuchRecord, match="no letter has this code"):
            acknowledge_by_code(office.desk("web", 1), office.case, wrong, "Lina")
    spoken = match[0].lower().replace("-", " ").replace("0", "o").replace("1", "i")
    acknowledge_by_code(office.desk("web", 1), office.case, spoken, "  Lina \n of the desk ")
    assert office.of("look").taken_by == "Lina of the desk (duty)"
    n_entries = office.found.n_entries
    acknowledge_by_code(office.desk("web", 2), office.case, match[0], "Lina")
    assert office.found.n_entries == n_entries


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
