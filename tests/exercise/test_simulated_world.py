"""Is the simulated sky like the real one, unmistakable for it, and the same every time?"""

import csv
import gzip
import math
from collections import Counter

import numpy as np
import pytest
from scipy.spatial import cKDTree
from sgp4.api import WGS72, Satrec, SatrecArray

from baken.assess.conjunction.hard_body import KindOfObject, kind_from_name
from baken.astro.constants import EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M
from baken.exercise.families import Walker
from baken.exercise.population import POPULATION, counts_for
from baken.exercise.simulated_world import FIRST_SIMULATED_CAT_ID, simulated_catalogue
from baken.records.catalogue import Catalogue
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm

NOW_TAI_NS = 783_000_000_000_000_000  # 2024-10-23
DAY_NS = 86_400_000_000_000
SECONDS_OF_1949_12_31_BEFORE_2000 = 18_263 * 86_400
# Five leap seconds between 2000 and 2017.
START_DAY = (NOW_TAI_NS / 1e9 - 5.0) / 86_400.0 + 2_451_544.5
REAL_APPROACHES_A_DAY, REAL_OBJECTS = 24_607, 26_834
# Neighbours in one shell of a constellation pass no closer than this, whatever the plane.
CONSTELLATION_CLEARANCE_M = 10e3
# Shares of the sky in coarse bins of height may differ from those of one real day by this much.
SHARE_OF_THE_SKY = 0.06


@pytest.fixture(scope="module")
def sky() -> Catalogue:
    return simulated_catalogue(np.random.default_rng(2024), epoch_tai_ns=NOW_TAI_NS)


def satrec_of(element_set) -> Satrec:
    """Hand an element set to python-sgp4, by a road that Baken does not share."""
    satellite = Satrec()
    utc_s = element_set.epoch_tai_ns / 1e9 - 37.0 + 32.0
    satellite.sgp4init(
        WGS72,
        "i",
        0,
        (utc_s + SECONDS_OF_1949_12_31_BEFORE_2000) / 86_400.0,
        element_set.bstar_per_earth_radius,
        0.0,
        0.0,
        element_set.eccentricity,
        element_set.argument_of_perigee_rad,
        element_set.inclination_rad,
        element_set.mean_anomaly_rad,
        element_set.mean_motion_rad_s * 60.0,
        element_set.raan_rad,
    )
    return satellite


def positions_m(element_sets, at_tai_ns):
    rows = [satrec_of(es).sgp4_tsince((at_tai_ns - es.epoch_tai_ns) / 60e9) for es in element_sets]
    return np.array([error for error, _, _ in rows]), np.array([r for _, r, _ in rows]) * 1e3


def test_the_default_sky_holds_thirty_thousand_objects_each_once(sky):
    numbers = {element_set.identity.norad_cat_id for element_set in sky.element_sets}
    assert len(sky.element_sets) == len(numbers) == 30_000


@pytest.mark.parametrize("n_objects", [0, 1, 57, 500, 60_000])
def test_a_sky_has_as_many_objects_as_asked_for(n_objects):
    assert sum(counts_for(n_objects)) == n_objects
    if n_objects <= 500:
        sky = simulated_catalogue(np.random.default_rng(0), n_objects=n_objects, epoch_tai_ns=NOW_TAI_NS)
        assert len(sky.element_sets) == n_objects


def test_a_sky_of_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="none or more"):
        counts_for(-1)


def test_nothing_of_it_can_be_taken_for_real(sky):
    assert {element_set.realm for element_set in sky.element_sets} == {Realm.SIMULATED}
    assert min(es.identity.norad_cat_id for es in sky.element_sets) == FIRST_SIMULATED_CAT_ID
    assert all(es.identity.name.startswith("SIM ") for es in sky.element_sets)
    assert all(es.identity.cospar_id is None for es in sky.element_sets)


def test_the_same_seed_gives_the_same_sky_byte_for_byte():
    def digest(seed):
        sky = simulated_catalogue(np.random.default_rng(seed), n_objects=2000, epoch_tai_ns=NOW_TAI_NS)
        return digest_of_bytes(repr(sky).encode())

    assert digest(7) == digest(7)
    assert digest(7) != digest(8)


def test_sgp4_takes_every_object_now(sky):
    errors, position_m = positions_m(sky.element_sets, NOW_TAI_NS)
    assert not errors.any()
    height_m = np.linalg.norm(position_m, axis=1) - EARTH_RADIUS_WGS72_M
    assert height_m.min() > 100e3


def test_only_a_handful_comes_down_within_a_week(sky):
    errors, _ = positions_m(sky.element_sets, NOW_TAI_NS + 7 * DAY_NS)
    assert 0 < np.count_nonzero(errors) < 60


def test_ages_are_those_of_a_working_catalogue(sky):
    age_days = (NOW_TAI_NS - np.array([es.epoch_tai_ns for es in sky.element_sets])) / DAY_NS
    assert age_days.min() >= 0.0
    assert 0.2 < np.median(age_days) < 0.8
    assert 3.0 < np.quantile(age_days, 0.99) < 26.0


def test_names_say_what_the_objects_are(sky):
    kinds = Counter(kind_from_name(es.identity.name) for es in sky.element_sets)
    expected = Counter()
    for family, count in zip(POPULATION, counts_for(30_000), strict=True):
        expected[KindOfObject(family.kind.value)] += count
    assert kinds == expected


def test_every_constellation_of_the_default_sky_fits_its_slots():
    for family, count in zip(POPULATION, counts_for(30_000), strict=True):
        if isinstance(family, Walker):
            assert count <= family.n_planes * family.n_per_plane, family.name


@pytest.mark.parametrize("days", [0, 7])
@pytest.mark.parametrize("shell", ["BROADBAND A1", "BROADBAND B1", "BROADBAND B2", "BROADBAND C"])
def test_a_constellation_does_not_run_into_itself(sky, shell, days):
    members = [es for es in sky.element_sets if es.identity.name.startswith(f"SIM {shell} ")]
    satellites = SatrecArray([satrec_of(es) for es in members])
    seconds = np.arange(0.0, 6_000.0, 50.0)
    _, position_km, _ = satellites.sgp4(np.full(len(seconds), START_DAY), days + seconds / 86_400.0)
    least_m = min(nearest_neighbours_m(place_km * 1e3) for place_km in position_km.transpose(1, 0, 2))
    assert least_m > CONSTELLATION_CLEARANCE_M


def nearest_neighbours_m(position_m):
    distance_m, _ = cKDTree(position_m).query(position_m, k=2)
    return distance_m[:, 1].min()


@pytest.mark.capability(
    "Simulated sky: close approaches below 5 km in a day",
    status="VALIDATED",
    authority="24,607 on 2024-11-01 for 26,834 real objects, grown by the square of the number",
)
def test_the_sky_is_as_crowded_as_the_real_one(sky, deviation):
    expected = REAL_APPROACHES_A_DAY * (len(sky.element_sets) / REAL_OBJECTS) ** 2
    deviation(abs(math.log(passings_a_day(sky.element_sets) / expected)), "as a logarithm", math.log(1.6))


def passings_a_day(element_sets, n_looks=40, look_s=8.0):
    """Count passings in short looks spread over a day, by straight lines: fair, and good to a tenth.

    Company in formation never passes; at 100 m/s relative speed it is left out.
    """
    satellites = SatrecArray([satrec_of(es) for es in element_sets])
    at_days = (np.arange(n_looks) + np.random.default_rng(0).random(n_looks)) / n_looks
    _, position_km, velocity_km_s = satellites.sgp4(np.full(n_looks, START_DAY), at_days)
    passings = 0
    for place_m, motion_m_s in zip(
        position_km.transpose(1, 0, 2) * 1e3, velocity_km_s.transpose(1, 0, 2) * 1e3, strict=True
    ):
        aloft = np.isfinite(place_m).all(axis=1)
        place_m, motion_m_s = place_m[aloft], motion_m_s[aloft]
        near = cKDTree(place_m).query_pairs(5e3 + 16e3 * look_s / 2.0, output_type="ndarray")
        apart_m = place_m[near[:, 1]] - place_m[near[:, 0]]
        closing_m_s = motion_m_s[near[:, 1]] - motion_m_s[near[:, 0]]
        speed_m_s = np.linalg.norm(closing_m_s, axis=1)
        until_s = -(apart_m * closing_m_s).sum(axis=1) / np.maximum(speed_m_s, 1e-6) ** 2
        miss_m = np.linalg.norm(apart_m + closing_m_s * until_s[:, None], axis=1)
        passings += np.count_nonzero((np.abs(until_s) <= look_s / 2) & (miss_m < 5e3) & (speed_m_s > 100.0))
    return passings * 86_400.0 / (n_looks * look_s)


def mean_heights_m(mean_motion_rad_s):
    return (EARTH_MU_WGS72_M3_S2 / np.asarray(mean_motion_rad_s) ** 2) ** (1.0 / 3.0) - EARTH_RADIUS_WGS72_M


@pytest.mark.capability(
    "Simulated sky: shares of heights and inclinations",
    status="VALIDATED",
    authority="the real catalogue of 2024-11-01",
)
def test_the_sky_is_filled_as_the_real_one(sky, shared_data, deviation):
    real = shared_data / "catalogue" / "cat_20241101_celestrak_onorbit_gp.csv.gz"
    with gzip.open(real, "rt") as lines:
        rows = [(float(r["MEAN_MOTION"]), float(r["INCLINATION"])) for r in csv.DictReader(lines)]
    motion, inclination = np.array(rows).T
    ours = np.array([(es.mean_motion_rad_s, math.degrees(es.inclination_rad)) for es in sky.element_sets])
    heights = [0.0, 450e3, 600e3, 750e3, 900e3, 1200e3, 2000e3, 30_000e3, math.inf]
    inclinations = [0.0, 20.0, 40.0, 60.0, 70.0, 80.0, 90.0, 98.5, 180.0]
    off = [
        *np.abs(
            shares(mean_heights_m(motion * 2.0 * math.pi / 86_400.0), heights)
            - shares(mean_heights_m(ours[:, 0]), heights)
        ),
        *np.abs(shares(inclination, inclinations) - shares(ours[:, 1], inclinations)),
    ]
    deviation(max(off), "of the sky in a bin", SHARE_OF_THE_SKY)


def shares(values, edges):
    return np.histogram(values, edges)[0] / len(values)
