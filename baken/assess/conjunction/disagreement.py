"""Where the opinions that stand of one encounter cannot all be right."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from baken.astro.arrays import Floats
from baken.records.conjunction_case import ConjunctionCase, ConjunctionUpdate

SECOND_NS = 1e9
# Whether a probability is less than this or much less is no news, and nothing to disagree about.
LEAST_PROBABILITY = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementRule:
    """When a difference is a disagreement.

    Probabilities that Baken makes of two opinions, or what one says itself and what Baken makes of it, differ
    by more than a factor.  Misses in the encounter plane differ by more than ``n_sigma`` of the two
    uncertainties together; where one has no plane, distances do.  Times of closest approach differ by more
    than ``tca_s``, and by more than ``n_sigma`` of those uncertainties take at the relative speed.

    Assumes that the errors of two originators are independent.  Often they watch with the same sensors, and
    then less is flagged than there is.
    """

    probability_factor: float = 10.0
    n_sigma: float = 3.0
    tca_s: float = 1.0


DISAGREEMENT_RULE = DisagreementRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two standing opinions that cannot both be right, or one that Baken judges otherwise than its sender.

    ``name`` is probability, miss, tca or said; ``first`` and ``second`` tell whose the values are: pure
    numbers, metres, or seconds after the earlier of the two.  ``difference`` is a factor, a number of sigmas
    or seconds, and is more than ``limit``.
    """

    name: str
    first: str
    second: str
    first_value: float
    second_value: float
    difference: float
    limit: float


def disagreements(case: ConjunctionCase, rule: DisagreementRule) -> Iterator[Disagreement]:
    """Yield what goes beyond the rule: each sender against Baken, then each two against each other."""
    for update in case.standing:
        yield from _with_its_sender(update, rule)
    for first, second in combinations(case.standing, 2):
        yield from _in_probability(first, second, rule)
        yield from _in_time(first, second, rule)
        yield from _in_miss(case, first, second, rule)


def _with_its_sender(update: ConjunctionUpdate, rule: DisagreementRule) -> Iterator[Disagreement]:
    said, assessed = update.probability_said, update.assessment.probability
    if said is None or assessed is None:
        return
    factor = _factor(said, assessed)
    if factor > rule.probability_factor:
        who = update.originator
        yield _flag("said", (who, who), (said, assessed), factor, rule.probability_factor)


def _in_probability(
    first: ConjunctionUpdate, second: ConjunctionUpdate, rule: DisagreementRule
) -> Iterator[Disagreement]:
    values = first.assessment.probability, second.assessment.probability
    if values[0] is None or values[1] is None:
        return
    factor = _factor(values[0], values[1])
    if factor > rule.probability_factor:
        yield _flag(
            "probability", _who(first, second), (values[0], values[1]), factor, rule.probability_factor
        )


def _factor(one: float, other: float) -> float:
    low, high = sorted((max(one, LEAST_PROBABILITY), max(other, LEAST_PROBABILITY)))
    return high / low


def _in_time(
    first: ConjunctionUpdate, second: ConjunctionUpdate, rule: DisagreementRule
) -> Iterator[Disagreement]:
    difference_s = abs(first.assessment.tca_tai_ns - second.assessment.tca_tai_ns) / SECOND_NS
    limit_s = max(rule.tca_s, rule.n_sigma * _uncertainty_of_time_s(first, second))
    if difference_s > limit_s:
        origin_ns = min(first.assessment.tca_tai_ns, second.assessment.tca_tai_ns)
        values = [(one.assessment.tca_tai_ns - origin_ns) / SECOND_NS for one in (first, second)]
        yield _flag("tca", _who(first, second), (values[0], values[1]), difference_s, limit_s)


def _uncertainty_of_time_s(first: ConjunctionUpdate, second: ConjunctionUpdate) -> float:
    """Return how long the two uncertainties take to be passed through, taken as large along as across."""
    sigma_m = _combined_sigma_m(first, second)
    speed_m_s = min(first.assessment.relative_speed_m_s, second.assessment.relative_speed_m_s)
    return sigma_m / speed_m_s if sigma_m is not None and speed_m_s > 0.0 else 0.0


def _in_miss(
    case: ConjunctionCase, first: ConjunctionUpdate, second: ConjunctionUpdate, rule: DisagreementRule
) -> Iterator[Disagreement]:
    n_sigma = _sigmas_apart_in_plane(case, first, second)
    if n_sigma is None:
        n_sigma = _sigmas_apart_in_distance(first, second)
    if n_sigma is not None and n_sigma > rule.n_sigma:
        values = first.assessment.miss_distance_m, second.assessment.miss_distance_m
        yield _flag("miss", _who(first, second), values, n_sigma, rule.n_sigma)


def _sigmas_apart_in_plane(
    case: ConjunctionCase, first: ConjunctionUpdate, second: ConjunctionUpdate
) -> float | None:
    """Return how far apart two misses are in their plane, in sigmas of both; None where one has no plane."""
    one, other = _plane_of_case(case, first), _plane_of_case(case, second)
    if one is None or other is None:
        return None
    apart_m, covariance_m2 = one[0] - other[0], one[1] + other[1]
    return math.sqrt(max(float(apart_m @ np.linalg.solve(covariance_m2, apart_m)), 0.0))


def _plane_of_case(case: ConjunctionCase, update: ConjunctionUpdate) -> tuple[Floats, Floats] | None:
    """Return miss and covariance in the plane, seen as the case's first update sees it.

    Who calls the other object the first looks from the other side: what is up is down, and what is right is
    right, since both the direction of sight and the miss are turned about.
    """
    plane = update.assessment.plane
    if plane is None:
        return None
    up = 1.0 if update.parties[0].object_id == case.parties[0].object_id else -1.0
    horizontal_m2, both_m2, vertical_m2 = plane.covariance_m2
    miss_m = np.array([plane.miss_horizontal_m, up * plane.miss_vertical_m])
    return miss_m, np.array([[horizontal_m2, up * both_m2], [up * both_m2, vertical_m2]])


def _sigmas_apart_in_distance(first: ConjunctionUpdate, second: ConjunctionUpdate) -> float | None:
    sigma_m = _combined_sigma_m(first, second)
    apart_m = abs(first.assessment.miss_distance_m - second.assessment.miss_distance_m)
    return apart_m / sigma_m if sigma_m else None


def _combined_sigma_m(first: ConjunctionUpdate, second: ConjunctionUpdate) -> float | None:
    sigmas_m = first.assessment.sigma_along_miss_m, second.assessment.sigma_along_miss_m
    return None if sigmas_m[0] is None or sigmas_m[1] is None else math.hypot(sigmas_m[0], sigmas_m[1])


def _who(first: ConjunctionUpdate, second: ConjunctionUpdate) -> tuple[str, str]:
    return first.originator, second.originator


def _flag(
    name: str, who: tuple[str, str], values: tuple[float, float], difference: float, limit: float
) -> Disagreement:
    return Disagreement(
        name=name,
        first=who[0],
        second=who[1],
        first_value=values[0],
        second_value=values[1],
        difference=difference,
        limit=limit,
    )
