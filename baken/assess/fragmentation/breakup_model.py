"""NASA's standard breakup model: the pieces an explosion or a collision makes, drawn from its laws.

Mass is kept as Krisko (2011) tells it: pieces up to a metre follow the law of numbers and are taken in order
of size while the mass lasts; what is left goes into two to eight large pieces, or, after a collision that
leaves the target in one, into that one.  Pieces below the least length asked for are not made, and their
expected mass is set aside.  Directions are isotropic, and all pieces together keep the body's momentum.

Beware: speeds are log-normal as published, and the papers name no greatest one; of 10,000 light pieces of a
collision a few leave faster than the bodies met.
"""

from typing import NamedTuple

import numpy as np

from baken.assess.fragmentation._breakup_laws import (
    COLLISION_SLOPE,
    EJECTION_SIGMA,
    EXPLOSION_SLOPE,
    BodyKind,
    BreakupKind,
    area_m2,
    collision_number,
    ejection_mean,
    explosion_number,
    is_catastrophic,
    large_area_to_mass,
    length_of_area_m,
    mass_in_pieces_kg,
    share_of_large_law,
    small_area_to_mass,
)
from baken.astro.arrays import Floats, FloatsLike

LARGEST_OF_LAW_M = 1.0  # above it the mass that is left decides, not the law of numbers
SMALLEST_OF_LAW_M = 0.001  # the laws hold from a millimetre
FEWEST_LARGE, MOST_LARGE = 2, 8  # Krisko (2011)


class Fragments(NamedTuple):
    """Pieces of one body.  ``kick_m_s`` is their velocity against that of the body, along any axes.

    Shape: (n,), the kick (n, 3).  Area is mass times area-to-mass; it fits the length by the law of areas.
    """

    length_m: Floats
    area_to_mass_m2_kg: Floats
    mass_kg: Floats
    kick_m_s: Floats


def explode(
    mass_kg: float,
    body: BodyKind,
    rng: np.random.Generator,
    *,
    scale: float = 1.0,
    least_length_m: float = 0.05,
) -> Fragments:
    """Return the pieces of an explosion; ``scale`` is the factor S of the law of numbers.

    Raises: ValueError when a mass, scale or length is not above zero, or the length is none of the law's.

    >>> pieces = explode(839.0, BodyKind.ROCKET_BODY, np.random.default_rng(1), least_length_m=0.1)
    >>> 200 < len(pieces.mass_kg) < 260, bool(pieces.mass_kg.sum() <= 839.0)
    (True, True)
    """
    _check(least_length_m, mass_kg=mass_kg, scale=scale)
    count = float(explosion_number(least_length_m, scale) - explosion_number(LARGEST_OF_LAW_M, scale))
    made = _of_law(count, EXPLOSION_SLOPE, least_length_m, body, rng)
    budget_kg = mass_kg - _mass_not_made_kg(count, EXPLOSION_SLOPE, least_length_m, body)
    return _complete(made, budget_kg, budget_kg, least_length_m, body, BreakupKind.EXPLOSION, rng)


def collide(
    target_mass_kg: float,
    projectile_mass_kg: float,
    speed_m_s: float,
    body: BodyKind,
    rng: np.random.Generator,
    *,
    least_length_m: float = 0.05,
) -> Fragments:
    """Return the pieces of the target of a collision; ask again with the masses changed for the other's.

    In a catastrophic collision each body gives pieces in proportion to its mass.  Otherwise all pieces are
    the heavier body's, and the lighter one's mass is among them.

    Raises: ValueError when a number is not above zero, when the length is none of the law's, or when the
            lighter body of a collision that is not catastrophic is asked for.

    >>> rng = np.random.default_rng(1)
    >>> len(collide(950.0, 560.0, 11.7e3, BodyKind.SPACECRAFT, rng, least_length_m=0.1).mass_kg) > 500
    True
    """
    _check(
        least_length_m,
        target_mass_kg=target_mass_kg,
        projectile_mass_kg=projectile_mass_kg,
        speed_m_s=speed_m_s,
    )
    both_kg = target_mass_kg + projectile_mass_kg
    whole = is_catastrophic(target_mass_kg, projectile_mass_kg, speed_m_s)
    if not whole and target_mass_kg < projectile_mass_kg:
        raise ValueError("the lighter body of a collision that is not catastrophic has no pieces of its own")
    share = target_mass_kg / both_kg if whole else 1.0
    law_kg = mass_in_pieces_kg(target_mass_kg, projectile_mass_kg, speed_m_s)
    count = share * float(
        collision_number(least_length_m, law_kg) - collision_number(LARGEST_OF_LAW_M, law_kg)
    )
    made = _of_law(count, COLLISION_SLOPE, least_length_m, body, rng)
    not_made_kg = _mass_not_made_kg(count, COLLISION_SLOPE, least_length_m, body)
    body_kg, pieces_kg = (both_kg * share, law_kg * share)
    return _complete(
        made,
        pieces_kg - not_made_kg,
        body_kg - not_made_kg,
        least_length_m,
        body,
        BreakupKind.COLLISION,
        rng,
    )


def draw_area_to_mass_m2_kg(length_m: FloatsLike, body: BodyKind, rng: np.random.Generator) -> Floats:
    """Draw an area-to-mass ratio for each length: a choice between two normal laws, never their sum."""
    length = np.asarray(length_m, dtype=float)
    small_mean, small_sigma = small_area_to_mass(length)
    large = large_area_to_mass(length, body)
    is_large = rng.random(length.shape) < share_of_large_law(length, body)
    is_first = rng.random(length.shape) < large.share
    mean = np.where(is_large, np.where(is_first, large.first_mean, large.second_mean), small_mean)
    sigma = np.where(is_large, np.where(is_first, large.first_sigma, large.second_sigma), small_sigma)
    return np.asarray(10.0 ** (mean + sigma * rng.standard_normal(length.shape)))


def draw_kick_m_s(area_to_mass_m2_kg: FloatsLike, kind: BreakupKind, rng: np.random.Generator) -> Floats:
    """Draw a velocity for each piece against its body: log-normal in speed, isotropic in direction."""
    mean = ejection_mean(area_to_mass_m2_kg, kind)
    speed_m_s = 10.0 ** (mean + EJECTION_SIGMA * rng.standard_normal(mean.shape))
    direction = rng.standard_normal((*mean.shape, 3))
    direction /= np.linalg.norm(direction, axis=-1, keepdims=True)
    return np.asarray(speed_m_s[..., None] * direction)


def _of_law(
    count: float, slope: float, least_length_m: float, body: BodyKind, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return lengths, smallest first, and area-to-mass ratios of pieces up to a metre."""
    low, high = least_length_m**-slope, LARGEST_OF_LAW_M**-slope
    length_m = np.sort((low - rng.random(round(count)) * (low - high)) ** (-1.0 / slope))
    return length_m, draw_area_to_mass_m2_kg(length_m, body, rng)


def _complete(
    made: tuple[Floats, Floats],
    pieces_kg: float,
    body_kg: float,
    least_length_m: float,
    body: BodyKind,
    kind: BreakupKind,
    rng: np.random.Generator,
) -> Fragments:
    """Take pieces while their mass lasts, add the large ones that hold the rest, and let all fly apart."""
    length_m, ratio = made
    mass_kg = area_m2(length_m) / ratio
    fits = _fits(mass_kg, pieces_kg)
    large_kg = _large_kg(body_kg - float(mass_kg[fits].sum()), pieces_kg < body_kg, rng)
    large_ratio = draw_area_to_mass_m2_kg(np.full(large_kg.shape, LARGEST_OF_LAW_M), body, rng)
    large_length_m = length_of_area_m(large_kg * large_ratio)
    seen = large_length_m >= least_length_m
    ratio = np.concatenate([ratio[fits], large_ratio[seen]])
    mass_kg = np.concatenate([mass_kg[fits], large_kg[seen]])
    kick_m_s = draw_kick_m_s(ratio, kind, rng)
    if pieces_kg < body_kg:
        kick_m_s[int(fits.sum()) :] = 0.0  # what is left of the target only recoils
    kick_m_s = kick_m_s - (mass_kg[:, None] * kick_m_s).sum(axis=0) / max(mass_kg.sum(), np.finfo(float).tiny)
    return Fragments(np.concatenate([length_m[fits], large_length_m[seen]]), ratio, mass_kg, kick_m_s)


def _fits(mass_kg: Floats, budget_kg: float) -> np.ndarray:
    """Tell which pieces there is mass for, taken in this order; one that does not fit is passed over."""
    fits = np.zeros(mass_kg.shape, dtype=bool)
    left_kg = budget_kg
    for k, piece_kg in enumerate(mass_kg.tolist()):
        if piece_kg <= left_kg:
            fits[k] = True
            left_kg -= piece_kg
    return fits


def _large_kg(rest_kg: float, is_one: bool, rng: np.random.Generator) -> Floats:
    """Share what is left among a few large pieces, or keep it in one."""
    if rest_kg <= 0.0:
        return np.empty(0)
    if is_one:
        return np.array([rest_kg])
    n_large = int(rng.integers(FEWEST_LARGE, MOST_LARGE + 1))
    # Shares of a stick broken at random, less a rounding so that the whole is never exceeded.
    return np.asarray(rest_kg * (1.0 - 1e-12) * rng.dirichlet(np.ones(n_large)))


def _mass_not_made_kg(count: float, slope: float, least_length_m: float, body: BodyKind) -> float:
    """Return the mass that the laws expect in pieces from a millimetre up to the least length."""
    if least_length_m <= SMALLEST_OF_LAW_M:
        return 0.0
    edge_m = np.geomspace(SMALLEST_OF_LAW_M, least_length_m, 200)
    per_piece = count / (least_length_m**-slope - LARGEST_OF_LAW_M**-slope)
    number = -np.diff(per_piece * edge_m**-slope)
    return float((number * _expected_mass_kg(np.sqrt(edge_m[:-1] * edge_m[1:]), body)).sum())


def _expected_mass_kg(length_m: Floats, body: BodyKind) -> Floats:
    """Return the mean mass of pieces of a length: of log-normal ratios, the mean of one over them."""
    large = large_area_to_mass(length_m, body)
    share = share_of_large_law(length_m, body)
    first, second, small = (
        10.0**-mean * np.exp(0.5 * (sigma * np.log(10.0)) ** 2)
        for mean, sigma in (large[1:3], large[3:5], small_area_to_mass(length_m))
    )
    inverse = share * (large.share * first + (1.0 - large.share) * second) + (1.0 - share) * small
    return np.asarray(area_m2(length_m) * inverse)


def _check(least_length_m: float, **positive: float) -> None:
    for name, value in positive.items():
        if not 0.0 < value < np.inf:
            raise ValueError(f"{name} must be above zero; it is {value}")
    if not SMALLEST_OF_LAW_M <= least_length_m < LARGEST_OF_LAW_M:
        raise ValueError(f"least_length_m lies between 0.001 and 1 m in this model; it is {least_length_m}")
