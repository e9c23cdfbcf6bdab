"""One encounter as everybody sees it: every originator's updates side by side, none merged, none lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from baken.records.collision_assessment import CollisionAssessment
from baken.records.event import EventId
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of the two objects as an update speaks of it.

    ``age_h`` is how old the data on it was at closest approach, where the update tells; ``manoeuvrable`` is
    the sender's word: YES, NO or N/A.
    """

    object_id: str
    norad_cat_id: int | None
    name: str
    kind: str = ""
    operator: str = ""
    contact: str = ""
    manoeuvrable: str = "N/A"
    age_h: float | None = None
    covariance_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConjunctionUpdate:
    """What one originator said of an encounter at one moment, and what Baken makes of it.

    ``probability_said`` is the originator's own, by ``method_said``; the assessment is Baken's.  ``digest``
    is that of the message or finding it was made from, as it is kept.
    """

    originator: str
    message_id: str
    created_tai_ns: int
    kept_at_tai_ns: int
    parties: tuple[Party, Party]
    assessment: CollisionAssessment
    probability_said: float | None = None
    method_said: str = ""
    digest: str = ""
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class ConjunctionCase:
    """An encounter under its name, with every update ever kept, in order of creation.

    The last update of an originator stands; what it said before is superseded, and stays.
    """

    event_id: EventId
    updates: tuple[ConjunctionUpdate, ...]

    def __post_init__(self) -> None:
        if not self.updates:
            raise ValueError(f"{self.event_id}: a case has at least one update")

    @property
    def originators(self) -> tuple[str, ...]:
        """Who has spoken, in order of name."""
        return tuple(sorted({update.originator for update in self.updates}))

    def of(self, originator: str) -> tuple[ConjunctionUpdate, ...]:
        """Return what one originator said, oldest first."""
        return tuple(update for update in self.updates if update.originator == originator)

    @property
    def standing(self) -> tuple[ConjunctionUpdate, ...]:
        """What each originator says now, in order of name."""
        return tuple(self.of(originator)[-1] for originator in self.originators)

    @property
    def parties(self) -> tuple[Party, Party]:
        """The two objects, as the first update has them."""
        return self.updates[0].parties

    def superseded(self) -> Iterator[ConjunctionUpdate]:
        """Yield what was said before and stands no more."""
        for originator in self.originators:
            yield from self.of(originator)[:-1]
