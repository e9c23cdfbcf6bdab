"""Do the doors say what they mean: which format, which object, which node?"""

import json

import pytest

from baken.cli.main import answer
from baken.formats.sniff import writer_of
from tests.makers import crossing_pair, element_set


@pytest.fixture
def sky(tmp_path):
    path = tmp_path / "sky.csv"
    company = element_set(900_003), element_set(900_004)
    path.write_bytes(writer_of("omm-csv")((*crossing_pair(), *company)))
    return str(path)


def said(capsys, *words):
    code = answer([str(word) for word in words])
    return code, capsys.readouterr()


def test_an_ending_that_tells_no_format_is_refused_before_the_work(sky, tmp_path, capsys):
    code, told = said(capsys, "screen", "--catalogue", sky, "-o", tmp_path / "out.zzz")
    assert code == 2
    assert "--format" in told.err


def test_a_place_that_cannot_be_written_is_refused_before_the_work(sky, tmp_path, capsys):
    code, told = said(capsys, "screen", "--catalogue", sky, "-o", tmp_path / "nowhere" / "out.csv")
    assert code == 2
    assert told.err.count("\n") == 1


def test_zeros_before_a_catalogue_number_do_not_matter(sky, tmp_path, capsys):
    window = ("--start", "2026-03-01T00:00:00Z", "--days", "0.1")
    code, told = said(capsys, "--json", "screen", "--catalogue", sky, "--primary", "0900001", *window)
    assert code == 0
    assert json.loads(told.out)["conjunctions"] > 0


def test_who_flies_in_company_gets_no_two_dimensional_probability(sky, tmp_path, capsys):
    output = tmp_path / "out.json"
    window = ("--start", "2026-03-01T00:00:00Z", "--days", "0.1")
    said(capsys, "screen", "--catalogue", sky, *window, "-o", output)
    company = [row for row in json.loads(output.read_text()) if row["in_company"]]
    assert company
    assert {row["probability"] for row in company} == {row["max_probability"] for row in company} == {None}
    assert {row["probability_region"] for row in company} == {"undetermined"}


def test_a_node_that_was_named_names_its_events(sky, tmp_path, capsys):
    words = ("--json", "--home", tmp_path / "home", "run", "--once", "--catalogue", sky, "--days", "0.1")
    code, told = said(capsys, *words, "--node", "NL")
    assert code == 0
    assert {event["event_id"][:5] for event in json.loads(told.out)["attention"]} == {"NL-CJ"}


@pytest.mark.parametrize("name", ["SIM", "EXER", "TEST", "nl", "N"])
def test_a_real_node_is_not_named_like_an_unreal_world(name, sky, tmp_path, capsys):
    words = (
        "--home",
        tmp_path / "home",
        "run",
        "--once",
        "--catalogue",
        sky,
        "--days",
        "0.1",
        "--node",
        name,
    )
    code, told = said(capsys, *words)
    assert code == 2
    assert told.err.startswith("baken: ")
