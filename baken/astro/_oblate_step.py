"""One step of a state under the pull of a round Earth and its flattening."""

import math

from baken.astro.arrays import Floats
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_J2_EGM2008, EARTH_MU_M3_S2, EARTH_RADIUS_EGM2008_M


@compiled
def step(now: Floats, step_s: float, here: Floats, rates: Floats) -> None:
    """Move a state on by one step of Runge and Kutta's fourth order, in place.

    ``here`` (6,) and ``rates`` (4, 6) are room to work in.
    """
    _fill_rates(now, rates[0])
    for stage in range(1, 4):
        ahead_s = step_s if stage == 3 else 0.5 * step_s
        for c in range(6):
            here[c] = now[c] + ahead_s * rates[stage - 1, c]
        _fill_rates(here, rates[stage])
    for c in range(6):
        now[c] += step_s / 6.0 * (rates[0, c] + 2.0 * (rates[1, c] + rates[2, c]) + rates[3, c])


@compiled
def _fill_rates(state: Floats, rate: Floats) -> None:
    """Write the rate of a state: its velocity, and what pulls it."""
    x, y, z = state[0], state[1], state[2]
    r2 = x * x + y * y + z * z
    pull = -EARTH_MU_M3_S2 / (r2 * math.sqrt(r2))
    oblate = 1.5 * EARTH_J2_EGM2008 * EARTH_RADIUS_EGM2008_M**2 / r2
    across = pull * (1.0 + oblate * (1.0 - 5.0 * z * z / r2))
    rate[0], rate[1], rate[2] = state[3], state[4], state[5]
    rate[3], rate[4] = across * x, across * y
    rate[5] = pull * (1.0 + oblate * (3.0 - 5.0 * z * z / r2)) * z
