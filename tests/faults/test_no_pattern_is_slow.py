"""Can a hostile text make a regular expression take for ever?"""

import importlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

LENGTH = 2_000
# A pattern that is linear takes a thousandth of this.
MOST_S = 0.05
SEEDS = (
    *(" ", "a", "A", "0", "a ", "A ", "a. ", "a.", "a-", "(", "[", "] [", '\\"', '"', "<ndm ", "<"),
    *("<title ", "0.", "0:", "=", "a=", "aA0_-", "a@", "\t\n", " (a", "de ", "1e", "+", "--", "::", "ab--"),
)
TAILS = ("", "\x00")
ANYWHERE = ("search", "finditer", "findall", "sub", "split")


def patterns() -> Iterator[tuple[str, re.Pattern]]:
    """Yield every pattern that a module of Baken keeps, once."""
    seen = set()
    for file in sorted(Path("baken").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "re.compile(" not in text:
            continue
        module = importlib.import_module(".".join(file.with_suffix("").parts))
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and (value.pattern, value.flags) not in seen:
                seen.add((value.pattern, value.flags))
                yield f"{file}:{name}", value


def ways_to_ask(where: str, pattern: re.Pattern) -> list:
    """Return how a pattern is asked: as a whole, and anywhere in a text where its module does that."""
    file, name = where.split(":")
    text = Path(file).read_text(encoding="utf-8")
    is_anywhere = any(f"{name}.{way}(" in text for way in ANYWHERE)
    return [pattern.fullmatch, *([pattern.search] if is_anywhere else [])]


def slow(where: str, pattern: re.Pattern) -> Iterator[str]:
    """Tell each hostile text that costs too much."""
    for ask in ways_to_ask(where, pattern):
        for seed in SEEDS:
            for tail in TAILS:
                text = (seed * LENGTH)[:LENGTH] + tail
                began_s = time.process_time()
                ask(text.encode() if isinstance(pattern.pattern, bytes) else text)
                if time.process_time() - began_s > MOST_S:
                    yield f"{where} {ask.__name__} {seed!r} {tail!r}"


def test_no_pattern_takes_for_ever_over_a_hostile_text() -> None:
    found = list(patterns())
    assert len(found) > 50
    assert [told for where, pattern in found for told in slow(where, pattern)] == []


def test_a_pattern_that_does_is_seen() -> None:
    two_ways_to_read_a_figure = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
    assert list(slow(f"{__file__}:planted", two_ways_to_read_a_figure))
