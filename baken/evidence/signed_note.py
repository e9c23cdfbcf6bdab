"""Text that somebody signed: the notes in which logs, witnesses and keepers of keys speak.

Source: C2SP signed-note and tlog-cosignature; Ed25519 as in RFC 8032.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from baken.errors import BadMessage

# What a key is for: the first signs a text, the second that it saw a text at a time.
SIGNER, WITNESS = 1, 4
EM_DASH = "— "
MAX_NOTE_BYTES = 1_000_000
MAX_SIGNATURES = 100
KEY_BYTES, SIGNATURE_BYTES, TIME_BYTES, KEY_ID_BYTES = 32, 64, 8, 4
NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
LATEST_POSIX_S = 2**63 - 1


class BadSignature(BadMessage):
    """A note whose signature is not that of the key it names, or that nobody known has signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A public key under a name, for one use."""

    name: str
    public_key: bytes
    algorithm: int = SIGNER

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"the name of a key has neither spaces nor plus; not so {self.name!r}")
        if len(self.public_key) != KEY_BYTES or self.algorithm not in _CHECKS:
            raise ValueError("a key is an Ed25519 public key of 32 bytes, of algorithm 1 or 4")

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return key_id_of(self.name, bytes([self.algorithm]) + self.public_key)

    @property
    def text(self) -> str:
        """The key as it is handed over."""
        coded = _base64(bytes([self.algorithm]) + self.public_key)
        return f"{self.name}+{self.key_id.hex()}+{coded}"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key under a name, for one use."""

    name: str
    private_key: Ed25519PrivateKey
    algorithm: int = SIGNER

    @property
    def verifier(self) -> VerifierKey:
        """What others check its signatures with."""
        public_key = self.private_key.public_key().public_bytes_raw()
        return VerifierKey(name=self.name, public_key=public_key, algorithm=self.algorithm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature line: who, with which key, and what the key made of the text."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        return f"{EM_DASH}{self.name} {_base64(self.key_id + self.value)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedNote:
    """A text and the signatures under it, none of them checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def content(self) -> bytes:
        """The note as it is written."""
        return (self.text + "\n" + "".join(one.line for one in self.signatures)).encode()

    def signature_of(self, key: VerifierKey) -> Signature | None:
        """Return what a key made of the text, as it says; None when the key is not named."""
        named = (one for one in self.signatures if (one.name, one.key_id) == (key.name, key.key_id))
        return next(named, None)


def key_id_of(name: str, key: bytes) -> bytes:
    """Return the four bytes that name a key: its name and what it is, hashed."""
    return hashlib.sha256(name.encode() + b"\n" + key).digest()[:KEY_ID_BYTES]


def read_verifier_key(text: str) -> VerifierKey:
    """Read a public key as it was handed over.

    Raises: BadMessage when it is not one, or not for a use that is known here.

    >>> read_verifier_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").name
    'PeterNeumann'
    """
    try:
        name, key_id, coded = text.strip().split("+", 2)
        decoded = _decoded(coded)
        key = VerifierKey(name=name, algorithm=decoded[0], public_key=decoded[1:])
    except (ValueError, IndexError) as error:
        raise BadMessage(
            f"this is no key like NAME+ID+BASE64: {error}", next_step="ask for it anew"
        ) from error
    if key.key_id.hex() != key_id:
        raise BadMessage(
            f"{name}: the key's id is {key.key_id.hex()}, not {key_id}", next_step="ask for it anew"
        )
    return key


def signed(text: str, *keys: SigningKey) -> SignedNote:
    """Sign a text, with one key or with several.

    Raises: ValueError for a text that no note can carry.
    """
    _check_text(text)
    made = tuple(
        Signature(name=key.name, key_id=key.verifier.key_id, value=key.private_key.sign(text.encode()))
        for key in keys
    )
    return SignedNote(text=text, signatures=made)


def cosigned(note: SignedNote, key: SigningKey, *, posix_s: int) -> SignedNote:
    """Return a note with one signature more: that a witness saw its text at a time."""
    if key.algorithm != WITNESS or not 0 <= posix_s <= LATEST_POSIX_S:
        raise ValueError("a witness cosigns with a key of its own, at a time after 1969")
    value = key.private_key.sign(_seen_text(note.text, posix_s))
    at = posix_s.to_bytes(TIME_BYTES, "big")
    one = Signature(name=key.name, key_id=key.verifier.key_id, value=at + value)
    others = tuple(other for other in note.signatures if (other.name, other.key_id) != (one.name, one.key_id))
    return replace(note, signatures=(*others, one))


def read_note(content: bytes) -> SignedNote:
    """Read a note as it came.  None of its signatures is checked.

    Raises: BadMessage with the line, when it is not a note.
    """
    if len(content) > MAX_NOTE_BYTES:
        raise BadMessage(f"a note of {len(content):,} bytes is longer than any, 1,000,000")
    try:
        whole = content.decode()
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise ValueError("a note is a text, an empty line, and signatures")
        text += "\n"
        _check_text(text)
    except ValueError as error:
        raise BadMessage(f"this is no signed note: {error}", next_step="ask for it anew") from error
    first = text.count("\n") + 2
    signatures = tuple(_signature(line, n) for n, line in enumerate(lines[:-1].split("\n"), first))
    if len(signatures) > MAX_SIGNATURES:
        raise BadMessage(f"a note with {len(signatures)} signatures has more than any, {MAX_SIGNATURES}")
    return SignedNote(text=text, signatures=signatures)


def signers(note: SignedNote, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Return which of these keys signed a note, in the order of the keys.

    Raises: BadSignature when a signature that names one of them is not its own, or when none of them signed.
    """
    found = []
    for key in keys:
        signature = note.signature_of(key)
        if signature is None:
            continue
        if not _CHECKS[key.algorithm](key, note.text, signature.value):
            raise BadSignature(f"the signature of {key.name} is not of this text; trust nothing in it")
        found.append(key)
    if not found:
        raise BadSignature("nobody whose key is known has signed this; trust nothing in it")
    return tuple(found)


def opened(content: bytes, keys: Collection[VerifierKey]) -> str:
    """Return the text of a note that one of these keys signed.

    Raises: BadMessage when it is not a note; BadSignature when it is not theirs.
    """
    note = read_note(content)
    signers(note, keys)
    return note.text


def seen_at_posix_s(note: SignedNote, key: VerifierKey) -> int:
    """Return when a witness says it saw a note; to be asked once its signature was checked."""
    signature = note.signature_of(key)
    if signature is None or key.algorithm != WITNESS:
        raise ValueError(f"{key.name} is no witness of this note")
    return int.from_bytes(signature.value[:TIME_BYTES], "big")


def _is_signed(key: VerifierKey, text: str, value: bytes) -> bool:
    return is_made_by(key, value, text.encode())


def _is_seen(key: VerifierKey, text: str, value: bytes) -> bool:
    posix_s = int.from_bytes(value[:TIME_BYTES], "big")
    return posix_s <= LATEST_POSIX_S and is_made_by(key, value[TIME_BYTES:], _seen_text(text, posix_s))


_CHECKS: dict[int, Callable[[VerifierKey, str, bytes], bool]] = {SIGNER: _is_signed, WITNESS: _is_seen}


def _seen_text(text: str, posix_s: int) -> bytes:
    return f"cosignature/v1\ntime {posix_s}\n{text}".encode()


def is_made_by(key: VerifierKey, signature: bytes, message: bytes) -> bool:
    """Say whether a signature is of a message and by a key."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise ValueError("its text does not end with a line")
    text.encode()
    if odd := re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise ValueError(f"its text holds the control character {odd[0]!r}")


def _signature(line: str, number: int) -> Signature:
    try:
        if not line.startswith(EM_DASH):
            raise ValueError("it begins with a dash and a space")
        name, coded = line.removeprefix(EM_DASH).split(" ")
        value = _decoded(coded)
        if not NAME.fullmatch(name) or len(value) <= KEY_ID_BYTES:
            raise ValueError("a name, an id and a signature stand in it")
    except ValueError as error:
        raise BadMessage(
            f"this is no signature: {error}", line=number, next_step="ask for it anew"
        ) from error
    return Signature(name=name, key_id=value[:KEY_ID_BYTES], value=value[KEY_ID_BYTES:])


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _decoded(coded: str) -> bytes:
    """Read base64 in the one way in which it is written."""
    try:
        value = base64.b64decode(coded, validate=True)
    except binascii.Error as error:
        raise ValueError(f"this is no base64: {error}") from error
    if _base64(value) != coded:
        raise ValueError("its base64 is not as it is written")
    return value
