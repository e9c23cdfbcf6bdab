"""Numbers that nobody can guess.  The only place that draws them."""

import os


def luck(n_bytes: int) -> bytes:
    """Draw bytes from the system's own source."""
    return os.urandom(n_bytes)
