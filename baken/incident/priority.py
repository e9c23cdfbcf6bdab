"""How grave and how urgent an incident is by rules a person can edit; in doubt the higher."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from baken.errors import UnreadableInput
from baken.records.incident import IncidentKind, Judgement, Severity, Urgency

Measures = Mapping[str, float]
Word = TypeVar("Word", bound=StrEnum)
ANY = "any"
NANOSECONDS_AN_HOUR = 3600e9
# A thing that has just happened is as urgent as one about to happen.
PAST_H = 24.0
FIELDS = frozenset({"name", "kind", "measure", "at_least", "at_most", "within_h", "is"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Word]):
    """One rule: for which kind it speaks, on what it depends, and what the incident then is."""

    name: str
    kind: str
    value: Word
    measure: str = ""
    at_least: float = float("-inf")
    at_most: float = float("inf")
    within_h: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRules:
    """The rules of a house; each list has one that holds for anything."""

    severity: tuple[Rule[Severity], ...]
    urgency: tuple[Rule[Urgency], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of a case: its kind, the figures of its findings, how far its peaks lie ahead."""

    kind: IncidentKind
    measures: Measures
    hours_ahead: tuple[float, ...] = ()


def severity_of(circumstances: Circumstances, rules: PriorityRules) -> Judgement:
    """Return how grave a case is, and the rule that says so."""
    return _highest(circumstances, rules.severity, list(Severity))


def urgency_of_case(circumstances: Circumstances, rules: PriorityRules) -> Judgement:
    """Return how urgent a case is, and the rule that says so."""
    return _highest(circumstances, rules.urgency, list(Urgency))


def _highest(circumstances: Circumstances, rules: Sequence[Rule[Word]], ladder: list[Word]) -> Judgement:
    holding = [
        (ladder.index(rule.value), -place, rule, verdict)
        for place, rule in enumerate(rules)
        if (verdict := _holds(rule, circumstances)) is not False
    ]
    _, _, rule, verdict = max(holding, key=lambda each: each[:2])
    doubt = f" (in doubt: {rule.measure or 'the time'} is unknown)" if verdict is None else ""
    return Judgement(automatic=rule.value.value, because=rule.name + doubt)


def _holds(rule: Rule[Word], circumstances: Circumstances) -> bool | None:
    """Say whether a rule holds; ``None`` when that cannot be known."""
    if rule.kind not in (ANY, circumstances.kind):
        return False
    if rule.within_h is not None:
        return _is_near(rule.within_h, circumstances.hours_ahead)
    if not rule.measure:
        return True
    value = circumstances.measures.get(rule.measure)
    return None if value is None else rule.at_least <= value <= rule.at_most


def _is_near(within_h: float, hours_ahead: Sequence[float]) -> bool | None:
    if not hours_ahead:
        return None
    return any(-PAST_H <= ahead <= within_h for ahead in hours_ahead)


def read_priority_rules(text: str) -> PriorityRules:
    """Read rules as a person wrote them.

    Raises: UnreadableInput that names the table, its number and the field, and what to do.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(f"this is no TOML: {error}") from error
    unknown = sorted(set(told) - {"severity", "urgency"})
    if unknown:
        raise UnreadableInput(f"{unknown[0]}: there are [[severity]] and [[urgency]] only; remove it")
    return PriorityRules(
        severity=_rules("severity", told.get("severity"), Severity),
        urgency=_rules("urgency", told.get("urgency"), Urgency),
    )


def _rules(table: str, told: object, words: type[Word]) -> tuple[Rule[Word], ...]:
    if not isinstance(told, list) or not told:
        raise UnreadableInput(f'{table}: there is no [[{table}]]; write at least one with kind = "any"')
    rules = tuple(_rule(f"[[{table}]] {number}", each, words) for number, each in enumerate(told, 1))
    if not any(_is_unconditional(rule) for rule in rules):
        raise UnreadableInput(
            f'[[{table}]]: no rule holds for anything; add one with kind = "any" and no condition'
        )
    return rules


def _is_unconditional(rule: Rule[Word]) -> bool:
    return rule.kind == ANY and not rule.measure and rule.within_h is None


def _rule(place: str, told: object, words: type[Word]) -> Rule[Word]:
    if not isinstance(told, dict):
        raise UnreadableInput(f"{place}: is no table; write its fields below [[...]]")
    for name in sorted(set(told) - FIELDS):
        raise UnreadableInput(f"{place} {name}: no such field; there are {', '.join(sorted(FIELDS))}")
    return Rule(
        name=_word(place, told, "name"),
        kind=_one_of(place, told, "kind", [ANY, *IncidentKind]),
        value=words(_one_of(place, told, "is", list(words))),
        measure=_word(place, told, "measure") if "measure" in told else "",
        at_least=_number(place, told, "at_least", float("-inf")),
        at_most=_number(place, told, "at_most", float("inf")),
        within_h=_number(place, told, "within_h", 0.0) if "within_h" in told else None,
    )


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
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnreadableInput(f"{place} {name}: is {value!r}, no number; write one")
    return float(value)
