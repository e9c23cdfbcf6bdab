"""How the Earth stands and where Sun and Moon are, tabulated once for all objects of a propagation.

Everything here but the Earth's daily turn is slow: hourly values with a cubic through four of them lose
0.1 m of the Moon and a micrometre of the pole.  The turn itself is kept as what UT1 is less TAI.
"""

from dataclasses import dataclass

import erfa
import numpy as np

from baken.astro.arrays import Floats, Instants, InstantsLike, Truths
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_ROTATION_RATE_RAD_S
from baken.astro.earth_data import EarthData, EarthOrientation
from baken.astro.frames import rotation_gcrs_to_cirs, rotation_tirs_to_itrs
from baken.astro.sun_moon import moon_position_gcrs_m, sun_position_gcrs_m
from baken.astro.time import julian_date_ut1, utc_minus_tai_s

STEP_S = 3600
N_MARGIN = 2  # hours before and after, so that a cubic has its four values
# What stands in a row: the rotation to the pole of the day, that to the pole of the maps, UT1, Sun, Moon.
POLE, MAPS, TURN, SUN, MOON, N_COLUMNS = 0, 9, 18, 19, 22, 25


@dataclass(frozen=True, slots=True, eq=False)
class SkyTable:
    """Hourly rows from ``first_s`` on, in seconds from the epoch they were made for."""

    first_s: float
    rows: Floats
    turned_at_epoch_rad: float


@dataclass(frozen=True, slots=True, eq=False)
class SkyAtPoints:
    """The sky at p instants: rotations to the ground are (p, 3, 3), Sun and Moon (p, 3)."""

    rotation_gcrs_to_itrs: Floats
    sun_gcrs_m: Floats
    moon_gcrs_m: Floats


@dataclass(frozen=True, slots=True)
class _HeldEarth:
    """Earth data that beyond their ends hold still, for the hours around a span; inside they must know."""

    earth: EarthData
    start_tai_ns: int
    end_tai_ns: int

    def inside(self, epoch_tai_ns: InstantsLike) -> Instants:
        epochs = np.asarray(epoch_tai_ns)
        nearest = np.clip(epochs, self.start_tai_ns, self.end_tai_ns)
        return np.asarray(np.where(self.earth.covers(epochs), epochs, nearest))

    def at(self, epoch_tai_ns: InstantsLike) -> EarthOrientation:
        return self.earth.at(self.inside(epoch_tai_ns))

    def covers(self, epoch_tai_ns: InstantsLike) -> Truths:
        return self.earth.covers(self.inside(epoch_tai_ns))

    def is_measured(self, epoch_tai_ns: InstantsLike) -> Truths:
        return self.earth.is_measured(self.inside(epoch_tai_ns))


def sky_table(epoch_tai_ns: int, first_s: float, last_s: float, earth: EarthData) -> SkyTable:
    """Tabulate the sky from ``first_s`` to ``last_s`` seconds after an epoch.

    Raises: ValueError where the Earth data say nothing.
    """
    low, high = int(np.floor(first_s / STEP_S)) - N_MARGIN, int(np.ceil(last_s / STEP_S)) + N_MARGIN
    epochs = epoch_tai_ns + np.arange(low, high + 1, dtype=np.int64) * STEP_S * 10**9
    held = _HeldEarth(earth, epoch_tai_ns + round(first_s * 1e9), epoch_tai_ns + round(last_s * 1e9))
    rows = np.empty((epochs.size, N_COLUMNS))
    rows[:, POLE:MAPS] = rotation_gcrs_to_cirs(epochs, held).reshape(-1, 9)
    rows[:, MAPS:TURN] = rotation_tirs_to_itrs(epochs, held).reshape(-1, 9)
    known = held.inside(epochs)
    ut1_minus_utc_s = held.at(epochs).ut1_minus_utc_s
    rows[:, TURN] = ut1_minus_utc_s + utc_minus_tai_s(known)
    rows[:, SUN:MOON], rows[:, MOON:] = sun_position_gcrs_m(epochs), moon_position_gcrs_m(epochs)
    turned_rad = float(erfa.era00(*julian_date_ut1(known[0], ut1_minus_utc_s[0])))
    since_s = float(known[0] - epoch_tai_ns) * 1e-9 + rows[0, TURN]
    return SkyTable(low * STEP_S, rows, turned_rad - EARTH_ROTATION_RATE_RAD_S * since_s)


def sky_at(table: SkyTable, time_s: Floats) -> SkyAtPoints:
    """Return the sky at instants, (p,) seconds after the epoch of the table."""
    n = time_s.size
    sky = SkyAtPoints(np.empty((n, 3, 3)), np.empty((n, 3)), np.empty((n, 3)))
    _fill_sky(
        table.first_s, table.rows, table.turned_at_epoch_rad, EARTH_ROTATION_RATE_RAD_S, time_s,
        sky.rotation_gcrs_to_itrs, sky.sun_gcrs_m, sky.moon_gcrs_m,
    )  # fmt: skip
    return sky


@compiled
def _fill_sky(
    first_s: float,
    rows: Floats,
    turned_at_epoch_rad: float,
    rate_rad_s: float,
    time_s: Floats,
    rotation: Floats,
    sun_m: Floats,
    moon_m: Floats,
) -> None:
    """Write the sky of every instant: a cubic through the four rows around it, then the Earth's turn."""
    row, half = np.empty(N_COLUMNS), np.empty((3, 3))
    for p in range(time_s.size):
        u = (time_s[p] - first_s) / STEP_S
        k = min(max(int(u) - 1, 0), len(rows) - 4)
        s = u - k
        w0 = -(s - 1.0) * (s - 2.0) * (s - 3.0) / 6.0
        w1 = s * (s - 2.0) * (s - 3.0) / 2.0
        w2 = -s * (s - 1.0) * (s - 3.0) / 2.0
        w3 = s * (s - 1.0) * (s - 2.0) / 6.0
        for c in range(N_COLUMNS):
            row[c] = w0 * rows[k, c] + w1 * rows[k + 1, c] + w2 * rows[k + 2, c] + w3 * rows[k + 3, c]
        angle = turned_at_epoch_rad + rate_rad_s * (time_s[p] + row[TURN])
        cosine, sine = np.cos(angle), np.sin(angle)
        for j in range(3):
            half[0, j] = cosine * row[j] + sine * row[3 + j]
            half[1, j] = cosine * row[3 + j] - sine * row[j]
            half[2, j] = row[6 + j]
        for i in range(3):
            for j in range(3):
                rotation[p, i, j] = (
                    row[MAPS + 3 * i] * half[0, j]
                    + row[MAPS + 3 * i + 1] * half[1, j]
                    + row[MAPS + 3 * i + 2] * half[2, j]
                )
            sun_m[p, i], moon_m[p, i] = row[SUN + i], row[MOON + i]
