"""Mean orbits of many objects at once: how their planes turn, and what drag leaves uncertain."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Floats, Instants
from baken.astro.constants import EARTH_J2_WGS72, EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M

# Density, and so drag, of past weeks is known from one element set to a tenth or so: the spread between the
# drag terms of neighbouring sets of one object.  Vallado (2013), section 9.4, tells of 10 to 15 %.
DRAG_ERROR_SHARE = 0.1
# SGP4's own heights of the air (Hoots & Roehrich 1980, Spacetrack Report 3): s = 78 km, q0 = 120 km.
LOWEST_AIR_M, AIR_SCALE_TOP_M = 78e3, 120e3
# What elements are off by at their own epoch, and by how much more each day without drag: Levit & Marshall
# (2011), Adv. Space Res. 47, find about a kilometre at epoch and one to three a day.
ERROR_AT_EPOCH_M, ERROR_A_DAY_M = 2e3, 1e3
SECONDS_A_DAY = 86_400.0


class MeanOrbits(NamedTuple):
    """Mean elements as element sets carry them; every array is (n,).

    ``mean_motion_rate_rad_s2`` is the whole derivative, not the half that element sets publish.
    """

    epoch_tai_ns: Instants
    mean_motion_rad_s: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    mean_motion_rate_rad_s2: Floats

    def of(self, rows: npt.NDArray[np.intp]) -> "MeanOrbits":
        """Return some of them, in the order asked for."""
        return MeanOrbits(
            self.epoch_tai_ns[rows],
            self.mean_motion_rad_s[rows],
            self.eccentricity[rows],
            self.inclination_rad[rows],
            self.raan_rad[rows],
            self.mean_motion_rate_rad_s2[rows],
        )

    @property
    def semi_major_axis_m(self) -> Floats:
        """The semi-major axis by Kepler's third law."""
        return np.asarray(np.cbrt(EARTH_MU_WGS72_M3_S2 / self.mean_motion_rad_s**2))


def node_rates_rad_s(orbits: MeanOrbits) -> Floats:
    """Return the rate of each node that the Earth's flattening causes.

    Source: Kozai (1959), first order in J2.
    """
    parameter = orbits.semi_major_axis_m * (1.0 - orbits.eccentricity**2)
    strength = 1.5 * EARTH_J2_WGS72 * (EARTH_RADIUS_WGS72_M / parameter) ** 2 * orbits.mean_motion_rad_s
    return np.asarray(-strength * np.cos(orbits.inclination_rad))


def normals_teme(orbits: MeanOrbits, epoch_tai_ns: Instants) -> Floats:
    """Return the direction of each orbit's normal at each time: nodes turn, ever faster as drag works.

    Shape:  epoch_tai_ns is (k,); the result (n, k, 3).
    """
    after_s = (np.atleast_1d(epoch_tai_ns)[None, :] - orbits.epoch_tai_ns[:, None]) / 1e9
    rate = node_rates_rad_s(orbits)
    # A node's rate goes as n to the power 7/3.
    bend = 7.0 / 6.0 * rate * orbits.mean_motion_rate_rad_s2 / orbits.mean_motion_rad_s
    node = orbits.raan_rad[:, None] + rate[:, None] * after_s + bend[:, None] * after_s**2
    sine = np.sin(orbits.inclination_rad)[:, None]
    up = np.broadcast_to(np.cos(orbits.inclination_rad)[:, None], node.shape)
    return np.stack([sine * np.sin(node), -sine * np.cos(node), up], axis=-1)


def mean_motion_rate_of_drag_rad_s2(
    mean_motion_rad_s: Floats, eccentricity: Floats, bstar_per_earth_radius: Floats
) -> Floats:
    """Return how fast the drag term of SGP4 makes an object go round faster: 3 n C1, near circles.

    Source: Hoots & Roehrich (1980), Spacetrack Report 3, section 6: C1 = B* C2, its terms without J2.

    >>> rate = mean_motion_rate_of_drag_rad_s2(np.array([1.13e-3]), np.array([1e-3]), np.array([1e-4]))
    >>> bool(1e-13 < rate[0] < 1e-11)
    True
    """
    radius_m = np.cbrt(EARTH_MU_WGS72_M3_S2 / mean_motion_rad_s**2)
    floor_m = EARTH_RADIUS_WGS72_M + LOWEST_AIR_M
    above_m = np.maximum(radius_m - floor_m, 0.2 * LOWEST_AIR_M)
    eta = np.minimum(radius_m * eccentricity / above_m, 0.9)
    thin = ((AIR_SCALE_TOP_M - LOWEST_AIR_M) / above_m) ** 4
    c2 = thin * mean_motion_rad_s * (radius_m / EARTH_RADIUS_WGS72_M) * (1.0 - eta**2) ** -3.5
    c1 = bstar_per_earth_radius * c2 * (1.0 + 1.5 * eta**2 + 4.0 * eccentricity * eta + eccentricity * eta**3)
    return np.asarray(3.0 * mean_motion_rad_s * c1)


def along_track_sigma_m(orbits: MeanOrbits, epoch_tai_ns: int) -> Floats:
    """Return how uncertain places along the orbits are: by fit, daily growth, and drag squared in time."""
    after_s = np.abs(epoch_tai_ns - orbits.epoch_tai_ns) / 1e9
    drag_m = 0.5 * np.abs(orbits.mean_motion_rate_rad_s2) * after_s**2 * orbits.semi_major_axis_m
    plain_m = ERROR_AT_EPOCH_M + ERROR_A_DAY_M * after_s / SECONDS_A_DAY
    return np.asarray(np.hypot(plain_m, DRAG_ERROR_SHARE * drag_m))


def cross_track_sigma_m(orbits: MeanOrbits, epoch_tai_ns: int) -> Floats:
    """Return how uncertain the planes are at an instant, as a distance: what drag leaves open in the node."""
    after_s = np.abs(epoch_tai_ns - orbits.epoch_tai_ns) / 1e9
    share = 7.0 / 6.0 * np.abs(node_rates_rad_s(orbits) * orbits.mean_motion_rate_rad_s2)
    drag_rad = DRAG_ERROR_SHARE * share / orbits.mean_motion_rad_s * after_s**2
    plain_m = ERROR_AT_EPOCH_M * (1.0 + after_s / SECONDS_A_DAY / 30.0)
    return np.asarray(np.hypot(plain_m, drag_rad * orbits.semi_major_axis_m))


def radial_sigma_m(orbits: MeanOrbits, epoch_tai_ns: int) -> Floats:
    """Return how uncertain heights are at an instant: what drag leaves open in the semi-major axis."""
    after_s = np.abs(epoch_tai_ns - orbits.epoch_tai_ns) / 1e9
    drag_m = (
        2.0
        / 3.0
        * orbits.semi_major_axis_m
        * np.abs(orbits.mean_motion_rate_rad_s2)
        * after_s
        / orbits.mean_motion_rad_s
    )
    return np.asarray(np.hypot(ERROR_AT_EPOCH_M, DRAG_ERROR_SHARE * drag_m))
