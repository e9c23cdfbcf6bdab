"""Is CelesTrak asked as it wants to be asked, and is what it says understood?"""

import pytest

from baken.errors import OutsideServiceFailed, RefusedByPolicy, WrongUsage
from baken.feeds.answers import Format
from baken.feeds.budget import BudgetSpent
from baken.feeds.celestrak import SelectBy, gp_query, supgp_query
from tests.feeds.conftest import HandClock, Home
from tests.feeds.strict_service import PAGE, CelesTrakRules, Reply

HOUR_S = 3600.0
ALREADY_GIVEN = (
    b"GP data has not updated since your last successful\n"
    b"download of GROUP=active at 2026-03-27 08:11:36 UTC.\nData is updated once every 2 hours.\n"
)


def test_a_new_answer_is_given_with_all_there_is_to_know_of_it(home: Home, celestrak_url: str) -> None:
    fetched = home.celestrak(celestrak_url).newest_catalogue()
    assert fetched.content.startswith(b"OBJECT_NAME,NORAD_CAT_ID")
    assert not fetched.from_cache
    assert not fetched.because
    assert fetched.age_s == 0.0
    assert fetched.query_class == "gp"
    assert fetched.etag == '"v1"'
    assert fetched.digest.startswith("sha256:")


def test_a_request_says_who_asks_and_whom_to_write_to(
    home: Home, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    home.celestrak(celestrak_url).newest_catalogue()
    agent = celestrak_rules.requests[0].header("User-Agent")
    assert agent.startswith("Baken/")
    assert agent.endswith("(+ops@example.org)")


def test_within_two_hours_the_kept_answer_serves_with_its_age(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    home.celestrak(celestrak_url).newest_catalogue()
    clock.advance(1.5 * HOUR_S)
    again = home.celestrak(celestrak_url).newest_catalogue()
    assert (again.from_cache, again.age_s) == (True, 1.5 * HOUR_S)
    assert len(celestrak_rules.requests) == 1


def test_an_unchanged_version_is_not_sent_twice(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    first = home.celestrak(celestrak_url).newest_catalogue()
    clock.advance(3 * HOUR_S)
    second = home.celestrak(celestrak_url).newest_catalogue()
    assert celestrak_rules.requests[1].header("If-None-Match") == '"v1"'
    assert second.content == first.content
    assert second.because == "the service says that it has not changed"
    assert second.age_s == 3 * HOUR_S
    assert second.checked_at_tai_ns == clock.now_tai_ns


def test_a_changed_version_replaces_the_kept_one(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    home.celestrak(celestrak_url).newest_catalogue()
    clock.advance(3 * HOUR_S)
    celestrak_rules.version = 2
    fetched = home.celestrak(celestrak_url).newest_catalogue()
    assert b"SAT 2" in fetched.content
    assert fetched.age_s == 0.0
    assert len(list((home.feeds / "celestrak" / "answers").glob("*.body"))) == 1


def test_another_format_of_the_same_selection_is_refused_until_the_two_hours_are_over(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    feed = home.celestrak(celestrak_url)
    feed.gp(SelectBy.GROUP, "active")
    with pytest.raises(BudgetSpent, match="the next request may go at 20") as refusal:
        feed.gp(SelectBy.GROUP, "ACTIVE", Format.JSON)
    clock.now_tai_ns = refusal.value.next_allowed_tai_ns
    feed.gp(SelectBy.GROUP, "ACTIVE", Format.JSON)
    assert not celestrak_rules.banned_because


def test_their_words_for_already_given_serve_the_kept_answer(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    home.celestrak(celestrak_url).newest_catalogue()
    clock.advance(3 * HOUR_S)
    celestrak_rules.faults.append(Reply(status=403, body=ALREADY_GIVEN))
    fetched = home.celestrak(celestrak_url).newest_catalogue()
    assert fetched.because == "the service has already given its newest to this address"
    assert fetched.age_s == 3 * HOUR_S


def test_their_words_for_already_given_without_a_kept_answer_say_what_to_do(
    home: Home, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    celestrak_rules.faults.append(Reply(status=403, body=ALREADY_GIVEN))
    with pytest.raises(OutsideServiceFailed, match="ask again in two hours"):
        home.celestrak(celestrak_url).newest_catalogue()


@pytest.mark.parametrize("status", [301, 403, 404])
def test_an_error_page_halts_the_feed_until_a_person_resumes_it(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules, status: int
) -> None:
    celestrak_rules.faults.append(
        Reply(status=status, body=PAGE, headers=(("Location", "http://127.0.0.1:9/elsewhere"),))
    )
    feed = home.celestrak(celestrak_url)
    with pytest.raises(OutsideServiceFailed, match=f"answered {status}"):
        feed.newest_catalogue()
    clock.advance(1000 * HOUR_S)
    with pytest.raises(RefusedByPolicy, match="halted"):
        home.celestrak(celestrak_url).supgp("starlink")
    assert len(celestrak_rules.requests) == 1
    feed.feed.resume()
    assert feed.newest_catalogue().content


def test_a_service_in_trouble_is_left_alone_for_two_hours(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    celestrak_rules.faults.append(Reply(status=500, body=PAGE))
    with pytest.raises(OutsideServiceFailed, match="500"):
        home.celestrak(celestrak_url).newest_catalogue()
    with pytest.raises(BudgetSpent, match="left to rest"):
        home.celestrak(celestrak_url).supgp("starlink")
    clock.advance(2.1 * HOUR_S)
    home.celestrak(celestrak_url).supgp("starlink")
    assert not celestrak_rules.banned_because


def test_a_name_the_service_does_not_know_is_the_callers_mistake(
    home: Home, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    celestrak_rules.faults.append(Reply(body=b"No GP data found"))
    with pytest.raises(WrongUsage, match="check how it is spelt"):
        home.celestrak(celestrak_url).gp(SelectBy.GROUP, "actve")


def test_every_selection_is_spelt_as_celestrak_documents_it() -> None:
    paths = [
        gp_query(SelectBy.CATNR, "799500124", Format.XML).path,
        gp_query(SelectBy.INTDES, "1998-067", Format.KVN).path,
        gp_query(SelectBy.NAME, "ISS (ZARYA)&FORMAT=tle", Format.JSON).path,
        supgp_query("starlink").path,
    ]
    assert paths == [
        "/NORAD/elements/gp.php?CATNR=799500124&FORMAT=xml",
        "/NORAD/elements/gp.php?INTDES=1998-067&FORMAT=kvn",
        "/NORAD/elements/gp.php?NAME=ISS%20%28ZARYA%29%26FORMAT%3Dtle&FORMAT=json",
        "/NORAD/elements/supplemental/sup-gp.php?FILE=starlink&FORMAT=csv",
    ]


@pytest.mark.parametrize(
    ("select_by", "value"),
    [
        (SelectBy.CATNR, "1000000000"),
        (SelectBy.CATNR, "T0001"),
        (SelectBy.INTDES, "98067A"),
        (SelectBy.GROUP, "../etc"),
        (SelectBy.NAME, "\n"),
    ],
)
def test_a_value_that_is_not_what_it_is_said_to_be_is_refused_before_anything_is_sent(
    select_by: SelectBy, value: str
) -> None:
    with pytest.raises(WrongUsage):
        gp_query(select_by, value)
