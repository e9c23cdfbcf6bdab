"""Who acts at this machine."""

import getpass
import os

from baken.errors import WrongUsage


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
