"""Does the drawn way past another object agree with what is known of the moment itself, and with itself?"""

import numpy as np

from baken.assess.conjunction.passage import LONGEST_S, half_span_s, passage_rtn_m

FIRST, OTHER = ([7.0e6, 0.0, 0.0], [0.0, 7_546.0, 0.0]), ([7.0e6 + 120.0, 0.0, 0.0], [0.0, 0.0, 7_546.0])
POSITION_M, VELOCITY_M_S = np.array([FIRST[0], OTHER[0]]), np.array([FIRST[1], OTHER[1]])
# Gravity bends either path by 4 m/s2 times the square of half a second, and both alike.
BENT_M = 0.5


def test_for_a_moment_the_way_is_straight_and_as_fast_as_the_velocities_say():
    after_s = np.linspace(-0.5, 0.5, 11)
    seen_m = passage_rtn_m(POSITION_M, VELOCITY_M_S, after_s)
    # The first object's own axes turn by 1 mrad a second under it.
    turn_rad_s = 7_546.0 / 7.0e6
    straight_m = np.stack(
        [120.0 + 0.0 * after_s, -(7_546.0 + 120.0 * turn_rad_s) * after_s, 7_546.0 * after_s], axis=-1
    )
    bent_by_turning_m = 0.5 * 7_546.0 * turn_rad_s * 0.5
    assert np.abs(seen_m - straight_m).max() < BENT_M + bent_by_turning_m


def test_it_is_nearest_at_the_moment_of_closest_approach():
    after_s = np.linspace(-5.0, 5.0, 101)
    distance_m = np.linalg.norm(passage_rtn_m(POSITION_M, VELOCITY_M_S, after_s), axis=-1)
    assert distance_m.argmin() == 50


def test_many_moments_at_once_are_as_one_by_one():
    after_s = np.array([-30.0, -1.0, 0.0, 12.5])
    one_by_one = [passage_rtn_m(POSITION_M, VELOCITY_M_S, [each])[0] for each in after_s]
    assert np.array_equal(passage_rtn_m(POSITION_M, VELOCITY_M_S, after_s), one_by_one)


def test_two_that_do_not_move_apart_are_drawn_for_the_longest_time_there_is():
    assert half_span_s(100.0, 0.0) == LONGEST_S
