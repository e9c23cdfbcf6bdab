"""Numbers as people read them: each with its unit, none with more digits than it deserves."""

import math

UNKNOWN = "unknown"
# Nobody acts on less, and no covariance known here is good for more; the files hold every digit.
NEGLIGIBLE = 1e-10
SECONDS_A_DAY, SECONDS_AN_HOUR, SECONDS_A_MINUTE = 86_400.0, 3_600.0, 60.0


def distance_text(distance_m: float) -> str:
    """Return a distance in metres below ten kilometres, in kilometres above.

    >>> distance_text(12.34), distance_text(843.0), distance_text(18_585.4)
    ('12 m', '843 m', '18.6 km')
    """
    if math.isnan(distance_m):
        return UNKNOWN
    return f"{distance_m / 1000.0:.1f} km" if distance_m >= 10_000.0 else f"{distance_m:.0f} m"


def speed_text(speed_m_s: float) -> str:
    """Return a speed in kilometres a second, or in metres where that would be nothing.

    >>> speed_text(14_632.0), speed_text(3.2)
    ('14.6 km/s', '3.2 m/s')
    """
    if math.isnan(speed_m_s):
        return UNKNOWN
    return f"{speed_m_s / 1000.0:.1f} km/s" if speed_m_s >= 1_000.0 else f"{speed_m_s:.2g} m/s"


def probability_text(probability: float | None) -> str:
    """Return a probability of collision in two digits; a missing one is said to be missing.

    >>> probability_text(4.72e-5), probability_text(3e-52), probability_text(None)
    ('4.7e-05', '<1e-10', 'unknown')
    """
    if probability is None or math.isnan(probability):
        return UNKNOWN
    return f"{probability:.1e}" if probability >= NEGLIGIBLE else f"<{NEGLIGIBLE:.0e}"


def duration_text(duration_s: float) -> str:
    """Return a stretch of time in its two largest units.

    >>> duration_text(200_000.0), duration_text(5_000.0), duration_text(42.0), duration_text(-5_000.0)
    ('2 d 7 h', '1 h 23 min', '42 s', '-1 h 23 min')
    """
    if math.isnan(duration_s):
        return UNKNOWN
    sign, size_s = ("-", -duration_s) if duration_s < 0.0 else ("", duration_s)
    if size_s >= SECONDS_A_DAY:
        return f"{sign}{size_s // SECONDS_A_DAY:.0f} d {size_s % SECONDS_A_DAY // SECONDS_AN_HOUR:.0f} h"
    if size_s >= SECONDS_AN_HOUR:
        return (
            f"{sign}{size_s // SECONDS_AN_HOUR:.0f} h {size_s % SECONDS_AN_HOUR // SECONDS_A_MINUTE:.0f} min"
        )
    if size_s >= SECONDS_A_MINUTE:
        return f"{sign}{size_s // SECONDS_A_MINUTE:.0f} min {size_s % SECONDS_A_MINUTE:.0f} s"
    return f"{sign}{size_s:.0f} s"
