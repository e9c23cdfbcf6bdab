"""How precisely something is told: grids for its numbers, how old it has to be, and what stays out."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from baken.errors import WrongUsage

EXACT = 0.0
FULL_WORD, EXACT_WORD, BETWEEN_NAMES = "full", "exact", ","
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")
AMOUNT = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)(?P<unit>[a-z/]*)")
MOST_DIGITS = 15

TIMES_S = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
LENGTHS_M = {"m": 1.0, "km": 1000.0}
SPEEDS_M_S = {"mm/s": 1e-3, "cm/s": 1e-2, "m/s": 1.0, "km/s": 1000.0}
# What a person writes, the field it fills, and the units it may have.
GRIDS = {
    "epoch": ("epoch_s", TIMES_S),
    "position": ("position_m", LENGTHS_M),
    "velocity": ("velocity_m_s", SPEEDS_M_S),
    "sigma": ("sigma_position_m", LENGTHS_M),
    "sigma-velocity": ("sigma_velocity_m_s", SPEEDS_M_S),
}
LISTS = ("without", "keep")
WORDS = (FULL_WORD, *GRIDS, "digits", "delay", *LISTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How precisely something is told.

    A grid of zero leaves numbers of its kind as they are; of a kind whose grid was not said (``None``) no
    number is told at all.  One-sigmas are rounded up.  ``significant_digits`` holds for what has no grid;
    zero leaves it as it is.  Nothing younger than ``delay_s`` is told.  ``without`` names fields that stay
    out, ``keep`` those that go although they are free text or tell of whoever saw it.

    Raises: ValueError for a grid or a delay below zero, and for a field that is kept and left out.

    >>> Precision(epoch_s=60.0, position_m=1000.0).text
    'epoch=1min position=1km'
    """

    epoch_s: float | None = None
    position_m: float | None = None
    velocity_m_s: float | None = None
    sigma_position_m: float | None = None
    sigma_velocity_m_s: float | None = None
    significant_digits: int | None = None
    delay_s: float = 0.0
    without: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, value in ((one.name, getattr(self, one.name)) for one in fields(self)):
            if isinstance(value, int | float) and not (0.0 <= value < math.inf):
                raise ValueError(f"{name} is zero or more; it is {value}")
        if (self.significant_digits or 0) > MOST_DIGITS:
            raise ValueError(f"significant_digits is {MOST_DIGITS} at most; it is {self.significant_digits}")
        if both := self.without & self.keep:
            raise ValueError(f"{', '.join(sorted(both))} cannot be kept and left out")
        if odd := [name for name in (*self.without, *self.keep) if not FIELD_NAME.fullmatch(name)]:
            raise ValueError(f"a field is named in small letters, like orbit_class; not {sorted(odd)[0]!r}")

    @property
    def is_full(self) -> bool:
        """Whether nothing is rounded and nothing stays out; it may still have to wait."""
        return self.rounds_nothing and not self.without

    @property
    def rounds_nothing(self) -> bool:
        """Whether every number, of whatever kind, is told as it is."""
        return all(getattr(self, name) == EXACT for name, _ in GRIDS.values()) and (
            self.significant_digits == EXACT
        )

    @property
    def text(self) -> str:
        """The precision as a person writes it.

        >>> FULL.text, Precision().text
        ('full', '')
        """
        return " ".join(_parts(self))


FULL = Precision(
    epoch_s=EXACT,
    position_m=EXACT,
    velocity_m_s=EXACT,
    sigma_position_m=EXACT,
    sigma_velocity_m_s=EXACT,
    significant_digits=0,
)


def _parts(precision: Precision) -> Iterator[str]:
    if precision.rounds_nothing:
        yield FULL_WORD
    else:
        for word, (name, units) in GRIDS.items():
            if (value := getattr(precision, name)) is not None:
                yield f"{word}={_amount_text(value, units)}"
        if precision.significant_digits is not None:
            yield f"digits={precision.significant_digits or EXACT_WORD}"
    if precision.delay_s:
        yield f"delay={_amount_text(precision.delay_s, TIMES_S)}"
    for word in LISTS:
        if names := getattr(precision, word):
            yield f"{word}={BETWEEN_NAMES.join(sorted(names))}"


def _amount_text(value_si: float, units: dict[str, float]) -> str:
    """Return an amount in the largest unit that leaves a whole number, else in the SI unit."""
    if value_si == EXACT:
        return EXACT_WORD
    for unit, size in sorted(units.items(), key=lambda pair: -pair[1]):
        if size >= 1.0 and (value_si / size).is_integer():
            return f"{int(value_si / size)}{unit}"
    base = next(unit for unit, size in units.items() if size == 1.0)
    return f"{value_si!r}{base}"


def precision_from_text(text: str) -> Precision:
    """Read a precision as a person wrote it, on a command line or as a text in TOML.

    ``full`` leaves every number as it is; whatever follows says otherwise.

    Raises: WrongUsage naming the word that is wrong, and what could stand there.

    >>> coarse = precision_from_text("epoch=60s position=1km velocity=1m/s sigma=1km delay=6h without=sensor")
    >>> coarse.epoch_s, coarse.position_m, coarse.delay_s, coarse.without
    (60.0, 1000.0, 21600.0, frozenset({'sensor'}))
    >>> precision_from_text("full") == FULL
    True
    """
    asked: dict[str, object] = {}
    seen: set[str] = set()
    for part in text.split():
        word, equals, said = part.partition("=")
        if word in seen:
            raise WrongUsage(f"precision: {word} stands there twice; say it once")
        seen.add(word)
        if part == FULL_WORD:
            asked = {**{name: EXACT for name, _ in GRIDS.values()}, "significant_digits": 0, **asked}
        elif word not in WORDS or word == FULL_WORD or not equals:
            raise WrongUsage(f"precision: {part!r} is none of {', '.join(_examples())}")
        else:
            name, value = _read(word, said)
            asked[name] = value
    try:
        return Precision(**asked)  # type: ignore[arg-type]
    except ValueError as impossible:
        raise WrongUsage(f"precision: {impossible}") from impossible


def _examples() -> Iterator[str]:
    yield FULL_WORD
    for word, (_, units) in GRIDS.items():
        yield f"{word}=1{list(units)[-1] if word != 'epoch' else 'min'}"
    yield from ("digits=3", "delay=6h", "without=sensor,title", "keep=title")


def _read(word: str, said: str) -> tuple[str, object]:
    if word in LISTS:
        names = frozenset(said.split(BETWEEN_NAMES))
        if not all(map(FIELD_NAME.fullmatch, names)):
            raise WrongUsage(f"precision: {word}={said} is no list of fields, like {word}=sensor,title")
        return word, names
    if word == "digits":
        if said != EXACT_WORD and (not said.isdecimal() or not said.isascii() or int(said) == 0):
            raise WrongUsage(f"precision: digits={said} is neither a whole number from 1 nor {EXACT_WORD}")
        return "significant_digits", 0 if said == EXACT_WORD else int(said)
    if word == "delay":
        return "delay_s", _amount(word, said, TIMES_S)
    name, units = GRIDS[word]
    return name, EXACT if said == EXACT_WORD else _amount(word, said, units)


def _amount(word: str, said: str, units: dict[str, float]) -> float:
    match = AMOUNT.fullmatch(said)
    if match is None or match["unit"] not in units or float(match["number"]) == 0.0:
        example = f"{word}=1{list(units)[-1]}"
        raise WrongUsage(
            f"precision: {word}={said} is no amount above zero in {', '.join(units)}, like {example}"
        )
    return float(match["number"]) * units[match["unit"]]
