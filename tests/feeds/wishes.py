"""What callers may want of the two services, as plain functions that travel between processes."""

from collections.abc import Callable
from functools import partial

import httpx

from baken.feeds.answers import Format
from baken.feeds.celestrak import CelesTrak, SelectBy, gp_query
from baken.feeds.fetched import Fetched
from baken.feeds.space_track import SpaceTrack, current_query
from tests.feeds.strict_service import IDENTITY, PASSWORD

Wish = Callable[[CelesTrak, SpaceTrack], Fetched]


def group(name: str, answer_format: Format, celestrak: CelesTrak, _: SpaceTrack) -> Fetched:
    return celestrak.gp(SelectBy.GROUP, name, answer_format)


def supplemental(name: str, celestrak: CelesTrak, _: SpaceTrack) -> Fetched:
    return celestrak.supgp(name)


def catalogue(_: CelesTrak, space_track: SpaceTrack) -> Fetched:
    return space_track.newest_catalogue()


def satcat(_: CelesTrak, space_track: SpaceTrack) -> Fetched:
    return space_track.satcat()


def history(norad_cat_id: int, _: CelesTrak, space_track: SpaceTrack) -> Fetched:
    return space_track.history([norad_cat_id], "2024-01-01", "2024-02-01")


def many_histories(_: CelesTrak, space_track: SpaceTrack) -> Fetched:
    for norad_cat_id in range(1, 30):
        last = history(norad_cat_id, _, space_track)
    return last


WISHES: tuple[Wish, ...] = (
    partial(group, "active", Format.CSV),
    partial(group, "active", Format.JSON),
    partial(group, "geo", Format.KVN),
    partial(supplemental, "starlink"),
    catalogue,
    satcat,
    partial(history, 25544),
    many_histories,
)


def naively_from_celestrak(url: str) -> None:
    """Ask as most scripts do."""
    httpx.get(url + gp_query(SelectBy.GROUP, "active").path)


def naively_from_space_track(url: str) -> None:
    """Log in anew for each question, and ask."""
    with httpx.Client(base_url=url) as client:
        client.post("/ajaxauth/login", data={"identity": IDENTITY, "password": PASSWORD})
        client.get(current_query().path)
