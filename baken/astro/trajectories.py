"""Trajectories: the common currency of everything that asks where objects are.

Any motion becomes pieces of polynomials, many objects at once, each piece with a bound on how far it may be
from the motion it stands for.  Only positions are fitted: a theory's velocity need not be the derivative of
its position (SGP4's is off by metres a second on eccentric orbits), a polynomial's always is.

A piece is a Chebyshev series through 16 points.  Its last coefficients tell how well it follows; a piece that
does not follow within the tolerance is halved, so that a perigee gets short pieces and an apogee long ones.
Where a motion fails there is no piece, up to the millisecond at which it begins to fail.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from baken.astro._chebyshev import FIT, N_COEFFICIENTS, NODES, evaluate, fit_pieces
from baken.astro.arrays import Floats, Instants, Truths
from baken.astro.compiled import compiled
from baken.astro.constants import EARTH_MU_M3_S2
from baken.astro.motions import Motion
from baken.astro.sgp4 import Indices, States

OUTSIDE_EVERY_PIECE = 101  # status of a time for which a trajectory has no piece
N_PROBES = 17  # where an interval in which a motion fails is looked at for what is left of it
MILLISECOND_NS = 1_000_000
N_TOGETHER = 2048  # pieces that are fitted in one go
# A piece may span about one turn: beyond it 16 points no longer follow the short-period terms of J2.
MAX_TURN_RAD = 6.7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trajectories:
    """Piecewise polynomials of many objects.  Object ``i`` owns pieces ``first_piece[i]`` to
    ``first_piece[i+1]``.

    Pieces of an object are in order of time and do not overlap; between them its motion fails.
    ``coefficients_m`` is (pieces, 3, 16), over time scaled to [-1, 1]; ``error_bound_m`` is (pieces,).
    """

    first_piece: Indices
    start_tai_ns: Instants
    end_tai_ns: Instants
    coefficients_m: Floats
    error_bound_m: Floats

    @property
    def n_objects(self) -> int:
        return int(self.first_piece.size - 1)

    @property
    def object_of_piece(self) -> Indices:
        return np.repeat(np.arange(self.n_objects), np.diff(self.first_piece))

    def piece_at(self, object_index: Indices, epoch_tai_ns: Instants) -> Indices:
        """Return the piece that holds each (object, time) pair, or -1."""
        index = np.ascontiguousarray(object_index, dtype=np.int64)
        epoch = np.ascontiguousarray(epoch_tai_ns, dtype=np.int64)
        piece = np.empty(index.size, dtype=np.int64)
        _find_pieces(self.first_piece, self.start_tai_ns, self.end_tai_ns, index, epoch, piece)
        return piece

    def states(self, object_index: Indices, epoch_tai_ns: Instants) -> States:
        """Return position, its derivative, and status of each (object, time) pair.

        Shape: both arguments are (m,); the results (m, 3), (m, 3) and (m,).
        """
        epoch = np.ascontiguousarray(epoch_tai_ns, dtype=np.int64)
        piece = self.piece_at(object_index, epoch)
        position_m, velocity_m_s = np.full((epoch.size, 3), np.nan), np.full((epoch.size, 3), np.nan)
        _fill_states(
            self.start_tai_ns, self.end_tai_ns, self.coefficients_m, piece, epoch, position_m, velocity_m_s
        )
        return position_m, velocity_m_s, np.where(piece < 0, OUTSIDE_EVERY_PIECE, 0).astype(np.int8)

    def radius_bounds_m(self) -> tuple[Floats, Floats]:
        """Return for each piece a radius it never goes below, and one it never goes above.

        From sampled radii, the largest slope between them, and the error bound.
        """
        lowest_m, highest_m = np.empty(self.error_bound_m.size), np.empty(self.error_bound_m.size)
        _fill_radius_bounds(self.coefficients_m, self.error_bound_m, lowest_m, highest_m)
        return lowest_m, highest_m

    def subtract(self, first: int, second: int) -> "Trajectories":
        """Return where ``second`` is as seen from ``first``, as the trajectory of one object."""
        return relative(self, first, second)

    def as_arrays(self) -> dict[str, Floats | Instants]:
        """Return all there is, by name, for a store to keep (and to map back into memory when large)."""
        return {
            "first_piece": self.first_piece,
            "start_tai_ns": self.start_tai_ns,
            "end_tai_ns": self.end_tai_ns,
            "coefficients_m": self.coefficients_m,
            "error_bound_m": self.error_bound_m,
        }


def from_arrays(arrays: Mapping[str, Floats | Instants]) -> Trajectories:
    """Return the trajectories that ``as_arrays`` gave away; memory-mapped arrays stay so."""
    return Trajectories(
        first_piece=np.asanyarray(arrays["first_piece"], dtype=np.int64),
        start_tai_ns=np.asanyarray(arrays["start_tai_ns"], dtype=np.int64),
        end_tai_ns=np.asanyarray(arrays["end_tai_ns"], dtype=np.int64),
        coefficients_m=np.asanyarray(arrays["coefficients_m"], dtype=float),
        error_bound_m=np.asanyarray(arrays["error_bound_m"], dtype=float),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces:
    """Pieces while they are made: of which object, from when to when, and how good."""

    object_index: Indices
    start_tai_ns: Instants
    end_tai_ns: Instants
    coefficients_m: Floats
    bound_m: Floats

    def only(self, keep: Truths) -> "Pieces":
        return Pieces(
            object_index=self.object_index[keep],
            start_tai_ns=self.start_tai_ns[keep],
            end_tai_ns=self.end_tai_ns[keep],
            coefficients_m=self.coefficients_m[keep],
            bound_m=self.bound_m[keep],
        )


def approximate(
    motion: Motion,
    start_tai_ns: int,
    end_tai_ns: int,
    *,
    tolerance_m: float = 40.0,
    max_n_halvings: int = 7,
) -> Trajectories:
    """Return a motion from start to end as trajectories whose error bounds are within the tolerance.

    Pieces are halves of halves of the whole interval, ``max_n_halvings`` times at most; the smallest ones are
    kept with the bound they have.  Equal calls give equal bytes, and an object's pieces depend on nothing but
    its own motion.

    Raises: ValueError when the interval is empty or too short to be halved so often.
    """
    if end_tai_ns - start_tai_ns < 2**max_n_halvings * N_COEFFICIENTS * MILLISECOND_NS:
        raise ValueError(f"from {start_tai_ns} to {end_tai_ns} is too short for {max_n_halvings} halvings")
    index = np.arange(motion.n_objects)
    level = _first_level(motion, index, start_tai_ns, end_tai_ns, max_n_halvings)
    kept: list[tuple[Pieces, Truths]] = []
    # Larger intervals first: what is not good enough joins those that begin at the next level.
    waiting_index, waiting_place = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    for now in range(max_n_halvings + 1):
        mine = index[level == now]
        starts = np.repeat(mine, 2**now), np.tile(np.arange(2**now), mine.size)
        object_index = np.concatenate([waiting_index, starts[0]])
        place = np.concatenate([waiting_place, starts[1]])
        bounds = _dyadic(start_tai_ns, end_tai_ns, now, place)
        pieces = _fit(motion, object_index, *bounds)
        good = pieces.bound_m <= tolerance_m
        if now == max_n_halvings:
            good = np.isfinite(pieces.bound_m)
            saved = _salvage(motion, pieces.only(~good))
            kept.append((saved, np.ones(saved.bound_m.size, dtype=bool)))
        kept.append((pieces, good))
        waiting_index = np.repeat(object_index[~good], 2)
        waiting_place = (2 * place[~good, None] + np.arange(2)).ravel()
    return _in_order(kept, motion.n_objects)


def _dyadic(start: int, end: int, level: int, place: Indices) -> tuple[Instants, Instants]:
    """Return when the given intervals of a level begin and end, in whole nanoseconds."""
    span, n = end - start, 2**level
    # Whole parts and rests apart, so that nothing passes 64 bits and neighbours share their border exactly.
    whole, rest = divmod(span, n)
    borders = [start + k * whole + k * rest // n for k in (place, place + 1)]
    return np.asarray(borders[0]), np.asarray(borders[1])


def _first_level(motion: Motion, index: Indices, start: int, end: int, max_n_halvings: int) -> Indices:
    """Guess from each object's mean motion how often its interval will have to be halved at least."""
    position_m, velocity_m_s, _ = motion.states(index, np.full(index.size, start))
    energy = 0.5 * (velocity_m_s**2).sum(axis=1) - EARTH_MU_M3_S2 / np.sqrt((position_m**2).sum(axis=1))
    with np.errstate(invalid="ignore"):
        mean_motion_rad_s = np.nan_to_num((-2.0 * energy) ** 1.5 / EARTH_MU_M3_S2)
    turn_rad = np.maximum(mean_motion_rad_s * (end - start) * 1e-9, MAX_TURN_RAD)
    level: Indices = np.minimum(np.ceil(np.log2(turn_rad / MAX_TURN_RAD)), max_n_halvings).astype(np.int64)
    return level


def _fit(motion: Motion, object_index: Indices, start: Instants, end: Instants) -> Pieces:
    """Fit one polynomial to each (object, interval)."""
    n = object_index.size
    coefficients_m, bound_m = np.empty((n, 3, N_COEFFICIENTS)), np.empty(n)
    # A few thousand at a time stay in cache from the motion to the fit.
    for first in range(0, n, N_TOGETHER):
        some = slice(first, first + N_TOGETHER)
        half_ns, middle = 0.5 * (end[some] - start[some]), start[some] + (end[some] - start[some]) // 2
        epochs = middle[:, None] + np.rint(half_ns[:, None] * NODES).astype(np.int64)
        nodes_m, _, _ = motion.states(np.repeat(object_index[some], N_COEFFICIENTS), epochs.ravel())
        fit_pieces(nodes_m.reshape(-1, N_COEFFICIENTS, 3), FIT, coefficients_m[some], bound_m[some])
    return Pieces(
        object_index=object_index,
        start_tai_ns=start,
        end_tai_ns=end,
        coefficients_m=coefficients_m,
        bound_m=bound_m,
    )


def _salvage(motion: Motion, broken: Pieces) -> Pieces:
    """Return pieces for what is left of intervals in which a motion fails."""
    n = broken.object_index.size
    span = (broken.end_tai_ns - broken.start_tai_ns)[:, None]
    probes = broken.start_tai_ns[:, None] + span * np.arange(N_PROBES) // (N_PROBES - 1)
    _, _, status = motion.states(np.repeat(broken.object_index, N_PROBES), probes.ravel())
    works = status.reshape(n, N_PROBES) == 0
    spans = [
        (index, first, last)
        for index, times, work in zip(broken.object_index, probes, works, strict=True)
        if work.any()
        for first, last in _spans_between(motion, int(index), times, work)
    ]
    table = np.array(spans, dtype=np.int64).reshape(-1, 3)
    pieces = _fit(motion, table[:, 0], table[:, 1], table[:, 2])
    return pieces.only(np.isfinite(pieces.bound_m))


def _spans_between(
    motion: Motion, object_index: int, probes: Instants, works: Truths
) -> list[tuple[int, int]]:
    """Return the spans in which a motion works, their ends found to a millisecond.

    A span that lies between two neighbouring probes is not seen.
    """
    edges = [
        _edge(motion, object_index, int(probes[k]), int(probes[k + 1]), bool(works[k]))
        for k in np.flatnonzero(works[1:] != works[:-1])
    ]
    borders = [int(probes[0])] * bool(works[0]) + edges + [int(probes[-1])] * bool(works[-1])
    pairs = zip(borders[::2], borders[1::2], strict=True)
    return [(first, last) for first, last in pairs if last - first > N_COEFFICIENTS * MILLISECOND_NS]


def _edge(motion: Motion, object_index: int, before: int, after: int, works_before: bool) -> int:
    """Return the last (or first) working instant between two times of which only one works."""
    while after - before > MILLISECOND_NS:
        middle = (before + after) // 2
        works = motion.states(np.array([object_index]), np.array([middle]))[2][0] == 0
        before, after = (middle, after) if works == works_before else (before, middle)
    return before if works_before else after


def _in_order(parts: list[tuple[Pieces, Truths]], n_objects: int) -> Trajectories:
    """Lay all good pieces in order of object and time."""
    object_index = np.concatenate([part.object_index[good] for part, good in parts])
    start = np.concatenate([part.start_tai_ns[good] for part, good in parts])
    order = np.lexsort((start, object_index))
    row_of = np.empty_like(order)
    row_of[order] = np.arange(order.size)
    coefficients_m = np.empty((order.size, 3, N_COEFFICIENTS))
    first = 0
    for part, good in parts:
        rows = row_of[first : first + np.count_nonzero(good)]
        coefficients_m[rows] = part.coefficients_m[good]
        first += rows.size
    counts = np.bincount(object_index, minlength=n_objects)
    return Trajectories(
        first_piece=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        start_tai_ns=start[order],
        end_tai_ns=np.concatenate([part.end_tai_ns[good] for part, good in parts])[order],
        coefficients_m=coefficients_m,
        error_bound_m=np.concatenate([part.bound_m[good] for part, good in parts])[order],
    )


def relative(trajectories: Trajectories, first: int, second: int) -> Trajectories:
    """Return where ``second`` is as seen from ``first``: pieces wherever both have one, their bounds added.

    Exact but for the last digits: both polynomials are put on the shorter piece, where they have the same
    degree.
    """
    start, end = _common_pieces(trajectories, first, second)
    middle, half = start + (end - start) // 2, 0.5 * (end - start)
    epochs = (middle[:, None] + np.rint(half[:, None] * NODES).astype(np.int64)).ravel()
    one = trajectories.states(np.full(epochs.size, first), epochs)[0]
    other = trajectories.states(np.full(epochs.size, second), epochs)[0]
    coefficients_m, rest_m = np.empty((start.size, 3, N_COEFFICIENTS)), np.empty(start.size)
    fit_pieces((other - one).reshape(start.size, N_COEFFICIENTS, 3), FIT, coefficients_m, rest_m)
    pieces = [trajectories.piece_at(np.full(start.size, k), middle) for k in (first, second)]
    return Trajectories(
        first_piece=np.array([0, start.size]),
        start_tai_ns=start,
        end_tai_ns=end,
        coefficients_m=coefficients_m,
        error_bound_m=trajectories.error_bound_m[pieces[0]] + trajectories.error_bound_m[pieces[1]],
    )


def _common_pieces(trajectories: Trajectories, first: int, second: int) -> tuple[Instants, Instants]:
    """Return the spans on which neither of two objects changes its piece."""
    ranges = [slice(*trajectories.first_piece[k : k + 2]) for k in (first, second)]
    borders = np.unique(
        np.concatenate(
            [part[rows] for part in (trajectories.start_tai_ns, trajectories.end_tai_ns) for rows in ranges]
        )
    )
    start, end = borders[:-1], borders[1:]
    middle = start + (end - start) // 2
    both = np.ones(start.size, dtype=bool)
    for k in (first, second):
        both &= trajectories.piece_at(np.full(start.size, k), middle) >= 0
    return start[both], end[both]


@compiled
def _find_pieces(
    first_piece: Indices,
    start_tai_ns: Instants,
    end_tai_ns: Instants,
    index: Indices,
    epoch_tai_ns: Instants,
    piece: Indices,
) -> None:
    """Write the piece of every pair: the last one that begins at or before the time and has not ended."""
    for k in range(index.size):
        lo, hi = first_piece[index[k]], first_piece[index[k] + 1]
        found = lo + np.searchsorted(start_tai_ns[lo:hi], epoch_tai_ns[k], side="right") - 1
        piece[k] = found if found >= lo and epoch_tai_ns[k] <= end_tai_ns[found] else -1


@compiled
def _fill_states(
    start_tai_ns: Instants,
    end_tai_ns: Instants,
    coefficients_m: Floats,
    piece: Indices,
    epoch_tai_ns: Instants,
    position_m: Floats,
    velocity_m_s: Floats,
) -> None:
    """Write the state of every pair that has a piece."""
    for k in range(piece.size):
        p = piece[k]
        if p < 0:
            continue
        half_ns = 0.5 * (end_tai_ns[p] - start_tai_ns[p])
        s = ((epoch_tai_ns[k] - start_tai_ns[p]) - half_ns) / half_ns
        for axis in range(3):
            value, slope = evaluate(coefficients_m[p, axis], s)
            position_m[k, axis], velocity_m_s[k, axis] = value, slope / (half_ns * 1e-9)


@compiled
def _fill_radius_bounds(
    coefficients_m: Floats, error_bound_m: Floats, lowest_m: Floats, highest_m: Floats
) -> None:
    """Write radius bounds from 33 samples a piece, widened by what can happen between two of them."""
    n = 32
    for p in range(len(coefficients_m)):
        low, high, steepest = np.inf, 0.0, 0.0
        for k in range(n + 1):
            s = 2.0 * k / n - 1.0
            r2, rate = 0.0, 0.0
            for axis in range(3):
                value, slope = evaluate(coefficients_m[p, axis], s)
                r2 += value * value
                rate += value * slope
            r = np.sqrt(r2)
            low, high, steepest = min(low, r), max(high, r), max(steepest, abs(rate / r))
        slack = steepest / n + error_bound_m[p]
        lowest_m[p], highest_m[p] = low - slack, high + slack
