"""What a database or a disk complains of, told in one line that names the next step."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from baken.errors import BakenError, OutsideServiceFailed, UnreadableInput, WrongUsage

# The words of SQLite, which has no finer kinds of error to go by; a test pins each of them.
COMPLAINTS: tuple[tuple[str, type[BakenError], str], ...] = (
    ("disk is full", OutsideServiceFailed, "its disk is full; make room and do it again, nothing was kept"),
    (
        "database is locked",
        OutsideServiceFailed,
        "another process keeps it locked; wait, or end that process",
    ),
    (
        "readonly database",
        WrongUsage,
        "it may not be written; choose another home, or give yourself the right",
    ),
    ("unable to open", WrongUsage, "it cannot be opened or made; choose another home"),
    ("not a database", UnreadableInput, "it is not a Baken store; choose another home"),
    ("malformed", UnreadableInput, "it is damaged; put back a copy"),
    ("disk I/O error", OutsideServiceFailed, "its disk fails; look at the disk, nothing was kept"),
)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def told_plainly(place: str) -> Iterator[None]:
    """Turn what goes wrong at a place outside Baken into one of Baken's own errors.

    A broken constraint is a mistake of ours and stays what it is.
    """
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise _in_plain_words(place, error) from error
    except OSError as error:
        raise _of_a_disk(place, error) from error


def _in_plain_words(place: str, error: DBAPIError) -> BakenError:
    said = " ".join(str(error.orig).split())
    for words, kind, advice in COMPLAINTS:
        if words in said:
            return kind(f"the store {place}: {advice}")
    if isinstance(error, OperationalError | InterfaceError):
        return OutsideServiceFailed(f"the store {place} did not answer: {said}; see that it runs")
    return OutsideServiceFailed(f"the store {place} refused: {said}")


def _of_a_disk(place: str, error: OSError) -> BakenError:
    if error.errno in NO_ROOM:
        return OutsideServiceFailed(f"the store {place}: its disk is full; make room and do it again")
    said = error.strerror or str(error)
    return WrongUsage(f"the store {place}: {said.lower()} ({error.filename}); choose another home")
