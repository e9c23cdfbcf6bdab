"""Close approaches: every minimum of the distance between two objects that is below a threshold.

The sieve proposes pairs, window by window; polynomials tell most of them apart; the motion itself has the
last word, in double precision.  A minimum lies inside the time in which both motions exist, or at an end of
it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction._approaches import (
    INTERIOR,
    INTERVAL_END,
    INTERVAL_START,
    KINDS,
    Approaches,
    Kind,
    Lost,
    in_order,
    join_approaches,
    join_lost,
    lost_spans,
    primary_first,
)
from baken.assess.conjunction._judgement import Limits, judge
from baken.assess.conjunction._primaries import MOST_PRIMARIES, near_primaries
from baken.assess.conjunction.sieve import SieveAccount, SieveSettings, border_tai_ns, make_slice, sift
from baken.astro.motions import ChosenMotion, Motion, OrbitsOnly
from baken.astro.sgp4 import Indices
from baken.astro.trajectories import approximate

__all__ = [
    "INTERIOR",
    "INTERVAL_END",
    "INTERVAL_START",
    "KINDS",
    "Approaches",
    "Kind",
    "Lost",
    "Runner",
    "Screening",
    "SliceResult",
    "SliceTask",
    "run_in_order",
    "screen",
    "screen_slice",
    "slice_tasks",
]


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
    smaller index first.  Time is cut into slices that depend on the interval and the settings alone;
    ``run`` may spread them over threads, processes or machines, and the result is the same to the last bit.

    Raises: ValueError when the interval is empty, the threshold not positive, or a primary is no object.
    """
    if end_tai_ns <= start_tai_ns or not threshold_m > 0.0:
        raise ValueError("a screening needs an end after its start and a threshold above zero")
    if primaries is not None and not all(0 <= p < motion.n_objects for p in primaries):
        raise ValueError(f"primaries are indices of objects, from 0 to {motion.n_objects - 1}")
    tasks = slice_tasks(motion, start_tai_ns, end_tai_ns, threshold_m, primaries, settings)
    results = list(run(screen_slice, tasks))
    account = sum((result.account for result in results), SieveAccount())
    approaches = in_order(join_approaches([result.approaches for result in results]))
    return Screening(
        start_tai_ns=start_tai_ns,
        end_tai_ns=end_tai_ns,
        threshold_m=threshold_m,
        n_objects=motion.n_objects,
        settings=settings,
        approaches=approaches,
        account=replace(account, approaches=len(approaches)),
        lost=join_lost([result.lost for result in results]),
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
    """Find the close approaches of one slice.

    Of a few primaries only those are followed who can come near them at all.
    """
    if task.primaries is None or len(task.primaries) > MOST_PRIMARIES:
        return _screen_all(task)
    chosen = _near_primaries(task)
    place_of = np.full(task.motion.n_objects, -1, dtype=np.int64)
    place_of[chosen] = np.arange(chosen.size)
    among = replace(
        task,
        motion=ChosenMotion(task.motion, chosen),
        primaries=tuple(int(place) for place in place_of[list(task.primaries)]),
    )
    return _named_as_before(_screen_all(among), chosen, task.motion.n_objects - chosen.size)


def _near_primaries(task: SliceTask) -> Indices:
    n_windows = task.settings.n_windows
    borders = border_tai_ns(
        task.slice_start_tai_ns, task.slice_end_tai_ns, n_windows, np.arange(n_windows + 1)
    )
    return near_primaries(task.motion, np.array(task.primaries, dtype=np.int64), borders, task.threshold_m)


def _named_as_before(result: SliceResult, chosen: Indices, n_put_aside: int) -> SliceResult:
    """Return a result among chosen objects with everybody's index in the whole sky."""
    approaches, lost = result.approaches, result.lost
    return replace(
        result,
        approaches=replace(approaches, first=chosen[approaches.first], second=chosen[approaches.second]),
        account=result.account + SieveAccount(far_from_primaries=n_put_aside),
        lost=replace(lost, object_index=chosen[lost.object_index]),
    )


def _screen_all(task: SliceTask) -> SliceResult:
    start, end = task.slice_start_tai_ns, task.slice_end_tai_ns
    settings = task.settings
    trajectories = approximate(
        task.motion, start, end, tolerance_m=settings.tolerance_m, max_n_halvings=settings.n_halvings
    )
    part = make_slice(trajectories, start, end, settings.n_windows)
    primaries = None if task.primaries is None else np.array(task.primaries, dtype=np.int64)
    candidates, account = sift(part, task.threshold_m, settings.layer_m, primaries)
    limits = Limits(start_tai_ns=task.start_tai_ns, end_tai_ns=task.end_tai_ns, threshold_m=task.threshold_m)
    approaches, judged = judge(task.motion, limits, part, candidates)
    if primaries is not None:
        approaches = primary_first(approaches, primaries)
    return SliceResult(
        number=task.number,
        n_slices=task.n_slices,
        approaches=approaches,
        account=account + judged,
        lost=lost_spans(task.motion, trajectories, start, end),
    )
