"""The world, the label and the radius of a conjunction message, for which a CDM has no keyword.

Baken writes them as comments and reads them back.
"""

import re
from collections.abc import Iterable, Iterator

from baken.errors import BadMessage
from baken.formats._grammar import number, shown, text_from_si
from baken.formats.label_comments import label_comment, marking_of
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject
from baken.records.marking import OWNER_ONLY, Realm

REALM = re.compile(r"(?:REALM (?P<realm>\S+): NOT OF THE REAL WORLD|USER_DEFINED_BAKEN_REALM = (?P<said>.*))")
# CARA and operators write a comment too.
HARD_BODY_RADIUS = re.compile(
    r"\s*(?:(?:Operator|Effective)[ _])?(?:HBR|Hard[ _-]Body[ _-]Radius)\s*[=:]\s*(?P<radius>[0-9.eE+-]+)"
    r"\s*(?:\[?m\]?)?\s*",
    re.IGNORECASE,
)


def realm_of(comments: Iterable[str], asked: Realm) -> Realm:
    """Return the world a message speaks of: what it says itself, else what the reader was told.

    Raises: BadMessage when it names a world there is not, several, or another than the one asked for.
    """
    found = (REALM.fullmatch(comment) for comment in comments)
    said = {match["realm"] or match["said"] for match in found if match}
    if not said:
        return asked
    if len(said) > 1 or not said <= set(Realm):
        raise BadMessage(f"the realm {shown(', '.join(sorted(said)))} is none of {', '.join(Realm)}")
    realm = Realm(said.pop())
    if asked not in (Realm.REAL, realm):
        raise BadMessage(f"the message says it is of the realm {realm}, not {asked}")
    return realm


def hard_body_radius_m(comments: Iterable[str]) -> float | None:
    """Return the combined hard-body radius that a sender put into a comment, or None.

    >>> hard_body_radius_m(["HBR                        = 15.0"])
    15.0
    """
    for comment in comments:
        match = HARD_BODY_RADIUS.fullmatch(comment)
        if match:
            try:
                return number(match["radius"])
            except ValueError:
                continue
    return None


def combined_radius_m(
    comments: Iterable[str], first: ConjunctionObject, second: ConjunctionObject
) -> float | None:
    """Return the combined hard-body radius: from a comment, else the sum of what version 2 says of each."""
    said_m = hard_body_radius_m(comments)
    own = [dict(one.other_fields).get("HBR") for one in (first, second)]
    if said_m is not None or own[0] is None or own[1] is None:
        return said_m
    return number(own[0]) + number(own[1])


def labels_to_add(conjunction: ConjunctionMessage) -> Iterator[str]:
    """Yield the comments that say what a message would lose otherwise; none when it has them."""
    first, second = conjunction.first, conjunction.second
    groups = (*conjunction.comments, *first.comments, *second.comments)
    comments = [comment for _, remarks in groups for comment in remarks]
    if realm_of(comments, Realm.REAL) is not conjunction.realm:
        yield f"REALM {conjunction.realm}: NOT OF THE REAL WORLD"
    if marking_of(comments, OWNER_ONLY) != conjunction.marking.whole:
        yield label_comment(conjunction.marking)
    radius_m = conjunction.hard_body_radius_m
    if radius_m is not None and radius_m != combined_radius_m(comments, first, second):
        yield f"HBR = {text_from_si(radius_m)} [m]"
