"""Why a pair was not reported: asked of the motion itself, without the sieve that may be in doubt."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from baken.assess.conjunction import _minima as minima
from baken.assess.conjunction._approaches import (
    INTERIOR,
    INTERVAL_END,
    INTERVAL_START,
    Approaches,
    Lost,
    approaches_at,
    join_approaches,
    join_lost,
    lost_spans,
)
from baken.assess.conjunction._judgement import Spans, spans_of
from baken.assess.conjunction.approach import DEFAULT_SETTINGS, slice_tasks
from baken.assess.conjunction.sieve import Candidates, make_slice
from baken.astro.arrays import Floats
from baken.astro.motions import ChosenMotion, Motion, OrbitsOnly
from baken.astro.trajectories import Trajectories, approximate


class Reason(StrEnum):
    """Why a pair is, or is not, among the approaches."""

    REPORTED = "reported"
    APART_IN_HEIGHT = "apart in height"
    TOO_FAR = "too far"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WhyNot:
    """The answer: in one word, and with the figures behind it.

    ``gap_in_height_m`` is how far apart the two ranges of radius are, 0 where they overlap.  ``closest_m``
    is NaN, and its time ``None``, when the two were never there at the same time.  ``minima`` are all
    minima, and how far apart the two are at the ends.
    """

    reason: Reason
    gap_in_height_m: float
    closest_m: float
    closest_tai_ns: int | None
    minima: Approaches
    lost: Lost

    @property
    def sentence(self) -> str:
        """The answer as a person would give it."""
        if self.reason is Reason.LOST:
            return "at no time can both objects be followed"
        nearest = f"the closest approach is {self.closest_m:.1f} m"
        if self.reason is Reason.APART_IN_HEIGHT:
            return f"their heights never come within {self.gap_in_height_m:.0f} m; {nearest}"
        return f"{nearest}, {'below' if self.reason is Reason.REPORTED else 'not below'} the threshold"


def why_not(
    motion: Motion, first: int, second: int, start_tai_ns: int, end_tai_ns: int, threshold_m: float
) -> WhyNot:
    """Say why a pair was not reported, or that it was.

    Every minimum of the pair's distance is looked up from the motion, five minutes at a time, with no
    filter before it, and the distance at the ends of the interval and of what can be followed.

    Raises: ValueError when first and second are the same object.
    """
    if first == second:
        raise ValueError("an object makes no pair with itself")
    pair = OrbitsOnly(ChosenMotion(motion, np.array([first, second])))
    found, lost, ranges = [], [], []
    for task in slice_tasks(pair, start_tai_ns, end_tai_ns, threshold_m, None, DEFAULT_SETTINGS):
        start, end = task.slice_start_tai_ns, task.slice_end_tai_ns
        trajectories = approximate(
            pair,
            start,
            end,
            tolerance_m=DEFAULT_SETTINGS.tolerance_m,
            max_n_halvings=DEFAULT_SETTINGS.n_halvings,
        )
        windows = np.arange(DEFAULT_SETTINGS.n_windows)
        everything = Candidates(first=0 * windows, second=0 * windows + 1, window=windows)
        part = make_slice(trajectories, start, end, windows.size)
        spans = spans_of(part, everything, windows)
        found.append(_minima_of(pair, spans, start_tai_ns, end_tai_ns))
        lost.append(lost_spans(pair, trajectories, start, end))
        ranges.append(_radius_ranges_m(trajectories))
    lowest = np.fmin.reduce([low for low, _ in ranges])
    highest = np.fmax.reduce([high for _, high in ranges])
    return _answer(
        join_approaches(found),
        join_lost(lost),
        max(lowest[1] - highest[0], lowest[0] - highest[1], 0.0),
        threshold_m,
    )


def _minima_of(pair: Motion, spans: Spans, start: int, end: int) -> Approaches:
    """Return every minimum in some spans, those at ends included."""
    row, guess, after, before = minima.look_closely(pair, spans.first, spans.second, spans.low, spans.high)
    inside = minima.refine(pair, spans.first[row], spans.second[row], guess, after, before)
    begins = np.flatnonzero(spans.begins | (spans.low == start))
    finishes = np.flatnonzero(spans.fails | (spans.high == end))
    times = np.concatenate([inside, spans.low[begins], spans.high[finishes]])
    zeros = np.zeros(times.size, dtype=np.int64)
    kind = np.repeat([INTERIOR, INTERVAL_START, INTERVAL_END], [inside.size, begins.size, finishes.size])
    return approaches_at(pair, zeros, zeros + 1, times, kind.astype(np.int8))


def _radius_ranges_m(trajectories: Trajectories) -> tuple[Floats, Floats]:
    """Return the lowest and the highest radius of both objects, NaN for one that is never there."""
    low_m, high_m = trajectories.radius_bounds_m()
    lowest, highest = np.full(2, np.nan), np.full(2, np.nan)
    np.fmin.at(lowest, trajectories.object_of_piece, low_m)
    np.fmax.at(highest, trajectories.object_of_piece, high_m)
    return lowest, highest


def _answer(found: Approaches, lost: Lost, gap_in_height_m: float, threshold_m: float) -> WhyNot:
    """Weigh what was found."""
    if not len(found):
        reason, closest_m, at = Reason.LOST, float("nan"), None
    else:
        nearest = int(np.argmin(found.miss_distance_m))
        closest_m, at = float(found.miss_distance_m[nearest]), int(found.tca_tai_ns[nearest])
        too_far = Reason.APART_IN_HEIGHT if gap_in_height_m >= threshold_m else Reason.TOO_FAR
        reason = Reason.REPORTED if closest_m < threshold_m else too_far
    return WhyNot(
        reason=reason,
        gap_in_height_m=float(gap_in_height_m),
        closest_m=closest_m,
        closest_tai_ns=at,
        minima=found,
        lost=lost,
    )
