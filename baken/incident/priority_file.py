"""Rules of severity and urgency as a person writes them; an error names table, number and field."""

import math
from enum import StrEnum
from typing import TypeVar

from baken.errors import UnreadableInput
from baken.formats.toml_table import TomlTable, read_toml
from baken.incident.priority import ANY, OpeningRule, PriorityRules, Rule
from baken.records.incident import IncidentKind, Severity, Urgency

Word = TypeVar("Word", bound=StrEnum)


def read_priority_rules(text: str) -> PriorityRules:
    """Read rules as a person wrote them.

    Raises: UnreadableInput that names the table, its number and the field, and what to do.
    """
    told = read_toml(text)
    rules = PriorityRules(
        severity=_rules(told, "severity", Severity),
        urgency=_rules(told, "urgency", Urgency),
        opening=tuple(map(_opening, told.tables("opening"))),
    )
    told.refuse_unknown()
    return rules


def _rules(told: TomlTable, table: str, words: type[Word]) -> tuple[Rule[Word], ...]:
    if not told.has(table):
        raise UnreadableInput(f"{table}: there is no [[{table}]]; write its rules below such lines")
    rules = tuple(_rule(each, words) for each in told.tables(table))
    if not any(rule.kind == ANY and not rule.measure and rule.within_h is None for rule in rules):
        raise UnreadableInput(
            f'[[{table}]]: no rule holds for anything; add one with kind = "any" and no condition'
        )
    return rules


def _rule(told: TomlTable, words: type[Word]) -> Rule[Word]:
    rule = Rule(
        name=told.text("name"),
        kind=_kind(told),
        value=told.one_of("is", words),
        measure=told.text("measure") if told.has("measure") else "",
        at_least=_limit(told, "at_least", -math.inf),
        at_most=_limit(told, "at_most", math.inf),
        within_h=told.number_if_any("within_h"),
    )
    told.refuse_unknown(also=("measure",))
    if rule.measure and rule.within_h is not None:
        raise told.refuse("within_h", "depends on a measure and on time; write two rules")
    if not rule.measure and (told.has("at_least") or told.has("at_most")):
        raise told.refuse("measure", "is missing; say what has to lie between the limits")
    if rule.at_least > rule.at_most:
        raise told.refuse("at_most", "lies under at_least; exchange the two")
    return rule


def _opening(told: TomlTable) -> OpeningRule:
    rule = OpeningRule(name=told.text("name"), kind=_kind(told), at_least=told.one_of("at_least", Severity))
    told.refuse_unknown()
    return rule


def _kind(told: TomlTable) -> str:
    kind = told.text("kind")
    return ANY if kind == ANY else told.among("kind", IncidentKind, kind)


def _limit(told: TomlTable, name: str, otherwise: float) -> float:
    value = told.number_if_any(name)
    return otherwise if value is None else value
