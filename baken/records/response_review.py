"""What a response was like, looked back upon: what was due, what happened, when, and how late."""

from dataclasses import dataclass
from enum import StrEnum

from baken.records.response_standing import Missed


class Happened(StrEnum):
    """What a moment of a response was; the last four tell that nothing happened by the time it was due."""

    STARTED = "started"
    ASKED = "asked"
    PASSED_ON = "passed-on"
    TAKEN = "taken"
    DONE = "done"
    DECIDED = "decided"
    DROPPED = "dropped"
    LAPSED = "lapsed"
    REPORTED = "reported"
    REQUESTED = "requested"
    ANSWERED = "answered"
    ARRIVED_LATE = "arrived-late"
    STOOD_DOWN = "stood-down"
    NOT_DONE = "not-done"
    NOT_REPORTED = "not-reported"
    NOT_ANSWERED = "not-answered"
    NOT_ARRIVED = "not-arrived"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMoment:
    """One line of the chronicle.  ``names`` are tasks, else the number of a report, a request, a letter.

    ``late_s`` is how long after its time it happened, or still had not; ``None`` when it was in time or had
    no clock.  ``said`` are a person's own words.  Of a letter, ``n_tries`` counts its tries, and it is
    late since the first of them.
    """

    at_tai_ns: int
    happened: Happened
    plan_id: str = ""
    names: tuple[str, ...] = ()
    who: str = ""
    due_at_tai_ns: int | None = None
    late_s: float | None = None
    missed: Missed | None = None
    outcome: str = ""
    said: str = ""
    n_tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LateTask:
    """A task that was not done in time: how long after its deadline it was, or still was not, done."""

    plan_id: str
    task_id: str
    late_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """A task that went on to another role: from whom (nobody when it was nobody's), why, and when."""

    plan_id: str
    task_id: str
    from_role_id: str
    to_role_id: str
    missed: Missed
    due_at_tai_ns: int
    at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFigures:
    """How the tasks went.  What was asked is done in time, late or without a clock, or open, or dropped."""

    n_in_time: int
    n_without_clock: int
    done_late: tuple[LateTask, ...]
    overdue: tuple[LateTask, ...]
    n_open: int
    n_dropped: int
    n_not_needed: int
    n_never_asked: int
    n_lapsed: int

    @property
    def n_done(self) -> int:
        return self.n_in_time + self.n_without_clock + len(self.done_late)

    @property
    def n_asked(self) -> int:
        return self.n_done + len(self.overdue) + self.n_open + self.n_dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFigures:
    """How the letters went.  A try that was interrupted says neither that it arrived nor that it failed."""

    n_written: int
    n_not_approved: int
    n_withdrawn: int
    n_arrived: int
    n_not_arrived: int
    n_tries: int
    n_failed: int
    n_refused: int
    n_interrupted: int
    n_by_telephone: int
    n_acknowledged: int
    acknowledged_median_s: float | None
    acknowledged_longest_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationFigures:
    """How the reports at set times went: how many were due, made, late, put off, missed, not called for."""

    n_due: int = 0
    n_made: int = 0
    n_late: int = 0
    n_put_off: int = 0
    n_missed: int = 0
    n_not_called: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A response looked back upon at an instant.

    ``unassigned`` are the tasks for which the plan names nobody, by plan and task; ``vacant`` the roles that
    were asked and that nobody held.
    """

    as_of_tai_ns: int
    tasks: TaskFigures
    letters: LetterFigures
    situations: SituationFigures
    passed_on: tuple[PassedOn, ...]
    unassigned: tuple[tuple[str, str], ...]
    vacant: tuple[str, ...]
    chronicle: tuple[ReviewMoment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RanClock:
    """A clock that runs or ran: until when, of what, whose it is, and whether it still runs."""

    uid: str
    kind: str
    plan_id: str
    name: str
    role_id: str
    at_tai_ns: int
    is_running: bool
