"""Can a letter be trusted to this transport?  Ask it the same things, whoever wrote it.

A transport that is offered as a plug-in passes ``check_transport`` against a real other side on this machine,
one that says no, and one that is not there; and ``check_lost_answer`` where an answer can get lost.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from baken.errors import LetterRefused, OutsideServiceFailed
from baken.operations.response_ports import Transport
from baken.records.letter import Letter, write_letter
from baken.records.marking import Marking, Realm

# What breaks a careless transport: dots and From at the beginning, lines without end, signs of many bytes.
AWKWARD = "één\n.\n..two\nFrom here on\n\ttab  \n=3D\n" + "x" * 2000 + "\n🛰"
MARKING = Marking(owner="NL", releasable_to=frozenset({"NL", "EU"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One delivery as the other side read it: twice the same letter is two of these with one key."""

    key: str
    to: str
    subject: str
    body: str
    realm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A transport as it is set to one real other side, and an address there."""

    transport: Transport
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A transport set to three other sides, and what the working one received so far.

    The refusing one says no to its address for good; the unreachable one is not there.
    """

    working: Side
    refusing: Side
    unreachable: Side
    received: Callable[[], Sequence[Received]]


def check_transport(stage: Stage) -> tuple[str, ...]:
    """Return every promise the transport breaks, in words; nothing when it keeps them all."""
    return (
        *_has_a_name(stage.working.transport),
        *_carries_letters_as_they_are(stage.working, stage.received),
        *_can_be_sent_again(stage.working, stage.received, key="check.again"),
        *_says_no(stage.refusing, LetterRefused, "says no for good", key="check.no"),
        *_says_no(stage.unreachable, OutsideServiceFailed, "is not there", key="check.off"),
    )


def check_lost_answer(losing: Side, received: Callable[[], Sequence[Received]]) -> tuple[str, ...]:
    """Return what breaks when the other side takes a letter and its first answer gets lost.

    A receipt that nobody gave must not be invented, and the second sending must be known by its key.
    """
    return (
        *_says_no(losing, OutsideServiceFailed, "loses its answer", key="check.lost"),
        *_can_be_sent_again(losing, received, key="check.lost"),
    )


def letter_to(to: str, *, key: str, realm: Realm = Realm.TEST) -> Letter:
    """Return a letter that is hard to carry."""
    return write_letter(
        key=key,
        sender="Baken, één",
        to=to,
        subject="Vergt uw aandacht: één zin, langer dan een regel van een bericht lang mag zijn, en meer",
        text=AWKWARD,
        realm=realm,
        marking=MARKING,
        language="nl",
        at_tai_ns=0,
    )


def read_as(letter: Letter) -> Received:
    """Return how a letter has to arrive."""
    return Received(
        key=letter.key,
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
        realm=letter.realm.value,
    )


def _has_a_name(transport: Transport) -> Iterator[str]:
    if not transport.name.strip():
        yield "it has no name"


def _carries_letters_as_they_are(side: Side, received: Callable[[], Sequence[Received]]) -> Iterator[str]:
    for realm in Realm:
        letter = letter_to(side.to, key=f"check.{realm.value.lower()}", realm=realm)
        yield from _receipt_problems(side.transport.send(letter))
        arrived = [each for each in received() if each.key == letter.key]
        if len(arrived) != 1:
            yield f"one letter was sent, and {len(arrived)} came that can be known by its key"
        if any(each != read_as(letter) for each in arrived):
            yield f"a letter of the world {realm} came changed"


def _can_be_sent_again(side: Side, received: Callable[[], Sequence[Received]], *, key: str) -> Iterator[str]:
    letter = letter_to(side.to, key=key)
    for _ in range(2):
        yield from _receipt_problems(side.transport.send(letter))
    copies = [each for each in received() if each.key == key]
    if not copies:
        yield "what was sent twice cannot be known by its key, or never came"
    if any(copy != read_as(letter) for copy in copies):
        yield "the same letter sent again was another one"


def _receipt_problems(receipt: str) -> Iterator[str]:
    if not receipt.strip() or not receipt.isprintable():
        yield f"a receipt is one line that says something; this one is {receipt!r}"


def _says_no(side: Side, kind: type[Exception], what: str, *, key: str) -> Iterator[str]:
    try:
        receipt = side.transport.send(letter_to(side.to, key=key))
    except kind as error:
        if not str(error).strip() or not str(error).isprintable():
            yield f"an error is one line that says something; this one is {str(error)!r}"
    except (LetterRefused, OutsideServiceFailed) as error:
        yield f"an other side that {what} gave {type(error).__name__}, not {kind.__name__}"
    else:
        yield f"an other side that {what} gave a receipt: {receipt!r}"
