"""A log of evidence in which every entry comes with the label that stands."""

from collections.abc import Collection, Sequence

from baken.operations.evidence_ports import EvidenceLog, KeptCheckpoint, Seen, Witnessed
from baken.operations.relabel import with_standing_labels
from baken.records.evidence import EntryKind, KeptEntry, SealedEntry
from baken.records.incident import IncidentId
from baken.records.marking import Realm


class StandingLog:
    """What ``evidence_ports.EvidenceLog`` promises; each entry it returns knows the label that stands."""

    def __init__(self, log: EvidenceLog) -> None:
        self._log = log

    def append(
        self, sealed: Sequence[SealedEntry], *, at_tai_ns: int, seen: Seen | None = None
    ) -> tuple[KeptEntry, ...]:
        return self._log.append(sealed, at_tai_ns=at_tai_ns, seen=seen)

    def size(self, realm: Realm) -> int:
        return self._log.size(realm)

    def entry(self, realm: Realm, sequence: int) -> KeptEntry:
        return with_standing_labels(self._log, realm, [self._log.entry(realm, sequence)])[0]

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
        found = self._log.entries(realm, subject=subject, kinds=kinds, first=first, limit=limit, last=last)
        return with_standing_labels(self._log, realm, found)

    def n_entries(
        self, realm: Realm, *, subject: str | None = None, kinds: Collection[EntryKind] | None = None
    ) -> int:
        return self._log.n_entries(realm, subject=subject, kinds=kinds)

    def leaf_hashes(self, realm: Realm, size: int | None = None) -> tuple[bytes, ...]:
        return self._log.leaf_hashes(realm, size)

    def keep_content(self, content: bytes) -> str:
        return self._log.keep_content(content)

    def content(self, digest: str) -> bytes:
        return self._log.content(digest)

    def keep_checkpoint(self, realm: Realm, checkpoint: KeptCheckpoint) -> None:
        self._log.keep_checkpoint(realm, checkpoint)

    def checkpoints(self, realm: Realm) -> tuple[KeptCheckpoint, ...]:
        return self._log.checkpoints(realm)

    def witnessed(self, origin: str) -> Witnessed | None:
        return self._log.witnessed(origin)

    def keep_witnessed(self, witnessed: Witnessed, *, instead_of: Witnessed | None) -> None:
        self._log.keep_witnessed(witnessed, instead_of=instead_of)

    def reserve_incident_id(self, *, node: str, year: int) -> IncidentId:
        return self._log.reserve_incident_id(node=node, year=year)

    def reserve_number(self, series: str, *, year: int) -> int:
        return self._log.reserve_number(series, year=year)
