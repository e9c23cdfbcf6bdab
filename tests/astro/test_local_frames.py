"""Do frames that travel along point where their names say?"""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from baken.astro.arrays import Floats
from baken.astro.elements import state_from_elements
from baken.astro.ellipsoid import itrs_from_geodetic
from baken.astro.local_frames import (
    Direction,
    direction_from_site,
    direction_rates_from_site,
    position_from_direction,
    rotation_inertial_to_rtn,
    rotation_inertial_to_tnw,
    rotation_itrs_to_enu,
    rotation_itrs_to_sez,
)
from baken.astro.rotations import turned
from tests.astro.regimes import REGIMES, orbits

ROUNDING = 1e-14
HALF_TURN_RAD = np.pi
TEN_NANOMETRES_M = 1e-8


def is_rotation(rotation: Floats) -> bool:
    return bool(
        np.abs(rotation @ np.swapaxes(rotation, -1, -2) - np.eye(3)).max() < ROUNDING
        and np.abs(np.linalg.det(rotation) - 1.0).max() < ROUNDING
    )


@pytest.mark.parametrize("regime", REGIMES)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_axes_of_an_orbit_point_where_their_names_say(regime: str, data: st.DataObject) -> None:
    position_m, velocity_m_s = state_from_elements(data.draw(orbits(regime)))
    to_rtn = rotation_inertial_to_rtn(position_m, velocity_m_s)
    to_tnw = rotation_inertial_to_tnw(position_m, velocity_m_s)
    assert is_rotation(to_rtn)
    assert is_rotation(to_tnw)

    radius_m, speed_m_s = np.linalg.norm(position_m), np.linalg.norm(velocity_m_s)
    assert turned(to_rtn, position_m) == pytest.approx([radius_m, 0.0, 0.0], abs=ROUNDING * radius_m)
    assert turned(to_tnw, velocity_m_s) == pytest.approx([speed_m_s, 0.0, 0.0], abs=ROUNDING * speed_m_s)
    assert turned(to_rtn, velocity_m_s)[1] > 0.0
    assert turned(to_rtn, velocity_m_s)[2] == pytest.approx(0.0, abs=ROUNDING * speed_m_s)
    # Both have the angular momentum as third axis; the Earth lies on the side of the second axis of TNW.
    assert to_rtn[2] == pytest.approx(to_tnw[2], abs=ROUNDING)
    assert turned(to_tnw, position_m)[1] < 0.0


def test_a_fall_without_a_plane_has_no_axes() -> None:
    position_m = np.array([[7e6, 0.0, 0.0], [7e6, 0.0, 0.0]])
    velocity_m_s = np.array([[-1e3, 0.0, 0.0], [0.0, 7.5e3, 0.0]])
    rotation = rotation_inertial_to_rtn(position_m, velocity_m_s)
    assert np.isnan(rotation[0]).any()
    assert is_rotation(rotation[1])


@given(st.floats(-np.pi / 2.0, np.pi / 2.0), st.floats(-np.pi, np.pi))
def test_up_is_where_height_grows(latitude_rad: float, longitude_rad: float) -> None:
    to_enu = rotation_itrs_to_enu(latitude_rad, longitude_rad)
    assert is_rotation(to_enu)
    low_m, high_m = (itrs_from_geodetic(latitude_rad, longitude_rad, height_m) for height_m in (0.0, 1e6))
    assert turned(to_enu, high_m - low_m) == pytest.approx([0.0, 0.0, 1e6], abs=TEN_NANOMETRES_M)


def test_south_east_zenith_are_the_same_axes_in_another_order() -> None:
    enu, sez = rotation_itrs_to_enu(0.9, 0.1), rotation_itrs_to_sez(0.9, 0.1)
    assert is_rotation(sez)
    assert np.array_equal(sez, [-enu[1], enu[0], enu[2]])


@pytest.mark.parametrize(
    ("step_m", "azimuth_deg", "elevation_deg"),
    [
        ([0.0, 0.0, 1e5], 0.0, 0.0),
        ([0.0, 1e5, 0.0], 90.0, 0.0),
        ([0.0, 0.0, -1e5], 180.0, 0.0),
        ([1e5, 1e5, 0.0], 90.0, 45.0),
    ],
)
def test_azimuth_counts_from_north_over_east(
    step_m: list[float], azimuth_deg: float, elevation_deg: float
) -> None:
    site_m = np.array([6378137.0, 0.0, 0.0])
    seen = direction_from_site(site_m + step_m, site_m, rotation_itrs_to_enu(0.0, 0.0))
    assert np.degrees(seen[:2]) == pytest.approx([azimuth_deg, elevation_deg], abs=1e-9)


angles = st.tuples(st.floats(0.0, 6.28), st.floats(-1.5, 1.5), st.floats(1e5, 5e7))


@given(angles, st.floats(-1.5, 1.5), st.floats(-3.1, 3.1))
def test_what_a_site_sees_is_where_it_is(
    seen: tuple[float, float, float], latitude_rad: float, longitude_rad: float
) -> None:
    site_m, to_enu = (
        itrs_from_geodetic(latitude_rad, longitude_rad, 0.0),
        rotation_itrs_to_enu(latitude_rad, longitude_rad),
    )
    direction = Direction(*(np.asarray(value) for value in seen))
    again = direction_from_site(position_from_direction(direction, site_m, to_enu), site_m, to_enu)
    # A kilometre below the range, directions feel the rounding of coordinates of the size of the Earth.
    assert again.range_m == pytest.approx(direction.range_m, abs=TEN_NANOMETRES_M * 10)
    assert np.cos(again.azimuth_rad - direction.azimuth_rad) == pytest.approx(1.0, abs=1e-12)
    assert again.elevation_rad == pytest.approx(direction.elevation_rad, abs=1e-12)


@given(angles, st.tuples(*[st.floats(-8e3, 8e3)] * 3))
def test_rates_are_how_directions_change(
    seen: tuple[float, float, float], velocity_m_s: tuple[float, float, float]
) -> None:
    assume(abs(seen[1]) < 1.4)
    site_m, to_enu = itrs_from_geodetic(0.9, 0.1, 0.0), rotation_itrs_to_enu(0.9, 0.1)
    position_m = position_from_direction(Direction(*(np.asarray(value) for value in seen)), site_m, to_enu)
    step_s = 1e-3
    before, after = (
        np.array(direction_from_site(position_m + sign * step_s * np.array(velocity_m_s), site_m, to_enu))
        for sign in (-0.5, 0.5)
    )
    change = after - before
    change[0] = (change[0] + HALF_TURN_RAD) % (2.0 * HALF_TURN_RAD) - HALF_TURN_RAD
    rates = np.array(direction_rates_from_site(position_m, np.array(velocity_m_s), site_m, to_enu))
    # Coordinates at 50,000 km are good to some nanometres: over a millisecond, some micrometres a second.
    rounding = 4e-5 * np.array([10.0 / seen[2], 10.0 / seen[2], 1.0]) + 1e-6 * np.abs(rates)
    assert np.all(np.abs(change / step_s - rates) <= rounding)
