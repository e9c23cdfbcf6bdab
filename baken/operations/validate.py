"""Validate: hold a text against its standard, and point at every place where it departs."""

from dataclasses import dataclass
from enum import StrEnum

from baken.errors import BadMessage, TheirMistake
from baken.formats.reading import Deviation, Strictness
from baken.formats.sniff import read_any


class Verdict(StrEnum):
    """What becomes of a message."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, with the places it rests on; accepted texts may deviate too, when read leniently."""

    format_name: str | None
    verdict: Verdict
    deviations: tuple[Deviation, ...]


def validate(content: bytes, *, format_name: str | None, strictness: Strictness) -> Judged:
    """Judge one text; whatever it holds, the answer is a verdict."""
    try:
        reading = read_any(content, format_name=format_name, strictness=strictness)
    except BadMessage as error:
        return _rejected(Deviation(error.line or 0, error.field, error.problem))
    except TheirMistake as error:
        return _rejected(Deviation(0, "", str(error)))
    condemned = tuple(Deviation(one.line, one.field, one.reason) for one in reading.rejected)
    return Judged(
        format_name=reading.format_name,
        verdict=Verdict.REJECTED if condemned else Verdict.ACCEPTED,
        # A strict reader rejects for its first deviation; it is told once.
        deviations=tuple(dict.fromkeys(condemned + reading.deviations)),
    )


def _rejected(deviation: Deviation) -> Judged:
    return Judged(format_name=None, verdict=Verdict.REJECTED, deviations=(deviation,))
