"""From candidates to approaches: by polynomials where they suffice, else by the motion itself."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction import _minima as minima
from baken.assess.conjunction._approaches import (
    INTERVAL_END,
    INTERVAL_START,
    Approaches,
    Codes,
    approaches_at,
)
from baken.assess.conjunction.sieve import Candidates, Indices, SieveAccount, Slice
from baken.astro.arrays import Floats, Instants
from baken.astro.motions import Motion
from baken.astro.trajectories import Trajectories


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is screened for: from when to when, and how near."""

    start_tai_ns: int
    end_tai_ns: int
    threshold_m: float


def judge(
    motion: Motion, limits: Limits, part: Slice, candidates: Candidates
) -> tuple[Approaches, SieveAccount]:
    """Turn candidates into approaches: by polynomials where they suffice, else by the motion itself."""
    verdict, at_s = _examine(part, candidates, limits.threshold_m)
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
    ends, end_kind = _ends(motion, limits, part, candidates, spans)
    approaches = approaches_at(
        motion,
        np.concatenate([candidates.first[one], spans.first[row], ends.first]),
        np.concatenate([candidates.second[one], spans.second[row], ends.second]),
        np.concatenate([tca, np.where(end_kind == INTERVAL_START, ends.low, ends.high)]),
        np.concatenate([np.zeros(tca.size, dtype=np.int8), end_kind]),
    )
    near = approaches.miss_distance_m < limits.threshold_m
    return approaches.select(near), SieveAccount(
        without_minimum=int(np.count_nonzero(verdict == minima.NO_MINIMUM)),
        too_far=int(np.count_nonzero(verdict == minima.TOO_FAR)) + int(np.count_nonzero(~near)),
        looked_at_closely=closely.size,
    )


def _examine(part: Slice, candidates: Candidates, threshold_m: float) -> tuple[Codes, Floats]:
    """Return what polynomials say of each candidate, and when its minimum would be."""
    verdict, at_s = np.empty(candidates.first.size, dtype=np.int8), np.zeros(candidates.first.size)
    trajectories = part.trajectories
    minima.examine(
        trajectories.coefficients_m,
        np.asarray((trajectories.start_tai_ns - part.start_tai_ns) * 1e-9, dtype=float),
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
    motion: Motion, limits: Limits, part: Slice, candidates: Candidates, spans: Spans
) -> tuple[Spans, Codes]:
    """Return the minima at ends: of the screening, and where a motion begins or fails; and their kinds."""
    at_start = candidates.window == (0 if part.start_tai_ns == limits.start_tai_ns else -1)
    at_end = candidates.window == (part.n_windows - 1 if part.end_tai_ns == limits.end_tai_ns else -1)
    starts = _joined(
        spans.select(spans.begins),
        spans_of(part, candidates, np.flatnonzero(at_start)),
        limits.start_tai_ns,
        None,
    )
    finishes = _joined(
        spans.select(spans.fails), spans_of(part, candidates, np.flatnonzero(at_end)), None, limits.end_tai_ns
    )
    squared_m2, rate, _ = minima.slopes(
        motion, starts.first, starts.second, starts.low, starts.low, starts.high
    )
    starts = starts.select(~minima.is_falling(squared_m2, rate))
    squared_m2, rate, _ = minima.slopes(
        motion, finishes.first, finishes.second, finishes.high, finishes.low, finishes.high
    )
    finishes = finishes.select(minima.is_falling(squared_m2, rate))
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
