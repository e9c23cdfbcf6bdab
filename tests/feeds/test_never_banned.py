"""Is Baken ever banned by a service that bans at the first offence?  Is anybody?"""

import multiprocessing
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from shutil import rmtree

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from baken.errors import BakenError
from baken.feeds.celestrak import CelesTrak
from baken.feeds.space_track import SpaceTrack
from tests.feeds.conftest import HandClock, Home
from tests.feeds.other_process import fetch_patiently, fetch_when_told
from tests.feeds.strict_service import BODIES, PAGE, CelesTrakRules, Reply, SpaceTrackRules, listening
from tests.feeds.wishes import WISHES, naively_from_celestrak, naively_from_space_track

HOUR_S = 3600.0
PASSING_FAULTS = (
    Reply(status=503),
    Reply(status=429, headers=(("Retry-After", "20"),)),
    Reply(status=429, headers=(("Retry-After", "4000"),)),
    Reply(status=500),
)
FAULTS = (
    *PASSING_FAULTS,
    Reply(status=401),
    Reply(status=404, body=PAGE),
    Reply(status=403, body=PAGE),
    Reply(body=PAGE),
    Reply(body=b"OBJECT_NAME,NORAD", declared_bytes=500),
    Reply(body=b'[{"error":"You\'ve violated your query rate limit."}]'),
)


@dataclass
class Week:
    """A home and two strict services under one clock, and whatever happens to them."""

    home: Home
    celestrak_rules: CelesTrakRules
    space_track_rules: SpaceTrackRules
    celestrak_url: str
    space_track_url: str
    forgets_at_restart: bool = False
    clients: dict[str, tuple[CelesTrak, SpaceTrack]] = field(default_factory=dict)

    def wait(self, seconds: float) -> None:
        self.home.clock.advance(seconds)

    def restart(self, who: str) -> None:
        self.clients.pop(who, None)
        if self.forgets_at_restart:
            rmtree(self.home.feeds, ignore_errors=True)

    def fetch(self, who: str, wish: int) -> None:
        if who not in self.clients:
            self.clients[who] = (
                self.home.celestrak(self.celestrak_url),
                self.home.space_track(self.space_track_url),
            )
        n_before = self.n_requests
        with suppress(BakenError):
            fetched = WISHES[wish](*self.clients[who])
            assert any(fetched.content == body % v for body in BODIES.values() for v in self.versions)
            assert fetched.from_cache == bool(fetched.because)
        if self.home.kill_switch.is_thrown:
            assert self.n_requests == n_before

    def fetch_amid_faults(self, who: str, wish: int, faults: list[Reply]) -> None:
        for rules in (self.celestrak_rules, self.space_track_rules):
            rules.faults.extend(faults)
        self.fetch(who, wish)
        for rules in (self.celestrak_rules, self.space_track_rules):
            rules.faults.clear()

    def publish(self) -> None:
        self.celestrak_rules.version += 1
        self.space_track_rules.version += 1

    def switch(self) -> None:
        if self.home.kill_switch.is_thrown:
            self.home.kill_switch.lift()
        else:
            self.home.kill_switch.throw("exercise")

    def resume(self, who: str) -> None:
        # A person who reads why a feed was halted takes his time: two hours is what CelesTrak asks for.
        self.wait(2.1 * HOUR_S)
        for client in self.clients.get(who, ()):
            client.feed.resume()

    @property
    def n_requests(self) -> int:
        return len(self.celestrak_rules.requests) + len(self.space_track_rules.requests)

    @property
    def versions(self) -> range:
        return range(1, self.celestrak_rules.version + 1)

    @property
    def banned_because(self) -> str:
        return self.celestrak_rules.banned_because or self.space_track_rules.banned_because


@contextmanager
def a_week(*, forgets_at_restart: bool = False) -> Iterator[Week]:
    clock = HandClock()
    celestrak_rules, space_track_rules = CelesTrakRules(now_s=clock.now_s), SpaceTrackRules(now_s=clock.now_s)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        yield Week(
            home=Home(folder=Path(folder), clock=clock),
            celestrak_rules=celestrak_rules,
            space_track_rules=space_track_rules,
            celestrak_url=stack.enter_context(listening(celestrak_rules)),
            space_track_url=stack.enter_context(listening(space_track_rules)),
            forgets_at_restart=forgets_at_restart,
        )


WHO = st.sampled_from(["this process", "that process"])
WISH = st.integers(0, len(WISHES) - 1)
STEPS = st.one_of(
    st.tuples(st.just("fetch"), WHO, WISH),
    st.tuples(
        st.just("fetch_amid_faults"), WHO, WISH, st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3)
    ),
    st.tuples(
        st.just("wait"), st.sampled_from([0.5, 10.0, 59.0, 600.0, 3500.0, 3601.0, 7199.0, 7300.0, 9e4])
    ),
    st.one_of(
        st.tuples(st.just("restart"), WHO),
        st.tuples(st.just("publish")),
        st.tuples(st.just("switch")),
        st.tuples(st.just("resume"), WHO),
    ),
)


@pytest.mark.capability(
    "Fetching within the published limits of CelesTrak and Space-Track",
    status="MODELLED",
    authority="a local service that enforces the published limits and bans at the first offence",
)
# Every example starts two servers: shrinking takes minutes, and a failing schedule is short to read.
@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=10, max_size=40))
def test_no_schedule_of_wishes_restarts_faults_and_waits_gets_baken_banned(
    steps: list[tuple[object, ...]],
) -> None:
    with a_week() as week:
        for name, *arguments in steps:
            getattr(week, str(name))(*arguments)
            assert not week.banned_because, (name, arguments)


def eager_hours(week: Week, n_hours: int) -> None:
    """Want everything every few minutes of services that fail now and then, and be restarted as often."""
    rng = Random(11)
    for _ in range(n_hours * 6):
        who = rng.choice(["this process", "that process"])
        faults = [rng.choice(PASSING_FAULTS)] if rng.random() < 0.1 else []
        week.fetch_amid_faults(who, rng.randrange(len(WISHES)), faults)
        if rng.random() < 0.1:
            week.restart(who)
        week.wait(600.0 * rng.random() * 2.0)


def test_wanting_everything_all_the_time_gives_it_at_the_published_pace_and_no_faster() -> None:
    with a_week() as week:
        for _ in range(8 * 36):  # eight hours, every hundred seconds
            for wish in range(len(WISHES) - 1):
                week.fetch("this process", wish)
            week.wait(100.0)
        assert not week.banned_because
        active = [one for one in week.celestrak_rules.requests if "GROUP=active" in one.path]
        current = [one for one in week.space_track_rules.requests if "/class/gp/" in one.path]
        assert len(active) == 4
        assert 7 <= len(current) <= 12  # some of them met a session that had run out


def test_an_eager_day_is_served_from_few_requests() -> None:
    with a_week() as week:
        eager_hours(week, 30)
        assert not week.banned_because
        assert week.n_requests < 200


def test_a_client_that_forgets_at_restart_is_banned_by_the_same_service() -> None:
    with a_week(forgets_at_restart=True) as week:
        eager_hours(week, 30)
        assert week.banned_because


def test_a_naive_client_is_banned_by_the_same_services() -> None:
    with a_week() as week:
        for _ in range(3):
            naively_from_celestrak(week.celestrak_url)
            naively_from_space_track(week.space_track_url)
            week.wait(600.0)
        assert week.celestrak_rules.banned_because == "asked for one selection twice within two hours"
        assert week.space_track_rules.banned_because == "gp too often"


def test_a_ban_is_read_once_and_then_left_to_a_person() -> None:
    with a_week() as week:
        naively_from_celestrak(week.celestrak_url)
        naively_from_celestrak(week.celestrak_url)
        for _ in range(3):
            week.wait(1e5)
            week.fetch("this process", 0)
        assert len(week.celestrak_rules.requests) == 3
        assert "403" in week.clients["this process"][0].feed.ledger.read().halted_because


def test_two_real_processes_share_one_budget() -> None:
    spawn = multiprocessing.get_context("spawn")
    with a_week() as week, ExitStack() as stack:
        pipes = []
        for _ in range(2):
            here, there = spawn.Pipe()
            urls = (week.celestrak_url, week.space_track_url)
            worker = spawn.Process(
                target=fetch_when_told, args=(there, str(week.home.folder), *urls), daemon=True
            )
            worker.start()
            there.close()  # ours; with it open, a worker that died would keep us waiting
            stack.callback(worker.join)
            stack.callback(worker.kill)
            pipes.append(here)
        rng = Random(3)
        for _ in range(40):
            wish = rng.choice(WISHES)
            for pipe in pipes:  # both want it at the same moment
                pipe.send((week.home.clock.now_tai_ns, wish))
            for pipe in pipes:
                assert pipe.poll(30.0), "a process went silent"
                pipe.recv()
            week.wait(rng.choice([1.0, 900.0, 3700.0]))
        assert not week.banned_because
        assert len(week.celestrak_rules.requests) > 3
        assert len(week.space_track_rules.requests) > 30


def test_a_process_killed_while_it_waits_for_an_answer_has_paid() -> None:
    spawn = multiprocessing.get_context("spawn")
    with a_week() as week:
        week.celestrak_rules.faults.append(Reply(body=BODIES["csv"] % 1, pause_s=30.0))
        worker = spawn.Process(
            target=fetch_patiently, args=(str(week.home.folder), week.celestrak_url), daemon=True
        )
        worker.start()
        assert week.celestrak_rules.was_asked.wait(30.0)
        worker.kill()
        worker.join()
        week.fetch("this process", 0)
        assert len(week.celestrak_rules.requests) == 1
        week.wait(2.1 * HOUR_S)
        week.fetch("this process", 0)
        assert len(week.celestrak_rules.requests) == 2
        assert not week.banned_because
