"""The clocks that messages are written by, and how each differs from atomic time."""

from enum import StrEnum
from fractions import Fraction

from baken.astro.julian_dates import TT_MINUS_TAI_NS, tdb_minus_tt_s
from baken.astro.leap_seconds import NANOSECONDS_A_DAY, NANOSECONDS_A_SECOND

TAI_MINUS_GPS_NS = 19_000_000_000  # IS-GPS-200, 3.3.4: GPS time set off with UTC of 1980-01-06
# TAI, TT, TCG and TCB all start from this instant: 1977-01-01T00:00:00 TAI (IAU 2000 B1.9, IAU 2006 B3).
COORDINATE_TIMES_START_TAI_NS = -8400 * NANOSECONDS_A_DAY
L_G = Fraction(6_969_290_134, 10**19)  # IAU 2000, resolution B1.9: 1 - dTT/dTCG
L_B = Fraction(1_550_519_768, 10**17)  # IAU 2006, resolution B3: 1 - dTDB/dTCB
TDB_0_NS = -65_500  # IAU 2006, resolution B3


class TimeScale(StrEnum):
    """A clock, by the name that messages give it."""

    UTC = "UTC"
    TAI = "TAI"
    TT = "TT"
    TDB = "TDB"
    UT1 = "UT1"
    GPS = "GPS"
    TCB = "TCB"
    TCG = "TCG"


def tai_ns_from_scale_ns(scale_ns: int, scale: TimeScale, ut1_minus_tai_s: float | None) -> int:
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
            near_tai_ns = scale_ns - TT_MINUS_TAI_NS
            # Asked again at the instant found, so that whoever goes there comes back to the same nanosecond.
            near_tai_ns -= _tdb_minus_tt_ns(near_tai_ns)
            return scale_ns - TT_MINUS_TAI_NS - _tdb_minus_tt_ns(near_tai_ns)
        case TimeScale.TCB:
            tdb_ns = scale_ns - round(since_start_ns * L_B) + TDB_0_NS
            return tai_ns_from_scale_ns(tdb_ns, TimeScale.TDB, None)
        case _:
            return scale_ns - _ut1_minus_tai_ns(scale, ut1_minus_tai_s)


def scale_ns_from_tai_ns(epoch_tai_ns: int, scale: TimeScale, ut1_minus_tai_s: float | None) -> int:
    """Turn an instant into the nanoseconds a clock shows since its own 2000-01-01T00:00:00."""
    since_start_ns = epoch_tai_ns - COORDINATE_TIMES_START_TAI_NS
    match scale:
        case TimeScale.TAI:
            return epoch_tai_ns
        case TimeScale.GPS:
            return epoch_tai_ns - TAI_MINUS_GPS_NS
        case TimeScale.TT:
            return epoch_tai_ns + TT_MINUS_TAI_NS
        case TimeScale.TCG:
            return epoch_tai_ns + TT_MINUS_TAI_NS + round(since_start_ns * L_G / (1 - L_G))
        case TimeScale.TDB:
            return epoch_tai_ns + TT_MINUS_TAI_NS + _tdb_minus_tt_ns(epoch_tai_ns)
        case TimeScale.TCB:
            tdb_since_start_ns = since_start_ns + _tdb_minus_tt_ns(epoch_tai_ns) - TDB_0_NS
            return COORDINATE_TIMES_START_TAI_NS + TT_MINUS_TAI_NS + round(tdb_since_start_ns / (1 - L_B))
        case _:
            return epoch_tai_ns + _ut1_minus_tai_ns(scale, ut1_minus_tai_s)


def _tdb_minus_tt_ns(epoch_tai_ns: int) -> int:
    return round(float(tdb_minus_tt_s(epoch_tai_ns)) * NANOSECONDS_A_SECOND)


def _ut1_minus_tai_ns(scale: TimeScale, ut1_minus_tai_s: float | None) -> int:
    if scale is not TimeScale.UT1 or ut1_minus_tai_s is None:
        raise ValueError(f"{scale} cannot be told without Earth data; give ut1_minus_tai_s")
    return round(ut1_minus_tai_s * NANOSECONDS_A_SECOND)
