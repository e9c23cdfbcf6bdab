"""What a log says of itself: how many entries it has, and the hash that stands for all of them.

Source: C2SP tlog-checkpoint.
"""

import base64
import binascii
from collections.abc import Collection
from dataclasses import dataclass

from baken.errors import BadMessage
from baken.evidence.merkle import HASH_BYTES
from baken.evidence.signed_note import (
    SIGNER,
    BadSignature,
    SignedNote,
    SigningKey,
    VerifierKey,
    read_note,
    signed,
    signers,
)
from baken.records.marking import Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The state of a log at one size.  ``extensions`` are lines of others, kept and not understood."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = [self.origin, *self.extensions]
        if not all(lines) or any("\n" in line for line in lines):
            raise ValueError("the lines of a checkpoint are not empty")
        if self.size < 0 or len(self.root) != HASH_BYTES:
            raise ValueError("a checkpoint has a size and a root of 32 bytes")

    @property
    def text(self) -> str:
        """The text that is signed."""
        root = base64.b64encode(self.root).decode()
        return "\n".join([self.origin, str(self.size), root, *self.extensions]) + "\n"


def origin_of(node: str, realm: Realm) -> str:
    """Return what the log of a node and a world is called, and the key that signs for it.

    >>> origin_of("NL", Realm.REAL)
    'baken/NL/real'
    """
    return f"baken/{node}/{realm.value.lower()}"


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint.

    Raises: BadMessage with the line, when it is none.
    """
    lines = text.split("\n")
    try:
        origin, size, root, *extensions = lines[:-1]
        read = Checkpoint(
            origin=origin,
            size=int(size),
            root=base64.b64decode(root, validate=True),
            extensions=tuple(extensions),
        )
    except (ValueError, binascii.Error) as error:
        raise BadMessage(f"this is no checkpoint: {error}", next_step="ask for it anew") from error
    if read.text != text:
        raise BadMessage("this checkpoint is not written as checkpoints are", next_step="ask for it anew")
    return read


def signed_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> SignedNote:
    """Sign a checkpoint with the key of its log.

    Raises: ValueError when the key is that of another.
    """
    if (key.name, key.algorithm) != (checkpoint.origin, SIGNER):
        raise ValueError(f"the log {checkpoint.origin} is not signed for by {key.name}")
    return signed(checkpoint.text, key)


def opened_checkpoint(note: SignedNote | bytes, keys: Collection[VerifierKey]) -> Checkpoint:
    """Return the checkpoint in a note that the log itself signed, with one of these keys.

    Raises: BadMessage when it is no checkpoint; BadSignature when the log did not sign it.
    """
    if isinstance(note, bytes):
        note = read_note(note)
    checkpoint = read_checkpoint(note.text)
    own = [key for key in keys if key.name == checkpoint.origin and key.algorithm == SIGNER]
    if not own:
        raise BadSignature(f"the key of {checkpoint.origin} is not among those given; give it with --key")
    signers(note, own)
    return checkpoint
