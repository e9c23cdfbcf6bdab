"""Whether the text of one entry can be what its keyword asks for."""

import math
import re

from baken.astro.time import tai_ns_from_utc
from baken.formats._grammar import REAL, Field, Kind, Need, Unit, number, shown, si_from, whole_number

# A clock that counts from a launch or an event shows days since then: 502.0-B-3, 3.2.3.2.
ELAPSED = re.compile(r"0000-[0-9]{3}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z?")
IN_BRACKETS = re.compile(r"(?P<text>.*?)\s*\[(?P<unit>[^\[\]]*)(?P<closed>\]?)")


def settle(text: str, unit: str, field: Field) -> tuple[str, str]:
    """Return an entry's bare text and what is wrong with it; no text when it cannot be used at all.

    >>> settle("51.6 [deg]", "", Field("INCLINATION", kind=Kind.REAL, unit=Unit("deg")))
    ('51.6', '')
    >>> settle("51.6 [rad]", "", Field("INCLINATION", kind=Kind.REAL, unit=Unit("deg")))
    ('', "is in 'rad'; it must be in deg")
    """
    text = text.strip()
    cut_off = ""
    if field.kind is not Kind.TEXT and "[" in text:
        text, unit, cut_off = _unbracketed(text)
    if not text:
        silent = field.need is Need.OPTIONAL or field.may_be_blank
        return "", "" if silent else "has no value"
    unit_fault, usable = _unit_fault(unit, field.unit)
    if not usable:
        return "", unit_fault
    fault = _fault(text, field)
    if fault:
        return "", fault
    if field.any_case:
        text = next(word for word in field.allowed if _plain(word) == _plain(text))
    return text, unit_fault or cut_off


def _unbracketed(text: str) -> tuple[str, str, str]:
    match = IN_BRACKETS.fullmatch(text)
    if match is None:
        return text, "", ""
    return match["text"], match["unit"].strip(), "" if match["closed"] else "has a unit that is cut off"


def _fault(text: str, field: Field) -> str:
    try:
        match field.kind:
            case Kind.REAL:
                return _out_of_bounds(number(text), field)
            case Kind.INTEGER:
                return _out_of_bounds(whole_number(text), field)
            case Kind.INSTANT:
                return _not_an_instant(text)
            case Kind.TIME_TAG:
                return "" if REAL.fullmatch(text) else _not_an_instant(text)
            case Kind.VECTOR:
                return _not_a_vector(text)
            case _:
                return _not_allowed(text, field)
    except ValueError as impossible:
        return str(impossible)


def _out_of_bounds(value: float, field: Field) -> str:
    if not math.isfinite(si_from(value, field.unit)):
        return "is a number too large to hold"
    if field.least <= value <= field.most:
        return ""
    return f"is {value:g}; it must be from {field.least:g} to {field.most:g}"


def _not_an_instant(text: str) -> str:
    # Any clock shows dates that UTC can show; which clock it was is asked where the instant is used.
    if ELAPSED.fullmatch(text):
        return ""
    try:
        tai_ns_from_utc(text)
    except ValueError as impossible:
        return f"is not a date and time: {impossible}"
    return ""


def _not_a_vector(text: str) -> str:
    numbers = [number(word) for word in text.split()]
    return "" if len(numbers) == 3 else f"has {len(numbers)} numbers; it must have three"


def _not_allowed(text: str, field: Field) -> str:
    is_allowed = _plain(text) in map(_plain, field.allowed) if field.any_case else text in field.allowed
    if field.allowed and not is_allowed:
        return f"is {shown(text)}; it must be one of {', '.join(field.allowed)}"
    if field.pattern and not re.fullmatch(field.pattern, text):
        return f"is {shown(text)}; it must match {field.pattern}"
    return ""


def _plain(word: str) -> str:
    """Return a word as standards compare it that mind neither case nor whether blanks are underscores."""
    return word.casefold().replace("_", " ")


# Units of one dimension, so that a slip of the pen can be told from another scale.
DIMENSIONS = (
    {"m", "km", "AU", "ER"},
    {"m/s", "km/s", "km/d"},
    {"deg", "rad", "rev"},
    {"s", "d", "h", "min", "ms"},
    {"m**2", "km**2"},
    {"m**2/s", "km**2/s"},
    {"m**2/s**2", "km**2/s**2"},
    {"m**2/kg", "km**2/kg"},
    {"kg", "g", "t"},
    {"rev/day", "deg/s", "rad/s", "deg/day"},
    {"km**3/s**2", "m**3/s**2"},
    {"km/s**2", "m/s**2"},
)


def _unit_fault(said: str, unit: Unit | None) -> tuple[str, bool]:
    """Return what is wrong with a unit that was said, and whether the number can be used all the same.

    A unit of the same dimension and another scale cannot: nobody knows which of the two the writer meant.
    One of another dimension is a slip in the unit alone.
    """
    if not said or (unit is not None and said == unit.text):
        return "", True
    if unit is None:
        return f"is in {shown(said)}; it has no unit", True
    tidy = said.replace("^", "**").replace(" ", "").lower()
    fault = f"is in {shown(said)}; it must be in {unit.text}"
    if tidy == unit.text.lower():
        return fault, True
    rivals = next((names for names in DIMENSIONS if unit.text in names), set())
    return fault, tidy not in {name.lower() for name in rivals}
