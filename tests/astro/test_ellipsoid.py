"""Does every place have one latitude, longitude and height?"""

import json
from pathlib import Path

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.constants import EARTH_FLATTENING_WGS84, EARTH_RADIUS_WGS84_M
from baken.astro.ellipsoid import POLAR_RADIUS_WGS84_M, geodetic_from_itrs, itrs_from_geodetic
from tests.conftest import Deviation

VALLADO = json.loads((Path(__file__).parents[1] / "authorities" / "two_bodies_vallado.json").read_text())[
    "geodetic"
]
# Coordinates of this size in doubles: a few units in the last place.
ROUNDING = 2e-15
# Vallado's ellipsoid has an equator 0.7 m shorter, and he prints ten metres and a millionth of a degree.
BOOK_ANGLE_RAD = np.radians(1e-6)
BOOK_HEIGHT_M = 10.0
# SOFA takes one step of Halley's, which leaves a quarter of a micrometre at 400 km and more above.
SOFA_ONE_STEP_M = 1e-6

latitudes = st.floats(-np.pi / 2.0, np.pi / 2.0)
longitudes = st.floats(-np.pi, np.pi)
heights_m = st.floats(-10e3, 100e3) | st.floats(100e3, 400e6)


@pytest.mark.capability(
    "Geodetic coordinates, WGS 84", status="VALIDATED", authority="Vallado (2013), example 3-3"
)
def test_geodetic_coordinates_agree_with_vallado(deviation: Deviation) -> None:
    place = geodetic_from_itrs(1e3 * np.array(VALLADO["position_km"]))
    assert float(place.longitude_rad) == pytest.approx(np.radians(VALLADO["longitude_deg"]), abs=1e-6)
    assert float(place.height_m) == pytest.approx(1e3 * VALLADO["height_km"], abs=BOOK_HEIGHT_M)
    deviation(abs(float(place.latitude_rad) - np.radians(VALLADO["latitude_deg"])), "rad", BOOK_ANGLE_RAD)


@pytest.mark.capability(
    "Geodetic coordinates, WGS 84",
    status="VALIDATED",
    authority="SOFA gc2gde (Fukushima 2006), below 400 km",
)
def test_geodetic_coordinates_agree_with_another_method(deviation: Deviation) -> None:
    latitude_rad, longitude_rad = np.meshgrid(np.linspace(-1.57, 1.57, 91), np.linspace(-3.0, 3.0, 7))
    position_m = itrs_from_geodetic(latitude_rad, longitude_rad, np.linspace(-10e3, 400e3, 91))
    theirs = erfa.gc2gde(EARTH_RADIUS_WGS84_M, EARTH_FLATTENING_WGS84, position_m)
    ours = geodetic_from_itrs(position_m)
    off_m = [
        np.abs(ours.longitude_rad - theirs[0]).max() * 7e6,
        np.abs(ours.latitude_rad - theirs[1]).max() * 7e6,
        np.abs(ours.height_m - theirs[2]).max(),
    ]
    deviation(float(max(off_m)), "m", SOFA_ONE_STEP_M)


@given(latitudes, longitudes, heights_m)
def test_a_place_comes_back_from_its_coordinates(
    latitude_rad: float, longitude_rad: float, height_m: float
) -> None:
    position_m = itrs_from_geodetic(latitude_rad, longitude_rad, height_m)
    place = geodetic_from_itrs(position_m)
    again_m = itrs_from_geodetic(*place)
    assert np.linalg.norm(again_m - position_m) <= ROUNDING * np.linalg.norm(position_m)
    assert abs(float(place.height_m) - height_m) <= ROUNDING * np.linalg.norm(position_m)
    assert abs(float(place.latitude_rad) - latitude_rad) <= ROUNDING


def test_many_places_at_once_equal_one_by_one() -> None:
    position_m = itrs_from_geodetic(np.linspace(-1.5, 1.5, 6), 0.3, np.linspace(0.0, 4e7, 6)).reshape(2, 3, 3)
    together = np.stack(geodetic_from_itrs(position_m), axis=-1)
    one_by_one = [[geodetic_from_itrs(one) for one in row] for row in position_m]
    assert np.array_equal(together, np.array(one_by_one))


def test_poles_and_equator_are_where_the_axes_are() -> None:
    assert geodetic_from_itrs([0.0, 0.0, POLAR_RADIUS_WGS84_M + 5.0]) == pytest.approx(
        (np.pi / 2.0, 0.0, 5.0)
    )
    assert geodetic_from_itrs([0.0, 0.0, -POLAR_RADIUS_WGS84_M]) == pytest.approx((-np.pi / 2.0, 0.0, 0.0))
    assert geodetic_from_itrs([0.0, -EARTH_RADIUS_WGS84_M, 0.0]) == pytest.approx((0.0, -np.pi / 2.0, 0.0))


def test_the_middle_of_the_earth_has_no_latitude() -> None:
    assert np.isnan(geodetic_from_itrs([0.0, 0.0, 0.0])).all()
    assert np.isnan(geodetic_from_itrs([np.nan, 0.0, 7e6])).all()
