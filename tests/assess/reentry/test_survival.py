"""Is the expected harm that of the standard, and does the range hold what others found?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.assess.reentry.survival import (
    casualty_area,
    casualty_area_range_m2,
    people_at_per_m2,
    people_under_orbit_per_m2,
)
from baken.formats.population_grid import read_population_grid

# NASA, UARS Status (September 2011): 5,668 kg, of which 532 kg in 26 pieces, one in 3,200.  The
# area is that of the same office; where it printed it was not found again.
UARS_MASS_KG, UARS_CASUALTY_AREA_M2, UARS_INCLINATION_RAD = 5_668.0, 22.38, np.radians(57.0)
UARS_ONE_IN = 3_200.0
PEOPLE_2011_TO_2020 = 7.05 / 7.84  # United Nations, World Population Prospects 2022
AS_ROUNDED_AND_AS_COUNTED = 0.05  # "1 in 3,200" has two digits; two counts of people differ by as much
CELL_RAD = np.pi / 180.0


@given(st.floats(0.1, 3.0), st.floats(-1.5, 1.5), st.floats(-3.0, 3.0))
def test_people_spread_evenly_are_as_dense_under_every_orbit(inclination_rad, latitude_rad, longitude_rad):
    edge_rad = np.pi / 2 - CELL_RAD * np.arange(181)
    people = np.repeat(-np.diff(np.sin(edge_rad))[:, None], 360, axis=1)
    under = people_under_orbit_per_m2(people, np.pi / 2, CELL_RAD, inclination_rad)
    grid = people, np.pi / 2, -np.pi, CELL_RAD
    assert under == pytest.approx(people_at_per_m2(latitude_rad, longitude_rad, *grid), rel=1e-6)


def test_people_nobody_flies_over_are_not_counted():
    people = np.zeros((180, 360))
    people[10] = 1e6  # at 79.5 degrees north
    assert people_under_orbit_per_m2(people, np.pi / 2, CELL_RAD, np.radians(70.0)) == 0.0
    assert people_under_orbit_per_m2(people, np.pi / 2, CELL_RAD, np.radians(85.0)) > 0.0


def test_places_beside_a_grid_and_cells_without_an_answer_are_empty():
    people = np.array([[5.0, np.nan]])
    lat_rad, lon_rad = np.radians([50.2, 50.2, 50.2, 49.0, 50.0]), np.radians([4.2, 4.7, 9.0, 4.2, 4.2])
    dense = people_at_per_m2(lat_rad, lon_rad, people, *np.radians([50.5, 4.0, 0.5]))
    assert (dense > 0.0).tolist() == [True, False, False, False, True]


@given(st.floats(1.0, 1e5), st.floats(1.0, 1e5))
def test_a_heavier_body_never_harms_less(one_kg, other_kg):
    light, heavy = (casualty_area_range_m2(mass_kg) for mass_kg in sorted((one_kg, other_kg)))
    assert light[0] <= light[1]
    assert light[0] <= heavy[0]
    assert light[1] <= heavy[1]


def test_the_range_for_a_mass_holds_what_was_found_for_uars():
    low_m2, high_m2 = casualty_area_range_m2(UARS_MASS_KG)
    assert low_m2 < UARS_CASUALTY_AREA_M2 < high_m2


@pytest.mark.capability(
    "Casualty expectation", status="VALIDATED", authority="NASA ODPO (2011), UARS: 1 in 3,200"
)
def test_the_expectation_for_uars_is_that_of_nasa(shared_data, deviation):
    content = (shared_data / "geo" / "population" / "gpw_v4_2020_30min.csv.gz").read_bytes()
    grid = read_population_grid(content)
    dense = people_under_orbit_per_m2(grid.people, grid.north_rad, grid.cell_rad, UARS_INCLINATION_RAD)
    expected = dense * UARS_CASUALTY_AREA_M2 * PEOPLE_2011_TO_2020
    deviation(abs(expected * UARS_ONE_IN - 1.0), "of it", AS_ROUNDED_AND_AS_COUNTED)


@pytest.mark.parametrize("area_m2", [-1.0, float("nan")])
def test_an_area_that_cannot_be_is_refused(area_m2):
    with pytest.raises(ValueError, match="an area is nought or more"):
        casualty_area([area_m2])
    with pytest.raises(ValueError, match="a mass is above nought"):
        casualty_area_range_m2(area_m2)
