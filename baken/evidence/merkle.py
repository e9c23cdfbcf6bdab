"""A tree of hashes over a log: what was in it can be shown, and what was cannot be changed unseen."""

import hashlib

LEAF = b"\x00"
NODE = b"\x01"


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash that stands for one entry of a log.

    Source: RFC 6962, section 2.1.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return hashlib.sha256(LEAF + leaf).digest()
