"""What asks for somebody first, whatever its kind: a level with its reason, and one list of all kinds.

A probability of collision, a time of re-entry and a number of pieces have no unit in common, and none is
invented here.  Each kind has its own rule for its level; within a level the kinds take turns, each with its
worst, so that no kind drowns another.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest

from baken.records.event import Event, EventKind, Finding
from baken.records.triage import Level
from baken.report.quantities import duration_text, probability_text
from baken.report.words import Phrase

HOUR_S = 3_600.0
DAY_S = 24.0 * HOUR_S
# CARA acts above 1e-4 (NASA/SP-20205011318); an avoidance burn takes about a day to plan and to upload.
COLLISION_PROBABILITY, BURN_IS_PLANNED_IN_S = 1e-4, DAY_S
# Where the orbits are too uncertain the figure is diluted: better ones decide, up or down (Alfano 2005,
# AAS 05-308).  On a real day a whole sky had a hundred such of 1e-4 within a day, and one that was robust.
PROBABILITY_TO_ASK_FOR_BETTER, PROBABILITY_HOWEVER_UNSURE = 1e-3, 1e-2
# Elements of a week ahead say little: a centre's warnings begin at three days.
COLLISION_IS_NEAR_S = 3.0 * DAY_S
# Sea, air and crisis staff are told from about three days before; a day before, a window is a few orbits.
REENTRY_IS_NEAR_S, REENTRY_IS_IMMINENT_S = 3.0 * DAY_S, DAY_S
# The line of U.S. and ESA debris rules: below it nobody on the ground needs to act.
CASUALTY_EXPECTATION = 1e-4
# A cloud is close together, and nobody's elements hold it, in its first days.
BREAKUP_IS_FRESH_S = 7.0 * DAY_S
BURNS_UP = " DEB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """How much a finding asks for somebody: its level, its place within level and kind, and why.

    ``key`` sorts what is worst first among its own kind.
    """

    level: Level
    key: tuple[float, ...]
    because: Phrase


def urgency_of(finding: Finding, now_tai_ns: int) -> Urgency:
    """Return how urgent a finding is at an instant, by the rule of its kind; one without a rule is quiet."""
    rule = RULES.get(finding.kind, _of_another)
    return rule(finding, now_tai_ns)


def ranked(events: Iterable[Event], now_tai_ns: int) -> tuple[Event, ...]:
    """Return events of all kinds, highest level first; within a level the kinds take turns, worst first.

    Pairs that fly in company stand last, whatever is said of them.
    """
    queues: dict[tuple[bool, int], dict[EventKind, list[tuple[Urgency, Event]]]] = {}
    for event in events:
        urgency = urgency_of(event.finding, now_tai_ns)
        step = bool(event.finding.measure("in_company")), -int(urgency.level)
        of_kind = queues.setdefault(step, {}).setdefault(event.finding.kind, [])
        of_kind.append((urgency, event))
    return tuple(chain.from_iterable(_in_turns(queues[step]) for step in sorted(queues)))


def _in_turns(of_kind: Mapping[EventKind, list[tuple[Urgency, Event]]]) -> Iterable[Event]:
    # What is rarest goes first: it is what a full list would hide.
    kinds = sorted(of_kind, key=lambda kind: (len(of_kind[kind]), kind))
    in_order = [sorted(of_kind[kind], key=lambda one: one[0].key) for kind in kinds]
    return (one[1] for turn in zip_longest(*in_order) for one in turn if one is not None)


def _of_conjunction(finding: Finding, now_tai_ns: int) -> Urgency:
    estimated, ceiling = figure(finding, "probability"), figure(finding, "max_probability")
    until_s = _until_s(finding.peak_tai_ns, now_tai_ns)
    threat = estimated if estimated is not None else ceiling or 0.0
    key = (-threat, figure(finding, "miss_distance_m") or 0.0, until_s)
    if until_s < 0.0:
        return Urgency(level=Level.QUIET, key=key, because=Phrase("urgency.past"))
    if estimated is None or estimated < COLLISION_PROBABILITY:
        return Urgency(level=Level.QUIET, key=key, because=Phrase("urgency.no_estimate"))
    is_robust = finding.measure("probability_region") == "robust"
    told = (("probability", probability_text(estimated)), ("until", duration_text(until_s)))
    because = Phrase("urgency.collision" if is_robust else "urgency.unsure_collision", told)
    return Urgency(level=_level_of_collision(estimated, is_robust, until_s), key=key, because=because)


def _level_of_collision(estimated: float, is_robust: bool, until_s: float) -> Level:
    if until_s > BURN_IS_PLANNED_IN_S:
        return Level.LOOK if is_robust and until_s <= COLLISION_IS_NEAR_S else Level.QUIET
    if is_robust or estimated >= PROBABILITY_HOWEVER_UNSURE:
        return Level.ACT
    return Level.LOOK if estimated >= PROBABILITY_TO_ASK_FOR_BETTER else Level.QUIET


def _of_reentry(finding: Finding, now_tai_ns: int) -> Urgency:
    opens_s = _until_s(finding.start_tai_ns, now_tai_ns)
    key = (opens_s, _until_s(finding.peak_tai_ns, now_tai_ns))
    if _until_s(finding.end_tai_ns, now_tai_ns) < 0.0:
        return Urgency(level=Level.QUIET, key=key, because=Phrase("urgency.past"))
    casualties = figure(finding, "casualty_expectation")
    if (casualties is not None and casualties < CASUALTY_EXPECTATION) or _is_small(finding):
        return Urgency(level=Level.QUIET, key=key, because=Phrase("urgency.burns_up"))
    if opens_s > REENTRY_IS_NEAR_S:
        return Urgency(level=Level.QUIET, key=key, because=Phrase("urgency.falls_later"))
    level = Level.ACT if opens_s <= REENTRY_IS_IMMINENT_S else Level.LOOK
    told = Phrase("urgency.falls", (("until", duration_text(max(opens_s, 0.0))),))
    return Urgency(level=level, key=key, because=told)


def _is_small(finding: Finding) -> bool:
    """Say whether the name is one of a fragment, as catalogues name what broke off."""
    return str(finding.measure("name") or "").endswith(BURNS_UP)


def _of_breakup(finding: Finding, now_tai_ns: int) -> Urgency:
    ago_s = -_until_s(finding.peak_tai_ns, now_tai_ns)
    pieces = figure(finding, "n_pieces")
    key = (ago_s, -(pieces or 0.0))
    told = Phrase("urgency.broke_up", (("ago", duration_text(ago_s)),))
    if told_kind(finding) == RELEASE:
        return Urgency(level=Level.QUIET, key=key, because=Phrase("urgency.release"))
    return Urgency(level=Level.ACT if ago_s <= BREAKUP_IS_FRESH_S else Level.LOOK, key=key, because=told)


def _of_another(finding: Finding, now_tai_ns: int) -> Urgency:
    key = (_until_s(finding.peak_tai_ns, now_tai_ns),)
    return Urgency(level=Level.QUIET, key=key, because=Phrase("urgency.no_rule"))


RULES: Mapping[EventKind, Callable[[Finding, int], Urgency]] = {
    EventKind.CONJUNCTION: _of_conjunction,
    EventKind.REENTRY: _of_reentry,
    EventKind.FRAGMENTATION: _of_breakup,
}

KIND_WEIGHTS = "weight_"
RELEASE, COLLISION, BURST_OR_HIT = "ordinary_release", "collision", "burst_or_hit"


def told_kind(finding: Finding) -> str | None:
    """Return what kind of breakup motion tells, by the weights of a finding; None when it bears none."""
    weights = {
        name.removeprefix(KIND_WEIGHTS): value
        for name, value in finding.measures
        if name.startswith(KIND_WEIGHTS) and isinstance(value, int | float)
    }
    return kind_by_weights(weights) if weights else None


def kind_by_weights(weights: Mapping[str, float]) -> str:
    """Return the kind that outweighs the others, where motion can tell it.

    A burst from within and a hit from outside look alike: told apart they are never, whatever their weights.
    """
    return next((kind for kind in (RELEASE, COLLISION) if weights.get(kind, 0.0) > 0.5), BURST_OR_HIT)


def figure(finding: Finding, name: str) -> float | None:
    """Return a measure as a number, or None when it is unknown or no number."""
    value = finding.measure(name)
    return float(value) if isinstance(value, int | float) and value == value else None


def _until_s(instant_tai_ns: int, now_tai_ns: int) -> float:
    return (instant_tai_ns - now_tai_ns) / 1e9
