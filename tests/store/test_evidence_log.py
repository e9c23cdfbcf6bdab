"""Does the log of evidence give back what was kept, in places without gaps, to many at once?"""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from baken.errors import NoSuchRecord, UnreadableInput
from baken.evidence.sealing import seal
from baken.operations.evidence_ports import EvidenceLog, KeptCheckpoint, Overtaken, Seen, Witnessed
from baken.operations.keep_evidence import keep
from baken.records.evidence import Content, Entry, EntryKind
from baken.records.lineage import Lineage, Source, digest_of_bytes
from baken.records.marking import Marking, Realm
from baken.store.evidence_log import SqlEvidenceLog
from baken.store.evidence_tables import log_entries
from baken.store.home import open_home
from tests.memory_log import CountedLuck, MemoryLog
from tests.store.conftest import empty

NOW_TAI_NS = 845_000_000_000_000_001
N_WRITERS, N_APPENDS, N_TOGETHER = 4, 6, 3
EVERYTHING = Entry(
    kind=EntryKind.FINDING,
    subject="NL-CJ26-0001",
    actor="officer of the watch",
    at_tai_ns=NOW_TAI_NS,
    fields=(
        ("whole", 1),
        ("real", 1.0),
        ("small", 5e-324),
        ("yes", True),
        ("unknown", None),
        ("words", "zero \x00 and é and 𝄞"),
        ("many", ("a", ("b", 2.5), ())),
    ),
    content=Content(digest=digest_of_bytes(b"seen"), media_type="image/png", name="streak.png", size_bytes=4),
    realm=Realm.TEST,
    marking=Marking(owner="NL", releasable_to=frozenset({"DE", "NL"})),
    lineage=Lineage(
        sources=(Source(name="sky", digest="sha256:ff", as_of_tai_ns=3),),
        method="SGP4",
        settings=(("step_s", "120.0"),),
        code_version="1",
    ),
)


@pytest.fixture(params=["sqlite", "postgresql", "in memory"])
def any_log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EvidenceLog]:
    """The log of the store, and the clear one of the tests, which have to do alike."""
    if request.param == "in memory":
        yield MemoryLog()
        return
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").url("baken")
        empty(url)
    home = open_home(tmp_path / "home", url)
    yield home.log
    home.store.close()


def note(text: str, *, subject: str = "NL-IN26-0001", realm: Realm = Realm.REAL) -> Entry:
    return Entry(
        kind=EntryKind.NOTE, subject=subject, actor="me", at_tai_ns=1, fields=(("text", text),), realm=realm
    )


def put(log: EvidenceLog, *entries: Entry, seen: Seen | None = None) -> tuple[int, ...]:
    kept = keep(log, entries, at_tai_ns=NOW_TAI_NS, luck=CountedLuck(), seen=seen)
    return tuple(one.sequence for one in kept)


def test_what_is_read_is_what_was_kept(any_log: EvidenceLog) -> None:
    (kept,) = keep(any_log, [EVERYTHING], at_tai_ns=7, luck=CountedLuck())
    assert any_log.entry(Realm.TEST, 0) == kept
    assert repr(kept.entry) == repr(EVERYTHING)
    assert seal(any_log.entry(Realm.TEST, 0).entry, kept.sealed.secret) == kept.sealed


@pytest.mark.parametrize(
    ("column", "value"),
    [("entry_json", "{"), ("entry_json", "[1]"), ("kind", "rumour"), ("secret", b"short"), ("subject", " ")],
)
def test_a_row_that_is_no_entry_any_more_is_named(log: SqlEvidenceLog, column: str, value: object) -> None:
    put(log, note("a"), note("b"))
    with log._database.writing() as connection:
        connection.execute(update(log_entries).where(log_entries.c.sequence == 1).values({column: value}))
    with pytest.raises(UnreadableInput, match="EV-1 in the log of REAL: is not what was kept"):
        log.entry(Realm.REAL, 1)
    assert log.entry(Realm.REAL, 0).entry.text("text") == "a"


def test_places_count_from_nought_in_each_world(any_log: EvidenceLog) -> None:
    assert put(any_log, note("a"), note("b")) == (0, 1)
    assert put(any_log, note("c", realm=Realm.EXERCISE)) == (0,)
    assert put(any_log) == ()
    assert put(any_log, note("d")) == (2,)
    assert (any_log.size(Realm.REAL), any_log.size(Realm.EXERCISE), any_log.size(Realm.TEST)) == (3, 1, 0)


def test_worlds_never_mix_in_one_append(any_log: EvidenceLog) -> None:
    with pytest.raises(ValueError, match="worlds never mix"):
        put(any_log, note("a"), note("b", realm=Realm.EXERCISE))
    assert any_log.size(Realm.REAL) == any_log.size(Realm.EXERCISE) == 0


def test_entries_are_found_by_subject_kind_and_place(any_log: EvidenceLog) -> None:
    step = Entry(kind=EntryKind.STEP, subject="NL-IN26-0002", actor="me", at_tai_ns=1)
    put(any_log, note("a"), step, note("b"), note("c"))

    def places(**wanted: object) -> list[int]:
        return [kept.sequence for kept in any_log.entries(Realm.REAL, **wanted)]

    assert places() == [0, 1, 2, 3]
    assert places(subject="NL-IN26-0001", first=1) == [2, 3]
    assert places(subject="NL-IN26-0001", limit=1) == [0]
    assert places(kinds={EntryKind.STEP}) == [1]
    assert places(kinds=()) == []
    assert places(last=2) == [2, 3]
    assert places(last=9) == [0, 1, 2, 3]
    assert places(last=0) == []
    assert places(kinds={EntryKind.NOTE}, subject="NL-IN26-0001", last=1) == [3]
    assert any_log.n_entries(Realm.REAL) == 4
    assert any_log.n_entries(Realm.REAL, subject="NL-IN26-0001", kinds={EntryKind.NOTE}) == 3
    assert any_log.n_entries(Realm.TEST) == 0


@pytest.mark.parametrize("sequence", [-1, 1])
def test_a_place_beyond_the_log_has_no_entry(any_log: EvidenceLog, sequence: int) -> None:
    put(any_log, note("a"))
    with pytest.raises(NoSuchRecord, match=f"has no EV-{sequence}"):
        any_log.entry(Realm.REAL, sequence)


def test_who_read_less_than_there_is_keeps_nothing(any_log: EvidenceLog) -> None:
    put(any_log, note("a"), note("other", subject="NL-IN26-0002"))
    assert put(any_log, note("b"), seen=Seen(subject="NL-IN26-0001", n_entries=1)) == (2,)
    with pytest.raises(Overtaken, match="NL-IN26-0001 was added to meanwhile"):
        put(any_log, note("c"), seen=Seen(subject="NL-IN26-0001", n_entries=1))
    assert any_log.size(Realm.REAL) == 3


def test_leaf_hashes_are_those_of_the_first_entries(any_log: EvidenceLog) -> None:
    put(any_log, note("a"), note("b"), note("c"))
    hashes = any_log.leaf_hashes(Realm.REAL)
    assert len(set(hashes)) == 3
    assert any_log.leaf_hashes(Realm.REAL, 2) == hashes[:2]
    assert any_log.leaf_hashes(Realm.REAL, 0) == any_log.leaf_hashes(Realm.TEST) == ()
    with pytest.raises(NoSuchRecord):
        any_log.leaf_hashes(Realm.REAL, 4)


def test_the_kept_log_hashes_as_the_clear_one(log: SqlEvidenceLog) -> None:
    clear = MemoryLog()
    for one in (log, clear):
        put(one, EVERYTHING, note("a", realm=Realm.TEST))
    assert log.leaf_hashes(Realm.TEST) == clear.leaf_hashes(Realm.TEST)


def test_contents_are_kept_once_under_their_digest(any_log: EvidenceLog) -> None:
    digest = any_log.keep_content(b"as it came")
    assert any_log.keep_content(b"as it came") == digest == digest_of_bytes(b"as it came")
    assert any_log.content(digest) == b"as it came"
    with pytest.raises(NoSuchRecord, match="no content sha256:"):
        any_log.content(digest_of_bytes(b"never came"))


def test_a_content_that_was_changed_is_not_given_back(log: SqlEvidenceLog) -> None:
    digest = log.keep_content(b"as it came")
    (file,) = log._contents_folder.iterdir()
    file.write_bytes(b"as it cane")
    with pytest.raises(UnreadableInput, match="is not what was kept; put back a copy"):
        log.content(digest)
    log.keep_content(b"as it came")
    assert log.content(digest) == b"as it came"


def test_half_a_content_is_swept_away(log: SqlEvidenceLog, tmp_path: Path, url: str | None) -> None:
    digest = log.keep_content(b"whole")
    (log._contents_folder / "half.unfinished").write_bytes(b"ha")
    again = open_home(tmp_path / "home", url)
    assert [file.name for file in log._contents_folder.iterdir()] == [digest.removeprefix("sha256:")]
    again.store.close()


def test_checkpoints_stand_in_the_order_in_which_they_were_kept(any_log: EvidenceLog) -> None:
    signed = [
        KeptCheckpoint(size=size, note=text, kept_at_tai_ns=1)
        for size, text in [(2, b"two"), (2, b"two, cosigned"), (1, b"one")]
    ]
    for one in [*signed, signed[0]]:
        any_log.keep_checkpoint(Realm.REAL, one)
    assert any_log.checkpoints(Realm.REAL) == tuple(signed)
    assert any_log.checkpoints(Realm.TEST) == ()


def test_what_was_witnessed_gives_way_only_to_who_saw_it(any_log: EvidenceLog) -> None:
    first = Witnessed(origin="baken/DE/real", size=1, root=bytes(32), note=b"one")
    second = Witnessed(origin="baken/DE/real", size=2, root=bytes(32), note=b"two")
    assert any_log.witnessed("baken/DE/real") is None
    any_log.keep_witnessed(first, instead_of=None)
    with pytest.raises(Overtaken):
        any_log.keep_witnessed(second, instead_of=None)
    any_log.keep_witnessed(second, instead_of=first)
    assert any_log.witnessed("baken/DE/real") == second


def test_no_two_incidents_get_one_name(any_log: EvidenceLog) -> None:
    named = [any_log.reserve_incident_id(node="NL", year=2026) for _ in range(3)]
    assert [str(one) for one in named] == ["NL-IN26-0001", "NL-IN26-0002", "NL-IN26-0003"]
    assert str(any_log.reserve_incident_id(node="NL", year=2027)) == "NL-IN27-0001"
    with pytest.raises(ValueError, match="an incident id reads like"):
        any_log.reserve_incident_id(node="nl", year=2026)


def test_a_number_of_a_series_is_given_once_and_takes_none_of_another(any_log: EvidenceLog) -> None:
    assert [any_log.reserve_number("NL-RL", year=2026) for _ in range(2)] == [1, 2]
    assert any_log.reserve_number("DE-RL", year=2026) == any_log.reserve_number("NL-RL", year=2027) == 1
    assert str(any_log.reserve_incident_id(node="NL", year=2026)) == "NL-IN26-0001"


def test_many_writers_at_once_neither_lose_a_place_nor_leave_a_gap(tmp_path: Path, url: str | None) -> None:
    open_home(tmp_path / "home", url).store.close()
    ready = threading.Barrier(N_WRITERS)

    def write(name: str) -> None:
        home = open_home(tmp_path / "home", url)
        ready.wait()
        for n in range(N_APPENDS):
            put(home.log, *[note(f"{name} {n} {m}", subject=name) for m in range(N_TOGETHER)])
            home.log.reserve_incident_id(node="NL", year=2026)
        home.store.close()

    writers = [threading.Thread(target=write, args=(f"writer {n}",)) for n in range(N_WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    home = open_home(tmp_path / "home", url)
    check_together(home.log)
    assert home.log.reserve_incident_id(node="NL", year=2026).number == N_WRITERS * N_APPENDS + 1
    home.store.close()


def check_together(log: SqlEvidenceLog) -> None:
    kept = log.entries(Realm.REAL)
    assert [one.sequence for one in kept] == list(range(N_WRITERS * N_APPENDS * N_TOGETHER))
    for first in range(0, len(kept), N_TOGETHER):
        texts = [one.entry.text("text").rpartition(" ")[0] for one in kept[first : first + N_TOGETHER]]
        assert len(set(texts)) == 1
