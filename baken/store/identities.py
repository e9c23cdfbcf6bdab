"""Which object a set of names means: the rule by which opinions join objects, without a database.

Names are tried from the strongest to the weakest: catalogue number, COSPAR id, the ids of providers, and
last the ``object_id`` a record came with.  An object that bears the name is meant, unless it is known under
another name of a stronger kind.  Nothing is merged: two objects that turn out to be one stay two until a
person says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from baken.errors import WrongUsage
from baken.operations.ports import Conflict
from baken.records.identity import SHARED_SCHEMES, Identity

NORAD, COSPAR, OBJECT = "norad", "cospar", "object"
Name = tuple[str, str]  # scheme, value


@dataclass(slots=True)
class Register:
    """Who bears which name, and what was learnt since it was read: new objects, names and callings."""

    bearer: dict[Name, str] = field(default_factory=dict)
    borne: dict[tuple[str, str], str] = field(default_factory=dict)  # object_id and scheme to its first value
    calling: dict[str, str | None] = field(default_factory=dict)  # object_id to what people call it
    new_objects: list[str] = field(default_factory=list)
    new_names: dict[Name, str] = field(default_factory=dict)
    renamed: set[str] = field(default_factory=set)
    conflicts: dict[Conflict, None] = field(default_factory=dict)

    def read(self, callings: Iterable[tuple[str, str | None]], names: Iterable[tuple[str, str, str]]) -> None:
        """Take in what is known: ids with callings, and names as scheme, value and object id."""
        self.calling.update(callings)
        for scheme, value, object_id in names:
            self.bearer[scheme, value] = object_id
            self.borne.setdefault((object_id, scheme), value)

    def object_meant(self, identity: Identity) -> str:
        """Return the id of the object these names mean, and learn the names that are new."""
        names = names_of(identity)
        object_id = self._known_bearer(identity, names) or self._enrol(identity)
        for name in names:
            if self.bearer.get(name) != object_id:
                self._learn(object_id, name)
        if identity.name and self.calling[object_id] != identity.name:
            self.calling[object_id] = identity.name
            self.renamed.add(object_id)
        return object_id

    def _known_bearer(self, identity: Identity, names: tuple[Name, ...]) -> str | None:
        for rank, name in enumerate(names):
            object_id = self.bearer.get(name)
            if object_id is not None and self._allow(object_id, names[:rank]):
                return object_id
        known = identity.object_id in self.calling and self._allow(identity.object_id, names)
        return identity.object_id if known else None

    def _allow(self, object_id: str, stronger: tuple[Name, ...]) -> bool:
        # Had it borne one of these very names, it would have been found by it.
        return not any((object_id, scheme) in self.borne for scheme, _ in stronger)

    def _enrol(self, identity: Identity) -> str:
        object_id = identity.object_id
        if object_id in self.calling:
            raise WrongUsage(
                f"{object_id} is another object already; give {names_of(identity)} an id of its own"
            )
        self.calling[object_id] = None
        self.new_objects.append(object_id)
        return object_id

    def _learn(self, object_id: str, name: Name) -> None:
        scheme, value = name
        bearer, so_far = self.bearer.get(name), self.borne.get((object_id, scheme))
        if bearer is None:
            self.bearer[name] = self.new_names[name] = object_id
            self.borne.setdefault((object_id, scheme), value)
        known_as = bearer or so_far
        if known_as is not None:
            self.conflicts[Conflict(object_id=object_id, scheme=scheme, value=value, known_as=known_as)] = (
                None
            )

    def first_names(self, scheme: str) -> dict[str, str]:
        """Return the objects that got their first name in a scheme, with that name."""
        return {
            object_id: value
            for (its_scheme, value), object_id in self.new_names.items()
            if its_scheme == scheme and self.borne[object_id, scheme] == value
        }


def names_of(identity: Identity) -> tuple[Name, ...]:
    """Return the names an identity claims, strongest first.

    >>> names_of(Identity(object_id="OBJ-A", norad_cat_id=25544, cospar_id="1998-067A"))
    (('norad', '25544'), ('cospar', '1998-067A'))
    """
    names: list[Name] = []
    if identity.norad_cat_id is not None:
        names.append((NORAD, str(identity.norad_cat_id)))
    if identity.cospar_id:
        names.append((COSPAR, identity.cospar_id))
    names.extend((one.scheme, one.value) for one in identity.others if one.scheme not in SHARED_SCHEMES)
    return tuple(names)
