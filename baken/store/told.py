"""Short rows of words as they stand in one column, and back."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def told_text(words: Sequence[object]) -> str:
    """Return words, or pairs of words, as text.

    >>> told_text([("scheme", "value")])
    '[["scheme","value"]]'
    """
    # Most records have nothing more to say, and a catalogue asks this a hundred thousand times.
    return json_text(words) if words else "[]"


@lru_cache(maxsize=1024)
def told(text: str) -> tuple[Any, ...]:
    """Return the words that stand in a column, pairs as tuples.

    >>> told('[["scheme","value"]]')
    (('scheme', 'value'),)
    """
    return tuple(tuple(item) if isinstance(item, list) else item for item in json.loads(text))
