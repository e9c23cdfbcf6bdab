"""Which of all objects may come down soon: a cheap look that lets through whatever could."""

import numpy as np

from baken.astro.arrays import Floats, Truths
from baken.astro.mean_decay import MeanStates

# An orbit that sinks this fast lives about this height over its rate; eccentric ones longer.
SINKING_HEIGHT_M = 60e3
# How much faster it may go than its set says, and how much later the sun may wake.
MARGIN = 4.0
# Sinking of the size by drag at a round orbit this low has no need of anybody's rate.
SURELY_LOW_M = 220e3
# A perigee this deep ends any orbit soon, whatever a rate fitted to few passes says.
SURELY_DEEP_M = 150e3


def may_fall_within(states: MeanStates, sinks_m_s: Floats, within_s: float, earth_radius_m: float) -> Truths:
    """Tell which orbits may come down within a time, by how fast their size shrinks (negative) and how low.

    The height left over the rate, with a margin of four, decides; a perigee below 220 km lets through by
    itself when the orbit is low as a whole, and one below 150 km always.

    Shape: states (n, 6) as of ``mean_decay``, rates (n,).

    >>> state = np.array([[6_700e3, 0.0, 0.0, 1.0, 0.0, 0.0]])
    >>> may_fall_within(state, np.array([-0.02]), 30 * 86400.0, 6_378_135.0)
    array([ True])
    """
    e = np.hypot(states[:, 1], states[:, 2])
    # What is left of an eccentric orbit is its size down to a round one at its perigee.
    left_m = SINKING_HEIGHT_M + states[:, 0] * e
    falls = -sinks_m_s * within_s * MARGIN > left_m
    perigee_m = states[:, 0] * (1.0 - e) - earth_radius_m
    is_low = (perigee_m < SURELY_LOW_M) & (e < 0.05)
    return np.asarray(falls | is_low | (perigee_m < SURELY_DEEP_M))
