"""A second process of the same home, told what to do over a pipe."""

from multiprocessing.connection import Connection
from pathlib import Path

from baken.errors import BakenError
from baken.feeds.line import Bounds
from tests.feeds.conftest import HandClock, Home


def fetch_patiently(folder: str, celestrak_url: str) -> None:
    """Ask CelesTrak once, and wait as long as it takes."""
    home = Home(folder=Path(folder), clock=HandClock())
    home.celestrak(celestrak_url, bounds=Bounds(read_s=60.0)).newest_catalogue()


def fetch_when_told(orders: Connection, folder: str, celestrak_url: str, space_track_url: str) -> None:
    """Take orders ``(now_tai_ns, wish)`` until there are none; say after each how it went."""
    home = Home(folder=Path(folder), clock=HandClock())
    celestrak, space_track = home.celestrak(celestrak_url), home.space_track(space_track_url)
    while order := orders.recv():
        home.clock.now_tai_ns, wish = order
        try:
            wish(celestrak, space_track)
        except BakenError as refusal:
            orders.send(str(refusal))
        else:
            orders.send("")
