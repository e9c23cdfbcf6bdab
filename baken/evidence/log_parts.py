"""What proofs of inclusion tell of a log beyond their entry: the hash of each stretch of it they pass.

The hash of a stretch of entries follows from these entries alone, however large the log has become.  So two
proofs of different sizes can contradict each other, or together show that one log grew from the other.
"""

from collections.abc import Mapping, Sequence

from baken.evidence.merkle import largest_power_below, leaf_hash, node_hash

# From the first entry up to, and without, the second.
Stretch = tuple[int, int]


def parts_of(leaf: bytes, index: int, size: int, hashes: Sequence[bytes]) -> dict[Stretch, bytes]:
    """Return the hash of every stretch of a log that a proof of inclusion names or leads to.

    Assumes the proof was checked.
    Source: RFC 6962, section 2.1.1.

    >>> sorted(parts_of(b"two", 1, 3, [bytes(32), bytes(32)]))
    [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)]
    """
    here, node = (index, index + 1), leaf_hash(leaf)
    parts = {here: node}
    for beside, value in zip(reversed(_beside(index, size)), hashes, strict=True):
        parts[beside] = value
        node = node_hash(value, node) if beside < here else node_hash(node, value)
        here = (min(beside[0], here[0]), max(beside[1], here[1]))
        parts[here] = node
    return parts


def hash_of_stretch(parts: Mapping[Stretch, bytes], stretch: Stretch) -> bytes | None:
    """Return the hash of a stretch from those of its parts; None when they do not tell."""
    if stretch in parts:
        return parts[stretch]
    first, end = stretch
    if end - first < 2:
        return None
    middle = first + largest_power_below(end - first)
    left, right = hash_of_stretch(parts, (first, middle)), hash_of_stretch(parts, (middle, end))
    return None if left is None or right is None else node_hash(left, right)


def _beside(index: int, size: int) -> list[Stretch]:
    """Return the stretches beside the way from the root of a log down to an entry."""
    first, end, beside = 0, size, []
    while end - first > 1:
        middle = first + largest_power_below(end - first)
        beside.append((middle, end) if index < middle else (first, middle))
        first, end = (first, middle) if index < middle else (middle, end)
    return beside
