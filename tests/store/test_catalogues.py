"""Does the store give back what sources said: all of it, once, side by side, and in one world only?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import NoSuchRecord
from baken.operations.ports import Added, ImportedFile, Store
from baken.records.identity import Designator, identity_from_norad
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet, Theory
from baken.store.element_set_rows import content_digest
from baken.store.home import open_home
from baken.store.sql_store import SqlStore
from tests.store.nouns import HOUR_NS, LINEAGE, NOW_TAI_NS, many_orbits, orbit

ISS = identity_from_norad(25544, name="ISS (ZARYA)", cospar_id="1998-067A")
EVERYTHING = ElementSet(
    identity=replace(
        identity_from_norad(799_500_124, name="OBJET «É»"),
        others=(Designator(scheme="vimpel", value="V900001"), Designator(scheme="esa", value="7")),
    ),
    epoch_tai_ns=9_007_199_254_740_993,  # the first whole number a double cannot hold
    mean_motion_rad_s=7.292115e-05 / 3.0,
    eccentricity=0.1 + 0.2,
    inclination_rad=5e-324,
    raan_rad=-0.0,
    argument_of_perigee_rad=6.283185307179586,
    mean_anomaly_rad=1e-17,
    bstar_per_earth_radius=-1.7976931348623157e308,
    mean_motion_dot_rad_s2=2.2250738585072014e-308,
    mean_motion_ddot_rad_s3=1.0 / 3.0,
    theory=Theory.SGP4_XP,
    ephemeris_type=4,
    classification="C",
    element_set_no=9999,
    rev_at_epoch=123_456,
    originator="18 SPCS",
    created_tai_ns=NOW_TAI_NS,
    realm=Realm.EXERCISE,
    marking=Marking(owner="NL", releasable_to=frozenset({"NL", "DE"})),
    lineage=LINEAGE,
    comments=("first", 'second "quoted"', "[]"),
    other_fields=(("USER_DEFINED_X", "1"), ("USER_DEFINED_X", "2")),
)


def add(store: Store, *said: ElementSet, source: str = "here", at_tai_ns: int = NOW_TAI_NS) -> Added:
    return store.add_element_sets(said, source=source, at_tai_ns=at_tai_ns)


def test_every_number_and_every_word_comes_back(store: SqlStore) -> None:
    add(store, EVERYTHING)
    (back,) = store.catalogue(Realm.EXERCISE).element_sets
    assert back == EVERYTHING
    assert content_digest(back) == content_digest(EVERYTHING)


@settings(max_examples=200)
@given(
    epoch_tai_ns=st.integers(-(2**63), 2**63 - 1),
    angle_rad=st.floats(-7.0, 7.0),
    eccentricity=st.floats(0.0, 1.0, exclude_max=True),
)
def test_the_digest_tells_any_two_numbers_apart(
    epoch_tai_ns: int, angle_rad: float, eccentricity: float
) -> None:
    one = replace(EVERYTHING, epoch_tai_ns=epoch_tai_ns, raan_rad=angle_rad, eccentricity=eccentricity)
    same = replace(one, lineage=Lineage(), identity=replace(one.identity, object_id="OBJ-OTHER"))
    other = replace(one, epoch_tai_ns=epoch_tai_ns ^ 1)
    assert content_digest(same) == content_digest(one) != content_digest(other)


def test_the_same_word_from_the_same_source_is_kept_once(store: SqlStore) -> None:
    assert add(store, orbit(ISS), orbit(ISS)) == Added(objects_new=1, element_sets_new=1, already_known=1)
    fetched_again = orbit(ISS, lineage=Lineage(method="another file"))
    assert add(store, fetched_again) == Added(already_known=1)
    assert store.catalogue(Realm.REAL).element_sets == (orbit(ISS),)


def test_two_sources_stand_side_by_side(store: SqlStore) -> None:
    add(store, orbit(ISS), source="here")
    add(store, orbit(ISS, eccentricity=0.002), source="there")
    assert [es.eccentricity for es in store.catalogue(Realm.REAL).element_sets] == [0.001, 0.002]


def test_two_sets_of_one_epoch_stand_side_by_side(store: SqlStore) -> None:
    add(store, orbit(ISS), orbit(ISS, eccentricity=0.002))
    assert len(store.catalogue(Realm.REAL).element_sets) == 2


def test_a_catalogue_holds_what_was_last_said_by_then(store: SqlStore) -> None:
    before, after = orbit(ISS), orbit(ISS, epoch_tai_ns=NOW_TAI_NS + HOUR_NS)
    add(store, after, before)
    assert store.catalogue(Realm.REAL).element_sets == (after,)
    assert store.catalogue(Realm.REAL, as_of_tai_ns=NOW_TAI_NS + HOUR_NS - 1).element_sets == (before,)
    assert store.catalogue(Realm.REAL, as_of_tai_ns=NOW_TAI_NS - 1).element_sets == ()
    assert store.element_sets_of(ISS.object_id, realm=Realm.REAL) == (before, after)


def test_a_catalogue_has_one_order_whatever_the_order_of_arrival(store: SqlStore) -> None:
    said = many_orbits(20)
    add(store, *reversed(said))
    ids = [element_set.identity.object_id for element_set in store.catalogue(Realm.REAL).element_sets]
    assert ids == sorted(element_set.identity.object_id for element_set in said)


def test_worlds_never_mix(store: SqlStore) -> None:
    for realm in (Realm.REAL, Realm.EXERCISE):
        assert add(store, orbit(ISS, realm=realm)).objects_new == 1
    assert store.catalogue(Realm.REAL).element_sets == (orbit(ISS),)
    assert store.catalogue(Realm.SIMULATED).element_sets == ()
    with pytest.raises(NoSuchRecord, match="no TEST object is known as object OBJ-"):
        store.element_sets_of(ISS.object_id, realm=Realm.TEST)
    with pytest.raises(ValueError, match="one world"):
        add(store, orbit(ISS), orbit(ISS, realm=Realm.TEST))


def test_a_label_is_never_widened(store: SqlStore) -> None:
    wide = Marking(owner="NL", releasable_to=frozenset({"DE", "NL"}))
    for marking in (wide, Marking(owner="NL"), Marking()):
        assert add(store, orbit(ISS, marking=marking)).element_sets_new == 1
    back = {element_set.marking for element_set in store.catalogue(Realm.REAL).element_sets}
    assert back == {wide, Marking(owner="NL"), Marking()}


def test_a_file_taken_in_twice_is_recognised(store: SqlStore) -> None:
    file = ImportedFile(name="gp.csv", digest="sha256:ab", n_read=3, n_rejected=1)
    assert store.past_import("sha256:ab", source="here", realm=Realm.REAL) is None
    for at_tai_ns in (1, 2):
        store.add_element_sets(many_orbits(2), source="here", at_tai_ns=at_tai_ns, file=file)
    past = store.past_import("sha256:ab", source="here", realm=Realm.REAL)
    assert past is not None
    assert (past.file, past.at_tai_ns, past.objects_new, past.element_sets_new) == (file, 1, 2, 2)
    assert store.past_import("sha256:ab", source="there", realm=Realm.REAL) is None


def test_nothing_said_is_nothing_kept(store: SqlStore) -> None:
    assert add(store) == Added()


def test_more_sets_than_one_statement_can_name(store: SqlStore) -> None:
    said = many_orbits(6_000)
    assert add(store, *said).element_sets_new == 6_000
    assert add(store, *said, orbit(ISS)) == Added(objects_new=1, element_sets_new=1, already_known=6_000)


def test_a_store_tells_the_same_after_it_was_closed(tmp_path, url) -> None:
    for _ in range(2):
        store = open_home(tmp_path / "home", url).store
        add(store, orbit(ISS))
        assert store.catalogue(Realm.REAL).element_sets == (orbit(ISS),)
        store.close()


def test_what_flew_low_comes_back_with_its_history_and_nothing_else(store: SqlStore) -> None:
    high = orbit(ISS)
    low = [
        replace(high, identity=identity_from_norad(2), mean_motion_rad_s=0.00119, epoch_tai_ns=NOW_TAI_NS + n)
        for n in range(3)
    ]
    add(store, high, *low)
    found = store.low_element_sets(
        Realm.REAL, perigee_radius_m=6.7e6, start_tai_ns=NOW_TAI_NS, end_tai_ns=NOW_TAI_NS + 1
    )
    assert found == tuple(low[:2])
    assert store.first_epochs(Realm.REAL) == {one.identity.object_id: NOW_TAI_NS for one in (high, low[0])}
