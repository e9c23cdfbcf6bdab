"""Which try of a letter comes next, by which contact, and when?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.records.response import Contact, Way
from baken.records.response_standing import Attempt, AttemptEnd, Notice, NoticeKind, NoticeStage
from baken.respond.deliveries import LEASE_S, LONGEST_PAUSE_S, TRIES_A_WAY, delivery_of

SECOND_NS = 10**9
MAIL = Contact(role_id="duty", way=Way.SMTP, address="duty@us.example")
FOLDER = Contact(role_id="duty", way=Way.FOLDER, address="duty@us.example")
PHONE = Contact(role_id="duty", way=Way.TELEPHONE, address="+31 70 000 0000")
LETTER = Notice(
    key="p/look/begin/0/duty", kind=NoticeKind.CALL_OUT, plan_id="p", task_id="look", role_id="duty",
    subject="Look", text="Look.", language="en", because="you look", carried_by=(), code="AAAAA-AAAAA",
    drafted_at_tai_ns=0, stage=NoticeStage.APPROVED, approved_by="officer", approved_at_tai_ns=5 * SECOND_NS,
)  # fmt: skip


def tried(*ends: AttemptEnd) -> Notice:
    """Return a letter whose tries ended so, each a second after it began, and each at its own hundred."""
    attempts = tuple(
        Attempt(
            number=number,
            way=Way.SMTP,
            began_at_tai_ns=number * 100 * SECOND_NS,
            ended_at_tai_ns=None if end is AttemptEnd.UNKNOWN else (number * 100 + 1) * SECOND_NS,
            end=end,
        )
        for number, end in enumerate(ends, 1)
    )
    return replace(LETTER, attempts=attempts, stage=NoticeStage.FAILED)


def next_try(notice: Notice, *contacts: Contact) -> tuple[Contact, float]:
    """Return by which contact a letter goes next, and after how many seconds."""
    delivery = delivery_of(notice, contacts)
    assert delivery is not None
    return delivery.contact, delivery.not_before_tai_ns / SECOND_NS


def test_a_letter_goes_the_moment_it_is_approved_and_by_the_best_contact():
    assert next_try(LETTER, MAIL, PHONE) == (MAIL, 5)


def test_the_pause_doubles_after_each_failure():
    failed = AttemptEnd.FAILED
    assert [next_try(tried(*[failed] * n), MAIL, PHONE)[1] for n in (1, 2)] == [101 + 60, 201 + 120]


def test_after_so_many_failures_the_next_contact_is_tried_at_once():
    failed = [AttemptEnd.FAILED] * TRIES_A_WAY
    assert next_try(tried(*failed[1:]), MAIL, FOLDER)[0] == MAIL
    assert next_try(tried(*failed), MAIL, FOLDER) == (FOLDER, 100 * TRIES_A_WAY + 1)


def test_after_a_refusal_the_next_contact_is_tried_at_once():
    assert next_try(tried(AttemptEnd.REFUSED), MAIL, FOLDER) == (FOLDER, 101)
    assert next_try(tried(AttemptEnd.FAILED, AttemptEnd.REFUSED), MAIL, FOLDER) == (FOLDER, 201)


def test_after_the_last_contact_the_first_has_its_turn_again_but_only_after_the_longest_pause():
    assert next_try(tried(AttemptEnd.REFUSED, AttemptEnd.REFUSED), MAIL, FOLDER) == (
        MAIL,
        201 + LONGEST_PAUSE_S,
    )


def test_a_try_that_nobody_told_the_end_of_has_its_time_and_then_goes_again():
    assert next_try(tried(AttemptEnd.UNKNOWN), MAIL, PHONE) == (MAIL, 100 + LEASE_S)


def test_a_telephone_waits_for_a_person():
    by_phone = delivery_of(tried(AttemptEnd.REFUSED), (MAIL, PHONE))
    assert by_phone is not None
    assert by_phone.by_hand
    by_mail = delivery_of(LETTER, (MAIL, PHONE))
    assert by_mail is not None
    assert not by_mail.by_hand


@pytest.mark.parametrize(
    "stage",
    [NoticeStage.DRAFTED, NoticeStage.SENT, NoticeStage.WITHDRAWN, NoticeStage.ACKNOWLEDGED],
)
def test_nothing_goes_that_is_not_approved_or_has_arrived_or_was_withdrawn(stage):
    assert delivery_of(replace(LETTER, stage=stage), (MAIL,)) is None


def test_nothing_goes_to_whom_nobody_can_reach():
    assert delivery_of(LETTER, ()) is None


@given(st.lists(st.sampled_from(list(AttemptEnd)), min_size=1, max_size=30))
def test_a_letter_that_did_not_arrive_is_never_given_up_nor_hurried_past_its_last_try(ends):
    notice = tried(*ends)
    contact, after_s = next_try(notice, MAIL, FOLDER)
    assert contact in (MAIL, FOLDER)
    assert len(ends) * 100 <= after_s <= len(ends) * 100 + 1 + LONGEST_PAUSE_S
