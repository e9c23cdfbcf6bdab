"""The same decisions for many items and one reader: what the rules still ask for him, once of each label.

The engine works out what the rules still ask when only the item is unknown (partial evaluation), and that
is made into a plain question (``residual``).  ``by_the_engine`` is the slow way round: it answers where a
rule is not understood, and it is the test of the fast one.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import cedarpy

from baken.records.reader import Item, Reader
from baken.share.decide import answer
from baken.share.policy import Policies, PolicySet
from baken.share.requests import (
    READ,
    WHO,
    Attributes,
    Question,
    circumstances,
    entities_text,
    item_attributes,
    reader_attributes,
)
from baken.share.residual import Asked, NotUnderstood, understood

Judge: TypeAlias = "Callable[[Attributes, Attributes], bool]"


class ReadFilter:
    """Which items somebody may read now, with everything that is in them.

    Says of each item what ``may_read`` would; whatever goes wrong denies.
    """

    def __init__(
        self, policies: Policies, reader: Reader, *, at_tai_ns: int, may_handle: frozenset[str]
    ) -> None:
        self._reader, self._at_tai_ns = reader, at_tai_ns
        principal = reader_attributes(reader, may_handle)
        self._judges = [left_for(each, principal) for each in policies.sets]
        self._denies_all = bool(policies.broken) or not policies.sets
        self._known: dict[Item, bool] = {}

    def admits(self, item: Item) -> bool:
        """Say whether he may read an item."""
        known = self._known.get(item)
        if known is None:
            known = self._known[item] = self._decided(item)
        return known

    def admitted(self, items: Sequence[Item]) -> list[bool]:
        """Say of each item in turn whether he may read it."""
        return [self.admits(item) for item in items]

    def _decided(self, item: Item) -> bool:
        if self._denies_all:
            return False
        resource, context = item_attributes(item), circumstances(self._reader, item, self._at_tai_ns)
        return all(judge(resource, context) for judge in self._judges)


def left_for(policy_set: PolicySet, principal: Attributes) -> Judge:
    """Return what one set still asks of an item when it is known who reads."""
    told = cedarpy.is_authorized_partial(
        {"principal": WHO, "action": READ},
        policy_set.engine,
        entities_text([("Reader", "who", principal)]),
        policy_set.engine_schema,
    )
    if told.diagnostics.errors or told.residuals.keys() != policy_set.rules.keys():
        return lambda _, __: False
    try:
        asked = {name: _condition(rule) for name, rule in told.residuals.items()}
    except NotUnderstood:
        return by_the_engine(policy_set, principal)
    return _permitted_and_not_forbidden(policy_set, asked)


def by_the_engine(policy_set: PolicySet, principal: Attributes) -> Judge:
    """Return the same question, put to the engine each time."""

    def judge(resource: Attributes, context: Attributes) -> bool:
        question = Question(action=READ, principal=principal, resource=resource, context=context)
        return answer(policy_set, question, question.entities).allowed

    return judge


def _permitted_and_not_forbidden(policy_set: PolicySet, asked: dict[str, Asked]) -> Judge:
    forbidding = [each for name, each in asked.items() if policy_set.rules[name].forbids]
    permitting = [each for name, each in asked.items() if not policy_set.rules[name].forbids]

    def judge(resource: Attributes, context: Attributes) -> bool:
        return any(each(resource, context) for each in permitting) and not any(
            each(resource, context) for each in forbidding
        )

    return judge


def _condition(rule: object) -> Asked:
    match rule:
        case {
            "principal": {"op": "All"},
            "action": {"op": "All"},
            "resource": {"op": "All"},
            "conditions": [{"kind": "when", "body": body}],
        }:
            return understood(body)
    raise NotUnderstood(repr(rule))
