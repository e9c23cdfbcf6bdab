"""Does a line survive every way an answer can go wrong, and keep nothing that is not whole?"""

import httpx
import pytest

from baken.errors import OutsideServiceFailed, WrongUsage
from baken.feeds.answers import Format, what_is_wrong_with
from baken.feeds.budget import BudgetSpent
from baken.feeds.celestrak import SelectBy, gp_query
from baken.feeds.line import LONGEST_WAIT_S, Bounds, NeverReached, Validators, open_line, retry_after_s
from tests.feeds.conftest import IMPATIENT, HandClock, Home
from tests.feeds.strict_service import CSV, PAGE, CelesTrakRules, Reply, listening

WHOLE = CSV % 1 * 20
UNUSABLE = {
    "a body that breaks off": Reply(body=WHOLE[:100], declared_bytes=len(WHOLE)),
    "a body longer than it says": Reply(body=WHOLE, declared_bytes=len(WHOLE) - 7),
    "an error page with a 200": Reply(body=PAGE),
    "an empty body": Reply(body=b""),
    "bytes that are not text": Reply(body=b"\x00\xff\xfe" * 100),
    "a body that stops coming": Reply(body=WHOLE, pause_s=1.0),
    "a body that is too large": Reply(body=WHOLE * 200),
    "not gzip, whatever it says": Reply(body=WHOLE, headers=(("Content-Encoding", "gzip"),)),
    "unchanged, though nothing is here": Reply(status=304),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_answer_that_is_not_whole_is_never_kept(
    home: Home, celestrak_url: str, celestrak_rules: CelesTrakRules, name: str
) -> None:
    celestrak_rules.faults.append(UNUSABLE[name])
    feed = home.celestrak(celestrak_url)
    with pytest.raises(OutsideServiceFailed):
        feed.newest_catalogue()
    assert feed.feed.kept(gp_query(SelectBy.GROUP, "active")) is None


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_answer_that_is_not_whole_was_paid_for_all_the_same(
    home: Home, celestrak_url: str, celestrak_rules: CelesTrakRules, name: str
) -> None:
    celestrak_rules.faults.append(UNUSABLE[name])
    with pytest.raises(OutsideServiceFailed):
        home.celestrak(celestrak_url).newest_catalogue()
    with pytest.raises(BudgetSpent):
        home.celestrak(celestrak_url).newest_catalogue()
    assert not celestrak_rules.banned_because


def test_what_was_kept_before_survives_a_bad_answer(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    feed = home.celestrak(celestrak_url)
    first = feed.newest_catalogue()
    clock.advance(3 * 3600.0)
    celestrak_rules.faults.append(UNUSABLE["a body that breaks off"])
    with pytest.raises(OutsideServiceFailed, match="an older answer is kept"):
        feed.newest_catalogue()
    assert feed.newest_catalogue().content == first.content


def test_a_host_that_drips_does_not_hold_the_line_for_ever(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    def hurried() -> int:
        clock.advance(200.0)
        return clock.now_tai_ns

    line = open_line(celestrak_url, user_agent="test", now_tai_ns=hurried, bounds=IMPATIENT)
    celestrak_rules.faults.append(Reply(body=WHOLE, pause_s=0.1))
    with pytest.raises(OutsideServiceFailed, match="longer than 300 s"):
        line.get("/", Validators(), home.folder / "part")


def test_a_host_that_is_not_there_costs_no_budget_of_its_own(home: Home) -> None:
    feed = home.celestrak("http://127.0.0.1:9")
    for _ in range(3):
        with pytest.raises(NeverReached, match="check the connection"):
            feed.newest_catalogue()


def test_a_redirect_is_not_followed_and_no_second_host_is_asked(
    home: Home, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    other = CelesTrakRules(now_s=home.clock.now_s)
    with listening(other) as other_url:
        celestrak_rules.faults.append(Reply(status=302, headers=(("Location", other_url + "/active"),)))
        with pytest.raises(OutsideServiceFailed, match="302"):
            home.celestrak(celestrak_url).newest_catalogue()
    assert len(celestrak_rules.requests) == 1
    assert other.requests == []


def test_an_address_without_encryption_is_refused_except_on_this_machine() -> None:
    with pytest.raises(WrongUsage, match="https"):
        open_line("http://celestrak.org", user_agent="test", now_tai_ns=lambda: 0, bounds=Bounds())


def test_certificates_are_checked_and_the_environment_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    seen: dict[str, object] = {}
    real = httpx.Client

    def watched(**settings: object) -> httpx.Client:
        seen.update(settings)
        return real()

    monkeypatch.setattr("baken.feeds.line.httpx.Client", watched)
    open_line("https://celestrak.org", user_agent="test", now_tai_ns=lambda: 0, bounds=Bounds())
    assert seen["verify"] is True
    assert seen["trust_env"] is False
    assert seen["follow_redirects"] is False


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({"Retry-After": "120"}, 120.0),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:30:00 GMT",
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            120.0,
        ),
        ({"Retry-After": "Wed, 21 Oct 2026 07:30:00 GMT"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "9" * 400}, LONGEST_WAIT_S),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(headers: dict[str, str], wait_s: float | None) -> None:
    assert retry_after_s(httpx.Headers(headers)) == wait_s


@pytest.mark.parametrize(
    ("answer_format", "whole"),
    [
        (Format.CSV, CSV % 1),
        (Format.JSON, b'[{"NORAD_CAT_ID": "1"}]'),
        (Format.XML, b"<?xml version='1.0'?><ndm><omm/></ndm>\n"),
        (Format.KVN, b"CCSDS_OMM_VERS = 2.0\nMEAN_MOTION_DDOT = 0\n"),
    ],
)
def test_a_body_cut_anywhere_is_seen_to_be_cut(answer_format: Format, whole: bytes) -> None:
    assert what_is_wrong_with(whole, answer_format) == ""
    cuts = [n for n in range(len(whole.rstrip())) if not what_is_wrong_with(whole[:n], answer_format)]
    # A table cut just behind a line that is whole cannot be told from a shorter table.
    assert cuts == ([whole.index(b"\n") + 1] if answer_format is Format.CSV else [])
