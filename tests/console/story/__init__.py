"""A home with something in it for every screen: an invented sky, watched, and what people did about it.

Each chapter is a module with ``tell(home)``; it acts through the door that people use, at ``NOW``.
"""

from collections.abc import Callable
from pathlib import Path

from tests.console.story import cases, conjunctions, falls, objects, response, sharing, sky
from tests.console.story.homes import at_home

Chapter = Callable[..., None]
# In the order in which they happen.
CHAPTERS: tuple[Chapter, ...] = (
    conjunctions.tell,
    objects.tell,
    cases.tell,
    falls.tell,
    response.tell,
    sharing.tell,
)


def tell_story(home: Path) -> None:
    """Fill a home."""
    sky.watch(home)
    with at_home(home) as door:
        for tell in CHAPTERS:
            tell(door)
