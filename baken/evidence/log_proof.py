"""Proofs as files that anyone can check: that an entry is in a log, and that a log only grew.

Source: C2SP tlog-proof for the first; the request of C2SP tlog-witness for the second.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from baken.errors import BadMessage
from baken.evidence.merkle import HASH_BYTES

PROOF_HEADER = "c2sp.org/tlog-proof@v1"
# A log of 2^63 entries has no longer proofs.
MAX_HASHES = 63


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """That a leaf stands in a place of a log.  ``leaf`` is what stands there, told beside the proof."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    leaf: bytes = b""

    @property
    def content(self) -> bytes:
        """The proof as it is written."""
        extra = [f"extra {_base64(self.leaf)}"] if self.leaf else []
        lines = [PROOF_HEADER, *extra, f"index {self.index}", *map(_base64, self.hashes), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthProof:
    """That a log at a checkpoint begins as it was when it was smaller."""

    earlier: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def content(self) -> bytes:
        """The proof as it is written."""
        lines = [f"old {self.earlier}", *map(_base64, self.hashes), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


def read_proof(content: bytes) -> InclusionProof | GrowthProof:
    """Read a proof of either kind.

    Raises: BadMessage with the line, when it is none.
    """
    head, blank, checkpoint = content.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise BadMessage("this is no proof: it begins with odd characters") from error
    proof = _growth(lines, checkpoint) if lines[0].startswith("old ") else _inclusion(lines, checkpoint)
    if not blank or proof.content != content:
        raise BadMessage("this proof is not written as proofs are", next_step="ask for it anew")
    return proof


def _growth(lines: Sequence[str], checkpoint: bytes) -> GrowthProof:
    return GrowthProof(
        earlier=_number(lines[0].removeprefix("old "), 1), hashes=_hashes(lines, 1), checkpoint=checkpoint
    )


def _inclusion(lines: Sequence[str], checkpoint: bytes) -> InclusionProof:
    if lines[0] != PROOF_HEADER:
        raise BadMessage(f"a proof begins with {PROOF_HEADER}, or with 'old' and a size", line=1)
    place, leaf = 1, b""
    if len(lines) > 1 and lines[1].startswith("extra "):
        place, leaf = 2, _decoded(lines[1].removeprefix("extra "), 2)
    if len(lines) <= place or not lines[place].startswith("index "):
        raise BadMessage("the index of the entry is missing", line=place + 1)
    index = _number(lines[place].removeprefix("index "), place + 1)
    return InclusionProof(index=index, hashes=_hashes(lines, place + 1), checkpoint=checkpoint, leaf=leaf)


def _hashes(lines: Sequence[str], first: int) -> tuple[bytes, ...]:
    if len(lines) - first > MAX_HASHES:
        raise BadMessage(f"no proof has more than {MAX_HASHES} hashes; this one has {len(lines) - first}")
    hashes = tuple(_decoded(line, n) for n, line in enumerate(lines[first:], first + 1))
    if any(len(one) != HASH_BYTES for one in hashes):
        raise BadMessage("every hash of a proof has 32 bytes")
    return hashes


def _number(text: str, line: int) -> int:
    if not (text.isascii() and text.isdecimal()) or (text != "0" and text.startswith("0")):
        raise BadMessage(f"{text!r} is no number", line=line)
    return int(text)


def _decoded(text: str, line: int) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadMessage(f"this is no base64: {error}", line=line) from error


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
