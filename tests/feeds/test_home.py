"""Do the files of a feed survive crashes, rot and neighbours, and does the switch stop everything?"""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from baken.errors import BakenError, RefusedByPolicy, WrongUsage
from baken.feeds.budget import BudgetSpent
from baken.feeds.celestrak import SelectBy, gp_query
from baken.feeds.files import write_whole
from baken.feeds.ledger import Ledger
from baken.feeds.permit import KillSwitch, NetworkPermit
from baken.operations.feed_ports import CatalogueFeed
from tests.feeds.conftest import HandClock, Home
from tests.feeds.strict_service import CelesTrakRules, Reply, SpaceTrackRules

HOUR_S = 3600.0


def answers(home: Home, service: str = "celestrak") -> Path:
    return home.feeds / service / "answers"


def test_without_a_permit_nothing_leaves_and_the_kept_answer_serves(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    with pytest.raises(RefusedByPolicy, match="not allowed"):
        home.celestrak(celestrak_url, allowed=False).newest_catalogue()
    home.celestrak(celestrak_url).newest_catalogue()
    clock.advance(99 * HOUR_S)
    fetched = home.celestrak(celestrak_url, allowed=False).newest_catalogue()
    assert (fetched.from_cache, fetched.age_s) == (True, 99 * HOUR_S)
    assert "not allowed" in fetched.because
    assert len(celestrak_rules.requests) == 1


def test_the_kill_switch_stops_every_service_of_a_home(
    home: Home,
    celestrak_url: str,
    celestrak_rules: CelesTrakRules,
    space_track_url: str,
    space_track_rules: SpaceTrackRules,
) -> None:
    celestrak, space_track = home.celestrak(celestrak_url), home.space_track(space_track_url)
    home.kill_switch.throw("told to, by the duty officer")
    for fetch in (celestrak.newest_catalogue, space_track.newest_catalogue, space_track.satcat):
        with pytest.raises(RefusedByPolicy, match="kill switch"):
            fetch()
    assert celestrak_rules.requests == space_track_rules.requests == []
    home.kill_switch.lift()
    assert celestrak.newest_catalogue().content


def test_the_kill_switch_stops_a_retry_that_was_waiting(
    home: Home, clock: HandClock, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    sleep = clock.sleep

    def throw_then_sleep(seconds: float) -> None:
        home.kill_switch.throw("now")
        sleep(seconds)

    clock.sleep = throw_then_sleep  # type: ignore[method-assign]
    feed = home.space_track(space_track_url)
    feed.satcat()
    space_track_rules.faults.append(Reply(status=503))
    with pytest.raises(RefusedByPolicy, match="kill switch"):
        feed.newest_catalogue()
    assert len(space_track_rules.requests) == 3  # the login, the first answer, and the one turned away


def test_a_permit_names_somebody_who_can_be_reached(tmp_path: Path) -> None:
    for contact in ("", "  ", "a\nX-Injected: b", "ops@café"):
        with pytest.raises(WrongUsage, match="contact"):
            NetworkPermit(contact=contact, kill_switch=KillSwitch(path=tmp_path / "STOP"))


@pytest.mark.parametrize("damage", [b"", b"rot", None])
def test_a_damaged_copy_is_discarded_and_reported(
    home: Home, clock: HandClock, celestrak_url: str, damage: bytes | None
) -> None:
    feed = home.celestrak(celestrak_url)
    feed.newest_catalogue()
    for body in answers(home).glob("*.body"):
        body.unlink() if damage is None else body.write_bytes(damage)
    with pytest.raises(BudgetSpent, match="discarded the kept answer"):
        feed.newest_catalogue()
    assert not list(answers(home).glob("*.json"))
    clock.advance(3 * HOUR_S)
    assert not feed.newest_catalogue().from_cache


def test_a_damaged_copy_is_told_of_beside_the_new_one(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    feed = home.celestrak(celestrak_url)
    feed.newest_catalogue()
    clock.advance(3 * HOUR_S)
    for entry in answers(home).glob("*.json"):
        entry.write_text(entry.read_text().replace("sha256:", "sha256:0"))
    fetched = feed.newest_catalogue()
    assert not fetched.from_cache
    assert "discarded the kept answer" in fetched.notes[0]
    assert celestrak_rules.requests[-1].header("If-None-Match") == ""


def test_a_budget_that_cannot_be_read_spends_nothing(
    home: Home, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    for text in ("", "{", "[]", '{"debits": 3}', '{"debits": [1]}'):
        write_whole(home.feeds / "celestrak" / "ledger.json", text.encode())
        with pytest.raises(RefusedByPolicy, match="cannot be read"):
            home.celestrak(celestrak_url).newest_catalogue()
    assert celestrak_rules.requests == []


def test_a_budget_on_disk_is_what_it_was(tmp_path: Path) -> None:
    ledger = Ledger(folder=tmp_path)
    document = {
        "debits": [{"account": "gp", "at_tai_ns": 2**60 + 1}],
        "resting_until_tai_ns": 7,
        "halted_because": "x",
    }
    ledger.path.write_text(json.dumps(document))
    before = ledger.read()
    ledger.write(before)
    assert ledger.read() == before
    assert before.debits[0].at_tai_ns == 2**60 + 1


def test_a_write_that_is_cut_short_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.json"
    write_whole(path, b"old")

    def die(_: Path) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("baken.feeds.files.make_last", die)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_threads_that_want_the_same_thing_send_one_request(
    home: Home, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    together = threading.Barrier(8)

    def fetch(_: int) -> bytes:
        feed = home.celestrak(celestrak_url)
        together.wait()
        return feed.newest_catalogue().content

    with ThreadPoolExecutor(8) as pool:
        contents = set(pool.map(fetch, range(8)))
    assert len(contents) == 1
    assert len(celestrak_rules.requests) == 1


def test_threads_that_want_different_things_do_not_overspend_together(
    home: Home, space_track_url: str, space_track_rules: SpaceTrackRules
) -> None:
    feed = home.space_track(space_track_url)

    def fetch(norad_cat_id: int) -> bool:
        try:
            feed.history([norad_cat_id], "2024-01-01", "2024-02-01")
        except BakenError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        n_served = sum(pool.map(fetch, range(1, 50)))
    assert len(space_track_rules.requests) == 25
    assert not space_track_rules.banned_because
    assert n_served == 24  # the login was one of the 25


def test_a_reader_never_loses_an_answer_that_is_being_replaced(
    home: Home, clock: HandClock, celestrak_url: str, celestrak_rules: CelesTrakRules
) -> None:
    feed = home.celestrak(celestrak_url)
    feed.newest_catalogue()
    query, done, misses = gp_query(SelectBy.GROUP, "active"), threading.Event(), []

    def read() -> None:
        while not done.is_set():
            if feed.feed.kept(query) is None:
                misses.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    for version in range(2, 12):
        celestrak_rules.version = version
        clock.advance(3 * HOUR_S)
        feed.newest_catalogue()
    done.set()
    reader.join()
    assert misses == []


def test_both_services_are_what_the_procedures_ask_for(home: Home) -> None:
    feeds: list[CatalogueFeed] = [
        home.celestrak("http://127.0.0.1:9"),
        home.space_track("http://127.0.0.1:9"),
    ]
    assert [feed.service for feed in feeds] == ["CelesTrak", "Space-Track"]
