"""What is expected of an object that will come down: when, where, how sure, and on what grounds."""

from dataclasses import dataclass

from baken.astro.arrays import Floats, Instants
from baken.records.identity import Identity
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReentryEnsemble:
    """Equally likely ways in which an object may come down, each at the altitude of its prediction.

    Shape: every array is (n,).  ``heading_rad`` is over the ground, from north through east.  ``n_still_up``
    counts the further members, as likely as any other, that were up when the computing ended.
    """

    epoch_tai_ns: Instants
    latitude_rad: Floats
    longitude_rad: Floats
    heading_rad: Floats
    n_still_up: int = 0

    def __post_init__(self) -> None:
        for array in (self.epoch_tai_ns, self.latitude_rad, self.longitude_rad, self.heading_rad):
            if array.shape != self.epoch_tai_ns.shape:
                raise ValueError("an ensemble has a place and a heading for every instant")
            array.flags.writeable = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroundTrack:
    """Where an object would pass over the ground if it kept flying: geodetic, WGS 84, one row an instant."""

    epoch_tai_ns: Instants
    latitude_rad: Floats
    longitude_rad: Floats
    altitude_m: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReentryPrediction:
    """When and where an object comes down through ``altitude_m``, as one could know it at ``as_of_tai_ns``.

    ``epoch_tai_ns`` is the median; the window holds ``window_probability`` of what may happen.
    ``ballistic_coefficient_m2_kg`` is drag coefficient times area over mass.  ``assumptions`` are sentences.
    """

    identity: Identity
    as_of_tai_ns: int
    altitude_m: float
    epoch_tai_ns: int
    window_start_tai_ns: int
    window_end_tai_ns: int
    window_probability: float
    last_elements_tai_ns: int
    n_element_sets: int
    n_outliers: int
    ballistic_coefficient_m2_kg: float
    ballistic_coefficient_log_sigma: float
    inclination_rad: float
    ensemble: ReentryEnsemble
    track: GroundTrack
    assumptions: tuple[str, ...] = ()
    realm: Realm = Realm.REAL
    marking: Marking = OWNER_ONLY
    lineage: Lineage = NO_LINEAGE

    def __post_init__(self) -> None:
        if not self.window_start_tai_ns <= self.epoch_tai_ns <= self.window_end_tai_ns:
            raise ValueError("the median of a re-entry lies within its window")
