"""What was given to a partner, under which terms, and what came back."""

from dataclasses import dataclass

from baken.records.bundle import AnswerKind
from baken.records.marking import Marking, Realm
from baken.records.release import ReleaseId, ReleaseStage
from baken.records.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One item that went to a partner: how precisely, under which label and terms, and what he said of it."""

    release_id: ReleaseId
    item_id: str
    title: str
    went_at_tai_ns: int
    precision: str
    label: Marking
    terms: Terms
    stage: ReleaseStage
    said: tuple[AnswerKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One item that came from a partner: under which label and terms, and what of ours it answers.

    ``standing`` says whether it may still be used, in the words of the exchange.
    """

    item_id: str
    kind: str
    title: str
    came_at_tai_ns: int
    label: Marking
    terms: Terms
    standing: str
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """All that was given to one partner in one world, and all that came back, each in order of time."""

    partner: str
    realm: Realm
    given: tuple[Given, ...] = ()
    returned: tuple[Returned, ...] = ()

    @property
    def n_answered(self) -> int:
        """How many of our items he said something of, or sent something in answer to."""
        replied = {each.in_reply_to for each in self.returned}
        return sum(bool(each.said) or each.item_id in replied for each in self.given)

    @property
    def n_dissents(self) -> int:
        """How many of our items he judges otherwise."""
        return sum(AnswerKind.DISSENT in each.said for each in self.given)
