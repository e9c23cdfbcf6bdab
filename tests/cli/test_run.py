"""Does a turn of the watch tell the same story twice, in the right world, and in one language?"""

import re
import shutil

import pytest

from baken.report.words import WORDS

DAYS = ("--days", "2")
KEYS = {"realm", "as_of_utc", "start_utc", "end_utc", "data", "attention", "watched", "remarks", "took_s"}


@pytest.fixture(scope="module")
def words_of_one_language():
    """Words that only an English reader would write."""
    english = {word for pair in WORDS.values() for word in re.findall(r"[a-z]{4,}", pair[0].lower())}
    dutch = {word for pair in WORDS.values() for word in re.findall(r"[a-z]{4,}", pair[1].lower())}
    return english - dutch


def test_the_brief_is_one_document(ask, invented_sky):
    told = ask("--json", "run", "--once", "--catalogue", invented_sky, *DAYS)
    document = told.document()
    assert set(document) == KEYS
    assert (document["realm"], document["data"]["objects"]) == ("SIMULATED", 300)
    assert document["watched"][0]["account"]["approaches"] == document["watched"][0]["seen"] > 0


def test_a_second_turn_on_the_same_sky_gives_the_same_events_and_digests(ask, sky):
    first = ask("--json", "run", "--once", "--catalogue", sky, *DAYS).document()
    second = ask("--json", "run", "--once", "--catalogue", sky, *DAYS).document()
    assert first["attention"] == second["attention"]
    assert len(first["attention"]) > 0
    assert {"event_id", "digest", "kind", "miss_distance_m", "max_probability"} <= set(first["attention"][0])
    assert {event["kind"] for event in first["attention"]} == {"CJ"}


def test_another_home_gives_the_same_events_and_digests(ask, sky, tmp_path):
    first = ask("--json", "run", "--once", "--catalogue", sky, *DAYS).document()
    shutil.rmtree(tmp_path / "home")
    again = ask("--json", "run", "--once", "--catalogue", sky, *DAYS).document()
    assert [event["digest"] for event in first["attention"]] == [e["digest"] for e in again["attention"]]


def test_events_can_be_listed_and_shown_under_their_names(ask, sky):
    brief = ask("--json", "run", "--once", "--catalogue", sky, *DAYS).document()
    listed = ask("--json", "event", "list").document()
    assert {event["event_id"] for event in listed["listed"]} == {e["event_id"] for e in brief["attention"]}
    name = brief["attention"][0]["event_id"]
    shown = ask("--json", "event", "show", name.lower()).document()
    assert shown["digest"] == brief["attention"][0]["digest"]
    assert [kept["digest"] for kept in shown["history"]] == [shown["digest"]]
    told = ask("event", "show", name)
    assert "miss" in told.out
    assert " km/s" in told.out
    assert "may be seen by" in told.out


def test_an_event_that_nobody_named_is_exit_2(ask):
    assert ask("event", "show", "NL-CJ26-0001").code == 2
    told = ask("event", "show", "the-big-one")
    assert (told.code, told.err.count("\n")) == (2, 1)


def test_an_invented_event_cannot_pass_for_a_real_one(ask, invented_sky):
    wide = ("--days", "7")
    brief = ask("--json", "run", "--once", "--catalogue", invented_sky, *wide).document()
    assert all(event["realm"] == "SIMULATED" for event in brief["attention"])
    assert all(event["event_id"].startswith("SIM-") for event in brief["attention"])
    assert ask("--json", "event", "list").document()["events"] == 0
    assert ask("--json", "event", "list", "--realm", "SIMULATED").document()["events"] == len(
        brief["attention"]
    )


def test_a_stored_sky_is_watched_in_its_own_world(ask, sky, invented_sky):
    assert ask("catalogue", "import", sky, invented_sky).code == 0
    real = ask("--json", "run", "--once", *DAYS).document()
    unreal = ask("--json", "run", "--once", "--realm", "SIMULATED", *DAYS).document()
    assert (real["realm"], real["data"]["objects"]) == ("REAL", 5)
    assert (unreal["realm"], unreal["data"]["objects"]) == ("SIMULATED", 300)


def test_a_world_of_which_nothing_is_stored_is_not_replaced_by_another(ask, invented_sky):
    ask("catalogue", "import", invented_sky)
    told = ask("run", "--once", "--realm", "EXERCISE")
    assert told.code == 2
    assert "holds no EXERCISE element sets" in told.err
    told = ask("run", "--once", "--realm", "REAL")
    assert told.code == 2


def test_two_worlds_are_never_laid_side_by_side(ask, sky, invented_sky):
    told = ask("screen", "--catalogue", sky, "--catalogue", invented_sky)
    assert told.code == 2
    assert told.err.count("\n") == 1
    assert "REAL" in told.err
    assert "SIMULATED" in told.err


def test_progress_stands_on_standard_error_and_can_be_silenced(ask, sky):
    assert ask("--json", "--quiet", "run", "--once", "--catalogue", sky, *DAYS).err == ""
    assert ask("run", "--once", "--catalogue", sky, *DAYS, "-q", "--json").document()["realm"] == "REAL"


def test_every_phrase_is_there_in_both_languages():
    for name, (english, dutch) in WORDS.items():
        assert english, name
        assert dutch, name
        assert re.findall(r"{(\w+)}", english) == re.findall(r"{(\w+)}", dutch), name


def test_a_dutch_brief_has_no_english_in_it(ask, sky, words_of_one_language):
    told = ask("--language", "nl", "run", "--once", "--catalogue", sky, *DAYS)
    assert "Overzicht" in told.out
    kept_as_they_were = r"(?s:Aangenomen:.*?)Mag gezien|MADE \d+|estimate ≥[^\n]*|in company[^\n]*"
    ours = re.sub(kept_as_they_were, "", told.out)
    assert "doorzocht" in ours
    found = set(re.findall(r"[a-z]{4,}", ours.lower())) & words_of_one_language
    assert found == set()


def test_a_language_that_nobody_speaks_here_is_refused(ask):
    told = ask("--language", "fr", "run")
    assert (told.code, "--language is one of en, nl" in told.err) == (2, True)


def test_radii_are_taken_by_the_watch_too(ask, sky, tmp_path):
    (tmp_path / "radii.csv").write_text("norad_cat_id,hard_body_radius_m\n900001,40\n900002,2\n")
    brief = ask("--json", "run", "--once", "--catalogue", sky, *DAYS, "--radii", "radii.csv").document()
    pair = {event["hard_body_radius_m"] for event in brief["attention"]}
    assert pair == {42}
