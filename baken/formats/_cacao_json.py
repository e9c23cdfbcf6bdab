"""JSON as a stranger may send it: strict, bounded, each key once; and in one canonical form of our own."""

import json

from baken.errors import BadMessage, UnreadableInput
from baken.formats._grammar import shown
from baken.records.playbook import canonical_json

MOST_CHARACTERS = 4_000_000
MOST_NESTED = 60
FETCH_ANEW = "ask its maker for a whole one"

Object = dict[str, object]


def parsed(text: str) -> object:
    """Return what a JSON text holds.

    Raises: UnreadableInput when it is too long; BadMessage, with its line, when it is not JSON, says a key
    twice, nests too deep or holds a number or a character that JSON cannot carry.
    """
    if len(text) > MOST_CHARACTERS:
        raise UnreadableInput(
            f"{len(text)} characters are no playbook; the most that is read is {MOST_CHARACTERS}"
        )
    try:
        value = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise BadMessage(
            f"this is not JSON ({error.msg.lower()})", line=error.lineno, next_step=FETCH_ANEW
        ) from None
    except RecursionError:
        raise BadMessage("objects are nested too deep", next_step=FETCH_ANEW) from None
    except ValueError as error:  # an integer of thousands of digits
        raise BadMessage(f"this is not JSON ({error})", next_step=FETCH_ANEW) from None
    _refuse_depth(value)
    try:
        canonical_json(value).encode()
    except UnicodeEncodeError:
        raise BadMessage("half a character (a lone surrogate) stands in it", next_step=FETCH_ANEW) from None
    return value


def printed(value: object) -> str:
    """Return a JSON value as people read it, keys in the order in which they were put."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _once_each(pairs: list[tuple[str, object]]) -> Object:
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        name = next(name for name in names if names.count(name) > 1)
        raise BadMessage(f"{shown(name)} stands in one object twice", next_step="keep one of them")
    return told


def _no_number(text: str) -> object:
    raise BadMessage(f"{text} is no number in JSON", next_step=FETCH_ANEW)


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise BadMessage(f"{text[:20]} is too large a number", next_step=FETCH_ANEW)
    return number


def _refuse_depth(value: object) -> None:
    level = [value]
    for _ in range(MOST_NESTED):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise BadMessage(f"objects are nested more than {MOST_NESTED} deep", next_step=FETCH_ANEW)


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []
