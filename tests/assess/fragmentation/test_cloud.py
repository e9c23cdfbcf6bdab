"""Is a cloud where its pieces are, and is its risk that of a gas of them?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from baken.assess.fragmentation.cloud import (
    cell_volumes,
    cloud_elements,
    densities_over_height,
    shares_in_bands,
    shares_in_shells,
    spread_of,
)
from baken.assess.fragmentation.risk import (
    collisions_per_s,
    collisions_per_s_in_shells,
    passages_of_pinch,
)
from baken.astro.constants import EARTH_MU_M3_S2, EARTH_RADIUS_WGS84_M

ROUNDING = 1e-9
SHELLS_OF_TWENTY_KM_AGREE_TO = 0.03
BANDS_RAD = np.linspace(-np.pi / 2.0, np.pi / 2.0, 37)


@given(st.floats(6.6e6, 9e6), st.floats(0.0, 0.02), st.floats(0.01, 3.1))
def test_a_piece_is_always_somewhere(axis_m, eccentricity, inclination_rad):
    piece = [[axis_m, eccentricity, inclination_rad, 0.0, 0.0, 0.0]]
    assert shares_in_shells(piece, np.arange(0.0, 4e6, 50e3)).sum() == pytest.approx(1.0, abs=ROUNDING)
    assert shares_in_bands(piece, BANDS_RAD).sum() == pytest.approx(1.0, abs=ROUNDING)


def test_shares_agree_with_an_orbit_stepped_through():
    axis_m, e = 7.2e6, 0.05
    eccentric = np.linspace(0.0, 2.0 * np.pi, 200_001)
    share = (1.0 - e * np.cos(eccentric[1:])) * np.diff(eccentric) / (2.0 * np.pi)
    height_m = axis_m * (1.0 - e * np.cos(eccentric[1:])) - EARTH_RADIUS_WGS84_M
    edges = np.arange(400e3, 1300e3, 100e3)
    counted = np.histogram(height_m, edges, weights=share)[0]
    assert shares_in_shells([[axis_m, e, 1.0, 0.0, 0.0, 0.0]], edges)[0] == pytest.approx(counted, abs=1e-4)


def test_what_is_down_is_nowhere_and_what_leaves_has_no_orbit():
    assert shares_in_shells([[np.nan] * 6], [0.0, 4e6]).sum() == 0.0
    rows = cloud_elements([7e6, 0.0, 0.0], [0.0, 7.5e3, 0.0], [[0.0, 5e3, 0.0], [0.0, 10.0, 0.0]])
    assert np.isnan(rows[0]).all()
    assert np.isfinite(rows[1]).all()


def test_a_cloud_spreads_from_one_place():
    kick = 100.0 * np.random.default_rng(1).standard_normal((300, 3))
    rows = cloud_elements([7e6, 0.0, 0.0], [0.0, 5e3, 5.5e3], kick)
    start = spread_of(rows)
    assert start.along_orbit > 0.99
    assert not start.is_ring
    rows[:, 5] = np.linspace(0.0, 2.0 * np.pi, 300, endpoint=False) - rows[:, 4]
    assert spread_of(rows).is_ring
    assert not spread_of(rows).is_shell


def test_density_times_volume_is_the_number_of_pieces():
    rows = np.tile([7e6, 0.01, 1.2, 0.0, 0.0, 0.0], (7, 1))
    edges = np.arange(0.0, 2000e3, 20e3)
    volume = cell_volumes(edges, [-np.pi / 2.0, np.pi / 2.0])[:, 0]
    assert (densities_over_height(rows, edges, 3.0) * volume).sum() == pytest.approx(21.0)


def test_collisions_agree_with_paths_drawn_at_random():
    """The second method: strew both at random on circles through a shell, count who meets."""
    rng, n = np.random.default_rng(6), 60_000
    asset, piece = [7e6, 0.003, 1.3, 0.0, 0.0, 0.0], [7.01e6, 0.004, 1.1, 0.0, 0.0, 0.0]
    near_m = 10e3  # small against the shells, large enough that some hundreds of all pairs meet
    r, v = zip(*(strewn(*one[:3], n, rng) for one in (asset, piece)), strict=True)
    pairs = cKDTree(r[0]).sparse_distance_matrix(cKDTree(r[1]), near_m, output_type="ndarray")
    speed = np.linalg.norm(v[0][pairs["i"]] - v[1][pairs["j"]], axis=1)
    counted = speed.sum() / n**2 / (4.0 / 3.0 * np.pi * near_m**3)
    assert len(pairs) > 100
    assert collisions_per_s(asset, 1.0, [piece]) == pytest.approx(counted, rel=0.25)


def strewn(axis_m, e, inclination_rad, n, rng):
    node, turn, height = 2.0 * np.pi * rng.random((3, n))
    radius = axis_m * (1.0 - e * np.cos(height))
    east = np.stack([np.cos(node), np.sin(node), np.zeros(n)], axis=1)
    up = np.cos(inclination_rad)
    north = np.stack([-up * np.sin(node), up * np.cos(node), np.full(n, np.sin(inclination_rad))], axis=1)
    outward = np.cos(turn)[:, None] * east + np.sin(turn)[:, None] * north
    forward = -np.sin(turn)[:, None] * east + np.cos(turn)[:, None] * north
    return radius[:, None] * outward, np.sqrt(EARTH_MU_M3_S2 / radius)[:, None] * forward


@given(st.floats(1.0, 100.0), st.integers(1, 40))
def test_risk_grows_with_area_and_number(area_m2, n_pieces):
    piece = [7e6, 0.01, 1.4, 0.0, 0.0, 0.0]
    one = collisions_per_s(piece, 1.0, [piece])
    many = collisions_per_s(piece, area_m2, np.tile(piece, (n_pieces, 1)))
    assert many == pytest.approx(one * area_m2 * n_pieces)
    assert collisions_per_s(piece, area_m2, [piece], n_pieces) == pytest.approx(many)


def test_an_object_passes_the_pinch_once_a_turn():
    period_s = 2.0 * np.pi * np.sqrt(7e6**3 / EARTH_MU_M3_S2)
    after_s = np.arange(0.0, 4.5 * period_s, 10.0)
    angle = 2.0 * np.pi * after_s / period_s - 1.0
    place = 7e6 * np.stack([np.cos(angle), np.sin(angle), np.zeros_like(angle)], axis=1)
    epochs, distance_m = passages_of_pinch((after_s * 1e9).astype(np.int64), place, [7e6, 0.0, 0.0], 100e3)
    assert len(epochs) == 5
    assert np.diff(epochs) / 1e9 == pytest.approx(period_s, abs=20.0)
    assert distance_m.max() < 40e3


def test_risk_in_a_shell_is_the_mean_risk_of_circles_through_it_in_all_planes():
    """The second method: circles one by one, their planes drawn evenly over all there are."""
    pieces = np.tile([7e6, 0.01, 1.2, 0.0, 0.0, 0.0], (3, 1))
    edge_m = np.array([600e3, 640e3])
    axis_m = EARTH_RADIUS_WGS84_M + edge_m.mean()
    inclination_rad = np.arccos(np.linspace(-1.0, 1.0, 403)[1:-1])
    each = [collisions_per_s([axis_m, 0.0, i, 0.0, 0.0, 0.0], 10.0, pieces) for i in inclination_rad]
    told = collisions_per_s_in_shells(edge_m, 10.0, pieces)
    assert told == pytest.approx([np.mean(each)], rel=SHELLS_OF_TWENTY_KM_AGREE_TO)
