"""Put an event on one page: gather its case, and what could be done about it, from what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from baken.errors import WrongUsage
from baken.operations.avoid import AskedAvoidance, avoidance_of_message
from baken.operations.ports import Store
from baken.records.avoidance import DecisionMap
from baken.records.conjunction_case import ConjunctionCase
from baken.records.conjunction_message import ConjunctionMessage
from baken.records.event import Event
from baken.report.conjunction_page import ConjunctionPage


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    """What is asked of a page: when it is made, by which code, why, what disagrees, and who would burn."""

    now_tai_ns: int
    code_version: str
    why: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    burns: int = 1


def page_of_event(store: Store, event: Event, case: ConjunctionCase, asked: AskedPage) -> ConjunctionPage:
    """Return the page of a conjunction; options come from the newest message that has what they need."""
    messages = [kept.message for kept in store.messages_of(event.event_id, realm=event.realm)]
    return ConjunctionPage(
        case=case,
        as_of_tai_ns=asked.now_tai_ns,
        why=asked.why or (event.finding.because,),
        disagreements=asked.disagreements,
        options=options_of(messages, burns=asked.burns, now_tai_ns=asked.now_tai_ns)[0],
        code_version=asked.code_version,
    )


def options_of(
    messages: Sequence[ConjunctionMessage], *, burns: int, now_tai_ns: int
) -> tuple[DecisionMap | None, str]:
    """Return the options the newest message allows that has what they need; or None, and why none does."""
    why_not = "nobody sent a message of it; a covariance estimated from element sets is no ground for a burn"
    for message in sorted(messages, key=lambda one: one.created_tai_ns, reverse=True):
        try:
            return avoidance_of_message(message, AskedAvoidance(burns=burns), now_tai_ns=now_tai_ns), ""
        except WrongUsage as error:
            # This one lacks a covariance, or leaves no time; an older one may have it.
            why_not = f"{message.originator} {message.message_id}: {error}"
    return None, why_not
