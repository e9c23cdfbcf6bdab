"""Entries of the log as rows, and back: what is read is what was kept, to the last bit."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from baken.errors import UnreadableInput
from baken.evidence.merkle import leaf_hash
from baken.evidence.sealing import leaf_of
from baken.records.evidence import (
    Content,
    Entry,
    EntryKind,
    Field,
    KeptEntry,
    SealedEntry,
    Value,
    entry_id_of,
)
from baken.records.marking import Realm
from baken.store.provenance import lineage_from_text, lineage_text, marking_columns, marking_from_columns

ENTRIES_AT_HAND = 4_096
# Escaped, because PostgreSQL takes no zero character in a text; figures as they are, 1.0 apart from 1.
_json_text = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


def rows_of(sealed: Sequence[SealedEntry], first: int, kept_at_tai_ns: int) -> list[dict[str, object]]:
    """Return entries as rows, in the places that begin at ``first``."""
    return [
        _row(KeptEntry(sequence=place, sealed=one, kept_at_tai_ns=kept_at_tai_ns))
        for place, one in enumerate(sealed, first)
    ]


def _row(kept: KeptEntry) -> dict[str, object]:
    entry, sealed = kept.entry, kept.sealed
    owner, marking_json = marking_columns(entry.marking)
    return {
        "realm": entry.realm.value,
        "sequence": kept.sequence,
        "kind": entry.kind.value,
        "subject": entry.subject,
        "actor": entry.actor,
        "at_tai_ns": entry.at_tai_ns,
        "entry_json": entry_text(entry),
        "marking_owner": owner,
        "marking_json": marking_json,
        "secret": sealed.secret,
        "commitment": sealed.commitment,
        "leaf_hash": leaf_hash(leaf_of(sealed.commitment, entry.realm)),
        "kept_at_tai_ns": kept.kept_at_tai_ns,
    }


def kept_entry(row: Row[Any]) -> KeptEntry:
    """Return the entry that stands in a row.

    Raises: UnreadableInput naming the entry, when somebody changed the row into what is none.
    """
    try:
        return _kept_entry(row)
    except (ValueError, KeyError, TypeError) as error:
        name = f"{entry_id_of(row.sequence)} in the log of {row.realm}"
        raise UnreadableInput(f"{name}: is not what was kept ({error}); put back a copy") from error


# Entries never change, and whoever follows a response reads the same ones again at every step.
@lru_cache(maxsize=ENTRIES_AT_HAND)
def _kept_entry(row: Row[Any]) -> KeptEntry:
    fields, content, lineage = json.loads(row.entry_json)
    entry = Entry(
        kind=EntryKind(row.kind),
        subject=row.subject,
        actor=row.actor,
        at_tai_ns=row.at_tai_ns,
        fields=tuple(map(_field, fields)),
        content=None if content is None else _content(content),
        realm=Realm(row.realm),
        marking=marking_from_columns(row.marking_owner, row.marking_json),
        lineage=lineage_from_text(lineage),
    )
    sealed = SealedEntry(entry=entry, secret=bytes(row.secret), commitment=row.commitment)
    return KeptEntry(sequence=row.sequence, sealed=sealed, kept_at_tai_ns=row.kept_at_tai_ns)


def entry_text(entry: Entry) -> str:
    """Return what of an entry has no column of its own: its fields, its content, its lineage."""
    content = entry.content
    told = None if content is None else [content.digest, content.media_type, content.name, content.size_bytes]
    return _json_text([entry.fields, told, lineage_text(entry.lineage)])


def _content(told: list[Any]) -> Content:
    digest, media_type, name, size_bytes = told
    return Content(digest=digest, media_type=media_type, name=name, size_bytes=size_bytes)


def _field(told: list[Any]) -> Field:
    name, value = told
    return name, _value(value)


def _value(told: Any) -> Value:
    return tuple(map(_value, told)) if isinstance(told, list) else told
