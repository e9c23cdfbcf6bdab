"""A cloud of pieces: where they start, how they spread, and how dense they are over height and latitude."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import (
    EARTH_RADIUS_WGS84_M,
)
from baken.astro.elements import (
    apogee_radius_m,
    perigee_radius_m,
)
from baken.astro.mean_elements import mean_elements_from_state

# The mean direction of angles strewn evenly is near zero; of angles all alike it is one.
SPREAD_BELOW = 0.2


class Spread(NamedTuple):
    """How far a cloud has spread, as the length of the mean direction: 1 together, 0 all round.

    Pieces first spread along the orbit (a ring), later their planes spread about the pole (a shell).
    """

    along_orbit: float
    in_node: float

    @property
    def is_ring(self) -> bool:
        """Whether the pieces are strewn all along the orbit."""
        return self.along_orbit < SPREAD_BELOW

    @property
    def is_shell(self) -> bool:
        """Whether their planes are strewn all round too, so that only height and latitude matter."""
        return self.is_ring and self.in_node < SPREAD_BELOW


def cloud_elements(position_m: FloatsLike, velocity_m_s: FloatsLike, kick_m_s: FloatsLike) -> Floats:
    """Return mean elements of pieces that leave one place with kicks; NaN for those that leave the Earth.

    Elements are those of ``baken.astro.averaged_drag``.

    Shape:  position and velocity (3,), kicks (n, 3), in one inertial frame along the Earth's axis; (n, 6).

    >>> cloud_elements([7e6, 0.0, 0.0], [0.0, 0.0, 7546.0], [[0.0, 0.0, 0.0]])[0, :3].round(3)
    array([6.9904785e+06, 0.0000000e+00, 1.5710000e+00])
    """
    velocity = np.asarray(velocity_m_s, dtype=float) + np.asarray(kick_m_s, dtype=float)
    return mean_elements_from_state(np.asarray(position_m, dtype=float), velocity)


def spread_of(elements_si: FloatsLike) -> Spread:
    """Return how far the pieces that are still up have spread."""
    rows = _up(elements_si)
    latitude = rows[:, 4] + rows[:, 5]
    return Spread(*(float(abs(np.exp(1j * angle).mean())) for angle in (latitude, rows[:, 3])))


def spread_of_states(position_m: FloatsLike, velocity_m_s: FloatsLike) -> tuple[Floats, Floats]:
    """Return how far pieces have spread along the orbit and in node, from where they are, as ``Spread``.

    Each piece's place is counted along its own orbit from its own node; NaN stands for one that is lost.

    Shape:  position and velocity (n, k, 3), inertial, along the Earth's axis; the results (k,).

    >>> here = np.array([[[7e6, 0.0, 0.0]], [[0.0, 7e6, 0.0]]])
    >>> there = np.array([[[0.0, 5e3, 5e3]], [[-5e3, 0.0, 5e3]]])
    >>> along, node = spread_of_states(here, there)
    >>> float(along[0].round(3)), float(node[0].round(3))
    (1.0, 0.707)
    """
    position, velocity = np.asarray(position_m, dtype=float), np.asarray(velocity_m_s, dtype=float)
    normal = np.cross(position, velocity)
    node = np.arctan2(normal[..., 0], -normal[..., 1])
    towards_node = np.stack([np.cos(node), np.sin(node), np.zeros_like(node)], axis=-1)
    ahead = np.cross(normal, towards_node)
    ahead = ahead / np.linalg.norm(ahead, axis=-1, keepdims=True)
    latitude = np.arctan2((position * ahead).sum(axis=-1), (position * towards_node).sum(axis=-1))
    along, planes = (np.abs(np.nanmean(np.exp(1j * angle), axis=0)) for angle in (latitude, node))
    return np.asarray(along), np.asarray(planes)


def shares_in_shells(elements_si: FloatsLike, edge_m: FloatsLike) -> Floats:
    """Return which share of its time each piece spends between heights; 0 for one that is down.

    Heights count from the equator's radius.  Exact for an ellipse: the mean anomaly at each height.

    Shape:  elements (n, 6), edges (k + 1,) increasing; the result (n, k).

    >>> shares_in_shells([[7e6, 0.01, 1.0, 0.0, 0.0, 0.0]], [500e3, 700e3]).round(6)
    array([[1.]])
    """
    rows = np.atleast_2d(np.asarray(elements_si, dtype=float))
    axis, e = rows[:, :1], np.maximum(rows[:, 1:2], 1e-12)
    radius = EARTH_RADIUS_WGS84_M + np.asarray(edge_m, dtype=float)
    eccentric = np.arccos(np.clip((1.0 - radius / axis) / e, -1.0, 1.0))
    shares = np.diff((eccentric - e * np.sin(eccentric)) / np.pi, axis=1)
    return np.where(np.isfinite(axis), shares, 0.0)


def shares_in_bands(elements_si: FloatsLike, edge_rad: FloatsLike) -> Floats:
    """Return which share of its time each piece spends between latitudes, perigee anywhere; 0 when down.

    Shape:  elements (n, 6), edges (k + 1,) increasing; the result (n, k).
    """
    rows = np.atleast_2d(np.asarray(elements_si, dtype=float))
    sine = np.maximum(np.sin(rows[:, 2:3]), 1e-9)
    turn = np.arcsin(np.clip(np.sin(np.asarray(edge_rad, dtype=float)) / sine, -1.0, 1.0))
    return np.where(np.isfinite(rows[:, :1]), np.diff(turn, axis=1) / np.pi, 0.0)


def cell_volumes(edge_m: FloatsLike, edge_rad: FloatsLike) -> Floats:
    """Return the volumes (m3) between heights and latitudes; (k, j) for k + 1 heights and j + 1 latitudes."""
    radius = EARTH_RADIUS_WGS84_M + np.asarray(edge_m, dtype=float)
    shell = 2.0 * np.pi / 3.0 * np.diff(radius**3)
    return np.asarray(shell[:, None] * np.diff(np.sin(np.asarray(edge_rad, dtype=float))))


def densities_over_height(elements_si: FloatsLike, edge_m: FloatsLike, weight: FloatsLike = 1.0) -> Floats:
    """Return the mean number of pieces per m3 between heights; ``weight`` is how many each row stands for."""
    shares = shares_in_shells(elements_si, edge_m)
    number = (np.broadcast_to(weight, shares.shape[:1])[:, None] * shares).sum(axis=0)
    return np.asarray(number / cell_volumes(edge_m, [-np.pi / 2.0, np.pi / 2.0])[:, 0])


def heights_of_apsides_m(elements_si: FloatsLike) -> tuple[Floats, Floats]:
    """Return heights of apogee and of perigee above the equator's radius; each (n,).

    >>> [float(one[0]) for one in heights_of_apsides_m([[7e6, 0.01, 1.0, 0.0, 0.0, 0.0]])]
    [691863.0, 551863.0]
    """
    rows = np.atleast_2d(np.asarray(elements_si, dtype=float))
    apogee_m, perigee_m = apogee_radius_m(rows[:, 0], rows[:, 1]), perigee_radius_m(rows[:, 0], rows[:, 1])
    return apogee_m - EARTH_RADIUS_WGS84_M, perigee_m - EARTH_RADIUS_WGS84_M


def _up(elements_si: FloatsLike) -> Floats:
    rows = np.atleast_2d(np.asarray(elements_si, dtype=float))
    return np.asarray(rows[np.isfinite(rows[:, 0])])
