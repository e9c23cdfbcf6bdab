"""Does a happening get one name, for ever, and does nothing that was found get lost?"""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc
from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.ports import DEFAULT_NODE
from baken.records.event import EventKind, Finding, read_event_id
from baken.records.marking import Marking, Realm
from baken.store.finding_text import finding_from_text, finding_text
from baken.store.home import open_home
from baken.store.sql_store import SqlStore
from tests.store.nouns import HOUR_NS, LINEAGE, NOW_TAI_NS, finding


def keep(store: SqlStore, *found: Finding, node: str = "NL", at_tai_ns: int = NOW_TAI_NS) -> list[str]:
    return [str(event.event_id) for event in store.keep_findings(found, node=node, at_tai_ns=at_tai_ns)]


def test_events_are_named_in_the_order_in_which_they_are_found(store: SqlStore) -> None:
    assert keep(store, finding("a"), finding("b")) == ["NL-CJ26-0001", "NL-CJ26-0002"]
    assert keep(store, finding("c"), finding("a")) == ["NL-CJ26-0003", "NL-CJ26-0001"]


def test_each_kind_node_and_year_counts_for_itself(store: SqlStore) -> None:
    keep(store, finding("a"))
    next_year = finding("b", peak_tai_ns=tai_ns_from_utc("2027-01-01T00:00:00Z"))
    last_instant = finding("c", peak_tai_ns=next_year.peak_tai_ns - 1)
    reentry = finding("a", kind=EventKind.REENTRY)
    assert keep(store, next_year, last_instant, reentry) == ["NL-CJ27-0001", "NL-CJ26-0002", "NL-RE26-0001"]
    assert keep(store, finding("d"), node="DE") == ["DE-CJ26-0001"]


def test_the_same_finding_again_changes_nothing(store: SqlStore) -> None:
    keep(store, finding("a"), at_tai_ns=1)
    assert keep(store, finding("a"), finding("a"), at_tai_ns=2) == ["NL-CJ26-0001"] * 2
    (kept,) = store.history_of(read_event_id("NL-CJ26-0001"), realm=Realm.REAL)
    assert (kept.finding, kept.kept_at_tai_ns) == (finding("a"), 1)


def test_what_is_overtaken_stays_as_history(store: SqlStore) -> None:
    looks = [finding("a", miss_distance_m=miss_m) for miss_m in (800.0, 500.5, 800.0)]
    for at_tai_ns, look in enumerate(looks):
        keep(store, look, at_tai_ns=at_tai_ns)
    event_id = read_event_id("NL-CJ26-0001")
    history = store.history_of(event_id, realm=Realm.REAL)
    assert [(one.finding, one.kept_at_tai_ns) for one in history] == [
        (look, n) for n, look in enumerate(looks)
    ]
    assert store.event(event_id, realm=Realm.REAL).finding == looks[-1]


def test_two_looks_in_one_batch_stand_in_their_order(store: SqlStore) -> None:
    first, second = finding("a"), finding("a", miss_distance_m=1.0)
    assert keep(store, first, second) == ["NL-CJ26-0001"] * 2
    assert store.events(Realm.REAL)[0].finding == second


def test_events_are_read_by_kind_and_peak_in_order_of_peak(store: SqlStore) -> None:
    late, early = finding("late", peak_tai_ns=NOW_TAI_NS + 2 * HOUR_NS), finding("early")
    keep(store, late, early, finding("early", kind=EventKind.REENTRY))
    assert [event.finding for event in store.events(Realm.REAL, kind=EventKind.CONJUNCTION)] == [early, late]
    after = store.events(Realm.REAL, peak_from_tai_ns=late.peak_tai_ns)
    assert [event.finding for event in after] == [late]
    before = store.events(Realm.REAL, kind=EventKind.CONJUNCTION, peak_before_tai_ns=late.peak_tai_ns)
    assert [event.finding for event in before] == [early]


def test_a_look_that_moves_the_peak_moves_the_event(store: SqlStore) -> None:
    keep(store, finding("a"))
    keep(store, finding("a", peak_tai_ns=NOW_TAI_NS + 9 * HOUR_NS))
    assert store.events(Realm.REAL, peak_before_tai_ns=NOW_TAI_NS + 8 * HOUR_NS) == ()


def test_one_happening_in_two_worlds_is_two_events(store: SqlStore) -> None:
    assert keep(store, finding("a"), finding("a", realm=Realm.EXERCISE)) == ["NL-CJ26-0001", "NL-CJ26-0002"]
    assert [event.realm for event in store.events(Realm.EXERCISE)] == [Realm.EXERCISE]
    with pytest.raises(NoSuchRecord, match="no EXERCISE event is called NL-CJ26-0001"):
        store.event(read_event_id("NL-CJ26-0001"), realm=Realm.EXERCISE)
    with pytest.raises(NoSuchRecord):
        store.history_of(read_event_id("NL-CJ26-0001"), realm=Realm.EXERCISE)


def test_a_finding_with_a_narrower_label_is_another_finding(store: SqlStore) -> None:
    keep(store, finding("a", marking=Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))))
    keep(store, finding("a", marking=Marking(owner="NL")))
    assert store.events(Realm.REAL)[0].finding.marking.is_most_restrictive


def test_nodes_that_write_at_once_share_no_number(tmp_path: Path, url: str | None) -> None:
    names: list[str] = []

    def watch(watcher: int) -> None:
        own = open_home(tmp_path / "home", url).store
        for turn in range(5):
            names.extend(keep(own, finding(f"{watcher}-{turn}"), finding(f"shared-{turn}")))
        own.close()

    watchers = [threading.Thread(target=watch, args=[watcher]) for watcher in range(4)]
    for watcher in watchers:
        watcher.start()
    for watcher in watchers:
        watcher.join()
    assert len(names) == 40
    assert sorted(set(names)) == [f"NL-CJ26-{number:04d}" for number in range(1, 26)]


def test_a_node_is_named_once_it_is_named(store: SqlStore) -> None:
    assert store.node_name() == DEFAULT_NODE
    for name in ("NL", "DE"):
        store.name_node(name)
    assert store.node_name() == "DE"
    for name in ("", "N", "nl", "N1", "TOOLONGNAME", "ÑÑ"):
        with pytest.raises(WrongUsage, match="two to eight capitals"):
            store.name_node(name)


@given(
    value=st.one_of(
        st.none(),
        st.text(),
        st.integers(-(2**53) + 1, 2**53 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    because=st.text(),
    peak_tai_ns=st.integers(-(2**62), 2**62),
)
def test_a_finding_comes_back_with_its_digest(
    value: float | int | str | None, because: str, peak_tai_ns: int
) -> None:
    one = replace(finding(peak_tai_ns=peak_tai_ns), measures=(("b", value), ("a", 1)), because=because)
    back = finding_from_text(finding_text(one))
    assert (back, back.digest) == (one, one.digest)
    assert back.lineage == LINEAGE
