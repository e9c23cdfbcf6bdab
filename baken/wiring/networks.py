"""The network, for whoever asked for it: which service, with whose permission, at what pace."""

import os
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from random import SystemRandom

from baken.errors import WrongUsage
from baken.feeds.celestrak import CelesTrak, open_celestrak
from baken.feeds.feed import Surroundings
from baken.feeds.permit import KillSwitch, NetworkPermit
from baken.feeds.space_track import Credentials, SpaceTrack, open_space_track

FEEDS_FOLDER = "feeds"
KILL_SWITCH = "NO-NETWORK"


class Service(StrEnum):
    """The catalogue services Baken knows how to ask."""

    CELESTRAK = "celestrak"
    SPACE_TRACK = "space-track"


def catalogue_feed(
    service: Service, home: Path, *, contact: str, group: str, now_tai_ns: Callable[[], int]
) -> CelesTrak | SpaceTrack:
    """Return a service as this home may ask it; nothing is sent yet.

    The account at Space-Track is read from ``$BAKEN_SPACE_TRACK_IDENTITY`` and
    ``$BAKEN_SPACE_TRACK_PASSWORD``.  A file ``NO-NETWORK`` in the home stops every request.
    """
    around = Surroundings(
        folder=home / FEEDS_FOLDER,
        permit=NetworkPermit(contact=contact, kill_switch=KillSwitch(path=home / KILL_SWITCH)),
        now_tai_ns=now_tai_ns,
        sleep_s=time.sleep,
        rng=SystemRandom(),
    )
    if service is Service.CELESTRAK:
        return open_celestrak(around, group=group)
    return open_space_track(around, _credentials())


def resume(client: CelesTrak | SpaceTrack) -> str:
    """Let a service be asked again that was halted, and return why it was; nothing when it was not."""
    because = client.feed.ledger.read().halted_because
    client.feed.resume()
    return because


def _credentials() -> Credentials:
    identity = os.environ.get("BAKEN_SPACE_TRACK_IDENTITY")
    password = os.environ.get("BAKEN_SPACE_TRACK_PASSWORD")
    if not identity or not password:
        raise WrongUsage("set BAKEN_SPACE_TRACK_IDENTITY and BAKEN_SPACE_TRACK_PASSWORD to ask Space-Track")
    return Credentials(identity=identity, password=password)
