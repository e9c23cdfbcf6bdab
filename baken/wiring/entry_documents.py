"""Entries of the log as JSON, told alike at the command line and over HTTP."""

from collections.abc import Mapping
from types import MappingProxyType

from baken.astro.time import utc_text
from baken.operations.partner_entries import Standing
from baken.records.evidence import SECRET_FIELDS, KeptEntry
from baken.records.marking_forms import marking_document

NOTHING_SENT: Mapping[int, Standing] = MappingProxyType({})


def entry_document(kept: KeptEntry, standings: Mapping[int, Standing] = NOTHING_SENT) -> dict[str, object]:
    """Return one entry as JSON: its place, its digest, all it says; of what a partner sent, how it stands."""
    standing = standings.get(kept.sequence)
    return {
        **({"standing": standing.value} if standing else {}),
        "entry_id": kept.entry_id,
        "sequence": kept.sequence,
        "realm": kept.entry.realm.value,
        "kept_at_utc": utc_text(kept.kept_at_tai_ns),
        "marking": marking_document(kept.marking),
        "label": kept.marking.text,
        "commitment": kept.sealed.commitment,
        "fields": {name: value for name, value in kept.entry.disclosable if name not in SECRET_FIELDS},
    }
