"""Observations, read by the thousand: text to columns, and every row that cannot be read told by line.

As with rows of states, a handful is turned to numbers at once; one with a fault in it is read again row by
row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.time import TimeScale
from baken.formats._grammar import (
    INTEGER,
    MAX_NUMBER_LENGTH,
    Unit,
    number,
    si_from,
    text_from_si,
    whole_number,
)
from baken.formats._state_rows import CHARACTERS_OF_NUMBERS, N_ROWS_AT_ONCE, instants
from baken.formats.message import tell
from baken.formats.reading import Deviation
from baken.formats.tdm_table import COUNTS, OBSERVATION

N_DIGITS_SURE = 15  # a float holds every decimal of so many digits
WHOLE = "DOPPLER_COUNT"


@dataclass(frozen=True, slots=True)
class Row:
    """One observation as it stood: its line, its keyword, and the texts of its instant and its number."""

    line: int
    keyword: str
    epoch: str
    value: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows that could be read.  ``counts`` are place and digits of those that a float would round."""

    lines: Instants
    keyword_index: Instants
    epoch_tai_ns: Instants
    value_si: Floats
    counts: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class ObservationRows:
    """The observations of one segment as they come in, each keyword with its unit."""

    scale: TimeScale
    units: Mapping[str, Unit | None]
    faults: list[Deviation] = field(default_factory=list)
    keywords: dict[str, int] = field(default_factory=dict)
    _waiting: list[Row] = field(default_factory=list)
    _read: list[Columns] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Take one row; its numbers are read with those of its neighbours."""
        self._waiting.append(row)
        if len(self._waiting) >= N_ROWS_AT_ONCE:
            self._settle()

    def columns(self) -> Columns:
        """Return every row that could be read, in the order they stood."""
        self._settle()
        read = self._read or [_no_columns()]
        starts = np.cumsum([0, *(len(one.lines) for one in read)]).tolist()
        return Columns(
            np.concatenate([one.lines for one in read]),
            np.concatenate([one.keyword_index for one in read]),
            np.concatenate([one.epoch_tai_ns for one in read]),
            np.concatenate([one.value_si for one in read]),
            tuple(
                (start + row, text)
                for start, one in zip(starts, read, strict=False)
                for row, text in one.counts
            ),
        )

    def tell(self, faults: Sequence[Deviation]) -> None:
        """Note faults of rows, as far as there is room."""
        tell(self.faults, faults)

    def _settle(self) -> None:
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        try:
            self._read.append(self._at_once(rows))
        except ValueError:
            self._read.append(self.one_by_one(rows))

    def _at_once(self, rows: Sequence[Row]) -> Columns:
        """Read rows in which every word is sound.

        Raises: ValueError when they are not; nothing is said of which.
        """
        words = [row.value for row in rows]
        if not CHARACTERS_OF_NUMBERS.issuperset("".join(words)) or max(map(len, words)) > MAX_NUMBER_LENGTH:
            raise ValueError("a word that is no number")
        if any(row.keyword == WHOLE and not INTEGER.fullmatch(row.value) for row in rows):
            raise ValueError("a count that is not whole")
        if not self.units.keys() >= {row.keyword for row in rows}:
            raise ValueError("a keyword that is not known")
        units = [self.units[row.keyword] or Unit("") for row in rows]
        values = np.array(list(map(float, words)))
        with np.errstate(over="ignore"):
            values_si = values * np.array([u.factor for u in units]) / np.array([u.divisor for u in units])
        if not np.isfinite(values_si).all():
            raise ValueError("a number too large to hold")
        return self._columns(rows, instants([row.epoch for row in rows], self.scale), values_si)

    def one_by_one(self, rows: Sequence[Row]) -> Columns:
        """Read rows the slow way: leave out each one that cannot be read, and say what of it could not."""
        sound, epochs, values = [], [], []
        for row in rows:
            try:
                epoch_tai_ns, value = self._read_row(row)
            except _RowError as fault:
                self.tell([Deviation(row.line, fault.keyword, str(fault))])
            else:
                sound.append(row)
                epochs.append(epoch_tai_ns)
                values.append(value)
        return self._columns(sound, np.array(epochs, dtype=np.int64), np.array(values, dtype=float))

    def _columns(self, rows: Sequence[Row], epochs: Instants, values_si: Floats) -> Columns:
        for row in rows:
            self.keywords.setdefault(row.keyword, len(self.keywords))
        return Columns(
            np.array([row.line for row in rows], dtype=np.int64),
            np.array([self.keywords[row.keyword] for row in rows], dtype=np.int64),
            epochs,
            values_si,
            tuple((place, row.value) for place, row in enumerate(rows) if _is_rounded(row)),
        )

    def _read_row(self, row: Row) -> tuple[int, float]:
        if row.keyword not in self.units:
            known = row.keyword in OBSERVATION.places
            problem = "has no unit that is known" if known else f"is no keyword of the {OBSERVATION.name}"
            raise _RowError(row.keyword, problem)
        try:
            epoch_tai_ns = int(instants([row.epoch], self.scale)[0])
        except ValueError as impossible:
            raise _RowError("EPOCH", str(impossible).removeprefix("row 0: ")) from impossible
        try:
            value = float(whole_number(row.value)) if row.keyword == WHOLE else number(row.value)
        except ValueError as impossible:
            raise _RowError(row.keyword, str(impossible)) from impossible
        value_si = si_from(value, self.units[row.keyword])
        if not np.isfinite(value_si):
            raise _RowError(row.keyword, "is a number too large to hold")
        return epoch_tai_ns, value_si


class _RowError(ValueError):
    def __init__(self, keyword: str, problem: str) -> None:
        super().__init__(problem)
        self.keyword = keyword


def _no_columns() -> Columns:
    nothing = np.zeros(0, dtype=np.int64)
    return Columns(nothing, nothing, nothing, np.zeros(0), ())


def _is_rounded(row: Row) -> bool:
    """Say whether a float would not bring back the digits of a count."""
    if row.keyword not in COUNTS or len(row.value) <= N_DIGITS_SURE:
        return False
    return Decimal(row.value) != Decimal(text_from_si(number(row.value)))
