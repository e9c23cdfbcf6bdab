"""How a response stands: each task, each letter, each request, as the log tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from baken.records.incident import IncidentId, Severity
from baken.records.marking import Realm
from baken.records.response import Plan, Task, Way


class TaskStage(StrEnum):
    """How far a task is; the steps between stages are a table in ``respond/task_life``."""

    WAITING = "waiting"
    RUNNING = "running"
    TAKEN = "taken"
    DONE = "done"
    LAPSED = "lapsed"
    NOT_NEEDED = "not-needed"
    DROPPED = "dropped"


class Missed(StrEnum):
    """Why a task went on to somebody else."""

    NOBODY = "nobody-has-it"
    NOT_ACKNOWLEDGED = "not-acknowledged"
    NOT_DONE = "not-done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A task went on to the next role: which, why, when it should have, and when it did."""

    level: int
    role_id: str
    missed: Missed
    due_at_tai_ns: int
    at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStanding:
    """One task as it stands.  Its deadline is ``None`` while it waits, or when it has no clock.

    ``is_unanswered`` until whoever was asked last takes it on; ``acknowledge_by_tai_ns`` is his clock.
    """

    task: Task
    stage: TaskStage = TaskStage.WAITING
    begun_at_tai_ns: int | None = None
    taken_at_tai_ns: int | None = None
    taken_by: str = ""
    ended_at_tai_ns: int | None = None
    ended_by: str = ""
    outcome: str = ""
    because: str = ""
    is_unanswered: bool = False
    acknowledge_by_tai_ns: int | None = None
    due_at_tai_ns: int | None = None
    lapses_at_tai_ns: int | None = None
    escalations: tuple[Escalation, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything about it any more."""
        return self.stage not in (TaskStage.WAITING, TaskStage.RUNNING, TaskStage.TAKEN)

    @property
    def asked(self) -> tuple[str, ...]:
        """The roles that were asked so far, the first first."""
        first = (self.task.by,) if self.task.by else ()
        return (*first, *(each.role_id for each in self.escalations))

    @property
    def asked_at_tai_ns(self) -> int | None:
        """When whoever was asked last was asked; ``None`` while it waits."""
        return self.escalations[-1].at_tai_ns if self.escalations else self.begun_at_tai_ns

    def is_overdue(self, now_tai_ns: int) -> bool:
        """Say whether its deadline passed while somebody still has to do it."""
        return not self.is_over and self.due_at_tai_ns is not None and now_tai_ns > self.due_at_tai_ns


class NoticeKind(StrEnum):
    """Why a letter goes out: to call somebody to a task, to tell facts, to ask, or to try a contact."""

    CALL_OUT = "call-out"
    INFORMATION = "information"
    SITUATION = "situation"
    REQUEST = "request"
    TEST = "test"


class NoticeStage(StrEnum):
    """How far a letter is; the steps between stages are a table in ``respond/notice_life``."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    SENDING = "sending"
    FAILED = "failed"
    SENT = "sent"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ACKNOWLEDGED = "acknowledged"


class AttemptEnd(StrEnum):
    """How a try to send ended; ``UNKNOWN`` while it goes on, and when whoever tried was interrupted."""

    UNKNOWN = "unknown"
    ARRIVED = "arrived"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to send: by which way, when it began, when it ended, how, and what the other side said."""

    number: int
    way: Way
    began_at_tai_ns: int
    ended_at_tai_ns: int | None = None
    end: AttemptEnd = AttemptEnd.UNKNOWN
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A letter to a role: its words, which entries carry its facts, and what became of it.

    ``key`` is the same however often it is sent, so that whoever gets it twice can tell.
    """

    key: str
    kind: NoticeKind
    plan_id: str
    task_id: str
    role_id: str
    subject: str
    text: str = field(repr=False)
    language: str
    because: str
    carried_by: tuple[str, ...]
    code: str = field(repr=False)
    drafted_at_tai_ns: int
    stage: NoticeStage = NoticeStage.DRAFTED
    approved_by: str = ""
    approved_at_tai_ns: int | None = None
    attempts: tuple[Attempt, ...] = ()
    acknowledged_at_tai_ns: int | None = None
    acknowledged_by: str = ""


class RequestKind(StrEnum):
    """What a response asks of the world outside it."""

    SENSOR = "sensor"
    OPERATOR_DATA = "operator-data"
    MANOEUVRE_PLAN = "manoeuvre-plan"
    RELEASE = "release"


class Pap(StrEnum):
    """What may be noticed by whoever is looked at: the Permissible Actions Protocol, from least on."""

    RED = "RED"
    AMBER = "AMBER"
    GREEN = "GREEN"
    CLEAR = "CLEAR"


class RequestStage(StrEnum):
    """How far a request is."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something asked of a sensor, an operator or a partner, with its clock and its answer.

    ``noticeable`` says in words what the target could notice, ``pap`` how much of that is permitted.
    ``answer_entry_ids`` are the entries of the log that came as its answer.
    """

    request_id: str
    kind: RequestKind
    of: str
    object_id: str
    from_tai_ns: int | None
    to_tai_ns: int | None
    purpose: str
    priority: int
    pap: Pap
    noticeable: str
    asked_by: str
    asked_at_tai_ns: int
    due_at_tai_ns: int
    stage: RequestStage = RequestStage.ASKED
    answer: str = ""
    answered_by: str = ""
    answered_at_tai_ns: int | None = None
    answer_entry_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationReport:
    """One report of a series: when it was due, until when it was put off, and when it was made."""

    number: int
    plan_id: str
    due_at_tai_ns: int
    delayed_because: str = ""
    issued_at_tai_ns: int | None = None
    issued_by: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Something to do better, with who takes it up, and how it ended."""

    lesson_id: str
    text: str
    noted_by: str
    noted_at_tai_ns: int
    owner: str = ""
    due_on: str = ""
    closed_at_tai_ns: int | None = None
    closed_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding:
    """One plan of a response: when it began, how each task stands, and which reports were due.

    ``reached_at_tai_ns`` tells since when the incident has been at least so grave, for each step up to
    ``severity``.
    """

    plan: Plan
    mechanism_id: str
    mechanism_digest: str
    severity: Severity
    reached_at_tai_ns: Mapping[Severity, int]
    started_at_tai_ns: int
    started_by: str
    case_opened_at_tai_ns: int
    tasks: tuple[TaskStanding, ...]
    situations: tuple[SituationReport, ...] = ()
    call_outs_approved_by: str = ""
    stood_down_at_tai_ns: int | None = None
    stood_down_by: str = ""
    stood_down_because: str = ""

    def of(self, task_id: str) -> TaskStanding:
        """Return how a task stands.

        Raises: KeyError when the plan has none of that name.
        """
        for standing in self.tasks:
            if standing.task.task_id == task_id:
                return standing
        raise KeyError(task_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseStanding:
    """All that is done about one incident: its plans, letters, requests and lessons."""

    incident_id: IncidentId
    plans: tuple[PlanStanding, ...] = ()
    notices: tuple[Notice, ...] = ()
    requests: tuple[Request, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    n_entries: int = 0
    realm: Realm = Realm.REAL

    def plan(self, plan_id: str) -> PlanStanding | None:
        """Return a plan of it by name, or ``None``."""
        return next((one for one in self.plans if one.plan.plan_id == plan_id), None)
