"""The laws of NASA's standard breakup model: how many, how large, how light, how fast.

Lengths are characteristic lengths: the mean of three extents at right angles.  Area-to-mass ratios and speeds
are told as normal distributions of their logarithm to the base ten.

Source: Johnson, Krisko, Liou & Anz-Meador (2001), Adv. Space Res. 28(9), 1377, its equations by number;
        corrected and completed by Krisko (2011), Orbital Debris Quarterly News 15(4), 4.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike

CATASTROPHIC_J_KG = 40_000.0  # 40 J/g of the target
EXPLOSION_COUNT, EXPLOSION_SLOPE = 6.0, 1.6  # equation 2
COLLISION_COUNT, COLLISION_SLOPE, COLLISION_MASS_POWER = 0.1, 1.71, 0.75  # equation 4
SMALL_M, LARGE_M = 0.08, 0.11  # the two laws of area-to-mass ratio meet in between
SMALL_AREA_M = 0.00167  # equations 8 and 9
# Krisko (2011): between the two laws, the share of the larger one is 10 (log10 L + this), within [0, 1].
BRIDGE_SLOPE = 10.0
EJECTION_SIGMA = 0.4  # equations 11 and 12


class BodyKind(StrEnum):
    """What broke: the pieces of a rocket body and of a spacecraft are not alike."""

    SPACECRAFT = "spacecraft"
    ROCKET_BODY = "rocket-body"


class BreakupKind(StrEnum):
    """What broke it: pieces of a collision fly faster."""

    EXPLOSION = "explosion"
    COLLISION = "collision"


BRIDGE_START = {BodyKind.SPACECRAFT: 1.05, BodyKind.ROCKET_BODY: 1.12}
EJECTION_LINE = {BreakupKind.EXPLOSION: (0.2, 1.85), BreakupKind.COLLISION: (0.9, 2.9)}


class Mixture(NamedTuple):
    """Two normal distributions of log10 area-to-mass (m2/kg): the first with this share, else the second."""

    share: Floats
    first_mean: Floats
    first_sigma: Floats
    second_mean: Floats
    second_sigma: Floats


def is_catastrophic(target_mass_kg: float, projectile_mass_kg: float, speed_m_s: float) -> bool:
    """Tell whether a collision breaks the target wholly: 40 J/g of the heavier body, and exactly 40 too.

    >>> is_catastrophic(1000.0, 10.0, 10e3), is_catastrophic(2000.0, 1.5, 10e3)
    (True, False)
    """
    heavier_kg, lighter_kg = _heavier_and_lighter(target_mass_kg, projectile_mass_kg)
    return 0.5 * lighter_kg * speed_m_s**2 / heavier_kg >= CATASTROPHIC_J_KG


def mass_in_pieces_kg(target_mass_kg: float, projectile_mass_kg: float, speed_m_s: float) -> float:
    """Return the mass that the law of numbers of a collision asks for.

    Both bodies when it is catastrophic; else the mass of the projectile times the square of the speed in
    km/s, as Krisko (2011) mends the misprint of the paper, and never more than both bodies.
    """
    both_kg = target_mass_kg + projectile_mass_kg
    if is_catastrophic(target_mass_kg, projectile_mass_kg, speed_m_s):
        return both_kg
    _, lighter_kg = _heavier_and_lighter(target_mass_kg, projectile_mass_kg)
    return min(lighter_kg * (speed_m_s / 1000.0) ** 2, both_kg)


def explosion_number(length_m: FloatsLike, scale: float = 1.0) -> Floats:
    """Return how many pieces of an explosion are larger than a length: equation 2.

    ``scale`` is the paper's S, 1 for rocket bodies of 600 to 1000 kg; the events of a kind have their own.

    >>> float(explosion_number(0.1).round(0))
    239.0
    """
    return np.asarray(scale * EXPLOSION_COUNT * np.asarray(length_m, dtype=float) ** -EXPLOSION_SLOPE)


def collision_number(length_m: FloatsLike, mass_kg: float) -> Floats:
    """Return how many pieces of a collision are larger than a length: equation 4, of ``mass_in_pieces_kg``.

    >>> float(collision_number(0.1, 1510.0).round(0))
    1242.0
    """
    count = COLLISION_COUNT * mass_kg**COLLISION_MASS_POWER
    return np.asarray(count * np.asarray(length_m, dtype=float) ** -COLLISION_SLOPE)


def area_m2(length_m: FloatsLike) -> Floats:
    """Return the mean cross-section of a piece: equations 8 and 9.

    >>> float(area_m2(1.0))
    0.556945
    """
    length = np.asarray(length_m, dtype=float)
    return np.where(length < SMALL_AREA_M, 0.540424 * length**2, 0.556945 * length**2.0047077)


def length_of_area_m(area_m2: FloatsLike) -> Floats:
    """Return the length of a piece with a cross-section, the law of equation 9 turned round."""
    return np.asarray((np.asarray(area_m2, dtype=float) / 0.556945) ** (1.0 / 2.0047077))


def large_area_to_mass(length_m: FloatsLike, body: BodyKind) -> Mixture:
    """Return the law of area-to-mass ratio of pieces larger than 11 cm: equations 5 (rocket) and 6."""
    log_length = np.log10(np.asarray(length_m, dtype=float))
    if body is BodyKind.ROCKET_BODY:
        return Mixture(
            share=_line(log_length, (-1.4, 1.0), (0.0, 1.0 - 0.3571 * 1.4), ends=(1.0, 0.5)),
            first_mean=_line(log_length, (-0.5, -0.45), (0.0, -0.9), ends=(-0.45, -0.9)),
            first_sigma=np.full_like(log_length, 0.55),
            second_mean=np.full_like(log_length, -0.9),
            second_sigma=_line(log_length, (-1.0, 0.28), (0.1, 0.28 - 0.1636 * 1.1), ends=(0.28, 0.1)),
        )
    return Mixture(
        share=_line(log_length, (-1.95, 0.0), (0.55, 1.0), ends=(0.0, 1.0)),
        first_mean=_line(log_length, (-1.1, -0.6), (0.0, -0.6 - 0.318 * 1.1), ends=(-0.6, -0.95)),
        first_sigma=_line(log_length, (-1.3, 0.1), (-0.3, 0.3), ends=(0.1, 0.3)),
        second_mean=_line(log_length, (-0.7, -1.2), (-0.1, -1.2 - 1.333 * 0.6), ends=(-1.2, -2.0)),
        second_sigma=_line(log_length, (-0.5, 0.5), (-0.3, 0.3), ends=(0.5, 0.3)),
    )


def small_area_to_mass(length_m: FloatsLike) -> tuple[Floats, Floats]:
    """Return mean and sigma of log10 area-to-mass ratio of pieces smaller than 8 cm: equation 7."""
    log_length = np.log10(np.asarray(length_m, dtype=float))
    mean = _line(log_length, (-1.75, -0.3), (-1.25, -1.0), ends=(-0.3, -1.0))
    return mean, np.where(log_length <= -3.5, 0.2, 0.2 + 0.1333 * (log_length + 3.5))


def share_of_large_law(length_m: FloatsLike, body: BodyKind) -> Floats:
    """Return the share of pieces that follow the area-to-mass law of the large: 0 to 8 cm, 1 from 11."""
    length = np.asarray(length_m, dtype=float)
    bridge = np.clip(BRIDGE_SLOPE * (np.log10(length) + BRIDGE_START[body]), 0.0, 1.0)
    return np.where(length < SMALL_M, 0.0, np.where(length >= LARGE_M, 1.0, bridge))


def ejection_mean(area_to_mass_m2_kg: FloatsLike, kind: BreakupKind) -> Floats:
    """Return the mean of log10 of the speed (m/s) at which a piece leaves: equations 11 and 12."""
    slope, start = EJECTION_LINE[kind]
    return np.asarray(slope * np.log10(np.asarray(area_to_mass_m2_kg, dtype=float)) + start)


def _heavier_and_lighter(one_kg: float, other_kg: float) -> tuple[float, float]:
    return max(one_kg, other_kg), min(one_kg, other_kg)


def _line(
    log_length: Floats, start: tuple[float, float], end: tuple[float, float], ends: tuple[float, float]
) -> Floats:
    """Return a straight line between two lengths, and what the paper prints beyond its ends."""
    slope = (end[1] - start[1]) / (end[0] - start[0])
    between = start[1] + slope * (log_length - start[0])
    return np.where(log_length <= start[0], ends[0], np.where(log_length >= end[0], ends[1], between))
