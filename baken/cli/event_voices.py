"""Who spoke of an event, in short: for a list."""

from collections.abc import Sequence

from baken.operations.ports import Voice
from baken.report.quantities import probability_text


def voices_text(voices: Sequence[Voice]) -> str:
    """Return how many spoke, and how often.

    >>> voices_text([Voice(originator="A", n_updates=2), Voice(originator="B", n_updates=1)])
    '2, 3 updates'
    """
    n_updates = sum(voice.n_updates for voice in voices)
    return f"{len(voices)}, {n_updates} update{'s' if n_updates != 1 else ''}"


def said_text(voices: Sequence[Voice]) -> str:
    """Return the largest probability that somebody else says now, or a dash."""
    largest = _largest(voices)
    return "-" if largest is None else probability_text(largest)


def voices_document(voices: Sequence[Voice]) -> dict[str, object]:
    """Return who spoke as JSON."""
    return {
        "originators": [voice.originator for voice in voices],
        "updates": sum(voice.n_updates for voice in voices),
        "largest_probability_said": _largest(voices),
    }


def _largest(voices: Sequence[Voice]) -> float | None:
    said = [voice.probability_said for voice in voices if voice.probability_said is not None]
    return max(said, default=None)
