"""Do close approaches keep their laws, whatever the order, the slicing, the company and the worker?"""

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import numpy as np
import pytest

from baken.assess.conjunction.approach import (
    INTERIOR,
    INTERVAL_END,
    INTERVAL_START,
    Approaches,
    screen,
)
from baken.assess.conjunction.sieve import SieveSettings
from baken.assess.conjunction.why_not import Reason, why_not
from baken.astro.motions import ChosenMotion, ephemeris_motion, join
from tests.assess.conjunction import skies
from tests.assess.conjunction.seen import motion_of

HOUR_NS = 3_600_000_000_000
SPAN_NS = 8 * HOUR_NS
THRESHOLD_M = 20_000.0
# What two ways to the same minimum may differ by: the rounding of SGP4 itself, some micrometres.
SAME_MISS_M = 1e-4
SAME_TCA_NS = 100_000


def sky(name: str, n: int):
    elements = getattr(skies, name)(np.random.default_rng(23), n)
    return motion_of(elements), int(elements.epoch_tai_ns.max()) + 6 * HOUR_NS


@pytest.fixture(scope="module")
def mixed():
    rng = np.random.default_rng(7)
    elements = skies.laid_end_to_end(
        skies.shell(rng, 220), skies.one_plane(rng, 60), skies.elongated(rng, 80), skies.formation(rng, 12)
    )
    return motion_of(elements), int(elements.epoch_tai_ns.max()) + 6 * HOUR_NS


@pytest.fixture(scope="module")
def screened(mixed):
    motion, start = mixed
    return screen(motion, start, start + SPAN_NS, THRESHOLD_M)


def assert_same(one: Approaches, other: Approaches) -> None:
    """Hold two lists to each other: the same pairs and kinds, within rounding the same figures."""
    key = [np.lexsort((a.tca_tai_ns, a.kind, a.second, a.first)) for a in (one, other)]
    one, other = one.select(key[0]), other.select(key[1])
    assert np.array_equal(one.first, other.first)
    assert np.array_equal(one.second, other.second)
    assert np.array_equal(one.kind, other.kind)
    assert np.abs(one.miss_distance_m - other.miss_distance_m).max(initial=0.0) < SAME_MISS_M
    sharp = one.relative_speed_m_s > 10.0
    assert np.abs(one.tca_tai_ns - other.tca_tai_ns)[sharp].max(initial=0) < SAME_TCA_NS


def test_there_is_something_to_look_at(screened):
    kinds = np.bincount(screened.approaches.kind, minlength=3)
    assert kinds[INTERIOR] > 100
    assert kinds[INTERVAL_START] + kinds[INTERVAL_END] > 3
    assert screened.account.approaches == len(screened.approaches)


def test_the_distance_is_smallest_at_its_minimum(mixed, screened):
    motion, _ = mixed
    found = screened.approaches.select(screened.approaches.is_interior)
    for step_ns in (10**8, 10**9):
        for sign in (-1, 1):
            there = motion.states(found.second, found.tca_tai_ns + sign * step_ns)[0]
            here = motion.states(found.first, found.tca_tai_ns + sign * step_ns)[0]
            assert (np.sqrt(((there - here) ** 2).sum(axis=1)) > found.miss_distance_m - 1e-5).all()


@pytest.mark.parametrize(
    "settings",
    [
        SieveSettings(window_s=90.0),
        SieveSettings(window_s=600.0, n_halvings=4),
        SieveSettings(tolerance_m=1.0, layer_m=12_000.0),
    ],
)
def test_windows_layers_and_tolerances_change_nothing(mixed, screened, settings):
    motion, start = mixed
    again = screen(motion, start, start + SPAN_NS, THRESHOLD_M, settings=settings)
    assert_same(screened.approaches, again.approaches)


def test_threads_change_not_a_bit(mixed, screened):
    motion, start = mixed
    with ThreadPoolExecutor(3) as pool:
        again = screen(motion, start, start + SPAN_NS, THRESHOLD_M, run=pool.map)
    for field in fields(Approaches):
        assert np.array_equal(getattr(screened.approaches, field.name), getattr(again.approaches, field.name))
    assert again.account == screened.account


def test_a_slice_that_was_sent_away_and_back_is_the_same(mixed, screened):
    motion, start = mixed

    def sent(function, tasks):
        return (pickle.loads(pickle.dumps(function(pickle.loads(pickle.dumps(task))))) for task in tasks)

    again = screen(motion, start, start + SPAN_NS, THRESHOLD_M, run=sent)
    assert np.array_equal(screened.approaches.tca_tai_ns, again.approaches.tca_tai_ns)
    assert np.array_equal(screened.approaches.miss_distance_m, again.approaches.miss_distance_m)


def test_the_order_of_objects_changes_nothing(mixed, screened):
    motion, start = mixed
    order = np.random.default_rng(2).permutation(motion.n_objects)
    again = screen(ChosenMotion(motion, order), start, start + SPAN_NS, THRESHOLD_M).approaches
    first, second = order[again.first], order[again.second]
    swap = first > second
    renamed = Approaches(
        **{field.name: getattr(again, field.name) for field in fields(Approaches)}
        | {"first": np.where(swap, second, first), "second": np.where(swap, first, second)}
    )
    assert_same(screened.approaches, renamed)


def test_a_part_of_the_sky_sees_its_part_of_the_approaches(mixed, screened):
    motion, start = mixed
    some = np.sort(np.random.default_rng(4).choice(motion.n_objects, 150, replace=False))
    again = screen(ChosenMotion(motion, some), start, start + SPAN_NS, THRESHOLD_M).approaches
    whole = screened.approaches
    kept = whole.select(np.isin(whole.first, some) & np.isin(whole.second, some))
    assert np.array_equal(some[again.first], kept.first)
    assert np.array_equal(again.tca_tai_ns, kept.tca_tai_ns)
    assert np.array_equal(again.miss_distance_m, kept.miss_distance_m)


def test_primaries_see_their_own_and_stand_first(mixed, screened):
    motion, start = mixed
    primaries = np.array([5, 100, 250, 365])
    again = screen(motion, start, start + SPAN_NS, THRESHOLD_M, primaries=primaries).approaches
    whole = screened.approaches
    kept = whole.select(np.isin(whole.first, primaries) | np.isin(whole.second, primaries))
    assert np.isin(again.first, primaries).all()
    assert len(again) == len(kept)
    assert np.array_equal(np.sort(again.miss_distance_m), np.sort(kept.miss_distance_m))
    relative_m = again.second_position_m - again.first_position_m
    assert np.array_equal(relative_m, again.relative_position_m)


def test_a_shifted_interval_sees_the_same_inside(mixed, screened):
    motion, start = mixed
    shift = 1_234_567_891_011
    later = screen(motion, start + shift, start + SPAN_NS, THRESHOLD_M).approaches
    whole = screened.approaches
    margin = 10**6
    inside = whole.select(whole.is_interior & (whole.tca_tai_ns > start + shift + margin))
    assert_same(inside, later.select(later.is_interior & (later.tca_tai_ns > start + shift + margin)))


def test_a_smaller_threshold_sees_the_nearer_ones(mixed, screened):
    motion, start = mixed
    nearer = screen(motion, start, start + SPAN_NS, 3_000.0).approaches
    assert_same(screened.approaches.select(screened.approaches.miss_distance_m < 3_000.0), nearer)


def test_two_objects_with_the_same_elements_meet_once_at_the_start():
    motion, start = sky("shell", 20)
    docked = ChosenMotion(motion, np.array([3, 3, 8]))
    found = screen(docked, start, start + SPAN_NS, 5_000.0).approaches
    pair = found.select((found.first == 0) & (found.second == 1))
    assert pair.kind.tolist() == [INTERVAL_START]
    assert pair.miss_distance_m.tolist() == [0.0]


def test_a_pair_at_rest_to_each_other_meets_once_at_the_start():
    motion, start = sky("shell", 1)
    times = start + np.arange(-20, 521) * 60_000_000_000
    position_m, velocity_m_s, _ = motion.states(np.zeros(times.size, dtype=int), times)
    offset_m = np.array([300.0, -400.0, 0.0])
    beside = ephemeris_motion([times] * 2, [position_m, position_m + offset_m], [velocity_m_s] * 2)
    found = screen(beside, start, start + SPAN_NS, 5_000.0).approaches
    assert found.kind.tolist() == [INTERVAL_START]
    assert found.miss_distance_m[0] == pytest.approx(500.0, abs=1e-6)


def test_objects_that_die_are_followed_to_the_end_and_reported_lost():
    motion, start = sky("decaying", 150)
    screening = screen(motion, start, start + SPAN_NS, 50_000.0)
    lost = screening.lost
    assert len(lost) > 0
    before = motion.states(lost.object_index, lost.from_tai_ns - 2_000_000)[2]
    after = motion.states(lost.object_index, lost.from_tai_ns + 2_000_000)[2]
    began_inside = lost.from_tai_ns > start
    assert (before[began_inside] == 0).all()
    assert (after != 0).all()
    assert np.isfinite(screening.approaches.miss_distance_m).all()


def test_tables_and_element_sets_are_screened_together():
    motion, start = sky("shell", 60)
    times = start + np.arange(-60, 560) * 60_000_000_000
    states = [motion.states(np.full(times.size, k), times) for k in range(5)]
    tables = ephemeris_motion([times] * 5, [s[0] for s in states], [s[1] for s in states])
    together = join(tables, ChosenMotion(motion, np.arange(60)))
    found = screen(together, start, start + SPAN_NS, 5_000.0).approaches
    # Each table lies within a hundred metres of its own element set, all the time.
    own = found.select(found.second - found.first == 5)
    own = own.select(own.first < 5)
    assert set(own.first.tolist()) == set(range(5))
    assert (own.miss_distance_m < 100.0).all()


def test_a_pair_says_why_it_was_not_reported(mixed, screened):
    motion, start = mixed
    whole = screened.approaches.select(screened.approaches.is_interior)
    first, second = int(whole.first[0]), int(whole.second[0])
    reported = why_not(motion, first, second, start, start + SPAN_NS, THRESHOLD_M)
    assert reported.reason is Reason.REPORTED
    mine = whole.select((whole.first == first) & (whole.second == second))
    assert (
        np.isin(mine.tca_tai_ns, reported.minima.tca_tai_ns).mean() == 1.0
        or (
            np.abs(mine.miss_distance_m[:, None] - reported.minima.miss_distance_m).min(axis=1) < SAME_MISS_M
        ).all()
    )
    too_near = why_not(motion, first, second, start, start + SPAN_NS, 0.5 * reported.closest_m)
    assert too_near.reason in (Reason.TOO_FAR, Reason.APART_IN_HEIGHT)
    assert f"{reported.closest_m:.1f} m" in too_near.sentence


def test_a_pair_apart_in_height_says_so():
    low, start = sky("shell", 2)
    high, later = sky("geostationary", 2)
    start = max(start, later)
    answer = why_not(join(low, high), 0, 2, start, start + SPAN_NS, 5_000.0)
    assert answer.reason is Reason.APART_IN_HEIGHT
    assert answer.gap_in_height_m > 1e7
    assert answer.closest_m > answer.gap_in_height_m


def test_a_pair_of_which_one_is_never_there_says_so():
    motion, start = sky("shell", 2)
    times = start - HOUR_NS + np.arange(10) * 60_000_000_000
    states = motion.states(np.zeros(10, dtype=int), times)
    gone = ephemeris_motion([times], [states[0]], [states[1]])
    answer = why_not(join(motion, gone), 0, 2, start, start + SPAN_NS, 5_000.0)
    assert answer.reason is Reason.LOST
    assert "followed" in answer.sentence


def test_an_empty_sky_and_a_lonely_object_have_no_approaches():
    motion, start = sky("shell", 2)
    for index in (np.empty(0, dtype=np.int64), np.array([1])):
        assert len(screen(ChosenMotion(motion, index), start, start + HOUR_NS, 5_000.0).approaches) == 0


def test_a_screening_that_makes_no_sense_is_refused():
    motion, start = sky("shell", 2)
    with pytest.raises(ValueError, match="after its start"):
        screen(motion, start, start, 5_000.0)
    with pytest.raises(ValueError, match="primaries"):
        screen(motion, start, start + HOUR_NS, 5_000.0, primaries=np.array([7]))
