"""Receive what an operator reports: kept as said, in quarantine, with a receipt by which he can ask again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baken.errors import NoSuchRecord
from baken.incident.outside_report import report_of
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.records.evidence import Content, EntryKind, KeptEntry, read_entry_id
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Marking, Realm

REPORTS = "reports"
CODE_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Something that came with a report."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the reporter gets: the name of his report, and a code only he knows."""

    entry_id: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """What a reporter may know of his report: that it was received, and of which case it is part, if any."""

    entry_id: str
    received_at_tai_ns: int
    joined: bool


def receive_report(
    desk: Desk,
    told: Mapping[str, object],
    *,
    node: str,
    realm: Realm = Realm.REAL,
    attachments: Sequence[Attachment] = (),
) -> Receipt:
    """Keep a report as it was filled in, with what came along, and return the receipt.

    It is evidence that nobody has believed yet: it stands under ``reports`` until an officer lets it join an
    incident.  Its label is what the reporter allowed, owned by the node that received it.
    Raises: BadMessage that names the field; then nothing is kept.
    """
    report = report_of(told, now_tai_ns=desk.at_tai_ns)
    code = desk.luck(CODE_BYTES).hex()
    marking = Marking(owner=node, releasable_to=report.releasable_to)
    kept_contents = [_kept(desk.log, each) for each in attachments]
    entry = desk.entry(
        EntryKind.REPORT,
        REPORTS,
        realm,
        *report.fields,
        ("code_digest", digest_of_bytes(code.encode())),
        ("attachments", tuple((each.name, each.digest, each.media_type) for each in kept_contents)),
        content=kept_contents[0] if kept_contents else None,
        marking=marking,
    )
    (kept,) = desk.keep(entry)
    return Receipt(entry_id=kept.entry_id, code=code)


def state_of_report(log: EvidenceLog, entry_id: str, code: str, *, realm: Realm = Realm.REAL) -> ReportState:
    """Return what became of a report, for whoever has its code.

    Raises: NoSuchRecord alike for a report there is not and for a wrong code.
    """
    report = _report_with_code(log, entry_id, code, realm)
    joined = log.entries(realm, kinds={EntryKind.JOINED}, first=report.sequence)
    return ReportState(
        entry_id=report.entry_id,
        received_at_tai_ns=report.kept_at_tai_ns,
        joined=any(kept.entry.text("entry_id") == report.entry_id for kept in joined),
    )


def _report_with_code(log: EvidenceLog, entry_id: str, code: str, realm: Realm) -> KeptEntry:
    unknown = NoSuchRecord("no report has this name and this code; check both on the receipt")
    try:
        kept = log.entry(realm, read_entry_id(entry_id))
    except (NoSuchRecord, ValueError):
        raise unknown from None
    is_his = kept.entry.text("code_digest") == digest_of_bytes(code.strip().encode())
    if kept.entry.kind is not EntryKind.REPORT or not is_his:
        raise unknown
    return kept


def _kept(log: EvidenceLog, attachment: Attachment) -> Content:
    return Content(
        digest=log.keep_content(attachment.content),
        media_type=attachment.media_type,
        name=attachment.name,
        size_bytes=len(attachment.content),
    )
