"""Is an envelope signed as the standard says?"""

import base64
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from baken.evidence.dsse import envelope, signed_part
from baken.evidence.keys import new_key
from tests.memory_log import CountedLuck

KEY = new_key("somebody.example", CountedLuck())


def test_what_is_signed_is_what_the_standard_prints():
    # DSSE 1.0, protocol.md, test vectors.
    told = signed_part("http://example.com/HelloWorld", b"hello world")
    assert told == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


@given(st.text(min_size=1, max_size=40), st.binary(max_size=100))
def test_an_envelope_holds_its_content_under_a_signature_of_both(payload_type, payload):
    told = json.loads(envelope(payload_type, payload, KEY))
    (signature,) = told["signatures"]
    public = Ed25519PublicKey.from_public_bytes(KEY.verifier.public_key)
    public.verify(base64.b64decode(signature["sig"]), signed_part(told["payloadType"], payload))
    assert base64.b64decode(told["payload"]) == payload


@given(st.text(max_size=20), st.binary(max_size=20), st.text(max_size=20), st.binary(max_size=20))
def test_two_different_contents_are_never_signed_alike(one_type, one, other_type, other):
    same = (one_type, one) == (other_type, other)
    assert (signed_part(one_type, one) == signed_part(other_type, other)) == same
