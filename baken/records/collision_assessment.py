"""What is thought of one warning: how likely a collision is, by which method, and whether that holds."""

from dataclasses import dataclass
from enum import StrEnum

from baken.records.conjunction_message import Vector


class CheckOutcome(StrEnum):
    """Whether an assumption was found to hold; what could not be tested is said to be untested."""

    HELD = "held"
    FAILED = "failed"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence with its name and the figures in it, so that it can be said in another language too."""

    name: str
    text: str
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One assumption that was put to the test, and the figure that decided."""

    name: str
    outcome: CheckOutcome
    because: Said


class Region(StrEnum):
    """Whether better data could still raise the probability."""

    ROBUST = "robust"
    DILUTED = "diluted"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterPlaneFigure:
    """Miss and combined covariance across the relative velocity, in axes that stay put over updates.

    The vertical axis is the first object's radial direction, projected; the horizontal one completes it, seen
    with the second object flying towards the reader.  The covariance is (horizontal, both, vertical).
    """

    miss_horizontal_m: float
    miss_vertical_m: float
    covariance_m2: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollisionAssessment:
    """What Baken makes of a warning.

    ``probability`` is the best that can be said, by ``method``, and lies between ``low`` and ``high``; None
    where no method holds, and then the interval is all there is.  ``methods`` are the other ways of computing
    it, None where one has no answer.  ``checks`` are the assumptions of the two-dimensional method that were
    tested; ``remarks`` what was mended, by which named method, and what was left out.  Miss and relative
    velocity are the second object's, in the first one's RTN, and so is ``sigma_rtn_m`` of the two together.
    ``dilution_curve`` holds the probability for scales of the covariance's standard deviations.
    """

    tca_tai_ns: int
    miss_distance_m: float
    miss_rtn_m: Vector
    relative_speed_m_s: float
    hard_body_radius_m: float
    hard_body_source: str
    method: str
    probability: float | None
    low: float
    high: float
    region: Region
    max_probability: float | None
    max_probability_scale: float | None
    mahalanobis: float | None
    methods: tuple[tuple[str, float | None], ...]
    checks: tuple[Check, ...]
    assumptions: tuple[Said, ...]
    remarks: tuple[Said, ...] = ()
    plane: EncounterPlaneFigure | None = None
    relative_velocity_rtn_m_s: Vector | None = None
    sigma_rtn_m: Vector | None = None
    dilution_curve: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.low <= self.high <= 1.0:
            raise ValueError(f"an interval of probability is in [0, 1]; this one is {self.low}, {self.high}")
        if self.probability is not None and not self.low <= self.probability <= self.high:
            raise ValueError(f"probability {self.probability} is not within {self.low}, {self.high}")

    @property
    def sigma_along_miss_m(self) -> float | None:
        """One standard deviation of the miss, along its own direction; None where there is no covariance."""
        return self.miss_distance_m / self.mahalanobis if self.mahalanobis else None

    @property
    def failed(self) -> tuple[Check, ...]:
        """The assumptions that were found not to hold."""
        return tuple(check for check in self.checks if check.outcome is CheckOutcome.FAILED)
