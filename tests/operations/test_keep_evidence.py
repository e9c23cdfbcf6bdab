"""Is what was kept sealed with luck of its own, and every look at it told once an hour?"""

import pytest

from baken.evidence.sealing import seal
from baken.operations.evidence_ports import Overtaken, Seen
from baken.operations.keep_evidence import HOUR_NS, LOOK_BACK, THE_LOG, keep, keep_access
from baken.records.evidence import Entry, EntryKind
from baken.records.marking import Realm
from tests.memory_log import CountedLuck, MemoryLog

NOTE = Entry(kind=EntryKind.NOTE, subject="NL-IN26-0001", actor="me", at_tai_ns=1)


def look(log: MemoryLog, at_tai_ns: int, **other: str) -> bool:
    told = {"thing": "EV-0", "about": "NL-IN26-0001", "actor": "me"} | other
    return keep_access(log, Realm.REAL, at_tai_ns=at_tai_ns, luck=CountedLuck(), **told) is not None


def test_every_entry_has_a_secret_of_its_own() -> None:
    log = MemoryLog()
    one, other = keep(log, [NOTE, NOTE], at_tai_ns=5, luck=CountedLuck())
    assert one.sealed.secret != other.sealed.secret
    assert one.sealed.commitment != other.sealed.commitment
    assert seal(NOTE, one.sealed.secret) == one.sealed
    assert one.kept_at_tai_ns == 5


def test_who_was_overtaken_keeps_nothing() -> None:
    log = MemoryLog()
    keep(log, [NOTE], at_tai_ns=5, luck=CountedLuck())
    with pytest.raises(Overtaken):
        keep(log, [NOTE], at_tai_ns=6, luck=CountedLuck(), seen=Seen(subject=NOTE.subject, n_entries=0))
    assert log.size(Realm.REAL) == 1


def test_a_look_is_told_once_an_hour() -> None:
    log = MemoryLog()
    assert [look(log, at) for at in (0, 1, HOUR_NS, HOUR_NS + 1)] == [True, False, False, True]
    assert log.entry(Realm.REAL, 0).entry.kind is EntryKind.ACCESS


@pytest.mark.parametrize("other", [{"thing": "EV-1"}, {"about": "NL-IN26-0002"}, {"actor": "you"}])
def test_another_look_is_told_apart(other: dict[str, str]) -> None:
    log = MemoryLog()
    assert look(log, 0)
    assert look(log, 1, **other)


def test_a_look_is_remembered_over_whatever_was_kept_since() -> None:
    log = MemoryLog()
    assert look(log, 0)
    for n in range(2 * LOOK_BACK):
        look(log, 1, thing=f"EV-{n + 1}")
    assert not look(log, 2)
    assert look(log, HOUR_NS + 1)


def test_a_look_does_not_get_in_the_way_of_who_works() -> None:
    log = MemoryLog()
    keep(log, [NOTE], at_tai_ns=0, luck=CountedLuck())
    look(log, 1)
    keep(log, [NOTE], at_tai_ns=2, luck=CountedLuck(), seen=Seen(subject=NOTE.subject, n_entries=1))
    assert log.entries(Realm.REAL, kinds={EntryKind.ACCESS})[0].entry.subject == THE_LOG
