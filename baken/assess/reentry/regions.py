"""Which members of an ensemble come down where, how likely each region is, and when it is safe again."""

import numpy as np
from scipy.special import pdtri

from baken.astro.arrays import Floats, FloatsLike, Instants, Truths
from baken.astro.constants import EARTH_FLATTENING_WGS84

HALF_TURN_RAD, TURN_RAD = np.pi, 2.0 * np.pi
# With no hit in n tries, three in n is what the true share may still be: 95 %, Hanley & Lippman-Hand (1983).
RULE_OF_THREE, DOUBT = 3.0, 0.05
# How far beyond the highest latitude of a track anything is taken to fall.  An assumption of ours, thrice the
# half width of a footprint: who is told that nothing can come there should never be the one it comes to.
BESIDE_TRACK_RAD = np.radians(1.0)
MOST_AT_ONCE = 10_000_000
ALREADY_CLEAR_TAI_NS = -(2**63)


def inside(latitude_rad: FloatsLike, longitude_rad: FloatsLike, *rings_rad: Floats) -> Truths:
    """Say which places an odd number of rings hold.

    A ring is (n, 2), longitude and latitude; its edges are straight in these and go the short way round.  A
    ring that goes round a pole holds that pole: the one on whose side of the equator its middle lies.

    Shape:  latitude_rad and longitude_rad are (m,), and so is the result.
    Source: Shimrat (1962), Algorithm 112, Communications of the ACM 5 (8): an odd number of crossings.

    >>> round_fiji_rad = np.radians([[177.0, -20.0], [-178.0, -20.0], [-178.0, -15.0], [177.0, -15.0]])
    >>> inside(np.radians([-18.0, -18.0]), np.radians([179.0, 170.0]), round_fiji_rad)
    array([ True, False])
    """
    latitude_rad, longitude_rad = np.broadcast_arrays(
        np.atleast_1d(np.asarray(latitude_rad, dtype=float)),
        np.atleast_1d(np.asarray(longitude_rad, dtype=float)),
    )
    held = np.zeros(latitude_rad.shape, dtype=bool)
    for ring_rad in rings_rad:
        held ^= _in_ring(latitude_rad, longitude_rad, ring_rad)
    return held


def _in_ring(latitude_rad: Floats, longitude_rad: Floats, ring_rad: Floats) -> Truths:
    x_rad, y_rad = _closed(ring_rad)
    place_x_rad = x_rad.min() + np.mod(longitude_rad - x_rad.min(), TURN_RAD)
    near = (latitude_rad >= y_rad.min()) & (latitude_rad <= y_rad.max()) & (place_x_rad <= x_rad.max())
    held = np.zeros(latitude_rad.shape, dtype=bool)
    (rows,) = np.nonzero(near)
    # A coast of many corners and an ensemble of many members do not both fit in memory.
    n_at_once = max(1, MOST_AT_ONCE // len(x_rad))
    for first in range(0, len(rows), n_at_once):
        some = rows[first : first + n_at_once]
        held[some] = _is_odd_crossed(latitude_rad[some], place_x_rad[some], x_rad, y_rad)
    return held


def _closed(ring_rad: Floats) -> tuple[Floats, Floats]:
    """Return a ring as an unbroken line of longitudes and latitudes whose last corner is its first."""
    corner_rad = np.vstack([ring_rad, ring_rad[:1]])
    x_rad, y_rad = np.unwrap(corner_rad[:, 0]), corner_rad[:, 1]
    if abs(x_rad[-1] - x_rad[0]) < HALF_TURN_RAD:
        return x_rad, y_rad
    pole_rad = np.copysign(HALF_TURN_RAD / 2.0, y_rad.mean())
    return np.append(x_rad, [x_rad[-1], x_rad[0], x_rad[0]]), np.append(y_rad, [pole_rad, pole_rad, y_rad[0]])


def _is_odd_crossed(latitude_rad: Floats, place_x_rad: Floats, x_rad: Floats, y_rad: Floats) -> Truths:
    """Say from which places a line due east crosses the ring an odd number of times."""
    ends_apart = (y_rad[:-1] > latitude_rad[:, None]) != (y_rad[1:] > latitude_rad[:, None])
    place, edge = np.nonzero(ends_apart)
    slope = (x_rad[edge + 1] - x_rad[edge]) / (y_rad[edge + 1] - y_rad[edge])
    crossing_x_rad = x_rad[edge] + slope * (latitude_rad[place] - y_rad[edge])
    n_crossings = np.bincount(place[crossing_x_rad > place_x_rad[place]], minlength=len(latitude_rad))
    is_odd: Truths = n_crossings % 2 == 1
    return is_odd


def first_and_last(epoch_tai_ns: Instants, is_held: Truths, outside_share: float) -> tuple[int, int] | None:
    """Return the instants before and after which ``outside_share`` of the held members come down.

    With too few members for that these are the first and last of them; with none there is no answer.

    >>> first_and_last(np.arange(5), np.array([False, True, True, True, False]), 0.05)
    (1, 3)
    """
    held_tai_ns = np.sort(epoch_tai_ns[is_held])
    if not len(held_tai_ns):
        return None
    n_outside = int(outside_share * len(held_tai_ns))
    return int(held_tai_ns[n_outside]), int(held_tai_ns[-1 - n_outside])


def share_over_time(
    epoch_tai_ns: Instants, is_held: Truths, edge_tai_ns: Instants, n_still_up: int
) -> Floats:
    """Return what share of all members comes down, held, between one edge of time and the next.

    >>> share_over_time(np.array([1, 2, 7]), np.array([True, True, True]), np.array([0, 5, 10]), 1)
    array([0.5 , 0.25])
    """
    if len(edge_tai_ns) < 2:
        return np.array([], dtype=np.float64)
    counts, _ = np.histogram(epoch_tai_ns[is_held], bins=edge_tai_ns)
    return counts / (len(epoch_tai_ns) + n_still_up)


def least_share_told(n_members: int) -> float:
    """Return the smallest share that so many members can speak of.

    >>> least_share_told(1_000)
    0.003
    """
    return RULE_OF_THREE / n_members


def members_for(share: float) -> int:
    """Return how many members can speak of so small a share.

    >>> members_for(0.001)
    3000
    """
    return int(np.ceil(RULE_OF_THREE / share))


def can_be_reached(inclination_rad: float, *rings_rad: Floats) -> bool:
    """Say whether anything on an orbit of this inclination may fall within one of these rings.

    By latitude alone: a ring that lies wholly beyond the highest latitude of the track, and a degree, cannot.

    >>> lapland_rad = np.radians([[20.0, 68.0], [30.0, 68.0], [30.0, 70.0]])
    >>> can_be_reached(np.radians(53.0), lapland_rad), can_be_reached(np.radians(97.0), lapland_rad)
    (False, True)
    """
    steepest_rad = min(inclination_rad, HALF_TURN_RAD - inclination_rad)
    # An inclination bounds the latitude seen from the centre; a map's is up to a fifth of a degree higher.
    highest_rad = np.arctan(np.tan(steepest_rad) / (1.0 - EARTH_FLATTENING_WGS84) ** 2) + BESIDE_TRACK_RAD
    return any(
        ring_rad[:, 1].min() < highest_rad and ring_rad[:, 1].max() > -highest_rad for ring_rad in rings_rad
    )


def clear_from(
    epoch_tai_ns: Instants, is_held: Truths, threshold_fraction: float, n_still_up: int, fall_s: float
) -> int | None:
    """Return the first instant after which the chance of anything still coming down is below a threshold.

    Below it with 95 % certainty, so many members are left to come: of none, three in all may still be meant.
    That is as known now: members already down stay counted among all.  A member still up when the computing
    ended may come down anywhere.  ``ALREADY_CLEAR_TAI_NS`` lies before all instants; no answer means: not
    within what was computed.  ``fall_s`` is how long the last fragments take to the ground.

    Raises: ValueError for a threshold that so few members cannot speak of.

    >>> minute_tai_ns = np.arange(1_000) * 60_000_000_000
    >>> clear_from(minute_tai_ns, minute_tai_ns < 600_000_000_000, 0.004, 0, fall_s=1_800.0) / 60e9
    39.0
    """
    n_all = len(epoch_tai_ns) + n_still_up
    if threshold_fraction < least_share_told(n_all):
        told = f"{threshold_fraction:g} is less than {n_all} members can speak of"
        raise ValueError(f"{told}; ask for {least_share_told(n_all):g} or more")
    n_allowed = _most_left(threshold_fraction * n_all) - n_still_up
    if n_allowed < 0:
        return None
    held_tai_ns = np.sort(epoch_tai_ns[is_held])
    if len(held_tai_ns) <= n_allowed:
        return ALREADY_CLEAR_TAI_NS
    return int(held_tai_ns[-1 - n_allowed]) + round(fall_s * 1e9)


def _most_left(n_expected: float) -> int:
    """Return the most hits that still show, with 95 % certainty, that fewer than so many are expected."""
    # Beside n_expected hits there is a chance of a half that as many more were meant.
    hits = np.arange(int(n_expected) + 1)
    return max(0, int((pdtri(hits, DOUBT) <= n_expected).sum()) - 1)
