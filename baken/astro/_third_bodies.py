"""How Sun and Moon change mean elements, averaged over a revolution of the object but not over theirs."""

import math

import numpy as np

from baken.astro._decay_rates import MU
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled
from baken.astro.constants import MOON_MU_M3_S2, SUN_MU_M3_S2
from baken.astro.sun_moon import moon_position_gcrs_m, sun_position_gcrs_m

# Between two rows the Moon goes three degrees, which a straight line follows to three in ten thousand.
STEP_S = 21_600.0
# Node and inclination lose their meaning at the equator; closer to it they turn no faster.
LEAST_SINE = 1e-4


def third_bodies(start_tai_ns: int, longest_s: float) -> Floats:
    """Return where Sun and Moon stand: unit vectors and 3/2 of their tide (mu over distance cubed, 1/s2).

    GCRS stands for the mean equator of date, from which it is a third of a degree off in 2024.

    Shape: (n, 2, 4), a row every six hours, from the start to beyond the end.
    """
    n = 2 + int(longest_s / STEP_S)
    epochs = start_tai_ns + np.arange(n) * round(STEP_S * 1e9)
    rows = np.empty((n, 2, 4))
    for body, (position_m, mu) in enumerate(
        ((sun_position_gcrs_m(epochs), SUN_MU_M3_S2), (moon_position_gcrs_m(epochs), MOON_MU_M3_S2))
    ):
        distance_m = np.linalg.norm(position_m, axis=-1)
        rows[:, body, :3] = position_m / distance_m[:, None]
        rows[:, body, 3] = 1.5 * mu / distance_m**3
    return rows


@compiled
def add_third_body_rates(state: Floats, after_s: float, bodies: Floats, rate: Floats) -> None:
    """Add what Sun and Moon do to a state, to the second degree of its size over their distance.

    The vectors of eccentricity and of momentum (of length sqrt(1 - e^2)) turn about where a body stands:
    de/dt = w (5 (e.d) h x d - (h.d) e x d - 2 h x e) and dh/dt = w (5 (e.d) e x d - (h.d) h x d), with w the
    tide over the mean motion.  The size does not change; what the pull does to the place along the orbit is
    left out.
    Source: Musen (1961), J. Geophys. Res. 66; Tremaine, Touma & Namouni (2009), AJ 137, 3706, section 2.
    """
    a, kx, ky, incl, node = state[0], state[1], state[2], state[3], state[4]
    c, s, cn, sn = math.cos(incl), math.sin(incl), math.cos(node), math.sin(node)
    beta = math.sqrt(1.0 - kx * kx - ky * ky)
    motion = math.sqrt(MU / a) / a
    place = min(max(after_s / STEP_S, 0.0), len(bodies) - 1.000001)
    row = int(place)
    share = place - row
    turn, tilt, ex, ey = 0.0, 0.0, 0.0, 0.0
    for body in range(2):
        early, late = bodies[row, body], bodies[row + 1, body]
        x = early[0] + share * (late[0] - early[0])
        y = early[1] + share * (late[1] - early[1])
        z = early[2] + share * (late[2] - early[2])
        w = (early[3] + share * (late[3] - early[3])) / motion
        # Along the node, across it in the orbit's plane, and along the momentum.
        d1 = x * cn + y * sn
        d2 = (y * cn - x * sn) * c + z * s
        d3 = (x * sn - y * cn) * s + z * c
        ed, hd = kx * d1 + ky * d2, beta * d3
        ex += w * (-5.0 * ed * beta * d2 - hd * ky * d3 + 2.0 * beta * ky)
        ey += w * (5.0 * ed * beta * d1 + hd * kx * d3 - 2.0 * beta * kx)
        turn += w * (5.0 * ed * ky * d3 + hd * beta * d2)
        tilt -= w * (-5.0 * ed * kx * d3 - hd * beta * d1)
    node_rate = turn / (beta * math.copysign(max(abs(s), LEAST_SINE), s))
    rate[1] += ex + node_rate * c * ky
    rate[2] += ey - node_rate * c * kx
    rate[3] += tilt / beta
    rate[4] += node_rate
    rate[5] -= node_rate * c
