"""What a feed gives back: bytes, and everything one has to know of them before using them."""

from dataclasses import dataclass

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.feeds.cache import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer, new or kept.

    ``fetched_at_tai_ns`` is when the bytes came, ``checked_at_tai_ns`` when the service last vouched for
    them; ``age_s`` counts from the first.  ``because`` says why a kept answer was given instead of a new one.
    """

    content: bytes
    url: str
    query_class: str
    fetched_at_tai_ns: int
    checked_at_tai_ns: int
    age_s: float
    from_cache: bool
    because: str
    digest: str
    etag: str | None
    last_modified: str | None
    notes: tuple[str, ...] = ()


def fetched_from(
    found: Found, *, query_class: str, now_tai_ns: int, because: str, notes: tuple[str, ...] = ()
) -> Fetched:
    """Return what the cache holds as an answer.  No reason why it was kept means that it has just come in."""
    entry = found.entry
    if entry is None:
        raise ValueError("nothing was found to give back")
    return Fetched(
        content=found.content,
        url=entry.url,
        query_class=query_class,
        fetched_at_tai_ns=entry.fetched_at_tai_ns,
        checked_at_tai_ns=entry.checked_at_tai_ns,
        age_s=max(0, now_tai_ns - entry.fetched_at_tai_ns) / NANOSECONDS_A_SECOND,
        from_cache=bool(because),
        because=because,
        digest=entry.digest,
        etag=entry.etag,
        last_modified=entry.last_modified,
        notes=notes,
    )
