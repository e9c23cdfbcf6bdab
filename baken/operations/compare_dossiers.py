"""Compare two dossiers: are they parts of one, and can the logs they speak of both be true?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from baken.evidence.checkpoint import Checkpoint, opened_checkpoint
from baken.evidence.signed_note import VerifierKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two dossiers say of each other.  A split log showed two faces, and signed both."""

    same_manifest: bool
    first: Checkpoint
    second: Checkpoint

    @property
    def is_same_log(self) -> bool:
        return self.first.origin == self.second.origin

    @property
    def is_split(self) -> bool:
        same_size = self.is_same_log and self.first.size == self.second.size
        return same_size and self.first.root != self.second.root


def compare_dossiers(
    first: Mapping[str, bytes], second: Mapping[str, bytes], keys: Collection[VerifierKey]
) -> Comparison:
    """Return what two dossiers, each of which holds, say of each other.

    Logs of different sizes are not told apart here: that one grew from the other is for a proof of growth.
    Raises: BadSignature when a checkpoint is not signed with one of the keys.
    """
    return Comparison(
        same_manifest=first["dossier.json"] == second["dossier.json"],
        first=opened_checkpoint(first["checkpoint"], keys),
        second=opened_checkpoint(second["checkpoint"], keys),
    )
