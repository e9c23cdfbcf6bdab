"""Does the stored catalogue keep worlds apart, hand on what it was given, and stay off the network?"""

import gzip
import json
from pathlib import Path

import pytest

from baken.wiring.networks import KILL_SWITCH
from tests.makers import element_set


def test_an_import_says_what_it_changed_and_the_second_changes_nothing(ask, sky):
    first = ask("--json", "catalogue", "import", sky).document()
    assert set(first) >= {"files", "objects", "element_sets"}
    assert set(first["files"][0]) >= {"path", "format", "read", "accepted", "rejected"}
    assert (first["objects"], first["element_sets"], first["files"][0]["rejected"]) == (5, 5, [])
    second = ask("--json", "catalogue", "import", sky).document()
    assert (second["objects"], second["element_sets"], second["already_known"]) == (0, 0, 5)


def test_two_sources_are_kept_side_by_side(ask, sky):
    ask("catalogue", "import", sky, "--source", "ALFA")
    ask("catalogue", "import", sky, "--source", "BRAVO")
    shown = ask("--json", "catalogue", "show", "900001").document()
    assert {one["originator"] for one in shown["element_sets"]} == {"ALFA", "BRAVO"}
    assert ask("--json", "catalogue", "list").document()["objects"] == 5


def test_an_object_is_found_by_number_and_object_id_and_a_stranger_is_not(ask, sky):
    ask("catalogue", "import", sky)
    by_number = ask("--json", "catalogue", "show", "900001").document()
    assert ask("--json", "catalogue", "show", by_number["object_id"]).document() == by_number
    told = ask("catalogue", "show", "25544")
    assert told.code == 2
    assert told.err.startswith("baken: no REAL object is known as 25544; ")


def test_a_list_can_be_narrowed(ask, sky):
    ask("catalogue", "import", sky)
    assert ask("--json", "catalogue", "list", "--regime", "leo").document()["objects"] == 5
    assert ask("--json", "catalogue", "list", "--regime", "GEO").document()["objects"] == 0
    assert ask("--json", "catalogue", "list", "--name", "made 90000").document()["objects"] == 2
    listed = ask("--json", "catalogue", "list", "--limit", "2").document()
    assert (listed["objects"], len(listed["listed"])) == (5, 2)
    assert ask("catalogue", "list", "--regime", "moon").code == 2


@pytest.mark.parametrize("format_name", ["omm-csv", "omm-json", "omm-xml", "omm-kvn", "3le"])
def test_what_is_exported_is_what_was_imported(ask, tmp_path, format_name):
    from baken.operations.export_catalogue import text_of

    (tmp_path / "sky.csv").write_bytes(text_of([element_set(10_001), element_set(10_002)], "omm-csv"))
    ask("catalogue", "import", "sky.csv")
    assert ask("catalogue", "export", "--format", format_name, "-o", "out.gz").code == 0
    assert gzip.decompress(Path("out.gz").read_bytes())
    ask("catalogue", "export", "--format", format_name, "-o", "out")
    assert ask("validate", "out").code == 0
    ask("convert", "out", "--format", "omm-csv", "-o", "back.csv")
    told = ask("--home", str(tmp_path / "other"), "--json", "catalogue", "import", "back.csv").document()
    assert (told["objects"], told["files"][0]["rejected"]) == (2, [])
    assert ask("validate", "out", "sky.csv").code == 0


@pytest.mark.parametrize("format_name", ["omm-csv", "omm-json", "omm-xml", "omm-kvn"])
def test_an_invented_sky_stays_invented_through_every_door(ask, format_name):
    made = ask(
        "catalogue", "simulate", "-o", "sky", "--objects", "20", "--epoch", "2020-03-01T00:00:00Z",
        "--format", format_name,
    )  # fmt: skip
    assert made.code == 0, made.err
    screened = ask("--json", "screen", "--catalogue", "sky", "--days", "0.05").document()
    watched = ask("--json", "run", "--once", "--catalogue", "sky", "--days", "0.05").document()
    assert (screened["realm"], watched["realm"]) == ("SIMULATED", "SIMULATED")
    ask("catalogue", "import", "sky")
    assert ask("--json", "catalogue", "list").document()["objects"] == 0
    assert ask("--json", "catalogue", "list", "--realm", "SIMULATED").document()["objects"] == 20
    ask("catalogue", "export", "--realm", "SIMULATED", "--format", format_name, "-o", "exported")
    assert (
        ask("--json", "screen", "--catalogue", "exported", "--days", "0.05").document()["realm"]
        == "SIMULATED"
    )
    ask("convert", "sky", "--format", "omm-json", "-o", "converted.json")
    again = ask("--json", "screen", "--catalogue", "converted.json", "--days", "0.05").document()
    assert again["realm"] == "SIMULATED"


def test_no_world_but_the_real_one_is_written_where_there_is_no_room_for_its_name(ask, invented_sky):
    ask("catalogue", "import", invented_sky)
    told = ask("catalogue", "export", "--realm", "SIMULATED", "--format", "3le", "-o", "out.3le")
    assert told.code == 2
    assert told.err == "baken: 3le has no room to say SIMULATED; write an OMM format instead\n"
    told = ask("convert", invented_sky, "-o", "out.3le")
    assert told.code == 2
    assert "3le has no room to say SIMULATED" in told.err
    told = ask("catalogue", "simulate", "-o", "out.3le", "--format", "3le", "--objects", "3")
    assert told.code == 2
    assert not Path("out.3le").exists()


def test_an_invented_file_cannot_be_passed_off_as_real(ask, invented_sky):
    told = ask("catalogue", "import", invented_sky, "--realm", "REAL")
    assert told.code == 2
    assert "says SIMULATED, not REAL" in told.err


def test_a_file_can_be_put_into_an_exercise(ask, sky):
    ask("catalogue", "import", sky, "--realm", "EXERCISE")
    assert ask("--json", "catalogue", "list").document()["objects"] == 0
    brief = ask("--json", "run", "--once", "--realm", "EXERCISE", "--days", "0.2").document()
    assert brief["realm"] == "EXERCISE"
    assert all(event["event_id"].startswith("EXER-") for event in brief["attention"])


def test_the_same_seed_and_epoch_give_the_same_invented_sky(ask):
    simulate = ("catalogue", "simulate", "--objects", "50", "--seed", "7", "--epoch", "2020-03-01T00:00:00Z")
    assert ask(*simulate, "-o", "-").raw == ask(*simulate, "-o", "-").raw != b""


def test_json_and_another_document_do_not_share_standard_output(ask, sky):
    ask("catalogue", "import", sky)
    told = ask("--json", "catalogue", "export", "--format", "omm-csv")
    assert (told.code, told.out) == (2, "")
    assert json.loads(ask("--json", "catalogue", "export", "--format", "omm-json").out)


def test_the_kill_switch_stops_a_fetch_before_it_begins(ask, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / KILL_SWITCH).touch()
    told = ask("catalogue", "fetch", "--contact", "ops@example.org")
    assert told.code == 3
    assert told.err.count("\n") == 1
    assert KILL_SWITCH in told.err


def test_the_kill_switch_holds_for_the_watch_and_for_a_resumed_feed(ask, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / KILL_SWITCH).touch()
    assert ask("run", "--once", "--allow-network", "--contact", "ops@example.org").code == 3
    assert ask("catalogue", "fetch", "--contact", "ops@example.org", "--resume").code == 3


def test_nothing_is_fetched_for_somebody_who_gives_no_name(ask):
    told = ask("catalogue", "fetch")
    assert told.code == 2
    assert "--contact" in told.err
    assert ask("catalogue", "fetch", "--contact", " ").code == 2


def test_what_is_imported_gets_the_label_that_was_asked(ask, sky):
    ask("node", "NL")
    label = ("--releasable-to", "DE", "--label", "TLP:AMBER")
    assert ask("catalogue", "import", sky, *label).code == 0
    number = ask("--json", "catalogue", "list").document()["listed"][0]["norad_cat_id"]
    (kept,) = ask("--json", "catalogue", "show", str(number)).document()["element_sets"]
    assert kept["marking"] == "NL: DE; TLP:AMBER"
    refused = ask("catalogue", "import", sky, "--label", "CLASS:NL/KING")
    assert (refused.code, "there is no classification" in refused.err) == (2, True)
