"""Triage: of all encounters that are kept, those a rule calls somebody to, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baken.assess.conjunction.alerts import alerts_of_case
from baken.assess.conjunction.forecast import chance_of_level
from baken.operations.follow_event import case_of_event
from baken.operations.ports import Store
from baken.operations.receive_messages import Assessor
from baken.records.conjunction_case import ConjunctionCase
from baken.records.event import EventKind
from baken.records.marking import Realm
from baken.records.triage import Alert, Level, TriageRule

SECOND_NS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """One encounter, every alert it ever gave cause for, and the last of each rule and originator."""

    case: ConjunctionCase
    alerts: tuple[Alert, ...]
    standing: tuple[Alert, ...]

    @property
    def level(self) -> Level:
        """The highest level that stands."""
        return max((alert.level for alert in self.standing), default=Level.QUIET)


def triaged(case: ConjunctionCase, rules: Sequence[TriageRule]) -> Triaged:
    """Return a case with its alerts; those that stand come highest level first."""
    alerts = alerts_of_case(case, rules)
    last = {(alert.rule, alert.originator): alert for alert in alerts}
    standing = sorted(last.values(), key=lambda alert: -alert.level)
    return Triaged(case=case, alerts=alerts, standing=tuple(standing))


def reasons_of(found: Triaged) -> tuple[str, ...]:
    """Return the last word of each rule: of several originators that of the highest level."""
    of_rule: dict[str, str] = {}
    for alert in found.standing:
        of_rule.setdefault(alert.rule, f"{alert.because} ({alert.originator})")
    return tuple(of_rule.values())


def triage_events(
    store: Store, realm: Realm, rules: Sequence[TriageRule], assessor: Assessor, *, from_tai_ns: int | None
) -> tuple[Triaged, ...]:
    """Return the kept conjunctions with their alerts, highest level first, then the soonest."""
    found = [
        triaged(case_of_event(store, event.event_id, realm=realm, assessor=assessor), rules)
        for event in store.events(realm, kind=EventKind.CONJUNCTION, peak_from_tai_ns=from_tai_ns)
    ]
    return tuple(sorted(found, key=lambda one: (-one.level, one.case.updates[-1].assessment.tca_tai_ns)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How likely an encounter stands at a rule's action level when its decision falls; a forecast."""

    rule: str
    originator: str
    level_probability: float
    chance: float


def chances_of(case: ConjunctionCase, rules: Sequence[TriageRule]) -> Iterator[Chance]:
    """Yield a forecast for each rule and originator whose decision was still to come at his last update."""
    for rule in rules:
        for originator in case.originators:
            updates = case.of(originator)
            known = [one.assessment.probability for one in updates if one.assessment.probability is not None]
            newest = updates[-1]
            left_s = (newest.assessment.tca_tai_ns - newest.created_tai_ns) / SECOND_NS - rule.decision_s
            if left_s > 0.0 and newest.assessment.probability is not None:
                chance = chance_of_level(known[-1], max(known), left_s, rule.act_probability)
                yield Chance(
                    rule=rule.name,
                    originator=originator,
                    level_probability=rule.act_probability,
                    chance=float(chance),
                )
