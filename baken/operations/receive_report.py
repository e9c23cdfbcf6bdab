"""Receive what an operator reports: kept as said, in quarantine, with a receipt by which he can ask again."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from baken.errors import BadMessage, NoSuchRecord
from baken.incident.membership import members_of
from baken.incident.outside_report import plain_text, report_of
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.records.evidence import Content, Entry, EntryKind, KeptEntry, read_entry_id
from baken.records.handling import NO_HANDLING, Handling, Tlp
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Marking, Realm

REPORTS = "reports"
CODE_BYTES, NAME_SIGNS = 16, 8
MAX_ATTACHMENTS, MAX_ATTACHMENT_BYTES = 10, 20_000_000


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
    code: str = field(repr=False)

    @property
    def name(self) -> str:
        """What the report is called outside: its place would count what is kept here."""
        return name_outside(digest_of_bytes(self.code.encode()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """What a reporter may know of his report: that it was received, and of which case it is part, if any."""

    entry_id: str
    received_at_tai_ns: int
    joined: bool
    n_additions: int = 0


def name_outside(code_digest: str) -> str:
    """Return what a report is called by whoever has its code; the name gives nobody the code.

    >>> name_outside("sha256:0123456789abcdef")
    'RP-01234567'
    """
    return f"RP-{code_digest.removeprefix('sha256:')[:NAME_SIGNS].upper()}"


def report_named(log: EvidenceLog, name: str, *, realm: Realm = Realm.REAL) -> str:
    """Return the entry of a report from what it is called outside.

    Raises: NoSuchRecord as for a wrong code.
    """
    for kept in log.entries(realm, subject=REPORTS, kinds={EntryKind.REPORT}):
        digest = kept.entry.text("code_digest")
        if digest and name_outside(digest) == name.upper():
            return kept.entry_id
    raise _unknown()


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
    incident.  Its label is what the reporter allowed, owned by the node that received it.  ``told`` has the
    fields of ``incident.outside_report.KNOWN``, as TOML or JSON gives them; ``desk.actor`` took it down.
    Raises: BadMessage that names the field; then nothing is kept.
    """
    report = report_of(told, now_tai_ns=desk.at_tai_ns)
    _refuse_unfit(attachments)
    code = desk.luck(CODE_BYTES).hex()
    handling = Handling(tlp=Tlp(report.tlp)) if report.tlp else NO_HANDLING
    marking = Marking(owner=node, releasable_to=report.releasable_to, handling=handling)
    entry = desk.entry(
        EntryKind.REPORT,
        REPORTS,
        realm,
        *report.fields,
        ("code_digest", digest_of_bytes(code.encode())),
        ("came_with", _bundle(desk)),
        ("attachments", tuple(each.name for each in attachments)),
        marking=marking,
    )
    kept, *_ = desk.keep(entry, *_documents(desk, attachments, entry))
    return Receipt(entry_id=kept.entry_id, code=code)


def add_to_report(
    desk: Desk,
    entry_id: str,
    code: str,
    text: str,
    *,
    realm: Realm = Realm.REAL,
    attachments: Sequence[Attachment] = (),
) -> str:
    """Keep what a reporter says later, under the label of his report, and return the name of that entry.

    Raises: NoSuchRecord alike for a report there is not and for a wrong code; BadMessage for saying nothing.
    """
    report = _report_with_code(desk.log, entry_id, code, realm)
    said = plain_text(text, "text")
    if not said and not attachments:
        raise BadMessage("says nothing", field="text", next_step="say or attach what is to be added")
    _refuse_unfit(attachments)
    entry = desk.entry(
        EntryKind.REPORT,
        REPORTS,
        realm,
        ("title", f"addition to {report.entry_id}: {report.entry.text('title')}"),
        ("adds_to", report.entry_id),
        ("text", said),
        ("came_with", _bundle(desk)),
        ("attachments", tuple(each.name for each in attachments)),
        marking=report.marking,
    )
    return desk.keep(entry, *_documents(desk, attachments, entry))[0].entry_id


def state_of_report(log: EvidenceLog, entry_id: str, code: str, *, realm: Realm = Realm.REAL) -> ReportState:
    """Return what became of a report, for whoever has its code.

    Raises: NoSuchRecord alike for a report there is not and for a wrong code.
    """
    report = _report_with_code(log, entry_id, code, realm)
    later = log.entries(realm, kinds={EntryKind.REPORT}, first=report.sequence + 1)
    return ReportState(
        entry_id=report.entry_id,
        received_at_tai_ns=report.kept_at_tai_ns,
        joined=_is_joined(log, report, realm),
        n_additions=sum(kept.entry.text("adds_to") == report.entry_id for kept in later),
    )


def _is_joined(log: EvidenceLog, report: KeptEntry, realm: Realm) -> bool:
    joined = log.entries(realm, kinds={EntryKind.JOINED}, first=report.sequence)
    cases = {kept.entry.subject for kept in joined if kept.entry.text("entry_id") == report.entry_id}
    return any(
        report.entry_id in members_of(log.entries(realm, subject=case, kinds={EntryKind.JOINED})).entry_ids
        for case in cases
    )


def _unknown() -> NoSuchRecord:
    return NoSuchRecord("no report has this name and this code; check both on the receipt")


def _report_with_code(log: EvidenceLog, entry_id: str, code: str, realm: Realm) -> KeptEntry:
    try:
        kept = log.entry(realm, read_entry_id(entry_id))
    except (NoSuchRecord, ValueError):
        raise _unknown() from None
    said = digest_of_bytes(code.strip().encode())
    is_his = hmac.compare_digest(kept.entry.text("code_digest").encode(), said.encode())
    if kept.entry.kind is not EntryKind.REPORT or not is_his:
        raise _unknown()
    return kept


def _refuse_unfit(attachments: Sequence[Attachment]) -> None:
    if len(attachments) > MAX_ATTACHMENTS:
        raise BadMessage(
            f"are {len(attachments)}", field="attachments", next_step=f"send {MAX_ATTACHMENTS} at most"
        )
    for each in attachments:
        plain_text(each.name, "attachments")
        if not 0 < len(each.content) <= MAX_ATTACHMENT_BYTES:
            raise BadMessage(
                f"{each.name} has {len(each.content):,} bytes",
                field="attachments",
                next_step=f"send 1 to {MAX_ATTACHMENT_BYTES:,}",
            )


def _bundle(desk: Desk) -> str:
    """Return a name for what came together, that says nothing of the code."""
    return desk.luck(CODE_BYTES).hex()


def _documents(desk: Desk, attachments: Sequence[Attachment], report: Entry) -> list[Entry]:
    """Keep what came along beside the log, and return an entry for each, under the label of the report."""
    return [
        desk.entry(
            EntryKind.DOCUMENT,
            REPORTS,
            report.realm,
            ("title", f"{each.name}, with: {report.text('title')}"),
            ("came_with", report.text("came_with")),
            content=Content(
                digest=desk.log.keep_content(each.content),
                media_type=each.media_type,
                name=each.name,
                size_bytes=len(each.content),
            ),
            marking=report.marking,
        )
        for each in attachments
    ]
