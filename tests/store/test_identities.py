"""Do opinions join the object they mean, and are contradictions told instead of merged?"""

from dataclasses import replace

import pytest

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.ports import Added, Conflict
from baken.records.identity import Designator, Identity, identity_from_norad
from baken.records.marking import Realm
from baken.store.identities import Register
from baken.store.sql_store import SqlStore
from tests.store.nouns import NOW_TAI_NS, known_by_cospar, orbit

COSPAR = "2026-001A"


def say(store: SqlStore, *identities: Identity) -> Added:
    said = [orbit(identity, eccentricity=0.01 * (1 + rank)) for rank, identity in enumerate(identities)]
    return store.add_element_sets(said, source="here", at_tai_ns=NOW_TAI_NS)


def ids(store: SqlStore) -> list[str]:
    return [identity.object_id for identity in store.identities(Realm.REAL)]


def test_an_object_known_under_another_designator_keeps_its_id(store: SqlStore) -> None:
    first = known_by_cospar(COSPAR)
    say(store, first)
    added = say(store, identity_from_norad(70001, cospar_id=COSPAR, name="NEWCOMER"))
    assert (added.objects_new, added.conflicts) == (0, ())
    known = store.object_known_as("norad", "70001", realm=Realm.REAL)
    assert (known.object_id, known.cospar_id, known.name) == (first.object_id, COSPAR, "NEWCOMER")
    assert [es.identity.object_id for es in store.element_sets_of(first.object_id, realm=Realm.REAL)] == [
        first.object_id
    ] * 2


def test_one_number_under_two_cospar_ids_keeps_both_and_tells(store: SqlStore) -> None:
    added = say(
        store, identity_from_norad(5, cospar_id="1958-002B"), identity_from_norad(5, cospar_id="1958-002C")
    )
    object_id = identity_from_norad(5).object_id
    assert added.objects_new == 1
    assert added.conflicts == (
        Conflict(object_id=object_id, scheme="cospar", value="1958-002C", known_as="1958-002B"),
    )
    for cospar_id in ("1958-002B", "1958-002C"):
        assert store.object_known_as("cospar", cospar_id, realm=Realm.REAL).object_id == object_id
    known = store.object_known_as("norad", "5", realm=Realm.REAL)
    assert known.cospar_id == "1958-002B"
    assert known.others == (Designator(scheme="cospar", value="1958-002C"),)


def test_two_numbers_under_one_cospar_id_stay_two_objects(store: SqlStore) -> None:
    one, two = (identity_from_norad(number, cospar_id=COSPAR) for number in (70001, 70002))
    added = say(store, one, two)
    assert ids(store) == sorted([one.object_id, two.object_id])
    assert added.conflicts == (
        Conflict(object_id=two.object_id, scheme="cospar", value=COSPAR, known_as=one.object_id),
    )
    text = f"{two.object_id} is said to be cospar {COSPAR}, at odds with {one.object_id}"
    assert added.conflicts[0].text == text


def test_two_objects_that_turn_out_to_be_one_stay_two(store: SqlStore) -> None:
    by_number, by_cospar = identity_from_norad(70001), known_by_cospar(COSPAR)
    added = say(store, by_number, by_cospar, identity_from_norad(70001, cospar_id=COSPAR))
    assert added.objects_new == 2
    assert [(one.object_id, one.known_as) for one in added.conflicts] == [
        (by_number.object_id, by_cospar.object_id)
    ]


def test_provider_ids_find_their_object_too(store: SqlStore) -> None:
    vimpel = (Designator(scheme="vimpel", value="V900001"),)
    first = Identity(object_id="OBJ-FIRST", others=vimpel)
    say(store, first, replace(identity_from_norad(70001), others=vimpel))
    known = store.object_known_as("norad", "70001", realm=Realm.REAL)
    assert (known.object_id, known.others) == ("OBJ-FIRST", vimpel)


def test_an_object_without_any_name_is_known_by_its_id(store: SqlStore) -> None:
    nameless = Identity(object_id="OBJ-NAMELESS")
    assert say(store, nameless, nameless).objects_new == 1
    assert store.object_known_as("object", "OBJ-NAMELESS", realm=Realm.REAL) == nameless


def test_the_last_calling_stands(store: SqlStore) -> None:
    say(store, identity_from_norad(70001, name="OBJECT A"), identity_from_norad(70001))
    say(store, identity_from_norad(70001, name="ENVOY"))
    assert store.object_known_as("norad", "70001", realm=Realm.REAL).name == "ENVOY"


def test_an_id_that_belongs_to_another_object_is_refused(store: SqlStore) -> None:
    say(store, identity_from_norad(70001))
    thief = replace(identity_from_norad(70002), object_id=identity_from_norad(70001).object_id)
    with pytest.raises(WrongUsage, match="is another object already"):
        say(store, identity_from_norad(70003), thief)
    assert ids(store) == [identity_from_norad(70001).object_id]


def test_an_unknown_name_says_so(store: SqlStore) -> None:
    with pytest.raises(NoSuchRecord, match="no REAL object is known as norad 1; import"):
        store.object_known_as("norad", "1", realm=Realm.REAL)


def test_the_order_of_arrival_does_not_change_who_is_who() -> None:
    said = [identity_from_norad(number, cospar_id=f"2026-00{number}A") for number in range(1, 6)]
    registers = [Register(), Register()]
    for register, order in zip(registers, (said, said[::-1]), strict=True):
        for identity in order:
            register.object_meant(identity)
    assert registers[0].bearer == registers[1].bearer
