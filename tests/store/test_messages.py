"""Is every warning kept whole, once, under the event of its encounter, whoever spoke first?"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from baken.errors import NoSuchRecord
from baken.formats import cdm_kvn
from baken.operations.ports import KeptMessages, ReceivedMessage
from baken.records.conjunction_message import ConjunctionMessage, symmetric_from_lower
from baken.records.event import EventId, EventKind, Finding, encounter_key_of, read_event_id
from baken.records.marking import Marking, Realm
from baken.store.home import open_home
from baken.store.message_text import message_digest, message_from_text, message_text
from baken.store.sql_store import SqlStore
from tests.formats.ccsds import own, same
from tests.makers import element_set, warning
from tests.store.conftest import WITHOUT_MESSAGES

MINUTE_NS = 60 * 10**9
HOUR_NS = 60 * MINUTE_NS


def received(message: ConjunctionMessage) -> ReceivedMessage:
    pair = tuple(sorted({message.first.identity.object_id, message.second.identity.object_id}))
    return ReceivedMessage(
        message=message,
        finding=Finding(
            kind=EventKind.CONJUNCTION,
            encounter_key=encounter_key_of(pair, message.tca_tai_ns),
            object_ids=pair,
            start_tai_ns=message.tca_tai_ns,
            peak_tai_ns=message.tca_tai_ns,
            end_tai_ns=message.tca_tai_ns,
            measures=(("originator", message.originator), ("miss_distance_m", message.miss_distance_m)),
            because="it was said",
            realm=message.realm,
        ),
    )


def keep(store: SqlStore, *messages: ConjunctionMessage, at_tai_ns: int = 1) -> KeptMessages:
    batch = [received(message) for message in messages]
    return store.keep_messages(batch, node="NL", source="", at_tai_ns=at_tai_ns)


def names(kept: KeptMessages) -> list[str]:
    return [str(event_id) for event_id in kept.event_ids]


def own_look(message: ConjunctionMessage, **changes: object) -> Finding:
    return replace(received(message).finding, measures=(("miss_distance_m", 1.0),), **changes)


def first_event() -> EventId:
    return read_event_id("NL-CJ26-0001")


def test_two_originators_of_one_encounter_share_an_event_and_stand_side_by_side(store: SqlStore) -> None:
    here, there = warning("HERE"), warning("THERE", tca_tai_ns=warning().tca_tai_ns + 2 * 10**9)
    kept = keep(store, here, there)
    assert (names(kept), kept.updates_new, kept.events_new) == (["NL-CJ26-0001"] * 2, 2, 1)
    both = store.messages_of(first_event(), realm=Realm.REAL)
    assert [one.message.originator for one in both] == ["HERE", "THERE"]
    assert same(both[0].message, here)
    assert same(both[1].message, there)


def test_the_same_message_again_is_kept_once(store: SqlStore) -> None:
    keep(store, warning(), at_tai_ns=1)
    again = keep(store, warning(), warning(), at_tai_ns=2)
    assert (again.updates_new, again.already_known, again.events_new) == (0, 2, 0)
    assert names(again) == ["NL-CJ26-0001"] * 2
    (kept,) = store.messages_of(first_event(), realm=Realm.REAL)
    assert kept.kept_at_tai_ns == 1


def test_what_is_superseded_stays_in_its_place(store: SqlStore) -> None:
    said = [warning(hours_before=hours, radial_m=metres) for hours, metres in ((60.0, 500.0), (24.0, 90.0))]
    for message in said:
        keep(store, message)
    kept = store.messages_of(first_event(), realm=Realm.REAL)
    assert all(same(one.message, message) for one, message in zip(kept, said, strict=True))
    assert store.event(first_event(), realm=Realm.REAL).finding.measure("miss_distance_m") == (
        said[-1].miss_distance_m
    )


def test_a_message_that_comes_late_does_not_take_the_place_of_a_newer_one(store: SqlStore) -> None:
    newer, older = warning(hours_before=10.0), warning(hours_before=60.0, radial_m=900.0)
    keep(store, newer)
    keep(store, older)
    assert store.event(first_event(), realm=Realm.REAL).finding.measure("miss_distance_m") == 50.0
    assert [one.message.created_tai_ns for one in store.messages_of(first_event(), realm=Realm.REAL)] == [
        older.created_tai_ns,
        newer.created_tai_ns,
    ]


def test_whatever_the_order_in_which_messages_come_the_event_rests_on_the_same(tmp_path: Path) -> None:
    said = [warning("A", hours_before=50.0), warning("B", hours_before=9.0), warning("A", hours_before=30.0)]
    stands = set()
    for number, order in enumerate(permutations(said)):
        store = open_home(tmp_path / str(number), None).store
        for message in order:
            keep(store, message)
        stands.add(store.event(first_event(), realm=Realm.REAL).finding)
        store.close()
    assert [finding.measure("originator") for finding in stands] == ["B"]


def test_a_message_joins_what_this_node_saw_and_does_not_overtake_it(store: SqlStore) -> None:
    look = own_look(warning())
    store.keep_findings([look], node="NL", at_tai_ns=1)
    kept = keep(store, warning(tca_tai_ns=warning().tca_tai_ns + 9 * MINUTE_NS))
    assert (names(kept), kept.events_new) == (["NL-CJ26-0001"], 0)
    assert store.event(first_event(), realm=Realm.REAL).finding == look
    assert [one.finding for one in store.history_of(first_event(), realm=Realm.REAL)] == [look]


def test_what_this_node_sees_takes_the_event_over_and_leaves_the_messages(store: SqlStore) -> None:
    keep(store, warning())
    said = store.event(first_event(), realm=Realm.REAL).finding
    look = own_look(warning())
    store.keep_findings([look], node="NL", at_tai_ns=2)
    keep(store, warning(hours_before=1.0))
    assert [one.finding for one in store.history_of(first_event(), realm=Realm.REAL)] == [said, look]
    assert len(store.messages_of(first_event(), realm=Realm.REAL)) == 2


@pytest.mark.parametrize(("minutes", "n_events"), [(10, 1), (11, 2)])
def test_ten_minutes_apart_is_one_encounter_and_more_is_another(
    store: SqlStore, minutes: int, n_events: int
) -> None:
    tca_tai_ns = warning().tca_tai_ns
    kept = keep(store, warning(), warning("THERE", tca_tai_ns=tca_tai_ns + minutes * MINUTE_NS))
    assert len(set(kept.event_ids)) == kept.events_new == len(store.events(Realm.REAL)) == n_events


def test_a_message_joins_the_nearest_of_two_encounters(store: SqlStore) -> None:
    tca_tai_ns = warning().tca_tai_ns
    later = warning(tca_tai_ns=tca_tai_ns + 15 * MINUTE_NS)
    between = warning("THERE", tca_tai_ns=tca_tai_ns + 9 * MINUTE_NS)
    assert names(keep(store, warning(), later)) == ["NL-CJ26-0001", "NL-CJ26-0002"]
    assert names(keep(store, between)) == ["NL-CJ26-0002"]


def test_a_message_joins_a_pair_that_has_been_together_for_days(store: SqlStore) -> None:
    tca_tai_ns = warning().tca_tai_ns
    together = own_look(
        warning(), start_tai_ns=tca_tai_ns - 72 * HOUR_NS, peak_tai_ns=tca_tai_ns - 70 * HOUR_NS
    )
    store.keep_findings([together], node="NL", at_tai_ns=1)
    assert names(keep(store, warning(tca_tai_ns=tca_tai_ns - 20 * HOUR_NS))) == ["NL-CJ26-0001"]


def test_who_is_first_in_a_message_does_not_matter(store: SqlStore) -> None:
    turned = warning("THERE", pair=(900_002, 900_001))
    assert names(keep(store, warning(), turned)) == ["NL-CJ26-0001"] * 2
    assert store.messages_of(first_event(), realm=Realm.REAL)[1].message.first.designator == "900002"


def test_objects_are_those_of_the_catalogue_and_keep_their_names(store: SqlStore) -> None:
    known = replace(element_set(900_001).identity, object_id="OBJ-KNOWNLONG", name="ITS OWN NAME")
    store.add_element_sets([replace(element_set(), identity=known)], source="here", at_tai_ns=1)
    kept = keep(store, warning())
    assert kept.objects_new == 1
    assert store.object_known_as("norad", "900001", realm=Realm.REAL).name == "ITS OWN NAME"
    assert store.object_known_as("norad", "900002", realm=Realm.REAL).name == "MADE 900002"
    (one,) = store.messages_of(first_event(), realm=Realm.REAL)
    assert one.message.first.identity.object_id == "OBJ-KNOWNLONG"
    assert "OBJ-KNOWNLONG" in store.event(first_event(), realm=Realm.REAL).finding.object_ids


def test_an_object_called_unknown_gets_no_name(store: SqlStore) -> None:
    message = warning()
    nameless = replace(
        message.second, name="UNKNOWN", identity=replace(message.second.identity, name="UNKNOWN")
    )
    keep(store, replace(message, second=nameless))
    assert store.object_known_as("norad", "900002", realm=Realm.REAL).name is None


def test_worlds_never_mix(store: SqlStore) -> None:
    kept = [keep(store, warning(realm=realm)) for realm in (Realm.REAL, Realm.EXERCISE)]
    assert kept[0].event_ids != kept[1].event_ids
    with pytest.raises(NoSuchRecord, match="no EXERCISE event"):
        store.messages_of(first_event(), realm=Realm.EXERCISE)
    with pytest.raises(ValueError, match="one world at a time"):
        keep(store, warning("A"), warning("B", realm=Realm.TEST))


def test_a_label_comes_back_as_it_was_kept(store: SqlStore) -> None:
    label = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))
    keep(store, warning(hours_before=30.0, marking=label), warning("THERE"))
    here, there = store.messages_of(first_event(), realm=Realm.REAL)
    assert here.message.marking == label
    assert there.message.marking.is_most_restrictive


def test_voices_tell_who_spoke_how_often_and_what_they_said_last(store: SqlStore) -> None:
    said = [
        warning("THERE", hours_before=hours, collision_probability=probability)
        for hours, probability in ((40.0, 1e-3), (10.0, 2e-6))
    ]
    keep(store, *said, warning("HERE"))
    store.keep_findings([own_look(warning())], node="NL", at_tai_ns=2)
    (voices,) = store.voices(Realm.REAL).values()
    told = [(one.originator, one.n_updates, one.probability_said) for one in voices]
    assert told == [("", 1, None), ("HERE", 1, None), ("THERE", 2, 2e-6)]
    assert store.voices(Realm.EXERCISE) == {}


def test_receivers_that_write_at_once_open_one_event(tmp_path: Path, url: str | None) -> None:
    def receive(originator: str) -> None:
        its = open_home(tmp_path / "home", url).store
        for hours in range(5):
            keep(its, warning(originator, hours_before=10.0 + hours))
        its.close()

    receivers = [threading.Thread(target=receive, args=[name]) for name in "ABCD"]
    for receiver in receivers:
        receiver.start()
    for receiver in receivers:
        receiver.join()
    store = open_home(tmp_path / "home", url).store
    assert [str(event.event_id) for event in store.events(Realm.REAL)] == ["NL-CJ26-0001"]
    assert len(store.messages_of(first_event(), realm=Realm.REAL)) == 20
    store.close()


def test_a_store_from_before_messages_keeps_its_events_and_finds_them_by_their_objects(
    store: SqlStore, tmp_path: Path, url: str | None
) -> None:
    look = own_look(warning())
    store.keep_findings([look, replace(look, because="seen again")], node="NL", at_tai_ns=1)
    with store._database.writing() as connection:
        for statement in (*WITHOUT_MESSAGES, "UPDATE alembic_version SET version_num = '0002'"):
            connection.execute(text(statement))
    again = open_home(tmp_path / "home", url).store
    assert names(keep(again, warning())) == ["NL-CJ26-0001"]
    assert len(again.history_of(first_event(), realm=Realm.REAL)) == 2
    again.close()


def messages_read() -> Iterator[ConjunctionMessage]:
    (read,) = cdm_kvn.read(own("conjunction.cdm")).records
    yield read
    yield replace(read, first=replace(read.first, covariance_rtn_si=None))


@pytest.mark.capability(
    "conjunction messages kept whole", status="MODELLED", authority="equality of every field after keeping"
)
@pytest.mark.parametrize("message", list(messages_read()))
def test_a_message_comes_back_from_its_text_with_every_field(message: ConjunctionMessage) -> None:
    assert same(message_from_text(message_text(message), message.lineage), message)


def test_what_is_missing_from_a_vector_stays_missing() -> None:
    message = warning(relative_position_rtn_m=(1.0, float("nan"), 3.0))
    back = message_from_text(message_text(message), message.lineage)
    np.testing.assert_array_equal(back.relative_position_rtn_m, message.relative_position_rtn_m)


@settings(max_examples=50, deadline=None)
@given(
    size=st.integers(6, 9),
    values=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=45, max_size=45),
    created_tai_ns=st.integers(-(2**62), 2**62),
    probability=st.one_of(st.none(), st.floats(0.0, 1.0)),
    comment=st.text(),
)
def test_every_number_and_word_comes_back_as_it_was(
    size: int, values: list[float], created_tai_ns: int, probability: float | None, comment: str
) -> None:
    matrix = symmetric_from_lower(np.array(values[: size * (size + 1) // 2]), size)
    message = warning(
        created_tai_ns=created_tai_ns,
        collision_probability=probability,
        comments=(("header", (comment,)),),
        first=replace(warning().first, covariance_rtn_si=matrix),
    )
    back = message_from_text(message_text(message), message.lineage)
    assert same(back, message)
    assert message_digest(back) == message_digest(message)


def test_two_messages_that_differ_in_one_word_have_two_digests() -> None:
    assert message_digest(warning()) == message_digest(replace(warning(), lineage=replace(warning().lineage)))
    assert message_digest(warning()) != message_digest(warning(message_for="SOMEBODY"))
