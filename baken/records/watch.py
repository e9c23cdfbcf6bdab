"""The watch: who has it, who offered it to whom, and what whoever takes it has to know."""

from dataclasses import dataclass

from baken.records.incident import Incident, IncidentId, Moment
from baken.records.marking import OWNER_ONLY, Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The watch from one to another.  ``accepted_at_tai_ns`` is None until the other took it."""

    offered_by: str
    offered_to: str
    note: str
    offered_at_tai_ns: int
    entry_sequence: int
    accepted_by: str = ""
    accepted_at_tai_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Something about an open incident that happens at an instant, whatever anybody does.

    ``what`` is ``begins``, ``peaks`` or ``ends``, as the finding of the event has it.
    """

    incident_id: IncidentId
    event_id: str
    what: str
    at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something nobody knows yet, and who said so."""

    incident_id: IncidentId
    text: str
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What happened to an incident since the watch was last taken."""

    incident_id: IncidentId
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReport:
    """A report from outside that no officer has yet let join an incident."""

    entry_id: str
    title: str
    received_at_tai_ns: int
    marking: Marking = OWNER_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchState:
    """What is open, the most urgent first; what changed since the watch was last taken; what waits."""

    open_incidents: tuple[Incident, ...]
    changed: tuple[Changed, ...]
    clocks: tuple[Clock, ...]
    questions: tuple[Question, ...]
    reports: tuple[WaitingReport, ...]
    since_tai_ns: int | None
    now_tai_ns: int
    on_watch: str = ""

    @property
    def unassigned(self) -> tuple[Incident, ...]:
        """Open incidents that nobody has, or that whoever has them did not acknowledge."""
        return tuple(one for one in self.open_incidents if not one.acknowledged)
