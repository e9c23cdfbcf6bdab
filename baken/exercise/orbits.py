"""Drawing the orbits of a family, all at one instant, as arrays."""

import math
from dataclasses import dataclass, replace
from functools import singledispatch

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.constants import (
    DEGREE_RAD,
    EARTH_J2_WGS72,
    EARTH_MU_WGS72_M3_S2,
    EARTH_RADIUS_WGS72_M,
    EARTH_ROTATION_RATE_RAD_S,
    TURN_RAD,
)
from baken.exercise.families import (
    Batches,
    Belt,
    Decaying,
    Docked,
    Drifting,
    Eccentric,
    Family,
    Fragments,
    Strewn,
    SunSynchronous,
    Walker,
)

TROPICAL_YEAR_S = 365.242190 * 86_400.0
NODE_RATE_OF_THE_SUN_RAD_S = TURN_RAD / TROPICAL_YEAR_S
# An uncontrolled geostationary plane turns about a pole 7.4 degrees from ours, once in 53 years.
# Allan & Cook (1964), Proc. R. Soc. A 280.
LAPLACE_TILT_RAD = 7.4 * DEGREE_RAD
LAPLACE_PERIOD_YEARS = 53.0
LEAST_PERIGEE_OF_FRAGMENTS_M = 280e3
# How well operators hold a slot: metres of height, fractions of a degree along the orbit and across it.
KEPT_HEIGHT_M = 2.0
KEPT_ALONG_RAD = 0.02 * DEGREE_RAD
KEPT_PLANE_RAD = 0.01 * DEGREE_RAD
KEPT_INCLINATION_RAD = 0.004 * DEGREE_RAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Orbits:
    """Mean orbits of one family at one instant; every array is (n,)."""

    semi_major_axis_m: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    argument_of_perigee_rad: Floats
    mean_anomaly_rad: Floats

    @property
    def perigee_height_m(self) -> Floats:
        """The height of the perigee above the equator's radius."""
        return np.asarray(self.semi_major_axis_m * (1.0 - self.eccentricity) - EARTH_RADIUS_WGS72_M)

    @property
    def mean_motion_rad_s(self) -> Floats:
        """The mean motion that belongs to the semi-major axis, without the Earth's flattening."""
        return np.asarray(np.sqrt(EARTH_MU_WGS72_M3_S2 / self.semi_major_axis_m**3))


def secular_rates_rad_s(orbits: Orbits) -> tuple[Floats, Floats]:
    """Return the rates of node and perigee that the Earth's flattening causes.

    Source: Kozai (1959), first order in J2.
    """
    parameter = orbits.semi_major_axis_m * (1.0 - orbits.eccentricity**2)
    strength = 1.5 * EARTH_J2_WGS72 * (EARTH_RADIUS_WGS72_M / parameter) ** 2 * orbits.mean_motion_rad_s
    cosine = np.cos(orbits.inclination_rad)
    return -strength * cosine, strength * (2.0 - 2.5 * np.sin(orbits.inclination_rad) ** 2)


@singledispatch
def draw(family: Family, n_objects: int, _rng: np.random.Generator) -> Orbits:
    """Draw the orbits of a family.  Nodes of sun-synchronous ones are counted from the mean Sun.

    >>> from baken.exercise.population import POPULATION
    >>> draw(POPULATION[0], 3, np.random.default_rng(1)).inclination_rad.round(3).tolist()
    [0.925, 0.925, 0.925]
    """
    raise TypeError(f"nobody said how to draw {n_objects} of {type(family).__name__}")


@draw.register
def _(family: Walker, n_objects: int, rng: np.random.Generator) -> Orbits:
    # A sky larger than the constellation has room for gets its planes filled more densely.
    n_per_plane = family.n_per_plane * max(1, math.ceil(n_objects / (family.n_planes * family.n_per_plane)))
    n_slots = family.n_planes * n_per_plane
    slot = np.sort(rng.permutation(n_slots)[:n_objects])
    plane, place = np.divmod(slot, n_per_plane)
    along = TURN_RAD * (place / n_per_plane + family.phasing * plane / (family.n_planes * family.n_per_plane))
    return _kept(
        family.height_m,
        family.eccentricity,
        family.inclination_rad,
        family.span_rad * plane / family.n_planes,
        along,
        rng,
    )


@draw.register
def _(family: Batches, n_objects: int, rng: np.random.Generator) -> Orbits:
    batch, place = np.divmod(np.arange(n_objects), family.n_per_batch)
    n_batches = math.ceil(n_objects / family.n_per_batch)
    height_m = rng.uniform(family.least_height_m, family.largest_height_m, n_batches)[batch]
    raan, start = rng.uniform(0.0, TURN_RAD, (2, n_batches))
    return _kept(
        height_m, 2e-4, family.inclination_rad, raan[batch], start[batch] + family.spacing_rad * place, rng
    )


@draw.register
def _(family: Docked, n_objects: int, rng: np.random.Generator) -> Orbits:
    raan, start, perigee = rng.uniform(0.0, TURN_RAD, 3)
    radius_m = EARTH_RADIUS_WGS72_M + family.height_m
    along = start + np.arange(n_objects) * family.separation_m / radius_m
    same = np.ones(n_objects)
    return Orbits(
        semi_major_axis_m=radius_m * same,
        eccentricity=5e-4 * same,
        inclination_rad=family.inclination_rad * same,
        raan_rad=raan * same,
        argument_of_perigee_rad=perigee * same,
        mean_anomaly_rad=along - perigee,
    )


@draw.register
def _(family: Fragments, n_objects: int, rng: np.random.Generator) -> Orbits:
    centre_m = EARTH_RADIUS_WGS72_M + family.breakup_height_m
    rise_m = rng.laplace(0.0, family.height_spread_m / math.sqrt(2.0), n_objects)
    # Perigee must stay in the sky: a fragment thrown back harder than this is gone.
    deepest_m = 0.5 * (LEAST_PERIGEE_OF_FRAGMENTS_M - family.breakup_height_m)
    semi_major_axis_m = centre_m + np.where(rise_m < deepest_m, deepest_m * rng.random(n_objects), rise_m)
    # Every fragment comes back to the height where it began; drag has rounded some of it off since.
    eccentricity = np.abs(semi_major_axis_m - centre_m) / semi_major_axis_m * rng.uniform(0.5, 1.0, n_objects)
    inclination = rng.normal(family.inclination_rad, family.inclination_spread_rad, n_objects)
    return _anywhere(semi_major_axis_m, eccentricity + 5e-4, inclination, rng)


@draw.register
def _(family: Strewn, n_objects: int, rng: np.random.Generator) -> Orbits:
    height_m = rng.normal(family.height_m, family.height_spread_m, n_objects)
    semi_major_axis_m = EARTH_RADIUS_WGS72_M + np.maximum(height_m, family.least_perigee_m + 20e3)
    largest = 1.0 - (EARTH_RADIUS_WGS72_M + family.least_perigee_m) / semi_major_axis_m
    eccentricity = np.minimum(rng.exponential(family.eccentricity, n_objects), largest)
    inclination = rng.normal(family.inclination_rad, family.inclination_spread_rad, n_objects)
    return _anywhere(semi_major_axis_m, eccentricity, inclination, rng)


@draw.register
def _(family: SunSynchronous, n_objects: int, rng: np.random.Generator) -> Orbits:
    height_m = np.maximum(rng.normal(family.height_m, family.height_spread_m, n_objects), 380e3)
    semi_major_axis_m = EARTH_RADIUS_WGS72_M + height_m
    eccentricity = np.minimum(rng.exponential(family.eccentricity, n_objects), 0.01)
    orbits = _anywhere(semi_major_axis_m, eccentricity, np.zeros(n_objects), rng)
    # At inclination zero the node regresses at its full rate; the cosine has to make that the Sun's.
    full_rate, _perigee = secular_rates_rad_s(orbits)
    hour = rng.choice(family.node_hours, n_objects) + rng.normal(0.0, 0.35, n_objects)
    return replace(
        orbits,
        semi_major_axis_m=semi_major_axis_m,
        eccentricity=eccentricity,
        inclination_rad=np.arccos(NODE_RATE_OF_THE_SUN_RAD_S / full_rate),
        raan_rad=TURN_RAD * (hour - 12.0) / 24.0,
    )


@draw.register
def _(family: Eccentric, n_objects: int, rng: np.random.Generator) -> Orbits:
    # Low perigees are commoner: most stages were left where they had burnt out.
    low, high = family.least_perigee_m, family.largest_perigee_m
    perigee_m = EARTH_RADIUS_WGS72_M + low + (high - low) * rng.random(n_objects) ** 2
    apogee_m = EARTH_RADIUS_WGS72_M + rng.uniform(family.least_apogee_m, family.largest_apogee_m, n_objects)
    inclination = np.abs(rng.normal(family.inclination_rad, family.inclination_spread_rad, n_objects))
    orbits = _anywhere(
        0.5 * (perigee_m + apogee_m), (apogee_m - perigee_m) / (apogee_m + perigee_m), inclination, rng
    )
    if family.argument_of_perigee_rad is None:
        return orbits
    frozen = rng.normal(family.argument_of_perigee_rad, 12.0 * DEGREE_RAD, n_objects)
    return replace(
        orbits,
        argument_of_perigee_rad=frozen,
    )


@draw.register
def _(family: Belt, n_objects: int, rng: np.random.Generator) -> Orbits:
    n_slots = max(family.n_slots, 2 * n_objects)
    slot = np.sort(rng.permutation(n_slots)[:n_objects])
    longitude = TURN_RAD * slot / n_slots + rng.normal(0.0, 0.01 * DEGREE_RAD, n_objects)
    orbits = _anywhere(
        np.full(n_objects, _synchronous_semi_major_axis_m()),
        rng.uniform(5e-5, 4e-4, n_objects),
        np.abs(rng.normal(0.0, 0.035 * DEGREE_RAD, n_objects)) + 0.003 * DEGREE_RAD,
        rng,
    )
    return replace(
        orbits,
        mean_anomaly_rad=longitude - orbits.raan_rad - orbits.argument_of_perigee_rad,
    )


@draw.register
def _(family: Drifting, n_objects: int, rng: np.random.Generator) -> Orbits:
    rise_m = rng.uniform(family.least_rise_m, family.largest_rise_m, n_objects)
    turned = rng.uniform(0.0, family.oldest_years, n_objects) / LAPLACE_PERIOD_YEARS
    inclination = np.abs(2.0 * LAPLACE_TILT_RAD * np.sin(math.pi * turned))
    inclination += np.abs(rng.normal(0.0, 0.5 * DEGREE_RAD, n_objects))
    orbits = _anywhere(
        _synchronous_semi_major_axis_m() + rise_m, rng.exponential(1.5e-3, n_objects), inclination, rng
    )
    return replace(
        orbits,
        inclination_rad=inclination,
        raan_rad=TURN_RAD * (0.25 - 0.5 * turned) + rng.normal(0.0, 5.0 * DEGREE_RAD, n_objects),
    )


@draw.register
def _(family: Decaying, n_objects: int, rng: np.random.Generator) -> Orbits:
    perigee_m = rng.uniform(family.least_perigee_m, family.largest_perigee_m, n_objects)
    apogee_m = rng.uniform(perigee_m + 10e3, family.largest_apogee_m)
    radius_m = EARTH_RADIUS_WGS72_M + 0.5 * (perigee_m + apogee_m)
    inclination = rng.uniform(28.0, 98.0, n_objects) * DEGREE_RAD
    return _anywhere(radius_m, 0.5 * (apogee_m - perigee_m) / radius_m, inclination, rng)


def _kept(
    height_m: Floats | float,
    eccentricity: float,
    inclination_rad: float,
    raan_rad: Floats,
    along_rad: Floats,
    rng: np.random.Generator,
) -> Orbits:
    """Return orbits that operators hold: round, perigee frozen at the north, each near its slot."""
    n_objects = len(along_rad)
    perigee = np.full(n_objects, 0.25 * TURN_RAD)
    return Orbits(
        semi_major_axis_m=EARTH_RADIUS_WGS72_M + height_m + rng.normal(0.0, KEPT_HEIGHT_M, n_objects),
        eccentricity=np.full(n_objects, eccentricity),
        inclination_rad=inclination_rad + rng.normal(0.0, KEPT_INCLINATION_RAD, n_objects),
        raan_rad=raan_rad + rng.normal(0.0, KEPT_PLANE_RAD, n_objects),
        argument_of_perigee_rad=perigee,
        mean_anomaly_rad=along_rad - perigee + rng.normal(0.0, KEPT_ALONG_RAD, n_objects),
    )


def _anywhere(
    semi_major_axis_m: Floats, eccentricity: Floats, inclination_rad: Floats, rng: np.random.Generator
) -> Orbits:
    """Return orbits whose node, perigee and place along them are left to chance."""
    raan, perigee, anomaly = rng.uniform(0.0, TURN_RAD, (3, len(semi_major_axis_m)))
    return Orbits(
        semi_major_axis_m=semi_major_axis_m,
        eccentricity=eccentricity,
        inclination_rad=inclination_rad,
        raan_rad=raan,
        argument_of_perigee_rad=perigee,
        mean_anomaly_rad=anomaly,
    )


def _synchronous_semi_major_axis_m() -> float:
    """Return the mean semi-major axis at which node, perigee and anomaly together keep up with the Earth."""
    semi_major_axis_m = 42_164e3
    for _ in range(4):
        mean_motion = math.sqrt(EARTH_MU_WGS72_M3_S2 / semi_major_axis_m**3)
        # In the equator, node and perigee together advance by one strength of the flattening.
        advance = 1.5 * EARTH_J2_WGS72 * (EARTH_RADIUS_WGS72_M / semi_major_axis_m) ** 2 * mean_motion
        semi_major_axis_m = (EARTH_MU_WGS72_M3_S2 / (EARTH_ROTATION_RATE_RAD_S - advance) ** 2) ** (1.0 / 3.0)
    return semi_major_axis_m
