"""Does a whole catalogue come out of the store as it went in?  (How long it takes is for the benchmarks.)"""

from pathlib import Path

from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from baken.records.marking import Realm
from baken.store.home import open_home
from tests.store.nouns import NOW_TAI_NS, many_orbits

N_OBJECTS = 27_000
CATALOGUE = "catalogue/cat_20241101_celestrak_onorbit_gp.csv.gz"


def test_a_made_catalogue_comes_back_and_is_known_the_second_time(tmp_path: Path) -> None:
    store = open_home(tmp_path).store
    said = many_orbits(N_OBJECTS)
    first = store.add_element_sets(said, source="here", at_tai_ns=NOW_TAI_NS)
    second = store.add_element_sets(said, source="here", at_tai_ns=NOW_TAI_NS)
    assert (first.element_sets_new, second.element_sets_new, second.already_known) == (
        N_OBJECTS,
        0,
        N_OBJECTS,
    )
    assert len(store.catalogue(Realm.REAL).element_sets) == N_OBJECTS


def test_a_real_catalogue_comes_back_as_it_was_read(tmp_path: Path, shared_data: Path) -> None:
    file = shared_data / CATALOGUE
    given = NamedContent(name=file.name, content=file.read_bytes())
    read = read_catalogue(given, Provenance(source="celestrak"))
    store = open_home(tmp_path).store
    added = store.add_element_sets(read.element_sets, source="celestrak", at_tai_ns=NOW_TAI_NS)
    assert added.objects_new == added.element_sets_new == len(read.element_sets)
    assert set(store.catalogue(Realm.REAL).element_sets) == set(read.element_sets)
