"""Take evidence in: a file as it came, or what somebody says, with who says it and under which label."""

from dataclasses import dataclass

from baken.records.evidence import Content, Entry, EntryKind, Field
from baken.records.lineage import digest_of_bytes
from baken.records.marking import OWNER_ONLY, Marking, Realm

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Who takes something in, about what, and what he says of it."""

    subject: str
    actor: str
    at_tai_ns: int
    title: str = ""
    text: str = ""
    source: str = ""
    source_time_utc: str = ""
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY

    def fields(self, title: str) -> tuple[Field, ...]:
        """What is said, each a field; nothing for what is not said."""
        said = {
            "title": self.title or title,
            "text": self.text,
            "source": self.source,
            "source_time_utc": self.source_time_utc,
        }
        return tuple((name, value) for name, value in said.items() if value)


def entry_of_content(content: bytes, *, name: str, media_type: str, kind: EntryKind, taken: Taken) -> Entry:
    """Return a file as an entry; its bytes are kept beside it, under their digest."""
    return _entry(
        kind,
        taken,
        title=name,
        content=Content(
            digest=digest_of_bytes(content), media_type=media_type, name=name, size_bytes=len(content)
        ),
    )


def entry_of_statement(taken: Taken) -> Entry:
    """Return what somebody says as an entry.

    Raises: ValueError when he says nothing.
    """
    if not taken.text.strip():
        raise ValueError("a statement says something")
    return _entry(EntryKind.STATEMENT, taken, title="")


def title_of(entry: Entry) -> str:
    """Return what an entry is, in a few words."""
    told = entry.text("title") or entry.text("text") or entry.text("because") or entry.kind.value
    first = told.strip().splitlines()[0]
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1] + "…"


def _entry(kind: EntryKind, taken: Taken, *, title: str, content: Content | None = None) -> Entry:
    return Entry(
        kind=kind,
        subject=taken.subject,
        actor=taken.actor,
        at_tai_ns=taken.at_tai_ns,
        fields=taken.fields(title),
        content=content,
        realm=taken.realm,
        marking=taken.marking,
    )
