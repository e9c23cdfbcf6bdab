"""Are the Sun and the Moon where others see them?"""

import heyoka
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.arrays import Floats
from baken.astro.constants import ASTRONOMICAL_UNIT_M, EARTH_MU_M3_S2, EARTH_RADIUS_EGM2008_M, MOON_MU_M3_S2
from baken.astro.sun_moon import (
    moon_position_gcrs_m,
    moon_velocity_gcrs_m_s,
    sun_position_gcrs_m,
    sunlit_fraction,
)
from baken.astro.time import julian_date_tt, tai_ns_from_utc
from tests.conftest import Deviation

EPOCHS = tai_ns_from_utc("1980-01-01T00:00:00") + np.arange(80) * 2_700_007 * 10**10
KILOMETRE_M = 1e3
# SOFA states 31.7 km at worst against ELP/MPP02; heyoka's ELP2000 was cut at 1e-5.
MOON_WORST_M = 40.0 * KILOMETRE_M
# SOFA states 11.2 km at worst against DE405; what was cut from VSOP2013 counts for more.
SUN_WORST_M = 150.0 * KILOMETRE_M


def centuries(epochs: np.ndarray) -> Floats:
    day, fraction = julian_date_tt(epochs)
    return ((day - 2_451_545.0) + fraction) / 36_525.0


@pytest.fixture(scope="module")
def heyokas_moon_m() -> Floats:
    """The Moon by ELP2000, turned to the mean equator of J2000.0; the frame bias is 43 m out there."""
    tt = heyoka.make_vars("tt")
    return (
        1e3
        * heyoka.cfunc(
            heyoka.model.elp2000_cartesian_fk5(time_expr=tt, thresh=1e-5), [tt], compact_mode=True
        )(centuries(EPOCHS)[None]).T
    )


@pytest.mark.capability("Position of the Moon", status="VALIDATED", authority="ELP2000, as in heyoka 7.13")
def test_the_moon_is_where_elp2000_has_it(heyokas_moon_m: Floats, deviation: Deviation) -> None:
    off_m = np.linalg.norm(moon_position_gcrs_m(EPOCHS) - heyokas_moon_m, axis=-1)
    deviation(float(off_m.max()), "m", MOON_WORST_M)


@pytest.mark.capability("Position of the Sun", status="VALIDATED", authority="VSOP2013, as in heyoka 7.13")
def test_the_sun_is_where_vsop2013_has_it(heyokas_moon_m: Floats, deviation: Deviation) -> None:
    tt = heyoka.make_vars("tt")
    series = heyoka.model.vsop2013_cartesian_icrf(3, time_expr=tt, thresh=1e-8)[:3]
    # VSOP2013 counts in millennia, and its third planet is the Earth together with the Moon.
    both_m = (
        ASTRONOMICAL_UNIT_M * heyoka.cfunc(series, [tt], compact_mode=True)(centuries(EPOCHS)[None] / 10.0).T
    )
    earth_m = both_m - heyokas_moon_m * MOON_MU_M3_S2 / (MOON_MU_M3_S2 + EARTH_MU_M3_S2)
    off_m = np.linalg.norm(sun_position_gcrs_m(EPOCHS) + earth_m, axis=-1)
    deviation(float(off_m.max()), "m", SUN_WORST_M)


def test_the_moons_velocity_is_how_its_position_changes() -> None:
    half_step_ns = 300 * 10**9
    change_m = moon_position_gcrs_m(EPOCHS + half_step_ns) - moon_position_gcrs_m(EPOCHS - half_step_ns)
    # SOFA leaves out the turning of the ecliptic of date: 3 mm/s.
    assert np.abs(change_m / 600.0 - moon_velocity_gcrs_m_s(EPOCHS)).max() < 4e-3


SUN_M = np.array([ASTRONOMICAL_UNIT_M, 0.0, 0.0])


@pytest.mark.parametrize(
    ("position_m", "fraction"),
    [
        ([-7e6, 0.0, 0.0], 0.0),
        ([7e6, 0.0, 0.0], 1.0),
        ([0.0, 7e6, 0.0], 1.0),
        ([-42e6, 0.0, 0.0], 0.0),
        ([-42e6, 7e6, 0.0], 1.0),
    ],
)
def test_light_and_shadow_are_where_they_belong(position_m: list[float], fraction: float) -> None:
    assert float(sunlit_fraction(position_m, SUN_M)) == fraction


def test_far_behind_the_earth_a_ring_of_the_sun_is_left() -> None:
    # Seen from four million kilometres the Earth covers (6378 / 4e6 / 0.00453)^2 of the Sun's disc.
    assert float(sunlit_fraction([-4e9, 0.0, 0.0], SUN_M)) == pytest.approx(
        1.0 - (1.5945e-3 / 4.529e-3) ** 2, abs=1e-3
    )


@given(st.floats(6.6e6, 5e8))
def test_light_only_grows_on_the_way_out_of_the_shadow(behind_m: float) -> None:
    across_m = np.linspace(0.5 * EARTH_RADIUS_EGM2008_M, 2.5 * EARTH_RADIUS_EGM2008_M, 400)
    position_m = np.stack([np.full(400, -behind_m), across_m, np.zeros(400)], axis=-1)
    light = sunlit_fraction(position_m, SUN_M)
    assert np.all((light >= 0.0) & (light <= 1.0))
    assert np.all(np.diff(light) >= -1e-9)
