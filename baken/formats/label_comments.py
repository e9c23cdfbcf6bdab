"""A label as a comment, for the formats of the trade that have no word for one.

A label is never widened on the way: one that cannot be read means the owner and nobody else, and a reader
that asks for a label gets what both allow.
"""

import re
from collections.abc import Iterable

from baken.records.marking import OWNER_ONLY, Marking, marking_from_text, strictest

MARKING = re.compile(r"MARKING(?: (?P<text>.*))?")


def label_comment(marking: Marking) -> str:
    """Return the comment that says who may see all that stands beside it, every field included.

    >>> label_comment(Marking(owner="NL", releasable_to=frozenset({"DE"})))
    'MARKING NL: DE'
    """
    return f"MARKING {marking.whole.text}"


def marking_of(comments: Iterable[str], asked: Marking) -> Marking:
    """Return who may see a message: what it says itself, and no more than the reader allows.

    >>> marking_of(["MARKING NL: DE, NL"], OWNER_ONLY).text
    'NL: DE, NL'
    >>> marking_of(["MARKING whatever, I suppose"], Marking(owner="NL", releasable_to=frozenset({"NL"}))).text
    'owner only; FROM:NL'
    """
    found = (MARKING.fullmatch(comment) for comment in comments)
    said = {match["text"] or "" for match in found if match}
    if not said:
        return asked
    markings = {marking_from_text(text) or OWNER_ONLY for text in said}
    return strictest(frozenset(markings if asked == OWNER_ONLY else markings | {asked}))


def without_labels(comments: tuple[str, ...]) -> tuple[str, ...]:
    """Return comments without those that are labels.

    >>> without_labels(("by SGP4", "MARKING NL: DE"))
    ('by SGP4',)
    """
    if not any(comment.startswith("MARKING") for comment in comments):
        return comments
    return tuple(comment for comment in comments if not MARKING.fullmatch(comment))


def labelled(comments: tuple[str, ...], marking: Marking) -> tuple[str, ...]:
    """Return comments that say one label, and no other.

    >>> labelled(("by SGP4", "MARKING NL: DE"), Marking(owner="NL"))
    ('by SGP4', 'MARKING NL: owner only')
    """
    return (*without_labels(comments), label_comment(marking))
