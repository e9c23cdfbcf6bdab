"""Do Earth data say what was measured, and keep silent about what was not?"""

import gzip
from pathlib import Path

import heyoka
import numpy as np
import pytest

from baken.astro.constants import ARCSECOND_RAD, EARTH_ROTATION_RATE_RAD_S
from baken.astro.earth_data import earth_data_from_finals2000a, no_earth_data
from baken.astro.time import tai_ns_from_utc, tai_ns_from_utc_column, utc_minus_tai_s, utc_text
from baken.errors import BadMessage, UnreadableInput
from tests.astro.earth import iers_line
from tests.conftest import Deviation

MJD_2016_12_30 = 57_752
# UT1 runs on while UTC takes its leap second at the end of 2016.
AROUND_THE_LEAP_SECOND = "\n".join(
    [
        iers_line(MJD_2016_12_30, -0.4061),
        iers_line(MJD_2016_12_30 + 1, -0.4073),
        iers_line(MJD_2016_12_30 + 2, 0.5914),
        iers_line(MJD_2016_12_30 + 3, 0.5900, flag="P"),
        iers_line(MJD_2016_12_30 + 4, 0.5886, flag="P", is_complete=False),
        f"{'':6} {MJD_2016_12_30 + 5:8.2f}".ljust(185),
    ]
)
MICROSECOND_S = 1e-6
MJD_2026_06_01 = 61_192
ROUNDING_RAD = 1e-15


def test_ut1_runs_smoothly_through_a_leap_second() -> None:
    earth = earth_data_from_finals2000a(AROUND_THE_LEAP_SECOND)
    epochs = tai_ns_from_utc("2016-12-31T23:59:50") + np.arange(20) * 10**9
    ut1_minus_utc_s = earth.at(epochs).ut1_minus_utc_s
    assert np.abs(np.diff(ut1_minus_utc_s + utc_minus_tai_s(epochs))).max() < MICROSECOND_S
    assert ut1_minus_utc_s[0] == pytest.approx(-0.4086, abs=2 * MICROSECOND_S)
    assert ut1_minus_utc_s[-1] == pytest.approx(0.5914, abs=2 * MICROSECOND_S)


def test_midnights_give_back_what_the_file_says() -> None:
    earth = earth_data_from_finals2000a(AROUND_THE_LEAP_SECOND)
    now = earth.at(
        tai_ns_from_utc_column(["2016-12-30T00:00:00", "2017-01-01T00:00:00", "2017-01-03T00:00:00"])
    )
    assert now.ut1_minus_utc_s == pytest.approx([-0.4061, 0.5914, 0.5886], abs=1e-9)
    assert now.x_pole_rad / ARCSECOND_RAD == pytest.approx([0.12] * 3)
    assert now.length_of_day_excess_s == pytest.approx([1.25e-3, 1.25e-3, 0.0])
    assert now.dx_rad / ARCSECOND_RAD == pytest.approx([0.2e-3, 0.2e-3, 0.0])


def test_nothing_is_said_outside_the_table() -> None:
    earth = earth_data_from_finals2000a(AROUND_THE_LEAP_SECOND)
    assert utc_text(earth.end_tai_ns, 0) == "2017-01-03T00:00:00Z"
    outside = [earth.start_tai_ns - 1, earth.end_tai_ns + 1]
    assert earth.covers([*outside, earth.start_tai_ns, earth.end_tai_ns]).tolist() == [
        False,
        False,
        True,
        True,
    ]
    for epoch in outside:
        with pytest.raises(ValueError, match="no Earth data for"):
            earth.at(np.array([earth.start_tai_ns, epoch]))


def test_forecasts_are_told_from_measurements() -> None:
    earth = earth_data_from_finals2000a(AROUND_THE_LEAP_SECOND)
    assert utc_text(earth.last_measured_tai_ns, 0) == "2017-01-01T00:00:00Z"
    assert earth.is_measured([earth.last_measured_tai_ns, earth.last_measured_tai_ns + 1]).tolist() == [
        True,
        False,
    ]


def test_a_damaged_line_is_named() -> None:
    damaged = AROUND_THE_LEAP_SECOND.replace(" 0.5914000", " 0.59x4000")
    with pytest.raises(BadMessage, match="3 ut1"):
        earth_data_from_finals2000a(damaged)


@pytest.mark.parametrize("text", ["", "no such thing", AROUND_THE_LEAP_SECOND.splitlines()[0]])
def test_a_text_without_two_days_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput):
        earth_data_from_finals2000a(text)


def test_rough_earth_admits_how_wrong_it_is() -> None:
    rough = no_earth_data()
    assert rough.covers([0, 1]).all()
    assert not rough.is_measured([0, 1]).any()
    # 0.9 s of turning, 65 m for each 1000 km from the axis.
    assert 65.0 < float(rough.at(0).sigma_rad) * 1e6 < 66.0


def test_final_values_stand_before_rapid_ones() -> None:
    first = (
        AROUND_THE_LEAP_SECOND.splitlines()[0][:134] + "  0.120100  0.340100 -0.4062000     0.300    -0.200"
    )
    earth = earth_data_from_finals2000a("\n".join([first, *AROUND_THE_LEAP_SECOND.splitlines()[1:]]))
    now = earth.at(earth.start_tai_ns)
    assert float(now.ut1_minus_utc_s) == pytest.approx(-0.4062, abs=1e-9)
    assert float(now.y_pole_rad) == pytest.approx(0.3401 * ARCSECOND_RAD)
    assert float(now.dy_rad) == pytest.approx(-0.2e-3 * ARCSECOND_RAD)


@pytest.mark.capability(
    "Earth orientation from finals2000A",
    status="VALIDATED",
    authority="heyoka 7.13, its own reading of the file",
)
def test_the_file_of_the_iers_reads_as_heyoka_reads_it(shared_data: Path, deviation: Deviation) -> None:
    path = next((shared_data / "eop_spaceweather").glob("*finals*"))
    earth = earth_data_from_finals2000a(gzip.decompress(path.read_bytes()).decode())
    theirs = heyoka.eop_data().table
    # The two files were issued weeks apart; what was final in both is the same.
    days, ours, row = np.intersect1d(earth.mjd_utc, theirs["mjd"].astype(np.int64), return_indices=True)
    final = days < MJD_2026_06_01
    off_rad = [
        EARTH_ROTATION_RATE_RAD_S * (earth.ut1_minus_utc_s[ours] - theirs["delta_ut1_utc"][row]),
        earth.x_pole_rad[ours] - ARCSECOND_RAD * theirs["pm_x"][row],
        earth.y_pole_rad[ours] - ARCSECOND_RAD * theirs["pm_y"][row],
        earth.dx_rad[ours] - 1e-3 * ARCSECOND_RAD * theirs["dX"][row],
        earth.dy_rad[ours] - 1e-3 * ARCSECOND_RAD * theirs["dY"][row],
    ]
    assert final.sum() > 19_000
    deviation(float(np.abs(np.array(off_rad)[:, final]).max()), "rad", ROUNDING_RAD)
