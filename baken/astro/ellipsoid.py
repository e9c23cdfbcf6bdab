"""Between the ground's own coordinates and metres from the Earth's centre: WGS 84."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import EARTH_FLATTENING_WGS84, EARTH_RADIUS_WGS84_M

POLAR_RADIUS_WGS84_M = EARTH_RADIUS_WGS84_M * (1.0 - EARTH_FLATTENING_WGS84)
ECCENTRICITY_SQUARED_WGS84 = EARTH_FLATTENING_WGS84 * (2.0 - EARTH_FLATTENING_WGS84)
# Nearer to the centre than this a point has no "straight down", or several.
LEAST_RADIUS_M = 1e6
BOWRING_PASSES = 4


class Geodetic(NamedTuple):
    """Geodetic latitude, longitude east of Greenwich in (-pi, pi], and height over the ellipsoid."""

    latitude_rad: Floats
    longitude_rad: Floats
    height_m: Floats


def geodetic_from_itrs(position_itrs_m: FloatsLike) -> Geodetic:
    """Return latitude, longitude and height of positions, from deep mines to the Moon, to some nanometres.

    Shape:  (..., 3); the result (...) each.  On the axis longitude is zero; within 1000 km of the Earth's
            centre all three are NaN.
    Source: Bowring (1976), Survey Review 23, 323, repeated until nothing changes at any height.

    >>> float(geodetic_from_itrs([6379137.0, 0.0, 0.0]).height_m)
    1000.0
    """
    position_m = np.asarray(position_itrs_m, dtype=np.float64)
    x_m, y_m, north_m = position_m[..., 0], position_m[..., 1], position_m[..., 2]
    from_axis_m = np.hypot(x_m, y_m)
    latitude_rad = _bowring_1976(from_axis_m, north_m)
    sine, cosine = np.sin(latitude_rad), np.cos(latitude_rad)
    # Measured along the plumb line, this is as exact at the poles as at the equator.
    surface_m = EARTH_RADIUS_WGS84_M * np.sqrt(1.0 - ECCENTRICITY_SQUARED_WGS84 * sine**2)
    height_m = from_axis_m * cosine + north_m * sine - surface_m

    known = np.hypot(from_axis_m, north_m) >= LEAST_RADIUS_M
    longitude_rad = np.where(from_axis_m > 0.0, np.arctan2(y_m, x_m), 0.0)
    return Geodetic(*(np.where(known, value, np.nan) for value in (latitude_rad, longitude_rad, height_m)))


def _bowring_1976(from_axis_m: Floats, north_m: Floats) -> Floats:
    """Return the geodetic latitude by repeated use of the parametric one."""
    parametric_rad = np.arctan2(north_m, (1.0 - EARTH_FLATTENING_WGS84) * from_axis_m)
    second_eccentricity_squared = ECCENTRICITY_SQUARED_WGS84 / (1.0 - ECCENTRICITY_SQUARED_WGS84)
    rise_m = second_eccentricity_squared * POLAR_RADIUS_WGS84_M
    shift_m = ECCENTRICITY_SQUARED_WGS84 * EARTH_RADIUS_WGS84_M
    for _ in range(BOWRING_PASSES):
        up_m = north_m + rise_m * np.sin(parametric_rad) ** 3
        out_m = from_axis_m - shift_m * np.cos(parametric_rad) ** 3
        parametric_rad = np.arctan2((1.0 - EARTH_FLATTENING_WGS84) * up_m, out_m)
    return np.asarray(np.arctan2(up_m, out_m))


def itrs_from_geodetic(latitude_rad: FloatsLike, longitude_rad: FloatsLike, height_m: FloatsLike) -> Floats:
    """Return positions from latitude, longitude and height.

    Shape: (...) each; the result (..., 3).

    >>> itrs_from_geodetic(0.0, 0.0, 1000.0)
    array([6379137.,       0.,       0.])
    """
    latitude, longitude, height = (
        np.asarray(value, dtype=np.float64) for value in (latitude_rad, longitude_rad, height_m)
    )
    cross_radius_m = EARTH_RADIUS_WGS84_M / np.sqrt(1.0 - ECCENTRICITY_SQUARED_WGS84 * np.sin(latitude) ** 2)
    from_axis_m = (cross_radius_m + height) * np.cos(latitude)
    north_m = ((1.0 - ECCENTRICITY_SQUARED_WGS84) * cross_radius_m + height) * np.sin(latitude)
    x_m, y_m = from_axis_m * np.cos(longitude), from_axis_m * np.sin(longitude)
    return np.stack(np.broadcast_arrays(x_m, y_m, north_m), axis=-1)
