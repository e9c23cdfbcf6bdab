"""Keeping what sources say of orbits, and reading it back."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from baken.astro.constants import EARTH_MU_WGS72_M3_S2
from baken.operations.ports import Added, ImportedFile, PastImport
from baken.records.catalogue import Catalogue
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.store.element_set_rows import PLACE_IN_ORDER, READ, content_digest, element_set_from_row, row_of
from baken.store.objects import keep_register, register_of
from baken.store.provenance import Labels, keep_lineages, lineages_kept, under
from baken.store.rows import insert_missing, insert_rows, kept_among
from baken.store.tables import element_sets, imports

_SAID = select(*(element_sets.c[name] for name in READ))
Batch = Mapping[str, ElementSet]  # by content digest


def add_element_sets(
    connection: Connection, said: Sequence[ElementSet], *, source: str, at_tai_ns: int
) -> Added:
    """Keep one batch, of one realm, within the caller's transaction."""
    realm = Catalogue(element_sets=tuple(said)).realm
    new = _not_yet_said(
        connection, {content_digest(element_set): element_set for element_set in said}, source
    )
    if not new:
        return Added(already_known=len(said))
    register = register_of(connection, realm)
    meant = {digest: register.object_meant(element_set.identity) for digest, element_set in new.items()}
    keep_register(connection, realm, register)
    _keep_sets(connection, new, meant, source=source, at_tai_ns=at_tai_ns)
    return Added(
        objects_new=len(register.new_objects),
        element_sets_new=len(new),
        already_known=len(said) - len(new),
        conflicts=tuple(register.conflicts),
    )


def _not_yet_said(connection: Connection, said: Batch, source: str) -> Batch:
    known = kept_among(connection, element_sets.c.content_digest, list(said), element_sets.c.source == source)
    return {digest: element_set for digest, element_set in said.items() if digest not in known}


def _keep_sets(
    connection: Connection, new: Batch, meant: Mapping[str, str], *, source: str, at_tai_ns: int
) -> None:
    lineage_digests = keep_lineages(connection, {es.lineage for es in new.values()}, at_tai_ns)
    rows = [
        {
            **row_of(element_set),
            "source": source,
            "content_digest": digest,
            "object_id": meant[digest],
            "lineage_digest": lineage_digests[element_set.lineage],
            "kept_at_tai_ns": at_tai_ns,
        }
        for digest, element_set in new.items()
    ]
    insert_rows(connection, element_sets, rows)


def keep_import(
    connection: Connection, file: ImportedFile, added: Added, *, realm: Realm, source: str, at_tai_ns: int
) -> None:
    """Note that a file was taken in; of a file taken in twice the first time stands."""
    row = {
        "realm": realm.value,
        "source": source,
        "file_digest": file.digest,
        "file_name": file.name,
        "n_read": file.n_read,
        "n_rejected": file.n_rejected,
        "objects_new": added.objects_new,
        "element_sets_new": added.element_sets_new,
        "ephemerides_new": added.ephemerides_new,
        "at_tai_ns": at_tai_ns,
    }
    insert_missing(connection, imports, [row])


def past_import(connection: Connection, file_digest: str, *, source: str, realm: Realm) -> PastImport | None:
    """Return the earlier import of the very same bytes, if there was one."""
    row = connection.execute(
        select(imports).where(
            imports.c.realm == realm.value, imports.c.source == source, imports.c.file_digest == file_digest
        )
    ).one_or_none()
    return None if row is None else _import(row)


def last_imports(connection: Connection, realm: Realm) -> Mapping[str, PastImport]:
    """Return the import done last from each source."""
    rows = connection.execute(
        select(imports).where(imports.c.realm == realm.value).order_by(imports.c.at_tai_ns)
    )
    return {row.source: _import(row) for row in rows}


def _import(row: Row[Any]) -> PastImport:
    return PastImport(
        file=ImportedFile(
            name=row.file_name, digest=row.file_digest, n_read=row.n_read, n_rejected=row.n_rejected
        ),
        at_tai_ns=row.at_tai_ns,
        objects_new=row.objects_new,
        element_sets_new=row.element_sets_new,
        ephemerides_new=row.ephemerides_new,
    )


def newest(
    connection: Connection, realm: Realm, as_of_tai_ns: int | None, labels: Labels
) -> tuple[ElementSet, ...]:
    """Return what each source last said of each object, at or before an instant."""
    epoch, spoken = element_sets.c.epoch_tai_ns, (element_sets.c.object_id, element_sets.c.source)
    which = _of_realm(realm, labels)
    if as_of_tai_ns is not None:
        which.append(epoch <= as_of_tai_ns)
    last = select(*spoken, func.max(epoch).label("epoch_tai_ns")).where(*which).group_by(*spoken).subquery()
    same = and_(
        spoken[0] == last.c.object_id, spoken[1] == last.c.source, epoch == last.c.epoch_tai_ns, *which
    )
    return _read(connection, _SAID.join(last, same))


def first_epochs(connection: Connection, realm: Realm, labels: Labels) -> dict[str, int]:
    """Return the oldest epoch kept of each object."""
    object_id = element_sets.c.object_id
    first = select(object_id, func.min(element_sets.c.epoch_tai_ns)).where(*_of_realm(realm, labels))
    rows = connection.execute(first.group_by(object_id))
    return {one_id: int(epoch_tai_ns) for one_id, epoch_tai_ns in rows}


def low(
    connection: Connection,
    realm: Realm,
    labels: Labels,
    *,
    perigee_radius_m: float,
    start_tai_ns: int,
    end_tai_ns: int,
) -> tuple[ElementSet, ...]:
    """Return every element set of a span whose perigee lies below a radius."""
    # Kepler's third law without a root, which not every SQLite can draw: a^3 (1 - e)^3 < r^3.
    shrunk, motion = 1.0 - element_sets.c.eccentricity, element_sets.c.mean_motion_rad_s
    is_low = EARTH_MU_WGS72_M3_S2 * shrunk * shrunk * shrunk < perigee_radius_m**3 * motion * motion
    in_span = element_sets.c.epoch_tai_ns.between(start_tai_ns, end_tai_ns)
    return _read(connection, _SAID.where(*_of_realm(realm, labels), in_span, is_low))


def all_of(connection: Connection, object_id: str, realm: Realm, labels: Labels) -> tuple[ElementSet, ...]:
    """Return every element set of an object."""
    its = element_sets.c.object_id == object_id
    return _read(connection, _SAID.where(*_of_realm(realm, labels), its))


def _of_realm(realm: Realm, labels: Labels) -> list[ColumnElement[bool]]:
    return [element_sets.c.realm == realm.value, *under(element_sets, labels)]


def _read(connection: Connection, wanted: Select[Any]) -> tuple[ElementSet, ...]:
    rows = sorted(map(tuple, connection.execute(wanted)), key=itemgetter(*range(len(PLACE_IN_ORDER))))
    lineages = lineages_kept(connection, set(map(itemgetter(READ.index("lineage_digest")), rows)))
    return tuple(element_set_from_row(row, lineages) for row in rows)
