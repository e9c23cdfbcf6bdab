"""What could be done about an encounter: options that are listed, never chosen."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMap:
    """Probability after a burn, over when and how much, along each axis; and the options drawn from it.

    Shape:  ``probability_after`` is [direction][burn][delta-v], directions in the order of ``directions``.
    ``latest_tai_ns`` is the last instant in the window at which some burn up to the largest brings the
    probability to ``probability_wanted``; None when none does.
    """

    norad_cat_id: int | None
    name: str
    tca_tai_ns: int
    probability_before: float
    probability_wanted: float
    directions: tuple[BurnDirection, ...]
    burn_tai_ns: tuple[int, ...]
    delta_v_m_s: tuple[float, ...]
    probability_after: tuple[tuple[tuple[float, ...], ...], ...]
    miss_distance_after_m: tuple[tuple[tuple[float, ...], ...], ...]
    latest_tai_ns: int | None
    options: tuple[AvoidanceOption, ...]
    assumptions: tuple[str, ...]
