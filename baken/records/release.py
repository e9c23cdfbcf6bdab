"""A release: what goes to one recipient, in which form, under which terms, and how far it is."""

import re
from dataclasses import dataclass
from enum import StrEnum

from baken.records.marking import Marking, Realm
from baken.records.terms import Terms

RELEASE_ID = re.compile(r"(?P<node>[A-Z]{2,8})-RL(?P<year>\d{2})-(?P<number>\d{4,})")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ReleaseId:
    """A short name that can be said over a telephone, given once and never to another release.

    >>> str(ReleaseId(node="NL", year=2026, number=1))
    'NL-RL26-0001'
    """

    node: str
    year: int
    number: int

    def __post_init__(self) -> None:
        if not RELEASE_ID.fullmatch(str(self)):
            raise ValueError(f"a release is called like NL-RL26-0001; this one would read {self}")

    def __str__(self) -> str:
        return f"{self.node}-RL{self.year % 100:02d}-{self.number:04d}"


def read_release_id(text: str) -> ReleaseId:
    """Read the name of a release as it was said or typed.

    Raises: ValueError when it does not read like one.

    >>> read_release_id("nl-rl26-0007").number
    7
    """
    match = RELEASE_ID.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError(f"a release is called like NL-RL26-0001; this one reads {text!r}")
    return ReleaseId(node=match["node"], year=2000 + int(match["year"]), number=int(match["number"]))


class ReleaseStage(StrEnum):
    """How far a release is; the steps between stages are a table in ``share/exchange``."""

    PROPOSED = "proposed"
    ENDORSED = "endorsed"
    APPROVED = "approved"
    SENT = "sent"
    RECEIVED = "received"
    EXPIRED = "expired"
    RECALLED = "recalled"
    RECALL_SENT = "recall-sent"
    RECALL_ANSWERED = "recall-answered"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One entry of what goes: which it is here, which of its fields go, and the digest of what goes.

    ``entry_id`` and ``subject`` name the original, and stay here.
    """

    entry_id: str
    subject: str
    digest: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What policy said at a moment: which rules decided, of which set, and what it asks beyond that."""

    policy_digest: str
    policy_ids: tuple[str, ...]
    obligations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is to go to one recipient: in which form, under which label and terms, and why.

    ``what`` is what was asked for, an entry or a case, and ``item_id`` how it is called where it goes: a name
    drawn for this time only.  ``precision`` is how it is reduced, as a person writes it.  It may not go
    before ``not_before_tai_ns``, since a delay is a form of precision too.  ``consents`` are originators who
    agreed, each with the entry that holds his word.
    """

    release_id: ReleaseId
    what: str
    recipient: str
    item_id: str
    title: str
    precision: str
    label: Marking
    terms: Terms
    because: str
    consents: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    not_before_tai_ns: int
    realm: Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who let a release go, with which key, and why."""

    by: str
    key: str
    at_tai_ns: int
    because: str
    note_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseMoment:
    """One thing that happened to a release."""

    entry_sequence: int
    step: str
    by: str
    at_tai_ns: int
    because: str
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of something that went: it was in a bundle, or its recipient said something of it.

    ``step`` is what that means for its release; one that the table does not have changes nothing.
    """

    entry_sequence: int
    step: str
    by: str
    at_tai_ns: int
    told: str
    bundle_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStanding:
    """A release as it stands after all that was said of it, here and by its recipient.

    ``n_entries`` counts what was said here.  ``bundle_number`` is that of the bundle it went in.
    """

    offer: Offer
    stage: ReleaseStage
    moments: tuple[ReleaseMoment, ...]
    approvals: tuple[Approval, ...] = ()
    n_entries: int = 0
    bundle_number: int | None = None

    @property
    def release_id(self) -> ReleaseId:
        return self.offer.release_id

    @property
    def proposed_by(self) -> str:
        return self.moments[0].by
