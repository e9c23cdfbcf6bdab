"""What somebody says an orbit is: an opinion with a source, a method and an age."""

import math
from dataclasses import dataclass
from enum import StrEnum

from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm

SECONDS_A_DAY = 86_400.0
# Vallado et al. (2006), AIAA 2006-6753: where SGP4 hands over to its deep-space part.
DEEP_SPACE_PERIOD_S = 225.0 * 60.0


class Theory(StrEnum):
    """The theory whose mean elements these are; elements mean nothing without it."""

    SGP4 = "SGP4"
    SGP4_XP = "SGP4-XP"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementSet:
    """Mean elements of one object at one epoch, as one source published them.

    Frame: true equator, mean equinox of date (TEME).  Mean motion is Brouwer's as the element sets carry it
    (Kozai convention).  ``mean_motion_dot_rad_s2`` and ``mean_motion_ddot_rad_s3`` hold what the field is
    published as: half the first and a sixth of the second derivative.  ``bstar_per_earth_radius`` is SGP4's
    drag term.  ``other_fields`` and ``comments`` keep what the source said and Baken has no word for.

    Raises: ValueError when a number cannot belong to an orbit.
    """

    identity: Identity
    epoch_tai_ns: int
    mean_motion_rad_s: float
    eccentricity: float
    inclination_rad: float
    raan_rad: float
    argument_of_perigee_rad: float
    mean_anomaly_rad: float
    bstar_per_earth_radius: float = 0.0
    mean_motion_dot_rad_s2: float = 0.0
    mean_motion_ddot_rad_s3: float = 0.0
    theory: Theory = Theory.SGP4
    ephemeris_type: int = 0
    classification: str = "U"
    element_set_no: int | None = None
    rev_at_epoch: int | None = None
    originator: str = ""
    created_tai_ns: int | None = None
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE
    comments: tuple[str, ...] = ()
    other_fields: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean_motion_rad_s) and self.mean_motion_rad_s > 0.0):
            raise ValueError(f"mean_motion_rad_s must be positive; it is {self.mean_motion_rad_s}")
        if not 0.0 <= self.eccentricity < 1.0:
            raise ValueError(f"eccentricity must be in [0, 1); it is {self.eccentricity}")
        if not math.isfinite(
            self.inclination_rad
            + self.raan_rad
            + self.argument_of_perigee_rad
            + self.mean_anomaly_rad
            + self.bstar_per_earth_radius
            + self.mean_motion_dot_rad_s2
            + self.mean_motion_ddot_rad_s3
        ):
            raise ValueError("every angle and rate of an element set must be a finite number")

    @property
    def period_s(self) -> float:
        return 2.0 * math.pi / self.mean_motion_rad_s
