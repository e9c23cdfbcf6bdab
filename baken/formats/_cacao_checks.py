"""What a property of a playbook may hold: one small check each, which names the place that breaks it."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from difflib import get_close_matches

from baken.astro.time import tai_ns_from_utc
from baken.errors import BadMessage
from baken.formats._cacao_json import Object
from baken.formats._grammar import shown

Check = Callable[[str, object], None]

UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
IDENTIFIER = re.compile(f"(?P<kind>[a-z][a-z0-9-]+[a-z0-9])--(?P<uuid>{UUID})")
TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.(?P<decimals>[0-9]+))?Z", re.ASCII)
MILLISECOND_DECIMALS, MOST_DECIMALS = 3, 9
DICTIONARY_KEY = re.compile(r"[a-zA-Z0-9_-]{1,250}")
VARIABLE_NAME = re.compile(r"__[a-zA-Z][a-zA-Z0-9_-]{0,244}__")
LARGEST_WHOLE = 2**53


@dataclass(frozen=True, slots=True)
class Shape:
    """One row of tables of the standard: what an object may hold, in order, and what it must."""

    what: str
    properties: tuple[tuple[str, Check], ...]
    required: tuple[str, ...] = ()

    def grown(self, what: str, *properties: tuple[str, Check], required: tuple[str, ...] = ()) -> "Shape":
        """Return the shape of what inherits from this one."""
        return Shape(what, (*self.properties, *properties), (*self.required, *required))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.properties)


def bad(path: str, problem: str, next_step: str = "") -> BadMessage:
    """Return the mistake at one place of a playbook."""
    return BadMessage(problem, field=path, next_step=next_step)


def check_shape(shape: Shape, path: str, value: object) -> None:
    """Hold an object against its table: what it must have, what it may, and each property against its own."""
    told = as_object(path, value)
    for name in shape.required:
        if told.get(name) in (None, "", [], {}):
            raise bad(f"{path}.{name}", f"is missing from the {shape.what}", "add it")
    checks = dict(shape.properties)
    for name, inner in told.items():
        if name not in checks:
            meant = get_close_matches(name, shape.names, n=1)
            raise bad(
                path,
                f"has {shown(name)}, which is no property of the {shape.what}",
                f"write {meant[0]}" if meant else "take it away, or put it in an extension",
            )
        checks[name](f"{path}.{name}", inner)


def as_object(path: str, value: object) -> Object:
    """Return a value that is an object.  Raises: BadMessage when it is not."""
    if not isinstance(value, dict):
        raise bad(path, "is no object")
    return value


def text(path: str, value: object) -> None:
    """A text of any length."""
    if not isinstance(value, str):
        raise bad(path, f"is {shown(str(value))}, no text", "put it in quotes")


def flag(path: str, value: object) -> None:
    """True or false."""
    if not isinstance(value, bool):
        raise bad(path, f"is {shown(str(value))}, neither true nor false")


def whole(least: int, most: int = LARGEST_WHOLE) -> Check:
    """Return the check of a whole number in a range."""

    def check(path: str, value: object) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise bad(path, f"is {shown(str(value))}, no whole number from {least} to {most}")

    return check


def one_of(words: Collection[str]) -> Check:
    """Return the check of a word of a closed list."""

    def check(path: str, value: object) -> None:
        if not isinstance(value, str) or value not in words:
            raise bad(path, f"is {shown(str(value))}; it can be {', '.join(sorted(words))}")

    return check


def identifier(*kinds: str) -> Check:
    """Return the check of an identifier, of these kinds of object where any are named.

    Source: CACAO 2.0, section 10.10.
    """

    def check(path: str, value: object) -> None:
        match = IDENTIFIER.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise bad(path, f"is {shown(str(value))}, no identifier", "write it as type--UUID")
        if kinds and match["kind"] not in kinds:
            raise bad(path, f"names a {match['kind']}; it names a {' or a '.join(kinds)}")

    return check


def timestamp(path: str, value: object) -> None:
    """An instant in UTC, ending in Z.  Source: CACAO 2.0, section 10.16; RFC 3339."""
    match = TIMESTAMP.fullmatch(value) if isinstance(value, str) else None
    if match is None or not isinstance(value, str):
        raise bad(path, f"is {shown(str(value))}, no instant", "write it as 2026-11-25T12:00:00.000Z")
    if len(match["decimals"] or "") > MOST_DECIMALS:
        raise bad(path, "has more decimals than a nanosecond", "round it")
    try:
        tai_ns_from_utc(value)
    except (ValueError, OverflowError) as error:
        raise bad(path, f"is no instant ({error})") from None


def millisecond_timestamp(path: str, value: object) -> None:
    """An instant with exactly three decimals, as the times of an object are."""
    timestamp(path, value)
    match = TIMESTAMP.fullmatch(str(value))
    if match is None or len(match["decimals"] or "") != MILLISECOND_DECIMALS:
        raise bad(path, f"is {shown(str(value))}", "give exactly three decimals of a second")


def list_of(inner: Check, at_least: int = 1) -> Check:
    """Return the check of a list of so many things or more."""

    def check(path: str, value: object) -> None:
        if not isinstance(value, list) or len(value) < at_least:
            raise bad(path, f"is no list of {at_least} or more")
        for number, element in enumerate(value):
            inner(f"{path}[{number}]", element)

    return check


def map_of(key: "re.Pattern[str]", inner: Check, at_least: int = 0) -> Check:
    """Return the check of a dictionary: each key by a pattern, each value by a check."""

    def check(path: str, value: object) -> None:
        told = as_object(path, value)
        if len(told) < at_least:
            raise bad(path, "is empty", "leave it away")
        for name, element in told.items():
            if not key.fullmatch(name):
                raise bad(path, f"has a key {shown(name)} that a key cannot be")
            inner(f"{path}.{name}", element)

    return check


def shaped(shape: Shape) -> Check:
    """Return the check of an object of a shape."""
    return lambda path, value: check_shape(shape, path, value)


def anything(_path: str, _value: object) -> None:
    """What is kept unread."""


def any_object(path: str, value: object) -> None:
    """An object whose inside is for somebody else."""
    as_object(path, value)
