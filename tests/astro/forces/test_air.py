"""Does the air take from an orbit what its density says?"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from baken.astro.arrays import Floats, Instants
from baken.astro.atmosphere import harris_priester, jb2008, msis, nrlmsise00
from baken.astro.constants import EARTH_MU_EGM2008_M3_S2, EARTH_ROTATION_RATE_RAD_S
from baken.astro.earth_data import no_earth_data
from baken.astro.ellipsoid import geodetic_from_itrs
from baken.astro.forces.air import AirThroughStorms, AirUnderWeather, Density, HarrisPriesterAir, Jb2008Air
from baken.astro.forces.gravity import egm2008
from baken.astro.forces.model import Air, ForceModel
from baken.astro.frames import rotation_gcrs_to_itrs
from baken.astro.propagation import NumericalMotion, build_propagator
from baken.astro.rotations import turned
from baken.astro.solar_indices import SolarIndexTable
from baken.astro.space_weather import SpaceWeather, SpaceWeatherTable
from baken.astro.sun_moon import sun_position_gcrs_m
from baken.astro.time import tai_ns_from_utc
from tests.conftest import Deviation

DensityAt = Callable[[Instants, Floats, Floats], Floats]  # of times, places in GCRS and on the ground
N_DAYS = 5
CALM = SpaceWeather(f107_sfu=150.0, f107_81_day_sfu=150.0, ap=4.0)
WEATHER = SpaceWeatherTable(
    mjd_utc=60_000 + np.arange(N_DAYS),
    f107_observed_sfu=np.full(N_DAYS, 150.0),
    f107_81_day_sfu=np.full(N_DAYS, 150.0),
    ap_3h=np.full((N_DAYS, 8), 4.0),
    ap_daily=np.full(N_DAYS, 4.0),
    last_measured_mjd_utc=60_000 + N_DAYS - 1,
)
# Calm until the epoch, then a great storm.
STORM = replace(
    WEATHER,
    mjd_utc=59_997 + np.arange(N_DAYS),
    ap_3h=np.where(np.arange(N_DAYS)[:, None] < 4, 4.0, 200.0) * np.ones(8),
    last_measured_mjd_utc=60_001,
)
EPOCH = tai_ns_from_utc("2023-02-26T00:00:00Z")
DRAG_M2_KG, TURN_S = 0.01, 5_500
LOW = [[6.75e6, 0.0, 0.0]], [[0.0, 4.8e3, 6.0e3]]
# The work of drag, summed over 56 places of a revolution.
SUMMED = 1e-4
# Harris and Priester's density has corners at the heights of its table.
SUMMED_OVER_CORNERS = 1e-3
# The almanac's sun is right to 0.01 degrees, and sidereal time stands for the Earth's turn.
ALMANAC_SUN = 5e-4
SUN = jb2008.SolarIndices(
    f10_sfu=150.0, f10_81_day_sfu=155.0, s10_sfu=140.0, s10_81_day_sfu=145.0, m10_sfu=160.0,
    m10_81_day_sfu=150.0, y10_sfu=145.0, y10_81_day_sfu=148.0, dst_temperature_k=60.0,
)  # fmt: skip
N_INDEX_DAYS = 12
INDICES = SolarIndexTable(
    mjd_utc=59_995 + np.arange(N_INDEX_DAYS),
    fluxes_sfu=np.tile([150.0, 140.0, 160.0, 145.0], (N_INDEX_DAYS, 1)),
    means_sfu=np.tile([155.0, 145.0, 150.0, 148.0], (N_INDEX_DAYS, 1)),
    dst_temperature_k=np.full((N_INDEX_DAYS, 24), 60.0),
)


def flown(air: Air, position_m=LOW[0], velocity_m_s=LOW[1], after_s: int = TURN_S) -> NumericalMotion:
    forces = ForceModel(gravity=egm2008(2), degree=0, order=0, has_sun=False, has_moon=False, air=air)
    return build_propagator(forces, no_earth_data()).propagate(
        EPOCH, position_m, velocity_m_s, EPOCH + after_s * 10**9, drag_m2_kg=DRAG_M2_KG
    )


def work_off(air: Air, density_at: DensityAt) -> float:
    """Return by how much the energy lost differs from the work of drag under a density of its own."""
    motion = flown(air)
    assert motion.is_whole.all()
    times = np.linspace(EPOCH, EPOCH + TURN_S * 10**9, 56).astype(np.int64)
    r, v, _ = motion.states(np.zeros(56, dtype=np.int64), times)
    to_ground = rotation_gcrs_to_itrs(times, no_earth_data())
    density = density_at(times, r, turned(to_ground, r))
    wind = v - np.cross(EARTH_ROTATION_RATE_RAD_S * to_ground[:, 2], r)
    power = -0.5 * DRAG_M2_KG * density * np.linalg.norm(wind, axis=1) * (wind * v).sum(axis=1)
    taken = np.trapezoid(power, (times - EPOCH) * 1e-9)
    energy = 0.5 * (v**2).sum(axis=1) - EARTH_MU_EGM2008_M3_S2 / np.linalg.norm(r, axis=1)
    return float(abs((energy[-1] - energy[0]) / taken - 1.0))


@pytest.mark.capability("Drag", status="VALIDATED", authority="work of drag along the orbit, NRLMSISE-00")
def test_an_orbit_loses_the_energy_that_drag_takes(deviation: Deviation) -> None:
    deviation(work_off(*under_weather(nrlmsise00.density_kg_m3)), "of the work", SUMMED)


def test_an_orbit_loses_the_energy_that_drag_under_msis_takes() -> None:
    pytest.importorskip("pymsis")
    assert work_off(*under_weather(msis.density_kg_m3)) < SUMMED


def under_weather(kernel: Density) -> tuple[Air, DensityAt]:
    def density(times: Instants, _r: Floats, ground_m: Floats) -> Floats:
        place = geodetic_from_itrs(ground_m)
        return kernel(times, place.latitude_rad, place.longitude_rad, place.height_m, CALM)

    return AirUnderWeather(kernel, WEATHER), density


def test_an_orbit_loses_the_energy_that_drag_through_a_storm_takes() -> None:
    def density(times: Instants, _r: Floats, ground_m: Floats) -> Floats:
        place, history = geodetic_from_itrs(ground_m), STORM.history_at(times)
        return nrlmsise00.storm_density_kg_m3(
            times, place.latitude_rad, place.longitude_rad, place.height_m, history
        )

    assert work_off(AirThroughStorms(STORM), density) < SUMMED
    calm = flown(AirUnderWeather(nrlmsise00.density_kg_m3, WEATHER))
    stormy = flown(AirThroughStorms(STORM))
    end = np.array([EPOCH + TURN_S * 10**9])
    ahead_m = stormy.states(np.array([0]), end)[0] - calm.states(np.array([0]), end)[0]
    assert np.linalg.norm(ahead_m) > 1.0  # lower, and so further on its way


@pytest.mark.capability("Drag under JB2008", status="VALIDATED", authority="work of drag, almanac's sun")
def test_an_orbit_loses_the_energy_that_drag_under_jb2008_takes(deviation: Deviation) -> None:
    def density(times: Instants, _r: Floats, ground_m: Floats) -> Floats:
        place = geodetic_from_itrs(ground_m)
        right_ascension_rad, declination_rad, sidereal_rad = almanac_sun(times)
        hour_angle_rad = place.longitude_rad + sidereal_rad - right_ascension_rad
        return jb2008.density_kg_m3(
            times, place.latitude_rad, hour_angle_rad, declination_rad, place.height_m, SUN
        )

    deviation(work_off(Jb2008Air(INDICES), density), "of the work", ALMANAC_SUN)


def almanac_sun(times: Instants) -> tuple[Floats, Floats, Floats]:
    """Return right ascension and declination of date, and sidereal time, by the almanac's low precision.

    Source: The Astronomical Almanac, page C5, and IAU 1982 sidereal time without its slow terms.
    """
    day = (times - tai_ns_from_utc("2000-01-01T12:00:00Z")) / 86_400e9
    anomaly = np.radians(357.528 + 0.9856003 * day)
    longitude = np.radians(280.460 + 0.9856474 * day + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly))
    tilt = np.radians(23.439 - 4e-7 * day)
    right_ascension = np.arctan2(np.cos(tilt) * np.sin(longitude), np.cos(longitude))
    declination = np.arcsin(np.sin(tilt) * np.sin(longitude))
    # Leap seconds since 2000 are not seconds of UTC: five by 2023.
    return right_ascension, declination, np.radians(280.46062 + 360.98564737 * (day - 5.0 / 86_400.0))


def test_an_orbit_loses_the_energy_that_drag_under_harris_and_priester_takes() -> None:
    def density(times: Instants, r: Floats, ground_m: Floats) -> Floats:
        height_m = geodetic_from_itrs(ground_m).height_m
        return harris_priester.density_kg_m3(r, height_m, sun_position_gcrs_m(times), 6)

    assert work_off(HarrisPriesterAir(bulge_exponent=6), density) < SUMMED_OVER_CORNERS


def test_under_jb2008_who_sinks_below_ninety_kilometres_is_lost_there_and_others_go_on() -> None:
    falling_m_s = [[0.0, 4.6e3, 5.75e3]]
    motion = flown(Jb2008Air(INDICES), LOW[0] * 2, falling_m_s + LOW[1])
    assert motion.is_whole.tolist() == [False, True]
    last_s = float(motion.end_s[motion.first_step[1] - 1])
    end = np.array([EPOCH + int(last_s * 1e9)])
    r, _, _ = motion.states(np.array([0]), end)
    height_m = geodetic_from_itrs(turned(rotation_gcrs_to_itrs(end, no_earth_data()), r)).height_m
    assert 89.9e3 < height_m[0] < 91e3


def test_drag_beyond_the_indices_is_refused() -> None:
    with pytest.raises(ValueError, match="no solar indices for 2023-03-04"):
        flown(Jb2008Air(INDICES), after_s=7 * 86_400)
