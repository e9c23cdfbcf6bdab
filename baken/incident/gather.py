"""Which events belong together, and to which case: proposals with their reasons, for a person to accept."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from baken.incident.lifecycle import OVER
from baken.records.event import Event, EventKind, Finding, gap_ns
from baken.records.incident import Incident, IncidentId, IncidentKind

HOUR_NS = 3_600 * 1_000_000_000
DAY_NS = 24 * HOUR_NS
OF_A_PIECE = " DEB"
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
class Tie:
    """Why events of two kinds may be one case: what they share, and how far apart in time they may lie.

    ``shares`` is ``all`` objects, ``one``, ``family`` (one, or one is named as a fragment of the other), or
    ``nothing``.  Where one kind has to come first, it is ``first``.
    """

    name: str
    kinds: frozenset[EventKind]
    makes: IncidentKind
    near_ns: float
    shares: str = "one"
    first: EventKind | None = None


def _again(kind: EventKind, near_days: float, shares: str) -> Tie:
    return Tie(
        name="seen_again",
        kinds=frozenset({kind}),
        makes=KIND_OF[kind],
        near_ns=near_days * DAY_NS,
        shares=shares,
    )


TIES: tuple[Tie, ...] = (
    # Epochs of a breakup are known to some hours; the meeting that caused it lies within.
    Tie(
        name="met_and_broke_up",
        kinds=frozenset({EventKind.CONJUNCTION, EventKind.FRAGMENTATION}),
        makes=IncidentKind.COLLISION,
        near_ns=6 * HOUR_NS,
    ),
    # A fragment is the parent's whenever it comes down.
    Tie(
        name="fragment_comes_down",
        kinds=frozenset({EventKind.FRAGMENTATION, EventKind.REENTRY}),
        makes=IncidentKind.BREAKUP,
        near_ns=math.inf,
        shares="family",
        first=EventKind.FRAGMENTATION,
    ),
    Tie(
        name="moved_and_came_near",
        kinds=frozenset({EventKind.MANOEUVRE, EventKind.PROXIMITY}),
        makes=IncidentKind.UNFRIENDLY_APPROACH,
        near_ns=14 * DAY_NS,
    ),
    _again(EventKind.CONJUNCTION, 3, "all"),
    _again(EventKind.REENTRY, 30, "all"),
    _again(EventKind.FRAGMENTATION, 14, "one"),
    _again(EventKind.MANOEUVRE, 14, "one"),
    _again(EventKind.PROXIMITY, 14, "all"),
    # Interference comes and goes for days.
    _again(EventKind.INTERFERENCE, 7, "one"),
    _again(EventKind.SPACE_WEATHER, 3, "nothing"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Events that may be one case: a new one of some kind, or one that is open already.

    ``tie`` names why, or is ``alone``; ``because`` says it with the names of the events.
    """

    events: tuple[Event, ...]
    kind: IncidentKind
    tie: str
    because: str
    joins: IncidentId | None = None


def proposals(
    events: Sequence[Event],
    incidents: Iterable[Incident],
    members: Mapping[IncidentId, Sequence[Event]],
) -> tuple[Proposal, ...]:
    """Return how events that belong to no case may be gathered: into open cases first, then into new ones.

    Assumes all are of one world.  ``members`` are the events that belong to each open case.  An event that
    belongs to any case, or once belonged to one and was taken out, is not proposed for that case again.
    """
    cases = list(incidents)
    taken = {event_id for case in cases for event_id in case.event_ids}
    free = [event for event in events if str(event.event_id) not in taken]
    still_open = [case for case in cases if case.stage not in OVER]
    joining = [found for event in free if (found := _joining(event, still_open, members)) is not None]
    joined = {event.event_id for found in joining for event in found.events}
    groups = _groups([event for event in free if event.event_id not in joined])
    return (*joining, *map(_opening, groups))


def tie_between(finding: Finding, other: Finding) -> Tie | None:
    """Return why two findings may be of one case; None when nothing ties them.

    >>> from baken.records.event import EventKind, Finding
    >>> seen = dict(kind=EventKind.INTERFERENCE, object_ids=("OBJ-1",), measures=(), because="a carrier")
    >>> monday = Finding(encounter_key="a", start_tai_ns=0, peak_tai_ns=0, end_tai_ns=0, **seen)
    >>> thursday = Finding(encounter_key="b", **dict.fromkeys(
    ...     ("start_tai_ns", "peak_tai_ns", "end_tai_ns"), 3 * DAY_NS), **seen)
    >>> tie_between(monday, thursday).name
    'seen_again'
    """
    if finding.realm is not other.realm:
        return None
    return next((tie for tie in TIES if _ties(tie, finding, other)), None)


def _ties(tie: Tie, finding: Finding, other: Finding) -> bool:
    return (
        tie.kinds == {finding.kind, other.kind}
        and _share(tie.shares, finding, other)
        and _in_order(tie.first, finding, other)
        and gap_ns(finding.start_tai_ns, finding.end_tai_ns, other.start_tai_ns, other.end_tai_ns)
        <= tie.near_ns
    )


def _share(shares: str, finding: Finding, other: Finding) -> bool:
    if shares == "all":
        return finding.object_ids == other.object_ids
    if shares == "nothing" or not set(finding.object_ids).isdisjoint(other.object_ids):
        return True
    return shares == "family" and (_is_fragment(finding, other) or _is_fragment(other, finding))


def _is_fragment(finding: Finding, breakup: Finding) -> bool:
    """Say whether one object bears the name that catalogues give to pieces of another."""
    parent = breakup.measure("parent_name")
    return parent is not None and finding.measure("name") == f"{parent}{OF_A_PIECE}"


def _in_order(first: EventKind | None, finding: Finding, other: Finding) -> bool:
    if first is None:
        return True
    earlier, later = (finding, other) if finding.kind is first else (other, finding)
    return earlier.start_tai_ns <= later.end_tai_ns


def _joining(
    event: Event, cases: Sequence[Incident], members: Mapping[IncidentId, Sequence[Event]]
) -> Proposal | None:
    for case in cases:
        if _left(event, case):
            continue
        for member in members.get(case.incident_id, ()):
            tie = tie_between(event.finding, member.finding)
            if tie is not None:
                because = f"{event.event_id} and {member.event_id}: {SENTENCES[tie.name]}"
                return Proposal(
                    events=(event,), kind=tie.makes, tie=tie.name, because=because, joins=case.incident_id
                )
    return None


def _left(event: Event, case: Incident) -> bool:
    """Say whether a person took an event out of a case."""
    return any(dict(moment.said).get("event_id") == str(event.event_id) for moment in case.timeline)


def _groups(events: Sequence[Event]) -> list[list[Event]]:
    groups: list[list[Event]] = []
    for event in events:
        touching = [
            group for group in groups if any(tie_between(event.finding, each.finding) for each in group)
        ]
        merged = [*(each for group in touching for each in group), event]
        groups = [group for group in groups if group not in touching] + [merged]
    return groups


def _opening(group: Sequence[Event]) -> Proposal:
    if len(group) == 1:
        (event,) = group
        return Proposal(
            events=(event,),
            kind=KIND_OF[event.finding.kind],
            tie="alone",
            because=f"{event.event_id}: {SENTENCES['alone']}",
        )
    tied = [found for one, other in _pairs(group) if (found := tie_between(one.finding, other.finding))]
    # The table goes from what tells most to what tells least.
    tie = min(tied, key=TIES.index)
    names = ", ".join(str(event.event_id) for event in group)
    return Proposal(
        events=tuple(group), kind=tie.makes, tie=tie.name, because=f"{names}: {SENTENCES[tie.name]}"
    )


def _pairs(group: Sequence[Event]) -> Iterable[tuple[Event, Event]]:
    return ((one, other) for place, one in enumerate(group) for other in group[place + 1 :])


SENTENCES: Mapping[str, str] = {
    "alone": "nothing that is known is tied to it",
    "met_and_broke_up": "two objects were to meet, and one of them broke up about then",
    "fragment_comes_down": "what comes down is a piece of what broke up",
    "moved_and_came_near": "an object changed its orbit and came near another",
    "seen_again": "the same is seen again within days",
}
