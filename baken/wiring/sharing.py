"""What a home shares by: its policies, its table of classifications, and the files of its partners."""

from pathlib import Path

from baken.operations.release_desk import Sharing
from baken.wiring.classifications import classifications
from baken.wiring.partners import partners
from baken.wiring.policies import policies


def sharing_of(home: Path, node: str) -> Sharing:
    """Return what a node shares by; what cannot be read of it keeps everything here.

    Raises: UnreadableInput for a partner or a table that is none.
    """
    return Sharing(
        node=node,
        policies=policies(home),
        classifications=classifications(home),
        partners=partners(home),
    )
