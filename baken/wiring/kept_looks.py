"""Looks that took seconds, kept for whoever asks for the same again: a page is asked for many times."""

import math
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Look = TypeVar("Look")
# Made beside each other: one that takes long does not hold the next, and many do not hold the machine.
AT_ONCE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """A thing as part of a key: it is the same as itself alone, however alike another is."""

    thing: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.thing is other.thing

    def __hash__(self) -> int:
        # It is held here, so no other thing comes to lie in its place.
        return id(self.thing)


@dataclass(slots=True)
class KeptLooks(Generic[Key, Look]):
    """The newest looks by all that they rest on: what was seen under the same key is the same.

    Whoever asks while one is being made waits for it, and whoever asks for another does not: what is kept
    is given at once.  What goes wrong is told to all who wait, and tried anew by whoever asks later.

    >>> kept = KeptLooks[str, int](most=1)
    >>> kept.of("a", lambda: 1), kept.of("a", lambda: 2), kept.of("b", lambda: 3), kept.of("a", lambda: 4)
    (1, 1, 3, 4)
    """

    most: int = 20
    good_for_s: float = math.inf
    _kept: list[tuple[float, Key, Future[Look]]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _hands: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def of(self, key: Key, make: Callable[[], Look]) -> Look:
        """Return the look under a key; made now when it is not kept."""
        look, is_mine = self._found(key)
        if is_mine:
            with self._hands:
                self._make(look, make)
        return look.result()

    def _found(self, key: Key) -> tuple[Future[Look], bool]:
        with self._lock:
            now_s = time.monotonic()
            self._kept = [kept for kept in self._kept if now_s - kept[0] <= self.good_for_s]
            for _, known, look in self._kept:
                if known == key:
                    return look, False
            look = Future()
            self._kept = [*self._kept, (now_s, key, look)][-self.most :]
            return look, True

    def _make(self, look: Future[Look], make: Callable[[], Look]) -> None:
        try:
            look.set_result(make())
        except BaseException as error:
            with self._lock:
                self._kept = [kept for kept in self._kept if kept[2] is not look]
            look.set_exception(error)
            raise
