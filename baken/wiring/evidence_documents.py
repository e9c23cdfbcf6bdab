"""Evidence of a case and its proofs as JSON."""

from collections.abc import Collection, Sequence

from baken.astro.time import utc_text
from baken.evidence.check_proof import check_proof
from baken.evidence.checkpoint import read_checkpoint
from baken.evidence.log_proof import InclusionProof
from baken.evidence.signed_note import Signature, VerifierKey, read_note
from baken.operations.evidence_ports import KeptCheckpoint
from baken.records.evidence import EVIDENCE_KINDS, KeptEntry
from baken.records.hypothesis import Matrix, Row
from baken.records.incident import Incident
from baken.records.marking import strictest


def case_evidence_document(
    incident: Incident, matrix: Matrix, entries: Sequence[KeptEntry]
) -> dict[str, object]:
    """Return the evidence of a case, in order of place; what joined by itself can leave again."""
    rows = {row.entry_sequence: row for row in matrix.rows}
    pieces = [kept for kept in entries if kept.entry.kind in EVIDENCE_KINDS]
    return {
        "about": str(incident.incident_id),
        "evidence": [_piece(kept, rows[kept.sequence], incident) for kept in pieces],
        "marking": strictest(frozenset(kept.marking for kept in pieces)).text,
    }


def _piece(kept: KeptEntry, row: Row, incident: Incident) -> dict[str, object]:
    entry, content = kept.entry, kept.entry.content
    return {
        "entry_id": kept.entry_id,
        "kind": entry.kind.value,
        "title": row.title,
        "text": entry.text("text") or entry.text("what"),
        "source": entry.text("source") or entry.text("organisation"),
        "about": entry.subject,
        "kept_by": entry.actor,
        "at_utc": utc_text(entry.at_tai_ns),
        "can_leave": kept.entry_id in incident.entry_ids,
        "grade": {
            "text": row.grade.text,
            "reliability": row.grade.reliability.value,
            "credibility": row.grade.credibility.value,
            "independence_group": row.grade.independence_group,
            "by": row.grade.by or None,
        },
        "root": row.root,
        "commitment": kept.sealed.commitment,
        "content": content
        and {
            "digest": content.digest,
            "name": content.name,
            "media_type": content.media_type,
            "size_bytes": content.size_bytes,
        },
        "marking": kept.marking.text,
    }


def proof_document(
    kept: KeptEntry, proof: InclusionProof, checkpoint: KeptCheckpoint, keys: Collection[VerifierKey]
) -> dict[str, object]:
    """Return that an entry stands in its log: the path to the root that was signed, and by whom.

    ``keys`` are those the log speaks of.  Whoever does not take our word checks ``proof`` by himself.
    """
    note = read_note(checkpoint.note)
    said, verdict = read_checkpoint(note.text), check_proof(proof.content, keys)
    return {
        "entry_id": kept.entry_id,
        "realm": kept.entry.realm.value,
        "commitment": kept.sealed.commitment,
        "holds": verdict.holds,
        "says": verdict.says,
        "log": said.origin,
        "size": said.size,
        "root": said.root.hex(),
        "path_length": len(proof.hashes),
        "signed_utc": utc_text(checkpoint.kept_at_tai_ns),
        "signed_by": [_signature(each, keys) for each in note.signatures],
        "proof": proof.content.decode(),
        "marking": kept.marking.text,
    }


def _signature(signature: Signature, keys: Collection[VerifierKey]) -> dict[str, object]:
    key = next(
        (each for each in keys if (each.name, each.key_id) == (signature.name, signature.key_id)), None
    )
    return {"name": signature.name, "key_id": signature.key_id.hex(), "key": key.text if key else None}
