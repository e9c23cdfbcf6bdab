"""Where Baken meets files, standard input and standard output."""

import gzip
import mimetypes
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from baken.errors import BadMessage, BakenError, TheirMistake, UnreadableInput, WrongUsage

STANDARD_STREAM = "-"
LINE_FIRST = re.compile(r"line (\d+):? ")


def read_bytes(path: str) -> bytes:
    """Return what a file holds, or standard input for ``-``.

    Raises: UnreadableInput in one line that says what the system said.
    """
    if path == STANDARD_STREAM:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}: {_reason(error)}; check the path") from error


def refuse_unwritable(path: str) -> None:
    """Refuse a place that cannot be written, before the work whose result is meant for it.

    Raises: WrongUsage naming the place.
    """
    folder = Path(path).parent
    if path != STANDARD_STREAM and not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise WrongUsage(f"{path}: nothing can be written there; choose another place for the output")


def write_bytes(path: str, content: bytes) -> None:
    """Write a file whole or not at all; ``-`` is standard output, ``.gz`` is packed.

    Raises: WrongUsage when the place cannot be written.
    """
    if path == STANDARD_STREAM:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    if path.endswith(".gz"):
        content = gzip.compress(content, mtime=0)
    try:
        _replace(Path(path), content)
    except OSError as error:
        raise WrongUsage(f"{path}: {_reason(error)}; choose another place for the output") from error


@contextmanager
def said_of(path: str) -> Iterator[None]:
    """Put the file's name in front of whatever is wrong with what stood in it."""
    try:
        yield
    except BadMessage as error:
        _say_of(path, error, ":" if error.line else ": ")
    except TheirMistake as error:
        _say_of(path, error, "" if str(error).startswith(path) else ": ")


def _say_of(path: str, error: BakenError, joint: str) -> NoReturn:
    text = str(error)
    # A reader that gave up on the whole names its line in words; an editor wants it after the name.
    if joint and (line := LINE_FIRST.match(text)):
        text, joint = text[line.end() :], f":{line[1]}: "
    raise UnreadableInput(f"{path}{joint}{text}" if joint else text) from error


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and move into its place, so that no reader ever sees half."""
    handle, beside = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes private files; a result gets the rights any new file would get.
        umask = os.umask(0)
        os.umask(umask)
        Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def name_of(path: str) -> str:
    """Return what a file is called, without the folders it lies in.

    >>> name_of("case/streak.png"), name_of("-")
    ('streak.png', 'standard input')
    """
    return "standard input" if path == STANDARD_STREAM else Path(path).name


def media_type(name: str) -> str:
    """Return what kind of content a file has, as its name says; the same on every machine.

    >>> media_type("streak.png"), media_type("nameless")
    ('image/png', 'application/octet-stream')
    """
    return mimetypes.MimeTypes(filenames=()).guess_type(name)[0] or "application/octet-stream"
