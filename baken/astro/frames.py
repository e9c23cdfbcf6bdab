"""From the stars to the ground: rotations and states between GCRS, ITRS, TEME and EME2000.

    GCRS  --IAU 2006/2000A, dX dY-->  CIRS  --Earth rotation angle-->  TIRS  --polar motion-->  ITRS
    TEME  ------------------ GMST 1982 ----------------------------->  PEF   --polar motion-->  ITRS

Every rotation is named from where to where.  Velocities feel the Earth's rotation; the drift of its axis in
space (below 3e-4 m/s at geostationary height) is left out, as the field does.
"""

import erfa
import numpy as np

from baken.astro.arrays import Floats, FloatsLike, InstantsLike
from baken.astro.constants import EARTH_ROTATION_RATE_RAD_S
from baken.astro.earth_data import EarthData, EarthOrientation
from baken.astro.rotations import (
    reversed_rotation,
    rotation_about_z,
    turned,
    turned_back,
    velocity_of_turning_m_s,
)
from baken.astro.time import SECONDS_A_DAY, julian_date_tt, julian_date_ut1

State = tuple[Floats, Floats]


def rotation_gcrs_to_cirs(epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation to the true pole and the origin without rotation of each instant.

    Source: IERS TN36, equation 5.10; IAU 2006 precession, 2000A nutation, through SOFA's ``xys06a``.
    """
    return _rotation_gcrs_to_cirs(epoch_tai_ns, earth.at(epoch_tai_ns))


def rotation_cirs_to_tirs(epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation by the Earth rotation angle."""
    return _rotation_cirs_to_tirs(epoch_tai_ns, earth.at(epoch_tai_ns))


def rotation_tirs_to_itrs(epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation from the pole of the day to the pole of the maps."""
    return _rotation_tirs_to_itrs(epoch_tai_ns, earth.at(epoch_tai_ns))


def rotation_gcrs_to_itrs(epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation from inertial space to the ground, to what Earth data allow (1 cm at the surface).

    Shape:  (...) instants; the result (..., 3, 3).
    Raises: ValueError where the Earth data say nothing.
    Source: IERS TN36, chapter 5, CIO based.
    """
    now = earth.at(epoch_tai_ns)
    return np.asarray(
        _rotation_tirs_to_itrs(epoch_tai_ns, now)
        @ _rotation_cirs_to_tirs(epoch_tai_ns, now)
        @ _rotation_gcrs_to_cirs(epoch_tai_ns, now)
    )


def rotation_teme_to_pef(epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation by Greenwich mean sidereal time of 1982, as SGP4's own frame is understood.

    Source: Vallado et al. (2006), AIAA 2006-6753, appendix C.
    """
    ut1 = julian_date_ut1(epoch_tai_ns, earth.at(epoch_tai_ns).ut1_minus_utc_s)
    return rotation_about_z(erfa.gmst82(*ut1))


def rotation_pef_to_itrs(epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation by polar motion alone, as the theory of 1980 has it."""
    now = earth.at(epoch_tai_ns)
    return np.asarray(erfa.pom00(now.x_pole_rad, now.y_pole_rad, 0.0), dtype=np.float64)


def rotation_teme_to_itrs(epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation from SGP4's frame to the ground."""
    return np.asarray(rotation_pef_to_itrs(epoch_tai_ns, earth) @ rotation_teme_to_pef(epoch_tai_ns, earth))


def rotation_teme_to_gcrs(epoch_tai_ns: InstantsLike, earth: EarthData) -> Floats:
    """Return the rotation from SGP4's frame to inertial space, by way of the ground.

    Earth data cancel on that way but for dX and dY: without any, the result is off by 2 cm at 7000 km.  Read
    through the nutation of 1980 (``frames_1976``) the same frame lies up to 1 m elsewhere: SGP4's papers
    leave that open, and element sets are good to a kilometre.
    """
    way_back = reversed_rotation(rotation_gcrs_to_itrs(epoch_tai_ns, earth))
    return np.asarray(way_back @ rotation_teme_to_itrs(epoch_tai_ns, earth))


def rotation_gcrs_to_eme2000() -> Floats:
    """Return the frame bias: 23 milliarcseconds, 0.8 m at 7000 km.

    Source: IAU 2006, through SOFA's ``bp06``.
    """
    bias, _, _ = erfa.bp06(2_451_545.0, 0.0)
    return np.asarray(bias, dtype=np.float64)


def state_gcrs_to_itrs(
    epoch_tai_ns: InstantsLike, position_gcrs_m: FloatsLike, velocity_gcrs_m_s: FloatsLike, earth: EarthData
) -> State:
    """Return position and velocity as somebody sees them who stands on the Earth.

    Shape:  (...) instants, (..., 3) vectors; the result two of (..., 3).
    Raises: ValueError where the Earth data say nothing.
    """
    now = earth.at(epoch_tai_ns)
    to_tirs = _rotation_cirs_to_tirs(epoch_tai_ns, now) @ _rotation_gcrs_to_cirs(epoch_tai_ns, now)
    return _onto_the_ground(
        to_tirs, _rotation_tirs_to_itrs(epoch_tai_ns, now), position_gcrs_m, velocity_gcrs_m_s, now
    )


def state_itrs_to_gcrs(
    epoch_tai_ns: InstantsLike, position_itrs_m: FloatsLike, velocity_itrs_m_s: FloatsLike, earth: EarthData
) -> State:
    """Return position and velocity as the stars see them.

    Shape:  (...) instants, (..., 3) vectors; the result two of (..., 3).
    Raises: ValueError where the Earth data say nothing.
    """
    now = earth.at(epoch_tai_ns)
    to_tirs = _rotation_cirs_to_tirs(epoch_tai_ns, now) @ _rotation_gcrs_to_cirs(epoch_tai_ns, now)
    to_itrs = _rotation_tirs_to_itrs(epoch_tai_ns, now)
    position_tirs_m = turned_back(to_itrs, position_itrs_m)
    velocity_tirs_m_s = turned_back(to_itrs, velocity_itrs_m_s)
    still_m_s = velocity_tirs_m_s + velocity_of_turning_m_s(earth_rotation_rate_rad_s(now), position_tirs_m)
    return turned_back(to_tirs, position_tirs_m), turned_back(to_tirs, still_m_s)


def state_teme_to_itrs(
    epoch_tai_ns: InstantsLike, position_teme_m: FloatsLike, velocity_teme_m_s: FloatsLike, earth: EarthData
) -> State:
    """Return what SGP4 gave, as somebody sees it who stands on the Earth.

    Shape:  (...) instants, (..., 3) vectors; the result two of (..., 3).
    Raises: ValueError where the Earth data say nothing.
    Source: Vallado et al. (2006), AIAA 2006-6753, appendix C.
    """
    to_pef = rotation_teme_to_pef(epoch_tai_ns, earth)
    to_itrs = rotation_pef_to_itrs(epoch_tai_ns, earth)
    return _onto_the_ground(to_pef, to_itrs, position_teme_m, velocity_teme_m_s, earth.at(epoch_tai_ns))


def state_teme_to_gcrs(
    epoch_tai_ns: InstantsLike, position_teme_m: FloatsLike, velocity_teme_m_s: FloatsLike, earth: EarthData
) -> State:
    """Return what SGP4 gave, as the stars see it; between frames at rest velocities turn like positions.

    Shape:  (...) instants, (..., 3) vectors; the result two of (..., 3).
    """
    rotation = rotation_teme_to_gcrs(epoch_tai_ns, earth)
    return turned(rotation, position_teme_m), turned(rotation, velocity_teme_m_s)


def earth_rotation_rate_rad_s(orientation: EarthOrientation) -> Floats:
    """Return how fast the Earth turned: a long day is a slow one."""
    return EARTH_ROTATION_RATE_RAD_S * (1.0 - orientation.length_of_day_excess_s / SECONDS_A_DAY)


def _onto_the_ground(
    to_turning: Floats,
    to_itrs: Floats,
    position_m: FloatsLike,
    velocity_m_s: FloatsLike,
    now: EarthOrientation,
) -> State:
    """Turn a state of a frame at rest into the turning one, and on to the pole of the maps."""
    position_turning_m = turned(to_turning, position_m)
    along_m_s = velocity_of_turning_m_s(earth_rotation_rate_rad_s(now), position_turning_m)
    velocity_turning_m_s = turned(to_turning, velocity_m_s) - along_m_s
    return turned(to_itrs, position_turning_m), turned(to_itrs, velocity_turning_m_s)


def _rotation_gcrs_to_cirs(epoch_tai_ns: InstantsLike, now: EarthOrientation) -> Floats:
    x, y, s = erfa.xys06a(*julian_date_tt(epoch_tai_ns))
    return np.asarray(erfa.c2ixys(x + now.dx_rad, y + now.dy_rad, s), dtype=np.float64)


def _rotation_cirs_to_tirs(epoch_tai_ns: InstantsLike, now: EarthOrientation) -> Floats:
    return rotation_about_z(erfa.era00(*julian_date_ut1(epoch_tai_ns, now.ut1_minus_utc_s)))


def _rotation_tirs_to_itrs(epoch_tai_ns: InstantsLike, now: EarthOrientation) -> Floats:
    s_prime_rad = erfa.sp00(*julian_date_tt(epoch_tai_ns))
    return np.asarray(erfa.pom00(now.x_pole_rad, now.y_pole_rad, s_prime_rad), dtype=np.float64)
