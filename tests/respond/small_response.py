"""A small response with everything in it that a crash could spoil, begun in whatever log."""

from baken.exercise.rehearsal import Cast, Habit
from baken.operations.desk import Desk
from baken.operations.start_response import start_response
from baken.records.incident import IncidentId
from baken.records.marking import Realm
from tests.operations.cases import NOON_TAI_NS, opened
from tests.respond.written_mechanisms import OPTIONS, PLAN, mechanism, task

HOUR_NS = 3_600 * 10**9
# Long after the plan is stood down.
UNTIL_TAI_NS = NOON_TAI_NS + 6 * HOUR_NS
SMALL = mechanism(
    task("look", 'by = "duty"\nacknowledge_within = "15 min"\nwithin = "1 h"\nif_missed = ["deputy"]'),
    task("tell", 'kind = "inform"\nby = "deputy"\nto = ["neighbour", "board"]\nafter = ["look"]'),
    task("decide", 'kind = "decide"\nby = "chief"\nafter = ["look"]\nlapses_after = "2 h"' + OPTIONS),
    task("do", 'by = "deputy"\nwhen = { decision = "decide", is = ["yes"] }'),
    task("otherwise", 'by = "deputy"\nwhen = { decision = "decide", is = ["no"] }'),
    plan=PLAN + 'situation = { every = "1 h", by = "chief", to = ["neighbour"] }\n',
)
# Whoever is on duty never answers, so that the first task goes on.
CAST = Cast(habits={"duty": Habit(acknowledges_after_s=None)}, approver="officer")


def begun(desk: Desk) -> IncidentId:
    """Open a case of an exercise and begin the small response to it."""
    case = opened(desk, realm=Realm.EXERCISE)
    start_response(desk, case.incident_id, SMALL, "exercise", approve_call_outs=True)
    return case.incident_id
