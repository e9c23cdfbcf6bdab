"""Every plan that ships is played by people who do their part: it can be carried out, and it ends."""

from importlib.resources import files

import pytest

from baken.exercise.rehearsal import Cast, Habit, invented_directory, invented_mail, rehearse_until
from baken.operations.desk import Desk
from baken.operations.start_response import start_response
from baken.operations.work_incident import judge
from baken.records.marking import Realm
from baken.records.response_standing import PlanStanding, TaskStage
from baken.respond.mechanism_file import read_mechanism
from tests.memory_log import CountedLuck, MemoryLog
from tests.operations.cases import NOON_TAI_NS, opened

A_DAY_NS = 86_400 * 10**9
TEXTS = {
    name: files("baken.respond").joinpath("mechanisms", f"{name}.toml").read_text(encoding="utf-8")
    for name in ("nl", "eu")
}
PLANS = [(name, plan.plan_id) for name, text in TEXTS.items() for plan in read_mechanism(text).plans]
# The way through each plan that asks most of people.
GRAVEST = {
    "scale-up": "iccb",
    "landed": "here",
    "outcome": "collided",
    "airspace": "close",
    "urgency": "now",
    "is-it-a-threat": "yes",
}


def played(name: str, plan_id: str, n_days: float = 1.0, silent: tuple[str, ...] = ()) -> PlanStanding:
    """Return how a plan stands after some days of a severe case, all at their posts but the silent."""
    log, luck = MemoryLog(), CountedLuck()
    mechanism = read_mechanism(TEXTS[name])
    plan = mechanism.plan(plan_id)
    cast = Cast(decides=GRAVEST, habits={role: Habit(acknowledges_after_s=None) for role in silent})

    def desk(actor: str, at_tai_ns: int) -> Desk:
        return Desk(log=log, actor=actor, at_tai_ns=at_tai_ns, luck=luck)

    officer = desk("officer", NOON_TAI_NS)
    case = opened(officer, kind=min(plan.kinds), realm=Realm.EXERCISE)
    judge(officer, case.incident_id, "severity", "severe", "the gravest there is", seen=1)
    start_response(officer, case.incident_id, TEXTS[name], "exercise", plan_id=plan_id)
    mail = invented_mail(invented_directory(mechanism), cast, "NL")
    until_tai_ns = NOON_TAI_NS + round(n_days * A_DAY_NS)
    return rehearse_until(desk, case.incident_id, mail, cast, NOON_TAI_NS, until_tai_ns).plan(plan_id)


@pytest.mark.parametrize(("name", "plan_id"), PLANS)
def test_a_plan_that_ships_is_carried_out_when_everybody_does_his_part(name, plan_id):
    plan = played(name, plan_id)
    left = [task.task.task_id for task in plan.tasks if not task.is_over]
    # Who leads in a re-entry is for people to say; nothing says it for them.
    assert left == (["lead"] if plan_id == "reentry" else [])


def stages(plan: PlanStanding) -> dict[str, TaskStage]:
    return {task.task.task_id: task.stage for task in plan.tasks}


def test_provisional_instructions_lapse_when_the_council_says_nothing():
    silent = ("council-presidency", "council-secretariat")
    stage = stages(played("eu", "space-threat", n_days=5.0, silent=silent))
    assert stage["provisional-instructions"] is TaskStage.LAPSED
    assert stage["council-decision"] is not TaskStage.DONE


def test_provisional_instructions_stand_when_the_council_decided():
    stage = stages(played("eu", "space-threat", n_days=5.0))
    assert stage["council-decision"] is TaskStage.DONE
    assert stage["provisional-instructions"] is TaskStage.DONE
