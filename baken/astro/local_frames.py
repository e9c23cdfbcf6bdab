"""Frames that travel along: radial, transverse, normal of an orbit; east, north, up of a place."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import TURN_RAD
from baken.astro.rotations import turned, turned_back


def rotation_inertial_to_rtn(position_m: FloatsLike, velocity_m_s: FloatsLike) -> Floats:
    """Return the rotation to radial, transverse and normal (also called RIC, RSW, LVLH of CCSDS).

    Radial points away from the Earth, normal along the angular momentum, transverse completes them: near the
    velocity, and along it only where the orbit neither climbs nor falls.

    Shape:  (..., 3) each; the result (..., 3, 3).  A row without a plane (radial motion) gives NaN.
    Source: CCSDS 508.0-B-1, annex; Vallado (2013), section 3.3.

    >>> rotation_inertial_to_rtn([7e6, 0.0, 0.0], [1e3, 7.5e3, 0.0])
    array([[1., 0., 0.],
           [0., 1., 0.],
           [0., 0., 1.]])
    """
    radial, along = np.asarray(position_m, dtype=np.float64), np.asarray(velocity_m_s, dtype=np.float64)
    normal = np.cross(radial, along)
    return _axes(_unit(radial), _unit(np.cross(normal, radial)), _unit(normal))


def rotation_inertial_to_tnw(position_m: FloatsLike, velocity_m_s: FloatsLike) -> Floats:
    """Return the rotation to tangential, in-plane normal and cross-track.

    The first axis lies along the velocity, the third along the angular momentum; the second completes them
    and points inward, towards the Earth's side of the path.

    Shape:  (..., 3) each; the result (..., 3, 3).  A row without a plane gives NaN.
    Source: CCSDS 500.2-G-2, TNW.

    >>> rotation_inertial_to_tnw([7e6, 0.0, 0.0], [0.0, 7.5e3, 0.0])[1]
    array([-1.,  0.,  0.])
    """
    outward, tangential = np.asarray(position_m, dtype=np.float64), np.asarray(velocity_m_s, dtype=np.float64)
    cross_track = np.cross(outward, tangential)
    return _axes(_unit(tangential), _unit(np.cross(cross_track, tangential)), _unit(cross_track))


def rotation_itrs_to_enu(latitude_rad: FloatsLike, longitude_rad: FloatsLike) -> Floats:
    """Return the rotation to east, north and up of a place, by its geodetic latitude.

    >>> rotation_itrs_to_enu(0.0, 0.0).round(12)
    array([[-0.,  1.,  0.],
           [-0., -0.,  1.],
           [ 1.,  0.,  0.]])
    """
    latitude, longitude = np.broadcast_arrays(
        *(np.asarray(angle, float) for angle in (latitude_rad, longitude_rad))
    )
    sin_lat, cos_lat, sin_lon, cos_lon = (
        np.sin(latitude),
        np.cos(latitude),
        np.sin(longitude),
        np.cos(longitude),
    )
    east = np.stack([-sin_lon, cos_lon, np.zeros_like(sin_lon)], axis=-1)
    north = np.stack([-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat], axis=-1)
    up = np.stack([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat], axis=-1)
    return _axes(east, north, up)


def rotation_itrs_to_sez(latitude_rad: FloatsLike, longitude_rad: FloatsLike) -> Floats:
    """Return the rotation to south, east and zenith of a place, as older radar formats have it."""
    enu = rotation_itrs_to_enu(latitude_rad, longitude_rad)
    return _axes(-enu[..., 1, :], enu[..., 0, :], enu[..., 2, :])


class Direction(NamedTuple):
    """Where an object stands as a site sees it: azimuth from north over east, without refraction."""

    azimuth_rad: Floats
    elevation_rad: Floats
    range_m: Floats


class DirectionRates(NamedTuple):
    """How fast that changes."""

    azimuth_rate_rad_s: Floats
    elevation_rate_rad_s: Floats
    range_rate_m_s: Floats


def direction_from_site(
    position_itrs_m: FloatsLike, site_itrs_m: FloatsLike, rotation_itrs_to_site_enu: FloatsLike
) -> Direction:
    """Return azimuth, elevation and range of an object from a site, along a straight line.

    Shape: positions (..., 3), the rotation of ``rotation_itrs_to_enu`` (..., 3, 3); the result (...) each.

    >>> up = rotation_itrs_to_enu(0.0, 0.0)
    >>> float(direction_from_site([7378137.0, 0.0, 0.0], [6378137.0, 0.0, 0.0], up).range_m)
    1000000.0
    """
    enu_m = turned(rotation_itrs_to_site_enu, np.asarray(position_itrs_m) - np.asarray(site_itrs_m))
    east_m, north_m, up_m = enu_m[..., 0], enu_m[..., 1], enu_m[..., 2]
    return Direction(
        azimuth_rad=np.arctan2(east_m, north_m) % TURN_RAD,
        elevation_rad=np.arctan2(up_m, np.hypot(east_m, north_m)),
        range_m=np.asarray(np.linalg.norm(enu_m, axis=-1)),
    )


def direction_rates_from_site(
    position_itrs_m: FloatsLike,
    velocity_itrs_m_s: FloatsLike,
    site_itrs_m: FloatsLike,
    rotation_itrs_to_site_enu: FloatsLike,
) -> DirectionRates:
    """Return how fast azimuth, elevation and range change.  The site stands still in ITRS.

    In the zenith azimuth has no rate, and neither has elevation: NaN.
    """
    enu_m = turned(rotation_itrs_to_site_enu, np.asarray(position_itrs_m) - np.asarray(site_itrs_m))
    enu_m_s = turned(rotation_itrs_to_site_enu, velocity_itrs_m_s)
    range_m = np.linalg.norm(enu_m, axis=-1)
    level_m = np.hypot(enu_m[..., 0], enu_m[..., 1])
    with np.errstate(invalid="ignore", divide="ignore"):
        range_rate_m_s = (enu_m * enu_m_s).sum(axis=-1) / range_m
        azimuth_rate = (enu_m_s[..., 0] * enu_m[..., 1] - enu_m_s[..., 1] * enu_m[..., 0]) / level_m**2
        elevation_rate = (enu_m_s[..., 2] - range_rate_m_s * enu_m[..., 2] / range_m) / level_m
    return DirectionRates(azimuth_rate, elevation_rate, range_rate_m_s)


def position_from_direction(
    direction: Direction, site_itrs_m: FloatsLike, rotation_itrs_to_site_enu: FloatsLike
) -> Floats:
    """Return the position in ITRS of what a site sees there: the way back of ``direction_from_site``."""
    level = np.cos(direction.elevation_rad)
    line_enu = np.stack(
        [
            level * np.sin(direction.azimuth_rad),
            level * np.cos(direction.azimuth_rad),
            np.sin(direction.elevation_rad),
        ],
        axis=-1,
    )
    reach_enu_m = np.asarray(direction.range_m)[..., None] * line_enu
    return np.asarray(np.asarray(site_itrs_m) + turned_back(rotation_itrs_to_site_enu, reach_enu_m))


def _unit(vector: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray(vector / np.linalg.norm(vector, axis=-1, keepdims=True))


def _axes(first: Floats, second: Floats, third: Floats) -> Floats:
    return np.stack([first, second, third], axis=-2)
