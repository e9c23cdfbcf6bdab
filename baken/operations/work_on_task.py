"""Take a task on, say that it is done or not to be done, stand a plan down: what people do, each an entry."""

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.desk import Desk
from baken.operations.response_state import (
    begun_response,
    keep_and_read,
    one_plan,
    response_entry,
    say_of_response,
)
from baken.records.evidence import EntryKind, Field
from baken.records.incident import IncidentId
from baken.records.response import Task, TaskKind
from baken.records.response_standing import PlanStanding, ResponseStanding
from baken.respond.task_life import TaskStep, advance_task


def take_task(
    desk: Desk,
    incident_id: IncidentId,
    task_id: str,
    *,
    plan_id: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """Acknowledge a task: whoever acts has it from now on.

    Raises: NoSuchRecord for a task there is not; TaskStepNotAllowed when nobody can take it on now.
    """
    found, plan, task = _asked(desk, incident_id, task_id, plan_id, seen)
    advance_task(plan.of(task.task_id).stage, TaskStep.TAKE)
    return say_of_response(desk, found, EntryKind.RESPONSE, *_step(plan, task, TaskStep.TAKE))


def complete_task(
    desk: Desk,
    incident_id: IncidentId,
    task_id: str,
    because: str,
    *,
    outcome: str = "",
    plan_id: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """Say that a task is done, and of a decision how it went; that one is kept with the incident too.

    Raises: WrongUsage for a decision without one of its options, and an option for what is no decision.
    """
    found, plan, task = _asked(desk, incident_id, task_id, plan_id, seen)
    advance_task(plan.of(task.task_id).stage, TaskStep.COMPLETE)
    if not because.strip():
        raise WrongUsage("say what was done, or why it went so; give --because")
    if (task.kind is TaskKind.DECIDE) != bool(outcome) or outcome not in _options(task):
        raise WrongUsage(_how_to_decide(task))
    fields = (*_step(plan, task, TaskStep.COMPLETE), ("outcome", outcome), ("because", because))
    entries = [response_entry(desk, found, EntryKind.RESPONSE, *fields)]
    if outcome:
        chosen = next(option.name.en for option in task.options if option.option_id == outcome)
        told = ("because", f"{task.what.en}: {chosen}. {because}")
        entries.append(desk.entry(EntryKind.DECISION, str(incident_id), found.realm, told))
    return keep_and_read(desk, found, entries)


def drop_task(
    desk: Desk,
    incident_id: IncidentId,
    task_id: str,
    because: str,
    *,
    plan_id: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """Say that a task will not be done, and why; what waits for it goes on."""
    found, plan, task = _asked(desk, incident_id, task_id, plan_id, seen)
    advance_task(plan.of(task.task_id).stage, TaskStep.DROP)
    if not because.strip():
        raise WrongUsage("what is dropped is dropped for a reason; give --because")
    fields = (*_step(plan, task, TaskStep.DROP), ("because", because))
    return say_of_response(desk, found, EntryKind.RESPONSE, *fields)


def approve_call_outs(
    desk: Desk,
    incident_id: IncidentId,
    because: str,
    *,
    plan_id: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """Approve beforehand that call-outs of a plan, which carry no facts of the case, go out by themselves."""
    found = begun_response(desk.log, incident_id, seen=seen)
    plan = one_plan(found, plan_id)
    if not because.strip():
        raise WrongUsage("an approval has a reason; give --because")
    fields = (("act", "approve-call-outs"), ("plan", plan.plan.plan_id), ("because", because))
    return say_of_response(desk, found, EntryKind.RESPONSE, *fields)


def stand_down(
    desk: Desk,
    incident_id: IncidentId,
    because: str,
    *,
    plan_id: str = "",
    seen: int | None = None,
) -> ResponseStanding:
    """End a plan: no clock of it runs any more.

    Raises: WrongUsage when it was stood down before.
    """
    found = begun_response(desk.log, incident_id, seen=seen)
    plan = one_plan(found, plan_id)
    if plan.stood_down_at_tai_ns is not None:
        raise WrongUsage(f"the plan {plan.plan.plan_id} was stood down by {plan.stood_down_by} already")
    if not because.strip():
        raise WrongUsage("say why it is over; give --because")
    fields = (("act", "stand-down"), ("plan", plan.plan.plan_id), ("because", because))
    return say_of_response(desk, found, EntryKind.RESPONSE, *fields)


def _asked(
    desk: Desk, incident_id: IncidentId, task_id: str, plan_id: str, seen: int | None
) -> tuple[ResponseStanding, PlanStanding, Task]:
    """Return the task that is meant: of the plan named, else of the only plan that has one of its name."""
    found = begun_response(desk.log, incident_id, seen=seen)
    plans = [plan for plan in found.plans if plan.plan.task(task_id) and plan_id in ("", plan.plan.plan_id)]
    if not plans:
        known = ", ".join(
            f"{plan.plan.plan_id}: {' '.join(task.task_id for task in plan.plan.tasks)}"
            for plan in found.plans
        )
        raise NoSuchRecord(f"no task is called {task_id!r}; there are {known}")
    if len(plans) > 1:
        names = ", ".join(plan.plan.plan_id for plan in plans)
        raise WrongUsage(f"{task_id} is a task of more than one plan; say which with --plan: {names}")
    if plans[0].stood_down_at_tai_ns is not None:
        raise WrongUsage(f"the plan {plans[0].plan.plan_id} was stood down; nothing is asked any more")
    task = plans[0].plan.task(task_id)
    assert task is not None
    return found, plans[0], task


def _step(plan: PlanStanding, task: Task, step: TaskStep) -> tuple[Field, ...]:
    return (
        ("act", step.value),
        ("plan", plan.plan.plan_id),
        ("task", task.task_id),
        ("title", task.what.en),
    )


def _options(task: Task) -> tuple[str, ...]:
    return tuple(option.option_id for option in task.options) or ("",)


def _how_to_decide(task: Task) -> str:
    if task.kind is not TaskKind.DECIDE:
        return f"{task.task_id} is no decision; leave --outcome out"
    return f"{task.task_id} is a decision; say how it went with --outcome {'|'.join(_options(task))}"
