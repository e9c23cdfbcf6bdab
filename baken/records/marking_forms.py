"""A label in the forms in which it is kept and sent: fields of an entry, and JSON."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from baken.records.handling import NO_HANDLING, handling_from_tokens
from baken.records.marking import Marking, marking_from_text

Json: TypeAlias = "str | list[str] | dict[str, Json]"
Told: TypeAlias = "str | tuple[str, ...] | tuple[tuple[str, str], ...]"


def marking_fields(marking: Marking, prefix: str = "") -> "tuple[tuple[str, Told], ...]":
    """Return a label as fields of an entry; what is not said is no field.

    >>> marking_fields(Marking(owner="NL"))
    (('marking_owner', 'NL'), ('marking_releasable_to', ()))
    """
    told: list[tuple[str, Told]] = [
        (f"{prefix}marking_owner", marking.owner),
        (f"{prefix}marking_releasable_to", tuple(sorted(marking.releasable_to))),
    ]
    if marking.handling != NO_HANDLING:
        told.append((f"{prefix}marking_handling", marking.handling.tokens))
    if marking.of_fields:
        of_fields = tuple((name, label.text) for name, label in marking.of_fields)
        told.append((f"{prefix}marking_of_fields", of_fields))
    return tuple(told)


def marking_from_fields(fields: Mapping[str, object], prefix: str = "") -> Marking:
    """Read a label from the fields of an entry.

    Raises: KeyError when it is not there; ValueError or TypeError when it is none.
    """
    owner, releasable_to, tokens, of_fields = (
        fields[f"{prefix}marking_owner"],
        fields[f"{prefix}marking_releasable_to"],
        fields.get(f"{prefix}marking_handling", ()),
        fields.get(f"{prefix}marking_of_fields", ()),
    )
    if not isinstance(of_fields, list | tuple):
        raise TypeError("the labels of fields are a list of pairs")
    return Marking(
        owner=_text(owner),
        releasable_to=frozenset(_texts(releasable_to)),
        handling=handling_from_tokens(_texts(tokens)),
        of_fields=_in_order((_text(name), _label(text)) for name, text in of_fields),
    )


def _label(text: object) -> Marking:
    label = marking_from_text(_text(text))
    if label is None:
        raise ValueError(f"no label reads {text!r}")
    return label


def _in_order(labels: Iterable[tuple[str, Marking]]) -> tuple[tuple[str, Marking], ...]:
    return tuple(sorted(labels, key=lambda named: named[0]))


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError(f"a label is made of texts, and {told!r} is none")
    return told


def _texts(told: object) -> list[str]:
    if not isinstance(told, list | tuple):
        raise TypeError("the audiences and demands of a label are lists")
    return [_text(each) for each in told]


def marking_document(marking: Marking) -> "dict[str, Json]":
    """Return a label as JSON; what is not said stands in it as little as in the label.

    >>> marking_document(Marking(owner="NL", releasable_to=frozenset({"DE"})))
    {'owner': 'NL', 'releasable_to': ['DE']}
    """
    told: dict[str, Json] = {"owner": marking.owner, "releasable_to": sorted(marking.releasable_to)}
    if marking.handling != NO_HANDLING:
        told["handling"] = list(marking.handling.tokens)
    if marking.of_fields:
        told["of_fields"] = {name: marking_document(label) for name, label in marking.of_fields}
    return told


def marking_from_document(told: Mapping[str, object]) -> Marking:
    """Read a label from JSON.

    Raises: ValueError, TypeError or KeyError when it is none.
    """
    unknown = set(told) - {"owner", "releasable_to", "handling", "of_fields"}
    of_fields = told.get("of_fields", {})
    if unknown or not isinstance(of_fields, dict):
        raise ValueError("a label has an owner, releasable_to, handling and of_fields, and nothing else")
    return Marking(
        owner=_text(told["owner"]),
        releasable_to=frozenset(_texts(told["releasable_to"])),
        handling=handling_from_tokens(_texts(told.get("handling", []))),
        of_fields=_in_order((_text(name), marking_from_document(one)) for name, one in of_fields.items()),
    )
