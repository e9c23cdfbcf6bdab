"""Competing explanations of one incident, and the evidence that speaks for or against each."""

from dataclasses import dataclass
from enum import StrEnum

from baken.records.marking import OWNER_ONLY, Marking


class Reliability(StrEnum):
    """How far a source can be trusted (NATO AJP-2.1, the Admiralty code); F is "cannot be judged"."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """How far a piece of information is borne out by others; 6 is "cannot be judged"."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class Fit(StrEnum):
    """How a piece of evidence sits with an explanation: what one would see if it were true."""

    VERY_CONSISTENT = "CC"
    CONSISTENT = "C"
    NEUTRAL = "N"
    INCONSISTENT = "I"
    VERY_INCONSISTENT = "II"


class Confidence(StrEnum):
    """How good the basis of a judgement is; it says nothing of how likely the thing is (ICD 203)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Likelihood(StrEnum):
    """Words for how likely a thing is; their numbers stand in ``incident/likelihood``."""

    ALMOST_NO_CHANCE = "almost-no-chance"
    VERY_UNLIKELY = "very-unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN_CHANCE = "roughly-even-chance"
    LIKELY = "likely"
    VERY_LIKELY = "very-likely"
    ALMOST_CERTAIN = "almost-certain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One explanation.  ``standing`` ones are always on the list; ``benign`` ones need no ill will."""

    hypothesis_id: str
    text: str
    benign: bool
    standing: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What somebody thinks of one piece of evidence, apart from what it says.

    ``independence_group`` names the root it shares with others; they count once together.
    """

    reliability: Reliability = Reliability.F
    credibility: Credibility = Credibility.CANNOT_BE_JUDGED
    independence_group: str = ""
    by: str = ""

    @property
    def text(self) -> str:
        """The grade as people write it.

        >>> Grade().text
        'F6'
        """
        return f"{self.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A piece of evidence in the matrix: its grade, its root, how it sits with each explanation.

    ``fits`` are in the order of the matrix's hypotheses, ``None`` where nobody said.  ``diagnosticity`` is 0
    where it sits alike with all of them and tells nothing apart, 1 where it tells most.
    """

    entry_sequence: int
    title: str
    grade: Grade
    root: str
    fits: tuple[Fit | None, ...]
    diagnosticity: float
    marking: Marking = OWNER_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an explanation stands: the sum of what speaks against it, and between which bounds that is known.

    ``low`` takes what nobody rated as consistent and what cannot be judged as weak, ``high`` the opposite.
    """

    hypothesis: Hypothesis
    inconsistency: float
    low: float
    high: float
    n_against: int
    n_unrated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A root of evidence without which another explanation would stand first."""

    root: str
    entry_sequences: tuple[int, ...]
    first_without: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a person judges: how likely an explanation is and, apart from that, on how good a basis.

    ``band_percent`` is what the word of likelihood means in figures.
    """

    hypothesis_id: str
    likelihood: Likelihood
    band_percent: tuple[int, int]
    confidence: Confidence
    because: str
    by: str
    entry_sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that is missing (a gap), or somebody who does not agree (dissent)."""

    text: str
    by: str
    entry_sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Everything weighed, the least contradicted explanation first.

    ``settled`` says whether the first stands first whatever the unknown ratings and grades would be.
    ``circular`` are roots under which more than one piece stands.  ``n_withheld`` counts pieces that are
    withheld from the reader: what they say is not in here.
    """

    subject: str
    standings: tuple[Standing, ...]
    hypotheses: tuple[Hypothesis, ...]
    rows: tuple[Row, ...]
    carriers: tuple[Carrier, ...] = ()
    circular: tuple[tuple[str, tuple[int, ...]], ...] = ()
    estimates: tuple[Estimate, ...] = ()
    gaps: tuple[Remark, ...] = ()
    dissent: tuple[Remark, ...] = ()
    settled: bool = False
    n_withheld: int = 0

    @property
    def first(self) -> tuple[Hypothesis, ...]:
        """The explanations least spoken against; more than one when they are level."""
        return tuple(
            standing.hypothesis
            for standing in self.standings
            if standing.inconsistency == self.standings[0].inconsistency
        )
