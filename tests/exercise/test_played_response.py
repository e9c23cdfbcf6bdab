"""Does a response keep its clocks when people are silent and mail fails, and is it the same twice?"""

import json
import tomllib
from dataclasses import replace
from importlib import resources

import pytest

from baken.cli.main import answer
from baken.errors import UnreadableInput, WrongUsage
from baken.exercise.cast_file import with_outages, with_silent
from baken.exercise.play import SeededLuck
from baken.exercise.rehearsal import Cast
from baken.exercise.scenario import read_scenario
from baken.exercise.trial import try_plan
from baken.records.incident import Severity
from baken.records.response import Way
from baken.respond.mechanism_file import read_mechanism
from baken.wiring.priority_rules import priority_rules
from baken.wiring.readers import THE_NODE
from baken.wiring.stores import open_evidence

TEXT = (resources.files("baken.respond") / "mechanisms" / "nl.toml").read_text(encoding="utf-8")
MINUTE_NS = 60 * 10**9
START_TAI_NS = 800_000_000 * 10**9
HOURS = 4


def tried(folder, cast, plan="breakup"):
    """Try a plan of the mechanism that ships, and return what came of it."""
    mechanism = read_mechanism(TEXT)
    with open_evidence(folder, THE_NODE) as (_, log):
        return try_plan(
            log,
            mechanism,
            TEXT,
            mechanism.plan(plan),
            Severity.SERIOUS,
            cast,
            rules=priority_rules(folder),
            luck=SeededLuck(1),
            start_tai_ns=START_TAI_NS,
            end_tai_ns=START_TAI_NS + HOURS * 60 * MINUTE_NS,
        )


def written(task_id, plan_id="breakup"):
    """Return a task as the file has it, read by nothing of ours."""
    plans = tomllib.loads(TEXT)["plan"]
    plan = next(plan for plan in plans if plan["id"] == plan_id)
    return next(task for task in plan["task"] if task["id"] == task_id)


def minutes(text):
    number, unit = text.split()
    return int(number) * {"min": 1, "h": 60}[unit]


def escalations(trial):
    return [
        ((entry.at_tai_ns - START_TAI_NS) / MINUTE_NS, entry.text("task"), entry.text("role"))
        for entry in trial.entries
        if entry.text("act") == "go-on"
    ]


@pytest.fixture(scope="module")
def silent_officer(tmp_path_factory):
    return tried(tmp_path_factory.mktemp("silent"), with_silent(Cast(), ["dssc-duty"]))


def test_a_silent_officer_is_passed_over_at_the_minute_the_plan_says(silent_officer):
    confirm, ask, tell = written("confirm-breakup"), written("ask-eu-sst"), written("tell-ncc")
    found = escalations(silent_officer)
    at = minutes(confirm["acknowledge_within"])
    assert (at, "confirm-breakup", confirm["if_missed"][0]) in found
    # Whoever is asked next answers after 3 minutes, is done after 20 more, and the next task begins.
    begun = at + 3 + 20
    assert (begun + minutes(tell["acknowledge_within"]), "tell-ncc", tell["if_missed"][0]) in found
    assert (minutes(ask["within"]), "ask-eu-sst", ask["if_missed"][0]) in found


def test_where_everybody_answers_nothing_is_passed_on_and_everything_is_done(tmp_path):
    trial = tried(tmp_path, Cast())
    assert escalations(trial) == []
    (plan,) = trial.found.plans
    assert not [task.task.task_id for task in plan.tasks if task.is_overdue(trial.end_tai_ns)]


def test_the_same_cast_leaves_the_same_entries(silent_officer, tmp_path):
    again = tried(tmp_path, with_silent(Cast(), ["dssc-duty"]))
    assert again.entries == silent_officer.entries


@pytest.mark.parametrize("hours", ["0-1", "0-4"])
def test_while_the_mail_is_down_letters_go_by_telephone_and_none_goes_twice(hours, tmp_path):
    cast = with_outages(Cast(), [f"smtp={hours}"], START_TAI_NS)
    trial = tried(tmp_path, cast)
    ends_tai_ns = cast.outages[0].to_tai_ns
    arrived = [one for one in trial.found.notices for each in one.attempts if each.end == "arrived"]
    assert len(arrived) == len({one.key for one in arrived}) > 0
    for notice in arrived:
        last = notice.attempts[-1]
        assert last.way is Way.TELEPHONE or last.ended_at_tai_ns >= ends_tai_ns
    assert any(notice.attempts[-1].way is Way.TELEPHONE for notice in arrived)
    post = trial.mail.transports["smtp"]
    assert post.n_sent == len(post.taken)


def test_a_trial_touches_no_database_that_is_named_for_real_work(capsys, monkeypatch):
    monkeypatch.setenv("BAKEN_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert answer(["respond", "simulate", "nl", "breakup", "--hours", "1"]) in (0, 1)
    assert "T+00:00" in capsys.readouterr().out


def test_a_plan_is_tried_at_the_command_line(capsys):
    words = ["--json", "respond", "simulate", "nl", "reentry", "--hours", "5", "--severity", "moderate"]
    assert answer(words) == 1
    told = json.loads(capsys.readouterr().out)
    # Nobody is named who decides who leads, so nobody is asked, and the clock runs out.
    assert [line for line in told["left"] if "lead" in line and "nobody" in line] == told["left"]
    assert told["happened"][0]["after_s"] == 0


def test_a_trial_tells_by_which_way_each_letter_went(capsys):
    words = ["--json", "respond", "simulate", "nl", "breakup", "--hours", "4", "--outage", "smtp=0-1"]
    assert answer(words) == 0
    told = [(line["after_s"], line["what"]) for line in json.loads(capsys.readouterr().out)["happened"]]
    about = "call-out confirm-breakup"
    # Tried at once and with pauses of 1 and 2 minutes, then told by whoever approves, 5 minutes after.
    tries = [after_s for after_s, what in told if what == f"NOT SENT by smtp: {about}"]
    assert tries[:3] == [0, 60, 180]
    assert (480, f"told by telephone: {about}") in told


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--silent", "king"], "no role 'king'"),
        (["--outage", "smtp"], "smtp=0-3"),
        (["--outage", "smtp=3-1"], "ends after it begins"),
        (["--outage", "pigeon=0-1"], "smtp=0-3"),
    ],
)
def test_a_trial_that_cannot_be_played_is_refused(words, why, capsys):
    assert answer(["respond", "simulate", "nl", "breakup", *words]) == 2
    assert why in capsys.readouterr().err


HEAD = '[scenario]\ntitle = "x"\nstart_utc = "2026-01-01T00:00:00Z"\n'
ACT = "[[act]]\ndo = 'note'\ntext = 'x'\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[act]]\ndo = 'respond'\nbecause = 'x'", r"\(respond\): there is no table \[response\]"),
        (ACT + "[response]\napprover = 'x'", r"\[response\] mechanism: is missing"),
        (ACT + "[response]\nmechanism = 'nl'\ncolour = 1", r"\[response\] colour: no such field"),
        (ACT + "[response]\nmechanism = 'nl'\napproves_min = -1", "nobody answers before he was asked"),
        (ACT + "[response]\nmechanism='nl'\n[[response.person]]\nsilent=true", "person.* 1 role: is missing"),
        (
            ACT + "[response]\nmechanism='nl'\n[[response.outage]]\nway='smtp'\nfrom_h=2\nto_h=1",
            "ends after it begins",
        ),
    ],
)
def test_a_cast_that_cannot_be_read_is_refused_by_the_place_of_the_mistake(text, why):
    with pytest.raises(UnreadableInput, match=why):
        read_scenario(HEAD + text)


def test_what_the_script_does_the_cast_leaves(tmp_path):
    scenario = read_scenario(
        HEAD
        + "[response]\nmechanism = 'nl'\n"
        + "[[act]]\ndo = 'complete'\ntask = 'confirm-breakup'\nbecause = 'x'"
    )
    left = scenario.response.cast.left
    trial = tried(tmp_path, replace(Cast(), left=left))
    assert not trial.found.plans[0].of("confirm-breakup").is_over


def test_an_act_before_the_response_was_begun_is_named(tmp_path, capsys):
    file = tmp_path / "case.toml"
    opening = "[[act]]\ndo = 'open'\ntitle = 'x'\nkind = 'breakup'\nbecause = 'x'\n"
    lesson = "[[act]]\ndo = 'lesson'\ntext = 'x'\n"
    file.write_text(HEAD + "[response]\nmechanism = 'nl'\n" + opening + lesson)
    assert answer(["exercise", "run", str(file), "-o", str(tmp_path / "out")]) == 2
    assert "[[act]] 2 (lesson): no response was begun yet" in capsys.readouterr().err


def test_an_outage_is_said_by_way_and_hours():
    with pytest.raises(WrongUsage, match="smtp=0-3"):
        with_outages(Cast(), ["smtp=x-y"], 0)
