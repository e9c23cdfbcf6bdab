"""Is a plan screened as what it is, against all others, and a what-if kept for its owner alone?"""

import io
import json
from pathlib import Path

import polars as pl
import pytest

from baken.astro.time import tai_ns_from_utc
from baken.formats.sniff import writer_of
from baken.operations.export_ephemeris import propagated
from baken.records.catalogue import Choice
from baken.records.event import Window
from tests.cli.conftest import LONG_AGO, LONG_AGO_TAI_NS
from tests.makers import DAY_NS, crossing_pair

A_DAY = ("--start", LONG_AGO, "--days", "1")
# Rows through which a reader draws polynomials, and states that SGP4 gives, are the same to this.
INTERPOLATED_M = 1.0


@pytest.fixture
def oem(tmp_path: Path) -> str:
    """The first of the crossing pair as a table of states, ``plan.oem``."""
    first, _ = crossing_pair(epoch_tai_ns=LONG_AGO_TAI_NS)
    window = Window(start_tai_ns=LONG_AGO_TAI_NS, end_tai_ns=LONG_AGO_TAI_NS + DAY_NS)
    choice = Choice(chosen=first, because="made for a test")
    made = propagated(choice, window, step_s=60.0, originator="OPERATOR", at_tai_ns=LONG_AGO_TAI_NS)
    (tmp_path / "plan.oem").write_bytes(writer_of("oem-kvn")([made]))
    return "plan.oem"


def table_of(told) -> pl.DataFrame:
    assert told.code == 0, told.err
    return pl.read_csv(io.BytesIO(told.raw))


def test_an_ephemeris_of_its_own_elements_meets_whom_the_elements_meet(ask, sky, oem):
    by_elements = table_of(ask("screen", "--catalogue", sky, *A_DAY, "--primary", "900001", "-o", "-"))
    by_table = table_of(ask("screen", "--catalogue", sky, *A_DAY, "--ephemeris", oem, "-o", "-"))
    assert len(by_table) == len(by_elements) > 0
    assert by_table["primary_norad_cat_id"].to_list() == by_elements["primary_norad_cat_id"].to_list()
    assert by_table["secondary_norad_cat_id"].to_list() == by_elements["secondary_norad_cat_id"].to_list()
    off_m = (by_table["miss_distance_m"] - by_elements["miss_distance_m"]).abs().max()
    assert off_m < INTERPOLATED_M


def test_the_object_itself_is_left_out_and_what_is_not_known_is_not_given(ask, sky, oem):
    told = ask("--json", "screen", "--catalogue", sky, "--ephemeris", oem).document()
    (plan,) = told["plans"]
    assert (plan["norad_cat_id"], plan["standing"], plan["covariance"]) == (
        900_001, "DEFINITIVE", "none given",
    )  # fmt: skip
    assert told["left_out_object_ids"] == [plan["object_id"]]
    assert (told["start_utc"], told["end_utc"]) == (plan["start_utc"], plan["end_utc"])
    table = table_of(ask("screen", "--catalogue", sky, "--ephemeris", oem, "-o", "-"))
    assert table["probability"].null_count() == len(table)
    assert set(table["probability_covariance"]) == {"none given + estimated"}
    assert set(table["standing"]) == {"DEFINITIVE"}


def with_covariance(text: str, sigma_km: float) -> str:
    """Return an OEM with a covariance in RTN at its start, every five minutes for forty."""
    variance = sigma_km**2
    blocks = []
    for minute in range(0, 45, 5):
        rows = [
            " ".join(f"{variance if row == column < 3 else (1e-10 if row == column else 0.0):.6e}"
                     for column in range(row + 1))
            for row in range(6)
        ]  # fmt: skip
        blocks += [f"EPOCH = 2020-03-01T00:{minute:02d}:00", "COV_REF_FRAME = RTN", *rows]
    return text.rstrip("\n") + "\nCOVARIANCE_START\n" + "\n".join(blocks) + "\nCOVARIANCE_STOP\n"


def test_a_given_covariance_is_used_and_named_and_not_beyond_its_last(ask, sky, oem):
    found = {}
    for sigma_km in (0.05, 0.5):
        Path("known.oem").write_text(with_covariance(Path(oem).read_text(), sigma_km))
        told = ask("screen", "--catalogue", sky, *A_DAY, "--ephemeris", "known.oem", "-o", "-")
        found[sigma_km] = table_of(told)
        assert set(found[sigma_km]["probability_covariance"]) == {"ephemeris + estimated"}
    first = [table.row(0, named=True) for table in found.values()]
    assert first[0]["tca_utc"] < "2020-03-01T00:40"
    assert first[0]["probability"] > first[1]["probability"] > 0.0
    late = found[0.05].filter(pl.col("tca_utc") > "2020-03-01T00:46")
    assert late["probability"].null_count() == len(late)


@pytest.mark.parametrize("how", ["option", "comment"])
def test_a_what_if_says_so_everywhere_and_is_for_its_owner_alone(ask, sky, oem, how):
    if how == "comment":
        text = Path(oem).read_text()
        Path(oem).write_text(text.replace("META_STOP\n", "META_STOP\nCOMMENT hypothetical: what if\n", 1))
    option = ("--hypothetical",) if how == "option" else ()
    asked = ("screen", "--catalogue", sky, "--ephemeris", oem, *option)
    assert "HYPOTHETICAL" in ask(*asked).out
    document = ask("--json", *asked).document()
    assert (document["standing"], document["marking"]) == ("HYPOTHETICAL", "owner only")
    for name in ("found.csv", "found.json", "found.parquet"):
        assert ask(*asked, "-o", name).code == 0
    for table in (pl.read_csv("found.csv"), pl.read_parquet("found.parquet")):
        assert set(table["standing"]) == {"HYPOTHETICAL"}
        assert set(table["marking"]) == {"owner only"}
    assert {row["standing"] for row in json.loads(Path("found.json").read_text())} == {"HYPOTHETICAL"}


@pytest.mark.parametrize("form", ["cdm", "cdm-xml"])
def test_a_what_if_is_never_written_as_a_message(ask, sky, oem, form):
    told = ask(
        "screen", "--catalogue", sky, "--ephemeris", oem, "--hypothetical", "--format", form, "-o", "x.cdm"
    )
    assert told.code == 3
    assert "HYPOTHETICAL plans are for their owner alone" in told.err
    assert not Path("x.cdm").exists()


def test_a_burn_of_nothing_changes_nothing_and_a_burn_moves_the_approach(ask, sky):
    by_elements = table_of(ask("screen", "--catalogue", sky, *A_DAY, "--primary", "900001", "-o", "-"))
    burns = ("--burn", f"{LONG_AGO} 0,0,0", "--burn", "2020-03-01T00:05:00Z 0,1,0 m/s")
    asked = ("screen", "--catalogue", sky, *A_DAY, "--primary", "900001", *burns)
    table = table_of(ask(*asked, "-o", "-"))
    still = table.filter(pl.col("primary_motion").str.contains("0,0,0"))
    for column in ("tca_utc", "miss_distance_m", "probability", "secondary_norad_cat_id"):
        assert still[column].to_list() == by_elements[column].to_list()
    moved = table.filter(pl.col("primary_motion").str.contains("0,1,0"))
    assert moved["miss_distance_m"][0] > still["miss_distance_m"][0] + 100.0
    assert set(table["standing"]) == {"HYPOTHETICAL"}


def test_two_plans_of_one_object_do_not_meet_each_other(ask, sky, oem):
    twice = ("--ephemeris", oem, "--ephemeris", "again.oem")
    Path("again.oem").write_bytes(Path(oem).read_bytes())
    table = table_of(ask("screen", "--catalogue", sky, *A_DAY, *twice, "-o", "-"))
    assert set(table["secondary_norad_cat_id"]) == {900_002}
    assert sorted(set(table["primary_motion"])) == ["again.oem", oem]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--burn", "2020-03-01T00:00:00Z 0,1,0"), "--primary"),
        (("--primary", "900001", "--burn", "tomorrow 0,1,0"), "--burn"),
        (("--primary", "900001", "--burn", "2020-03-01T00:00:00Z 1"), "radial, transverse, normal"),
        (("--primary", "900001", "--burn", "2020-05-01T00:00:00Z 0,1,0"), "earlier"),
        (("--ephemeris", "sky.csv"), "it holds no ephemeris"),
        (("--ephemeris", "absent.oem"), "absent.oem"),
    ],
)
def test_a_plan_that_is_none_is_refused_in_one_line(ask, sky, wrong, said):
    told = ask("screen", "--catalogue", sky, *wrong)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert said in told.err


def test_an_unknown_frame_or_centre_is_named(ask, sky, oem):
    text = Path(oem).read_text()
    for was, is_now in (
        ("REF_FRAME = GCRF", "REF_FRAME = MOD"),
        ("CENTER_NAME = EARTH", "CENTER_NAME = MOON"),
    ):
        Path("odd.oem").write_text(text.replace(was, is_now))
        told = ask("screen", "--catalogue", sky, "--ephemeris", "odd.oem")
        assert told.code == 2
        assert is_now.split(" = ")[1] in told.err


def test_the_span_asked_for_is_the_span_looked_at(ask, sky, oem):
    told = ask("--json", "screen", "--catalogue", sky, *A_DAY[:2], "--days", "0.25", "--ephemeris", oem)
    document = told.document()
    assert tai_ns_from_utc(document["end_utc"]) - tai_ns_from_utc(document["start_utc"]) == DAY_NS // 4
