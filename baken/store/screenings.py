"""Screenings and their tables of approaches."""

import json
from base64 import b32encode
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from baken.operations.ports import KeptScreening, Screening
from baken.operations.unknown_names import no_such_screening
from baken.records.lineage import Lineage, digest_of_json
from baken.records.marking import Realm
from baken.store.bulk import file_name_of
from baken.store.provenance import (
    keep_lineages,
    lineage_text,
    lineages_kept,
    marking_columns,
    marking_from_columns,
)
from baken.store.rows import insert_missing
from baken.store.tables import screenings


def screening_id_of(screening: Screening, approaches_digest: str) -> str:
    """Return the id that follows from what was asked and what was found, and not from how long it took.

    >>> asked = Screening(start_tai_ns=0, end_tai_ns=1, miss_threshold_m=5e3, picture_digest="sha256:")
    >>> screening_id_of(asked, "sha256:")
    'SCR-WT7FCX775U'
    """
    digest = digest_of_json(
        {
            "start_tai_ns": str(screening.start_tai_ns),
            "end_tai_ns": str(screening.end_tai_ns),
            "miss_threshold_m": screening.miss_threshold_m,
            "picture_digest": screening.picture_digest,
            "settings": dict(screening.settings),
            "sieve_account": [[name, str(count)] for name, count in screening.sieve_account],
            "realm": screening.realm.value,
            "marking": marking_columns(screening.marking),
            "lineage": lineage_text(screening.lineage),
            "approaches_digest": approaches_digest,
        }
    )
    return "SCR-" + b32encode(bytes.fromhex(digest.removeprefix("sha256:")))[:10].decode()


def keep_screening(
    connection: Connection,
    screening: Screening,
    *,
    approaches_digest: str,
    n_approaches: int,
    wall_s: float,
    at_tai_ns: int,
) -> KeptScreening:
    """Keep a screening whose approaches are on disk; of the same one kept twice the first stands."""
    lineage_digest = keep_lineages(connection, [screening.lineage], at_tai_ns)[screening.lineage]
    owner, marking_json = marking_columns(screening.marking)
    screening_id = screening_id_of(screening, approaches_digest)
    row = {
        "screening_id": screening_id,
        "realm": screening.realm.value,
        "start_tai_ns": screening.start_tai_ns,
        "end_tai_ns": screening.end_tai_ns,
        "miss_threshold_m": screening.miss_threshold_m,
        "picture_digest": screening.picture_digest,
        "settings_json": json.dumps(screening.settings),
        "sieve_account_json": json.dumps(screening.sieve_account),
        "approaches_file": file_name_of(approaches_digest),
        "approaches_digest": approaches_digest,
        "n_approaches": n_approaches,
        "wall_s": wall_s,
        "kept_at_tai_ns": at_tai_ns,
        "marking_owner": owner,
        "marking_json": marking_json,
        "lineage_digest": lineage_digest,
    }
    insert_missing(connection, screenings, [row])
    return kept_screening(connection, screening_id, screening.realm)


def kept_screening(connection: Connection, screening_id: str, realm: Realm) -> KeptScreening:
    """Return one screening."""
    its = and_(screenings.c.screening_id == screening_id, screenings.c.realm == realm.value)
    row = connection.execute(select(screenings).where(its)).one_or_none()
    if row is None:
        raise no_such_screening(realm, screening_id)
    return _screening(row, lineages_kept(connection, [row.lineage_digest]))


def screenings_of(connection: Connection, realm: Realm) -> tuple[KeptScreening, ...]:
    """Return the screenings of a realm, oldest first."""
    rows = connection.execute(
        select(screenings)
        .where(screenings.c.realm == realm.value)
        .order_by(screenings.c.kept_at_tai_ns, screenings.c.screening_id)
    ).all()
    lineages = lineages_kept(connection, {row.lineage_digest for row in rows})
    return tuple(_screening(row, lineages) for row in rows)


def files_referred_to(connection: Connection) -> set[str]:
    """Return the names of all bulk files that a screening speaks of."""
    return set(connection.scalars(select(screenings.c.approaches_file)))


def _screening(row: Row[Any], lineages: Mapping[str, Lineage]) -> KeptScreening:
    return KeptScreening(
        screening_id=row.screening_id,
        screening=Screening(
            start_tai_ns=row.start_tai_ns,
            end_tai_ns=row.end_tai_ns,
            miss_threshold_m=row.miss_threshold_m,
            picture_digest=row.picture_digest,
            settings=tuple((name, value) for name, value in json.loads(row.settings_json)),
            sieve_account=tuple((name, count) for name, count in json.loads(row.sieve_account_json)),
            realm=Realm(row.realm),
            marking=marking_from_columns(row.marking_owner, row.marking_json),
            lineage=lineages[row.lineage_digest],
        ),
        approaches_digest=row.approaches_digest,
        n_approaches=row.n_approaches,
        wall_s=row.wall_s,
        kept_at_tai_ns=row.kept_at_tai_ns,
    )
