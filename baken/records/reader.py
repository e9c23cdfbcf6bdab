"""Somebody who asks to see something, or to whom something is to go: what policy knows of him."""

from dataclasses import dataclass
from enum import StrEnum

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

    ``held_by`` is the node that keeps it: what has no owner belongs to whoever keeps it.  ``case`` is the
    incident it is about; ``kind`` what it is, like ``finding`` or ``element-set``.
    """

    marking: Marking
    realm: Realm
    held_by: str
    case: str = ""
    kind: str = ""

    @property
    def owner(self) -> str:
        return self.marking.owner or self.held_by
