"""Does ``baken screen`` write what its contract promises, the same whoever does the work?"""

import gzip
import io
import json
from pathlib import Path

import polars as pl
import pytest
from distributed import LocalCluster

from tests.cli.conftest import LONG_AGO

CONTRACT_COLUMNS = (
    "primary_norad_cat_id", "secondary_norad_cat_id", "tca_utc", "miss_distance_m", "relative_speed_m_s",
    "miss_radial_m", "miss_transverse_m", "miss_normal_m", "max_probability", "probability",
    "probability_region", "primary_age_h", "secondary_age_h",
)  # fmt: skip
CONTRACT_KEYS = {"objects", "conjunctions", "start_utc", "end_utc", "miss_threshold_m", "wall_s", "sieve"}
A_DAY = ("--start", LONG_AGO, "--days", "1")
MILLIMETRE_M = 1e-3


def test_the_csv_has_the_columns_of_the_contract(ask, invented_sky):
    told = ask("screen", "--catalogue", invented_sky, *A_DAY, "--miss-km", "20", "-o", "-")
    table = pl.read_csv(io.BytesIO(told.raw))
    assert set(CONTRACT_COLUMNS) <= set(table.columns)
    assert len(table) > 10
    assert table["tca_utc"].str.ends_with("Z").all()
    assert table["miss_distance_m"].max() < 20_000.0


def test_the_summary_is_one_document_with_the_keys_of_the_contract(ask, invented_sky):
    told = ask("--json", "screen", "--catalogue", invented_sky, *A_DAY, "-o", "found.csv")
    document = told.document()
    assert set(document) >= CONTRACT_KEYS
    assert (document["objects"], document["miss_threshold_m"]) == (300, 5_000.0)
    assert (document["start_utc"], document["end_utc"]) == (
        "2020-03-01T00:00:00.000Z", "2020-03-02T00:00:00.000Z",
    )  # fmt: skip
    assert document["conjunctions"] == len(pl.read_csv("found.csv")) == document["sieve"]["approaches"]


def test_every_form_tells_the_same_approaches(ask, invented_sky):
    for name in ("found.csv", "found.json", "found.parquet", "found.csv.gz"):
        assert ask("screen", "--catalogue", invented_sky, *A_DAY, "-o", name).code == 0
    by_csv = pl.read_csv("found.csv")
    by_parquet = pl.read_parquet("found.parquet")
    by_json = json.loads(Path("found.json").read_text())
    assert gzip.decompress(Path("found.csv.gz").read_bytes()) == Path("found.csv").read_bytes()
    assert by_csv.columns == by_parquet.columns == list(by_json[0])
    for row, other in zip(by_parquet.iter_rows(named=True), by_json, strict=True):
        assert row == other
    assert by_csv["tca_utc"].to_list() == by_parquet["tca_utc"].to_list()
    assert by_csv["miss_distance_m"].to_list() == by_parquet["miss_distance_m"].to_list()


@pytest.mark.parametrize("name", ["found.cdm", "found.xml", "found.cdm.gz"])
def test_messages_pass_the_strict_reader_and_say_which_world_they_speak_of(ask, invented_sky, name):
    summary = ask(
        "--json", "screen", "--catalogue", invented_sky, *A_DAY, "--format", "cdm", "-o", name
    ).document()
    (judged,) = ask("--json", "validate", name).document()["files"]
    assert (judged["verdict"], judged["deviations"]) == ("accepted", [])
    assert judged["format"] == ("cdm-xml" if name.endswith("xml") else "cdm-kvn")
    content = Path(name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode()
    assert text.count("REALM SIMULATED") == summary["conjunctions"] > 0


def test_a_table_can_be_asked_for_on_standard_output_and_nothing_else_is_there(ask, invented_sky):
    told = ask("screen", "--catalogue", invented_sky, *A_DAY, "-o", "-", "--format", "json")
    assert isinstance(json.loads(told.out), list)


def test_a_sky_can_come_from_standard_input(ask, invented):
    told = ask("--json", "screen", "--catalogue", "-", *A_DAY, given=gzip.compress(invented))
    assert told.document()["objects"] == 300


def test_one_worker_two_workers_and_a_cluster_find_the_same_bytes(ask, invented_sky):
    week = ("screen", "--catalogue", invented_sky, "--start", LONG_AGO, "--days", "2", "--miss-km", "10")
    assert ask(*week, "--workers", "1", "-o", "one.csv").code == 0
    assert ask(*week, "--workers", "2", "-o", "two.csv").code == 0
    with LocalCluster(
        processes=True, n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        told = ask(*week, "--cluster", cluster.scheduler_address, "-o", "cluster.csv")
    assert told.code == 0, told.err
    assert Path("one.csv").read_bytes() == Path("two.csv").read_bytes() == Path("cluster.csv").read_bytes()
    assert len(Path("one.csv").read_bytes().splitlines()) > 10


def test_a_cluster_that_does_not_answer_is_exit_4(ask, sky, monkeypatch):
    monkeypatch.setattr("baken.wiring.workers.CLUSTER_ANSWERS_WITHIN_S", 0.5)
    told = ask("screen", "--catalogue", sky, "--cluster", "tcp://127.0.0.1:9")
    assert told.code == 4
    assert told.err.startswith("baken: no Dask scheduler answered at tcp://127.0.0.1:9; ")


def test_a_primary_is_found_by_number_and_by_object_id_and_stands_first(ask, sky):
    by_number = ask("screen", "--catalogue", sky, *A_DAY, "--primary", "900002", "-o", "-")
    table = pl.read_csv(io.BytesIO(by_number.raw))
    assert set(table["primary_norad_cat_id"]) == {900_002}
    by_id = ask("screen", "--catalogue", sky, *A_DAY, "--primary", table["primary_object_id"][0], "-o", "-")
    assert by_id.raw == by_number.raw


def test_a_primary_that_is_not_there_is_named(ask, sky):
    told = ask("screen", "--catalogue", sky, "--primary", "25544")
    assert told.code == 2
    assert "--primary 25544: not in this catalogue" in told.err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--days", "0"), ("--days", "-1"), ("--days", "week"), ("--days", "inf"), ("--days", "1e9"),
        ("--days", "1e-12"), ("--miss-km", "inf"), ("--miss-km", "nan"), ("--json", "-o", "-"),
        ("--miss-km", "0"), ("--workers", "0"),
        ("--start", "yesterday"), ("--format", "pdf", "-o", "x"), ("--workers", "1", "--cluster", "tcp://x:1"),
        ("--dayz", "1"), ("--realm", "MARS"),
    ],
)  # fmt: skip
def test_a_question_put_wrongly_is_one_line_that_names_it(ask, sky, wrong):
    told = ask("screen", "--catalogue", sky, *wrong)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("baken: ")
    assert told.err.count("\n") == 1
    assert wrong[0].lstrip("-") in told.err


def test_the_answer_to_why_carries_its_world_and_its_label(ask, invented_sky):
    told = ask("--json", "screen", "--catalogue", invented_sky, *A_DAY, "-o", "found.json").code
    assert told == 0
    row = json.loads(Path("found.json").read_text())[0]
    pair = f"{row['primary_object_id']},{row['secondary_object_id']}"
    why = ask("--json", "screen", "--catalogue", invented_sky, *A_DAY, "--why", pair).document()
    assert (why["realm"], why["marking"]) == (row["realm"], row["marking"])


def test_a_named_start_is_the_start_and_nobody_says_otherwise(ask, sky):
    told = ask("--json", "screen", "--catalogue", sky, "--start", "2020-03-02T00:00:00Z", "--days", "0.1")
    assert told.document()["remarks"] == []
    assert told.document()["start_utc"] == "2020-03-02T00:00:00.000Z"


def test_an_empty_store_says_how_to_fill_it(ask):
    told = ask("screen")
    assert told.code == 2
    assert "'baken catalogue import FILE'" in told.err


def test_a_measured_size_changes_the_probability_and_is_named_as_its_source(ask, sky):
    Path("radii.csv").write_text("norad_cat_id,hard_body_radius_m\n900001,40\n900002,2.5\n5,-1\n")
    told = ask("screen", "--catalogue", sky, *A_DAY, "--radii", "radii.csv", "-o", "-")
    table = pl.read_csv(io.BytesIO(told.raw))
    assert set(table["hard_body_radius_m"]) == {42.5}
    assert set(table["hard_body_source"]) == {"size data + size data"}
    assert "radii.csv:4 hard_body_radius_m: '-1' is no radius between 0 and 1000 m" in told.err
    assert "radii.csv: 2 radii taken, 0 rows tell no size, 1 rejected" in told.err


def test_measured_sizes_stand_in_the_messages_too(ask, sky):
    Path("radii.csv").write_text("ObjectID,HBR\n900001,40\n900002,2.5\n")
    ask("screen", "--catalogue", sky, *A_DAY, "--radii", "radii.csv", "-o", "found.cdm")
    assert "HBR = 42.5 [m]" in Path("found.cdm").read_text()


def test_the_table_for_people_carries_units_and_no_wrapped_words(ask, invented_sky):
    told = ask("screen", "--catalogue", invented_sky, *A_DAY)
    assert "SIMULATED" in told.out.splitlines()[0]
    assert "km/s" in told.out
    assert "…" not in told.out


def test_a_pair_can_be_asked_why_it_was_reported_and_why_not(ask, sky):
    screened = pl.read_csv(io.BytesIO(ask("screen", "--catalogue", sky, *A_DAY, "-o", "-").raw))
    why = ("screen", "--catalogue", sky, *A_DAY, "--why")
    met = ask("--json", *why, "900001,900002").document()
    assert met["reason"] == "reported"
    pair = screened.filter(pl.col("secondary_norad_cat_id") == 900_002)
    assert abs(met["closest_m"] - pair["miss_distance_m"].min()) < MILLIMETRE_M
    apart = ask("--json", *why, "900100,900102").document()
    assert apart["reason"] == "too far"
    assert apart["closest_m"] == min(one["miss_distance_m"] for one in apart["minima"]) > 5_000.0
    told = ask(*why, "900100,900102")
    assert "too far: the closest approach is" in told.out


@pytest.mark.parametrize("pair", ["900001", "900001,900001", "900001,25544", "900001,900002,900100"])
def test_a_pair_that_is_no_pair_is_refused_in_one_line(ask, sky, pair):
    told = ask("screen", "--catalogue", sky, "--why", pair)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "--why" in told.err
