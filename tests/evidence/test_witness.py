"""Does a witness cosign only a log that grew, and convict one that shows two histories?"""

import dataclasses

import pytest

from baken.errors import BadMessage
from baken.evidence.checkpoint import Checkpoint
from baken.evidence.signed_note import BadSignature, read_verifier_key
from baken.evidence.witness import Refusal, SplitView, advance, is_split_view, read_split_view
from tests.evidence.notes import LOG_KEY, ORIGIN, REFERENCE, key_of, log_of, note_of

KEYS = [LOG_KEY.verifier]
TRUE, FALSE = log_of(13), log_of(13, "lie")
GROWTH = REFERENCE["growth"]


@pytest.mark.capability(
    "Witnessing of a growing log", status="VALIDATED", authority="the checkpoints of transparency-dev/witness"
)
def test_the_published_log_grew(deviation) -> None:
    proof = [bytes.fromhex(one) for one in GROWTH["proof"]]
    key = read_verifier_key(GROWTH["key"])
    seen = advance(GROWTH["earlier"].encode(), GROWTH["later"].encode(), proof, [key])
    deviation(float(not isinstance(seen, Checkpoint)), "refusals", 0)
    for place in range(len(proof)):
        without = proof[:place] + proof[place + 1 :]
        refused = advance(GROWTH["earlier"].encode(), GROWTH["later"].encode(), without, [key])
        assert isinstance(refused, Refusal)


def test_the_first_checkpoint_is_taken_as_it_is() -> None:
    assert advance(None, note_of(TRUE, 5), (), KEYS) == Checkpoint(origin=ORIGIN, size=5, root=TRUE.root(5))


def test_a_log_that_grew_is_witnessed() -> None:
    for earlier in range(1, 13):
        for later in range(earlier, 14):
            proof = TRUE.consistency_proof(earlier, later)
            now = advance(note_of(TRUE, earlier), note_of(TRUE, later), proof, KEYS)
            assert now == Checkpoint(origin=ORIGIN, size=later, root=TRUE.root(later))


def test_a_log_that_shrank_is_refused() -> None:
    refused = advance(note_of(TRUE, 6), note_of(TRUE, 5), (), KEYS)
    assert isinstance(refused, Refusal)
    assert "shrank: it had 6 entries and now says 5" in refused.reason
    assert refused.split_view is None


def test_a_log_that_does_not_show_that_it_grew_is_refused_without_a_conviction() -> None:
    refused = advance(note_of(TRUE, 5), note_of(TRUE, 9), (), KEYS)
    assert isinstance(refused, Refusal)
    assert "ask it for a proof since 5" in refused.reason
    assert refused.split_view is None


def test_two_roots_of_one_size_convict_a_log() -> None:
    for size in range(1, 14):
        check_conviction(advance(note_of(TRUE, size), note_of(FALSE, size), (), KEYS))


def test_two_histories_convict_a_log() -> None:
    for earlier in (3, 5, 6, 7, 9, 12):
        proof = FALSE.consistency_proof(earlier)
        check_conviction(advance(note_of(TRUE, earlier), note_of(FALSE), proof, KEYS))


def check_conviction(refused: Checkpoint | Refusal) -> None:
    assert isinstance(refused, Refusal)
    assert "shows two histories" in refused.reason
    assert refused.split_view is not None
    # A third party has the file and the key of the log, and nobody's word.
    assert is_split_view(read_split_view(refused.split_view.content), KEYS)


def test_from_a_power_of_two_the_proof_leans_on_what_was_seen_and_only_refuses() -> None:
    refused = advance(note_of(TRUE, 4), note_of(FALSE), FALSE.consistency_proof(4), KEYS)
    assert isinstance(refused, Refusal)
    assert "or for its checkpoint of that size" in refused.reason
    check_conviction(advance(note_of(TRUE, 4), note_of(FALSE, 4), (), KEYS))


def test_an_honest_log_is_never_convicted() -> None:
    for earlier in range(1, 14):
        for later in range(earlier, 14):
            view = SplitView(
                earlier=note_of(TRUE, earlier),
                later=note_of(TRUE, later),
                hashes=TRUE.consistency_proof(earlier, later),
            )
            assert not is_split_view(view, KEYS)
            assert not is_split_view(dataclasses.replace(view, hashes=(bytes(32),)), KEYS)
    assert not is_split_view(SplitView(earlier=note_of(TRUE, 6), later=note_of(FALSE, 5)), KEYS)


def test_nobody_can_frame_a_log_without_its_key() -> None:
    forged = note_of(FALSE, 5, key_of(ORIGIN, 9))
    with pytest.raises(BadSignature):
        is_split_view(SplitView(earlier=note_of(TRUE, 5), later=forged), KEYS)
    other = key_of("baken/DE/real", 9)
    both = SplitView(earlier=note_of(TRUE, 5), later=note_of(FALSE, 5, other))
    assert not is_split_view(both, [*KEYS, other.verifier])


def test_what_a_log_did_not_sign_is_not_witnessed() -> None:
    with pytest.raises(BadSignature):
        advance(None, note_of(TRUE, 5, key_of(ORIGIN, 9)), (), KEYS)
    other = key_of("baken/DE/real", 9)
    with pytest.raises(ValueError, match="was not witnessed before"):
        advance(note_of(TRUE, 5), note_of(TRUE, 6, other), (), [*KEYS, other.verifier])


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"kind": "baken split view 1"}', b"\xff", b"1"])
def test_what_is_no_evidence_is_refused(content: bytes) -> None:
    with pytest.raises(BadMessage):
        read_split_view(content)
