"""Does looking back count what the log tells, and each thing once?"""

import pytest

from baken.operations.response_state import response
from baken.records.response_review import Happened
from baken.records.response_standing import AttemptEnd, TaskStage
from baken.respond.clocks import clocks_of
from baken.respond.looking_back import look_back
from baken.respond.ran_clocks import ran_clocks
from tests.respond.rehearsed import HOUR_NS, OPENED_TAI_NS, mail_down, nobody_answers, silent_officer

LATER_TAI_NS = OPENED_TAI_NS + 72 * HOUR_NS
PLAYED = pytest.mark.parametrize("played", [silent_officer, mail_down, nobody_answers])


def of(played):
    found = response(played().log, played().incident_id)
    return found, look_back(found, LATER_TAI_NS)


@PLAYED
def test_every_task_is_counted_once(played):
    found, review = of(played)
    figures = review.tasks
    n_tasks = sum(len(plan.tasks) for plan in found.plans)
    assert figures.n_asked + figures.n_not_needed + figures.n_never_asked == n_tasks


@PLAYED
def test_every_late_task_agrees_with_its_own_two_instants(played):
    found, review = of(played)
    for late in review.tasks.done_late:
        task = found.plan(late.plan_id).of(late.task_id)
        assert late.late_s * 10**9 == task.ended_at_tai_ns - task.due_at_tai_ns > 0
    for late in review.tasks.overdue:
        task = found.plan(late.plan_id).of(late.task_id)
        assert not task.is_over
        assert late.late_s * 10**9 == LATER_TAI_NS - task.due_at_tai_ns > 0


@PLAYED
def test_every_try_and_every_letter_is_counted_once(played):
    found, review = of(played)
    letters = review.letters
    apart = letters.n_not_approved + letters.n_withdrawn + letters.n_not_arrived
    assert letters.n_arrived + apart == letters.n_written == len(found.notices)
    arrived = sum(each.end is AttemptEnd.ARRIVED for notice in found.notices for each in notice.attempts)
    assert letters.n_tries == arrived + letters.n_failed + letters.n_refused + letters.n_interrupted


@PLAYED
def test_the_chronicle_runs_in_order_of_time(played):
    _, review = of(played)
    instants = [moment.at_tai_ns for moment in review.chronicle]
    assert instants == sorted(instants)
    assert review.chronicle[0].happened is Happened.STARTED


def test_a_silent_officer_is_told_as_the_one_from_whom_things_went_on():
    _, review = of(silent_officer)
    assert {each.from_role_id for each in review.passed_on} >= {"ncc-duty"}
    assert len(review.passed_on) == sum(moment.happened is Happened.PASSED_ON for moment in review.chronicle)


def test_an_hour_without_mail_is_told_as_tries_that_failed_and_telephone_calls():
    _, review = of(mail_down)
    assert review.letters.n_failed > 0
    assert review.letters.n_by_telephone > 0


def test_where_nobody_answers_tasks_and_reports_are_missed():
    found, review = of(nobody_answers)
    assert review.tasks.overdue
    assert review.situations.n_made == 0
    called = {report.number for plan in found.plans for report in plan.situations}
    assert review.situations.n_missed + review.situations.n_not_called == review.situations.n_due == 12
    assert review.situations.n_missed == len(called)


def test_a_plan_that_was_stood_down_is_not_later_for_being_looked_at_later():
    found = response(silent_officer().log, silent_officer().incident_id)
    assert all(plan.stood_down_at_tai_ns for plan in found.plans)
    early, late = look_back(found, LATER_TAI_NS), look_back(found, LATER_TAI_NS + 999 * HOUR_NS)
    assert early.tasks == late.tasks
    assert early.chronicle == late.chronicle


@PLAYED
def test_every_clock_that_runs_is_among_those_that_ever_ran_once(played):
    found, _ = of(played)
    every = ran_clocks(found)
    assert len({clock.uid for clock in every}) == len(every)
    running = {clock.uid for clock in every if clock.is_running}
    assert running == {f"{found.incident_id}/{clock.uid}" for clock in clocks_of(found)}
    begun = [t for p in found.plans for t in p.tasks if t.due_at_tai_ns and t.stage is not TaskStage.WAITING]
    assert sum(clock.kind == "task" for clock in every) == len(begun)
