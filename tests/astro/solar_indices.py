"""Solar indices for tests: lines as Space Environment Technologies lays them out, with our own numbers."""

from datetime import date, timedelta

DAY_ONE = date(2023, 2, 20)
MJD_OF_DAY_ONE = 59_995
JULIAN_NOON = 2_400_001  # past the modified date


def solfsmy_line(n_days: int, fluxes: tuple[float, ...] | None = None) -> str:
    """Write one day of fluxes: F10 100 and one more each day, S10 200 and so on; means half a unit up.

    A sun like that there never was; each number tells which column and day it came from.
    """
    day = DAY_ONE + timedelta(days=n_days)
    values = fluxes or tuple(
        start + n_days + shift for start in (100.0, 200.0, 300.0, 400.0) for shift in (0.0, 0.5)
    )
    numbers = "".join(f"{value:6.1f}" for value in values)
    return f"{day:%Y} {day:%j} {MJD_OF_DAY_ONE + JULIAN_NOON + n_days:10.1f}{numbers}  1111"


def dtc_line(n_days: int) -> str:
    """Write one day of temperatures: ten for each day, and one more each hour."""
    day = DAY_ONE + timedelta(days=n_days)
    return f"DTC {day:%Y} {day:%j}" + "".join(f"{10 * n_days + hour:4d}" for hour in range(24))


def solfsmy_text(n_days: int) -> str:
    return "\n".join(
        ["#YYYY DDD   JulianDay  F10   F81c  S10   S81c  M10   M81c  Y10   Y81c  Ssrc"]
        + [solfsmy_line(k) for k in range(n_days)]
    )


def dtc_text(n_days: int) -> str:
    return "\n".join(dtc_line(k) for k in range(n_days))
