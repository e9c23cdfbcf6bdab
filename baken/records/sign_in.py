"""How somebody shows who he is, and the visit that follows.  Nothing secret is in what these print as."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class HashCost:
    """What one guess at a password costs whoever guesses (Argon2id, RFC 9106)."""

    passes: int
    memory_kib: int
    lanes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordHash:
    """What is kept in the place of a password, and how it was made."""

    cost: HashCost
    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What shows that somebody is who he says: kept apart from his account, and read by nobody else.

    ``last_step`` is the newest half minute whose one-time code was used; codes of it and before are spent.
    """

    password: PasswordHash
    one_time_secret: bytes = field(repr=False)
    last_step: int = -1
    recovery_digests: frozenset[str] = field(default=frozenset(), repr=False)


class Way(StrEnum):
    """How somebody came in."""

    PASSWORD = "password"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One visit, known by the digest of what its browser shows.

    ``as_of`` is the place in the log up to which was known what is said of people when it began.
    """

    digest: str = field(repr=False)
    account: str
    way: Way
    begun_tai_ns: int
    seen_tai_ns: int
    as_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Somebody's way to an identity provider and back; ``digest`` is that of the state he brings back."""

    digest: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    begun_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """How often somebody tried in vain lately, and when last."""

    n_failed: int
    last_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An identity provider, as the people of a home let it say who somebody is.

    ``redirect`` is where it sends people back to.  ``groups`` are pairs of a group as it calls it and the
    group here that goes with it; ``acr`` is how people have to have shown themselves to it, if it matters.
    """

    issuer: str
    client_id: str
    redirect: str
    scopes: tuple[str, ...] = ("openid",)
    groups_claim: str = "groups"
    groups: tuple[tuple[str, str], ...] = ()
    acr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where a provider lets people sign in, gives tokens, and shows its keys."""

    authorization: str
    token: str
    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What a provider said of somebody, checked: who he is to it, and in which groups."""

    subject: str
    groups: frozenset[str] = frozenset()
