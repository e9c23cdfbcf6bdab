"""Does the engine move when it should, to whom it should, and never twice?"""

import pytest

from baken.errors import WrongUsage
from baken.operations.report_situation import issue_situation, put_off_situation
from baken.operations.work_on_task import take_task
from baken.records.response import Contact, Directory, Way
from baken.records.response_standing import TaskStage
from baken.respond.advance import moves_due, next_due_tai_ns
from baken.respond.clocks import ClockKind, clocks_of
from tests.respond.desk_play import EVERYBODY, Play, at_minute, ladder_of, minute_of
from tests.respond.written_mechanisms import OPTIONS, PLAN, WHOLE, mechanism, task

LADDER = 'by = "duty"\nacknowledge_within = "15 min"\nwithin = "1 h"\nif_missed = ["deputy", "chief"]'
DECIDE = 'kind = "decide"\nby = "chief"' + OPTIONS


def played(*tasks: str, directory: Directory = EVERYBODY, plan: str = PLAN) -> Play:
    return Play(mechanism(*tasks, plan=plan), directory)


def reached_by(*roles: str) -> Directory:
    contacts = tuple(Contact(role_id=role, way=Way.SMTP, address=f"{role}@x.example") for role in roles)
    return Directory(contacts=contacts, shifts=(), stale_after_s=0.0)


def test_a_silent_officer_is_passed_over_at_the_minute_his_time_is_up() -> None:
    play = played(task("look", LADDER))
    play.engine_until(14.9)
    assert ladder_of(play.of("look")) == []
    play.engine_until(45)
    assert ladder_of(play.of("look")) == [
        ("deputy", "not-acknowledged", 15.0),
        ("chief", "not-acknowledged", 30.0),
    ]


def test_a_role_that_nobody_holds_is_passed_over_at_once() -> None:
    play = played(task("look", LADDER), directory=reached_by("chief"))
    play.engine(0)
    assert ladder_of(play.of("look")) == [("deputy", "nobody-has-it", 0.0), ("chief", "nobody-has-it", 0.0)]


def test_a_task_that_is_taken_and_not_done_goes_on_at_its_deadline_and_keeps_it() -> None:
    play = played(task("look", LADDER))
    play.engine(0)
    play.take(5, "look")
    play.engine_until(59)
    assert ladder_of(play.of("look")) == []
    play.engine_until(60, from_minute=59)
    assert ladder_of(play.of("look")) == [("deputy", "not-done", 60.0)]
    assert minute_of(play.of("look").due_at_tai_ns) == 60.0


def test_whoever_is_asked_at_a_deadline_and_stays_silent_is_passed_over_too() -> None:
    play = played(task("look", LADDER))
    play.engine(0)
    play.take(5, "look")
    play.engine_until(90, from_minute=5)
    assert ladder_of(play.of("look")) == [("deputy", "not-done", 60.0), ("chief", "not-acknowledged", 75.0)]


def test_the_next_role_reads_the_deadline_of_the_task_and_no_later_one() -> None:
    play = played(task("look", LADDER))
    play.engine_until(15)
    first, second = (notice.text for notice in play.found.notices)
    line = next(line for line in first.splitlines() if line.startswith("To be done by"))
    assert line in second


def test_the_clock_to_acknowledge_is_that_of_whoever_was_asked_last() -> None:
    play = played(task("look", LADDER))
    play.engine_until(15)
    clock = next(each for each in clocks_of(play.found) if each.kind is ClockKind.ACKNOWLEDGE)
    assert (minute_of(clock.at_tai_ns), clock.role_id) == (30.0, "deputy")
    play.take(20, "look", "deputy")
    assert [each.kind for each in clocks_of(play.found)] == [ClockKind.TASK]


def test_a_decision_chooses_its_branch_and_the_other_is_not_needed() -> None:
    play = played(
        task("decide", DECIDE),
        task("do", 'by = "duty"\nwhen = { decision = "decide", is = ["yes"] }'),
        task("after-doing", 'by = "duty"\nafter = ["do"]'),
        task("otherwise", 'by = "duty"\nwhen = { decision = "decide", is = ["no"] }'),
    )
    play.engine(0)
    play.complete(10, "decide", "no", "chief")
    play.engine(10)
    stages = [play.of(name).stage for name in ("do", "after-doing", "otherwise")]
    assert stages == [TaskStage.NOT_NEEDED, TaskStage.NOT_NEEDED, TaskStage.RUNNING]


LAPSING = (
    task("decide", DECIDE.replace(OPTIONS, '\nlapses_after = "2 h"\nupheld_by = "uphold"' + OPTIONS)),
    task("uphold", 'by = "board"\nafter = ["decide"]'),
    task("slow", 'by = "deputy"'),
    task("then", 'by = "duty"\nafter = ["slow"]\nwhen = { decision = "decide", is = ["yes"] }'),
)


@pytest.mark.parametrize(
    ("upheld_at", "stage"), [(None, TaskStage.LAPSED), (100, TaskStage.DONE), (130, TaskStage.LAPSED)]
)
@pytest.mark.parametrize("is_awake", [True, False])
def test_a_decision_lapses_unless_it_is_upheld_before(
    upheld_at: int | None, stage: TaskStage, is_awake: bool
) -> None:
    play = played(*LAPSING)
    play.engine(0)
    play.complete(0, "decide", "yes", "chief")
    play.engine_until(119 if is_awake else 0)
    if is_awake and upheld_at == 130:
        play.engine_until(125, from_minute=119)
    if upheld_at is not None:
        play.complete(upheld_at, "uphold", who="board")
    play.engine(200)
    assert play.of("decide").stage is stage


@pytest.mark.parametrize("is_awake", [True, False])
def test_what_waits_for_a_decision_that_lapsed_is_not_needed(is_awake: bool) -> None:
    play = played(*LAPSING)
    play.engine(0)
    play.complete(0, "decide", "yes", "chief")
    if is_awake:
        play.engine_until(125)
    play.complete(150, "slow", who="deputy")
    play.engine(200)
    assert play.of("then").stage is TaskStage.NOT_NEEDED


def test_what_waits_for_a_severity_begins_when_it_is_reached_and_judging_again_moves_nothing() -> None:
    play = played(task("look"), task("grave", 'by = "chief"\nfrom_severity = "serious"\nwithin = "1 h"'))
    play.engine(0)
    assert play.of("grave").stage is TaskStage.WAITING
    play.judge(30, "serious")
    play.judge(40, "severe")
    play.engine(50)
    assert play.of("grave").stage is TaskStage.RUNNING
    assert minute_of(play.of("grave").due_at_tai_ns) == 90.0


def test_a_severity_that_was_taken_back_asks_for_nothing() -> None:
    play = played(task("look"), task("grave", 'by = "chief"\nfrom_severity = "serious"'))
    play.judge(10, "severe")
    play.judge(20, "minor")
    play.engine(30)
    assert play.of("grave").stage is TaskStage.WAITING


def test_clocks_count_from_the_task_the_case_or_the_response() -> None:
    play = played(
        task("look"),
        *(task(base, f'by = "duty"\nafter = ["look"]\nwithin = "3 h"\ncounts_from = "{base}"')
          for base in ("task", "case", "response")),
    )  # fmt: skip
    play.engine(0)
    play.complete(30, "look")
    play.engine(30)
    assert [minute_of(play.of(base).due_at_tai_ns) for base in ("task", "case", "response")] == [
        210,
        120,
        180,
    ]


SERIES = PLAN + 'situation = { every = "6 h", by = "duty", to = ["neighbour", "board"] }\n'


def test_reports_are_called_for_half_an_hour_before_their_set_times() -> None:
    play = played(task("look"), plan=SERIES)
    moves = [move for move in play.engine_until(24 * 60) if move.number]
    assert [(move.number, minute_of(move.due_at_tai_ns)) for move in moves] == [
        (1, 330.0),
        (2, 690.0),
        (3, 1050.0),
        (4, 1410.0),
    ]


def test_a_report_that_was_put_off_stands_for_those_it_overtakes() -> None:
    play = played(task("look"), plan=SERIES)
    play.engine_until(330)
    put_off_situation(play.desk("duty", 340), play.case, at_minute(800), "nothing new")
    play.engine_until(1000, from_minute=340)
    assert [report.number for report in play.plan.situations] == [1]
    play.engine_until(1100, from_minute=1000)
    assert [report.number for report in play.plan.situations] == [1, 3]
    with pytest.raises(WrongUsage):
        put_off_situation(play.desk("duty", 1100), play.case, at_minute(900), "earlier")


def test_a_report_goes_to_each_once_and_none_is_due_after_it() -> None:
    play = played(task("look"), plan=SERIES)
    play.engine_until(330)
    issue_situation(play.desk("duty", 350), play.case, "All is quiet.", EVERYBODY)
    roles = [notice.role_id for notice in play.found.notices if notice.kind == "situation"]
    assert roles == ["neighbour", "board"]
    with pytest.raises(WrongUsage):
        issue_situation(play.desk("duty", 351), play.case, "Again.", EVERYBODY)


def test_an_engine_that_slept_makes_each_move_once_with_its_own_instant_and_calls_one_report() -> None:
    play = Play(WHOLE)
    play.complete(0, "look")
    made = play.engine(40 * 60)
    assert play.engine(40 * 60) == ()
    keys = [each.entry.text("key") for each in play.moves_kept()]
    assert len(keys) == len(set(keys))
    assert [minute_of(m.due_at_tai_ns) for m in made if m.task_id == "tell"] == [0.0]
    assert [(m.number, minute_of(m.due_at_tai_ns)) for m in made if not m.task_id] == [(6, 2130.0)]
    assert minute_of(play.of("tell").due_at_tai_ns) == 120.0


def test_an_engine_that_slept_shortens_nobodys_time_to_answer() -> None:
    play = played(task("look", LADDER))
    play.engine(50)
    assert minute_of(play.of("look").acknowledge_by_tai_ns) == 65.0
    assert minute_of(play.of("look").due_at_tai_ns) == 60.0


def test_a_plan_that_was_stood_down_moves_no_more() -> None:
    play = Play(WHOLE)
    play.engine(0)
    play.stand_down(10)
    before = play.log.size(play.realm)
    assert play.engine(10_000) == ()
    assert play.log.size(play.realm) == before
    assert clocks_of(play.found) == ()
    with pytest.raises(WrongUsage):
        take_task(play.desk("duty", 20), play.case, "look")


def test_what_is_due_at_an_instant_is_what_the_next_instant_promised() -> None:
    play = Play(WHOLE)

    def anybody(_: str, __: int) -> bool:
        return True

    for minute in (0.0, 15.0, 30.0, 60.0, 330.0):
        promised = next_due_tai_ns(play.plan, at_minute(minute), anybody)
        due = moves_due(play.plan, at_minute(minute), anybody)
        assert all(move.due_at_tai_ns <= at_minute(minute) for move in due)
        assert bool(due) == (promised is not None and promised <= at_minute(minute))
        play.engine(minute)
        assert moves_due(play.plan, at_minute(minute), anybody) == ()
