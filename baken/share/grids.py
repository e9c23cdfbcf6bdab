"""Numbers on their grids: the same number always lands on the same point, without luck."""

import math

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Instants, InstantsLike
from baken.astro.leap_seconds import tai_minus_utc_ns
from baken.records.precision import EXACT

NANOSECONDS_A_SECOND = 1_000_000_000


def on_grid(value_si: FloatsLike, grid_si: float) -> Floats:
    """Return numbers rounded to the nearest point of a grid; a grid of zero leaves them.

    >>> on_grid([1499.0, -20.0], 1000.0).tolist()
    [1000.0, 0.0]
    >>> float(on_grid(0.3141, 0.1))
    0.3
    """
    value = np.asarray(value_si, dtype=float)
    if grid_si == EXACT:
        return value
    per_one = round(1.0 / grid_si)
    # Dividing a whole number gives the double next to the decimal, and so the shortest text.
    is_decimal = grid_si < 1.0 and per_one * grid_si == 1.0
    return (np.rint(value * per_one) / per_one if is_decimal else np.rint(value / grid_si) * grid_si) + 0.0


def up_to_grid(value_si: float, grid_si: float) -> float:
    """Return a number of zero or more rounded up to the next point of a grid, the first at least.

    >>> up_to_grid(1.0, 1000.0), up_to_grid(1000.1, 1000.0), up_to_grid(7.5, 0.0)
    (1000.0, 2000.0, 7.5)
    """
    return value_si if grid_si == EXACT else max(1, math.ceil(value_si / grid_si)) * grid_si


def epochs_on_grid(epoch_tai_ns: InstantsLike, grid_s: float) -> Instants:
    """Return instants moved to the nearest point of a grid of UTC, counted from 2000-01-01.

    A minute of the grid is a minute on everybody's clock, but for the one next to a leap second.

    >>> from baken.astro.time import tai_ns_from_utc, utc_text
    >>> utc_text(int(epochs_on_grid(tai_ns_from_utc("2026-02-01T12:34:56.123Z"), 60.0)))
    '2026-02-01T12:35:00.000Z'
    """
    epoch = np.asarray(epoch_tai_ns, dtype=np.int64)
    if grid_s == EXACT:
        return epoch
    grid_ns = max(1, round(grid_s * NANOSECONDS_A_SECOND))
    past = np.mod(epoch - tai_minus_utc_ns(epoch), grid_ns)
    return np.asarray(epoch - past + np.where(2 * past >= grid_ns, grid_ns, 0))


def to_digits(value: float, n_digits: int) -> float:
    """Return a number with so many significant digits; zero digits leave it as it is.

    >>> to_digits(0.00012345, 2), to_digits(0.5, 0)
    (0.00012, 0.5)
    """
    return float(f"{value:.{n_digits}g}") if n_digits else value
