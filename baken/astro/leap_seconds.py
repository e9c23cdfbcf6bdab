"""Where UTC and atomic time part: the leap seconds, and nothing else."""

from datetime import date

import numpy as np

from baken.astro.arrays import Instants, Truths

NANOSECONDS_A_SECOND = 1_000_000_000
SECONDS_A_DAY = 86_400
NANOSECONDS_A_DAY = SECONDS_A_DAY * NANOSECONDS_A_SECOND
EPOCH = date(2000, 1, 1)

TAI_MINUS_UTC_S = (  # the first UTC day on which each value holds; IERS Bulletin C, 1 to 70
    ("1972-01-01", 10), ("1972-07-01", 11), ("1973-01-01", 12), ("1974-01-01", 13), ("1975-01-01", 14),
    ("1976-01-01", 15), ("1977-01-01", 16), ("1978-01-01", 17), ("1979-01-01", 18), ("1980-01-01", 19),
    ("1981-07-01", 20), ("1982-07-01", 21), ("1983-07-01", 22), ("1985-07-01", 23), ("1988-01-01", 24),
    ("1990-01-01", 25), ("1991-01-01", 26), ("1992-07-01", 27), ("1993-07-01", 28), ("1994-07-01", 29),
    ("1996-01-01", 30), ("1997-07-01", 31), ("1999-01-01", 32), ("2006-01-01", 33), ("2009-01-01", 34),
    ("2012-07-01", 35), ("2015-07-01", 36), ("2017-01-01", 37),
)  # fmt: skip
_STEP_DAY = np.array([(date.fromisoformat(first) - EPOCH).days for first, _ in TAI_MINUS_UTC_S])
_STEP_NS = np.array([seconds * NANOSECONDS_A_SECOND for _, seconds in TAI_MINUS_UTC_S])
_STEP_TAI_NS = _STEP_DAY * NANOSECONDS_A_DAY + _STEP_NS
_NEXT_STEP_DAY = np.append(_STEP_DAY[1:], np.iinfo(np.int64).max)


def has_leap_second(day: Instants) -> Truths:
    """Tell which UTC days, counted from 2000-01-01, have an 86401st second.

    >>> has_leap_second(np.array([0, 6209]))
    array([False,  True])
    """
    return np.isin(np.asarray(day) + 1, _STEP_DAY[1:])


def tai_minus_utc_ns(epoch_tai_ns: Instants) -> Instants:
    """Return what atomic clocks show more than UTC; inside a leap second, still the old value."""
    return _STEP_NS[_step_of_instant(np.asarray(epoch_tai_ns))]


def tai_ns_from_utc_day(day: Instants, ns_of_day: Instants) -> Instants:
    """Return the instants of UTC days since 2000-01-01 and nanoseconds of each day.

    Raises: ValueError before 1972.
    """
    step = np.searchsorted(_STEP_DAY, day, side="right") - 1
    _refuse_before_1972(step)
    return np.asarray(day * NANOSECONDS_A_DAY + ns_of_day + _STEP_NS[step], dtype=np.int64)


def utc_day_from_tai_ns(epoch_tai_ns: Instants) -> tuple[Instants, Instants]:
    """Return UTC days since 2000-01-01 and nanoseconds of each; a leap second is the 86401st of its day.

    Raises: ValueError before 1972.
    """
    step = _step_of_instant(epoch_tai_ns)
    day, ns_of_day = np.divmod(epoch_tai_ns - _STEP_NS[step], NANOSECONDS_A_DAY)
    # The old count, carried into a leap second, has reached the day on which the new one begins.
    leap = day == _NEXT_STEP_DAY[step]
    return day - leap, ns_of_day + leap * NANOSECONDS_A_DAY


def _step_of_instant(epoch_tai_ns: Instants) -> Instants:
    """Return which line of TAI_MINUS_UTC_S holds at each instant."""
    step = np.asarray(np.searchsorted(_STEP_TAI_NS, epoch_tai_ns, side="right") - 1)
    _refuse_before_1972(step)
    return step


def _refuse_before_1972(step: Instants) -> None:
    if np.any(np.asarray(step) < 0):
        raise ValueError(
            "UTC is whole seconds from TAI only since 1972-01-01; an instant before it was asked"
        )
