"""One JSON object as a conjunction message: which block each key belongs to, and where it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from baken.errors import BadMessage
from baken.formats._grammar import Block, Field, Kind
from baken.formats._json import Found, twice
from baken.formats.cdm_table import GRAMMAR, HEADER, METADATA, RELATIVE, XYZ_COVARIANCE
from baken.formats.message import USER_DEFINED, USER_DEFINED_SECTION, Draft, Entry, Message, Section, judged
from baken.formats.reading import Deviation

COMMENT = "COMMENT"
UNIT, FRACTION = "_UNIT", "_FRACTION"
XYZ = "XYZ_"  # before a keyword that both matrices have, where it is of the second
MILLISECONDS = re.compile(r"[0-9]{1,3}")
OF_AN_OBJECT = re.compile(r"SAT([12])_(.+)")
NESTED = {"object1": "SAT1_", "object2": "SAT2_", "sat1": "SAT1_", "sat2": "SAT2_"}
SEGMENTS = ("segment", "segments")
KEY = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:')
# What services add that is no part of the message.
OF_THE_SERVICE = ("CONSTELLATION", "CDM_ID", "FILENAME", "INSERT_EPOCH", "CORRELATION_ID")
JSON_GRAMMAR = replace(
    GRAMMAR, header=Block(HEADER.name, (*HEADER.fields, *map(Field, OF_THE_SERVICE)), HEADER.need)
)

Place = tuple[int, str]  # segment and block


def fields_of(found: Found) -> dict[str, object]:
    """Return an object's keys and values, nested ones brought to the top.

    Raises: BadMessage when it is no object, or a key stands in it twice.
    """
    if found.fault is not None:
        raise found.fault
    if not isinstance(found.value, tuple):
        raise BadMessage("is no object of fields")
    try:
        pairs = tuple(_flat(found.value))
    except RecursionError:
        raise BadMessage("is nested too deep") from None
    if keyword := twice(pairs):
        raise BadMessage("stands here twice", field=keyword)
    return dict(pairs)


def _flat(pairs: tuple[tuple[str, object], ...], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in pairs:
        if isinstance(value, tuple):
            yield from _flat(value, NESTED.get(key.lower(), prefix))
        elif isinstance(value, list) and key.lower() in SEGMENTS:
            for number, one in enumerate(value, 1):
                yield from _flat(one, f"SAT{number}_") if isinstance(one, tuple) else [(key, one)]
        else:
            yield prefix + key, value


def draft_of(found: Found, fields: Mapping[str, object]) -> Draft:
    """Lay the fields of one object out in sections, and judge them by the table.

    Raises: BadMessage for a value that is neither a text nor a number.
    """
    layout = _Layout(found.line, _lines(found), dict(fields))
    for key, value in fields.items():
        layout.add(key, value)
    message, faults = judged(JSON_GRAMMAR, layout.message())
    return message, (*layout.faults, *faults)


def line_of(found: Found, key: str) -> int:
    """Return the line a key first stands on, or else the first of its object."""
    return _lines(found).get(key, found.line)


def _lines(found: Found) -> dict[str, int]:
    """Return the line each key first stands on."""
    lines: dict[str, int] = {}
    line, at = found.line, 0
    for match in KEY.finditer(found.text):
        line += found.text.count("\n", at, match.start())
        at = match.start()
        lines.setdefault(match[1], line)
    return lines


@dataclass(slots=True)
class _Layout:
    """One message while its fields come in."""

    line: int
    lines: Mapping[str, int]
    fields: Mapping[str, object]
    version: str = ""
    entries: dict[Place, list[Entry]] = field(default_factory=dict)
    comments: dict[Place, list[str]] = field(default_factory=dict)
    waiting: dict[int, list[str]] = field(default_factory=dict)  # comments that do not know their block yet
    faults: list[Deviation] = field(default_factory=list)

    def add(self, key: str, value: object) -> None:
        match = OF_AN_OBJECT.fullmatch(key)
        segment, keyword = (int(match[1]), match[2]) if match else (0, key)
        if keyword == COMMENT or keyword.startswith(f"{COMMENT}_"):
            self._add_comments(segment, keyword, value)
        elif value is not None and value != "" and not self._stands_beside(key):
            self._add_entry(segment, keyword, key, _text(key, value))

    def message(self) -> Message:
        for segment, comments in self.waiting.items():
            name = METADATA.name if segment else RELATIVE.name
            self.comments.setdefault((segment, name), []).extend(comments)
        places = sorted({*self.entries, *self.comments}, key=_rank)
        sections = tuple(self._section(place) for place in places)
        return Message(kind=GRAMMAR.name, version=self.version, sections=sections, line=self.line)

    def _section(self, place: Place) -> Section:
        segment, name = place
        block = JSON_GRAMMAR.block(name)
        entries = self.entries.get(place, [])
        if block is not None:  # an object has no order; the table has
            last = (len(block.fields), None)
            entries = sorted(entries, key=lambda entry: block.places.get(entry.keyword, last)[0])
        line = min((entry.line for entry in entries), default=self.line)
        return Section(name, tuple(entries), tuple(self.comments.get(place, ())), line, segment)

    def _stands_beside(self, key: str) -> bool:
        """Say whether a key only tells the unit or the fraction of another."""
        return any(
            key.endswith(ending) and key.removesuffix(ending) in self.fields for ending in (UNIT, FRACTION)
        )

    def _add_entry(self, segment: int, keyword: str, key: str, text: str) -> None:
        line = self.lines.get(key, self.lines.get(keyword, self.line))
        if keyword in (GRAMMAR.version_keyword, GRAMMAR.also_called) and segment == 0:
            self._add_version(keyword, text, line)
            return
        place, keyword = _home(segment, keyword)
        block = JSON_GRAMMAR.block(place[1])
        known = block.places.get(keyword, (0, None))[1] if block else None
        if known is not None and known.kind is Kind.INSTANT:
            text = text.strip().replace(" ", "T", 1) + self._fraction(key)
        unit = self.fields.get(key + UNIT)
        entry = Entry(keyword, text, line, unit if isinstance(unit, str) else "")
        self.entries.setdefault(place, []).append(entry)
        self.comments.setdefault(place, []).extend(self.waiting.pop(place[0], ()))

    def _add_version(self, keyword: str, text: str, line: int) -> None:
        if keyword != GRAMMAR.version_keyword:
            self.faults.append(Deviation(line, keyword, f"stands in place of {GRAMMAR.version_keyword}"))
        if not self.version or keyword == GRAMMAR.version_keyword:
            self.version = text

    def _fraction(self, key: str) -> str:
        """Return the fraction of a second that an older service keeps in a field of its own."""
        said = self.fields.get(key + FRACTION)
        if not isinstance(said, str) or not said.strip("0"):
            return ""
        if not MILLISECONDS.fullmatch(said):
            raise BadMessage("is no number of milliseconds", field=key + FRACTION)
        # It is a small integer, and the messages it comes from give milliseconds; nobody says so.
        line = self.lines.get(key + FRACTION, self.line)
        self.faults.append(Deviation(line, key + FRACTION, "is taken for milliseconds"))
        return f".{int(said):03d}"

    def _add_comments(self, segment: int, keyword: str, value: object) -> None:
        said = value if isinstance(value, list) else [value]
        texts = [_text(keyword, text) for text in said if text is not None]
        about = keyword.removeprefix(COMMENT).removeprefix("_")
        place = next((place for place in _blocks(segment) if place[1].upper() == about), None)
        if place is not None:
            self.comments.setdefault(place, []).extend(texts)
            return
        named = (f"{about} = {text}" if about and _is_bare(text) else text for text in texts)
        self.waiting.setdefault(segment, []).extend(text for text in named if text not in ("", "null"))


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadMessage("is neither a text nor a number", field=key)
    return value


def _is_bare(text: str) -> bool:
    """Say whether a comment is only a figure, which needs its name to say anything."""
    return re.fullmatch(r"[-+.0-9eE]+(?: *\[?[A-Za-z*/]+\]?)?", text) is not None


def _blocks(segment: int) -> Iterator[Place]:
    blocks = (METADATA, *GRAMMAR.data) if segment else (HEADER, *GRAMMAR.preamble)
    yield from ((segment, block.name) for block in blocks)
    if segment == 0:
        yield 2, USER_DEFINED_SECTION  # what the user defined stands at the end of all


def _home(segment: int, keyword: str) -> tuple[Place, str]:
    """Return the block a keyword belongs to, and the keyword as the block has it."""
    if keyword.startswith(USER_DEFINED):
        return (2, USER_DEFINED_SECTION), keyword
    if keyword.startswith(XYZ) and keyword.removeprefix(XYZ) in XYZ_COVARIANCE.places:
        return (segment, XYZ_COVARIANCE.name), keyword.removeprefix(XYZ)
    for place in _blocks(segment):
        block = JSON_GRAMMAR.block(place[1])
        if block is not None and keyword in block.places:
            return place, keyword
    return (segment, METADATA.name if segment else HEADER.name), keyword


def _rank(place: Place) -> tuple[int, int]:
    return place[0], GRAMMAR.ranks.get(place[1], len(GRAMMAR.blocks))
