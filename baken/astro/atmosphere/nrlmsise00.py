"""Density of the air by NRLMSISE-00, from the ground to the edge of space.

The model is right to about 15 % in the mean above 200 km.  Below 120 km it answers to ap above some 250 with
temperatures that have no meaning; there its profile is kept finite and positive (``HOTTEST``).
"""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, InstantsLike
from baken.astro.atmosphere._nrlmsise00_gases import MASSES, gases
from baken.astro.atmosphere._nrlmsise00_variations import moment, with_history
from baken.astro.calendar import new_year_day, year_of_day
from baken.astro.compiled import compiled
from baken.astro.leap_seconds import utc_day_from_tai_ns
from baken.astro.space_weather import SpaceWeather, SpaceWeatherHistory

ATOMIC_MASS_UNIT_KG = 1.66e-27  # the model's own
PER_M3 = 1e6  # from per cubic centimetre


def density_kg_m3(
    epoch_tai_ns: InstantsLike,
    latitude_rad: FloatsLike,
    longitude_rad: FloatsLike,
    altitude_m: FloatsLike,
    weather: SpaceWeather,
) -> Floats:
    """Return the density that drag feels, anomalous oxygen included, at geodetic places.

    Assumes the daily ap for the whole day, the mean sun for the local time, and UTC for UT1.

    Shape: all arguments are spread over one another, the arrays of ``weather`` too.
    Source: Picone, Hedin, Drob and Aikin (2002), J. Geophys. Res. 107(A12), 1468.

    >>> from baken.astro.space_weather import SpaceWeather
    >>> weather = SpaceWeather(f107_sfu=150.0, f107_81_day_sfu=150.0, ap=4.0)
    >>> print(f"{density_kg_m3(0, 0.0, 0.0, 400e3, weather):.3e}")
    2.665e-12
    """
    rows, shape = _rows(
        epoch_tai_ns, latitude_rad, longitude_rad, altitude_m, weather.f107_81_day_sfu, weather.f107_sfu,
        weather.ap,
    )  # fmt: skip
    return np.reshape(_densities(rows), shape)


def storm_density_kg_m3(
    epoch_tai_ns: InstantsLike,
    latitude_rad: FloatsLike,
    longitude_rad: FloatsLike,
    altitude_m: FloatsLike,
    history: SpaceWeatherHistory,
) -> Floats:
    """Return the density that drag feels when ap of the past hours counts, and not that of the day.

    Shape: as ``density_kg_m3``; ``ap_history`` is (..., 6).
    Source: Picone, Hedin, Drob and Aikin (2002), with switch 9 at -1.

    >>> history = SpaceWeatherHistory(f107_sfu=150.0, f107_81_day_sfu=150.0, ap_history=np.full(6, 4.0))
    >>> print(f"{storm_density_kg_m3(0, 0.0, 0.0, 400e3, history):.3e}")
    2.665e-12
    """
    aps = np.moveaxis(np.asarray(history.ap_history, dtype=np.float64), -1, 0)
    rows, shape = _rows(
        epoch_tai_ns, latitude_rad, longitude_rad, altitude_m, history.f107_81_day_sfu, history.f107_sfu, *aps
    )
    return np.reshape(_storm_densities(rows), shape)


def _rows(
    epoch_tai_ns: InstantsLike,
    latitude_rad: FloatsLike,
    longitude_rad: FloatsLike,
    altitude_m: FloatsLike,
    *weather: FloatsLike,
) -> tuple[Floats, tuple[int, ...]]:
    """Return a row a place, in the model's own units, and the shape that the result is to have."""
    day_of_year, ut_s = _day_of_year_and_time(epoch_tai_ns)
    longitude_deg = np.degrees(longitude_rad)
    columns = np.broadcast_arrays(
        day_of_year,
        ut_s,
        1e-3 * np.asarray(altitude_m, dtype=np.float64),
        np.degrees(latitude_rad),
        longitude_deg,
        ut_s / 3600.0 + longitude_deg / 15.0,
        *weather,
    )
    return np.stack([np.ravel(column) for column in columns], axis=-1), columns[0].shape


def _day_of_year_and_time(epoch_tai_ns: InstantsLike) -> tuple[Floats, Floats]:
    """Return the day of the year, from 1, and the seconds of the UTC day."""
    day, ns_of_day = utc_day_from_tai_ns(np.asarray(epoch_tai_ns, dtype=np.int64))
    return np.asarray(day - new_year_day(year_of_day(day)) + 1.0), np.asarray(1e-9 * ns_of_day)


@compiled
def _density(
    day_of_year: float,
    ut_s: float,
    altitude_km: float,
    latitude_deg: float,
    longitude_deg: float,
    local_time_h: float,
    f107_81: float,
    f107: float,
    ap: float,
) -> float:
    """Return the density of one place, kg/m3: for compiled code that asks one at a time."""
    at = moment(day_of_year, ut_s, latitude_deg, longitude_deg, local_time_h, f107_81, f107, ap)
    return _total_density(gases(altitude_km, latitude_deg, at))


@compiled
def _total_density(per_cm3: Floats) -> float:
    """Return the density of gases together, kg/m3; those of ``gases``, in its order."""
    total = 0.0
    for k in range(MASSES.size):
        total += MASSES[k] * per_cm3[k]
    return float(PER_M3 * ATOMIC_MASS_UNIT_KG * total)


@compiled
def _storm_densities(rows: Floats) -> Floats:
    result = np.empty(rows.shape[0])
    for k in range(rows.shape[0]):
        r = rows[k]
        of_day = moment(r[0], r[1], r[3], r[4], r[5], r[6], r[7], 0.0)
        result[k] = _total_density(gases(r[2], r[3], with_history(of_day, r[8:])))
    return result


@compiled
def _densities(rows: Floats) -> Floats:
    result = np.empty(rows.shape[0])
    for k in range(rows.shape[0]):
        r = rows[k]
        result[k] = _density(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8])
    return result
