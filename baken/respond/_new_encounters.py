"""Where two objects meet after one of them has burned: arrays only."""

import numpy as np

from baken.astro.arrays import Floats, Truths
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.elements import elements_from_state
from baken.astro.frames import State
from baken.astro.local_frames import rotation_inertial_to_rtn
from baken.astro.oblate_motion import oblate_states
from baken.astro.rotations import turned_back
from baken.astro.two_bodies import two_body_state

# How far neighbours stand aside for a transition: 10 m and 1 cm/s, where second order and rounding are small.
NEIGHBOUR = np.array([10.0, 10.0, 10.0, 0.01, 0.01, 0.01])
MOST_STEPS = 40
CLOSE_ENOUGH_S = 1e-7
# Further from the old time than this it is another meeting of the two.
FURTHEST_PERIODS = 0.25


def states_after_burns(
    position_m: Floats, velocity_m_s: Floats, lead_s: Floats, delta_v_rtn_m_s: Floats
) -> State:
    """Return the states to which burns so long before bring an object, at the time of its given state.

    The way back to each burn, and how a change of state there is carried forward, come from one numerical
    orbit with J2 and its neighbours.  Forward the change is linear, but for its part along the track: that is
    a time gained or lost on the orbit, and taken as one, however large.  No burn changes nothing, to the last
    bit.  Drag and what the Moon and Sun change in the difference are left out.

    Shape:  (3,), (3,), leads (m,), burns (m, 3) in radial, transverse, normal at the burn; results (m, 3).
    """
    leads, row = np.unique(lead_s, return_inverse=True)
    there_m, there_m_s, by_velocity = _carried_forward(position_m, velocity_m_s, leads)
    burn_m_s = turned_back(rotation_inertial_to_rtn(there_m, there_m_s)[row], delta_v_rtn_m_s)
    # A burn across the velocity gains half its square in energy, which days turn into a lag along the track.
    speed2 = (there_m_s**2).sum(axis=-1)[row]
    burn_m_s += there_m_s[row] * (0.5 * (burn_m_s**2).sum(axis=-1) / speed2)[:, None]
    change = np.einsum("mij,mj->mi", by_velocity[row], burn_m_s)
    gained_s = change[:, :3] @ velocity_m_s / float((velocity_m_s**2).sum())
    along = np.concatenate([velocity_m_s, _pull_m_s2(position_m)])
    aside = change - gained_s[:, None] * along
    return two_body_state(position_m + aside[:, :3], velocity_m_s + aside[:, 3:], gained_s)


def _carried_forward(
    position_m: Floats, velocity_m_s: Floats, lead_s: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return states so long before a given one, and how a change of velocity there changes the given one.

    Neighbours on both sides give the transition backward; a motion under a potential is symplectic, so the
    way forward is the same numbers in other places.

    Shape:  leads (k,), rising; the results (k, 3), (k, 3) and (k, 6, 3).
    """
    aside = np.concatenate([np.eye(6), -np.eye(6)]) * NEIGHBOUR
    states = np.concatenate([position_m, velocity_m_s]) + np.concatenate([np.zeros((1, 6)), aside])
    there_m, there_m_s = oblate_states(states[:, :3], states[:, 3:], -lead_s)
    there = np.concatenate([there_m, there_m_s], axis=2)
    backward = np.moveaxis((there[1:7] - there[7:]) / (2.0 * NEIGHBOUR[:, None, None]), 0, 2)
    by_position, by_velocity = backward[:, :3, :3], backward[:, :3, 3:]
    forward = np.concatenate([-np.swapaxes(by_velocity, 1, 2), np.swapaxes(by_position, 1, 2)], axis=1)
    return there[0, :, :3], there[0, :, 3:], forward


def closest_approaches(first: State, second: State) -> tuple[State, State, Truths]:
    """Return the states of both at their closest approach near the given time, and where there is one.

    Newton's method on the rate of the distance, both moving as two bodies.  There is none where the search
    leaves the quarter of a revolution around the given time or does not settle at a minimum.

    Shape:  (m, 3) each; the truths are (m,).
    """
    period_s = _period_s(*first)
    shift_s = np.zeros(first[0].shape[0])
    for _ in range(MOST_STEPS):
        one, other = two_body_state(*first, shift_s), two_body_state(*second, shift_s)
        step_s = _newton_step_s(one, other)
        reach_s = 0.1 * period_s
        shift_s = shift_s + np.clip(step_s, -reach_s, reach_s)
        if np.all((np.abs(step_s) < CLOSE_ENOUGH_S) | (np.abs(shift_s) > FURTHEST_PERIODS * period_s)):
            break
    one, other = two_body_state(*first, shift_s), two_body_state(*second, shift_s)
    settled = np.abs(_newton_step_s(one, other)) < CLOSE_ENOUGH_S
    near = np.abs(shift_s) <= FURTHEST_PERIODS * period_s
    return one, other, np.asarray(settled & near)


def _newton_step_s(one: State, other: State) -> Floats:
    apart_m, apart_m_s = other[0] - one[0], other[1] - one[1]
    bend = _pull_m_s2(other[0]) - _pull_m_s2(one[0])
    rate, speed2 = (apart_m * apart_m_s).sum(axis=-1), (apart_m_s**2).sum(axis=-1)
    slope = speed2 + (apart_m * bend).sum(axis=-1)
    # Where the distance bends downward there is no minimum to go to; the straight line leads away from it.
    return np.asarray(-rate / np.where(slope > 0.1 * speed2, slope, speed2))


def _pull_m_s2(position_m: Floats) -> Floats:
    radius_m = np.sqrt((position_m**2).sum(axis=-1, keepdims=True))
    return np.asarray(-EARTH_MU_M3_S2 * position_m / radius_m**3)


def _period_s(position_m: Floats, velocity_m_s: Floats) -> Floats:
    axis_m = elements_from_state(position_m, velocity_m_s).semi_major_axis_m
    return np.asarray(2.0 * np.pi * np.sqrt(axis_m**3 / EARTH_MU_M3_S2))
