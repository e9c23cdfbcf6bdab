"""What a part of a message says, field by field, in SI; and the way back to entries."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from baken.astro.time import TimeScale, tai_ns_from_text
from baken.errors import BadMessage
from baken.formats._grammar import Block, Kind, Need, Unit, number, si_from, text_from_si, whole_number
from baken.formats.message import Entry
from baken.records.conjunction_message import Vector


@dataclass(frozen=True, slots=True)
class Said:
    """Judged texts by keyword, with the units of their table; None or empty where nothing was said."""

    texts: Mapping[str, str]
    units: Mapping[str, Unit | None]
    clock: TimeScale = TimeScale.UTC

    def text(self, keyword: str) -> str:
        return self.texts.get(keyword, "")

    def needed_text(self, keyword: str) -> str:
        if not self.texts.get(keyword):
            raise BadMessage("is missing", field=keyword)
        return self.texts[keyword]

    def real(self, keyword: str) -> float | None:
        if keyword not in self.texts:
            return None
        return si_from(number(self.texts[keyword]), self.units.get(keyword))

    def needed_real(self, keyword: str) -> float:
        value = self.real(keyword)
        if value is None:
            raise BadMessage("is missing", field=keyword)
        return value

    def integer(self, keyword: str) -> int | None:
        return whole_number(self.texts[keyword]) if keyword in self.texts else None

    def truth(self, keyword: str) -> bool | None:
        return self.texts[keyword] == "YES" if keyword in self.texts else None

    def instant(self, keyword: str) -> int | None:
        if not self.texts.get(keyword):
            return None
        try:
            return tai_ns_from_text(self.texts[keyword], self.clock)
        except ValueError as impossible:
            raise BadMessage(str(impossible), field=keyword) from impossible

    def needed_instant(self, keyword: str) -> int:
        value = self.instant(keyword)
        if value is None:
            raise BadMessage("is missing", field=keyword)
        return value

    def vector(self, keywords: tuple[str, str, str]) -> Vector | None:
        """Return three numbers, NaN for one that is missing; None when all are."""
        x, y, z = (self.real(keyword) for keyword in keywords)
        if x is None and y is None and z is None:
            return None
        return _or_nan(x), _or_nan(y), _or_nan(z)

    def needed_vector(self, keywords: tuple[str, str, str]) -> Vector:
        x, y, z = (self.needed_real(keyword) for keyword in keywords)
        return x, y, z


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def units_of(blocks: Iterable[Block]) -> dict[str, Unit | None]:
    """Return the unit of every keyword of some blocks."""
    return {field.keyword: field.unit for block in blocks for field in block.fields}


def entries_of(block: Block, said: Mapping[str, str | float | int | bool | None]) -> Iterator[Entry]:
    """Yield what a block says, in the order of its table; obligatory fields even when they say nothing.

    Numbers are SI, and printed in the unit of the table with as few digits as bring them back.
    """
    for field in block.fields:
        text = value_text(said.get(field.keyword), field.kind, field.unit)
        if text or (field.need is Need.OBLIGATORY and not field.may_be_blank):
            yield Entry(field.keyword, text)


def value_text(value: str | float | int | bool | None, kind: Kind, unit: Unit | None) -> str:
    """Print one value; nothing for one that was not said.

    >>> value_text(0.5, Kind.REAL, Unit("%", 1.0, 100.0)), value_text(True, Kind.TEXT, None)
    ('50', 'YES')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "YES" if value else "NO"
    if kind is Kind.REAL and not isinstance(value, str):
        return text_from_si(float(value), unit)
    return str(value)
