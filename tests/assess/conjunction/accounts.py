"""How two accounts of one sky differ: what one missed, what it has extra, and how far matches lie apart."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.assess.conjunction.oracle import NS_A_SECOND, Encounter

MICROMETRE_M = 1e-6
# Eight days of rounding in two implementations of one theory, each of which is off by some micrometres.
MISS_TOLERANCE_M = 20.0 * MICROMETRE_M
TCA_TOLERANCE_S = 1e-6
# A pair that flies together has no sharp instant of closest approach: rounding leaves a relative velocity
# unsure by less than this, which moves the instant by as much as the squared range is flat there.
VELOCITY_ROUNDING_M_S = 5e-6
# Slower than this a range changes by micrometres a second, and nobody can say whether it grows or shrinks.
AT_REST_M_S = 0.05
# Two instants of one encounter are never further apart than this, two encounters of one pair never nearer.
SAME_ENCOUNTER_S = 5.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two accounts of one sky, laid side by side."""

    missed: list[Encounter]
    extra: list[Encounter]
    matched: list[tuple[Encounter, Encounter]]

    @property
    def agrees(self) -> bool:
        return not self.missed and not self.extra

    @property
    def largest_miss_m(self) -> float:
        return max((abs(a.miss_distance_m - b.miss_distance_m) for a, b in self.matched), default=0.0)

    @property
    def largest_tca_apart_s(self) -> float:
        return max((_tca_apart_s(a, b) for a, b in self.matched), default=0.0)

    @property
    def largest_share_of_tca_tolerance(self) -> float:
        return max((_tca_apart_s(a, b) / _allowed_s(a) for a, b in self.matched), default=0.0)


def compare(truth: Iterable[Encounter], seen: Iterable[Encounter], threshold_m: float) -> Comparison:
    """Match two accounts encounter by encounter; what only rounding decides may be in either."""
    unmatched = defaultdict(list)
    for encounter in seen:
        unmatched[_pair(encounter)].append(encounter)
    missed, matched = [], []
    for true in truth:
        likeliest = min(unmatched[_pair(true)], key=lambda other: _tca_apart_s(true, other), default=None)
        if likeliest is None or _tca_apart_s(true, likeliest) > SAME_ENCOUNTER_S:
            missed.append(true)
            continue
        unmatched[_pair(true)].remove(likeliest)
        matched.append((true, likeliest))
    extra = [encounter for rest in unmatched.values() for encounter in rest]
    return Comparison(_clear_of(threshold_m, missed), _clear_of(threshold_m, extra), matched)


def _pair(encounter: Encounter) -> tuple[int, int, str]:
    return encounter.first, encounter.second, encounter.kind


def _clear_of(threshold_m: float, encounters: list[Encounter]) -> list[Encounter]:
    return [one for one in encounters if not _is_undecided(one, threshold_m)]


def _is_undecided(encounter: Encounter, threshold_m: float) -> bool:
    """Say whether rounding decides if this is reported: at the threshold, or at an end by a pair at rest."""
    at_rest = encounter.kind != "interior" and encounter.relative_speed_m_s < AT_REST_M_S
    return at_rest or abs(encounter.miss_distance_m - threshold_m) <= MISS_TOLERANCE_M


def _tca_apart_s(one: Encounter, other: Encounter) -> float:
    return abs(one.tca_tai_ns - other.tca_tai_ns) / NS_A_SECOND


def _allowed_s(encounter: Encounter) -> float:
    """Return how far an instant may be off; without end where the range does not turn at all."""
    slope_m2_s = VELOCITY_ROUNDING_M_S * encounter.miss_distance_m
    sharpness_m2_s2 = abs(encounter.sharpness_m2_s2)
    return TCA_TOLERANCE_S + (slope_m2_s / sharpness_m2_s2 if sharpness_m2_s2 > slope_m2_s else math.inf)
