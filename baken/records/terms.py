"""Under which terms something is given to somebody: what he may do with it, and until when."""

from dataclasses import dataclass

from baken.records.handling import Onward


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a receiver agrees to by keeping an item.

    ``purpose`` is what it may be used for; ``onward`` to whom he may hand it on, nobody unless it is said.
    Past ``expires_tai_ns`` it may be used no more; ``None`` where nobody said.  ``licence`` is that of the
    data it was made from.

    >>> Terms(purpose="collision warning", expires_tai_ns=10).has_expired(10)
    True
    """

    purpose: str = ""
    onward: Onward = Onward.NOBODY
    expires_tai_ns: int | None = None
    licence: str = ""

    def has_expired(self, at_tai_ns: int) -> bool:
        """Say whether the item may be used no more."""
        return self.expires_tai_ns is not None and self.expires_tai_ns <= at_tai_ns
