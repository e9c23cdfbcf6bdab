"""Build a dossier of a case: one signed manifest, and for each recipient a copy with what he may see."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import rfc8785

from baken.errors import NoSuchRecord, RefusedByPolicy, WrongUsage
from baken.evidence.checkpoint import opened_checkpoint
from baken.evidence.dossier import (
    Copy,
    Manifest,
    ShownEntry,
    files_of,
    read_manifest,
    signed_manifest,
    zip_of,
)
from baken.evidence.dossier_readme import readme
from baken.evidence.provenance import provenance_of
from baken.evidence.signed_note import SignedNote, SigningKey
from baken.incident.hypotheses import matrix_of
from baken.incident.wording import objections_to
from baken.operations.case_entries import entries_of_case
from baken.operations.desk import Desk, realm_of_incident
from baken.operations.evidence_ports import EvidenceLog, KeptCheckpoint
from baken.operations.sign_log import newest_checkpoint, prove_entries
from baken.records.evidence import (
    SECRET_FIELDS,
    Content,
    EntryKind,
    KeptEntry,
    Value,
    entry_id_of,
    read_entry_id,
)
from baken.records.hypothesis import Matrix
from baken.records.incident import IncidentId
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm

ID_BYTES = 16
RECIPIENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MEDIA_TYPE = "application/vnd.dsse+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the builder holds back beyond what labels do: an entry, or one field of it."""

    sequence: int
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What one recipient gets of one entry, and why no more."""

    kept: KeptEntry
    recipient: str
    names: frozenset[str]
    because: str

    @property
    def is_withheld(self) -> bool:
        return not self.names


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Which fields of an entry a recipient may get, none where it may not go, and which rule says so."""

    names: frozenset[str]
    because: str


# Says what may go of an entry to a recipient: there is no dossier without somebody who was asked.
Gate: TypeAlias = Callable[[KeptEntry, str], Allowed]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDossier:
    """What is to be built: of which case, for whom, under which title, and what is held back of it.

    ``gate`` says what may go to whom; ``verifier`` is the text of the program that goes along.  ``same_as``
    is the signed manifest of a dossier of this case that was built before: what is built is then another part
    of that one, under its title.
    """

    incident_id: IncidentId
    title: str
    recipients: tuple[str, ...]
    verifier: bytes
    gate: Gate
    held: tuple[Held, ...] = ()
    same_as: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltDossier:
    """A dossier: its manifest, the copy of each recipient as a zip, and the entries that tell of them."""

    dossier_id: str
    manifest: bytes
    copies: Mapping[str, bytes]
    releases: tuple[Release, ...]
    entry_ids: tuple[str, ...]


def releases_of(log: EvidenceLog, asked: AskedDossier) -> tuple[Release, ...]:
    """Return what each recipient would get of each entry, and why: nothing is built.

    Default none: an entry is shown only to whom the gate lets it go.  What is held back can narrow that, and
    nothing can widen it.

    Raises: NoSuchRecord for a case that is not there; WrongUsage for what is held back and is not in it.
    """
    entries = _entries_asked(log, asked)
    if not entries:
        raise NoSuchRecord(
            f"no incident is called {asked.incident_id}; 'baken incident list' shows those there are"
        )
    _refuse_unknown(entries, asked.held)
    _refuse_odd_names(asked.recipients)
    return tuple(_release(kept, recipient, asked) for recipient in asked.recipients for kept in entries)


def _entries_asked(log: EvidenceLog, asked: AskedDossier) -> tuple[KeptEntry, ...]:
    if asked.same_as is None:
        return entries_of_case(log, asked.incident_id)
    manifest = _manifest_kept(log, asked.incident_id, asked.same_as)
    return tuple(log.entry(manifest.realm, read_entry_id(name)) for name, _ in manifest.entries)


def _manifest_kept(log: EvidenceLog, incident_id: IncidentId, envelope: bytes) -> Manifest:
    """Return a manifest that the log tells was built for this case; no other is signed for again."""
    built = log.entries(realm_of_incident(incident_id), subject=str(incident_id), kinds={EntryKind.DOSSIER})
    digest = digest_of_bytes(envelope)
    if not any(kept.entry.content and kept.entry.content.digest == digest for kept in built):
        raise WrongUsage(f"--same-as: no dossier of {incident_id} was built here with this manifest")
    return read_manifest(envelope)


def _refuse_odd_names(recipients: Sequence[str]) -> None:
    """Refuse a recipient whose name could not stand in a label, or in the name of his file."""
    for name in recipients:
        if not RECIPIENT.fullmatch(name):
            raise WrongUsage(f"--for {name!r}: a recipient is named by letters, figures and dashes, like DE")


def _refuse_unknown(entries: Sequence[KeptEntry], held: Sequence[Held]) -> None:
    fields = {kept.sequence: {name for name, _ in kept.entry.disclosable} for kept in entries}
    for one in held:
        if one.sequence not in fields:
            raise WrongUsage(f"--withhold {entry_id_of(one.sequence)}: this entry is not part of the case")
        if one.field is not None and one.field not in fields[one.sequence]:
            raise WrongUsage(f"--withhold {entry_id_of(one.sequence)}:{one.field}: it has no such field")


def _release(kept: KeptEntry, recipient: str, asked: AskedDossier) -> Release:
    allowed = asked.gate(kept, recipient)
    of_entry = [one for one in asked.held if one.sequence == kept.sequence]
    if any(one.field is None for one in of_entry) and allowed.names:
        return Release(kept=kept, recipient=recipient, names=frozenset(), because="held back")
    held_fields = {one.field for one in of_entry} | SECRET_FIELDS
    told = frozenset(name for name, _ in kept.entry.disclosable)
    names = (told & allowed.names) - held_fields
    n_held = len(told) - len(names) if names else 0
    because = allowed.because + (f"; {n_held} fields held back" if n_held else "")
    return Release(kept=kept, recipient=recipient, names=names, because=because)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a dossier is signed with: the key of the log, and all that was said of the keys of this node."""

    key: SigningKey
    notes: tuple[SignedNote, ...]


def build_dossier(
    desk: Desk, asked: AskedDossier, seal: Seal, tell_matrix: Callable[[Matrix], object]
) -> BuiltDossier:
    """Build a dossier of a case as it stands, and keep that it was built and who got which copy.

    Assumes the log was signed at or after its newest entry of the case.
    Raises: RefusedByPolicy when a recipient would get nothing at all; WrongUsage when nothing was signed yet,
    for a title that names a state or a motive, and for a part of a dossier of another case or another key.
    """
    _refuse_wording(asked.title)
    releases = releases_of(desk.log, asked)
    _refuse_empty(asked, releases)
    manifest, envelope, checkpoint = _same(desk.log, asked, seal) or _new(desk, asked, releases, seal)
    work = _Work(desk.log, replace(asked, title=manifest.title), seal, checkpoint, envelope, tell_matrix)
    proofs = _proofs(desk.log, _entries_of(releases), checkpoint)
    copies = {
        recipient: work.copy_for(recipient, [one for one in releases if one.recipient == recipient], proofs)
        for recipient in asked.recipients
    }
    kept = _keep_built(desk, asked, manifest, envelope, copies, releases)
    return BuiltDossier(
        dossier_id=manifest.dossier_id,
        manifest=envelope,
        copies=copies,
        releases=releases,
        entry_ids=tuple(each.entry_id for each in kept),
    )


def _new(
    desk: Desk, asked: AskedDossier, releases: Sequence[Release], seal: Seal
) -> tuple[Manifest, bytes, KeptCheckpoint]:
    checkpoint = _checkpoint(desk.log, asked, releases)
    manifest = Manifest(
        dossier_id=desk.luck(ID_BYTES).hex(),
        title=asked.title,
        realm=realm_of_incident(asked.incident_id),
        made_at_tai_ns=desk.at_tai_ns,
        log=opened_checkpoint(checkpoint.note, [seal.key.verifier]),
        entries=tuple((kept.entry_id, kept.sealed.commitment) for kept in _entries_of(releases)),
    )
    return manifest, signed_manifest(manifest, seal.key), checkpoint


def _same(log: EvidenceLog, asked: AskedDossier, seal: Seal) -> tuple[Manifest, bytes, KeptCheckpoint] | None:
    """Return the manifest that was built before, and the checkpoint it speaks of with all its witnesses."""
    if asked.same_as is None:
        return None
    manifest = _manifest_kept(log, asked.incident_id, asked.same_as)
    if signed_manifest(manifest, seal.key) != asked.same_as:
        raise WrongUsage(
            "--same-as: this dossier was signed with another key than is used now; build a new one"
        )
    of_size = [one for one in log.checkpoints(manifest.realm) if one.size == manifest.log.size]
    return manifest, asked.same_as, of_size[-1]


def _proofs(
    log: EvidenceLog, entries: Sequence[KeptEntry], checkpoint: KeptCheckpoint
) -> Mapping[str, bytes]:
    proofs = prove_entries(log, entries, checkpoint)
    return {kept.entry_id: proof.content for kept, proof in zip(entries, proofs, strict=True)}


def _refuse_wording(title: str) -> None:
    """Refuse a title that names a state or a motive: every recipient reads it, and no authority signed it."""
    if objections := objections_to(title):
        raise WrongUsage(f"--title: {'; '.join(each.text for each in objections)}")


def _refuse_empty(asked: AskedDossier, releases: Sequence[Release]) -> None:
    for recipient in asked.recipients:
        if all(release.is_withheld for release in releases if release.recipient == recipient):
            raise RefusedByPolicy(
                f"nothing of {asked.incident_id} may go to {recipient}; 'baken dossier build --dry-run' says "
                "why, and 'baken release propose' releases what is not labelled for him"
            )


def _entries_of(releases: Sequence[Release]) -> tuple[KeptEntry, ...]:
    return tuple({release.kept.sequence: release.kept for release in releases}.values())


def _checkpoint(log: EvidenceLog, asked: AskedDossier, releases: Sequence[Release]) -> KeptCheckpoint:
    newest = max(release.kept.sequence for release in releases)
    checkpoint = newest_checkpoint(log, realm_of_incident(asked.incident_id), at_least=newest + 1)
    if checkpoint is None:
        raise WrongUsage("the log was not signed since this case grew; 'baken evidence checkpoint' signs it")
    return checkpoint


@dataclass(frozen=True, slots=True)
class _Work:
    """What all copies of one dossier share."""

    log: EvidenceLog
    asked: AskedDossier
    seal: Seal
    checkpoint: KeptCheckpoint
    envelope: bytes
    tell_matrix: Callable[[Matrix], object]

    def copy_for(self, recipient: str, releases: Sequence[Release], proofs: Mapping[str, bytes]) -> bytes:
        """Return the copy of one recipient, as a zip."""
        realm = realm_of_incident(self.asked.incident_id)
        shown = tuple(_shown(self.log, one) for one in releases if not one.is_withheld)
        copy = Copy(
            recipient=recipient,
            realm=realm,
            manifest=self.envelope,
            checkpoint=self.checkpoint.note,
            shown=shown,
            proofs=proofs,
            key_notes=self.seal.notes,
            others={
                "hypotheses.json": self._weighed(releases),
                "provenance.json": provenance_of(map(_told, shown)),
                "verify_dossier.py": self.asked.verifier,
                "README.txt": self._readme(recipient, realm),
            },
        )
        return zip_of(files_of(copy, self.seal.key))

    def _weighed(self, releases: Sequence[Release]) -> bytes:
        """Return the matrix as it is for whoever gets this copy."""
        withheld = {one.kept.sequence for one in releases if not _is_whole(one)}
        matrix = matrix_of(str(self.asked.incident_id), [one.kept for one in releases], withheld)
        return rfc8785.dumps(self.tell_matrix(matrix))  # type: ignore[arg-type]

    def _readme(self, recipient: str, realm: Realm) -> bytes:
        digest = digest_of_bytes(self.asked.verifier)
        return readme(realm, self.asked.title, recipient, self.seal.key.verifier, digest)


def _told(one: ShownEntry) -> tuple[str, dict[str, Value]]:
    fields = {name: value for name, value in one.kept.entry.disclosable if name in one.names}
    return one.kept.entry_id, fields


def _is_whole(release: Release) -> bool:
    """Say whether nothing is missing from an entry that weighing it would need."""
    return release.names >= {name for name, _ in release.kept.entry.disclosable} - SECRET_FIELDS


def _shown(log: EvidenceLog, release: Release) -> ShownEntry:
    entry = release.kept.entry
    digests = [entry.content.digest] if entry.content and "content_digest" in release.names else []
    attachments = entry.value("attachments") if "attachments" in release.names else None
    for one in attachments if isinstance(attachments, tuple) else ():
        digests += [str(one[1])] if isinstance(one, tuple) else []
    contents = tuple(log.content(digest) for digest in dict.fromkeys(digests))
    return ShownEntry(kept=release.kept, names=release.names, contents=contents)


def _told_of(recipient: str, releases: Sequence[Release]) -> Value:
    """Return which fields a recipient is shown of which entry: each with its name first."""
    his = [one for one in releases if one.recipient == recipient and not one.is_withheld]
    return tuple((one.kept.entry_id, *sorted(one.names)) for one in his)


def _keep_built(
    desk: Desk,
    asked: AskedDossier,
    manifest: Manifest,
    envelope: bytes,
    copies: Mapping[str, bytes],
    releases: Sequence[Release],
) -> tuple[KeptEntry, ...]:
    """Keep that a dossier was built, and one entry for each copy: who got what stands in the log."""
    content = Content(
        digest=desk.log.keep_content(envelope),
        media_type=MEDIA_TYPE,
        name="dossier.json",
        size_bytes=len(envelope),
    )
    return desk.keep(
        *(
            desk.entry(
                EntryKind.DOSSIER,
                str(asked.incident_id),
                manifest.realm,
                ("title", f"copy of {manifest.title} for {recipient}"),
                ("dossier_id", manifest.dossier_id),
                ("recipient", recipient),
                ("copy_digest", digest_of_bytes(copy)),
                ("entries", tuple(entry_id for entry_id, _ in manifest.entries)),
                ("shown", _told_of(recipient, releases)),
                content=content,
            )
            for recipient, copy in copies.items()
        )
    )
