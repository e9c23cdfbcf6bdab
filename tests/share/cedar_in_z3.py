"""Rules in Cedar as formulas of z3: so that what is proved is proved of the file that ships, and of no copy.

A text is a number, that of its bytes, so that there are more texts than any file names; a set is an array
of truths.  That a name of an attribute is there and of which kind is learnt from
a question as it is put to the engine.  An attribute that need not be there has a truth beside it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import cedarpy
import z3

from baken.share.requests import Attribute, Question

NONE = z3.EmptySet(z3.IntSort())


def text(of: str) -> z3.ArithRef:
    """Return the number that stands for a text."""
    return z3.IntVal(int.from_bytes(b"\x01" + of.encode()))


def texts(*of: str) -> z3.ArrayRef:
    """Return a set of texts."""
    members = NONE
    for each in of:
        members = z3.SetAdd(members, text(each))
    return members


def meet(a: z3.ArrayRef, b: z3.ArrayRef) -> z3.BoolRef:
    """Say that two sets have a member in common."""
    return z3.SetIntersect(a, b) != NONE


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of which nothing is known: an unknown for each attribute, a truth for each that may lack."""

    of: Mapping[str, Mapping[str, z3.ExprRef]]
    has: Mapping[str, z3.BoolRef] = field(default_factory=dict)

    def __getitem__(self, dotted: str) -> z3.ExprRef:
        whose, name = dotted.split(".")
        return self.of[whose][name]


MAY_LACK = ("created_tai_ns", "review_tai_ns", "expires_tai_ns")


def asked(shape: Question, called: str = "") -> Asked:
    """Return a question of the same shape of which nothing is known."""
    parts = {"principal": shape.principal, "resource": shape.resource, "context": shape.context}
    of = {
        whose: {name: _unknown(f"{called}{whose}.{name}", value) for name, value in attributes.items()}
        for whose, attributes in parts.items()
    }
    return Asked(of=of, has={name: z3.Bool(f"{called}has {name}") for name in MAY_LACK})


def is_the_question(unknown: Asked, question: Question) -> z3.BoolRef:
    """Say that the unknowns are those of one question."""
    said = []
    for whose in ("principal", "resource", "context"):
        attributes = getattr(question, whose)
        for name, symbol in unknown.of[whose].items():
            if name in MAY_LACK:
                said.append(unknown.has[name] == z3.BoolVal(name in attributes))
                said.append(symbol == _known(attributes.get(name, 0)))
            elif name in attributes:
                said.append(symbol == _known(attributes[name]))
    return z3.And(said)


def allows(policy_text: str, action: str, unknown: Asked) -> z3.BoolRef:
    """Say that one file allows what is asked: a rule permits, and none forbids."""
    rules = json.loads(cedarpy.policies_to_json_str(policy_text))["staticPolicies"].values()
    holds = {"permit": [z3.BoolVal(False)], "forbid": [z3.BoolVal(False)]}
    for rule in rules:
        holds[rule["effect"]].append(_holds(rule, action, unknown))
    return z3.And(z3.Or(holds["permit"]), z3.Not(z3.Or(holds["forbid"])))


def _holds(rule: Mapping, action: str, unknown: Asked) -> z3.BoolRef:
    assert rule["principal"] == rule["resource"] == {"op": "All"}, "the scope of a rule is its action alone"
    conditions = [
        _term(each["body"], unknown) if each["kind"] == "when" else z3.Not(_term(each["body"], unknown))
        for each in rule["conditions"]
    ]
    return z3.And(z3.BoolVal(_is_about(rule["action"], action)), *conditions)


def _is_about(scope: Mapping, action: str) -> bool:
    match scope:
        case {"op": "All"}:
            return True
        case {"op": "==", "entity": {"id": name}}:
            return action == f'Action::"{name}"'
        case {"op": "in", "entities": entities}:
            return any(action == f'Action::"{each["id"]}"' for each in entities)
        case {"op": "in", "entity": {"id": name}}:
            return action == f'Action::"{name}"'
    raise ValueError(f"no translation of the scope {scope}")


_OF_TWO: dict[str, Callable] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "&&": z3.And,
    "||": z3.Or,
    "contains": lambda members, one: z3.IsMember(one, members),
    "containsAll": lambda members, some: z3.IsSubset(some, members),
    "containsAny": meet,
}


def _term(tree: Mapping, unknown: Asked) -> z3.ExprRef:
    ((node, told),) = tree.items()
    if node in _OF_TWO:
        return _OF_TWO[node](_term(told["left"], unknown), _term(told["right"], unknown))
    match node, told:
        case "Value", bool():
            return z3.BoolVal(told)
        case "Value", int():
            return z3.IntVal(told)
        case "Value", str():
            return text(told)
        case "Set", _:
            members = NONE
            for each in told:
                members = z3.SetAdd(members, _term(each, unknown))
            return members
        case ".", {"left": {"Var": whose}, "attr": name}:
            return unknown.of[whose][name]
        case "has", {"left": {"Var": whose}, "attr": name}:
            return unknown.has[name] if name in MAY_LACK else z3.BoolVal(name in unknown.of[whose])
        case "is", {"left": {"Var": "resource"}, "entity_type": "Item"}:
            return z3.BoolVal(True)
        case "!", _:
            return z3.Not(_term(told["arg"], unknown))
        case "isEmpty", _:
            return _term(told["arg"], unknown) == NONE
        case "if-then-else", _:
            return z3.If(*(_term(told[part], unknown) for part in ("if", "then", "else")))
    raise ValueError(f"no translation of {node} {told}")


def _unknown(name: str, like: Attribute) -> z3.ExprRef:
    if isinstance(like, frozenset):
        return z3.Array(name, z3.IntSort(), z3.BoolSort())
    return z3.Bool(name) if isinstance(like, bool) else z3.Int(name)


def _known(value: Attribute) -> z3.ExprRef:
    if isinstance(value, frozenset):
        return texts(*value)
    if isinstance(value, str):
        return text(value)
    return z3.BoolVal(value) if isinstance(value, bool) else z3.IntVal(value)
