"""What every format gives back: the records, and each line it could not take, by number and field."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Record = TypeVar("Record")


class Strictness(StrEnum):
    """How a reader meets a line that is not as its standard says."""

    STRICT = "strict"  # every deviation condemns the message
    LENIENT = "lenient"  # what is still clear is taken, and every deviation is told


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place where a text is not as its standard says.  Lines count from 1."""

    line: int
    keyword: str
    message: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """One record that was not taken: where it stood, which field is wrong, and why."""

    line: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[Record]):
    """What came out of one text.  ``n_read`` is the number of records that stood in it, good and bad."""

    format_name: str
    records: tuple[Record, ...]
    rejected: tuple[Rejection, ...] = ()
    deviations: tuple[Deviation, ...] = ()

    @property
    def n_read(self) -> int:
        return len(self.records) + len(self.rejected)
