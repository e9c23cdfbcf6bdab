"""Files laid in a folder that others may write too: there whole or not at all, whenever the machine stops."""

import errno
import os
import stat
from pathlib import Path

# What others laid there as a pointer to elsewhere is not followed, and a pipe is not waited for.
AS_IT_LIES = os.O_NOFOLLOW | os.O_NONBLOCK
NEW = os.O_CREAT | AS_IT_LIES
NO_FILE = (errno.ELOOP, errno.ENXIO)


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


def content_of(file: Path, max_bytes: int) -> bytes | None:
    """Return what a file holds; nothing for what is no file, a pointer to elsewhere, or too large.

    Raises: OSError when it cannot be read.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | AS_IT_LIES)
    except OSError as error:
        if error.errno in NO_FILE:
            return None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as stream:
        content = stream.read(max_bytes + 1)
    return content if len(content) <= max_bytes else None


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk; a new name is not safe before that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
