"""Motion about an oblate Earth, step by step: what a burn brings, under the pull of J2."""

import numpy as np

from baken.astro._oblate_step import step
from baken.astro.arrays import Floats, FloatsLike
from baken.astro.compiled import compiled

# A radian at the lowest orbits takes 830 s: at 4 s a step of fourth order is off by 1e-11 of it.
LONGEST_STEP_S = 4.0


def oblate_states(
    position_m: FloatsLike, velocity_m_s: FloatsLike, after_s: FloatsLike
) -> tuple[Floats, Floats]:
    """Return states after times that lead ever further from now, under the pull of a round Earth and J2.

    In an inertial frame whose z axis is the Earth's.  Runge and Kutta's fourth order, steps of 4 s at most,
    into the past when the times are negative.

    Shape:  (n, 3) each, times (k,); the results (n, k, 3).
    Source: Montenbruck & Gill (2000), Satellite Orbits, equations 3.27 and 4.6.

    >>> along_m, _ = oblate_states([[7e6, 0.0, 0.0]], [[0.0, 7546.0, 0.0]], [0.0, 60.0, 120.0])
    >>> along_m.shape, bool((along_m[..., 2] == 0.0).all())
    ((1, 3, 3), True)
    """
    state = np.concatenate([np.asarray(position_m, float), np.asarray(velocity_m_s, float)], axis=1)
    stretch_s = np.diff(np.asarray(after_s, dtype=float), prepend=0.0)
    rows = np.empty((len(state), stretch_s.size, 6))
    _step_through(state, stretch_s, rows)
    return rows[..., :3], rows[..., 3:]


@compiled
def _step_through(states: Floats, stretch_s: Floats, rows: Floats) -> None:
    """Write the rows of every state, one at the end of each stretch."""
    rates, here, now = np.empty((4, 6)), np.empty(6), np.empty(6)
    for k in range(len(states)):
        now[:] = states[k]
        for row in range(rows.shape[1]):
            n_steps = max(1, int(np.ceil(abs(stretch_s[row]) / LONGEST_STEP_S)))
            step_s = stretch_s[row] / n_steps
            for _ in range(n_steps):
                step(now, step_s, here, rates)
            rows[k, row] = now
