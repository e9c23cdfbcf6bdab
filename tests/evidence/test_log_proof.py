"""Do proofs survive as files, and is every other file refused?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import BadMessage
from baken.evidence.log_proof import GrowthProof, InclusionProof, read_proof
from tests.evidence.notes import log_of, note_of

LOG = log_of(11)
INCLUSION = InclusionProof(index=4, hashes=LOG.inclusion_proof(4), checkpoint=note_of(LOG), leaf=b"truth 4")
GROWTH = GrowthProof(earlier=7, hashes=LOG.consistency_proof(7), checkpoint=note_of(LOG))


@pytest.mark.parametrize("proof", [INCLUSION, GROWTH, InclusionProof(index=0, hashes=(), checkpoint=b"x\n")])
def test_what_is_written_is_read_back(proof: InclusionProof | GrowthProof) -> None:
    assert read_proof(proof.content) == proof


def test_a_proof_is_written_as_the_specification_shows_it() -> None:
    head = INCLUSION.content.decode().split("\n\n")[0].split("\n")
    assert head[:3] == ["c2sp.org/tlog-proof@v1", "extra dHJ1dGggNA==", "index 4"]
    assert [len(line) for line in head[3:]] == [44] * 4
    assert GROWTH.content.decode().startswith("old 7\n")


NO_PROOFS = {
    "nothing": b"",
    "another header": INCLUSION.content.replace(b"@v1", b"@v2"),
    "no index": INCLUSION.content.replace(b"index 4\n", b""),
    "an index with a zero": INCLUSION.content.replace(b"index 4", b"index 04"),
    "a negative index": INCLUSION.content.replace(b"index 4", b"index -4"),
    "an index in other figures": INCLUSION.content.replace(b"index 4", "index ٤".encode()),
    "half a hash": INCLUSION.content.replace(b"index 4\n", b"index 4\nAAAA\n"),
    "no base64": INCLUSION.content.replace(b"index 4\n", b"index 4\n****\n"),
    "loose bits": INCLUSION.content.replace(b"dHJ1dGggNA==", b"dHJ1dGggNB=="),
    "no checkpoint": INCLUSION.content.split(b"\n\n")[0],
    "too many hashes": InclusionProof(index=4, hashes=(bytes(32),) * 64, checkpoint=b"").content,
    "no old size": GROWTH.content.replace(b"old 7", b"old"),
}


@pytest.mark.parametrize("content", NO_PROOFS.values(), ids=NO_PROOFS.keys())
def test_what_is_no_proof_is_refused(content: bytes) -> None:
    with pytest.raises(BadMessage):
        read_proof(content)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"old ", b"c2sp.org/tlog-proof@v1\nindex "]))
def test_no_bytes_break_the_reader(content: bytes, beginning: bytes) -> None:
    try:
        proof = read_proof(beginning + content)
    except BadMessage:
        return
    assert proof.content == beginning + content
