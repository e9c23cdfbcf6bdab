"""Instants in the address of a question."""

from baken.astro.time import tai_ns_from_utc
from baken.errors import WrongUsage


def instant_asked(told: str | None, name: str) -> int | None:
    """Return an instant that was asked for, or nothing when none was.

    Raises: WrongUsage for what reads otherwise than UTC.
    """
    try:
        return tai_ns_from_utc(told) if told else None
    except ValueError as error:
        raise WrongUsage(f"{name}: {error}; write UTC like 2026-11-22T09:00:00Z") from error
