"""How an encounter goes on: what rises and falls from update to update, and where originators disagree."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from baken.assess.conjunction.disagreement import (
    DISAGREEMENT_RULE,
    LEAST_PROBABILITY,
    Disagreement,
    DisagreementRule,
    disagreements,
)
from baken.records.collision_assessment import CollisionAssessment
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate

HOUR_NS = 3.6e12
# Below it a length is as good as nothing, and its rise or fall is no news.
LEAST_LENGTH_M = 1.0


class Quantity(StrEnum):
    """What is followed from update to update."""

    PROBABILITY = "probability"
    MISS = "miss"
    SIGMA = "sigma"


class Direction(StrEnum):
    """Where a figure is going."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRule:
    """When a change is a trend.

    A figure rises when, over the last ``n_updates`` of one originator, the median of the growth between every
    two, carried over the whole span, makes more than the factor; it falls when that makes less than one over
    the factor.  The median is not moved by one odd update.

    Source: Theil (1950); Sen (1968), J. Am. Stat. Assoc. 63, on the median of slopes.
    """

    n_updates: int = 5
    probability_factor: float = 3.0
    miss_factor: float = 1.25
    sigma_factor: float = 1.25

    def factor_of(self, quantity: Quantity) -> float:
        """Return by how much a quantity has to grow to be called rising."""
        return float(getattr(self, f"{quantity}_factor"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One figure of one originator over its updates: hours to closest approach, oldest first, and values."""

    originator: str
    quantity: Quantity
    hours_to_tca: tuple[float, ...]
    values: tuple[float | None, ...]
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What is told of a case beside the updates themselves."""

    courses: tuple[Course, ...]
    disagreements: tuple[Disagreement, ...]


TREND_RULE = TrendRule()


def life_of(
    case: ConjunctionCase,
    trend_rule: TrendRule = TREND_RULE,
    disagreement_rule: DisagreementRule = DISAGREEMENT_RULE,
) -> Life:
    """Return the course of every originator's figures, and where those that stand disagree."""
    return Life(
        courses=tuple(
            _course(originator, case.of(originator), quantity, trend_rule)
            for originator in case.originators
            for quantity in Quantity
        ),
        disagreements=tuple(disagreements(case, disagreement_rule)),
    )


# --- Trends -----------------------------------------------------------------------------------------------

FIGURES: dict[Quantity, Callable[[CollisionAssessment], float | None]] = {
    Quantity.PROBABILITY: lambda assessment: assessment.probability,
    Quantity.MISS: lambda assessment: assessment.miss_distance_m,
    Quantity.SIGMA: lambda assessment: assessment.sigma_along_miss_m,
}


def _course(
    originator: str, updates: tuple[ConjunctionUpdate, ...], quantity: Quantity, rule: TrendRule
) -> Course:
    hours = tuple(hours_to_tca(update) for update in updates)
    values = tuple(_finite(FIGURES[quantity](update.assessment)) for update in updates)
    return Course(
        originator=originator,
        quantity=quantity,
        hours_to_tca=hours,
        values=values,
        direction=_direction(hours, values, quantity, rule),
    )


def hours_to_tca(update: ConjunctionUpdate) -> float:
    """Return how long before closest approach an update was created, in hours; after it, below zero."""
    return (update.assessment.tca_tai_ns - update.created_tai_ns) / HOUR_NS


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _direction(
    hours: tuple[float, ...], values: tuple[float | None, ...], quantity: Quantity, rule: TrendRule
) -> Direction:
    least = LEAST_PROBABILITY if quantity is Quantity.PROBABILITY else LEAST_LENGTH_M
    told = [
        (-hour, math.log10(max(value, least)))
        for hour, value in zip(hours, values, strict=True)
        if value is not None
    ][-rule.n_updates :]
    slopes = [
        (level - before) / (hour - earlier)
        for (earlier, before), (hour, level) in combinations(told, 2)
        if hour > earlier
    ]
    if not slopes:
        return Direction.UNTOLD
    grown = float(np.median(slopes)) * (told[-1][0] - told[0][0])
    threshold = math.log10(rule.factor_of(quantity))
    if abs(grown) <= threshold:
        return Direction.STEADY
    return Direction.RISING if grown > 0.0 else Direction.FALLING
