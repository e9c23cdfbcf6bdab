"""Rules of one state, or Baken's own, as text in Cedar: read once, checked against one schema, digested."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import cedarpy

from baken.errors import UnreadableInput
from baken.records.handling import NAME

# In which a rule may say to people what it means.
LANGUAGES = ("en", "nl")
# What a decision names when no rule of a set permits: the default itself.
DEFAULT_NONE = "default-none"
NONE_SAYS = {"en": "No rule permits it.", "nl": "Geen regel staat het toe."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a set: its name, whether it forbids, what it obliges to, and what it says in a language."""

    rule_id: str
    forbids: bool
    obligations: tuple[str, ...] = ()
    says: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySet:
    """The rules of one file, as they were written.  ``rules`` are by the name the engine gives each."""

    name: str
    text: str
    schema: str
    rules: Mapping[str, Rule] = field(repr=False)
    engine: cedarpy.PolicySet = field(repr=False, compare=False)
    engine_schema: cedarpy.Schema = field(repr=False, compare=False)
    # SHA-256 over the rules and the schema they were checked against.
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", _digest([self.name, self.text, self.schema]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """All sets that are asked, each by itself: every one has to allow.

    ``broken`` says which could not be read, and why: while there is one, nothing is allowed.  ``digest`` is a
    SHA-256 that names them all, in whatever order they were read.
    """

    sets: tuple[PolicySet, ...]
    broken: tuple[str, ...] = ()
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        names = [each.name for each in self.sets]
        if len(set(names)) != len(names):
            raise ValueError(f"each set of policies has a name of its own; not {', '.join(sorted(names))}")
        told = [*sorted(each.digest for each in self.sets), *sorted(self.broken)]
        object.__setattr__(self, "digest", _digest(told))

    def says(self, policy_id: str, language: str) -> str:
        """Return what a rule that a decision names says to people; empty when it says nothing."""
        if policy_id.endswith(f":{DEFAULT_NONE}"):
            return NONE_SAYS[language]
        found = (
            dict(rule.says).get(language, "")
            for each in self.sets
            for rule in each.rules.values()
            if policy_id == f"{each.name}:{rule.rule_id}"
        )
        return next(found, "")


# A file is read again for every question that comes in by HTTP, and is nearly always the same.
@lru_cache(maxsize=64)
def read_policy_set(name: str, text: str, schema: str) -> PolicySet:
    """Read the rules of one file, whose name it bears.

    Raises: UnreadableInput in one line that names the rule, when one is no Cedar, asks about something the
    schema does not have, or has no ``@id``.
    """
    if not NAME.fullmatch(name):
        raise UnreadableInput(f"{name!r} is no name of a set of policies; give the file a short one, like NL")
    engine_schema = cedarpy.Schema.from_str(schema)
    rules = _rules(text)
    checked = cedarpy.validate_policies(text, engine_schema)
    if not checked.validation_passed:
        raise UnreadableInput("; ".join(_said(each, rules) for each in checked.errors))
    return PolicySet(
        name=name,
        text=text,
        schema=schema,
        rules=rules,
        engine=cedarpy.PolicySet.from_str(text),
        engine_schema=engine_schema,
    )


@lru_cache(maxsize=64)
def written(text: str) -> Mapping[str, str]:
    """Return each rule of a file as it is written, without what it says to people, by the engine's name."""
    told = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
    return {name: _written({**rule, "annotations": {}}) for name, rule in told.items()}


def _written(rule: Mapping[str, object]) -> str:
    alone = {"staticPolicies": {"rule": rule}, "templates": {}, "templateLinks": []}
    return cedarpy.format_policies(cedarpy.policies_from_json_str(json.dumps(alone)), line_width=88).strip()


def read_policies(texts: Mapping[str, str], schema: str) -> Policies:
    """Read several files by name; one that cannot be read is kept as broken, and then nothing is allowed."""
    sets, broken = [], []
    for name, text in texts.items():
        try:
            sets.append(read_policy_set(name, text, schema))
        except UnreadableInput as problem:
            broken.append(f"{name}.cedar: {problem}")
    return Policies(sets=tuple(sets), broken=tuple(broken))


def _rules(text: str) -> dict[str, Rule]:
    try:
        told = json.loads(cedarpy.policies_to_json_str(text))
    except ValueError as problem:
        raise UnreadableInput(f"is no Cedar: {problem}; see docs/chapters/policy.md") from problem
    if told["templates"]:
        raise UnreadableInput("has a rule with a ?slot; write out whom or what it is about")
    rules = {engine_id: _rule(engine_id, one) for engine_id, one in told["staticPolicies"].items()}
    names = [rule.rule_id for rule in rules.values()]
    twice = sorted({each for each in names if names.count(each) > 1})
    if twice:
        raise UnreadableInput(f"policy {twice[0]}: stands here twice; give each rule an @id of its own")
    if not rules:
        raise UnreadableInput("has no rule; a file that asks nothing more permits everything, and says so")
    return rules


def _rule(engine_id: str, told: Mapping[str, object]) -> Rule:
    annotations = told.get("annotations", {})
    assert isinstance(annotations, dict)
    rule_id = annotations.get("id") or ""
    if not NAME.fullmatch(rule_id) or rule_id == DEFAULT_NONE:
        raise UnreadableInput(f'{engine_id}: has no name; write @id("…") above it, with a short name in it')
    obligations = (each.strip() for each in (annotations.get("obligation") or "").split(","))
    return Rule(
        rule_id=rule_id,
        forbids=told["effect"] == "forbid",
        obligations=tuple(each for each in obligations if each),
        says=tuple((language, annotations[language]) for language in LANGUAGES if language in annotations),
    )


def _said(error: cedarpy.ValidationError, rules: Mapping[str, Rule]) -> str:
    rule = rules.get(error.policy_id)
    problem = error.error.removeprefix(f"for policy `{error.policy_id}`, ")
    return f"policy {rule.rule_id if rule else error.policy_id}: {problem}"


def _digest(texts: Iterable[str]) -> str:
    # One after the other as a list of JSON, so that no text can run into the next.
    return "sha256:" + hashlib.sha256(json.dumps(list(texts)).encode()).hexdigest()
