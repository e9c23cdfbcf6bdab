"""Does the store give back every table of states as it was said: bit for bit, once, side by side?"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from baken.errors import NoSuchRecord, UnreadableInput
from baken.operations.ports import Added, ImportedFile, Store
from baken.records.ephemeris import CovarianceHistory, Ephemeris
from baken.records.identity import Designator, Identity, identity_from_norad
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from baken.store.home import open_home
from baken.store.sql_store import SqlStore
from tests.formats.ccsds import all_same, same
from tests.store.conftest import WITHOUT_MESSAGES
from tests.store.nouns import HOUR_NS, LINEAGE, NOW_TAI_NS, known_by_cospar, orbit

ISS = identity_from_norad(25544, name="ISS (ZARYA)", cospar_id="1998-067A")
N_ROWS = 5


def ephemeris(identity: Identity = ISS, *, start_tai_ns: int = NOW_TAI_NS, **changes: object) -> Ephemeris:
    """Return a short invented table."""
    rng = np.random.default_rng(start_tai_ns % 2**32)
    epoch_tai_ns = start_tai_ns + np.arange(N_ROWS) * 60_000_000_000
    plain = Ephemeris(
        identity=identity,
        frame="GCRF",
        centre="EARTH",
        epoch_tai_ns=epoch_tai_ns,
        position_m=rng.normal(size=(N_ROWS, 3)) * 7e6,
        velocity_m_s=rng.normal(size=(N_ROWS, 3)) * 7e3,
        start_tai_ns=int(epoch_tai_ns[0]),
        stop_tai_ns=int(epoch_tai_ns[-1]),
        originator="OPERATOR",
        lineage=LINEAGE,
    )
    return replace(plain, **changes)


def everything() -> Ephemeris:
    """Return an ephemeris that says all it can, in numbers that are hard to keep."""
    position_m = np.array([[-0.0, 5e-324, 1.0 / 3.0], [1.7976931348623157e308, 0.1 + 0.2, -1e-17]])
    acceleration_m_s2 = np.array([[8.0, -0.0, 1e-300], [np.nan, np.nan, np.nan]])
    covariance_si = np.random.default_rng(1).normal(size=(3, 6, 6))  # not even symmetric
    return Ephemeris(
        identity=replace(
            identity_from_norad(799_500_124, name="OBJET «É»"),
            others=(Designator(scheme="vimpel", value="V900001"),),
        ),
        frame="ITRF2014",
        centre="EARTH",
        epoch_tai_ns=np.array([9_007_199_254_740_993, 9_007_199_254_740_994]),  # past what doubles hold
        position_m=position_m,
        velocity_m_s=position_m[::-1].copy(),
        acceleration_m_s2=acceleration_m_s2,
        covariances=CovarianceHistory(
            epoch_tai_ns=np.array([1, 3, 2]), frames=("RTN", "", "TNW"), covariance_si=covariance_si
        ),
        start_tai_ns=9_007_199_254_740_991,
        stop_tai_ns=9_007_199_254_740_999,
        useable_start_tai_ns=9_007_199_254_740_993,
        useable_stop_tai_ns=9_007_199_254_740_994,
        interpolation="HERMITE",
        interpolation_degree=7,
        time_system="TDB",
        frame_epoch_tai_ns=1,
        originator="«OPERATOR»",
        created_tai_ns=NOW_TAI_NS,
        message_id="OEM 2026/1",
        realm=Realm.EXERCISE,
        marking=Marking(owner="NL", releasable_to=frozenset({"NL", "DE"})),
        lineage=LINEAGE,
        header_comments=("first", 'second "quoted"', ""),
        metadata_comments=("[]",),
        comments=("MASS=1",),
        other_fields=(("COLOUR", "red"), ("COLOUR", "blue")),
    )


def add(store: Store, *said: Ephemeris, source: str = "here", file: ImportedFile | None = None) -> Added:
    return store.add_ephemerides(said, source=source, at_tai_ns=NOW_TAI_NS, file=file)


def kept_files(store: SqlStore) -> list[Path]:
    return sorted(file for file in store._bulk_folder.glob("*") if file.is_file())


def bits(one: Ephemeris) -> tuple[bytes, ...]:
    return one.epoch_tai_ns.tobytes(), one.position_m.tobytes(), one.velocity_m_s.tobytes()


@pytest.mark.capability(
    "Ephemerides kept and given back", status="MODELLED", authority="equality of every bit and word"
)
def test_every_bit_and_every_word_comes_back(store: SqlStore) -> None:
    said = everything()
    assert add(store, said).ephemerides_new == 1
    (back,) = store.ephemerides_of(said.identity.object_id, realm=Realm.EXERCISE)
    assert same(back, said)
    assert bits(back) == bits(said)
    assert back.covariances is not None
    assert back.covariances.covariance_si.tobytes() == said.covariances.covariance_si.tobytes()


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    store = open_home(tmp_path_factory.mktemp("home")).store
    yield store
    store.close()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    numbers=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=6, max_size=6),
    epoch_tai_ns=st.integers(-(2**62), 2**62),
    norad_cat_id=st.integers(1, 999_999_999),
)
def test_whatever_numbers_a_row_holds_come_back(
    one_store: SqlStore, numbers: list[float], epoch_tai_ns: int, norad_cat_id: int
) -> None:
    said = Ephemeris(
        identity=identity_from_norad(norad_cat_id),
        frame="TEME",
        centre="EARTH",
        epoch_tai_ns=np.array([epoch_tai_ns]),
        position_m=np.array([numbers[:3]]),
        velocity_m_s=np.array([numbers[3:]]),
        start_tai_ns=epoch_tai_ns,
        stop_tai_ns=epoch_tai_ns,
        lineage=LINEAGE,
    )
    add(one_store, said)
    back = one_store.ephemerides_of(said.identity.object_id, realm=Realm.REAL)
    assert any(same(one, said) and bits(one) == bits(said) for one in back)


def test_the_same_table_from_the_same_source_is_kept_once(store: SqlStore) -> None:
    assert add(store, ephemeris(), ephemeris()) == Added(objects_new=1, ephemerides_new=1, already_known=1)
    sent_again = ephemeris(lineage=Lineage(method="another file"))
    assert add(store, sent_again) == Added(already_known=1)
    assert all_same(store.ephemerides_of(ISS.object_id, realm=Realm.REAL), [ephemeris()])


def test_several_tables_and_sources_stand_side_by_side_in_order_of_start(store: SqlStore) -> None:
    later = ephemeris(start_tai_ns=NOW_TAI_NS + HOUR_NS)
    add(store, later, ephemeris(), source="here")
    add(store, ephemeris(), source="there")
    back = store.ephemerides_of(ISS.object_id, realm=Realm.REAL)
    assert all_same(back, [ephemeris(), ephemeris(), later])
    # Two sources said the very same of the first hour; their numbers stand on disk once.
    assert len(kept_files(store)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"frame": "TEME"},
        {"interpolation_degree": 5},
        {"useable_stop_tai_ns": NOW_TAI_NS},
        {"comments": ("MASS=2",)},
        {"marking": Marking(owner="NL")},
        {"position_m": ephemeris().position_m * (1.0 + 2.0**-52)},
    ],
)
def test_whatever_was_said_otherwise_is_another_ephemeris(tmp_path: Path, change: dict[str, object]) -> None:
    store = open_home(tmp_path).store
    assert add(store, ephemeris(), ephemeris(**change)).ephemerides_new == 2
    store.close()


def test_an_ephemeris_joins_the_object_its_element_sets_speak_of(store: SqlStore) -> None:
    store.add_element_sets([orbit(ISS)], source="here", at_tai_ns=1)
    operators = known_by_cospar("1998-067A")
    assert operators.object_id != ISS.object_id
    assert add(store, ephemeris(operators)).objects_new == 0
    (back,) = store.ephemerides_of(ISS.object_id, realm=Realm.REAL)
    assert back.identity == replace(operators, object_id=ISS.object_id)


def test_an_object_may_have_ephemerides_alone(store: SqlStore) -> None:
    assert add(store, ephemeris()).objects_new == 1
    assert store.element_sets_of(ISS.object_id, realm=Realm.REAL) == ()
    assert store.catalogue(Realm.REAL).element_sets == ()


def test_worlds_never_mix(store: SqlStore) -> None:
    for realm in (Realm.REAL, Realm.EXERCISE):
        assert add(store, ephemeris(realm=realm)).objects_new == 1
    assert all_same(store.ephemerides_of(ISS.object_id, realm=Realm.REAL), [ephemeris()])
    with pytest.raises(NoSuchRecord, match="no TEST object is known as object OBJ-"):
        store.ephemerides_of(ISS.object_id, realm=Realm.TEST)
    with pytest.raises(ValueError, match="one world"):
        add(store, ephemeris(), ephemeris(realm=Realm.TEST))


def test_an_import_counts_its_ephemerides(store: SqlStore) -> None:
    file = ImportedFile(name="iss.oem", digest="sha256:ab", n_read=2)
    add(store, ephemeris(), ephemeris(start_tai_ns=0), file=file)
    past = store.past_import("sha256:ab", source="here", realm=Realm.REAL)
    assert past is not None
    assert (past.objects_new, past.element_sets_new, past.ephemerides_new) == (1, 0, 2)


def test_nothing_said_is_nothing_kept(store: SqlStore) -> None:
    assert add(store) == Added()
    assert kept_files(store) == []


def test_tables_outlive_a_new_opening_and_strays_do_not(
    store: SqlStore, tmp_path: Path, url: str | None
) -> None:
    add(store, everything())
    mine = kept_files(store)
    (store._bulk_folder / "stray.parquet").write_bytes(b"")
    again = open_home(tmp_path / "home", url).store
    assert kept_files(again) == mine
    assert len(mine) == 2
    assert same(again.ephemerides_of(everything().identity.object_id, realm=Realm.EXERCISE)[0], everything())
    again.close()


def test_a_table_that_is_gone_is_told_and_comes_back_with_the_next_import(store: SqlStore) -> None:
    add(store, ephemeris())
    kept_files(store)[0].unlink()
    with pytest.raises(UnreadableInput, match="import the ephemeris again"):
        store.ephemerides_of(ISS.object_id, realm=Realm.REAL)
    assert add(store, ephemeris()) == Added(already_known=1)
    assert all_same(store.ephemerides_of(ISS.object_id, realm=Realm.REAL), [ephemeris()])


def test_a_table_that_is_not_what_was_kept_is_refused(store: SqlStore) -> None:
    add(store, ephemeris(), ephemeris(start_tai_ns=0))
    one, other = kept_files(store)
    one.write_bytes(other.read_bytes())
    with pytest.raises(UnreadableInput, match="is not what was kept"):
        store.ephemerides_of(ISS.object_id, realm=Realm.REAL)


def test_a_store_of_the_first_tables_gets_the_new_ones_and_keeps_what_it_had(
    store: SqlStore, tmp_path: Path, url: str | None
) -> None:
    file = ImportedFile(name="gp.csv", digest="sha256:ab", n_read=1)
    store.add_element_sets([orbit(ISS)], source="here", at_tai_ns=1, file=file)
    with store._database.writing() as connection:
        for statement in (
            *WITHOUT_MESSAGES,
            "DROP TABLE ephemerides",
            "ALTER TABLE imports DROP COLUMN ephemerides_new",
            "UPDATE alembic_version SET version_num = '0001'",
        ):
            connection.execute(text(statement))
    again = open_home(tmp_path / "home", url).store
    assert again.catalogue(Realm.REAL).element_sets == (orbit(ISS),)
    past = again.past_import("sha256:ab", source="here", realm=Realm.REAL)
    assert past is not None
    assert (past.element_sets_new, past.ephemerides_new) == (1, 0)
    assert add(again, ephemeris()) == Added(ephemerides_new=1)
    again.close()
