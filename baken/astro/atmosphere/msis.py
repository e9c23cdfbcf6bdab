"""Density by NRLMSIS 2.0 and 2.1, through pymsis: for those who installed it and may use it.

The Fortran that pymsis carries is the Naval Research Laboratory's, under a licence of its own.
"""

from collections.abc import Callable
from typing import Literal, cast

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, InstantsLike
from baken.astro.leap_seconds import utc_day_from_tai_ns
from baken.astro.space_weather import SpaceWeather

Version = Literal["2.0", "2.1"]
TOTAL_MASS = 0  # the first of pymsis's columns


def density_kg_m3(
    epoch_tai_ns: InstantsLike,
    latitude_rad: FloatsLike,
    longitude_rad: FloatsLike,
    altitude_m: FloatsLike,
    weather: SpaceWeather,
    version: Version = "2.1",
) -> Floats:
    """Return the density that drag feels, at geodetic places, with the daily ap for the whole day.

    Shape:  all arguments are spread over one another, the arrays of ``weather`` too.
    Raises: ModuleNotFoundError, with what to install, where pymsis is missing.
    Source: Emmert et al. (2021), Earth and Space Science 8(3); (2022), J. Geophys. Res. 127, for 2.1.
    """
    calculate = _pymsis_calculate()
    columns = np.broadcast_arrays(
        np.asarray(epoch_tai_ns, dtype=np.int64),
        np.degrees(longitude_rad),
        np.degrees(latitude_rad),
        1e-3 * np.asarray(altitude_m, dtype=np.float64),
        weather.f107_sfu,
        weather.f107_81_day_sfu,
        weather.ap,
    )
    epochs, longitude, latitude, altitude, flux, mean, ap = (np.ravel(column) for column in columns)
    day, ns_of_day = utc_day_from_tai_ns(epochs)
    dates = (
        np.datetime64("2000-01-01", "ns") + day.astype("timedelta64[D]") + ns_of_day.astype("timedelta64[ns]")
    )
    aps = np.repeat(ap[:, None], 7, axis=1)
    found = calculate(
        dates, longitude, latitude, altitude, flux, mean, aps, version=float(version), geomagnetic_activity=1
    )
    return np.reshape(np.asarray(found[:, TOTAL_MASS], dtype=np.float64), columns[0].shape)


def _pymsis_calculate() -> Callable[..., Floats]:
    try:
        from pymsis import calculate
    except ImportError as missing:
        raise ModuleNotFoundError(
            "NRLMSIS 2 comes with pymsis, which is not installed: pip install 'baken[msis]',"
            " or use NRLMSISE-00 (baken.astro.atmosphere.nrlmsise00)"
        ) from missing
    return cast(Callable[..., Floats], calculate)
