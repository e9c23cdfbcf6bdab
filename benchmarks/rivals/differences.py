"""Where two contenders differ, and who is right: python-sgp4, step by small step through each encounter."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from benchmarks.rivals.contest import Found
from benchmarks.rivals.sky import Row
from tests.assess.conjunction.oracle import NS_A_SECOND, Sgp4Body, encounters, tai_ns
from tests.assess.conjunction.skies import elements_of_rows

SAME_ENCOUNTER_S = 2.0
# A slow pair seen through SGP4's velocity seems to turn some minutes before or after its range does.
AROUND_S = 300
SLOW_M_S = 10.0
# An encounter at the very threshold may be in or out by a rounded kilometre.
AT_THE_THRESHOLD_M = 1.0
AT_MOST_JUDGED = 2_000

Place = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of encounters that only one contender reports."""

    reported: int
    judged: int
    real_and_quick: int
    real_and_slow: int
    at_another_time: int
    at_the_threshold: int
    not_there: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two accounts of one span: what both have, and a verdict on what only one has."""

    both: int
    only_baken: Verdict
    only_rival: Verdict


class Judge:
    """The sky by catalogue number, for a closer look at one pair."""

    def __init__(self, rows: list[Row], start_utc: np.datetime64, miss_m: float) -> None:
        self.elements = elements_of_rows(rows)
        self.row_of = {number: row for row, number in enumerate(self.elements.norad_cat_id.tolist())}
        self.start_tai_ns, self.miss_m = tai_ns(start_utc), miss_m

    def look(self, first: int, second: int, at_s: float) -> str:
        """Return what there is to see at that instant: one of the words of a verdict."""
        bodies = [Sgp4Body(self.elements, self.row_of[number]) for number in (first, second)]
        at_tai_ns = self.start_tai_ns + round(at_s * NS_A_SECOND)
        around_ns = AROUND_S * NS_A_SECOND
        threshold_m = self.miss_m + AT_THE_THRESHOLD_M
        seen = encounters(bodies, at_tai_ns - around_ns, at_tai_ns + around_ns, threshold_m)
        interior = [encounter for encounter in seen if encounter.kind == "interior"]
        if not interior:
            return "not_there"
        nearest = min(interior, key=lambda encounter: abs(encounter.tca_tai_ns - at_tai_ns))
        if abs(nearest.tca_tai_ns - at_tai_ns) > SAME_ENCOUNTER_S * NS_A_SECOND:
            return "at_another_time"
        if abs(nearest.miss_distance_m - self.miss_m) < AT_THE_THRESHOLD_M:
            return "at_the_threshold"
        return "real_and_slow" if nearest.relative_speed_m_s < SLOW_M_S else "real_and_quick"


def differences(baken: Found, rival: Found, span_s: float, judge: Judge) -> Difference:
    """Compare two accounts up to an instant, its last second and its first left out."""
    ours, theirs = _places(baken, span_s), _places(rival, span_s)
    only_baken, only_rival = _unmatched(ours, theirs), _unmatched(theirs, ours)
    return Difference(len(ours) - len(only_baken), _verdict(only_baken, judge), _verdict(only_rival, judge))


def _places(found: Found, span_s: float) -> list[Place]:
    inside = (found.tca_s > 1.0) & (found.tca_s < span_s - 1.0)
    low, high = np.minimum(found.first, found.second), np.maximum(found.first, found.second)
    return sorted(zip(low[inside].tolist(), high[inside].tolist(), found.tca_s[inside].tolist(), strict=True))


def _unmatched(ours: list[Place], theirs: list[Place]) -> list[Place]:
    grouped = defaultdict(list)
    for first, second, at_s in theirs:
        grouped[first, second].append(at_s)
    times = {pair: np.array(group) for pair, group in grouped.items()}
    return [
        (first, second, at_s)
        for first, second, at_s in ours
        if (first, second) not in times or np.abs(times[first, second] - at_s).min() > SAME_ENCOUNTER_S
    ]


def _verdict(places: list[Place], judge: Judge) -> Verdict:
    chosen = places
    if len(places) > AT_MOST_JUDGED:
        some = np.random.default_rng(1).choice(len(places), AT_MOST_JUDGED, replace=False)
        chosen = [places[place] for place in some]
    said = Counter(judge.look(*place) for place in chosen)
    return Verdict(
        reported=len(places),
        judged=len(chosen),
        real_and_quick=said["real_and_quick"],
        real_and_slow=said["real_and_slow"],
        at_another_time=said["at_another_time"],
        at_the_threshold=said["at_the_threshold"],
        not_there=said["not_there"],
    )
