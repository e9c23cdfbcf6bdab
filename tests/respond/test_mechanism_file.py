"""Does a mechanism say what is wrong with it: which table, which number, which field, and what to do?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.errors import UnreadableInput
from baken.records.incident import IncidentKind, Severity
from baken.records.response import Base, TaskKind
from baken.respond.mechanism_file import SECONDS_IN, read_mechanism
from tests.respond.written_mechanisms import HEAD, OPTIONS, PLAN, ROLES, WHOLE, mechanism, task

HOUR_S = 3_600.0


def refused(text: str) -> str:
    with pytest.raises(UnreadableInput) as told:
        read_mechanism(text)
    return str(told.value)


def test_everything_that_was_written_is_read() -> None:
    small = read_mechanism(WHOLE)
    plan = small.plan("p")
    assert plan is not None
    assert (small.mechanism_id, small.is_illustrative, small.language) == ("small", True, "en")
    assert small.sources[0].url == "https://law.example/1"
    assert plan.kinds == {IncidentKind.OTHER}
    assert plan.from_severity is Severity.MINOR
    assert plan.situation is not None
    assert (plan.situation.every_s, plan.situation.by, plan.situation.to) == (
        6 * HOUR_S,
        "duty",
        ("neighbour",),
    )
    look, decide, do = (plan.task(name) for name in ("look", "decide", "do"))
    assert look is not None
    assert decide is not None
    assert do is not None
    assert do.condition is not None
    assert (look.kind, look.acknowledge_within_s, look.within_s) == (TaskKind.ACT, 900.0, HOUR_S)
    assert look.if_missed == ("deputy", "chief")
    assert (decide.kind, decide.counts_from) == (TaskKind.DECIDE, Base.RESPONSE)
    assert (decide.lapses_after_s, decide.upheld_by) == (72 * HOUR_S, "uphold")
    assert [option.option_id for option in decide.options] == ["yes", "no"]
    assert (do.condition.task_id, do.condition.options) == ("decide", {"yes"})


def test_a_role_knows_its_organisation_and_both_languages_are_there() -> None:
    small = read_mechanism(WHOLE)
    role, organisation = small.role("neighbour"), small.organisation_of("neighbour")
    assert role is not None
    assert organisation is not None
    assert (role.name.read_in("nl"), role.name.read_in("en")) == ("neighbour in dienst", "neighbour on duty")
    assert (organisation.audiences, organisation.is_own) == (("THEM",), False)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[mechanism\n", ["no TOML", "line 1"]),
        (HEAD.replace('id = "small"\n', ""), ["mechanism id", "missing"]),
        (HEAD.replace('"small"', '"Small One"'), ["mechanism id", "'Small One'", "small letters"]),
        (HEAD.replace('language = "en"', 'language = "fr"'), ["mechanism language", "'fr'", "nl or en"]),
        (HEAD.replace("true\nlanguage", '"yes"\nlanguage'), ["illustrative", "'yes'", "true or false"]),
        (HEAD.replace('nl = "Klein", ', ""), ["mechanism name nl", "missing"]),
        (HEAD.replace('nl = "Klein"', 'nl = " "'), ["mechanism name nl", "missing"]),
        (HEAD.replace('en = "Small" }', 'en = "Small", de = "Klein" }'), ["mechanism name de", "no such"]),
        (HEAD.replace("version", "versoin"), ["mechanism version", "missing"]),
        ("colour = 1\n" + HEAD, ["colour", "no such field", "mechanism"]),
        (HEAD + ROLES.replace('"us"', '"sus"'), ["[[role]] 1 organisation", "'sus'", "them, us"]),
        (HEAD + ROLES.replace('id = "deputy"', 'id = "duty"'), ["[[role]] 2 id", "'duty'", "of its own"]),
        (HEAD + ROLES.replace('["law"]', '["lore"]', 1), ["[[role]] 1 sources", "'lore'", "law"]),
        (HEAD + ROLES.replace('["law"]', '"law"', 1), ["[[role]] 1 sources", "no list of words"]),
        (HEAD + "[organisation]\n", ["organisation"]),
        (mechanism(), ["[[plan]] 1 task", "there is none", "[[plan.task]]"]),
    ],
)
def test_what_is_wrong_at_the_top_is_told_with_its_place(said: str, told: list[str]) -> None:
    for word in told:
        assert word in refused(said)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('by = "nobody"', ["by", "'nobody'", "board, chief, deputy, duty, neighbour"]),
        ("", ["by", "missing", "open_because"]),
        ('by = "duty"\nif_missed = ["ghost"]', ["if_missed", "'ghost'", "there are"]),
        ('by = "duty"\nafter = ["later"]', ["after", "'later'", "one, two"]),
        ('by = "duty"\nafter = "one"', ["after", "no list of words", '["lvnl", "knmi"]']),
        ('by = "duty"\nwithin = "1 hour"', ["within", "'1 hour'", '"15 min"']),
        ('by = "duty"\nwithin = 15', ["within", "quotation marks"]),
        ('by = "duty"\nwithin = "-1 h"', ["within", "'-1 h'"]),
        ('by = "duty"\nwithin = "40000 d"', ["within", "'40000 d'", "hundred years"]),
        ('by = "duty"\nwihtin = "1 h"', ["wihtin", "no such field", "within"]),
        ('by = "duty"\nkind = "think"', ["kind", "'think'", "act, inform, decide"]),
        ('by = "duty"\nkind = "inform"', ["to", "missing", "name the roles"]),
        (
            'by = "duty"\nkind = "inform"\nto = ["chief", "chief"]',
            ["to", "'chief'", "twice", "take one out"],
        ),
        ('by = "duty"\nkind = "decide"', ["option", '"decide"']),
        ('by = "duty"' + OPTIONS, ["option", '"decide"']),
        ('by = "duty"\nkind = "decide"' + OPTIONS + OPTIONS, ["[[option]] 3 id", "'yes'", "of its own"]),
        ('by = "duty"\nupheld_by = "one"', ["upheld_by", "lapses_after"]),
        ('by = "duty"\nlapses_after = "1 h"\nupheld_by = "x"', ["upheld_by", "'x'", "one, two"]),
        ('by = "duty"\nfrom_severity = "awful"', ["from_severity", "'awful'", "severe"]),
        ('by = "duty"\ncounts_from = "birth"', ["counts_from", "'birth'", "task, case, response"]),
        ('by = "duty"\nwhen = { decision = "one", is = ["yes"] }', ["when", "'yes'", "none"]),
        ('by = "duty"\nwhen = { decision = "x", is = ["yes"] }', ["when", "'x'", "one, two"]),
        ('by = "duty"\nwhen = { decision = "one" }', ["when is", "missing", "options"]),
        ('by = "duty"\nwhen = { decison = "one", is = ["a"] }', ["when decision", "missing"]),
        ('by = "duty"\nwhen = true', ["when", "no table"]),
        ('by = "duty"\nopen_because = { en = "x" }', ["open_because nl", "missing"]),
        ('by = "duty"\nto_be_confirmed = 1', ["to_be_confirmed", "true or false"]),
        ('by = "duty"\noption = 3', ["option", "[[option]]"]),
    ],
)
def test_what_is_wrong_with_a_task_is_told_with_its_place(wrong: str, told: list[str]) -> None:
    said = refused(mechanism(task("one"), task("two", wrong)))
    assert said.startswith("[[plan]] 1 [[task]] 2 "), said
    for word in told:
        assert word in said


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (PLAN.replace('kinds = ["other"]', 'kinds = ["war"]'), ["kinds", "'war'", "breakup"]),
        (PLAN + 'situation = { by = "duty" }\n', ["situation every", "missing", '"6 h"']),
        (PLAN + 'situation = { every = "6 h", by = "x" }\n', ["situation by", "'x'"]),
        (
            PLAN + 'situation = { every = "6 h", by = "duty", to = ["chief", "chief"] }\n',
            ["situation to", "'chief'", "twice"],
        ),
        (PLAN + 'situation = { evry = "6 h", by = "duty" }\n', ["situation every", "missing"]),
        (PLAN.replace('["duty"]', '["dutty"]'), ["responsible", "'dutty'"]),
        (PLAN.replace('by = "duty"', 'by = "ghost"'), ["stand_down_by", "'ghost'"]),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_with_its_place(wrong: str, told: list[str]) -> None:
    said = refused(mechanism(task("one"), plan=wrong))
    assert said.startswith("[[plan]] 1 "), said
    for word in told:
        assert word in said


def test_two_tasks_of_one_name_are_refused_at_the_second() -> None:
    assert refused(mechanism(task("one"), task("one"))).startswith("[[plan]] 1 [[task]] 2 id: 'one'")


@given(st.integers(0, 400), st.sampled_from(sorted(SECONDS_IN)), st.sampled_from(["", " "]))
def test_a_duration_is_what_people_say(count: int, unit: str, gap: str) -> None:
    text = mechanism(task("one", f'by = "duty"\nwithin = "{count}{gap}{unit}"'))
    plan = read_mechanism(text).plan("p")
    assert plan is not None
    assert plan.tasks[0].within_s == count * SECONDS_IN[unit]


@given(st.data())
def test_a_misspelt_field_is_never_passed_over(data: st.DataObject) -> None:
    lines = WHOLE.splitlines()
    places = [number for number, line in enumerate(lines) if re.match(r"[a-z_]+ = ", line)]
    place = data.draw(st.sampled_from(places))
    field = lines[place].split()[0]
    lines[place] = "x" + lines[place]
    assert field in refused("\n".join(lines))
