"""Does JB2008 agree with its author's program, and keep the laws of air?"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from baken.astro.arrays import Floats
from baken.astro.atmosphere.jb2008 import SolarIndices, density_kg_m3
from baken.astro.earth_data import MODIFIED_JULIAN_DATE_OF_EPOCH
from baken.astro.leap_seconds import tai_ns_from_utc_day
from tests.conftest import Deviation

AUTHORITY = Path(__file__).parents[2] / "authorities" / "atmosphere_jb2008.json"
MJD_OF_1950 = 33_281
SINGLE_PRECISION = 2e-5
# The driver printed its indices as whole numbers.
ROUNDED_INDICES = 0.015
QUIET = SolarIndices(
    f10_sfu=100.0,
    f10_81_day_sfu=100.0,
    s10_sfu=100.0,
    s10_81_day_sfu=100.0,
    m10_sfu=100.0,
    m10_81_day_sfu=100.0,
    y10_sfu=100.0,
    y10_81_day_sfu=100.0,
    dst_temperature_k=30.0,
)


def relative_error(case: dict[str, float], printed: float) -> float:
    days_1950 = case["days_since_1950_utc"] if "mjd_utc" not in case else case["mjd_utc"] - MJD_OF_1950
    day = int(days_1950)
    since_2000 = np.array(day + MJD_OF_1950 - MODIFIED_JULIAN_DATE_OF_EPOCH)
    epoch = int(tai_ns_from_utc_day(since_2000, np.array(round((days_1950 - day) * 86_400e9))))
    sidereal_rad = 1.72944494 + 6.3003880987 * days_1950  # as the driver has it
    place_rad = case["sat_ra_rad"] if "sat_ra_rad" in case else np.radians(case["lon_deg"]) + sidereal_rad
    latitude_rad = case["lat_rad"] if "lat_rad" in case else np.radians(case["lat_deg"])
    hour_angle_rad = place_rad - case["sun_ra_rad"]
    found = density_kg_m3(
        epoch, latitude_rad, hour_angle_rad, case["sun_dec_rad"], 1e3 * case["alt_km"], indices_of(case)
    )
    return abs(float(found) / printed - 1.0)


def indices_of(case: dict[str, float]) -> SolarIndices:
    return SolarIndices(
        f10_sfu=case["F10"],
        f10_81_day_sfu=case["F10B"],
        s10_sfu=case["S10"],
        s10_81_day_sfu=case["S10B"],
        m10_sfu=case["M10"],
        m10_81_day_sfu=case["M10B"],
        y10_sfu=case["Y10"],
        y10_81_day_sfu=case["Y10B"],
        dst_temperature_k=case["DSTDTC"],
    )


@pytest.mark.capability(
    "Density by JB2008", status="VALIDATED", authority="the author's Fortran driver, seven cases"
)
def test_density_agrees_with_the_authors_driver(deviation: Deviation) -> None:
    cases = json.loads(AUTHORITY.read_text())["cases"]
    worst = max(relative_error(case, case["density_kg_m3"]) for case in cases)
    deviation(worst, "of the value", SINGLE_PRECISION)


def test_density_agrees_with_the_drivers_tables_up_to_their_rounded_indices(shared_data: Path) -> None:
    cases = json.loads((shared_data / "truth" / "open_atmo_jb2008.json").read_text())["cases"]
    for case in cases:
        assert relative_error(case, case["expected"]["rho_kgm3"]) < ROUNDED_INDICES, case["id"]


def at(altitude_m: Floats | float, indices: SolarIndices = QUIET, hour_angle_rad: float = 0.5) -> Floats:
    return density_kg_m3(0, 0.4, hour_angle_rad, -0.4, altitude_m, indices)


def test_air_thins_with_height_from_ninety_to_four_thousand_kilometres() -> None:
    altitudes_m = np.concatenate([np.arange(90e3, 1000e3, 2e3), np.arange(1000e3, 4000e3, 50e3)])
    for hour_angle_rad in np.arange(0.0, 6.0, 1.0):
        density = at(altitudes_m, hour_angle_rad=hour_angle_rad)
        assert np.isfinite(density).all()
        assert np.all(np.diff(density) < 0.0)


def test_storms_and_a_stronger_sun_make_the_air_denser() -> None:
    assert at(400e3, replace(QUIET, dst_temperature_k=200.0)) > 1.2 * at(400e3)
    assert at(400e3, replace(QUIET, s10_sfu=130.0)) > 1.1 * at(400e3)


def test_many_places_at_once_equal_one_by_one() -> None:
    altitudes_m = np.array([[100e3, 300e3], [700e3, 1700e3]])
    assert at(altitudes_m).tolist() == [[float(at(h)) for h in row] for row in altitudes_m]


def test_below_ninety_kilometres_it_is_refused() -> None:
    with pytest.raises(ValueError, match="begins at 90 km"):
        at(89e3)
