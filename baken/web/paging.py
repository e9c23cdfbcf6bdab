"""Long lists page by page: a cursor says where the next page begins, and means nothing to anybody else."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from baken.errors import WrongUsage

Item = TypeVar("Item")
LARGEST_PAGE = 200


def page_of(items: Sequence[Item], cursor: str | None, limit: int) -> tuple[Sequence[Item], str | None]:
    """Return one page of a list and the cursor of the next, None after the last.

    Raises: WrongUsage for a cursor that no page gave.

    >>> page_of("abcde", None, 2)
    ('ab', 'Mg')
    >>> page_of("abcde", "NA", 2)
    ('e', None)
    """
    first = 0 if cursor is None else _place(cursor)
    after = first + limit
    return items[first:after], _cursor(after) if after < len(items) else None


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def _place(cursor: str) -> int:
    try:
        place = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        place = -1
    if place < 0 or _cursor(place) != cursor:
        raise WrongUsage(f"cursor: no page gave {cursor[:40]!r}; begin without one")
    return place
