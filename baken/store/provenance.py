"""Markings and lineages as they stand in columns.  What is read back is what was kept, never wider."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Table, and_, false, or_, select

from baken.records.lineage import Lineage, Source, digest_of_bytes
from baken.records.marking import Marking, Realm
from baken.records.marking_forms import marking_document, marking_from_document
from baken.store.rows import insert_missing
from baken.store.tables import lineages, sources

# The labels under which rows are read; None for all there are.
Labels: TypeAlias = "frozenset[Marking] | None"
_json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@cache
def marking_columns(marking: Marking) -> tuple[str, str]:
    """Return a marking as its owner, and the rest as JSON: a list of audiences, or an object that says more.

    >>> marking_columns(Marking(owner="NL", releasable_to=frozenset({"NL", "DE"})))
    ('NL', '["DE","NL"]')
    """
    told = marking_document(marking)
    owner = str(told.pop("owner"))
    return owner, _json_text(told if len(told) > 1 else told["releasable_to"])


@cache
def marking_from_columns(owner: str, marking_json: str) -> Marking:
    """Return the marking that stands in two columns.

    >>> marking_from_columns("NL", "[]").is_most_restrictive
    True
    """
    told = json.loads(marking_json)
    said = {"releasable_to": told} if isinstance(told, list) else told
    return marking_from_document({"owner": owner, **said})


def under(table: Table, labels: Labels) -> list[ColumnElement[bool]]:
    """Return what holds of the rows of a table that bear one of some labels; nothing when any will do."""
    if labels is None:
        return []
    bears = (
        and_(table.c.marking_owner == owner, table.c.marking_json == marking_json)
        for owner, marking_json in sorted(map(marking_columns, labels))
    )
    return [or_(false(), *bears)]


def labels_of(connection: Connection, table: Table, realm: Realm) -> frozenset[Marking]:
    """Return the labels that rows of a realm bear."""
    borne = select(table.c.marking_owner, table.c.marking_json).where(table.c.realm == realm.value)
    return frozenset(marking_from_columns(*row) for row in connection.execute(borne.distinct()))


def lineage_text(lineage: Lineage) -> str:
    """Return a lineage as text: the same for equal lineages."""
    return _json_text(
        {
            "sources": [[source.name, source.digest, source.as_of_tai_ns] for source in lineage.sources],
            "method": lineage.method,
            "settings": lineage.settings,
            "code_version": lineage.code_version,
        }
    )


def lineage_from_text(text: str) -> Lineage:
    """Return the lineage a text tells.

    >>> lineage_from_text(lineage_text(Lineage(method="SGP4"))) == Lineage(method="SGP4")
    True
    """
    told = json.loads(text)
    return Lineage(
        sources=tuple(
            Source(name=name, digest=digest, as_of_tai_ns=ns) for name, digest, ns in told["sources"]
        ),
        method=told["method"],
        settings=tuple((name, value) for name, value in told["settings"]),
        code_version=told["code_version"],
    )


def keep_lineages(connection: Connection, kept: Iterable[Lineage], at_tai_ns: int) -> dict[Lineage, str]:
    """Keep lineages and the sources they name, each once; return the digest each is kept under."""
    texts = {lineage: lineage_text(lineage) for lineage in kept}
    digests = {lineage: digest_of_bytes(text.encode()) for lineage, text in texts.items()}
    rows = [{"lineage_digest": digests[lineage], "lineage_json": text} for lineage, text in texts.items()]
    insert_missing(connection, lineages, rows)
    insert_missing(connection, sources, _source_rows(texts, at_tai_ns))
    return digests


def _source_rows(kept: Iterable[Lineage], at_tai_ns: int) -> list[dict[str, object]]:
    return [
        {
            "source_name": source.name,
            "source_digest": source.digest,
            "as_of_tai_ns": source.as_of_tai_ns,
            "retrieved_tai_ns": at_tai_ns,
        }
        for lineage in kept
        for source in lineage.sources
    ]


def lineages_kept(connection: Connection, digests: Iterable[str]) -> Mapping[str, Lineage]:
    """Return lineages by the digests they are kept under."""
    wanted = sorted(set(digests))
    rows = connection.execute(
        select(lineages.c.lineage_digest, lineages.c.lineage_json).where(
            lineages.c.lineage_digest.in_(wanted)
        )
    )
    return {digest: lineage_from_text(text) for digest, text in rows}
