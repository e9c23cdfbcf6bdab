"""Keys, notes and small logs for the tests of evidence."""

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baken.evidence.checkpoint import Checkpoint, signed_checkpoint
from baken.evidence.merkle import MerkleTree, leaf_hash, tree_of
from baken.evidence.signed_note import SIGNER, WITNESS, SigningKey

REFERENCE = json.loads((Path(__file__).parents[1] / "authorities" / "signed_notes.json").read_text())
ORIGIN = "baken/NL/real"


def key_of(name: str, seed: int = 1, algorithm: int = SIGNER) -> SigningKey:
    """A key that is the same in every run."""
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32), algorithm)


LOG_KEY = key_of(ORIGIN)
WITNESS_KEY = key_of("baken/DE/witness", 2, WITNESS)


def log_of(size: int, told: str = "truth") -> MerkleTree:
    """A log of a size; another story gives another log."""
    return tree_of(leaf_hash(f"{told} {n}".encode()) for n in range(size))


def note_of(log: MerkleTree, size: int | None = None, key: SigningKey = LOG_KEY) -> bytes:
    """What a log says of itself, signed."""
    size = log.size if size is None else size
    return signed_checkpoint(Checkpoint(origin=key.name, size=size, root=log.root(size)), key).content
