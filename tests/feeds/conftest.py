"""A home, a clock that is turned by hand, and services that keep books."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from baken.feeds.celestrak import CelesTrak, open_celestrak
from baken.feeds.feed import Surroundings
from baken.feeds.line import Bounds
from baken.feeds.permit import KillSwitch, NetworkPermit
from baken.feeds.space_track import Credentials, SpaceTrack, open_space_track
from tests.feeds.strict_service import IDENTITY, PASSWORD, CelesTrakRules, SpaceTrackRules, listening

NS_A_SECOND = 1_000_000_000
START_TAI_NS = 850_000_000 * NS_A_SECOND  # a day in December 2026
IMPATIENT = Bounds(connect_s=2.0, read_s=0.3, whole_s=300.0, max_bytes=100_000)


@dataclass
class HandClock:
    now_tai_ns: int = START_TAI_NS
    slept_s: list[float] = field(default_factory=list)

    def read(self) -> int:
        return self.now_tai_ns

    def now_s(self) -> float:
        return self.now_tai_ns / NS_A_SECOND

    def advance(self, seconds: float) -> None:
        self.now_tai_ns += int(seconds * NS_A_SECOND)

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.advance(seconds)


@dataclass(frozen=True)
class Home:
    """What one node has: a folder, a clock, a switch."""

    folder: Path
    clock: HandClock

    @property
    def kill_switch(self) -> KillSwitch:
        return KillSwitch(path=self.folder / "NO-REQUESTS")

    @property
    def feeds(self) -> Path:
        return self.folder / "feeds"

    def around(self, *, allowed: bool = True) -> Surroundings:
        permit = NetworkPermit(contact="ops@example.org", kill_switch=self.kill_switch) if allowed else None
        return Surroundings(
            folder=self.feeds,
            permit=permit,
            now_tai_ns=self.clock.read,
            sleep_s=self.clock.sleep,
            rng=Random(7),
        )

    def celestrak(self, url: str, *, allowed: bool = True, bounds: Bounds = IMPATIENT) -> CelesTrak:
        return open_celestrak(self.around(allowed=allowed), base_url=url, bounds=bounds)

    def space_track(self, url: str, *, password: str = PASSWORD, allowed: bool = True) -> SpaceTrack:
        credentials = Credentials(identity=IDENTITY, password=password)
        return open_space_track(self.around(allowed=allowed), credentials, base_url=url, bounds=IMPATIENT)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def home(tmp_path: Path, clock: HandClock) -> Home:
    return Home(folder=tmp_path, clock=clock)


@pytest.fixture
def celestrak_rules(clock: HandClock) -> CelesTrakRules:
    return CelesTrakRules(now_s=clock.now_s)


@pytest.fixture
def celestrak_url(celestrak_rules: CelesTrakRules) -> Iterator[str]:
    with listening(celestrak_rules) as url:
        yield url


@pytest.fixture
def space_track_rules(clock: HandClock) -> SpaceTrackRules:
    return SpaceTrackRules(now_s=clock.now_s)


@pytest.fixture
def space_track_url(space_track_rules: SpaceTrackRules) -> Iterator[str]:
    with listening(space_track_rules) as url:
        yield url
