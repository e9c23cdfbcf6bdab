"""Rows of values behind a time tag: text to numbers in SI, and every row that cannot be read told by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

from baken.astro.time import NANOSECONDS_A_SECOND, TimeScale, tai_ns_from_text
from baken.formats._grammar import REAL, number, shown, si_from, text_from_si
from baken.formats.message import Entry, tell
from baken.formats.ocm_columns import Column
from baken.formats.oem_text import column_texts
from baken.formats.reading import Deviation
from baken.records.orbit_message import Rows

MAX_INSTANT_NS = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Clock:
    """How a message counts time: dates as a clock shows them, or seconds from an epoch."""

    scale: TimeScale
    zero_tai_ns: int

    def instant(self, text: str) -> int:
        """Return the instant of a time tag.

        Raises: ValueError when it is no date of this clock, or too far from the epoch to count.
        """
        if not REAL.fullmatch(text):
            return tai_ns_from_text(text, self.scale)
        if number(text) == 0.0:  # smaller than any decimal arithmetic cares to hold
            return self.zero_tai_ns
        after_ns = (Decimal(text) * NANOSECONDS_A_SECOND).to_integral_value(ROUND_HALF_EVEN)
        if abs(self.zero_tai_ns + after_ns) > MAX_INSTANT_NS:
            raise ValueError(f"{shown(text)} seconds from the epoch is past what Baken can count")
        return self.zero_tai_ns + int(after_ns)

    def texts(self, rows: Rows) -> list[str]:
        """Print the time tags of rows, in the dress they came in."""
        if not rows.is_relative:
            return column_texts(rows.epoch_tai_ns, self.scale)
        return [seconds_text(int(epoch) - self.zero_tai_ns) for epoch in rows.epoch_tai_ns]


def seconds_text(duration_ns: int) -> str:
    """Print nanoseconds as seconds, exactly.

    >>> seconds_text(-120_500_000_000), seconds_text(0)
    ('-120.5', '0.0')
    """
    whole, rest = divmod(abs(duration_ns), NANOSECONDS_A_SECOND)
    decimals = f"{rest:09d}".rstrip("0") or "0"
    return f"{'-' if duration_ns < 0 else ''}{whole}.{decimals}"


@dataclass(slots=True)
class Table:
    """The rows of one block while they are read.

    ``columns`` is None for elements the standard does not know: as many numbers as the first row has.
    """

    keyword: str
    what: str
    columns: Sequence[Column] | None
    clock: Clock | None
    rises: bool = True
    faults: list[Deviation] = field(default_factory=list)
    n_unread: int = 0
    _epochs: list[int] = field(default_factory=list)
    _values: list[list[float]] = field(default_factory=list)
    _words: list[tuple[str, ...]] = field(default_factory=list)
    _is_relative: bool | None = None

    def read(self, entries: Sequence[Entry]) -> Rows:
        """Read every row; one that cannot be read is left out, and told."""
        for entry in entries:
            try:
                self._take(entry)
            except ValueError as impossible:
                self.n_unread += 1
                self.tell(entry, str(impossible))
        columns = self.columns or ()
        has_words = any(column.is_word for column in columns)
        return Rows(
            epoch_tai_ns=np.array(self._epochs, dtype=np.int64),
            values_si=np.array(self._values, dtype=float).reshape(len(self._epochs), len(columns)),
            words=tuple(self._words) if has_words else (),
            is_relative=bool(self._is_relative),
        )

    def tell(self, entry: Entry, problem: str) -> None:
        """Note what is wrong with a row, as far as there is room."""
        tell(self.faults, [Deviation(entry.line, self.keyword, problem)])

    def _take(self, entry: Entry) -> None:
        tag, *words = entry.text.split() or [""]
        if self.columns is None:
            self.columns = [Column()] * len(words)
        if len(words) != len(self.columns):
            raise ValueError(
                f"has {len(words)} values behind its time tag; {self.what} has {len(self.columns)}"
            )
        values = [np.nan if c.is_word else _si(w, c) for w, c in zip(words, self.columns, strict=True)]
        epoch_tai_ns = 0 if self.clock is None else self.clock.instant(tag)
        self._note_tag(entry, bool(REAL.fullmatch(tag)), epoch_tai_ns)
        self._epochs.append(epoch_tai_ns)
        self._values.append(values)
        self._words.append(tuple(w if c.is_word else "" for w, c in zip(words, self.columns, strict=True)))

    def _note_tag(self, entry: Entry, is_relative: bool, epoch_tai_ns: int) -> None:
        if self._is_relative is None:
            self._is_relative = is_relative
        elif self._is_relative != is_relative:
            self.tell(entry, "has a time tag of another kind than the first row; a block has one kind")
        if self._epochs and self.clock is not None:
            if epoch_tai_ns == self._epochs[-1]:
                self.tell(entry, "has the time tag of the row before")
            elif self.rises and epoch_tai_ns < self._epochs[-1]:
                self.tell(entry, "is earlier than the row before")


def _si(word: str, column: Column) -> float:
    return si_from(number(word), column.unit)


def row_texts(rows: Rows, columns: Sequence[Column], clock: Clock) -> list[str]:
    """Print rows: the time tag, words as they are, numbers with the fewest digits that bring them back."""
    tags = clock.texts(rows)
    words = rows.words or [("",) * len(columns)] * len(rows)
    return [
        " ".join([tag, *(w or text_from_si(v, c.unit) for v, w, c in zip(vs, ws, columns, strict=True))])
        for tag, vs, ws in zip(tags, rows.values_si.tolist(), words, strict=True)
    ]
