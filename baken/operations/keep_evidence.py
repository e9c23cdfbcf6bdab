"""Keep evidence: seal what was said or done, and append it to the log of its world."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from baken.evidence.sealing import seal
from baken.operations.evidence_ports import EvidenceLog, Seen
from baken.records.evidence import Entry, EntryKind, KeptEntry
from baken.records.marking import OWNER_ONLY, Marking, Realm

Luck: TypeAlias = Callable[[int], bytes]
SECRET_BYTES = 32
THE_LOG = "log"
THE_LIST = "the list of entries"
# Who looks again within the hour is told of once.
HOUR_NS = 3_600 * 1_000_000_000
LOOK_BACK = 256


def keep(
    log: EvidenceLog, entries: Sequence[Entry], *, at_tai_ns: int, luck: Luck, seen: Seen | None = None
) -> tuple[KeptEntry, ...]:
    """Seal entries, each with a secret of its own, append them together, and return them in their places.

    Raises: Overtaken when there are other entries about the subject than were seen; nothing is kept then.
    """
    sealed = [seal(entry, luck(SECRET_BYTES)) for entry in entries]
    return log.append(sealed, at_tai_ns=at_tai_ns, seen=seen)


def keep_access(
    log: EvidenceLog,
    realm: Realm,
    *,
    thing: str,
    about: str,
    actor: str,
    at_tai_ns: int,
    luck: Luck,
    marking: Marking = OWNER_ONLY,
) -> KeptEntry | None:
    """Keep that somebody looked at something, once an hour; None when that was kept already.

    It stands as an entry about the log, so that reading an incident never gets in the way of who works on it.
    """
    fields = (("title", f"{thing} was read"), ("thing", thing), ("about", about))
    access = Entry(
        kind=EntryKind.ACCESS,
        subject=THE_LOG,
        actor=actor,
        at_tai_ns=at_tai_ns,
        fields=fields,
        realm=realm,
        marking=marking,
    )
    since = _accesses_since(log, realm, at_tai_ns - HOUR_NS)
    if any((one.actor, one.fields) == (access.actor, access.fields) for one in since):
        return None
    return keep(log, [access], at_tai_ns=at_tai_ns, luck=luck)[0]


def known_subject(log: EvidenceLog, realm: Realm, asked: str | None) -> str:
    """Return what somebody asks about if a log tells him anything of it; else the log itself.

    That he looked is kept for ever, so nobody makes up what stands there.
    """
    return asked if asked and log.n_entries(realm, subject=asked) else THE_LOG


def _accesses_since(log: EvidenceLog, realm: Realm, since_tai_ns: int) -> list[Entry]:
    """Return who looked at what lately, from the end of a log that may be long."""
    n_back = LOOK_BACK
    while True:
        kept = log.entries(realm, kinds={EntryKind.ACCESS}, last=n_back)
        if len(kept) < n_back or kept[0].kept_at_tai_ns < since_tai_ns:
            return [one.entry for one in kept if one.kept_at_tai_ns >= since_tai_ns]
        n_back *= 4
