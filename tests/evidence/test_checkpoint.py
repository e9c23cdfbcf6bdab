"""Is a checkpoint written as others write it, and believed only when its log signed it?"""

import pytest

from baken.errors import BadMessage
from baken.evidence.checkpoint import (
    Checkpoint,
    opened_checkpoint,
    origin_of,
    read_checkpoint,
    signed_checkpoint,
)
from baken.evidence.signed_note import BadSignature, read_note, read_verifier_key, signed
from baken.records.marking import Realm
from tests.evidence.notes import LOG_KEY, ORIGIN, REFERENCE, WITNESS_KEY, key_of, log_of, note_of

OPERATED = REFERENCE["checkpoint"]


@pytest.mark.capability(
    "Checkpoints of the evidence log",
    status="VALIDATED",
    authority="a cosigned checkpoint of an operated log",
)
def test_the_checkpoint_of_an_operated_log_is_read_and_written_byte_for_byte(deviation) -> None:
    keys = [read_verifier_key(text) for text in OPERATED["keys"]]
    read = opened_checkpoint(OPERATED["note"].encode(), keys)
    assert (read.origin, read.size) == ("arche2025h1.staging.ct.transparency.dev", 1_432_088_532)
    deviation(float(read.text != read_note(OPERATED["note"].encode()).text), "texts", 0)


def test_what_is_signed_is_read_back() -> None:
    log = log_of(5)
    assert opened_checkpoint(note_of(log), [LOG_KEY.verifier]) == Checkpoint(
        origin=ORIGIN, size=5, root=log.root()
    )
    assert origin_of("NL", Realm.REAL) == ORIGIN


def test_lines_of_others_are_kept() -> None:
    checkpoint = Checkpoint(origin=ORIGIN, size=0, root=bytes(32), extensions=("one", "two"))
    assert read_checkpoint(checkpoint.text) == checkpoint


def test_only_the_log_itself_speaks_for_it() -> None:
    checkpoint = Checkpoint(origin=ORIGIN, size=1, root=bytes(32))
    with pytest.raises(ValueError, match="is not signed for by baken/DE/real"):
        signed_checkpoint(checkpoint, key_of("baken/DE/real"))
    with pytest.raises(ValueError, match="is not signed for by"):
        signed_checkpoint(checkpoint, WITNESS_KEY)
    foreign = signed(checkpoint.text, key_of("baken/DE/real", 5))
    with pytest.raises(BadSignature, match="the key of baken/NL/real is not among those given"):
        opened_checkpoint(foreign, [key_of("baken/DE/real", 5).verifier])
    with pytest.raises(BadSignature, match="nobody whose key is known"):
        opened_checkpoint(foreign, [LOG_KEY.verifier])


NO_CHECKPOINTS = {
    "too short": f"{ORIGIN}\n5\n",
    "a size with zeros": f"{ORIGIN}\n05\n{'A' * 43}=\n",
    "a negative size": f"{ORIGIN}\n-5\n{'A' * 43}=\n",
    "a size with a plus": f"{ORIGIN}\n+5\n{'A' * 43}=\n",
    "a size in other figures": f"{ORIGIN}\n٥\n{'A' * 43}=\n",
    "a root too short": f"{ORIGIN}\n5\nAAAA\n",
    "loose bits in the root": f"{ORIGIN}\n5\n{'A' * 42}B=\n",
    "an empty origin": f"\n5\n{'A' * 43}=\n",
    "an empty line": f"{ORIGIN}\n5\n{'A' * 43}=\n\nmore\n",
    "no end": f"{ORIGIN}\n5\n{'A' * 43}=",
}


@pytest.mark.parametrize("text", NO_CHECKPOINTS.values(), ids=NO_CHECKPOINTS.keys())
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadMessage):
        read_checkpoint(text)
