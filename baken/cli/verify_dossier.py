#!/usr/bin/env python3
"""Verify a dossier: one file, Python's standard library and nothing else.

    python3 -I -S verify_dossier.py DOSSIER --key VKEY [--witness VKEY]... [--json]

DOSSIER is a folder or a zip.  VKEY is the public key of whoever made it, which you have from him by another
way than the dossier itself.  Exit 0: it holds.  1: it does not, and the line says what and where.  2: it
could not be read, or was not asked well.

What is checked: that every file is exactly as it was handed over; that the dossier was signed with the key,
or one that follows from it, at a time the key was good; that every entry stands in the log the checkpoint
speaks of; that every field shown is one of its entry's; that every content is the one its entry names.  What
cannot be checked here: whether what people wrote is true, and whether the key is whose you think it is.

It shares no code with Baken, so that the two can be held against each other.
Sources: RFC 8032 (Ed25519), RFC 8785 (canonical JSON), RFC 6962 (Merkle trees), DSSE 1.0, and of C2SP
signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof.
"""

import argparse
import base64
import hashlib
import io
import json
import math
import re
import struct
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, NoReturn

MANIFEST_TYPE = "application/vnd.baken.dossier.v1+json"
COPY_TYPE = "application/vnd.baken.dossier-copy.v1+json"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
SIGNER, WITNESS = 1, 4
LARGEST_BYTES = 2**30
LARGEST_WHOLE = 2**53 - 1
# The last second of the year 9999.
LATEST_POSIX_S = 253_402_300_799


class DoesNotHold(Exception):
    """A dossier, or a file in it, is not what it says it is."""


class CannotBeRead(Exception):
    """There is nothing that could be verified."""


def refuse(place: str, problem: str) -> NoReturn:
    """Say what does not hold, and where."""
    raise DoesNotHold(f"{place}: {problem}")


# Ed25519, RFC 8032, section 5.1.

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)


class Point(NamedTuple):
    """A point of the curve in extended coordinates: x = X/Z, y = Y/Z, T = XY/Z."""

    x: int
    y: int
    z: int
    t: int


NEUTRAL = Point(0, 1, 1, 0)


def point_sum(one: Point, other: Point) -> Point:
    """Add two points.  Source: RFC 8032, section 5.1.4."""
    a = (one.y - one.x) * (other.y - other.x) % PRIME
    b = (one.y + one.x) * (other.y + other.x) % PRIME
    c = 2 * one.t * other.t * CURVE_D % PRIME
    d = 2 * one.z * other.z % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return Point(e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def point_multiple(number: int, point: Point) -> Point:
    """Multiply a point.  Nothing here is secret, so nothing has to take the same time."""
    result = NEUTRAL
    while number:
        if number & 1:
            result = point_sum(result, point)
        point = point_sum(point, point)
        number >>= 1
    return result


def point_of(encoded: bytes) -> Point | None:
    """Return the point 32 bytes stand for; None when they stand for none, or not in the one right way.

    Source: RFC 8032, section 5.1.3.
    """
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = PRIME - x
    return Point(x, y, 1, x * y % PRIME)


BASE_Y = 4 * pow(5, -1, PRIME) % PRIME
BASE = point_of(BASE_Y.to_bytes(32, "little"))


def are_same(one: Point, other: Point) -> bool:
    """Say whether two points are one, whatever their third coordinate."""
    return not ((one.x * other.z - other.x * one.z) % PRIME or (one.y * other.z - other.y * one.z) % PRIME)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether a signature is of a message and by a key.  Source: RFC 8032, section 5.1.7.

    Keys and points of small order, which fit more than one message, are refused.
    """
    if len(public_key) != 32 or len(signature) != 64 or BASE is None:
        return False
    key, commitment = point_of(public_key), point_of(signature[:32])
    response = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or response >= ORDER or are_same(point_multiple(8, key), NEUTRAL):
        return False
    challenge = hashlib.sha512(signature[:32] + public_key + message).digest()
    multiple = point_multiple(int.from_bytes(challenge, "little") % ORDER, key)
    return are_same(point_multiple(response, BASE), point_sum(commitment, multiple))


# Canonical JSON, RFC 8785.

SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def canonical(value: object) -> str:
    """Return a value as RFC 8785 writes it.

    Raises: ValueError for what cannot be written so.

    >>> canonical({"b": [1.0, 1e21, None], "a": "\\u20ac"})
    '{"a":"€","b":[1,1e+21,null]}'
    """
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{quoted(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return whole_number(value)
    if isinstance(value, float):
        return number(value)
    raise ValueError(f"{type(value).__name__} is not JSON")


def quoted(text: str) -> str:
    """Return a string with what has to be escaped, escaped.  Source: RFC 8785, section 3.2.2.2."""
    text.encode()
    return '"' + "".join(SHORT_ESCAPES.get(c, c if c >= " " else f"\\u{ord(c):04x}") for c in text) + '"'


def whole_number(value: int) -> str:
    """Return a whole number, if every reader of JSON would read the same."""
    if abs(value) > LARGEST_WHOLE:
        raise ValueError(f"{value} is a whole number past 2^53")
    return str(value)


def number(value: float) -> str:
    """Return a number as ECMAScript writes it.  Source: RFC 8785, section 3.2.2.3, and ECMA-262, 7.1.12.1.

    >>> [number(value) for value in (1e21, 1e-7, 0.000001, -0.0, 123.5, 5e-324)]
    ['1e+21', '1e-7', '0.000001', '0', '123.5', '5e-324']
    """
    if not math.isfinite(value):
        raise ValueError("what is no number is not JSON")
    if value == 0:
        return "0"
    sign, digits, exponent = "-" if value < 0 else "", *digits_of(abs(value))
    if 0 < exponent <= 21:
        whole = digits[:exponent].ljust(exponent, "0")
        return sign + whole + (f".{digits[exponent:]}" if len(digits) > exponent else "")
    if -6 < exponent <= 0:
        return f"{sign}0.{'0' * -exponent}{digits}"
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{exponent - 1:+d}"


def digits_of(value: float) -> tuple[str, int]:
    """Return the fewest digits that name a number, and the power of ten that 0.DIGITS is times."""
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    leading = len(whole + fraction) - len(digits)
    place = len(whole) + int(exponent or 0) - leading
    return digits.rstrip("0"), place


def read_canonical(content: bytes, place: str) -> Any:
    """Return what a file of canonical JSON holds.

    Raises: DoesNotHold when it is not JSON, or not written in the one way.
    """
    try:
        value = json.loads(content.decode(), object_pairs_hook=once_each, parse_int=number_of)
        if canonical(value).encode() != content:
            refuse(place, "is not written as canonical JSON")
    except (ValueError, RecursionError) as error:
        refuse(place, f"is not JSON as it has to be ({error})")
    return value


def number_of(digits: str) -> int | float:
    """Return what a whole number stands for: past 2^53 it can only have been one with a point."""
    value = int(digits)
    return value if abs(value) <= LARGEST_WHOLE else float(value)


def once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object whose names stand once each."""
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def text_at(value: Any, name: str, place: str) -> str:
    """Return a text of an object."""
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, str):
        refuse(place, f"{name} is missing, or no text")
    return found


def list_at(value: Any, name: str, place: str) -> list[Any]:
    """Return a list of an object."""
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, list):
        refuse(place, f"{name} is missing, or no list")
    return found


def decoded(text: str, place: str) -> bytes:
    """Return what base64 stands for, if it stands for it in the one right way."""
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError as error:
        refuse(place, f"is no base64 ({error})")
    if base64.b64encode(content).decode() != text:
        refuse(place, "is base64 written in an odd way")
    return content


# Keys, notes, and what is said of keys.


class Key(NamedTuple):
    """A public key under a name, for one use."""

    name: str
    use: int
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        said = self.name.encode() + b"\n" + bytes([self.use]) + self.public_key
        return hashlib.sha256(said).digest()[:4]


def key_of(text: str, place: str) -> Key:
    """Return a key that reads NAME+ID+BASE64."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        refuse(place, "is no key like NAME+ID+BASE64")
    content = decoded(parts[2], place)
    key = Key(parts[0], content[0] if content else 0, content[1:])
    if re.fullmatch(r"[^\s+\x00-\x1f\x7f]+", key.name) is None:
        refuse(place, "is a key with a name that no key has")
    if key.use not in (SIGNER, WITNESS) or len(key.public_key) != 32 or key.key_id.hex() != parts[1]:
        refuse(place, "is a key whose id is not its own")
    return key


class Note(NamedTuple):
    """A text and the signatures under it: name, key id, value; and where it lies."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]
    place: str

    def seen_by(self, key: Key) -> int | None:
        """Return when a key signed, in seconds since 1970; 0 for one that tells no time, None for never.

        Raises: DoesNotHold for a signature under the name of the key that is not its own.
        """
        named = (value for name, key_id, value in self.signatures if (name, key_id) == (key.name, key.key_id))
        value = next(named, None)
        if value is None:
            return None
        posix_s, told, rest = 0, self.text, value
        if key.use == WITNESS:
            posix_s, rest = int.from_bytes(value[:8], "big"), value[8:]
            told = f"cosignature/v1\ntime {posix_s}\n{self.text}"
        if posix_s > LATEST_POSIX_S or not is_signed(key.public_key, told.encode(), rest):
            refuse(self.place, f"bears a signature of {key.name} that is not its own")
        return posix_s


def note_of(content: bytes, place: str) -> Note:
    """Return a signed note.  Source: C2SP signed-note."""
    try:
        text, blank, lines = content.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        refuse(place, "is no text")
    if not blank or not lines.endswith("\n"):
        refuse(place, "is no signed note")
    return Note(text + "\n", tuple(signature_of(line, place) for line in lines[:-1].split("\n")), place)


def signature_of(line: str, place: str) -> tuple[str, bytes, bytes]:
    """Return one signature line."""
    match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
    if match is None:
        refuse(place, "has a line that is no signature")
    content = decoded(match[2], place)
    return match[1], content[:4], content[4:]


class Statement(NamedTuple):
    """What a note says of a key: that it was born, handed on to a successor, or revoked, and when."""

    act: str
    key: Key
    successor: Key | None
    at_ns: int
    note: Note

    def needs(self, signers: Sequence[Key]) -> None:
        """Refuse what none of these keys signed."""
        if all(self.note.seen_by(key._replace(use=SIGNER)) is None for key in signers):
            refuse(self.note.place, f"is not signed by who may say so of {self.key.name}")

    def refuse(self, why: str) -> NoReturn:
        """Say why a key cannot be what is said of it."""
        refuse(self.note.place, f"says that a key was {self.act}, and {why}")


STATEMENT = re.compile(
    r"baken key statement 1\n(born|rotated|revoked) (\S+)\n(?:to (\S+)\n)?"
    r"at (\S+\.[0-9]{9}Z)\n(?:because (?=\S)(.*\S)\n)?"
)


def statement_of(note: Note) -> Statement:
    """Return what a note says of a key, if it is written in the one way."""
    match = STATEMENT.fullmatch(note.text)
    if match is None or (match[1] == "rotated") != (match[3] is not None):
        refuse(note.place, "says nothing of a key")
    successor = key_of(match[3], note.place) if match[3] else None
    return Statement(
        match[1], key_of(match[2], note.place), successor, nanoseconds(match[4], note.place), note
    )


class Period(NamedTuple):
    """A key and the span in which it is good, in nanoseconds since 1970; None where nobody said."""

    key: Key
    first_ns: int | None
    last_ns: int | None
    is_revoked: bool


def periods_of(trusted: Key, notes: Sequence[Note]) -> list[Period]:
    """Follow a key from the one that is trusted: to its successors, up to its revocation.

    Only the newest key names its successor, once, and both sign; it is revoked by itself while it is the
    newest, or by one that came after it.  What is said of keys of others is passed over.

    Raises: DoesNotHold for a note about one of these keys that it may not have made.
    """
    periods, dead = [Period(trusted, None, None, False)], set()
    for said in map(statement_of, notes):
        place = next((at for at, period in enumerate(periods) if period.key == said.key), None)
        if place is None:
            if said.act == "revoked" and said.note.seen_by(said.key._replace(use=SIGNER)) is not None:
                dead.add(said.key)
        elif said.successor in dead:
            said.refuse("its successor revoked itself before")
        else:
            periods = AFTER[said.act](periods, place, said)
    return periods


def born(periods: list[Period], _: int, said: Statement) -> list[Period]:
    """Return the periods after the birth of the first key."""
    said.needs([said.key])
    if len(periods) > 1 or periods[0].first_ns is not None or periods[0].is_revoked:
        said.refuse("was born before")
    return [periods[0]._replace(first_ns=said.at_ns)]


def rotated(periods: list[Period], place: int, said: Statement) -> list[Period]:
    """Return the periods after the newest key was handed on."""
    old, new = periods[place], said.successor or said.key
    said.needs([said.key])
    said.needs([new])
    if place != len(periods) - 1 or old.is_revoked:
        said.refuse("is not the newest, or revoked")
    if any(period.key == new for period in periods) or (new.name, new.use) != (old.key.name, old.key.use):
        said.refuse("its successor came before it, or has another name or use")
    if old.first_ns is not None and said.at_ns < old.first_ns:
        said.refuse("it was not good yet")
    return [*periods[:-1], old._replace(last_ns=said.at_ns), Period(new, said.at_ns, None, False)]


def revoked(periods: list[Period], place: int, said: Statement) -> list[Period]:
    """Return the periods after one of them was cut off."""
    period, later = periods[place], periods[place + 1 :]
    said.needs([each.key for each in later or [period]])
    last_ns = said.at_ns if period.last_ns is None else min(said.at_ns, period.last_ns)
    return [*periods[:place], period._replace(last_ns=last_ns, is_revoked=True), *later]


AFTER = {"born": born, "rotated": rotated, "revoked": revoked}


def nanoseconds(utc: str, place: str) -> int:
    """Return an instant that reads 2026-11-25T09:00:00.123456789Z, in nanoseconds since 1970."""
    match = re.fullmatch(
        r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:)([0-9]{2})(?:\.([0-9]{1,9}))?Z", utc
    )
    try:
        minute = datetime.fromisoformat(match[1] + "00").replace(tzinfo=UTC) if match else None
    except ValueError:
        minute = None
    if match is None or minute is None:
        refuse(place, f"{utc!r} is no time in UTC")
    # A leap second counts as the one before it: nothing here rests on a second.
    return (int(minute.timestamp()) + min(int(match[2]), 59)) * 10**9 + int((match[3] or "").ljust(9, "0"))


# The log.


def root_of(leaf: bytes, index: int, size: int, path: Sequence[bytes], place: str) -> bytes:
    """Return the root an inclusion proof leads to.  Source: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        refuse(place, "speaks of an entry outside the log")
    here, last, node = index, size - 1, hashlib.sha256(b"\x00" + leaf).digest()
    for sibling in path:
        if last == 0:
            refuse(place, "is longer than the log is deep")
        if here & 1 or here == last:
            node = hashlib.sha256(b"\x01" + sibling + node).digest()
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + sibling).digest()
        here, last = here >> 1, last >> 1
    if last:
        refuse(place, "is shorter than the log is deep")
    return node


class Log(NamedTuple):
    """A log at one size, as its checkpoint says."""

    origin: str
    size: int
    root: bytes


def log_of(note: Note, place: str) -> Log:
    """Return what a checkpoint says.  Source: C2SP tlog-checkpoint."""
    lines = note.text.split("\n")
    if len(lines) < 4 or not re.fullmatch(r"0|[1-9]\d{0,18}", lines[1]):
        refuse(place, "is no checkpoint of a log")
    return Log(lines[0], int(lines[1]), decoded(lines[2], place))


def proof_of(content: bytes, place: str) -> tuple[int, list[bytes], bytes]:
    """Return index, hashes and checkpoint of a proof.  Source: C2SP tlog-proof."""
    head, _, checkpoint = content.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    lines = [line for line in lines if not line.startswith("extra ")]
    if (
        len(lines) < 2
        or lines[0] != "c2sp.org/tlog-proof@v1"
        or not re.fullmatch(r"index (0|[1-9]\d*)", lines[1])
    ):
        refuse(place, "is no proof of an entry in a log")
    return int(lines[1].removeprefix("index ")), [decoded(line, place) for line in lines[2:]], checkpoint


# The dossier.


class Shown(NamedTuple):
    """What of one entry this copy shows."""

    entry_id: str
    fields: dict[str, Any] | None
    n_withheld: int
    contents_withheld: tuple[str, ...]


class Report(NamedTuple):
    """What was verified."""

    title: str
    realm: str
    recipient: str
    made_at_utc: str
    signed_by: str
    is_key_revoked: bool
    log: Log
    witnessed: tuple[tuple[str, int], ...]
    not_witnessed: tuple[str, ...]
    shown: tuple[Shown, ...]


Files = Mapping[str, bytes]


def verify(files: Files, trusted: Key, witnesses: Sequence[Key] = ()) -> Report:
    """Verify the files of a dossier, by name.

    Raises: DoesNotHold, which names the file or entry.
    """
    try:
        return verified(files, trusted, witnesses)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        refuse("the dossier", f"is not built as dossiers are ({type(error).__name__}: {error})")


def verified(files: Files, trusted: Key, witnesses: Sequence[Key]) -> Report:
    """Return what was verified of files that are built as those of a dossier."""
    notes = [note_of(files[name], name) for name in sorted(files) if name.startswith("keys/")]
    periods = periods_of(trusted, notes)
    copy, handed_out_by = signed_document(files, "copy.json", COPY_TYPE, periods)
    check_files(files, copy)
    manifest, signer = signed_document(files, "dossier.json", MANIFEST_TYPE, periods)
    if handed_out_by != signer:
        # A list bears no time, so a key that is no longer good could still sign one.
        refuse("copy.json", "is signed with another key than its dossier")
    realm = text_at(manifest, "realm", "dossier.json")
    if text_at(copy, "realm", "copy.json") != realm:
        refuse("copy.json", "is of another world than its dossier")
    log, witnessed = checked_log(files, manifest, periods, witnesses)
    check_time(signer, text_at(manifest, "made_at_utc", "dossier.json"), witnessed)
    shown = tuple(
        checked_entry(files, entry, realm, log) for entry in list_at(manifest, "entries", "dossier.json")
    )
    if len({entry.entry_id for entry in shown}) != len(shown):
        refuse("dossier.json", "names an entry twice")
    check_nothing_else(files, shown)
    return Report(
        title=text_at(manifest, "title", "dossier.json"),
        realm=realm,
        recipient=text_at(copy, "recipient", "copy.json"),
        made_at_utc=text_at(manifest, "made_at_utc", "dossier.json"),
        signed_by=f"{signer.key.name}+{signer.key.key_id.hex()}",
        is_key_revoked=signer.is_revoked,
        log=log,
        witnessed=witnessed,
        not_witnessed=tuple(key.name for key in witnesses if key.name not in dict(witnessed)),
        shown=shown,
    )


def signed_document(
    files: Files, name: str, payload_type: str, periods: Sequence[Period]
) -> tuple[Any, Period]:
    """Return what an envelope holds, and the period of the key that signed it.  Source: DSSE 1.0."""
    if name not in files:
        refuse(name, "is missing")
    envelope = read_canonical(files[name], name)
    if text_at(envelope, "payloadType", name) != payload_type:
        refuse(name, "holds something else than it has to")
    payload = decoded(text_at(envelope, "payload", name), name)
    told = f"DSSEv1 {len(payload_type)} {payload_type} {len(payload)} ".encode() + payload
    for signature in list_at(envelope, "signatures", name):
        value = decoded(text_at(signature, "sig", name), name)
        for period in periods:
            if is_signed(period.key.public_key, told, value):
                check_envelope(envelope, period.key, name)
                document = read_canonical(payload, name)
                if not isinstance(document, dict):
                    refuse(name, "holds no object")
                return document, period
    refuse(name, "is not signed with the key given, nor with one that follows from it")


def check_envelope(envelope: Any, key: Key, name: str) -> None:
    """Refuse an envelope with anything on it that its signature does not cover."""
    signatures = envelope["signatures"]
    expected = f"{key.name}+{key.key_id.hex()}"
    if set(envelope) != {"payloadType", "payload", "signatures"} or len(signatures) != 1:
        refuse(name, "has more on it than one signature")
    if set(signatures[0]) != {"keyid", "sig"} or signatures[0]["keyid"] != expected:
        refuse(name, "does not name the key that signed it")


def check_files(files: Files, copy: Any) -> None:
    """Refuse a dossier in which a file is missing, added or altered by a single byte."""
    listed = {text_at(file, "name", "copy.json"): file for file in list_at(copy, "files", "copy.json")}
    for name in sorted(set(files) - set(listed) - {"copy.json"}):
        refuse(name, "is not part of this dossier")
    for name, file in listed.items():
        if name not in files:
            refuse(name, "is missing")
        if len(files[name]) != file.get("size") or sha256(files[name]) != text_at(
            file, "sha256", "copy.json"
        ):
            refuse(name, "was altered")


def checked_log(
    files: Files, manifest: Any, periods: Sequence[Period], witnesses: Sequence[Key]
) -> tuple[Log, tuple[tuple[str, int], ...]]:
    """Return the log the dossier speaks of, and who saw it when."""
    place = "checkpoint"
    if place not in files:
        refuse(place, "is missing")
    note = note_of(files[place], place)
    log = log_of(note, place)
    if {"origin": log.origin, "size": log.size, "root": log.root.hex()} != manifest.get("log"):
        refuse(place, "is not the one the dossier speaks of")
    if not any(period.key.name == log.origin and note.seen_by(period.key) is not None for period in periods):
        refuse(place, "is not signed by its log")
    # Who signs for the log is no second party, under whatever name he says that he saw it.
    own = {period.key.public_key for period in periods}
    others = dict.fromkeys(witness for witness in witnesses if witness.public_key not in own)
    seen = ((witness.name, note.seen_by(witness)) for witness in others)
    return log, tuple((name, posix_s) for name, posix_s in seen if posix_s)


def check_time(signer: Period, made_at_utc: str, witnessed: Sequence[tuple[str, int]]) -> None:
    """Refuse a dossier whose key was not good when it was made.

    Whoever stole a key can write any time: of a revoked key only what a witness saw before counts.
    """
    made_ns = nanoseconds(made_at_utc, "dossier.json")
    if signer.first_ns is not None and made_ns < signer.first_ns:
        refuse("dossier.json", "is signed with a key that was not yet good then")
    if signer.last_ns is None:
        return
    if signer.is_revoked and not any(posix_s * 10**9 < signer.last_ns for _, posix_s in witnessed):
        refuse(
            "dossier.json", "is signed with a key that was revoked, and no witness given saw its log before"
        )
    if made_ns >= signer.last_ns:
        refuse("dossier.json", "is signed with a key that was no longer good then")


def checked_entry(files: Files, entry: Any, realm: str, log: Log) -> Shown:
    """Return what is shown of one entry, once it is proved to stand in the log."""
    entry_id = text_at(entry, "entry_id", "dossier.json")
    if not re.fullmatch(r"EV-(0|[1-9]\d{0,15})", entry_id):
        refuse("dossier.json", "names an entry in an odd way")
    commitment, proof_name = text_at(entry, "commitment", "dossier.json"), f"proofs/{entry_id}.tlog-proof"
    if proof_name not in files:
        refuse(proof_name, "is missing")
    index, path, checkpoint = proof_of(files[proof_name], proof_name)
    leaf = canonical({"commitment": commitment, "realm": realm}).encode()
    if index != int(entry_id[3:]) or checkpoint != files["checkpoint"]:
        refuse(proof_name, f"is not of {entry_id} in this log")
    if root_of(leaf, index, log.size, path, proof_name) != log.root:
        refuse(proof_name, f"does not prove that {entry_id} stands in the log")
    name = f"entries/{entry_id}.json"
    if name not in files:
        return Shown(entry_id, None, 0, ())
    return shown_entry(files, entry_id, name, commitment)


def shown_entry(files: Files, entry_id: str, name: str, commitment: str) -> Shown:
    """Return the fields an entry shows, each checked against its commitment, and its contents."""
    disclosure = read_canonical(files[name], name)
    digests, fields = list_at(disclosure, "digests", name), {}
    if not all(isinstance(digest, str) for digest in digests):
        refuse(name, "has a digest that is no text")
    committed = sha256(canonical(["baken entry 1", sorted(digests)]).encode())
    if len(set(digests)) != len(digests) or f"sha256:{committed}" != commitment:
        refuse(name, f"does not belong to the commitment of {entry_id}")
    for field in list_at(disclosure, "shown", name):
        if not isinstance(field, list) or len(field) != 3 or not isinstance(field[1], str):
            refuse(name, "shows something that is no field")
        salt, field_name, value = field
        digest = sha256(canonical(["baken field 1", salt, field_name, value]).encode())
        if digest not in digests or field_name in fields:
            refuse(name, f"{field_name} is not a field of {entry_id}")
        fields[field_name] = value
    missing = tuple(check_contents(files, fields))
    return Shown(entry_id, fields, len(digests) - len(fields), missing)


def contents_named(fields: Mapping[str, Any]) -> Iterator[str]:
    """Name the contents of an entry by their digests."""
    if isinstance(fields.get("content_digest"), str):
        yield fields["content_digest"]
    attachments = fields.get("attachments")
    for one in attachments if isinstance(attachments, list) else ():
        # A report names what came along; only where a digest stands second does it say which bytes.
        if isinstance(one, list) and len(one) > 1 and re.fullmatch(r"sha256:[0-9a-f]{64}", str(one[1])):
            yield one[1]


def check_contents(files: Files, fields: Mapping[str, Any]) -> Iterator[str]:
    """Check contents against the digests an entry names, and name those that are withheld."""
    for digest in contents_named(fields):
        name = f"contents/{digest.removeprefix('sha256:')}"
        if name not in files:
            yield digest
        elif f"sha256:{sha256(files[name])}" != digest:
            refuse(name, "is not the content its entry names")


def check_nothing_else(files: Files, shown: Sequence[Shown]) -> None:
    """Refuse entries, proofs and contents that no entry of the dossier speaks of."""
    ids = {entry.entry_id for entry in shown}
    contents = {
        digest.removeprefix("sha256:") for entry in shown for digest in contents_named(entry.fields or {})
    }
    for name in files:
        folder, _, rest = name.partition("/")
        known = {
            "entries": rest.removesuffix(".json") in ids,
            "proofs": rest.removesuffix(".tlog-proof") in ids,
            "contents": rest in contents,
        }
        if rest and not known.get(folder, True):
            refuse(name, "belongs to no entry of this dossier")


def sha256(content: bytes) -> str:
    """Return a digest in figures and letters."""
    return hashlib.sha256(content).hexdigest()


# Files.


def files_of(path: Path) -> Files:
    """Return the files of a folder or a zip by name.

    Raises: CannotBeRead, DoesNotHold.
    """
    try:
        if path.is_dir():
            return dict(files_of_folder(path))
        if not path.is_file() or path.stat().st_size > LARGEST_BYTES:
            raise CannotBeRead(f"{path}: is no dossier, neither a folder nor a zip")
        content = path.read_bytes()
    except OSError as error:
        raise CannotBeRead(f"{path}: {error.strerror or error}") from error
    return files_of_zip(content)


def files_of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each file; a link is refused, since what it points to is not in the folder."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_dir() and not file.is_symlink() and not any(file.iterdir()):
            refuse(name, "is not part of this dossier")
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            refuse(name, "is neither a file nor a folder")
        if file.is_file():
            if file.stat().st_size > LARGEST_BYTES:
                refuse(name, "is larger than any file of a dossier")
            yield name, file.read_bytes()


def files_of_zip(content: bytes) -> Files:
    """Return the files of a zip, if it is to the byte the one that is made of them."""
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            items = archive.infolist()
            if sum(item.file_size for item in items) > len(content):
                refuse("the zip", "says it holds more than it does")
            for item in items:
                path = PurePosixPath(item.filename)
                if path.is_absolute() or ".." in path.parts or item.filename in files:
                    refuse(item.filename, "has a name that no file of a dossier has")
                if item.compress_type != zipfile.ZIP_STORED or item.file_size > LARGEST_BYTES:
                    refuse(item.filename, "is packed otherwise than files of a dossier are")
                files[item.filename] = archive.read(item)
    except (
        zipfile.BadZipFile,
        struct.error,
        OSError,
        LookupError,
        RuntimeError,
        EOFError,
        ValueError,
    ) as error:
        refuse("the zip", f"is damaged ({error})")
    if zip_of(files) != content:
        refuse("the zip", f"is not as it was made, {where_it_differs(zip_of(files), content)}")
    return files


def zip_of(files: Files) -> bytes:
    """Return the one zip that is made of files: in order of name, not packed, without a date."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            item = zipfile.ZipInfo(name, date_time=ZIP_DATE)
            item.create_system = 3
            item.external_attr = 0o644 << 16
            archive.writestr(item, files[name])
    return content.getvalue()


def where_it_differs(made: bytes, found: bytes) -> str:
    """Say at which byte, and near which file, two zips part."""
    at = next(
        (place for place, (a, b) in enumerate(zip(made, found, strict=False)) if a != b),
        min(len(made), len(found)),
    )
    names = re.findall(rb"[\w./-]{4,}", found[max(0, at - 200) : at + 200])
    return f"from byte {at}" + (f", near {names[len(names) // 2].decode()}" if names else "")


# Telling.


def lines_of(report: Report) -> Iterator[str]:
    """Tell what was verified, and what nobody can verify here."""
    if report.realm != "REAL":
        yield f"*** {report.realm} *** {report.realm} *** {report.realm} ***"
    yield f"HOLDS: {report.title}"
    yield f"  realm {report.realm}; copy of {report.recipient}; made {report.made_at_utc}"
    yield f"  signed by {report.signed_by}"
    yield f"  log {report.log.origin}, {report.log.size} entries, root {report.log.root.hex()}"
    for name, posix_s in report.witnessed:
        seen = datetime.fromtimestamp(posix_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield f"  log seen by {name} at {seen}"
    for entry in report.shown:
        yield f"  {entry.entry_id}: {shown_text(entry)}"
    for name in report.not_witnessed:
        yield f"  NOT CHECKED: {name} did not see this log, or not at this size"
    if not report.witnessed:
        yield "  NOT CHECKED: that the log shows all the same; no witness given saw it (--witness)"
    if report.is_key_revoked:
        yield "  NOT CHECKED: title and choice of entries: a revoked key signed them, a witness saw the log"
    yield "  NOT CHECKED: files that are neither entries nor their contents; its maker says what stands there"
    yield "  NOT CHECKED: whether what people wrote is true; whose key it is, beyond that you gave it"
    yield "  NOT CHECKED: whether the key was revoked since"


def shown_text(entry: Shown) -> str:
    """Say what of one entry is shown."""
    if entry.fields is None:
        return "exists, withheld by its owner"
    told = str(entry.fields.get("title") or entry.fields.get("kind") or "")
    withheld = f"; {entry.n_withheld} fields withheld by its owner" if entry.n_withheld else ""
    contents = f"; {len(entry.contents_withheld)} contents withheld" if entry.contents_withheld else ""
    return f"{len(entry.fields)} fields shown ({told}){withheld}{contents}"


def document_of(report: Report) -> dict[str, object]:
    """Return what was verified as JSON."""
    return {
        "holds": True,
        "title": report.title,
        "realm": report.realm,
        "recipient": report.recipient,
        "made_at_utc": report.made_at_utc,
        "signed_by": report.signed_by,
        "key_revoked": report.is_key_revoked,
        "log": {"origin": report.log.origin, "size": report.log.size, "root": report.log.root.hex()},
        "witnessed": [{"name": name, "posix_s": posix_s} for name, posix_s in report.witnessed],
        "not_witnessed": list(report.not_witnessed),
        "entries": [
            {
                "entry_id": entry.entry_id,
                "withheld": entry.fields is None,
                "fields": entry.fields,
                "fields_withheld": entry.n_withheld,
                "contents_withheld": list(entry.contents_withheld),
            }
            for entry in report.shown
        ],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify what is named on the command line."""
    parser = argparse.ArgumentParser(description="Verify a dossier of Baken.")
    parser.add_argument("dossier", type=Path, help="a folder or a zip")
    parser.add_argument("--key", required=True, help="public key of whoever made it, NAME+ID+BASE64")
    parser.add_argument("--witness", action="append", default=[], help="public key of a witness of the log")
    parser.add_argument("--json", action="store_true", help="tell it as one JSON document")
    asked = parser.parse_args(arguments)
    try:
        trusted = key_of(asked.key, "--key")
        witnesses = [key_of(text, "--witness") for text in asked.witness]
    except DoesNotHold as error:
        parser.error(str(error))
    try:
        report = verify(files_of(asked.dossier), trusted, witnesses)
    except CannotBeRead as error:
        sys.stderr.write(plain(str(error)) + "\n")
        return 2
    except DoesNotHold as error:
        tell({"holds": False, "because": str(error)} if asked.json else plain(f"DOES NOT HOLD: {error}"))
        return 1
    tell(document_of(report) if asked.json else "\n".join(map(plain, lines_of(report))))
    return 0


def tell(what: object) -> None:
    """Write an answer."""
    text = what if isinstance(what, str) else json.dumps(what, indent=2)
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def plain(text: str) -> str:
    """Return a text as one line without anything that would steer a terminal or turn what stands in it.

    >>> plain("a\\x1b[2J\\nHOLDS: é")
    'a\\\\x1b[2J\\\\nHOLDS: é'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


if __name__ == "__main__":
    sys.exit(main())
