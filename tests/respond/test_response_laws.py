"""What holds of every response, whatever its plan, whatever people do, and whenever the engine looks."""

import json
from collections.abc import Iterator
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import WrongUsage
from baken.operations.response_state import response
from baken.operations.work_incident import judge
from baken.operations.work_on_task import complete_task, drop_task, stand_down, take_task
from baken.records.evidence import Entry, EntryKind
from baken.records.marking import Realm
from baken.records.response import TaskKind
from baken.records.response_standing import Missed, PlanStanding, TaskStage, TaskStanding
from tests.respond.bench import Bench, bench
from tests.respond.written_mechanisms import OPTIONS, PLAN, mechanism, task

MOST_TASKS, MOST_ACTS, N_PLANS = 6, 12, 120
FOLLOWERS = ("deputy", "chief", "board")
SEVERITIES = ("minor", "serious", "severe")
# So long after its last act everything has happened that will.
LONG_AFTER = 10_000
WAKE, STAND_DOWN, SEVERITY = "wake", "stand-down", "severity"


@st.composite
def plans(draw) -> str:
    """Draw a plan without loops, as a person would write it."""
    n_tasks = draw(st.integers(1, MOST_TASKS))
    decides = [draw(st.booleans()) for _ in range(n_tasks)]
    return mechanism(
        *(drawn_task(draw, number, decides) for number in range(n_tasks)),
        plan=PLAN + draw(st.sampled_from(["", 'situation = { every = "3 h", by = "duty" }\n'])),
    )


def drawn_task(draw, number: int, decides: list[bool]) -> str:
    """Draw one task that waits for earlier ones only."""
    earlier = list(range(number))
    lines = ['by = "duty"', f'from_severity = "{draw(st.sampled_from(SEVERITIES))}"']
    after = draw(st.sets(st.sampled_from(earlier), max_size=2)) if earlier else set()
    lines += ["after = " + json.dumps([f"t{each}" for each in sorted(after)])] if after else []
    points = [each for each in earlier if decides[each]]
    if points and draw(st.booleans()):
        point, way = draw(st.sampled_from(points)), draw(st.sampled_from(["yes", "no"]))
        lines.append(f'when = {{ decision = "t{point}", is = ["{way}"] }}')
    for name in ("acknowledge_within", "within"):
        if draw(st.booleans()):
            lines.append(f'{name} = "{draw(st.integers(1, 90))} min"')
    if ladder := draw(st.lists(st.sampled_from(FOLLOWERS), unique=True, max_size=3)):
        lines.append("if_missed = " + json.dumps(ladder))
    if decides[number]:
        lines.insert(0, 'kind = "decide"')
        lines += [f'lapses_after = "{draw(st.integers(1, 240))} min"'] if draw(st.booleans()) else []
    return task(f"t{number}", "\n".join(lines) + (OPTIONS if decides[number] else ""))


names = st.sampled_from([f"t{number}" for number in range(MOST_TASKS)])
deeds = st.one_of(
    st.tuples(st.sampled_from(["take", "complete", "drop"]), names),
    st.tuples(st.just(SEVERITY), st.sampled_from(SEVERITIES)),
    st.tuples(st.just(WAKE), st.just("")),
)
gaps = st.integers(0, 200)
acts = st.lists(st.tuples(gaps, deeds), max_size=MOST_ACTS)


def do(made: Bench, minute: int, deed: str, what: str) -> None:
    """Let somebody do something at a minute; what cannot be done now is refused, and changes nothing."""
    desk = made.desk(minute)
    with suppress(WrongUsage, LookupError):
        if deed == WAKE:
            made.advance(minute)
        elif deed == SEVERITY:
            judge(desk, made.incident_id, "severity", what, "it is")
        elif deed == "take":
            take_task(desk, made.incident_id, what)
        elif deed == "drop":
            drop_task(desk, made.incident_id, what, "not now")
        else:
            decides = made.of(what).task.kind is TaskKind.DECIDE
            outcome = "yes" if decides and minute % 2 else "no" if decides else ""
            complete_task(desk, made.incident_id, what, "done", outcome=outcome)


def moves(made: Bench) -> Iterator[Entry]:
    """Yield every move the engine made, in order."""
    for kept in made.log.entries(Realm.EXERCISE, kinds={EntryKind.RESPONSE, EntryKind.SITUATION}):
        if kept.entry.text("key"):
            yield kept.entry


def check_all(made: Bench) -> None:
    """Check what holds at any moment."""
    keys = [move.text("key") for move in moves(made)]
    assert len(keys) == len(set(keys))
    plan = made.plan
    for move in moves(made):
        if move.kind is EntryKind.RESPONSE:
            assert int(move.text("due_at_tai_ns")) <= move.at_tai_ns
    for each in plan.tasks:
        check_ladder(each)


def check_ladder(each: TaskStanding) -> None:
    """Check that a task went on in the order of its ladder, and never before its clock had run out."""
    told = [escalation.role_id for escalation in each.escalations]
    assert tuple(told) == each.task.if_missed[: len(told)]
    assert sum(escalation.missed is Missed.NOT_DONE for escalation in each.escalations) <= 1
    asked_at_tai_ns = each.begun_at_tai_ns
    for escalation in each.escalations:
        assert asked_at_tai_ns is not None
        assert escalation.missed is not Missed.NOBODY, "everybody can be reached here"
        if escalation.missed is Missed.NOT_DONE:
            assert each.due_at_tai_ns is not None
            assert escalation.due_at_tai_ns == max(each.due_at_tai_ns, asked_at_tai_ns)
        else:
            within_s = each.task.acknowledge_within_s
            assert within_s is not None
            assert escalation.due_at_tai_ns == asked_at_tai_ns + round(within_s * 10**9)
        assert escalation.at_tai_ns >= escalation.due_at_tai_ns
        asked_at_tai_ns = escalation.at_tai_ns


def check_begun(before: PlanStanding, plan: PlanStanding) -> None:
    """Check of what the engine just began that all it waits for was over, and asked for it."""
    for each in plan.tasks:
        if each.begun_at_tai_ns is None or before.of(each.task.task_id).begun_at_tai_ns is not None:
            continue
        assert each.task.is_asked_for(plan.severity)
        waits_for = [plan.of(name) for name in each.task.after]
        for other in waits_for:
            assert other.is_over or not other.task.is_asked_for(plan.severity)
        if each.task.condition is not None:
            decision = plan.of(each.task.condition.task_id)
            assert decision.stage in (TaskStage.DONE, TaskStage.LAPSED)
            assert decision.outcome in each.task.condition.options


@settings(max_examples=N_PLANS)
@given(plans(), acts)
def test_no_move_is_made_twice_or_early_whatever_people_do_and_whenever_the_engine_looks(text, told):
    made, minute = bench(text), 0
    for gap, (deed, what) in [*told, (LONG_AFTER, (WAKE, "")), (0, (WAKE, ""))]:
        minute += gap
        before = made.plan
        do(made, minute, deed, what)
        check_begun(before, made.plan)
        check_all(made)
    assert made.advance(minute) == []


@settings(max_examples=N_PLANS // 2)
@given(plans(), acts)
def test_a_plan_that_was_stood_down_moves_no_more(text, told):
    made, minute = bench(text), 0
    for gap, (deed, what) in told:
        minute += gap
        do(made, minute, deed, what)
    stand_down(made.desk(minute), made.incident_id, "over")
    n_entries = response(made.log, made.incident_id).n_entries
    assert made.advance(minute + LONG_AFTER) == []
    do(made, minute + LONG_AFTER, "complete", "t0")
    assert response(made.log, made.incident_id).n_entries == n_entries


@settings(max_examples=N_PLANS // 2)
@given(plans(), acts, st.lists(st.integers(0, 2_000), max_size=6))
def test_an_engine_that_looks_more_often_begins_everything_as_of_the_same_instants(text, told, more):
    told = [(gap, (deed, what)) for gap, (deed, what) in told if deed != WAKE]
    assert begun(played(text, told, [])) == begun(played(text, told, more))


def played(text: str, told: list[tuple[int, tuple[str, str]]], more: list[int]) -> Bench:
    """Play acts with the engine awake at each, and at some more minutes."""
    at, minute = [], 0
    for gap, act in told:
        minute += gap
        at.append((minute, 1, act))
        at.append((minute, 0, (WAKE, "")))
    wakes = [(each, 0, (WAKE, "")) for each in [0, *more, minute + LONG_AFTER]]
    made = bench(text)
    for moment, _, (deed, what) in sorted([*at, *wakes], key=lambda one: one[:2]):
        do(made, moment, deed, what)
    return made


def begun(made: Bench) -> set[tuple[str, int]]:
    """Return what was begun or found not needed, and as of when."""
    return {
        (move.text("key"), int(move.text("due_at_tai_ns")))
        for move in moves(made)
        if move.text("act") in ("begin", "dispense")
    }
