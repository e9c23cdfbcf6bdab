"""A list of objects in JSON, or one object: each element with its line, numbers still as their text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from baken.errors import BadMessage, UnreadableInput
from baken.formats._grammar import shown
from baken.formats._lines import BYTE_ORDER_MARK, NOT_UTF_8
from baken.formats.reading import Deviation, Strictness

ELEMENT = "ELEMENT"  # what is at fault when no single field is
BLANKS = re.compile(r"[ \t\r\n]*")
JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")  # RFC 8259, section 6


@dataclass(frozen=True, slots=True)
class Found:
    """One element of the list: the line it begins on, its text, and its value, or why it has none.

    An object is a tuple of pairs, an array a list, a number its text.
    """

    line: int
    text: str
    value: object = None
    fault: BadMessage | None = None


def text_of(content: bytes, strictness: Strictness) -> tuple[str, tuple[Deviation, ...]]:
    """Decode a document.

    Raises: UnreadableInput when it is not UTF-8 and the reading is strict.
    """
    content = content.removeprefix(BYTE_ORDER_MARK)
    try:
        return content.decode(), ()
    except UnicodeDecodeError as error:
        deviation = Deviation(1 + content.count(b"\n", 0, error.start), ELEMENT, NOT_UTF_8)
    if strictness is Strictness.STRICT:
        raise UnreadableInput(f"line {deviation.line} {NOT_UTF_8}; fetch it anew, or read it leniently")
    return content.decode("latin-1"), (deviation,)


def decoder_of_texts() -> json.JSONDecoder:
    """Return a decoder that leaves numbers their text, and objects their order and their doubles."""
    return json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=tuple)


def elements(text: str) -> Iterator[Found]:
    """Yield each element of the list as far as the text goes, then whatever broke it off."""
    decoder = decoder_of_texts()
    line, at = 1, _past_blanks(text, 0)
    is_list = text.startswith("[", at)
    at = _past_blanks(text, at + 1) if is_list else at
    line += text.count("\n", 0, at)
    if is_list and text.startswith("]", at):
        return
    while True:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as broken:
            line += text.count("\n", at, getattr(broken, "pos", at))
            yield Found(line, "", fault=BadMessage(f"breaks off, or is not JSON ({_why(broken)})"))
            return
        yield Found(line, text[at:end], value)
        end = _past_blanks(text, end)
        line += text.count("\n", at, end)
        if is_list and text.startswith(",", end):
            at = _past_blanks(text, end + 1)
            line += text.count("\n", end, at)
            continue
        rest = text[end:].lstrip("]" if is_list and text.startswith("]", end) else "").strip()
        if rest or (is_list and not text.startswith("]", end)):
            problem = f"the list breaks off, or goes on with {shown(rest)}"
            yield Found(line, "", fault=BadMessage(problem))
        return


def twice(pairs: tuple[tuple[str, object], ...]) -> str:
    """Return the first keyword that stands in an object twice, or nothing."""
    seen: set[str] = set()
    for keyword, _ in pairs:
        if keyword in seen:
            return keyword
        seen.add(keyword)
    return ""


def _past_blanks(text: str, at: int) -> int:
    blanks = BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _why(broken: Exception) -> str:
    return (
        "it is nested too deep"
        if isinstance(broken, RecursionError)
        else getattr(broken, "msg", str(broken)).lower()
    )
