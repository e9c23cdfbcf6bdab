"""What reading as somebody asks of the world outside: a decision, and a store that looks at labels itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from baken.operations.ports import KeptFinding, Store
from baken.records.event import EventId, EventKind
from baken.records.identity import Identity
from baken.records.marking import Marking, Realm
from baken.records.reader import Item


class Admits(Protocol):
    """Somebody who reads, and the policies of his node: may he see this?  What is not clear he may not."""

    def admits(self, item: Item) -> bool:
        """Say whether whoever reads may see an item, and so know that it exists."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """Labels, by what bears them."""

    element_sets: frozenset[Marking] = frozenset()
    ephemerides: frozenset[Marking] = frozenset()
    messages: frozenset[Marking] = frozenset()


class LabelledStore(Store, Protocol):
    """A store that can leave out what stands under other labels before it chooses what is newest."""

    def labels(self, realm: Realm) -> Under:
        """Return the labels that anything in a realm bears."""
        ...

    def only_under(self, labels: Under) -> "LabelledStore":
        """Return the same store with no other element sets, ephemerides and messages than under these labels.

        Objects, events, outcomes and screenings are all of them still there.
        """
        ...

    def names_said(self, realm: Realm) -> Mapping[str, Identity]:
        """Return each object that anything here speaks of, under the names it was given last."""
        ...

    def histories(
        self, realm: Realm, *, kind: EventKind | None = None
    ) -> Mapping[EventId, tuple[KeptFinding, ...]]:
        """Return every finding of every event, oldest first, in the order in which events were numbered."""
        ...
