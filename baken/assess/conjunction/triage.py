"""When to call a person to an encounter: on news, and not on every update.

A level is what one update asks for.  What is told depends on what was told before, and that memory is all the
state there is: ``Told``, one table of crossings, and one pure ``advance``.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Floats, FloatsLike

LevelCodes = npt.NDArray[np.int64]
QUIET, LOOK, ACT = 0, 1, 2
RAISED, ROSE, EASED, STOOD_DOWN = "raised", "rose", "eased", "stood down"
GREW, SHRANK, DECISION_NEARS = "grew", "shrank", "decision nears"

# What it is called when the level last told, in front, becomes the level of now.
CROSSINGS = {
    (QUIET, LOOK): RAISED,
    (QUIET, ACT): RAISED,
    (LOOK, ACT): ROSE,
    (ACT, LOOK): EASED,
    (LOOK, QUIET): STOOD_DOWN,
    (ACT, QUIET): STOOD_DOWN,
}


class Limits(NamedTuple):
    """The figures of a rule: levels, and when the same level is news again.  A miss of zero never counts."""

    look_probability: float
    act_probability: float
    look_miss_m: float = 0.0
    act_miss_m: float = 0.0
    from_s: float = 7 * 86_400.0
    decision_s: float = 2 * 86_400.0
    notice_s: float = 86_400.0
    factor: float = 10.0
    is_ceiling_looked_at: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """What a person was told last: the level, the probability (NaN for none), and that the decision nears."""

    level: int = QUIET
    probability: float = np.nan
    is_decision_told: bool = False


class Call(NamedTuple):
    """Which update is told, at what level, and what is new about it."""

    update: int
    level: int
    cause: str


def levels(
    probability: FloatsLike,
    max_probability: FloatsLike,
    miss_distance_m: FloatsLike,
    time_to_tca_s: FloatsLike,
    limits: Limits,
) -> LevelCodes:
    """Return what each update asks for, by itself: 0 quiet, 1 a look, 2 action.

    NaN is a figure that is missing, and reaches no level.  Where the probability is missing, a ceiling at the
    action level is worth a look: it is no probability, so it never asks for action.

    Shape:  the arguments broadcast; the result has their shape.

    >>> cara = Limits(look_probability=1e-7, act_probability=1e-4)
    >>> levels([2e-4, 3e-6, np.nan, 1e-9], [1.0, 1.0, 1e-3, 1.0], np.nan, 3 * 86_400.0, cara).tolist()
    [2, 1, 1, 0]
    """
    probability_, ceiling, miss_m, left_s = np.broadcast_arrays(
        *(
            np.asarray(given, float)
            for given in (probability, max_probability, miss_distance_m, time_to_tca_s)
        )
    )
    looks_at_ceiling = limits.is_ceiling_looked_at & np.isnan(probability_)
    look = (probability_ >= limits.look_probability) | (
        looks_at_ceiling & (ceiling >= limits.act_probability)
    )
    act = probability_ >= limits.act_probability
    look |= (limits.look_miss_m > 0.0) & (miss_m <= limits.look_miss_m)
    act |= (limits.act_miss_m > 0.0) & (miss_m <= limits.act_miss_m)
    return np.where(left_s <= limits.from_s, np.where(act, ACT, np.where(look, LOOK, QUIET)), QUIET)


def advance(
    told: Told, level: int, probability: float, time_to_tca_s: float, limits: Limits
) -> tuple[Told, str | None]:
    """Return what a person knows after one more update, and what there was to tell: nothing, mostly.

    >>> cara = Limits(look_probability=1e-7, act_probability=1e-4)
    >>> told, cause = advance(Told(), LOOK, 2e-6, 400_000.0, cara); cause
    'raised'
    >>> told, cause = advance(told, LOOK, 9e-6, 370_000.0, cara); cause
    """
    cause = _news(told, level, probability, time_to_tca_s, limits)
    if cause is None:
        return told, None
    if level == QUIET:
        return Told(), cause
    nears = level == ACT and _is_near(time_to_tca_s, limits)
    after = Told(level=level, probability=probability, is_decision_told=told.is_decision_told or nears)
    return after, cause


def calls(level: LevelCodes, probability: Floats, time_to_tca_s: Floats, limits: Limits) -> tuple[Call, ...]:
    """Return the updates of one history that are told, in its order, oldest first.

    Shape:  all are (n,).

    >>> cara = Limits(look_probability=1e-7, act_probability=1e-4)
    >>> pc, left_s = np.array([3e-6, 4e-6, 2e-4, 1e-9]), np.array([5.0, 4.0, 2.5, 1.0]) * 86_400.0
    >>> [call.cause for call in calls(levels(pc, np.nan, np.nan, left_s, cara), pc, left_s, cara)]
    ['raised', 'rose', 'stood down']
    """
    told, found = Told(), []
    for update, (now, figure, left_s) in enumerate(zip(level, probability, time_to_tca_s, strict=True)):
        told, cause = advance(told, int(now), float(figure), float(left_s), limits)
        if cause is not None:
            found.append(Call(update, int(now), cause))
    return tuple(found)


def _news(told: Told, level: int, probability: float, time_to_tca_s: float, limits: Limits) -> str | None:
    if level != told.level:
        return CROSSINGS[told.level, level]
    if level == ACT and not told.is_decision_told and _is_near(time_to_tca_s, limits):
        return DECISION_NEARS
    # A probability is compared with a probability only: beside a ceiling, NaN, nothing is true.
    if level != QUIET and probability >= limits.factor * told.probability:
        return GREW
    if level != QUIET and probability * limits.factor <= told.probability:
        return SHRANK
    return None


def _is_near(time_to_tca_s: float, limits: Limits) -> bool:
    return time_to_tca_s <= limits.decision_s + limits.notice_s
