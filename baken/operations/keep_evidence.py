"""Keep evidence: seal what was said or done, and append it to the log of its world."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from baken.evidence.sealing import seal
from baken.operations.evidence_ports import EvidenceLog, Seen
from baken.records.evidence import Entry, KeptEntry

Luck: TypeAlias = Callable[[int], bytes]
SECRET_BYTES = 32


def keep(
    log: EvidenceLog, entries: Sequence[Entry], *, at_tai_ns: int, luck: Luck, seen: Seen | None = None
) -> tuple[KeptEntry, ...]:
    """Seal entries, each with a secret of its own, append them together, and return them in their places.

    Raises: Overtaken when there are other entries about the subject than were seen; nothing is kept then.
    """
    sealed = [seal(entry, luck(SECRET_BYTES)) for entry in entries]
    return log.append(sealed, at_tai_ns=at_tai_ns, seen=seen)
