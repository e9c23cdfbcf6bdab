"""Does NRLMSISE-00 agree with its authors, with their Fortran, and with common sense where few fly?"""

import json
from pathlib import Path

import numpy as np
import pymsis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.arrays import Floats
from baken.astro.atmosphere._nrlmsise00_gases import MASSES, gases
from baken.astro.atmosphere._nrlmsise00_variations import moment, with_history
from baken.astro.atmosphere.nrlmsise00 import _density, density_kg_m3, storm_density_kg_m3
from baken.astro.space_weather import SpaceWeather, SpaceWeatherHistory
from baken.astro.time import tai_ns_from_utc, tai_ns_from_utc_column
from tests.conftest import Deviation

PRINTED = json.loads((Path(__file__).parents[2] / "authorities" / "atmosphere_nrlmsise00.json").read_text())
HALF_OF_THE_SEVENTH_DIGIT = 5e-7
# pymsis computes with 32 bits.
SINGLE_PRECISION = 2e-5
QUIET = SpaceWeather(f107_sfu=150.0, f107_81_day_sfu=150.0, ap=4.0)
MODEL_IN_G = 1.66e-24


def gases_of(case: dict[str, float]) -> Floats:
    at = moment(
        case["day_of_year"],
        case["ut_s"],
        case["latitude_deg"],
        case["longitude_deg"],
        case["local_time_h"],
        case["f107_81"],
        case["f107"],
        case["ap"],
    )
    return gases(case["altitude_km"], case["latitude_deg"], at)


@pytest.mark.capability(
    "Density by NRLMSISE-00", status="VALIDATED", authority="the authors' driver, as published with the model"
)
def test_density_and_every_gas_agree_with_the_authors_driver(deviation: Deviation) -> None:
    off = []
    for case in PRINTED["cases"]:
        found = gases_of(case)[:7]
        printed = np.array(case["per_cm3"])
        off.append(np.abs(found - printed) / np.where(printed > 0.0, printed, 1.0))
        total = MODEL_IN_G * (MASSES[:7] * found).sum()
        off.append(np.array([abs(total / case["density_g_cm3"] - 1.0)]))
    deviation(float(np.concatenate(off).max()), "of the value", HALF_OF_THE_SEVENTH_DIGIT)


@pytest.mark.capability(
    "Density by NRLMSISE-00 anywhere up to 1500 km",
    status="VALIDATED",
    authority="pymsis 0.13, the authors' Fortran",
)
def test_density_agrees_with_the_authors_fortran_anywhere(deviation: Deviation) -> None:
    rng = np.random.default_rng(7)
    n = 400
    days = np.datetime64("2002-01-01") + rng.integers(0, 8000, n)
    ut_s = rng.integers(0, 86_400, n)
    longitude_deg, latitude_deg = rng.uniform(-180, 180, n), rng.uniform(-90, 90, n)
    altitude_km = rng.uniform(0.0, 1500.0, n)
    f107, f107_81, ap = rng.uniform(65, 300, n), rng.uniform(65, 250, n), rng.uniform(0, 200, n)
    dates = days + ut_s.astype("timedelta64[s]")
    daily_ap = np.repeat(ap[:, None], 7, axis=1)
    theirs = pymsis.calculate(
        dates,
        longitude_deg,
        latitude_deg,
        altitude_km,
        f107,
        f107_81,
        daily_ap,
        version=0,
        geomagnetic_activity=1,
    )[:, 0]
    ours = density_kg_m3(
        tai_ns_from_utc_column([str(date) for date in dates]),
        np.radians(latitude_deg),
        np.radians(longitude_deg),
        1e3 * altitude_km,
        SpaceWeather(f107_sfu=f107, f107_81_day_sfu=f107_81, ap=ap),
    )
    deviation(float(np.abs(ours / theirs - 1.0).max()), "of the value", SINGLE_PRECISION)


def test_many_places_at_once_equal_one_by_one() -> None:
    epochs = tai_ns_from_utc("2024-05-10T12:00:00") + np.arange(5) * 10**12
    altitudes_m = np.linspace(50e3, 900e3, 5)
    together = density_kg_m3(epochs, 0.5, -1.0, altitudes_m, QUIET)
    alone = [density_kg_m3(t, 0.5, -1.0, h, QUIET) for t, h in zip(epochs, altitudes_m, strict=True)]
    assert np.array_equal(together, alone)


def test_places_times_and_heights_spread_over_one_another() -> None:
    epochs = tai_ns_from_utc("2024-05-10T12:00:00") + np.arange(3) * 10**12
    table = density_kg_m3(epochs[:, None], 0.5, -1.0, [200e3, 400e3], QUIET)
    assert table.shape == (3, 2)
    assert table[2, 1] == density_kg_m3(epochs[2], 0.5, -1.0, 400e3, QUIET)


SKIES = {
    "day": st.integers(1, 366),
    "hour": st.floats(0, 24),
    "latitude_deg": st.floats(-90, 90),
    "longitude_deg": st.floats(-180, 180),
    "f107_81": st.floats(65, 260),
    "f107_share": st.floats(0.7, 1.5),
}
ALTITUDES_KM = np.concatenate([np.arange(0.0, 1000.0, 4.0), np.geomspace(1000.0, 10_000.0, 40)])


def profile(
    day: int,
    hour: float,
    latitude_deg: float,
    longitude_deg: float,
    f107_81: float,
    f107_share: float,
    ap: float,
) -> Floats:
    local_time_h, f107 = hour + longitude_deg / 15.0, f107_share * f107_81
    return np.array(
        [
            _density(day, 3600.0 * hour, h, latitude_deg, longitude_deg, local_time_h, f107_81, f107, ap)
            for h in ALTITUDES_KM
        ]
    )


@settings(max_examples=60, deadline=None)
@given(**SKIES, ap=st.floats(0, 100))
def test_air_is_thinner_higher_up_from_the_ground_to_ten_thousand_kilometres(**sky: float) -> None:
    assert np.all(np.diff(profile(**sky)) < 0.0)


@settings(max_examples=60, deadline=None)
@given(**SKIES, ap=st.floats(100, 400))
def test_there_is_air_in_the_greatest_storm_too(**sky: float) -> None:
    density = profile(**sky)
    assert np.isfinite(density).all()
    assert np.all(density > 0.0)


def test_a_stronger_sun_makes_the_air_denser_where_satellites_fly() -> None:
    fluxes = np.linspace(65.0, 300.0, 20)
    weather = SpaceWeather(f107_sfu=fluxes, f107_81_day_sfu=fluxes, ap=4.0)
    for altitude_m in (200e3, 400e3, 800e3):
        assert np.all(np.diff(density_kg_m3(0, 0.5, 1.0, altitude_m, weather)) > 0.0)


@pytest.mark.capability(
    "Density by NRLMSISE-00 through storms", status="VALIDATED", authority="pymsis 0.13, three-hour ap"
)
def test_density_through_a_storm_agrees_with_the_authors_fortran(deviation: Deviation) -> None:
    rng = np.random.default_rng(11)
    n = 300
    dates = np.datetime64("2003-01-05T00:00:00") + rng.integers(0, 300 * 86_400, n).astype("timedelta64[s]")
    longitude_deg, latitude_deg = rng.uniform(-180, 180, n), rng.uniform(-90, 90, n)
    altitude_km = rng.uniform(0.0, 1000.0, n)
    f107, f107_81, aps = rng.uniform(65, 250, n), rng.uniform(65, 250, n), rng.uniform(0, 200, (n, 7))
    theirs = pymsis.calculate(
        dates,
        longitude_deg,
        latitude_deg,
        altitude_km,
        f107,
        f107_81,
        aps,
        version=0,
        geomagnetic_activity=-1,
    )[:, 0]
    ours = storm_density_kg_m3(
        tai_ns_from_utc_column([str(date) for date in dates]),
        np.radians(latitude_deg),
        np.radians(longitude_deg),
        1e3 * altitude_km,
        SpaceWeatherHistory(f107_sfu=f107, f107_81_day_sfu=f107_81, ap_history=aps[:, 1:]),
    )
    deviation(float(np.abs(ours / theirs - 1.0).max()), "of the value", SINGLE_PRECISION)


def test_density_through_a_storm_agrees_with_the_authors_driver(shared_data: Path) -> None:
    cases = json.loads((shared_data / "truth" / "open_atmo_nrlmsise00.json").read_text())["cases"]
    (case,) = (case for case in cases if case["use_ap_array"])
    at = moment(
        case["doy"], case["sec"], case["glat_deg"], case["glon_deg"], case["stl_h"], case["f107a"],
        case["f107"], case["ap_daily"],
    )  # fmt: skip
    found = gases(case["alt_km"], case["glat_deg"], with_history(at, np.array(case["ap_array"][1:])))
    total = MODEL_IN_G * (MASSES[:7] * found[:7]).sum()
    assert abs(total / case["expected"]["rho"] - 1.0) < HALF_OF_THE_SEVENTH_DIGIT


def test_a_storm_swells_the_air_when_it_comes_and_leaves_it_slowly() -> None:
    quiet, storm = np.full(6, 4.0), 200.0
    histories = np.array([quiet, *(np.where(np.arange(6) == k, storm, quiet) for k in range(6))])
    history = SpaceWeatherHistory(f107_sfu=150.0, f107_81_day_sfu=150.0, ap_history=histories)
    density = storm_density_kg_m3(0, 0.5, 1.0, 400e3, history)
    assert np.all(density[1:] > density[0])
    assert np.all(np.diff(density[1:5]) < 0.0)  # the longer ago, the less
    assert density[0] == density_kg_m3(0, 0.5, 1.0, 400e3, QUIET)
