"""Are notes read, signed and checked as others do it, and is everything else refused?"""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import BadMessage
from baken.evidence.signed_note import (
    WITNESS,
    BadSignature,
    Signature,
    SigningKey,
    VerifierKey,
    cosigned,
    opened,
    read_note,
    read_verifier_key,
    seen_at_posix_s,
    signed,
    signers,
)
from tests.evidence.notes import LOG_KEY, REFERENCE, WITNESS_KEY, key_of

KEYS = {name: read_verifier_key(text) for name, text in REFERENCE["keys"].items()}
CHECKPOINT = REFERENCE["checkpoint"]
TEXT = "If you think, sign.\n"
AT_POSIX_S = 1_800_000_000


@pytest.mark.capability(
    "Signed notes", status="VALIDATED", authority="the examples of Go's sumdb/note and of C2SP signed-note"
)
def test_the_published_notes_are_signed_by_whom_they_say(deviation) -> None:
    wrong = [
        said
        for said in REFERENCE["notes"]
        if [key.name for key in signers(read_note(said["note"].encode()), KEYS.values())] != said["signed_by"]
        or read_note(said["note"].encode()).content != said["note"].encode()
    ]
    deviation(len(wrong), "notes", 0)


@pytest.mark.capability(
    "Cosignatures of witnesses", status="VALIDATED", authority="a cosigned checkpoint of an operated log"
)
def test_an_operated_log_and_its_witnesses_are_believed(deviation) -> None:
    keys = [read_verifier_key(text) for text in CHECKPOINT["keys"]]
    note = read_note(CHECKPOINT["note"].encode())
    deviation(len(keys) - len(signers(note, keys)), "signatures", 0)
    # All of them saw it in the same second.
    assert {seen_at_posix_s(note, key) for key in keys[1:]} == {1_779_573_024}
    assert len(note.signatures) == 6


def test_we_sign_byte_for_byte_as_go_does() -> None:
    name, key_id, coded = REFERENCE["private_keys"]["PeterNeumann"].removeprefix("PRIVATE+KEY+").split("+", 2)
    seed = base64.b64decode(coded)[1:]
    key = SigningKey(name, Ed25519PrivateKey.from_private_bytes(seed))
    text, _, _ = REFERENCE["notes"][0]["note"].rpartition("\n\n")
    assert key.verifier.key_id.hex() == key_id
    assert key.verifier.text == REFERENCE["keys"]["PeterNeumann"]
    assert signed(text + "\n", key).content == REFERENCE["notes"][0]["note"].encode()


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60), st.integers(0, 2**63 - 1))
def test_what_is_signed_is_read_back(line: str, posix_s: int) -> None:
    note = cosigned(signed(line + "\n", LOG_KEY), WITNESS_KEY, posix_s=posix_s)
    keys = [LOG_KEY.verifier, WITNESS_KEY.verifier]
    assert read_note(note.content) == note
    assert signers(note, keys) == tuple(keys)
    assert opened(note.content, keys[:1]) == line + "\n"
    assert seen_at_posix_s(note, keys[1]) == posix_s


def test_a_text_with_empty_lines_ends_at_the_last() -> None:
    note = signed("one\n\n\ntwo\n", LOG_KEY)
    assert read_note(note.content).text == "one\n\n\ntwo\n"


def test_every_changed_bit_is_noticed() -> None:
    keys = [LOG_KEY.verifier, WITNESS_KEY.verifier]
    content = cosigned(signed(TEXT, LOG_KEY), WITNESS_KEY, posix_s=AT_POSIX_S).content
    for place in range(len(content)):
        for bit in range(8):
            changed = content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
            # Under another name a signature is a stranger's; of the two who signed at least one is lost.
            try:
                assert len(signers(read_note(changed), keys)) < len(keys)
            except BadMessage:
                continue
            assert read_note(changed).text == TEXT


def test_strangers_may_sign_as_well_and_prove_nothing() -> None:
    note = signed(TEXT, LOG_KEY, key_of("stranger", 7))
    assert signers(note, [LOG_KEY.verifier]) == (LOG_KEY.verifier,)
    with pytest.raises(BadSignature, match="nobody whose key is known"):
        signers(note, [key_of("stranger", 8).verifier])
    with pytest.raises(BadSignature, match="nobody whose key is known"):
        signers(note, [])


def test_one_bad_signature_of_a_known_key_spoils_the_note() -> None:
    bad = signed("Another.\n", WITNESS_KEY).signatures
    good = signed(TEXT, LOG_KEY)
    note = read_note(good.content + b"".join(one.line.encode() for one in bad))
    with pytest.raises(BadSignature, match="the signature of baken/DE/witness is not of this text"):
        signers(note, [LOG_KEY.verifier, WITNESS_KEY.verifier])


def test_a_witness_saw_and_did_not_sign() -> None:
    # The same key and name for another use is another key.
    both = key_of("one", 3), key_of("one", 3, WITNESS)
    assert both[0].verifier.key_id != both[1].verifier.key_id
    seen = cosigned(signed(TEXT, LOG_KEY), both[1], posix_s=AT_POSIX_S)
    with pytest.raises(BadSignature):
        signers(seen, [both[0].verifier])
    with pytest.raises(ValueError, match="a witness cosigns with a key of its own"):
        cosigned(seen, both[0], posix_s=AT_POSIX_S)
    with pytest.raises(ValueError, match="is no witness of this note"):
        seen_at_posix_s(seen, LOG_KEY.verifier)


def test_a_cosignature_of_another_time_is_not_one() -> None:
    note = cosigned(signed(TEXT, LOG_KEY), WITNESS_KEY, posix_s=AT_POSIX_S)
    value = note.signatures[1].value
    for at in (AT_POSIX_S + 1, 2**63, 2**64 - 1):
        forged = Signature(
            name=WITNESS_KEY.name,
            key_id=WITNESS_KEY.verifier.key_id,
            value=at.to_bytes(8, "big") + value[8:],
        )
        with pytest.raises(BadSignature):
            signers(read_note(signed(TEXT, LOG_KEY).content + forged.line.encode()), [WITNESS_KEY.verifier])


def test_a_cosignature_of_a_time_beyond_all_times_is_not_one() -> None:
    at = 2**63
    value = WITNESS_KEY.private_key.sign(f"cosignature/v1\ntime {at}\n{TEXT}".encode())
    signature = Signature(
        name=WITNESS_KEY.name, key_id=WITNESS_KEY.verifier.key_id, value=at.to_bytes(8, "big") + value
    )
    note = read_note(signed(TEXT, LOG_KEY).content + signature.line.encode())
    with pytest.raises(BadSignature, match="the signature of baken/DE/witness"):
        signers(note, [WITNESS_KEY.verifier])


def test_a_later_cosignature_takes_the_place_of_the_earlier() -> None:
    note = cosigned(signed(TEXT, LOG_KEY), WITNESS_KEY, posix_s=AT_POSIX_S)
    again = cosigned(note, WITNESS_KEY, posix_s=AT_POSIX_S + 60)
    assert len(again.signatures) == 2
    assert seen_at_posix_s(again, WITNESS_KEY.verifier) == AT_POSIX_S + 60


SIGNATURE_LINE = signed(TEXT, LOG_KEY).signatures[0].line
NO_NOTES = {
    "nothing": b"",
    "no signatures": TEXT.encode(),
    "no empty line": (TEXT + SIGNATURE_LINE).encode(),
    "no end of line": (TEXT + "\n" + SIGNATURE_LINE).encode()[:-1],
    "nothing under the empty line": (TEXT + "\n").encode(),
    "a hyphen": (TEXT + "\n" + SIGNATURE_LINE.replace("—", "-")).encode(),
    "two spaces": (TEXT + "\n" + SIGNATURE_LINE.replace("— ", "—  ")).encode(),
    "no name": (TEXT + "\n" + SIGNATURE_LINE.replace(LOG_KEY.name, "")).encode(),
    "a plus in the name": (TEXT + "\n" + SIGNATURE_LINE.replace(LOG_KEY.name, "a+b")).encode(),
    "no base64": (TEXT + "\n— a b*cd\n").encode(),
    "loose bits in base64": (TEXT + "\n— a AAAAAAB=\n").encode(),
    "an id alone": (TEXT + "\n— a AAAAAA==\n").encode(),
    "a tab": ("a\tb\n\n" + SIGNATURE_LINE).encode(),
    "a zero": ("a\x00b\n\n" + SIGNATURE_LINE).encode(),
    "half a character": b"\xe2\x80\n\n" + SIGNATURE_LINE.encode(),
    "too long": b"a" * 1_000_001 + b"\n\n" + SIGNATURE_LINE.encode(),
    "too many signatures": (TEXT + "\n" + SIGNATURE_LINE * 101).encode(),
}


@pytest.mark.parametrize("content", NO_NOTES.values(), ids=NO_NOTES.keys())
def test_what_is_no_note_is_refused(content: bytes) -> None:
    with pytest.raises(BadMessage):
        read_note(content)


NO_KEYS = {
    "of another id": "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "of another name": "PeterNewmann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "cut short": "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy",
    "of an algorithm unknown here": "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "without id": "PeterNeumann",
    "empty": "",
    "without a key": "a+c74f20a3+",
    "not in base64": "a+c74f20a3+****",
    "with a space": "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
}


@pytest.mark.parametrize("text", NO_KEYS.values(), ids=NO_KEYS.keys())
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadMessage):
        read_verifier_key(text)


@settings(deadline=None)
@given(st.binary(max_size=120))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        note = read_note(content)
    except BadMessage:
        return
    assert note.content == content


@pytest.mark.parametrize("text", ["no end of line", "", "a\rb\n"])
def test_what_no_note_can_carry_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="its text"):
        signed(text, LOG_KEY)


def test_a_key_for_witnesses_is_known_by_its_own_id() -> None:
    key = read_verifier_key(CHECKPOINT["keys"][3])
    assert (key.algorithm, key.name, key.key_id.hex()) == (WITNESS, "remora.n621.de", "da77ade7")
    assert VerifierKey(name=key.name, public_key=key.public_key, algorithm=WITNESS).text == key.text
