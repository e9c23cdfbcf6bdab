"""The honest usual way to screen a sky: python-sgp4, a k-d tree, and a straight-line filter, written well.

Every ``STEP_S`` the whole catalogue is placed by one array call, a k-d tree gives the pairs that could meet
before the next step, straight relative motion says which of those come near, and the survivors are refined
with SGP4 itself.  One process, as such scripts are; it needs nothing but the element sets and an afternoon.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree
from sgp4 import omm
from sgp4.api import Satrec, SatrecArray

from benchmarks.rivals.contest import SECONDS_A_DAY, Found, Task, contend, stopwatch

STEP_S = 30.0  # of 15 to 60 s the quickest whose answer no longer changes but for slow pairs
STEPS_AT_ONCE = 30
# The straight line is wrong by the gravity gradient over half a step, and by SGP4's velocity, which is not
# the derivative of its position (4.5 m/s off on a long ellipse).
GRADIENT_S2 = 2.5e-6  # 2 mu / r**3 at 6,800 km, rounded up
VELOCITY_M_S = 5.0
# What moves less than this against its neighbour is docked: it has no closest approach.
STANDING_M_S = 1e-3
SAME_ENCOUNTER_S = 1.0

Floats = npt.NDArray[np.float64]


def screen(task: Task) -> Found:
    """Read, screen and refine."""
    numbers, satellites = _read(task.catalogue)
    with stopwatch() as screening:
        jd, fraction = _julian(task.start_utc)
        rows = [
            row
            for first, second, at_s in _candidates(satellites, jd, fraction, task)
            if (row := _refine(satellites, first, second, jd, fraction, at_s, task)) is not None
        ]
    table = _once_each(np.array(rows, dtype=float).reshape(-1, 4))
    return Found(
        first=numbers[table[:, 0].astype(int)],
        second=numbers[table[:, 1].astype(int)],
        tca_s=table[:, 2],
        miss_m=table[:, 3],
        objects=len(numbers),
        screening_s=screening.seconds,
    )


def _read(path: Path) -> tuple[npt.NDArray[np.int64], list[Satrec]]:
    numbers, satellites = [], []
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for fields in omm.parse_csv(lines):
            numbers.append(int(fields["NORAD_CAT_ID"]))
            satellite = Satrec()
            # The record has no room for numbers past 339999; the list beside it has.
            omm.initialize(satellite, {**fields, "NORAD_CAT_ID": "0"})
            satellites.append(satellite)
    return np.array(numbers), satellites


def _julian(utc: np.datetime64) -> tuple[float, float]:
    days = (utc - np.datetime64("2000-01-01T00:00:00", "ns")) / np.timedelta64(1, "D")
    return 2451544.5 + np.floor(days), float(days % 1.0)


def _candidates(
    satellites: list[Satrec], jd: float, fraction: float, task: Task
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs that may come below the threshold, and when."""
    everyone = SatrecArray(satellites)
    n_steps = int(np.ceil(task.span_s / STEP_S)) + 1
    for begin in range(0, n_steps, STEPS_AT_ONCE):
        at_s = np.arange(begin, min(begin + STEPS_AT_ONCE, n_steps)) * STEP_S
        fractions = fraction + at_s / SECONDS_A_DAY
        error, position_km, velocity_km_s = everyone.sgp4(np.full(at_s.size, jd), fractions)
        for step, moment_s in enumerate(at_s):
            alive = np.nonzero(error[:, step] == 0)[0]
            near = _near(position_km[alive, step] * 1e3, velocity_km_s[alive, step] * 1e3, task.miss_m)
            yield from ((int(alive[a]), int(alive[b]), float(moment_s + t)) for a, b, t in near)


def _near(position_m: Floats, velocity_m_s: Floats, miss_m: float) -> Iterator[tuple[int, int, float]]:
    half_s = 0.5 * STEP_S
    fastest_m_s = 2.0 * float(np.sqrt((velocity_m_s**2).sum(axis=-1).max()))
    pairs = cKDTree(position_m).query_pairs(miss_m + fastest_m_s * half_s, output_type="ndarray")
    apart_m = position_m[pairs[:, 1]] - position_m[pairs[:, 0]]
    closing_m_s = velocity_m_s[pairs[:, 1]] - velocity_m_s[pairs[:, 0]]
    speed2_m2_s2 = np.maximum((closing_m_s**2).sum(axis=-1), 1e-9)
    nearest_s = -(apart_m * closing_m_s).sum(axis=-1) / speed2_m2_s2
    # Slow pairs turn within a step: whoever is near and slow is looked at.
    within_s = np.clip(nearest_s, -half_s, half_s)
    range2_m2 = ((apart_m + closing_m_s * within_s[:, None]) ** 2).sum(axis=-1)
    range0_m = np.sqrt((apart_m**2).sum(axis=-1))
    pad_m = 0.5 * GRADIENT_S2 * range0_m * half_s**2 + VELOCITY_M_S * half_s
    keep = (range2_m2 <= (miss_m + pad_m) ** 2) & (
        (np.abs(nearest_s) <= 1.2 * half_s) | (speed2_m2_s2 < 100.0**2)
    )
    return zip(pairs[keep, 0], pairs[keep, 1], within_s[keep], strict=True)


def _refine(
    satellites: list[Satrec], first: int, second: int, jd: float, fraction: float, at_s: float, task: Task
) -> tuple[int, int, float, float] | None:
    """Follow straight lines to where the range stops falling; what leaves its step belongs to another."""
    one, other = satellites[first], satellites[second]
    begin_s = at_s
    for _ in range(20):
        apart_m, closing_m_s = _relative(one, other, jd, fraction, at_s)
        speed2_m2_s2 = closing_m_s @ closing_m_s
        if speed2_m2_s2 < STANDING_M_S**2:
            return None
        correction_s = -(apart_m @ closing_m_s) / speed2_m2_s2
        at_s += correction_s
        if not abs(at_s - begin_s) < 2.0 * STEP_S:
            return None
        if abs(correction_s) < 1e-5:
            break
    miss_m = float(np.sqrt(apart_m @ apart_m))
    inside = miss_m <= task.miss_m and 0.0 <= at_s <= task.span_s
    return (first, second, at_s, miss_m) if inside else None


def _once_each(rows: Floats) -> Floats:
    """Keep one of what two neighbouring steps both led to."""
    rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
    same_pair = (np.diff(rows[:, :2], axis=0) == 0.0).all(axis=-1)
    again = same_pair & (np.diff(rows[:, 2]) < SAME_ENCOUNTER_S)
    return rows[~np.concatenate([[False], again])] if len(rows) else rows


def _relative(one: Satrec, other: Satrec, jd: float, fraction: float, at_s: float) -> tuple[Floats, Floats]:
    moment = fraction + at_s / SECONDS_A_DAY
    _, position_1_km, velocity_1_km_s = one.sgp4(jd, moment)
    _, position_2_km, velocity_2_km_s = other.sgp4(jd, moment)
    return (
        np.subtract(position_2_km, position_1_km) * 1e3,
        np.subtract(velocity_2_km_s, velocity_1_km_s) * 1e3,
    )


if __name__ == "__main__":
    contend(screen)
