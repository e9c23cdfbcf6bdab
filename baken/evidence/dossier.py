"""A dossier: entries of a log for somebody else, who need not trust us to check them.

The manifest is the same bytes for every recipient.  A copy adds what its recipient gets of each entry; what
he does not get he sees to exist.  ``baken.cli.verify_dossier`` reads it again and shares no code with this.
"""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.evidence.checkpoint import Checkpoint
from baken.evidence.dsse import envelope
from baken.evidence.sealing import Disclosure, disclose
from baken.evidence.signed_note import SignedNote, SigningKey
from baken.records.evidence import KeptEntry, Value
from baken.records.marking import Realm

MANIFEST_TYPE = "application/vnd.baken.dossier.v1+json"
COPY_TYPE = "application/vnd.baken.dossier-copy.v1+json"
# The first day a zip can tell; when a file was written is nobody's business.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What every recipient may know: what it is called, from which log, and which entries belong to it."""

    dossier_id: str
    title: str
    realm: Realm
    made_at_tai_ns: int
    log: Checkpoint
    entries: tuple[tuple[str, str], ...]

    @property
    def content(self) -> bytes:
        """The manifest in canonical JSON."""
        return rfc8785.dumps(
            {
                "format": "baken dossier 1",
                "dossier_id": self.dossier_id,
                "title": self.title,
                "realm": self.realm.value,
                "made_at_utc": utc_text(self.made_at_tai_ns, 9),
                "log": {"origin": self.log.origin, "size": self.log.size, "root": self.log.root.hex()},
                "entries": [
                    {"entry_id": entry_id, "commitment": commitment} for entry_id, commitment in self.entries
                ],
            }
        )


def read_manifest(signed: bytes) -> Manifest:
    """Read a manifest in its envelope, one of our own; who signed it is not checked here."""
    said = json.loads(base64.b64decode(json.loads(signed)["payload"]))
    log = said["log"]
    return Manifest(
        dossier_id=said["dossier_id"],
        title=said["title"],
        realm=Realm(said["realm"]),
        made_at_tai_ns=tai_ns_from_utc(said["made_at_utc"]),
        log=Checkpoint(origin=log["origin"], size=log["size"], root=bytes.fromhex(log["root"])),
        entries=tuple((entry["entry_id"], entry["commitment"]) for entry in said["entries"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """What a recipient gets of one entry: some fields, and with them perhaps the contents."""

    kept: KeptEntry
    names: frozenset[str]
    contents: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What goes to one recipient, beside the manifest.

    ``proofs`` are by the name of the entry, for every entry of the manifest, shown or not.  ``others`` are
    further files by name: what is said of the keys, provenance, explanations, how to verify.
    """

    recipient: str
    realm: Realm
    manifest: bytes
    checkpoint: bytes
    shown: tuple[ShownEntry, ...]
    proofs: Mapping[str, bytes]
    key_notes: tuple[SignedNote, ...]
    others: Mapping[str, bytes]


def signed_manifest(manifest: Manifest, key: SigningKey) -> bytes:
    """Return a manifest in its envelope."""
    return envelope(MANIFEST_TYPE, manifest.content, key)


def files_of(copy: Copy, key: SigningKey) -> Mapping[str, bytes]:
    """Return every file of a copy by name; the last is the signed list of all others."""
    files: dict[str, bytes] = {
        "dossier.json": copy.manifest,
        "checkpoint": copy.checkpoint,
        **{f"proofs/{entry_id}.tlog-proof": proof for entry_id, proof in copy.proofs.items()},
        **{f"entries/{one.kept.entry_id}.json": _disclosed(one) for one in copy.shown},
        **{f"contents/{_sha256(content)}": content for one in copy.shown for content in one.contents},
        # Their order is the order of the log, and decides.
        **{f"keys/{place:04d}.note": note.content for place, note in enumerate(copy.key_notes)},
        **copy.others,
    }
    return {**files, "copy.json": envelope(COPY_TYPE, _list_of(files, copy), key)}


def _list_of(files: Mapping[str, bytes], copy: Copy) -> bytes:
    return rfc8785.dumps(
        {
            "format": "baken dossier copy 1",
            "recipient": copy.recipient,
            "realm": copy.realm.value,
            "files": [
                {"name": name, "sha256": _sha256(files[name]), "size": len(files[name])}
                for name in sorted(files)
            ],
        }
    )


def _disclosed(one: ShownEntry) -> bytes:
    disclosure: Disclosure = disclose(one.kept.sealed, one.names)
    return rfc8785.dumps(
        {
            "digests": list(disclosure.digests),
            "shown": [[field.salt, field.name, _json(field.value)] for field in disclosure.shown],
        }
    )


def _json(value: Value) -> Any:
    return [_json(each) for each in value] if isinstance(value, tuple) else value


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return the one zip that is made of files: in order of name, not packed, without a date."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            item = zipfile.ZipInfo(name, date_time=ZIP_DATE)
            item.create_system, item.external_attr = UNIX, READABLE
            archive.writestr(item, files[name])
    return content.getvalue()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
