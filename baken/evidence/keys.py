"""The life of a key: born, handed on to a successor, revoked; each said in a note that it signs itself.

Trust begins with one key that somebody handed over; from there the notes, in the order of the log, say
which key was good when.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.errors import BadMessage
from baken.evidence.signed_note import (
    KEY_BYTES,
    SIGNER,
    SignedNote,
    SigningKey,
    VerifierKey,
    read_verifier_key,
    signed,
    signers,
)

HEADER = "baken key statement 1"


class KeyAct(StrEnum):
    """What happened to a key."""

    BORN = "born"
    ROTATED = "rotated"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyStatement:
    """What is said of a key: that it is one, who comes after it, or since when it is not to be trusted."""

    act: KeyAct
    key: VerifierKey
    at_tai_ns: int
    successor: VerifierKey | None = None
    because: str = ""

    def __post_init__(self) -> None:
        if (self.act is KeyAct.ROTATED) != (self.successor is not None):
            raise ValueError("a key that is rotated has a successor, and no other")
        if "\n" in self.because or self.because != self.because.strip():
            raise ValueError("a reason is one line")

    @property
    def text(self) -> str:
        """The statement as it is signed."""
        lines = [HEADER, f"{self.act} {self.key.text}"]
        lines += [f"to {self.successor.text}"] if self.successor else []
        lines += [f"at {utc_text(self.at_tai_ns, 9)}"]
        lines += [f"because {self.because}"] if self.because else []
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From when until when a key is good; ``None`` where nobody said."""

    key: VerifierKey
    from_tai_ns: int | None
    until_tai_ns: int | None = None
    is_revoked: bool = False

    def holds(self, at_tai_ns: int) -> bool:
        """Say whether what the key signed then is to be trusted."""
        return (self.from_tai_ns is None or self.from_tai_ns <= at_tai_ns) and (
            self.until_tai_ns is None or at_tai_ns < self.until_tai_ns
        )


def new_key(name: str, luck: Callable[[int], bytes], algorithm: int = SIGNER) -> SigningKey:
    """Make a key from 32 bytes that nobody can guess."""
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(luck(KEY_BYTES)), algorithm)


def birth(key: SigningKey, *, at_tai_ns: int) -> SignedNote:
    """Say that a key is one's own."""
    statement = KeyStatement(act=KeyAct.BORN, key=key.verifier, at_tai_ns=at_tai_ns)
    return signed(statement.text, _hand(key))


def rotation(old: SigningKey, new: SigningKey, *, at_tai_ns: int) -> SignedNote:
    """Hand on from one key to the next; both sign, so nobody can claim the key of another as successor.

    Raises: ValueError when the two are not for one use under one name, or are one key.
    """
    if (old.name, old.algorithm) != (new.name, new.algorithm) or old.verifier == new.verifier:
        raise ValueError("a key is followed by another one, under the same name and for the same use")
    statement = KeyStatement(
        act=KeyAct.ROTATED, key=old.verifier, successor=new.verifier, at_tai_ns=at_tai_ns
    )
    return signed(statement.text, _hand(old), _hand(new))


def revocation(key: VerifierKey, by: SigningKey, *, since_tai_ns: int, because: str) -> SignedNote:
    """Say since when a key is not to be trusted, by the key itself or by its successor."""
    statement = KeyStatement(act=KeyAct.REVOKED, key=key, at_tai_ns=since_tai_ns, because=because)
    return signed(statement.text, _hand(by))


def read_statement(text: str) -> KeyStatement:
    """Read what is said of a key; who signed it is not checked here.

    Raises: BadMessage when it is no statement.
    """
    try:
        header, what, *more = text.removesuffix("\n").split("\n")
        said = dict([what.split(" ", 1), *(line.split(" ", 1) for line in more)])
        act = KeyAct(what.split(" ", 1)[0])
        statement = KeyStatement(
            act=act,
            key=read_verifier_key(said[act]),
            at_tai_ns=tai_ns_from_utc(said["at"]),
            successor=read_verifier_key(said["to"]) if "to" in said else None,
            because=said.get("because", ""),
        )
    except (ValueError, KeyError) as error:
        raise BadMessage(f"this says nothing of a key: {error}", next_step="ask for it anew") from error
    if header != HEADER or statement.text != text:
        raise BadMessage("what is said of a key is not written so", next_step="ask for it anew")
    return statement


def checked_statement(note: SignedNote) -> KeyStatement:
    """Return what is said of a key when those signed who have to: the key itself, and a successor it names.

    A revocation has only to be signed; by whom it may be follows from the history.

    Raises: BadMessage, BadSignature.
    """
    statement = read_statement(note.text)
    own = [statement.key] if statement.act is not KeyAct.REVOKED else []
    for key in [*own, *([statement.successor] if statement.successor else [])]:
        signers(note, [_mark(key)])
    return statement


def periods(first: VerifierKey, notes: Iterable[SignedNote]) -> tuple[Period, ...]:
    """Return when a key and those that followed it were good, by the notes of a log in their order.

    Only the newest key names its successor, once, and not in the past of its own beginning: so who holds an
    old key cannot hand it on a second time.  It is revoked by itself while it is the newest, or by one that
    came after it; an old key says nothing more.  Statements about keys of others are passed over.

    Raises: BadMessage, BadSignature for a note about one of these keys that it may not have made.
    """
    chain, dead = [Period(key=first, from_tai_ns=None)], set()
    for note in notes:
        statement = read_statement(note.text)
        places = [place for place, period in enumerate(chain) if period.key == statement.key]
        if places and statement.successor in dead:
            raise _refused(statement, "its successor revoked itself before")
        if places:
            chain = _told(chain, places[0], statement, note)
        elif _ends_itself(statement, note):
            dead.add(statement.key)
    return tuple(chain)


def trusted_keys(first: VerifierKey, notes: Iterable[SignedNote], at_tai_ns: int) -> tuple[VerifierKey, ...]:
    """Return which key was good at an instant, of one that was handed over and those that followed it.

    Raises: BadMessage, BadSignature for a note about one of these keys that it may not have made.
    """
    return tuple(period.key for period in periods(first, notes) if period.holds(at_tai_ns))


def notes_about(first: VerifierKey, notes: Sequence[SignedNote]) -> tuple[SignedNote, ...]:
    """Return the notes about a key and those that followed it: what another needs to follow it himself."""
    keys = {period.key for period in periods(first, notes)}
    return tuple(note for note in notes if read_statement(note.text).key in keys)


def _ends_itself(statement: KeyStatement, note: SignedNote) -> bool:
    """Say whether a key that is not followed, yet, says that it is never to be trusted again."""
    own = _mark(statement.key)
    if statement.act is not KeyAct.REVOKED or note.signature_of(own) is None:
        return False
    return bool(signers(note, [own]))


def _told(chain: list[Period], place: int, statement: KeyStatement, note: SignedNote) -> list[Period]:
    if statement.act is KeyAct.BORN:
        return _after_birth(chain, place, statement, note)
    if statement.act is KeyAct.ROTATED:
        return _after_rotation(chain, place, statement, note)
    return _after_revocation(chain, place, statement, note)


def _after_birth(chain: list[Period], place: int, statement: KeyStatement, note: SignedNote) -> list[Period]:
    checked_statement(note)
    if place or chain[0].from_tai_ns is not None or len(chain) > 1 or chain[0].is_revoked:
        raise _refused(statement, "it was born before")
    return [replace(chain[0], from_tai_ns=statement.at_tai_ns)]


def _after_rotation(
    chain: list[Period], place: int, statement: KeyStatement, note: SignedNote
) -> list[Period]:
    checked_statement(note)
    old, new = chain[place], statement.successor
    if place != len(chain) - 1 or old.is_revoked:
        raise _refused(statement, "it is not the newest, or revoked, and has nothing to hand on")
    if new is None or any(period.key == new for period in chain):
        raise _refused(statement, "its successor came before it")
    if (new.name, new.algorithm) != (old.key.name, old.key.algorithm):
        raise _refused(statement, "its successor has another name or use")
    if old.from_tai_ns is not None and statement.at_tai_ns < old.from_tai_ns:
        raise _refused(statement, "it was handed on before it was good")
    at_tai_ns = statement.at_tai_ns
    return [*chain[:-1], replace(old, until_tai_ns=at_tai_ns), Period(key=new, from_tai_ns=at_tai_ns)]


def _after_revocation(
    chain: list[Period], place: int, statement: KeyStatement, note: SignedNote
) -> list[Period]:
    later = chain[place + 1 :]
    signers(note, [_mark(period.key) for period in later or chain[place:]])
    period = chain[place]
    until = [at for at in (statement.at_tai_ns, period.until_tai_ns) if at is not None]
    return [*chain[:place], replace(period, until_tai_ns=min(until), is_revoked=True), *later]


def _refused(statement: KeyStatement, why: str) -> BadMessage:
    return BadMessage(f"{statement.key.text} cannot be {statement.act}: {why}; ask its owner in person")


def _hand(key: SigningKey) -> SigningKey:
    """Return the key that signs texts; a witness has another use of the same one."""
    return replace(key, algorithm=SIGNER)


def _mark(key: VerifierKey) -> VerifierKey:
    return replace(key, algorithm=SIGNER)
