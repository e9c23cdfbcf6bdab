"""Does a log keep what is said of keys only from those who may say it?"""

import pytest

from baken.errors import BadMessage
from baken.evidence.keys import birth, revocation, rotation
from baken.evidence.signed_note import BadSignature, SignedNote, SigningKey
from baken.operations.keep_evidence import keep_access
from baken.operations.keep_keys import good_keys, keep_key_note, key_notes, key_periods
from baken.records.evidence import EntryKind, KeptEntry
from baken.records.marking import Realm
from tests.evidence.notes import ORIGIN, WITNESS_KEY, key_of
from tests.memory_log import CountedLuck, MemoryLog

OLD, NEW = key_of(ORIGIN, 1), key_of(ORIGIN, 2)


def tell(log: MemoryLog, note: SignedNote) -> KeptEntry:
    return keep_key_note(log, note, actor="me", at_tai_ns=100, luck=CountedLuck(), realm=Realm.REAL)


def good(log: MemoryLog, at_tai_ns: int) -> list[SigningKey]:
    trusted = good_keys(log, Realm.REAL, at_tai_ns)
    return [key for key in (OLD, NEW, WITNESS_KEY) if key.verifier in trusted]


def test_a_log_tells_which_keys_were_good_when() -> None:
    log = MemoryLog()
    told = [birth(OLD, at_tai_ns=0), birth(WITNESS_KEY, at_tai_ns=5), rotation(OLD, NEW, at_tai_ns=10)]
    for note in told:
        assert tell(log, note).entry.kind is EntryKind.KEY
    assert list(key_notes(log, Realm.REAL)) == told
    assert [good(log, at) for at in (0, 5, 10)] == [[OLD], [OLD, WITNESS_KEY], [NEW, WITNESS_KEY]]
    assert len(key_periods(log, Realm.REAL)) == 3
    assert good_keys(log, Realm.TEST, 10) == ()


def test_what_nobody_may_say_is_not_kept() -> None:
    log = MemoryLog()
    tell(log, birth(OLD, at_tai_ns=0))
    tell(log, rotation(OLD, NEW, at_tai_ns=10))
    with pytest.raises(BadMessage):
        tell(log, rotation(OLD, key_of(ORIGIN, 3), at_tai_ns=11))
    with pytest.raises(BadSignature):
        tell(log, revocation(NEW.verifier, OLD, since_tai_ns=5, because=""))
    assert log.size(Realm.REAL) == 2


class BusyLog(MemoryLog):
    """A log that somebody else reads each time it is about to be written."""

    turns = 3

    def append(self, sealed, *, at_tai_ns, seen=None):
        if seen is not None and self.turns:
            self.turns -= 1
            about = f"another look {self.turns}"
            keep_access(
                self, Realm.REAL, thing="EV-0", about=about, actor="you", at_tai_ns=1, luck=CountedLuck()
            )
        return super().append(sealed, at_tai_ns=at_tai_ns, seen=seen)


def test_others_may_read_meanwhile() -> None:
    log = BusyLog()
    tell(log, birth(OLD, at_tai_ns=0))
    assert good(log, 1) == [OLD]
    assert log.size(Realm.REAL) == 4
