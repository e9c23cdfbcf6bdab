"""Bundles in a folder: laid there for somebody to carry, or carried here by somebody, each a whole file."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baken.errors import OutsideServiceFailed, RefusedByPolicy
from baken.operations.exchange_ports import LyingBundle
from baken.transports.whole_files import content_of, sync_folder, write_whole

ENDING = ".zip"
# What was taken in lies on in a folder of that name.
TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFolder:
    """A folder of this machine or of a stick, that both sides may write.

    ``max_bytes`` is the largest file that is read from it.
    """

    path: Path
    max_bytes: int

    def put(self, name: str, content: bytes) -> str:
        """Lay a bundle there, whole or not at all, and once; return where it lies.

        Raises: OutsideServiceFailed when the folder cannot take it; RefusedByPolicy when another file lies
        there under its name.
        """
        file = self.path / name
        try:
            if not os.path.lexists(file):
                write_whole(file, content)
            elif content_of(file, len(content)) != content:
                raise RefusedByPolicy(f"{file}: another file lies there under this name; move it away")
            sync_folder(self.path)
        except OSError as error:
            raise _told(self.path, error) from error
        return str(file)

    def lying(self) -> tuple[LyingBundle, ...]:
        """Return the bundles that lie there, in order of name; nothing when there is no folder.

        Raises: OutsideServiceFailed when it cannot be read.
        """
        try:
            return tuple(self._read())
        except OSError as error:
            raise _told(self.path, error) from error

    def one(self, name: str) -> LyingBundle:
        """Return one file that lies there.

        Raises: OutsideServiceFailed when it cannot be read.
        """
        try:
            return LyingBundle(name=name, content=content_of(self.path / name, self.max_bytes))
        except OSError as error:
            raise _told(self.path, error) from error

    def put_away(self, name: str) -> None:
        """Move what was taken in into a folder below, where it lies on."""
        try:
            (self.path / TAKEN).mkdir(exist_ok=True)
            (self.path / name).replace(self.path / TAKEN / name)
            sync_folder(self.path)
        except OSError as error:
            raise _told(self.path, error) from error

    def _read(self) -> Iterator[LyingBundle]:
        for file in sorted(self.path.glob(f"*{ENDING}")) if self.path.exists() else ():
            yield LyingBundle(name=file.name, content=content_of(file, self.max_bytes))


def _told(folder: Path, error: OSError) -> OutsideServiceFailed:
    said = (error.strerror or str(error)).lower()
    return OutsideServiceFailed(f"the folder {folder}: {said}; make it, make room, or let Baken write there")
