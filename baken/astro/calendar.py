"""The calendar as people write it, on no clock in particular: texts, days and nanoseconds of the day."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Instants
from baken.astro.leap_seconds import EPOCH, NANOSECONDS_A_SECOND

FIRST_YEAR, LAST_YEAR = (
    1972,
    2291,
)  # UTC has whole leap seconds since 1972; 64 bits of nanoseconds end in 2292

# CCSDS 301.0-B-4, 3.5: ASCII time codes A (calendar) and B (day of year).
_WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})-(?:(?P<month>[0-9]{2})-(?P<day>[0-9]{2})|(?P<day_of_year>[0-9]{3}))"
    r"T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?Z?"
)
_DIGITS_AT = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]
_MARKS_AT, _MARKS = [4, 7, 10, 13, 16], [ord(mark) for mark in "--T::"]


def read_calendar(text: str) -> tuple[int, int, int]:
    """Return the days since 2000-01-01, the nanoseconds of that day, and the second as it was written.

    Raises: ValueError when the text reads otherwise or names no day or time.

    >>> read_calendar("2000-002T00:00:01.5")
    (1, 1500000000, 1)
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise ValueError(f"{text!r} is no instant; write it like 2024-11-01T12:00:00.000Z")
    hour, minute, second = int(written["hour"]), int(written["minute"]), int(written["second"])
    if hour > 23 or minute > 59 or second > (60 if (hour, minute) == (23, 59) else 59):
        raise ValueError(f"{text!r} names no time of day; hours end at 23, minutes and seconds at 59")
    # The tenth decimal decides about rounding up; what follows it cannot.
    tenths_of_ns = int(((written["fraction"] or "") + "0" * 10)[:10])
    seconds_of_day = 3600 * hour + 60 * minute + second
    return _day(written, text), seconds_of_day * NANOSECONDS_A_SECOND + (tenths_of_ns + 5) // 10, second


def _day(written: re.Match[str], text: str) -> int:
    """Return the days since 2000-01-01 of a date that may be none."""
    year = int(written["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text!r} lies outside {FIRST_YEAR} to {LAST_YEAR}, the years Baken can count in")
    new_year = date(year, 1, 1)
    if written["day_of_year"] is not None:
        day_of_year = int(written["day_of_year"])
        if not 1 <= day_of_year <= (date(year + 1, 1, 1) - new_year).days:
            raise ValueError(f"{text!r} names no day of the year {year}")
        return (new_year - EPOCH).days + day_of_year - 1
    try:
        return (date(year, int(written["month"]), int(written["day"])) - EPOCH).days
    except ValueError:
        raise ValueError(f"{text!r} names no day of the calendar") from None


def read_plain_calendars(texts: Sequence[str]) -> tuple[Instants, Instants, Instants]:
    """Return the rows that are calendar dates without surprises, their days and nanoseconds of the day.

    Rows left out are not wrong: they ask for ``read_calendar``, which knows leap seconds, days of the year
    and long fractions, and says what is wrong.

    >>> read_plain_calendars(["2000-01-02T00:00:01.5Z", "2000-002T00:00:01.5"])
    (array([0]), array([1]), array([1500000000]))
    """
    # Characters as numbers, one row a text; what is longer than 32 is cut, and told apart by its length.
    character = np.array(texts, dtype="U32").view(np.uint32).reshape(len(texts), 32).astype(np.int64)
    digit = character - ord("0")
    length = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    is_zulu = character[np.arange(len(texts)), np.clip(length, 1, 32) - 1] == ord("Z")
    n_decimals = np.maximum(length - is_zulu - 20, 0)

    plain = np.flatnonzero(_is_plain(character, length - is_zulu, n_decimals))
    digit, n_decimals = digit[plain], n_decimals[plain]
    decimals = np.where(np.arange(9) < n_decimals[:, None], digit[:, 20:29], 0)
    day, is_day = _plain_days(digit)
    hour, minute, second = _number(digit, 11, 2), _number(digit, 14, 2), _number(digit, 17, 2)
    ns_of_day = (3600 * hour + 60 * minute + second) * NANOSECONDS_A_SECOND + _number(decimals, 0, 9)
    good = is_day & (hour < 24) & (minute < 60) & (second < 60)
    return plain[good], day[good], ns_of_day[good]


def _number(digit: Instants, at: int, length: int) -> Instants:
    """Return the whole numbers that digits in these columns stand for."""
    return np.asarray(digit[:, at : at + length] @ 10 ** np.arange(length - 1, -1, -1, dtype=np.int64))


def _is_plain(character: Instants, body: Instants, n_decimals: Instants) -> npt.NDArray[np.bool_]:
    """Tell which texts look like a calendar date; ``body`` is their length without the Z."""
    is_digit = (character >= ord("0")) & (character <= ord("9"))
    plain = is_digit[:, _DIGITS_AT].all(axis=1) & (character[:, _MARKS_AT] == _MARKS).all(axis=1)
    plain &= (is_digit[:, 20:29] | (np.arange(9) >= n_decimals[:, None])).all(axis=1)
    plain &= (body == 19) | ((character[:, 19] == ord(".")) & (n_decimals >= 1) & (n_decimals <= 9))
    return np.asarray(plain)


def _plain_days(digit: Instants) -> tuple[Instants, npt.NDArray[np.bool_]]:
    """Return days since 2000-01-01, and whether the calendar knows them."""
    year, month, day = _number(digit, 0, 4), _number(digit, 5, 2), _number(digit, 8, 2)
    months = 12 * year + month - 1
    first_day, next_first_day = _first_day_of_month(months), _first_day_of_month(months + 1)
    is_day = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12)
    is_day &= (day >= 1) & (day <= next_first_day - first_day)
    return first_day + day - 1, is_day


def _first_day_of_month(months: Instants) -> Instants:
    first_days = (months - 12 * 1970).astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray((first_days - np.datetime64(EPOCH)).astype(np.int64))


def new_year_day(year: Instants) -> Instants:
    """Return the days from 2000-01-01 to the first of January of each year.

    >>> new_year_day(np.array([1999, 2001]))
    array([-365,  366])
    """
    return _first_day_of_month(12 * year)


def year_of_day(day: Instants) -> Instants:
    """Return the calendar year of days since 2000-01-01."""
    return _dates(day).astype("datetime64[Y]").astype(np.int64) + 1970


def calendar_texts(day: Instants, ns_of_day: Instants, n_decimals: int) -> list[str]:
    """Write days and times of day; what is past the last decimal is cut off, not rounded.

    >>> calendar_texts(np.array([1]), np.array([1_500_000_000]), 3)
    ['2000-01-02T00:00:01.500']
    """
    # Apart, because together they would not fit NumPy's 64 bits after 2262.
    length = 9 + (n_decimals + 1 if n_decimals else 0)
    dates = np.datetime_as_string(_dates(day.ravel()), unit="D").tolist()
    clocks = np.datetime_as_string(ns_of_day.ravel().astype("datetime64[ns]"), unit="ns").tolist()
    return [date_text + clock[10 : 10 + length] for date_text, clock in zip(dates, clocks, strict=True)]


def _dates(day: Instants) -> npt.NDArray[np.datetime64]:
    return np.asarray(np.datetime64(EPOCH) + day.astype("timedelta64[D]"))
