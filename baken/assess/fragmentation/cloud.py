"""A cloud of pieces: where they start, how they spread, and how dense they are over height and latitude."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import (
    EARTH_J2_EGM2008,
    EARTH_MU_M3_S2,
    EARTH_RADIUS_EGM2008_M,
    EARTH_RADIUS_WGS84_M,
)
from baken.astro.elements import (
    apogee_radius_m,
    elements_from_state,
    mean_anomaly_from_true_rad,
    perigee_radius_m,
)

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

    Elements are those of ``baken.astro.averaged_drag``.  The semi-major axis is the mean one, from the energy
    with J2's part in it; the other elements are osculating, off by a thousandth (J2) at most.

    Shape:  position and velocity (3,), kicks (n, 3), in one inertial frame along the Earth's axis; (n, 6).

    >>> cloud_elements([7e6, 0.0, 0.0], [0.0, 0.0, 7546.0], [[0.0, 0.0, 0.0]])[0, :3].round(3)
    array([6.99046796e+06, 0.00000000e+00, 1.57100000e+00])
    """
    position = np.asarray(position_m, dtype=float)
    velocity = np.asarray(velocity_m_s, dtype=float) + np.asarray(kick_m_s, dtype=float)
    kepler = elements_from_state(np.broadcast_to(position, velocity.shape), velocity)
    bound = (kepler.eccentricity < 1.0) & (kepler.semi_major_axis_m > 0.0)
    eccentricity = np.where(bound, kepler.eccentricity, 0.0)
    mean_anomaly = mean_anomaly_from_true_rad(kepler.true_anomaly_rad, eccentricity)
    axis_m = _mean_axis_m(position, velocity, eccentricity, kepler.inclination_rad)
    rows = np.stack(
        [
            axis_m,
            eccentricity,
            kepler.inclination_rad,
            kepler.raan_rad,
            kepler.argument_of_perigee_rad,
            mean_anomaly,
        ],
        axis=-1,
    )
    return np.where(bound[:, None], rows, np.nan)


def spread_of(elements_si: FloatsLike) -> Spread:
    """Return how far the pieces that are still up have spread."""
    rows = _up(elements_si)
    latitude = rows[:, 4] + rows[:, 5]
    return Spread(*(float(abs(np.exp(1j * angle).mean())) for angle in (latitude, rows[:, 3])))


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


def _mean_axis_m(position: Floats, velocity: Floats, eccentricity: Floats, inclination: Floats) -> Floats:
    """Return the mean semi-major axis: the one whose energy, with J2's mean part, is that of the state."""
    radius = np.linalg.norm(position)
    strength = EARTH_MU_M3_S2 * EARTH_J2_EGM2008 * EARTH_RADIUS_EGM2008_M**2
    oblate = strength / radius**3 * (1.5 * (position[2] / radius) ** 2 - 0.5)
    energy = 0.5 * (velocity**2).sum(axis=-1) - EARTH_MU_M3_S2 / radius + oblate
    axis = -EARTH_MU_M3_S2 / (2.0 * energy)
    mean = strength / (axis**3 * (1.0 - eccentricity**2) ** 1.5) * (0.75 * np.sin(inclination) ** 2 - 0.5)
    return np.asarray(-EARTH_MU_M3_S2 / (2.0 * (energy - mean)))
