"""Score of what was said against what happened: how often a window held, how far the middle was off.

Re-entries and conjunctions are foretold; a breakup is told afterwards, and scored by how long after.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from baken.records.event import EventId, EventKind, Finding

HOUR_S = 3_600.0
# How long before the happening a prediction was made: the steps at which official ones come, and beyond.
LEAD_STEPS_H = (0.0, 6.0, 12.0, 24.0, 48.0, 120.0, 240.0, math.inf)
# Fewer events than this say nothing of how well the next one will be foretold.
TELLING = 10
NINE_IN_TEN_SIGMA = 1.645
# What the interval of a breakup claims to hold.
BREAKUP_INTERVAL_HOLDS = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One look at an event, and when it was made."""

    event_id: EventId
    made_tai_ns: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What happened of an event: when, at what distance, of what, or that until an instant it had not."""

    event_id: EventId
    happened_tai_ns: int | None = None
    not_before_tai_ns: int | None = None
    miss_distance_m: float | None = None
    parent_norad_cat_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one prediction fared.

    ``lead_s`` is the time left; of a breakup the time since.  ``held`` says whether the stated window
    held the instant, and ``stated_probability`` how often it claims to; ``error_share`` is the error of the
    middle as a share of the time left; ``miss_error_m`` that of a miss distance; ``is_parent_right`` whether
    the object named first is the one.  None is not known, or not claimed.
    """

    event_id: EventId
    kind: EventKind
    lead_s: float
    held: bool | None = None
    stated_probability: float | None = None
    error_s: float | None = None
    error_share: float | None = None
    miss_error_m: float | None = None
    is_parent_right: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the score: a kind, at a lead time, over events of which each counts once."""

    kind: EventKind
    least_lead_h: float
    largest_lead_h: float
    n_events: int
    n_windows: int
    n_held: int
    stated_probability: float | None
    median_error_s: float | None
    median_error_share: float | None
    median_miss_error_m: float | None
    n_parents: int = 0
    n_parents_right: int = 0

    @property
    def coverage(self) -> tuple[float, float] | None:
        """The share of windows that held, as an interval that holds nine in ten."""
        return wilson_interval(self.n_held, self.n_windows) if self.n_windows else None

    @property
    def is_telling(self) -> bool:
        return self.n_events >= TELLING


def score(prediction: Prediction, truth: Truth) -> Score | None:
    """Return how a prediction fared; None when nothing can be held against it.

    What was said after it had happened, or after the instant until which it is known not to have, foretold
    nothing.
    """
    finding, happened = prediction.finding, truth.happened_tai_ns
    if happened is None:
        return _refuted(prediction, truth)
    if finding.kind is EventKind.FRAGMENTATION:
        return _of_breakup(prediction, happened, truth)
    lead_s = (happened - prediction.made_tai_ns) / 1e9
    if lead_s <= 0.0:
        return None
    has_window = finding.kind is not EventKind.CONJUNCTION and finding.start_tai_ns < finding.end_tai_ns
    error_s = abs(finding.peak_tai_ns - happened) / 1e9
    return Score(
        event_id=prediction.event_id,
        kind=finding.kind,
        lead_s=lead_s,
        held=finding.start_tai_ns <= happened <= finding.end_tai_ns if has_window else None,
        stated_probability=_figure(finding, "window_probability") if has_window else None,
        error_s=error_s,
        error_share=error_s / lead_s,
        miss_error_m=_miss_error_m(finding, truth),
    )


def _of_breakup(prediction: Prediction, happened_tai_ns: int, truth: Truth) -> Score | None:
    """Return how what was said of a breakup fared; what was said before it happened was of another."""
    finding, since_s = prediction.finding, (prediction.made_tai_ns - happened_tai_ns) / 1e9
    if since_s < 0.0:
        return None
    named = finding.measure("parent_norad_cat_id")
    return Score(
        event_id=prediction.event_id,
        kind=finding.kind,
        lead_s=since_s,
        held=finding.start_tai_ns <= happened_tai_ns <= finding.end_tai_ns,
        stated_probability=BREAKUP_INTERVAL_HOLDS,
        error_s=abs(finding.peak_tai_ns - happened_tai_ns) / 1e9,
        is_parent_right=None if truth.parent_norad_cat_id is None else named == truth.parent_norad_cat_id,
    )


def _refuted(prediction: Prediction, truth: Truth) -> Score | None:
    """Return that a window had passed and it had not happened; how far the middle was off nobody knows."""
    finding, until = prediction.finding, truth.not_before_tai_ns
    if until is None or finding.end_tai_ns >= until or prediction.made_tai_ns >= finding.end_tai_ns:
        return None
    return Score(
        event_id=prediction.event_id,
        kind=finding.kind,
        lead_s=(until - prediction.made_tai_ns) / 1e9,
        held=False,
        stated_probability=_figure(finding, "window_probability"),
    )


def _miss_error_m(finding: Finding, truth: Truth) -> float | None:
    said = _figure(finding, "miss_distance_m")
    if said is None or truth.miss_distance_m is None:
        return None
    return abs(said - truth.miss_distance_m)


def _figure(finding: Finding, name: str) -> float | None:
    value = finding.measure(name)
    return float(value) if isinstance(value, int | float) else None


def lines_of(scores: Iterable[Score]) -> tuple[Line, ...]:
    """Return the score by kind and lead time.  Of an event the last prediction within a step counts.

    Looks at one event an hour apart are one opinion said often; counted each, they would pass for many.
    """
    last: dict[tuple[EventKind, int, EventId], Score] = {}
    for one in sorted(scores, key=_when_said_s):
        last[one.kind, _step(one.lead_s), one.event_id] = one
    steps = sorted({(kind, step) for kind, step, _ in last})
    return tuple(
        _line(kind, step, [one for key, one in last.items() if key[:2] == (kind, step)])
        for kind, step in steps
    )


def _when_said_s(one: Score) -> float:
    """Return when a look was taken, against the happening."""
    return one.lead_s if one.kind is EventKind.FRAGMENTATION else -one.lead_s


def _step(lead_s: float) -> int:
    spans = enumerate(pairwise(LEAD_STEPS_H))
    return next(n for n, (low_h, high_h) in spans if low_h * HOUR_S <= lead_s < high_h * HOUR_S)


def _line(kind: EventKind, step: int, scores: Sequence[Score]) -> Line:
    windows = [one for one in scores if one.held is not None]
    stated = [one.stated_probability for one in windows if one.stated_probability is not None]
    return Line(
        kind=kind,
        least_lead_h=LEAD_STEPS_H[step],
        largest_lead_h=LEAD_STEPS_H[step + 1],
        n_events=len(scores),
        n_windows=len(windows),
        n_held=sum(bool(one.held) for one in windows),
        stated_probability=sum(stated) / len(stated) if stated else None,
        median_error_s=_median(one.error_s for one in scores),
        median_error_share=_median(one.error_share for one in scores),
        median_miss_error_m=_median(one.miss_error_m for one in scores),
        n_parents=sum(one.is_parent_right is not None for one in scores),
        n_parents_right=sum(bool(one.is_parent_right) for one in scores),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def wilson_interval(n_held: int, n: int) -> tuple[float, float]:
    """Return the interval in which the true share lies nine times in ten.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209.

    >>> tuple(round(end, 3) for end in wilson_interval(9, 10))
    (0.652, 0.977)
    """
    z2 = NINE_IN_TEN_SIGMA**2
    middle = (n_held + 0.5 * z2) / (n + z2)
    half = NINE_IN_TEN_SIGMA * math.sqrt(n_held * (n - n_held) / n + 0.25 * z2) / (n + z2)
    return max(0.0, middle - half), min(1.0, middle + half)
