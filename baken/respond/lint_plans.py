"""Can a plan work?  Its ladders, its clocks, the order of its tasks, and those that nothing reaches."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import product
from math import prod

from baken.records.response import SEVERITIES, Base, Plan, Task, TaskKind
from baken.respond.finding import Finding, gezegd, problem, remark, said

# With more ways than this to decide before one task, whether it is ever needed is for people to see.
MOST_WAYS = 4_096


def of_plan(plan: Plan) -> Iterator[Finding]:
    """Return what is wrong with one plan, and what is worth knowing of it."""
    place = f"plan {plan.plan_id}"
    if not plan.responsible:
        if plan.open_because is None:
            yield problem(
                place,
                "nobody is responsible; name a role, or say with open_because why not",
                "niemand is verantwoordelijk; noem een rol, of zeg met open_because waarom niet",
            )
        else:
            yield remark(
                place,
                f"who is responsible is open: {plan.open_because.en}",
                f"wie verantwoordelijk is, staat open: {plan.open_because.nl}",
            )
    if plan.stand_down_when is None:
        yield remark(
            place,
            "nothing says when it is over; give stand_down_when",
            "nergens staat wanneer het voorbij is; vul stand_down_when in",
        )
    unconfirmed = [task.task_id for task in plan.tasks if task.to_be_confirmed]
    if unconfirmed:
        names = ", ".join(unconfirmed)
        yield remark(
            place,
            f"figures that nobody has confirmed yet stand in {names}",
            f"getallen die nog niemand heeft bevestigd staan in {names}",
        )
    for task in plan.tasks:
        yield from _task(plan, task)
    order = _order(plan)
    if isinstance(order, Finding):
        yield order
    else:
        yield from _clocks(plan, order)
        yield from _unreachable(plan)


def _task(plan: Plan, task: Task) -> Iterator[Finding]:
    place = f"{plan.plan_id}/{task.task_id}"
    if not task.by:
        why = task.open_because
        yield remark(
            place,
            f"open, nobody has it: {why.en if why else '–'}",
            f"open, niemand heeft haar: {why.nl if why else '–'}",
        )
    yield from _ladder(place, task)
    if task.condition is not None:
        yield from _condition(place, plan, task)
    if task.upheld_by:
        upheld = plan.task(task.upheld_by)
        if upheld and upheld.within_s and task.lapses_after_s and upheld.within_s > task.lapses_after_s:
            yield problem(
                place,
                f"lapses before {task.upheld_by} has to be done; lengthen one, shorten the other",
                f"vervalt voordat {task.upheld_by} klaar hoeft te zijn; verleng de ene, verkort de andere",
            )


def _ladder(place: str, task: Task) -> Iterator[Finding]:
    ladder = (task.by, *task.if_missed) if task.by else task.if_missed
    for role_id in sorted({each for each in ladder if ladder.count(each) > 1}):
        yield problem(
            place,
            f"goes round in a loop: {role_id} is asked twice; each role stands once in if_missed",
            f"draait rond: {role_id} wordt twee keer gevraagd; elke rol staat één keer in if_missed",
        )
    has_clock = task.acknowledge_within_s is not None or task.within_s is not None
    if has_clock and not task.if_missed:
        yield remark(
            place,
            "has a clock, and nobody is asked when it runs out; give if_missed",
            "heeft een klok, en niemand wordt gevraagd als die afloopt; vul if_missed in",
        )
    if not has_clock and task.if_missed and task.by:
        yield problem(
            place,
            "goes on to others only when nobody holds it: it has no clock; give within",
            "gaat alleen naar anderen als niemand haar heeft: zij heeft geen klok; vul within in",
        )
    if task.acknowledge_within_s is None or task.within_s is None or task.counts_from is not Base.TASK:
        return
    if task.acknowledge_within_s > task.within_s:
        yield problem(
            place,
            "has to be acknowledged later than it has to be done",
            "hoeft pas te worden bevestigd als zij al klaar moet zijn",
        )
    elif (ladder_s := task.acknowledge_within_s * len(task.if_missed)) > task.within_s:
        yield problem(
            place,
            f"cannot be met: the last of its ladder is asked after {said(ladder_s)}, "
            f"and it has to be done within {said(task.within_s)}",
            f"is niet te halen: de laatste van haar ladder wordt na {gezegd(ladder_s)} gevraagd, "
            f"en zij moet binnen {gezegd(task.within_s)} klaar zijn",
        )


def _condition(place: str, plan: Plan, task: Task) -> Iterator[Finding]:
    decision = plan.task(task.condition.task_id) if task.condition else None
    if decision is None:
        return
    if decision.kind is not TaskKind.DECIDE:
        yield problem(
            place,
            f"cannot be reached: it waits for a decision, and {decision.task_id} is none",
            f"is niet te bereiken: zij wacht op een besluit, en {decision.task_id} is er geen",
        )
    elif SEVERITIES.index(decision.from_severity) > SEVERITIES.index(task.from_severity):
        yield problem(
            place,
            f"cannot be reached below {decision.from_severity}: {decision.task_id} is not decided there",
            f"is onder {decision.from_severity} niet te bereiken: {decision.task_id} wordt er niet besloten",
        )


def waits_for(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return for each task the tasks it waits for."""
    return {
        task.task_id: (*task.after, task.condition.task_id) if task.condition else task.after
        for task in plan.tasks
    }


def _order(plan: Plan) -> tuple[str, ...] | Finding:
    """Return the tasks in an order in which they can be done, or what keeps that from being."""
    try:
        return tuple(TopologicalSorter(waits_for(plan)).static_order())
    except CycleError as error:
        names = list(reversed(error.args[1]))
        return problem(
            f"plan {plan.plan_id}",
            f"goes round in a loop: {' waits for '.join(names)}; take one out of after",
            f"draait rond: {' wacht op '.join(names)}; haal er een uit after",
        )


def _unreachable(plan: Plan) -> Iterator[Finding]:
    """Tell of tasks that no way of deciding ever needs."""
    for task in plan.tasks:
        decisions = [each for each in _all_before(plan, task) if each.options]
        if prod(len(each.options) for each in decisions) > MOST_WAYS:
            continue
        ways = product(*([option.option_id for option in each.options] for each in decisions))
        names = [each.task_id for each in decisions]
        if not any(_is_needed(plan, task, dict(zip(names, way, strict=True))) for way in ways):
            yield problem(
                f"{plan.plan_id}/{task.task_id}",
                "cannot be reached: however the decisions before it go, it is not needed; mend when or after",
                "is niet te bereiken: hoe de besluiten ervoor ook uitvallen; verbeter when of after",
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
                yield problem(
                    f"{plan.plan_id}/{name}",
                    f"cannot be met: {said(task.within_s)} from the beginning, "
                    f"and what comes before it may take {said(begins_s)}",
                    f"is niet te halen: {gezegd(task.within_s)} vanaf het begin, "
                    f"en wat ervoor komt mag {gezegd(begins_s)} duren",
                )
            latest_s[name] = task.within_s
