"""What could be done about an incident, as law and practice offer it; and what a case supports of that.

A catalogue lists measures.  It never orders them by effect, and nothing in Baken picks one.
"""

from dataclasses import dataclass
from enum import StrEnum

from baken.errors import NoSuchRecord
from baken.records.hypothesis import Confidence, Likelihood
from baken.records.incident import IncidentKind, Severity, Stage
from baken.records.response import Bilingual, Source


class Category(StrEnum):
    """Families of measures, in the order in which they are listed: restrictive ones never come first."""

    PREVENTIVE = "preventive"
    COOPERATIVE = "cooperative"
    STABILITY_BUILDING = "stability-building"
    SUPPORT = "support"
    PROTECTIVE = "protective"
    MUTUAL_ASSISTANCE = "mutual-assistance"
    RESTRICTIVE = "restrictive"


class Level(StrEnum):
    """Where a measure is taken."""

    NATIONAL = "national"
    EU = "eu"
    NATO = "nato"
    UN = "un"
    ITU = "itu"
    OSCE = "osce"
    OPERATOR = "operator"


class Voting(StrEnum):
    """How many have to agree before it is decided."""

    ONE_AUTHORITY = "one-authority"
    CABINET = "cabinet"
    UNANIMITY = "unanimity"
    QUALIFIED_MAJORITY = "qualified-majority"
    CONSENSUS = "consensus"
    BOTH_SIDES = "both-sides"


class Attribution(StrEnum):
    """What has to be known of who did it: nothing, a person's judgement, or an authority's determination."""

    NONE = "none"
    CONFIDENCE = "confidence"
    DETERMINATION = "determination"


class Reversibility(StrEnum):
    """Whether it can be taken back."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Risk(StrEnum):
    """How easily it makes things worse between states; the catalogue's word, to be weighed anew each time."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Pace(StrEnum):
    """How soon it works, as an order of magnitude."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure, from proposal to review, with the public texts in which it stands.

    ``kinds`` are the incidents it is for, all when empty.  ``evidence_for`` says for whom how many pieces of
    evidence, each with a root of its own, have to be released before those who decide can be shown any.
    ``from_confidence`` is asked where attribution needs a person's judgement.  ``precedent`` is ``None`` when
    no public one is known.
    """

    measure_id: str
    name: Bilingual
    what: Bilingual
    category: Category
    level: Level
    legal_basis: Bilingual
    proposer: Bilingual
    decider: Bilingual
    executor: Bilingual
    voting: Voting
    attribution: Attribution
    from_confidence: Confidence = Confidence.LOW
    evidence_for: tuple[tuple[str, int], ...] = ()
    kinds: frozenset[IncidentKind] = frozenset()
    from_severity: Severity = Severity.MINOR
    when_confirmed: bool = False
    reversible: Reversibility
    escalation: Risk
    works_within: Pace
    duration: Bilingual
    precedent: Bilingual | None = None
    line: Bilingual
    sources: tuple[Source, ...]
    to_be_checked_by_counsel: bool = True

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError(f"{self.measure_id} stands in no public source; name one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All measures there are, by name; each name once."""

    measures: tuple[Measure, ...]

    def measure(self, measure_id: str) -> Measure:
        """Return a measure by its name.

        Raises: NoSuchRecord when there is none.
        """
        for one in self.measures:
            if one.measure_id == measure_id:
                return one
        raise NoSuchRecord(f"no measure is called {measure_id}; 'baken respond measures' lists them")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSupport:
    """What a case has to show, as far as measures ask for it.

    ``likelihood`` and ``confidence`` are the most cautious that people who judged an explanation with ill
    will hold of it; of several such explanations, those of the one held most.  ``released`` counts for each
    audience the pieces it may see, those with a common root once.  ``determined_by`` are states.
    """

    incident_id: str
    kind: IncidentKind
    severity: Severity
    stage: Stage
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    determined_by: tuple[str, ...] = ()
    released: tuple[tuple[str, int], ...] = ()
    n_pieces: int = 0

    def released_to(self, audience: str) -> int:
        """Return how many pieces an audience may see."""
        return dict(self.released).get(audience, 0)


class Need(StrEnum):
    """What a case can lack for a measure."""

    KIND = "kind"
    SEVERITY = "severity"
    STAGE = "stage"
    JUDGEMENT = "judgement"
    DETERMINATION = "determination"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing a case lacks: ``word`` is the severity or confidence it takes; pieces are for an audience."""

    need: Need
    word: str = ""
    audience: str = ""
    n_pieces: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A measure in the list, and what the case lacks for it; supported when it lacks nothing."""

    measure: Measure
    missing: tuple[Missing, ...] = ()

    @property
    def is_supported(self) -> bool:
        return not self.missing


class Weighing(StrEnum):
    """What a worksheet asks of a measure: each answered by a person, in his own words."""

    EFFECT = "effect"
    CONFIDENCE = "confidence"
    RISK = "risk"
    ALTERNATIVES = "alternatives"
    SCOPE = "scope"
    SCALE = "scale"
    DURATION = "duration"
    INTENSITY = "intensity"


class MeasureAct(StrEnum):
    """What people say of a measure: they weigh it, propose it, or decide."""

    WEIGH = "weigh"
    PROPOSE = "propose"
    DECIDE = "decide"


class Outcome(StrEnum):
    """How those who may decide of a measure decided."""

    ADOPTED = "adopted"
    DECLINED = "declined"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one person said, and the entry that carries it; ``decider`` is who decided, where somebody did."""

    text: str
    by: str
    at_tai_ns: int
    entry_sequence: int
    outcome: Outcome | None = None
    decider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """All that people said of one measure in one case; what nobody said is not there."""

    measure_id: str
    weighed: tuple[tuple[Weighing, Said], ...] = ()
    proposals: tuple[Said, ...] = ()
    decisions: tuple[Said, ...] = ()

    def said_of(self, asked: Weighing) -> Said | None:
        """Return what stands on one question, or ``None`` when nobody answered."""
        return dict(self.weighed).get(asked)
