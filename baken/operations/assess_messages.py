"""Assess warnings as they came: read each file, assess every message in it, leave none out in silence."""

from dataclasses import dataclass

from baken.assess.conjunction.assessment import AssessmentSettings, assess_message
from baken.errors import BadMessage, UnreadableInput
from baken.formats.reading import Rejection, Strictness
from baken.formats.sniff import read_any
from baken.records.collision_assessment import CollisionAssessment
from baken.records.conjunction_message import ConjunctionMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedMessage:
    """A warning, and what Baken makes of it."""

    message: ConjunctionMessage
    assessment: CollisionAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedFile:
    """What one file of warnings gave, good and bad."""

    assessed: tuple[AssessedMessage, ...]
    rejected: tuple[Rejection, ...]


def assess_messages(
    content: bytes, settings: AssessmentSettings, *, format_name: str | None = None
) -> AssessedFile:
    """Read conjunction messages, leniently, and assess each.

    Raises: BadMessage when every message is bad; UnreadableInput when there is none.
    """
    reading = read_any(content, format_name=format_name, strictness=Strictness.LENIENT)
    messages = [record for record in reading.records if isinstance(record, ConjunctionMessage)]
    if not messages and reading.rejected:
        first = reading.rejected[0]
        raise BadMessage(first.reason, line=first.line, field=first.field, next_step="ask its sender anew")
    if not messages:
        raise UnreadableInput(f"this is {reading.format_name}; a conjunction message (CDM) is needed")
    return AssessedFile(
        assessed=tuple(
            AssessedMessage(message=one, assessment=assess_message(one, settings)) for one in messages
        ),
        rejected=reading.rejected,
    )
