"""Which events belong together, and to which case: proposals with their reasons, for a person to accept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from baken.incident.lifecycle import OVER
from baken.records.event import Event, EventKind, Finding, gap_ns
from baken.records.incident import Incident, IncidentId, IncidentKind

DAY_NS = 86_400 * 1_000_000_000
# Interference comes and goes for days; pieces of a breakup are found for weeks.
NEAR_NS = 14 * DAY_NS
KIND_OF: Mapping[EventKind, IncidentKind] = {
    EventKind.CONJUNCTION: IncidentKind.COLLISION_RISK,
    EventKind.REENTRY: IncidentKind.REENTRY,
    EventKind.FRAGMENTATION: IncidentKind.BREAKUP,
    EventKind.MANOEUVRE: IncidentKind.UNEXPLAINED_MANOEUVRE,
    EventKind.PROXIMITY: IncidentKind.UNFRIENDLY_APPROACH,
    EventKind.INTERFERENCE: IncidentKind.RADIO_INTERFERENCE,
    EventKind.SPACE_WEATHER: IncidentKind.SPACE_WEATHER,
    EventKind.NEAR_EARTH_OBJECT: IncidentKind.OTHER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Events that may be one case: a new one of some kind, or one that is open already."""

    events: tuple[Event, ...]
    kind: IncidentKind
    because: str
    joins: IncidentId | None = None


def proposals(
    events: Sequence[Event], incidents: Iterable[Incident], spans: Mapping[str, tuple[int, int]]
) -> tuple[Proposal, ...]:
    """Return how events that belong to no case may be gathered, in the order in which they are given.

    Assumes events are of one world.  ``spans`` gives the first and last instant of events that have joined a
    case, by name.  An event joins an open case that shares an object with it within two weeks; events of no
    case that share one are proposed together.
    """
    open_cases = [case for case in incidents if case.stage not in OVER]
    taken = {event_id for case in open_cases for event_id in case.event_ids}
    free = [event for event in events if str(event.event_id) not in taken]
    joining = [(event, case) for event in free if (case := _case_of(event, open_cases, spans)) is not None]
    joined = {event.event_id for event, _ in joining}
    return (
        *(_join(event, case) for event, case in joining),
        *(_open(group) for group in _groups([event for event in free if event.event_id not in joined])),
    )


def _case_of(
    event: Event, cases: Sequence[Incident], spans: Mapping[str, tuple[int, int]]
) -> Incident | None:
    for case in cases:
        near = any(_is_near(event.finding, spans[name]) for name in case.event_ids if name in spans)
        if near and not set(case.object_ids).isdisjoint(event.finding.object_ids):
            return case
    return None


def _join(event: Event, case: Incident) -> Proposal:
    shared = ", ".join(sorted(set(case.object_ids) & set(event.finding.object_ids)))
    return Proposal(
        events=(event,),
        kind=case.kind,
        because=f"{shared} is already in {case.incident_id}, and the two lie within two weeks",
        joins=case.incident_id,
    )


def _groups(events: Sequence[Event]) -> list[list[Event]]:
    groups: list[list[Event]] = []
    for event in events:
        touching = [group for group in groups if any(_belong_together(event, other) for other in group)]
        merged = [*(other for group in touching for other in group), event]
        groups = [group for group in groups if group not in touching] + [merged]
    return groups


def _belong_together(event: Event, other: Event) -> bool:
    shared = not set(event.finding.object_ids).isdisjoint(other.finding.object_ids)
    return shared and _is_near(event.finding, (other.finding.start_tai_ns, other.finding.end_tai_ns))


def _is_near(finding: Finding, span: tuple[int, int]) -> bool:
    return gap_ns(finding.start_tai_ns, finding.end_tai_ns, *span) <= NEAR_NS


def _open(group: Sequence[Event]) -> Proposal:
    kinds = {event.finding.kind for event in group}
    collided = next((pair for pair in _pairs(group) if _is_collision(*pair)), None)
    if collided is not None:
        encounter, breakup = collided
        because = (
            f"{encounter.event_id} foresaw a meeting, and {breakup.event_id} saw pieces part at that time"
        )
        return Proposal(events=tuple(group), kind=IncidentKind.COLLISION, because=because)
    worst = next(kind for kind in (EventKind.FRAGMENTATION, EventKind.REENTRY, *EventKind) if kind in kinds)
    because = f"{group[0].event_id} alone" if len(group) == 1 else f"{len(group)} events share an object"
    return Proposal(events=tuple(group), kind=KIND_OF[worst], because=because)


def _pairs(group: Sequence[Event]) -> Iterable[tuple[Event, Event]]:
    return ((one, other) for one in group for other in group)


def _is_collision(encounter: Event, breakup: Event) -> bool:
    """Say whether two objects met while one of them broke up."""
    return (
        encounter.finding.kind is EventKind.CONJUNCTION
        and breakup.finding.kind is EventKind.FRAGMENTATION
        and breakup.finding.start_tai_ns <= encounter.finding.peak_tai_ns <= breakup.finding.end_tai_ns
        and not set(encounter.finding.object_ids).isdisjoint(breakup.finding.object_ids)
    )
