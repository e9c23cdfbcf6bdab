"""Files that are changed whole or not at all."""

import os
from pathlib import Path

# What a service gave to one account is not for every user of the machine.
FOR_ITS_OWNER = 0o700


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file at once: whoever reads it, after whatever crash, finds the old content or the new."""
    path.parent.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    make_last(part)
    settle(part, path)


def make_last(path: Path) -> None:
    """Wait until the content of a file is on disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def settle(part: Path, path: Path) -> None:
    """Give a finished file its name, and make the name last."""
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
