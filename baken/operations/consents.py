"""Which consents to a release hold: each rests on an entry that may be the word of whoever agreed."""

from collections.abc import Collection

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.partner_entries import Standing, standings_among
from baken.records.evidence import KeptEntry, read_entry_id
from baken.records.marking import Realm
from baken.records.partner import source_of_partner


def consents_that_hold(
    log: EvidenceLog, realm: Realm, consents: Collection[tuple[str, str]], *, of: str, at_tai_ns: int
) -> frozenset[str]:
    """Return who agreed that something goes, by a word that stands.

    A word that its author took back, or gave for a time that is over, counts no more.  Whether an entry says
    what it is named for is for the people who sign to read.
    Raises: WrongUsage for an entry that is not there, is the thing itself, or came from somebody else.
    """
    held = [(who, _word(log, realm, who, where, of)) for who, where in consents]
    standings = standings_among(log, realm, [kept for _, kept in held], at_tai_ns)
    return frozenset(who for who, kept in held if standings.get(kept.sequence) in (None, Standing.HOLDS))


def _word(log: EvidenceLog, realm: Realm, who: str, where: str, of: str) -> KeptEntry:
    try:
        kept = log.entry(realm, read_entry_id(where))
    except (ValueError, NoSuchRecord) as error:
        raise WrongUsage(f"consent of {who}: no entry holds what was agreed ({error})") from error
    if kept.entry_id == of.strip().upper():
        raise WrongUsage(f"consent of {who}: {where} is what would go, and does not say that it may")
    came_from = kept.entry.value("partner")
    if kept.entry.value("source") == source_of_partner(str(came_from)) and came_from != who:
        raise WrongUsage(f"consent of {who}: {where} came from {came_from}, who cannot agree for {who}")
    return kept
