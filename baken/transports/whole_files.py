"""Files laid in a folder that others may write too: there whole or not at all, whenever the machine stops."""

import os
from pathlib import Path

# What others laid there as a pointer to elsewhere is not followed.
NEW = os.O_CREAT | os.O_NOFOLLOW


def write_whole(file: Path, content: bytes) -> None:
    """Write a file under another name, force it to disk, and only then give it its own name.

    Assumes one writer at a time: what a killed one left under the other name is overwritten.
    Raises: OSError; then nothing is left behind.
    """
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_TRUNC | NEW, 0o666), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk; a new name is not safe before that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
