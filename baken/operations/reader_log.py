"""A log of evidence as one reader sees it: only what he may see, and as if nothing else had been kept."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from threading import Lock

from baken.errors import NoSuchRecord, RefusedByPolicy, UnreadableInput
from baken.evidence.sealing import seal
from baken.operations.evidence_ports import (
    EvidenceLog,
    KeptCheckpoint,
    Overtaken,
    Seen,
    Witnessed,
    added_to_meanwhile,
    no_such_entry,
)
from baken.operations.reader_entries import ShownLog
from baken.operations.reader_labels import Labels
from baken.operations.relabel import LABELS
from baken.records.evidence import EntryKind, KeptEntry, SealedEntry
from baken.records.incident import IncidentId
from baken.records.marking import Realm

Hides = Callable[[Realm, str], bool]


class ReaderLog:
    """What each call promises stands in ``evidence_ports.EvidenceLog``, of what one reader may see.

    It is read once and then followed, and read anew when a label changes.  ``log`` gives each entry with the
    label that stands (``standing_log``); what told of a change is for whoever keeps it.
    """

    def __init__(self, log: EvidenceLog, labels: Labels, hides: Hides, shows: Hides) -> None:
        self._log, self._labels, self._hides, self._shows = log, labels, hides, shows
        self._shown: dict[Realm, ShownLog] = {}
        self._lock = Lock()
        self._kept_here: set[str] = set()

    def append(
        self, sealed: Sequence[SealedEntry], *, at_tai_ns: int, seen: Seen | None = None
    ) -> tuple[KeptEntry, ...]:
        if not sealed:
            return ()
        realm = sealed[0].entry.realm
        opens = frozenset(one.entry.subject for one in sealed if one.entry.kind is EntryKind.OPENED)
        while True:
            shown = self._of(realm)
            if seen is not None and shown.n_about(seen.subject) != seen.n_entries:
                raise added_to_meanwhile(seen, shown.n_about(seen.subject))
            told = [seal(shown.as_kept(one.entry, opens), one.secret) for one in sealed]
            all_seen = seen and replace(seen, n_entries=shown.n_read_about[seen.subject])
            try:
                kept = self._log.append(told, at_tai_ns=at_tai_ns, seen=all_seen)
            except Overtaken:
                # By somebody he sees, and the next round tells him; or by one he may not know of.
                continue
            return self._as_seen(realm, kept, sealed)

    def _as_seen(
        self, realm: Realm, kept: Sequence[KeptEntry], said: Sequence[SealedEntry]
    ) -> tuple[KeptEntry, ...]:
        shown = self._of(realm)
        places = [shown.place_of(one.sequence) for one in kept]
        # What he says under a label he may not read himself is kept, and never there for him.
        return tuple(
            replace(one, sequence=len(shown.entries), sealed=its) if place is None else shown.entries[place]
            for place, one, its in zip(places, kept, said, strict=True)
        )

    def size(self, realm: Realm) -> int:
        return len(self._of(realm).entries)

    def entry(self, realm: Realm, sequence: int) -> KeptEntry:
        entries = self._of(realm).entries
        if not 0 <= sequence < len(entries):
            raise no_such_entry(realm, sequence, len(entries))
        return entries[sequence]

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
            for kept in self._of(realm).entries[max(first, 0) :]
            if (subject is None or kept.entry.subject == subject)
            and (kinds is None or kept.entry.kind in kinds)
        ]
        return tuple(wanted[:limit] if last is None else wanted[max(0, len(wanted) - last) :])

    def n_entries(
        self, realm: Realm, *, subject: str | None = None, kinds: Collection[EntryKind] | None = None
    ) -> int:
        return len(self.entries(realm, subject=subject, kinds=kinds))

    def leaf_hashes(self, realm: Realm, size: int | None = None) -> tuple[bytes, ...]:  # noqa: ARG002
        raise _of_the_whole_log()

    def keep_content(self, content: bytes) -> str:
        digest = self._log.keep_content(content)
        self._kept_here.add(digest)
        return digest

    def content(self, digest: str) -> bytes:
        if digest not in self._kept_here and not any(digest in self._of(realm).contents for realm in Realm):
            raise NoSuchRecord(f"no content {digest} is kept here")
        return self._log.content(digest)

    def keep_checkpoint(self, realm: Realm, checkpoint: KeptCheckpoint) -> None:  # noqa: ARG002
        raise _of_the_whole_log()

    def checkpoints(self, realm: Realm) -> tuple[KeptCheckpoint, ...]:  # noqa: ARG002
        raise _of_the_whole_log()

    def witnessed(self, origin: str) -> Witnessed | None:  # noqa: ARG002
        raise _of_the_whole_log()

    def keep_witnessed(self, witnessed: Witnessed, *, instead_of: Witnessed | None) -> None:  # noqa: ARG002
        raise _of_the_whole_log()

    def reserve_incident_id(self, *, node: str, year: int) -> IncidentId:
        return self._log.reserve_incident_id(node=node, year=year)

    def reserve_number(self, series: str, *, year: int) -> int:
        return self._log.reserve_number(series, year=year)

    def _of(self, realm: Realm) -> ShownLog:
        """Return what he sees of a log, with all that was kept until now."""
        with self._lock:
            shown = self._shown.get(realm) or self._nothing(realm)
            new = self._read(realm, shown.n_read)
            if shown.n_read and any(kept.entry.subject == LABELS for kept in new):
                shown, new = self._nothing(realm), self._read(realm)
            for kept in new:
                shown.take(kept)
            self._shown[realm] = shown
            return shown

    def _read(self, realm: Realm, first: int = 0) -> tuple[KeptEntry, ...]:
        try:
            return self._log.entries(realm, first=first)
        except UnreadableInput:
            # Which entry it is may be more than he may know.
            raise UnreadableInput("this log is damaged and not shown; tell whoever keeps this home") from None

    def _nothing(self, realm: Realm) -> ShownLog:
        hides, shows = partial(self._hides, realm), partial(self._shows, realm)
        return ShownLog(labels=self._labels, hides=hides, shows=shows)


def _of_the_whole_log() -> RefusedByPolicy:
    return RefusedByPolicy(
        "leaves, checkpoints, proofs and witnesses tell of the whole log; ask whoever keeps this home"
    )
