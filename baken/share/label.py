"""Whether a label may be changed: anybody may ask more, and only its originators may ask less."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from baken.errors import RefusedByPolicy
from baken.records.handling import handling_from_tokens
from baken.records.marking import Marking, strictest


def allows_no_more(narrower: Marking, wider: Marking) -> bool:
    """Say whether whatever one label allows, another allows as well, of the whole and of every field.

    Two labels of which neither allows no more than the other just differ: then each is wider somewhere.

    >>> nl, nl_de = Marking(owner="NL"), Marking(owner="NL", releasable_to=frozenset({"DE"}))
    >>> allows_no_more(nl, nl_de), allows_no_more(nl_de, nl)
    (True, False)
    """
    fields = {name for name, _ in (*narrower.of_fields, *wider.of_fields)}
    pairs = [(narrower.without_fields, wider.without_fields)]
    pairs += [(narrower.of(name), wider.of(name)) for name in fields]
    return all(strictest(frozenset(pair)) == pair[0] for pair in pairs)


def lowered(marking: Marking, to: Marking, by: str, originators_consenting: frozenset[str]) -> Marking:
    """Return the label an item gets, if everybody who has a say in it agrees.

    ``by`` is the state or organisation that changes it: one that keeps the item, and consents by doing it.
    A label that only asks more is always fine.  Whoever has a say keeps it, and the licence of the data is
    nobody's to lift.

    Raises: RefusedByPolicy that names the originators who have not consented, or what cannot be taken away.

    >>> from baken.records.handling import Handling
    >>> of_both = Marking(owner="NL", handling=Handling(originators=frozenset({"DE"})))
    >>> for_fr = Marking(owner="NL", releasable_to=frozenset({"FR"}), handling=of_both.handling)
    >>> lowered(of_both, for_fr, "NL", frozenset({"DE"})).text
    'NL: FR; FROM:DE'
    >>> lowered(of_both, for_fr, "NL", frozenset())
    Traceback (most recent call last):
    baken.errors.RefusedByPolicy: only its originators lower a label, and DE has not consented to ...
    """
    if allows_no_more(to, marking):
        return to
    before, after = marking.whole, to.whole
    for what, lost in (
        ("the originators", before.originators - after.originators),
        ("the licences", before.handling.licences - after.handling.licences),
    ):
        if lost:
            raise RefusedByPolicy(f"a label keeps {what} it has, and {to.text!r} lost {_named(lost)}")
    silent = before.originators - originators_consenting - {by}
    if silent:
        has = "has" if len(silent) == 1 else "have"
        raise RefusedByPolicy(
            f"only its originators lower a label, and {_named(silent)} {has} not consented to {to.text!r}"
        )
    return to


def changed(
    marking: Marking,
    *,
    releasable_to: frozenset[str] | None = None,
    demands: Sequence[str] = (),
    without: frozenset[str] = frozenset(),
    of_fields: Mapping[str, Marking] | None = None,
) -> Marking:
    """Return a label with some of it changed: what is not said stays, so that nothing is lowered by silence.

    ``demands`` replace those of the same word, ``TLP`` or ``CLASS``; ``without`` are words taken away.
    Raises: ValueError for a demand no label has, and for a word that is not there to be taken away.

    >>> nl = Marking(owner="NL", handling=handling_from_tokens(["TLP:RED", "CLASS:NL/STG. GEHEIM"]))
    >>> changed(nl, releasable_to=frozenset({"DE"}), demands=["TLP:AMBER"]).text
    'NL: DE; CLASS:NL/STG. GEHEIM; TLP:AMBER'
    """
    words = {_word(token) for token in marking.handling.tokens}
    lost = without - words
    if lost:
        raise ValueError(f"there is no {_named(lost)} to take away; there is {_named(words) or 'none'}")
    said = {_word(token) for token in demands} | without
    kept = [token for token in marking.handling.tokens if _word(token) not in said]
    labels = {**dict(marking.of_fields), **(of_fields or {})}
    return replace(
        marking,
        releasable_to=marking.releasable_to if releasable_to is None else releasable_to,
        handling=handling_from_tokens([*kept, *demands]),
        of_fields=tuple(sorted(labels.items(), key=lambda named: named[0])),
    )


def _word(token: str) -> str:
    return token.partition(":")[0]


def _named(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
