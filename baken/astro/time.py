"""Instants, and the ways people write them down.

Inside Baken an instant is a whole number of nanoseconds of atomic time (TAI) since 2000-01-01T00:00:00 TAI.
Such numbers can be subtracted, sorted and compared without a thought for leap seconds, and they are exact
from 1972 to 2291.  UTC, with its leap seconds, exists only at the doors; these are the doors.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

import erfa
import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Instants, InstantsLike
from baken.astro.calendar import (
    calendar_texts,
    new_year_day,
    read_calendar,
    read_plain_calendars,
    year_of_day,
)
from baken.astro.leap_seconds import (
    NANOSECONDS_A_DAY,
    NANOSECONDS_A_SECOND,
    SECONDS_A_DAY,
    has_leap_second,
    tai_minus_utc_ns,
    tai_ns_from_utc_day,
    utc_day_from_tai_ns,
)

__all__ = [
    "HUNDRED_MILLIONTHS_A_DAY",
    "JULIAN_DATE_OF_EPOCH",
    "NANOSECONDS_A_DAY",
    "NANOSECONDS_A_SECOND",
    "SECONDS_A_DAY",
    "TimeScale",
    "julian_date_tdb",
    "julian_date_tt",
    "julian_date_ut1",
    "julian_date_utc",
    "tai_ns_from_text",
    "tai_ns_from_utc",
    "tai_ns_from_utc_column",
    "tai_ns_from_utc_year_and_day",
    "tdb_minus_tt_s",
    "text_in_scale",
    "utc_day_of_year_text",
    "utc_minus_tai_s",
    "utc_text",
    "utc_texts",
    "utc_year_and_day_from_tai_ns",
]

# Element sets give the day in hundred-millionths: 864 microseconds, a whole number of nanoseconds.
HUNDRED_MILLIONTHS_A_DAY = 100_000_000
NANOSECONDS_A_HUNDRED_MILLIONTH_OF_A_DAY = NANOSECONDS_A_DAY // HUNDRED_MILLIONTHS_A_DAY
JULIAN_DATE_OF_EPOCH = 2_451_544.5

TT_MINUS_TAI_NS = 32_184_000_000  # IAU 1991, resolution A4, recommendation IV
TAI_MINUS_GPS_NS = 19_000_000_000  # IS-GPS-200, 3.3.4: GPS time set off with UTC of 1980-01-06
# TAI, TT, TCG and TCB all start from this instant: 1977-01-01T00:00:00 TAI (IAU 2000 B1.9, IAU 2006 B3).
COORDINATE_TIMES_START_TAI_NS = -8400 * NANOSECONDS_A_DAY
L_G = Fraction(6_969_290_134, 10**19)  # IAU 2000, resolution B1.9: 1 - dTT/dTCG
L_B = Fraction(1_550_519_768, 10**17)  # IAU 2006, resolution B3: 1 - dTDB/dTCB
TDB_0_NS = -65_500  # IAU 2006, resolution B3


class TimeScale(StrEnum):
    """The clocks that messages are written by."""

    UTC = "UTC"
    TAI = "TAI"
    TT = "TT"
    TDB = "TDB"
    UT1 = "UT1"
    GPS = "GPS"
    TCB = "TCB"
    TCG = "TCG"


# --- Reading ---------------------------------------------------------------------------------------------


def tai_ns_from_utc(text: str) -> int:
    """Read one UTC instant, as CCSDS messages and ISO 8601 write it.

    Takes calendar dates and days of the year, any number of decimals (rounded to the nearest nanosecond),
    with or without ``Z``, and 23:59:60 on the days that had it.  Nothing is trimmed and nothing is guessed.

    Raises: ValueError when it reads otherwise, names no day of the calendar, or lies before 1972.
    Source: CCSDS 301.0-B-4, section 3.5.

    >>> tai_ns_from_utc("2000-01-01T00:00:00Z")
    32000000000
    >>> tai_ns_from_utc("2016-366T23:59:60.5") - tai_ns_from_utc("2016-12-31T23:59:59.5Z")
    1000000000
    """
    day, ns_of_day, second = read_calendar(text)
    if second == 60 and not has_leap_second(np.asarray(day)):
        raise ValueError(f"{text!r} names a leap second that never was")
    return int(tai_ns_from_utc_day(np.asarray(day), np.asarray(ns_of_day)))


def tai_ns_from_text(text: str, scale: TimeScale, ut1_minus_tai_s: float | None = None) -> int:
    """Read one instant as a clock of this time scale showed it.

    TDB follows Fairhead and Bretagnon at the centre of the Earth (some nanoseconds); the others are exact.
    UT1 is what the Earth did, so it needs ``ut1_minus_tai_s``, from Earth data, near that instant.

    Raises: ValueError as for UTC, and when UT1 comes without Earth data.

    >>> tai_ns_from_text("2000-01-01T00:00:32.184", TimeScale.TT)
    0
    """
    if scale is TimeScale.UTC:
        return tai_ns_from_utc(text)
    day, ns_of_day, second = read_calendar(text)
    if second == 60:
        raise ValueError(f"{scale} has no leap seconds; {text!r} is no reading of it")
    return _tai_ns_from_scale_ns(day * NANOSECONDS_A_DAY + ns_of_day, scale, ut1_minus_tai_s)


def tai_ns_from_utc_column(texts: Sequence[str]) -> Instants:
    """Read many UTC instants at once; the same answers as reading them one by one, some twenty times faster.

    Raises: ValueError for the first text that cannot be read, with its row.

    >>> tai_ns_from_utc_column(["2000-01-01T00:00:00Z", "2024-306T00:00:00.000001"])
    array([       32000000000, 783734437000001000])
    """
    plain, day, ns_of_day = read_plain_calendars(texts)
    epoch_tai_ns = np.zeros(len(texts), dtype=np.int64)
    epoch_tai_ns[plain] = tai_ns_from_utc_day(day, ns_of_day)
    for row in np.setdiff1d(np.arange(len(texts)), plain, assume_unique=True):
        try:
            epoch_tai_ns[row] = tai_ns_from_utc(texts[row])
        except ValueError as error:
            raise ValueError(f"row {row}: {error}") from error
    return epoch_tai_ns


def tai_ns_from_utc_year_and_day(
    year: InstantsLike, day_of_year: InstantsLike, hundred_millionths: InstantsLike
) -> Instants:
    """Return the instants of element-set epochs: year, day of the year from 1, and 1e-8 parts of that day.

    Whole numbers, because 1e-8 day is 864 microseconds exactly.  A day has 86400 seconds here, also the few
    days that had one more: an element set cannot name a leap second.

    Raises: ValueError when a year has no such day.

    >>> tai_ns_from_utc_year_and_day([2024], [306], [50_000_000])
    array([783777637000000000])
    """
    year, day, parts = np.broadcast_arrays(_whole(year), _whole(day_of_year), _whole(hundred_millionths))
    first_day = new_year_day(year)
    wrong = (day < 1) | (day > new_year_day(year + 1) - first_day)
    wrong |= (parts < 0) | (parts >= HUNDRED_MILLIONTHS_A_DAY)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"row {row}: {year.flat[row]} has no day {day.flat[row]} plus {parts.flat[row]}e-8")
    return tai_ns_from_utc_day(first_day + day - 1, parts * NANOSECONDS_A_HUNDRED_MILLIONTH_OF_A_DAY)


# --- Writing ---------------------------------------------------------------------------------------------


def utc_text(epoch_tai_ns: int, n_decimals: int = 3) -> str:
    """Write one instant in UTC, rounded to the nearest last decimal, halves up.

    >>> utc_text(783777637000000000)
    '2024-11-01T12:00:00.000Z'
    >>> utc_text(tai_ns_from_utc("2016-12-31T23:59:60.9996"), n_decimals=3)
    '2017-01-01T00:00:00.000Z'
    """
    return utc_texts([epoch_tai_ns], n_decimals)[0]


def utc_texts(epoch_tai_ns: InstantsLike, n_decimals: int = 3) -> list[str]:
    """Write many instants in UTC.

    >>> utc_texts([0, 536544036_000_000_000], n_decimals=0)
    ['1999-12-31T23:59:28Z', '2016-12-31T23:59:60Z']
    """
    day, ns_of_day = utc_day_from_tai_ns(_rounded(epoch_tai_ns, n_decimals))
    # Whatever passes the end of its day is a 61st second: write the 60th, then put the number right.
    leap = ns_of_day >= NANOSECONDS_A_DAY
    texts = calendar_texts(day, ns_of_day - leap * NANOSECONDS_A_SECOND, n_decimals)
    for row in np.flatnonzero(leap):
        texts[row] = texts[row][:17] + "60" + texts[row][19:]
    return [text + "Z" for text in texts]


def utc_day_of_year_text(epoch_tai_ns: int, n_decimals: int = 3) -> str:
    """Write one instant in UTC with the day of the year, as some partners want it.

    >>> utc_day_of_year_text(783777637000000000)
    '2024-306T12:00:00.000Z'
    """
    text = utc_text(epoch_tai_ns, n_decimals)
    return f"{text[:4]}-{date.fromisoformat(text[:10]).timetuple().tm_yday:03d}{text[10:]}"


def text_in_scale(
    epoch_tai_ns: int, scale: TimeScale, n_decimals: int = 3, ut1_minus_tai_s: float | None = None
) -> str:
    """Write one instant as a clock of this time scale shows it.  Only UTC ends in ``Z``.

    >>> text_in_scale(0, TimeScale.TT)
    '2000-01-01T00:00:32.184'
    """
    if scale is TimeScale.UTC:
        return utc_text(epoch_tai_ns, n_decimals)
    scale_ns = _scale_ns_from_tai_ns(int(epoch_tai_ns), scale, ut1_minus_tai_s)
    day, ns_of_day = np.divmod(_rounded([scale_ns], n_decimals), NANOSECONDS_A_DAY)
    return calendar_texts(day, ns_of_day, n_decimals)[0]


def utc_year_and_day_from_tai_ns(epoch_tai_ns: InstantsLike) -> tuple[Instants, Instants, Instants]:
    """Return year, day of the year and 1e-8 parts of the day, as element sets write an epoch.

    Rounds to the nearest part; an instant within a leap second becomes the midnight that follows it.

    >>> utc_year_and_day_from_tai_ns([783777637000000000])
    (array([2024]), array([306]), array([50000000]))
    """
    day, ns_of_day = utc_day_from_tai_ns(_whole(epoch_tai_ns))
    parts_of_day = np.minimum(ns_of_day, NANOSECONDS_A_DAY) + NANOSECONDS_A_HUNDRED_MILLIONTH_OF_A_DAY // 2
    days_more, parts = np.divmod(
        parts_of_day // NANOSECONDS_A_HUNDRED_MILLIONTH_OF_A_DAY, HUNDRED_MILLIONTHS_A_DAY
    )
    day = day + days_more
    year = year_of_day(day)
    return year, day - new_year_day(year) + 1, parts


# --- Views for formulas ----------------------------------------------------------------------------------


def utc_minus_tai_s(epoch_tai_ns: InstantsLike) -> Floats:
    """Return what UTC clocks show less than atomic ones; inside a leap second, still the old value.

    >>> utc_minus_tai_s(0)
    np.float64(-32.0)
    """
    return np.asarray(-tai_minus_utc_ns(_whole(epoch_tai_ns)) / NANOSECONDS_A_SECOND)[()]


def julian_date_utc(epoch_tai_ns: InstantsLike) -> tuple[Floats, Floats]:
    """Return the UTC Julian date in two parts; days with a leap second are stretched, as SOFA wants them.

    >>> julian_date_utc(32_000_000_000)
    (np.float64(2451544.5), np.float64(0.0))
    """
    day, ns_of_day = utc_day_from_tai_ns(_whole(epoch_tai_ns))
    length_ns = NANOSECONDS_A_DAY + has_leap_second(day) * NANOSECONDS_A_SECOND
    return _two_parts(day, ns_of_day / length_ns)


def julian_date_tt(epoch_tai_ns: InstantsLike) -> tuple[Floats, Floats]:
    """Return the TT Julian date in two parts, midnight and the fraction of the day after it.

    >>> julian_date_tt(-32_184_000_000)
    (np.float64(2451544.5), np.float64(0.0))
    """
    return _julian_date(_whole(epoch_tai_ns) + TT_MINUS_TAI_NS)


def julian_date_tdb(epoch_tai_ns: InstantsLike) -> tuple[Floats, Floats]:
    """Return the TDB Julian date in two parts."""
    day, fraction = julian_date_tt(epoch_tai_ns)
    return day, fraction + tdb_minus_tt_s(epoch_tai_ns) / SECONDS_A_DAY


def julian_date_ut1(epoch_tai_ns: InstantsLike, ut1_minus_utc_s: FloatsLike) -> tuple[Floats, Floats]:
    """Return the UT1 Julian date in two parts; ``ut1_minus_utc_s`` comes from Earth data.

    >>> (julian_date_ut1(32_000_000_000, 0.355388)[1] * 86400.0).round(9)
    np.float64(0.355388)
    """
    day, fraction = _julian_date(_whole(epoch_tai_ns))
    ut1_minus_tai_s = utc_minus_tai_s(epoch_tai_ns) + np.asarray(ut1_minus_utc_s, dtype=np.float64)
    return day, fraction + ut1_minus_tai_s / SECONDS_A_DAY


def tdb_minus_tt_s(epoch_tai_ns: InstantsLike) -> Floats:
    """Return TDB minus TT at the centre of the Earth, never above two milliseconds.

    Source: Fairhead & Bretagnon (1990), as in SOFA's ``dtdb``; some nanoseconds from 1950 to 2050.
    """
    # TT stands in for TDB as the argument: two milliseconds change the result by less than a picosecond.
    return np.asarray(erfa.dtdb(*julian_date_tt(epoch_tai_ns), 0.0, 0.0, 0.0, 0.0), dtype=np.float64)[()]


# --- How it is done --------------------------------------------------------------------------------------


def _whole(numbers: InstantsLike) -> Instants:
    """Return whole numbers as an array; a float is a mistake of ours, for it has lost its nanoseconds."""
    array = np.asarray(numbers)
    if array.size and array.dtype.kind not in "iu":
        raise ValueError(f"instants are whole numbers of nanoseconds; these are {array.dtype}")
    return array.astype(np.int64)


def _rounded(epoch_ns: InstantsLike, n_decimals: int) -> Instants:
    """Round to a decimal of a second before any calendar comes in, so that no minute reads :60 for it."""
    if not 0 <= n_decimals <= 9:
        raise ValueError(f"n_decimals runs from 0 to 9, nanoseconds; {n_decimals} was asked")
    unit_ns = 10 ** (9 - n_decimals)
    return np.asarray((_whole(epoch_ns) + unit_ns // 2) // unit_ns * unit_ns)


def _julian_date(scale_ns: Instants) -> tuple[Floats, Floats]:
    day, ns_of_day = np.divmod(scale_ns, NANOSECONDS_A_DAY)
    return _two_parts(day, ns_of_day / NANOSECONDS_A_DAY)


def _two_parts(day: Instants, fraction: Floats) -> tuple[Floats, Floats]:
    return np.asarray(day + JULIAN_DATE_OF_EPOCH)[()], np.asarray(fraction)[()]


def _tai_ns_from_scale_ns(scale_ns: int, scale: TimeScale, ut1_minus_tai_s: float | None) -> int:
    """Turn the nanoseconds a clock shows since its own 2000-01-01T00:00:00 into an instant."""
    since_start_ns = scale_ns - TT_MINUS_TAI_NS - COORDINATE_TIMES_START_TAI_NS
    match scale:
        case TimeScale.TAI:
            return scale_ns
        case TimeScale.GPS:
            return scale_ns + TAI_MINUS_GPS_NS
        case TimeScale.TT:
            return scale_ns - TT_MINUS_TAI_NS
        case TimeScale.TCG:
            return COORDINATE_TIMES_START_TAI_NS + round(since_start_ns * (1 - L_G))
        case TimeScale.TDB:
            return scale_ns - TT_MINUS_TAI_NS - _tdb_minus_tt_ns(scale_ns - TT_MINUS_TAI_NS)
        case TimeScale.TCB:
            tdb_ns = scale_ns - round(since_start_ns * L_B) + TDB_0_NS
            return _tai_ns_from_scale_ns(tdb_ns, TimeScale.TDB, None)
        case _:
            return scale_ns - _ut1_minus_tai_ns(scale, ut1_minus_tai_s)


def _scale_ns_from_tai_ns(tai_ns: int, scale: TimeScale, ut1_minus_tai_s: float | None) -> int:
    """Turn an instant into the nanoseconds a clock shows since its own 2000-01-01T00:00:00."""
    since_start_ns = tai_ns - COORDINATE_TIMES_START_TAI_NS
    match scale:
        case TimeScale.TAI:
            return tai_ns
        case TimeScale.GPS:
            return tai_ns - TAI_MINUS_GPS_NS
        case TimeScale.TT:
            return tai_ns + TT_MINUS_TAI_NS
        case TimeScale.TCG:
            return tai_ns + TT_MINUS_TAI_NS + round(since_start_ns * L_G / (1 - L_G))
        case TimeScale.TDB:
            return tai_ns + TT_MINUS_TAI_NS + _tdb_minus_tt_ns(tai_ns)
        case TimeScale.TCB:
            tdb_since_start_ns = since_start_ns + _tdb_minus_tt_ns(tai_ns) - TDB_0_NS
            return COORDINATE_TIMES_START_TAI_NS + TT_MINUS_TAI_NS + round(tdb_since_start_ns / (1 - L_B))
        case _:
            return tai_ns + _ut1_minus_tai_ns(scale, ut1_minus_tai_s)


def _tdb_minus_tt_ns(epoch_tai_ns: int) -> int:
    return round(float(tdb_minus_tt_s(epoch_tai_ns)) * NANOSECONDS_A_SECOND)


def _ut1_minus_tai_ns(scale: TimeScale, ut1_minus_tai_s: float | None) -> int:
    if scale is not TimeScale.UT1 or ut1_minus_tai_s is None:
        raise ValueError(f"{scale} cannot be told without Earth data; give ut1_minus_tai_s")
    return round(ut1_minus_tai_s * NANOSECONDS_A_SECOND)
