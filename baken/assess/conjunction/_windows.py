"""Where every object is in every window of time, and how far it can stray from a simple model within one.

The model of a window is the same for everybody in a layer of height: motion about the middle of the window as
under a pull proportional to distance, ``r(t) = r0 cos(nt) + v0 sin(nt)/n``.  Two objects of one layer then
move on a straight line as seen from each other, but for a rest that is bounded for each of them apart.
"""

import math

import numpy as np
import numpy.typing as npt

from baken.astro._chebyshev import N_COEFFICIENTS, evaluate, values_and_slopes
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.trajectories import Trajectories

Indices = npt.NDArray[np.int64]
Singles = npt.NDArray[np.float32]

N_TOGETHER = 16  # windows that are worked out at once: two or four vectors, and arrays that stay in cache
EARTH_MU_KM3_S2 = EARTH_MU_M3_S2 / 1e9
BORDER_NS = 1000  # windows and pieces are cut from the same whole; their borders agree to a nanosecond or two
# Where the pull of anything but a round Earth is looked at within a piece, and what is added between looks.
LOOKS = np.array([-0.92, -0.7, -0.42, -0.14, 0.14, 0.42, 0.7, 0.92])
N_LOOKS = LOOKS.size
PERTURBATION_MARGIN = 1.25


def window_tables(n_windows: int) -> Floats:
    """Return Chebyshev values and slopes at the middles of windows, for pieces of 1, 2, 4 ... windows.

    A piece of ``m`` windows finds its part in rows ``m - 1`` to ``2 m - 1``; 16 idle rows follow, so that
    16 can always be read.

    Shape: the result is (2, N_COEFFICIENTS, rows).
    """
    middles = [(np.arange(m) + 0.5) / m * 2.0 - 1.0 for m in (2**k for k in range(n_windows.bit_length()))]
    return np.stack(values_and_slopes(np.concatenate([*middles, np.zeros(N_TOGETHER)])))


def pieces_of_windows(
    trajectories: Trajectories, start_tai_ns: int, end_tai_ns: int, n_windows: int
) -> tuple[Indices, Indices, Indices]:
    """Return which piece holds the whole of each window, or -1; and each piece's first window and their
    number.

    Shape: the first result is (n_objects, n_windows), the others (pieces,).
    """
    found = np.full((trajectories.n_objects, n_windows), -1, dtype=np.int64)
    per_window_ns = (end_tai_ns - start_tai_ns) / n_windows
    begins = (trajectories.start_tai_ns - start_tai_ns - BORDER_NS) / per_window_ns
    ends = (trajectories.end_tai_ns - start_tai_ns + BORDER_NS) / per_window_ns
    first, last = np.ceil(begins).astype(np.int64), np.floor(ends).astype(np.int64)
    first, last = np.maximum(first, 0), np.minimum(last, n_windows)
    _assign(trajectories.first_piece, first, last, found)
    return found, first, last - first


@compiled
def _assign(first_piece: Indices, first_window: Indices, last_window: Indices, found: Indices) -> None:
    for k in range(first_piece.size - 1):
        for p in range(first_piece[k], first_piece[k + 1]):
            for w in range(first_window[p], last_window[p]):
                found[k, w] = p


def look_tables() -> Floats:
    """Return Chebyshev values and second derivatives where perturbations are looked at.

    Shape: the result is (2, N_COEFFICIENTS, looks).
    """
    values, slopes = values_and_slopes(LOOKS)
    bends = np.zeros_like(values)
    for k in range(2, N_COEFFICIENTS):
        bends[k] = 4.0 * slopes[k - 1] + 2.0 * LOOKS * bends[k - 1] - bends[k - 2]
    return np.stack([values, bends])


@compiled
def fill_perturbations(
    first_piece: Indices, coefficients_m: Floats, half_s: Floats, tables: Floats, largest_km_s2: Floats
) -> None:
    """Write for each object the largest acceleration seen that is not the pull of a round Earth."""
    r, a = np.empty((3, N_LOOKS)), np.empty((3, N_LOOKS))
    for k in range(first_piece.size - 1):
        largest = 0.0
        for p in range(first_piece[k], first_piece[k + 1]):
            per_s2 = 1.0 / (half_s[p] * half_s[p])
            for axis in range(3):
                for look in range(N_LOOKS):
                    r[axis, look] = 0.0
                    a[axis, look] = 0.0
                for j in range(N_COEFFICIENTS):
                    c = coefficients_m[p, axis, j]
                    for look in range(N_LOOKS):
                        r[axis, look] += c * tables[0, j, look]
                        a[axis, look] += c * per_s2 * tables[1, j, look]
            for look in range(N_LOOKS):
                r2 = r[0, look] ** 2 + r[1, look] ** 2 + r[2, look] ** 2
                pull = EARTH_MU_M3_S2 / (r2 * math.sqrt(r2))
                x = a[0, look] + pull * r[0, look]
                y = a[1, look] + pull * r[1, look]
                z = a[2, look] + pull * r[2, look]
                largest = max(largest, x * x + y * y + z * z)
        largest_km_s2[k] = math.sqrt(largest) * PERTURBATION_MARGIN * 1e-3


@compiled
def fill_window_states(
    pieces: Indices,
    first_window_of_piece: Indices,
    n_windows_of_piece: Indices,
    coefficients_m: Floats,
    half_s: Floats,
    tables: Floats,
    first_window: int,
    states_km: Singles,
) -> None:
    """Write every object's state in the middle of 16 windows, in single precision; NaN where there is no
    piece.

    Shape: pieces is (n, windows); states_km is (16, 6, n), kilometres and kilometres a second.
    """
    n_columns = 6 * N_TOGETHER
    sums = np.empty(n_columns)
    # Sixteen objects are gathered before they are written: whole lines of memory, not numbers far apart.
    gathered = np.empty((n_columns, N_TOGETHER), dtype=np.float32)
    for first in range(0, len(pieces), N_TOGETHER):
        n_objects = min(N_TOGETHER, len(pieces) - first)
        for k in range(first, first + n_objects):
            w = first_window
            while w < first_window + N_TOGETHER:
                p = pieces[k, w]
                n_here = 1
                if p < 0:
                    sums[:] = math.nan
                else:
                    begin, n = first_window_of_piece[p], n_windows_of_piece[p]
                    n_here = min(begin + n, first_window + N_TOGETHER) - w
                    row = n - 1 + w - begin
                    values = tables[0, :, row : row + N_TOGETHER]
                    slopes = tables[1, :, row : row + N_TOGETHER]
                    for axis in range(3):
                        here, rate = sums[axis * N_TOGETHER :], sums[(3 + axis) * N_TOGETHER :]
                        for there in range(N_TOGETHER):
                            here[there] = coefficients_m[p, axis, 0] * 1e-3
                            rate[there] = 0.0
                        for j in range(1, N_COEFFICIENTS):
                            c = coefficients_m[p, axis, j] * 1e-3
                            c_rate = c / half_s[p]
                            for there in range(N_TOGETHER):
                                here[there] += c * values[j, there]
                                rate[there] += c_rate * slopes[j, there]
                for column in range(6):
                    for there in range(n_here):
                        gathered[column * N_TOGETHER + w - first_window + there, k - first] = sums[
                            column * N_TOGETHER + there
                        ]
                w += n_here
        for column in range(6):
            for there in range(N_TOGETHER):
                states_km[there, column, first : first + n_objects] = gathered[
                    column * N_TOGETHER + there, :n_objects
                ]


@compiled
def fill_ragged_state(
    coefficients_m: Floats, half_s: float, middle_s: float, window_middle_s: float, state_km: Singles
) -> None:
    """Write a window's middle state for an object that is there for part of the window only.

    The state of the middle of that part, taken to the middle of the window by the model itself.
    """
    r_km, v_km_s = np.empty(3), np.empty(3)
    for axis in range(3):
        value, slope = evaluate(coefficients_m[axis], 0.0)
        r_km[axis], v_km_s[axis] = value * 1e-3, slope * 1e-3 / half_s
    r = math.sqrt((r_km * r_km).sum())
    n = math.sqrt(EARTH_MU_KM3_S2 / r**3)
    tau = window_middle_s - middle_s
    cosine, sine = math.cos(n * tau), math.sin(n * tau)
    for axis in range(3):
        state_km[axis] = r_km[axis] * cosine + v_km_s[axis] * sine / n
        state_km[3 + axis] = v_km_s[axis] * cosine - n * r_km[axis] * sine
