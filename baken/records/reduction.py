"""What was done to each field of something before it went out."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """Why a field is told as it is told."""

    AS_IT_IS = "as it is"
    ROUNDED = "rounded to the grid that was asked"
    ROUNDED_UP = "widened over what rounding took, and rounded up"
    AS_THE_STATES = "rounded as far as the states beside it do not give it away"
    DIGITS = "rounded to significant digits"
    CARRIED = "carried to the rounded instant by the motion, then rounded"
    FOLLOWS = "made anew from what is told"
    KEPT = "kept because the precision says so"
    NAMED_OUT = "left out because the precision says so"
    NOT_LISTED = "left out: it is on no list of fields that may go"
    NO_GRID = "left out: the precision says no grid for numbers of its kind"
    SECRET = "left out: it speaks in somebody's place"
    NARROWER = "left out: it has a narrower label of its own"
    OURS = "left out: it points back to what stays here"
    LEADS_OUTSIDE = "left out: it names what does not go along"
    LEADS_OUTSIDE_NAME = "as it is, under another name: its own names what does not go along"
    LABEL_OF_OTHERS = "left out: it is a label that tells of what does not go along, or stands no more"
    LISTS_OTHERS = "left out: it lists contents that do not go along"
    UNREDUCIBLE = "left out: Baken cannot reduce content of this kind"
    TOGETHER = "a warning: rounded rows of one motion tell more together than one does"
    DELAYED = "told only when it is old enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """One field: as it was, as it goes (empty when it does not), and by which rule."""

    field: str
    before: str
    after: str
    rule: Rule
