"""Can one ask what broke up, and is it told to a person, to a script and in a drawing?"""

from pathlib import Path

import numpy as np
import pytest

from baken.formats.omm_json import write
from tests.assess.fragmentation.made_breakups import AFTER_TAI_NS, ball_of_kicks, kicked, moved_on, parent
from tests.makers import element_set


@pytest.fixture
def skies(tmp_path):
    """Write a catalogue of before and one of after a made breakup."""
    rng = np.random.default_rng(21)
    before = [parent(), *(element_set(920_001 + row, raan_rad=row, realm=parent().realm) for row in range(9))]
    pieces = kicked(parent(), ball_of_kicks(20, 40.0, rng), rng)
    after = [*(moved_on(es, AFTER_TAI_NS) for es in before[1:]), *pieces]
    (tmp_path / "before.json").write_bytes(write(before))
    (tmp_path / "after.json").write_bytes(write(after))


def test_a_breakup_between_two_catalogues_is_told_to_a_script(ask, skies):
    document = ask(
        "fragmentation", "detect", "before.json", "after.json", "--realm", "TEST", "--json"
    ).document()
    (breakup,) = document["breakups"]
    assert breakup["measures"]["parent_norad_cat_id"] == 900_100
    assert breakup["realm"] == "TEST"
    assert document["account"]["shown"] == 1


def test_catalogues_in_the_wrong_order_are_refused_in_one_line(ask, skies):
    told = ask("fragmentation", "detect", "after.json", "before.json")
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert "BEFORE and then AFTER" in told.err


def test_an_analysis_names_parent_kicks_and_kinds_and_draws_them(ask, skies):
    told = ask(
        "fragmentation", "analyse", "after.json", "--before", "before.json", "--plot", "a.svg",
        "--page", "a.pdf", "--asset", "920001",
    )  # fmt: skip
    assert told.code == 0, told.err
    for word in ("900100 MADE PARENT", "no longer in the catalogue", "kicks", "not calibrated", "920001"):
        assert word in told.out
    assert Path("a.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert Path("a.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_a_page_that_is_no_pdf_is_refused_before_anything_is_computed(ask, skies):
    told = ask("fragmentation", "analyse", "after.json", "--page", "a.txt")
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert "end the name in .pdf" in told.err


def test_a_script_reads_the_risk_of_shells_and_named_objects_as_ranges(ask, skies):
    words = ("after.json", "--before", "before.json", "--asset", "920001", "--json")
    risk = ask("fragmentation", "analyse", *words).document()["risk"]
    assert risk["area_m2"] == 10.0
    for one in (*risk["shells"], *risk["assets"]):
        ends = one["collisions_a_year"]
        assert 0.0 <= ends["low"] <= ends["median"] <= ends["high"]
    assert [one["norad_cat_id"] for one in risk["assets"]] == [920_001]


def test_a_parent_that_is_in_no_file_is_refused_with_its_number(ask, skies):
    told = ask("fragmentation", "analyse", "after.json", "--before", "before.json", "--parent", "77")
    assert told.code == 2
    assert "--parent 77" in told.err


def test_of_a_launch_that_is_new_the_stage_is_a_candidate_and_no_piece(ask, tmp_path):
    rng = np.random.default_rng(21)
    before = [element_set(920_001 + row, raan_rad=row, realm=parent().realm) for row in range(9)]
    stage = moved_on(parent(), AFTER_TAI_NS)
    pieces = kicked(parent(), ball_of_kicks(20, 40.0, rng), rng)
    (tmp_path / "before.json").write_bytes(write(before))
    (tmp_path / "after.json").write_bytes(write([*before, stage, *pieces]))
    words = ("after.json", "--before", "before.json", "--launch", "2001-011", "--json")
    document = ask("fragmentation", "analyse", *words).document()
    assert document["candidates"][0]["norad_cat_id"] == 900_100
    assert 900_100 not in [one["norad_cat_id"] for one in document["pieces"]]


def test_pieces_that_gather_nowhere_are_told_so_to_a_person_and_a_script(ask, tmp_path):
    rng = np.random.default_rng(4)
    strewn = [
        element_set(
            930_001 + row,
            raan_rad=rng.uniform(0.0, 6.2),
            mean_anomaly_rad=rng.uniform(0.0, 6.2),
            inclination_rad=rng.uniform(0.5, 1.5),
            mean_motion_rad_s=rng.uniform(0.98e-3, 1.04e-3),
        )
        for row in range(12)
    ]
    (tmp_path / "strewn.json").write_bytes(write(strewn))
    told = ask("fragmentation", "analyse", "strewn.json", "--page", "a.pdf")
    assert told.code == 0, told.err
    assert "when and where they parted cannot be told" in " ".join(told.out.split())
    assert "the planes of the 12 steadiest pieces cross between" in " ".join(told.out.split())
    assert "nan" not in told.out.split()
    document = ask("fragmentation", "analyse", "strewn.json", "--json").document()
    assert (document["is_timed"], document["told_kind"]) == (False, None)
