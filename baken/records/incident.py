"""A case that somebody works on: what is going on, how far it is, how grave, and what was said of it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from baken.records.marking import OWNER_ONLY, Marking, Realm

INCIDENT_ID = re.compile(r"(?P<node>[A-Z]{2,8})-IN(?P<year>\d{2})-(?P<number>\d{4,})")


class IncidentKind(StrEnum):
    """What an incident seems to be.  A kind is a working name, not a judgement."""

    COLLISION_RISK = "collision-risk"
    COLLISION = "collision"
    REENTRY = "uncontrolled-reentry"
    BREAKUP = "breakup"
    UNFRIENDLY_APPROACH = "unfriendly-approach"
    UNEXPLAINED_MANOEUVRE = "unexplained-manoeuvre"
    RADIO_INTERFERENCE = "radio-interference"
    GNSS_INTERFERENCE = "gnss-jamming-or-spoofing"
    CYBER_ATTACK = "cyber-attack"
    SPACE_WEATHER = "space-weather-outage"
    GROUND_SABOTAGE = "ground-station-sabotage"
    OTHER = "other"


class Stage(StrEnum):
    """How far an incident is; the steps between stages are a table in ``incident/lifecycle``."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    RESPONDING = "responding"
    STABLE = "stable"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    REOPENED = "reopened"


class Severity(StrEnum):
    """How grave it is, from least to most."""

    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"
    SEVERE = "severe"


class Urgency(StrEnum):
    """How soon somebody has to act, from last to first."""

    ROUTINE = "routine"
    THIS_WEEK = "this-week"
    TODAY = "today"
    NOW = "now"


class Answer(StrEnum):
    """What a human decided of a question; ``UNKNOWN`` until one did."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


class Effect(StrEnum):
    """What was done to a system, service or infrastructure (14512/23, paragraph 4)."""

    UNKNOWN = "unknown"
    HINDER = "hinder"
    INFLUENCE = "influence"
    DISRUPT = "disrupt"
    DESTROY = "destroy"


class Segment(StrEnum):
    """Where it was done."""

    UNKNOWN = "unknown"
    SPACE = "space"
    LINK = "link"
    GROUND = "ground"
    USER = "user"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class IncidentId:
    """A short name that can be said over a telephone, given once and never to another incident.

    >>> str(IncidentId(node="NL", year=2026, number=1))
    'NL-IN26-0001'
    """

    node: str
    year: int
    number: int

    def __post_init__(self) -> None:
        if not INCIDENT_ID.fullmatch(str(self)):
            raise ValueError(f"an incident id reads like NL-IN26-0001; this one would read {self}")

    def __str__(self) -> str:
        return f"{self.node}-IN{self.year % 100:02d}-{self.number:04d}"


def read_incident_id(text: str) -> IncidentId:
    """Read an incident's name as it was said or typed.

    Raises: ValueError when it does not read like one.

    >>> read_incident_id("nl-in26-0001").number
    1
    """
    match = INCIDENT_ID.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError(f"an incident id reads like NL-IN26-0001; this one reads {text!r}")
    return IncidentId(node=match["node"], year=2000 + int(match["year"]), number=int(match["number"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A value of an incident: what a rule gave, locked, and what a human put beside it, if one did.

    ``because`` names the rule that fired; ``human_because`` is the human's own text.
    """

    automatic: str
    because: str
    human: str | None = None
    human_because: str = ""
    by: str = ""

    @property
    def stands(self) -> str:
        """What holds now: the human's value where there is one."""
        return self.automatic if self.human is None else self.human


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of a timeline: when, who, what, and the entry of the log that carries it.

    ``said`` are the fields that tell most, by name, for whoever speaks another language than ``text``.  A
    note that somebody wrote anew stays, and names the entry that replaced it.
    """

    at_tai_ns: int
    kind: str
    actor: str
    text: str
    entry_sequence: int
    replaced_by: str = ""
    said: tuple[tuple[str, str], ...] = ()
    marking: Marking = OWNER_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as it stands: all of it follows from the entries of the log that are about it."""

    incident_id: IncidentId
    title: str
    kind: IncidentKind
    stage: Stage
    opened_at_tai_ns: int
    changed_at_tai_ns: int
    severity: Judgement
    urgency: Judgement
    unintended: Answer = Answer.UNKNOWN
    deliberate: Answer = Answer.UNKNOWN
    effect: Effect = Effect.UNKNOWN
    reversible: Answer = Answer.UNKNOWN
    segment: Segment = Segment.UNKNOWN
    event_ids: tuple[str, ...] = ()
    object_ids: tuple[str, ...] = ()
    entry_ids: tuple[str, ...] = ()
    assigned_to: str = ""
    acknowledged: bool = False
    timeline: tuple[Moment, ...] = ()
    n_entries: int = 0
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
