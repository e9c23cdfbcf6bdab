"""The acceleration of many objects at many instants at once."""

from dataclasses import dataclass
from typing import Any

import heyoka
import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.compiled import compiled
from baken.astro.constants import (
    ASTRONOMICAL_UNIT_M,
    EARTH_FLATTENING_WGS84,
    EARTH_ROTATION_RATE_RAD_S,
    MOON_MU_M3_S2,
    SUN_MU_M3_S2,
)
from baken.astro.forces.gravity import gravity_expressions
from baken.astro.forces.model import ForceModel, Places
from baken.astro.forces.sky import SkyAtPoints
from baken.astro.sun_moon import sunlit_fraction

# Written out in full, and two vectors abreast, the code takes half the time; compiling it takes seconds.
MAX_UNROLLED_DEGREE = 24


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Where the forces are asked: p pairs of instant and object, and what these take of air and light."""

    epoch_tai_ns: Instants
    sky: SkyAtPoints
    drag_m2_kg: Floats
    radiation_m2_kg: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Accelerations:
    """A force model with its machine code; made once, used for every propagation of a process."""

    model: ForceModel
    gravity: Any

    def __call__(self, position_gcrs_m: Floats, velocity_gcrs_m_s: Floats, points: Points) -> Floats:
        """Return the acceleration in GCRS.  Shape: (3, p) in and out, axes first, as heyoka wants them."""
        model, sky = self.model, points.sky
        ground_m = np.empty_like(position_gcrs_m)
        _to_ground(sky.rotation_gcrs_to_itrs, position_gcrs_m, ground_m)
        total_m_s2 = np.empty_like(position_gcrs_m)
        _from_ground_with_tides(
            sky.rotation_gcrs_to_itrs, self.gravity(ground_m), position_gcrs_m,
            SUN_MU_M3_S2 * model.has_sun, sky.sun_gcrs_m, MOON_MU_M3_S2 * model.has_moon, sky.moon_gcrs_m,
            total_m_s2,
        )  # fmt: skip
        if model.air is not None:
            places = Places(
                epoch_tai_ns=points.epoch_tai_ns,
                position_gcrs_m=position_gcrs_m.T,
                position_itrs_m=ground_m.T,
                sun_gcrs_m=sky.sun_gcrs_m,
                rotation_gcrs_to_itrs=sky.rotation_gcrs_to_itrs,
            )
            density_kg_m3 = model.air.density_kg_m3(places)
            total_m_s2 += _drag_m_s2(position_gcrs_m, velocity_gcrs_m_s, density_kg_m3, points)
        if model.has_sunlight:
            total_m_s2 += _sunlight_m_s2(position_gcrs_m, model.sunlight_pressure_n_m2, points)
        return total_m_s2


def compiled_accelerations(model: ForceModel) -> Accelerations:
    """Let heyoka make machine code of a force model: some seconds for degree 20, half a minute for 70."""
    position, pull = gravity_expressions(model.gravity, model.degree, model.order)
    gravity = heyoka.cfunc(
        pull,
        position,
        compact_mode=model.degree > MAX_UNROLLED_DEGREE,
        fast_math=True,
        batch_size=2 * heyoka.recommended_simd_size(),
    )
    return Accelerations(model, gravity)


def _drag_m_s2(position_m: Floats, velocity_m_s: Floats, density_kg_m3: Floats, points: Points) -> Floats:
    """Return the drag of air that turns with the Earth."""
    axis = points.sky.rotation_gcrs_to_itrs[:, 2, :].T
    wind_m_s = velocity_m_s - EARTH_ROTATION_RATE_RAD_S * np.cross(axis, position_m, axis=0)
    speed_m_s = np.sqrt((wind_m_s**2).sum(axis=0))
    return np.asarray(-0.5 * points.drag_m2_kg * density_kg_m3 * speed_m_s * wind_m_s)


def _sunlight_m_s2(position_m: Floats, pressure_n_m2: float, points: Points) -> Floats:
    """Return the push of sunlight on a ball, less where the Earth hides part of the Sun."""
    from_sun_m = position_m - points.sky.sun_gcrs_m.T
    distance_m = np.sqrt((from_sun_m**2).sum(axis=0))
    push = pressure_n_m2 * points.radiation_m2_kg * (ASTRONOMICAL_UNIT_M / distance_m) ** 2
    return np.asarray(push * light(position_m, points.sky) * from_sun_m / distance_m)


def light(position_gcrs_m: Floats, sky: SkyAtPoints) -> Floats:
    """Return which part of the Sun is seen past the Earth's ellipsoid.  Shape: (3, p); the result (p,).

    Stretched along its axis the ellipsoid is a ball, and lines of sight stay straight.
    """
    stretch = np.array([1.0, 1.0, 1.0 / (1.0 - EARTH_FLATTENING_WGS84)])
    to_ground = sky.rotation_gcrs_to_itrs
    place_m = stretch * np.einsum("pij,jp->pi", to_ground, position_gcrs_m)
    sun_m = stretch * np.einsum("pij,pj->pi", to_ground, sky.sun_gcrs_m)
    return sunlit_fraction(place_m, sun_m)


@compiled
def _to_ground(rotation: Floats, position_m: Floats, ground_m: Floats) -> None:
    for p in range(position_m.shape[1]):
        for i in range(3):
            ground_m[i, p] = (
                rotation[p, i, 0] * position_m[0, p]
                + rotation[p, i, 1] * position_m[1, p]
                + rotation[p, i, 2] * position_m[2, p]
            )


@compiled
def _from_ground_with_tides(
    rotation: Floats,
    pull_m_s2: Floats,
    position_m: Floats,
    sun_mu_m3_s2: float,
    sun_m: Floats,
    moon_mu_m3_s2: float,
    moon_m: Floats,
    total_m_s2: Floats,
) -> None:
    """Write the Earth's pull turned back into GCRS, and what Sun and Moon pull more than at the Earth."""
    for p in range(position_m.shape[1]):
        for i in range(3):
            total_m_s2[i, p] = (
                rotation[p, 0, i] * pull_m_s2[0, p]
                + rotation[p, 1, i] * pull_m_s2[1, p]
                + rotation[p, 2, i] * pull_m_s2[2, p]
            )
        for body in range(2):
            mu, there = (sun_mu_m3_s2, sun_m[p]) if body == 0 else (moon_mu_m3_s2, moon_m[p])
            near, far = 0.0, 0.0
            for i in range(3):
                near += (there[i] - position_m[i, p]) ** 2
                far += there[i] ** 2
            near, far = mu / (near * np.sqrt(near)), mu / (far * np.sqrt(far))
            for i in range(3):
                total_m_s2[i, p] += near * (there[i] - position_m[i, p]) - far * there[i]
