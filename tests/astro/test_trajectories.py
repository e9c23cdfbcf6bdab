"""Do trajectories keep to their motion as closely as they say, everywhere and at perigee?"""

import numpy as np
import pytest

from baken.astro.motions import (
    NO_ORBIT,
    OUTSIDE_THE_TABLE,
    ChosenMotion,
    OrbitsOnly,
    Sgp4Motion,
    ephemeris_motion,
    join,
)
from baken.astro.sgp4 import sgp4_batch, states_teme
from baken.astro.trajectories import OUTSIDE_EVERY_PIECE, approximate, from_arrays
from tests.assess.conjunction import skies

HOUR_NS = 3_600_000_000_000
START = 777_600_000_000_000_000
SLICE_NS = int(5.6 * HOUR_NS)
NANOSECOND_OF_TRAVEL_M = 2e-5  # times are whole nanoseconds, speeds up to twenty kilometres a second


def motion_of(elements) -> Sgp4Motion:
    return Sgp4Motion(
        sgp4_batch(
            epoch_tai_ns=elements.epoch_tai_ns,
            mean_motion_rad_s=elements.mean_motion_rad_s,
            eccentricity=elements.eccentricity,
            inclination_rad=elements.inclination_rad,
            raan_rad=elements.raan_rad,
            argument_of_perigee_rad=elements.argument_of_perigee_rad,
            mean_anomaly_rad=elements.mean_anomaly_rad,
            bstar_per_earth_radius=elements.bstar_per_earth_radius,
        )
    )


def drawn(name: str, n: int = 120):
    elements = getattr(skies, name)(np.random.default_rng(5), n)
    return motion_of(elements), int(elements.epoch_tai_ns.max()) + 24 * HOUR_NS


def instants(start: int, n: int) -> np.ndarray:
    """Return equal steps through a slice, its ends included.  Floats would round them beyond the ends."""
    return start + SLICE_NS * np.arange(n) // (n - 1)


def dense_errors_m(motion, trajectories, n: int = 40) -> np.ndarray:
    """Return the largest error seen in each piece, at many times in it."""
    index = trajectories.object_of_piece
    largest = np.zeros(index.size)
    span = trajectories.end_tai_ns - trajectories.start_tai_ns
    for share in (np.arange(n) + 0.5) / n:
        epoch = trajectories.start_tai_ns + (share * span).astype(np.int64)
        here, there = trajectories.states(index, epoch)[0], motion.states(index, epoch)[0]
        largest = np.maximum(largest, np.sqrt(((here - there) ** 2).sum(axis=1)))
    return largest


@pytest.mark.parametrize("regime", ["shell", "geostationary", "elongated", "decaying"])
def test_no_piece_is_further_from_its_motion_than_it_says(regime):
    motion, start = drawn(regime)
    trajectories = approximate(motion, start, start + SLICE_NS)
    assert (dense_errors_m(motion, trajectories) <= trajectories.error_bound_m).all()


@pytest.mark.capability(
    "Trajectories keep to their error bound",
    status="MODELLED",
    authority="SGP4 itself, densely, all long ellipses and a tenth of 2024-11-01",
)
def test_no_object_of_a_real_catalogue_breaks_its_bound_at_perigee_or_elsewhere(shared_data, deviation):
    catalogue = skies.read_omm_csv(shared_data / "catalogue" / "cat_20241101_celestrak_onorbit_gp.csv.gz")
    low = np.flatnonzero(catalogue.eccentricity > 0.1)
    rows = np.unique(np.concatenate([low, np.arange(0, catalogue.eccentricity.size, 10)]))
    motion = OrbitsOnly(motion_of(catalogue.rows(rows)))
    worst = 0.0
    for day in (0, 5):
        start = int(np.median(catalogue.epoch_tai_ns)) + day * 24 * HOUR_NS
        trajectories = approximate(motion, start, start + SLICE_NS)
        kept = trajectories.error_bound_m <= 40.0
        assert kept.mean() > 0.999
        worst = max(worst, (dense_errors_m(motion, trajectories, 24) / trajectories.error_bound_m).max())
    deviation(worst, "of the bound", 1.0)


def test_halving_more_often_changes_the_pieces_and_not_the_motion():
    motion, start = drawn("elongated", 40)
    index, epoch = (
        np.repeat(np.arange(40), 50),
        np.tile(instants(start, 50), 40),
    )
    loose = approximate(motion, start, start + SLICE_NS, tolerance_m=40.0).states(index, epoch)[0]
    tight = approximate(motion, start, start + SLICE_NS, tolerance_m=0.6).states(index, epoch)[0]
    assert np.sqrt(((loose - tight) ** 2).sum(axis=1)).max() < 40.6


def test_the_pieces_of_an_object_do_not_depend_on_its_company():
    motion, start = drawn("elongated", 30)
    all_of_them = approximate(motion, start, start + SLICE_NS)
    alone = approximate(ChosenMotion(motion, np.array([7])), start, start + SLICE_NS)
    rows = slice(*all_of_them.first_piece[7:9])
    assert np.array_equal(all_of_them.coefficients_m[rows], alone.coefficients_m)


def test_a_velocity_is_the_slope_of_the_position():
    motion, start = drawn("shell", 20)
    trajectories = approximate(motion, start, start + SLICE_NS)
    index, epoch = np.arange(20), np.full(20, start + SLICE_NS // 3)
    after, before = (trajectories.states(index, epoch + sign * 10**8)[0] for sign in (1, -1))
    velocity_m_s = trajectories.states(index, epoch)[1]
    assert np.abs((after - before) / 0.2 - velocity_m_s).max() < 1e-3


def test_radius_bounds_hold_every_radius():
    motion, start = drawn("elongated")
    trajectories = approximate(motion, start, start + SLICE_NS)
    low_m, high_m = trajectories.radius_bounds_m()
    index = trajectories.object_of_piece
    for share in np.linspace(0.01, 0.99, 23):
        epoch = trajectories.start_tai_ns + (
            share * (trajectories.end_tai_ns - trajectories.start_tai_ns)
        ).astype(int)
        radius_m = np.sqrt((motion.states(index, epoch)[0] ** 2).sum(axis=1))
        assert ((low_m <= radius_m) & (radius_m <= high_m)).all()


def test_a_difference_is_the_difference():
    motion, start = drawn("elongated", 8)
    trajectories = approximate(motion, start, start + SLICE_NS)
    both = trajectories.subtract(2, 5)
    epoch = instants(start, 101)
    two, five = (trajectories.states(np.full(101, k), epoch)[0] for k in (2, 5))
    assert (
        np.abs(both.states(np.zeros(101, dtype=int), epoch)[0] - (five - two)).max() < NANOSECOND_OF_TRAVEL_M
    )
    assert both.error_bound_m.min() >= 2 * 0.5


def test_trajectories_come_back_from_their_arrays():
    motion, start = drawn("shell", 5)
    trajectories = approximate(motion, start, start + SLICE_NS)
    again = from_arrays(trajectories.as_arrays())
    index, epoch = np.arange(5), np.full(5, start + SLICE_NS // 2)
    assert np.array_equal(trajectories.states(index, epoch)[0], again.states(index, epoch)[0])


def test_what_is_left_of_a_motion_that_fails_is_kept_to_the_millisecond():
    motion, start = drawn("decaying")
    end = start + SLICE_NS
    trajectories = approximate(motion, start, end)
    n = 400
    times = instants(start, n)
    index, epoch = np.repeat(np.arange(motion.n_objects), n), np.tile(times, motion.n_objects)
    has_piece = trajectories.states(index, epoch)[2] == 0
    works = motion.states(index, epoch)[2] == 0
    assert (has_piece <= works).all()
    # A span shorter than the gap between two looks may go unseen: twenty seconds, in a slice of five hours.
    assert (works & ~has_piece).mean() < 2e-4


def test_outside_every_piece_is_a_status_and_not_a_number():
    motion, start = drawn("shell", 3)
    trajectories = approximate(motion, start, start + SLICE_NS)
    position_m, _, status = trajectories.states(np.array([1]), np.array([start - HOUR_NS]))
    assert np.isnan(position_m).all()
    assert status[0] == OUTSIDE_EVERY_PIECE


def test_a_table_of_states_is_a_motion_like_another():
    motion, start = drawn("shell", 6)
    times = start + np.arange(0, SLICE_NS, 60_000_000_000)
    tables = [motion.states(np.full(times.size, k), times) for k in range(3)]
    table = ephemeris_motion([times] * 3, [t[0] for t in tables], [t[1] for t in tables])
    both = join(table, ChosenMotion(motion, np.arange(3)))
    index = np.array([0, 1, 2])
    epoch = np.full(3, start + SLICE_NS // 2 + 12_345_678_901)
    # Four states a minute apart: what is off is SGP4's velocity, which is not the slope of its position.
    assert np.abs(both.states(index, epoch)[0] - both.states(index + 3, epoch)[0]).max() < 100.0
    assert both.states(index, epoch - 2 * SLICE_NS)[2].tolist() == [OUTSIDE_THE_TABLE] * 3
    trajectories = approximate(both, start, int(times[-1]))
    assert (dense_errors_m(both, trajectories, 15) <= trajectories.error_bound_m)[:3].all()


def test_hermite_through_states_of_a_polynomial_is_that_polynomial():
    t_s = np.arange(6) * 100.0
    position = np.stack([t_s**3, 2.0 * t_s**2, t_s], axis=1)
    velocity = np.stack([3.0 * t_s**2, 4.0 * t_s, np.ones(6)], axis=1)
    motion = ephemeris_motion([np.rint(t_s * 1e9).astype(int)], [position], [velocity])
    here, rate, _ = motion.states(np.array([0]), np.array([123_000_000_000]))
    assert here[0] == pytest.approx([123.0**3, 2.0 * 123.0**2, 123.0])
    assert rate[0] == pytest.approx([3.0 * 123.0**2, 4.0 * 123.0, 1.0])


def test_what_moves_faster_than_anything_near_the_earth_is_no_orbit():
    times = np.arange(8) * 10**10
    speed = np.tile([2e5, 0.0, 0.0], (8, 1))
    absurd = ephemeris_motion([times], [speed * times[:, None] * 1e-9 + 7e6], [speed])
    position_m, _, status = OrbitsOnly(absurd).states(np.array([0]), np.array([35 * 10**9]))
    assert status[0] == NO_ORBIT
    assert np.isnan(position_m).all()


def test_an_interval_too_short_to_halve_is_refused():
    motion, start = drawn("shell", 2)
    with pytest.raises(ValueError, match="too short"):
        approximate(motion, start, start + 10**6)


def test_the_door_and_the_motion_say_the_same():
    motion, start = drawn("shell", 4)
    index, epoch = np.arange(4), np.full(4, start)
    for one, other in zip(motion.states(index, epoch), states_teme(motion.batch, index, epoch), strict=True):
        assert np.array_equal(one, other)
