"""Integrating a second-order equation by collocation: the acceleration of a step is a polynomial.

Over a step the acceleration is taken at Gauss's points.  Polynomials through those values, integrated once
and twice, give velocity and position at the same points and at the end.  The loop closes by Picard's
iteration, and most of it runs on a cheap force (a point mass with J2): what the true force has more is held
fixed meanwhile.  So the dear force is asked two to four times a point, however long the step.

Source: Bradley, Jones, Beylkin, Sandberg & Axelrad (2014), Bandlimited implicit Runge-Kutta integration for
        astrodynamics, Celest. Mech. Dyn. Astr. 119; Hairer, Norsett & Wanner (1993), section II.7, for the
        rest.
"""

import numpy as np
from numpy.polynomial import chebyshev, legendre

from baken.astro.arrays import Floats, Instants
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_J2_EGM2008, EARTH_RADIUS_EGM2008_M

N_NODES = 24
N_COEFFICIENTS = N_NODES + 2


def _integrals() -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return from the values at the nodes: integrals to each node, twice, to the end; and Legendre series."""
    s, weight = legendre.leggauss(N_NODES)
    to_series = legendre.legvander(s, N_NODES - 1).T * weight * (np.arange(N_NODES)[:, None] + 0.5)
    # The step runs over [0, 1], Gauss's points over [-1, 1]: half for each integral.
    once = 0.5 * legendre.legint(to_series, lbnd=-1)
    twice = 0.5 * legendre.legint(once, lbnd=-1)
    ends = np.append(s, 1.0)
    return (
        0.5 * (s + 1.0),
        legendre.legvander(ends, N_NODES) @ once,
        legendre.legvander(ends, N_NODES + 1) @ twice,
        to_series,
        twice,
    )


NODES, ONCE, TWICE, TO_SERIES, TWICE_SERIES = _integrals()
# The last row of each is the end of the step.
ONCE_TO_NODES, TWICE_TO_NODES = np.ascontiguousarray(ONCE[:-1].T), np.ascontiguousarray(TWICE[:-1].T)
ONCE_TO_END, TWICE_TO_END = ONCE[-1].copy(), TWICE[-1].copy()
# From the accelerations of a step to the Chebyshev series of position over it, less where it began.
_S = np.cos(np.pi * (np.arange(N_COEFFICIENTS) + 0.5) / N_COEFFICIENTS)
TO_CHEBYSHEV = np.ascontiguousarray(
    np.linalg.solve(
        chebyshev.chebvander(_S, N_COEFFICIENTS - 1),
        legendre.legvander(_S, N_COEFFICIENTS - 1) @ TWICE_SERIES,
    )
)
RUN_AWAY_M = 1e12
J2_FACTOR_M2 = 1.5 * EARTH_J2_EGM2008 * EARTH_RADIUS_EGM2008_M**2


@compiled
def _add_cheap(mu_m3_s2: float, x: Floats, a: Floats) -> None:
    """Add the pull of a point mass with J2 along the third axis.  Shape: (3, N)."""
    for i in range(x.shape[1]):
        r2 = x[0, i] * x[0, i] + x[1, i] * x[1, i] + x[2, i] * x[2, i]
        one_over_r2 = 1.0 / r2
        pull = -mu_m3_s2 * one_over_r2 * np.sqrt(one_over_r2)
        sine2 = x[2, i] * x[2, i] * one_over_r2
        flat = J2_FACTOR_M2 * one_over_r2
        across = pull * (1.0 + flat * (1.0 - 5.0 * sine2))
        a[0, i] += across * x[0, i]
        a[1, i] += across * x[1, i]
        a[2, i] += pull * (1.0 + flat * (3.0 - 5.0 * sine2)) * x[2, i]


@compiled
def close_the_loop(
    mu_m3_s2: float,
    begin_m: Floats,
    begin_m_s: Floats,
    step_s: Floats,
    more_m_s2: Floats,
    enough_m: float,
    max_n_turns: int,
    position_m: Floats,
    velocity_m_s: Floats,
    acceleration_m_s2: Floats,
    change_m: Floats,
) -> None:
    """Turn Picard's iteration on the cheap force until positions stand still; what is more is held fixed.

    Begins at the positions it finds.  Writes position, velocity and acceleration at the nodes, and how far
    positions moved in all: NaN where they did not come to rest.

    Shape: begin (m, 3), step (m,), the others (3, m, N), change (m,).
    """
    n = NODES.size
    x, y, a = np.empty((3, n)), np.empty((3, n)), np.empty((3, n))
    before, last = np.empty((3, n)), np.empty(3)
    for k in range(step_s.size):
        h = step_s[k]
        x[:] = position_m[:, k]
        before[:] = x
        moved = np.inf
        turn = 0
        while moved > enough_m and turn < max_n_turns:
            a[:] = more_m_s2[:, k]
            _add_cheap(mu_m3_s2, x, a)
            last[:] = x[:, n - 1]
            for c in range(3):
                y[c] = 0.0
                for j in range(n):
                    for i in range(n):
                        y[c, i] += TWICE_TO_NODES[j, i] * a[c, j]
                for i in range(n):
                    x[c, i] = begin_m[k, c] + h * (NODES[i] * begin_m_s[k, c] + h * y[c, i])
            # What Picard still has wrong grows along the step: the last node tells.
            moved = np.abs(x[:, n - 1] - last).max()
            if not moved < RUN_AWAY_M:
                break
            turn += 1
        a[:] = more_m_s2[:, k]
        _add_cheap(mu_m3_s2, x, a)
        for c in range(3):
            y[c] = 0.0
            for j in range(n):
                for i in range(n):
                    y[c, i] += ONCE_TO_NODES[j, i] * a[c, j]
            for i in range(n):
                velocity_m_s[c, k, i] = begin_m_s[k, c] + h * y[c, i]
                position_m[c, k, i] = x[c, i]
                acceleration_m_s2[c, k, i] = a[c, i]
        change_m[k] = np.abs(x - before).max() if moved <= enough_m else np.nan


@compiled
def subtract_cheap(mu_m3_s2: float, position_m: Floats, acceleration_m_s2: Floats) -> None:
    """Take the cheap force out of accelerations, so that what is more is left.  Shape: (3, m, N)."""
    for k in range(position_m.shape[1]):
        _add_cheap(-mu_m3_s2, position_m[:, k], acceleration_m_s2[:, k])


@compiled
def end_of_step(
    begin_m: Floats,
    begin_m_s: Floats,
    step_s: Floats,
    acceleration_m_s2: Floats,
    end_m: Floats,
    end_m_s: Floats,
    series_m: Floats,
    error_m: Floats,
) -> None:
    """Write the state at the end, the Chebyshev series of position, and what the last terms weigh.

    Shape: begin and end (m, 3), acceleration (3, m, N), series (m, 3, N + 2), error (m,).
    """
    n = NODES.size
    for k in range(step_s.size):
        h = step_s[k]
        error = 0.0
        for c in range(3):
            once, twice, last, last_but_one = 0.0, 0.0, 0.0, 0.0
            for j in range(n):
                a = acceleration_m_s2[c, k, j]
                once += ONCE_TO_END[j] * a
                twice += TWICE_TO_END[j] * a
                last += TO_SERIES[n - 1, j] * a
                last_but_one += TO_SERIES[n - 2, j] * a
            end_m[k, c] = begin_m[k, c] + h * (begin_m_s[k, c] + h * twice)
            end_m_s[k, c] = begin_m_s[k, c] + h * once
            error = max(error, abs(last) + abs(last_but_one))
            for i in range(n + 2):
                value = 0.0
                for j in range(n):
                    value += TO_CHEBYSHEV[i, j] * acceleration_m_s2[c, k, j]
                series_m[k, c, i] = h * h * value
            series_m[k, c, 0] += begin_m[k, c] + 0.5 * h * begin_m_s[k, c]
            series_m[k, c, 1] += 0.5 * h * begin_m_s[k, c]
        error_m[k] = error * h * h


@compiled
def evaluate_steps(
    piece: Instants,
    series_m: Floats,
    step_s: Floats,
    at: Floats,
    position_m: Floats,
    velocity_m_s: Floats,
) -> None:
    """Write position and its derivative where ``at`` in [-1, 1] of a piece is asked; rows of -1 are left.

    Source: Clenshaw's recurrence, for value and derivative side by side.
    """
    for p in range(piece.size):
        k = piece[p]
        if k < 0:
            continue
        s = at[p]
        for c in range(3):
            b1, b2, d1, d2 = 0.0, 0.0, 0.0, 0.0
            for i in range(series_m.shape[2] - 1, 0, -1):
                d1, d2 = 2.0 * b1 + 2.0 * s * d1 - d2, d1
                b1, b2 = 2.0 * s * b1 - b2 + series_m[k, c, i], b1
            position_m[p, c] = series_m[k, c, 0] + s * b1 - b2
            velocity_m_s[p, c] = (b1 + s * d1 - d2) * 2.0 / step_s[k]


@compiled
def find_steps(
    first_step: Instants, start_s: Floats, step_s: Floats, index: Instants, time_s: Floats
) -> Instants:
    """Return the step that holds each (object, time) pair, or -1."""
    found = np.full(index.size, -1, dtype=np.int64)
    for p in range(index.size):
        lo, hi = first_step[index[p]], first_step[index[p] + 1]
        if lo == hi:
            continue
        k = lo + np.searchsorted(start_s[lo:hi], time_s[p], side="right") - 1
        k = max(k, lo)
        # A nanosecond of grace: ends are sums of steps.
        if start_s[k] - 1e-6 <= time_s[p] <= start_s[k] + step_s[k] + 1e-6:
            found[p] = k
    return found
