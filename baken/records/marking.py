"""Who may see a record, and whether it speaks of the world or of a game."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from baken.records.handling import (
    BETWEEN,
    NO_HANDLING,
    Handling,
    handling_from_tokens,
    refuse_odd_names,
    strictest_handling,
)

# What stands in the text of a label where its audiences would.
OWNER_ONLY_TEXT = "owner only"


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
    audiences; what a name means is for policy, later and elsewhere, never for the record.  ``handling`` is
    what else is asked of who holds it.  ``of_fields`` are narrower labels of single fields, in order of name:
    of such a field both labels hold.

    >>> Marking().is_most_restrictive
    True
    >>> Marking(owner="NL", releasable_to=frozenset({"NL", "DE"})).text
    'NL: DE, NL'
    """

    owner: str = ""
    releasable_to: frozenset[str] = frozenset()
    handling: Handling = NO_HANDLING
    of_fields: "tuple[tuple[str, Marking], ...]" = ()

    def __post_init__(self) -> None:
        named = self.releasable_to | ({self.owner} if self.owner else frozenset())
        refuse_odd_names(named)
        if OWNER_ONLY_TEXT in named:
            raise ValueError(f"nobody is called {OWNER_ONLY_TEXT!r}; a label without an audience reads so")
        names = [name for name, _ in self.of_fields]
        if names != sorted(set(names)) or any(label.of_fields for _, label in self.of_fields):
            raise ValueError("labels of fields stand once each, in order of name, and have no fields in them")

    @property
    def is_most_restrictive(self) -> bool:
        return not self.releasable_to

    @property
    def originators(self) -> frozenset[str]:
        """Whoever has a say in it: who it comes from, and its owner."""
        return self.handling.originators | ({self.owner} if self.owner else frozenset())

    @property
    def without_fields(self) -> "Marking":
        """The label of the record itself: that it exists, and what has no label of its own."""
        return replace(self, of_fields=()) if self.of_fields else self

    @property
    def whole(self) -> "Marking":
        """The label of the record with everything in it: the join with those of its fields."""
        if not self.of_fields:
            return self
        return _join([self.without_fields, *(label for _, label in self.of_fields)])

    def of(self, field: str) -> "Marking":
        """Return the label that holds for one field.

        >>> sensor = Marking(owner="NL")
        >>> open_one = Marking(owner="NL", releasable_to=frozenset({"DE"}), of_fields=(("sensor", sensor),))
        >>> open_one.of("sensor").text, open_one.of("title").text
        ('NL: owner only', 'NL: DE')
        """
        narrower = dict(self.of_fields).get(field)
        return self.without_fields if narrower is None else _join([self.without_fields, narrower])

    @property
    def text(self) -> str:
        """The label as it stands in a table; which fields have a narrower one comes last."""
        audience = ", ".join(sorted(self.releasable_to)) or OWNER_ONLY_TEXT
        first = f"{self.owner}: {audience}" if self.owner else audience
        narrower = f"narrower for {', '.join(name for name, _ in self.of_fields)}"
        return BETWEEN.join([first, *self.handling.tokens, *([narrower] if self.of_fields else [])])


OWNER_ONLY = Marking()


def marking_from_text(text: str) -> Marking | None:
    """Return the label that reads so, or None when no label does.

    A label with labels of fields does not read back from its text; whoever passes everything on writes
    ``whole``.

    >>> marking_from_text("NL: DE, NL") == Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    True
    >>> marking_from_text("NL: owner only"), marking_from_text("a: b: c")
    (Marking(owner='NL', ...), None)
    >>> marking_from_text("NL: DE; TLP:GREEN").handling.tokens
    ('TLP:GREEN',)
    """
    first, *tokens = text.split(BETWEEN)
    owner, colon, audience = first.rpartition(": ")
    names = [] if audience == OWNER_ONLY_TEXT else audience.split(", ")
    if colon and not owner:
        return None
    try:
        return Marking(owner=owner, releasable_to=frozenset(names), handling=handling_from_tokens(tokens))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def strictest(markings: "frozenset[Marking]") -> Marking:
    """Return the label of something made from many: what all of them allow, and no more.

    Labels of fields count for the whole: what is made from a record is made from all of it.

    >>> open_a = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    >>> open_b = Marking(owner="NL", releasable_to=frozenset({"DE", "FR"}))
    >>> strictest(frozenset({open_a, open_b})).text
    'NL: DE'
    """
    return _join([marking.whole for marking in markings]) if markings else OWNER_ONLY


def _join(markings: list[Marking]) -> Marking:
    owners = {marking.owner for marking in markings}
    handling = strictest_handling([marking.handling for marking in markings])
    if len(owners) > 1:
        # Two owners have to agree; until somebody asks them, the work of both belongs to neither.
        handling = replace(handling, originators=handling.originators | (owners - {""}))
    return Marking(
        owner=owners.pop() if len(owners) == 1 else "",
        releasable_to=frozenset.intersection(*(marking.releasable_to for marking in markings)),
        handling=handling,
    )
