"""Keyword = value notation with fences: every block between its START and its STOP, with its rows of values.

Source: CCSDS 502.0-B-3, 6.2 and 7.4.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from baken.errors import UnreadableInput, WrongUsage
from baken.formats._grammar import Block, Grammar
from baken.formats._kvn import (
    COMMENT,
    KEYWORD,
    checked,
    entries,
    entry_of,
    first_word,
    legible,
    line_faults,
    printable,
    section_lines,
)
from baken.formats.message import MAX_LINES, Draft, Entry, Message, Section, judged, tell
from baken.formats.reading import Deviation

FENCE = re.compile(r"[A-Z]+_(START|STOP)")


def messages(content: bytes, grammar: Grammar) -> Iterator[Draft]:
    """Yield every message of a text in which messages follow one another, judged by its table.

    Raises: UnreadableInput when the text holds none, or more lines than a message has.
    """
    layout = _Layout(grammar)
    for entry in entries(content):
        if entry.keyword == grammar.version_keyword and layout.version:
            yield layout.draft()
            layout = _Layout(grammar)
        layout.add(entry)
    if not layout.version:
        raise UnreadableInput(
            f"this holds no {grammar.name} in KVN; it would begin {grammar.version_keyword} ="
        )
    yield layout.draft()


@dataclass(slots=True)
class _Open:
    """A block while its lines come in."""

    block: Block
    line: int
    entries: list[Entry] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Layout:
    """One message while its lines come in; ``now`` is the block we are in, the header before any fence."""

    grammar: Grammar
    version: str = ""
    line: int = 0
    n_lines: int = 0
    sections: list[Section] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # comments outside every block; the next one takes them
    faults: list[Deviation] = field(default_factory=list)
    now: _Open | None = None
    furthest: int = 0
    starts: dict[str, Block] = field(init=False)
    stops: dict[str, Block] = field(init=False)

    def __post_init__(self) -> None:
        self.now = _Open(self.grammar.header, 0)
        self.starts = {block.start: block for block in self.grammar.blocks if block.start}
        self.stops = {block.stop: block for block in self.grammar.blocks if block.stop}

    def add(self, entry: Entry) -> None:
        if entry.keyword == self.grammar.version_keyword:
            self._take_version(entry)
        elif not entry.keyword and entry.text in self.starts:
            self._open(self.starts[entry.text], entry.line)
        elif not entry.keyword and entry.text in self.stops:
            self._stop(self.stops[entry.text], entry)
        elif self.now is not None and self.now.block.row and not KEYWORD.fullmatch(entry.keyword):
            self._take_row(entry, self.now)
        else:
            self._take_line(entry)

    def draft(self) -> Draft:
        if self.now is not None and self.now.block.stop:
            self._fault(self.now.line, self.now.block.stop, "is missing: the message ends too soon")
        self._close()
        if self.waiting:
            last = self.sections[-1]
            self.sections[-1] = replace(last, comments=(*last.comments, *self.waiting))
        sections = tuple(self.sections)
        message = Message(kind=self.grammar.name, version=self.version, sections=sections, line=self.line)
        message, faults = judged(self.grammar, message)
        return message, (*self.faults, *faults)

    def _fault(self, line: int, keyword: str, problem: str) -> None:
        tell(self.faults, [Deviation(line, keyword, problem)])

    def _take_version(self, entry: Entry) -> None:
        if self.n_lines or self.sections:
            self._fault(entry.line, entry.keyword, "must be the first line of its message")
        self.version, self.line = entry.text, entry.line
        if self.now is not None:
            self.now.line = entry.line

    def _open(self, block: Block, line: int) -> None:
        if self.now is not None and self.now.block.stop:
            self._fault(line, self.now.block.stop, f"is missing before {block.start}")
        self._close()
        self._count(line)
        rank = self.grammar.ranks[block.name]
        if rank < self.furthest:
            after = self.grammar.blocks[self.furthest].start
            self._fault(line, block.start, f"stands after {after}; it belongs before")
        self.furthest = max(self.furthest, rank)
        self.now = _Open(block, line, comments=self.waiting)
        self.waiting = []

    def _stop(self, block: Block, entry: Entry) -> None:
        if self.now is None or self.now.block is not block:
            self._fault(entry.line, entry.text, f"stands here without its {block.start}")
            return
        self._close()

    def _close(self) -> None:
        """Close the block we are in; of those that a message has once, the first is the one that counts."""
        now, self.now = self.now, None
        if now is None:
            return
        name, block = now.block.name, now.block
        if not block.may_repeat and any(section.name == name for section in self.sections):
            self._fault(now.line, block.start, "stands a second time; a message has one")
            for entry in now.entries:
                self._fault(entry.line, entry.keyword, f"stands in a second {name}, which is left out")
            return
        segment = 0 if block is self.grammar.header else 1
        self.sections.append(Section(name, tuple(now.entries), tuple(now.comments), now.line, segment))

    def _count(self, line: int) -> None:
        self.n_lines += 1
        if self.n_lines > MAX_LINES:
            raise UnreadableInput(f"line {line}: no message has {MAX_LINES} lines that are no rows")

    def _take_row(self, entry: Entry, now: _Open) -> None:
        text = entry.text if not entry.keyword else f"{entry.keyword} = {entry.text}"
        if printable(text):
            now.entries.append(Entry(now.block.row, text, entry.line))
        else:
            self._fault(entry.line, now.block.row, "holds characters that are not printable")

    def _take_line(self, entry: Entry) -> None:
        self._count(entry.line)
        tell(self.faults, list(line_faults(entry)))
        taken = legible(entry)
        if taken is None:
            return
        if self.now is None:
            self._fault(entry.line, entry.keyword or first_word(entry.text), "stands outside every block")
            if taken.keyword == COMMENT:
                self.waiting.append(taken.text)
        elif taken.keyword != COMMENT:
            self.now.entries.append(taken)
        else:
            if self.now.entries:
                problem = f"stands inside the {self.now.block.name}; it belongs at its beginning"
                self._fault(entry.line, COMMENT, problem)
            self.now.comments.append(taken.text)


def message_text(grammar: Grammar, message: Message) -> str:
    """Print a message, every block between its fences.

    Raises: WrongUsage for a text that KVN cannot carry; XML can.
    """
    lines = [f"{grammar.version_keyword} = {checked(message.version, grammar.version_keyword)}"]
    for section in message.sections:
        block = grammar.block(section.name)
        if block is not None:
            lines += ["", *fenced_lines(block, section)]
    return "\n".join([*lines, ""])


def fenced_lines(block: Block, section: Section) -> Iterator[str]:
    """Yield the lines of one block: its fences, its fields with their units, its rows bare."""
    said = tuple(entry for entry in section.entries if entry.keyword != block.row)
    if block.start:
        yield block.start
    yield from section_lines(block, replace(section, entries=said))
    for entry in section.entries:
        if entry.keyword == block.row:
            yield checked_row(entry.text)
    if block.stop:
        yield block.stop


def checked_row(text: str) -> str:
    """Return a row that can be taken for nothing else.

    Raises: WrongUsage when it could: rows of numbers never can, a text from XML may.
    """
    text = checked(text.strip(), "a row")
    if not text or "=" in text or FENCE.fullmatch(text) or entry_of(text, 0).keyword == COMMENT:
        raise WrongUsage(f"{text[:40]!r} is no row that KVN can carry; write XML")
    return text
