"""Who may see a record, and whether it speaks of the world or of a game."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Realm(StrEnum):
    """Which world a record speaks of.  The four never mix."""

    REAL = "REAL"
    EXERCISE = "EXERCISE"
    SIMULATED = "SIMULATED"
    TEST = "TEST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A label that travels with its record.

    An empty label is the most restrictive one: its owner, and nobody else.  ``releasable_to`` names
    audiences; what a name means is for policy, later and elsewhere, never for the record.

    >>> Marking().is_most_restrictive
    True
    >>> Marking(owner="NL", releasable_to=frozenset({"NL", "DE"})).text
    'NL: DE, NL'
    """

    owner: str = ""
    releasable_to: frozenset[str] = frozenset()

    @property
    def is_most_restrictive(self) -> bool:
        return not self.releasable_to

    @property
    def text(self) -> str:
        """The label as it stands in a table."""
        audience = ", ".join(sorted(self.releasable_to)) or "owner only"
        return f"{self.owner}: {audience}" if self.owner else audience


OWNER_ONLY = Marking()
OWNER_ONLY_TEXT = OWNER_ONLY.text
NAME = re.compile(r"[^,:\s](?:[^,:]*[^,:\s])?")


def marking_from_text(text: str) -> Marking | None:
    """Return the label that reads so, or None when no label does.

    >>> marking_from_text("NL: DE, NL") == Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    True
    >>> marking_from_text("NL: owner only"), marking_from_text("a: b: c")
    (Marking(owner='NL', releasable_to=frozenset()), None)
    """
    owner, colon, audience = text.rpartition(": ")
    names = [] if audience == OWNER_ONLY_TEXT else audience.split(", ")
    if not all(map(NAME.fullmatch, names)) or (colon and not NAME.fullmatch(owner)):
        return None
    return Marking(owner=owner, releasable_to=frozenset(names))


def strictest(markings: "frozenset[Marking]") -> Marking:
    """Return the label of something made from many: what all of them allow, and no more.

    >>> open_a = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    >>> open_b = Marking(owner="NL", releasable_to=frozenset({"DE", "FR"}))
    >>> strictest(frozenset({open_a, open_b})).text
    'NL: DE'
    """
    if not markings:
        return OWNER_ONLY
    owners = {marking.owner for marking in markings}
    return Marking(
        # Two owners have to agree; until somebody asks them, the work of both belongs to neither.
        owner=owners.pop() if len(owners) == 1 else "",
        releasable_to=frozenset.intersection(*(marking.releasable_to for marking in markings)),
    )
