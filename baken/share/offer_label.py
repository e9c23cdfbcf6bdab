"""The label of what is released: widened by a person's act for one recipient, and for nobody else."""

from collections.abc import Collection
from dataclasses import replace

from baken.records.handling import Onward
from baken.records.marking import Marking, strictest


def widened(marking: Marking, recipient: str, *, held_by: str, consents: frozenset[str]) -> Marking:
    """Return the label an item would have if it were released to one more, for policy to judge.

    Whoever holds it may widen what is his own.  Of what others have a say in, he may not, until each of them
    agreed: the label stays as it is.  Narrower labels of fields are never widened.

    >>> ours, theirs = Marking(owner="NL"), Marking(owner="US")
    >>> widened(ours, "DE", held_by="NL", consents=frozenset()).text
    'NL: DE'
    >>> widened(theirs, "DE", held_by="NL", consents=frozenset()).text
    'US: owner only'
    >>> widened(theirs, "DE", held_by="NL", consents=frozenset({"US"})).text
    'US: DE'
    """
    if missing_consents(marking, held_by=held_by, consents=consents):
        return marking
    return replace(marking, releasable_to=marking.releasable_to | {recipient})


def missing_consents(marking: Marking, *, held_by: str, consents: frozenset[str]) -> frozenset[str]:
    """Return who has a say in an item and did not agree that it goes."""
    return marking.whole.originators - consents - {held_by}


def label_for(
    going: Collection[tuple[Marking, Collection[str]]], recipient: str, *, held_by: str, onward: Onward
) -> Marking:
    """Return the label of what goes: the recipient alone, with all that was asked of those who held it here.

    ``going`` are the labels of what it is made from, each with the fields that go: what is asked is never
    less than the labels of all of them ask.
    """
    joined = strictest(frozenset(_of_names(marking, names) for marking, names in going))
    handling = replace(
        joined.handling,
        onward=onward,
        originators=joined.originators - {held_by},
        # When we made it, and when we look at its label again, is ours.
        created_tai_ns=None,
        review_tai_ns=None,
    )
    return Marking(owner=held_by, releasable_to=frozenset({recipient}), handling=handling)


def _of_names(marking: Marking, names: Collection[str]) -> Marking:
    return replace(marking, of_fields=tuple(one for one in marking.of_fields if one[0] in names))
