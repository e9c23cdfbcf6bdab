"""Arrays too large to hold twice: written whole, read in place."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from baken.errors import UnreadableInput
from baken.store.files import FOR_ITS_OWNER, strays, sync_folder, write_whole
from baken.store.troubles import told_plainly

CONTENTS = "contents.json"
Array = np.ndarray[tuple[int, ...], np.dtype[np.generic]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a folder of arrays: the file of each, and how many times it was written."""

    version: int
    files: dict[str, str]


def save_arrays(folder: Path, arrays: Mapping[str, Array]) -> None:
    """Put arrays into a folder, in place of those that were there.

    Whoever stops in between leaves the old ones or the new ones; whoever has the old ones open keeps them.
    One writer at a time.

    Raises: WrongUsage or OutsideServiceFailed when the folder cannot take them.
    """
    with told_plainly(str(folder)):
        folder.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        version = _contents(folder).version + 1 if (folder / CONTENTS).exists() else 1
        # A new version has new names, so that nobody's open file changes under his hands.
        files = {name: f"{name}.{version}.npy" for name in arrays}
        for name, array in arrays.items():
            _write_array(folder / files[name], array)
        sync_folder(folder)
        text = json.dumps({"version": version, "files": files}, indent=1)
        write_whole(folder / CONTENTS, text.encode())
        for stray in strays(folder, {CONTENTS, *files.values()}):
            stray.unlink(missing_ok=True)


def open_arrays(folder: Path) -> dict[str, Array]:
    """Return the arrays of a folder by name, mapped into memory: read when touched, never written.

    Raises: UnreadableInput when the folder holds no arrays, or not what was written.
    """
    try:
        files = _contents(folder).files
        return {
            name: np.load(folder / file, mmap_mode="r", allow_pickle=False) for name, file in files.items()
        }
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableInput(
            f"{folder}: no arrays can be read from it ({error}); compute them anew"
        ) from error


def _contents(folder: Path) -> Contents:
    told = json.loads((folder / CONTENTS).read_text())
    return Contents(version=told["version"], files=told["files"])


def _write_array(file: Path, array: Array) -> None:
    with file.open("wb") as stream:
        np.save(stream, np.ascontiguousarray(array), allow_pickle=False)
        stream.flush()
        os.fsync(stream.fileno())
