"""Does the bulge of Harris and Priester follow the sun, with the printed densities?"""

import numpy as np
import pytest

from baken.astro.atmosphere.harris_priester import density_kg_m3

SUN_M = np.array([1.5e11, 0.0, 0.0])
RADIUS_M = 7e6
APEX_M = RADIUS_M * np.array([np.cos(np.radians(30.0)), np.sin(np.radians(30.0)), 0.0])
PRINTED = [  # Montenbruck and Gill, table 3.8: height km, night and bulge in g/km3
    (100.0, 497400.0, 497400.0),
    (400.0, 2.249, 7.492),
    (1000.0, 0.00115, 0.0181),
]


@pytest.mark.parametrize(("height_km", "night", "bulge"), PRINTED)
def test_night_and_bulge_have_the_printed_densities(height_km: float, night: float, bulge: float) -> None:
    found = density_kg_m3([APEX_M, -APEX_M], 1e3 * height_km, SUN_M)
    assert found == pytest.approx([1e-12 * bulge, 1e-12 * night], rel=1e-9)


def test_the_bulge_stands_thirty_degrees_east_of_the_sun() -> None:
    angles = np.radians(np.arange(360.0))
    ring = RADIUS_M * np.stack([np.cos(angles), np.sin(angles), 0.0 * angles], axis=-1)
    assert int(np.argmax(density_kg_m3(ring, 500e3, SUN_M))) == 30


def test_a_quarter_turn_from_the_apex_the_share_is_a_half_to_the_half_exponent() -> None:
    pole = [0.0, 0.0, RADIUS_M]
    night, bulge = density_kg_m3([-APEX_M, APEX_M], 500e3, SUN_M)
    for exponent in (2, 4, 6):
        share = (density_kg_m3(pole, 500e3, SUN_M, exponent) - night) / (bulge - night)
        assert share == pytest.approx(0.5 ** (exponent / 2))


def test_air_thins_with_height_past_the_ends_of_the_table_too() -> None:
    density = density_kg_m3(APEX_M, np.arange(50e3, 1500e3, 5e3), SUN_M)
    assert np.isfinite(density).all()
    assert np.all(np.diff(density) < 0.0)
