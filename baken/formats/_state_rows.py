"""Rows of states, read by the thousand: text to arrays, and every row that cannot be read told by line.

The rows of an ephemeris are nearly the whole of it, so they are taken in handfuls and turned to numbers at
once.  A handful with a fault in it is read again row by row, by the clear way that says what the fault is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.time import TimeScale, tai_ns_from_text, tai_ns_from_utc_column
from baken.formats._grammar import MAX_NUMBER_LENGTH, number
from baken.formats.message import tell
from baken.formats.reading import Deviation

COLUMNS = ("EPOCH", "X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT", "X_DDOT", "Y_DDOT", "Z_DDOT")
N_PLAIN, N_WITH_ACCELERATION = 7, 10
N_ROWS_AT_ONCE = 4096
CHARACTERS_OF_NUMBERS = frozenset("0123456789+-.eE")


@dataclass(slots=True)
class StateRows:
    """The rows of one segment as they come in."""

    scale: TimeScale
    faults: list[Deviation] = field(default_factory=list)
    _waiting: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    _lines: list[Instants] = field(default_factory=list)
    _epochs: list[Instants] = field(default_factory=list)
    _numbers: list[Floats] = field(default_factory=list)

    def add(self, line: int, words: Sequence[str]) -> None:
        """Take one row; its numbers are read with those of its neighbours."""
        self._waiting.append((line, words))
        if len(self._waiting) >= N_ROWS_AT_ONCE:
            self._settle()

    def table(self) -> tuple[Instants, Instants, Floats]:
        """Return the line, the instant and the nine numbers of every row read; NaN where there were six."""
        self._settle()
        if not self._lines:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 9))
        return _joined(self._lines), _joined(self._epochs), _joined(self._numbers)

    def _settle(self) -> None:
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        try:
            block = _read_alike(rows, self.scale)
        except ValueError:
            block, faults = read_one_by_one(rows, self.scale)
            self.tell(faults)
        for column, values in zip((self._lines, self._epochs, self._numbers), block, strict=True):
            column.append(values)  # type: ignore[attr-defined]

    def tell(self, faults: Sequence[Deviation]) -> None:
        """Note faults of rows, as far as there is room."""
        tell(self.faults, faults)


Column = TypeVar("Column", Instants, Floats)


def _joined(parts: list[Column]) -> Column:
    """Return a column as one array, in place of its parts, so that it is not held twice."""
    parts[:] = [np.concatenate(parts)]
    return parts[0]


Block = tuple[Instants, Instants, Floats]


def _read_alike(rows: Sequence[tuple[int, Sequence[str]]], scale: TimeScale) -> Block:
    """Read rows of one width in which every word is sound.

    Raises: ValueError when they are not; nothing is said of which.
    """
    width = len(rows[0][1])
    if width not in (N_PLAIN, N_WITH_ACCELERATION) or any(len(words) != width for _, words in rows):
        raise ValueError("rows of several widths")
    words = [word for _, row in rows for word in row[1:]]
    if not CHARACTERS_OF_NUMBERS.issuperset("".join(words)) or max(map(len, words)) > MAX_NUMBER_LENGTH:
        raise ValueError("a word that is no number")
    values = np.full((len(rows), N_WITH_ACCELERATION - 1), np.nan)
    values[:, : width - 1] = np.array(list(map(float, words))).reshape(len(rows), width - 1)
    if np.isinf(values).any():
        raise ValueError("a number too large to hold")
    lines = np.array([line for line, _ in rows], dtype=np.int64)
    return lines, instants([row[0] for _, row in rows], scale), values


def read_one_by_one(
    rows: Sequence[tuple[int, Sequence[str]]], scale: TimeScale
) -> tuple[Block, list[Deviation]]:
    """Read rows the slow way: leave out each one that cannot be read, and say what of it could not."""
    lines, epochs, numbers, faults = [], [], [], []
    for line, words in rows:
        try:
            epoch_tai_ns, values = _read_row(words, scale)
        except _RowError as fault:
            faults.append(Deviation(line, fault.keyword, str(fault)))
        else:
            lines.append(line)
            epochs.append(epoch_tai_ns)
            numbers.append(values)
    table = np.array(numbers).reshape(len(lines), N_WITH_ACCELERATION - 1)
    return (np.array(lines, np.int64), np.array(epochs, np.int64), table), faults


class _RowError(ValueError):
    def __init__(self, keyword: str, problem: str) -> None:
        super().__init__(problem)
        self.keyword = keyword


def _read_row(words: Sequence[str], scale: TimeScale) -> tuple[int, list[float]]:
    if len(words) not in (N_PLAIN, N_WITH_ACCELERATION):
        keyword = COLUMNS[min(len(words), N_WITH_ACCELERATION - 1)]
        raise _RowError(
            keyword, f"the row has {len(words)} values; a state has 7, or 10 with its acceleration"
        )
    try:
        epoch_tai_ns = int(instants(words[:1], scale)[0])
    except ValueError as impossible:
        raise _RowError("EPOCH", str(impossible).removeprefix("row 0: ")) from impossible
    values = []
    for keyword, word in zip(COLUMNS[1:], words[1:], strict=False):
        try:
            values.append(number(word))
        except ValueError as impossible:
            raise _RowError(keyword, str(impossible)) from impossible
    return epoch_tai_ns, values + [np.nan] * (N_WITH_ACCELERATION - 1 - len(values))


def instants(texts: Sequence[str], scale: TimeScale) -> Instants:
    """Read many instants of one clock.

    Raises: ValueError for the first that cannot be read.
    """
    if scale is TimeScale.UTC:
        return tai_ns_from_utc_column(texts)
    return np.array([tai_ns_from_text(text, scale) for text in texts], dtype=np.int64)
