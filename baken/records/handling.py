"""What a label asks of whoever holds an item, beyond whom it may reach.

Of the shape of NATO's confidentiality label (STANAG 4774): classification under a policy, categories that
are all demanded or of which one suffices, originators, dates; with it TLP 2.0, PAP, and the licence and
onward rights of the data.  What is not said counts as the strictest.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import TypeVar

from baken.astro.time import tai_ns_from_utc, utc_text

# A name in a label: words with single spaces, and no sign that the text of a label uses itself.
NAME = re.compile(r"[^,:;|\s]+(?: [^,:;|\s]+)*")
BETWEEN = "; "
Step = TypeVar("Step", bound=StrEnum)


class Tlp(StrEnum):
    """How far an item may travel (FIRST, Traffic Light Protocol 2.0), from widest to narrowest."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


class Pap(StrEnum):
    """What may be done with an item where others can see it (Permissible Actions Protocol)."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"


class Onward(StrEnum):
    """To whom a receiver may hand an item on, from widest to narrowest; nobody unless it is said."""

    ANYONE = "anyone"
    AUDIENCE = "audience"
    NOBODY = "nobody"


def refuse_odd_names(names: Iterable[str]) -> None:
    """Refuse names that the text of a label could not hold, or that would steer whatever shows it.

    Raises: ValueError for the first one.

    >>> refuse_odd_names(["NL", "DEP. VERTROUWELIJK"])
    >>> refuse_odd_names(["NL: DE"])
    Traceback (most recent call last):
    ValueError: a name in a label has none of , : ; | and single spaces only; not 'NL: DE'
    """
    for name in names:
        if not (NAME.fullmatch(name) and name.isprintable()):
            raise ValueError(f"a name in a label has none of , : ; | and single spaces only; not {name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """The demands of a label.

    ``classifications`` are written ``POLICY/LEVEL``; a reader is cleared for every one.  ``needs`` are topics
    he has a need to know.  ``restrictive`` are categories he holds all of, ``permissive`` sets of categories
    of each of which he holds one.  ``case_only`` keeps an item to those who work on its case.
    ``originators`` have a say in it beside its owner.  ``licences`` are those of the data it was made from.

    >>> Handling(tlp=Tlp.AMBER, needs=frozenset({"counterspace"})).tokens
    ('TLP:AMBER', 'NEED:counterspace')
    """

    classifications: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    restrictive: frozenset[str] = frozenset()
    permissive: frozenset[frozenset[str]] = frozenset()
    case_only: bool = False
    tlp: Tlp | None = None
    pap: Pap | None = None
    onward: Onward = Onward.NOBODY
    licences: frozenset[str] = frozenset()
    originators: frozenset[str] = frozenset()
    created_tai_ns: int | None = None
    review_tai_ns: int | None = None

    def __post_init__(self) -> None:
        refuse_odd_names(self._names())
        for at_tai_ns in (self.created_tai_ns, self.review_tai_ns):
            if at_tai_ns is not None and tai_ns_from_utc(utc_text(at_tai_ns, 9)) != at_tai_ns:
                raise ValueError(f"a label is dated with an instant that reads back; not {at_tai_ns}")

    def _names(self) -> Iterator[str]:
        for each in (self.classifications, self.needs, self.restrictive, self.licences, self.originators):
            yield from each
        for any_of in self.permissive:
            yield from any_of

    @property
    def tokens(self) -> tuple[str, ...]:
        """What is demanded, one token each, in one order: equal demands give equal tokens."""
        return tuple(_tokens(self))


NO_HANDLING = Handling()


def _tokens(handling: Handling) -> Iterator[str]:
    yield from (f"CLASS:{each}" for each in sorted(handling.classifications))
    yield from (f"TLP:{handling.tlp}",) if handling.tlp else ()
    yield from (f"PAP:{handling.pap}",) if handling.pap else ()
    yield from (f"NEED:{each}" for each in sorted(handling.needs))
    yield from (f"ALL:{each}" for each in sorted(handling.restrictive))
    yield from (f"ANY:{'|'.join(sorted(each))}" for each in sorted(handling.permissive, key=sorted))
    yield from ("CASE-ONLY",) if handling.case_only else ()
    yield from (f"ONWARD:{handling.onward}",) if handling.onward is not Onward.NOBODY else ()
    yield from (f"LICENCE:{each}" for each in sorted(handling.licences))
    yield from (f"FROM:{each}" for each in sorted(handling.originators))
    # An instant has colons of its own; the first colon ends the word before it.
    yield from (
        (f"CREATED:{utc_text(handling.created_tai_ns, 9)}",) if handling.created_tai_ns is not None else ()
    )
    yield from (
        (f"REVIEW:{utc_text(handling.review_tai_ns, 9)}",) if handling.review_tai_ns is not None else ()
    )


_MANY: dict[str, str] = {
    "CLASS": "classifications",
    "NEED": "needs",
    "ALL": "restrictive",
    "LICENCE": "licences",
    "FROM": "originators",
}
_ONE: dict[str, tuple[str, Callable[[str], object]]] = {
    "TLP": ("tlp", Tlp),
    "PAP": ("pap", Pap),
    "ONWARD": ("onward", Onward),
    "CREATED": ("created_tai_ns", tai_ns_from_utc),
    "REVIEW": ("review_tai_ns", tai_ns_from_utc),
}


def handling_from_tokens(tokens: Iterable[str]) -> Handling:
    """Read demands from their tokens.

    Raises: ValueError for a token no label has, since a demand nobody understands is not left out, and for
    one that is said twice, since nobody knows which holds.

    >>> handling_from_tokens(["CLASS:NL/DEP. VERTROUWELIJK", "ANY:space|cyber"]).permissive
    frozenset({frozenset({...})})
    """
    many: dict[str, set[str]] = {name: set() for name in _MANY.values()}
    permissive: set[frozenset[str]] = set()
    rest: dict[str, object] = {}
    for token in tokens:
        word, _, said = token.partition(":")
        if word in _MANY:
            many[_MANY[word]].add(said)
        elif word in _ONE:
            name, read = _ONE[word]
            if name in rest:
                raise ValueError(f"a label has one {word}, and this one says {said!r} as well")
            rest[name] = read(said)
        elif word == "ANY":
            # Of nothing nobody holds one: such a demand is met by nobody.
            permissive.add(frozenset(said.split("|") if said else ()))
        elif token == "CASE-ONLY":
            rest["case_only"] = True
        else:
            raise ValueError(f"no label has a demand like {token!r}")
    return Handling(
        **{**rest, **{name: frozenset(names) for name, names in many.items()}},  # type: ignore[arg-type]
        permissive=frozenset(permissive),
    )


def strictest_handling(handlings: Collection[Handling]) -> Handling:
    """Return what all of some demands ask together: their join, never below any of them.

    Assumes there is at least one.

    >>> a, b = Handling(tlp=Tlp.GREEN), Handling(tlp=Tlp.AMBER, licences=frozenset({"space-track"}))
    >>> strictest_handling([a, b]).tokens
    ('TLP:AMBER', 'LICENCE:space-track')
    """
    return reduce(_join, dict.fromkeys(handlings))


def _join(a: Handling, b: Handling) -> Handling:
    return Handling(
        classifications=a.classifications | b.classifications,
        needs=a.needs | b.needs,
        restrictive=a.restrictive | b.restrictive,
        permissive=a.permissive | b.permissive,
        case_only=a.case_only or b.case_only,
        tlp=_narrowest(list(Tlp), a.tlp, b.tlp),
        pap=_narrowest(list(Pap), a.pap, b.pap),
        onward=max(a.onward, b.onward, key=list(Onward).index),
        licences=a.licences | b.licences,
        originators=a.originators | b.originators,
        created_tai_ns=_of_those_there(max, a.created_tai_ns, b.created_tai_ns),
        review_tai_ns=_of_those_there(min, a.review_tai_ns, b.review_tai_ns),
    )


def _narrowest(order: list[Step], a: Step | None, b: Step | None) -> Step | None:
    # Not said is stricter than the strictest that can be said.
    return None if a is None or b is None else max(a, b, key=order.index)


def _of_those_there(pick: Callable[[list[int]], int], a: int | None, b: int | None) -> int | None:
    there = [each for each in (a, b) if each is not None]
    return pick(there) if there else None
