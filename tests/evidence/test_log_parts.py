"""Do two proofs tell what the log they are of would tell, and no more?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.evidence.log_parts import hash_of_stretch, parts_of
from baken.evidence.merkle import leaf_hash, tree_of

LEAVES = [b"leaf %d" % number for number in range(70)]
SIZES = st.integers(1, len(LEAVES))


@given(SIZES, st.data())
def test_every_stretch_a_proof_passes_has_the_hash_of_its_entries_alone(size, data):
    tree = tree_of([leaf_hash(leaf) for leaf in LEAVES[:size]])
    index = data.draw(st.integers(0, size - 1))
    parts = parts_of(LEAVES[index], index, size, tree.inclusion_proof(index))
    for (first, end), value in parts.items():
        assert value == tree_of([leaf_hash(leaf) for leaf in LEAVES[first:end]]).root()
    assert parts[0, size] == tree.root()


@given(SIZES, st.data())
def test_the_last_entry_of_a_smaller_log_tells_in_a_larger_one_that_it_only_grew(size, data):
    later = data.draw(st.integers(size, len(LEAVES)))
    tree = tree_of([leaf_hash(leaf) for leaf in LEAVES[:later]])
    parts = parts_of(LEAVES[size - 1], size - 1, later, tree.inclusion_proof(size - 1))
    assert hash_of_stretch(parts, (0, size)) == tree.root(size)


def test_what_the_parts_do_not_tell_is_not_told():
    tree = tree_of([leaf_hash(leaf) for leaf in LEAVES[:8]])
    parts = parts_of(LEAVES[0], 0, 8, tree.inclusion_proof(0))
    assert hash_of_stretch(parts, (0, 5)) is None


def test_a_proof_of_another_length_is_refused():
    with pytest.raises(ValueError, match="argument"):
        parts_of(b"x", 0, 4, [bytes(32)])
