"""What a browser or a program shows to be known again: luck, of which only the digest is kept."""

import base64
import hashlib
from collections.abc import Callable

BEARER_BYTES = 32
FRONT = "baken_"


def new_bearer(luck: Callable[[int], bytes]) -> str:
    """Return something nobody can guess, as it stands in a header."""
    return base64.urlsafe_b64encode(luck(BEARER_BYTES)).decode().rstrip("=")


def new_api_token(luck: Callable[[int], bytes]) -> str:
    """Return the same for a program, with a front by which leaked ones are found."""
    return FRONT + new_bearer(luck)


def bearer_digest(shown: str) -> str:
    """Return what is kept in its place."""
    return hashlib.sha256(shown.encode()).hexdigest()
