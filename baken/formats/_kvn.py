"""Keyword = value notation: lines to messages, and messages to lines.

Source: CCSDS 502.0-B-3, 7.2 to 7.8; 508.0-B-1, 6.2 and 6.3.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from baken.errors import UnreadableInput, WrongUsage
from baken.formats._grammar import Block, Grammar
from baken.formats.message import (
    MAX_LINES,
    USER_DEFINED,
    USER_DEFINED_SECTION,
    Draft,
    Entry,
    Message,
    Section,
    judged,
)
from baken.formats.reading import Deviation

COMMENT = "COMMENT"
KEYWORD = re.compile(r"[A-Z][A-Z0-9_]*")
MAX_LINE_LENGTH = 100_000  # characters; past this a line is no line but an attack, or no KVN at all
BYTE_ORDER_MARK = "\ufeff"
NOT_UTF_8 = "\ufffd"  # what a decoder puts where bytes made no letter


@dataclass(slots=True)
class OpenSection:
    """A section while its lines come in."""

    line: int
    entries: list[Entry] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def section(self, name: str, segment: int = 0) -> Section:
        return Section(name, tuple(self.entries), tuple(self.comments), self.line, segment)


def begins_with(head: bytes, keyword: str) -> bool:
    """Say whether a text's first line that says anything begins with this keyword."""
    for line in head.decode("utf-8", "replace").lstrip(BYTE_ORDER_MARK).splitlines():
        words = line.replace("=", " ").split()
        if words and words[0] != COMMENT:
            return words[0] == keyword
    return False


def entries(content: bytes) -> Iterator[Entry]:
    """Yield every line that says something, one at a time; a line without an equals sign has no keyword.

    Raises: UnreadableInput for a line no message could have.
    """
    for number, raw in enumerate(io.BytesIO(content), start=1):
        if len(raw) > MAX_LINE_LENGTH:
            raise UnreadableInput(f"line {number} is {len(raw)} characters long; this is no message in KVN")
        line = raw.decode("utf-8", "replace")
        text = line.strip() if number > 1 else line.lstrip(BYTE_ORDER_MARK).strip()
        if text:
            yield entry_of(text, number)


def entry_of(text: str, number: int) -> Entry:
    """Cut one line.

    >>> entry_of("EPOCH = 2020-001T00:00:00", 7)
    Entry(keyword='EPOCH', text='2020-001T00:00:00', line=7, unit='')
    """
    if text.startswith(COMMENT) and (len(text) == len(COMMENT) or text[len(COMMENT)].isspace()):
        return Entry(COMMENT, text[len(COMMENT) + 1 :].replace("\t", " "), number)
    keyword, equals, value = text.partition("=")
    if not equals or not keyword.strip():
        return Entry("", text, number)
    return Entry(keyword.strip(), value.strip().replace("\t", " "), number)


def legible(entry: Entry) -> Entry | None:
    """Return what of a line can be taken: nothing without a keyword, no text that would upset a terminal."""
    if not KEYWORD.fullmatch(entry.keyword):
        return None
    return entry if printable(entry.text) else Entry(entry.keyword, "", entry.line)


def printable(text: str) -> bool:
    """Say whether a text stays on its line and moves no cursor."""
    return text.isprintable() or text.replace("\t", " ").isprintable()


def line_faults(entry: Entry) -> Iterator[Deviation]:
    """Yield what is wrong with a line whatever it says: its characters, or that it says nothing readable."""
    # The standard says ASCII; names and comments of today are not, and letters cannot change a number.
    if not printable(entry.text) or NOT_UTF_8 in entry.text:
        yield Deviation(entry.line, entry.keyword, "holds characters that are not printable")
    if not entry.keyword:
        yield Deviation(entry.line, first_word(entry.text), "is no line of the form KEYWORD = value")
    elif not KEYWORD.fullmatch(entry.keyword):
        yield Deviation(entry.line, first_word(entry.keyword), "is no keyword; keywords are in capitals")


def first_word(text: str) -> str:
    """Return what an error line can call a line by."""
    return text.split(maxsplit=1)[0][:40] if text.strip() else "(blank)"


def messages(content: bytes, grammar: Grammar) -> Iterator[Draft]:
    """Yield every message of a text in which messages follow one another, judged by its table.

    Raises: UnreadableInput when the text holds none.
    """
    n_messages = 0
    group: list[Entry] = []
    beginnings = {grammar.version_keyword, grammar.also_called} - {""}
    for entry in entries(content):
        if entry.keyword in beginnings and _is_a_message(group, beginnings - {entry.keyword}):
            yield message_from(group, grammar)
            n_messages, group = n_messages + 1, []
        if len(group) > MAX_LINES:
            raise UnreadableInput(f"line {entry.line}: no message has more than {MAX_LINES} lines")
        group.append(entry)
    if not n_messages and not any(entry.keyword in beginnings for entry in group):
        raise UnreadableInput(
            f"this holds no {grammar.name} in KVN; it would begin {grammar.version_keyword} ="
        )
    yield message_from(group, grammar)


def _is_a_message(group: list[Entry], other_beginnings: set[str]) -> bool:
    """Say whether lines are more than comments and another way to begin the same message."""
    return any(entry.keyword not in (COMMENT, *other_beginnings) for entry in group)


def message_from(group: Iterable[Entry], grammar: Grammar) -> Draft:
    """Lay the lines of one message out in sections, by keyword, and judge it."""
    layout = _Layout(grammar, segment=0 if grammar.segment_keyword else 1)
    for entry in group:
        layout.add(entry)
    message, faults = judged(grammar, layout.message())
    return message, (*layout.faults, *faults)


@dataclass(slots=True)
class _Growing:
    """A section while its lines come in."""

    name: str
    rank: int
    segment: int
    line: int
    entries: list[Entry] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def section(self) -> Section:
        return Section(self.name, tuple(self.entries), tuple(self.comments), self.line, self.segment)


@dataclass(slots=True)
class _Layout:
    """One message while its lines come in.  KVN has no fences here: a keyword tells which block it is of."""

    grammar: Grammar
    version: str = ""
    line: int = 0
    segment: int = 0
    sections: list[_Growing] = field(default_factory=list)
    waiting: list[Entry] = field(default_factory=list)  # comments that do not know their block yet
    faults: list[Deviation] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        self.faults += line_faults(entry)
        taken = legible(entry)
        if taken is None:
            return
        if taken.keyword == COMMENT:
            self.waiting.append(taken)
        elif taken.keyword in (self.grammar.version_keyword, self.grammar.also_called):
            self._take_version(taken)
        else:
            self._take(taken)

    def message(self) -> Message:
        sections = [*self.sections] or [_Growing(self.grammar.header.name, 0, 0, self.line)]
        self._settle_comments(sections[-1], is_new=False)
        return Message(
            kind=self.grammar.name,
            version=self.version,
            sections=tuple(growing.section() for growing in sections),
            line=self.line,
        )

    def _take_version(self, entry: Entry) -> None:
        if self.version or self.sections or self.waiting:
            self.faults.append(Deviation(entry.line, entry.keyword, "must be the first line of its message"))
        if entry.keyword != self.grammar.version_keyword:
            problem = f"stands in place of {self.grammar.version_keyword}"
            self.faults.append(Deviation(entry.line, entry.keyword, problem))
        if not self.version or entry.keyword == self.grammar.version_keyword:
            self.version = entry.text
        self.line = self.line or entry.line

    def _take(self, entry: Entry) -> None:
        if entry.keyword == self.grammar.segment_keyword:
            self.segment += 1
        elif self._goes_on(entry.keyword):
            self.sections[-1].entries.append(entry)  # by far the most of all lines
            return
        name, rank = self._home(entry.keyword)
        segment = self.segment if rank >= self._first_rank() else 0
        growing = self._growing(name, segment, entry.keyword)
        if growing is None:
            growing = _Growing(name, rank, segment, entry.line)
            self._note_order(growing, entry)
            self.sections.append(growing)
            self._settle_comments(growing, is_new=True)
        elif growing is not self.sections[-1]:
            self._note_order(growing, entry)
        self._settle_comments(growing, is_new=False)
        growing.entries.append(entry)

    def _goes_on(self, keyword: str) -> bool:
        """Say whether a line simply goes on where the one before was."""
        if not self.sections or self.waiting:
            return False
        block = self.grammar.block(self.sections[-1].name)
        return block is not None and keyword in block.places and not block.may_repeat

    def _home(self, keyword: str) -> tuple[str, int]:
        """Return the block a keyword belongs to, and its rank: the current one if it may, else the first."""
        if self.grammar.user_defined and keyword.startswith(USER_DEFINED):
            return USER_DEFINED_SECTION, len(self.grammar.blocks)
        current = self.sections[-1] if self.sections else None
        block = self.grammar.block(current.name) if current is not None else None
        if current is not None and ((block and keyword in block.places) or keyword not in self.grammar.homes):
            return current.name, current.rank
        rank = self.grammar.homes.get(keyword, 0)
        return self.grammar.blocks[rank].name, rank

    def _growing(self, name: str, segment: int, keyword: str) -> _Growing | None:
        """Return the section of this name that takes the keyword, or None when a new one must begin."""
        block = self.grammar.block(name)
        for growing in reversed(self.sections):
            if (growing.name, growing.segment) == (name, segment):
                repeats = block is not None and block.may_repeat
                comes_round = repeats and any(entry.keyword == keyword for entry in growing.entries)
                return None if comes_round else growing
        return None

    def _first_rank(self) -> int:
        """Return the rank of the metadata: what comes before belongs to no segment."""
        return 1 + len(self.grammar.preamble)

    def _note_order(self, growing: _Growing, entry: Entry) -> None:
        last = self.sections[-1] if self.sections else None
        if last is not None and last.segment == growing.segment and last.rank > growing.rank:
            problem = f"belongs to the {growing.name}, before the {last.name}"
            self.faults.append(Deviation(entry.line, entry.keyword, problem))

    def _settle_comments(self, growing: _Growing, *, is_new: bool) -> None:
        if not self.waiting:
            return
        if not is_new and self._has_begun(growing):
            self.faults += [
                Deviation(
                    comment.line, COMMENT, f"stands inside the {growing.name}; it belongs at its beginning"
                )
                for comment in self.waiting
            ]
        growing.comments += [comment.text for comment in self.waiting]
        self.waiting = []

    def _has_begun(self, growing: _Growing) -> bool:
        """Say whether a field stands before these comments whose place is settled."""
        places = getattr(self.grammar.block(growing.name), "places", {})
        return not all(e.keyword in places and places[e.keyword][1].is_draft for e in growing.entries)


def message_text(grammar: Grammar, message: Message) -> str:
    """Print a message, its sections in the order of the table, its comments at the head of their sections.

    Raises: WrongUsage for a text that KVN cannot carry; XML can.
    """
    lines = [f"{grammar.version_keyword} = {message.version}"]
    for section in message.sections:
        lines += ["", *section_lines(grammar.block(section.name), section)]
    return "\n".join([*lines, ""])


def section_lines(block: Block | None, section: Section) -> Iterator[str]:
    """Yield the lines of one section, with units where the table has them."""
    yield from comment_lines(section.comments)
    for entry in section.entries:
        _, known = block.places.get(entry.keyword, (0, None)) if block else (0, None)
        unit = f" [{known.unit.text}]" if block and block.shows_units and known and known.unit else ""
        if entry.text.endswith(unit):
            unit = ""  # a text that nobody could judge kept its own
        yield f"{checked_keyword(entry.keyword)} = {checked(entry.text, entry.keyword)}{unit}".rstrip()


def comment_lines(comments: Iterable[str]) -> Iterator[str]:
    """Yield comments as lines."""
    for comment in comments:
        yield f"{COMMENT} {checked(comment, COMMENT)}".rstrip()


def checked(text: str, keyword: str) -> str:
    """Return a text that stays on its line.

    Raises: WrongUsage when it would not.
    """
    if not text.isprintable():
        raise WrongUsage(f"{keyword}: KVN carries printable text on one line, not {text[:40]!r}; write XML")
    return text


def checked_keyword(keyword: str) -> str:
    """Return a keyword that KVN can carry.

    Raises: WrongUsage when it would not.
    """
    if not KEYWORD.fullmatch(keyword):
        raise WrongUsage(f"{keyword[:40]!r} is no keyword KVN can carry; write XML")
    return keyword
