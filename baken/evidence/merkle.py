"""A tree of hashes over a log: what is in it can be shown, and what was in it cannot be changed unseen.

Source: RFC 6962, section 2.1; verification as in RFC 9162, sections 2.1.3.2 and 2.1.4.2.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LEAF = b"\x00"
NODE = b"\x01"
HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash that stands for one entry of a log.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return hashlib.sha256(LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash that stands for two others, in their order."""
    return hashlib.sha256(NODE + left + right).digest()


@dataclass(frozen=True, slots=True)
class MerkleTree:
    """All whole subtrees of a log: ``levels[k][i]`` stands for the 2^k leaves from i·2^k on."""

    levels: tuple[Sequence[bytes], ...]

    @property
    def size(self) -> int:
        return len(self.levels[0])

    def root(self, size: int | None = None) -> bytes:
        """Return the hash that stands for the first leaves, for all unless a size is given."""
        size = self._checked(size)
        return self._hash(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the hashes that lead from a leaf to the root over the first ``size`` leaves.

        Raises: ValueError when the leaf is not among them.
        """
        size = self._checked(size)
        if not 0 <= index < size:
            raise ValueError(f"leaf {index} is not among the first {size}")
        start, end, path = 0, size, []
        while end - start > 1:
            middle = start + largest_power_below(end - start)
            if index < middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start = middle
        return tuple(reversed(path))

    def consistency_proof(self, earlier: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the hashes that show that the first ``size`` leaves begin with the first ``earlier``.

        Raises: ValueError when there were more leaves earlier.
        """
        size = self._checked(size)
        if not 0 <= earlier <= size:
            raise ValueError(f"a log of {size} does not begin with {earlier} leaves")
        if earlier == 0:
            return ()
        start, end, path = 0, size, []
        while end != earlier:
            middle = start + largest_power_below(end - start)
            if earlier <= middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start = middle
        # From the very beginning it is the earlier root itself, which who asks has.
        last = [self._hash(start, end)] if start else []
        return (*last, *reversed(path))

    def _checked(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise ValueError(f"this log has {self.size} leaves, not {size}")
        return size

    def _hash(self, start: int, end: int) -> bytes:
        """Return the hash over leaves that begin where a subtree of that many, or more, begins."""
        whole = []
        while start < end:
            level = (end - start).bit_length() - 1
            whole.append(self.levels[level][start >> level])
            start += 1 << level
        root = whole.pop()
        while whole:
            root = node_hash(whole.pop(), root)
        return root


def tree_of(leaf_hashes: Iterable[bytes]) -> MerkleTree:
    """Return the tree over leaves, given by their hashes."""
    return MerkleTree(tuple(_levels(list(leaf_hashes))))


def _levels(level: list[bytes]) -> Iterator[list[bytes]]:
    yield level
    while len(level) > 1:
        level = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        yield level


def proves_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether a proof leads from the hash of a leaf, in its place, to the root of a log of that size."""
    if not 0 <= index < size or not _are_hashes([leaf, root, *proof]):
        return False
    here, last, hash_ = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            hash_ = node_hash(other, hash_)
            here, last = _up_to_a_right_child(here, last)
        else:
            hash_ = node_hash(hash_, other)
        here, last = here >> 1, last >> 1
    return last == 0 and hash_ == root


def proves_consistency(
    earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether a proof shows that a log of some size and root began as the earlier one."""
    return earlier_root_proved(earlier, earlier_root, size, root, proof) == earlier_root


def earlier_root_proved(
    earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bytes | None:
    """Return which root a log had when it was smaller, by a proof that leads to its root now.

    None when the proof does not lead there.  A root other than the ``earlier_root`` that was told is the
    mark of a log with two faces; only where ``earlier`` is a power of two the proof leans on the told one.
    """
    if not 0 <= earlier <= size or not _are_hashes([earlier_root, root, *proof]):
        return None
    if earlier in (0, size):
        # Everything begins with nothing, and as itself.
        known = EMPTY_ROOT if earlier == 0 else root
        return known if not proof else None
    path = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    if not path:
        return None
    here, last = earlier - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    then = now = path[0]
    for other in path[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            then, now = node_hash(other, then), node_hash(other, now)
            here, last = _up_to_a_right_child(here, last)
        else:
            now = node_hash(now, other)
        here, last = here >> 1, last >> 1
    return then if last == 0 and now == root else None


def _up_to_a_right_child(here: int, last: int) -> tuple[int, int]:
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def largest_power_below(n: int) -> int:
    """Return the largest power of two that is smaller than a number.

    >>> [largest_power_below(n) for n in (2, 3, 4, 5)]
    [1, 2, 2, 4]
    """
    return 1 << (n - 1).bit_length() - 1
