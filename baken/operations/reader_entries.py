"""The entries of a log that one reader may see, numbered among themselves, as if nothing else were kept."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from baken.errors import NoSuchRecord, WrongUsage
from baken.evidence.sealing import seal
from baken.operations.reader_labels import Labels, without_labels_of
from baken.operations.relabel import LABELS
from baken.records.event import is_event_id
from baken.records.evidence import (
    EVIDENCE_KINDS,
    Content,
    Entry,
    EntryKind,
    Field,
    KeptEntry,
    SealedEntry,
    Value,
    entry_id_of,
)
from baken.records.incident import INCIDENT_ID
from baken.records.lineage import NO_LINEAGE

# The name of an entry, an incident or an event, wherever it stands in a text.
NAME = re.compile(
    r"(?<![A-Za-z0-9-])(?:EV-(?P<place>[0-9]{1,15})|[A-Z]{2,8}-[A-Z]{2}[0-9]{2}-[0-9]{4,})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
CONTENT = frozenset({"content", "content_digest", "content_media_type", "content_name", "content_size_bytes"})
LINEAGE = frozenset({"lineage", "made_by_method", "made_by_code_version", "made_with_settings", "made_from"})
# An entry that lacks one of these is none.
NEVER_ABSENT = frozenset(
    {
        *("kind", "subject", "actor", "at_utc", "at_tai_ns"),
        *("marking_owner", "marking_releasable_to", "marking_handling", "marking_of_fields"),
    }
)
# What happens to a case is nothing without what happened; of these words it stays what it is.
ONLY_WORDS = frozenset({"because", "text", "told", *CONTENT})
# The digest of a finding covers all of it.
MAY_LACK_MUCH = EVIDENCE_KINDS - {EntryKind.FINDING}
# Nor may a list of theirs lose anything: whoever signed or decided did so for all of it.
LISTS_STAND_WHOLE = frozenset(
    {
        *(EntryKind.FINDING, EntryKind.RELEASE, EntryKind.PARTNER, EntryKind.PEOPLE),
        *(EntryKind.POLICY, EntryKind.KEY, EntryKind.DOSSIER),
    }
)
# In place of the hyphens of a name: it reads alike, and names nothing.
NO_NAME = "\N{NON-BREAKING HYPHEN}"
# The secret of an entry tells what was left out of it, and stays with whoever keeps the log.
NO_SECRET = bytes(32)


class _KeptFromHim(Exception):
    """Something names what the reader may not know of."""


@dataclass(slots=True, kw_only=True)
class ShownLog:
    """What one reader sees of the log of one world, as far as it was read.

    An entry that names what is kept from him is kept from him as well, wherever it names it, but for lists:
    they lose what he may not know, where the entry stands without it.  What was said of a case whose opening
    he may not see is not there.  ``hides`` says of the name of an event whether it is kept from him; what is
    said of an event under a label for him names it nevertheless.  ``shows`` says of such a name whether he
    may see it.

    What he names himself and does not know is words and no name, whether there is such a thing or not: what
    he says would otherwise be there or not, and tell him.
    """

    labels: Labels
    hides: Callable[[str], bool]
    shows: Callable[[str], bool]
    entries: list[KeptEntry] = field(default_factory=list)
    sequences: list[int] = field(default_factory=list)
    contents: set[str] = field(default_factory=set)
    n_read: int = 0
    n_read_about: Counter[str] = field(default_factory=Counter)
    _place_of: dict[int, int] = field(default_factory=dict)
    _hidden_cases: set[str] = field(default_factory=set)
    _hidden_events: dict[str, bool] = field(default_factory=dict)
    _about: str = ""
    _named: set[str] = field(default_factory=set)
    _naming: set[str] = field(default_factory=set)

    def take(self, kept: KeptEntry) -> None:
        """Read the next entry of the log."""
        self.n_read = kept.sequence + 1
        self.n_read_about[kept.entry.subject] += 1
        shown = self._shown(kept)
        if shown is None:
            if kept.entry.kind is EntryKind.OPENED:
                self._hidden_cases.add(kept.entry.subject)
            return
        self._named |= self._naming
        self._place_of[kept.sequence] = len(self.entries)
        self.sequences.append(kept.sequence)
        self.contents.update(contents_of(shown))
        sealed = _sealed(shown, kept.sealed)
        self.entries.append(replace(kept, sequence=len(self.entries), sealed=sealed, relabelled=None))

    def n_about(self, subject: str) -> int:
        """Return how many entries about a subject he sees."""
        return sum(kept.entry.subject == subject for kept in self.entries)

    def place_of(self, sequence: int) -> int | None:
        """Return the place among those he sees of an entry of the log; None when he does not see it."""
        return self._place_of.get(sequence)

    def as_kept(self, entry: Entry, opens: frozenset[str] = frozenset()) -> Entry:
        """Return what he says with the names that entries have in the log itself; ``opens`` are new cases.

        Raises: WrongUsage when he names an entry that is not there for him; NoSuchRecord when he speaks of an
        incident or an event that is not.
        """
        about = NAME.match(entry.subject)
        if about is not None and about["place"] is None and not self._knows(about[0].upper(), opens):
            raise NoSuchRecord(f"no incident or event is called {about[0]}")
        told = tuple((name, self._told(value, opens)) for name, value in entry.fields)
        return replace(entry, fields=told)

    def _shown(self, kept: KeptEntry) -> Entry | None:
        entry, label, case = kept.entry, kept.marking, case_of(kept.entry.subject)
        told = {"realm": entry.realm, "kind": entry.kind.value, "case": case}
        if entry.subject == LABELS or not self.labels.admit(label, **told):  # type: ignore[arg-type]
            return None
        kept_back = self.labels.kept_back(label, **told)  # type: ignore[arg-type]
        if not may_lack(entry.kind, kept_back):
            return None
        self._about, self._naming = entry.subject.upper(), set()
        try:
            return replace(
                entry,
                subject=self._seen_text(entry.subject),
                actor=self._seen_text(entry.actor),
                fields=tuple(self._seen_fields(entry, kept_back)),
                content=None if kept_back & CONTENT else self._seen_content(entry.content),
                lineage=NO_LINEAGE if kept_back & LINEAGE else entry.lineage,
                marking=without_labels_of(label, kept_back),
            )
        except _KeptFromHim:
            return None

    def _seen_fields(self, entry: Entry, kept_back: frozenset[str]) -> Iterator[Field]:
        for name, value in entry.fields:
            if name not in kept_back:
                if isinstance(value, tuple) and entry.kind not in LISTS_STAND_WHOLE:
                    yield name, self._seen_list(value)
                else:
                    yield name, self._seen(value)

    def _seen_content(self, content: Content | None) -> Content | None:
        return None if content is None else replace(content, name=self._seen_text(content.name))

    def _seen_list(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        seen: list[Value] = []
        for each in values:
            try:
                seen.append(self._seen(each))
            except _KeptFromHim:
                continue
        return tuple(seen)

    def _seen(self, value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(map(self._seen, value))
        return self._seen_text(value) if isinstance(value, str) else value

    def _seen_text(self, text: str) -> str:
        return NAME.sub(self._seen_name, text) if "-" in text else text

    def _seen_name(self, name: re.Match[str]) -> str:
        if name["place"] is None:
            if self._is_kept_from_him(name[0].upper()):
                raise _KeptFromHim
            self._naming.add(name[0].upper())
            return name[0]
        place = self._place_of.get(int(name["place"]))
        if place is None:
            raise _KeptFromHim
        return entry_id_of(place)

    def _is_kept_from_him(self, name: str) -> bool:
        if name in self._hidden_cases:
            return True
        if name not in self._hidden_events:
            self._hidden_events[name] = self.hides(name)
        return self._hidden_events[name] and name != self._about

    def _knows(self, name: str, opens: frozenset[str]) -> bool:
        is_of_neither = not INCIDENT_ID.fullmatch(name) and not is_event_id(name)
        return is_of_neither or name in opens or name in self._named or self.shows(name)

    def _told(self, value: Value, opens: frozenset[str]) -> Value:
        if isinstance(value, tuple):
            return tuple(self._told(each, opens) for each in value)
        return NAME.sub(lambda name: self._told_name(name, opens), value) if isinstance(value, str) else value

    def _told_name(self, name: re.Match[str], opens: frozenset[str]) -> str:
        if name["place"] is None:
            return name[0] if self._knows(name[0].upper(), opens) else name[0].replace("-", NO_NAME)
        place = int(name["place"])
        if place >= len(self.sequences):
            raise WrongUsage(
                f"{name[0]} is no entry of this log, which has {len(self.sequences):,}; name one it has"
            )
        return entry_id_of(self.sequences[place])


def case_of(subject: str) -> str:
    """Return the incident that a subject is about, or its response; nothing when it is about none.

    >>> case_of("NL-IN26-0001/response"), case_of("log")
    ('NL-IN26-0001', '')
    """
    case = subject.partition("/")[0]
    return case if INCIDENT_ID.fullmatch(case) else ""


def may_lack(kind: EntryKind, names: frozenset[str]) -> bool:
    """Say whether an entry of a kind is still one without these of its fields."""
    return not names & NEVER_ABSENT and (kind in MAY_LACK_MUCH or names <= ONLY_WORDS)


def contents_of(entry: Entry) -> Iterator[str]:
    """Yield the digests of the bytes that belong to an entry: its content, and what is attached to it."""
    if isinstance(entry.content, Content):
        yield entry.content.digest
    attached = entry.value("attachments")
    for each in attached if isinstance(attached, tuple) else ():
        if isinstance(each, tuple) and len(each) > 1:
            yield str(each[1])


def _sealed(shown: Entry, kept: SealedEntry) -> SealedEntry:
    # As if it had been kept so: what he sees whole is sealed as it stands in the log.
    commitment = kept.commitment if shown == kept.entry else seal(shown, kept.secret).commitment
    return SealedEntry(entry=shown, secret=NO_SECRET, commitment=commitment)
