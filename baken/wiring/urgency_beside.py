"""How urgent an event is when others speak of it too: what a centre says is not missed for our own look."""

from collections.abc import Sequence
from dataclasses import replace

from baken.operations.ports import Voice
from baken.records.event import EventKind, Finding
from baken.records.triage import Level
from baken.report.quantities import duration_text, probability_text
from baken.report.urgency import COLLISION_PROBABILITY, Urgency, urgency_of
from baken.report.words import Phrase


def urgency_beside(finding: Finding, voices: Sequence[Voice], now_tai_ns: int) -> Urgency:
    """Return how urgent a finding is; worth a look where another says a collision is likely, and we do not.

    What he says is his own figure, not weighed here: the rules weigh it on the page of the event.
    """
    own = urgency_of(finding, now_tai_ns)
    until_s = (finding.peak_tai_ns - now_tai_ns) / 1e9
    loudest = max(voices, key=_said, default=None)
    if (
        finding.kind is not EventKind.CONJUNCTION
        or own.level > Level.QUIET
        or until_s < 0.0
        or loudest is None
        or _said(loudest) < COLLISION_PROBABILITY
    ):
        return own
    told = Phrase(
        "urgency.another_says",
        (
            ("who", loudest.originator),
            ("probability", probability_text(loudest.probability_said)),
            ("until", duration_text(until_s)),
        ),
    )
    return replace(own, level=Level.LOOK, because=told)


def _said(voice: Voice) -> float:
    """Return what somebody else said last; of us, and of who gave no figure, less than anybody can say."""
    is_told = voice.originator and voice.probability_said is not None
    return float(voice.probability_said or 0.0) if is_told else -1.0
