"""One element set in its two lines, read column by column: slow, clear, and right about what is wrong.

``_tle_columns`` reads the same many at once; whatever it doubts it brings here.
"""

import re
from dataclasses import dataclass

from baken.astro.time import tai_ns_from_utc_year_and_day
from baken.errors import BadMessage
from baken.formats._grammar import shown
from baken.formats._lines import NOT_UTF_8
from baken.formats.omm import instant_text
from baken.formats.reading import Deviation
from baken.records.orbit import Theory

LINE_LENGTH = 69
FIRST_TWO_DIGITS_OF_1900S = 57  # Sputnik flew in 1957; before it there was nothing to catalogue
ALPHA_5_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O; Space-Track, "Alpha-5"
MAX_ALPHA_5 = 339_999
CHECKSUM_WORTH = bytes(
    int(chr(sign)) if chr(sign) in "0123456789" else sign == ord("-") for sign in range(256)
)
THEORIES = {0: Theory.SGP4, 2: Theory.SGP4, 3: Theory.SGP4, 4: Theory.SGP4_XP}


@dataclass(frozen=True, slots=True)
class Column:
    """Some columns of a line, counted from 0: whose they are, how they must read, how they may at most."""

    field: str
    start: int
    end: int
    pattern: re.Pattern[str]
    lenient: re.Pattern[str] | None = None


def _column(field: str, start: int, end: int, pattern: str, lenient: str | None = None) -> Column:
    return Column(field, start, end, re.compile(pattern), re.compile(lenient) if lenient else None)


_BLANK, _ANGLE = " ", r" {0,2}[0-9]{1,3}\.[0-9]{4}"
_NUMBER = r" {0,4}[0-9]{1,5}|[A-HJ-NP-Z][0-9]{4}"
_POWER = r"[ +-][0-9]{5}[+-][0-9]"

# Space-Track, "Basic description of the two line element set format"; Hoots & Roehrich (1980), section 2.
LINE_1 = (
    _column("LINE1", 0, 2, "1 "),
    _column("NORAD_CAT_ID", 2, 7, _NUMBER),
    _column("CLASSIFICATION_TYPE", 7, 8, "[UCS]", " "),
    _column("LINE1", 8, 9, _BLANK),
    _column("OBJECT_ID", 9, 17, r"[0-9]{5}[A-Z]{0,3} {0,3}| {8}"),
    _column("LINE1", 17, 18, _BLANK),
    _column("EPOCH", 18, 32, r"[0-9]{5}\.[0-9]{8}", r"[ 0-9][0-9][ 0-9]{2}[0-9]\.[0-9]{8}"),
    _column("LINE1", 32, 33, _BLANK),
    _column("MEAN_MOTION_DOT", 33, 43, r"[ +-]\.[0-9]{8}"),
    _column("LINE1", 43, 44, _BLANK),
    _column("MEAN_MOTION_DDOT", 44, 52, _POWER),
    _column("LINE1", 52, 53, _BLANK),
    _column("BSTAR", 53, 61, _POWER),
    _column("LINE1", 61, 62, _BLANK),
    _column("EPHEMERIS_TYPE", 62, 63, "[ 0-9]"),
    _column("LINE1", 63, 64, _BLANK),
    _column("ELEMENT_SET_NO", 64, 68, r" {0,4}[0-9]{0,4}"),
)
LINE_2 = (
    _column("LINE2", 0, 2, "2 "),
    _column("NORAD_CAT_ID", 2, 7, _NUMBER),
    _column("LINE2", 7, 8, _BLANK),
    _column("INCLINATION", 8, 16, _ANGLE),
    _column("LINE2", 16, 17, _BLANK),
    _column("RA_OF_ASC_NODE", 17, 25, _ANGLE),
    _column("LINE2", 25, 26, _BLANK),
    _column("ECCENTRICITY", 26, 33, "[0-9]{7}", " {0,6}[0-9]{1,7}"),
    _column("LINE2", 33, 34, _BLANK),
    _column("ARG_OF_PERICENTER", 34, 42, _ANGLE),
    _column("LINE2", 42, 43, _BLANK),
    _column("MEAN_ANOMALY", 43, 51, _ANGLE),
    _column("LINE2", 51, 52, _BLANK),
    _column("MEAN_MOTION", 52, 63, r" ?[0-9]{1,2}\.[0-9]{8}"),
    _column("REV_AT_EPOCH", 63, 68, r" {0,5}[0-9]{0,5}"),
)
MAX_DEG = {"INCLINATION": 180.0, "RA_OF_ASC_NODE": 360.0, "ARG_OF_PERICENTER": 360.0, "MEAN_ANOMALY": 360.0}


@dataclass(frozen=True, slots=True)
class Pair:
    """The two lines of an element set and its name, each with the number of the line it stood on."""

    name: bytes
    line_1: bytes
    line_2: bytes
    at: int
    at_1: int
    at_2: int


def fields_from_pair(pair: Pair) -> tuple[dict[str, str], list[Deviation]]:
    """Return what two lines say, by the keywords of the mean-elements message, and where they nearly do.

    Raises: BadMessage with line and field, when they do not add up, contradict each other or cannot be read.
    """
    name, deviations = _name(pair)
    written: dict[str, str] = {}
    for line, number, columns, keyword in (
        (pair.line_1, pair.at_1, LINE_1, "LINE1"),
        (pair.line_2, pair.at_2, LINE_2, "LINE2"),
    ):
        text, odd = _checked(line, number, keyword)
        fields, more_odd = _cut(text, number, columns)
        _check_same_object(written, fields, number)
        written |= fields
        deviations += odd + more_odd
    return _fields(name, written, pair), deviations


def _check_same_object(line_1: dict[str, str], line_2: dict[str, str], number: int) -> None:
    ids = [norad_cat_id_from_columns(line["NORAD_CAT_ID"]) for line in (line_1, line_2) if line]
    if len(set(ids)) > 1:
        problem = f"is {ids[1]} here and {ids[0]} in the line before; two sets may have lost a line each"
        raise BadMessage(problem, line=number, field="NORAD_CAT_ID")


def _name(pair: Pair) -> tuple[str, list[Deviation]]:
    """Return a name, without the zero that marks its line."""
    deviations = []
    try:
        name = pair.name.decode()
    except UnicodeDecodeError:
        name = pair.name.decode("latin-1")
        deviations.append(Deviation(pair.at, "OBJECT_NAME", NOT_UTF_8))
    name = name.removeprefix("0 ").strip()
    if not name.isprintable():
        raise BadMessage(f"holds a control character: {shown(name)}", line=pair.at, field="OBJECT_NAME")
    return name, deviations


def _checked(line: bytes, number: int, keyword: str) -> tuple[str, list[Deviation]]:
    """Return a line as text when its length is right and its checksum true."""
    if not line.isascii():
        raise BadMessage("holds characters that no element set has", line=number, field=keyword)
    text = line.decode("ascii")
    if len(text) < LINE_LENGTH - 1:
        cut = f"ends after {len(text)} of {LINE_LENGTH} columns; it is cut short"
        raise BadMessage(cut, line=number, field=keyword)
    if len(text) == LINE_LENGTH - 1:
        return text, [Deviation(number, keyword, "has no checksum in column 69")]
    if text[LINE_LENGTH - 1] != str(checksum(text)):
        wrong = f"checksum is {shown(text[LINE_LENGTH - 1])[1:-1]}, the line adds up to {checksum(text)}"
        raise BadMessage(wrong, line=number, field=keyword)
    beyond = text[LINE_LENGTH:].strip()
    return text, [Deviation(number, keyword, f"goes on after column 69: {shown(beyond)}")] if beyond else []


def checksum(line: str) -> int:
    """Add up the digits of a line's first 68 columns, a minus counting one; return the last digit.

    Source: Space-Track, "Basic description of the two line element set format".

    >>> checksum("1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753")
    3
    """
    return sum(line[: LINE_LENGTH - 1].encode("ascii", "replace").translate(CHECKSUM_WORTH)) % 10


def _cut(text: str, number: int, columns: tuple[Column, ...]) -> tuple[dict[str, str], list[Deviation]]:
    """Cut a line into its fields, each in the form it must have."""
    fields, deviations = {}, []
    for column in columns:
        said = text[column.start : column.end]
        if not column.pattern.fullmatch(said):
            place = f"columns {column.start + 1} to {column.end} read {shown(said)}"
            if column.lenient is None or not column.lenient.fullmatch(said):
                raise BadMessage(_why_not(column, said, place), line=number, field=column.field)
            deviations.append(Deviation(number, column.field, place))
        fields[column.field] = said
    return fields, deviations


def _why_not(column: Column, said: str, place: str) -> str:
    if column.field == "CLASSIFICATION_TYPE" and said == "V":
        return "V marks a JSC Vimpel line, whose own numbers are no catalogue numbers"
    if column.field == "NORAD_CAT_ID" and not said.strip():
        return "no catalogue number stands in columns 3 to 7"
    return f"{place}, which cannot be"


def _fields(name: str, written: dict[str, str], pair: Pair) -> dict[str, str]:
    """Return columns as the texts of a mean-elements message: explicit points, powers and years."""
    _check_ranges(written, pair.at_2)
    ephemeris_type = int(written["EPHEMERIS_TYPE"].replace(" ", "0"))
    if ephemeris_type not in THEORIES:
        problem = (
            f"{ephemeris_type} is neither SGP4 nor SGP4-XP; fetch the set as a message that names its theory"
        )
        raise BadMessage(problem, line=pair.at_1, field="EPHEMERIS_TYPE")
    bstar, ddot = _power(written["BSTAR"]), _power(written["MEAN_MOTION_DDOT"])
    is_xp = THEORIES[ephemeris_type] is Theory.SGP4_XP
    return {
        "OBJECT_NAME": name,
        "OBJECT_ID": object_id_from_columns(written["OBJECT_ID"]),
        "EPOCH": _epoch(written["EPOCH"], pair.at_1),
        "MEAN_MOTION": written["MEAN_MOTION"].strip(),
        "ECCENTRICITY": "." + written["ECCENTRICITY"].replace(" ", "0"),
        **{keyword: written[keyword].strip() for keyword in MAX_DEG},
        "EPHEMERIS_TYPE": str(ephemeris_type),
        "CLASSIFICATION_TYPE": written["CLASSIFICATION_TYPE"],
        "NORAD_CAT_ID": str(norad_cat_id_from_columns(written["NORAD_CAT_ID"])),
        "ELEMENT_SET_NO": written["ELEMENT_SET_NO"].strip(),
        "REV_AT_EPOCH": written["REV_AT_EPOCH"].strip(),
        "MEAN_MOTION_DOT": written["MEAN_MOTION_DOT"].replace(" ", ""),
        # SGP4-XP keeps other drag terms in the columns of these two.
        **({"BTERM": bstar, "AGOM": ddot} if is_xp else {"BSTAR": bstar, "MEAN_MOTION_DDOT": ddot}),
    }


def _check_ranges(written: dict[str, str], number: int) -> None:
    for keyword, most in MAX_DEG.items():
        if float(written[keyword]) > most:
            problem = f"{written[keyword].strip()} lies outside 0 to {most:g} degrees"
            raise BadMessage(problem, line=number, field=keyword)
    if float(written["MEAN_MOTION"]) <= 0.0:
        raise BadMessage("must be positive", line=number, field="MEAN_MOTION")


def norad_cat_id_from_columns(columns: str) -> int:
    """Return the catalogue number of five columns: plain, padded with blanks, or Alpha-5.

    Source: Space-Track, "Alpha-5": A is 10, Z is 33, I and O are left out.

    >>> norad_cat_id_from_columns("T0288"), norad_cat_id_from_columns("    5")
    (270288, 5)
    """
    if columns[0] in ALPHA_5_LETTERS:
        return 10_000 * (10 + ALPHA_5_LETTERS.index(columns[0])) + int(columns[1:])
    return int(columns)


def object_id_from_columns(columns: str) -> str:
    """Return an international designator as messages write it; a launch without its piece stays without.

    >>> object_id_from_columns("58002B  ")
    '1958-002B'
    """
    said = columns.strip()
    return f"{full_year(int(said[:2]))}-{said[2:]}" if said else ""


def full_year(two_digits: int) -> int:
    """Return the year that two digits mean in an element set.

    >>> full_year(57), full_year(56)
    (1957, 2056)
    """
    return two_digits + (1900 if two_digits >= FIRST_TWO_DIGITS_OF_1900S else 2000)


def _epoch(columns: str, number: int) -> str:
    year, day, parts = (int(text.replace(" ", "0")) for text in (columns[:2], columns[2:5], columns[6:]))
    try:
        return instant_text(int(tai_ns_from_utc_year_and_day(full_year(year), day, parts)))
    except ValueError as impossible:
        problem = f"{full_year(year)} has no day {day}"
        raise BadMessage(problem, line=number, field="EPOCH") from impossible


def _power(columns: str) -> str:
    """Return a number whose point and power of ten are understood.

    >>> _power("-12345-4")
    '-.12345E-4'
    """
    return f"{columns[0].strip()}.{columns[1:6]}E{columns[6:]}"
