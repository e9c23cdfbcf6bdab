"""Check a proof as somebody does who has the file, the keys of those he relies on, and nobody's word."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from baken.errors import BadMessage, WrongUsage
from baken.evidence.checkpoint import Checkpoint, opened_checkpoint
from baken.evidence.log_proof import GrowthProof, InclusionProof, read_proof
from baken.evidence.merkle import EMPTY_ROOT, leaf_hash, proves_consistency, proves_inclusion
from baken.evidence.signed_note import (
    SIGNER,
    WITNESS,
    BadSignature,
    VerifierKey,
    read_note,
    seen_at_posix_s,
    signers,
)
from baken.evidence.witness import is_split_view, read_split_view


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a proof holds, what it says, and which witnesses saw the log so, each with his time."""

    holds: bool
    says: str
    origin: str = ""
    size: int = 0
    witnesses: tuple[tuple[str, int], ...] = ()


def check_proof(
    content: bytes, keys: Collection[VerifierKey], *, earlier_note: bytes | None = None
) -> Verdict:
    """Check a proof of inclusion, of growth since an earlier checkpoint, or of two histories.

    Raises: BadMessage when it is no proof; WrongUsage when a proof of growth comes without what it grew from.
    """
    try:
        if content.startswith(b"{"):
            return _split_view(content, keys)
        proof = read_proof(content)
        if isinstance(proof, InclusionProof):
            return _inclusion(proof, keys)
        return _growth(proof, keys, earlier_note)
    except BadSignature as error:
        return Verdict(holds=False, says=str(error))


def _inclusion(proof: InclusionProof, keys: Collection[VerifierKey]) -> Verdict:
    log = opened_checkpoint(proof.checkpoint, keys)
    holds = proves_inclusion(leaf_hash(proof.leaf), proof.index, log.size, proof.hashes, log.root)
    what = (
        f"the entry of {_commitment(proof.leaf)} stands as EV-{proof.index} in {log.origin} of {log.size:,}"
    )
    return _verdict(holds, what, log, proof.checkpoint, keys)


def _growth(proof: GrowthProof, keys: Collection[VerifierKey], earlier_note: bytes | None) -> Verdict:
    log = opened_checkpoint(proof.checkpoint, keys)
    if proof.earlier and earlier_note is None:
        raise WrongUsage(
            f"growth is shown from something: give the checkpoint of size {proof.earlier:,} as well"
        )
    nothing = Checkpoint(origin=log.origin, size=0, root=EMPTY_ROOT)
    then = nothing if earlier_note is None else opened_checkpoint(earlier_note, keys)
    holds = (then.origin, then.size) == (log.origin, proof.earlier) and proves_consistency(
        then.size, then.root, log.size, log.root, proof.hashes
    )
    what = f"{log.origin} of {log.size:,} entries begins as it was when it had {proof.earlier:,}"
    return _verdict(holds, what, log, proof.checkpoint, keys)


def _split_view(content: bytes, keys: Collection[VerifierKey]) -> Verdict:
    evidence = read_split_view(content)
    holds = is_split_view(evidence, keys)
    log = opened_checkpoint(evidence.later, keys)
    what = f"{log.origin} showed two histories, and signed for both"
    return _verdict(holds, what, log, evidence.later, keys)


def _verdict(holds: bool, what: str, log: Checkpoint, note: bytes, keys: Collection[VerifierKey]) -> Verdict:
    return Verdict(
        holds=holds,
        says=what if holds else f"it is not shown that {what}",
        origin=log.origin,
        size=log.size,
        witnesses=_witnesses(note, keys),
    )


def _witnesses(content: bytes, keys: Collection[VerifierKey]) -> tuple[tuple[str, int], ...]:
    note = read_note(content)
    # Who signs for the log is no second party.
    own = {key.public_key for key in keys if key.algorithm == SIGNER}
    others = [key for key in keys if key.algorithm == WITNESS and key.public_key not in own]
    named = [key for key in others if note.signature_of(key)]
    return tuple((key.name, seen_at_posix_s(note, key)) for key in (signers(note, named) if named else ()))


def _commitment(leaf: bytes) -> str:
    try:
        return str(json.loads(leaf)["commitment"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadMessage("the proof does not tell which entry it is of; ask for it anew") from error
