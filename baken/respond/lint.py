"""Can a mechanism work?  What would keep it from working is a problem; what is worth knowing, a remark."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import product
from math import prod

from baken.records.response import SEVERITIES, Base, Directory, Mechanism, Plan, Task, TaskKind
from baken.respond.clocks import SECOND_NS
from baken.respond.mechanism_text import roles_in
from baken.respond.roster import DAY_S, gaps, is_stale

A_WEEK_S = 7 * DAY_S
MINUTE_S, HALF_AN_HOUR_S, HOUR_S = 60.0, 1_800.0, 3_600.0
# With more ways than this to decide before one task, whether it is ever needed is for people to see.
MOST_WAYS = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about a mechanism at one place: it cannot work so, or it is worth knowing."""

    place: str
    text: str
    is_problem: bool


def lint(mechanism: Mechanism, directory: Directory, now_tai_ns: int) -> tuple[Finding, ...]:
    """Return what is wrong with a mechanism and its directory, and what is worth knowing, in order of place.

    A directory that is empty is not held against anybody: one remark says so.
    """
    return (
        *_sources(mechanism),
        *_without_audience(mechanism),
        *_roles(mechanism, directory, now_tai_ns),
        *_rival_plans(mechanism),
        *(finding for plan in mechanism.plans for finding in _plan(plan)),
    )


def _problem(place: str, text: str) -> Finding:
    return Finding(place=place, text=text, is_problem=True)


def _remark(place: str, text: str) -> Finding:
    return Finding(place=place, text=text, is_problem=False)


def _sources(mechanism: Mechanism) -> Iterator[Finding]:
    lines: list[tuple[str, tuple[str, ...]]] = [
        *((f"organisation {one.organisation_id}", one.source_ids) for one in mechanism.organisations),
        *((f"role {one.role_id}", one.source_ids) for one in mechanism.roles),
    ]
    for plan in mechanism.plans:
        lines.append((f"plan {plan.plan_id}", plan.source_ids))
        lines += [(f"{plan.plan_id}/{task.task_id}", task.source_ids) for task in plan.tasks]
    for place, source_ids in lines:
        if not source_ids:
            yield _remark(place, "no public source says so; name one, or say who agreed it")


def _without_audience(mechanism: Mechanism) -> Iterator[Finding]:
    informed = {role_id for plan in mechanism.plans for task in plan.tasks for role_id in task.to}
    told = {one.organisation_id: one for role_id in informed if (one := mechanism.organisation_of(role_id))}
    for name, organisation in sorted(told.items()):
        if not organisation.audiences and not organisation.is_own:
            yield _remark(
                f"organisation {name}", "gets letters without facts: no label releases to it; give audiences"
            )


def _roles(mechanism: Mechanism, directory: Directory, now_tai_ns: int) -> Iterator[Finding]:
    used = _used(mechanism)
    for role in mechanism.roles:
        if role.role_id not in used:
            yield _remark(f"role {role.role_id}", "no plan asks anything of it")
    if not directory.contacts and not directory.shifts:
        yield _remark("directory", "there is none: who holds a role, and how to reach him, is not known")
        return
    held = {contact.role_id for contact in directory.contacts} | {s.role_id for s in directory.shifts}
    for role_id in sorted(used - held):
        yield _problem(f"role {role_id}", "nobody holds it: the directory has no contact and no shift for it")
    known = {role.role_id for role in mechanism.roles}
    for role_id in sorted(held - known):
        yield _remark(
            f"role {role_id}", f"stands in the directory, and {mechanism.mechanism_id} has no such role"
        )
    for contact in directory.contacts:
        if is_stale(directory, contact.verified_on_tai_ns, now_tai_ns):
            text = (
                f"{contact.way} {contact.address}: nobody made sure lately that it answers; make a test call"
            )
            yield _remark(f"role {contact.role_id}", text)
    yield from _without_duty(sorted(used), directory, now_tai_ns)


def _without_duty(role_ids: Sequence[str], directory: Directory, now_tai_ns: int) -> Iterator[Finding]:
    to_tai_ns = now_tai_ns + round(A_WEEK_S * SECOND_NS)
    alone_s: Counter[str] = Counter()
    for gap in gaps(directory, role_ids, now_tai_ns, to_tai_ns):
        alone_s[gap.role_id] += (gap.to_tai_ns - gap.from_tai_ns) // SECOND_NS
    for role_id, span_s in alone_s.items():
        told = f"nobody is on duty for {_said(span_s)} of the coming week"
        yield (_remark if directory.contacts_of(role_id) else _problem)(f"role {role_id}", told)


def _used(mechanism: Mechanism) -> set[str]:
    return {role_id for plan in mechanism.plans for role_id in roles_in(plan)}


def _rival_plans(mechanism: Mechanism) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for plan in mechanism.plans:
        if not plan.kinds:
            yield _problem(f"plan {plan.plan_id}", "holds for no kind of incident; give it kinds")
        for kind in sorted(plan.kinds):
            rival = seen.setdefault((kind, plan.from_severity), plan.plan_id)
            if rival != plan.plan_id:
                yield _problem(
                    f"plan {plan.plan_id}",
                    f"holds for {kind} from {plan.from_severity} on, and so does {rival}; keep one",
                )


def _plan(plan: Plan) -> Iterator[Finding]:
    place = f"plan {plan.plan_id}"
    if not plan.responsible:
        if plan.open_because is None:
            yield _problem(place, "nobody is responsible; name a role, or say with open_because why not")
        else:
            yield _remark(place, f"who is responsible is open: {plan.open_because.en}")
    if plan.stand_down_when is None:
        yield _remark(place, "nothing says when it is over; give stand_down_when")
    unconfirmed = [task.task_id for task in plan.tasks if task.to_be_confirmed]
    if unconfirmed:
        yield _remark(place, f"figures that nobody has confirmed yet stand in {', '.join(unconfirmed)}")
    for task in plan.tasks:
        yield from _task(plan, task)
    order = _order(plan)
    if isinstance(order, str):
        yield _problem(place, order)
    else:
        yield from _clocks(plan, order)
        yield from _unreachable(plan)


def _task(plan: Plan, task: Task) -> Iterator[Finding]:
    place = f"{plan.plan_id}/{task.task_id}"
    if not task.by:
        why = task.open_because.en if task.open_because else ""
        yield _remark(place, f"open, nobody has it: {why}")
    yield from _ladder(place, task)
    if task.condition is not None:
        yield from _condition(place, plan, task)
    if task.upheld_by:
        upheld = plan.task(task.upheld_by)
        if upheld and upheld.within_s and task.lapses_after_s and upheld.within_s > task.lapses_after_s:
            yield _problem(
                place, f"lapses before {task.upheld_by} has to be done; lengthen one, shorten the other"
            )


def _ladder(place: str, task: Task) -> Iterator[Finding]:
    ladder = (task.by, *task.if_missed) if task.by else task.if_missed
    for role_id in sorted({each for each in ladder if ladder.count(each) > 1}):
        yield _problem(
            place, f"goes round in a loop: {role_id} is asked twice; each role stands once in if_missed"
        )
    has_clock = task.acknowledge_within_s is not None or task.within_s is not None
    if has_clock and not task.if_missed:
        yield _remark(place, "has a clock, and nobody is asked when it runs out; give if_missed")
    if not has_clock and task.if_missed and task.by:
        yield _problem(place, "goes on to others only when nobody holds it: it has no clock; give within")
    if task.acknowledge_within_s is None or task.within_s is None or task.counts_from is not Base.TASK:
        return
    if task.acknowledge_within_s > task.within_s:
        yield _problem(place, "has to be acknowledged later than it has to be done")
    elif (ladder_s := task.acknowledge_within_s * len(task.if_missed)) > task.within_s:
        yield _problem(
            place,
            f"cannot be met: the last of its ladder is asked after {_said(ladder_s)}, "
            f"and it has to be done within {_said(task.within_s)}",
        )


def _condition(place: str, plan: Plan, task: Task) -> Iterator[Finding]:
    decision = plan.task(task.condition.task_id) if task.condition else None
    if decision is None:
        return
    if decision.kind is not TaskKind.DECIDE:
        yield _problem(place, f"cannot be reached: it waits for a decision, and {decision.task_id} is none")
    elif SEVERITIES.index(decision.from_severity) > SEVERITIES.index(task.from_severity):
        yield _problem(
            place,
            f"cannot be reached below {decision.from_severity}: {decision.task_id} is not decided there",
        )


def waits_for(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return for each task the tasks it waits for."""
    return {
        task.task_id: (*task.after, task.condition.task_id) if task.condition else task.after
        for task in plan.tasks
    }


def _order(plan: Plan) -> tuple[str, ...] | str:
    """Return the tasks in an order in which they can be done, or what keeps that from being."""
    try:
        return tuple(TopologicalSorter(waits_for(plan)).static_order())
    except CycleError as error:
        return f"goes round in a loop: {' waits for '.join(reversed(error.args[1]))}; take one out of after"


def _unreachable(plan: Plan) -> Iterator[Finding]:
    """Tell of tasks that no way of deciding ever needs."""
    for task in plan.tasks:
        decisions = [each for each in _all_before(plan, task) if each.options]
        if prod(len(each.options) for each in decisions) > MOST_WAYS:
            continue
        ways = product(*([option.option_id for option in each.options] for each in decisions))
        names = [each.task_id for each in decisions]
        if not any(_is_needed(plan, task, dict(zip(names, way, strict=True))) for way in ways):
            yield _problem(
                f"{plan.plan_id}/{task.task_id}",
                "cannot be reached: however the decisions before it go, it is not needed; mend when or after",
            )


def _all_before(plan: Plan, task: Task) -> tuple[Task, ...]:
    before, coming = waits_for(plan), [task.task_id]
    found: dict[str, None] = {}
    while coming:
        new = [name for name in before[coming.pop()] if name not in found]
        found |= dict.fromkeys(new)
        coming += new
    return tuple(each for each in plan.tasks if each.task_id in found)


def _is_needed(plan: Plan, task: Task, outcomes: Mapping[str, str]) -> bool:
    """Say whether a task is needed when decisions go so; as the engine says it once they have been made."""
    before = [each for name in task.after if (each := plan.task(name))]
    if before and not any(_is_needed(plan, each, outcomes) for each in before):
        return False
    decision = plan.task(task.condition.task_id) if task.condition else None
    if task.condition is None or decision is None:
        return True
    return _is_needed(plan, decision, outcomes) and outcomes.get(decision.task_id) in task.condition.options


def _clocks(plan: Plan, order: tuple[str, ...]) -> Iterator[Finding]:
    """Tell of deadlines that pass before those things may be done which have to be done first."""
    before = waits_for(plan)
    latest_s: dict[str, float] = {}
    for name in order:
        task = plan.task(name)
        if task is None:
            continue
        begins_s = max((latest_s[each] for each in before[name]), default=0.0)
        if task.within_s is None:
            latest_s[name] = begins_s
        elif task.counts_from is Base.TASK:
            latest_s[name] = begins_s + task.within_s
        else:
            # The incident was opened before the response began: a clock from there has no more than this.
            if begins_s > task.within_s:
                yield _problem(
                    f"{plan.plan_id}/{name}",
                    f"cannot be met: {_said(task.within_s)} from the beginning, "
                    f"and what comes before it may take {_said(begins_s)}",
                )
            latest_s[name] = task.within_s


def _said(span_s: float) -> str:
    """Return a span as people say it.

    >>> _said(900.0), _said(4800.0), _said(5400.0), _said(259200.0)
    ('15 min', '80 min', '1.5 h', '72 h')
    """
    is_in_hours = span_s >= HOUR_S and span_s % HALF_AN_HOUR_S == 0
    return f"{span_s / HOUR_S:g} h" if is_in_hours else f"{span_s / MINUTE_S:g} min"
