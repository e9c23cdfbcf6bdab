"""A message as its standard sees it: sections of entries, laid along a table and judged.

This is the form between text and nouns.  Nothing is lost in it, so it is also what is kept of a message that
is sound but speaks of something Baken has no noun for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from baken.errors import BadMessage, WrongUsage
from baken.formats._grammar import Block, Field, Grammar, Need
from baken.formats._values import settle
from baken.formats.reading import Deviation, Reading, Rejection, Strictness

Noun = TypeVar("Noun")

USER_DEFINED_SECTION = "userDefinedParameters"
USER_DEFINED = "USER_DEFINED_"


@dataclass(frozen=True, slots=True)
class Entry:
    """One keyword with its text as it stood, and its line.  ``unit`` is what XML says beside the text."""

    keyword: str
    text: str
    line: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One block of a message, filled in.  ``segment`` counts from 1; header and preamble have 0."""

    name: str
    entries: tuple[Entry, ...]
    comments: tuple[str, ...] = ()
    line: int = 0
    segment: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message: its kind by the name of its table, its version, and its sections in order."""

    kind: str
    version: str
    sections: tuple[Section, ...]
    line: int = 0

    def entries(self, segment: int | None = None) -> Iterator[Entry]:
        """Yield the entries of one segment, or of all."""
        for section in self.sections:
            if segment is None or section.segment == segment:
                yield from section.entries

    def texts(self, segment: int | None = None) -> dict[str, str]:
        """Return keyword and text of every entry; of one that stands twice, the first."""
        texts: dict[str, str] = {}
        for entry in self.entries(segment):
            texts.setdefault(entry.keyword, entry.text)
        return texts

    def line_of(self, keyword: str) -> int:
        """Return the line a keyword stands on, or else the first of the message."""
        lines = (entry.line for entry in self.entries() if entry.keyword == keyword)
        return next(lines, self.line)

    @property
    def comments(self) -> tuple[str, ...]:
        """Every comment of the message, in order."""
        return tuple(comment for section in self.sections for comment in section.comments)


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A sound message that cannot become a noun of Baken: kept whole, with the reason, and written back."""

    message: Message
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDocument:
    """A message of a kind that no format here reads: its own text, with the reason, and written back."""

    kind: str
    content: bytes
    because: str


class NoRoom(WrongUsage):
    """A record was given to a format of another kind."""


def no_room(record: object, format_name: str) -> NoRoom:
    """Return the refusal of a record that a message has no room for."""
    kind = type(record).__name__
    if isinstance(record, KeptMessage):
        kind = record.message.kind
    elif isinstance(record, KeptDocument):
        kind = record.kind
    return NoRoom(f"{format_name} has no room for one {kind}; choose a format of its kind")


Draft = tuple[Message, tuple[Deviation, ...]]

MAX_TOLD = 10_000  # deviations of one text; nobody reads further, and a hostile text could have millions
MAX_LINES = 100_000  # entries and comments of one message, its rows of numbers not counted


def tell(told: list[Deviation], found: Sequence[Deviation]) -> None:
    """Add what was found to what is told, as far as there is room."""
    told += found[: max(0, MAX_TOLD - len(told))]


def judged(grammar: Grammar, message: Message) -> Draft:
    """Lay a message along its table: return what of it can be trusted, and every deviation found.

    An entry whose text cannot be what its keyword asks for, or that is said twice with two meanings, is left
    out of the message returned; whoever needs it will miss it.  Entries the table does not know stay.
    """
    version = version_number(message.version)
    deviations = list(_version_faults(grammar, message, version))
    sections = []
    for section in message.sections:
        block = grammar.block(section.name)
        if block is None or block.user_defined:  # user-defined parameters: anything goes, once
            kept, faults = _said_once(section)
            sections.append(kept)
            deviations += [*faults, *_not_user_defined(section)]
            continue
        kept, faults = judged_section(block, section, version or grammar.versions[-1])
        sections.append(kept)
        deviations += faults
        if section.segment == 0 and block not in (grammar.header, *grammar.preamble):
            problem = f"stands before the first {grammar.segment_keyword}"
            deviations += (Deviation(entry.line, entry.keyword, problem) for entry in section.entries)
    deviations += _missing_blocks(grammar, message)
    return replace(message, sections=tuple(sections)), tuple(deviations)


def _said_once(section: Section) -> tuple[Section, list[Deviation]]:
    """Leave out what is said a second time, and both where they differ: two meanings are none."""
    kept: dict[str, Entry] = {}
    seen: set[str] = set()
    faults: list[Deviation] = []
    for entry in section.entries:
        if entry.keyword in seen:
            faults.append(Deviation(entry.line, entry.keyword, "stands here a second time"))
            if entry.keyword in kept and kept[entry.keyword].text != entry.text:
                del kept[entry.keyword]
        else:
            kept[entry.keyword] = entry
            seen.add(entry.keyword)
    return replace(section, entries=tuple(kept.values())), faults


def gather(
    format_name: str,
    drafts: Iterable[Draft],
    build: Callable[[Message], Noun],
    strictness: Strictness,
) -> Reading[Noun]:
    """Make nouns of judged messages.

    Strict, any deviation rejects its message; lenient, only what the noun cannot do without.
    """
    records: list[Noun] = []
    rejected: list[Rejection] = []
    told: list[Deviation] = []
    for message, deviations in drafts:
        tell(told, deviations)
        if deviations and strictness is Strictness.STRICT:
            first = min(deviations, key=lambda deviation: deviation.line)
            rejected.append(Rejection(first.line, first.keyword, first.message))
            continue
        try:
            records.append(build(message))
        except BadMessage as bad:
            rejected.append(rejection(bad, message, deviations))
    return Reading(
        format_name=format_name, records=tuple(records), rejected=tuple(rejected), deviations=tuple(told)
    )


Judged = tuple[list[Noun], list[Rejection], list[Deviation]]


def gather_segments(
    format_name: str, messages: Iterable[Judged[Noun]], strictness: Strictness
) -> Reading[Noun]:
    """Gather the nouns of messages whose every segment gives one, each with what was refused and told.

    Strict, any deviation rejects its whole message; lenient, a segment falls by what it cannot do without.
    """
    records: list[Noun] = []
    rejected: list[Rejection] = []
    told: list[Deviation] = []
    for made, refused, deviations in messages:
        tell(told, deviations)
        if deviations and strictness is Strictness.STRICT:
            first = min(deviations, key=lambda deviation: deviation.line)
            rejected.append(Rejection(first.line, first.keyword, first.message))
        else:
            records += made
            rejected += refused
    return Reading(
        format_name=format_name, records=tuple(records), rejected=tuple(rejected), deviations=tuple(told)
    )


def rejection(bad: BadMessage, message: Message, deviations: tuple[Deviation, ...]) -> Rejection:
    """Say why a message gave no noun; where its own deviation explains the gap, say that."""
    for deviation in deviations:
        if bad.field and deviation.keyword == bad.field:
            return Rejection(deviation.line, deviation.keyword, deviation.message)
    reason = bad.problem + (f"; {bad.next_step}" if bad.next_step else "")
    return Rejection(bad.line or message.line_of(bad.field), bad.field, reason)


def version_number(text: str) -> tuple[int, int] | None:
    """Return a version as two numbers, or None when it reads otherwise.

    >>> version_number("3.0")
    (3, 0)
    """
    major, point, minor = text.partition(".")
    digits = major.isascii() and major.isdigit() and (not point or (minor.isascii() and minor.isdigit()))
    return (int(major), int(minor or 0)) if digits and len(text) < 10 else None


def _version_faults(
    grammar: Grammar, message: Message, version: tuple[int, int] | None
) -> Iterator[Deviation]:
    if version not in grammar.versions:
        known = ", ".join(f"{major}.{minor}" for major, minor in grammar.versions)
        yield Deviation(
            message.line, grammar.version_keyword, f"version {message.version!r} is none of {known}"
        )


def judged_section(
    block: Block, section: Section, version: tuple[int, int]
) -> tuple[Section, list[Deviation]]:
    """Lay one section along its block: return what can be trusted, and every deviation."""
    kept: dict[str, Entry] = {}
    seen: set[str] = set()
    faults: list[Deviation] = []
    rows: list[Entry] = []
    furthest = -1
    for entry in section.entries:
        keyword, (place, field) = entry.keyword, block.places.get(entry.keyword, (-1, None))
        if field is not None and field.is_row:
            rows.append(entry)
            furthest = place
            continue
        if field is None:
            faults.append(Deviation(entry.line, keyword, f"is no keyword of the {block.name}"))
            kept.setdefault(keyword, entry)
            continue
        if field.since > version:
            came = f"{field.since[0]}.{field.since[1]}"
            faults.append(Deviation(entry.line, keyword, f"came with version {came} of the standard"))
        if keyword in seen:
            faults.append(Deviation(entry.line, keyword, "stands here a second time"))
            if kept.get(keyword, entry).text != entry.text:
                del kept[keyword]  # two meanings are none
            continue
        seen.add(keyword)
        if block.ordered and place < furthest and not field.is_draft:
            after = block.fields[furthest].keyword
            faults.append(Deviation(entry.line, keyword, f"stands after {after}; it belongs before"))
        furthest = furthest if field.is_draft else max(furthest, place)
        text, complaint = settle(entry.text, entry.unit, field)
        if complaint:
            faults.append(Deviation(entry.line, keyword, complaint))
        if text:
            kept[keyword] = entry if text == entry.text else Entry(keyword, text, entry.line)
    faults += _missing_fields(block, section, seen)
    return replace(section, entries=(*kept.values(), *rows)), faults


def _not_user_defined(section: Section) -> Iterator[Deviation]:
    for entry in section.entries:
        if not entry.keyword.startswith(USER_DEFINED):
            yield Deviation(entry.line, entry.keyword, f"has no place in the {section.name}")


def _missing_fields(block: Block, section: Section, seen: set[str]) -> Iterator[Deviation]:
    for field in block.fields:
        if field.need is Need.OBLIGATORY and field.keyword not in seen:
            yield Deviation(section.line, field.keyword, f"is missing from the {block.name}")


def _missing_blocks(grammar: Grammar, message: Message) -> Iterator[Deviation]:
    there = {(section.segment, section.name) for section in message.sections}
    for segment in range(grammar.n_segments + 1):
        blocks = (grammar.metadata, *grammar.data) if segment else (grammar.header, *grammar.preamble)
        for block in blocks:
            if block.need is Need.OBLIGATORY and (segment, block.name) not in there:
                which = f"the {block.name}" + (f" of segment {segment}" if grammar.n_segments > 1 else "")
                yield Deviation(message.line, _first_obligatory(block).keyword, f"is missing: {which}")
    if any(segment > grammar.n_segments for segment, _ in there):
        yield Deviation(message.line, grammar.segment_keyword, f"has more than {grammar.n_segments} segments")


def _first_obligatory(block: Block) -> Field:
    obligatory = (field for field in block.fields if field.need is Need.OBLIGATORY)
    return next(obligatory, block.fields[0])
