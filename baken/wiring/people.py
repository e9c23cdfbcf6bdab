"""Who acts at this machine, and the passwords that people choose at it."""

import getpass
import os
import sys
from pathlib import Path

from baken.errors import WrongUsage
from baken.wiring.files import read_bytes

OTHERS = 0o077


def actor(chosen: str | None) -> str:
    """Return who acts: the one named, else ``$BAKEN_ACTOR``, else the login name.

    Raises: WrongUsage when nobody can be named.
    """
    named = (chosen or "").strip() or os.environ.get("BAKEN_ACTOR", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise WrongUsage("nobody is logged in here; say who acts with --as NAME or $BAKEN_ACTOR") from None


def new_password(of: str, file: str | None) -> str:
    """Return a password somebody chose: the first line of a file, else what is typed unseen, twice.

    It is never on a command line, where others on the machine can read it.

    Raises: WrongUsage when nobody can type one, it is not the same twice, or others may read the file.
    """
    if file is not None:
        if Path(file).is_file() and Path(file).stat().st_mode & OTHERS:
            raise WrongUsage(f"{file}: others may read this password; 'chmod 600' it, and choose another")
        return read_bytes(file).decode(errors="replace").split("\n")[0].rstrip("\r")
    if not sys.stdin.isatty():
        raise WrongUsage(f"nobody can type the password of {of} here; give it in a file of --password-file")
    typed = getpass.getpass(f"New password of {of}: ")
    if getpass.getpass("The same again: ") != typed:
        raise WrongUsage("the two passwords differ; nothing was done, try again")
    return typed
