"""Does a region hold what lies in it, wherever on Earth, and do its probabilities keep their laws?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from baken.assess.reentry.regions import (
    ALREADY_CLEAR_TAI_NS,
    can_be_reached,
    clear_from,
    first_and_last,
    inside,
    least_share_told,
    members_for,
    share_over_time,
)
from baken.formats.regions_shapefile import read_regions_shapefile
from baken.records.region import RegionKind
from tests.reentries import place_at

MINUTE_TAI_NS = 60_000_000_000
LAND_SHARE_OF_EARTH = 0.292  # National Geophysical Data Center (2010), ETOPO1: volumes of the oceans
COARSE_COAST = 0.01  # the coast of 1:110 million leaves out small islands and lakes
RANDOM_PLACES = 20_000

longitudes_deg = st.floats(-180.0, 180.0)


def box_rad(west_deg, south_deg, east_deg, north_deg):
    corners = [(west_deg, south_deg), (east_deg, south_deg), (east_deg, north_deg), (west_deg, north_deg)]
    return np.radians(np.array(corners))


def places(n, seed):
    rng = np.random.default_rng(seed)
    return np.arcsin(rng.uniform(-1.0, 1.0, n)), rng.uniform(-np.pi, np.pi, n)


@given(longitudes_deg, st.floats(-80.0, 70.0), st.floats(-180.0, 180.0), st.floats(-90.0, 90.0))
def test_a_box_holds_what_lies_between_its_sides_wherever_it_lies(west, south, place_lon, place_lat):
    ring_rad = box_rad(west, south, west + 30.0, south + 10.0)
    east_of_west = (place_lon - west) % 360.0
    if min(abs(east_of_west), abs(east_of_west - 30.0), abs(east_of_west - 360.0)) < 1e-6:
        return
    if min(abs(place_lat - south), abs(place_lat - south - 10.0)) < 1e-6:
        return
    wanted = east_of_west < 30.0 and south < place_lat < south + 10.0
    # A file may write the same corner on either side of the date line.
    for written_rad in (ring_rad, np.mod(ring_rad + np.pi, 2 * np.pi) - np.pi):
        written_rad = np.column_stack([written_rad[:, 0], ring_rad[:, 1]])
        assert inside(np.radians(place_lat), np.radians(place_lon), written_rad)[0] == wanted


@pytest.mark.parametrize("side", [1.0, -1.0])
def test_a_ring_round_a_pole_holds_the_pole(side):
    lon_deg = np.arange(-180.0, 180.0, 10.0)
    ring_rad = np.radians(np.column_stack([lon_deg, np.full(36, side * 70.0)]))
    lat_rad = np.radians([side * 89.9, side * 71.0, side * 69.0, -side * 80.0])
    assert inside(lat_rad, np.radians([0.0, 179.9, 0.0, 0.0]), ring_rad).tolist() == [
        True,
        True,
        False,
        False,
    ]


def test_a_hole_is_not_inside():
    rings_rad = box_rad(0.0, 0.0, 10.0, 10.0), box_rad(4.0, 4.0, 6.0, 6.0)
    held = inside(np.radians([5.0, 2.0, 12.0]), np.radians([5.0, 2.0, 5.0]), *rings_rad)
    assert held.tolist() == [False, True, False]


@given(st.integers(0, 1_000), st.integers(1, 7), st.integers(1, 5))
def test_the_probabilities_of_a_partition_sum_to_one(seed, n_columns, n_rows):
    lat_rad, lon_rad = places(500, seed)
    lon_deg = np.linspace(-180.0, 180.0, 2 * n_columns + 1) + 11.3
    lat_deg = np.linspace(-90.0, 90.0, n_rows + 1)
    held = [
        inside(lat_rad, lon_rad, box_rad(lon_deg[i], lat_deg[j], lon_deg[i + 1], lat_deg[j + 1]))
        for i in range(2 * n_columns)
        for j in range(n_rows)
        if lon_deg[i + 1] - lon_deg[i] < 180.0
    ]
    if held:
        assert sum(one.mean() for one in held) == pytest.approx(1.0)


def test_the_shares_over_time_add_up_to_the_probability():
    rng = np.random.default_rng(3)
    epoch_tai_ns, is_held = rng.integers(0, 1_000, 400), rng.random(400) < 0.3
    shares = share_over_time(epoch_tai_ns, is_held, np.arange(0, 1_101, 100), n_still_up=100)
    assert shares.sum() == pytest.approx(is_held.sum() / 500)


@given(st.integers(0, 1_000), st.floats(0.01, 0.4), st.floats(0.01, 0.4))
def test_a_stricter_threshold_never_clears_earlier(seed, one, other):
    rng = np.random.default_rng(seed)
    epoch_tai_ns, is_held = rng.integers(0, 10**12, 500), rng.random(500) < 0.5
    strict, loose = (clear_from(epoch_tai_ns, is_held, x, 0, 60.0) for x in sorted((one, other)))
    assert loose <= strict


@given(st.integers(0, 1_000), st.floats(0.01, 0.9))
def test_after_the_all_clear_the_chance_is_below_the_threshold(seed, threshold):
    rng = np.random.default_rng(seed)
    epoch_tai_ns, is_held = rng.integers(0, 10**12, 500), rng.random(500) < 0.5
    clear_tai_ns = clear_from(epoch_tai_ns, is_held, threshold, 0, 0.0)
    assert (is_held & (epoch_tai_ns > clear_tai_ns)).mean() < threshold


def test_who_is_never_passed_is_clear_and_who_may_still_be_is_not():
    epoch_tai_ns = np.arange(1_000) * MINUTE_TAI_NS
    nobody, everybody = np.zeros(1_000, dtype=bool), np.ones(1_000, dtype=bool)
    assert clear_from(epoch_tai_ns, nobody, 0.01, 0, 60.0) == ALREADY_CLEAR_TAI_NS
    assert clear_from(epoch_tai_ns, nobody, 0.01, 20, 60.0) is None
    assert clear_from(epoch_tai_ns, everybody, 0.01, 0, 60.0) > 980 * MINUTE_TAI_NS
    with pytest.raises(ValueError, match="less than 1000 members"):
        clear_from(epoch_tai_ns, nobody, 1e-4, 0, 60.0)


@given(st.floats(1e-5, 0.5))
def test_so_many_members_as_a_share_needs_can_speak_of_it(share):
    assert least_share_told(members_for(share)) <= share


@given(st.integers(0, 1_000), st.floats(0.01, 0.2))
def test_what_is_left_after_an_all_clear_is_below_the_threshold_in_nineteen_of_twenty(seed, threshold):
    rng = np.random.default_rng(seed)
    epoch_tai_ns, is_held = rng.integers(0, 10**12, 500), rng.random(500) < 0.5
    clear_tai_ns = clear_from(epoch_tai_ns, is_held, threshold, 0, 0.0)
    n_left = int((is_held & (epoch_tai_ns > clear_tai_ns)).sum())
    # As many left or fewer would be seen in one of twenty at most, were the threshold still to come.
    assert poisson.cdf(n_left, 500 * threshold) <= 0.05 + 1e-9


@given(st.floats(0.05, np.pi - 0.05), st.floats(0.0, 100.0), longitudes_deg)
def test_no_place_on_a_track_is_ever_said_to_be_out_of_reach(inclination_rad, since_s, west_deg):
    latitude_rad, _, _ = place_at(since_s * 60.0, inclination_rad)
    # The track is a circle about the centre; a map's latitude is higher than that.
    north_deg = np.degrees(np.arctan(np.tan(latitude_rad) / 0.99330562))
    ring_rad = box_rad(west_deg, north_deg - 0.1, west_deg + 1.0, min(north_deg + 0.1, 90.0))
    assert can_be_reached(inclination_rad, ring_rad)


def test_beyond_the_inclination_and_a_degree_nothing_can_come():
    svalbard, bouvet, equator = (box_rad(0.0, lat, 10.0, lat + 3.0) for lat in (76.0, -56.0, 0.0))
    assert not can_be_reached(np.radians(51.6), svalbard, bouvet)
    assert can_be_reached(np.radians(51.6), svalbard, equator)
    assert can_be_reached(np.radians(180.0 - 70.0), bouvet)


def test_nobody_held_has_no_first_and_last():
    assert first_and_last(np.arange(3), np.zeros(3, dtype=bool), 0.05) is None


def test_countries_cover_the_land_and_never_each_other(shared_data):
    layer = shared_data / "geo" / "naturalearth_lowres" / "naturalearth_lowres"
    shp, dbf, cpg = (layer.with_suffix(end).read_bytes() for end in (".shp", ".dbf", ".cpg"))
    lat_rad, lon_rad = places(RANDOM_PLACES, 1)
    held = np.array(
        [
            inside(lat_rad, lon_rad, *region.rings_rad)
            for region in read_regions_shapefile(shp, dbf, RegionKind.COUNTRY, cpg)
        ]
    )
    assert held.sum(axis=0).max() == 1
    assert abs(held.any(axis=0).mean() - LAND_SHARE_OF_EARTH) < COARSE_COAST
