"""What could be done about an encounter: options that are listed, never chosen."""

from dataclasses import dataclass
from enum import StrEnum

from baken.records.marking import OWNER_ONLY, Marking, Realm


class BurnDirection(StrEnum):
    """Along which axis of its own radial, transverse and normal an object would burn."""

    PLUS_T = "+T"
    MINUS_T = "-T"
    PLUS_R = "+R"
    MINUS_R = "-R"
    PLUS_N = "+N"
    MINUS_N = "-N"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondaryConjunction:
    """An encounter with somebody else that a burn would bring about."""

    norad_cat_id: int | None
    name: str
    tca_tai_ns: int
    miss_distance_m: float
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AvoidanceOption:
    """One burn and what would come of it.

    ``probability_after`` is of the encounter itself, by ``method``; ``secondaries`` are None when nobody
    looked for them, and empty when somebody looked and found none.
    """

    direction: BurnDirection
    burn_tai_ns: int
    delta_v_m_s: float
    probability_after: float
    miss_distance_after_m: float
    method: str
    secondaries: tuple[SecondaryConjunction, ...] | None = None


Table = tuple[tuple[tuple[float, ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMap:
    """Probability after a burn, over when and how much, along each axis; and the options drawn from it.

    A what-if, and so for its owner alone.  Tables are [direction][burn][delta-v], directions in the order of
    ``directions``; NaN where no closest approach is left near the old one.  ``latest_tai_ns`` is the last
    instant in the window at which some burn up to the largest brings the probability to
    ``probability_wanted``; None when none does.  Options stand in order of time, then direction: none is
    preferred.
    """

    norad_cat_id: int | None
    name: str
    tca_tai_ns: int
    probability_before: float
    miss_distance_before_m: float
    probability_wanted: float
    directions: tuple[BurnDirection, ...]
    burn_tai_ns: tuple[int, ...]
    delta_v_m_s: tuple[float, ...]
    probability_after: Table
    miss_distance_after_m: Table
    latest_tai_ns: int | None
    options: tuple[AvoidanceOption, ...]
    assumptions: tuple[str, ...]
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY

    @property
    def least_delta_v_m_s(self) -> tuple[tuple[float | None, ...], ...]:
        """The least burn looked at that brings the probability to what is wanted, [direction][burn]."""
        return tuple(
            tuple(self._least_of(after) for after in one_direction)
            for one_direction in self.probability_after
        )

    def latest_with_tai_ns(self, delta_v_m_s: float) -> int | None:
        """Return the last burn looked at that does it in some direction with no more than this; or None."""
        least = zip(*self.least_delta_v_m_s, strict=True)
        does_it = [any(dv is not None and dv <= delta_v_m_s for dv in at_once) for at_once in least]
        return max((when for when, does in zip(self.burn_tai_ns, does_it, strict=True) if does), default=None)

    def _least_of(self, after: tuple[float, ...]) -> float | None:
        does_it = (
            dv
            for dv, probability in zip(self.delta_v_m_s, after, strict=True)
            if probability <= self.probability_wanted
        )
        return next(does_it, None)
