"""A breakup that is imagined: pieces that stand for all, and the element sets they would have."""

from typing import NamedTuple

import numpy as np

from baken.assess.fragmentation._breakup_laws import BodyKind, BreakupKind, is_catastrophic
from baken.assess.fragmentation.breakup_model import Fragments, collide, explode
from baken.assess.fragmentation.mean_orbits import mean_motion_rate_of_drag_rad_s2
from baken.astro.air_layers import AirLayers
from baken.astro.arrays import Floats
from baken.astro.averaged_drag import axis_rates_m_s
from baken.astro.constants import (
    EARTH_J2_WGS72,
    EARTH_MU_WGS72_M3_S2,
    EARTH_RADIUS_WGS72_M,
)

# Below this pieces are many and alike: some are followed and stand for the others.
ALL_ABOVE_M = 0.10
MOST_SMALL = 1000


class Breakup(NamedTuple):
    """What breaks and how: for an explosion the scale S of the model, for a collision what strikes."""

    kind: BreakupKind
    body: BodyKind
    mass_kg: float
    scale: float = 1.0
    projectile_mass_kg: float = 0.0
    speed_m_s: float = 0.0

    @property
    def is_catastrophic(self) -> bool | None:
        """Whether the target is wholly broken; None for an explosion."""
        if self.kind is BreakupKind.EXPLOSION:
            return None
        return is_catastrophic(self.mass_kg, self.projectile_mass_kg, self.speed_m_s)


class DrawnPieces(NamedTuple):
    """Pieces, and how many each stands for."""

    fragments: Fragments
    weight: Floats


def draw_pieces(breakup: Breakup, rng: np.random.Generator, least_length_m: float = 0.01) -> DrawnPieces:
    """Return the pieces of a breakup: all above 10 cm, and of the smaller ones a thousand that stand for all.

    >>> breakup = Breakup(BreakupKind.EXPLOSION, BodyKind.ROCKET_BODY, 839.0)
    >>> drawn = draw_pieces(breakup, np.random.default_rng(1))
    >>> len(drawn.weight) < 1300, bool(9000 < drawn.weight.sum() < 9600)
    (True, True)
    """
    made = _fragments(breakup, rng, least_length_m)
    large = np.flatnonzero(made.length_m >= ALL_ABOVE_M)
    small = np.flatnonzero(made.length_m < ALL_ABOVE_M)
    kept = np.sort(rng.permutation(small)[:MOST_SMALL])
    weight = np.concatenate([np.full(kept.size, small.size / max(kept.size, 1)), np.ones(large.size)])
    rows = np.concatenate([kept, large])
    return DrawnPieces(Fragments(*(column[rows] for column in made)), weight)


def kozai_mean_motion_rad_s(elements_si: Floats) -> Floats:
    """Return the mean motion as element sets carry it: the rate of the mean anomaly, J2's part included."""
    axis_m, e, cosine = elements_si[:, 0], elements_si[:, 1], np.cos(elements_si[:, 2])
    motion = np.sqrt(EARTH_MU_WGS72_M3_S2 / axis_m**3)
    flat = 1.5 * EARTH_J2_WGS72 * (EARTH_RADIUS_WGS72_M / (axis_m * (1.0 - e * e))) ** 2
    return np.asarray(motion * (1.0 + flat * np.sqrt(1.0 - e * e) * (1.5 * cosine**2 - 0.5)))


def bstar_of_pieces(elements_si: Floats, ballistic_coefficient_m2_kg: Floats, air: AirLayers) -> Floats:
    """Return the drag term with which SGP4 brings pieces down as fast as this air does at their epoch."""
    axis_m, motion = elements_si[:, 0], kozai_mean_motion_rad_s(elements_si)
    fall_m_s = axis_rates_m_s(elements_si, ballistic_coefficient_m2_kg, air)
    wanted = -1.5 * motion / axis_m * fall_m_s
    return wanted / mean_motion_rate_of_drag_rad_s2(motion, elements_si[:, 1], np.ones_like(motion))


def ballistic_from_bstar_m2_kg(
    elements_si: Floats, bstar_per_earth_radius: Floats, air: AirLayers, layer_index: int = 0
) -> Floats:
    """Return the ballistic coefficients with which this air brings orbits down as fast as SGP4 does now.

    Beware: taken as a density of SGP4's own, B* would say a sixth of that in 2022.
    """
    motion = np.sqrt(EARTH_MU_WGS72_M3_S2 / elements_si[:, 0] ** 3)
    rate = mean_motion_rate_of_drag_rad_s2(motion, elements_si[:, 1], bstar_per_earth_radius)
    fall_m_s = -2.0 / 3.0 * elements_si[:, 0] / motion * rate
    return fall_m_s / axis_rates_m_s(elements_si, np.ones_like(motion), air, layer_index)


def _fragments(breakup: Breakup, rng: np.random.Generator, least_length_m: float) -> Fragments:
    if breakup.kind is BreakupKind.EXPLOSION:
        return explode(breakup.mass_kg, breakup.body, rng, scale=breakup.scale, least_length_m=least_length_m)
    return collide(
        breakup.mass_kg,
        breakup.projectile_mass_kg,
        breakup.speed_m_s,
        breakup.body,
        rng,
        least_length_m=least_length_m,
    )
