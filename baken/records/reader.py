"""Somebody who asks to see something, or to whom something is to go: what policy knows of him."""

from dataclasses import dataclass, replace
from enum import StrEnum

from baken.records.handling import Onward
from baken.records.marking import Marking, Realm


class Role(StrEnum):
    """What a person of this node may do, beyond reading what is for him."""

    ANALYST = "analyst"
    DUTY_OFFICER = "duty-officer"
    COORDINATOR = "coordinator"
    RELEASE_AUTHORITY = "release-authority"
    SECURITY_OFFICER = "security-officer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    EXERCISE_DIRECTOR = "exercise-director"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person, a programme or a partner, as policy sees him.  What is not said of him he does not have.

    ``acts_for`` is the state or organisation he speaks for; with it, ``audiences`` are the names in a label
    that mean him.  ``clearances`` are written ``POLICY/LEVEL``, each as it was given: what a higher one
    covers is for the table of classifications.  ``cases`` are the incidents he works on.
    """

    name: str
    acts_for: str
    audiences: frozenset[str] = frozenset()
    nationalities: frozenset[str] = frozenset()
    clearances: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    realms: frozenset[Realm] = frozenset()
    purpose: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.acts_for.strip():
            raise ValueError("who reads has a name and acts for somebody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Whoever holds the files of a home, and so all that is in them: no policy is asked of him.

    The person at a machine of his own, and the node's own watch over everything it keeps.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that may be seen or may go, as policy sees it.

    ``held_by`` is the node that keeps it: what nobody else has a say in belongs to whoever keeps it.
    ``case`` is the incident it is about; ``kind`` what it is, like ``finding`` or ``element-set``.
    """

    marking: Marking
    realm: Realm
    held_by: str
    case: str = ""
    kind: str = ""

    @property
    def owner(self) -> str:
        """Whose it is: nobody's when others than its keeper have a say in it, and none of them alone.

        >>> from baken.records.handling import Handling
        >>> made_from_two = Marking(handling=Handling(originators=frozenset({"NL", "DE"})))
        >>> Item(marking=made_from_two, realm=Realm.REAL, held_by="NL").owner
        ''
        """
        if self.marking.originators <= {self.held_by}:
            return self.held_by
        return self.marking.owner

    @property
    def itself(self) -> "Item":
        """The item without its fields that have a label of their own: that it exists, and the rest of it.

        Of an item as it stands both labels count, its own and that of every field in it.
        """
        return replace(self, marking=self.marking.without_fields)

    def field(self, name: str) -> "Item":
        """Return one field of it, as policy sees it."""
        return replace(self, marking=self.marking.of(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCircumstances:
    """Who means to release an item, why and how, as policy sees it.  What is not said is not so.

    ``consents`` are originators who agreed that it goes, ``approvals`` persons who approved it, ``onward``
    the right the recipient is to have.  ``agreements`` are those in force with the recipient, and
    ``gives_back`` whether he gives as he gets.  ``licences`` are those whose terms allow this release.
    """

    releaser: str
    reason: str
    purpose: str
    expires_tai_ns: int | None
    consents: frozenset[str] = frozenset()
    approvals: frozenset[str] = frozenset()
    onward: Onward = Onward.NOBODY
    reduced: bool = False
    agreements: frozenset[str] = frozenset()
    gives_back: bool = False
    licences: frozenset[str] = frozenset()
