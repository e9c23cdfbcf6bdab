"""Envelopes: bytes with what they are, and a signature over both.

Source: Dead Simple Signing Envelope (DSSE) 1.0.
"""

import base64

import rfc8785

from baken.evidence.signed_note import SigningKey


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
    value = key.private_key.sign(signed_part(payload_type, payload))
    return rfc8785.dumps(
        {
            "payloadType": payload_type,
            "payload": base64.b64encode(payload).decode(),
            "signatures": [
                {
                    "keyid": f"{key.name}+{key.verifier.key_id.hex()}",
                    "sig": base64.b64encode(value).decode(),
                }
            ],
        }
    )
