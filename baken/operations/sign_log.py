"""Sign a log, show what is in it, and witness the logs of others."""

from collections.abc import Collection, Sequence

from baken.errors import NoSuchRecord, TheirMistake, UnreadableInput, WrongUsage
from baken.evidence.checkpoint import (
    Checkpoint,
    opened_checkpoint,
    read_checkpoint,
    signed_checkpoint,
)
from baken.evidence.log_proof import GrowthProof, InclusionProof
from baken.evidence.merkle import MerkleTree, leaf_hash, tree_of
from baken.evidence.sealing import leaf_of, seal
from baken.evidence.signed_note import SigningKey, VerifierKey, cosigned, read_note
from baken.evidence.witness import Refusal, advance
from baken.operations.evidence_ports import EvidenceLog, KeptCheckpoint, Witnessed
from baken.records.evidence import KeptEntry, entry_id_of
from baken.records.marking import Realm


def sign_log(
    log: EvidenceLog, realm: Realm, key: SigningKey, *, at_tai_ns: int, size: int | None = None
) -> KeptCheckpoint:
    """Sign what a log is now, or was at a size, and keep it.

    Raises: UnreadableInput when the log no longer begins with what was signed before: somebody changed it.
    """
    # Asked first, since others may write meanwhile.
    n_at_least = log.size(realm)
    tree = tree_of(log.leaf_hashes(realm))
    if tree.size < n_at_least:
        raise UnreadableInput(
            f"the log of {realm} has {tree.size:,} entries in {n_at_least:,} places: some were taken out; "
            "put back a copy, and see 'baken evidence check'"
        )
    _refuse_changed(log, realm, tree)
    size = tree.size if size is None else size
    if size > tree.size:
        raise NoSuchRecord(f"the log of {realm} has {tree.size:,} entries, not yet {size:,}")
    note = signed_checkpoint(Checkpoint(origin=key.name, size=size, root=tree.root(size)), key)
    kept = KeptCheckpoint(size=size, note=note.content, kept_at_tai_ns=at_tai_ns)
    log.keep_checkpoint(realm, kept)
    return kept


def take_cosigned(
    log: EvidenceLog, realm: Realm, note: bytes, keys: Collection[VerifierKey], *, at_tai_ns: int
) -> KeptCheckpoint:
    """Keep a checkpoint of this log that comes back with signatures of witnesses.

    Raises: WrongUsage when it is not what this log is or was; BadSignature when it did not sign it.
    """
    checkpoint = opened_checkpoint(note, keys)
    tree = tree_of(log.leaf_hashes(realm))
    if checkpoint.size > tree.size or tree.root(checkpoint.size) != checkpoint.root:
        raise WrongUsage(f"this checkpoint of {checkpoint.origin} is not one of the log of {realm} kept here")
    kept = KeptCheckpoint(size=checkpoint.size, note=note, kept_at_tai_ns=at_tai_ns)
    log.keep_checkpoint(realm, kept)
    return kept


def newest_checkpoint(log: EvidenceLog, realm: Realm, *, at_least: int = 0) -> KeptCheckpoint | None:
    """Return the checkpoint of the largest size; of several the one kept last, which has most signatures."""
    kept = [one for one in log.checkpoints(realm) if one.size >= at_least]
    return max(reversed(kept), key=lambda one: one.size, default=None)


def covering_checkpoint(log: EvidenceLog, realm: Realm, at_least: int) -> KeptCheckpoint:
    """Return the newest checkpoint of a log that has so many entries.

    Raises: NoSuchRecord when none reaches that far.
    """
    found = newest_checkpoint(log, realm, at_least=at_least)
    if found is None:
        raise NoSuchRecord("no checkpoint reaches that far yet; 'baken evidence checkpoint' signs one")
    return found


def prove_entry(log: EvidenceLog, realm: Realm, sequence: int, checkpoint: KeptCheckpoint) -> InclusionProof:
    """Prove that an entry stands in a log as a checkpoint says.

    Raises: NoSuchRecord when there is no such entry; UnreadableInput when it is not what was kept.
    """
    return prove_entries(log, [log.entry(realm, sequence)], checkpoint)[0]


def prove_entries(
    log: EvidenceLog, entries: Sequence[KeptEntry], checkpoint: KeptCheckpoint
) -> tuple[InclusionProof, ...]:
    """Prove that entries of one realm stand in a log as a checkpoint says.

    Raises: UnreadableInput when one of them is not what was kept.
    """
    realm = entries[0].entry.realm
    tree = tree_of(log.leaf_hashes(realm, checkpoint.size))
    for kept in entries:
        if trouble := _trouble_of(kept, tree.levels[0][kept.sequence]):
            raise UnreadableInput(trouble)
    return tuple(
        InclusionProof(
            index=kept.sequence,
            hashes=tree.inclusion_proof(kept.sequence),
            checkpoint=checkpoint.note,
            leaf=leaf_of(kept.sealed.commitment, realm),
        )
        for kept in entries
    )


def prove_growth(log: EvidenceLog, realm: Realm, earlier: int, checkpoint: KeptCheckpoint) -> GrowthProof:
    """Prove that a log at a checkpoint begins as it was at an earlier size.

    Raises: WrongUsage when the checkpoint is smaller.
    """
    if not 0 <= earlier <= checkpoint.size:
        raise WrongUsage(
            f"the newest checkpoint has {checkpoint.size:,} entries, and did not grow from {earlier:,}"
        )
    tree = tree_of(log.leaf_hashes(realm, checkpoint.size))
    return GrowthProof(earlier=earlier, hashes=tree.consistency_proof(earlier), checkpoint=checkpoint.note)


def witness(
    log: EvidenceLog,
    note: bytes,
    hashes: Sequence[bytes],
    keys: Collection[VerifierKey],
    by: SigningKey,
    *,
    posix_s: int,
) -> bytes | Refusal:
    """Cosign somebody's checkpoint when it follows from what was seen of his log before, and remember it.

    Raises: Overtaken when another witnessed the log meanwhile; BadMessage, BadSignature.
    """
    seen = log.witnessed(read_checkpoint(read_note(note).text).origin)
    now = advance(seen.note if seen else None, note, hashes, keys)
    if isinstance(now, Refusal):
        return now
    content = cosigned(read_note(note), by, posix_s=posix_s).content
    log.keep_witnessed(
        Witnessed(origin=now.origin, size=now.size, root=now.root, note=content), instead_of=seen
    )
    return content


def troubles_of(log: EvidenceLog, realm: Realm, keys: Collection[VerifierKey]) -> list[str]:
    """Go through a whole log and return what in it is not as it was kept, entry by entry.

    Every entry is sealed again, every content hashed again, every checkpoint held against the tree.
    """
    hashes = log.leaf_hashes(realm)
    entries = log.entries(realm, limit=len(hashes))
    found = _missing(entries)
    found += [
        trouble for kept, leaf in zip(entries, hashes, strict=True) if (trouble := _trouble_of(kept, leaf))
    ]
    found += [trouble for kept in entries if (trouble := _trouble_of_content(log, kept))]
    tree = tree_of(hashes)
    return found + [
        trouble for one in log.checkpoints(realm) if (trouble := _trouble_of_checkpoint(tree, one, keys))
    ]


def _missing(entries: Sequence[KeptEntry]) -> list[str]:
    places = {kept.sequence for kept in entries}
    taken_out = sorted(set(range(max(places, default=0))) - places)
    return [f"{entry_id_of(place)}: is missing; put back a copy" for place in taken_out]


def _refuse_changed(log: EvidenceLog, realm: Realm, tree: MerkleTree) -> None:
    for one in log.checkpoints(realm):
        signed_before = read_checkpoint(read_note(one.note).text)
        if signed_before.size > tree.size or tree.root(signed_before.size) != signed_before.root:
            raise UnreadableInput(
                f"the log of {realm} no longer begins with the {signed_before.size:,} entries that were "
                "signed for: it was changed; put back a copy, and see 'baken evidence check'"
            )


def _trouble_of(kept: KeptEntry, leaf: bytes) -> str:
    sealed = kept.sealed
    try:
        commitment = seal(sealed.entry, sealed.secret).commitment
    except ValueError as error:
        return f"{kept.entry_id}: cannot be sealed as it stands ({error})"
    if commitment != sealed.commitment or leaf_hash(leaf_of(commitment, sealed.entry.realm)) != leaf:
        return f"{kept.entry_id}: is not what was kept; put back a copy"
    return ""


def _trouble_of_content(log: EvidenceLog, kept: KeptEntry) -> str:
    if kept.entry.content is None:
        return ""
    try:
        log.content(kept.entry.content.digest)
    except (NoSuchRecord, TheirMistake) as error:
        return f"{kept.entry_id}: {error}"
    return ""


def _trouble_of_checkpoint(tree: MerkleTree, kept: KeptCheckpoint, keys: Collection[VerifierKey]) -> str:
    try:
        signed_before = opened_checkpoint(kept.note, keys)
    except TheirMistake as error:
        return f"checkpoint of size {kept.size:,}: {error}"
    if signed_before.size > tree.size or tree.root(signed_before.size) != signed_before.root:
        return f"checkpoint of size {signed_before.size:,}: the log no longer begins with what was signed"
    return ""
