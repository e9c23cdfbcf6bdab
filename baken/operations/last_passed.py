"""When something last passed with a partner, each way, and under which labels that is told here."""

from dataclasses import dataclass

from baken.operations.evidence_ports import EvidenceLog
from baken.operations.partner_entries import What
from baken.records.marking import Marking, Realm
from baken.records.partner import source_of_partner


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPassed:
    """The moments of the last bundle that came and of the last that went; None when none ever did."""

    heard_at_tai_ns: int | None
    sent_at_tai_ns: int | None
    markings: frozenset[Marking]


def last_passed(log: EvidenceLog, realm: Realm, code: str) -> LastPassed:
    """Return when something last passed with a partner; a bundle that was refused here was heard as well."""
    kept = log.entries(realm, subject=source_of_partner(code))
    at_tai_ns = {one.entry.text("what"): one.kept_at_tai_ns for one in kept}
    return LastPassed(
        heard_at_tai_ns=at_tai_ns.get(What.BUNDLE),
        sent_at_tai_ns=at_tai_ns.get(What.SENT),
        markings=frozenset(one.marking for one in kept),
    )
