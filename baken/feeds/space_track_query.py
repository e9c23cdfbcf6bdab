"""How a question to Space-Track is spelt: a class, predicates as data, an order, a format.

Source: Space-Track, API documentation (REST predicates and operators; API use guidelines).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from baken.errors import WrongUsage
from baken.feeds.answers import Format
from baken.feeds.query import Query
from baken.feeds.rules import LOGIN, SPACE_TRACK
from baken.records.identity import MAX_NORAD_CAT_ID

# Apache's default bound on a request line is 8190 bytes (LimitRequestLine); this leaves room for the rest.
MAX_PATH_BYTES = 7000
FIELD = re.compile(r"[a-z][a-z0-9_]*")
CLASSES = frozenset(one.name for one in SPACE_TRACK.classes) - {LOGIN}
# What bounds a question to the history: unbounded, it would ask for two hundred million rows.
HISTORY_BOUNDS = frozenset({"norad_cat_id", "epoch", "creation_date", "gp_id", "file"})
NULL = "null-val"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """One condition: a field, and what it must be in the service's own operators.

    ``>now-30`` is later than 30 days ago, ``a--b`` between, ``a,b`` either, ``<>a`` other than, ``^a`` begins
    with, ``~~a`` contains, ``null-val`` empty.

    Raises: WrongUsage when it cannot stand in a path.
    """

    field: str
    value: str

    def __post_init__(self) -> None:
        if not FIELD.fullmatch(self.field):
            raise WrongUsage(f"a field of Space-Track reads like norad_cat_id; this one reads {self.field!r}")
        # An escaped slash would still part the path in two on their side.
        if not self.value or not self.value.isprintable() or {"/", "\\"} & set(self.value):
            raise WrongUsage(
                f"{self.field}: {self.value!r} cannot stand in a query; use letters and operators"
            )
        if self.value in (".", ".."):
            raise WrongUsage(f"{self.field}: {self.value!r} cannot stand in a query; it is a step in a path")


def norad_cat_ids(ids: Sequence[int]) -> Predicate:
    """Return the condition to be one of these objects.

    Raises: WrongUsage for no number at all, or one of more than nine digits.

    >>> norad_cat_ids([25544, 799500124]).value
    '25544,799500124'
    """
    wrong = [one for one in ids if not 0 < one <= MAX_NORAD_CAT_ID]
    if wrong or not ids:
        raise WrongUsage(f"catalogue numbers have one to nine digits; got {wrong or 'none'}")
    return Predicate(field="norad_cat_id", value=",".join(str(one) for one in sorted(set(ids))))


def space_track_query(
    query_class: str,
    predicates: Sequence[Predicate],
    *,
    order_by: str,
    n_rows: int | None = None,
    answer_format: Format = Format.JSON,
) -> Query:
    """Return a question to Space-Track.

    Raises: WrongUsage for a class without a budget, a history without bounds, or a path that is too long.

    >>> alive = Predicate(field="decay_date", value="null-val"), Predicate(field="epoch", value=">now-30")
    >>> space_track_query("gp", alive, order_by="norad_cat_id").path.removeprefix("/basicspacedata/query")
    '/class/gp/decay_date/null-val/epoch/%3Enow-30/orderby/norad_cat_id/format/json'
    """
    _refuse_unsound(query_class, predicates, order_by, n_rows)
    steps = [step for one in predicates for step in (one.field, one.value)]
    steps += ["orderby", order_by]
    steps += ["limit", str(n_rows)] if n_rows is not None else []
    asked = "/".join(quote(step, safe=",~^") for step in ["class", query_class, *steps])
    path = f"/basicspacedata/query/{asked}/format/{answer_format.value}"
    if len(path) > MAX_PATH_BYTES:
        raise WrongUsage(f"the query is {len(path)} bytes long, {MAX_PATH_BYTES} fit; ask for fewer objects")
    return Query(path=path, account=_account(query_class, asked), format=answer_format)


def _account(query_class: str, asked: str) -> str:
    # The history is paid query by query, once and for all; every other class is paid as a whole.
    return f"{query_class}:{asked}" if query_class == "gp_history" else query_class


def _refuse_unsound(
    query_class: str, predicates: Sequence[Predicate], order_by: str, n_rows: int | None
) -> None:
    if query_class not in CLASSES:
        raise WrongUsage(f"Baken has a budget for {', '.join(sorted(CLASSES))}; not for {query_class!r}")
    if not re.fullmatch(r"[a-z][a-z0-9_]*( (asc|desc))?", order_by):
        raise WrongUsage(f"an order reads like 'epoch desc'; this one reads {order_by!r}")
    if n_rows is not None and n_rows < 1:
        raise WrongUsage(f"n_rows counts from one; it is {n_rows}")
    if query_class == "gp_history" and not HISTORY_BOUNDS & {one.field for one in predicates}:
        raise WrongUsage(f"a question to gp_history is bounded by one of {', '.join(sorted(HISTORY_BOUNDS))}")
    if any(one.field in ("class", "orderby", "limit", "format", "metadata") for one in predicates):
        raise WrongUsage("class, orderby, limit and format are not conditions; give them by their own names")
