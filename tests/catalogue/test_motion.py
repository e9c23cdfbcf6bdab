"""Does the motion of a picture let go of what SGP4 carries off?"""

import numpy as np
import pytest

from baken.astro.motions import BEYOND_ITS_ORBIT, BoundMotion
from baken.catalogue.motion import motion_of
from tests.makers import DAY_NS, EPOCH_TAI_NS, HOUR_NS, REVOLUTION_A_DAY_RAD_S, element_set


class CarriedOff:
    """An object on a circle that widens by a tenth every hour."""

    n_objects = 1

    def states(self, object_index, epoch_tai_ns):
        hours = (epoch_tai_ns - EPOCH_TAI_NS) / HOUR_NS
        position_m = np.outer(7e6 * (1.0 + 0.1 * hours), [1.0, 0.0, 0.0])
        return position_m, np.full((hours.size, 3), 4e3), np.zeros(hours.size, dtype=np.int8)


def statuses_of(made, days):
    epochs = EPOCH_TAI_NS + np.arange(0, days * DAY_NS, DAY_NS // 24)
    position_m, _, status = motion_of([made]).states(np.zeros(epochs.size, dtype=np.int64), epochs)
    return position_m, status


def test_an_object_is_not_followed_further_out_than_its_orbit_reaches():
    motion = BoundMotion(CarriedOff(), np.array([8e6]))
    epochs = EPOCH_TAI_NS + np.arange(4) * HOUR_NS
    position_m, velocity_m_s, status = motion.states(np.zeros(4, dtype=np.int64), epochs)
    assert status.tolist() == [0, 0, BEYOND_ITS_ORBIT, BEYOND_ITS_ORBIT]
    assert np.isnan(position_m[2:]).all()
    assert np.isnan(velocity_m_s[2:]).all()


def test_an_orbit_reaches_a_quarter_beyond_its_apogee():
    made = element_set(1, mean_motion_rad_s=15.0 * REVOLUTION_A_DAY_RAD_S, eccentricity=0.1)
    semi_major_axis_m = 6_945e3  # Kepler's third law for fifteen revolutions a day
    assert motion_of([made]).largest_radius_m[0] == pytest.approx(1.25 * 1.1 * semi_major_axis_m, rel=1e-3)


def test_an_object_in_a_quiet_orbit_is_followed_to_the_end():
    _, status = statuses_of(element_set(1), days=25)
    assert (status == 0).all()


def test_a_long_ellipse_is_followed_to_its_apogee():
    molniya = element_set(1, mean_motion_rad_s=2.006 * REVOLUTION_A_DAY_RAD_S, eccentricity=0.72)
    position_m, status = statuses_of(molniya, days=25)
    assert (status == 0).all()
    assert np.linalg.norm(position_m, axis=1).max() > 45e6
