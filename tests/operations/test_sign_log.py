"""Is a log signed as it is, proved to others, and is any change to it found?"""

import dataclasses

import pytest

from baken.errors import NoSuchRecord, UnreadableInput, WrongUsage
from baken.evidence.checkpoint import opened_checkpoint
from baken.evidence.merkle import leaf_hash, proves_consistency, proves_inclusion
from baken.evidence.signed_note import BadSignature, cosigned, read_note
from baken.evidence.witness import Refusal, is_split_view
from baken.operations.keep_evidence import keep
from baken.operations.sign_log import (
    newest_checkpoint,
    prove_entry,
    prove_growth,
    sign_log,
    take_cosigned,
    troubles_of,
    witness,
)
from baken.records.evidence import Content, Entry, EntryKind
from baken.records.marking import Realm
from tests.evidence.notes import LOG_KEY, ORIGIN, WITNESS_KEY, key_of
from tests.memory_log import CountedLuck, MemoryLog

KEYS = [LOG_KEY.verifier]
AT_POSIX_S = 1_800_000_000


def add(log: MemoryLog, n_entries: int, told: str = "truth") -> None:
    entries = [
        Entry(kind=EntryKind.NOTE, subject="NL-IN26-0001", actor="me", at_tai_ns=n, fields=(("text", told),))
        for n in range(n_entries)
    ]
    keep(log, entries, at_tai_ns=9, luck=CountedLuck())


def log_of(n_entries: int, told: str = "truth") -> MemoryLog:
    log = MemoryLog()
    add(log, n_entries, told)
    return log


def sign(log: MemoryLog, size: int | None = None):
    return sign_log(log, Realm.REAL, LOG_KEY, at_tai_ns=10, size=size)


def test_every_entry_is_proved_by_the_newest_checkpoint() -> None:
    log = log_of(7)
    checkpoint = sign(log)
    for sequence in range(7):
        proof = prove_entry(log, Realm.REAL, sequence, checkpoint)
        told = opened_checkpoint(proof.checkpoint, KEYS)
        assert (told.origin, told.size) == (ORIGIN, 7)
        assert proves_inclusion(leaf_hash(proof.leaf), sequence, 7, proof.hashes, told.root)


def test_a_log_proves_that_it_grew() -> None:
    log = log_of(4)
    earlier = opened_checkpoint(sign(log).note, KEYS)
    add(log, 5)
    proof = prove_growth(log, Realm.REAL, 4, sign(log))
    now = opened_checkpoint(proof.checkpoint, KEYS)
    assert proves_consistency(4, earlier.root, 9, now.root, proof.hashes)
    with pytest.raises(WrongUsage, match="did not grow from 10"):
        prove_growth(log, Realm.REAL, 10, sign(log))


def test_a_log_can_be_signed_as_it_was_and_not_as_it_will_be() -> None:
    log = log_of(4)
    assert opened_checkpoint(sign(log, 2).note, KEYS).size == 2
    with pytest.raises(NoSuchRecord, match="has 4 entries, not yet 5"):
        sign(log, 5)


def test_of_the_newest_checkpoints_the_one_most_signed_is_taken() -> None:
    log = log_of(4)
    assert newest_checkpoint(log, Realm.REAL) is None
    first = sign(log)
    both = cosigned(read_note(first.note), WITNESS_KEY, posix_s=AT_POSIX_S).content
    kept = take_cosigned(log, Realm.REAL, both, KEYS, at_tai_ns=11)
    sign(log, 3)
    assert newest_checkpoint(log, Realm.REAL) == kept
    assert newest_checkpoint(log, Realm.REAL, at_least=5) is None


def test_the_checkpoint_of_another_log_is_not_taken_for_ones_own() -> None:
    log, other = log_of(4), log_of(4, "lie")
    with pytest.raises(WrongUsage, match="is not one of the log of REAL kept here"):
        take_cosigned(log, Realm.REAL, sign(other).note, KEYS, at_tai_ns=11)
    with pytest.raises(WrongUsage, match="is not one of the log"):
        take_cosigned(log, Realm.REAL, sign(log_of(5)).note, KEYS, at_tai_ns=11)
    with pytest.raises(BadSignature):
        take_cosigned(log, Realm.REAL, sign(log).note, [key_of(ORIGIN, 9).verifier], at_tai_ns=11)


def change(log: MemoryLog, sequence: int, **changes: object) -> None:
    """Do what somebody with the database in his hands can do."""
    kept = log.kept[Realm.REAL][sequence]
    entry = dataclasses.replace(kept.entry, **changes)
    log.kept[Realm.REAL][sequence] = dataclasses.replace(
        kept, sealed=dataclasses.replace(kept.sealed, entry=entry)
    )


CHANGES = [
    {"actor": "another"},
    {"subject": "NL-IN26-0002"},
    {"at_tai_ns": 77},
    {"kind": EntryKind.STATEMENT},
    {"fields": (("text", "lie"),)},
    {"fields": ()},
    {"fields": (("text", float("nan")),)},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_a_changed_entry_is_found_and_named(changes: dict[str, object]) -> None:
    log = log_of(6)
    checkpoint = sign(log)
    assert troubles_of(log, Realm.REAL, KEYS) == []
    change(log, 3, **changes)
    (trouble,) = troubles_of(log, Realm.REAL, KEYS)
    assert trouble.startswith("EV-3: ")
    with pytest.raises(UnreadableInput, match="EV-3"):
        prove_entry(log, Realm.REAL, 3, checkpoint)


@pytest.mark.parametrize("how", ["exchanged", "taken away", "made anew"])
def test_a_log_that_was_rewritten_is_not_signed_again(how: str) -> None:
    log = log_of(6)
    sign(log)
    entries = log.kept[Realm.REAL]
    if how == "exchanged":
        entries[2], entries[3] = entries[3], entries[2]
    elif how == "taken away":
        entries.pop()
    else:
        log.kept = log_of(8, "lie").kept
    with pytest.raises(UnreadableInput, match="no longer begins with the 6 entries that were signed for"):
        sign(log)
    assert "checkpoint of size 6" in troubles_of(log, Realm.REAL, KEYS)[-1]


def test_a_lost_or_changed_content_is_found_and_named() -> None:
    log = MemoryLog()
    digest = log.keep_content(b"an image")
    content = Content(digest=digest, media_type="image/png", name="a.png", size_bytes=8)
    entry = Entry(kind=EntryKind.IMAGE, subject="log", actor="me", at_tai_ns=1, content=content)
    keep(log, [entry], at_tai_ns=1, luck=CountedLuck())
    assert troubles_of(log, Realm.REAL, KEYS) == []
    log.contents.clear()
    assert troubles_of(log, Realm.REAL, KEYS) == [f"EV-0: no content {digest} is kept here"]


def test_a_forged_checkpoint_is_found() -> None:
    log = log_of(3)
    sign_log(log, Realm.REAL, key_of(ORIGIN, 9), at_tai_ns=1)
    assert "checkpoint of size 3" in troubles_of(log, Realm.REAL, KEYS)[0]


def look(mine: MemoryLog, theirs: MemoryLog, earlier: int = 0):
    growth = prove_growth(theirs, Realm.REAL, earlier, sign(theirs))
    return witness(mine, growth.checkpoint, growth.hashes, KEYS, WITNESS_KEY, posix_s=AT_POSIX_S)


def test_a_witness_follows_a_log_and_remembers() -> None:
    mine, theirs = MemoryLog(), log_of(5)
    first = look(mine, theirs)
    add(theirs, 4)
    second = look(mine, theirs, 5)
    for note, size in ((first, 5), (second, 9)):
        assert opened_checkpoint(note, KEYS).size == size
        assert [one.name for one in read_note(note).signatures] == [ORIGIN, "baken/DE/witness"]
    assert mine.witnessed(ORIGIN).note == second


def test_two_recipients_who_are_shown_two_logs_find_out_through_the_witness() -> None:
    mine, shown_to_one, shown_to_other = MemoryLog(), log_of(5), log_of(7, "lie")
    assert isinstance(look(mine, shown_to_one), bytes)
    refused = look(mine, shown_to_other, 5)
    assert isinstance(refused, Refusal)
    assert is_split_view(refused.split_view, KEYS)
    # What was refused is not remembered.
    assert mine.witnessed(ORIGIN).size == 5
