"""What the procedures ask of a service that publishes a catalogue."""

from typing import Protocol


class FetchedContent(Protocol):
    """An answer of a catalogue service, as bytes, and how old it is.

    ``fetched_at_tai_ns`` is when these bytes left the service; ``because`` says why a kept answer was given
    instead of a new one, and is empty when it is new; ``notes`` tell what went wrong on the way.
    """

    @property
    def content(self) -> bytes: ...
    @property
    def url(self) -> str: ...
    @property
    def fetched_at_tai_ns(self) -> int: ...
    @property
    def age_s(self) -> float: ...
    @property
    def from_cache(self) -> bool: ...
    @property
    def because(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


class CatalogueFeed(Protocol):
    """A service that publishes a catalogue.  It is asked only because a user wants it."""

    @property
    def service(self) -> str:
        """The name of the service, as sources are named in the catalogue."""
        ...

    def newest_catalogue(self) -> FetchedContent:
        """Return the newest catalogue that may be had now, from the service or, with its age, from its cache.

        Raises: RefusedByPolicy when no request may leave and nothing is kept; OutsideServiceFailed.
        """
        ...
