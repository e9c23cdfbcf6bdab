"""Envelopes: bytes with what they are, and a signature over both.

Source: Dead Simple Signing Envelope (DSSE) 1.0.
"""

import base64
import json
from collections.abc import Iterable

import rfc8785

from baken.errors import BadMessage
from baken.evidence.signed_note import BadSignature, SigningKey, VerifierKey, is_made_by


def signed_part(payload_type: str, payload: bytes) -> bytes:
    """Return what is signed of an envelope: its type and its content, each with its length.

    Source: DSSE 1.0, pre-authentication encoding.

    >>> signed_part("http://example.com/HelloWorld", b"hello world")
    b'DSSEv1 29 http://example.com/HelloWorld 11 hello world'
    """
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def envelope(payload_type: str, payload: bytes, key: SigningKey) -> bytes:
    """Return bytes in an envelope that a key signed, as canonical JSON."""
    signature = key.private_key.sign(signed_part(payload_type, payload))
    return _written(payload_type, payload, keyid_of(key.verifier), signature)


def opened_envelope(
    payload_type: str, content: bytes, keys: Iterable[VerifierKey]
) -> tuple[bytes, VerifierKey]:
    """Return what is in an envelope, and which of these keys signed it; nothing in it is read before that.

    Raises: BadMessage when it is no envelope of this type with one signature, written in the one way;
    BadSignature when none of the keys signed it.
    """
    try:
        told = json.loads(content.decode())
        payload, (one,) = base64.b64decode(told["payload"], validate=True), told["signatures"]
        keyid, value = str(one["keyid"]), base64.b64decode(one["sig"], validate=True)
        is_as_written = _written(payload_type, payload, keyid, value) == content
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadMessage("this is no signed envelope", next_step="ask for it anew") from error
    if not is_as_written:
        raise BadMessage(
            f"this is no envelope of {payload_type} as it is written", next_step="ask for it anew"
        )
    for key in keys:
        if keyid_of(key) == keyid and is_made_by(key, value, signed_part(payload_type, payload)):
            return payload, key
    raise BadSignature("nobody whose key is known has signed this; trust nothing in it")


def keyid_of(key: VerifierKey) -> str:
    """Return how an envelope names a key."""
    return f"{key.name}+{key.key_id.hex()}"


def _written(payload_type: str, payload: bytes, keyid: str, signature: bytes) -> bytes:
    return rfc8785.dumps(
        {
            "payloadType": payload_type,
            "payload": base64.b64encode(payload).decode(),
            "signatures": [{"keyid": keyid, "sig": base64.b64encode(signature).decode()}],
        }
    )
