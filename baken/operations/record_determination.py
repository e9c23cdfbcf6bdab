"""Record what an authority determined: only its own signed words enter, checked, and nothing is added."""

from collections.abc import Collection
from dataclasses import dataclass

from baken.errors import BadMessage, NoSuchRecord, WrongUsage
from baken.evidence.signed_note import SIGNER, SigningKey, VerifierKey, read_note, signed, signers
from baken.incident.determination import determination_of, determinations_of, entry_of, payload_of
from baken.operations.desk import Desk, realm_of_incident
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.work_incident import incident
from baken.records.determination import Determination, SignedDetermination
from baken.records.evidence import Content, EntryKind, read_entry_id
from baken.records.incident import IncidentId, read_incident_id
from baken.records.lineage import digest_of_bytes

MEDIA_TYPE = "text/vnd.c2sp.signed-note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A determination as it was kept."""

    entry_id: str
    determination: Determination
    signed_by: str


def sign_determination(determination: Determination, key: SigningKey) -> bytes:
    """Return a determination as a note that its authority signed, to be carried to whoever records it."""
    return signed(payload_of(determination).decode() + "\n", key).content


def record_determination(
    desk: Desk, note: bytes, keys: Collection[VerifierKey], *, about: IncidentId | None = None
) -> Recorded:
    """Keep a signed determination beside those that were kept before.

    ``keys`` are those of authorities whose signature is accepted; who they are is for people to have checked.
    One that is to be ``about`` an incident and speaks of another is refused.
    Raises: BadMessage when it is no determination; BadSignature when none of the keys signed it; WrongUsage
    when it speaks of an incident or of evidence that is not here, or of another world, and when it was
    recorded before.
    """
    read = read_note(note)
    # A witness says that it saw a text, never that it says so itself.
    (key, *_) = signers(read, [each for each in keys if each.algorithm == SIGNER])
    determination = determination_of(read.text.removesuffix("\n").encode())
    if about is not None and determination.about != str(about):
        raise WrongUsage(f"this determination is about {determination.about}, not {about}")
    _refuse_foreign(desk.log, determination)
    _refuse_known(desk.log, determination, digest_of_bytes(note))
    content = Content(
        digest=desk.log.keep_content(note),
        media_type=MEDIA_TYPE,
        name=f"determination-{determination.decided_on}.note",
        size_bytes=len(note),
    )
    entry = entry_of(
        determination, signed_by=key.text, envelope=content, actor=desk.actor, at_tai_ns=desk.at_tai_ns
    )
    (kept,) = desk.keep(entry)
    return Recorded(entry_id=kept.entry_id, determination=determination, signed_by=key.name)


def determinations(log: EvidenceLog, incident_id: IncidentId) -> tuple[SignedDetermination, ...]:
    """Return what was determined of an incident, side by side."""
    realm = realm_of_incident(incident_id)
    return determinations_of(log.entries(realm, subject=str(incident_id), kinds={EntryKind.DETERMINATION}))


def _refuse_foreign(log: EvidenceLog, determination: Determination) -> None:
    about = incident(log, _incident_id(determination))
    if about.realm is not determination.realm:
        raise WrongUsage(
            f"{about.incident_id} is {about.realm}, the determination {determination.realm}; worlds never mix"
        )
    for name in determination.basis:
        try:
            log.entry(about.realm, read_entry_id(name))
        except NoSuchRecord as error:
            raise WrongUsage(f"the determination rests on {name}: {error}") from error


def _refuse_known(log: EvidenceLog, determination: Determination, digest: str) -> None:
    """Refuse a note that was recorded before: said once, it is not to count as said twice."""
    kinds = {EntryKind.DETERMINATION}
    for kept in log.entries(determination.realm, subject=determination.about, kinds=kinds):
        if kept.entry.content is not None and kept.entry.content.digest == digest:
            raise WrongUsage(f"this determination was recorded before, as {kept.entry_id}")


def _incident_id(determination: Determination) -> IncidentId:
    try:
        return read_incident_id(determination.about)
    except ValueError as error:
        raise BadMessage(
            str(error), field="about", next_step="ask its authority which incident it means"
        ) from error
