"""Bytes that belong to entries, each in a file that is named by what stands in it."""

from pathlib import Path

from baken.errors import NoSuchRecord, UnreadableInput
from baken.records.lineage import digest_of_bytes
from baken.store.files import UNFINISHED, write_whole


def file_of(folder: Path, digest: str) -> Path:
    """Return the file that holds the bytes with a digest."""
    return folder / digest.removeprefix("sha256:")


def keep(folder: Path, content: bytes) -> str:
    """Write bytes into a folder, unless they are there already, and return their digest.

    One at a time: whoever calls this holds the writer's lock.
    """
    digest = digest_of_bytes(content)
    file = file_of(folder, digest)
    # What was damaged since is put right by one who has it.
    if not file.exists() or digest_of_bytes(file.read_bytes()) != digest:
        write_whole(file, content)
    return digest


def kept(folder: Path, digest: str) -> bytes:
    """Return kept bytes.

    Raises: NoSuchRecord when they are not kept; UnreadableInput when they are not what was kept.
    """
    file = file_of(folder, digest)
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise NoSuchRecord(f"no content {digest} is kept here; put back a copy as {file}") from None
    except OSError as error:
        raise UnreadableInput(f"{file}: cannot be read ({error.strerror}); put back a copy") from error
    if digest_of_bytes(content) != digest:
        raise UnreadableInput(f"{file}: is not what was kept; put back a copy")
    return content


def unfinished(folder: Path) -> list[Path]:
    """Return what a stopped process left half written."""
    return sorted(folder.glob("*" + UNFINISHED))
