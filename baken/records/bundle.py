"""What leaves one home for another in one piece: items, requests to forget some, and answers.

Nothing in it says where an item came from inside the house that sent it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from baken.records.evidence import DIGEST, Field
from baken.records.handling import NAME, Onward
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Marking, Realm
from baken.records.terms import Terms

ITEM_ID = re.compile(r"[0-9a-f]{32}")
ITEM_ID_BYTES = 16
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
LONGEST_LINE, LONGEST_TEXT = 500, 20_000
BUNDLE_VERSION = 1


class ItemKind(StrEnum):
    """What an item is, and so what becomes of it where it comes in.

    An orbit is a file of element sets or ephemerides, and joins the opinions on its object; a dossier is
    verified before it is kept; all others are evidence of the kind of that name.
    """

    ORBIT = "orbit"
    DOSSIER = "dossier"
    FINDING = "finding"
    OBSERVATION = "observation"
    MESSAGE = "message"
    IMAGE = "image"
    DOCUMENT = "document"
    STATEMENT = "statement"
    REPORT = "report"


WITH_A_FILE = frozenset({ItemKind.ORBIT, ItemKind.DOSSIER})


class AnswerKind(StrEnum):
    """What is said of an item, or of a request, that came from the other side."""

    TAKEN = "taken"
    DISSENT = "dissent"
    RECALL_DONE = "recall-done"
    RECALL_REFUSED = "recall-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFile:
    """A file that is the item, or belongs to it."""

    name: str
    media_type: str
    content: bytes

    def __post_init__(self) -> None:
        _refuse_unfit_line(self.name, "the name of a file")
        _refuse_unfit_line(self.media_type, "the media type of a file")

    @property
    def digest(self) -> str:
        """The digest of its bytes."""
        return digest_of_bytes(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleItem:
    """One thing that goes to one recipient, under a name drawn for this time only.

    ``told`` is what is said of it, name by name.  ``in_reply_to`` is the item of the recipient that it is an
    answer to, by the name he gave it.
    """

    item_id: str
    kind: ItemKind
    title: str
    marking: Marking
    terms: Terms
    told: tuple[Field, ...] = ()
    file: ItemFile | None = None
    in_reply_to: str = ""

    def __post_init__(self) -> None:
        _refuse_unfit_id(self.item_id)
        _refuse_unfit_line(self.title, "the title of an item")
        _refuse_unfit_line(self.terms.purpose or "-", "a purpose")
        if self.terms.licence and not NAME.fullmatch(self.terms.licence):
            raise ValueError(f"a licence is a name as labels have it, not {self.terms.licence!r}")
        if self.in_reply_to:
            _refuse_unfit_id(self.in_reply_to)
        names = [name for name, _ in self.told]
        if len(set(names)) != len(names) or not all(map(FIELD_NAME.fullmatch, names)):
            raise ValueError(f"what is told of an item has names in small letters, once each; not {names}")
        if strange := sorted({name for name, _ in self.marking.of_fields} - {"title", *names}):
            raise ValueError(f"a label of an item names what is told of it, and {strange[0]!r} is not")
        if self.kind in WITH_A_FILE and self.file is None:
            raise ValueError(f"an item of kind {self.kind} is a file, and this one has none")
        if self.marking.is_most_restrictive:
            raise ValueError(
                "an item in a bundle has a label that names who may see it; this one is owner only"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallRequest:
    """Somebody asks to use an item that he sent no more, and says why."""

    item_id: str
    because: str
    at_tai_ns: int

    def __post_init__(self) -> None:
        _refuse_unfit_id(self.item_id)
        _refuse_unfit_text(self.because, "the reason of a recall")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswer:
    """What the receiver of an item says of it to who sent it, under a label of his own.

    ``answer_id`` is drawn for it, so that who says it knows what went.
    """

    answer_id: str
    item_id: str
    kind: AnswerKind
    text: str
    at_tai_ns: int
    marking: Marking

    def __post_init__(self) -> None:
        _refuse_unfit_id(self.answer_id)
        _refuse_unfit_id(self.item_id)
        if self.text or self.kind is not AnswerKind.TAKEN:
            _refuse_unfit_text(self.text, "an answer")
        if self.marking.is_most_restrictive:
            raise ValueError("an answer has a label that names who may see it; this one is owner only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """All that goes from one node to one recipient at a time.

    ``number`` counts the bundles to this recipient about this world from 1 on; ``previous`` is the digest of
    the one before, empty for the first.  ``taken_to`` is the number of the last bundle of the recipient that
    came in here, and ``refused`` are those of his that came and were not taken.  ``policy_digest`` names the
    rules under which it was let go.
    """

    sender: str
    recipient: str
    realm: Realm
    number: int
    previous: str
    made_at_tai_ns: int
    valid_until_tai_ns: int
    policy_digest: str
    items: tuple[BundleItem, ...] = ()
    recalls: tuple[RecallRequest, ...] = ()
    answers: tuple[ItemAnswer, ...] = ()
    taken_to: int = 0
    refused: tuple[int, ...] = ()
    version: int = BUNDLE_VERSION

    def __post_init__(self) -> None:
        if not self.sender.strip() or not self.recipient.strip() or self.sender == self.recipient:
            raise ValueError("a bundle goes from one to another")
        if not all(type(each) is int for each in (self.number, self.taken_to, self.version, *self.refused)):
            raise ValueError("numbers of bundles and of versions are whole")
        if self.number < 1 or self.taken_to < 0 or bool(self.previous) != (self.number > 1):
            raise ValueError("bundles are numbered from 1 on, and each but the first names the one before it")
        if not DIGEST.fullmatch(self.policy_digest):
            raise ValueError(f"the rules are named by their digest, not {self.policy_digest!r}")
        if self.valid_until_tai_ns <= self.made_at_tai_ns:
            raise ValueError("a bundle is valid for some time after it was made")
        for ids in ([one.item_id for one in self.items], [one.answer_id for one in self.answers]):
            if len(set(ids)) != len(ids):
                raise ValueError("items and answers in a bundle have names of their own, once each")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenItem:
    """Under which label, and as of which world, the same bytes came before."""

    marking: Marking
    realm: Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place in the row of bundles of a partner: its number and the digest of the whole bundle."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """What came from a partner so far, as the log tells.

    ``links`` are the last bundles by world.  ``version`` is the highest version of the format that he wrote.
    ``seen`` are what came and was not recalled, by the digest of its content; ``item_ids`` are all names
    there were.
    """

    links: Mapping[Realm, Link] = field(default_factory=dict)
    version: int = 0
    seen: Mapping[str, SeenItem] = field(default_factory=dict)
    item_ids: frozenset[str] = frozenset()


def new_item_id(luck: Callable[[int], bytes]) -> str:
    """Return a name for an item or an answer that tells nothing of where it came from.

    >>> new_item_id(bytes)
    '00000000000000000000000000000000'
    """
    return luck(ITEM_ID_BYTES).hex()


def received_marking(marking: Marking, sender: str) -> Marking:
    """Return the label of something as it stands where it came in: the sender's, and whose it was before.

    >>> received_marking(Marking(owner="FR", releasable_to=frozenset({"NL"})), "DE").text
    'DE: NL; FROM:FR'
    """
    others = marking.originators - {sender}
    return replace(marking, owner=sender, handling=replace(marking.handling, originators=others))


def received_label(item: BundleItem, sender: str) -> Marking:
    """Return the label of an item as it stands where it came in: with what its terms ask beyond it."""
    marking, terms = received_marking(item.marking, sender), item.terms
    handling = replace(
        marking.handling,
        onward=max(marking.handling.onward, terms.onward, key=list(Onward).index),
        licences=marking.handling.licences | ({terms.licence} if terms.licence else frozenset()),
    )
    return replace(marking, handling=handling)


def _refuse_unfit_id(item_id: str) -> None:
    if not ITEM_ID.fullmatch(item_id):
        raise ValueError(f"an item is called by 32 figures of base 16, not {item_id!r}")


def _refuse_unfit_line(text: str, what: str) -> None:
    if not text.strip() or len(text) > LONGEST_LINE or not text.isprintable():
        raise ValueError(f"{what} is one line of {LONGEST_LINE} signs at most, not {text[:80]!r}")


def _refuse_unfit_text(text: str, what: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT or not text.replace("\n", "").isprintable():
        raise ValueError(f"{what} says something in {LONGEST_TEXT:,} signs at most, not {text[:80]!r}")
