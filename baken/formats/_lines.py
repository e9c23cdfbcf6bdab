"""Bytes into numbered lines, whatever the line ends and the encoding."""

from collections.abc import Collection
from dataclasses import dataclass

from baken.formats.reading import Deviation, Rejection, Strictness

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
NOT_UTF_8 = "is not UTF-8; it reads as Latin-1, which may put wrong letters in a name"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text; the first is number 1.  ``not_utf_8`` are the numbers of those read as Latin-1."""

    texts: list[str]
    not_utf_8: frozenset[int] = frozenset()


def lines_of(content: bytes) -> Lines:
    r"""Cut a text into lines.

    >>> lines_of(b"\xef\xbb\xbfa\r\nb\n").texts
    ['a', 'b']
    >>> lines_of(b"good\nCURA\xc7AO\n")
    Lines(texts=['good', 'CURAÇAO'], not_utf_8=frozenset({2}))
    """
    lines = content.removeprefix(BYTE_ORDER_MARK).splitlines()
    try:
        return Lines(b"\n".join(lines).decode().split("\n") if lines else [])
    except UnicodeDecodeError:
        decoded = [_decoded(line) for line in lines]
    return Lines(
        [text for text, _ in decoded],
        frozenset(number for number, (_, is_utf_8) in enumerate(decoded, 1) if not is_utf_8),
    )


def _decoded(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode(), True
    except UnicodeDecodeError:
        return line.decode("latin-1"), False


def judged(
    deviations: Collection[Deviation], strictness: Strictness
) -> tuple[Rejection | None, tuple[Deviation, ...]]:
    """Return what deviations mean: strictly, the record's rejection for the first; leniently, a report."""
    if not deviations or strictness is Strictness.LENIENT:
        return None, tuple(deviations)
    first = next(iter(deviations))
    return Rejection(first.line, first.keyword, first.message), tuple(deviations)
