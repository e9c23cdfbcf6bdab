"""An element set as two lines and a name.  What the columns cannot hold is refused, by name."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from baken.astro.time import tai_ns_from_utc_year_and_day, utc_year_and_day_from_tai_ns
from baken.errors import WrongUsage
from baken.formats._grammar import (
    DEGREE,
    REVOLUTION_PER_DAY,
    REVOLUTION_PER_DAY2,
    REVOLUTION_PER_DAY3,
    number,
    text_from_si,
)
from baken.formats._tle_lines import ALPHA_5_LETTERS, MAX_ALPHA_5, THEORIES, checksum, full_year
from baken.records.orbit import ElementSet, Theory

INSTEAD = "write it as omm-json, omm-csv, omm-xml or omm-kvn"
HALF_A_LAST_DIGIT_NS = 432_000  # of the epoch's 1e-8 day
OBJECT_ID = re.compile(r"(?P<year>[0-9]{4})-(?P<launch>[0-9]{3}[A-Z]{0,3})")
Epoch = tuple[int, int, int, int]


class _NoRoomError(ValueError):
    """A value that the columns of an element set cannot hold."""


def lines_from_element_sets(element_sets: Sequence[ElementSet]) -> Iterator[str]:
    """Yield the lines of each element set, the name's first where there is a name.

    Raises: WrongUsage naming the object and what of it does not fit.
    """
    for element_set, epoch in zip(element_sets, _epochs(element_sets), strict=True):
        try:
            yield from _name_line(element_set)
            yield _line_1(element_set, epoch)
            yield _line_2(element_set)
        except _NoRoomError as why:
            who = element_set.identity.norad_cat_id or element_set.identity.object_id
            raise WrongUsage(
                f"object {who} does not fit an element set in two lines: {why}; {INSTEAD}"
            ) from why


def alpha_5(norad_cat_id: int | None) -> str:
    """Return a catalogue number in five columns.

    Raises: ValueError when it is above 339999, or there is none.

    >>> alpha_5(25544), alpha_5(5), alpha_5(270288)
    ('25544', '00005', 'T0288')
    """
    if norad_cat_id is None:
        raise _NoRoomError("it has no catalogue number")
    if norad_cat_id > MAX_ALPHA_5:
        raise _NoRoomError(f"its catalogue number {norad_cat_id} is above {MAX_ALPHA_5}")
    tens, rest = divmod(norad_cat_id, 10_000)
    return (str(tens) if tens < 10 else ALPHA_5_LETTERS[tens - 10]) + f"{rest:04d}"


def _name_line(element_set: ElementSet) -> list[str]:
    name = element_set.identity.name
    if name is None:
        return []
    if not name.isprintable() or name != name.strip() or not name:
        raise _NoRoomError(f"its name {name!r} holds what a line cannot")
    return [f"0 {name}"]


def _line_1(element_set: ElementSet, epoch: Epoch) -> str:
    if element_set.classification not in {"U", "C", "S"}:
        raise _NoRoomError(f"its classification is {element_set.classification!r}, not U, C or S")
    others = dict(element_set.other_fields)
    if _theory(element_set) is Theory.SGP4_XP:
        bstar, ddot = (_power(others.get(keyword, "0"), keyword) for keyword in ("BTERM", "AGOM"))
    else:
        bstar = _power(repr(element_set.bstar_per_earth_radius), "BSTAR")
        ddot = _power(
            text_from_si(element_set.mean_motion_ddot_rad_s3, REVOLUTION_PER_DAY3), "MEAN_MOTION_DDOT"
        )
    return _with_checksum(
        f"1 {alpha_5(element_set.identity.norad_cat_id)}{element_set.classification} "
        f"{_designator(element_set)} {_epoch(epoch)} {_dot(element_set)} {ddot} {bstar} "
        f"{element_set.ephemeris_type} {_count(element_set.element_set_no, 4, 'ELEMENT_SET_NO')}"
    )


def _line_2(element_set: ElementSet) -> str:
    inclination = _decimal(text_from_si(element_set.inclination_rad, DEGREE), 4)
    if not 0 <= inclination <= 180:
        raise _NoRoomError(f"INCLINATION is {inclination} degrees, and must be within 0 to 180")
    eccentricity = _decimal(repr(element_set.eccentricity), 7)
    if eccentricity >= 1:
        raise _NoRoomError(f"ECCENTRICITY is {element_set.eccentricity}, one when rounded to seven digits")
    mean_motion = _decimal(text_from_si(element_set.mean_motion_rad_s, REVOLUTION_PER_DAY), 8)
    if not 0 < mean_motion < 100:
        raise _NoRoomError(f"MEAN_MOTION is {mean_motion} revolutions a day, and must be within 0 to 100")
    return _with_checksum(
        f"2 {alpha_5(element_set.identity.norad_cat_id)} {inclination:8.4f} {_turn(element_set.raan_rad)} "
        f"{f'{eccentricity:.7f}'[2:]} {_turn(element_set.argument_of_perigee_rad)} "
        f"{_turn(element_set.mean_anomaly_rad)} {mean_motion:11.8f}"
        f"{_count(element_set.rev_at_epoch, 5, 'REV_AT_EPOCH')}"
    )


def _dot(element_set: ElementSet) -> str:
    dot = _decimal(text_from_si(element_set.mean_motion_dot_rad_s2, REVOLUTION_PER_DAY2), 8)
    if abs(dot) >= 1:
        raise _NoRoomError(f"MEAN_MOTION_DOT is {dot}, and must stay below one revolution a day squared")
    return f"{'-' if dot < 0 else ' '}{f'{abs(dot):.8f}'[1:]}"


def _with_checksum(line: str) -> str:
    return f"{line}{checksum(line)}"


def _theory(element_set: ElementSet) -> Theory:
    if THEORIES.get(element_set.ephemeris_type) is not element_set.theory:
        said = f"EPHEMERIS_TYPE {element_set.ephemeris_type} would not say that its theory is"
        raise _NoRoomError(f"{said} {element_set.theory}")
    return element_set.theory


def _designator(element_set: ElementSet) -> str:
    """Return eight columns: the designator where it is an international one, else blanks."""
    identity = element_set.identity
    said = [identity.cospar_id or "", *(other.value for other in identity.others)]
    found = next((match for match in map(OBJECT_ID.fullmatch, said) if match), None)
    if found is None:
        return " " * 8
    if full_year(int(found["year"]) % 100) != int(found["year"]):
        raise _NoRoomError(f"two digits cannot say the year of its designator {found[0]}")
    return f"{found['year'][2:]}{found['launch']:<6}"


def _epochs(element_sets: Sequence[ElementSet]) -> list[Epoch]:
    """Return year, day, 1e-8 parts of the day, and by how much rounding to them moves each epoch."""
    epoch_tai_ns = np.array([element_set.epoch_tai_ns for element_set in element_sets], dtype=np.int64)
    year, day, parts = utc_year_and_day_from_tai_ns(epoch_tai_ns)
    moved_ns = np.abs(tai_ns_from_utc_year_and_day(year, day, parts) - epoch_tai_ns)
    return list(zip(year.tolist(), day.tolist(), parts.tolist(), moved_ns.tolist(), strict=True))


def _epoch(epoch: Epoch) -> str:
    year, day, parts, moved_ns = epoch
    if full_year(year % 100) != year:
        raise _NoRoomError(f"two digits cannot say the year of its epoch, {year}")
    if moved_ns > HALF_A_LAST_DIGIT_NS:
        raise _NoRoomError(
            "its epoch lies within a leap second, which has no place in a day of 86400 seconds"
        )
    return f"{year % 100:02d}{day:03d}.{parts:08d}"


def _count(count: int | None, n_columns: int, keyword: str) -> str:
    if count is None:
        return " " * n_columns
    if not 0 <= count < 10**n_columns:
        raise _NoRoomError(f"{keyword} is {count}, and has {n_columns} columns")
    return f"{count:{n_columns}d}"


def _decimal(text: str, n_decimals: int) -> Decimal:
    """Round a decimal as it is written, not its double: 51.64385 is halfway, and goes to the even digit."""
    return Decimal(text).quantize(Decimal(1).scaleb(-n_decimals)) + 0  # so that zero has no sign


def _turn(angle_rad: float) -> str:
    """Return an angle in eight columns; one outside a turn, as the same angle within it."""
    angle_deg = _decimal(text_from_si(angle_rad, DEGREE), 4)
    return f"{angle_deg if 0 <= angle_deg <= 360 else angle_deg % 360 + (360 if angle_deg < 0 else 0):8.4f}"


def _power(text: str, keyword: str) -> str:
    """Return a number in eight columns, five digits and a power of ten.

    >>> _power("-.12345E-4", "BSTAR"), _power("0", "BSTAR"), _power("1.5e-12", "BSTAR")
    ('-12345-4', ' 00000+0', ' 00150-9')
    """
    try:
        number(text.strip())
    except ValueError as impossible:
        raise _NoRoomError(f"{keyword} {impossible}") from impossible
    value = Decimal(text.strip())
    power = max(value.adjusted() + 1, -9)
    digits = round(abs(value).scaleb(5 - power))
    if digits == 100_000:
        digits, power = 10_000, power + 1
    if digits == 0:
        return " 00000+0"
    if power > 9:
        raise _NoRoomError(f"{keyword} is {text}, and its columns end at 0.99999e9")
    return f"{'-' if value < 0 else ' '}{digits:05d}{power:+d}"
