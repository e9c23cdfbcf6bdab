"""Does the air take from an orbit what its density says?"""

import numpy as np
import pytest

from baken.astro.atmosphere import nrlmsise00
from baken.astro.constants import EARTH_MU_EGM2008_M3_S2, EARTH_ROTATION_RATE_RAD_S
from baken.astro.earth_data import no_earth_data
from baken.astro.ellipsoid import geodetic_from_itrs
from baken.astro.forces.air import AirUnderWeather
from baken.astro.forces.gravity import egm2008
from baken.astro.forces.model import ForceModel
from baken.astro.frames import rotation_gcrs_to_itrs
from baken.astro.propagation import build_propagator
from baken.astro.rotations import turned
from baken.astro.space_weather import SpaceWeather, SpaceWeatherTable
from baken.astro.time import tai_ns_from_utc
from tests.conftest import Deviation

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
EPOCH = tai_ns_from_utc("2023-02-26T00:00:00Z")
DRAG_M2_KG, TURN_S = 0.01, 5_500
# The work of drag, summed over 56 places of a revolution.
SUMMED = 1e-4


@pytest.mark.capability("Drag", status="VALIDATED", authority="work of drag along the orbit, NRLMSISE-00")
def test_an_orbit_loses_the_energy_that_drag_takes(deviation: Deviation) -> None:
    air = AirUnderWeather(nrlmsise00.density_kg_m3, WEATHER)
    forces = ForceModel(gravity=egm2008(2), degree=0, order=0, has_sun=False, has_moon=False, air=air)
    end = EPOCH + TURN_S * 10**9
    motion = build_propagator(forces, no_earth_data()).propagate(
        EPOCH, [[6.75e6, 0.0, 0.0]], [[0.0, 4.8e3, 6.0e3]], end, drag_m2_kg=DRAG_M2_KG
    )
    assert motion.is_whole.all()
    times = np.linspace(EPOCH, end, 56).astype(np.int64)
    r, v, _ = motion.states(np.zeros(56, dtype=np.int64), times)
    to_ground = rotation_gcrs_to_itrs(times, no_earth_data())
    place = geodetic_from_itrs(turned(to_ground, r))
    density = nrlmsise00.density_kg_m3(times, place.latitude_rad, place.longitude_rad, place.height_m, CALM)
    wind = v - np.cross(EARTH_ROTATION_RATE_RAD_S * to_ground[:, 2], r)
    power = -0.5 * DRAG_M2_KG * density * np.linalg.norm(wind, axis=1) * (wind * v).sum(axis=1)
    taken = np.trapezoid(power, (times - EPOCH) * 1e-9)
    energy = 0.5 * (v**2).sum(axis=1) - EARTH_MU_EGM2008_M3_S2 / np.linalg.norm(r, axis=1)
    deviation(float(abs((energy[-1] - energy[0]) / taken - 1.0)), "of the work", SUMMED)
