"""Does a mechanism that was written read as the same again, every field of it?"""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass

import pytest
from hypothesis import given, settings

from baken.records.response import Mechanism
from baken.respond.mechanism_file import read_mechanism
from baken.respond.mechanism_text import part_of, roles_in, span_text, write_mechanism
from tests.respond.mechanisms import SHIPPED, everything, mechanisms, shipped


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_mechanism_reads_as_it_was(name: str) -> None:
    mechanism = shipped(name)
    assert read_mechanism(write_mechanism(mechanism)) == mechanism


@settings(max_examples=60, deadline=None)
@given(mechanism=mechanisms())
def test_a_drawn_mechanism_reads_as_it_was(mechanism: Mechanism) -> None:
    assert read_mechanism(write_mechanism(mechanism)) == mechanism


def left_alone(noun: object, seen: dict[str, bool]) -> Iterator[None]:
    """Note for each field with a default whether something else stood in it somewhere."""
    for field in fields(noun):  # type: ignore[arg-type]
        value = getattr(noun, field.name)
        name = f"{type(noun).__name__}.{field.name}"
        if field.default is not MISSING:
            seen[name] = seen.get(name, False) or value != field.default
        for inner in value if isinstance(value, tuple) else (value,):
            if is_dataclass(inner):
                yield from left_alone(inner, seen)
    yield


def test_every_field_there_is_comes_back() -> None:
    mechanism = everything()
    seen: dict[str, bool] = {}
    assert list(left_alone(mechanism, seen))
    assert [name for name, is_said in seen.items() if not is_said] == []
    assert read_mechanism(write_mechanism(mechanism)) == mechanism


def test_a_part_of_a_mechanism_holds_what_its_plan_needs_and_no_more() -> None:
    whole = shipped("nl.toml")
    for plan in whole.plans:
        part = part_of(whole, plan)
        assert read_mechanism(write_mechanism(part)) == part
        assert {role.role_id for role in part.roles} == roles_in(plan)


def test_a_span_that_no_minute_says_is_refused() -> None:
    assert span_text(3_660.0) == "61 min"
    with pytest.raises(ValueError, match="minutes"):
        span_text(0.1)
