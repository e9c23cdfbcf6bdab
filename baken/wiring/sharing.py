"""What a home shares by: its policies, its table of classifications, and the files of its partners."""

from collections.abc import Iterable
from pathlib import Path

from baken.errors import UnreadableInput
from baken.operations.release_desk import Sharing
from baken.records.partner import Partner
from baken.wiring.classifications import classifications
from baken.wiring.partners import partners
from baken.wiring.policies import policies


def sharing_of(home: Path, node: str) -> Sharing:
    """Return what a node shares by; what cannot be read of it keeps everything here.

    Raises: UnreadableInput for a partner or a table that is none, or a partner who bears our own name.
    """
    known = partners(home)
    _refuse_own_name(node, known.values())
    return Sharing(
        node=node,
        policies=policies(home),
        classifications=classifications(home),
        partners=known,
    )


def _refuse_own_name(node: str, known: Iterable[Partner]) -> None:
    """Refuse a partner to whom would go what is for this node, or belongs to it."""
    for each in known:
        if node.casefold() in {name.casefold() for name in (each.code, *each.audiences)}:
            raise UnreadableInput(
                f"the file of partner {each.code}: {node} is this node itself, and nobody else is; "
                "take it out of code and audiences"
            )
