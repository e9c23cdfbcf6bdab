"""Instants, and the ways people write them down.

Inside Baken an instant is a whole number of nanoseconds of atomic time (TAI) since 2000-01-01T00:00:00 TAI.
Such numbers can be subtracted, sorted and compared without a thought for leap seconds, and they are exact
from 1972 to 2291.  UTC, with its leap seconds, exists only at the doors; these are the doors.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from baken.astro.arrays import Instants, InstantsLike
from baken.astro.calendar import (
    calendar_texts,
    new_year_day,
    read_calendar,
    read_plain_calendars,
    year_of_day,
)
from baken.astro.julian_dates import (
    JULIAN_DATE_OF_EPOCH,
    julian_date_tdb,
    julian_date_tt,
    julian_date_ut1,
    julian_date_utc,
    tdb_minus_tt_s,
    utc_minus_tai_s,
    whole_nanoseconds,
)
from baken.astro.leap_seconds import (
    NANOSECONDS_A_DAY,
    NANOSECONDS_A_SECOND,
    SECONDS_A_DAY,
    has_leap_second,
    tai_ns_from_utc_day,
    utc_day_from_tai_ns,
)
from baken.astro.time_scales import TimeScale, scale_ns_from_tai_ns, tai_ns_from_scale_ns

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
    return tai_ns_from_scale_ns(day * NANOSECONDS_A_DAY + ns_of_day, scale, ut1_minus_tai_s)


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
    year, day, parts = np.broadcast_arrays(
        whole_nanoseconds(year), whole_nanoseconds(day_of_year), whole_nanoseconds(hundred_millionths)
    )
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
    scale_ns = scale_ns_from_tai_ns(int(epoch_tai_ns), scale, ut1_minus_tai_s)
    day, ns_of_day = np.divmod(_rounded([scale_ns], n_decimals), NANOSECONDS_A_DAY)
    return calendar_texts(day, ns_of_day, n_decimals)[0]


def utc_year_and_day_from_tai_ns(epoch_tai_ns: InstantsLike) -> tuple[Instants, Instants, Instants]:
    """Return year, day of the year and 1e-8 parts of the day, as element sets write an epoch.

    Rounds to the nearest part; an instant within a leap second becomes the midnight that follows it.

    >>> utc_year_and_day_from_tai_ns([783777637000000000])
    (array([2024]), array([306]), array([50000000]))
    """
    day, ns_of_day = utc_day_from_tai_ns(whole_nanoseconds(epoch_tai_ns))
    parts_of_day = np.minimum(ns_of_day, NANOSECONDS_A_DAY) + NANOSECONDS_A_HUNDRED_MILLIONTH_OF_A_DAY // 2
    days_more, parts = np.divmod(
        parts_of_day // NANOSECONDS_A_HUNDRED_MILLIONTH_OF_A_DAY, HUNDRED_MILLIONTHS_A_DAY
    )
    day = day + days_more
    year = year_of_day(day)
    return year, day - new_year_day(year) + 1, parts


# --- How it is done --------------------------------------------------------------------------------------


def _rounded(epoch_ns: InstantsLike, n_decimals: int) -> Instants:
    """Round to a decimal of a second before any calendar comes in, so that no minute reads :60 for it."""
    if not 0 <= n_decimals <= 9:
        raise ValueError(f"n_decimals runs from 0 to 9, nanoseconds; {n_decimals} was asked")
    unit_ns = 10 ** (9 - n_decimals)
    return np.asarray((whole_nanoseconds(epoch_ns) + unit_ns // 2) // unit_ns * unit_ns)
