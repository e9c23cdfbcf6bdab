"""Letters into a folder: one file a key, there whole or not at all, and once however often it is sent."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

from baken.errors import LetterRefused, OutsideServiceFailed
from baken.records.letter import Letter
from baken.transports.message import message_of
from baken.transports.settings import Settings
from baken.transports.whole_files import NEW, content_of, sync_folder, write_whole

LOCK = ".lock"
LARGEST_BYTES = 10_000_000  # of a letter
# Nobody has to do anything to the letter, only make room or mount the folder.
MAY_PASS = frozenset(
    {errno.ENOENT, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE, errno.EINTR, errno.EAGAIN}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder that somebody else empties: another program, a mail user, a person with a stick."""

    path: Path
    from_address: str
    name: str = "folder"

    def send(self, letter: Letter) -> str:
        """Put a letter there as ``KEY.eml``; one that lies there already is left as it is.

        Raises: OutsideServiceFailed when the folder is not there, full or fails; LetterRefused when it may
        not be written, or another letter lies there under the same key.
        """
        file = self.path / f"{letter.key}.eml"
        content = message_of(letter, self.from_address)
        try:
            with _alone_in(self.path):
                if not os.path.lexists(file):
                    write_whole(file, content)
                elif not _says_the_same(content_of(file, LARGEST_BYTES), content):
                    raise LetterRefused(
                        f"{file}: another letter lies there under this key; give it a new key"
                    )
                sync_folder(self.path)
        except OSError as error:
            raise _in_plain_words(self.path, error) from error
        return f"lies in {file}"


def open_folder(settings: Settings) -> Folder:
    """Return the folder that the settings name.

    Raises: UnreadableInput.
    """
    return Folder(path=settings.path("path"), from_address=settings.mailbox("from"))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    # The system lets go of the lock when its process is killed.
    descriptor = os.open(folder / LOCK, os.O_RDWR | NEW, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _says_the_same(lies_there: bytes | None, content: bytes) -> bool:
    # Not byte by byte: a later Baken may write its headers otherwise, and the letter is still the same.
    return lies_there is not None and _gist(lies_there) == _gist(content)


def _gist(content: bytes) -> tuple[object, ...]:
    message = message_from_bytes(content, policy=SMTP)
    return message["To"], message["Subject"], message.get_payload(decode=True)


def _in_plain_words(folder: Path, error: OSError) -> OutsideServiceFailed | LetterRefused:
    said = (error.strerror or str(error)).lower()
    if error.errno in MAY_PASS:
        return OutsideServiceFailed(f"the folder {folder}: {said}; make it, or make room, and send again")
    return LetterRefused(f"the folder {folder}: {said}; give Baken the right to write there")
