"""Fetch a catalogue from a service that publishes one, and keep what it says."""

from dataclasses import dataclass

from baken.operations.feed_ports import CatalogueFeed, FetchedContent
from baken.operations.import_catalogue import (
    Imported,
    NamedContent,
    Provenance,
    import_catalogue,
    read_catalogue,
)
from baken.operations.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedCatalogue:
    """What was fetched, and what keeping it changed."""

    answer: FetchedContent
    imported: Imported


def fetch_catalogue(feed: CatalogueFeed, store: Store, *, at_tai_ns: int) -> FetchedCatalogue:
    """Ask a service for its newest catalogue and keep it under the service's name.

    Raises: RefusedByPolicy or OutsideServiceFailed as the feed does; UnreadableInput when the answer is no
    catalogue.
    """
    answer = feed.newest_catalogue()
    provenance = Provenance(source=feed.service)
    read = read_catalogue(NamedContent(name=feed.service, content=answer.content), provenance)
    (imported,) = import_catalogue(store, [read], provenance, at_tai_ns=at_tai_ns, strict=False)
    return FetchedCatalogue(answer=answer, imported=imported)
