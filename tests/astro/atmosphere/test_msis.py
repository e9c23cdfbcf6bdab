"""Does the adapter hand NRLMSIS 2 the right arguments, and say so where pymsis is missing?"""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from baken.astro.arrays import Floats
from baken.astro.atmosphere import msis, nrlmsise00
from baken.astro.space_weather import SpaceWeather
from baken.astro.time import tai_ns_from_utc, tai_ns_from_utc_column
from tests.conftest import Deviation

THREE_PRINTED_DIGITS = 2e-3
# The models look at the day of the year only, and our calendar begins in 1972.
A_COMMON_YEAR = np.datetime64("2001-01-01")
WEATHER = SpaceWeather(f107_sfu=150.0, f107_81_day_sfu=140.0, ap=8.0)


@pytest.mark.capability(
    "Density by NRLMSIS 2.0 and 2.1 (pymsis)", status="VALIDATED", authority="NRL's reference points"
)
@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_density_agrees_with_the_laboratorys_reference_points(
    version: msis.Version, shared_data: Path, deviation: Deviation
) -> None:
    name = f"open_atmo_nrlmsis{version.replace('.', '')}.json"
    cases = json.loads((shared_data / "truth" / name).read_text())["cases"]

    def column(key: str) -> Floats:
        return np.array([float(case[key]) for case in cases])

    days = A_COMMON_YEAR + (column("doy").astype(int) - 1)
    dates = days + column("sec").astype(int).astype("timedelta64[s]")
    found = msis.density_kg_m3(
        tai_ns_from_utc_column([str(date) for date in dates]),
        np.radians(column("glat_deg")),
        np.radians(column("glon_deg")),
        1e3 * column("alt_km"),
        SpaceWeather(f107_sfu=column("f107"), f107_81_day_sfu=column("f107a"), ap=column("ap_daily")),
        version,
    )
    printed = 1e3 * np.array([case["expected"]["rho"] for case in cases])
    deviation(float(np.abs(found / printed - 1.0).max()), "of the value", THREE_PRINTED_DIGITS)


def test_the_two_generations_agree_in_the_large() -> None:
    now, altitudes_m = tai_ns_from_utc("2024-05-01T12:00:00"), np.array([200e3, 400e3])
    newer = msis.density_kg_m3(now, 0.5, 1.0, altitudes_m, WEATHER)
    older = nrlmsise00.density_kg_m3(now, 0.5, 1.0, altitudes_m, WEATHER)
    assert newer.shape == (2,)
    assert newer == pytest.approx(older, rel=0.3)


def test_where_pymsis_is_missing_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymsis", None)
    with pytest.raises(ModuleNotFoundError, match=r"baken\[msis\]"):
        msis.density_kg_m3(0, 0.0, 0.0, 400e3, WEATHER)
