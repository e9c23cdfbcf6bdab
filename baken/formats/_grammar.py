"""The grammar of the CCSDS navigation messages, as data: which keyword, what kind, which unit, since when.

One table serves KVN and XML alike.  A message is a header and segments; a segment is metadata and data; each
is made of blocks, and a block of fields in a fixed order.  ``_kvn`` and ``_xml`` cut a text into sections,
``message`` lays them along the table and tells what is amiss.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What the text of a field must read like."""

    TEXT = "text"
    REAL = "a number"
    INTEGER = "a whole number"
    INSTANT = "a date and time"
    TIME_TAG = "a date and time, or seconds from the message's own epoch"
    VECTOR = "three numbers"


class Need(StrEnum):
    """Whether a field has to be there.  What depends on another field is a rule of its message, in code."""

    OBLIGATORY = "obligatory"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as messages write it, and how it becomes SI: ``value * factor / divisor``.

    Two numbers and not one quotient, so that every reader rounds alike.
    """

    text: str
    factor: float = 1.0
    divisor: float = 1.0


@dataclass(frozen=True, slots=True)
class Field:
    """One keyword of a message: its kind, its unit, whether it must be there, and what it may say.

    ``allowed`` and ``pattern`` limit the text, ``least`` and ``most`` the number as written.  ``since`` is
    the version of the standard that brought the keyword.  ``may_be_blank`` admits an obligatory keyword
    with no value, ``any_case`` an allowed word in small letters or with blanks for underscores.  ``inside``
    names the element that wraps the field in XML, where there is one.  One that ``is_row`` is a line of
    values, under this name in XML and bare in KVN, as often as there are lines.  ``is_draft`` says that the
    version that brought it is not published, so that its place is not settled.
    """

    keyword: str
    need: Need = Need.OPTIONAL
    kind: Kind = Kind.TEXT
    unit: Unit | None = None
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    least: float = -math.inf
    most: float = math.inf
    since: tuple[int, int] = (1, 0)
    may_be_blank: bool = False
    any_case: bool = False
    inside: str = ""
    is_row: bool = False
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that belong together: an element of the XML form, a run of lines in KVN.

    ``start`` and ``stop`` are the lines that fence the block in KVN, where it has such lines.  A block that
    is not obligatory may be absent; when it is there, its obligatory fields must be too.  One that may repeat
    begins anew when a keyword comes round again.  ``ordered`` and ``shows_units`` say whether its fields keep
    the order of the table, and whether a writer puts their units beside them.  In one that is
    ``user_defined`` keywords are the sender's.
    """

    name: str
    fields: tuple[Field, ...]
    need: Need = Need.OPTIONAL
    start: str = ""
    stop: str = ""
    may_repeat: bool = False
    user_defined: bool = False
    ordered: bool = True
    shows_units: bool = True
    places: Mapping[str, tuple[int, Field]] = field(init=False, compare=False, repr=False)
    row: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        places = {one.keyword: (place, one) for place, one in enumerate(self.fields)}
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "row", next((one.keyword for one in self.fields if one.is_row), ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The table of one kind of message.

    ``preamble`` is what stands between the header and the first segment; ``segment_keyword`` begins a new
    segment in KVN where a message has several and no fences.  ``also_called`` is a version keyword that some
    write instead, which only a lenient reader takes.
    """

    name: str
    root: str
    version_keyword: str
    versions: tuple[tuple[int, int], ...]
    header: Block
    preamble: tuple[Block, ...] = ()
    metadata: Block
    data: tuple[Block, ...]
    segment_keyword: str = ""
    also_called: str = ""
    n_segments: int = 1
    user_defined: bool = False
    blocks: tuple[Block, ...] = field(init=False, compare=False, repr=False)
    ranks: Mapping[str, int] = field(init=False, compare=False, repr=False)
    homes: Mapping[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        blocks = (self.header, *self.preamble, self.metadata, *self.data)
        backwards = list(enumerate(blocks))[::-1]
        object.__setattr__(self, "blocks", blocks)
        object.__setattr__(self, "ranks", {block.name: rank for rank, block in enumerate(blocks)})
        # Of a keyword that several blocks know, the first block is its home.
        object.__setattr__(self, "homes", {kw: rank for rank, block in backwards for kw in block.places})

    def block(self, name: str) -> Block | None:
        """Return the block of this name, or None: user-defined parameters are in no table."""
        rank = self.ranks.get(name)
        return None if rank is None else self.blocks[rank]


# Decimal numbers as 502.0-B-3, 7.5 writes them; no NaN, no infinity, no underscores, no Fortran D.
REAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
MAX_NUMBER_LENGTH = 100  # characters; a longer one is an attack on whoever parses it


def number(text: str) -> float:
    """Read a decimal number as the standard writes it.

    Raises: ValueError for anything else that Python would take for a number.

    >>> number(".16091E-2")
    0.0016091
    """
    if len(text) > MAX_NUMBER_LENGTH or not REAL.fullmatch(text):
        raise ValueError(f"is not a number: {shown(text)}")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"is a number too large to hold: {shown(text)}")
    return value


def whole_number(text: str) -> int:
    """Read a whole number as the standard writes it.

    >>> whole_number("0925")
    925
    """
    if len(text) > MAX_NUMBER_LENGTH or not INTEGER.fullmatch(text):
        raise ValueError(f"is not a whole number: {shown(text)}")
    return int(text)


def shown(text: str, n_characters: int = 40) -> str:
    """Return a text as an error line may quote it: short, and with nothing a terminal would obey."""
    return repr(text if len(text) <= n_characters else text[:n_characters] + "...")


def si_from(value: float, unit: Unit | None) -> float:
    """Return a number of a message in SI."""
    return value if unit is None else value * unit.factor / unit.divisor


def text_from_si(value_si: float, unit: Unit | None = None) -> str:
    """Print an SI number in a message's unit, with the fewest digits that read back as the same number.

    Fifteen digits bring back any decimal of up to fourteen digits as it was; where sixteen or seventeen are
    needed to meet the same SI number, they are given.

    >>> text_from_si(number("51.6439") * math.pi / 180.0, DEGREE)
    '51.6439'
    """
    value = value_si if unit is None else value_si * unit.divisor / unit.factor
    for n_digits in (15, 16, 17):
        text = f"{value:.{n_digits}g}"
        if si_from(float(text), unit) == value_si:
            return text
    # Two roundings there and two back: the number that was sent may be a neighbour or two away.
    neighbours = (value + step * math.ulp(value) for step in (1, -1, 2, -2))
    return next((f"{one:.17g}" for one in neighbours if si_from(one, unit) == value_si), text)


KILOMETRE = Unit("km", 1000.0)
KILOMETRE_PER_SECOND = Unit("km/s", 1000.0)
KILOMETRE_PER_SECOND2 = Unit("km/s**2", 1000.0)
METRE = Unit("m")
SECOND = Unit("s")
DEGREE = Unit("deg", math.pi, 180.0)
REVOLUTION_PER_DAY = Unit("rev/day", 2.0 * math.pi, 86_400.0)
REVOLUTION_PER_DAY2 = Unit("rev/day**2", 2.0 * math.pi, 86_400.0**2)
REVOLUTION_PER_DAY3 = Unit("rev/day**3", 2.0 * math.pi, 86_400.0**3)
PER_EARTH_RADIUS = Unit("1/ER")  # kept as it is: SGP4 wants its own Earth radius, which no message names
SQUARE_METRE_PER_KILOGRAM = Unit("m**2/kg")
SQUARE_METRE = Unit("m**2")
KILOGRAM = Unit("kg")
KILOMETRE3_PER_SECOND2 = Unit("km**3/s**2", 1e9)
METRE_PER_SECOND = Unit("m/s")
METRE_PER_SECOND2 = Unit("m/s**2")
DAY = Unit("d", 86_400.0)
HOUR = Unit("h", 3_600.0)
PER_CENT = Unit("%", 1.0, 100.0)
WATT_PER_KILOGRAM = Unit("W/kg")
NEWTON = Unit("N")
DEGREE_PER_SECOND = Unit("deg/s", math.pi, 180.0)
KILOGRAM_SQUARE_METRE = Unit("kg*m**2")
PER_YEAR = Unit("#/yr")  # kept as they are, here and in the next two lines: the trade speaks of them so
NANOTESLA = Unit("nT")
SOLAR_FLUX_UNIT = Unit("SFU")
KILOMETRE2 = Unit("km**2", 1e6)
KILOMETRE2_PER_SECOND = Unit("km**2/s", 1e6)
KILOMETRE2_PER_SECOND2 = Unit("km**2/s**2", 1e6)
