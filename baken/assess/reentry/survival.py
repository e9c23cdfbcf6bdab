"""What may reach the ground, and how many people that may be expected to harm."""

import numpy as np

from baken.astro.arrays import Floats, FloatsLike
from baken.astro.constants import EARTH_RADIUS_WGS84_M, TURN_RAD

# NASA-STD-8719.14, 4.7: the square root of 0.36 m2, a person seen from above.  The standard was not at hand
# when this was last checked; the sum over UARS agrees with NASA's own, and the test says how well.
PERSON_SIDE_M = 0.6
# Of a large spacecraft 10 % to 40 %: Klinkrad (2005), Sixth US/Russian Space Surveillance Workshop.  A small
# one built to burn up may leave nothing, and then the lower end is too high.
SURVIVING_SHARE = 0.1, 0.4
# Our own bracket, no standard's: from a few heavy pieces to many light ones.  It holds what NASA found for
# UARS (532 kg of 5,668 kg in 26 pieces); the test says so.
FRAGMENT_MASS_KG = 100.0, 20.0
FRAGMENT_AREA_M2 = 0.5


def casualty_area(fragment_area_m2: FloatsLike) -> float:
    """Return the area on the ground within which somebody is hit by one of the fragments.

    Source: NASA-STD-8719.14, 4.7.3: the sum of (0.6 m + the root of each area), squared.

    >>> round(casualty_area([0.16, 1.0]), 2)
    3.56
    """
    area_m2 = np.asarray(fragment_area_m2, dtype=float)
    if not (area_m2 >= 0.0).all():
        raise ValueError("an area is nought or more; one of fragment_area_m2 is not")
    return float(((np.sqrt(area_m2) + PERSON_SIDE_M) ** 2).sum())


def casualty_area_range_m2(mass_kg: float) -> tuple[float, float]:
    """Return the smallest and largest casualty area of a body of which only the mass is known.

    10 % survives in pieces of 100 kg, or 40 % in pieces of 20 kg, of half a square metre each: an assumption.
    A body of glass, ceramic or titanium may bring down more: of ROSAT's 2.4 t up to 1.6 t were expected to
    (DLR, October 2011).

    >>> [round(area_m2, 1) for area_m2 in casualty_area_range_m2(1_000.0)]
    [1.7, 34.2]
    """
    if not mass_kg > 0.0:
        raise ValueError(f"a mass is above nought; mass_kg is {mass_kg}")
    n_fragments = (max(1.0, SURVIVING_SHARE[n] * mass_kg / FRAGMENT_MASS_KG[n]) for n in (0, 1))
    low_m2, high_m2 = (n * casualty_area([FRAGMENT_AREA_M2]) for n in n_fragments)
    return low_m2, high_m2


def share_below_latitude(latitude_rad: FloatsLike, inclination_rad: float) -> Floats:
    """Return what share of its time a body on a circular orbit spends south of a latitude.

    >>> share_below_latitude([-1.0, 0.0, 1.0], 0.9)
    array([0. , 0.5, 1. ])
    """
    sine = np.sin(np.asarray(latitude_rad, dtype=float)) / np.sin(inclination_rad)
    share: Floats = 0.5 + np.arcsin(np.clip(sine, -1.0, 1.0)) / (TURN_RAD / 2.0)
    return share


def row_areas_m2(n_rows: int, north_rad: float, cell_rad: float) -> Floats:
    """Return the area of a cell in each row of a grid of equal angles, on a sphere.

    >>> float(round(720 * row_areas_m2(360, np.pi / 2, np.pi / 360).sum() / 5.112e14, 4))
    1.0
    """
    edge_rad = north_rad - cell_rad * np.arange(n_rows + 1)
    area_m2: Floats = EARTH_RADIUS_WGS84_M**2 * cell_rad * -np.diff(np.sin(edge_rad))
    return area_m2


def people_under_orbit_per_m2(
    n_people: Floats, north_rad: float, cell_rad: float, inclination_rad: float
) -> float:
    """Return how densely people live where an orbit passes, each latitude by the time spent over it.

    For a body of which only the inclination is known: any longitude is as likely as another.  A cell nothing
    is known of counts as empty, and what the grid leaves out of the turn too.

    Shape:  n_people is (rows, columns), the northernmost row first; NaN is unknown.
    Raises: ValueError when the inclination is not within half a turn.
    """
    if not 0.0 < inclination_rad < TURN_RAD / 2.0:
        raise ValueError(f"an inclination lies within half a turn; this one is {inclination_rad} rad")
    edge_rad = north_rad - cell_rad * np.arange(len(n_people) + 1)
    share = -np.diff(share_below_latitude(edge_rad, inclination_rad))
    band_m2 = row_areas_m2(len(n_people), north_rad, cell_rad) * TURN_RAD / cell_rad
    return float((np.nansum(n_people, axis=1) / band_m2 * share).sum())


def people_at_per_m2(
    latitude_rad: FloatsLike,
    longitude_rad: FloatsLike,
    n_people: Floats,
    north_rad: float,
    west_rad: float,
    cell_rad: float,
) -> Floats:
    """Return how densely people live in the cell that holds each place; none where nothing is known.

    Shape: latitude_rad and longitude_rad broadcast.
    """
    n_rows, n_columns = n_people.shape
    row = np.floor((north_rad - np.asarray(latitude_rad, dtype=float)) / cell_rad).astype(int)
    # The southernmost edge belongs to the row above it.
    row = np.where(row == n_rows, n_rows - 1, row)
    east_rad = np.mod(np.asarray(longitude_rad, dtype=float) - west_rad, TURN_RAD)
    column = np.floor(east_rad / cell_rad).astype(int)
    is_there = (row >= 0) & (row < n_rows) & (column < n_columns)
    row, column = np.where(is_there, row, 0), np.where(is_there, column, 0)
    density_per_m2 = np.nan_to_num(n_people)[row, column] / row_areas_m2(n_rows, north_rad, cell_rad)[row]
    return np.where(is_there, density_per_m2, 0.0)
