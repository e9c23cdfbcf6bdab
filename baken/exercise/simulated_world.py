"""A sky that never was: as many objects as asked for, strewn as the real ones are, all marked SIMULATED."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.constants import DEGREE_RAD, TURN_RAD
from baken.exercise.families import Decaying, Docked, Family, SimulatedKind, SunSynchronous
from baken.exercise.orbits import Orbits, draw, secular_rates_rad_s
from baken.exercise.population import POPULATION, counts_for
from baken.records.catalogue import Catalogue
from baken.records.identity import identity_from_norad
from baken.records.lineage import Lineage, settings_of
from baken.records.marking import Realm
from baken.records.orbit import SECONDS_A_DAY, ElementSet

# Nine digits that no catalogue of the world has reached: a simulated object cannot pass for a real one.
FIRST_SIMULATED_CAT_ID = 800_000_001
ORIGINATOR = "BAKEN SIMULATED SKY"

DRAG_COEFFICIENT = 2.2  # Cook (1965), Planet. Space Sci. 13: compact bodies in free molecular flow
BSTAR_TO_BALLISTIC_M2_KG = 12.741621  # Vallado (2013), eq. C-1: B = 12.741621 B*
# Median area to mass and its spread as a logarithm: NASA breakup model (Johnson et al. 2001) for fragments of
# some tens of centimetres; masses and sizes in ESA's DISCOS for intact bodies.
AREA_TO_MASS_M2_KG = {
    SimulatedKind.PAYLOAD: (0.008, 0.4),
    SimulatedKind.ROCKET_BODY: (0.006, 0.5),
    SimulatedKind.DEBRIS: (0.03, 0.8),
}
DRAG_IS_FELT_BELOW_M = 1_500e3
FITTING_NOISE_BSTAR, SURVIVES_AT_300_KM_BSTAR = 1e-5, 1e-3
# The height over which the air thins by e, at 300 to 600 km: US Standard Atmosphere 1976.
SCALE_HEIGHT_M = 60e3
# Elements are published several times a day for most objects; a few wait for weeks.
USUAL_AGE_S, AGE_SPREAD = 0.4 * SECONDS_A_DAY, 0.8
NEGLECTED_SHARE, OLDEST_AGE_S = 0.02, 25.0 * SECONDS_A_DAY
OLDEST_AGE_WHERE_DRAG_IS_STRONG_S = 0.5 * SECONDS_A_DAY
DRAG_IS_STRONG_BELOW_M = 400e3
NANOSECONDS_A_MILLISECOND = 1_000_000


def simulated_catalogue(rng: np.random.Generator, *, n_objects: int = 30_000, epoch_tai_ns: int) -> Catalogue:
    """Draw a sky as of an instant: one element set for each object, of various ages, all SIMULATED.

    The same generator state, count and instant give the same catalogue, byte for byte.

    >>> now_tai_ns = 820_000_000_000_000_000
    >>> sky = simulated_catalogue(np.random.default_rng(1), n_objects=500, epoch_tai_ns=now_tai_ns)
    >>> len(sky.element_sets), sky.realm.value, sky.element_sets[0].identity.name
    (500, 'SIMULATED', 'SIM BROADBAND A1 0001')
    """
    lineage = Lineage(
        method="baken.exercise.simulated_world",
        settings=settings_of({"epoch_tai_ns": epoch_tai_ns, "n_objects": n_objects}),
    )
    element_sets: list[ElementSet] = []
    for family, count in zip(POPULATION, counts_for(n_objects), strict=True):
        orbits = _facing_the_sun(family, draw(family, count, rng), epoch_tai_ns)
        ages_s = _as_one(family, _ages_s(family, orbits, rng))
        bstar = _as_one(family, _bstar_per_earth_radius(family, orbits, rng))
        epochs = epoch_tai_ns - np.round(ages_s * 1e3).astype(np.int64) * NANOSECONDS_A_MILLISECOND
        first = FIRST_SIMULATED_CAT_ID + len(element_sets)
        numbers = range(first, first + count)
        names = [_name(family, place) for place in range(1, count + 1)]
        element_sets += published(names, moved_back(orbits, ages_s), bstar, epochs, numbers, lineage)
    return Catalogue(element_sets=tuple(element_sets))


def mean_sun_rad(epoch_tai_ns: int) -> float:
    """Return the right ascension of the mean Sun, to a fraction of a degree.

    >>> round(mean_sun_rad(0) / DEGREE_RAD)  # the first of January
    280
    """
    # Meeus (1998), Astronomical Algorithms, eq. 25.2, from noon of 2000-01-01.
    days = epoch_tai_ns / 1e9 / SECONDS_A_DAY - 0.5
    return (280.46646 + 0.98564736 * days) % 360.0 * DEGREE_RAD


def _facing_the_sun(family: Family, orbits: Orbits, epoch_tai_ns: int) -> Orbits:
    if not isinstance(family, SunSynchronous):
        return orbits
    return replace(orbits, raan_rad=orbits.raan_rad + mean_sun_rad(epoch_tai_ns))


def _as_one(family: Family, values: Floats) -> Floats:
    """Return the same value for all that are docked to each other: they are tracked, and fall, as one."""
    return np.full_like(values, values[0]) if isinstance(family, Docked) and len(values) else values


def _ages_s(family: Family, orbits: Orbits, rng: np.random.Generator) -> Floats:
    n_objects = len(orbits.eccentricity)
    ages_s = USUAL_AGE_S * np.exp(AGE_SPREAD * rng.standard_normal(n_objects))
    is_neglected = (rng.random(n_objects) < NEGLECTED_SHARE) & (not family.is_station_kept)
    long_s = rng.uniform(3.0 * SECONDS_A_DAY, OLDEST_AGE_S, n_objects)
    usual_limit_s = (1.0 if family.is_station_kept else 3.0) * SECONDS_A_DAY
    ages_s = np.where(is_neglected, long_s, np.minimum(ages_s, usual_limit_s))
    strong_drag = orbits.perigee_height_m < DRAG_IS_STRONG_BELOW_M
    return np.where(strong_drag, np.minimum(ages_s, OLDEST_AGE_WHERE_DRAG_IS_STRONG_S), ages_s)


def _bstar_per_earth_radius(family: Family, orbits: Orbits, rng: np.random.Generator) -> Floats:
    height_m = orbits.perigee_height_m
    noise, chance = rng.standard_normal((2, len(height_m)))
    if family.is_station_kept:
        # Thrust hides the drag; what is left over is the noise of fitting, and thin air hides more of that.
        return np.asarray(
            FITTING_NOISE_BSTAR * np.exp((height_m - 550e3) / SCALE_HEIGHT_M).clip(0.0, 5.0) * noise
        )
    median, spread = AREA_TO_MASS_M2_KG[family.kind]
    bstar = DRAG_COEFFICIENT * median * np.exp(spread * chance) / BSTAR_TO_BALLISTIC_M2_KG
    # What would have come down within days came down long ago.
    survives = SURVIVES_AT_300_KM_BSTAR * np.exp((height_m - 300e3) / SCALE_HEIGHT_M)
    bstar = np.minimum(bstar, 2e-3 if isinstance(family, Decaying) else survives)
    return np.where(height_m < DRAG_IS_FELT_BELOW_M, bstar, 0.0)


def moved_back(orbits: Orbits, ages_s: Floats) -> Orbits:
    """Return the orbits as they were some time ago, so that all are in place at the instant drawn for."""
    node_rate, perigee_rate = secular_rates_rad_s(orbits)
    return replace(
        orbits,
        raan_rad=orbits.raan_rad - node_rate * ages_s,
        argument_of_perigee_rad=orbits.argument_of_perigee_rad - perigee_rate * ages_s,
        mean_anomaly_rad=orbits.mean_anomaly_rad - orbits.mean_motion_rad_s * ages_s,
    )


class _Printed(NamedTuple):
    """One orbit with the digits that published elements have, so that it is the same on any machine."""

    mean_motion_rad_s: float
    eccentricity: float
    inclination_rad: float
    raan_rad: float
    argument_of_perigee_rad: float
    mean_anomaly_rad: float
    bstar_per_earth_radius: float


def published(
    names: Sequence[str],
    orbits: Orbits,
    bstar: Floats,
    epochs: Instants,
    numbers: Sequence[int],
    lineage: Lineage,
    mean_motion_dot_rad_s2: Floats | None = None,
) -> list[ElementSet]:
    """Return orbits as element sets, with the digits that published ones carry, all SIMULATED."""
    dots = np.zeros(len(names)) if mean_motion_dot_rad_s2 is None else mean_motion_dot_rad_s2
    rows = zip(names, numbers, epochs.tolist(), _printed(orbits, bstar), _printed_dots(dots), strict=True)
    return [
        ElementSet(
            identity=identity_from_norad(number, name=name),
            epoch_tai_ns=epoch_tai_ns,
            mean_motion_rad_s=printed.mean_motion_rad_s,
            eccentricity=printed.eccentricity,
            inclination_rad=printed.inclination_rad,
            raan_rad=printed.raan_rad,
            argument_of_perigee_rad=printed.argument_of_perigee_rad,
            mean_anomaly_rad=printed.mean_anomaly_rad,
            bstar_per_earth_radius=printed.bstar_per_earth_radius,
            mean_motion_dot_rad_s2=dot,
            originator=ORIGINATOR,
            realm=Realm.SIMULATED,
            lineage=lineage,
        )
        for name, number, epoch_tai_ns, printed, dot in rows
    ]


def _printed_dots(mean_motion_dot_rad_s2: Floats) -> list[float]:
    """Return rates of mean motion cut to 1e-8 of a revolution a day squared."""
    unit = TURN_RAD / SECONDS_A_DAY**2
    return [float(dot) * unit for dot in np.round(mean_motion_dot_rad_s2 / unit, 8)]


def _printed(orbits: Orbits, bstar: Floats) -> Iterator[_Printed]:
    turns_a_day = np.round(orbits.mean_motion_rad_s * SECONDS_A_DAY / TURN_RAD, 8)
    columns = (
        (turns_a_day * (TURN_RAD / SECONDS_A_DAY)).tolist(),
        np.round(orbits.eccentricity, 7).tolist(),
        printed_rad(orbits.inclination_rad),
        printed_rad(orbits.raan_rad),
        printed_rad(orbits.argument_of_perigee_rad),
        printed_rad(orbits.mean_anomaly_rad),
        np.round(bstar, 8).tolist(),
    )
    return map(_Printed._make, zip(*columns, strict=True))


def printed_rad(angle_rad: Floats) -> list[float]:
    """Return angles cut to ten-thousandths of a degree, within a turn."""
    degrees = np.round(np.mod(angle_rad / DEGREE_RAD, 360.0), 4) % 360.0
    return [float(angle) * math.pi / 180.0 for angle in degrees]


def _name(family: Family, place: int) -> str:
    return f"SIM {family.name} {place:04d}" + (" DEB" if family.kind is SimulatedKind.DEBRIS else "")
