"""Is Space-Track asked at its pace, logged in once, and told nothing it need not know?"""

import logging
from pathlib import Path

import pytest

from baken.errors import OutsideServiceFailed, RefusedByPolicy, WrongUsage
from baken.feeds.answers import Format
from baken.feeds.budget import BudgetSpent
from baken.feeds.fetched import Fetched
from baken.feeds.space_track import Credentials, SpaceTrack, current_query
from baken.feeds.space_track_query import Predicate, norad_cat_ids, space_track_query
from tests.feeds.conftest import HandClock, Home
from tests.feeds.strict_service import IDENTITY, PAGE, PASSWORD, Reply, SpaceTrackRules

HOUR_S = 3600.0
YEAR_S = 365.25 * 86_400.0
OVERSPENT = b'[{"error":"You\'ve violated your query rate limit.  Please refer to our guidelines"}]'


def history(feed: SpaceTrack, norad_cat_id: int = 25544) -> Fetched:
    return feed.history([norad_cat_id], "2024-01-01", "2024-02-01")


def test_one_login_serves_a_whole_session(
    home: Home, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    feed.newest_catalogue()
    feed.satcat()
    history(feed)
    assert [one.method for one in space_track_rules.requests] == ["POST", "GET", "GET", "GET"]


def test_a_session_that_ran_out_is_renewed_once(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    feed.newest_catalogue()
    clock.advance(3 * HOUR_S)
    space_track_rules.version = 2
    assert b"SAT 2" in feed.newest_catalogue().content
    assert [one.method for one in space_track_rules.requests] == ["POST", "GET", "GET", "POST", "GET"]


def test_a_refused_login_is_not_tried_again_by_itself(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    with pytest.raises(OutsideServiceFailed, match="check name and password"):
        home.space_track(space_track_url, password="wrong").newest_catalogue()
    for _ in range(5):
        clock.advance(HOUR_S)
        with pytest.raises(RefusedByPolicy, match="resume"):
            home.space_track(space_track_url).newest_catalogue()
    assert len(space_track_rules.requests) == 1


def test_a_session_that_is_never_accepted_ends_in_a_halt_and_not_in_a_loop(
    home: Home, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    feed.newest_catalogue()
    space_track_rules.sessions.clear()
    space_track_rules.faults.extend([Reply(status=401), Reply(body=b'""'), Reply(status=401)])
    with pytest.raises(OutsideServiceFailed, match="took the login and gave no session"):
        feed.satcat()
    assert len(space_track_rules.requests) == 4


def test_each_class_keeps_its_own_pace(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    for _ in range(48):
        feed.newest_catalogue()
        feed.satcat()
        clock.advance(0.51 * HOUR_S)
    classes = [one.path.split("/")[4] for one in space_track_rules.requests if one.method == "GET"]
    assert not space_track_rules.banned_because
    assert 12 <= classes.count("gp") <= 40  # of which one in three met a session that had run out
    assert classes.count("satcat") in (1, 2)


def test_the_history_is_asked_once_and_kept_for_ever(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    first = history(home.space_track(space_track_url))
    clock.advance(3 * YEAR_S)
    again = history(home.space_track(space_track_url))
    assert (again.content, again.from_cache) == (first.content, True)
    assert again.age_s == pytest.approx(3 * YEAR_S)
    assert len(space_track_rules.requests) == 2


def test_a_history_that_got_lost_is_asked_again_only_when_a_person_forgives_it(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    history(feed)
    for body in (home.feeds / "space-track" / "answers").glob("*.body"):
        body.write_bytes(b"rot")
    clock.advance(YEAR_S)
    with pytest.raises(BudgetSpent, match="asked once and never again"):
        history(feed)
    space_track_rules.served.clear()  # they were asked, and agreed
    between = Predicate(field="epoch", value="2024-01-01--2024-02-01")
    feed.feed.forgive(space_track_query("gp_history", (norad_cat_ids([25544]), between), order_by="epoch"))
    assert not history(feed).from_cache


def test_a_busy_service_is_asked_again_after_what_it_said_and_a_little_more(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    feed.satcat()
    space_track_rules.faults.extend([Reply(status=429, headers=(("Retry-After", "30"),)), Reply(status=503)])
    assert not feed.newest_catalogue().from_cache
    assert 30.0 <= clock.slept_s[0] <= 31.0
    assert 2.0 <= clock.slept_s[1] <= 6.0
    assert not space_track_rules.banned_because


def test_a_service_that_stays_busy_is_given_up_after_a_few_attempts(
    home: Home, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    feed.satcat()
    space_track_rules.faults.extend([Reply(status=503)] * 9)
    with pytest.raises(OutsideServiceFailed, match="the next request may go at"):
        feed.newest_catalogue()
    assert len(space_track_rules.requests) == 2 + 3


def test_a_long_retry_after_is_waited_out_without_holding_the_caller(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    space_track_rules.faults.append(Reply(status=429, headers=(("Retry-After", "5000"),)))
    with pytest.raises(OutsideServiceFailed):
        feed.newest_catalogue()
    assert clock.slept_s == []
    clock.advance(4000.0)
    with pytest.raises(BudgetSpent, match="left to rest"):
        feed.newest_catalogue()
    clock.advance(1001.0)
    assert feed.newest_catalogue().content
    assert not space_track_rules.banned_because


@pytest.mark.parametrize("status", [200, 500])
def test_being_told_of_too_many_queries_ends_all_queries_for_an_hour(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules, status: int
) -> None:
    feed = home.space_track(space_track_url)
    feed.satcat()
    space_track_rules.faults.append(Reply(status=status, body=OVERSPENT))
    with pytest.raises(OutsideServiceFailed, match="overspent"):
        feed.newest_catalogue()
    with pytest.raises(BudgetSpent, match="left to rest"):
        history(feed)
    clock.advance(1.1 * HOUR_S)
    assert history(feed).content


def test_an_account_that_is_shut_is_left_to_a_person(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)
    feed.satcat()
    space_track_rules.faults.append(Reply(status=403, body=PAGE))
    with pytest.raises(OutsideServiceFailed, match="until somebody resumes"):
        feed.newest_catalogue()
    clock.advance(30 * HOUR_S)
    with pytest.raises(RefusedByPolicy, match="resume"):
        feed.newest_catalogue()


def test_a_burst_of_questions_stops_short_of_the_published_rate(
    home: Home, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed, n_refused = home.space_track(space_track_url), 0
    for norad_cat_id in range(1, 60):
        try:
            history(feed, norad_cat_id)
        except BudgetSpent:
            n_refused += 1
    assert len(space_track_rules.requests) == 25
    assert n_refused == 59 - 24  # the login was one of the 25


def test_no_file_no_message_and_no_log_holds_the_password(
    home: Home, space_track_url: str, space_track_rules: SpaceTrackRules, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    feed = home.space_track(space_track_url)
    history(feed)
    space_track_rules.faults.append(Reply(status=500))
    with pytest.raises(OutsideServiceFailed) as failure:
        feed.newest_catalogue()
    told = [str(failure.value), repr(feed), repr(failure.getrepr()), caplog.text.replace("%", "")]
    told += [path.read_text(errors="replace") for path in Path(home.folder).rglob("*") if path.is_file()]
    assert not [text for text in told if PASSWORD in text or IDENTITY in text or "chocolatechip" in text]


def test_credentials_do_not_show_themselves() -> None:
    assert repr(Credentials(identity="a", password="b")) == "Credentials()"


def test_the_current_catalogue_is_asked_as_space_track_recommends() -> None:
    assert current_query(Format.CSV).path == (
        "/basicspacedata/query/class/gp/decay_date/null-val/epoch/%3Enow-30/orderby/norad_cat_id/format/csv"
    )


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        (">now-30", "%3Enow-30"),
        ("<>PAYLOAD", "%3C%3EPAYLOAD"),
        ("~~COSMOS 1408", "~~COSMOS%201408"),
        ("2024-01-01--2024-02-01", "2024-01-01--2024-02-01"),
        ("a?b#c%2F", "a%3Fb%23c%252F"),
        ("ŚWIT", "%C5%9AWIT"),
    ],
)
def test_operators_and_strange_letters_are_escaped(value: str, spelt: str) -> None:
    path = space_track_query("gp", [Predicate(field="object_name", value=value)], order_by="epoch desc").path
    assert path == f"/basicspacedata/query/class/gp/object_name/{spelt}/orderby/epoch%20desc/format/json"


@pytest.mark.parametrize("value", ["", "a/b", "..", "a\\b", "line\nbreak"])
def test_a_value_that_would_leave_its_place_in_the_path_is_refused(value: str) -> None:
    with pytest.raises(WrongUsage):
        Predicate(field="object_name", value=value)


def test_nine_digits_are_asked_for_whole_and_ten_are_refused() -> None:
    assert norad_cat_ids([999_999_999, 5, 5]).value == "5,999999999"
    for wrong in ([1_000_000_000], [0], []):
        with pytest.raises(WrongUsage):
            norad_cat_ids(wrong)


def test_unsound_questions_are_refused_before_they_are_asked() -> None:
    alive = [Predicate(field="decay_date", value="null-val")]
    unsound = [
        lambda: space_track_query("gp_history", alive, order_by="epoch"),
        lambda: space_track_query("boxscore", alive, order_by="epoch"),
        lambda: space_track_query("login", alive, order_by="epoch"),
        lambda: space_track_query("gp", alive, order_by="epoch/limit/5"),
        lambda: space_track_query("gp", alive, order_by="epoch", n_rows=0),
        lambda: space_track_query("gp", [Predicate(field="format", value="tle")], order_by="epoch"),
        lambda: space_track_query("gp", [norad_cat_ids(range(100_000, 101_000))], order_by="epoch"),
    ]
    for ask in unsound:
        with pytest.raises(WrongUsage):
            ask()
