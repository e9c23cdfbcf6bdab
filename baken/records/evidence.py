"""What stands in the log: evidence, and every act upon it, each an entry that is never changed."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from baken.astro.time import utc_text
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.marking_forms import marking_fields

Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | None"
Field: TypeAlias = "tuple[str, Value]"

# No log is so long that a place in it has more figures.
ENTRY_ID = re.compile(r"EV-(?P<sequence>[0-9]{1,15})")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class EntryKind(StrEnum):
    """What an entry is: a piece of evidence, a moment in the life of an incident, or a human act."""

    # Evidence.
    FINDING = "finding"
    OBSERVATION = "observation"
    MESSAGE = "message"
    IMAGE = "image"
    DOCUMENT = "document"
    STATEMENT = "statement"
    REPORT = "report"
    # The life of an incident.
    OPENED = "opened"
    STEP = "step"
    JOINED = "joined"
    JUDGED = "judged"
    NOTE = "note"
    HANDOVER = "handover"
    # Weighing explanations.
    HYPOTHESIS = "hypothesis"
    GRADE = "grade"
    RATING = "rating"
    GAP = "gap"
    DISSENT = "dissent"
    ESTIMATE = "estimate"
    # Human acts.
    DECISION = "decision"
    DETERMINATION = "determination"
    MEASURE = "measure"
    # The response to an incident, under a subject of its own.
    RESPONSE = "response"
    NOTICE = "notice"
    REQUEST = "request"
    SITUATION = "situation"
    LESSON = "lesson"
    CONTACT = "contact"
    # Sharing: what goes to whom and why, what a partner sent, who may do what, and by which rules.
    RELEASE = "release"
    PARTNER = "partner"
    PEOPLE = "people"
    POLICY = "policy"
    # The log itself.
    ACCESS = "access"
    KEY = "key"
    DOSSIER = "dossier"


EVIDENCE_KINDS = frozenset(
    {
        EntryKind.FINDING,
        EntryKind.OBSERVATION,
        EntryKind.MESSAGE,
        EntryKind.IMAGE,
        EntryKind.DOCUMENT,
        EntryKind.STATEMENT,
        EntryKind.REPORT,
    }
)


# Whoever holds one of these can speak in the place of the one it was given to: shown to nobody, even here.
SECRET_FIELDS = frozenset({"code", "code_digest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bytes that belong to an entry and are kept beside it: a message as it came, an image."""

    digest: str
    media_type: str
    name: str
    size_bytes: int

    def __post_init__(self) -> None:
        if not DIGEST.fullmatch(self.digest):
            raise ValueError(f"a content is named by its digest, like sha256:e3b0…; not {self.digest!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was said or done: about what, by whom, when, and under which label.

    ``subject`` names what it is about: an incident or an event by its id, else ``log``.  ``actor`` is a
    person or a role of this node, or ``baken``.  ``fields`` are what the kind asks for, each value JSON
    without objects, so that any one of them can be shown or withheld by itself.
    """

    kind: EntryKind
    subject: str
    actor: str
    at_tai_ns: int
    fields: tuple[Field, ...] = ()
    content: Content | None = None
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE

    def __post_init__(self) -> None:
        if not self.actor.strip() or not self.subject.strip():
            raise ValueError("an entry says what it is about and who made it")
        names = [name for name, _ in self.disclosable]
        if len(names) != len(set(names)):
            raise ValueError(f"fields of an entry have names of their own, once each; these are {names}")

    def value(self, name: str) -> Value:
        """Return one of the fields, or ``None`` when it is not there."""
        return dict(self.fields).get(name)

    def text(self, name: str) -> str:
        """Return one of the fields as text; empty when it is not there."""
        value = self.value(name)
        return "" if value is None else str(value)

    @property
    def disclosable(self) -> tuple[Field, ...]:
        """All an entry says, piece by piece: what can be shown to one and withheld from another."""
        return (
            ("kind", self.kind.value),
            ("subject", self.subject),
            ("actor", self.actor),
            ("at_utc", _at_utc(self.at_tai_ns)),
            # Nanoseconds since 2000 pass 2^53, where JSON numbers stop being exact.
            ("at_tai_ns", str(self.at_tai_ns)),
            *marking_fields(self.marking),
            *_content_fields(self.content),
            *_lineage_fields(self.lineage),
            *self.fields,
        )


@lru_cache(maxsize=4096)
def _at_utc(at_tai_ns: int) -> str:
    # Asked at an entry's birth and again when it is sealed; a calendar takes its time.
    return utc_text(at_tai_ns, 9)


def _content_fields(content: Content | None) -> tuple[Field, ...]:
    if content is None:
        return ()
    return (
        ("content_digest", content.digest),
        ("content_media_type", content.media_type),
        ("content_name", content.name),
        ("content_size_bytes", content.size_bytes),
    )


def _lineage_fields(lineage: Lineage) -> tuple[Field, ...]:
    if lineage == NO_LINEAGE:
        return ()
    return (
        ("made_by_method", lineage.method),
        ("made_by_code_version", lineage.code_version),
        ("made_with_settings", lineage.settings),
        ("made_from", tuple((source.name, source.digest) for source in lineage.sources)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEntry:
    """An entry with the secret its salts follow from, and the one digest that stands for it in the log."""

    entry: Entry
    secret: bytes = field(repr=False)
    commitment: str

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ValueError("an entry is sealed with 32 bytes of luck")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """An entry in its place in the log of its realm; ``sequence`` counts from 0 and has no gaps.

    ``relabelled`` is the label it was given later, if it was: the entry itself never changes.
    """

    sequence: int
    sealed: SealedEntry
    kept_at_tai_ns: int
    relabelled: Marking | None = None

    @property
    def entry(self) -> Entry:
        return self.sealed.entry

    @property
    def marking(self) -> Marking:
        """The label that stands."""
        return self.entry.marking if self.relabelled is None else self.relabelled

    @property
    def entry_id(self) -> str:
        """The name of an entry in its log.

        >>> entry_id_of(12)
        'EV-12'
        """
        return entry_id_of(self.sequence)


def entry_id_of(sequence: int) -> str:
    """Return how an entry is called."""
    return f"EV-{sequence}"


def read_entry_id(text: str) -> int:
    """Return the place in the log that an entry's name gives.

    Raises: ValueError when it does not read like one.

    >>> read_entry_id("ev-12")
    12
    """
    match = ENTRY_ID.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError(f"an entry is called like EV-12; this one reads {text!r}")
    return int(match["sequence"])
