"""Everybody's part as it was agreed before anything happened: who does what, by when, and who else then."""

import re
from dataclasses import dataclass
from enum import StrEnum

from baken.records.incident import IncidentKind, Severity

# Names of organisations, roles, plans and tasks: short, and the same in every language.
# From least to most.
SEVERITIES = tuple(Severity)
PART_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class TaskKind(StrEnum):
    """What a task asks of a role: do something, tell somebody, or decide."""

    ACT = "act"
    INFORM = "inform"
    DECIDE = "decide"


class Base(StrEnum):
    """From when a clock counts: the task's own beginning, the opening of the incident, or the response's."""

    TASK = "task"
    CASE = "case"
    RESPONSE = "response"


class Way(StrEnum):
    """How somebody can be reached.  A telephone is dialled by a person; the others are sent to."""

    SMTP = "smtp"
    WEBHOOK = "webhook"
    FOLDER = "folder"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """A text in the two languages people read here."""

    nl: str
    en: str

    def __post_init__(self) -> None:
        if not self.nl.strip() or not self.en.strip():
            raise ValueError("a text stands in both languages, nl and en")

    def read_in(self, language: str) -> str:
        """Return it in a language.

        >>> Bilingual(nl="waarschuw de luchtvaart", en="warn aviation").read_in("nl")
        'waarschuw de luchtvaart'
        """
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where it is written that somebody has a part: a public text, and what it says of this."""

    source_id: str
    title: str
    url: str
    says: str = ""
    checked_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation with a part.  ``audiences`` are the names by which labels release to it; none at first.

    ``is_own`` marks the organisation whose log this is.
    """

    organisation_id: str
    name: Bilingual
    audiences: tuple[str, ...] = ()
    is_own: bool = False
    source_ids: tuple[str, ...] = ()
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A part somebody plays on behalf of an organisation.  Any role may be empty, and then that is shown."""

    role_id: str
    name: Bilingual
    organisation_id: str
    source_ids: tuple[str, ...] = ()
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way in which a decision point can go."""

    option_id: str
    name: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A task waits for a decision, and is needed only when that went one of these ways."""

    task_id: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One expected action, piece of information owed, or decision point, with its clocks.

    ``by`` is the role that has it; empty when no public text names one, and then ``open_because`` says so.
    ``to`` are the roles that are told.  It begins when all of ``after`` are done and ``condition`` holds.
    ``within_s`` counts from ``counts_from``; ``acknowledge_within_s`` from its beginning.  ``if_missed`` are
    the roles that are asked one after another when a clock runs out.  ``lapses_after_s`` is how long what was
    decided holds, unless ``upheld_by`` is done before.
    """

    task_id: str
    kind: TaskKind
    what: Bilingual
    by: str = ""
    open_because: Bilingual | None = None
    to: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    condition: Condition | None = None
    from_severity: Severity = Severity.MINOR
    counts_from: Base = Base.TASK
    acknowledge_within_s: float | None = None
    within_s: float | None = None
    if_missed: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    lapses_after_s: float | None = None
    upheld_by: str = ""
    to_be_confirmed: bool = False
    legal_basis: str = ""
    source_ids: tuple[str, ...] = ()
    note: Bilingual | None = None

    def is_asked_for(self, severity: Severity) -> bool:
        """Say whether it is part of the response to an incident as grave as this."""
        return SEVERITIES.index(severity) >= SEVERITIES.index(self.from_severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationSeries:
    """Reports at set times: every so often, made by one role, for others."""

    every_s: float
    by: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is expected in one kind of incident from one severity on, and who has which part in it."""

    plan_id: str
    name: Bilingual
    kinds: frozenset[IncidentKind]
    from_severity: Severity
    tasks: tuple[Task, ...]
    responsible: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    open_because: Bilingual | None = None
    situation: SituationSeries | None = None
    stand_down_when: Bilingual | None = None
    stand_down_by: str = ""
    source_ids: tuple[str, ...] = ()
    note: Bilingual | None = None

    def task(self, task_id: str) -> Task | None:
        """Return a task by its name, or ``None``."""
        return next((task for task in self.tasks if task.task_id == task_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """Who has which part, for one state or union.  ``is_illustrative`` until its owner says otherwise.

    ``language`` is the one its letters are written in.
    """

    mechanism_id: str
    name: Bilingual
    version: str
    about: Bilingual
    is_illustrative: bool
    language: str
    sources: tuple[Source, ...]
    organisations: tuple[Organisation, ...]
    roles: tuple[Role, ...]
    plans: tuple[Plan, ...]

    def role(self, role_id: str) -> Role | None:
        """Return a role by its name, or ``None``."""
        return next((role for role in self.roles if role.role_id == role_id), None)

    def organisation_of(self, role_id: str) -> Organisation | None:
        """Return the organisation on behalf of which a role is played, or ``None``."""
        role = self.role(role_id)
        return next(
            (one for one in self.organisations if role and one.organisation_id == role.organisation_id), None
        )

    def plan(self, plan_id: str) -> Plan | None:
        """Return a plan by its name, or ``None``."""
        return next((plan for plan in self.plans if plan.plan_id == plan_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How a role is reached, the best way first, and when somebody last made sure that it answers."""

    role_id: str
    way: Way
    address: str
    verified_on_tai_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Who has a role on which days, from when to when in UTC; past midnight when it ends before it begins.

    ``days`` count from Monday, 0; ``from_tai_ns`` and ``to_tai_ns`` bound the weeks in which it holds.
    """

    role_id: str
    person: str
    days: frozenset[int]
    begins_s: float
    ends_s: float
    from_tai_ns: int | None = None
    to_tai_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Whom to call, and who is on duty: kept apart from the mechanism, for it names people."""

    contacts: tuple[Contact, ...]
    shifts: tuple[Shift, ...]
    stale_after_s: float
    answer_at: str = ""

    def contacts_of(self, role_id: str) -> tuple[Contact, ...]:
        """Return how a role is reached, the best way first."""
        return tuple(contact for contact in self.contacts if contact.role_id == role_id)
