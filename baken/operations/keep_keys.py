"""Keep what is said of keys: each birth, rotation and revocation is an entry of the log."""

from collections.abc import Sequence

from baken.evidence.keys import (
    KeyAct,
    KeyStatement,
    Period,
    checked_statement,
    periods,
    read_statement,
)
from baken.evidence.signed_note import SignedNote, VerifierKey, read_note
from baken.operations.evidence_ports import EvidenceLog, Overtaken, Seen
from baken.operations.keep_evidence import THE_LOG, Luck, keep
from baken.records.evidence import Entry, EntryKind, KeptEntry
from baken.records.marking import Realm

TRIES = 20


def key_notes(log: EvidenceLog, realm: Realm) -> tuple[SignedNote, ...]:
    """Return the notes about keys in a log, in order."""
    kept = log.entries(realm, subject=THE_LOG, kinds={EntryKind.KEY})
    return tuple(read_note(one.entry.text("note").encode()) for one in kept)


def key_chains(log: EvidenceLog, realm: Realm) -> tuple[tuple[Period, ...], ...]:
    """Return when each key that a log speaks of was good: each that was born, and those that followed it.

    Raises: BadMessage, BadSignature for a note that the keys in question may not have made.
    """
    return _chains(key_notes(log, realm))


def key_periods(log: EvidenceLog, realm: Realm) -> tuple[Period, ...]:
    """Return when each key that a log speaks of was good, one after the other."""
    return tuple(period for chain in key_chains(log, realm) for period in chain)


def good_keys(log: EvidenceLog, realm: Realm, at_tai_ns: int) -> tuple[VerifierKey, ...]:
    """Return the keys of a log that were good at an instant."""
    return tuple(period.key for period in key_periods(log, realm) if period.holds(at_tai_ns))


def keep_key_note(
    log: EvidenceLog, note: SignedNote, *, actor: str, at_tai_ns: int, luck: Luck, realm: Realm
) -> KeptEntry:
    """Keep what is said of a key, when who said it may say so.

    Raises: BadMessage, BadSignature when not; nothing is kept then.
    """
    statement = checked_statement(note)
    entry = Entry(
        kind=EntryKind.KEY,
        subject=THE_LOG,
        actor=actor,
        at_tai_ns=at_tai_ns,
        fields=(
            ("title", f"key {statement.key.name} {statement.act}"),
            ("act", statement.act.value),
            ("key", statement.key.text),
            ("note", note.content.decode()),
        ),
        realm=realm,
    )
    for _ in range(TRIES):
        # Others may read and write meanwhile; what was checked is what there was.
        n_entries = log.n_entries(realm, subject=THE_LOG)
        _chains([*key_notes(log, realm), note])
        try:
            seen = Seen(subject=THE_LOG, n_entries=n_entries)
            return keep(log, [entry], at_tai_ns=at_tai_ns, luck=luck, seen=seen)[0]
        except Overtaken:
            continue
    raise Overtaken("others write to this log without a pause; try again")


def _chains(notes: Sequence[SignedNote]) -> tuple[tuple[Period, ...], ...]:
    firsts = [said.key for said in map(_statement, notes) if said.act is KeyAct.BORN]
    return tuple(periods(first, notes) for first in firsts)


def _statement(note: SignedNote) -> KeyStatement:
    return read_statement(note.text)
