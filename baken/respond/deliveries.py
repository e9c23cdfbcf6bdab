"""Which letter to try now, by which way: again after a failure with growing pauses, then the next contact."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from baken.records.response import Contact, Directory, Way
from baken.records.response_standing import (
    Attempt,
    AttemptEnd,
    Notice,
    NoticeKind,
    NoticeStage,
    ResponseStanding,
)
from baken.respond.clocks import SECOND_NS

# Three tries take three minutes: whoever has a quarter of an hour to answer can still be called.
TRIES_A_WAY = 3
FIRST_PAUSE_S, LONGEST_PAUSE_S = 60.0, 1_800.0
# Whoever began to send and says nothing for so long was interrupted; the letter goes again, same key.
LEASE_S = 120.0
TRIED_STAGES = frozenset({NoticeStage.APPROVED, NoticeStage.SENDING, NoticeStage.FAILED, NoticeStage.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One try: of which letter, by which contact, not before when.

    ``by_hand`` says that a person has to do it: the contact is a telephone.
    """

    notice: Notice
    contact: Contact
    not_before_tai_ns: int

    @property
    def by_hand(self) -> bool:
        return self.contact.way is Way.TELEPHONE


def is_moot(found: ResponseStanding, notice: Notice) -> bool:
    """Say whether a letter asks for what nobody has to do any more: its task is over, or its plan."""
    plan = found.plan(notice.plan_id)
    if notice.kind is not NoticeKind.CALL_OUT or plan is None:
        return False
    is_over = bool(notice.task_id) and plan.of(notice.task_id).is_over
    return is_over or plan.stood_down_at_tai_ns is not None


def deliveries_of(found: ResponseStanding, directory: Directory) -> Iterator[Delivery]:
    """Return the next try of each letter that still has to arrive; none of what is moot.

    Where somebody has to dial, the next try without him stands beside it: nobody's absence holds a letter up.
    """
    for notice in found.notices:
        contacts = directory.contacts_of(notice.role_id)
        delivery = delivery_of(notice, contacts)
        if delivery is None or is_moot(found, notice):
            continue
        yield delivery
        if delivery.by_hand:
            yield from _undialled(delivery, contacts)


def _undialled(by_hand: Delivery, contacts: tuple[Contact, ...]) -> Iterator[Delivery]:
    """Return the try that is made when nobody dialled for as long as the longest pause."""
    others = tuple(contact for contact in contacts if contact.way is not Way.TELEPHONE)
    delivery = delivery_of(by_hand.notice, others)
    if delivery is not None:
        waited_tai_ns = by_hand.not_before_tai_ns + round(LONGEST_PAUSE_S * SECOND_NS)
        yield replace(delivery, not_before_tai_ns=max(waited_tai_ns, delivery.not_before_tai_ns))


def delivery_of(notice: Notice, contacts: tuple[Contact, ...]) -> Delivery | None:
    """Return the next try of a letter, or ``None``: it is not approved, arrived, or no contact is left.

    After the last contact the turn comes to the first again: a letter is given up by people only.
    """
    if notice.stage not in TRIED_STAGES or not contacts:
        return None
    place, n_tried = _turn(notice.attempts)
    return Delivery(
        notice=notice,
        contact=contacts[place % len(contacts)],
        not_before_tai_ns=_not_before(notice, n_tried, is_round=place >= len(contacts)),
    )


def _turn(attempts: tuple[Attempt, ...]) -> tuple[int, int]:
    """Return at which contact the turn is, counted on and on, and how often it was tried in this turn."""
    place, n_tried = 0, 0
    for attempt in attempts:
        n_tried += 1
        if attempt.end is AttemptEnd.REFUSED or n_tried == TRIES_A_WAY:
            place, n_tried = place + 1, 0
    return place, n_tried


def _not_before(notice: Notice, n_tried: int, *, is_round: bool) -> int:
    if not notice.attempts:
        return notice.approved_at_tai_ns or notice.drafted_at_tai_ns
    last = notice.attempts[-1]
    if last.ended_at_tai_ns is None:
        return last.began_at_tai_ns + round(LEASE_S * SECOND_NS)
    if n_tried == 0:
        # A contact that was not tried yet needs no pause.
        return last.ended_at_tai_ns + (round(LONGEST_PAUSE_S * SECOND_NS) if is_round else 0)
    return last.ended_at_tai_ns + round(pause_s(n_tried) * SECOND_NS)


def pause_s(n_tried: int) -> float:
    """Return how long to wait after so many tries.

    >>> [pause_s(n) for n in (1, 2, 3, 10)]
    [60.0, 120.0, 240.0, 1800.0]
    """
    doubled_s: float = FIRST_PAUSE_S * 2.0 ** (n_tried - 1)
    return min(doubled_s, LONGEST_PAUSE_S)
