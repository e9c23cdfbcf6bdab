"""Compare two dossiers: are they parts of one, and can the logs they speak of both be true?"""

import base64
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from baken.evidence.checkpoint import Checkpoint, opened_checkpoint
from baken.evidence.log_parts import Stretch, hash_of_stretch, parts_of
from baken.evidence.log_proof import InclusionProof, read_proof
from baken.evidence.sealing import leaf_of
from baken.evidence.signed_note import VerifierKey
from baken.records.evidence import entry_id_of
from baken.records.marking import Realm

Files = Mapping[str, bytes]


class Logs(StrEnum):
    """What two logs that were shown have to do with each other, as far as two dossiers tell."""

    TWO = "two logs"
    SAME = "one log at one size"
    GREW = "one log that only grew"
    NOT_TOLD = "one log at two sizes, growth not told"
    SPLIT = "two faces of one log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two dossiers say of each other.

    A split log showed two faces, and signed both; ``contradicts`` names where they part.
    """

    same_manifest: bool
    first: Checkpoint
    second: Checkpoint
    logs: Logs
    contradicts: str = ""


def compare_dossiers(first: Files, second: Files, keys: Collection[VerifierKey]) -> Comparison:
    """Return what two dossiers, each of which holds, say of each other.

    Their proofs pass stretches of the log, and a stretch that both pass has one hash or the log two faces.
    Raises: BadSignature when a checkpoint is not signed with one of the keys.
    """
    logs = [opened_checkpoint(files["checkpoint"], keys) for files in (first, second)]
    related, contradicts = _related(logs[0], _parts(first, logs[0]), logs[1], _parts(second, logs[1]))
    return Comparison(
        same_manifest=first["dossier.json"] == second["dossier.json"],
        first=logs[0],
        second=logs[1],
        logs=related,
        contradicts=contradicts,
    )


def _related(
    first: Checkpoint,
    of_first: Mapping[Stretch, bytes],
    second: Checkpoint,
    of_second: Mapping[Stretch, bytes],
) -> tuple[Logs, str]:
    if first.origin != second.origin:
        return Logs.TWO, ""
    parted = [part for part in of_first if part in of_second and of_first[part] != of_second[part]]
    if parted:
        return Logs.SPLIT, _told(min(parted, key=lambda part: (part[1] - part[0], part)))
    if first.size == second.size:
        return Logs.SAME, ""
    (small, large) = (first, of_second) if first.size < second.size else (second, of_first)
    root = hash_of_stretch(large, (0, small.size))
    if root is None:
        return Logs.NOT_TOLD, ""
    return (Logs.GREW, "") if root == small.root else (Logs.SPLIT, _told((0, small.size)))


def _told(stretch: Stretch) -> str:
    first, last = entry_id_of(stretch[0]), entry_id_of(stretch[1] - 1)
    return f"{first} is two things" if first == last else f"{first} to {last} are two things"


def _parts(files: Files, log: Checkpoint) -> dict[Stretch, bytes]:
    """Return the hash of every stretch of the log that the proofs of a dossier pass, and of all of it."""
    manifest = json.loads(base64.b64decode(json.loads(files["dossier.json"])["payload"]))
    parts: dict[Stretch, bytes] = {(0, log.size): log.root}
    for entry in manifest["entries"]:
        proof = read_proof(files[f"proofs/{entry['entry_id']}.tlog-proof"])
        if isinstance(proof, InclusionProof):
            leaf = leaf_of(entry["commitment"], Realm(manifest["realm"]))
            parts |= parts_of(leaf, proof.index, log.size, proof.hashes)
    return parts
