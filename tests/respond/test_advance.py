"""Is each thing that a plan asks for due at its own instant, and done once?"""

from baken.operations.response_state import response
from baken.operations.work_on_task import complete_task, drop_task
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


def test_a_task_that_is_done_or_dropped_goes_to_nobody():
    for end in (complete_task, drop_task):
        made = bench(LADDER)
        made.advance(0)
        end(made.desk(10), made.incident_id, "look", "so it is")
        assert made.advance(10 * HOUR) == []


def decided(upheld_after_hours: float | None) -> Bench:
    """Return a response in which something was decided at minute 0, and upheld some hours later or never."""
    made = bench(DECIDED)
    made.advance(0)
    complete_task(made.desk(0), made.incident_id, "decide", "it must be", outcome="yes")
    made.advance(0)
    if upheld_after_hours is not None:
        complete_task(made.desk(upheld_after_hours * HOUR), made.incident_id, "uphold", "it stands")
    return made


def test_what_upholds_a_decision_too_late_does_not_save_it_even_when_the_engine_stood_still():
    made = decided(72.1)
    assert kinds(made, 80 * HOUR) == [(MoveKind.LAPSE, "decide")]


def test_a_task_begins_when_all_it_waits_for_is_over_as_of_the_last_of_them():
    made = bench(mechanism(task("one"), task("two"), task("both", 'by = "duty"\nafter = ["one", "two"]')))
    made.advance(0)
    complete_task(made.desk(10), made.incident_id, "one", "done")
    assert made.advance(20) == []
    drop_task(made.desk(30), made.incident_id, "two", "not to be done")
    [move] = made.advance(50)
    assert (move.task_id, move.kind, move.due_at_tai_ns) == ("both", MoveKind.BEGIN, instant(30))


def test_every_clock_that_runs_is_listed_the_soonest_first():
    made = bench(mechanism(task("look", LADDER_REST), plan=PLAN + SERIES))
    made.advance(0)
    made.advance(1)
    assert [clock.kind for clock in clocks_of(response(made.log, made.incident_id))] == [
        ClockKind.ACKNOWLEDGE,
        ClockKind.TASK,
    ]
