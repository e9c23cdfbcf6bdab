"""Which labels a reader is good for: every decision is asked of policy once, and remembered."""

from dataclasses import dataclass, field, replace

from baken.operations.label_ports import Admits
from baken.records.marking import Marking, Realm
from baken.records.reader import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The labels one reader may see at one moment, at the node that holds what bears them."""

    policy: Admits
    held_by: str
    decided: dict[Item, bool] = field(default_factory=dict)

    def admit(self, marking: Marking, realm: Realm, *, kind: str, case: str = "") -> bool:
        """Say whether he may know of something under a label, whatever its fields ask."""
        item = Item(marking=marking.without_fields, realm=realm, held_by=self.held_by, case=case, kind=kind)
        if item not in self.decided:
            self.decided[item] = self.policy.admits(item)
        return self.decided[item]

    def admit_whole(self, marking: Marking, realm: Realm, *, kind: str, case: str = "") -> bool:
        """Say whether he may see something with everything in it."""
        return all(
            self.admit(each, realm, kind=kind, case=case)
            for each in (marking, *(marking.of(name) for name, _ in marking.of_fields))
        )

    def kept_back(self, marking: Marking, realm: Realm, *, kind: str, case: str = "") -> frozenset[str]:
        """Return the fields of something that have a label of their own which he may not see."""
        return frozenset(
            name
            for name, _ in marking.of_fields
            if not self.admit(marking.of(name), realm, kind=kind, case=case)
        )


def without_labels_of(marking: Marking, names: frozenset[str]) -> Marking:
    """Return a label that does not tell of some fields.

    >>> narrow = Marking(owner="NL", of_fields=(("sensor", Marking()),))
    >>> without_labels_of(narrow, frozenset({"sensor"})) == Marking(owner="NL")
    True
    """
    return replace(marking, of_fields=tuple(each for each in marking.of_fields if each[0] not in names))
