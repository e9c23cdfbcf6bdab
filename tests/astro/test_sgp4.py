"""Does SGP4 in bulk say what its authors' program, python-sgp4 and heyoka say?"""

import csv
import gzip
import json
import math
from pathlib import Path

import numpy as np
import pytest
from sgp4.api import WGS72, Satrec

from baken.astro.sgp4 import Sgp4Batch, sgp4_batch, states_teme, states_teme_on_grid
from baken.astro.time import tai_ns_from_utc, tai_ns_from_utc_column
from baken.formats import tle

AUTHORITY = Path(__file__).parent.parent / "authorities" / "sgp4_vallado_2006.json"
PRINTED_M = 1e-5  # eight decimals of a kilometre
PRINTED_M_S = 1e-6
# Where the published set itself goes to the edge of what doubles hold: five years from epoch, and an orbit
# (e = 0.97) on which ten steps of Newton do not solve Kepler's equation.
EDGES_M = {20413: 1e-3, 23333: 1e-2}
# One last bit of a mean motion, over a week, at the radius of a low orbit.
ROUNDING_M = 1e-5
# heyoka evaluates the same theory in another order, its angles less exactly.
HEYOKA_M = 1e-3
NS_A_MINUTE = 60_000_000_000
COLUMNS = (
    "mean_motion_rad_s",
    "eccentricity",
    "inclination_rad",
    "raan_rad",
    "argument_of_perigee_rad",
    "mean_anomaly_rad",
    "bstar_per_earth_radius",
)


def batch_of(sets) -> Sgp4Batch:
    return sgp4_batch(
        epoch_tai_ns=[es.epoch_tai_ns for es in sets],
        **{name: [getattr(es, name) for es in sets] for name in COLUMNS},
    )


@pytest.fixture(scope="module")
def published():
    cases = json.loads(AUTHORITY.read_text())["cases"]
    text = "\n".join(line for case in cases for line in (case["line_1"], case["line_2"]))
    return cases, tle.read(text.encode()).records


@pytest.fixture(scope="module")
def published_states(published):
    """Return for each published state what is printed, and what we say."""
    cases, sets = published
    rows = [(k, state) for k, case in enumerate(cases) for state in case["states"]]
    minutes = np.array([state["minutes_since_epoch"] for _, state in rows])
    index = np.array([k for k, _ in rows])
    epoch = np.array([sets[k].epoch_tai_ns for k in index]) + np.rint(minutes * NS_A_MINUTE).astype(np.int64)
    printed = [
        np.array([state[name] for _, state in rows]) * 1e3
        for name in ("position_teme_km", "velocity_teme_km_s")
    ]
    return printed, states_teme(batch_of(sets), index, epoch)


@pytest.mark.capability(
    "SGP4, near Earth and deep space", status="VALIDATED", authority="Vallado et al. 2006, tcppver"
)
def test_positions_agree_with_the_authors_program(published_states, deviation):
    printed, ours = published_states
    assert (ours[2] == 0).all()
    deviation(np.abs(ours[0] - printed[0]).max(), "m", PRINTED_M)


def test_velocities_agree_with_the_authors_program(published_states):
    printed, ours = published_states
    assert np.abs(ours[1] - printed[1]).max() < PRINTED_M_S


@pytest.fixture(scope="module")
def verification_set(shared_data):
    text = (shared_data / "sgp4_verification" / "SGP4-VER.TLE").read_text()
    lines = [line[:69] for line in text.splitlines() if line[:2] in ("1 ", "2 ")]
    printed, number = {}, -1
    for line in (shared_data / "sgp4_verification" / "tcppver.out").read_text().splitlines():
        fields = line.split()
        if fields[1:] == ["xx"]:
            number = int(fields[0])
        elif len(fields) >= 7:
            printed.setdefault(number, []).append([float(field) for field in fields[:7]])
    return lines, printed


@pytest.mark.capability(
    "SGP4, near Earth and deep space", status="VALIDATED", authority="SGP4-VER, every state of tcppver.out"
)
def test_every_state_of_the_verification_set_agrees(verification_set, deviation):
    lines, printed = verification_set
    largest = 0.0
    for one, two in zip(lines[::2], lines[1::2], strict=True):
        satellite = Satrec.twoline2rv(one, two, WGS72)
        if satellite.satnum not in printed or satellite.satnum in (33333, 33334, 33335):
            continue  # three sets with faults in their text, for readers
        batch = batch_of_satellites([satellite])
        rows = np.array(printed[satellite.satnum])
        epoch = batch.epoch_tai_ns[0] + np.rint(rows[:, 0] * NS_A_MINUTE).astype(np.int64)
        position_m, _, status = states_teme(batch, np.zeros(len(rows), dtype=int), epoch)
        assert (status == 0).all(), satellite.satnum
        off_m = np.abs(position_m - rows[:, 1:4] * 1e3).max()
        if satellite.satnum in EDGES_M:
            assert off_m < EDGES_M[satellite.satnum]
        else:
            largest = max(largest, off_m)
    deviation(largest, "m", PRINTED_M)


def batch_of_satellites(satellites) -> Sgp4Batch:
    """Return python-sgp4's records as a batch, with epochs to the nanosecond of what they hold."""
    days = np.array([s.jdsatepoch - 2451544.5 for s in satellites])
    utc_ns = np.rint(days * 86400e9 + np.array([s.jdsatepochF for s in satellites]) * 86400e9).astype(
        np.int64
    )
    texts = [str(np.datetime64("2000-01-01T00:00:00", "ns") + np.timedelta64(int(ns), "ns")) for ns in utc_ns]
    return sgp4_batch(
        epoch_tai_ns=tai_ns_from_utc_column(texts),
        mean_motion_rad_s=[s.no_kozai / 60.0 for s in satellites],
        eccentricity=[s.ecco for s in satellites],
        inclination_rad=[s.inclo for s in satellites],
        raan_rad=[s.nodeo for s in satellites],
        argument_of_perigee_rad=[s.argpo for s in satellites],
        mean_anomaly_rad=[s.mo for s in satellites],
        bstar_per_earth_radius=[s.bstar for s in satellites],
    )


@pytest.fixture(scope="module")
def catalogue(shared_data):
    """Return every twelfth object of a real catalogue, and its columns."""
    with gzip.open(shared_data / "catalogue" / "cat_20241101_celestrak_onorbit_gp.csv.gz", "rt") as lines:
        rows = list(csv.DictReader(lines))[::12]
    degree = math.pi / 180.0
    columns = {
        "mean_motion_rad_s": [float(row["MEAN_MOTION"]) * 2.0 * math.pi / 86400.0 for row in rows],
        "eccentricity": [float(row["ECCENTRICITY"]) for row in rows],
        "inclination_rad": [float(row["INCLINATION"]) * degree for row in rows],
        "raan_rad": [float(row["RA_OF_ASC_NODE"]) * degree for row in rows],
        "argument_of_perigee_rad": [float(row["ARG_OF_PERICENTER"]) * degree for row in rows],
        "mean_anomaly_rad": [float(row["MEAN_ANOMALY"]) * degree for row in rows],
        "bstar_per_earth_radius": [float(row["BSTAR"]) for row in rows],
    }
    epochs = tai_ns_from_utc_column([row["EPOCH"] for row in rows])
    return sgp4_batch(epoch_tai_ns=epochs, **columns), columns


def reference(batch: Sgp4Batch, columns, k: int) -> Satrec:
    """Return python-sgp4's record of one object; the catalogue number stays outside."""
    epoch = np.datetime64("2000-01-01T00:00:00", "ns") + np.timedelta64(int(batch.epoch_tai_ns[k]), "ns")
    since_1949 = epoch - np.timedelta64(37, "s") - np.datetime64("1949-12-31T00:00:00", "ns")
    satellite = Satrec()
    satellite.sgp4init(
        WGS72, "i", 0, since_1949 / np.timedelta64(1, "D"), columns["bstar_per_earth_radius"][k], 0.0, 0.0,
        columns["eccentricity"][k], columns["argument_of_perigee_rad"][k], columns["inclination_rad"][k],
        columns["mean_anomaly_rad"][k], columns["mean_motion_rad_s"][k] * 60.0, columns["raan_rad"][k],
    )  # fmt: skip
    return satellite


@pytest.mark.capability(
    "SGP4, whole catalogues and failures",
    status="VALIDATED",
    authority="python-sgp4, a twelfth of 2024-11-01",
)
def test_a_real_catalogue_agrees_with_python_sgp4_in_position_and_in_failure(catalogue, deviation):
    batch, columns = catalogue
    start = tai_ns_from_utc("2024-11-01T00:00:00Z")
    epochs = start + np.arange(-2, 9) * 86_400_000_000_000
    position_m, velocity_m_s, status = states_teme_on_grid(batch, epochs)
    largest = 0.0
    for k in range(batch.n_objects):
        satellite = reference(batch, columns, k)
        for j, epoch in enumerate(epochs):
            error, there_km, there_km_s = satellite.sgp4_tsince((epoch - batch.epoch_tai_ns[k]) / NS_A_MINUTE)
            assert status[k, j] == error
            if error == 0:
                largest = max(largest, np.abs(position_m[k, j] - np.array(there_km) * 1e3).max())
                assert np.abs(velocity_m_s[k, j] - np.array(there_km_s) * 1e3).max() < 1e-7
            else:
                assert np.isnan(position_m[k, j]).all()
                assert np.isnan(velocity_m_s[k, j]).all()
    assert (batch.is_deep_space).sum() > 300
    assert (status > 0).any()
    deviation(largest, "m", ROUNDING_M)


def test_heyoka_agrees_near_the_earth_and_is_never_given_a_deep_space_object(catalogue, deviation):
    heyoka = pytest.importorskip("heyoka", reason="a second witness, in the development group only")
    batch, columns = catalogue
    # All of it in heyoka's words: radians a minute, and time since epoch in minutes.
    n0, e0, i0, bstar = (
        np.array(columns[name])
        for name in ("mean_motion_rad_s", "eccentricity", "inclination_rad", "bstar_per_earth_radius")
    )
    is_deep = np.array(
        [heyoka.model.gpe_is_deep_space(n * 60.0, e, i) for n, e, i in zip(n0, e0, i0, strict=True)]
    )
    assert np.array_equal(is_deep, batch.is_deep_space)
    near = np.flatnonzero(~is_deep)[::8]
    angles = [
        np.array(columns[name])[near] for name in ("raan_rad", "argument_of_perigee_rad", "mean_anomaly_rad")
    ]
    node, perigee, anomaly = angles
    minutes = 1440.0
    names = ["n0", "e0", "i0", "node0", "omega0", "m0", "bstar", "tsince"]
    variables = heyoka.make_vars(*names)
    theory = heyoka.cfunc(heyoka.model.sgp4(list(variables)), list(variables))
    inputs = np.array(
        [
            n0[near] * 60.0,
            e0[near],
            i0[near],
            node,
            perigee,
            anomaly,
            bstar[near],
            np.full(near.size, minutes),
        ]
    )
    result = theory(inputs)
    ours, _, status = states_teme(batch, near, batch.epoch_tai_ns[near] + int(minutes * NS_A_MINUTE))
    works = (status == 0) & (result[6] == 0)
    assert works.sum() > 0.98 * near.size
    assert np.abs(result[:3].T * 1e3 - ours)[works].max() < HEYOKA_M


def test_a_state_depends_on_its_object_and_time_alone(published):
    _, sets = published
    batch = batch_of(sets)
    rng = np.random.default_rng(1)
    index = rng.integers(0, batch.n_objects, 500)
    epoch = batch.epoch_tai_ns[index] + rng.integers(-20_000, 20_000, 500) * NS_A_MINUTE
    together = states_teme(batch, index, epoch)
    order = rng.permutation(500)
    shuffled = states_teme(batch, index[order], epoch[order])
    alone = [states_teme(batch, index[k : k + 1], epoch[k : k + 1])[0][0] for k in range(0, 500, 25)]
    for one, other in zip(together, shuffled, strict=True):
        assert np.array_equal(one[order], other, equal_nan=True)
    assert np.array_equal(together[0][::25], np.array(alone), equal_nan=True)
    chosen = batch.select(np.array([3, 1]))
    assert np.array_equal(
        states_teme(chosen, np.array([0]), epoch[:1])[0],
        states_teme(batch, np.array([3]), epoch[:1])[0],
        equal_nan=True,
    )


def test_time_since_epoch_counts_a_leap_second():
    # An element set of noon before the last leap second, asked for an hour after it: 13 h and 1 s have
    # passed.
    epoch = tai_ns_from_utc("2016-12-31T12:00:00Z")
    asked = tai_ns_from_utc("2017-01-01T01:00:00Z")
    assert asked - epoch == (13 * 3600 + 1) * 10**9
    one = dict.fromkeys(COLUMNS, 0.0) | {
        "mean_motion_rad_s": 1.1e-3,
        "eccentricity": 1e-3,
        "inclination_rad": 0.9,
    }
    batch = sgp4_batch(epoch_tai_ns=[epoch], **{name: [value] for name, value in one.items()})
    satellite = reference_at(one, (13 * 3600 + 1) / 60.0)
    assert np.allclose(states_teme(batch, [0], [asked])[0][0], satellite, atol=ROUNDING_M)


def reference_at(one, minutes: float) -> np.ndarray:
    satellite = Satrec()
    satellite.sgp4init(
        WGS72, "i", 0, 24472.5, 0.0, 0.0, 0.0, one["eccentricity"], 0.0, one["inclination_rad"], 0.0,
        one["mean_motion_rad_s"] * 60.0, 0.0,
    )  # fmt: skip
    return np.array(satellite.sgp4_tsince(minutes)[1]) * 1e3


def test_a_bad_call_is_refused(published):
    batch = batch_of(published[1])
    with pytest.raises(ValueError, match="object_index"):
        states_teme(batch, [99], [0])
    with pytest.raises(ValueError, match="epoch_tai_ns"):
        states_teme(batch, [0, 1], [0])
