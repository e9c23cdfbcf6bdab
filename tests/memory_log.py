"""A log of evidence that lives as long as a test: the slow clear version of the one in the store."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from baken.errors import NoSuchRecord
from baken.evidence.merkle import leaf_hash
from baken.evidence.sealing import leaf_of
from baken.operations.evidence_ports import (
    KeptCheckpoint,
    Overtaken,
    Seen,
    Witnessed,
    added_to_meanwhile,
    no_such_entry,
)
from baken.records.evidence import EntryKind, KeptEntry, SealedEntry
from baken.records.incident import IncidentId
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm


@dataclass
class CountedLuck:
    """Luck that is the same in every run, and never the same twice."""

    drawn: int = 0

    def __call__(self, n_bytes: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(n_bytes, "big")


@dataclass
class MemoryLog:
    """What each call promises stands in ``operations.evidence_ports.EvidenceLog``."""

    kept: dict[Realm, list[KeptEntry]] = field(default_factory=lambda: defaultdict(list))
    contents: dict[str, bytes] = field(default_factory=dict)
    signed: dict[Realm, list[KeptCheckpoint]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[str, Witnessed] = field(default_factory=dict)
    numbers: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def append(
        self, sealed: Sequence[SealedEntry], *, at_tai_ns: int, seen: Seen | None = None
    ) -> tuple[KeptEntry, ...]:
        if not sealed:
            return ()
        worlds = {one.entry.realm for one in sealed}
        if len(worlds) > 1:
            raise ValueError("worlds never mix")
        log = self.kept[worlds.pop()]
        if seen is not None:
            n_entries = sum(kept.entry.subject == seen.subject for kept in log)
            if n_entries != seen.n_entries:
                raise added_to_meanwhile(seen, n_entries)
        placed = tuple(
            KeptEntry(sequence=len(log) + n, sealed=one, kept_at_tai_ns=at_tai_ns)
            for n, one in enumerate(sealed)
        )
        log.extend(placed)
        return placed

    def size(self, realm: Realm) -> int:
        return len(self.kept[realm])

    def entry(self, realm: Realm, sequence: int) -> KeptEntry:
        if not 0 <= sequence < self.size(realm):
            raise no_such_entry(realm, sequence, self.size(realm))
        return self.kept[realm][sequence]

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
        wanted = [
            kept
            for kept in self.kept[realm][first:]
            if (subject is None or kept.entry.subject == subject)
            and (kinds is None or kept.entry.kind in kinds)
        ]
        return tuple(wanted[:limit] if last is None else wanted[max(0, len(wanted) - last) :])

    def n_entries(
        self, realm: Realm, *, subject: str | None = None, kinds: Collection[EntryKind] | None = None
    ) -> int:
        return len(self.entries(realm, subject=subject, kinds=kinds))

    def leaf_hashes(self, realm: Realm, size: int | None = None) -> tuple[bytes, ...]:
        if size is not None and size > self.size(realm):
            raise NoSuchRecord(f"the log of {realm} is shorter than {size}")
        return tuple(leaf_hash(leaf_of(kept.sealed.commitment, realm)) for kept in self.kept[realm][:size])

    def keep_content(self, content: bytes) -> str:
        digest = digest_of_bytes(content)
        self.contents[digest] = content
        return digest

    def content(self, digest: str) -> bytes:
        if digest not in self.contents:
            raise NoSuchRecord(f"no content {digest} is kept here")
        return self.contents[digest]

    def keep_checkpoint(self, realm: Realm, checkpoint: KeptCheckpoint) -> None:
        if all(checkpoint.note != kept.note for kept in self.signed[realm]):
            self.signed[realm].append(checkpoint)

    def checkpoints(self, realm: Realm) -> tuple[KeptCheckpoint, ...]:
        return tuple(self.signed[realm])

    def witnessed(self, origin: str) -> Witnessed | None:
        return self.seen.get(origin)

    def keep_witnessed(self, witnessed: Witnessed, *, instead_of: Witnessed | None) -> None:
        if self.seen.get(witnessed.origin) != instead_of:
            raise Overtaken(f"{witnessed.origin} was witnessed meanwhile; look again")
        self.seen[witnessed.origin] = witnessed

    def reserve_number(self, series: str, *, year: int) -> int:
        self.numbers[series, year] += 1
        return self.numbers[series, year]

    def reserve_incident_id(self, *, node: str, year: int) -> IncidentId:
        number = self.numbers[node, year] + 1
        incident_id = IncidentId(node=node, year=year, number=number)
        self.numbers[node, year] = number
        return incident_id
