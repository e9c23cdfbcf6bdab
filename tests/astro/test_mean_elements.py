"""Do means stay where they are while the osculating elements swing around them?"""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_J2_EGM2008, EARTH_MU_M3_S2, EARTH_RADIUS_EGM2008_M
from baken.astro.elements import KeplerianElements, elements_from_state, state_from_elements
from baken.astro.mean_elements import mean_elements_from_state

# J2 squared over a revolution; the osculating perigee swings by kilometres.
PERIGEE_SWING_M, OSCULATING_SWING_M = 150.0, 3_000.0

# J2, and the drift of node and perigee in half a revolution.
OF_THE_FLATTENING = 0.003


def along_a_day(eccentricity: float, inclination_rad: float) -> tuple[Floats, Floats]:
    """Return states along a day of the flattening alone."""
    axis_m = 6_800e3 / (1.0 - eccentricity)
    elements = KeplerianElements(*map(np.array, (axis_m, eccentricity, inclination_rad, 0.5, 0.7, 0.3)))

    def rate(_: float, state: Floats) -> Floats:
        r, distance = state[:3], np.linalg.norm(state[:3])
        oblate = 1.5 * EARTH_J2_EGM2008 * (EARTH_RADIUS_EGM2008_M / distance) ** 2
        up2 = 5.0 * (r[2] / distance) ** 2
        pull = -EARTH_MU_M3_S2 / distance**3 * r * (1.0 + oblate * (np.array([1.0, 1.0, 3.0]) - up2))
        return np.concatenate([state[3:], pull])

    start, at_s = np.concatenate(state_from_elements(elements)), np.linspace(0.0, 86_400.0, 200)
    rows = solve_ivp(rate, (0.0, at_s[-1]), start, method="DOP853", rtol=1e-11, atol=1e-4, t_eval=at_s).y.T
    return rows[:, :3], rows[:, 3:]


@pytest.mark.parametrize("inclination_rad", [0.2, 1.1, 1.6])
@pytest.mark.parametrize("eccentricity", [0.001, 0.05, 0.3])
def test_the_mean_perigee_stays_while_the_osculating_one_swings(eccentricity, inclination_rad):
    position, velocity = along_a_day(eccentricity, inclination_rad)
    mean, seen = mean_elements_from_state(position, velocity), elements_from_state(position, velocity)
    assert np.ptp(seen.semi_major_axis_m * (1.0 - seen.eccentricity)) > OSCULATING_SWING_M
    assert np.ptp(mean[:, 0] * (1.0 - mean[:, 1])) < PERIGEE_SWING_M


def test_the_place_on_the_orbit_is_kept():
    position, velocity = along_a_day(0.05, 1.1)
    mean, seen = mean_elements_from_state(position, velocity), elements_from_state(position, velocity)
    cosine, sine = np.cos(seen.argument_of_perigee_rad), np.sin(seen.argument_of_perigee_rad)
    assert np.abs(mean[:, 1] * np.cos(mean[:, 4]) - seen.eccentricity * cosine).max() < OF_THE_FLATTENING
    assert np.abs(mean[:, 1] * np.sin(mean[:, 4]) - seen.eccentricity * sine).max() < OF_THE_FLATTENING
    assert np.abs(np.sin(mean[:, 3] - seen.raan_rad)).max() < OF_THE_FLATTENING


def test_many_at_once_equal_one_by_one_and_what_leaves_has_none():
    position, velocity = along_a_day(0.05, 1.1)
    velocity[3] *= 2.0
    many = mean_elements_from_state(position[:9], velocity[:9])
    one_by_one = [mean_elements_from_state(position[k], velocity[k])[0] for k in range(9)]
    assert np.array_equal(many, one_by_one, equal_nan=True)
    assert np.isnan(many[3]).all()
    assert np.isfinite(np.delete(many, 3, axis=0)).all()
