"""The evidence log of ``operations.evidence_ports``, in a relational database with contents beside it."""

from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, func, select

from baken.errors import NoSuchRecord
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
from baken.records.marking import Realm
from baken.store import evidence_contents, evidence_rows
from baken.store.database import Database
from baken.store.evidence_tables import checkpoints, incident_numbers, log_entries, witnessed
from baken.store.rows import insert_rows, put_row
from baken.store.troubles import told_plainly


class SqlEvidenceLog:
    """A log per world, kept.  What each call promises stands in ``evidence_ports.EvidenceLog``."""

    def __init__(self, database: Database, contents_folder: Path) -> None:
        self._database = database
        self._contents_folder = contents_folder

    def sweep(self) -> None:
        """Remove contents that a stopped process left half written."""
        if evidence_contents.unfinished(self._contents_folder):
            # Contents are written by whoever holds the writer's lock; under it, what is half is a stray.
            with self._database.writing():
                for stray in evidence_contents.unfinished(self._contents_folder):
                    stray.unlink(missing_ok=True)

    def append(
        self, sealed: Sequence[SealedEntry], *, at_tai_ns: int, seen: Seen | None = None
    ) -> tuple[KeptEntry, ...]:
        if not sealed:
            return ()
        (realm,) = _worlds(sealed)
        with self._database.writing() as connection:
            if seen is not None:
                _refuse_overtaken(connection, realm, seen)
            first = _size(connection, realm)
            insert_rows(connection, log_entries, evidence_rows.rows_of(sealed, first, at_tai_ns))
        return tuple(
            KeptEntry(sequence=place, sealed=one, kept_at_tai_ns=at_tai_ns)
            for place, one in enumerate(sealed, first)
        )

    def size(self, realm: Realm) -> int:
        with self._database.reading() as connection:
            return _size(connection, realm)

    def entry(self, realm: Realm, sequence: int) -> KeptEntry:
        one = self.entries(realm, first=max(sequence, 0), limit=1)
        if sequence < 0 or not one:
            raise no_such_entry(realm, sequence, self.size(realm))
        return one[0]

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
        wanted = [log_entries.c.sequence >= first, *_about(realm, subject, kinds)]
        place = log_entries.c.sequence.asc() if last is None else log_entries.c.sequence.desc()
        query = select(log_entries).where(*wanted).order_by(place).limit(limit if last is None else last)
        with self._database.reading() as connection:
            kept = tuple(map(evidence_rows.kept_entry, connection.execute(query)))
        return kept if last is None else kept[::-1]

    def n_entries(
        self, realm: Realm, *, subject: str | None = None, kinds: Collection[EntryKind] | None = None
    ) -> int:
        with self._database.reading() as connection:
            return _n_entries(connection, realm, subject, kinds)

    def leaf_hashes(self, realm: Realm, size: int | None = None) -> tuple[bytes, ...]:
        query = select(log_entries.c.leaf_hash).where(log_entries.c.realm == realm.value)
        with self._database.reading() as connection:
            hashes = connection.scalars(query.order_by(log_entries.c.sequence).limit(size)).all()
        if size is not None and len(hashes) < size:
            raise NoSuchRecord(f"the log of {realm} has {len(hashes):,} entries, not yet {size:,}")
        return tuple(map(bytes, hashes))

    def keep_content(self, content: bytes) -> str:
        with told_plainly(str(self._contents_folder)), self._database.writing():
            return evidence_contents.keep(self._contents_folder, content)

    def content(self, digest: str) -> bytes:
        return evidence_contents.kept(self._contents_folder, digest)

    def keep_checkpoint(self, realm: Realm, checkpoint: KeptCheckpoint) -> None:
        of_realm = checkpoints.c.realm == realm.value
        with self._database.writing() as connection:
            same = select(checkpoints.c.number).where(of_realm, checkpoints.c.note == checkpoint.note)
            if connection.scalar(same) is not None:
                return
            last = connection.scalar(select(func.max(checkpoints.c.number)).where(of_realm)) or 0
            row = {
                "realm": realm.value,
                "number": last + 1,
                "size": checkpoint.size,
                "note": checkpoint.note,
                "kept_at_tai_ns": checkpoint.kept_at_tai_ns,
            }
            insert_rows(connection, checkpoints, [row])

    def checkpoints(self, realm: Realm) -> tuple[KeptCheckpoint, ...]:
        of_realm = select(checkpoints).where(checkpoints.c.realm == realm.value)
        with self._database.reading() as connection:
            rows = connection.execute(of_realm.order_by(checkpoints.c.number)).all()
        return tuple(
            KeptCheckpoint(size=row.size, note=bytes(row.note), kept_at_tai_ns=row.kept_at_tai_ns)
            for row in rows
        )

    def witnessed(self, origin: str) -> Witnessed | None:
        with self._database.reading() as connection:
            return _witnessed(connection, origin)

    def keep_witnessed(self, witnessed: Witnessed, *, instead_of: Witnessed | None) -> None:
        with self._database.writing() as connection:
            if _witnessed(connection, witnessed.origin) != instead_of:
                raise Overtaken(f"{witnessed.origin} was witnessed meanwhile; look again")
            _put_witnessed(connection, witnessed)

    def reserve_incident_id(self, *, node: str, year: int) -> IncidentId:
        with self._database.writing() as connection:
            incident_id = IncidentId(node=node, year=year, number=_next_number(connection, node, year))
            _put_number(connection, node, year, incident_id.number)
        return incident_id

    def reserve_number(self, series: str, *, year: int) -> int:
        with self._database.writing() as connection:
            number = _next_number(connection, series, year)
            _put_number(connection, series, year, number)
        return number


def _next_number(connection: Connection, series: str, year: int) -> int:
    of_year = select(incident_numbers.c.last_number).where(
        incident_numbers.c.node == series, incident_numbers.c.year == year
    )
    return (connection.scalar(of_year) or 0) + 1


def _put_number(connection: Connection, series: str, year: int, number: int) -> None:
    put_row(connection, incident_numbers, {"node": series, "year": year, "last_number": number})


def _worlds(sealed: Sequence[SealedEntry]) -> set[Realm]:
    worlds = {one.entry.realm for one in sealed}
    if len(worlds) > 1:
        raise ValueError(f"worlds never mix, and these entries are of {', '.join(sorted(worlds))}")
    return worlds


def _size(connection: Connection, realm: Realm) -> int:
    last = select(func.max(log_entries.c.sequence)).where(log_entries.c.realm == realm.value)
    newest = connection.scalar(last)
    return 0 if newest is None else newest + 1


def _refuse_overtaken(connection: Connection, realm: Realm, seen: Seen) -> None:
    n_entries = _n_entries(connection, realm, seen.subject, None)
    if n_entries != seen.n_entries:
        raise added_to_meanwhile(seen, n_entries)


def _n_entries(
    connection: Connection, realm: Realm, subject: str | None, kinds: Collection[EntryKind] | None
) -> int:
    counted = select(func.count()).select_from(log_entries).where(*_about(realm, subject, kinds))
    return connection.scalar(counted) or 0


def _about(
    realm: Realm, subject: str | None, kinds: Collection[EntryKind] | None
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [log_entries.c.realm == realm.value]
    if subject is not None:
        wanted.append(log_entries.c.subject == subject)
    if kinds is not None:
        wanted.append(log_entries.c.kind.in_([kind.value for kind in kinds]))
    return wanted


def _witnessed(connection: Connection, origin: str) -> Witnessed | None:
    row = connection.execute(select(witnessed).where(witnessed.c.origin == origin)).one_or_none()
    if row is None:
        return None
    return Witnessed(origin=row.origin, size=row.size, root=bytes(row.root), note=bytes(row.note))


def _put_witnessed(connection: Connection, seen: Witnessed) -> None:
    row = {"origin": seen.origin, "size": seen.size, "root": seen.root, "note": seen.note}
    put_row(connection, witnessed, row)
