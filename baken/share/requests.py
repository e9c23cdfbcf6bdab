"""What the engine of the rules is asked: somebody and something as attributes, the shape of the schema.

Cedar has no quantifiers, so what takes one is worked out here: which clearances cover what is handed in,
and of which sets of permissive categories somebody holds one.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from baken.records.reader import Item, Reader, ReleaseCircumstances

Attribute: TypeAlias = "str | bool | int | frozenset[str]"
Attributes: TypeAlias = "Mapping[str, Attribute]"

READ, RELEASE = 'Action::"read"', 'Action::"release"'
# Names of people and things are attributes: a rule speaks of what somebody is, and no name is ever syntax.
WHO, WHAT = 'Reader::"who"', 'Item::"what"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """May this one do this with that, in these circumstances?"""

    action: str
    principal: Attributes
    resource: Attributes
    context: Attributes

    @property
    def request(self) -> dict[str, object]:
        """The question as the engine takes it."""
        context = {name: _json(value) for name, value in self.context.items()}
        return {"principal": WHO, "action": self.action, "resource": WHAT, "context": context}

    @property
    def entities(self) -> str:
        """Who and what it is about, as the engine takes them."""
        return entities_text([("Reader", "who", self.principal), ("Item", "what", self.resource)])


def may_he_read(reader: Reader, item: Item, *, at_tai_ns: int, may_handle: frozenset[str]) -> Question:
    """Put the question whether somebody may read an item, with everything that is in it."""
    return Question(
        action=READ,
        principal=reader_attributes(reader, may_handle),
        resource=item_attributes(item),
        context=circumstances(reader, item, at_tai_ns),
    )


def may_it_go(
    recipient: Reader,
    item: Item,
    release: ReleaseCircumstances,
    *,
    at_tai_ns: int,
    may_handle: frozenset[str],
) -> Question:
    """Put the question whether an item may go to somebody, released so."""
    return Question(
        action=RELEASE,
        principal=reader_attributes(recipient, may_handle),
        resource=item_attributes(item),
        context={**circumstances(recipient, item, at_tai_ns), **_of_release(recipient, item, release)},
    )


def reader_attributes(reader: Reader, may_handle: frozenset[str]) -> Attributes:
    """Return what rules may ask about somebody."""
    return {
        "name": reader.name,
        "acts_for": reader.acts_for,
        "audiences": reader.audiences | {reader.acts_for},
        "nationalities": reader.nationalities,
        "may_handle": may_handle,
        "needs": reader.needs,
        "categories": reader.categories,
        "cases": reader.cases,
        "roles": frozenset(map(str, reader.roles)),
        "realms": frozenset(map(str, reader.realms)),
        "purpose": reader.purpose.strip(),
    }


def item_attributes(item: Item) -> Attributes:
    """Return what rules may ask about an item: of its label and those of all its fields together."""
    marking = item.marking.whole
    owner = replace(item, marking=marking).owner
    handling = marking.handling
    dates = {"created_tai_ns": handling.created_tai_ns, "review_tai_ns": handling.review_tai_ns}
    return {
        "kind": item.kind,
        "realm": str(item.realm),
        "case": item.case,
        "held_by": item.held_by,
        "owner": owner,
        "originators": marking.originators | ({owner} if owner else frozenset()),
        "releasable_to": marking.releasable_to,
        "classifications": handling.classifications,
        "needs": handling.needs,
        "restrictive": handling.restrictive,
        "permissive": frozenset(map(_any_of, handling.permissive)),
        "case_only": handling.case_only,
        "tlp": str(handling.tlp or ""),
        "pap": str(handling.pap or ""),
        "onward": str(handling.onward),
        "licences": handling.licences,
        **{name: date for name, date in dates.items() if date is not None},
    }


def circumstances(reader: Reader, item: Item, at_tai_ns: int) -> Attributes:
    """Return when it is asked, and of which permissive sets somebody holds one.

    >>> from baken.records.handling import Handling
    >>> from baken.records.marking import Marking, Realm
    >>> one_of = Handling(permissive=frozenset({frozenset({"cyber", "space"}), frozenset({"air"})}))
    >>> item = Item(marking=Marking(handling=one_of), realm=Realm.REAL, held_by="NL")
    >>> reader = Reader(name="j", acts_for="NL", categories=frozenset({"space"}))
    >>> circumstances(reader, item, 0)["meets"]
    frozenset({'cyber|space'})
    """
    permissive = item.marking.whole.handling.permissive
    meets = frozenset(_any_of(each) for each in permissive if each & reader.categories)
    return {"at_tai_ns": at_tai_ns, "meets": meets}


def entities_text(entities: Iterable[tuple[str, str, Attributes]]) -> str:
    """Return entities, each with its type, name and attributes, as the engine reads them."""
    told = [
        {"uid": {"type": kind, "id": name}, "attrs": attributes, "parents": []}
        for kind, name, attributes in entities
    ]
    return json.dumps(told, default=_json)


def _of_release(recipient: Reader, item: Item, release: ReleaseCircumstances) -> Attributes:
    expiry = {} if release.expires_tai_ns is None else {"expires_tai_ns": release.expires_tai_ns}
    return {
        "releaser": release.releaser.strip(),
        "reason": release.reason.strip(),
        "purpose": release.purpose.strip(),
        # Who keeps it releases it, and who gets it takes it: neither has to be asked.
        "agreed": release.consents | {item.held_by, recipient.acts_for},
        "onward": str(release.onward),
        "approvals": len({name.strip().casefold() for name in release.approvals} - {""}),
        "reduced": release.reduced,
        "agreements": release.agreements,
        "gives_back": release.gives_back,
        "licences": release.licences,
        **expiry,
    }


def _any_of(categories: frozenset[str]) -> str:
    # No name in a label has a | in it, so different sets give different texts.
    return "|".join(sorted(categories))


def _json(value: Attribute) -> object:
    return sorted(value) if isinstance(value, frozenset) else value
