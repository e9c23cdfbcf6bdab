"""What letters of a home are sent with: who speaks, whom he can reach, and the ways there are."""

from pathlib import Path

from baken.operations.send_notices import Mail
from baken.wiring.mechanisms import directory
from baken.wiring.transports import open_transports


def mail_of(home: Path, node: str) -> Mail:
    """Return what a home sends letters with; no ways where it has no ``transports.toml``.

    Raises: UnreadableInput in one line that names the file, the table and the field.
    """
    return Mail(
        sender=f"Baken {node}", node=node, directory=directory(home), transports=open_transports(home)
    )
