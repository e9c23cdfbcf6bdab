"""Assess warnings as they came: read each file, assess every message in it, leave none out in silence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from baken.assess.conjunction.assessment import AssessmentSettings, assess_message
from baken.errors import BadMessage, BakenError, UnreadableInput
from baken.formats.reading import Rejection, Strictness
from baken.formats.sniff import read_any
from baken.records.collision_assessment import CollisionAssessment
from baken.records.conjunction_message import ConjunctionMessage

Assess: TypeAlias = Callable[[ConjunctionMessage], CollisionAssessment]


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
    if not reading.rejected and not any(isinstance(one, ConjunctionMessage) for one in reading.records):
        raise UnreadableInput(f"this is {reading.format_name}; a conjunction message (CDM) is needed")
    judged = list(each_assessed(reading.records, partial(assess_message, settings=settings)))
    assessed = tuple(one for one in judged if isinstance(one, AssessedMessage))
    rejected = (*reading.rejected, *(one for one in judged if isinstance(one, Rejection)))
    if not assessed:
        first = rejected[0]
        raise BadMessage(first.reason, line=first.line, field=first.field, next_step="ask its sender anew")
    return AssessedFile(assessed=assessed, rejected=rejected)


def each_assessed(records: Iterable[object], assess: Assess) -> Iterator[AssessedMessage | Rejection]:
    """Assess what was read, record by record; what is no warning or cannot be assessed is turned down."""
    for record in records:
        if not isinstance(record, ConjunctionMessage):
            kind = type(record).__name__
            yield Rejection(0, kind, "is no conjunction message that can be assessed; ask for the whole CDM")
            continue
        try:
            yield AssessedMessage(message=record, assessment=assess(record))
        except BakenError as error:
            yield Rejection(0, record.message_id, str(error))
