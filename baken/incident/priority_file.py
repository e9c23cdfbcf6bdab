"""Rules of severity and urgency as a person writes them; an error names table, number and field."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from baken.errors import UnreadableInput
from baken.incident.priority import ANY, OpeningRule, PriorityRules, Rule
from baken.records.incident import IncidentKind, Severity, Urgency

Word = TypeVar("Word", bound=StrEnum)
TABLES = ("severity", "urgency", "opening")
FIELDS = frozenset({"name", "kind", "measure", "at_least", "at_most", "within_h", "is"})
OPENING_FIELDS = frozenset({"name", "kind", "at_least"})


def read_priority_rules(text: str) -> PriorityRules:
    """Read rules as a person wrote them.

    Raises: UnreadableInput that names the table, its number and the field, and what to do.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(f"this is no TOML: {error}") from error
    for name in sorted(set(told) - set(TABLES)):
        raise UnreadableInput(f"{name}: there are [[severity]], [[urgency]] and [[opening]] only; remove it")
    return PriorityRules(
        severity=_rules("severity", told.get("severity"), Severity),
        urgency=_rules("urgency", told.get("urgency"), Urgency),
        opening=tuple(_opening(place, each) for place, each in _tables("opening", told.get("opening", []))),
    )


def _rules(table: str, told: object, words: type[Word]) -> tuple[Rule[Word], ...]:
    rules = tuple(_rule(place, each, words) for place, each in _tables(table, told))
    if not any(rule.kind == ANY and not rule.measure and rule.within_h is None for rule in rules):
        raise UnreadableInput(
            f'[[{table}]]: no rule holds for anything; add one with kind = "any" and no condition'
        )
    return rules


def _tables(table: str, told: object) -> list[tuple[str, Mapping[str, object]]]:
    if not isinstance(told, list):
        raise UnreadableInput(f"{table}: there is no [[{table}]]; write its rules below such lines")
    numbered = [(f"[[{table}]] {number}", each) for number, each in enumerate(told, 1)]
    for place, each in numbered:
        if not isinstance(each, dict):
            raise UnreadableInput(f"{place}: is no table; write its fields below [[{table}]]")
    return numbered


def _rule(place: str, told: Mapping[str, object], words: type[Word]) -> Rule[Word]:
    _refuse_unknown(place, told, FIELDS)
    rule = Rule(
        name=_word(place, told, "name"),
        kind=_one_of(place, told, "kind", [ANY, *IncidentKind]),
        value=words(_one_of(place, told, "is", list(words))),
        measure=_word(place, told, "measure") if "measure" in told else "",
        at_least=_number(place, told, "at_least", -math.inf),
        at_most=_number(place, told, "at_most", math.inf),
        within_h=_number(place, told, "within_h", 0.0) if "within_h" in told else None,
    )
    if rule.measure and rule.within_h is not None:
        raise UnreadableInput(f"{place} within_h: depends on a measure and on time; write two rules")
    if not rule.measure and {"at_least", "at_most"} & set(told):
        raise UnreadableInput(f"{place} measure: is missing; say what has to lie between the limits")
    if rule.at_least > rule.at_most:
        raise UnreadableInput(f"{place} at_most: lies under at_least; exchange the two")
    return rule


def _opening(place: str, told: Mapping[str, object]) -> OpeningRule:
    _refuse_unknown(place, told, OPENING_FIELDS)
    return OpeningRule(
        name=_word(place, told, "name"),
        kind=_one_of(place, told, "kind", [ANY, *IncidentKind]),
        at_least=Severity(_one_of(place, told, "at_least", list(Severity))),
    )


def _refuse_unknown(place: str, told: Mapping[str, object], known: frozenset[str]) -> None:
    for name in sorted(set(told) - known):
        raise UnreadableInput(f"{place} {name}: no such field; there are {', '.join(sorted(known))}")


def _word(place: str, told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.strip():
        raise UnreadableInput(f"{place} {name}: is missing, or no text; give it one")
    return value


def _one_of(place: str, told: Mapping[str, object], name: str, known: Sequence[str]) -> str:
    value = _word(place, told, name)
    if value not in known:
        raise UnreadableInput(f"{place} {name}: is {value!r}; it is one of {', '.join(known)}")
    return value


def _number(place: str, told: Mapping[str, object], name: str, otherwise: float) -> float:
    value = told.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise UnreadableInput(f"{place} {name}: is {value!r}, no number; write one")
    return float(value)
