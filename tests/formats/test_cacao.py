"""Do playbooks go out and come in as CACAO 2.0 has it, the good ones whole and the bad ones not at all?"""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import BadMessage, TheirMistake, UnreadableInput
from baken.formats.cacao import read_cacao, write_cacao
from baken.records.playbook import Command, Playbook, StepKind, object_id_of, playbook_id_of
from tests.formats.playbooks import (
    BAD,
    CALL,
    ENDS,
    START,
    WARN,
    Said,
    good,
    playbooks,
    put,
    smallest,
    text_of,
)
from tests.fuzz.laws import A_MOMENT_S, within

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "authorities" / "cacao" / "playbook.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


@pytest.mark.parametrize("said", [good(), smallest()], ids=["good", "smallest"])
def test_a_good_playbook_comes_in_whole_and_goes_out_as_it_was(said: Said) -> None:
    VALIDATOR.validate(said)
    assert json.loads(write_cacao(read_cacao(text_of(said)))) == said


@pytest.mark.parametrize(("what", "change", "path", "_seen"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_playbook_is_refused_where_it_is_bad(
    what: str, change: Callable[[Said], None], path: str, _seen: bool
) -> None:
    said = copy.deepcopy(good())
    change(said)
    with pytest.raises(BadMessage) as refusal:
        read_cacao(text_of(said))
    assert refusal.value.field.startswith(path), refusal.value
    assert str(refusal.value).count("\n") == 0


@pytest.mark.parametrize(("what", "change", "_path", "seen"), BAD, ids=[row[0] for row in BAD])
def test_the_schema_refuses_what_a_schema_can_see(
    what: str, change: Callable[[Said], None], _path: str, seen: bool
) -> None:
    said = copy.deepcopy(good())
    change(said)
    assert VALIDATOR.is_valid(said) is not seen


@settings(max_examples=150, deadline=None)
@given(playbook=playbooks())
def test_what_is_written_reads_as_it_was_and_is_valid(playbook: Playbook) -> None:
    written = write_cacao(playbook)
    VALIDATOR.validate(json.loads(written))
    assert read_cacao(written) == playbook
    assert write_cacao(read_cacao(written)) == written


def refusal_of(text: str) -> str:
    """Return what a reader says of a text it refuses, or nothing when it reads it."""
    try:
        read_cacao(text)
    except TheirMistake as refusal:
        return str(refusal)
    return ""


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the place of every value inside another."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    places = [place for key, each in inner for place in leaves(each, (*path, key))]
    return [*places, path] if path else places


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_whatever_a_stranger_changes_is_refused_or_comes_back(data: st.DataObject) -> None:
    said = copy.deepcopy(good())
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(leaves(said)))
        value = data.draw(
            st.sampled_from([None, "", 0, -1, 2**70, 0.5, True, [], {}, "x", [[]], ENDS[1], START])
        )
        put(value, *path)(said)
    try:
        playbook = read_cacao(text_of(said))
    except TheirMistake:
        return
    written = write_cacao(playbook)
    assert read_cacao(written) == playbook
    VALIDATOR.validate(json.loads(written))


@settings(max_examples=200, deadline=None)
@given(
    cut=st.integers(0, 3_000),
    token=st.sampled_from(["", "\x00", "{", "]", '"', "NaN", "1e999", "\\ud800", "9" * 5000]),
)
def test_a_text_that_breaks_off_or_is_bent_is_refused_or_read(cut: int, token: str) -> None:
    text = text_of(good())
    for bent in (text[:cut] + token, text[:cut] + token + text[cut + 1 :]):
        assert refusal_of(bent).isprintable()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"name": "a", "name": "b"}', "twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1e999}', "too large"),
        ('{"a": "\\ud800"}', "surrogate"),
        ("[" * 100_000, "deep"),
        ("[" * 100 + "]" * 100, "deep"),
        ("{", "not JSON"),
        ("[]", "no object"),
        ("1" * 5_000, "not JSON"),
        ('{"\\u001b[31m": 1}', "missing"),
    ],
)
def test_json_that_nobody_should_send_is_refused_in_one_plain_line(text: str, why: str) -> None:
    with pytest.raises(BadMessage, match=why) as refusal:
        read_cacao(text)
    assert str(refusal.value).isprintable()


def test_a_text_too_long_to_be_a_playbook_is_not_read() -> None:
    with pytest.raises(UnreadableInput, match="no playbook"):
        read_cacao(" " * 4_000_001)


def test_a_playbook_of_many_branches_is_judged_in_a_moment() -> None:
    said = smallest()
    for number in range(900):
        step = object_id_of("if-condition", str(number))
        following = object_id_of("if-condition", str(number + 1)) if number < 899 else ENDS[0]
        said["workflow"][step] = {
            "type": "if-condition",
            "condition": "x",
            "on_true": ENDS[1],
            "on_completion": following,
        }
    said["workflow"][ENDS[1]] = {"type": "end"}
    said["workflow"][START]["on_completion"] = object_id_of("if-condition", "0")
    with within(A_MOMENT_S):
        assert len(read_cacao(text_of(said)).steps) == 904


def test_a_command_for_a_machine_is_read_and_kept_and_nothing_more() -> None:
    step = read_cacao(text_of(good())).step(WARN)
    assert step is not None
    assert [command.is_manual for command in step.commands] == [True, False]
    assert step.commands[1] == Command(
        kind="http-api", text="POST /a HTTP/1.1", kept=(("content", '"{}"'), ("headers", '{"Host":["a"]}'))
    )


def test_a_while_step_may_be_led_back_to() -> None:
    said = smallest()
    loop, work = (
        object_id_of("while-condition", "loop"),
        next(key for key in said["workflow"] if "action" in key),
    )
    said["workflow"][loop] = {
        "type": "while-condition",
        "condition": "x",
        "on_true": ENDS[1],
        "on_completion": work,
    }
    said["workflow"][ENDS[1]] = {"type": "end"}
    said["workflow"][work] = {
        "type": "playbook-action",
        "playbook_id": playbook_id_of("o"),
        "on_success": ENDS[0],
        "on_failure": loop,
    }
    assert read_cacao(text_of(said)).step(loop) is not None


def test_who_writes_what_the_standard_forbids_made_a_mistake_of_his_own() -> None:
    playbook = read_cacao(text_of(good()))
    ends = tuple(step for step in playbook.steps if step.kind is not StepKind.END)
    with pytest.raises(ValueError, match="no playbook the standard allows"):
        write_cacao(
            Playbook(
                **{name: getattr(playbook, name) for name in playbook.__dataclass_fields__} | {"steps": ends}
            )
        )


def test_names_give_the_same_identifiers_for_ever_and_never_each_others() -> None:
    kinds = [
        object_id_of("action", "a", "b"),
        object_id_of("action", "ab"),
        object_id_of("end", "a", "b"),
        CALL,
    ]
    assert len(set(kinds)) == len(kinds)
    assert object_id_of("action", "a", "b") == object_id_of("action", "a", "b")
    assert all(kind.rpartition("--")[2][14] == "4" for kind in kinds)
