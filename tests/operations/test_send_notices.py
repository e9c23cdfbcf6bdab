"""Do letters go once approved, once each, with released facts only, and back comes the right answer?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from baken.errors import NoSuchRecord, OutsideServiceFailed
from baken.operations.evidence_ports import Seen
from baken.operations.send_notices import (
    acknowledge_by_code,
    approve_notices,
    told_by_telephone,
    withdraw_notices,
)
from baken.operations.take_evidence import Taken, entry_of_statement
from baken.operations.work_on_task import complete_task
from baken.records.evidence import KeptEntry, SealedEntry
from baken.records.letter import Letter
from baken.records.marking import Marking, Realm
from baken.records.response import Contact, Directory, Way
from baken.records.response_standing import AttemptEnd, NoticeKind, NoticeStage, TaskStage
from baken.respond.deliveries import TRIES_A_WAY
from baken.respond.notice_life import NoticeStep, NoticeStepNotAllowed
from tests.memory_log import MemoryLog
from tests.respond.bench import Bench, bench, instant
from tests.respond.small_response import SMALL
from tests.respond.written_mechanisms import mechanism, task

CALL = "p/look/begin/0/duty"
LOOK = mechanism(task("look"))


@dataclass
class Post:
    """A way for letters that does something before it answers, or fails."""

    meanwhile: Callable[[], object] = lambda: None
    fails: bool = False
    name: str = "smtp"
    taken: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        self.taken.append(letter)
        self.meanwhile()
        if self.fails:
            raise OutsideServiceFailed("nobody answers")
        return "taken"


def with_post(post: Post, text: str = LOOK) -> Bench:
    """Return a response that has called somebody, with the call approved and not yet sent."""
    made = bench(text, approve=True)
    made.transports = {"smtp": post}
    made.advance(0)
    return made


def test_nothing_leaves_before_a_person_approves_it():
    made = bench(LOOK)
    made.advance(0)
    assert made.deliver(60) == ()
    assert made.letter(CALL).stage is NoticeStage.DRAFTED
    approve_notices(made.desk(61, "chief"), made.incident_id, [CALL], "read")
    assert [sent.step for sent in made.deliver(61)] == [NoticeStep.ARRIVE]
    assert made.letter(CALL).approved_by == "chief"


def test_two_workers_at_once_send_each_letter_once():
    post = Post()
    made = with_post(post)
    post.meanwhile = lambda: made.deliver(0)
    made.deliver(0)
    assert len(post.taken) == 1
    [attempt] = made.letter(CALL).attempts
    assert attempt.end is AttemptEnd.ARRIVED


@dataclass
class SlowLog(MemoryLog):
    """A log in which somebody else keeps something just before the next entry comes."""

    before_next: Callable[[], object] | None = None

    def append(
        self, sealed: Sequence[SealedEntry], *, at_tai_ns: int, seen: Seen | None = None
    ) -> tuple[KeptEntry, ...]:
        do, self.before_next = self.before_next, None
        if do is not None:
            do()
        return super().append(sealed, at_tai_ns=at_tai_ns, seen=seen)


def test_a_worker_who_was_overtaken_reads_again_and_does_not_send():
    post = Post()
    made = with_post(post)
    log = SlowLog(kept=made.log.kept, contents=made.log.contents)
    made.log = log
    log.before_next = lambda: made.deliver(0)
    assert made.deliver(0) == ()
    assert len(post.taken) == 1
    assert len(made.letter(CALL).attempts) == 1


def test_a_letter_that_fails_waits_then_goes_again_and_at_last_by_telephone_through_a_person():
    post = Post(fails=True)
    made = with_post(post)
    for minute in range(31):
        made.deliver(minute)
    began = [round((each.began_at_tai_ns - instant(0)) / 60e9) for each in made.letter(CALL).attempts]
    assert began == [0, 1, 3]
    assert len(set(post.taken)) == 1
    assert len(post.taken) == TRIES_A_WAY
    told_by_telephone(made.desk(40), made.incident_id, CALL, "she is on her way")
    letter = made.letter(CALL)
    assert letter.stage is NoticeStage.SENT
    assert (letter.attempts[-1].way, letter.attempts[-1].said) == (Way.TELEPHONE, "she is on her way")


def test_a_way_that_is_not_set_up_refuses_and_the_next_contact_is_tried():
    contacts = (
        Contact(role_id="duty", way=Way.WEBHOOK, address="https://us.example/in"),
        Contact(role_id="duty", way=Way.SMTP, address="duty@us.example"),
    )
    made = bench(LOOK, Directory(contacts=contacts, shifts=(), stale_after_s=1.0), approve=True)
    made.advance(0)
    # One try each time; the next contact needs no pause.
    assert [sent.step for minute in (0, 0) for sent in made.deliver(minute)] == [
        NoticeStep.REFUSE,
        NoticeStep.ARRIVE,
    ]


@pytest.mark.parametrize("fails", [False, True])
def test_a_letter_acknowledged_while_it_is_sent_stays_acknowledged(fails):
    post = Post(fails=fails)
    made = with_post(post)
    post.meanwhile = lambda: acknowledge_by_code(
        made.desk(0), made.incident_id, made.letter(CALL).code, "Kim"
    )
    made.deliver(0)
    assert made.letter(CALL).stage is NoticeStage.ACKNOWLEDGED
    assert made.letter(CALL).attempts[0].end is (AttemptEnd.FAILED if fails else AttemptEnd.ARRIVED)
    assert made.of("look").taken_by == "Kim (duty)"
    assert made.deliver(600) == ()


def test_a_letter_withdrawn_while_it_is_sent_stays_withdrawn_and_goes_no_more():
    post = Post(fails=True)
    made = with_post(post)
    post.meanwhile = lambda: withdraw_notices(made.desk(0), made.incident_id, [CALL], "not needed")
    made.deliver(0)
    assert made.letter(CALL).stage is NoticeStage.WITHDRAWN
    assert made.deliver(600) == ()


def test_the_end_of_a_try_that_comes_late_counts_for_that_try_and_no_other():
    """The first worker hangs until a second one has sent the letter."""
    first, second = Post(fails=True), Post()
    made = with_post(first)

    def meanwhile() -> None:
        made.transports = {"smtp": second}
        made.deliver(3)

    first.meanwhile = meanwhile
    made.deliver(0)
    letter = made.letter(CALL)
    assert first.taken == second.taken
    assert [each.end for each in letter.attempts] == [AttemptEnd.FAILED, AttemptEnd.ARRIVED]
    assert letter.stage is NoticeStage.SENT


def test_a_wrong_code_is_refused_and_nothing_is_kept():
    made = with_post(Post())
    made.deliver(0)
    n_kept = made.log.size(Realm.EXERCISE)
    for wrong in ("", "-", "AAAAA-AAAAA", made.letter(CALL).code[:-1]):
        with pytest.raises(NoSuchRecord, match="no letter has this code"):
            acknowledge_by_code(made.desk(1), made.incident_id, wrong, "")
    assert made.log.size(Realm.EXERCISE) == n_kept


def test_a_code_is_taken_as_it_is_said_over_a_telephone_and_a_second_time_changes_nothing():
    made = with_post(Post())
    made.deliver(0)
    said = made.letter(CALL).code.lower().replace("-", " ").replace("0", "o").replace("1", "i")
    acknowledge_by_code(made.desk(1), made.incident_id, said, "Kim")
    n_kept = made.log.size(Realm.EXERCISE)
    assert made.of("look").stage is TaskStage.TAKEN
    acknowledge_by_code(made.desk(2), made.incident_id, said, "somebody else")
    assert made.log.size(Realm.EXERCISE) == n_kept


def test_the_code_of_a_letter_nobody_approved_acknowledges_nothing():
    made = bench(LOOK)
    made.advance(0)
    with pytest.raises(NoticeStepNotAllowed):
        acknowledge_by_code(made.desk(1), made.incident_id, made.letter(CALL).code, "")


OWNED, FOREIGN, RELEASED = "canary-owner-only", "canary-for-others", "seen-at-dawn"
MARKINGS = {
    OWNED: Marking(),
    FOREIGN: Marking(owner="EXER", releasable_to=frozenset({"OTHERS"})),
    RELEASED: Marking(owner="EXER", releasable_to=frozenset({"THEM", "OTHERS"})),
}


def with_evidence() -> Bench:
    """Return a response to a case in which somebody said three things, each for other eyes."""
    made = bench(SMALL, approve=True)
    for said, marking in MARKINGS.items():
        taken = Taken(
            subject=str(made.incident_id),
            actor=f"witness of {said}",
            at_tai_ns=instant(0),
            title=f"title {said}",
            text=f"text {said}",
            source=f"source {said}",
            realm=Realm.EXERCISE,
            marking=marking,
        )
        made.desk(0).keep(entry_of_statement(taken))
    return made


@pytest.mark.capability(
    "Letters carry released facts only",
    status="VALIDATED",
    authority="words kept in a case for its owner and for others, sought in every letter",
)
def test_a_letter_carries_only_what_is_released_to_whoever_gets_it(deviation):
    post = Post()
    made = with_evidence()
    made.transports = {"smtp": post}
    made.advance(1)
    complete_task(made.desk(2), made.incident_id, "look", OWNED)
    made.advance(3)
    approve_notices(made.desk(4), made.incident_id, [
        each.key for each in made.letters if each.stage is NoticeStage.DRAFTED
    ], "read")  # fmt: skip
    complete_task(made.desk(5), made.incident_id, "decide", OWNED, outcome="yes")
    made.advance(60)
    made.deliver(60)
    words = [
        " ".join((each.subject, each.body, each.sender, each.marking.text, each.key)) for each in post.taken
    ]
    n_leaked = sum(canary in text for text in words for canary in (OWNED, FOREIGN))
    told = [each for each in post.taken if f"text {RELEASED}" in each.body]
    assert [each.to for each in told] == ["neighbour@small.example"]
    assert told[0].marking.releasable_to == {"THEM", "OTHERS"}
    # All but the calls to what was over by then.
    assert [each.task_id for each in made.letters if each.stage is not NoticeStage.SENT] == ["look", "decide"]
    deviation(n_leaked, "words", 0)


def test_call_outs_approved_beforehand_carry_no_facts_and_letters_that_do_wait_for_a_person():
    made = with_evidence()
    made.advance(1)
    complete_task(made.desk(2), made.incident_id, "look", "looked")
    made.advance(3)
    for letter in made.letters:
        is_call = letter.kind is NoticeKind.CALL_OUT
        assert letter.stage is (NoticeStage.APPROVED if is_call else NoticeStage.DRAFTED), letter.key
        if is_call:
            assert letter.carried_by == ()
            assert not any(said in letter.text + letter.subject for said in MARKINGS)
