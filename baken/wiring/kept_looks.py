"""Looks that took seconds, kept for whoever asks for the same again: a page is asked for many times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Look = TypeVar("Look")


@dataclass(slots=True)
class KeptLooks(Generic[Key, Look]):
    """The newest looks by all that they rest on: what was seen under the same key is the same.

    Whoever asks while one is being made waits for it: it is made once.

    >>> kept = KeptLooks[str, int](most=1)
    >>> kept.of("a", lambda: 1), kept.of("a", lambda: 2), kept.of("b", lambda: 3), kept.of("a", lambda: 4)
    (1, 1, 3, 4)
    """

    most: int = 20
    _kept: list[tuple[Key, Look]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def of(self, key: Key, make: Callable[[], Look]) -> Look:
        """Return the look under a key; made now when it is not kept."""
        with self._lock:
            for known, look in self._kept:
                if known == key:
                    return look
            made = make()
            self._kept = [*self._kept, (key, made)][-self.most :]
            return made
