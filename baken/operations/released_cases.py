"""To which case of ours something belongs that went to a partner, by the name it bears there."""

from collections.abc import Mapping

from baken.incident.membership import members_of
from baken.operations.evidence_ports import EvidenceLog
from baken.records.evidence import EntryKind, KeptEntry, read_entry_id
from baken.records.incident import read_incident_id
from baken.records.marking import Realm


def cases_of_items(log: EvidenceLog, realm: Realm, code: str) -> Mapping[str, str]:
    """Return the case of each item that was proposed for a partner, by the name the item bears there.

    An item that is a case is about it; an entry is about the case it speaks of, or the one that it joined.
    What belongs to no case is not there.
    """
    released = {
        kept.entry.text("item_id"): kept.entry.text("what")
        for kept in log.entries(realm, kinds={EntryKind.RELEASE})
        if kept.entry.text("item_id") and kept.entry.text("recipient") == code
    }
    joined = log.entries(realm, kinds={EntryKind.JOINED}) if released else ()
    found = {item_id: _case_of(log, realm, what, joined) for item_id, what in released.items()}
    return {item_id: case for item_id, case in found.items() if case}


def _case_of(log: EvidenceLog, realm: Realm, what: str, joined: tuple[KeptEntry, ...]) -> str:
    if _is_case(what):
        return what
    subject = log.entry(realm, read_entry_id(what)).entry.subject
    if _is_case(subject):
        return subject
    cases = {kept.entry.subject for kept in joined if kept.entry.text("entry_id") == what}
    about = (case for case in sorted(cases) if what in _members(joined, case))
    return next(about, "")


def _members(joined: tuple[KeptEntry, ...], case: str) -> frozenset[str]:
    return frozenset(members_of([kept for kept in joined if kept.entry.subject == case]).entry_ids)


def _is_case(name: str) -> bool:
    try:
        read_incident_id(name)
    except ValueError:
        return False
    return True
