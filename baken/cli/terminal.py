"""Where text reaches a terminal: what a stranger wrote may say anything there, and steers nothing.

A terminal obeys what begins with an escape, or with one of the signs from U+0080 on (ECMA-48): it clears
what stood there, writes over it, or sends keys of its own.  Signs that turn the direction of writing let a
name read as another.
"""

import re
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook
from rich.segment import Segment

# All controls but tab and line feed; the ends of lines and the turns of direction of Unicode (UAX 9, 14).
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
LONE_HALVES = re.compile("[\ud800-\udfff]")  # of a pair of UTF-16, which no stream can write


def plain(text: str) -> str:
    r"""Return a text that steers no terminal: what would stands there as it is written in Python.

    >>> plain("COSMOS\x1b[2J 1408\r\n\u202e") == "COSMOS\\x1b[2J 1408\\r\n\\u202e"
    True
    """
    return LONE_HALVES.sub(_written, STEERING.sub(_written, text))


def _written(sign: re.Match[str]) -> str:
    return sign[0].encode("unicode_escape").decode("ascii")


def plain_json(text: str) -> str:
    """Return a JSON text that says the same and steers no terminal."""
    # Outside its texts JSON has no such signs, and within them each may be written by its number.
    return STEERING.sub(_numbered, LONE_HALVES.sub(_numbered, text))


def _numbered(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"


def print_text(text: str) -> None:
    """Print a text on standard output as it stands, steering nothing."""
    sys.stdout.write(plain(text))


def print_remark(text: str) -> None:
    """Print a line on standard error, steering nothing."""
    sys.stderr.write(plain(text) + "\n")


@dataclass(frozen=True, slots=True)
class Plainly:
    """Something to print, of which only its own colours and places steer the terminal, never its words."""

    told: ConsoleRenderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield what is printed, piece by piece."""
        for piece in console.render(self.told, options):
            yield piece if piece.control else Segment(plain(piece.text), piece.style)


class PlainWords(RenderHook):
    """What a console does with all it is asked to print."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Return the same, printed plainly."""
        return [Plainly(each) for each in renderables]


def plain_console(*, stderr: bool = False, quiet: bool = False, width: int | None = None) -> Console:
    """Return a console on which no word steers the terminal."""
    console = Console(stderr=stderr, quiet=quiet, width=width, soft_wrap=False)
    console.push_render_hook(PlainWords())
    return console


def tell_mistake(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    """Tell where in the code an error arose; its words are a stranger's too."""
    sys.stderr.write(plain("".join(traceback.format_exception(kind, error, at))))
