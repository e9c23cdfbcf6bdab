"""Skies to look through: real catalogues read in a few lines of our own, populations drawn from a seed."""

import csv
import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from tests.assess.conjunction.oracle import (
    NS_A_DAY,
    NS_A_SECOND,
    Elements,
    Floats,
    Sgp4Body,
    sgp4_bodies,
    tai_ns,
)


def read_omm_csv(path: Path) -> Elements:
    """Read a CelesTrak catalogue."""
    with gzip.open(path, "rt") as lines:
        return elements_of_rows(list(csv.DictReader(lines)))


def elements_of_rows(rows: list[dict[str, str]]) -> Elements:
    """Return mean elements that stand in the columns of OMM."""
    return Elements(
        np.array([tai_ns(row["EPOCH"].rstrip("Z")) for row in rows]),
        _column(rows, "MEAN_MOTION", 2.0 * np.pi / 86_400.0),
        _column(rows, "ECCENTRICITY"),
        _column(rows, "INCLINATION", np.pi / 180.0),
        _column(rows, "RA_OF_ASC_NODE", np.pi / 180.0),
        _column(rows, "ARG_OF_PERICENTER", np.pi / 180.0),
        _column(rows, "MEAN_ANOMALY", np.pi / 180.0),
        _column(rows, "BSTAR"),
        np.array([int(row["NORAD_CAT_ID"]) for row in rows]),
    )


def _column(rows: list[dict[str, str]], name: str, unit: float = 1.0) -> np.ndarray:
    return np.array([float(row[name]) for row in rows]) * unit


def read_three_lines(path: Path) -> Elements:
    """Read a catalogue of names and two lines each."""
    with gzip.open(path, "rt") as text:
        lines = text.read().splitlines()
    pairs = list(zip(lines[1::3], lines[2::3], strict=True))
    degree = np.pi / 180.0
    return Elements(
        np.array([_epoch_tai_ns(one) for one, _ in pairs]),
        np.array([float(two[52:63]) for _, two in pairs]) * 2.0 * np.pi / 86_400.0,
        np.array([float("0." + two[26:33]) for _, two in pairs]),
        np.array([float(two[8:16]) for _, two in pairs]) * degree,
        np.array([float(two[17:25]) for _, two in pairs]) * degree,
        np.array([float(two[34:42]) for _, two in pairs]) * degree,
        np.array([float(two[43:51]) for _, two in pairs]) * degree,
        np.array([_implied_decimal(one[53:61]) for one, _ in pairs]),
        np.array([int(one[2:7]) for one, _ in pairs]),
    )


def _epoch_tai_ns(line_one: str) -> int:
    year, day, fraction = int(line_one[18:20]), int(line_one[20:23]), line_one[24:32]
    first = np.datetime64(f"{year + (1900 if year >= 57 else 2000)}-01-01", "ns")
    # A hundred-millionth of a day is 864 microseconds, a whole number of nanoseconds.
    inside_ns = (day - 1) * 86_400 * NS_A_SECOND + int(fraction) * 864_000
    return tai_ns(first + np.timedelta64(inside_ns, "ns"))


def _implied_decimal(field: str) -> float:
    return float(f"{field[0].strip()}.{field[1:6].strip()}e{field[6:].strip()}")


def laid_end_to_end(*skies: Elements) -> Elements:
    return Elements(*(np.concatenate([getattr(sky, name) for sky in skies]) for name in Elements.__slots__))


# --- drawn from a seed -------------------------------------------------------------------------------------

DRAWN_EPOCH_TAI_NS = tai_ns("2024-11-01")
MU_M3_S2 = 3.986008e14  # WGS-72, as SGP4 has it
EARTH_RADIUS_M = 6_378_135.0


def _drawn(rng: np.random.Generator, n: int, semi_major_axis_m: Floats, **named: Floats) -> Elements:
    """Return elements with every angle that is not named drawn anew, and epochs over the day before."""
    turn = {name: rng.uniform(0.0, 2.0 * np.pi, n) for name in ("raan", "perigee", "anomaly")}
    return Elements(
        epoch_tai_ns=DRAWN_EPOCH_TAI_NS - rng.integers(0, 86_400_000_000, n) * 1_000,
        mean_motion_rad_s=np.sqrt(MU_M3_S2 / semi_major_axis_m**3),
        eccentricity=named.get("eccentricity", rng.uniform(1e-5, 2e-3, n)),
        inclination_rad=named["inclination_rad"],
        raan_rad=named.get("raan_rad", turn["raan"]),
        argument_of_perigee_rad=named.get("argument_of_perigee_rad", turn["perigee"]),
        mean_anomaly_rad=named.get("mean_anomaly_rad", turn["anomaly"]),
        bstar_per_earth_radius=named.get("bstar_per_earth_radius", rng.normal(2e-4, 3e-4, n)),
        norad_cat_id=np.arange(1, n + 1),
    )


def shell(rng: np.random.Generator, n: int = 400) -> Elements:
    """A thin shell as constellations fill it, at a few inclinations, one of them retrograde."""
    altitude_m = rng.uniform(549e3, 551e3, n)
    tilt_rad = np.radians(rng.choice([53.0, 70.0, 97.6], n) + rng.normal(0.0, 0.05, n))
    return _drawn(rng, n, EARTH_RADIUS_M + altitude_m, inclination_rad=tilt_rad)


def one_plane(rng: np.random.Generator, n: int = 200) -> Elements:
    """Objects in nearly one plane: encounters so slow that the range hardly turns."""
    altitude_m = rng.uniform(790e3, 800e3, n)
    return _drawn(
        rng,
        n,
        EARTH_RADIUS_M + altitude_m,
        inclination_rad=np.radians(86.4) + rng.normal(0.0, 1e-4, n),
        raan_rad=1.0 + rng.normal(0.0, 1e-4, n),
        eccentricity=rng.uniform(1e-5, 5e-4, n),
    )


def geostationary(rng: np.random.Generator, n: int = 150) -> Elements:
    """The geostationary belt, kept and drifting, with some of it tilted."""
    axis_m = 42_164e3 + np.where(rng.random(n) < 0.7, rng.normal(0.0, 2e3, n), rng.normal(0.0, 60e3, n))
    tilt_rad = np.radians(np.where(rng.random(n) < 0.6, rng.uniform(0.0, 0.1, n), rng.uniform(0.0, 15.0, n)))
    slow = rng.uniform(1e-5, 5e-4, n)
    return _drawn(
        rng, n, axis_m, inclination_rad=tilt_rad, eccentricity=slow, bstar_per_earth_radius=np.zeros(n)
    )


def elongated(rng: np.random.Generator, n: int = 400) -> Elements:
    """Transfer orbits, Molniya orbits and their like, all through one zone near perigee."""
    perigee_m = EARTH_RADIUS_M + rng.uniform(250e3, 900e3, n)
    apogee_m = (
        EARTH_RADIUS_M + rng.choice([1_500e3, 20_200e3, 35_786e3, 39_500e3], n) + rng.normal(0.0, 50e3, n)
    )
    axis_m = 0.5 * (perigee_m + apogee_m)
    return _drawn(
        rng,
        n,
        axis_m,
        eccentricity=(apogee_m - perigee_m) / (apogee_m + perigee_m),
        inclination_rad=np.radians(rng.choice([7.0, 28.5, 63.4], n) + rng.normal(0.0, 0.3, n)),
        bstar_per_earth_radius=rng.normal(1e-4, 1e-4, n),
    )


def met_at_perigee(rng: np.random.Generator, n: int = 120) -> Elements:
    """Long ellipses, each with a low orbit laid through its perigee: where interpolation is hardest."""
    perigee_m = EARTH_RADIUS_M + rng.uniform(180e3, 1_200e3, n)
    eccentricity = rng.uniform(0.3, 0.9, n)
    fast = _drawn(
        rng,
        n,
        perigee_m / (1.0 - eccentricity),
        eccentricity=eccentricity,
        inclination_rad=np.radians(rng.uniform(5.0, 120.0, n)),
        mean_anomaly_rad=rng.normal(0.0, 0.003, n),
        bstar_per_earth_radius=np.zeros(n),
    )
    day_ns = rng.integers(0, NS_A_DAY // 1_000, n) * 1_000
    fast = replace(fast, epoch_tai_ns=DRAWN_EPOCH_TAI_NS + day_ns)
    return laid_end_to_end(fast, _through(fast, rng))


def _through(others: Elements, rng: np.random.Generator) -> Elements:
    """Return circular orbits that pass within some kilometres of where others are at their epochs."""
    bodies = [Sgp4Body(others, row) for row in range(len(others))]
    place_m = np.stack([body.position_teme_m(body.epoch_tai_ns, 0.0) for body in bodies])
    pole = np.cross(place_m, rng.normal(size=place_m.shape))
    pole /= np.linalg.norm(pole, axis=-1, keepdims=True)
    node = np.stack([-pole[:, 1], pole[:, 0], np.zeros(len(pole))], axis=-1)
    node /= np.linalg.norm(node, axis=-1, keepdims=True)
    along_rad = np.arctan2((place_m * np.cross(pole, node)).sum(axis=-1), (place_m * node).sum(axis=-1))
    low = _drawn(
        rng,
        len(others),
        np.linalg.norm(place_m, axis=-1),
        inclination_rad=np.arccos(pole[:, 2]),
        raan_rad=np.arctan2(node[:, 1], node[:, 0]),
        eccentricity=np.full(len(others), 1e-5),
        argument_of_perigee_rad=np.zeros(len(others)),
        mean_anomaly_rad=np.mod(along_rad, 2.0 * np.pi),
    )
    return replace(low, epoch_tai_ns=others.epoch_tai_ns, norad_cat_id=low.norad_cat_id + len(others))


def formation(rng: np.random.Generator, n: int = 24) -> Elements:
    """Flights of four that stay within kilometres of each other: many minima for each pair."""
    leader = shell(rng, n // 4)
    nearby = leader.rows(np.repeat(np.arange(n // 4), 4))
    return replace(
        nearby,
        eccentricity=nearby.eccentricity + rng.uniform(0.0, 3e-4, n),
        raan_rad=nearby.raan_rad + rng.normal(0.0, 2e-4, n),
        mean_anomaly_rad=nearby.mean_anomaly_rad + rng.normal(0.0, 2e-4, n),
        norad_cat_id=np.arange(1, n + 1),
    )


def decaying(rng: np.random.Generator, n: int = 300) -> Elements:
    """Objects on their last revolutions; SGP4 gives several of them up within the day."""
    perigee_m = EARTH_RADIUS_M + rng.uniform(110e3, 200e3, n)
    apogee_m = perigee_m + rng.uniform(0.0, 60e3, n)
    return _drawn(
        rng,
        n,
        0.5 * (perigee_m + apogee_m),
        eccentricity=np.maximum((apogee_m - perigee_m) / (apogee_m + perigee_m), 1e-5),
        inclination_rad=np.radians(rng.choice([51.6, 53.0, 97.6], n)),
        bstar_per_earth_radius=10.0 ** rng.uniform(-4.0, -2.5, n),
    )


# --- cut out of a real catalogue ---------------------------------------------------------------------------


def at_random(catalogue: Elements, rng: np.random.Generator, n: int = 2_000) -> Elements:
    return catalogue.rows(np.sort(rng.choice(len(catalogue), n, replace=False)))


def _among(catalogue: Elements, wanted: np.ndarray, rng: np.random.Generator, n: int) -> Elements:
    rows = np.nonzero(wanted)[0]
    return catalogue.rows(np.sort(rng.choice(rows, min(n, len(rows)), replace=False)))


def crowded_shells(catalogue: Elements, rng: np.random.Generator, n: int = 1_200) -> Elements:
    """Objects that stay between 760 and 800 km, or between 540 and 560 km."""
    perigee_m = catalogue.perigee_radius_m - EARTH_RADIUS_M
    apogee_m = catalogue.apogee_radius_m - EARTH_RADIUS_M
    low = (perigee_m > 540e3) & (apogee_m < 565e3)
    return _among(catalogue, low | ((perigee_m > 750e3) & (apogee_m < 810e3)), rng, n)


def geostationary_belt(catalogue: Elements, rng: np.random.Generator, n: int = 400) -> Elements:
    return _among(catalogue, np.abs(catalogue.semi_major_axis_m - 42_164e3) < 150e3, rng, n)


def long_ellipses(catalogue: Elements, rng: np.random.Generator, n: int = 300) -> Elements:
    """Objects on long ellipses first, then a crowd of every kind for them to pass through."""
    long = _among(catalogue, catalogue.eccentricity > 0.2, rng, n)
    return laid_end_to_end(long, _others(at_random(catalogue, rng), long))


def low_and_falling(catalogue: Elements, rng: np.random.Generator, n: int = 200) -> Elements:
    """Objects about to re-enter first, then a crowd from the lowest orbits."""
    perigee_m = catalogue.perigee_radius_m - EARTH_RADIUS_M
    falling = _among(catalogue, perigee_m < 250e3, rng, n)
    low = (perigee_m > 250e3) & (perigee_m < 480e3)
    return laid_end_to_end(falling, _among(catalogue, low, rng, 1_000))


def _others(crowd: Elements, few: Elements) -> Elements:
    return crowd.rows(~np.isin(crowd.norad_cat_id, few.norad_cat_id))


def flying_together(catalogue: Elements, rng: np.random.Generator, n: int = 60) -> Elements:
    """Low objects with another within 20 km and 20 m/s of them: formations, trains, and what is docked."""
    catalogue = catalogue.rows(catalogue.apogee_radius_m < EARTH_RADIUS_M + 520e3)
    newest = int(catalogue.epoch_tai_ns.max())
    position_m = np.stack([body.position_teme_m(newest, [0.0, 1.0]) for body in sgp4_bodies(catalogue)])
    here_m, moved_m = position_m[:, 0], position_m[:, 1] - position_m[:, 0]
    known = np.nonzero(np.isfinite(here_m + moved_m).all(axis=-1))[0]
    nearby = cKDTree(np.hstack([here_m / 20e3, moved_m / 20.0])[known])
    pairs = known[nearby.query_pairs(1.0, output_type="ndarray")]
    return catalogue.rows(np.unique(pairs[rng.choice(len(pairs), min(n, len(pairs)), replace=False)]))
