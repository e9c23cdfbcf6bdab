"""A private key under a passphrase, as text that other programs can open as well.

Source: PKCS #8 (RFC 5958) with PBES2, PBKDF2 and AES-256-CBC (RFC 8018); the rounds as OWASP asks in 2023.
"""

import base64
import hashlib
import textwrap
from collections.abc import Callable

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from baken.errors import UnreadableInput, WrongUsage
from baken.evidence.signed_note import SigningKey, VerifierKey, read_verifier_key

ROUNDS = 600_000
SALT_BYTES = IV_BYTES = 16
KEY_BYTES = 32
BLOCK_BITS = 128
SEQUENCE, INTEGER, OCTETS, NOTHING = 0x30, 0x02, 0x04, bytes([0x05, 0x00])
PBES2 = bytes.fromhex("06092a864886f70d01050d")
PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
HMAC_SHA256 = bytes.fromhex("06082a864886f70d0209")
AES_256_CBC = bytes.fromhex("060960864801650304012a")
LABEL = "ENCRYPTED PRIVATE KEY"
NAME_LINE = "baken key "


class WrongPassphrase(WrongUsage):
    """A passphrase that does not open the key."""


def locked(key: SigningKey, passphrase: bytes, luck: Callable[[int], bytes]) -> bytes:
    """Return a private key as text that only the passphrase opens, its public key in the first line.

    Raises: WrongUsage for an empty passphrase.
    """
    if not passphrase:
        raise WrongUsage("a key is not kept without a passphrase; give one")
    salt, iv = luck(SALT_BYTES), luck(IV_BYTES)
    plain = key.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    padder = padding.PKCS7(BLOCK_BITS).padder()
    stretched = hashlib.pbkdf2_hmac("sha256", passphrase, salt, ROUNDS, KEY_BYTES)
    encryptor = Cipher(algorithms.AES(stretched), modes.CBC(iv)).encryptor()
    hidden = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    coded = base64.b64encode(_envelope(salt, iv, hidden)).decode()
    lines = [f"{NAME_LINE}{key.verifier.text}", f"-----BEGIN {LABEL}-----", *textwrap.wrap(coded, 64)]
    return ("\n".join([*lines, f"-----END {LABEL}-----"]) + "\n").encode()


def whose(content: bytes) -> VerifierKey:
    """Return the public key of a locked one, as its first line says.

    Raises: UnreadableInput when it is no locked key.
    """
    first = content.partition(b"\n")[0].decode(errors="replace")
    if not first.startswith(NAME_LINE):
        raise UnreadableInput("this is no key of Baken's: its first line does not name it; put back a copy")
    return read_verifier_key(first.removeprefix(NAME_LINE))


def unlocked(content: bytes, passphrase: bytes) -> SigningKey:
    """Open a locked key.

    Raises: WrongPassphrase; UnreadableInput when it is no locked key, or not the one it says.
    """
    said = whose(content)
    try:
        private_key = load_pem_private_key(content.partition(b"\n")[2], passphrase or None)
    except (ValueError, TypeError) as error:
        raise WrongPassphrase(f"this passphrase does not open the key {said.name}; try again") from error
    if not isinstance(private_key, Ed25519PrivateKey):
        raise UnreadableInput(f"the key {said.name} is no Ed25519 key; put back a copy")
    key = SigningKey(said.name, private_key, said.algorithm)
    if key.verifier != said:
        raise UnreadableInput(f"the key that calls itself {said.name} is another one; put back a copy")
    return key


def _envelope(salt: bytes, iv: bytes, hidden: bytes) -> bytes:
    rounds = _der(INTEGER, ROUNDS.to_bytes(ROUNDS.bit_length() // 8 + 1, "big"))
    stretch = _der(SEQUENCE, _der(OCTETS, salt), rounds, _der(SEQUENCE, HMAC_SHA256, NOTHING))
    how = _der(
        SEQUENCE,
        _der(SEQUENCE, PBKDF2, stretch),
        _der(SEQUENCE, AES_256_CBC, _der(OCTETS, iv)),
    )
    return _der(SEQUENCE, _der(SEQUENCE, PBES2, how), _der(OCTETS, hidden))


def _der(tag: int, *parts: bytes) -> bytes:
    """Return a value with its kind and length before it (X.690; here never longer than 65,535 bytes)."""
    value = b"".join(parts)
    size = len(value)
    length = (
        bytes([size]) if size < 0x80 else bytes([0x81, size]) if size < 0x100 else b"\x82" + size.to_bytes(2)
    )
    return bytes([tag]) + length + value
