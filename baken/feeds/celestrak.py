"""CelesTrak: general perturbations data by group, number, launch or name, and the supplemental sets.

Source: CelesTrak, "A New Way to Obtain GP Data" and "How to Perform SupGP Queries".
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode

from baken.errors import WrongUsage
from baken.feeds.answers import Format
from baken.feeds.feed import Feed, Surroundings, open_feed
from baken.feeds.fetched import Fetched
from baken.feeds.line import Bounds
from baken.feeds.query import Query
from baken.feeds.rules import CELESTRAK
from baken.records.identity import MAX_NORAD_CAT_ID

GP_PATH = "/NORAD/elements/gp.php"
SUPGP_PATH = "/NORAD/elements/supplemental/sup-gp.php"
LAUNCH = re.compile(r"\d{4}-\d{3}")
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class SelectBy(StrEnum):
    """By what CelesTrak selects element sets."""

    GROUP = "GROUP"
    CATNR = "CATNR"
    INTDES = "INTDES"
    NAME = "NAME"


def gp_query(select_by: SelectBy, value: str, answer_format: Format = Format.CSV) -> Query:
    """Return a query for general perturbations data.

    Raises: WrongUsage when the value is not of the kind it is said to be.

    >>> gp_query(SelectBy.GROUP, "active").path
    '/NORAD/elements/gp.php?GROUP=active&FORMAT=csv'
    """
    return _query("gp", GP_PATH, select_by, _checked(select_by, value), answer_format)


def supgp_query(file: str, answer_format: Format = Format.CSV) -> Query:
    """Return a query for one supplemental set, made from what its operator says (``starlink``, ``oneweb``).

    >>> supgp_query("starlink", Format.JSON).path
    '/NORAD/elements/supplemental/sup-gp.php?FILE=starlink&FORMAT=json'
    """
    if not WORD.fullmatch(file):
        raise WrongUsage(f"a supplemental set is named in one word such as starlink; this one reads {file!r}")
    return _query("supgp", SUPGP_PATH, "FILE", file, answer_format)


def _query(query_class: str, path: str, key: str, value: str, answer_format: Format) -> Query:
    asked = urlencode({key: value, "FORMAT": answer_format.value}, quote_via=quote)
    # CelesTrak counts selections, whatever their format and whoever's capitals.
    account = f"{query_class}:{key}={value.casefold()}"
    return Query(path=f"{path}?{asked}", account=account, format=answer_format)


def _checked(select_by: SelectBy, value: str) -> str:
    match select_by:
        case SelectBy.CATNR:
            if not (value.isascii() and value.isdecimal() and int(value) <= MAX_NORAD_CAT_ID):
                raise WrongUsage(f"a catalogue number has one to nine digits; this one reads {value!r}")
            return str(int(value))
        case SelectBy.INTDES:
            if not LAUNCH.fullmatch(value):
                raise WrongUsage(f"a launch reads like 1998-067; this one reads {value!r}")
        case SelectBy.GROUP:
            if not WORD.fullmatch(value):
                raise WrongUsage(f"a group is one word such as active; this one reads {value!r}")
        case SelectBy.NAME:
            if not value.strip() or not value.isprintable() or len(value) > 64:
                raise WrongUsage(f"a name to search for has 1 to 64 letters; this one reads {value!r}")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class CelesTrak:
    """CelesTrak, as one home asks it: each selection once in two hours, the rest from the cache."""

    feed: Feed
    group: str = "active"

    @property
    def service(self) -> str:
        return self.feed.rules.name

    def newest_catalogue(self) -> Fetched:
        """Return the newest elements of the group, as OMM in CSV."""
        return self.feed.fetch(gp_query(SelectBy.GROUP, self.group))

    def gp(self, select_by: SelectBy, value: str, answer_format: Format = Format.CSV) -> Fetched:
        """Return general perturbations data."""
        return self.feed.fetch(gp_query(select_by, value, answer_format))

    def supgp(self, file: str, answer_format: Format = Format.CSV) -> Fetched:
        """Return one supplemental set."""
        return self.feed.fetch(supgp_query(file, answer_format))


def open_celestrak(
    around: Surroundings,
    *,
    group: str = "active",
    base_url: str | None = None,
    bounds: Bounds | None = None,
    proxy: str | None = None,
) -> CelesTrak:
    """Return CelesTrak as this home may ask it.  Nothing is sent."""
    feed = open_feed(CELESTRAK, around, base_url=base_url, bounds=bounds, proxy=proxy)
    return CelesTrak(feed=feed, group=group)
