"""How grave and how urgent an incident is by rules a person can edit; in doubt the higher."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from baken.records.event import Finding
from baken.records.incident import IncidentKind, Judgement, Severity, Urgency

Measures = Mapping[str, float]
Word = TypeVar("Word", bound=StrEnum)
ANY = "any"
NANOSECONDS_AN_HOUR = 3_600e9
# A thing that has just happened is as urgent as one about to happen.
PAST_H = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Word]):
    """One rule: for which kind it speaks, on what it depends, and what the incident then is."""

    name: str
    kind: str
    value: Word
    measure: str = ""
    at_least: float = -math.inf
    at_most: float = math.inf
    within_h: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRule:
    """Which proposals become a suspected incident without a person: of a kind, and how grave at least."""

    name: str
    kind: str
    at_least: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRules:
    """The rules of a house; each list of values has one that holds for anything."""

    severity: tuple[Rule[Severity], ...]
    urgency: tuple[Rule[Urgency], ...]
    opening: tuple[OpeningRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of a case: its kind, and of each finding its figures and how far ahead its span lies."""

    kind: IncidentKind
    measures: tuple[Measures, ...] = ()
    spans_h: tuple[tuple[float, float], ...] = ()


def circumstances_of(kind: IncidentKind, findings: Sequence[Finding], *, now_tai_ns: int) -> Circumstances:
    """Return what rules may know of a case of a kind with its findings.  What is no number is unknown."""
    return Circumstances(
        kind=kind,
        measures=tuple(
            {name: float(value) for name, value in each.measures if isinstance(value, int | float)}
            for each in findings
        ),
        spans_h=tuple(
            (
                (each.start_tai_ns - now_tai_ns) / NANOSECONDS_AN_HOUR,
                (each.end_tai_ns - now_tai_ns) / NANOSECONDS_AN_HOUR,
            )
            for each in findings
        ),
    )


def severity_of(circumstances: Circumstances, rules: PriorityRules) -> Judgement:
    """Return how grave a case is, and the rule that says so."""
    return _highest(circumstances, rules.severity, list(Severity))


def urgency_of_case(circumstances: Circumstances, rules: PriorityRules) -> Judgement:
    """Return how urgent a case is, and the rule that says so."""
    return _highest(circumstances, rules.urgency, list(Urgency))


def opening_rule(kind: IncidentKind, severity: Severity, rules: PriorityRules) -> OpeningRule | None:
    """Return the first rule by which such a case may be opened without a person, if any."""
    ladder = list(Severity)
    for rule in rules.opening:
        if rule.kind in (ANY, kind) and ladder.index(severity) >= ladder.index(rule.at_least):
            return rule
    return None


def _highest(circumstances: Circumstances, rules: Sequence[Rule[Word]], ladder: list[Word]) -> Judgement:
    """Return the highest value of rules that hold or may hold; of equals one that is sure, then the first."""
    holding = [
        (ladder.index(rule.value), verdict is True, -place, rule)
        for place, rule in enumerate(rules)
        if (verdict := _holds(rule, circumstances)) is not False
    ]
    _, is_sure, _, rule = max(holding, key=lambda each: each[:3])
    doubt = "" if is_sure else f" (in doubt: {rule.measure.replace('_', ' ') or 'the time'} is unknown)"
    return Judgement(automatic=rule.value.value, because=rule.name + doubt)


def _holds(rule: Rule[Word], circumstances: Circumstances) -> bool | None:
    """Say whether a rule holds; ``None`` when that cannot be known."""
    if rule.kind not in (ANY, circumstances.kind):
        return False
    if rule.within_h is not None:
        return _any(
            [end_h >= -PAST_H and start_h <= rule.within_h for start_h, end_h in circumstances.spans_h]
        )
    if not rule.measure:
        return True
    return _any([_lies_within(each.get(rule.measure), rule) for each in circumstances.measures])


def _lies_within(value: float | None, rule: Rule[Word]) -> bool | None:
    if value is None or math.isnan(value):
        return None
    return rule.at_least <= value <= rule.at_most


def _any(verdicts: Sequence[bool | None]) -> bool | None:
    """Say whether one of several holds: surely, perhaps, or surely none.  Of nothing, nothing is known."""
    if True in verdicts:
        return True
    return None if not verdicts or None in verdicts else False
