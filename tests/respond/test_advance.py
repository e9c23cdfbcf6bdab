"""Is each thing that a plan asks for due at its own instant, and done once?"""

from baken.operations.report_situation import put_off_situation
from baken.operations.response_state import response
from baken.operations.work_incident import judge
from baken.operations.work_on_task import complete_task, drop_task, stand_down, take_task
from baken.records.response import Contact, Directory, Way
from baken.records.response_standing import Missed, TaskStage
from baken.respond.advance import MoveKind
from baken.respond.clocks import ClockKind, clocks_of
from tests.respond.bench import Bench, bench, instant
from tests.respond.written_mechanisms import OPTIONS, PLAN, SERIES, mechanism, task

HOUR = 60
LADDER_REST = 'by = "duty"\nacknowledge_within = "15 min"\nwithin = "1 h"\nif_missed = ["deputy"]'
LADDER = mechanism(
    task(
        "look",
        'by = "duty"\nacknowledge_within = "15 min"\nwithin = "1 h"\nif_missed = ["deputy", "chief"]',
    )
)
DECIDED = mechanism(
    task("decide", 'kind = "decide"\nby = "chief"\nlapses_after = "72 h"\nupheld_by = "uphold"' + OPTIONS),
    task("do", 'by = "deputy"\nwhen = { decision = "decide", is = ["yes"] }'),
    task("after-doing", 'by = "deputy"\nafter = ["do"]'),
    task("otherwise", 'by = "deputy"\nwhen = { decision = "decide", is = ["no"] }'),
    task("uphold", 'by = "board"\nafter = ["decide"]\nwithin = "48 h"'),
)


def kinds(made: Bench, minutes: float) -> list[tuple[MoveKind, str]]:
    """Return what the engine does at a minute, and with which task."""
    return [(move.kind, move.task_id) for move in made.advance(minutes)]


def reports(made: Bench, minutes: float) -> list[tuple[int, float]]:
    """Return for which situation reports the engine calls at a minute, and when each call was due."""
    return [
        (move.number, (move.due_at_tai_ns - instant(0)) / 60e9)
        for move in made.advance(minutes)
        if move.kind is MoveKind.CALL_SITUATION
    ]


def test_a_call_nobody_acknowledges_goes_to_the_next_role_at_the_minute():
    made = bench(LADDER)
    made.advance(0)
    assert made.advance(14.99) == []
    [move] = made.advance(15)
    assert (move.role_id, move.missed, move.due_at_tai_ns) == (
        "deputy",
        Missed.NOT_ACKNOWLEDGED,
        instant(15),
    )
    assert made.advance(29.99) == []
    assert [move.role_id for move in made.advance(30)] == ["chief"]
    assert made.advance(10 * HOUR) == [], "the ladder has an end"


def test_a_task_that_was_taken_on_goes_to_the_next_role_only_when_it_is_not_done():
    made = bench(LADDER)
    made.advance(0)
    take_task(made.desk(14), made.incident_id, "look")
    assert made.advance(59.99) == []
    [move] = made.advance(60)
    assert (move.role_id, move.missed) == ("deputy", Missed.NOT_DONE)


def test_a_role_nobody_holds_is_passed_over_at_once():
    only_chief = Contact(role_id="chief", way=Way.SMTP, address="chief@us.example")
    made = bench(LADDER, Directory(contacts=(only_chief,), shifts=(), stale_after_s=1.0))
    made.advance(0)
    assert made.took("look") == [("deputy", 0), ("chief", 0)]
    assert {each.missed for each in made.of("look").escalations} == {Missed.NOBODY}


def test_a_task_that_is_done_or_dropped_goes_to_nobody():
    for end in (complete_task, drop_task):
        made = bench(LADDER)
        made.advance(0)
        end(made.desk(10), made.incident_id, "look", "so it is")
        assert made.advance(10 * HOUR) == []


def test_a_decision_chooses_what_follows_it():
    made = bench(DECIDED)
    made.advance(0)
    complete_task(made.desk(5), made.incident_id, "decide", "it must be", outcome="no")
    assert set(kinds(made, 6)) == {
        (MoveKind.BEGIN, "otherwise"),
        (MoveKind.BEGIN, "uphold"),
        (MoveKind.DISPENSE, "do"),
        (MoveKind.DISPENSE, "after-doing"),
    }
    assert made.of("otherwise").begun_at_tai_ns == instant(6)
    assert made.of("after-doing").stage is TaskStage.NOT_NEEDED


def decided(upheld_after_hours: float | None) -> Bench:
    """Return a response in which something was decided at minute 0, and upheld some hours later or never."""
    made = bench(DECIDED)
    made.advance(0)
    complete_task(made.desk(0), made.incident_id, "decide", "it must be", outcome="yes")
    made.advance(0)
    if upheld_after_hours is not None:
        complete_task(made.desk(upheld_after_hours * HOUR), made.incident_id, "uphold", "it stands")
    return made


def test_a_decision_lapses_at_its_instant_unless_it_was_upheld_before():
    left = decided(None)
    assert left.advance(72 * HOUR - 0.01) == []
    [move] = left.advance(72 * HOUR)
    assert (move.kind, move.due_at_tai_ns) == (MoveKind.LAPSE, instant(72 * HOUR))
    assert left.of("decide").stage is TaskStage.LAPSED
    assert decided(71.9).advance(100 * HOUR) == []


def test_what_upholds_a_decision_too_late_does_not_save_it_even_when_the_engine_stood_still():
    made = decided(72.1)
    assert kinds(made, 80 * HOUR) == [(MoveKind.LAPSE, "decide")]


def test_a_severity_that_is_raised_begins_what_waited_for_it_from_that_instant():
    made = bench(
        mechanism(task("look"), task("grave", 'by = "chief"\nfrom_severity = "severe"\nwithin = "1 h"'))
    )
    assert kinds(made, 0) == [(MoveKind.BEGIN, "look")]
    assert made.advance(5 * HOUR) == []
    judge(made.desk(5 * HOUR), made.incident_id, "severity", "severe", "it is")
    [move] = made.advance(6 * HOUR)
    assert (move.task_id, move.due_at_tai_ns) == ("grave", instant(5 * HOUR))
    assert made.of("grave").due_at_tai_ns == instant(6 * HOUR)


def test_a_task_begins_when_all_it_waits_for_is_over_as_of_the_last_of_them():
    made = bench(mechanism(task("one"), task("two"), task("both", 'by = "duty"\nafter = ["one", "two"]')))
    made.advance(0)
    complete_task(made.desk(10), made.incident_id, "one", "done")
    assert made.advance(20) == []
    drop_task(made.desk(30), made.incident_id, "two", "not to be done")
    [move] = made.advance(50)
    assert (move.task_id, move.kind, move.due_at_tai_ns) == ("both", MoveKind.BEGIN, instant(30))


def test_what_a_decision_asked_for_is_not_begun_after_that_lapsed():
    grave = 'by = "deputy"\nfrom_severity = "severe"\nwhen = { decision = "decide", is = ["yes"] }'
    for raised_after_minutes, kind in ((59, MoveKind.BEGIN), (60, MoveKind.DISPENSE)):
        decide = task("decide", 'kind = "decide"\nby = "chief"\nlapses_after = "1 h"' + OPTIONS)
        made = bench(mechanism(decide, task("grave", grave)))
        made.advance(0)
        complete_task(made.desk(0), made.incident_id, "decide", "it must be", outcome="yes")
        judge(made.desk(raised_after_minutes), made.incident_id, "severity", "severe", "it is")
        assert (kind, "grave") in kinds(made, 90)


def test_situation_reports_are_called_for_half_an_hour_before_they_are_due():
    made = bench(mechanism(task("look"), plan=PLAN + SERIES))
    assert reports(made, 5.49 * HOUR) == []
    assert reports(made, 5.5 * HOUR) == [(1, 5.5 * HOUR)]
    assert reports(made, 11.5 * HOUR) == [(2, 11.5 * HOUR)]


def test_a_report_that_was_put_off_stands_for_those_whose_time_it_reaches():
    made = bench(mechanism(task("look"), plan=PLAN + SERIES))
    reports(made, 5.5 * HOUR)
    put_off_situation(made.desk(5.6 * HOUR), made.incident_id, instant(13 * HOUR), "nothing is new")
    assert reports(made, 17.49 * HOUR) == []
    assert reports(made, 17.5 * HOUR) == [(3, 17.5 * HOUR)]


def test_an_engine_that_slept_makes_each_move_once_as_of_its_own_instant_and_floods_nobody():
    made = bench(
        mechanism(
            task(
                "look",
                'by = "duty"\nacknowledge_within = "15 min"\nif_missed = ["deputy", "chief"]',
            ),
            task("register", 'by = "duty"\nwithin = "2 h"\nif_missed = ["deputy"]'),
            plan=PLAN + SERIES,
        )
    )
    made.advance(0)
    moves = made.advance(30 * HOUR)
    calls = [move for move in moves if move.kind is MoveKind.CALL_SITUATION]
    # Of five reports nobody was called for the last one only.
    assert [(call.number, call.due_at_tai_ns) for call in calls] == [(5, instant(29.5 * HOUR))]
    assert made.took("look") == [("deputy", 15)]
    assert made.took("register") == [("deputy", 120)]
    assert len(made.letters) == 5
    assert made.advance(30 * HOUR) == []
    # Whoever is asked now has his whole time to answer.
    assert made.of("look").acknowledge_by_tai_ns == instant(30 * HOUR + 15)


def test_a_plan_that_was_stood_down_moves_no_more_and_no_clock_of_it_runs():
    made = bench(
        mechanism(task("look", LADDER_REST), task("do", 'by = "duty"\nafter = ["look"]'), plan=PLAN + SERIES)
    )
    made.advance(0)
    stand_down(made.desk(1), made.incident_id, "over")
    assert made.advance(100 * HOUR) == []
    assert clocks_of(response(made.log, made.incident_id)) == ()


def test_every_clock_that_runs_is_listed_the_soonest_first():
    made = bench(mechanism(task("look", LADDER_REST), plan=PLAN + SERIES))
    made.advance(0)
    made.advance(1)
    assert [clock.kind for clock in clocks_of(response(made.log, made.incident_id))] == [
        ClockKind.ACKNOWLEDGE,
        ClockKind.TASK,
    ]
