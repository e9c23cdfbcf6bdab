"""Do the nouns refuse what cannot be, and keep what they promise?"""

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baken.records.catalogue import Catalogue, Choice, Past, Picture
from baken.records.event import EventId, EventKind, Finding, Window, read_event_id
from baken.records.identity import Identity, identity_from_norad
from baken.records.lineage import Lineage, Source, digest_of_json, settings_of
from baken.records.marking import Marking, Realm, strictest
from tests.makers import EPOCH_TAI_NS, element_set

AUDIENCES = st.frozensets(st.sampled_from(["NL", "DE", "FR", "EU", "NATO"]))
MARKINGS = st.builds(Marking, owner=st.sampled_from(["", "NL", "DE"]), releasable_to=AUDIENCES)


def finding(**changes):
    plain = Finding(
        kind=EventKind.CONJUNCTION,
        encounter_key="OBJ-A/OBJ-B@2026-03-01T00:00Z",
        object_ids=("OBJ-A", "OBJ-B"),
        start_tai_ns=EPOCH_TAI_NS,
        peak_tai_ns=EPOCH_TAI_NS,
        end_tai_ns=EPOCH_TAI_NS,
        measures=(("miss_distance_m", 12.5), ("probability", None)),
        because="they pass within 12.5 m",
    )
    return replace(plain, **changes)


def test_an_empty_label_is_the_most_restrictive_one():
    assert Marking().is_most_restrictive
    assert Marking(owner="NL").is_most_restrictive


@given(st.frozensets(MARKINGS, min_size=1))
def test_what_is_made_from_many_is_seen_by_no_more_than_each(markings):
    assert all(strictest(markings).releasable_to <= marking.releasable_to for marking in markings)


@given(st.frozensets(MARKINGS, min_size=1), MARKINGS)
def test_one_more_source_never_widens_a_label(markings, another):
    assert strictest(markings | {another}).releasable_to <= strictest(markings).releasable_to


def test_a_thing_made_from_nothing_is_for_its_owner_only():
    assert strictest(frozenset()).is_most_restrictive


@pytest.mark.parametrize("norad_cat_id", [-1, 1_000_000_000])
def test_a_catalogue_number_has_at_most_nine_digits(norad_cat_id):
    with pytest.raises(ValueError, match="nine digits"):
        identity_from_norad(norad_cat_id)


def test_an_object_keeps_its_id_when_its_number_changes():
    known = identity_from_norad(799_500_124)
    assert replace(known, norad_cat_id=70_001).object_id == known.object_id
    assert Identity(object_id="OBJ-X").norad_cat_id is None


@pytest.mark.parametrize(
    "changes",
    [
        {"mean_motion_rad_s": 0.0},
        {"mean_motion_rad_s": float("nan")},
        {"eccentricity": 1.0},
        {"eccentricity": -0.001},
        {"raan_rad": float("inf")},
        {"bstar_per_earth_radius": float("nan")},
    ],
)
def test_numbers_that_belong_to_no_orbit_are_refused(changes):
    with pytest.raises(ValueError, match=r"eccentricity|mean_motion|finite"):
        element_set(**changes)


def test_records_cannot_be_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        element_set().eccentricity = 0.5


def test_realms_never_mix_in_a_catalogue():
    with pytest.raises(ValueError, match="one world"):
        Catalogue(element_sets=(element_set(1), element_set(2, realm=Realm.SIMULATED)))


def test_a_picture_holds_one_orbit_for_each_object():
    choice = Choice(chosen=element_set(1), because="the only element set")
    with pytest.raises(ValueError, match="twice"):
        Picture(as_of_tai_ns=EPOCH_TAI_NS, choices=(choice, choice), realm=Realm.REAL)


def test_a_picture_and_its_past_are_of_one_world():
    choices = (Choice(chosen=element_set(1), because="the only element set"),)
    drill = Past(as_of_tai_ns=EPOCH_TAI_NS - 1, element_sets=(element_set(1, realm=Realm.EXERCISE),))
    with pytest.raises(ValueError, match="the same world"):
        Picture(as_of_tai_ns=EPOCH_TAI_NS, choices=choices, realm=Realm.REAL, past=drill)


def test_the_past_of_a_picture_lies_before_it():
    with pytest.raises(ValueError, match="lies before"):
        Picture(
            as_of_tai_ns=EPOCH_TAI_NS,
            choices=(),
            realm=Realm.REAL,
            past=Past(as_of_tai_ns=EPOCH_TAI_NS + 1, element_sets=()),
        )


def test_a_picture_stands_in_order_of_catalogue_number():
    choices = tuple(Choice(chosen=element_set(number), because="the only element set") for number in (2, 1))
    with pytest.raises(ValueError, match="in order"):
        Picture(as_of_tai_ns=EPOCH_TAI_NS, choices=choices, realm=Realm.REAL)


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=8),
    st.sampled_from(EventKind),
    st.integers(2000, 2099),
    st.integers(0, 10**7),
)
def test_an_event_id_survives_being_said_and_typed(node, kind, year, number):
    event_id = EventId(node=node, kind=kind, year=year, number=number)
    assert read_event_id(str(event_id).lower()) == event_id


@pytest.mark.parametrize(
    "text", ["", "NL-CJ26", "NL-XX26-0001", "NL-CJ26-1", "NL-CJ26-0001; drop table", "N-CJ26-0001"]
)
def test_a_text_that_is_no_event_id_is_refused(text):
    with pytest.raises(ValueError, match="NL-CJ26-0001"):
        read_event_id(text)


def test_the_same_finding_has_the_same_digest_and_another_has_another():
    assert finding().digest == finding().digest
    changed = [
        finding(because="another reason"),
        finding(measures=(("miss_distance_m", 12.6), ("probability", None))),
        finding(realm=Realm.EXERCISE),
        finding(marking=Marking(owner="NL")),
        finding(end_tai_ns=EPOCH_TAI_NS + 1),
        finding(lineage=Lineage(sources=(Source(name="a", digest="sha256:1"),))),
    ]
    assert len({finding().digest, *(other.digest for other in changed)}) == len(changed) + 1


def test_a_finding_peaks_between_its_start_and_its_end():
    with pytest.raises(ValueError, match="peaks between"):
        finding(peak_tai_ns=EPOCH_TAI_NS + 1)


def test_a_finding_names_its_objects_once_and_in_order():
    with pytest.raises(ValueError, match="in order"):
        finding(object_ids=("OBJ-B", "OBJ-A"))


def test_a_window_ends_after_it_starts():
    with pytest.raises(ValueError, match="ends after"):
        Window(start_tai_ns=1, end_tai_ns=1)


def test_a_digest_does_not_depend_on_the_order_of_keys():
    assert digest_of_json({"a": 1, "b": [1.5, None]}) == digest_of_json({"b": [1.5, None], "a": 1})


def test_what_json_cannot_carry_has_no_digest():
    with pytest.raises(ValueError, match=r".*"):
        digest_of_json({"a": float("nan")})


def test_settings_of_a_lineage_stand_once_and_in_order():
    assert settings_of({"b": 1, "a": 2}) == (("a", "2"), ("b", "1"))
    with pytest.raises(ValueError, match="in order"):
        Lineage(settings=(("b", "1"), ("a", "2")))
