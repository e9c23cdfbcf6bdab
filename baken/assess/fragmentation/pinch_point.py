"""The pinch point: when and where pieces that are now apart were closest together.

Two signals, one after the other.  Planes: the orbits of all pieces pass through the place where they parted,
until their nodes have turned at different rates; that bounds the time to hours or days, whatever drag has
done to the places along the orbits.  Places: followed back, the pieces gather; their distances are weighed by
what old elements leave open, and the instant at which the median is least is the pinch.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from baken.assess.fragmentation.mean_orbits import (
    DRAG_ERROR_SHARE,
    MeanOrbits,
    along_track_sigma_m,
    normals_teme,
)
from baken.assess.fragmentation.passages import passages
from baken.astro.arrays import Floats, Instants
from baken.astro.constants import TURN_RAD
from baken.astro.motions import ChosenMotion, Motion

Rows = npt.NDArray[np.intp]
N_STEADIEST = 200
N_IN_CENTRE = 60
N_DRAWS = 60
N_PLANE_TIMES = 240
STEPS_A_REVOLUTION = 24
MOST_PLACE_TIMES = 6_000
# Kicks that turn planes and kicks that change periods go together in part, and move the crossing of planes
# by some hundredths of the time since: 2 % in the breakup of 2024-140.  Places are looked at so much wider.
PLANE_ERROR_SHARE = 0.03
# The directions in a plane at which planes may cross: half a turn, the other half is the same line.
N_DIRECTIONS = 90
CONFIDENCE = 0.9
# By what share of the age of the elements three known breakups were missed: -1.44e-3 (2024-140), none
# (2022-151), -0.95e-3 (1982-092).  Their root mean square, 1.0e-3, times Student's 2.35 of three cases.
LEFT_OPEN_SHARE_OF_AGE = 2.35e-3
# Below this the gathered places themselves say where; above it the crossing of the planes says it better.
PLACES_TELL_BELOW_M = 30e3


class CannotFollow(ValueError):
    """Fewer than three of the pieces can be followed back: nothing gathers."""


class PinchPoint(NamedTuple):
    """When and where pieces were closest together.

    The interval is made to hold the instant with ``CONFIDENCE``: it joins what another draw of the same
    pieces would give with what an error of the drag, common to all, would do, and with how far old elements
    have missed known breakups.  ``planes`` is what the planes
    alone allow.  ``times_tai_ns`` and ``spread_m`` are the curve whose lowest point this is.
    """

    epoch_tai_ns: int
    start_tai_ns: int
    end_tai_ns: int
    position_teme_m: Floats
    spread_at_pinch_m: float
    planes: "PlanePinch"
    n_used: int
    times_tai_ns: Instants
    spread_m: Floats


def pinch_point(
    motion: Motion,
    orbits: MeanOrbits,
    start_tai_ns: int,
    end_tai_ns: int,
) -> PinchPoint:
    """Return the pinch point of pieces between two instants.

    ``motion`` and ``orbits`` speak of the same pieces in the same order.

    Raises: ValueError for fewer than three pieces, or when the end is not after the start; CannotFollow when
            fewer than three can be followed back.
    Source: the idea is old; see Johnson et al. (2008), "The characteristics and consequences of the break-up
            of the Fengyun-1C spacecraft", Acta Astronautica 63, 128, and Andrisan et al. (2016), SDC7.
    """
    if len(orbits.epoch_tai_ns) < 3 or end_tai_ns <= start_tai_ns:
        raise ValueError("a pinch point needs three pieces, and a stretch of time that ends after it starts")
    planes = pinch_of_planes(orbits, start_tai_ns, end_tai_ns)
    steady, plane_span = planes.rows, (planes.start_tai_ns, planes.end_tai_ns)
    age_ns = max(0, int(np.median(orbits.epoch_tai_ns)) - plane_span[0])
    margin_ns = round(PLANE_ERROR_SHARE * age_ns)
    revolution_ns = round(float(np.median(TURN_RAD / orbits.mean_motion_rad_s)) * 1e9)
    span = (
        max(start_tai_ns, plane_span[0] - margin_ns - 2 * revolution_ns),
        min(end_tai_ns, plane_span[1] + margin_ns + 2 * revolution_ns),
    )
    places = _PlaceCurve.of(motion, orbits, steady, span, revolution_ns)
    best_tai_ns, spread_m = places.refined(motion)
    toward = _direction(motion, orbits.of(steady), places, best_tai_ns, spread_m)
    best_tai_ns, centre_teme_m = _snapped(motion, places, toward, best_tai_ns, revolution_ns)
    low, high = places.interval()
    shift_ns = min(_left_open_ns(orbits.of(places.rows), best_tai_ns), end_tai_ns - start_tai_ns)
    return PinchPoint(
        epoch_tai_ns=best_tai_ns,
        start_tai_ns=min(low, best_tai_ns) - shift_ns,
        end_tai_ns=max(high, best_tai_ns) + shift_ns,
        position_teme_m=centre_teme_m,
        spread_at_pinch_m=spread_m,
        planes=planes,
        n_used=len(places.rows),
        times_tai_ns=places.times_tai_ns,
        spread_m=places.spread_m(),
    )


class PlanePinch(NamedTuple):
    """When planes crossed most nearly in one line, between what instants they may have, and who was asked.

    ``times_tai_ns`` and ``spread_rad`` are the curve whose lowest point this is.
    """

    epoch_tai_ns: int
    start_tai_ns: int
    end_tai_ns: int
    rows: Rows
    times_tai_ns: Instants
    spread_rad: Floats


def pinch_of_planes(orbits: MeanOrbits, start_tai_ns: int, end_tai_ns: int) -> PlanePinch:
    """Return when the planes of the steadiest pieces crossed in one line: all that years leave of a breakup.

    A step of the time is a 240th of the stretch asked about; the interval has one more to each side.
    Raises: ValueError for fewer than three pieces, or when the end is not after the start.
    """
    if len(orbits.epoch_tai_ns) < 3 or end_tai_ns <= start_tai_ns:
        raise ValueError("a pinch of planes needs three pieces, and a time that ends after it starts")
    middle_tai_ns = (start_tai_ns + end_tai_ns) // 2
    steady = np.argsort(along_track_sigma_m(orbits, middle_tai_ns), kind="stable")[:N_STEADIEST]
    planes = _PlaneCurve.of(orbits.of(steady), start_tai_ns, end_tai_ns)
    spread_rad = planes.cost(np.arange(len(steady)))
    lowest_tai_ns = int(planes.times_tai_ns[spread_rad.argmin()])
    return PlanePinch(lowest_tai_ns, *planes.interval(), steady, planes.times_tai_ns, spread_rad)


class _PlaneCurve(NamedTuple):
    """How far planes are from crossing in one line, at each time: (pieces, times, directions)."""

    times_tai_ns: Instants
    misses_rad: Floats

    @classmethod
    def of(cls, orbits: MeanOrbits, start_tai_ns: int, end_tai_ns: int) -> "_PlaneCurve":
        times = np.linspace(start_tai_ns, end_tai_ns, N_PLANE_TIMES).astype(np.int64)
        normals = normals_teme(orbits, times)
        middle = np.median(normals, axis=0)
        lines = _directions_in(middle)
        return cls(times, np.abs(np.einsum("nkc,kuc->nku", normals - middle, lines)).astype(np.float32))

    def cost(self, rows: Rows) -> Floats:
        """Return the median miss of the best line at each time."""
        return np.asarray(np.median(self.misses_rad[rows], axis=0).min(axis=-1), dtype=np.float64)

    def interval(self) -> tuple[int, int]:
        """Return where the lowest point lies when pieces are drawn anew, with a step to both sides."""
        n = len(self.misses_rad)
        lowest = [int(self.cost(drawn).argmin()) for drawn in _draws(n, N_DRAWS // 2)]
        lowest.append(int(self.cost(np.arange(n)).argmin()))
        low, high = max(0, min(lowest) - 1), min(N_PLANE_TIMES - 1, max(lowest) + 1)
        return int(self.times_tai_ns[low]), int(self.times_tai_ns[high])


class _PlaceCurve(NamedTuple):
    """Where pieces were at each time, and what each place is worth: (pieces, times, 3) and (pieces,)."""

    rows: Rows
    times_tai_ns: Instants
    position_teme_m: Floats
    sigma_m: Floats

    @classmethod
    def of(
        cls, motion: Motion, orbits: MeanOrbits, steady: Rows, span: tuple[int, int], revolution_ns: int
    ) -> "_PlaceCurve":
        n_times = 1 + (span[1] - span[0]) * STEPS_A_REVOLUTION // revolution_ns
        times = np.linspace(span[0], span[1], int(np.clip(n_times, 3, MOST_PLACE_TIMES))).astype(np.int64)
        sigma_m = along_track_sigma_m(orbits, (span[0] + span[1]) // 2)
        position, seen = _positions(motion, steady, times)
        rows = steady[seen]
        if len(rows) < 3:
            raise CannotFollow(
                f"{len(rows)} of {len(steady)} pieces can be followed back over the time asked for"
            )
        return cls(rows, times, position[seen], sigma_m[rows])

    def cost(self, drawn: Rows, position_teme_m: Floats | None = None) -> Floats:
        """Return, at each time, the median distance to the middle in what each place is worth."""
        position = (self.position_teme_m if position_teme_m is None else position_teme_m)[drawn]
        sigma_m = self.sigma_m[drawn]
        best = np.argsort(sigma_m, kind="stable")[:N_IN_CENTRE]
        distance_m = np.linalg.norm(position - np.median(position[best], axis=0), axis=-1)
        return np.asarray(np.median(distance_m / sigma_m[:, None], axis=0))

    def spread_m(self) -> Floats:
        """Return the median distance to the middle at each time, of the pieces that are best known."""
        return _spread_m(self.position_teme_m[:N_IN_CENTRE])

    def interval(self) -> tuple[int, int]:
        """Return between what instants the lowest point lies when the pieces are drawn anew."""
        n = len(self.rows)
        lowest = [int(self.cost(drawn).argmin()) for drawn in _draws(n, N_DRAWS)]
        low, high = np.quantile(lowest, [0.5 - CONFIDENCE / 2.0, 0.5 + CONFIDENCE / 2.0])
        last = len(self.times_tai_ns) - 1
        return (
            int(self.times_tai_ns[max(0, int(np.floor(low)) - 1)]),
            int(self.times_tai_ns[min(last, int(np.ceil(high)) + 1)]),
        )

    def refined(self, motion: Motion) -> tuple[int, float]:
        """Return the lowest point between the times of the curve, and the median distance there."""
        at = int(self.cost(np.arange(len(self.rows))).argmin())
        low, high = (
            self.times_tai_ns[max(0, at - 1)],
            self.times_tai_ns[min(len(self.times_tai_ns) - 1, at + 1)],
        )
        for _ in range(3):
            times = np.linspace(low, high, 41).astype(np.int64)
            position, _ = _positions(motion, self.rows, times)
            at = int(np.nanargmin(self.cost(np.arange(len(self.rows)), position)))
            low, high = times[max(0, at - 1)], times[min(40, at + 1)]
        return int(times[at]), float(_spread_m(position[:N_IN_CENTRE, at : at + 1])[0])


def _draws(n_pieces: int, n_draws: int) -> Rows:
    """Return pieces drawn anew, as many as there are and some twice: (n_draws, n_pieces).

    Hashes of their own numbers stand in for luck, so that the same pieces always give the same interval.
    Source: splitmix64, Steele, Lea & Flood (2014), OOPSLA.
    """
    state = np.arange(1, n_draws * n_pieces + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    drawn = (state ^ (state >> np.uint64(31))) % np.uint64(n_pieces)
    return drawn.astype(np.intp).reshape(n_draws, n_pieces)


def _spread_m(position_m: Floats) -> Floats:
    return np.asarray(np.median(np.linalg.norm(position_m - np.median(position_m, axis=0), axis=-1), axis=0))


def _positions(motion: Motion, rows: Rows, times: Instants) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return positions of pieces at times, and which can be followed all the way."""
    index = np.repeat(rows.astype(np.int64), times.size)
    position, _, status = motion.states(index, np.tile(times, rows.size))
    seen = (status == 0).reshape(rows.size, times.size).all(axis=1)
    return position.reshape(rows.size, times.size, 3), seen


def _directions_in(normal: Floats) -> Floats:
    """Return directions square to each normal, over half a turn: (..., N_DIRECTIONS, 3)."""
    across = np.cross([0.0, 0.0, 1.0], normal)
    across = across / np.linalg.norm(across, axis=-1, keepdims=True)
    forth = np.cross(normal, across)
    angle = np.linspace(0.0, np.pi, N_DIRECTIONS, endpoint=False)
    return np.asarray(
        np.cos(angle)[:, None] * across[..., None, :] + np.sin(angle)[:, None] * forth[..., None, :]
    )


def _direction(
    motion: Motion, steady: MeanOrbits, places: _PlaceCurve, epoch_tai_ns: int, spread_m: float
) -> Floats:
    """Return the direction from the Earth in which the pieces parted.

    Planes cross on both sides of the Earth; only on the side where the pieces parted do they also pass at one
    height.
    """
    if spread_m < PLACES_TELL_BELOW_M:
        position, _ = _positions(motion, places.rows, np.array([epoch_tai_ns]))
        centre = np.median(position[:N_IN_CENTRE, 0], axis=0)
        return np.asarray(centre / np.linalg.norm(centre))
    normals = normals_teme(steady, np.array([epoch_tai_ns]))[:, 0]
    middle = np.median(normals, axis=0)
    lines = _directions_in(middle)
    line = lines[np.median(np.abs((normals - middle) @ lines.T), axis=0).argmin()]
    there = ChosenMotion(motion, places.rows.astype(np.int64))
    scatter_m = [
        _scatter_m(passages(there, side * line, epoch_tai_ns).position_teme_m) for side in (1.0, -1.0)
    ]
    return np.asarray(line if scatter_m[0] <= scatter_m[1] else -line)


def _scatter_m(position_teme_m: Floats) -> float:
    radius_m = np.linalg.norm(position_teme_m, axis=-1)
    return float(np.nanmedian(np.abs(radius_m - np.nanmedian(radius_m))))


def _snapped(
    motion: Motion, places: _PlaceCurve, toward: Floats, epoch_tai_ns: int, revolution_ns: int
) -> tuple[int, Floats]:
    """Return when the middle of the gathered pieces passed a direction near an instant, and the place."""
    reach_ns = 3 * revolution_ns // 4
    times = np.linspace(epoch_tai_ns - reach_ns, epoch_tai_ns + reach_ns, 361).astype(np.int64)
    position, _ = _positions(motion, places.rows, times)
    centre = np.nanmedian(position[:N_IN_CENTRE], axis=0)
    towards = (centre @ toward) / np.linalg.norm(centre, axis=-1)
    passes = 1 + np.flatnonzero((towards[1:-1] >= towards[:-2]) & (towards[1:-1] >= towards[2:]))
    passes = passes[towards[passes] > 0.0]
    gathered = places.cost(np.arange(len(places.rows)), position)
    at = int(passes[np.argmin(gathered[passes])]) if passes.size else int(np.nanargmax(towards))
    there = ChosenMotion(motion, places.rows.astype(np.int64))
    passing = passages(there, toward, int(times[at]))
    radius_m = float(np.nanmedian(np.linalg.norm(passing.position_teme_m, axis=-1)))
    return int(times[at]), radius_m * toward


def _left_open_ns(orbits: MeanOrbits, epoch_tai_ns: int) -> int:
    """Return how far the pinch may be off in a way that all pieces share: by drag, and by other age."""
    age_ns = max(0, int(np.median(orbits.epoch_tai_ns)) - epoch_tai_ns)
    by_drag_ns = float(_shift_of_common_drag_ns(orbits, epoch_tai_ns))
    return round(float(np.hypot(by_drag_ns, LEFT_OPEN_SHARE_OF_AGE * age_ns)))


def _shift_of_common_drag_ns(orbits: MeanOrbits, epoch_tai_ns: int) -> int:
    """Return how far the pinch would move were the drag of all pieces wrong by the same share.

    An error along the orbit that grows with what the mean motions differ by is read as time.  Where they do
    not differ nothing gathers, and no instant is told from another: the shift is as long as can be.
    """
    after_s = (orbits.epoch_tai_ns - epoch_tai_ns) / 1e9
    faster = orbits.mean_motion_rad_s - np.median(orbits.mean_motion_rad_s)
    wrong_rad = DRAG_ERROR_SHARE * 0.5 * orbits.mean_motion_rate_rad_s2 * after_s**2
    weight = 1.0 / along_track_sigma_m(orbits, epoch_tai_ns) ** 2
    read = float((weight * faster**2).sum())
    if read == 0.0:
        return int(np.iinfo(np.int64).max)
    return round(float(abs((weight * wrong_rad * faster).sum())) / read * 1e9)
