"""Does the sieve let everything through that can meet, and count what it puts aside?"""

import numpy as np
import pytest

from baken.assess.conjunction import _layers, _pairs, _windows
from baken.assess.conjunction.sieve import SieveSettings, make_slice, sift
from baken.astro.motions import Sgp4Motion
from baken.astro.trajectories import approximate
from tests.assess.conjunction import skies
from tests.assess.conjunction.seen import motion_of

HOUR_NS = 3_600_000_000_000
SLICE_NS = 20_160_000_000_000
N_WINDOWS = 64
THRESHOLD_M = 20_000.0
LAYER_M = 40_000.0


def drawn_sky() -> tuple[Sgp4Motion, int]:
    """Return a small sky of every regime, and a time a day after its last epoch."""
    rng = np.random.default_rng(11)
    sky = skies.laid_end_to_end(
        skies.shell(rng, 250), skies.elongated(rng, 120), skies.geostationary(rng, 80)
    )
    return motion_of(sky), int(sky.epoch_tai_ns.max()) + 24 * HOUR_NS


@pytest.fixture(scope="module")
def part():
    motion, start = drawn_sky()
    trajectories = approximate(motion, start, start + SLICE_NS, max_n_halvings=6)
    return motion, make_slice(trajectories, start, start + SLICE_NS, N_WINDOWS)


@pytest.fixture(scope="module")
def sifted(part):
    return sift(part[1], THRESHOLD_M, LAYER_M)


def nearest_m(motion, slice_of_time, window: int, step_s: float = 5.0) -> np.ndarray:
    """Return how near every pair comes in a window, by looking every few seconds: the slow clear version."""
    begin = int(slice_of_time.border_tai_ns(np.array([window]))[0])
    times = begin + np.arange(0, int(slice_of_time.window_s * 1e9), int(step_s * 1e9))
    n = motion.n_objects
    positions = motion.states(np.repeat(np.arange(n), times.size), np.tile(times, n))[0].reshape(n, -1, 3)
    velocities = np.diff(positions, axis=1) / step_s
    best = np.full((n, n), np.inf)
    for k in range(times.size - 1):
        # Within a step everything moves on straight lines, but for a hundred metres.
        dr = positions[None, :, k] - positions[:, None, k]
        dv = velocities[None, :, k] - velocities[:, None, k]
        with np.errstate(invalid="ignore", divide="ignore"):
            t = np.clip(np.nan_to_num(-(dr * dv).sum(-1) / (dv * dv).sum(-1)), 0.0, step_s)
        best = np.minimum(best, np.sqrt(((dr + t[..., None] * dv) ** 2).sum(-1)))
    return best


def test_every_pair_that_comes_near_in_a_window_is_let_through(part, sifted):
    motion, slice_of_time = part
    candidates = sifted[0]
    n_near = 0
    for window in (0, 21, 40, 63):
        near = np.argwhere(np.triu(nearest_m(motion, slice_of_time, window) < THRESHOLD_M, 1))
        here = candidates.window == window
        passed = set(zip(candidates.first[here].tolist(), candidates.second[here].tolist(), strict=True))
        assert {tuple(pair) for pair in near.tolist()} <= passed
        n_near += len(near)
    assert n_near > 10


def test_few_pairs_pass_that_do_not_come_near(part, sifted):
    motion, slice_of_time = part
    for window in (0, 40):
        here = sifted[0].window == window
        nearest = nearest_m(motion, slice_of_time, window)[sifted[0].first[here], sifted[0].second[here]]
        # Room for the model: some kilometres for those that change their height fast.
        assert (nearest < 2.0 * THRESHOLD_M).mean() > 0.95


def test_the_account_adds_up(part, sifted):
    _, slice_of_time = part
    candidates, account = sifted
    n = slice_of_time.trajectories.n_objects
    assert account.pair_windows == N_WINDOWS * n * (n - 1) // 2
    put_aside = account.apart_in_height + account.apart_in_direction + account.apart_on_a_line
    assert put_aside + account.candidates == account.pair_windows
    assert candidates.first.size == account.candidates


def test_each_pair_passes_once_in_a_window_and_in_order(sifted):
    candidates, _ = sifted
    assert (candidates.first < candidates.second).all()
    keys = list(zip(candidates.window, candidates.first, candidates.second, strict=True))
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("layer_m", [5_000.0, 300_000.0])
def test_the_thickness_of_layers_changes_nothing_near(part, sifted, layer_m):
    motion, slice_of_time = part
    other, _ = sift(slice_of_time, THRESHOLD_M, layer_m)
    near = np.argwhere(np.triu(nearest_m(motion, slice_of_time, 21) < THRESHOLD_M, 1)).tolist()
    for candidates in (sifted[0], other):
        here = candidates.window == 21
        passed = set(zip(candidates.first[here].tolist(), candidates.second[here].tolist(), strict=True))
        assert {tuple(pair) for pair in near} <= passed


def test_radius_stays_within_the_reach_the_sieve_gives_it(part):
    motion, slice_of_time = part
    n = motion.n_objects
    tables = _windows.window_tables(N_WINDOWS)
    states_km = np.empty((_windows.N_TOGETHER, 6, n), dtype=np.float32)
    _windows.fill_window_states(
        slice_of_time.pieces, slice_of_time.first_window_of_piece, slice_of_time.n_windows_of_piece,
        slice_of_time.trajectories.coefficients_m, slice_of_time.half_s, tables, 16, states_km,
    )  # fmt: skip
    perturbation = np.zeros(n)
    _windows.fill_perturbations(
        slice_of_time.trajectories.first_piece, slice_of_time.trajectories.coefficients_m,
        slice_of_time.half_s, _windows.look_tables(), perturbation,
    )  # fmt: skip
    reach, layer = np.empty((5, n)), np.empty((2, n), dtype=np.int32)
    for k in range(_windows.N_TOGETHER):
        half_s = 0.5 * slice_of_time.window_s
        _layers.fill_reach(
            states_km[k], perturbation, np.full(n, 0.05), half_s, 0.0, LAYER_M * 1e-3, reach, layer
        )
        begin = int(slice_of_time.border_tai_ns(np.array([16 + k]))[0])
        for share in np.linspace(0.0, 1.0, 17):
            epoch = np.full(n, begin + int(share * slice_of_time.window_s * 1e9))
            radius_km = np.sqrt((motion.states(np.arange(n), epoch)[0] ** 2).sum(axis=1)) * 1e-3
            assert ((reach[0] <= radius_km) & (radius_km <= reach[1])).all()


def test_window_states_are_the_trajectories_own(part):
    motion, slice_of_time = part
    n = motion.n_objects
    states_km = np.empty((_windows.N_TOGETHER, 6, n), dtype=np.float32)
    _windows.fill_window_states(
        slice_of_time.pieces, slice_of_time.first_window_of_piece, slice_of_time.n_windows_of_piece,
        slice_of_time.trajectories.coefficients_m, slice_of_time.half_s, _windows.window_tables(N_WINDOWS),
        32, states_km,
    )  # fmt: skip
    borders = slice_of_time.border_tai_ns(np.array([37, 38]))
    middle = np.full(n, (borders[0] + borders[1]) // 2)
    position_m, velocity_m_s, _ = slice_of_time.trajectories.states(np.arange(n), middle)
    single = 1e-7
    assert np.abs(states_km[5, :3].T * 1e3 - position_m).max() < single * np.abs(position_m).max()
    assert np.abs(states_km[5, 3:].T * 1e3 - velocity_m_s).max() < single * np.abs(velocity_m_s).max()


def test_a_run_is_tested_as_pair_by_pair():
    rng = np.random.default_rng(3)
    cells = np.concatenate(
        [rng.uniform(-15.0, 15.0, (3, 200)), rng.uniform(-5.0, 5.0, (3, 200)), np.full((1, 200), 0.2)]
    )
    cells = cells.astype(np.float32)
    threshold, reach_s = np.float32(5.0), np.float32(20.0)
    one_by_one = 0
    for j in range(1, 200):
        dr, dv = (cells[:3, j] - cells[:3, 0]).astype(float), (cells[3:6, j] - cells[3:6, 0]).astype(float)
        t = np.clip(-(dr @ dv) / (dv @ dv), -20.0, 20.0)
        one_by_one += np.linalg.norm(dr + t * dv) <= 5.4
    behind = np.zeros((7, 16), dtype=np.float32)
    behind[0] = 1e9
    counted = _pairs.n_close(np.hstack([cells, behind]), 0, 1, 200, threshold, reach_s)
    assert counted > 5
    assert abs(counted - one_by_one) <= 1


def test_a_rough_angle_is_right_to_a_tenth_of_a_microradian():
    angles = np.linspace(-np.pi, np.pi, 4001)[1:-1]
    rough = np.array([_layers.rough_angle(np.sin(angle), np.cos(angle)) for angle in angles])
    assert np.abs(rough - angles).max() < 1e-7


def test_settings_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="positive"):
        SieveSettings(window_s=0.0)
    with pytest.raises(ValueError, match="n_halvings"):
        SieveSettings(n_halvings=1)
