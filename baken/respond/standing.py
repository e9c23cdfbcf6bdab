"""A response as it follows from the log: nothing else is kept of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from baken.errors import UnreadableInput, WrongUsage
from baken.records.evidence import Entry, EntryKind, KeptEntry
from baken.records.incident import IncidentId, Severity
from baken.records.marking import Realm
from baken.records.response import Mechanism, Plan
from baken.records.response_standing import (
    Escalation,
    Lesson,
    Missed,
    PlanStanding,
    ResponseStanding,
    SituationReport,
    TaskStanding,
)
from baken.respond._notice_standing import Notices
from baken.respond.clocks import SECOND_NS, acknowledge_by_tai_ns, deadline_tai_ns
from baken.respond.requests import Requests
from baken.respond.task_life import TaskStep, advance_task


class BrokenResponse(UnreadableInput):
    """Entries about a response that cannot be its history, with the one that cannot stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """How grave the incident is now, and since when it has been at least so grave, step by step."""

    severity: Severity
    reached_at_tai_ns: Mapping[Severity, int]


def subject_of(incident_id: IncidentId) -> str:
    """Return under which subject all entries about the response to an incident stand.

    >>> subject_of(IncidentId(node="NL", year=2026, number=1))
    'NL-IN26-0001/response'
    """
    return f"{incident_id}/response"


def standing_of(
    incident_id: IncidentId,
    entries: Sequence[KeptEntry],
    mechanisms: Mapping[str, Mechanism],
    graded: Graded,
    *,
    realm: Realm,
) -> ResponseStanding:
    """Return a response as it stands after all that was said of it.

    ``mechanisms`` are those its plans began with, by digest of their text.
    Raises: BrokenResponse that names the entry which cannot stand where it stands.
    """
    fold = _Fold(mechanisms, graded)
    for kept in sorted(entries, key=lambda kept: kept.sequence):
        try:
            fold.take(kept.entry)
        except (ValueError, LookupError, WrongUsage, UnreadableInput) as error:
            raise BrokenResponse(
                f"{kept.entry_id} cannot stand in the response to {incident_id}: {error}"
            ) from error
    return ResponseStanding(
        incident_id=incident_id,
        plans=tuple(fold.plans.values()),
        notices=tuple(fold.notices.by_key.values()),
        requests=tuple(fold.requests.by_id.values()),
        lessons=tuple(fold.lessons.values()),
        n_entries=len(entries),
        realm=realm,
    )


@dataclass(slots=True)
class _Fold:
    mechanisms: Mapping[str, Mechanism]
    graded: Graded
    plans: dict[str, PlanStanding] = field(default_factory=dict)
    notices: Notices = field(default_factory=Notices)
    requests: Requests = field(default_factory=Requests)
    lessons: dict[str, Lesson] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Let one more entry be said."""
        if entry.kind is EntryKind.NOTICE:
            self.notices.take(entry)
        elif entry.kind is EntryKind.REQUEST:
            self.requests.take(entry)
        elif entry.kind is EntryKind.LESSON:
            self._learn(entry)
        elif entry.kind is EntryKind.RESPONSE and entry.text("act") == "start":
            self._start(entry)
        elif entry.kind in (EntryKind.RESPONSE, EntryKind.SITUATION):
            plan_id = entry.text("plan")
            if plan_id not in self.plans:
                raise BrokenResponse(f"no plan {plan_id!r} was begun")
            acts = ACTS if entry.kind is EntryKind.RESPONSE else SITUATION_ACTS
            if entry.text("act") not in acts:
                raise BrokenResponse(f"nothing called {entry.text('act')!r} happens to a plan")
            self.plans[plan_id] = acts[entry.text("act")](self.plans[plan_id], entry)
        else:
            raise BrokenResponse(f"{entry.kind} is nothing that happens to a response")

    def _start(self, entry: Entry) -> None:
        digest = entry.content.digest if entry.content else ""
        if entry.text("plan") in self.plans:
            raise BrokenResponse(f"the plan {entry.text('plan')!r} was begun before")
        plan = self.mechanisms[digest].plan(entry.text("plan"))
        if plan is None:
            raise BrokenResponse(f"its mechanism has no plan {entry.text('plan')!r}")
        self.plans[plan.plan_id] = PlanStanding(
            plan=plan,
            mechanism_id=entry.text("mechanism"),
            mechanism_digest=digest,
            severity=self.graded.severity,
            reached_at_tai_ns=self.graded.reached_at_tai_ns,
            started_at_tai_ns=entry.at_tai_ns,
            started_by=entry.actor,
            case_opened_at_tai_ns=int(entry.text("case_opened_at_tai_ns")),
            tasks=tuple(TaskStanding(task=task) for task in plan.tasks),
        )

    def _learn(self, entry: Entry) -> None:
        lesson_id = entry.text("lesson")
        if entry.text("act") == "note":
            self.lessons[lesson_id] = Lesson(
                lesson_id=lesson_id,
                text=entry.text("text"),
                noted_by=entry.actor,
                noted_at_tai_ns=entry.at_tai_ns,
                owner=entry.text("owner"),
                due_on=entry.text("due_on"),
            )
        else:
            self.lessons[lesson_id] = replace(
                self.lessons[lesson_id],
                closed_at_tai_ns=entry.at_tai_ns,
                closed_because=entry.text("because"),
            )


def _changed(
    standing: PlanStanding, entry: Entry, change: Callable[[TaskStanding], TaskStanding]
) -> PlanStanding:
    name = entry.text("task")
    standing.of(name)
    tasks = (change(each) if each.task.task_id == name else each for each in standing.tasks)
    return replace(standing, tasks=tuple(tasks))


def _stepped(standing: PlanStanding, entry: Entry) -> PlanStanding:
    step = TaskStep(entry.text("act"))
    return _changed(standing, entry, lambda task: STEPPED[step](standing, task, entry))


def _begun(standing: PlanStanding, task: TaskStanding, entry: Entry) -> TaskStanding:
    return replace(
        task,
        stage=advance_task(task.stage, TaskStep.BEGIN),
        begun_at_tai_ns=entry.at_tai_ns,
        is_unanswered=True,
        due_at_tai_ns=deadline_tai_ns(standing, task.task, int(entry.text("due_at_tai_ns"))),
        acknowledge_by_tai_ns=acknowledge_by_tai_ns(task.task, entry.at_tai_ns),
    )


def _taken(_: PlanStanding, task: TaskStanding, entry: Entry) -> TaskStanding:
    stage = advance_task(task.stage, TaskStep.TAKE)
    return replace(
        task, stage=stage, is_unanswered=False, taken_at_tai_ns=entry.at_tai_ns, taken_by=entry.actor
    )


def _ended(_: PlanStanding, task: TaskStanding, entry: Entry) -> TaskStanding:
    stage = advance_task(task.stage, TaskStep(entry.text("act")))
    lapses_s = task.task.lapses_after_s if entry.text("act") == TaskStep.COMPLETE else None
    return replace(
        task,
        stage=stage,
        ended_at_tai_ns=entry.at_tai_ns,
        ended_by=entry.actor,
        outcome=entry.text("outcome"),
        because=entry.text("because"),
        lapses_at_tai_ns=None if lapses_s is None else entry.at_tai_ns + round(lapses_s * SECOND_NS),
    )


def _dispensed(_: PlanStanding, task: TaskStanding, entry: Entry) -> TaskStanding:
    stage = advance_task(task.stage, TaskStep.DISPENSE)
    return replace(task, stage=stage, ended_at_tai_ns=int(entry.text("due_at_tai_ns")), ended_by=entry.actor)


def _lapsed(_: PlanStanding, task: TaskStanding, __: Entry) -> TaskStanding:
    return replace(task, stage=advance_task(task.stage, TaskStep.LAPSE))


def _gone_on(standing: PlanStanding, entry: Entry) -> PlanStanding:
    escalation = Escalation(
        level=int(entry.text("level")),
        role_id=entry.text("role"),
        missed=Missed(entry.text("missed")),
        due_at_tai_ns=int(entry.text("due_at_tai_ns")),
        at_tai_ns=entry.at_tai_ns,
    )
    return _changed(
        standing,
        entry,
        lambda task: replace(
            task,
            is_unanswered=True,
            acknowledge_by_tai_ns=acknowledge_by_tai_ns(task.task, entry.at_tai_ns),
            escalations=(*task.escalations, escalation),
        ),
    )


def _call_outs_approved(standing: PlanStanding, entry: Entry) -> PlanStanding:
    return replace(standing, call_outs_approved_by=entry.actor)


def _stood_down(standing: PlanStanding, entry: Entry) -> PlanStanding:
    return replace(
        standing,
        stood_down_at_tai_ns=entry.at_tai_ns,
        stood_down_by=entry.actor,
        stood_down_because=entry.text("because"),
    )


def _called(standing: PlanStanding, entry: Entry) -> PlanStanding:
    report = SituationReport(
        number=int(entry.text("number")),
        plan_id=standing.plan.plan_id,
        due_at_tai_ns=int(entry.text("due_at_tai_ns")),
    )
    return replace(standing, situations=(*standing.situations, report))


def _put_off(standing: PlanStanding, entry: Entry) -> PlanStanding:
    return _of_report(
        standing,
        entry,
        lambda report: replace(
            report, due_at_tai_ns=int(entry.text("due_at_tai_ns")), delayed_because=entry.text("because")
        ),
    )


def _issued(standing: PlanStanding, entry: Entry) -> PlanStanding:
    return _of_report(
        standing,
        entry,
        lambda report: replace(
            report, issued_at_tai_ns=entry.at_tai_ns, issued_by=entry.actor, text=entry.text("text")
        ),
    )


def _of_report(
    standing: PlanStanding, entry: Entry, change: Callable[[SituationReport], SituationReport]
) -> PlanStanding:
    number = int(entry.text("number"))
    if all(report.number != number for report in standing.situations):
        raise BrokenResponse(f"no report {number} was called for")
    reports = (change(each) if each.number == number else each for each in standing.situations)
    return replace(standing, situations=tuple(reports))


STEPPED: Mapping[TaskStep, Callable[[PlanStanding, TaskStanding, Entry], TaskStanding]] = {
    TaskStep.BEGIN: _begun,
    TaskStep.TAKE: _taken,
    TaskStep.COMPLETE: _ended,
    TaskStep.DROP: _ended,
    TaskStep.DISPENSE: _dispensed,
    TaskStep.LAPSE: _lapsed,
}
ACTS: Mapping[str, Callable[[PlanStanding, Entry], PlanStanding]] = {
    **dict.fromkeys(TaskStep, _stepped),
    "go-on": _gone_on,
    "approve-call-outs": _call_outs_approved,
    "stand-down": _stood_down,
}
SITUATION_ACTS: Mapping[str, Callable[[PlanStanding, Entry], PlanStanding]] = {
    "call": _called,
    "put-off": _put_off,
    "issue": _issued,
}


def plan_for(mechanism: Mechanism, plan_id: str) -> Plan:
    """Return a plan by its name.

    Raises: WrongUsage that tells those there are.
    """
    plan = mechanism.plan(plan_id)
    if plan is None:
        known = ", ".join(each.plan_id for each in mechanism.plans)
        raise WrongUsage(f"{mechanism.mechanism_id} has no plan {plan_id!r}; it has {known}")
    return plan
