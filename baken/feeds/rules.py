"""What each service allows, as data.  A service that changes its rules changes this file and nothing else.

Source: CelesTrak usage policy (T.S. Kelso, 2026-05-22) and GP data formats, FAQ (2026-03-26);
Space-Track API use guidelines (30 requests a minute, 300 an hour, and the cadence of each class).
"""

import math
from dataclasses import dataclass

from baken.errors import WrongUsage
from baken.feeds.budget import TURNED_AWAY, Limit

MINUTE_S = 60.0
HOUR_S = 3600.0
DAY_S = 86_400.0
ONCE_AND_FOR_ALL_S = math.inf
# Longer than any exchange may last: a request paid for now may be counted by the service this much later.
MARGIN_S = 60.0

LOGIN = "login"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryClass:
    """One kind of query: how often each account of it may be asked.  Its answers stay fresh that long."""

    name: str
    limit: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRules:
    """How one service wants to be asked.

    ``attempts`` counts the first one.  ``rest_s`` is how long it is left alone after it said it cannot, when
    it did not say for how long; ``least_rest_s`` whatever it said.  ``is_halted_by_missing_pages``: whether
    a 404 is to be shown to a person before anything else is asked.
    """

    name: str
    base_url: str
    whole: tuple[Limit, ...]
    classes: tuple[QueryClass, ...]
    attempts: int
    rest_s: float
    least_rest_s: float
    is_halted_by_missing_pages: bool

    def class_of(self, account: str) -> QueryClass:
        """Return the class an account belongs to: what stands before its colon.

        Raises: WrongUsage when the service has no budget for it; what has no budget is not asked.
        """
        wanted = account.partition(":")[0]
        for query_class in self.classes:
            if query_class.name == wanted:
                return query_class
        raise WrongUsage(f"{self.name} has no budget for {wanted!r}; name it in baken/feeds/rules.py first")

    def longest_limit_on(self, account: str) -> Limit:
        """Return the limit that remembers a debit on this account longest."""
        limits = list(self.whole)
        if account != TURNED_AWAY:
            limits.append(self.class_of(account).limit)
        return max(limits, key=lambda limit: limit.held_s)


def _once(window_s: float) -> Limit:
    return Limit(n_requests=1, window_s=window_s, margin_s=MARGIN_S)


# CelesTrak counts downloads for each address and selection (whatever the format), once per two hours, and
# shuts out addresses that met 50 errors in two hours.  With 40 requests in all, that cannot be reached.
# It wants a program to stop at anything but 200, so there is one attempt, and then two hours of rest.
CELESTRAK = ServiceRules(
    name="CelesTrak",
    base_url="https://celestrak.org",
    whole=(Limit(n_requests=40, window_s=2 * HOUR_S, margin_s=MARGIN_S),),
    classes=(
        QueryClass(name="gp", limit=_once(2 * HOUR_S)),
        QueryClass(name="supgp", limit=_once(2 * HOUR_S)),
    ),
    attempts=1,
    rest_s=2 * HOUR_S,
    least_rest_s=2 * HOUR_S,
    is_halted_by_missing_pages=True,
)

# Space-Track counts by login name, and its owner may be using a browser besides: Baken takes five sixths.
SPACE_TRACK = ServiceRules(
    name="Space-Track",
    base_url="https://www.space-track.org",
    whole=(
        Limit(n_requests=25, window_s=MINUTE_S, margin_s=MARGIN_S),
        Limit(n_requests=250, window_s=HOUR_S, margin_s=MARGIN_S),
    ),
    classes=(
        QueryClass(name="gp", limit=_once(HOUR_S)),
        QueryClass(name="satcat", limit=_once(DAY_S)),
        QueryClass(name="gp_history", limit=_once(ONCE_AND_FOR_ALL_S)),
        QueryClass(name="tip", limit=_once(HOUR_S)),
        QueryClass(name="decay", limit=_once(DAY_S)),
        # A session lasts about two hours; six leave room for a few restarts and none for a loop.
        QueryClass(name=LOGIN, limit=Limit(n_requests=6, window_s=HOUR_S, margin_s=MARGIN_S)),
    ),
    attempts=3,
    rest_s=HOUR_S,
    least_rest_s=0.0,
    is_halted_by_missing_pages=False,
)
