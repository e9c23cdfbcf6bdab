"""Does the tree agree with the reference trees and its definition, and refuse every proof that is wrong?"""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.evidence.merkle import (
    EMPTY_ROOT,
    earlier_root_proved,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
    tree_of,
)

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "authorities" / "merkle_certificate_transparency.json").read_text()
)
LEAVES = [bytes.fromhex(leaf) for leaf in REFERENCE["leaves"]]
ROOTS = [bytes.fromhex(root) for root in REFERENCE["roots"]]
AUTHORITY = "the reference trees of Certificate Transparency"
# Every shape of tree up to here: whole ones, and every way of being ragged.
SIZES = range(34)


def slow_root(leaves: list[bytes]) -> bytes:
    """The definition, word for word (RFC 6962, section 2.1)."""
    if len(leaves) == 0:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + slow_root(leaves[:k]) + slow_root(leaves[k:])).digest()


def slow_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """The audit path, word for word (section 2.1.1)."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*slow_path(m, leaves[:k]), slow_root(leaves[k:])]
    return [*slow_path(m - k, leaves[k:]), slow_root(leaves[:k])]


def slow_subproof(m: int, leaves: list[bytes], is_complete: bool) -> list[bytes]:
    """The consistency proof, word for word (section 2.1.2)."""
    if m == len(leaves):
        return [] if is_complete else [slow_root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*slow_subproof(m, leaves[:k], is_complete), slow_root(leaves[k:])]
    return [*slow_subproof(m - k, leaves[k:], False), slow_root(leaves[:k])]


def split(n: int) -> int:
    return max(2**power for power in range(n.bit_length()) if 2**power < n)


def leaves_of(size: int) -> list[bytes]:
    return [f"leaf {n}".encode() for n in range(size)]


def grown(leaves: list[bytes]):
    return tree_of(map(leaf_hash, leaves))


@pytest.mark.capability("Merkle tree of the evidence log", status="VALIDATED", authority=AUTHORITY)
def test_roots_are_those_of_the_reference_trees(deviation) -> None:
    tree = grown(LEAVES)
    wrong = [
        size for size, root in enumerate(ROOTS) if not tree.root(size) == grown(LEAVES[:size]).root() == root
    ]
    deviation(len(wrong), "roots", 0)


@pytest.mark.capability("Inclusion proofs of the evidence log", status="VALIDATED", authority=AUTHORITY)
def test_inclusion_proofs_are_those_of_the_reference_trees(deviation) -> None:
    tree = grown(LEAVES)
    wrong = [
        said
        for said in REFERENCE["inclusion"]
        if [one.hex() for one in tree.inclusion_proof(said["index"], said["size"])] != said["proof"]
    ]
    deviation(len(wrong), "proofs", 0)


@pytest.mark.capability("Consistency proofs of the evidence log", status="VALIDATED", authority=AUTHORITY)
def test_consistency_proofs_are_those_of_the_reference_trees(deviation) -> None:
    tree = grown(LEAVES)
    wrong = [
        said
        for said in REFERENCE["consistency"]
        if [one.hex() for one in tree.consistency_proof(said["earlier"], said["size"])] != said["proof"]
    ]
    deviation(len(wrong), "proofs", 0)


def test_every_small_tree_is_as_defined() -> None:
    for size in SIZES:
        leaves = leaves_of(size)
        tree = grown(leaves)
        assert tree.root() == slow_root(leaves)
        for index in range(size):
            assert list(tree.inclusion_proof(index)) == slow_path(index, leaves)
        for earlier in range(1, size + 1):
            assert list(tree.consistency_proof(earlier)) == slow_subproof(earlier, leaves, True)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=3), min_size=1, max_size=200), st.data())
def test_trees_of_any_leaves_are_as_defined_and_their_proofs_hold(leaves: list[bytes], data) -> None:
    tree = grown(leaves)
    size = data.draw(st.integers(1, len(leaves)))
    index, earlier = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    assert tree.root(size) == slow_root(leaves[:size])
    path, steps = tree.inclusion_proof(index, size), tree.consistency_proof(earlier, size)
    assert list(path) == slow_path(index, leaves[:size])
    assert proves_inclusion(leaf_hash(leaves[index]), index, size, path, tree.root(size))
    assert proves_consistency(earlier, tree.root(earlier), size, tree.root(size), steps)
    assert len(path) <= (size - 1).bit_length()


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 13])
def test_every_wrong_proof_of_inclusion_is_refused(size: int) -> None:
    tree = grown(leaves_of(size))
    root = tree.root()
    for index in range(size):
        leaf, path = leaf_hash(f"leaf {index}".encode()), list(tree.inclusion_proof(index))
        assert proves_inclusion(leaf, index, size, path, root)
        for wrong in wrong_paths(path):
            assert not proves_inclusion(leaf, index, size, wrong, root)
        assert not proves_inclusion(flipped(leaf), index, size, path, root)
        assert not proves_inclusion(leaf, index, size, path, flipped(root))
        for other in set(range(-1, size + 2)) - {index}:
            assert not proves_inclusion(leaf, other, size, path, root)


def test_a_proof_of_inclusion_holds_for_no_size_with_another_root() -> None:
    for size in range(1, 14):
        tree = grown(leaves_of(size))
        for index in range(size):
            leaf, path = leaf_hash(f"leaf {index}".encode()), tree.inclusion_proof(index)
            for other in range(14):
                holds = proves_inclusion(leaf, index, other, path, grown(leaves_of(other)).root())
                assert holds == (other == size)


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 13])
def test_every_wrong_proof_of_consistency_is_refused(size: int) -> None:
    tree = grown(leaves_of(size))
    root = tree.root()
    for earlier in range(1, size):
        then, steps = tree.root(earlier), list(tree.consistency_proof(earlier))
        assert proves_consistency(earlier, then, size, root, steps)
        for wrong in wrong_paths(steps):
            assert not proves_consistency(earlier, then, size, root, wrong)
        assert not proves_consistency(earlier, flipped(then), size, root, steps)
        assert not proves_consistency(earlier, then, size, flipped(root), steps)
        for other in set(range(-1, size + 2)) - {earlier}:
            assert not proves_consistency(other, then, size, root, steps)
        for other in set(range(size + 2)) - {size}:
            other_root = grown(leaves_of(other)).root()
            assert not proves_consistency(earlier, then, other, other_root, steps)


def test_a_proof_longer_than_its_tree_is_refused_whatever_the_root() -> None:
    leaf, other = leaf_hash(b"a"), leaf_hash(b"b")
    assert not proves_inclusion(leaf, 0, 1, [other], node_hash(other, leaf))
    assert not proves_consistency(1, leaf, 2, node_hash(leaf, other), [other, other])


def test_hashes_cannot_be_cut_elsewhere_to_mean_something_else() -> None:
    leaf, other = leaf_hash(b"a"), leaf_hash(b"b")
    root = node_hash(leaf, other)
    assert proves_inclusion(leaf, 0, 2, [other], root)
    assert not proves_inclusion(leaf + other[:1], 0, 2, [other[1:]], root)
    assert proves_consistency(1, leaf, 2, root, [other])
    assert not proves_consistency(1, leaf + other[:1], 2, root, [other[1:]])


def test_nothing_and_the_same_need_no_proof_and_take_none() -> None:
    root = grown(leaves_of(5)).root()
    assert proves_consistency(0, EMPTY_ROOT, 5, root, [])
    assert proves_consistency(5, root, 5, root, [])
    assert not proves_consistency(0, root, 5, root, [])
    assert not proves_consistency(5, flipped(root), 5, root, [])
    assert not proves_consistency(0, EMPTY_ROOT, 5, root, [root])
    assert not proves_consistency(5, root, 5, root, [root])
    assert not proves_consistency(4, root, 5, root, [])


def test_a_log_with_two_faces_shows_the_other_root_it_had() -> None:
    one = leaves_of(9)
    other = [b"another", *one[1:]]
    steps = grown(other).consistency_proof(7)
    shown = earlier_root_proved(7, grown(one).root(7), 9, grown(other).root(), steps)
    assert shown == grown(other).root(7) != grown(one).root(7)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (2, 2), (0, 4)])
def test_a_leaf_that_is_not_there_cannot_be_shown(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=r"not among the first|has 3 leaves"):
        grown(leaves_of(3)).inclusion_proof(index, size)


@pytest.mark.parametrize(("earlier", "size"), [(-1, 3), (3, 2), (0, 4)])
def test_a_log_does_not_begin_with_more_than_it_has(earlier: int, size: int) -> None:
    with pytest.raises(ValueError, match=r"does not begin with|has 3 leaves"):
        grown(leaves_of(3)).consistency_proof(earlier, size)


def flipped(hash_: bytes) -> bytes:
    return bytes([hash_[0] ^ 1]) + hash_[1:]


def wrong_paths(path: list[bytes]):
    """Every hash changed, taken away, doubled, cut short or made longer, and two exchanged."""
    for place, hash_ in enumerate(path):
        before, after = path[:place], path[place + 1 :]
        yield [*before, flipped(hash_), *after]
        yield [*before, *after]
        yield [*before, hash_, hash_, *after]
        yield [*before, hash_[:-1], *after]
        yield [*before, hash_ + b"\x00", *after]
        if after:
            yield [*before, after[0], hash_, *after[1:]]
    yield [*path, bytes(32)]
    yield [bytes(32), *path]
