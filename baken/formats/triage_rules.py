"""Triage rules as a person writes them: TOML, one ``[[rule]]`` each, days where the record has seconds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from baken.errors import BadMessage
from baken.formats._grammar import shown
from baken.formats.sniff import unpack
from baken.formats.toml_table import loaded
from baken.records.triage import TriageRule, WithoutProbability

SECONDS_A_DAY = 86_400.0
NEXT_STEP = "compare with the rules that come with Baken"
# No level, distance in metres or factor comes near; days stay finite in seconds.
LARGEST = 1e12
MOST_BYTES = 1_000_000
SYNTAX_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True)
class _Field:
    """Which field of the record a key fills, and by what its number is multiplied."""

    name: str
    factor: float | None = 1.0  # None for text
    is_obligatory: bool = False


FIELDS: Mapping[str, _Field] = {
    "name": _Field("name", None, True),
    "source": _Field("source", None, True),
    "look_probability": _Field("look_probability", 1.0, True),
    "act_probability": _Field("act_probability", 1.0, True),
    "look_miss_m": _Field("look_miss_m"),
    "act_miss_m": _Field("act_miss_m"),
    "from_days": _Field("from_s", SECONDS_A_DAY),
    "decision_days": _Field("decision_s", SECONDS_A_DAY),
    "notice_days": _Field("notice_s", SECONDS_A_DAY),
    "factor": _Field("factor"),
    "without_probability": _Field("without_probability", None),
}
KEY_OF = {field.name: key for key, field in FIELDS.items()}


def read_triage_rules(content: bytes) -> tuple[TriageRule, ...]:
    """Read triage rules, packed with gzip or not: all of them or none.

    Raises: BadMessage with the line and the field that cannot be right.

    >>> (rule,) = read_triage_rules(
    ...     b'[[rule]]\\nname = "own"\\nsource = "us"\\nlook_probability = 1e-6\\nact_probability = 1e-4\\n')
    >>> rule.name, rule.act_probability
    ('own', 0.0001)
    """
    text = _text(unpack(content, MOST_BYTES))
    document = _document(text)
    if unknown := sorted(set(document) - {"rule"}):
        raise BadMessage(f"nothing here is called {unknown[0]!r}", field=unknown[0], next_step=NEXT_STEP)
    written = document.get("rule")
    if not isinstance(written, list) or not written or not all(isinstance(one, dict) for one in written):
        raise BadMessage("there is no [[rule]] here", field="rule", next_step=NEXT_STEP)
    rules = tuple(_rule(one, _Place(text, at)) for at, one in enumerate(written))
    names = [rule.name for rule in rules]
    for at, name in enumerate(names):
        if name in names[:at]:
            raise _Place(text, at).refusal("name", f"{shown(name)} stands here a second time")
    return rules


@dataclass(frozen=True, slots=True)
class _Place:
    """The n-th rule of a text: knows the line a key of it stands on."""

    text: str
    at: int

    def refusal(self, key: str, problem: str) -> BadMessage:
        return BadMessage(problem, line=self._line(key), field=key, next_step=NEXT_STEP)

    def _line(self, key: str) -> int | None:
        """Return the line of a key, or of the head of its rule; none where the text hides it."""
        lines = self.text.splitlines()
        heads = [n for n, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)]
        if self.at >= len(heads):
            return None
        end = heads[self.at + 1] - 1 if self.at + 1 < len(heads) else len(lines)
        own = range(heads[self.at] + 1, end + 1)
        named = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        return next((n for n in own if named.match(lines[n - 1])), heads[self.at])


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadMessage(
            "this is no UTF-8 text", line=content[: error.start].count(b"\n") + 1, next_step=NEXT_STEP
        ) from error


def _document(text: str) -> dict[str, object]:
    try:
        return loaded(text)
    except (ValueError, RecursionError) as error:
        place = SYNTAX_PLACE.search(str(error))
        problem = SYNTAX_PLACE.sub("", str(error))
        line = int(place[1]) if place else None
        raise BadMessage(f"this is no TOML: {problem}", line=line, next_step=NEXT_STEP) from error


def _rule(written: Mapping[str, object], place: _Place) -> TriageRule:
    for key in written:
        if key not in FIELDS:
            raise place.refusal(key, f"a rule has no field {key!r}")
    for key, field in FIELDS.items():
        if field.is_obligatory and key not in written:
            raise place.refusal(key, "is missing from this rule")
    values = {FIELDS[key].name: _value(key, value, place) for key, value in written.items()}
    try:
        return TriageRule(**values)  # type: ignore[arg-type]  # each value was read by the kind of its field
    except ValueError as error:
        name, _, problem = str(error).partition(" ")
        raise place.refusal(KEY_OF[name], problem) from error


def _value(key: str, value: object, place: _Place) -> object:
    factor = FIELDS[key].factor
    if key == "without_probability":
        if value not in list(WithoutProbability):
            raise place.refusal(key, f"is one of {', '.join(WithoutProbability)}, not {shown(str(value))}")
        return WithoutProbability(str(value))
    if factor is None:
        if not isinstance(value, str):
            raise place.refusal(key, f"is a text, not {shown(str(value))}")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST:
        raise place.refusal(key, f"is a number below {LARGEST:g}, not {shown(str(value))}")
    return value * factor
