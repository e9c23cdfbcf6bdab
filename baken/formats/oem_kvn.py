"""The Orbit Ephemeris Message in KVN, read line by line in the room its numbers need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from baken.errors import UnreadableInput
from baken.formats import oem
from baken.formats._kvn import (
    COMMENT,
    OpenSection,
    begins_with,
    entries,
    first_word,
    legible,
    line_faults,
    printable,
)
from baken.formats._state_rows import COLUMNS, StateRows
from baken.formats.message import MAX_LINES, Entry, KeptMessage, Section, tell
from baken.formats.oem import MessageDraft, SegmentDraft
from baken.formats.oem_table import COVARIANCE, GRAMMAR, HEADER, METADATA, STATE_VECTOR
from baken.formats.oem_text import message_lines
from baken.formats.reading import Deviation, Reading, Strictness
from baken.records.ephemeris import Ephemeris
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

NAME = "oem-kvn"
COVARIANCE_ROWS = 6
BEGINNINGS_OF_NUMBERS = "+-.0123456789"
TRIANGLE = [entry.keyword for entry in COVARIANCE.fields if entry.unit is not None]


def sniff(head: bytes) -> bool:
    """Say whether a text begins like one.

    >>> sniff(b"CCSDS_OEM_VERS = 2.0")
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
) -> Reading[Ephemeris | KeptMessage]:
    """Read every segment of every message of a text.

    Raises: UnreadableInput when there is no message in it.
    """
    provenance = oem.Provenance(realm, marking, lineage)
    return oem.reading(NAME, drafts(content), strictness, provenance)


def write(records: Iterable[Ephemeris | KeptMessage]) -> bytes:
    """Write ephemerides; those of one object with one header make one message, each a segment of it.

    Raises: WrongUsage for a text that KVN cannot carry.
    """
    return "\n".join([*message_lines(records), ""]).encode()


def drafts(content: bytes) -> Iterator[MessageDraft]:
    """Yield the messages of a text, unjudged."""
    parts = _Parts()
    for entry in entries(content):
        if entry.keyword == GRAMMAR.version_keyword and parts.draft.version:
            yield parts.finished()
            parts = _Parts()
        parts.take(entry)
    if not parts.draft.version:
        raise UnreadableInput(f"no OEM in KVN is here; it would begin {GRAMMAR.version_keyword} =")
    yield parts.finished()


@dataclass(slots=True)
class _Parts:
    """One message while its lines come in: which part of it we are in decides what a line may be."""

    draft: MessageDraft = field(default_factory=lambda: MessageDraft(0, "", Section(HEADER.name, ())))
    part: str = HEADER.name
    header: OpenSection = field(default_factory=lambda: OpenSection(0))
    metadata: OpenSection = field(default_factory=lambda: OpenSection(0))
    matrix: OpenSection | None = None
    n_matrix_rows: int = 0
    n_rows: int = 0
    n_lines: int = 0

    def take(self, entry: Entry) -> None:
        if not entry.keyword and self.part == STATE_VECTOR.name and entry.text[0].isdigit():
            self._take_state(entry)  # by far the most of all lines
        elif entry.keyword == GRAMMAR.version_keyword:
            self._take_version(entry)
        elif not entry.keyword and entry.text in FENCES:
            self._take_fence(entry)
        elif entry.keyword == COMMENT:
            self._take_comment(entry)
        else:
            self._take_line(entry)

    def finished(self) -> MessageDraft:
        if self.part in (METADATA.name, COVARIANCE.name):
            missing = METADATA.stop if self.part == METADATA.name else COVARIANCE.stop
            self._fault(self.draft.line, missing, "is missing: the message ends too soon")
            self._close(self.part)
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
        self._close(self.part)
        self.part = enters
        if entry.text == METADATA.start:
            self.metadata = OpenSection(entry.line)
            self.n_rows = 0
        elif entry.text == COVARIANCE.start and not self.n_rows:
            self._fault(entry.line, "EPOCH", "is missing: covariances stand here without a row of ephemeris")

    def _close(self, part: str) -> None:
        """Close the part we leave."""
        if part == METADATA.name and self.metadata.line:
            n_segments = len(self.draft.segments) + 1
            if n_segments > MAX_LINES:
                raise UnreadableInput(f"line {self.metadata.line}: no message has {MAX_LINES} segments")
            metadata = self.metadata.section(METADATA.name, n_segments)
            clock = oem.clock_of(metadata)
            rows = StateRows(clock) if clock is not None else None
            self.draft.segments.append(SegmentDraft(self.metadata.line, metadata, rows))
            self.metadata = OpenSection(0)
        elif part == COVARIANCE.name:
            self._close_matrix()

    def _take_comment(self, entry: Entry) -> None:
        self._check_line(entry)
        text = entry.text if printable(entry.text) else ""
        growing = {HEADER.name: self.header, METADATA.name: self.metadata}.get(self.part)
        if growing is not None:
            if growing.entries:
                self._fault(
                    entry.line, COMMENT, f"stands inside the {self.part}; it belongs at its beginning"
                )
            growing.comments.append(text)
        elif self.draft.segments:
            if self.n_rows and self.part == STATE_VECTOR.name:
                self._fault(entry.line, COMMENT, "stands among the rows; it belongs before them")
            self.draft.segments[-1].comments.append(text)

    def _take_line(self, entry: Entry) -> None:
        if self.part == COVARIANCE.name:
            self._take_covariance(entry)
            return
        if self.part in (HEADER.name, METADATA.name):
            self._check_line(entry)
            taken = legible(entry)
            if taken is not None:
                (self.header if self.part == HEADER.name else self.metadata).entries.append(taken)
        elif entry.keyword:
            self._fault(entry.line, entry.keyword, "has no place among the rows of ephemeris")
        else:
            self._take_state(entry)

    def _take_state(self, entry: Entry) -> None:
        if not self.draft.segments:
            self._fault(entry.line, first_word(entry.text), "stands before any metadata")
            return
        segment, words = self.draft.segments[-1], entry.text.split()
        self.n_rows += 1
        if segment.rows is not None:
            segment.rows.add(entry.line, words)
        else:
            # A word too many is kept with the last, where it will be told.
            words = [*words[: len(COLUMNS) - 1], *filter(None, [" ".join(words[len(COLUMNS) - 1 :])])]
            said = [Entry(keyword, word, entry.line) for keyword, word in zip(COLUMNS, words, strict=False)]
            segment.keep_unread(
                Section(STATE_VECTOR.name, tuple(said), (), entry.line, len(self.draft.segments))
            )

    def _take_covariance(self, entry: Entry) -> None:
        if entry.keyword == "EPOCH":
            self._close_matrix()
            self.matrix, self.n_matrix_rows = OpenSection(entry.line), 0
        if self.matrix is None:
            self._fault(entry.line, entry.keyword or first_word(entry.text), "stands before its EPOCH")
        elif entry.keyword:
            self._check_line(entry)
            taken = legible(entry)
            if taken is not None:
                self.matrix.entries.append(taken)
        elif entry.text[0] not in BEGINNINGS_OF_NUMBERS:
            self._check_line(entry)
        else:
            self._take_covariance_row(entry, self.matrix)

    def _take_covariance_row(self, entry: Entry, matrix: OpenSection) -> None:
        row, words = self.n_matrix_rows, entry.text.split()
        self.n_matrix_rows += 1
        first = row * (row + 1) // 2
        keywords = TRIANGLE[first : first + row + 1]
        if row >= COVARIANCE_ROWS or len(words) != row + 1:
            keyword = keywords[0] if keywords else first_word(entry.text)
            expected = f"row {row + 1} has {row + 1}" if keywords else "it has six rows"
            self._fault(
                entry.line, keyword, f"the row has {len(words)} values; of a lower triangle {expected}"
            )
        said = zip(keywords, words, strict=False)
        matrix.entries += [Entry(keyword, word, entry.line) for keyword, word in said]

    def _close_matrix(self) -> None:
        if self.matrix is not None and self.draft.segments:
            section = self.matrix.section(COVARIANCE.name, len(self.draft.segments))
            self.draft.segments[-1].add_covariance(section)
        for entry in () if self.matrix is None or self.draft.segments else self.matrix.entries:
            self._fault(entry.line, entry.keyword, "stands before any metadata")
        self.matrix = None


# A fence: the parts it may stand in, and the part it opens; whatever was open closes.
FENCES = {
    METADATA.start: ((HEADER.name, STATE_VECTOR.name, "segment"), METADATA.name),
    METADATA.stop: ((METADATA.name,), STATE_VECTOR.name),
    COVARIANCE.start: ((STATE_VECTOR.name,), COVARIANCE.name),
    COVARIANCE.stop: ((COVARIANCE.name,), "segment"),
}
