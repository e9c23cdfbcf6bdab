"""Does the score rest on what is kept, and is an outcome corrected without being erased?"""

from pathlib import Path

import pytest

from baken.errors import NoSuchRecord
from baken.operations.keep_score import keep_score
from baken.records.event import EventKind, Outcome, read_event_id
from baken.records.marking import Realm
from baken.store.home import open_home
from tests.makers import EPOCH_TAI_NS, HOUR_NS, broken_up, element_set, falling, meeting


@pytest.fixture
def store(tmp_path: Path):
    opened = open_home(tmp_path, None).store
    yield opened
    opened.close()


def keep(store, finding, hours):
    (event,) = store.keep_findings([finding], node="NL", at_tai_ns=EPOCH_TAI_NS + round(hours * HOUR_NS))
    return event.event_id


def happened(event_id, hours, source="somebody", **told):
    return Outcome(
        event_id=event_id,
        happened_tai_ns=EPOCH_TAI_NS + round(hours * HOUR_NS),
        source=source,
        kept_at_tai_ns=EPOCH_TAI_NS,
        **told,
    )


def looks_at(finding, *later):
    """Return further looks at the same happening."""
    return [
        type(finding)(**{**{name: getattr(finding, name) for name in finding.__dataclass_fields__}, **one})
        for one in later
    ]


def test_the_outcome_entered_last_counts_and_the_first_stays(store):
    event_id = keep(store, falling(hours=20.0), 0.0)
    store.keep_outcome(happened(event_id, 40.0, "a rumour"))
    store.keep_outcome(happened(event_id, 21.0, "a radar"))
    assert [one.source for one in store.outcomes(Realm.REAL)] == ["a rumour", "a radar"]
    (line,) = keep_score(store, Realm.REAL).lines
    assert (line.kind, line.n_held, line.n_windows) == (EventKind.REENTRY, 1, 1)


def test_an_object_that_is_seen_after_its_window_refutes_it(store):
    seen = element_set(900_011, epoch_tai_ns=EPOCH_TAI_NS + 60 * HOUR_NS)
    store.add_element_sets([seen], source="here", at_tai_ns=EPOCH_TAI_NS)
    keep(store, falling(seen.identity.object_id, hours=20.0), 0.0)
    (line,) = keep_score(store, Realm.REAL).lines
    assert (line.n_held, line.n_windows, line.median_error_s) == (0, 1, None)


def test_a_prediction_of_what_is_still_to_come_is_open(store):
    keep(store, falling(), 0.0)
    found = keep_score(store, Realm.REAL)
    assert (found.lines, found.n_scored, found.n_open) == ((), 0, 1)


def test_a_conjunction_is_scored_against_the_last_look_before_it(store):
    first = meeting(miss_distance_m=900.0)
    second, after = looks_at(
        first,
        {"measures": meeting(miss_distance_m=700.0).measures},
        {"measures": meeting(miss_distance_m=5.0).measures},
    )
    for finding, hours in ((first, 0.0), (second, 9.0), (after, 13.0)):
        keep(store, finding, hours)
    (line,) = keep_score(store, Realm.REAL).lines
    assert (line.kind, line.n_events, line.median_miss_error_m) == (EventKind.CONJUNCTION, 1, 200.0)


def test_an_outcome_of_an_event_nobody_knows_is_refused(store):
    with pytest.raises(NoSuchRecord):
        store.keep_outcome(happened(read_event_id("NL-RE26-0009"), 1.0))


def test_an_outcome_has_a_source():
    with pytest.raises(ValueError, match="has a source"):
        happened(read_event_id("NL-RE26-0001"), 1.0, "  ")


def test_a_breakup_is_scored_by_its_interval_its_instant_and_its_parent(store):
    event_id = keep(store, broken_up("OBJ-P", hours=-30.0), 0.0)
    (nothing_yet,) = keep_score(store, Realm.REAL).counted
    assert (nothing_yet.n_events, nothing_yet.n_events_scored) == (1, 0)
    for parent, n_right in ((900_012, 1), (77, 0)):
        store.keep_outcome(happened(event_id, -30.5, parent_norad_cat_id=parent))
        found = keep_score(store, Realm.REAL)
        (line,) = found.lines
        assert (line.kind, line.least_lead_h) == (EventKind.FRAGMENTATION, 24.0)
        assert (line.n_held, line.n_windows, line.stated_probability) == (1, 1, 0.9)
        assert (line.median_error_s, line.median_error_share) == (1800.0, None)
        assert (line.n_parents, line.n_parents_right) == (1, n_right)
        assert found.counted[0].n_looks_scored == 1


def test_an_interval_of_a_breakup_that_missed_is_told_and_a_parent_nobody_told_is_not_scored(store):
    event_id = keep(store, broken_up("OBJ-P", hours=-30.0), 0.0)
    store.keep_outcome(happened(event_id, -36.0))
    (line,) = keep_score(store, Realm.REAL).lines
    assert (line.n_held, line.n_windows, line.n_parents) == (0, 1, 0)


def test_of_each_kind_it_is_counted_what_was_never_scored(store):
    keep(store, broken_up("OBJ-P"), 0.0)
    keep(store, falling(), 0.0)
    keep(store, meeting(), 0.0)
    told = {one.kind: (one.n_events, one.n_events_scored) for one in keep_score(store, Realm.REAL).counted}
    assert told == dict.fromkeys(("RE", "FR", "CJ"), (1, 0))


def test_only_of_a_breakup_is_there_a_parent_to_tell():
    with pytest.raises(ValueError, match="only of a breakup"):
        happened(read_event_id("NL-RE26-0001"), 1.0, parent_norad_cat_id=77)
