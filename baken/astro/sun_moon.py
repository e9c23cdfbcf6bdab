"""Where the Sun and the Moon stand, seen from the Earth's centre."""

import erfa
import numpy as np

from baken.astro.arrays import Floats, FloatsLike, InstantsLike
from baken.astro.constants import ASTRONOMICAL_UNIT_M, EARTH_RADIUS_EGM2008_M, SUN_RADIUS_M
from baken.astro.time import SECONDS_A_DAY, julian_date_tdb, julian_date_tt


def sun_position_gcrs_m(epoch_tai_ns: InstantsLike) -> Floats:
    """Return where the Sun is, geometrically: no light time, no aberration.

    Within 12 km from 1900 to 2100; the 20 arcseconds by which light is bent along are 15,000 km.

    Shape:  (...) instants; the result (..., 3).
    Source: VSOP2000, shortened, as in SOFA's ``epv00``.

    >>> abs(float(np.linalg.norm(sun_position_gcrs_m(0))) / 1.471e11 - 1.0) < 1e-3
    True
    """
    heliocentric, _ = erfa.epv00(*julian_date_tdb(epoch_tai_ns))
    return np.asarray(-ASTRONOMICAL_UNIT_M * heliocentric["p"], dtype=np.float64)


def moon_position_gcrs_m(epoch_tai_ns: InstantsLike) -> Floats:
    """Return where the Moon is, geometrically: 6 km rms and 32 km at worst from 1950 to 2100.

    Shape:  (...) instants; the result (..., 3).
    Source: Meeus (1998), chapter 47, as in SOFA's ``moon98``.
    """
    return np.asarray(ASTRONOMICAL_UNIT_M * _moon(epoch_tai_ns)["p"], dtype=np.float64)


def moon_velocity_gcrs_m_s(epoch_tai_ns: InstantsLike) -> Floats:
    """Return how the Moon moves: 0.04 m/s rms and 0.2 m/s at worst from 1950 to 2100."""
    return np.asarray(ASTRONOMICAL_UNIT_M / SECONDS_A_DAY * _moon(epoch_tai_ns)["v"], dtype=np.float64)


def sunlit_fraction(position_gcrs_m: FloatsLike, sun_gcrs_m: FloatsLike) -> Floats:
    """Return which part of the Sun's disc an object sees past a round Earth: 0 in the umbra, 1 in full light.

    Shape:  (..., 3) each; the result (...).
    Source: Montenbruck & Gill (2000), Satellite Orbits, section 3.4.2.

    >>> float(sunlit_fraction([-7e6, 0.0, 0.0], [1.5e11, 0.0, 0.0]))
    0.0
    """
    position_m, sun_m = (
        np.asarray(position_gcrs_m, dtype=np.float64),
        np.asarray(sun_gcrs_m, dtype=np.float64),
    )
    to_sun_m = sun_m - position_m
    radius_m, sun_range_m = np.linalg.norm(position_m, axis=-1), np.linalg.norm(to_sun_m, axis=-1)
    sun_rad = np.arcsin(SUN_RADIUS_M / sun_range_m)
    earth_rad = np.arcsin(np.minimum(EARTH_RADIUS_EGM2008_M / radius_m, 1.0))
    cosine = -(position_m * to_sun_m).sum(axis=-1) / (radius_m * sun_range_m)
    apart_rad = np.arccos(np.clip(cosine, -1.0, 1.0))
    return 1.0 - _covered_part(sun_rad, earth_rad, apart_rad)


def _covered_part(disc_rad: Floats, cover_rad: Floats, apart_rad: Floats) -> Floats:
    """Return which part of one disc another hides, as flat discs."""
    partly = (apart_rad < disc_rad + cover_rad) & (apart_rad > np.abs(cover_rad - disc_rad))
    apart = np.where(partly, apart_rad, 1.0)
    # Where one disc lies within the other the formula has no say; numbers that keep it quiet stand in.
    disc, cover = np.where(partly, disc_rad, 1.0), np.where(partly, cover_rad, 1.0)
    near = (apart**2 + disc**2 - cover**2) / (2.0 * apart)
    half_chord = np.sqrt(np.maximum(disc**2 - near**2, 0.0))
    lens = (
        disc**2 * np.arccos(np.clip(near / disc, -1.0, 1.0))
        + cover**2 * np.arccos(np.clip((apart - near) / cover, -1.0, 1.0))
        - apart * half_chord
    )
    whole = np.minimum(cover_rad / disc_rad, 1.0) ** 2
    return np.asarray(np.where(partly, lens / (np.pi * disc**2), np.where(apart_rad < cover_rad, whole, 0.0)))


def _moon(epoch_tai_ns: InstantsLike) -> np.ndarray:
    return np.asarray(erfa.moon98(*julian_date_tt(epoch_tai_ns)))
