"""Where the distance of a pair is smallest in a window: first by polynomials, then by the motion itself."""

import math

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction._windows import Indices
from baken.astro._chebyshev import N_COEFFICIENTS, evaluate
from baken.astro.arrays import Floats, Instants, Truths
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.motions import Motion

# What a look at a candidate says.
NO_MINIMUM, TOO_FAR, ONE_MINIMUM, LOOK_CLOSELY = 0, 1, 2, 3
N_NEWTON = 4
# A polynomial's slope may be wrong by its error times its degree squared, over half its length (Markov).
MARKOV = float(N_COEFFICIENTS**2)
OTHER_PULLS_M_S2 = 0.05  # more than two objects in low orbit feel differently from anything but a round Earth

# Five points around a time give position, velocity and acceleration to the fourth power of their spacing.
OFFSETS = np.arange(-2, 3)
QUARTIC = np.linalg.inv(np.vander(OFFSETS.astype(float), increasing=True))
SLOW_SPACING_S, FAST_SPACING_S, SPACING_M = 10.0, 0.2, 2_000.0
N_ROUNDS = 2
# Slower than this two objects are at rest as far as the rounding of their positions, micrometres over ten
# seconds, lets one tell.
AT_REST_M_S = 1e-6
# A look within a window: so many equal parts, each short against any rhythm in the motion of two orbits.
N_PARTS = 8


@compiled
def _relative(
    coefficients_m: Floats,
    start_s: Floats,
    half_s: Floats,
    p: int,
    q: int,
    t_s: float,
    dr: Floats,
    dv: Floats,
) -> float:
    """Write where the object of piece ``q`` is from that of piece ``p``; return the smaller radius."""
    sp, sq = (t_s - start_s[p]) / half_s[p] - 1.0, (t_s - start_s[q]) / half_s[q] - 1.0
    rp2, rq2 = 0.0, 0.0
    for axis in range(3):
        a, a_slope = evaluate(coefficients_m[p, axis], sp)
        b, b_slope = evaluate(coefficients_m[q, axis], sq)
        dr[axis], dv[axis] = b - a, b_slope / half_s[q] - a_slope / half_s[p]
        rp2, rq2 = rp2 + a * a, rq2 + b * b
    return math.sqrt(min(rp2, rq2))


@compiled
def _dot(a: Floats, b: Floats) -> float:
    return float(a[0] * b[0] + a[1] * b[1] + a[2] * b[2])


@compiled
def examine(
    coefficients_m: Floats,
    start_s: Floats,
    half_s: Floats,
    error_m: Floats,
    pieces: Indices,
    first: Indices,
    second: Indices,
    window: Indices,
    window_s: float,
    threshold_m: float,
    verdict: npt.NDArray[np.int8],
    at_s: Floats,
) -> None:
    """Say of each candidate whether its window holds a minimum, and when, by polynomials alone.

    Where two objects pass so fast that their distance has one minimum at most, the sign of its slope at the
    window's borders decides.  Where a sign is in doubt, or a pair is slow, ``LOOK_CLOSELY``.
    """
    dr, dv = np.empty(3), np.empty(3)
    for k in range(first.size):
        p, q = pieces[first[k], window[k]], pieces[second[k], window[k]]
        if p < 0 or q < 0:
            verdict[k] = LOOK_CLOSELY
            continue
        begin, end = window[k] * window_s, (window[k] + 1) * window_s
        error = error_m[p] + error_m[q]
        slope_error = MARKOV * error / min(half_s[p], half_s[q])
        r = _relative(coefficients_m, start_s, half_s, p, q, begin, dr, dv)
        distance, speed, f0 = math.sqrt(_dot(dr, dr)), math.sqrt(_dot(dv, dv)), _dot(dr, dv)
        doubt0 = abs(f0) <= error * speed + slope_error * distance
        r = min(r, _relative(coefficients_m, start_s, half_s, p, q, end, dr, dv))
        farthest, slowest = max(distance, math.sqrt(_dot(dr, dr))), min(speed, math.sqrt(_dot(dv, dv)))
        f1 = _dot(dr, dv)
        doubt1 = abs(f1) <= error * math.sqrt(_dot(dv, dv)) + slope_error * math.sqrt(_dot(dr, dr))
        gradient = 3.0 * EARTH_MU_M3_S2 / (r * r * r)
        if slowest * slowest <= 2.0 * farthest * (gradient * farthest + OTHER_PULLS_M_S2) or doubt0 or doubt1:
            verdict[k] = LOOK_CLOSELY
        elif f0 < 0.0 < f1:
            t = begin + window_s * f0 / (f0 - f1)
            for _ in range(N_NEWTON):
                _relative(coefficients_m, start_s, half_s, p, q, t, dr, dv)
                t = min(max(t - _dot(dr, dv) / _dot(dv, dv), begin), end)
            _relative(coefficients_m, start_s, half_s, p, q, t, dr, dv)
            verdict[k] = ONE_MINIMUM if math.sqrt(_dot(dr, dr)) <= threshold_m + error else TOO_FAR
            at_s[k] = t
        else:
            verdict[k] = NO_MINIMUM


def relative_polynomials(
    motion: Motion, first: Indices, second: Indices, middle_tai_ns: Instants, spacing_s: Floats
) -> Floats:
    """Return the quartics in ``t / spacing`` that second minus first follows around a time.

    Shape: the result is (m, 5, 3), lowest power first, NaN where either motion fails at one of five points.
    """
    spacing_ns = np.rint(spacing_s * 1e9).astype(np.int64)
    epochs = (middle_tai_ns[:, None] + spacing_ns[:, None] * OFFSETS).ravel()
    one = motion.states(np.repeat(first, OFFSETS.size), epochs)[0]
    other = motion.states(np.repeat(second, OFFSETS.size), epochs)[0]
    points_m = (other - one).reshape(first.size, OFFSETS.size, 3)
    return np.asarray(np.einsum("jk,mkc->mjc", QUARTIC, points_m))


def _at(polynomial: Floats, u: Floats) -> tuple[Floats, Floats, Floats]:
    """Return value and two derivatives (per unit of u) of vector quartics (m, 5, 3) at u (m,)."""
    u = u[:, None]
    c0, c1, c2, c3, c4 = (polynomial[:, k] for k in range(5))
    value = c0 + u * (c1 + u * (c2 + u * (c3 + u * c4)))
    slope = c1 + u * (2.0 * c2 + u * (3.0 * c3 + u * 4.0 * c4))
    bend = 2.0 * c2 + u * (6.0 * c3 + u * 12.0 * c4)
    return value, slope, bend


def _inside(epoch: Instants, low: Instants, high: Instants, spacing_s: Floats) -> tuple[Instants, Floats]:
    """Return middles and spacings of five points that lie within an interval, as near to a time as may be."""
    spacing_s = np.minimum(spacing_s, (high - low) * 0.24e-9)
    reach = np.rint(2.0 * spacing_s * 1e9).astype(np.int64)
    return np.clip(epoch, low + reach, high - reach), spacing_s


def refine(
    motion: Motion, first: Indices, second: Indices, guess_tai_ns: Instants, low: Instants, high: Instants
) -> Instants:
    """Return when the distance is smallest, from a guess, by the positions of the motion itself.

    Five positions around the guess give the relative motion as a quartic; Newton finds where its distance
    stops falling; then again around that time.  Velocities play no part: a theory's need not be the slope
    of its positions.  All points lie within ``low`` and ``high``.
    """
    time = guess_tai_ns.copy()
    spacing_s = np.full(first.size, FAST_SPACING_S)
    for _ in range(1 + N_ROUNDS):
        middle, spacing = _inside(time, low, high, spacing_s)
        polynomial = relative_polynomials(motion, first, second, middle, spacing)
        u = (time - middle) * 1e-9 / spacing
        for _ in range(N_NEWTON):
            value, slope, bend = _at(polynomial, u)
            f = (value * slope).sum(axis=1)
            f_slope = (slope * slope + value * bend).sum(axis=1)
            step = np.where(f_slope > 0.0, -f / np.where(f_slope > 0.0, f_slope, 1.0), 0.0)
            u = np.clip(u + np.clip(step, -1.0, 1.0), -3.0, 3.0)
        time = np.clip(middle + np.rint(u * spacing * 1e9).astype(np.int64), low, high)
        speed = np.sqrt((slope * slope).sum(axis=1)) / spacing
        spacing_s = np.clip(SPACING_M / np.maximum(speed, 1e-9), FAST_SPACING_S, SLOW_SPACING_S)
    return time


def slopes(
    motion: Motion, first: Indices, second: Indices, epoch_tai_ns: Instants, low: Instants, high: Instants
) -> tuple[Floats, Floats, Floats]:
    """Return squared distance, half its rate, and half its second rate, by the motion itself.

    The five points stand around the time itself, so that two windows that share a border agree about it to
    the last bit; only where the motion fails there do they draw back within ``low`` and ``high``.
    """
    spacing_s = np.full(first.size, SLOW_SPACING_S)
    middle = epoch_tai_ns.copy()
    polynomial = relative_polynomials(motion, first, second, middle, spacing_s)
    bad = np.flatnonzero(~np.isfinite(polynomial[:, 0, 0]))
    if bad.size:
        middle[bad], spacing_s[bad] = _inside(epoch_tai_ns[bad], low[bad], high[bad], spacing_s[bad])
        polynomial[bad] = relative_polynomials(motion, first[bad], second[bad], middle[bad], spacing_s[bad])
    value, slope, bend = _at(polynomial, (epoch_tai_ns - middle) * 1e-9 / spacing_s)
    slope, bend = slope / spacing_s[:, None], bend / spacing_s[:, None] ** 2
    half_rate = (value * slope).sum(axis=1)
    return (value * value).sum(axis=1), half_rate, (slope * slope + value * bend).sum(axis=1)


def is_falling(squared_m2: Floats, half_rate_m2_s: Floats) -> Truths:
    """Tell whether a distance falls, from its square and half its square's rate.  At rest is not falling."""
    return np.asarray(half_rate_m2_s < -AT_REST_M_S * np.sqrt(squared_m2))


def look_closely(
    motion: Motion, first: Indices, second: Indices, low: Instants, high: Instants
) -> tuple[Indices, Instants, Instants, Instants]:
    """Find every minimum of the distance in given spans of time, by the motion itself.

    Returns for each minimum the row it belongs to, a guess of its time, and the two times it lies between.
    """
    n = first.size
    share = np.arange(N_PARTS + 1)
    whole, rest = np.divmod(high - low, N_PARTS)
    epochs = low[:, None] + share * whole[:, None] + share * rest[:, None] // N_PARTS
    rows = np.repeat(np.arange(n), N_PARTS + 1)
    squared_m2, f, g = slopes(motion, first[rows], second[rows], epochs.ravel(), low[rows], high[rows])
    falls = is_falling(squared_m2, f).reshape(n, N_PARTS + 1)
    f, g = f.reshape(n, N_PARTS + 1), g.reshape(n, N_PARTS + 1)
    found = [_between(epochs, f, falls[:, :-1] & ~falls[:, 1:])]
    # Both ends fall (or rise) alike, but the slope turns in between: there may be a minimum and a maximum.
    hump = falls[:, :-1] & falls[:, 1:] & (g[:, :-1] > 0.0) & (g[:, 1:] < 0.0)
    dip = ~falls[:, :-1] & ~falls[:, 1:] & (g[:, :-1] < 0.0) & (g[:, 1:] > 0.0)
    row, part = np.nonzero(hump | dip)
    if row.size:
        found.append(_at_turns(motion, first, second, low, high, (epochs, g), (row, part)))
    row, guess, after, before = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return row, guess, after, before


Found = tuple[Indices, Instants, Instants, Instants]


def _between(epochs: Instants, f: Floats, where: Truths) -> Found:
    """Return row, guess and borders for parts in which the distance stops falling."""
    row, part = np.nonzero(where)
    f0, f1 = f[row, part], f[row, part + 1]
    after, before = epochs[row, part], epochs[row, part + 1]
    guess = after + np.rint((before - after) * (f0 / (f0 - f1))).astype(np.int64)
    return row, guess, after, before


def _at_turns(
    motion: Motion,
    first: Indices,
    second: Indices,
    low: Instants,
    high: Instants,
    samples: tuple[Instants, Floats],
    where: tuple[Indices, Indices],
) -> Found:
    """Look where the slope itself turns, and return the minima that a look at both ends did not show."""
    (epochs, g), (row, part) = samples, where
    g0, g1 = g[row, part], g[row, part + 1]
    after, before = epochs[row, part], epochs[row, part + 1]
    turn = after + np.rint((before - after) * (g0 / (g0 - g1))).astype(np.int64)
    squared_m2, f, _ = slopes(motion, first[row], second[row], turn, low[row], high[row])
    falls, rises = is_falling(squared_m2, f), g0 > 0.0
    after, before = np.where(rises, after, turn), np.where(rises, turn, before)
    holds = np.where(rises, ~falls, falls)
    middle = after + (before - after) // 2
    return row[holds], middle[holds], after[holds], before[holds]
