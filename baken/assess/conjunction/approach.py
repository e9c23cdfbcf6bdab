"""Close approaches: every minimum of the distance between two objects that is below a threshold.

The sieve proposes pairs, window by window; polynomials tell most of them apart; the motion itself has the last
word, in double precision.  A minimum lies inside the time in which both motions exist, or at an end of it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction import _minima as minima
from baken.assess.conjunction.sieve import (
    Candidates,
    Indices,
    SieveAccount,
    SieveSettings,
    Slice,
    make_slice,
    sift,
)
from baken.astro.arrays import Floats, Instants
from baken.astro.motions import Motion, OrbitsOnly
from baken.astro.trajectories import Trajectories, approximate

SAME_NS = 1_000_000  # two minima of one pair within a millisecond are one, seen from two sides of a border


class Kind(StrEnum):
    """Where a minimum lies: inside, or at an end of the time in which both objects can be followed."""

    INTERIOR = "interior"
    INTERVAL_START = "interval start"
    INTERVAL_END = "interval end"


INTERIOR, INTERVAL_START, INTERVAL_END = 0, 1, 2
KINDS = (Kind.INTERIOR, Kind.INTERVAL_START, Kind.INTERVAL_END)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Approaches:
    """Close approaches side by side, in order of time, then of first and second object.

    ``relative_position_m`` is second minus first at the time of closest approach; velocities are the motion's own.
    ``kind`` counts in ``KINDS``.
    """

    first: Indices
    second: Indices
    tca_tai_ns: Instants
    miss_distance_m: Floats
    relative_speed_m_s: Floats
    relative_position_m: Floats
    first_position_m: Floats
    first_velocity_m_s: Floats
    second_position_m: Floats
    second_velocity_m_s: Floats
    kind: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return int(self.first.size)

    @property
    def is_interior(self) -> npt.NDArray[np.bool_]:
        return self.kind == INTERIOR

    def select(self, rows: "npt.NDArray[np.int64] | npt.NDArray[np.bool_]") -> "Approaches":
        """Return some of these approaches."""
        return Approaches(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lost:
    """Spans in which an object cannot be followed: which, from when to when, and the motion's own code."""

    object_index: Indices
    from_tai_ns: Instants
    until_tai_ns: Instants
    code: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return int(self.object_index.size)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screening:
    """What a screening found, what the sieve put aside, and whom it could not follow all the time."""

    start_tai_ns: int
    end_tai_ns: int
    threshold_m: float
    n_objects: int
    settings: SieveSettings
    approaches: Approaches
    account: SieveAccount
    lost: Lost


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceTask:
    """One slice of a screening: all that is needed to work on it, anywhere."""

    motion: Motion
    number: int
    n_slices: int
    start_tai_ns: int
    end_tai_ns: int
    threshold_m: float
    primaries: tuple[int, ...] | None
    settings: SieveSettings

    @property
    def slice_start_tai_ns(self) -> int:
        return self.start_tai_ns + (self.end_tai_ns - self.start_tai_ns) * self.number // self.n_slices

    @property
    def slice_end_tai_ns(self) -> int:
        return self.start_tai_ns + (self.end_tai_ns - self.start_tai_ns) * (self.number + 1) // self.n_slices


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceResult:
    """What one slice gave."""

    number: int
    n_slices: int
    approaches: Approaches
    account: SieveAccount
    lost: Lost


Runner = Callable[[Callable[[SliceTask], SliceResult], Iterable[SliceTask]], Iterator[SliceResult]]


def run_in_order(
    function: Callable[[SliceTask], SliceResult], tasks: Iterable[SliceTask]
) -> Iterator[SliceResult]:
    """Run one task after the other, here.  A ``Runner`` that spreads them has to keep their order."""
    return map(function, tasks)


DEFAULT_SETTINGS = SieveSettings()


def screen(
    motion: Motion,
    start_tai_ns: int,
    end_tai_ns: int,
    threshold_m: float,
    *,
    primaries: npt.NDArray[np.int64] | None = None,
    settings: SieveSettings = DEFAULT_SETTINGS,
    run: Runner = run_in_order,
) -> Screening:
    """Return every close approach of every pair from start to end.

    With ``primaries`` (indices of objects) only pairs that hold one of them, the primary first; without, the
    smaller index first.  Time is cut into slices that depend on the interval and the settings alone; ``run`` may
    spread them over threads, processes or machines, and the result is the same to the last bit.

    Raises: ValueError when the interval is empty, the threshold not positive, or a primary is no object.
    """
    if end_tai_ns <= start_tai_ns or not threshold_m > 0.0:
        raise ValueError("a screening needs an end after its start and a threshold above zero")
    if primaries is not None and not all(0 <= p < motion.n_objects for p in primaries):
        raise ValueError(f"primaries are indices of objects, from 0 to {motion.n_objects - 1}")
    tasks = slice_tasks(motion, start_tai_ns, end_tai_ns, threshold_m, primaries, settings)
    results = list(run(screen_slice, tasks))
    account = sum((result.account for result in results), SieveAccount())
    approaches = in_order(_join([result.approaches for result in results]))
    return Screening(
        start_tai_ns=start_tai_ns,
        end_tai_ns=end_tai_ns,
        threshold_m=threshold_m,
        n_objects=motion.n_objects,
        settings=settings,
        approaches=approaches,
        account=replace(account, approaches=len(approaches)),
        lost=_join_lost([result.lost for result in results]),
    )


def slice_tasks(
    motion: Motion,
    start_tai_ns: int,
    end_tai_ns: int,
    threshold_m: float,
    primaries: npt.NDArray[np.int64] | None,
    settings: SieveSettings,
) -> list[SliceTask]:
    """Cut a screening into slices of equal length."""
    longest_ns = int(settings.window_s * 1e9) * settings.n_windows
    n_slices = -((start_tai_ns - end_tai_ns) // longest_ns)
    return [
        SliceTask(
            motion=OrbitsOnly(motion),
            number=number,
            n_slices=n_slices,
            start_tai_ns=int(start_tai_ns),
            end_tai_ns=int(end_tai_ns),
            threshold_m=float(threshold_m),
            primaries=None if primaries is None else tuple(int(p) for p in primaries),
            settings=settings,
        )
        for number in range(n_slices)
    ]


def screen_slice(task: SliceTask) -> SliceResult:
    """Find the close approaches of one slice."""
    start, end = task.slice_start_tai_ns, task.slice_end_tai_ns
    settings = task.settings
    trajectories = approximate(
        task.motion, start, end, tolerance_m=settings.tolerance_m, max_n_halvings=settings.n_halvings
    )
    part = make_slice(trajectories, start, end, settings.n_windows)
    primaries = None if task.primaries is None else np.array(task.primaries, dtype=np.int64)
    candidates, account = sift(part, task.threshold_m, settings.layer_km, primaries)
    approaches, judged = _judge(task, part, candidates)
    return SliceResult(
        number=task.number,
        n_slices=task.n_slices,
        approaches=approaches,
        account=account + judged,
        lost=_lost(task.motion, trajectories, start, end),
    )


def _judge(task: SliceTask, part: Slice, candidates: Candidates) -> tuple[Approaches, SieveAccount]:
    """Turn candidates into approaches: by polynomials where they suffice, else by the motion itself."""
    motion = task.motion
    verdict, at_s = _examine(part, candidates, task.threshold_m)
    one, closely = (np.flatnonzero(verdict == said) for said in (minima.ONE_MINIMUM, minima.LOOK_CLOSELY))
    spans = spans_of(part, candidates, closely)
    row, guess, after, before = minima.look_closely(motion, spans.first, spans.second, spans.low, spans.high)
    tca = minima.refine(
        motion,
        np.concatenate([candidates.first[one], spans.first[row]]),
        np.concatenate([candidates.second[one], spans.second[row]]),
        np.concatenate([part.start_tai_ns + np.rint(at_s[one] * 1e9).astype(np.int64), guess]),
        np.concatenate([part.border_tai_ns(candidates.window[one]), after]),
        np.concatenate([part.border_tai_ns(candidates.window[one] + 1), before]),
    )
    ends, end_kind = _ends(task, part, candidates, spans)
    approaches = approaches_at(
        motion,
        np.concatenate([candidates.first[one], spans.first[row], ends.first]),
        np.concatenate([candidates.second[one], spans.second[row], ends.second]),
        np.concatenate([tca, np.where(end_kind == INTERVAL_START, ends.low, ends.high)]),
        np.concatenate([np.zeros(tca.size, dtype=np.int8), end_kind]),
    )
    near = approaches.miss_distance_m < task.threshold_m
    if task.primaries is not None:
        approaches = _primary_first(approaches, np.array(task.primaries, dtype=np.int64))
    return approaches.select(near), SieveAccount(
        without_minimum=int(np.count_nonzero(verdict == minima.NO_MINIMUM)),
        too_far=int(np.count_nonzero(verdict == minima.TOO_FAR)) + int(np.count_nonzero(~near)),
        looked_at_closely=closely.size,
    )


def _examine(part: Slice, candidates: Candidates, threshold_m: float) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return what polynomials say of each candidate, and when its minimum would be."""
    verdict, at_s = np.empty(candidates.first.size, dtype=np.int8), np.zeros(candidates.first.size)
    trajectories = part.trajectories
    minima.examine(
        trajectories.coefficients_m,
        (trajectories.start_tai_ns - part.start_tai_ns) * 1e-9,
        part.half_s,
        trajectories.error_bound_m,
        part.pieces,
        candidates.first,
        candidates.second,
        candidates.window,
        part.window_s,
        threshold_m,
        verdict,
        at_s,
    )
    return verdict, at_s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spans:
    """Spans of time in which both objects of a pair can be followed; does one of them begin or fail there?"""

    first: Indices
    second: Indices
    low: Instants
    high: Instants
    begins: npt.NDArray[np.bool_]
    fails: npt.NDArray[np.bool_]

    def select(self, rows: "Indices | npt.NDArray[np.bool_]") -> "Spans":
        return Spans(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


def spans_of(part: Slice, candidates: Candidates, rows: Indices) -> Spans:
    """Return the spans of some candidates' windows in which both their objects have a piece."""
    first, second, window = candidates.first[rows], candidates.second[rows], candidates.window[rows]
    low, high = part.border_tai_ns(window), part.border_tai_ns(window + 1)
    whole = (part.pieces[first, window] >= 0) & (part.pieces[second, window] >= 0)
    never = np.zeros(np.count_nonzero(whole), dtype=bool)
    tables = [(first[whole], second[whole], low[whole], high[whole], never, never)]
    for k in np.flatnonzero(~whole):
        begin, end = _common_spans(part.trajectories, first[k], second[k], low[k], high[k])
        pair = np.full(begin.size, first[k]), np.full(begin.size, second[k])
        tables.append((*pair, begin, end, begin > low[k], end < high[k]))
    return Spans(
        **dict(zip(Spans.__dataclass_fields__, map(np.concatenate, zip(*tables, strict=True)), strict=True))
    )


def _common_spans(
    trajectories: Trajectories, first: int, second: int, low: int, high: int
) -> tuple[Instants, Instants]:
    """Return where the pieces of two objects overlap within a window."""
    begins, ends = [], []
    for k in (first, second):
        rows = slice(trajectories.first_piece[k], trajectories.first_piece[k + 1])
        begins.append(np.clip(trajectories.start_tai_ns[rows], low, high))
        ends.append(np.clip(trajectories.end_tai_ns[rows], low, high))
    begin = np.maximum(begins[0][:, None], begins[1][None, :]).ravel()
    end = np.minimum(ends[0][:, None], ends[1][None, :]).ravel()
    return begin[end > begin], end[end > begin]


def _ends(
    task: SliceTask, part: Slice, candidates: Candidates, spans: Spans
) -> tuple[Spans, npt.NDArray[np.int8]]:
    """Return the minima at ends: of the screening, and where a motion begins or fails; and their kinds."""
    at_start = np.zeros(candidates.window.size, dtype=bool)
    at_end = at_start.copy()
    if task.number == 0:
        at_start = candidates.window == 0
    if task.number == task.n_slices - 1:
        at_end = candidates.window == part.n_windows - 1
    starts = _joined(
        spans.select(spans.begins),
        spans_of(part, candidates, np.flatnonzero(at_start)),
        task.start_tai_ns,
        None,
    )
    finishes = _joined(
        spans.select(spans.fails), spans_of(part, candidates, np.flatnonzero(at_end)), None, task.end_tai_ns
    )
    _, rate, _ = minima.slopes(task.motion, starts.first, starts.second, starts.low, starts.low, starts.high)
    starts = starts.select(rate >= 0.0)
    _, rate, _ = minima.slopes(
        task.motion, finishes.first, finishes.second, finishes.high, finishes.low, finishes.high
    )
    finishes = finishes.select(rate < 0.0)
    kinds = [np.full(starts.first.size, INTERVAL_START), np.full(finishes.first.size, INTERVAL_END)]
    return _stacked(starts, finishes), np.concatenate(kinds).astype(np.int8)


def _joined(broken: Spans, at_border: Spans, start: int | None, end: int | None) -> Spans:
    """Join spans at which a motion begins or fails with those that touch an end of the screening."""
    touches = at_border.low == start if end is None else at_border.high == end
    return _stacked(broken, at_border.select(touches))


def _stacked(one: Spans, other: Spans) -> Spans:
    return Spans(
        **{
            name: np.concatenate([getattr(one, name), getattr(other, name)])
            for name in Spans.__dataclass_fields__
        }
    )


def approaches_at(
    motion: Motion, first: Indices, second: Indices, tca_tai_ns: Instants, kind: npt.NDArray[np.int8]
) -> Approaches:
    """Return the approaches of given pairs at given times, with the motion's own states."""
    position_1_m, velocity_1_m_s, _ = motion.states(first, tca_tai_ns)
    position_2_m, velocity_2_m_s, _ = motion.states(second, tca_tai_ns)
    relative_m, relative_m_s = position_2_m - position_1_m, velocity_2_m_s - velocity_1_m_s
    return Approaches(
        first=first,
        second=second,
        tca_tai_ns=tca_tai_ns,
        miss_distance_m=np.sqrt((relative_m**2).sum(axis=1)),
        relative_speed_m_s=np.sqrt((relative_m_s**2).sum(axis=1)),
        relative_position_m=relative_m,
        first_position_m=position_1_m,
        first_velocity_m_s=velocity_1_m_s,
        second_position_m=position_2_m,
        second_velocity_m_s=velocity_2_m_s,
        kind=kind,
    )


def _primary_first(approaches: Approaches, primaries: Indices) -> Approaches:
    """Let the primary stand first; of two primaries the smaller index does already."""
    swap = ~np.isin(approaches.first, primaries)

    def swapped(one: str, other: str) -> npt.NDArray[np.int64]:
        mine, theirs = getattr(approaches, one), getattr(approaches, other)
        return np.where(swap if mine.ndim == 1 else swap[:, None], theirs, mine)

    names = [("first", "second")] + [
        (f"first_{what}", f"second_{what}") for what in ("position_m", "velocity_m_s")
    ]
    return replace(
        approaches,
        relative_position_m=np.where(
            swap[:, None], -approaches.relative_position_m, approaches.relative_position_m
        ),
        **{one: swapped(one, other) for one, other in names},
        **{other: swapped(other, one) for one, other in names},
    )


def in_order(approaches: Approaches) -> Approaches:
    """Sort by time, then first and second object; of one minimum seen twice, at a border, keep one."""
    order = np.lexsort((approaches.tca_tai_ns, approaches.second, approaches.first))
    by_pair = approaches.select(order)
    again = (
        (np.diff(by_pair.first) == 0)
        & (np.diff(by_pair.second) == 0)
        & (np.diff(by_pair.tca_tai_ns) <= SAME_NS)
        & (by_pair.kind[1:] == by_pair.kind[:-1])
    )
    once = by_pair.select(np.concatenate([[True], ~again])[: len(by_pair)])
    return once.select(np.lexsort((once.second, once.first, once.tca_tai_ns)))


def _join(parts: list[Approaches]) -> Approaches:
    return Approaches(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Approaches.__dataclass_fields__
        }
    )


def _lost(motion: Motion, trajectories: Trajectories, start: int, end: int) -> Lost:
    """Return where objects have no piece, and why at the middle of it."""
    n = trajectories.n_objects
    piece_object = trajectories.object_of_piece
    object_index = np.concatenate([np.arange(n), piece_object])
    begin = np.concatenate([np.full(n, start), trajectories.end_tai_ns])
    order = np.lexsort((begin, object_index))
    until = np.full(object_index.size, end)
    # A gap runs from where a piece ends (or the slice begins) to where the next one of the object begins.
    object_index, begin = object_index[order], begin[order]
    starts = np.concatenate([np.full(n, -1), np.arange(piece_object.size)])[order]
    next_piece = starts + 1
    next_piece[starts < 0] = trajectories.first_piece[object_index[starts < 0]]
    has_next = next_piece < trajectories.first_piece[object_index + 1]
    until[has_next] = trajectories.start_tai_ns[next_piece[has_next]]
    gap = until - begin > SAME_NS
    middle = begin[gap] + (until[gap] - begin[gap]) // 2
    return Lost(
        object_index=object_index[gap],
        from_tai_ns=begin[gap],
        until_tai_ns=until[gap],
        code=motion.states(object_index[gap], middle)[2],
    )


def _join_lost(parts: list[Lost]) -> Lost:
    """Join the spans that go on from one slice into the next."""
    object_index = np.concatenate([part.object_index for part in parts])
    begin = np.concatenate([part.from_tai_ns for part in parts])
    order = np.lexsort((begin, object_index))
    object_index, begin = object_index[order], begin[order]
    until = np.concatenate([part.until_tai_ns for part in parts])[order]
    code = np.concatenate([part.code for part in parts])[order]
    goes_on = (object_index[1:] == object_index[:-1]) & (begin[1:] <= until[:-1]) & (code[1:] == code[:-1])
    opens = np.concatenate([[True], ~goes_on])[: object_index.size]
    closes = np.concatenate([~goes_on, [True]])[: object_index.size]
    return Lost(
        object_index=object_index[opens],
        from_tai_ns=begin[opens],
        until_tai_ns=until[closes],
        code=code[opens],
    )
