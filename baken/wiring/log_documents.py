"""The log of a world as JSON: what stands in it, how long it is, and what it was last signed as."""

from collections.abc import Mapping, Sequence

from baken.astro.time import utc_text
from baken.evidence.checkpoint import read_checkpoint
from baken.evidence.signed_note import read_note
from baken.operations.evidence_ports import KeptCheckpoint
from baken.operations.partner_entries import Standing
from baken.records.evidence import KeptEntry
from baken.records.marking import strictest
from baken.wiring.entry_documents import NOTHING_SENT, entry_document


def log_document(
    page: Sequence[KeptEntry], *, before: str | None, standings: Mapping[int, Standing] = NOTHING_SENT
) -> dict[str, object]:
    """Return a page of the log as JSON; ``before`` names the entry before which the next page ends."""
    return {
        "marking": strictest(frozenset(kept.marking for kept in page)).text if page else "",
        "entries": [entry_document(kept, standings) for kept in page],
        "before": before,
    }


def checkpoint_document(kept: KeptCheckpoint) -> dict[str, object]:
    """Return a signed checkpoint as JSON: of what size, with which root, under whose signatures.

    Whether the signatures of witnesses hold says who knows their keys: the note is told as it stands.
    """
    note = read_note(kept.note)
    signed = read_checkpoint(note.text)
    return {
        "origin": signed.origin,
        "size": signed.size,
        "root": signed.root.hex(),
        "kept_utc": utc_text(kept.kept_at_tai_ns, 0),
        "witnesses": [one.name for one in note.signatures if one.name != signed.origin],
        "note": kept.note.decode(),
    }
