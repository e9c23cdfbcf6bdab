"""Where fragments may come down along a track, and the box of air that would have to be cleared."""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Instants, InstantsLike
from baken.astro.constants import EARTH_RADIUS_WGS84_M, TURN_RAD

HALF_TURN_RAD = TURN_RAD / 2.0
QUARTER_TURN_RAD = TURN_RAD / 4.0


def places_ahead(
    latitude_rad: FloatsLike, longitude_rad: FloatsLike, heading_rad: FloatsLike, distance_m: FloatsLike
) -> tuple[Floats, Floats]:
    """Return latitude and longitude so far along a great circle that sets out with a heading.

    On a sphere of the equator's radius: two hundredths of the way at most beside WGS 84.

    Shape: all broadcast.

    >>> lat_rad, lon_rad = places_ahead(0.0, 0.0, np.pi / 2.0, np.pi / 2.0 * EARTH_RADIUS_WGS84_M)
    >>> float(lat_rad.round(12)), float(np.degrees(lon_rad).round(6))
    (0.0, 90.0)
    """
    latitude_rad, heading_rad = np.asarray(latitude_rad, float), np.asarray(heading_rad, float)
    angle_rad = np.asarray(distance_m, float) / EARTH_RADIUS_WGS84_M
    sine = np.sin(latitude_rad) * np.cos(angle_rad)
    sine = sine + np.cos(latitude_rad) * np.sin(angle_rad) * np.cos(heading_rad)
    east = np.sin(heading_rad) * np.sin(angle_rad) * np.cos(latitude_rad)
    turned_rad = np.arctan2(east, np.cos(angle_rad) - np.sin(latitude_rad) * sine)
    there_rad: Floats = np.arcsin(np.clip(sine, -1.0, 1.0))
    return there_rad, short_way(np.asarray(longitude_rad, float) + turned_rad)


def heading_ahead(latitude_rad: FloatsLike, heading_rad: FloatsLike, distance_m: FloatsLike) -> Floats:
    """Return the heading a great circle has so far from where it set out.

    >>> float(np.degrees(heading_ahead(0.3, np.pi / 2, np.pi / 2 * EARTH_RADIUS_WGS84_M)).round(2))
    107.19
    """
    latitude_rad, heading_rad = np.asarray(latitude_rad, float), np.asarray(heading_rad, float)
    angle_rad = np.asarray(distance_m, float) / EARTH_RADIUS_WGS84_M
    east = np.cos(latitude_rad) * np.sin(heading_rad)
    north = np.cos(latitude_rad) * np.cos(heading_rad) * np.cos(angle_rad)
    ahead_rad: Floats = np.arctan2(east, north - np.sin(latitude_rad) * np.sin(angle_rad))
    return ahead_rad


def short_way(longitude_rad: FloatsLike) -> Floats:
    """Return longitudes within half a turn of Greenwich.

    >>> short_way([3.5, -3.5]).round(4).tolist()
    [-2.7832, 2.7832]
    """
    within_rad: Floats = np.mod(np.asarray(longitude_rad, float) + HALF_TURN_RAD, TURN_RAD) - HALF_TURN_RAD
    return within_rad


def headings(latitude_rad: Floats, longitude_rad: Floats) -> Floats:
    """Return the heading at each point of a track towards the next; the last keeps the one before it.

    >>> np.degrees(headings(np.zeros(3), np.array([3.1, 3.14, -3.14]))).tolist()
    [90.0, 90.0, 90.0]
    """
    across_rad = short_way(np.diff(longitude_rad))
    here_rad, there_rad = latitude_rad[:-1], latitude_rad[1:]
    north = np.cos(here_rad) * np.sin(there_rad)
    north = north - np.sin(here_rad) * np.cos(there_rad) * np.cos(across_rad)
    heading_rad = np.arctan2(np.sin(across_rad) * np.cos(there_rad), north)
    return np.append(heading_rad, heading_rad[-1])


def footprint(
    latitude_rad: Floats, longitude_rad: Floats, heading_rad: Floats, reach_m: FloatsLike, half_width_m: float
) -> tuple[Floats, Floats]:
    """Return places that sample where fragments may come down: at each reach, left, middle and right.

    Shape:  the places are (n,), reach_m is (k,); the results are (n, 3 k).
    """
    reach_m = np.atleast_1d(reach_m)
    along = latitude_rad[:, None], longitude_rad[:, None], heading_rad[:, None], reach_m
    along_lat_rad, along_lon_rad = places_ahead(*along)
    sides_m = np.array([-half_width_m, 0.0, half_width_m])
    across_rad = heading_ahead(along[0], along[2], reach_m)[..., None] + QUARTER_TURN_RAD
    lat_rad, lon_rad = places_ahead(along_lat_rad[..., None], along_lon_rad[..., None], across_rad, sides_m)
    shape = len(lat_rad), sides_m.size * reach_m.size
    return lat_rad.reshape(shape), lon_rad.reshape(shape)


def travelling_box(
    track_tai_ns: InstantsLike,
    track_latitude_rad: Floats,
    track_longitude_rad: Floats,
    between_tai_ns: tuple[int, int],
    reach_m: float,
    half_width_m: float,
) -> Floats:
    """Return the ring round what an object sweeps between two instants, and as far ahead as fragments reach.

    Left side forward, right side back; straight along the track between its points.

    Shape:  the track is (n,), n >= 2 rows around the two instants; the result is (m, 2), longitude, latitude.
    Raises: ValueError when the track does not hold both instants.
    """
    epoch_tai_ns = np.asarray(track_tai_ns, dtype=np.int64)
    start_tai_ns, end_tai_ns = between_tai_ns
    if not epoch_tai_ns[0] <= start_tai_ns < end_tai_ns <= epoch_tai_ns[-1]:
        raise ValueError("the track does not hold the instants of the box; give a longer one")
    within = epoch_tai_ns[(epoch_tai_ns > start_tai_ns) & (epoch_tai_ns < end_tai_ns)]
    wanted_tai_ns = np.concatenate([[start_tai_ns], within, [end_tai_ns]])
    lat_rad, lon_rad = places_at(epoch_tai_ns, track_latitude_rad, track_longitude_rad, wanted_tai_ns)
    heading_rad = headings(lat_rad, lon_rad)
    end_lat_rad, end_lon_rad = places_ahead(lat_rad[-1], lon_rad[-1], heading_rad[-1], reach_m)
    lat_rad, lon_rad = np.append(lat_rad, end_lat_rad), np.append(lon_rad, end_lon_rad)
    heading_rad = headings(lat_rad, lon_rad)
    left = places_ahead(lat_rad, lon_rad, heading_rad - QUARTER_TURN_RAD, half_width_m)
    right = places_ahead(lat_rad, lon_rad, heading_rad + QUARTER_TURN_RAD, half_width_m)
    sides = [np.column_stack([left[1], left[0]]), np.column_stack([right[1], right[0]])[::-1]]
    return np.vstack(sides)


def places_at(
    track_tai_ns: Instants, latitude_rad: Floats, longitude_rad: Floats, wanted_tai_ns: Instants
) -> tuple[Floats, Floats]:
    """Return latitude and longitude of a track at instants, straight in space between its points.

    Rows a minute apart leave the arc by a tenth of a kilometre at most along the ground.
    """
    unit = np.column_stack(
        [
            np.cos(latitude_rad) * np.cos(longitude_rad),
            np.cos(latitude_rad) * np.sin(longitude_rad),
            np.sin(latitude_rad),
        ]
    )
    since_s = (track_tai_ns - track_tai_ns[0]) / 1e9
    wanted_s = (wanted_tai_ns - track_tai_ns[0]) / 1e9
    x, y, z = (np.interp(wanted_s, since_s, unit[:, axis]) for axis in range(3))
    return np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)
