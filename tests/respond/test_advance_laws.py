"""Whatever a plan says and people do, and whenever the engine looks: do its moves keep their laws?"""

from collections import Counter
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import WrongUsage
from baken.records.incident import Severity
from baken.records.response import SEVERITIES, Contact, Directory, Shift, Way
from baken.records.response_standing import Missed, NoticeKind, PlanStanding, TaskStage, TaskStanding
from baken.respond.advance import Move, MoveKind
from baken.respond.clocks import ClockKind, clocks_of
from tests.respond.desk_play import EVERYBODY, Play, at_minute, minute_of
from tests.respond.written_mechanisms import OPTIONS, OURS, PLAN, mechanism, task

MOST_TASKS = 8
HORIZON = 600
DAY = 1440
MINUTES = st.integers(0, HORIZON)
SPANS = st.sampled_from([10, 15, 30, 60, 240])


@st.composite
def plans(draw: st.DrawFn) -> str:
    """Draw a plan without loops: each task waits for earlier ones only."""
    tasks: list[str] = []
    decisions: list[str] = []
    for number in range(draw(st.integers(1, MOST_TASKS))):
        name, earlier = f"t{number}", [f"t{each}" for each in range(number)]
        after = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        ladder = draw(st.lists(st.sampled_from(OURS), min_size=1, max_size=3, unique=True))
        lines = [f'by = "{ladder[0]}"', f"if_missed = {ladder[1:]}", f"after = {after}"]
        for field in ("within", "acknowledge_within"):
            if draw(st.booleans()):
                lines.append(f'{field} = "{draw(SPANS)} min"')
        lines.append(f'counts_from = "{draw(st.sampled_from(["task", "case", "response"]))}"')
        lines.append(f'from_severity = "{draw(st.sampled_from(["minor", "minor", "severe"]))}"')
        if decisions and draw(st.booleans()):
            option = draw(st.sampled_from(["yes", "no"]))
            lines.append(f'when = {{ decision = "{draw(st.sampled_from(decisions))}", is = ["{option}"] }}')
        is_decision = draw(st.booleans())
        if draw(st.booleans()):
            lines.append(f'lapses_after = "{draw(SPANS)} min"')
            if earlier and draw(st.booleans()):
                lines.append(f'upheld_by = "{draw(st.sampled_from(earlier))}"')
        if is_decision:
            decisions.append(name)
            lines.append('kind = "decide"' + OPTIONS)
        tasks.append(task(name, "\n".join(lines)))
    return mechanism(*tasks, plan=PLAN + draw(st.sampled_from(["", SERIES])))


SERIES = 'situation = { every = "2 h", by = "duty", to = ["neighbour"] }\n'


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    """Draw who can be reached, and who is on duty only for a part of the day."""
    reached = draw(st.sets(st.sampled_from(OURS)))
    contacts = tuple(Contact(role_id=role, way=Way.SMTP, address="a@x.example") for role in sorted(reached))
    shifts = tuple(
        Shift(
            role_id=role,
            person="somebody",
            days=frozenset(range(7)),
            begins_s=draw(st.integers(0, 23)) * 3_600.0,
            ends_s=draw(st.integers(0, 23)) * 3_600.0,
        )
        for role in sorted(draw(st.sets(st.sampled_from(OURS))))
    )
    return Directory(contacts=contacts, shifts=shifts, stale_after_s=0.0)


@dataclass(frozen=True)
class Deed:
    """Something a person tries at a minute; what cannot be done then is not done."""

    minute: int
    act: str
    task_id: str
    outcome: str
    severity: Severity

    def do(self, play: Play) -> None:
        try:
            self._try(play)
        except (WrongUsage, KeyError):
            return

    def _try(self, play: Play) -> None:
        if self.act == "judge":
            play.judge(self.minute, self.severity)
        elif self.act == "stand-down":
            play.stand_down(self.minute)
        elif self.act == "take":
            play.take(self.minute, self.task_id)
        elif self.act == "drop":
            play.drop(self.minute, self.task_id)
        else:
            options = play.of(self.task_id).task.options
            play.complete(self.minute, self.task_id, self.outcome if options else "")


ACTS = st.sampled_from(["take", "take", "complete", "complete", "complete", "drop", "judge"])
DEEDS = st.lists(
    st.builds(
        Deed,
        minute=MINUTES,
        act=ACTS,
        task_id=st.integers(0, MOST_TASKS - 1).map("t{}".format),
        outcome=st.sampled_from(["yes", "no"]),
        severity=st.sampled_from(Severity),
    ),
    max_size=14,
).map(lambda deeds: sorted(deeds, key=lambda deed: deed.minute))
LOOKS = st.lists(MINUTES, max_size=12)
FEW = settings(max_examples=60, deadline=None)


def awake(text: str, directory: Directory, deeds: list[Deed], looks: list[int]) -> tuple[Play, list[Move]]:
    """Play with an engine that looks whenever something is due, and at some minutes besides."""
    play, made, now = Play(text, directory), [], 0.0
    stops = sorted([*((deed.minute, deed) for deed in deeds), *((look, None) for look in looks)], key=_minute)
    for minute, deed in [*stops, (HORIZON, None)]:
        made += play.engine_until(minute, from_minute=now)
        now = float(minute)
        made += play.engine(now)
        if deed is not None:
            deed.do(play)
    return play, [*made, *play.engine(HORIZON)]


def _minute(stop: tuple[int, Deed | None]) -> int:
    return stop[0]


def asleep(text: str, directory: Directory, deeds: list[Deed], looks: list[int]) -> tuple[Play, list[Move]]:
    """Play with an engine that looks at some minutes only."""
    play, made = Play(text, directory), []
    stops = sorted([*((deed.minute, deed) for deed in deeds), *((look, None) for look in looks)], key=_minute)
    for minute, deed in stops:
        if deed is None:
            made += play.engine(minute)
        else:
            deed.do(play)
    return play, [*made, *play.engine(HORIZON)]


def waits_for(plan: PlanStanding, standing: TaskStanding) -> list[TaskStanding]:
    decided = (standing.task.condition.task_id,) if standing.task.condition else ()
    names = [name for name in standing.task.after if plan.of(name).task.is_asked_for(plan.severity)]
    return [plan.of(name) for name in (*names, *decided)]


@pytest.mark.capability(
    "Response engine makes each move once",
    status="MODELLED",
    authority="random plans, people and instants of looking; each move by its key in the log",
)
@FEW
@given(plans(), directories(), DEEDS, LOOKS)
def test_no_move_is_made_twice_whenever_the_engine_looks(
    text: str, directory: Directory, deeds: list[Deed], looks: list[int]
) -> None:
    play, made = asleep(text, directory, deeds, looks)
    keys = Counter(each.entry.text("key") for each in play.moves_kept())
    assert set(keys.values()) <= {1}
    assert Counter(move.key for move in made) == keys
    assert len({notice.key for notice in play.found.notices}) == len(play.found.notices)
    assert play.engine(HORIZON) == ()


@FEW
@given(plans(), directories(), DEEDS, LOOKS)
def test_looking_more_often_changes_no_instant_and_no_standing(
    text: str, directory: Directory, deeds: list[Deed], looks: list[int]
) -> None:
    seldom, moves = awake(text, directory, deeds, [])
    often, more = awake(text, directory, deeds, looks)
    assert sorted(moves, key=lambda move: move.key) == sorted(more, key=lambda move: move.key)
    assert seldom.plan == replace(often.plan, started_by=seldom.plan.started_by)


@FEW
@given(plans(), directories(), DEEDS, LOOKS)
def test_every_task_that_is_asked_for_ends_or_is_asked_of_somebody(
    text: str, directory: Directory, deeds: list[Deed], looks: list[int]
) -> None:
    play, _ = asleep(text, directory, deeds, looks)
    plan = play.plan
    called = {(n.task_id, n.role_id) for n in play.found.notices if n.kind is NoticeKind.CALL_OUT}
    for standing in plan.tasks:
        if standing.is_over or not standing.task.is_asked_for(plan.severity):
            continue
        if standing.stage is TaskStage.WAITING:
            assert any(not each.is_over for each in waits_for(plan, standing)), standing.task.task_id
            continue
        assert {(standing.task.task_id, role) for role in standing.asked} <= called
        is_late = (standing.due_at_tai_ns or at_minute(HORIZON + 1)) <= at_minute(HORIZON)
        if is_late and not any(each.missed is Missed.NOT_DONE for each in standing.escalations):
            assert len(standing.escalations) == len(standing.task.if_missed)


@FEW
@given(plans(), directories(), DEEDS, LOOKS)
def test_a_task_begins_when_what_it_waits_for_is_over_and_not_before(
    text: str, directory: Directory, deeds: list[Deed], looks: list[int]
) -> None:
    deeds = [deed for deed in deeds if deed.act != "judge"]
    play, made = asleep(text, directory, deeds, looks)
    for move in made:
        if move.kind in (MoveKind.BEGIN, MoveKind.DISPENSE) and move.task_id:
            ended = [each.ended_at_tai_ns for each in waits_for(play.plan, play.plan.of(move.task_id))]
            assert move.due_at_tai_ns == max([at_minute(0), *(each or 0 for each in ended)])
            assert None not in ended


@FEW
@given(plans(), directories(), DEEDS, LOOKS)
def test_a_task_goes_up_its_ladder_in_order_and_never_before_its_clock(
    text: str, directory: Directory, deeds: list[Deed], looks: list[int]
) -> None:
    play, _ = asleep(text, directory, deeds, looks)
    for standing in play.plan.tasks:
        asked_at_tai_ns = standing.begun_at_tai_ns
        roles = [each.role_id for each in standing.escalations]
        assert roles == list(standing.task.if_missed[: len(roles)])
        assert [each.level for each in standing.escalations] == list(range(1, len(roles) + 1))
        for each in standing.escalations:
            assert asked_at_tai_ns is not None
            clock_s = standing.task.acknowledge_within_s or 0.0
            earliest = {
                Missed.NOBODY: asked_at_tai_ns,
                Missed.NOT_ACKNOWLEDGED: asked_at_tai_ns + round(clock_s * 1e9),
                Missed.NOT_DONE: max(standing.due_at_tai_ns or 0, asked_at_tai_ns),
            }[each.missed]
            assert each.due_at_tai_ns == earliest
            assert each.at_tai_ns >= each.due_at_tai_ns
            asked_at_tai_ns = each.at_tai_ns


@FEW
@given(plans(), directories(), DEEDS, LOOKS)
def test_every_deadline_that_runs_is_a_clock(
    text: str, directory: Directory, deeds: list[Deed], looks: list[int]
) -> None:
    play, _ = asleep(text, directory, deeds, looks)
    told = {(clock.name, clock.kind): minute_of(clock.at_tai_ns) for clock in clocks_of(play.found)}
    assert list(told.values()) == sorted(told.values())
    for standing in play.plan.tasks:
        name, runs = standing.task.task_id, standing.stage in (TaskStage.RUNNING, TaskStage.TAKEN)
        due = minute_of(standing.due_at_tai_ns) if runs else None
        assert told.get((name, ClockKind.TASK)) == due
        answers = minute_of(standing.acknowledge_by_tai_ns) if runs and standing.is_unanswered else None
        assert told.get((name, ClockKind.ACKNOWLEDGE)) == answers


@settings(max_examples=30, deadline=None)
@given(plans(), DEEDS, MINUTES)
def test_whatever_happens_a_plan_that_is_stood_down_moves_no_more(
    text: str, deeds: list[Deed], minute: int
) -> None:
    end = Deed(minute, "stand-down", "", "", SEVERITIES[0])
    before = [deed for deed in deeds if deed.minute <= minute]
    play, _ = awake(text, EVERYBODY, [*before, end], [])
    last = max(each.entry.at_tai_ns for each in play.moves_kept()) if play.moves_kept() else 0
    assert last <= at_minute(minute)
    assert play.engine(7 * DAY) == ()
