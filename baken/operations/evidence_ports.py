"""What the procedures ask of the place that keeps evidence: a log per world, contents, checkpoints."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from baken.errors import NoSuchRecord, WrongUsage
from baken.records.evidence import EntryKind, KeptEntry, SealedEntry, entry_id_of
from baken.records.incident import IncidentId
from baken.records.marking import Realm


class Overtaken(WrongUsage):
    """Somebody else added to the subject since it was read; read it again, and decide again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How many entries about a subject there were when it was read."""

    subject: str
    n_entries: int


def added_to_meanwhile(seen: Seen, n_entries: int) -> Overtaken:
    """Return the refusal of who saw another number of entries about a subject than there are."""
    return Overtaken(
        f"{seen.subject} was added to meanwhile: {seen.n_entries} entries were seen, there are "
        f"{n_entries}; read it again, and decide again"
    )


def no_such_entry(realm: Realm, sequence: int, n_entries: int) -> NoSuchRecord:
    """Return the refusal of who asks for a place that a log does not have."""
    return NoSuchRecord(f"the log of {realm} has no {entry_id_of(sequence)}; it has {n_entries:,} entries")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCheckpoint:
    """A signed note about a log: of what size, in which bytes, kept when."""

    size: int
    note: bytes
    kept_at_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """What this node, as a witness, last saw of somebody's log."""

    origin: str
    size: int
    root: bytes
    note: bytes


class EvidenceLog(Protocol):
    """A log per realm, only ever appended to: every call is one transaction, done wholly or not at all."""

    def append(
        self, sealed: Sequence[SealedEntry], *, at_tai_ns: int, seen: Seen | None = None
    ) -> tuple[KeptEntry, ...]:
        """Append entries of one realm, in order, and return them in their places.

        Raises: Overtaken when there are other entries about the subject than were seen; nothing is kept then.
        """
        ...

    def size(self, realm: Realm) -> int:
        """Return how many entries a log has."""
        ...

    def entry(self, realm: Realm, sequence: int) -> KeptEntry:
        """Return the entry in a place.

        Raises: NoSuchRecord when the log is shorter.
        """
        ...

    def entries(
        self,
        realm: Realm,
        *,
        subject: str | None = None,
        kinds: Collection[EntryKind] | None = None,
        first: int = 0,
        limit: int | None = None,
        last: int | None = None,
    ) -> tuple[KeptEntry, ...]:
        """Return entries from a place on, in order: those about a subject, those of some kinds, or all.

        Of those there are, ``limit`` gives the first, ``last`` the newest ones; not both.
        """
        ...

    def n_entries(
        self, realm: Realm, *, subject: str | None = None, kinds: Collection[EntryKind] | None = None
    ) -> int:
        """Return how many entries there are about a subject, of some kinds, or at all."""
        ...

    def leaf_hashes(self, realm: Realm, size: int | None = None) -> tuple[bytes, ...]:
        """Return the Merkle leaf hashes of the first entries of a log, of all unless a size is given."""
        ...

    def keep_content(self, content: bytes) -> str:
        """Keep bytes under their digest, once, and return it."""
        ...

    def content(self, digest: str) -> bytes:
        """Return kept bytes.

        Raises: NoSuchRecord when they are not kept; UnreadableInput when they are not what was kept.
        """
        ...

    def keep_checkpoint(self, realm: Realm, checkpoint: KeptCheckpoint) -> None:
        """Keep a signed checkpoint; one with more signatures of the same size stands beside the earlier."""
        ...

    def checkpoints(self, realm: Realm) -> tuple[KeptCheckpoint, ...]:
        """Return the checkpoints of a log, in the order in which they were kept."""
        ...

    def witnessed(self, origin: str) -> Witnessed | None:
        """Return what was last witnessed of somebody's log."""
        ...

    def keep_witnessed(self, witnessed: Witnessed, *, instead_of: Witnessed | None) -> None:
        """Keep what was witnessed last.

        Raises: Overtaken when something else than ``instead_of`` stands there.
        """
        ...

    def reserve_incident_id(self, *, node: str, year: int) -> IncidentId:
        """Return a name no incident has had or will have again."""
        ...

    def reserve_number(self, series: str, *, year: int) -> int:
        """Return the next number of a series in a year, like the releases of a node; none comes twice.

        A series is not called like a node: theirs are the names of incidents.
        """
        ...
