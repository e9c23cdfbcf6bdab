"""A conjunction message as text, and back: every field that was said, and no field that was not.

What was left at its default is not written, so that a noun that learns a new word later tells the messages
kept before as it did then, under the same digest.
"""

import dataclasses
import json
import math
import types
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from baken.records.conjunction_message import ConjunctionMessage
from baken.records.lineage import NO_LINEAGE, Lineage, digest_of_bytes

_json_text = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
).encode
OPTIONAL = (Union, types.UnionType)


def message_text(message: ConjunctionMessage) -> str:
    """Return all that a message says, but for its lineage, which is kept beside it."""
    return _json_text(_plain(dataclasses.replace(message, lineage=NO_LINEAGE)))


def message_digest(message: ConjunctionMessage) -> str:
    """Return the digest of what a message says, whatever file it came in and whenever."""
    return digest_of_bytes(message_text(message).encode())


def message_from_text(text: str, lineage: Lineage) -> ConjunctionMessage:
    """Return the message a text tells."""
    told = _built(ConjunctionMessage, json.loads(text))
    assert isinstance(told, ConjunctionMessage)
    return dataclasses.replace(told, lineage=lineage)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value):
        said = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {field.name: _plain(one) for field, one in said if not _is_default(field, one)}
    if isinstance(value, np.ndarray):
        return _plain(tuple(value.tolist()))
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return None if isinstance(value, float) and math.isnan(value) else value


def _is_default(field: "dataclasses.Field[object]", value: object) -> bool:
    if isinstance(value, np.ndarray) or field.default is dataclasses.MISSING:
        return False
    return value == field.default


def _built(kind: Any, told: Any) -> object:
    """Return what was told as what it was: the record's own annotations say which."""
    if get_origin(kind) in OPTIONAL:
        (kind,) = (one for one in get_args(kind) if one is not type(None))
        return None if told is None else _built(kind, told)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _built(hints[name], one) for name, one in told.items()})
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds = [inner[0]] * len(told) if inner[-1] is Ellipsis else inner
        return tuple(_built(one, part) for one, part in zip(kinds, told, strict=True))
    if get_origin(kind) is np.ndarray:
        return np.array(told, dtype=float)
    if get_origin(kind) is frozenset or (isinstance(kind, type) and issubclass(kind, Enum)):
        return (get_origin(kind) or kind)(told)
    if kind is float:
        # What was missing from a vector is the only thing told as nothing here.
        return math.nan if told is None else float(told)
    return told


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
