"""People with an account at a node: who they are, what was given to them, and by whom that may be given."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from baken.errors import RefusedByPolicy
from baken.records.marking import Realm
from baken.records.reader import Reader, Role

NAME = re.compile(r"[a-z][a-z0-9._-]{0,39}")
# These say in the log that no account acted.
RESERVED = frozenset({"baken", "home", "keeper", "oidc", "outside"})
LONGEST_TEXT = 200


class AccountState(StrEnum):
    """Whether somebody may come in.

    Whoever is new, or has a new way to come in, waits until a security officer says that it is this person.
    """

    WAITING = "waiting"
    ACTIVE = "active"
    SUSPENDED = "suspended"


class Right(StrEnum):
    """What can be given to an account, and taken from it."""

    ROLE = "role"
    GROUP = "group"
    ACTS_FOR = "acts-for"
    AUDIENCE = "audience"
    NATIONALITY = "nationality"
    CLEARANCE = "clearance"
    NEED = "need"
    CATEGORY = "category"
    CASE = "case"
    REALM = "realm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who are given the same: roles, or audiences, never both, since one person gives each of them."""

    name: str
    roles: frozenset[Role] = frozenset()
    audiences: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _refuse_no_name(self.name)
        if self.roles and self.audiences:
            raise RefusedByPolicy(f"the group {self.name} gives roles or audiences; make two of it")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """What a program shows in the place of its person: never good for more than that person may do.

    ``scopes`` are ``read`` and ``act``, for everything, or for one noun like ``read:incidents``.
    """

    name: str
    digest: str = field(repr=False)
    scopes: frozenset[str]
    expires_tai_ns: int

    def allows(self, *, acts: bool, noun: str, at_tai_ns: int) -> bool:
        """Say whether a token is good for acting upon, or reading, one kind of thing.

        >>> token = ApiToken(name="n", digest="", scopes=frozenset({"read:incidents"}), expires_tai_ns=9)
        >>> [token.allows(acts=acts, noun="incidents", at_tai_ns=at) for acts, at in ((0, 8), (1, 8), (0, 9))]
        [True, False, False]
        """
        word = "act" if acts else "read"
        return at_tai_ns < self.expires_tai_ns and not self.scopes.isdisjoint({word, f"{word}:{noun}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person as this node knows him.  What is not said of him he does not have.

    ``subject`` is what his identity provider calls him, as ``ISSUER SUBJECT``.  Sessions that began before
    the place ``sessions_since`` of the log are over.  A ``first_password`` is one that he was given.
    """

    name: str
    person: str
    state: AccountState = AccountState.WAITING
    acts_for: str = ""
    audiences: frozenset[str] = frozenset()
    nationalities: frozenset[str] = frozenset()
    clearances: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    realms: frozenset[Realm] = frozenset()
    roles: frozenset[Role] = frozenset()
    groups: frozenset[Group] = frozenset()
    subject: str = ""
    tokens: tuple[ApiToken, ...] = ()
    sessions_since: int = 0
    first_password: bool = False

    def __post_init__(self) -> None:
        _refuse_no_name(self.name)
        if not self.person.strip() or len(self.person) > LONGEST_TEXT:
            raise ValueError(f"the account {self.name} has the name of a person, not longer than a line")

    @property
    def is_active(self) -> bool:
        return self.state is AccountState.ACTIVE

    @property
    def all_roles(self) -> frozenset[Role]:
        """His own roles and those of his groups."""
        return self.roles.union(*(group.roles for group in self.groups))

    @property
    def all_audiences(self) -> frozenset[str]:
        """The names in a label that mean him, by himself and by his groups."""
        return self.audiences.union(*(group.audiences for group in self.groups))

    @property
    def rights(self) -> frozenset[tuple[Right, str]]:
        """All that was given to him, piece by piece, by himself and by his groups."""
        told = {
            Right.ROLE: self.all_roles,
            Right.ACTS_FOR: frozenset({self.acts_for} if self.acts_for else ()),
            Right.AUDIENCE: self.all_audiences,
            Right.NATIONALITY: self.nationalities,
            Right.CLEARANCE: self.clearances,
            Right.NEED: self.needs,
            Right.CATEGORY: self.categories,
            Right.CASE: self.cases,
            Right.REALM: self.realms,
        }
        return frozenset((right, str(value)) for right, values in told.items() for value in values)


def reader_of(account: Account) -> Reader:
    """Return what policy knows of somebody.

    Raises: RefusedByPolicy when he may not come in, or nobody said for whom he acts.

    >>> officer = Account(name="anna", person="Anna", state=AccountState.ACTIVE, acts_for="NL")
    >>> reader_of(officer).name, reader_of(officer).clearances
    ('anna', frozenset())
    """
    if not account.is_active:
        raise RefusedByPolicy(f"{account.name} is {account.state}; a security officer admits")
    if not account.acts_for:
        raise RefusedByPolicy(f"nobody said for whom {account.name} acts; a security officer gives acts-for")
    return Reader(
        name=account.name,
        acts_for=account.acts_for,
        audiences=account.all_audiences,
        nationalities=account.nationalities,
        clearances=account.clearances,
        needs=account.needs,
        categories=account.categories,
        cases=account.cases,
        roles=account.all_roles,
        realms=account.realms,
    )


def _refuse_no_name(name: str) -> None:
    if not NAME.fullmatch(name) or name in RESERVED:
        raise ValueError(f"a name is up to 40 small letters, figures, . _ or -, like anna; not {name!r}")
