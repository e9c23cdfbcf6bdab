"""The Tracking Data Message in KVN, read line by line in the room its numbers need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from baken.errors import UnreadableInput
from baken.formats import tdm
from baken.formats._kvn import (
    COMMENT,
    OpenSection,
    begins_with,
    checked,
    comment_lines,
    entries,
    first_word,
    legible,
    line_faults,
    printable,
    section_lines,
)
from baken.formats._observation_rows import Row
from baken.formats.message import MAX_LINES, Entry, KeptMessage, Section, tell
from baken.formats.oem import Provenance
from baken.formats.reading import Deviation, Reading, Strictness
from baken.formats.tdm import MessageDraft
from baken.formats.tdm_table import GRAMMAR, HEADER, METADATA, OBSERVATION, OBSERVED
from baken.formats.tdm_text import written
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.tracking import TrackingSegment

NAME = "tdm-kvn"
BETWEEN = "space between metadata and data"
# A fence: the parts it may stand in, and the part it opens.
FENCES = {
    METADATA.start: ((HEADER.name,), METADATA.name),
    METADATA.stop: ((METADATA.name,), BETWEEN),
    OBSERVATION.start: ((BETWEEN,), OBSERVATION.name),
    OBSERVATION.stop: ((OBSERVATION.name,), HEADER.name),
}
MISSING = {METADATA.name: METADATA.stop, BETWEEN: OBSERVATION.start, OBSERVATION.name: OBSERVATION.stop}


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"CCSDS_TDM_VERS = 2.0")
    True
    """
    return begins_with(head, GRAMMAR.version_keyword)


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[TrackingSegment | KeptMessage]:
    """Read every segment of every message of a text.

    Raises: UnreadableInput when there is no message in it.
    """
    return tdm.reading(NAME, drafts(content), strictness, Provenance(realm, marking, lineage))


def write(records: Iterable[TrackingSegment | KeptMessage]) -> bytes:
    """Write tracking segments; those that follow each other with one header make one message.

    Raises: WrongUsage for a text that KVN cannot carry, or an observation the standard has no keyword for.
    """
    return "\n".join([*_lines(records), ""]).encode()


def _lines(records: Iterable[TrackingSegment | KeptMessage]) -> Iterator[str]:
    for message in written(records):
        yield f"{GRAMMAR.version_keyword} = {message.version}"
        yield from section_lines(HEADER, message.header)
        for segment in message.segments:
            yield from ("", METADATA.start, *section_lines(METADATA, segment.metadata), METADATA.stop)
            yield from (OBSERVATION.start, *comment_lines(segment.comments))
            yield from (
                f"{keyword} = {checked(epoch, keyword)} {checked(value, keyword)}"
                for keyword, epoch, value in segment.rows
            )
            yield OBSERVATION.stop


def drafts(content: bytes) -> Iterator[MessageDraft]:
    """Yield the messages of a text, unjudged."""
    parts = _Parts()
    for entry in entries(content):
        if entry.keyword == GRAMMAR.version_keyword and parts.draft.version:
            yield parts.finished()
            parts = _Parts()
        parts.take(entry)
    if not parts.draft.version:
        raise UnreadableInput(f"no TDM in KVN is here; it would begin {GRAMMAR.version_keyword} =")
    yield parts.finished()


@dataclass(slots=True)
class _Parts:
    """One message while its lines come in: which part of it we are in decides what a line may be."""

    draft: MessageDraft = field(default_factory=lambda: MessageDraft(0, "", Section(HEADER.name, ())))
    part: str = HEADER.name
    header: OpenSection = field(default_factory=lambda: OpenSection(0))
    metadata: OpenSection = field(default_factory=lambda: OpenSection(0))
    n_rows: int = 0
    n_lines: int = 0

    def take(self, entry: Entry) -> None:
        if self.part == OBSERVATION.name and entry.keyword not in ("", COMMENT, GRAMMAR.version_keyword):
            self._take_observation(entry)  # by far the most of all lines
        elif entry.keyword == GRAMMAR.version_keyword:
            self._take_version(entry)
        elif not entry.keyword and entry.text in FENCES:
            self._take_fence(entry)
        elif entry.keyword == COMMENT:
            self._take_comment(entry)
        else:
            self._take_line(entry)

    def finished(self) -> MessageDraft:
        if self.part in MISSING:
            self._fault(self.draft.line, MISSING[self.part], "is missing: the message ends too soon")
            self._close_metadata()
        self.draft.header = self.header.section(HEADER.name)
        return self.draft

    def _fault(self, line: int, keyword: str, problem: str) -> None:
        tell(self.draft.faults, [Deviation(line, keyword, problem)])

    def _check_line(self, entry: Entry) -> None:
        self.n_lines += 1
        if self.n_lines > MAX_LINES:
            raise UnreadableInput(f"line {entry.line}: no message has {MAX_LINES} lines that are no numbers")
        tell(self.draft.faults, list(line_faults(entry)))

    def _take_version(self, entry: Entry) -> None:
        if self.header.entries or self.header.comments:
            self._fault(entry.line, entry.keyword, "must be the first line of its message")
        self.draft.version, self.draft.line, self.header.line = entry.text, entry.line, entry.line

    def _take_fence(self, entry: Entry) -> None:
        allowed, enters = FENCES[entry.text]
        if self.part not in allowed:
            self._fault(entry.line, entry.text, f"has no place in the {self.part}")
        self._close_metadata()
        self.part = enters
        if entry.text == METADATA.start:
            self.metadata = OpenSection(entry.line)
        self.n_rows = 0

    def _close_metadata(self) -> None:
        """Begin a segment with the metadata that were read, if any were and none has begun."""
        if not self.metadata.line:
            return
        n_segments = len(self.draft.segments) + 1
        if n_segments > MAX_LINES:
            raise UnreadableInput(f"line {self.metadata.line}: no message has {MAX_LINES} segments")
        metadata = self.metadata.section(METADATA.name, n_segments)
        self.draft.segments.append(tdm.segment_draft(self.metadata.line, metadata))
        self.metadata = OpenSection(0)

    def _take_comment(self, entry: Entry) -> None:
        self._check_line(entry)
        text = entry.text if printable(entry.text) else ""
        growing = {HEADER.name: self.header, METADATA.name: self.metadata}.get(self.part)
        if self.part == HEADER.name and self.draft.segments:
            self._fault(entry.line, COMMENT, f"stands after {OBSERVATION.stop}")
            self.draft.segments[-1].comments.append(text)
        elif growing is not None:
            if growing.entries:
                self._fault(
                    entry.line, COMMENT, f"stands inside the {self.part}; it belongs at its beginning"
                )
            growing.comments.append(text)
        elif self.draft.segments:
            if self.n_rows or self.part == BETWEEN:
                self._fault(entry.line, COMMENT, "stands among the data; it belongs at their beginning")
            self.draft.segments[-1].comments.append(text)

    def _take_line(self, entry: Entry) -> None:
        self._check_line(entry)
        taken = legible(entry)
        if taken is None:
            return
        if self.part == METADATA.name:
            self.metadata.entries.append(taken)
        elif self.part == HEADER.name and not self.draft.segments:
            self.header.entries.append(taken)
        else:
            self._fault(entry.line, entry.keyword, f"stands outside {METADATA.start} and {OBSERVATION.start}")

    def _take_observation(self, entry: Entry) -> None:
        if not self.draft.segments:
            self._fault(entry.line, first_word(entry.keyword), "stands before any metadata")
            return
        segment, words = self.draft.segments[-1], entry.text.split()
        self.n_rows += 1
        if entry.keyword not in OBSERVED:
            self._take_unknown(entry)
        elif len(words) != 2:
            problem = f"has {len(words)} values; an observation is an instant and a number"
            self._fault(entry.line, entry.keyword, problem)
        elif segment.rows is not None:
            segment.rows.add(Row(entry.line, entry.keyword, words[0], words[1]))
        else:
            segment.keep_unread(entry.line, entry.keyword, *words)

    def _take_unknown(self, entry: Entry) -> None:
        self._check_line(entry)
        taken = legible(entry)
        if taken is not None:
            self.draft.segments[-1].keep_unknown(entry.line, taken.keyword, taken.text)
