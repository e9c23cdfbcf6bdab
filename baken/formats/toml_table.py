"""Read what a person wrote as TOML: every field asked for by name and kind, every error with its place.

What was written and nobody asked for is refused: a misspelt field is never passed over.
"""

import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from baken.errors import UnreadableInput

Word = TypeVar("Word", bound=StrEnum)
MOST_POINTS = 500  # in one line


@dataclass(slots=True)
class TomlTable:
    """One table of a file, at its place; it remembers what was asked of it."""

    place: str
    told: Mapping[str, object]
    asked: set[str] = field(default_factory=set)

    def refuse(self, name: str, problem: str) -> UnreadableInput:
        """Return the error that says what is wrong with one field, for whoever asked to raise."""
        return UnreadableInput(f"{self.place} {name}: {problem}".lstrip())

    def has(self, name: str) -> bool:
        """Say whether a field was written."""
        return name in self.told

    def text(self, name: str, otherwise: str | None = None) -> str:
        """Return a field as text; without ``otherwise`` it has to be there and say something."""
        value = self._value(name, otherwise)
        if not isinstance(value, str) or (otherwise is None and not value.strip()):
            raise self.refuse(name, "is missing, or no text; give it one in quotation marks")
        return value

    def truth(self, name: str, otherwise: bool | None = None) -> bool:
        """Return a field as true or false."""
        value = self._value(name, otherwise)
        if not isinstance(value, bool):
            raise self.refuse(name, f"is {_shown(value)}; write true or false")
        return value

    def number(self, name: str) -> float:
        """Return a field as a number."""
        value = self._value(name, None)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.refuse(name, f"is {_shown(value)}; write a number")
        return float(value)

    def number_if_any(self, name: str) -> float | None:
        """Return a field as a number, or ``None`` when it was not written."""
        self.asked.add(name)
        return self.number(name) if self.has(name) else None

    def words(self, name: str) -> tuple[str, ...]:
        """Return a field as a list of words; none when it was not written."""
        value = self._value(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self.refuse(name, 'is no list of words; write like ["lvnl", "knmi"]')
        return tuple(value)

    def one_of(self, name: str, known: type[Word], otherwise: Word | None = None) -> Word:
        """Return a field as one of a list of words."""
        return self.among(name, known, self.text(name, otherwise))

    def among(self, name: str, known: type[Word], value: str) -> Word:
        """Return a word of a field as one of a list of words."""
        try:
            return known(value)
        except ValueError:
            choices = ", ".join(known)
            raise self.refuse(name, f"is {value!r}; it is one of {choices}") from None

    def table(self, name: str) -> "TomlTable":
        """Return a field as a table; an empty one when it was not written."""
        value = self._value(name, {})
        if not isinstance(value, dict):
            raise self.refuse(name, "is no table; write it as { name = value }")
        return TomlTable(f"{self.place} {name}".lstrip(), value)

    def tables(self, name: str) -> "tuple[TomlTable, ...]":
        """Return the tables below lines like ``[[name]]``, each at its number; none when there are none."""
        value = self._value(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.refuse(name, f"write its fields below a line [[{name}]]")
        front = f"{self.place} " if self.place else ""
        return tuple(TomlTable(f"{front}[[{name}]] {number}", each) for number, each in enumerate(value, 1))

    def refuse_unknown(self, also: Collection[str] = ()) -> None:
        """Refuse what was written and nobody asked for.

        Raises: UnreadableInput that names the first such field, and those there are.
        """
        for name in sorted(set(self.told) - self.asked - set(also)):
            known = ", ".join(sorted(self.asked))
            raise self.refuse(name, f"no such field; there are {known}")

    def _value(self, name: str, otherwise: object) -> object:
        self.asked.add(name)
        return self.told.get(name, otherwise)


def _shown(value: object) -> str:
    return "missing" if value is None else repr(value)


def read_toml(text: str) -> TomlTable:
    """Read a whole file.

    Raises: UnreadableInput when it is no TOML, with the line.

    >>> read_toml("[[role]]\\nid = 'duty'").tables("role")[0].text("id")
    'duty'
    >>> read_toml("[[role]]\\nid = 'duty'").tables("role")[0].number("hours")
    Traceback (most recent call last):
    baken.errors.UnreadableInput: [[role]] 1 hours: is missing; write a number
    """
    try:
        return TomlTable("", loaded(text))
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"this is no TOML: {error}") from error


def loaded(text: str) -> dict[str, object]:
    """Return what stands in a text of TOML.

    Raises: ValueError, RecursionError for nesting beyond all measure.
    """
    for number, line in enumerate(text.splitlines(), 1):
        # A name of many parts costs their number squared: a page of it, half a minute.
        if line.count(".") > MOST_POINTS:
            raise ValueError(f"more than {MOST_POINTS} points (at line {number}, column 1)")
    return tomllib.loads(text)


def refuse_twice(tables: Sequence[TomlTable], names: Sequence[str]) -> None:
    """Refuse two tables of one name.

    Raises: UnreadableInput at the second one.
    """
    seen: set[str] = set()
    for table, name in zip(tables, names, strict=True):
        if name in seen:
            raise table.refuse("id", f"{name!r} stands above already; each has a name of its own")
        seen.add(name)
