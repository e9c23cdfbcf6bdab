"""What is left of a rule when only the item is not known yet, made into a plain question about items.

The engine hands it over as a tree.  Whatever has a node that is not in the tables here is not understood,
and then the engine itself is asked about every item.
"""

import operator
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from baken.share.requests import Attributes

# Of an item and the circumstances it is asked in.
Asked: TypeAlias = "Callable[[Attributes, Attributes], object]"
Tree: TypeAlias = "Mapping[str, object]"


class NotUnderstood(ValueError):
    """A rule has something in it that is only for the engine."""


def _same(a: object, b: object) -> bool:
    # In Cedar the number one is not true.
    return type(a) is type(b) and a == b


_OF_TWO: dict[str, Callable[..., bool]] = {
    "==": _same,
    "!=": lambda a, b: not _same(a, b),
    "<": operator.lt,
    "<=": operator.le,
    "contains": operator.contains,
    "containsAll": frozenset.issuperset,
    "containsAny": lambda a, b: not a.isdisjoint(b),
}


def understood(tree: object) -> Asked:
    """Return the question that a condition puts to an item.

    Raises: NotUnderstood naming the first node that is in no table here.

    >>> kind = {".": {"left": {"unknown": [{"Value": "resource"}]}, "attr": "kind"}}
    >>> is_finding = understood({"==": {"left": kind, "right": {"Value": "finding"}}})
    >>> is_finding({"kind": "finding"}, {}), is_finding({"kind": "orbit"}, {})
    (True, False)
    """
    if not isinstance(tree, Mapping) or len(tree) != 1:
        raise NotUnderstood(repr(tree))
    ((node, told),) = tree.items()
    if node == "unknown":
        return _unknown(told)
    if node == "Value":
        return _value(told)
    if node == "Set":
        return _set(told)
    return _operation(node, told)


def _operation(node: str, told: Tree) -> Asked:
    if node in _OF_TWO:
        return _of_two(_OF_TWO[node], understood(told["left"]), understood(told["right"]))
    if node in ("&&", "||"):
        return _and_or(node, told)
    if node in (".", "has"):
        return _attribute(node, told)
    if node == "!":
        told_not = understood(told["arg"])
        return lambda item, asked: not told_not(item, asked)
    if node == "isEmpty":
        members = understood(told["arg"])
        return lambda item, asked: members(item, asked) == frozenset()
    if node == "like":
        return _like(told)
    if node == "if-then-else":
        return _if(told)
    raise NotUnderstood(node)


def _unknown(told: object) -> Asked:
    if told == [{"Value": "resource"}]:
        return lambda item, _: item
    if told == [{"Value": "context"}]:
        return lambda _, asked: asked
    raise NotUnderstood(f"unknown {told!r}")


def _value(told: object) -> Asked:
    # A name of an entity is an object, and nothing that can be asked of attributes.
    if not isinstance(told, str | bool | int):
        raise NotUnderstood(f"value {told!r}")
    return lambda _, __: told


def _set(told: object) -> Asked:
    members = [understood(each) for each in told] if isinstance(told, list) else []
    if all(isinstance(each, Mapping) and "Value" in each for each in told):  # type: ignore[attr-defined]
        fixed = frozenset(member({}, {}) for member in members)
        return lambda _, __: fixed
    return lambda item, asked: frozenset(member(item, asked) for member in members)


def _of_two(say: Callable[..., bool], left: Asked, right: Asked) -> Asked:
    return lambda item, asked: say(left(item, asked), right(item, asked))


def _and_or(node: str, told: Tree) -> Asked:
    left, right = told["left"], understood(told["right"])
    # The engine writes down that a scope was met: true and something is something.
    if node == "&&" and left == {"Value": True}:
        return right
    first = understood(left)
    if node == "&&":
        return lambda item, asked: first(item, asked) and right(item, asked)
    return lambda item, asked: first(item, asked) or right(item, asked)


def _attribute(node: str, told: Tree) -> Asked:
    whole, name = understood(told["left"]), told["attr"]
    if node == "has":
        return lambda item, asked: name in whole(item, asked)  # type: ignore[operator]
    return lambda item, asked: whole(item, asked)[name]  # type: ignore[index]


def _like(told: Tree) -> Asked:
    text, pattern = understood(told["left"]), told["pattern"]
    assert isinstance(pattern, list)
    parts = [".*" if part == "Wildcard" else re.escape(part["Literal"]) for part in pattern]
    like = re.compile("".join(parts), re.DOTALL)
    return lambda item, asked: like.fullmatch(str(text(item, asked))) is not None


def _if(told: Tree) -> Asked:
    whether, then, otherwise = (understood(told[part]) for part in ("if", "then", "else"))
    return lambda item, asked: then(item, asked) if whether(item, asked) else otherwise(item, asked)
