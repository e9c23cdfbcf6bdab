"""Files that are there whole or not at all, whenever the machine stops."""

import os
from collections.abc import Iterable
from pathlib import Path

UNFINISHED = ".unfinished"
# What nobody released, no other user of the machine may read.
FOR_ITS_OWNER = 0o700


def write_whole(file: Path, content: bytes | memoryview) -> None:
    """Write a file under another name, force it to disk, and only then give it its own name.

    Raises: OSError as the disk gives it; then nothing is left behind.
    """
    file.parent.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
    unfinished = file.with_name(file.name + UNFINISHED)
    try:
        with unfinished.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk; a new name is not safe before that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def strays(folder: Path, wanted: Iterable[str]) -> list[Path]:
    """Return the files of a folder that nobody refers to: what a stopped process left."""
    names = set(wanted)
    return sorted(file for file in folder.glob("*") if file.is_file() and file.name not in names)
