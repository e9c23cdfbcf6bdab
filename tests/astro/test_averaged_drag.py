"""Does the motion averaged over a revolution agree with the motion stepped through, and keep its laws?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from baken.assess.fragmentation.cloud import cloud_elements
from baken.astro.air_layers import AirLayers, layers_of_air
from baken.astro.atmosphere.density_grid import DensityGrid, density_grid
from baken.astro.averaged_drag import axis_rates_m_s, follow_mean_elements
from baken.astro.constants import (
    EARTH_J2_EGM2008,
    EARTH_MU_M3_S2,
    EARTH_RADIUS_EGM2008_M,
    EARTH_RADIUS_WGS84_M,
    EARTH_ROTATION_RATE_RAD_S,
    TURN_RAD,
)
from baken.astro.elements import KeplerianElements, state_from_elements
from baken.astro.mean_decay import clock_at, drag_rates_m_s
from baken.astro.space_weather import SpaceWeather

SCALE_HEIGHT_M, AT_300_KM = 45e3, 2e-11
DAY_NS, DAY_S = 86_400 * 10**9, 86_400.0
# What J2 squared does to perigees, half a kilometre, is a hundredth of the density.
OF_THE_LOSS = 0.02
# The one samples hours and seasons where the object is, the other takes their mean along the orbit; and the
# table of the one is good to 2.5 %.
OF_THE_OTHER_KERNEL = 0.045
OF_THE_TURN_OF_THE_NODE = 0.01
THREE_DAYS_OF_NODE_RAD = 0.4
HEIGHT_M = 100e3 + 20e3 * np.arange(60)
EXPONENTIAL = AirLayers(
    epoch_tai_ns=np.array([0]),
    lowest_m=100e3,
    step_m=20e3,
    log_density=np.log(AT_300_KM) - (HEIGHT_M[None, :] - 300e3) / SCALE_HEIGHT_M,
)


def stepped(position_m, velocity_m_s, ballistic_m2_kg, after_s):
    """The slow clear version: J2 and drag in air that turns with the Earth, step by step."""

    def rate(_, state):
        r, v = state[:3], state[3:]
        distance = np.linalg.norm(r)
        oblate = 1.5 * EARTH_J2_EGM2008 * (EARTH_RADIUS_EGM2008_M / distance) ** 2
        up2 = 5.0 * (r[2] / distance) ** 2
        pull = -EARTH_MU_M3_S2 / distance**3 * r * (1.0 + oblate * (np.array([1.0, 1.0, 3.0]) - up2))
        wind = v - EARTH_ROTATION_RATE_RAD_S * np.array([-r[1], r[0], 0.0])
        rho = AT_300_KM * np.exp(-(distance - EARTH_RADIUS_WGS84_M - 300e3) / SCALE_HEIGHT_M)
        return np.concatenate([v, pull - 0.5 * ballistic_m2_kg * rho * np.linalg.norm(wind) * wind])

    start = np.concatenate([position_m, velocity_m_s])
    return solve_ivp(rate, (0.0, after_s), start, method="DOP853", rtol=1e-10, atol=1e-3).y[:, -1]


@pytest.mark.capability(
    "decay of clouds, averaged over a turn",
    status="MODELLED",
    authority="the same motion stepped through, exponential air",
)
@pytest.mark.parametrize("inclination_rad", [0.2, 1.1, 1.6])
@pytest.mark.parametrize("eccentricity", [0.001, 0.02, 0.1])
def test_loss_and_node_agree_with_the_motion_stepped_through(eccentricity, inclination_rad, deviation):
    axis_m = (EARTH_RADIUS_WGS84_M + 320e3) / (1.0 - eccentricity)
    kepler = KeplerianElements(*map(np.array, (axis_m, eccentricity, inclination_rad, 0.5, 0.7, 0.3)))
    position, velocity = state_from_elements(kepler)
    start = cloud_elements(position, velocity, np.zeros((1, 3)))
    led = follow_mean_elements(start, 0.02, 0, [3 * DAY_NS], EXPONENTIAL)[0, 0]
    end = stepped(position, velocity, 0.02, 3 * DAY_S)
    clear = cloud_elements(end[:3], end[3:], np.zeros((1, 3)))[0]
    lost_m, clear_lost_m = start[0, 0] - led[0], start[0, 0] - clear[0]
    assert clear_lost_m > 100.0
    turned, clear_turned = led[3] - start[0, 3], (clear[3] - start[0, 3] + np.pi) % (2.0 * np.pi) - np.pi
    assert abs(turned - clear_turned) < OF_THE_TURN_OF_THE_NODE * THREE_DAYS_OF_NODE_RAD
    deviation(abs(lost_m / clear_lost_m - 1.0), "of the loss", OF_THE_LOSS)


@pytest.fixture(scope="module")
def one_day_of_air() -> DensityGrid:
    return density_grid(0, DAY_NS)


@pytest.mark.capability(
    "two kernels of averaged drag, of clouds and of re-entries, on one orbit",
    status="VALIDATED",
    authority="each other, over all nodes and perigees, in the same air",
)
@pytest.mark.parametrize("inclination_rad", [0.5, 1.29, 1.7])
@pytest.mark.parametrize(
    ("perigee_m", "e"), [(200e3, 0.001), (400e3, 0.001), (550e3, 0.001), (400e3, 0.05), (200e3, 0.7)]
)
def test_clouds_and_reentries_sink_alike(perigee_m, e, inclination_rad, one_day_of_air, deviation):
    flux, ap, n = 130.0, 10.0, 12
    axis_m = (EARTH_RADIUS_WGS84_M + perigee_m) / (1.0 - e)
    node, omega = (row.ravel() for row in np.meshgrid(*[TURN_RAD * np.arange(n) / n] * 2))
    same = np.ones(n * n)
    states = np.stack(
        [axis_m * same, e * np.cos(omega), e * np.sin(omega), inclination_rad * same, node, 0.0 * same],
        axis=1,
    )
    weather = np.tile([flux, flux, ap], (n * n, 1))
    of_reentry = drag_rates_m_s(states, 0.0 * same, weather, clock_at(0, 0), one_day_of_air).mean()
    layers = layers_of_air([0], SpaceWeather(f107_sfu=flux, f107_81_day_sfu=flux, ap=ap), inclination_rad)
    of_cloud = axis_rates_m_s([[axis_m, e, inclination_rad, 0.0, 0.0, 0.0]], 1.0, layers)[0]
    deviation(abs(of_cloud / of_reentry - 1.0), "of the rate", OF_THE_OTHER_KERNEL)


@settings(max_examples=25, deadline=None)
@given(st.floats(200e3, 900e3), st.floats(0.0, 0.05), st.floats(1e-3, 1.0), st.floats(1.0, 5.0))
def test_more_drag_never_keeps_an_orbit_higher(perigee_m, eccentricity, ballistic_m2_kg, times):
    axis_m = (EARTH_RADIUS_WGS84_M + perigee_m) / (1.0 - eccentricity)
    orbit = [axis_m, eccentricity, 1.2, 0.0, 0.0, 0.0]
    at = np.array([10, 100, 400]) * DAY_NS
    rows = follow_mean_elements(
        [orbit, orbit], [ballistic_m2_kg, times * ballistic_m2_kg], 0, at, EXPONENTIAL
    )
    less, more = np.nan_to_num(rows[..., 0], nan=0.0)
    assert (more <= less + 10.0).all()
    assert (np.diff(less) <= 0.0).all()


def test_many_orbits_at_once_equal_one_by_one():
    rng = np.random.default_rng(1)
    orbits = np.stack([7e6 + 2e5 * rng.random(20), 0.03 * rng.random(20), *rng.random((4, 20))], axis=1)
    many = follow_mean_elements(orbits, 0.1, 0, [30 * DAY_NS, 90 * DAY_NS], EXPONENTIAL)
    one_by_one = [
        follow_mean_elements(orbit, 0.1, 0, [30 * DAY_NS, 90 * DAY_NS], EXPONENTIAL)[0] for orbit in orbits
    ]
    assert np.array_equal(many, one_by_one, equal_nan=True)


def test_layers_follow_the_sun():
    quiet, active = (
        SpaceWeather(f107_sfu=f107, f107_81_day_sfu=f107, ap=ap) for f107, ap in ((70.0, 5.0), (200.0, 15.0))
    )
    growth = layers_of_air([0], active, 1.4).log_density[0] - layers_of_air([0], quiet, 1.4).log_density[0]
    assert np.exp(growth[15]) > 5.0  # 400 km: an order of magnitude from quiet to active
    assert np.all(np.diff(layers_of_air([0], quiet, 1.4).log_density[0]) < 0.0)


def test_an_air_that_thickens_half_way_is_felt_from_then_on():
    thick = AirLayers(
        epoch_tai_ns=np.array([0, 10 * DAY_NS]),
        lowest_m=100e3,
        step_m=20e3,
        log_density=EXPONENTIAL.log_density + np.log([[1.0], [4.0]]),
    )
    orbit, at = [[EARTH_RADIUS_WGS84_M + 500e3, 0.001, 1.0, 0.0, 0.0, 0.0]], [10 * DAY_NS, 12 * DAY_NS]
    plain, thicker = (follow_mean_elements(orbit, 0.02, 0, at, air)[0, :, 0] for air in (EXPONENTIAL, thick))
    assert plain[0] == thicker[0]
    assert (thicker[0] - thicker[1]) == pytest.approx(4.0 * (plain[0] - plain[1]), rel=0.01)


def test_times_before_the_start_are_refused():
    with pytest.raises(ValueError, match="epoch_tai_ns must increase"):
        follow_mean_elements([[7e6, 0.0, 1.0, 0.0, 0.0, 0.0]], 0.1, 10, [5], EXPONENTIAL)
