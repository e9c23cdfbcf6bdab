"""A bundle: what goes to one recipient, in one file that is the same to the byte whenever it is written.

It is a zip of a signed manifest and the files it names.  ``read_bundle`` refuses, in one sentence each, what
is not for us, not from whom it says, altered, out of its turn, lower than it was, or too old.
"""

import io
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from baken.astro.time import utc_text
from baken.errors import BadMessage, TheirMistake
from baken.evidence.bundle_manifest import (
    ITEMS,
    NewerVersion,
    content_digest,
    manifest_of,
    read_manifest,
)
from baken.evidence.checkpoint import origin_of
from baken.evidence.dossier import zip_of
from baken.evidence.dsse import envelope, opened_envelope
from baken.evidence.keys import Period
from baken.evidence.signed_note import BadSignature, SigningKey, VerifierKey
from baken.records.bundle import Bundle, BundleItem, LastSeen, Link, received_label
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Marking, strictest

BUNDLE_TYPE = "application/vnd.baken.bundle.v1+json"
MANIFEST = "bundle.json"
MAX_BUNDLE_BYTES = 512 * 2**20
MAX_MANIFEST_BYTES = 32 * 2**20
MAX_FILES = 10_000
FILE = re.compile(rf"{re.escape(MANIFEST)}|{ITEMS}[0-9a-f]{{32}}")


class Why(StrEnum):
    """Why a bundle is not taken in."""

    NOT_FOR_US = "not for us"
    NOT_SIGNED = "not signed"
    REVOKED = "revoked key"
    ALTERED = "altered"
    REPLAYED = "replayed"
    GAP = "gap"
    DOWNGRADED = "downgraded"
    EXPIRED = "expired"
    NOT_AGREED = "not agreed"
    NEWER = "newer"


class BundleRefused(TheirMistake):
    """A bundle that is not taken in, and why; of one that came too early, which are missing."""

    def __init__(self, why: Why, told: str, missing: range = range(0)) -> None:
        super().__init__(f"refused ({why}): {told}")
        self.why, self.missing = why, missing


def write_bundle(bundle: Bundle, key: SigningKey) -> bytes:
    """Write a bundle and sign it with the key of the log of its sender and world.

    Raises: ValueError when the key is another one, or nobody would read the bundle.
    """
    if key.name != origin_of(bundle.sender, bundle.realm):
        raise ValueError(f"a bundle of {bundle.sender} in {bundle.realm} is not signed by {key.name}")
    files = {f"{ITEMS}{one.item_id}": one.file.content for one in bundle.items if one.file}
    manifest = manifest_of(bundle)
    _refuse_unreadable(manifest, files)
    content = zip_of({**files, MANIFEST: envelope(BUNDLE_TYPE, manifest, key)})
    if len(content) > MAX_BUNDLE_BYTES or len(files) >= MAX_FILES:
        raise ValueError(
            f"a bundle of {len(content):,} bytes and {len(files):,} files is larger than any read"
        )
    return content


def _refuse_unreadable(manifest: bytes, files: Mapping[str, bytes]) -> None:
    try:
        read_manifest(manifest, files)
    except BadMessage as error:
        raise ValueError(f"nobody would read this bundle: {error}") from error


def link_of(bundle: Bundle, content: bytes) -> Link:
    """Return the place of a written bundle in its row: what the next one names."""
    return Link(number=bundle.number, digest=digest_of_bytes(content))


def read_bundle(
    content: bytes, keys: Sequence[Period], *, me: str, last: LastSeen | None, now_tai_ns: int
) -> Bundle:
    """Read a bundle that came, if it is for us, from whom it says, whole, in its turn and in its time.

    ``keys`` are those of the partner; ``last`` is what came from him before, nothing when nothing did.
    Raises: BundleRefused.
    """
    bundle, _ = opened_bundle(content, keys, me=me, now_tai_ns=now_tai_ns)
    refuse_out_of_turn(bundle, content, last or LastSeen())
    refuse_unfit(bundle, last or LastSeen(), now_tai_ns=now_tai_ns)
    return bundle


def opened_bundle(
    content: bytes, keys: Sequence[Period], *, me: str, now_tai_ns: int
) -> tuple[Bundle, VerifierKey]:
    """Return what is in a bundle and which key signed it, whatever came before it.

    Raises: BundleRefused.
    """
    files = _files_of(content)
    payload, period = _signed_payload(files.get(MANIFEST, b""), keys)
    if not period.holds(now_tai_ns) or period.is_revoked:
        raise BundleRefused(
            Why.REVOKED, f"the key {period.key.text} that signed it is not to be trusted any more"
        )
    bundle = _read(payload, files)
    if bundle.recipient != me:
        raise BundleRefused(Why.NOT_FOR_US, f"it is for {bundle.recipient}, and this is {me}")
    if origin_of(bundle.sender, bundle.realm) != period.key.name:
        raise BundleRefused(
            Why.NOT_SIGNED,
            f"it says it is from {bundle.sender} in {bundle.realm}, and {period.key.name} signed it",
        )
    return bundle, period.key


def refuse_out_of_turn(bundle: Bundle, content: bytes, last: LastSeen) -> None:
    """Refuse a bundle that came before, or before those it follows.

    Raises: BundleRefused.
    """
    link = last.links.get(bundle.realm, Link(number=0, digest=""))
    _refuse_replayed(bundle, content, link)
    if bundle.number > link.number + 1:
        missing = range(link.number + 1, bundle.number)
        named = f"bundle {missing[0]}" if len(missing) == 1 else f"bundles {missing[0]} to {missing[-1]}"
        raise BundleRefused(
            Why.GAP,
            f"it is number {bundle.number}, and {named} of {bundle.sender} did not come; it waits till then",
            missing,
        )
    if bundle.previous != link.digest:
        raise BundleRefused(
            Why.ALTERED, "it does not follow the bundle that came here before; ask its sender"
        )


def refuse_unfit(bundle: Bundle, last: LastSeen, *, now_tai_ns: int) -> None:
    """Refuse a bundle in its turn that is too old, or less strict than what came before.

    Raises: BundleRefused.
    """
    if bundle.version < last.version:
        raise BundleRefused(
            Why.DOWNGRADED,
            f"its sender wrote version {last.version} of the format before, and now {bundle.version}",
        )
    for item in bundle.items:
        _refuse_lowered(bundle, item, last)
    if bundle.valid_until_tai_ns <= now_tai_ns:
        raise BundleRefused(Why.EXPIRED, f"it was valid until {utc_text(bundle.valid_until_tai_ns, 0)}")


def _refuse_replayed(bundle: Bundle, content: bytes, link: Link) -> None:
    if bundle.number > link.number:
        return
    if bundle.number == link.number and digest_of_bytes(content) != link.digest:
        raise BundleRefused(
            Why.ALTERED,
            f"another bundle number {bundle.number} of {bundle.sender} came before; ask its sender",
        )
    raise BundleRefused(
        Why.REPLAYED, f"it is number {bundle.number}, and number {link.number} of {bundle.sender} came before"
    )


def _refuse_lowered(bundle: Bundle, item: BundleItem, last: LastSeen) -> None:
    if item.item_id in last.item_ids:
        raise BundleRefused(Why.ALTERED, f"an item {item.item_id} came before; each has a name of its own")
    before = last.seen.get(content_digest(item))
    if before is None:
        return
    if before.realm is not bundle.realm:
        raise BundleRefused(
            Why.DOWNGRADED, f"item {item.item_id} was of the world {before.realm}, not {bundle.realm}"
        )
    now = received_label(item, bundle.sender)
    if _demands(strictest(frozenset({before.marking, now}))) != _demands(now.whole):
        raise BundleRefused(
            Why.DOWNGRADED,
            f"item {item.item_id} was labelled {before.marking.text} before, and now {now.text}; "
            "who lowers a label recalls the item first",
        )


def _demands(marking: Marking) -> tuple[object, ...]:
    undated = replace(marking.handling, created_tai_ns=None, review_tai_ns=None, originators=frozenset())
    return marking.releasable_to, undated, marking.originators


def _signed_payload(signed: bytes, keys: Sequence[Period]) -> tuple[bytes, Period]:
    try:
        payload, key = opened_envelope(BUNDLE_TYPE, signed, [period.key for period in keys])
    except BadSignature as error:
        raise BundleRefused(Why.NOT_SIGNED, "no key of this partner signed it as it is") from error
    except BadMessage as error:
        raise BundleRefused(Why.ALTERED, f"its manifest: {error}") from error
    return payload, next(period for period in keys if period.key == key)


def _read(payload: bytes, files: Mapping[str, bytes]) -> Bundle:
    try:
        bundle = read_manifest(payload, files)
    except NewerVersion as error:
        raise BundleRefused(Why.NEWER, str(error)) from error
    except BadMessage as error:
        raise BundleRefused(Why.ALTERED, str(error)) from error
    named = {MANIFEST, *(f"{ITEMS}{one.item_id}" for one in bundle.items if one.file)}
    if unknown := sorted(set(files) - named):
        raise BundleRefused(Why.ALTERED, f"{unknown[0]} is in it and belongs to no item")
    return bundle


def _files_of(content: bytes) -> Mapping[str, bytes]:
    """Return the files of a bundle by name, if it is to the byte the one zip that is made of them."""
    if len(content) > MAX_BUNDLE_BYTES:
        raise BundleRefused(Why.ALTERED, f"a bundle has {MAX_BUNDLE_BYTES:,} bytes at most")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            items = archive.infolist()
            _refuse_odd(items, len(content))
            files = {item.filename: archive.read(item) for item in items}
    except (
        zipfile.BadZipFile,
        struct.error,
        OSError,
        LookupError,
        RuntimeError,
        EOFError,
        ValueError,
    ) as error:
        raise BundleRefused(Why.ALTERED, f"it is no zip, or damaged ({error})") from error
    if zip_of(files) != content:
        raise BundleRefused(Why.ALTERED, "it is not written as bundles are")
    return files


def _refuse_odd(items: Sequence[zipfile.ZipInfo], n_bytes: int) -> None:
    names = [item.filename for item in items]
    if len(items) > MAX_FILES or sum(item.file_size for item in items) > n_bytes:
        raise BundleRefused(Why.ALTERED, "it says it holds more than a bundle can")
    if len(set(names)) != len(names):
        raise BundleRefused(Why.ALTERED, "a file stands in it twice")
    for item in items:
        if not FILE.fullmatch(item.filename) or item.compress_type != zipfile.ZIP_STORED:
            raise BundleRefused(Why.ALTERED, "a file in it has a name or a packing that none in a bundle has")
        if item.filename == MANIFEST and item.file_size > MAX_MANIFEST_BYTES:
            raise BundleRefused(Why.ALTERED, f"its manifest has more than {MAX_MANIFEST_BYTES:,} bytes")
