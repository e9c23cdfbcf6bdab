"""Every close approach there is, found the slow and obvious way, with python-sgp4 and nothing of Baken's.

Every pair, every half minute: the chord between two relative positions says how near the true path can have
come, since gravity bends it by no more than ``g h**2 / 8``.  What survives is walked through in small steps;
an approach is where the range stops falling.  Only positions are used: SGP4's velocity is not the derivative
of its position, so the range rate comes from five neighbouring positions.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.spatial import cKDTree
from sgp4.api import WGS72, Satrec

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

NS_A_SECOND = 1_000_000_000
NS_A_MINUTE = 60 * NS_A_SECOND
NS_A_DAY = 86_400 * NS_A_SECOND
# python-sgp4 counts days from 1949-12-31T00:00; Baken nanoseconds from 2000-01-01T00:00.
DAYS_FROM_1950_TO_2000 = 18263

# TAI - UTC from these days on, the first of them long before any element set here; IERS Bulletin C.
LEAP_SECONDS = [("1999-01-01", 32), ("2006-01-01", 33), ("2009-01-01", 34), ("2012-07-01", 35)]
LEAP_SECONDS += [("2015-07-01", 36), ("2017-01-01", 37)]
ORIGIN = np.datetime64("2000-01-01T00:00:00", "ns")

# A valid SGP4 state lies outside the Earth, where gravity is weaker than at the equator's surface.
RELATIVE_ACCELERATION_M_S2 = 2 * 9.82
# The escape speed at the surface, twice: no two bound objects approach faster.
CLOSING_SPEED_M_S = 2 * 11_190.0
STENCIL_S = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
# Abramowitz & Stegun (1964), 25.3.6: the derivative in the middle of five equal steps.
SLOPE_WEIGHT = np.array([1.0, -8.0, 0.0, 8.0, -1.0]) / 12.0
STEPS_INSIDE = 10


@dataclass(frozen=True, slots=True)
class Elements:
    """Mean elements of a population, one row for each object, named as Baken names them."""

    epoch_tai_ns: Integers
    mean_motion_rad_s: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    argument_of_perigee_rad: Floats
    mean_anomaly_rad: Floats
    bstar_per_earth_radius: Floats
    norad_cat_id: Integers

    def __len__(self) -> int:
        return len(self.epoch_tai_ns)

    def rows(self, index: npt.ArrayLike) -> "Elements":
        return Elements(*(getattr(self, name)[index] for name in self.__slots__))

    @property
    def perigee_radius_m(self) -> Floats:
        return self.semi_major_axis_m * (1.0 - self.eccentricity)

    @property
    def apogee_radius_m(self) -> Floats:
        return self.semi_major_axis_m * (1.0 + self.eccentricity)

    @property
    def semi_major_axis_m(self) -> Floats:
        return (3.986008e14 / self.mean_motion_rad_s**2) ** (1.0 / 3.0)  # mu of WGS-72, as SGP4 has it


@dataclass(frozen=True, slots=True, order=True)
class Encounter:
    """One local minimum of the range between two objects, or an end of the interval where it is least.

    ``sharpness_m2_s2`` is half the second derivative of the squared range: how well defined the instant is.
    """

    first: int
    second: int
    tca_tai_ns: int
    miss_distance_m: float
    relative_speed_m_s: float
    kind: str
    sharpness_m2_s2: float = field(default=np.nan, compare=False)


class Body(Protocol):
    """Anything that knows where it is."""

    def position_teme_m(self, at_tai_ns: int, after_s: npt.ArrayLike) -> Floats: ...


class Sgp4Body:
    """One object, moved by python-sgp4."""

    def __init__(self, elements: Elements, row: int) -> None:
        self.epoch_tai_ns = int(elements.epoch_tai_ns[row])
        self.satellite = Satrec()
        self.satellite.sgp4init(
            WGS72,
            "i",
            0,  # the catalogue number is no business of the theory
            # In UTC: the Sun, the Moon and sidereal time of a deep-space orbit hang on it.
            DAYS_FROM_1950_TO_2000 + (self.epoch_tai_ns - tai_minus_utc_ns(self.epoch_tai_ns)) / NS_A_DAY,
            float(elements.bstar_per_earth_radius[row]),
            0.0,
            0.0,
            float(elements.eccentricity[row]),
            float(elements.argument_of_perigee_rad[row]),
            float(elements.inclination_rad[row]),
            float(elements.mean_anomaly_rad[row]),
            float(elements.mean_motion_rad_s[row]) * 60.0,
            float(elements.raan_rad[row]),
        )

    def position_teme_m(self, at_tai_ns: int, after_s: npt.ArrayLike) -> Floats:
        """Return positions some seconds after an instant; NaN where SGP4 gives an error."""
        minutes = (at_tai_ns - self.epoch_tai_ns) / NS_A_MINUTE + np.asarray(after_s, dtype=float) / 60.0
        whole_jd, fraction = self.satellite.jdsatepoch, self.satellite.jdsatepochF
        error, position_km, _ = self.satellite.sgp4_array(
            np.full(minutes.size, whole_jd), fraction + minutes.ravel() / 1440.0
        )
        position_km[error != 0] = np.nan
        return np.asarray(position_km.reshape(*minutes.shape, 3) * 1e3)


def tai_ns(utc: str | np.datetime64) -> int:
    """Return an instant of UTC, without a Z, as TAI nanoseconds since 2000."""
    moment = np.datetime64(str(utc), "ns")
    leap_s = max(leap_s for day, leap_s in LEAP_SECONDS if np.datetime64(day) <= moment)
    return int((moment - ORIGIN).astype(np.int64)) + leap_s * NS_A_SECOND


def tai_minus_utc_ns(at_tai_ns: int) -> int:
    return max(leap_s for day, leap_s in LEAP_SECONDS if tai_ns(day) <= at_tai_ns) * NS_A_SECOND


def sgp4_bodies(elements: Elements) -> list[Body]:
    return [Sgp4Body(elements, row) for row in range(len(elements))]


def encounters(
    bodies: Sequence[Body],
    start_tai_ns: int,
    end_tai_ns: int,
    threshold_m: float,
    *,
    primaries: Sequence[int] | None = None,
    step_s: float = 30.0,
    within: "Within | None" = None,
) -> list[Encounter]:
    """Return every approach below the threshold, of all pairs or of those with a primary, in order of pair.

    The first object of a pair is the primary where there are primaries, else the one of lower row.
    An object that SGP4 cannot place takes part in nothing for as long as that lasts.
    """
    within = within or every_pair_within
    rows = np.arange(len(bodies)) if primaries is None else np.asarray(primaries)
    ends_tai_ns = _grid(start_tai_ns, end_tai_ns, step_s)
    found = [
        encounter
        for first, second, step in _near_chords(bodies, ends_tai_ns, threshold_m, rows, within)
        for encounter in _walk(bodies, first, second, ends_tai_ns[step], ends_tai_ns[step + 1], threshold_m)
    ]
    found += _at_the_ends(bodies, start_tai_ns, end_tai_ns, threshold_m, rows, within)
    return sorted(found)


def _grid(start_tai_ns: int, end_tai_ns: int, step_s: float) -> Integers:
    n_steps = int(np.ceil((end_tai_ns - start_tai_ns) / (step_s * NS_A_SECOND)))
    offsets = np.minimum(np.arange(n_steps + 1) * int(step_s * NS_A_SECOND), end_tai_ns - start_tai_ns)
    return start_tai_ns + offsets


def _near_chords(
    bodies: Sequence[Body], ends_tai_ns: Integers, threshold_m: float, rows: Integers, within: "Within"
) -> Iterator[tuple[int, int, int]]:
    """Yield (first, second, step) for each step in which a pair can have come below the threshold."""
    steps_at_once = max(1, 4_000_000 // len(bodies))
    for begin in range(0, len(ends_tai_ns) - 1, steps_at_once):
        ends = ends_tai_ns[begin : begin + steps_at_once + 1]
        after_s = (ends - ends[0]) / NS_A_SECOND
        position_m = np.stack([body.position_teme_m(int(ends[0]), after_s) for body in bodies], axis=1)
        for step, step_s in enumerate(np.diff(after_s)):
            reach_m = threshold_m + CLOSING_SPEED_M_S * step_s
            here_m, there_m = position_m[step], position_m[step + 1]
            # One that is found again inside this step counts from where it is next.
            first, second = within(np.where(np.isnan(here_m), there_m, here_m), rows, reach_m)
            range_m = _chord_range_m(here_m, there_m, first, second)
            # A NaN here means lost or found inside this step: look closer, never skip.
            possible = ~(range_m > threshold_m + RELATIVE_ACCELERATION_M_S2 * step_s**2 / 8.0)
            for pair in zip(first[possible].tolist(), second[possible].tolist(), strict=True):
                yield *pair, begin + step


Pairs = tuple[Integers, Integers]
Within = Callable[[Floats, Integers, float], Pairs]


def every_pair_within(position_m: Floats, rows: Integers, reach_m: float) -> Pairs:
    """Return the pairs within reach, by measuring all of them."""
    range_m2 = np.zeros((len(rows), len(position_m)))
    for along_m in position_m.T:
        range_m2 += np.subtract.outer(along_m[rows], along_m) ** 2
    place, second = np.nonzero(range_m2 <= reach_m**2)
    return _once(rows[place], second, rows)


def tree_pairs_within(position_m: Floats, rows: Integers, reach_m: float) -> Pairs:
    """Return the same pairs from a k-d tree, for skies of which all pairs are too many."""
    known = np.nonzero(np.isfinite(position_m[:, 0]))[0]
    pairs = known[cKDTree(position_m[known]).query_pairs(reach_m, output_type="ndarray")]
    first, second = np.concatenate([pairs, pairs[:, ::-1]]).T
    asked = np.isin(first, rows)
    return _once(first[asked], second[asked], rows)


def _once(first: Integers, second: Integers, rows: Integers) -> Pairs:
    """Keep each pair once: a primary first, the lower row first where both are."""
    keep = (first < second) | ((first != second) & ~np.isin(second, rows))
    return first[keep], second[keep]


def _chord_range_m(here_m: Floats, there_m: Floats, first: Integers, second: Integers) -> Floats:
    """Return how near the origin the straight line between two relative positions comes."""
    begin_m, end_m = here_m[second] - here_m[first], there_m[second] - there_m[first]
    chord_m = end_m - begin_m
    length_m2 = np.maximum((chord_m**2).sum(axis=-1), 1e-12)
    nearest = np.clip(-(begin_m * chord_m).sum(axis=-1) / length_m2, 0.0, 1.0)
    return np.asarray(np.linalg.norm(begin_m + nearest[:, None] * chord_m, axis=-1))


def _walk(
    bodies: Sequence[Body], first: int, second: int, begin_tai_ns: int, end_tai_ns: int, threshold_m: float
) -> Iterator[Encounter]:
    """Yield the minima of range inside one step."""
    one, other, begin = bodies[first], bodies[second], int(begin_tai_ns)
    after_s = np.linspace(0.0, (int(end_tai_ns) - begin) / NS_A_SECOND, STEPS_INSIDE + 1)
    slope = _range_slope(one, other, begin, after_s)
    for i in np.nonzero((slope[:-1] < 0.0) & (slope[1:] >= 0.0))[0]:

        def falling(at_s: float) -> float:
            return float(_range_slope(one, other, begin, at_s))

        root_s = brentq(falling, after_s[i], after_s[i + 1], xtol=1e-9, rtol=1e-14)
        encounter = _encounter(bodies, first, second, begin + round(root_s * NS_A_SECOND), "interior")
        if encounter.miss_distance_m <= threshold_m:
            yield encounter


def _range_slope(one: Body, other: Body, at_tai_ns: int, after_s: npt.ArrayLike) -> Floats:
    """Return half the derivative of the squared range, from positions alone."""
    position_m, velocity_m_s = _relative(one, other, at_tai_ns, after_s)
    return np.asarray((position_m * velocity_m_s).sum(axis=-1))


def _relative(one: Body, other: Body, at_tai_ns: int, after_s: npt.ArrayLike) -> tuple[Floats, Floats]:
    moments_s = np.asarray(after_s)[..., None] + STENCIL_S
    position_m = other.position_teme_m(at_tai_ns, moments_s) - one.position_teme_m(at_tai_ns, moments_s)
    return position_m[..., 2, :], SLOPE_WEIGHT @ position_m


def _encounter(bodies: Sequence[Body], first: int, second: int, at_tai_ns: int, kind: str) -> Encounter:
    position_m, velocity_m_s = _relative(bodies[first], bodies[second], at_tai_ns, 0.0)
    slope_m2_s = _range_slope(bodies[first], bodies[second], at_tai_ns, [-1.0, 1.0])
    return Encounter(
        first,
        second,
        at_tai_ns,
        float(np.linalg.norm(position_m)),
        float(np.linalg.norm(velocity_m_s)),
        kind,
        sharpness_m2_s2=0.5 * float(slope_m2_s[1] - slope_m2_s[0]),
    )


def _at_the_ends(
    bodies: Sequence[Body],
    start_tai_ns: int,
    end_tai_ns: int,
    threshold_m: float,
    rows: Integers,
    within: Within,
) -> Iterator[Encounter]:
    """Yield pairs that are below the threshold and parting at the start, or still closing at the end."""
    for at_tai_ns, kind in ((start_tai_ns, "interval start"), (end_tai_ns, "interval end")):
        position_m = np.stack([body.position_teme_m(at_tai_ns, 0.0) for body in bodies])
        for first, second in np.transpose(within(position_m, rows, threshold_m)).tolist():
            encounter = _encounter(bodies, first, second, at_tai_ns, kind)
            closing = float(_range_slope(bodies[first], bodies[second], at_tai_ns, 0.0)) < 0.0
            if encounter.miss_distance_m <= threshold_m and closing == (kind == "interval end"):
                yield encounter
