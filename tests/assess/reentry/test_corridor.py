"""Does the box move with the object, hold what it must, and know the date line and the poles?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.assess.reentry.corridor import footprint, headings, places_ahead, short_way, travelling_box
from baken.assess.reentry.regions import inside
from baken.astro.constants import EARTH_RADIUS_WGS84_M
from tests.reentries import MINUTE_TAI_NS, ground_track

REACH_M, HALF_WIDTH_M = 1_000_000.0, 35_000.0
MILLIMETRE_RAD = 1e-3 / EARTH_RADIUS_WGS84_M


def distance_m(lat_a_rad, lon_a_rad, lat_b_rad, lon_b_rad):
    half = np.sin((lat_b_rad - lat_a_rad) / 2) ** 2
    half = half + np.cos(lat_a_rad) * np.cos(lat_b_rad) * np.sin((lon_b_rad - lon_a_rad) / 2) ** 2
    return 2.0 * EARTH_RADIUS_WGS84_M * np.arcsin(np.sqrt(half))


@given(st.floats(-1.5, 1.5), st.floats(-3.1, 3.1), st.floats(-3.1, 3.1), st.floats(1e3, 1e7))
def test_a_place_ahead_lies_as_far_as_was_asked(lat_rad, lon_rad, heading_rad, ahead_m):
    there = places_ahead(lat_rad, lon_rad, heading_rad, ahead_m)
    assert distance_m(lat_rad, lon_rad, *there) == pytest.approx(ahead_m, rel=1e-6)
    assert abs(there[1]) <= np.pi


def test_headings_point_to_the_next_place():
    lat_rad, lon_rad = (np.array(one) for one in places_ahead(0.4, 3.1, 0.7, np.array([0.0, 5e5])))
    assert headings(lat_rad, lon_rad)[0] == pytest.approx(0.7, abs=MILLIMETRE_RAD)


@given(st.integers(0, 500), st.integers(2, 20))
def test_a_box_holds_the_track_it_was_made_for(start_minute, n_minutes):
    track = ground_track()
    between = start_minute * MINUTE_TAI_NS, (start_minute + n_minutes) * MINUTE_TAI_NS
    ring_rad = travelling_box(
        track.epoch_tai_ns, track.latitude_rad, track.longitude_rad, between, REACH_M, HALF_WIDTH_M
    )
    within = slice(start_minute + 1, start_minute + n_minutes)
    assert inside(track.latitude_rad[within], track.longitude_rad[within], ring_rad).all()


def test_the_next_box_begins_where_the_one_before_is_left():
    track = ground_track()

    def box(start):
        between = start * MINUTE_TAI_NS, (start + 5) * MINUTE_TAI_NS
        return travelling_box(
            track.epoch_tai_ns, track.latitude_rad, track.longitude_rad, between, REACH_M, HALF_WIDTH_M
        )

    here, nxt = box(100), box(105)
    assert not inside(track.latitude_rad[[101]], track.longitude_rad[[101]], nxt)[0]
    assert inside(track.latitude_rad[[106]], track.longitude_rad[[106]], here)[0]  # by its reach
    assert not inside(track.latitude_rad[[112]], track.longitude_rad[[112]], here)[0]
    assert inside(track.latitude_rad[[109]], track.longitude_rad[[109]], nxt)[0]


def test_a_box_beyond_the_track_is_refused():
    track = ground_track()
    with pytest.raises(ValueError, match="does not hold the instants"):
        travelling_box(
            track.epoch_tai_ns, track.latitude_rad, track.longitude_rad, (-5, 10), REACH_M, HALF_WIDTH_M
        )


def test_a_footprint_lies_ahead_and_no_wider_than_its_width():
    lat_rad, lon_rad = footprint(
        np.array([0.3]), np.array([3.1]), np.array([np.pi / 2]), np.array([0.0, 5e5, 1e6]), HALF_WIDTH_M
    )
    assert lat_rad.shape == (1, 9)
    ahead_m = distance_m(0.3, 3.1, lat_rad, lon_rad)
    assert ahead_m.max() == pytest.approx(np.hypot(1e6, HALF_WIDTH_M), rel=1e-3)
    assert (short_way(lon_rad - 3.1) > -MILLIMETRE_RAD).all()
