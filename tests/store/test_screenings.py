"""Is a screening kept with its table, under a name and a digest that anybody can compute again?"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from baken.errors import NoSuchRecord, UnreadableInput
from baken.operations.ports import KeptScreening, Screening
from baken.records.marking import Marking, Realm
from baken.store.bulk import table_digest, table_of
from baken.store.home import open_home
from baken.store.sql_store import SqlStore
from tests.store.nouns import HOUR_NS, LINEAGE, NOW_TAI_NS

SCREENING = Screening(
    start_tai_ns=NOW_TAI_NS,
    end_tai_ns=NOW_TAI_NS + HOUR_NS,
    miss_threshold_m=5000.0,
    picture_digest="sha256:01",
    settings=(("step_s", "120.0"),),
    sieve_account=(("perigee above apogee", 12_345_678_901), ("too far", 7)),
    marking=Marking(owner="NL", releasable_to=frozenset({"NL"})),
    lineage=LINEAGE,
)
APPROACHES = {
    "primary_norad_cat_id": np.array([5, 25544], dtype=np.int32),
    "tca_tai_ns": np.array([NOW_TAI_NS + 1, NOW_TAI_NS + 2]),
    "miss_distance_m": np.array([12.5, np.nan]),
    "probability": [None, 1e-5],
    "probability_region": ["undetermined", None],
    "is_episode": np.array([True, False]),
}
NO_ROWS: dict[str, np.ndarray] = {"miss_distance_m": np.empty(0)}


def keep(
    store: SqlStore, screening: Screening = SCREENING, *, wall_s: float = 3.0, at_tai_ns: int = 1
) -> KeptScreening:
    return store.keep_screening(screening, APPROACHES, wall_s=wall_s, at_tai_ns=at_tai_ns)


def bulk_files(tmp_path: Path) -> list[Path]:
    return [file for file in (tmp_path / "home" / "bulk").rglob("*") if file.is_file()]


def test_a_screening_comes_back_with_its_table(store: SqlStore) -> None:
    kept = keep(store)
    assert store.screenings(Realm.REAL) == (kept,)
    assert (kept.screening, kept.n_approaches, kept.wall_s) == (SCREENING, 2, 3.0)
    table = store.approaches_of(kept.screening_id, realm=Realm.REAL)
    assert table.columns == list(APPROACHES)
    assert table.equals(table_of(APPROACHES))


def test_the_same_screening_is_kept_once_however_long_it_took(store: SqlStore, tmp_path: Path) -> None:
    first = keep(store)
    assert keep(store, wall_s=99.0, at_tai_ns=2) == first
    assert len(store.screenings(Realm.REAL)) == len(bulk_files(tmp_path)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"end_tai_ns": SCREENING.end_tai_ns + 1},
        {"miss_threshold_m": 4999.0},
        {"settings": ()},
        {"sieve_account": ()},
        {"picture_digest": "sha256:02"},
        {"marking": Marking()},
        {"realm": Realm.TEST},
    ],
)
def test_whatever_was_asked_otherwise_is_another_screening(tmp_path: Path, change: dict[str, object]) -> None:
    store = open_home(tmp_path / "home").store
    assert keep(store).screening_id != keep(store, replace(SCREENING, **change)).screening_id  # type: ignore[arg-type]
    store.close()


def test_screenings_of_two_worlds_stay_apart(store: SqlStore) -> None:
    kept = keep(store, replace(SCREENING, realm=Realm.EXERCISE))
    assert store.screenings(Realm.REAL) == ()
    with pytest.raises(NoSuchRecord, match="no REAL screening"):
        store.approaches_of(kept.screening_id, realm=Realm.REAL)


def test_a_screening_that_found_nothing_is_kept_too(store: SqlStore) -> None:
    kept = store.keep_screening(SCREENING, NO_ROWS, wall_s=1.0, at_tai_ns=1)
    assert store.approaches_of(kept.screening_id, realm=Realm.REAL).shape == (0, 1)


@pytest.mark.parametrize("harm", ["removed", "cut short", "exchanged"])
def test_a_table_that_is_not_what_was_kept_is_refused(store: SqlStore, tmp_path: Path, harm: str) -> None:
    kept = keep(store)
    (file,) = bulk_files(tmp_path)
    if harm == "removed":
        file.unlink()
    elif harm == "cut short":
        file.write_bytes(file.read_bytes()[:-9])
    else:
        table_of(NO_ROWS).write_parquet(file)
    with pytest.raises(UnreadableInput, match="screen again"):
        store.approaches_of(kept.screening_id, realm=Realm.REAL)


def test_the_digest_of_a_table_is_that_of_its_values_and_not_of_its_file() -> None:
    table = table_of(APPROACHES)
    in_pieces = pl.concat([table[:1], table[1:]], rechunk=False)
    assert table_digest(in_pieces) == table_digest(table)
    other_nan = {**APPROACHES, "miss_distance_m": np.array([12.5, -np.nan])}
    assert table_digest(table_of(other_nan)) == table_digest(table)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("miss_distance_m", [12.5, 0.0]),
        ("probability", [0.0, 1e-5]),
        ("probability_region", ["undetermine", "d"]),
        ("probability_region", ["undetermined", ""]),
        ("is_episode", [True, None]),
        ("primary_norad_cat_id", [25544, 5]),
    ],
)
def test_the_digest_of_a_table_sees_every_change(name: str, values: list[object]) -> None:
    assert table_digest(table_of({**APPROACHES, name: values})) != table_digest(table_of(APPROACHES))


@pytest.mark.parametrize(
    "columns",
    [{"a_m": [1.0], "b_m": [1.0, 2.0]}, {"when": [np.datetime64("2026-01-01")]}, {"odd": [object()]}],
)
def test_columns_that_make_no_table_are_refused(columns: dict[str, list[object]]) -> None:
    with pytest.raises(ValueError, match="columns"):
        table_of(columns)
