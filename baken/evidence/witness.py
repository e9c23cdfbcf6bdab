"""A second party that looks at a log as it grows, so that nobody is shown another log than the rest.

Source: C2SP tlog-cosignature and tlog-witness.
"""

import base64
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from baken.errors import BadMessage
from baken.evidence.checkpoint import Checkpoint, opened_checkpoint
from baken.evidence.merkle import EMPTY_ROOT, earlier_root_proved
from baken.evidence.signed_note import VerifierKey

SPLIT_VIEW = "baken split view 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitView:
    """Two checkpoints of one log that cannot both be true; the signatures of the log itself convict it.

    Of one size they have two roots.  Of two sizes ``hashes`` lead the later root back to another earlier one.
    """

    earlier: bytes
    later: bytes
    hashes: tuple[bytes, ...] = ()

    @property
    def content(self) -> bytes:
        """The evidence as a file that a third party can check."""
        document = {
            "kind": SPLIT_VIEW,
            "earlier": self.earlier.decode(),
            "later": self.later.decode(),
            "consistency_proof": [base64.b64encode(one).decode() for one in self.hashes],
        }
        return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a witness does not cosign, and the evidence of a split view where there is some."""

    reason: str
    split_view: SplitView | None = None


def advance(
    seen: bytes | None, note: bytes, hashes: Sequence[bytes], keys: Collection[VerifierKey]
) -> Checkpoint | Refusal:
    """Return the checkpoint a witness may cosign, having seen an earlier one, or why not.

    Raises: BadMessage, BadSignature when either note is not the log's own.
    """
    now = opened_checkpoint(note, keys)
    then = opened_checkpoint(seen, keys) if seen else Checkpoint(origin=now.origin, size=0, root=EMPTY_ROOT)
    if then.origin != now.origin:
        raise ValueError(f"{now.origin} was not witnessed before; {then.origin} was")
    if now.size < then.size:
        return Refusal(
            reason=f"{now.origin} shrank: it had {then.size} entries and now says {now.size}; "
            "ask it for a later checkpoint, or for one of the same size to compare"
        )
    root = earlier_root_proved(then.size, then.root, now.size, now.root, hashes)
    if root is None:
        return Refusal(
            reason=f"{now.origin} does not show that its {now.size} entries begin with the {then.size} seen; "
            f"ask it for a proof since {then.size}, or for its checkpoint of that size"
        )
    if root != then.root:
        two = SplitView(earlier=seen or b"", later=note, hashes=tuple(hashes))
        return Refusal(
            reason=f"{now.origin} shows two histories: what it had at {then.size} entries is not what was "
            "seen; hand the evidence to all who rely on it",
            split_view=two if seen else None,
        )
    return now


def is_split_view(evidence: SplitView, keys: Collection[VerifierKey]) -> bool:
    """Say whether evidence convicts the log with one of these keys.  Nobody's word is needed for it.

    Raises: BadMessage, BadSignature when one of the checkpoints is not the log's own.
    """
    then, now = opened_checkpoint(evidence.earlier, keys), opened_checkpoint(evidence.later, keys)
    if then.origin != now.origin:
        return False
    root = earlier_root_proved(then.size, then.root, now.size, now.root, evidence.hashes)
    return root is not None and root != then.root


def read_split_view(content: bytes) -> SplitView:
    """Read evidence of a split view.

    Raises: BadMessage when it is none.
    """
    try:
        document = json.loads(content)
        if document["kind"] != SPLIT_VIEW:
            raise ValueError(f"its kind is not {SPLIT_VIEW}")
        return SplitView(
            earlier=document["earlier"].encode(),
            later=document["later"].encode(),
            hashes=tuple(base64.b64decode(one, validate=True) for one in document["consistency_proof"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadMessage(f"this is no evidence of a split view: {error}") from error
