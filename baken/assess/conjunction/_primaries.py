"""Who can come near a few primaries at all: told from positions at the borders of windows, before any fit.

Between two borders an orbit leaves its chord by no more than an eighth of its acceleration times the square
of the time between them.  So two chords that pass at more than the threshold and both sagittas keep the
objects apart.  Nothing about the theory behind a motion is assumed but that gravity is what bends it.
"""

import numpy as np

from baken.astro.arrays import Floats, Instants, Truths
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_MU_M3_S2, EARTH_RADIUS_WGS84_M
from baken.astro.motions import Motion
from baken.astro.sgp4 import Indices

# With more primaries than this it costs less to look at all pairs of the sky at once.
MOST_PRIMARIES = 24
# J2 adds a sixth of a per cent to the pull of a round Earth at the ground; the Moon and the Sun far less.
PULL_MAY_BE = 1.05
N_TOGETHER = 1024  # objects whose positions stand side by side: a few megabytes
ESCAPE_SPEED_M_S = float(np.sqrt(2.0 * EARTH_MU_M3_S2 / EARTH_RADIUS_WGS84_M))
# A burn between two borders bends a path too: by a quarter of its speed times the time between them, which is
# 25 km for 300 m/s in five minutes and a half.
ROOM_FOR_BURNS_M = 25_000.0


def near_primaries(
    motion: Motion, primaries: Indices, border_tai_ns: Instants, threshold_m: float
) -> Indices:
    """Return the objects that can come within the threshold of a primary between the borders, in order.

    Primaries themselves are among them, and so is whoever has no position at some border: of them nothing can
    be said from here.

    Shape:  border_tai_ns is (windows + 1,), rising.
    """
    of_primaries_m, known = _positions_m(motion, primaries, border_tai_ns)
    if not known.all():
        # Nobody knows where a primary is for a part of the time, so anybody may meet it.
        return np.arange(motion.n_objects)
    step_s = float(np.diff(border_tai_ns).max()) * 1e-9
    near = np.zeros(motion.n_objects, dtype=bool)
    for first in range(0, motion.n_objects, N_TOGETHER):
        some = np.arange(first, min(first + N_TOGETHER, motion.n_objects))
        position_m, known = _positions_m(motion, some, border_tai_ns)
        _mark_near(position_m, of_primaries_m, step_s, threshold_m + ROOM_FOR_BURNS_M, near[some[0] :])
        near[some[~known]] = True
    near[primaries] = True
    return np.flatnonzero(near)


def _positions_m(motion: Motion, objects: Indices, epoch_tai_ns: Instants) -> tuple[Floats, Truths]:
    """Return positions, (objects, times, 3), and of whom all are known."""
    index = np.repeat(objects, epoch_tai_ns.size)
    position_m, _, status = motion.states(index, np.tile(epoch_tai_ns, objects.size))
    shape = objects.size, epoch_tai_ns.size
    return np.ascontiguousarray(position_m).reshape(*shape, 3), (status.reshape(shape) == 0).all(axis=1)


@compiled
def _sagitta_m(lowest_m2: float, step_s: float) -> float:
    """Return how far an orbit can leave the chord between two of its positions."""
    lowest_m = max(np.sqrt(lowest_m2) - 0.5 * ESCAPE_SPEED_M_S * step_s, EARTH_RADIUS_WGS84_M)
    return float(PULL_MAY_BE * EARTH_MU_M3_S2 / (lowest_m * lowest_m) * step_s * step_s / 8.0)


@compiled
def _mark_near(
    position_m: Floats, of_primaries_m: Floats, step_s: float, room_m: float, near: Truths
) -> None:
    """Mark whose chords pass those of a primary at less than the room and both sagittas."""
    largest_m = room_m + 2.0 * _sagitta_m(0.0, step_s)
    for k in range(len(position_m)):
        for p in range(len(of_primaries_m)):
            for window in range(position_m.shape[1] - 1):
                r, s = position_m[k, window], position_m[k, window + 1]
                q, t = of_primaries_m[p, window], of_primaries_m[p, window + 1]
                x, y, z = r[0] - q[0], r[1] - q[1], r[2] - q[2]
                u, v, w = s[0] - t[0] - x, s[1] - t[1] - y, s[2] - t[2] - z
                length_m2 = u * u + v * v + w * w
                share = min(max(-(x * u + y * v + z * w) / max(length_m2, 1.0), 0.0), 1.0)
                x, y, z = x + share * u, y + share * v, z + share * w
                apart_m2 = x * x + y * y + z * z
                if apart_m2 > largest_m * largest_m:
                    continue
                own_m = _sagitta_m(min((r * r).sum(), (s * s).sum()), step_s)
                its_m = _sagitta_m(min((q * q).sum(), (t * t).sum()), step_s)
                if apart_m2 < (room_m + own_m + its_m) ** 2:
                    near[k] = True
                    break
            if near[k]:
                break
