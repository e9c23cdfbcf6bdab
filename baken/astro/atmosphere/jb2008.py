"""Density by Jacchia and Bowman's model of 2008: the sun in four wavelengths, and storms by Dst."""

import math
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, InstantsLike
from baken.astro.atmosphere import _jb2008_column as column
from baken.astro.calendar import new_year_day, year_of_day
from baken.astro.compiled import compiled
from baken.astro.leap_seconds import NANOSECONDS_A_DAY, utc_day_from_tai_ns

LOWEST_M = 90e3
DAYS_FROM_1958_TO_2000 = 15_340.0  # the model counts years from the first of January of 1958


@dataclass(frozen=True, slots=True, kw_only=True)
class SolarIndices:
    """What JB2008 asks of the sun: four fluxes and their 81-day means, and what storms add to temperature.

    F10 and S10 are those of the day before, M10 of two days before, Y10 of five; ``dst_temperature_k`` is
    DSTDTC.  Space Environment Technologies publishes them as SOLFSMY and DTCFILE.
    """

    f10_sfu: Floats | float
    f10_81_day_sfu: Floats | float
    s10_sfu: Floats | float
    s10_81_day_sfu: Floats | float
    m10_sfu: Floats | float
    m10_81_day_sfu: Floats | float
    y10_sfu: Floats | float
    y10_81_day_sfu: Floats | float
    dst_temperature_k: Floats | float


def density_kg_m3(
    epoch_tai_ns: InstantsLike,
    latitude_rad: FloatsLike,
    sun_hour_angle_rad: FloatsLike,
    sun_declination_rad: FloatsLike,
    altitude_m: FloatsLike,
    indices: SolarIndices,
) -> Floats:
    """Return density at geodetic places, whose hour angle is their longitude less that of the sun.

    Shape:  all arguments are spread over one another, the arrays of ``indices`` too.
    Raises: ValueError below 90 km, where the model ends.
    Source: Bowman, Tobiska, Marcos, Huang, Lin and Burke (2008), AIAA 2008-6438; equations by its numbers.

    >>> quiet = SolarIndices(
    ...     f10_sfu=100.0, f10_81_day_sfu=100.0, s10_sfu=100.0, s10_81_day_sfu=100.0, m10_sfu=100.0,
    ...     m10_81_day_sfu=100.0, y10_sfu=100.0, y10_81_day_sfu=100.0, dst_temperature_k=30.0,
    ... )
    >>> print(f"{density_kg_m3(0, 0.5, 0.0, -0.4, 400e3, quiet):.3e}")
    1.876e-12
    """
    if np.any(np.asarray(altitude_m) < LOWEST_M):
        raise ValueError("JB2008 begins at 90 km; below it use NRLMSISE-00")
    day, ns_of_day = utc_day_from_tai_ns(np.asarray(epoch_tai_ns, dtype=np.int64))
    fraction = ns_of_day / NANOSECONDS_A_DAY
    columns = np.broadcast_arrays(
        np.asarray(day - new_year_day(year_of_day(day)) + 1.0 + fraction),
        np.asarray(day + fraction + DAYS_FROM_1958_TO_2000),
        latitude_rad,
        sun_hour_angle_rad,
        sun_declination_rad,
        1e-3 * np.asarray(altitude_m, dtype=np.float64),
        indices.f10_sfu,
        indices.f10_81_day_sfu,
        indices.s10_sfu,
        indices.s10_81_day_sfu,
        indices.m10_sfu,
        indices.m10_81_day_sfu,
        indices.y10_sfu,
        indices.y10_81_day_sfu,
        indices.dst_temperature_k,
    )
    rows = np.stack([np.ravel(values) for values in columns], axis=-1).astype(np.float64)
    return np.reshape(_densities(rows), columns[0].shape)


@compiled
def _densities(rows: Floats) -> Floats:
    result = np.empty(rows.shape[0])
    for k in range(rows.shape[0]):
        day_of_year, days_1958, latitude, hour_angle, declination, altitude_km = rows[k, :6]
        indices = rows[k, 6:]
        exosphere_k = _exosphere_k(latitude, hour_angle, declination, altitude_km, indices)
        logs = column.log_numbers(altitude_km, exosphere_k)
        season = _latitude_season(days_1958, latitude, altitude_km)
        season += _semiannual(day_of_year, altitude_km, indices[1], indices[3], indices[5])
        total = column.total_density(logs + math.log(10.0) * season)
        result[k] = total * _high_correction(altitude_km, indices[1])
    return result


@compiled
def _exosphere_k(
    latitude: float, hour_angle: float, declination: float, altitude_km: float, s: Floats
) -> float:
    """Return the temperature of the exosphere above a place: equations 14 to 17, with their corrections."""
    share = min(1.0, (s[1] / 240.0) ** 0.25)
    night_k = 392.4 + 3.227 * (s[1] * share + s[3] * (1.0 - share)) + 0.298 * (s[0] - s[1])
    night_k += 2.259 * (s[2] - s[3]) + 0.312 * (s[4] - s[5]) + 0.178 * (s[6] - s[7])
    tau = hour_angle - 0.64577182 + 0.10471976 * math.sin(hour_angle + 0.75049158)
    near = math.cos(0.5 * abs(latitude - declination)) ** 2.5
    far = math.sin(0.5 * abs(latitude + declination)) ** 2.5
    bulge = far + (near - far) * abs(math.cos(0.5 * tau)) ** 3
    day_part = (hour_angle / (2.0 * math.pi) + 0.5) % 1.0
    correction_k = column.temperature_correction(s[0], day_part, math.cos(latitude), altitude_km)
    return float(night_k * (1.0 + 0.31 * bulge) + s[8] + correction_k)


@compiled
def _latitude_season(days_1958: float, latitude: float, altitude_km: float) -> float:
    """Return Jacchia's seasonal variation with latitude, in the decimal logarithm: equation 24."""
    phase = 2.0 * math.pi * days_1958 / 365.2422 + 1.72
    over_km = altitude_km - 90.0
    sine = math.sin(latitude)
    return 0.02 * over_km * math.exp(-0.045 * over_km) * math.sin(phase) * sine * abs(sine)


@compiled
def _semiannual(day_of_year: float, altitude_km: float, f: float, s: float, m: float) -> float:
    """Return the semiannual variation, in the decimal logarithm: equations 18 to 23."""
    if altitude_km >= 2000.0:
        return 0.0
    height = 1e-3 * altitude_km
    sun = f - 0.70 * s - 0.04 * m
    size = 0.2689 + sun * (-0.01176 + height * (0.02782 - 0.02782 * height + 0.000347 * sun))
    sun = f - 0.75 * s - 0.37 * m
    turn = 2.0 * math.pi * (day_of_year - 1.0) / 365.0
    s1, c1, s2, c2 = math.sin(turn), math.cos(turn), math.sin(2.0 * turn), math.cos(2.0 * turn)
    course = -0.3633 + 0.08506 * s1 + 0.2401 * c1 - 0.1897 * s2 - 0.2554 * c2
    course += sun * (-0.0179 + 0.000565 * s1 - 0.0006407 * c1 - 0.003418 * s2 - 0.001252 * c2)
    return max(1e-6, size) * course


@compiled
def _high_correction(altitude_km: float, f: float) -> float:
    """Return the factor by which density above 1000 km differs from the column's."""
    slope = 0.00115 - 0.00000211 * f
    if altitude_km < 1000.0:
        return 1.0
    if altitude_km >= 1500.0:
        return 0.22 - 0.002 * f + slope * altitude_km
    at_1500 = 0.22 - 0.002 * f + slope * 1500.0
    rise = slope * 500.0
    part = 0.002 * (altitude_km - 1000.0)
    return 1.0 + part * part * (3.0 * at_1500 - rise - 3.0 + (rise - 2.0 * at_1500 + 2.0) * part)
