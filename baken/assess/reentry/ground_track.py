"""Where an object would pass over the ground around the moment it comes down, if it kept flying."""

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.constants import (
    EARTH_FLATTENING_WGS84,
    EARTH_MU_M3_S2,
    EARTH_RADIUS_WGS84_M,
    EARTH_ROTATION_RATE_RAD_S,
)

# A circle this high: where objects fly that have a revolution or so to go.
ALTITUDE_M = 130e3


def track_through(
    latitude_rad: float, longitude_rad: float, heading_rad: float, after_s: Floats
) -> tuple[Floats, Floats]:
    """Return geodetic latitudes and longitudes before and after a passage, on a circular orbit.

    Assumes a round orbit 130 km high: an hour away the place is off by some hundred kilometres along itself.

    >>> lat, lon = track_through(0.0, 0.0, 0.5, np.array([0.0]))
    >>> float(lat[0]), float(lon[0])
    (0.0, 0.0)
    """
    squeeze = (1.0 - EARTH_FLATTENING_WGS84) ** 2
    centric = np.arctan(squeeze * np.tan(latitude_rad))
    radius = EARTH_RADIUS_WGS84_M + ALTITUDE_M
    rate = np.sqrt(EARTH_MU_M3_S2 / radius**3)
    # Over the ground the Earth turns away eastward; among the stars the heading is nearer to north-south.
    north = np.cos(heading_rad)
    spin = EARTH_ROTATION_RATE_RAD_S * np.cos(centric)
    east_part = np.sin(heading_rad)
    ground = -spin * east_part + np.sqrt(rate**2 - (spin * north) ** 2)
    east, north = ground * east_part + spin, ground * north
    up = np.array([np.cos(centric), 0.0, np.sin(centric)])
    on = np.array([-np.sin(centric) * north, east, np.cos(centric) * north]) / rate
    place = np.cos(rate * after_s)[:, None] * up + np.sin(rate * after_s)[:, None] * on
    latitude = np.arctan(np.tan(np.arcsin(np.clip(place[:, 2], -1.0, 1.0))) / squeeze)
    longitude = np.arctan2(place[:, 1], place[:, 0]) + longitude_rad - EARTH_ROTATION_RATE_RAD_S * after_s
    return latitude, (longitude + np.pi) % (2.0 * np.pi) - np.pi
