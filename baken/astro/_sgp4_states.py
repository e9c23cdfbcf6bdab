"""SGP4's motion for many (object, time) pairs, a block of them at a time.

Each stage is a loop over a block without a branch, which compiles to vector code; only the deep-space stages
take their objects one by one.  A pair's result does not depend on its neighbours in the block.
Source: Vallado, Crawford, Hujsak & Kelso (2006), AIAA 2006-6753, "improved" mode.
"""

import math

import numpy as np
import numpy.typing as npt

from baken.astro import _sgp4_model as m
from baken.astro._sgp4_deep_model import MOON_ECCENTRICITY, MOON_MOTION, SUN_ECCENTRICITY, SUN_MOTION
from baken.astro._sgp4_deep_motion import add_periods, deep_secular, resonance_at_epoch
from baken.astro._sin_cos import sin_cos, within_a_turn
from baken.astro.arrays import Floats, Instants
from baken.astro.compiled import compiled

Index = npt.NDArray[np.int64]
LANES = 64
# Rows of the workshop: first a copy of each object's near-Earth row, then what the stages hand on.
(
    TIME, EM, IM, PERIGEE_M, NODE_M, ANOMALY_M, MOTION_M, A_M, SHRINK, E_LOSS, L_GAIN, SIN_E, COS_E, AX, AY,
    U, E_ANOMALY, OPEN, FAILED, DEEP_TIME,
) = (row * LANES for row in range(m.N_NEAR, m.N_NEAR + 20))  # fmt: skip
# Of deep-space objects: phase and twelve amplitudes for Sun and Moon each, and what both change together.
N_BODIES, N_CHANGES = 26, 5
BODIES = (m.N_NEAR + 20) * LANES
CHANGES = BODIES + N_BODIES * LANES
N_ROWS = m.N_NEAR + 20 + N_BODIES + N_CHANGES

(
    W_MEAN_ANOMALY, W_MEAN_ANOMALY_RATE, W_PERIGEE, W_PERIGEE_RATE, W_NODE, W_NODE_RATE, W_NODE_DRAG,
    W_A_DRAG, W_E_DRAG, W_L_DRAG, W_A_DRAG_2, W_A_DRAG_3, W_A_DRAG_4, W_E_DRAG_SINE, W_SINE_AT_EPOCH,
    W_L_DRAG_3, W_L_DRAG_4, W_L_DRAG_5, W_PERIGEE_DRAG, W_ETA, W_ANOMALY_DRAG, W_CUBE_AT_EPOCH,
    W_ECCENTRICITY, W_INCLINATION, W_SEMI_MAJOR_AXIS, W_MEAN_MOTION,
    W_SINE_I, W_COSINE_I, W_LONG_PERIOD_Y, W_LONG_PERIOD_L, W_THREE_COS2, W_ONE_LESS_COS2, W_SEVEN_COS2,
) = (row * LANES for row in range(m.N_NEAR))  # fmt: skip

# What python-sgp4 and the reference call these failures.
MEAN_ECCENTRICITY, MEAN_MOTION_LOST, PERTURBED_ECCENTRICITY, SEMI_LATUS_RECTUM, DECAYED = (
    1.0,
    2.0,
    3.0,
    4.0,
    6.0,
)
NANOSECONDS_A_MINUTE = 60.0e9
KEPLER_TOLERANCE, MAX_N_KEPLER = 1.0e-12, 10


@compiled
def lay_out(w: Floats, near: Floats, index: Index) -> None:
    """Copy the rows of a block's objects into the workshop, a run of the same object in one stroke."""
    first = 0
    while first < index.size:
        last = first + 1
        while last < index.size and index[last] == index[first]:
            last += 1
        row = near[index[first]]
        for c in range(m.N_NEAR):
            w[c * LANES + first : c * LANES + last] = row[c]
        first = last
    # Lanes without a pair repeat the first one, so that they never hold a number that fails.
    for lane in range(index.size, LANES):
        for c in range(m.N_NEAR):
            w[c * LANES + lane] = w[c * LANES]
        w[TIME + lane] = w[TIME]


@compiled
def secular(w: Floats) -> None:
    """Mean elements under J2, J4 and drag."""
    for k in range(LANES):
        t = w[TIME + k]
        t2 = t * t
        t3 = t2 * t
        t4 = t3 * t
        anomaly_free = w[W_MEAN_ANOMALY + k] + w[W_MEAN_ANOMALY_RATE + k] * t
        perigee_free = w[W_PERIGEE + k] + w[W_PERIGEE_RATE + k] * t
        node_free = w[W_NODE + k] + w[W_NODE_RATE + k] * t
        _, cosine = sin_cos(anomaly_free)
        bulge = 1.0 + w[W_ETA + k] * cosine
        shift = w[W_PERIGEE_DRAG + k] * t + w[W_ANOMALY_DRAG + k] * (
            bulge * bulge * bulge - w[W_CUBE_AT_EPOCH + k]
        )
        anomaly = anomaly_free + shift
        sine, _ = sin_cos(anomaly)
        w[PERIGEE_M + k] = perigee_free - shift
        w[ANOMALY_M + k] = anomaly
        w[NODE_M + k] = node_free + w[W_NODE_DRAG + k] * t2
        w[SHRINK + k] = (
            1.0
            - w[W_A_DRAG + k] * t
            - w[W_A_DRAG_2 + k] * t2
            - w[W_A_DRAG_3 + k] * t3
            - w[W_A_DRAG_4 + k] * t4
        )
        w[E_LOSS + k] = w[W_E_DRAG + k] * t + w[W_E_DRAG_SINE + k] * (sine - w[W_SINE_AT_EPOCH + k])
        w[L_GAIN + k] = (
            w[W_L_DRAG + k] * t2 + w[W_L_DRAG_3 + k] * t3 + t4 * (w[W_L_DRAG_4 + k] + t * w[W_L_DRAG_5 + k])
        )
        w[EM + k] = w[W_ECCENTRICITY + k]
        w[IM + k] = w[W_INCLINATION + k]
        w[MOTION_M + k] = w[W_MEAN_MOTION + k]
        w[A_M + k] = w[W_SEMI_MAJOR_AXIS + k]


@compiled
def apply_drag(w: Floats) -> None:
    """Semi-major axis, eccentricity and mean longitude after drag, angles within a turn, first failures."""
    for k in range(LANES):
        failed = MEAN_MOTION_LOST if w[MOTION_M + k] <= 0.0 else 0.0
        shrink = w[SHRINK + k]
        a = w[A_M + k] * shrink * shrink
        e = w[EM + k] - w[E_LOSS + k]
        outside = (e >= 1.0) | (e < -0.001)
        w[FAILED + k] = MEAN_ECCENTRICITY if outside & (failed == 0.0) else failed
        w[EM + k] = 1.0e-6 if e < 1.0e-6 else e
        w[A_M + k] = a
        w[MOTION_M + k] = m.KE / (a * math.sqrt(a))
        anomaly = w[ANOMALY_M + k] + w[W_MEAN_MOTION + k] * w[L_GAIN + k]
        longitude = within_a_turn(anomaly + w[PERIGEE_M + k] + w[NODE_M + k])
        node = within_a_turn(w[NODE_M + k])
        perigee = within_a_turn(w[PERIGEE_M + k])
        w[NODE_M + k] = node
        w[PERIGEE_M + k] = perigee
        w[ANOMALY_M + k] = within_a_turn(longitude - perigee - node)


@compiled
def long_periods(w: Floats) -> None:
    """The long-period terms, and the start of Kepler's equation in equinoctial form."""
    for k in range(LANES):
        e = w[EM + k]
        sine, cosine = sin_cos(w[PERIGEE_M + k])
        ax = e * cosine
        inverse_p = 1.0 / (w[A_M + k] * (1.0 - e * e))
        ay = e * sine + inverse_p * w[W_LONG_PERIOD_Y + k]
        longitude = (
            w[ANOMALY_M + k] + w[PERIGEE_M + k] + w[NODE_M + k] + inverse_p * w[W_LONG_PERIOD_L + k] * ax
        )
        u = within_a_turn(longitude - w[NODE_M + k])
        w[AX + k] = ax
        w[AY + k] = ay
        w[U + k] = u
        w[E_ANOMALY + k] = u
        w[OPEN + k] = 1.0


@compiled
def kepler(w: Floats) -> None:
    """Newton's method on Kepler's equation; a lane that is done stands still while others go on."""
    for _ in range(MAX_N_KEPLER):
        for k in range(LANES):
            ax, ay, anomaly = w[AX + k], w[AY + k], w[E_ANOMALY + k]
            sine, cosine = sin_cos(anomaly)
            step = (w[U + k] - ay * cosine + ax * sine - anomaly) / (1.0 - cosine * ax - sine * ay)
            step = 0.95 if step > 0.95 else step
            step = -0.95 if step < -0.95 else step
            is_open = w[OPEN + k] == 1.0
            w[SIN_E + k] = sine if is_open else w[SIN_E + k]
            w[COS_E + k] = cosine if is_open else w[COS_E + k]
            w[E_ANOMALY + k] = anomaly + step if is_open else anomaly
            w[OPEN + k] = 1.0 if is_open & (abs(step) >= KEPLER_TOLERANCE) else 0.0
        n_open = 0
        for k in range(LANES):
            n_open += 1 if w[OPEN + k] == 1.0 else 0
        if n_open == 0:
            return


# Where the results of a block lie, in the rows that are no longer needed.
X, Y, Z, VX, VY, VZ = (row * LANES for row in range(6))


@compiled
def turned(sine: float, cosine: float, angle: float) -> tuple[float, float]:
    """Return sine and cosine of an angle after a small further turn."""
    s, c = sin_cos(angle)
    return sine * c + cosine * s, cosine * c - sine * s


@compiled
def short_periods(w: Floats) -> None:
    """The short-period terms of J2, and the state, in earth radii and earth radii a minute over KE."""
    for k in range(LANES):
        ax, ay, sine, cosine = w[AX + k], w[AY + k], w[SIN_E + k], w[COS_E + k]
        a = w[A_M + k]
        e_cos = ax * cosine + ay * sine
        e_sin = ax * sine - ay * cosine
        e2 = ax * ax + ay * ay
        p = a * (1.0 - e2)
        w[FAILED + k] = SEMI_LATUS_RECTUM if (p < 0.0) & (w[FAILED + k] == 0.0) else w[FAILED + k]
        p = a if p <= 0.0 else p
        r = a * (1.0 - e_cos)
        r_rate = math.sqrt(a) * e_sin / r
        rf_rate = math.sqrt(p) / r
        beta = math.sqrt(1.0 - e2 if e2 < 1.0 else 0.0)
        share = e_sin / (1.0 + beta)
        sin_u = a / r * (sine - ay - ax * share)
        cos_u = a / r * (cosine - ax + ay * share)
        sin_2u = (cos_u + cos_u) * sin_u
        cos_2u = 1.0 - 2.0 * sin_u * sin_u
        inverse_p = 1.0 / p
        j_1 = 0.5 * m.J2 * inverse_p
        j_2 = j_1 * inverse_p
        three_cos2, one_less_cos2 = w[W_THREE_COS2 + k], w[W_ONE_LESS_COS2 + k]
        sin_i, cos_i = w[W_SINE_I + k], w[W_COSINE_I + k]
        radius = r * (1.0 - 1.5 * j_2 * beta * three_cos2) + 0.5 * j_1 * one_less_cos2 * cos_2u
        sin_u, cos_u = turned(sin_u, cos_u, -0.25 * j_2 * w[W_SEVEN_COS2 + k] * sin_2u)
        sin_node, cos_node = sin_cos(w[NODE_M + k] + 1.5 * j_2 * cos_i * sin_2u)
        sin_i, cos_i = turned(sin_i, cos_i, 1.5 * j_2 * cos_i * sin_i * cos_2u)
        n = w[MOTION_M + k]
        radius_rate = r_rate - n * j_1 * one_less_cos2 * sin_2u / m.KE
        across_rate = rf_rate + n * j_1 * (one_less_cos2 * cos_2u + 1.5 * three_cos2) / m.KE
        mx = -sin_node * cos_i
        my = cos_node * cos_i
        ux = mx * sin_u + cos_node * cos_u
        uy = my * sin_u + sin_node * cos_u
        uz = sin_i * sin_u
        w[FAILED + k] = DECAYED if (radius < 1.0) & (w[FAILED + k] == 0.0) else w[FAILED + k]
        w[X + k] = radius * ux
        w[Y + k] = radius * uy
        w[Z + k] = radius * uz
        w[VX + k] = radius_rate * ux + across_rate * (mx * cos_u - cos_node * sin_u)
        w[VY + k] = radius_rate * uy + across_rate * (my * cos_u - sin_node * sin_u)
        w[VZ + k] = radius_rate * uz + across_rate * (sin_i * cos_u)


@compiled
def lay_out_deep(w: Floats, deep: Floats, index: Index, deep_row: Index) -> None:
    """Copy phases and amplitudes of Sun and Moon into the workshop; nothing, for objects near the Earth."""
    for k in range(LANES):
        row = deep_row[index[k]] if k < index.size else -1
        for c in range(N_BODIES):
            w[BODIES + c * LANES + k] = deep[row, m.ZMOS + c] if row >= 0 else 0.0


@compiled
def body_periods(w: Floats) -> None:
    """What Sun and Moon change in eccentricity, inclination, longitude, perigee and node in their periods."""
    for k in range(LANES):
        t = w[TIME + k]
        phase = w[BODIES + k] + SUN_MOTION * t
        sine, _ = sin_cos(phase)
        sun, sun_cos = sin_cos(phase + 2.0 * SUN_ECCENTRICITY * sine)
        s2, s3 = 0.5 * sun * sun - 0.25, -0.5 * sun * sun_cos
        phase = w[BODIES + 13 * LANES + k] + MOON_MOTION * t
        sine, _ = sin_cos(phase)
        moon, moon_cos = sin_cos(phase + 2.0 * MOON_ECCENTRICITY * sine)
        m2, m3 = 0.5 * moon * moon - 0.25, -0.5 * moon * moon_cos
        at, to = BODIES + k, BODIES + 13 * LANES + k
        w[CHANGES + k] = (w[at + 1 * LANES] * s2 + w[at + 2 * LANES] * s3) + (
            w[to + 1 * LANES] * m2 + w[to + 2 * LANES] * m3
        )
        w[CHANGES + 1 * LANES + k] = (w[at + 3 * LANES] * s2 + w[at + 4 * LANES] * s3) + (
            w[to + 3 * LANES] * m2 + w[to + 4 * LANES] * m3
        )
        w[CHANGES + 2 * LANES + k] = (
            w[at + 5 * LANES] * s2 + w[at + 6 * LANES] * s3 + w[at + 7 * LANES] * sun
        ) + (w[to + 5 * LANES] * m2 + w[to + 6 * LANES] * m3 + w[to + 7 * LANES] * moon)
        w[CHANGES + 3 * LANES + k] = (
            w[at + 8 * LANES] * s2 + w[at + 9 * LANES] * s3 + w[at + 10 * LANES] * sun
        ) + (w[to + 8 * LANES] * m2 + w[to + 9 * LANES] * m3 + w[to + 10 * LANES] * moon)
        w[CHANGES + 4 * LANES + k] = (w[at + 11 * LANES] * s2 + w[at + 12 * LANES] * s3) + (
            w[to + 11 * LANES] * m2 + w[to + 12 * LANES] * m3
        )


@compiled
def deep_secular_lanes(w: Floats, near: Floats, deep: Floats, index: Index, deep_row: Index) -> None:
    """Move the deep-space objects of a block along under Sun, Moon and resonance."""
    last, state, rates = -1, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)
    for k in range(index.size):
        row = deep_row[index[k]]
        if row < 0:
            continue
        if row != last:
            state, rates = resonance_at_epoch(deep[row], near[index[k]])
        mean = (w[PERIGEE_M + k], w[NODE_M + k], w[ANOMALY_M + k])
        e, i, perigee, node, anomaly, n, state, rates = deep_secular(
            deep[row], near[index[k]], w[TIME + k], mean, state, rates
        )
        last = row
        w[EM + k], w[IM + k], w[MOTION_M + k] = e, i, n
        w[PERIGEE_M + k], w[NODE_M + k], w[ANOMALY_M + k] = perigee, node, anomaly
        w[A_M + k] = (m.KE / n) ** m.TWO_THIRDS if n > 0.0 else 1.0


@compiled
def deep_period_lanes(w: Floats, index: Index, deep_row: Index) -> None:
    """Add lunar and solar periods to the deep-space objects of a block, and what hangs on inclination."""
    for k in range(index.size):
        if deep_row[index[k]] < 0:
            continue
        changes = (
            w[CHANGES + k],
            w[CHANGES + LANES + k],
            w[CHANGES + 2 * LANES + k],
            w[CHANGES + 3 * LANES + k],
            w[CHANGES + 4 * LANES + k],
        )
        e, i, perigee, node, anomaly = add_periods(
            changes, w[EM + k], w[IM + k], w[PERIGEE_M + k], w[NODE_M + k], w[ANOMALY_M + k]
        )
        if (e < 0.0 or e > 1.0) and w[FAILED + k] == 0.0:
            w[FAILED + k] = PERTURBED_ECCENTRICITY
        w[EM + k], w[PERIGEE_M + k], w[NODE_M + k], w[ANOMALY_M + k] = e, perigee, node, anomaly
        sine, cosine = sin_cos(i)
        w[W_SINE_I + k], w[W_COSINE_I + k] = sine, cosine
        divisor = 1.0 + cosine
        if abs(divisor) <= m.NEARLY_RETROGRADE:
            divisor = m.NEARLY_RETROGRADE
        w[W_LONG_PERIOD_Y + k] = -0.5 * m.J3_OVER_J2 * sine
        w[W_LONG_PERIOD_L + k] = -0.25 * m.J3_OVER_J2 * sine * (3.0 + 5.0 * cosine) / divisor
        w[W_THREE_COS2 + k] = 3.0 * cosine * cosine - 1.0
        w[W_ONE_LESS_COS2 + k] = 1.0 - cosine * cosine
        w[W_SEVEN_COS2 + k] = 7.0 * cosine * cosine - 1.0


@compiled
def fill_states(
    near: Floats,
    deep: Floats,
    deep_row: Index,
    init_epoch_tai_ns: Instants,
    index: Index,
    epoch_tai_ns: Instants,
    position_m: Floats,
    velocity_m_s: Floats,
    status: npt.NDArray[np.int8],
) -> None:
    """Write position, velocity and status of every (object, time) pair; a failed one is NaN and its code."""
    w = np.empty(N_ROWS * LANES)
    for first in range(0, index.size, LANES):
        block = index[first : first + LANES]
        n_pairs = block.size
        for k in range(n_pairs):
            w[TIME + k] = (epoch_tai_ns[first + k] - init_epoch_tai_ns[block[k]]) / NANOSECONDS_A_MINUTE
        lay_out(w, near, block)
        secular(w)
        has_deep = False
        for k in range(n_pairs):
            has_deep = has_deep or deep_row[block[k]] >= 0
        if has_deep:
            deep_secular_lanes(w, near, deep, block, deep_row)
        apply_drag(w)
        if has_deep:
            lay_out_deep(w, deep, block, deep_row)
            body_periods(w)
            deep_period_lanes(w, block, deep_row)
        long_periods(w)
        kepler(w)
        short_periods(w)
        for k in range(n_pairs):
            failed = w[FAILED + k]
            status[first + k] = int(failed)
            length = m.RADIUS_M if failed == 0.0 else math.nan
            speed = m.SPEED_UNIT_M_S if failed == 0.0 else math.nan
            for axis in range(3):
                position_m[first + k, axis] = w[X + axis * LANES + k] * length
                velocity_m_s[first + k, axis] = w[VX + axis * LANES + k] * speed
