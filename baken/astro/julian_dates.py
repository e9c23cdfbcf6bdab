"""Instants as formulas want them: Julian dates in two parts, and what one clock shows less than another."""

import erfa
import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Instants, InstantsLike
from baken.astro.leap_seconds import (
    NANOSECONDS_A_DAY,
    NANOSECONDS_A_SECOND,
    SECONDS_A_DAY,
    has_leap_second,
    tai_minus_utc_ns,
    utc_day_from_tai_ns,
)

JULIAN_DATE_OF_EPOCH = 2_451_544.5
TT_MINUS_TAI_NS = 32_184_000_000  # IAU 1991, resolution A4, recommendation IV


def utc_minus_tai_s(epoch_tai_ns: InstantsLike) -> Floats:
    """Return what UTC clocks show less than atomic ones; inside a leap second, still the old value.

    >>> utc_minus_tai_s(0)
    np.float64(-32.0)
    """
    return np.asarray(-tai_minus_utc_ns(whole_nanoseconds(epoch_tai_ns)) / NANOSECONDS_A_SECOND)[()]


def julian_date_utc(epoch_tai_ns: InstantsLike) -> tuple[Floats, Floats]:
    """Return the UTC Julian date in two parts; days with a leap second are stretched, as SOFA wants them.

    >>> julian_date_utc(32_000_000_000)
    (np.float64(2451544.5), np.float64(0.0))
    """
    day, ns_of_day = utc_day_from_tai_ns(whole_nanoseconds(epoch_tai_ns))
    length_ns = NANOSECONDS_A_DAY + has_leap_second(day) * NANOSECONDS_A_SECOND
    return _two_parts(day, ns_of_day / length_ns)


def julian_date_tt(epoch_tai_ns: InstantsLike) -> tuple[Floats, Floats]:
    """Return the TT Julian date in two parts, midnight and the fraction of the day after it.

    >>> julian_date_tt(-32_184_000_000)
    (np.float64(2451544.5), np.float64(0.0))
    """
    return _julian_date(whole_nanoseconds(epoch_tai_ns) + TT_MINUS_TAI_NS)


def julian_date_tdb(epoch_tai_ns: InstantsLike) -> tuple[Floats, Floats]:
    """Return the TDB Julian date in two parts."""
    day, fraction = julian_date_tt(epoch_tai_ns)
    return day, fraction + tdb_minus_tt_s(epoch_tai_ns) / SECONDS_A_DAY


def julian_date_ut1(epoch_tai_ns: InstantsLike, ut1_minus_utc_s: FloatsLike) -> tuple[Floats, Floats]:
    """Return the UT1 Julian date in two parts; ``ut1_minus_utc_s`` comes from Earth data.

    >>> (julian_date_ut1(32_000_000_000, 0.355388)[1] * 86400.0).round(9)
    np.float64(0.355388)
    """
    day, fraction = _julian_date(whole_nanoseconds(epoch_tai_ns))
    ut1_minus_tai_s = utc_minus_tai_s(epoch_tai_ns) + np.asarray(ut1_minus_utc_s, dtype=np.float64)
    return day, fraction + ut1_minus_tai_s / SECONDS_A_DAY


def tdb_minus_tt_s(epoch_tai_ns: InstantsLike) -> Floats:
    """Return TDB minus TT at the centre of the Earth, never above two milliseconds.

    Source: Fairhead & Bretagnon (1990), as in SOFA's ``dtdb``; some nanoseconds from 1950 to 2050.
    """
    # TT stands in for TDB as the argument: two milliseconds change the result by less than a picosecond.
    return np.asarray(erfa.dtdb(*julian_date_tt(epoch_tai_ns), 0.0, 0.0, 0.0, 0.0), dtype=np.float64)[()]


def whole_nanoseconds(numbers_ns: InstantsLike) -> Instants:
    """Return whole numbers as an array; a float is a mistake of ours, for it has lost its nanoseconds.

    >>> whole_nanoseconds(7)
    array(7)
    """
    array = np.asarray(numbers_ns)
    if array.size and array.dtype.kind not in "iu":
        raise ValueError(f"instants are whole numbers of nanoseconds; these are {array.dtype}")
    return array.astype(np.int64)


def _julian_date(scale_ns: Instants) -> tuple[Floats, Floats]:
    day, ns_of_day = np.divmod(scale_ns, NANOSECONDS_A_DAY)
    return _two_parts(day, ns_of_day / NANOSECONDS_A_DAY)


def _two_parts(day: Instants, fraction: Floats) -> tuple[Floats, Floats]:
    return np.asarray(day + JULIAN_DATE_OF_EPOCH)[()], np.asarray(fraction)[()]
