"""How often strangers may try at their door: so seldom that nobody finds a code, or fills a disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from fastapi import HTTPException

SECOND_NS = 1_000_000_000
WINDOW_NS = 600 * SECOND_NS
MOST_OF_ONE = 10
MOST_OF_ALL = 100
MOST_REPORTS_OF_ONE, MOST_REPORTS = 60, 300


@dataclass(slots=True)
class Guesses:
    """The wrong codes of the last ten minutes, and of which incident each was said to be.

    What is tried counts before it is known to be wrong: many guesses at once are no way around.

    >>> guesses = Guesses(most_of_one=1)
    >>> guesses.wait_s("A", 0), guesses.wait_s("A", 60 * SECOND_NS), guesses.wait_s("B", 0)
    (0, 540, 0)
    """

    most_of_one: int = MOST_OF_ONE
    most_of_all: int = MOST_OF_ALL
    tried: list[tuple[int, str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def wait_s(self, of: str, now_tai_ns: int) -> int:
        """Count a guess and return 0, or count nothing and return how many seconds to wait for the next."""
        with self.lock:
            self.tried = [each for each in self.tried if each[0] > now_tai_ns - WINDOW_NS]
            until_tai_ns = max(
                _free_at_tai_ns([at for at, _ in self.tried], self.most_of_all, now_tai_ns),
                _free_at_tai_ns([at for at, one in self.tried if one == of], self.most_of_one, now_tai_ns),
            )
            if until_tai_ns <= now_tai_ns:
                self.tried.append((now_tai_ns, of))
            return -((now_tai_ns - until_tai_ns) // SECOND_NS)

    def was_right(self, of: str, at_tai_ns: int) -> None:
        """Take back a guess that was none."""
        with self.lock:
            self.tried.remove((at_tai_ns, of))


@contextmanager
def guessing(guesses: Guesses, of: str, now_tai_ns: int) -> Iterator[None]:
    """Let somebody try a code; what goes through was no guess.

    Raises: HTTPException, 429, when there were too many wrong ones.
    """
    wait_s = guesses.wait_s(of, now_tai_ns)
    if wait_s:
        raise HTTPException(429, "Too many wrong codes", headers={"Retry-After": str(wait_s)})
    yield
    guesses.was_right(of, now_tai_ns)


def reports_taken() -> Guesses:
    """Return the same for reports: what is kept is kept for ever, so not without end from one address."""
    return Guesses(most_of_one=MOST_REPORTS_OF_ONE, most_of_all=MOST_REPORTS)


def _free_at_tai_ns(tried_tai_ns: list[int], most: int, now_tai_ns: int) -> int:
    if len(tried_tai_ns) < most:
        return now_tai_ns
    return sorted(tried_tai_ns)[-most] + WINDOW_NS
