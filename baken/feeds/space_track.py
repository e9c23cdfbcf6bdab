"""Space-Track: the catalogue of the 18th and 19th Space Defense Squadrons, for those who have an account."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from baken.feeds.answers import Format
from baken.feeds.feed import Feed, Surroundings, open_feed
from baken.feeds.fetched import Fetched
from baken.feeds.line import Bounds, FormField
from baken.feeds.query import Query
from baken.feeds.rules import SPACE_TRACK
from baken.feeds.space_track_query import NULL, Predicate, norad_cat_ids, space_track_query

# What Space-Track recommends for a whole catalogue: not decayed, and heard of within a month.
CURRENT = (Predicate(field="decay_date", value=NULL), Predicate(field="epoch", value=">now-30"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A login, as the caller hands it in.  It is never written, logged or shown."""

    identity: str = field(repr=False)
    password: str = field(repr=False)

    def form(self) -> tuple[FormField, ...]:
        return (
            FormField(name="identity", value=self.identity),
            FormField(name="password", value=self.password),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceTrack:
    """Space-Track, as one account of one home asks it: each class at its own pace, the history only once."""

    feed: Feed

    @property
    def service(self) -> str:
        return self.feed.rules.name

    def newest_catalogue(self) -> Fetched:
        """Return the newest elements of every object in orbit, as OMM in JSON; once an hour."""
        return self.feed.fetch(current_query())

    def satcat(self) -> Fetched:
        """Return the catalogue of objects; once a day."""
        current = (Predicate(field="current", value="Y"),)
        return self.feed.fetch(space_track_query("satcat", current, order_by="norad_cat_id"))

    def history(self, ids: Sequence[int], epoch_from_utc: str, epoch_to_utc: str) -> Fetched:
        """Return past elements between two dates (``2024-01-01``); once, and then from the cache."""
        between = Predicate(field="epoch", value=f"{epoch_from_utc}--{epoch_to_utc}")
        return self.feed.fetch(
            space_track_query("gp_history", (norad_cat_ids(ids), between), order_by="epoch")
        )

    def ask(self, query: Query) -> Fetched:
        """Return the answer to any query that ``space_track_query`` builds."""
        return self.feed.fetch(query)


def current_query(answer_format: Format = Format.JSON) -> Query:
    """Return the query for the newest elements of every object in orbit.

    >>> current_query().path
    '/basicspacedata/query/class/gp/decay_date/null-val/epoch/%3Enow-30/orderby/norad_cat_id/format/json'
    """
    return space_track_query("gp", CURRENT, order_by="norad_cat_id", answer_format=answer_format)


def open_space_track(
    around: Surroundings,
    credentials: Credentials,
    *,
    base_url: str | None = None,
    bounds: Bounds | None = None,
    proxy: str | None = None,
) -> SpaceTrack:
    """Return Space-Track as this account may ask it.  Nothing is sent, not even the login."""
    feed = open_feed(
        SPACE_TRACK, around, base_url=base_url, login=credentials.form(), bounds=bounds, proxy=proxy
    )
    return SpaceTrack(feed=feed)
