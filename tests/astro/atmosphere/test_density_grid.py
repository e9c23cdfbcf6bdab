"""Is the table of density as good as it says, and does it behave past its ends?"""

import math

import numpy as np
import pytest

from baken.astro.arrays import Floats
from baken.astro.atmosphere._nrlmsise00_gases import gases
from baken.astro.atmosphere._nrlmsise00_variations import mean_moment
from baken.astro.atmosphere.density_grid import DensityGrid, density_grid, grid_density
from baken.astro.atmosphere.nrlmsise00 import _density, _total_density
from baken.astro.time import tai_ns_from_utc
from tests.conftest import Deviation

START = tai_ns_from_utc("2024-03-01T00:00:00")
FIRST_DAY_OF_YEAR = 61.0
SPAN_DAY = 30.0
DAY_S = 86_400.0
ONE_SIGMA_OF_TABLE = 0.015
ONE_SIGMA_AT_A_PLACE = 0.025


@pytest.fixture(scope="module")
def grid() -> DensityGrid:
    return density_grid(START, START + int(SPAN_DAY * DAY_S) * 10**9)


def usual_sky(n: int) -> Floats:
    """Draw day, altitude (km), latitude (deg), local time (h), flux, its mean, ap; a row each."""
    rng = np.random.default_rng(3)
    mean = rng.uniform(65.0, 230.0, n)
    return np.stack(
        [
            rng.integers(0, int(SPAN_DAY), n),
            rng.uniform(80.0, 400.0, n),
            np.degrees(np.arcsin(rng.uniform(-1.0, 1.0, n))),
            rng.uniform(0.0, 24.0, n),
            mean * rng.uniform(0.8, 1.2, n),
            mean,
            np.minimum(rng.exponential(13.0, n), 100.0),
        ],
        axis=-1,
    )


def looked_up(grid: DensityGrid, row: Floats) -> float:
    day, altitude_km, latitude_deg, hour, flux, mean, ap = row
    turn = hour / 24.0 * 2.0 * math.pi
    return grid_density(
        grid, day * DAY_S, 1e3 * altitude_km, math.radians(latitude_deg), turn, flux, mean, ap
    )


@pytest.mark.capability(
    "Tabulated density for ensembles", status="VALIDATED", authority="NRLMSISE-00's own mean over longitudes"
)
def test_the_table_is_as_close_to_the_model_as_it_says(grid: DensityGrid, deviation: Deviation) -> None:
    off = []
    for row in usual_sky(1500):
        day, altitude_km, latitude_deg, hour, flux, mean, ap = row
        at = mean_moment(FIRST_DAY_OF_YEAR + day, latitude_deg, hour, mean, flux, ap)
        off.append(math.log(looked_up(grid, row) / _total_density(gases(altitude_km, latitude_deg, at))))
    deviation(float(np.sqrt(np.mean(np.square(off)))), "of the value (rms)", ONE_SIGMA_OF_TABLE)


def test_the_mean_over_longitudes_is_close_to_the_model_at_a_place(grid: DensityGrid) -> None:
    longitudes_deg = np.random.default_rng(4).uniform(-180.0, 180.0, 1500)
    off = []
    for row, longitude_deg in zip(usual_sky(1500), longitudes_deg, strict=True):
        day, altitude_km, latitude_deg, hour, flux, mean, ap = row
        ut_s = 3600.0 * ((hour - longitude_deg / 15.0) % 24.0)
        day_of_year = FIRST_DAY_OF_YEAR + day
        model = _density(day_of_year, ut_s, altitude_km, latitude_deg, longitude_deg, hour, mean, flux, ap)
        off.append(math.log(looked_up(grid, row) / model))
    assert np.sqrt(np.mean(np.square(off))) < ONE_SIGMA_AT_A_PLACE


def test_dropping_longitude_is_the_mean_over_longitudes() -> None:
    place = [
        math.log(_density(80.0, 3600.0 * ((15.0 - g / 15.0) % 24.0), 250.0, 40.0, g, 15.0, 120.0, 120.0, 8.0))
        for g in range(-180, 180, 5)
    ]
    mean = _total_density(gases(250.0, 40.0, mean_moment(80.0, 40.0, 15.0, 120.0, 120.0, 8.0)))
    assert math.log(mean) == pytest.approx(np.mean(place), abs=0.01)


def test_past_its_ends_air_still_thins_and_nothing_breaks(grid: DensityGrid) -> None:
    altitudes_km = np.concatenate([np.arange(0.0, 130.0, 3.0), np.arange(130.0, 3000.0, 30.0)])
    for flux, mean, ap in [(70.0, 70.0, 0.0), (400.0, 300.0, 50.0), (20.0, 50.0, 4.0)]:
        profile = [looked_up(grid, np.array([-40.0, h, 90.0, 25.0, flux, mean, ap])) for h in altitudes_km]
        assert np.isfinite(profile).all()
        assert np.all(np.diff(profile) < 0.0)


def test_local_time_comes_round(grid: DensityGrid) -> None:
    def at(local_time_rad: float) -> float:
        return grid_density(grid, 0.0, 300e3, 0.5, local_time_rad, 150.0, 150.0, 8.0)

    assert at(0.3) == pytest.approx(at(0.3 - 2.0 * math.pi), rel=1e-12)
    assert at(2.0 * math.pi - 1e-9) == pytest.approx(at(0.0), rel=1e-6)


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        density_grid(START, START - 1)
