"""Keeping the tables of states that sources publish, and reading them back."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from baken.operations.ports import Added
from baken.records.ephemeris import Ephemeris
from baken.records.lineage import Lineage
from baken.records.marking import Realm
from baken.store.bulk import file_name_of, keep_table, kept_table
from baken.store.ephemeris_rows import TableDigests, content_digest, ephemeris_from_row, row_of
from baken.store.ephemeris_tables import covariances_table, states_table
from baken.store.objects import keep_register, register_of
from baken.store.provenance import Labels, keep_lineages, lineages_kept, under
from baken.store.rows import insert_rows, kept_among
from baken.store.tables import ephemerides

AGAIN = "remove the file and import the ephemeris again"
Said = Mapping[str, tuple[Ephemeris, Mapping[str, object]]]  # by content digest, each with its row


def add_ephemerides(
    connection: Connection, folder: Path, said: Sequence[Ephemeris], *, source: str, at_tai_ns: int
) -> Added:
    """Keep one batch, of one realm, within the caller's transaction; its tables go into the folder."""
    if not said:
        return Added()
    realm = _one_realm(said)
    told = {
        content_digest(row): (ephemeris, row)
        for ephemeris, row in ((one, row_of(one, _keep_tables(folder, one))) for one in said)
    }
    known = kept_among(connection, ephemerides.c.content_digest, list(told), ephemerides.c.source == source)
    new = {digest: pair for digest, pair in told.items() if digest not in known}
    if not new:
        return Added(already_known=len(said))
    register = register_of(connection, realm)
    meant = {digest: register.object_meant(one.identity) for digest, (one, _) in new.items()}
    keep_register(connection, realm, register)
    _keep_rows(connection, new, meant, source=source, at_tai_ns=at_tai_ns)
    return Added(
        objects_new=len(register.new_objects),
        ephemerides_new=len(new),
        already_known=len(said) - len(new),
        conflicts=tuple(register.conflicts),
    )


def _one_realm(said: Sequence[Ephemeris]) -> Realm:
    realms = {ephemeris.realm for ephemeris in said}
    if len(realms) > 1:
        raise ValueError(f"ephemerides are kept of one world at a time; these mix {sorted(realms)}")
    return realms.pop()


def _keep_tables(folder: Path, ephemeris: Ephemeris) -> TableDigests:
    history = ephemeris.covariances
    return TableDigests(
        states=keep_table(folder, states_table(ephemeris)),
        covariances=None if history is None else keep_table(folder, covariances_table(history)),
    )


def _keep_rows(
    connection: Connection, new: Said, meant: Mapping[str, str], *, source: str, at_tai_ns: int
) -> None:
    lineage_digests = keep_lineages(connection, {one.lineage for one, _ in new.values()}, at_tai_ns)
    rows = [
        {
            **row,
            "source": source,
            "content_digest": digest,
            "object_id": meant[digest],
            "lineage_digest": lineage_digests[ephemeris.lineage],
            "kept_at_tai_ns": at_tai_ns,
        }
        for digest, (ephemeris, row) in new.items()
    ]
    insert_rows(connection, ephemerides, rows)


def ephemerides_of(
    connection: Connection, folder: Path, object_id: str, realm: Realm, labels: Labels
) -> tuple[Ephemeris, ...]:
    """Return every ephemeris of an object, in order of start.

    Raises: UnreadableInput when a table is gone, or is not what was kept.
    """
    its = and_(ephemerides.c.realm == realm.value, ephemerides.c.object_id == object_id)
    rows = connection.execute(select(ephemerides).where(its, *under(ephemerides, labels))).all()
    lineages = lineages_kept(connection, {row.lineage_digest for row in rows})
    # Not in SQL: databases differ in how they sort words.
    ordered = sorted(rows, key=lambda row: (row.start_tai_ns, row.source, row.content_digest))
    return tuple(_with_tables(folder, row, lineages[row.lineage_digest]) for row in ordered)


def _with_tables(folder: Path, row: Row[Any], lineage: Lineage) -> Ephemeris:
    states = kept_table(folder, row.states_digest, or_else=AGAIN)
    covariances = (
        kept_table(folder, row.covariances_digest, or_else=AGAIN) if row.covariances_digest else None
    )
    return ephemeris_from_row(row, states, covariances, lineage)


def files_referred_to(connection: Connection) -> set[str]:
    """Return the names of all bulk files that an ephemeris speaks of."""
    tables = select(ephemerides.c.states_digest, ephemerides.c.covariances_digest)
    return {file_name_of(digest) for row in connection.execute(tables) for digest in row if digest}
