"""Sealing an entry: one digest for the log, from which each field can be shown or withheld by itself."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring

import rfc8785

from baken.records.evidence import Entry, Field, SealedEntry, Value
from baken.records.marking import Realm

# What is hashed says what it is, so that no digest of one thing passes for that of another.
FIELD_DOMAIN = "baken field 1"
ENTRY_DOMAIN = "baken entry 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedField:
    """One field of an entry with the salt that lets another check it."""

    salt: str
    name: str
    value: Value

    @property
    def digest(self) -> str:
        """The digest that stands for this field among those of its entry."""
        return _sha256(canonical([FIELD_DOMAIN, self.salt, self.name, _json(self.value)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What of an entry is shown: the digests of all its fields, and some of the fields themselves."""

    digests: tuple[str, ...]
    shown: tuple[DisclosedField, ...]

    @property
    def commitment(self) -> str:
        """The digest of the entry, whatever is shown of it."""
        return commitment_of(self.digests)

    @property
    def n_withheld(self) -> int:
        return len(self.digests) - len(self.shown)

    def value(self, name: str) -> Value:
        """Return a shown field; ``None`` when it is withheld or was never there."""
        return next((field.value for field in self.shown if field.name == name), None)


def seal(entry: Entry, secret: bytes) -> SealedEntry:
    """Seal an entry with 32 bytes that nobody can guess.

    The salt of each field is HMAC-SHA-256 of its name under the secret, so who holds the secret can show any
    field, and who sees one field learns nothing of another.

    >>> from baken.records.evidence import EntryKind
    >>> entry = Entry(kind=EntryKind.NOTE, subject="NL-IN26-0001", actor="officer", at_tai_ns=0)
    >>> sealed = seal(entry, bytes(32))
    >>> disclose(sealed, {"kind"}).commitment == disclose(sealed, ()).commitment == sealed.commitment
    True
    """
    commitment = commitment_of([field.digest for field in _salted(entry.disclosable, secret)])
    return SealedEntry(entry=entry, secret=secret, commitment=commitment)


def disclose(sealed: SealedEntry, names: Iterable[str]) -> Disclosure:
    """Show the named fields of an entry, in their order, and withhold the others.

    Raises: ValueError for a name the entry does not have.
    """
    wanted = set(names)
    fields = _salted(sealed.entry.disclosable, sealed.secret)
    unknown = wanted - {field.name for field in fields}
    if unknown:
        raise ValueError(f"this entry has no field {', '.join(sorted(unknown))}")
    return Disclosure(
        digests=tuple(sorted(field.digest for field in fields)),
        shown=tuple(field for field in fields if field.name in wanted),
    )


def holds(disclosure: Disclosure) -> bool:
    """Say whether every shown field is one of the entry's, none twice."""
    shown = [field.digest for field in disclosure.shown]
    return len(set(shown)) == len(shown) and set(shown) <= set(disclosure.digests)


def commitment_of(digests: Sequence[str]) -> str:
    """Return the one digest that stands for an entry: that of its fields' digests in order of value."""
    return "sha256:" + _sha256(canonical([ENTRY_DOMAIN, sorted(digests)]))


def leaf_of(commitment: str, realm: Realm) -> bytes:
    """Return the bytes that stand in the log for an entry.  They tell that it exists, and its world."""
    return rfc8785.dumps({"commitment": commitment, "realm": realm.value})


def _salted(fields: Sequence[Field], secret: bytes) -> list[DisclosedField]:
    return [
        DisclosedField(salt=hmac.digest(secret, name.encode(), "sha256").hex(), name=name, value=value)
        for name, value in fields
    ]


def canonical(document: object) -> bytes:
    """Return a JSON document in its canonical form.

    Lists, words and nothing are written here, since sealing writes little else and the general writer takes
    four times as long; for the rest it is asked.

    Raises: ValueError when the document holds what JSON cannot carry.
    Source: RFC 8785.

    >>> canonical(["é", 1.0, [None, True]]).decode()
    '["é",1,[null,true]]'
    """
    return _canonical_text(document).encode()


def _canonical_text(document: object) -> str:
    if isinstance(document, str):
        return encode_basestring(document)
    if isinstance(document, list):
        return "[" + ",".join([_canonical_text(one) for one in document]) + "]"
    return "null" if document is None else rfc8785.dumps(document).decode()  # type: ignore[arg-type]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(value: Value) -> object:
    return [_json(each) for each in value] if isinstance(value, tuple) else value
