"""What a re-entry may mean for those below: regions, airspace, and expected harm."""

from dataclasses import dataclass

from baken.astro.arrays import Floats
from baken.records.reentry import ReentryPrediction
from baken.records.region import Region


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegionOutlook:
    """What one region has to reckon with, as known when the prediction was made.

    ``probability`` is that of the object passing its altitude over the region, ``touched_probability`` that
    of any fragment coming down there.  Of those that touch, ``earliest`` and ``latest`` leave a share out to
    each side; both are None when none does.  A region that is not clear becomes so at ``clear_from_tai_ns``,
    None when not within what was computed.  ``touched_over_time`` is its share between one edge of
    time of the outlook and the next.  One that cannot be reached lies beyond every track of the orbit; one
    that has waited was not clear when last told.
    """

    region: Region
    probability: float
    touched_probability: float
    earliest_tai_ns: int | None
    latest_tai_ns: int | None
    is_clear: bool
    clear_from_tai_ns: int | None
    touched_over_time: tuple[float, ...] = ()
    can_be_reached: bool = True
    has_waited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AirspaceBox:
    """The air that fragments cross should the object come down between two instants.

    ``ring_rad`` is (n, 2), longitude and latitude.  The box would have to be empty from ``start_tai_ns`` on,
    until ``clear_until_tai_ns``, when the lightest fragments have fallen.
    """

    start_tai_ns: int
    end_tai_ns: int
    clear_until_tai_ns: int
    probability: float
    ring_rad: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class CasualtyExpectation:
    """How many people may be expected to be hit: a range, as body and place are not known."""

    mass_kg: float
    area_low_m2: float
    area_high_m2: float
    people_under_orbit_per_m2: float
    people_under_members_per_m2: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierWindow:
    """What was said of the same object before."""

    as_of_tai_ns: int
    window_start_tai_ns: int
    epoch_tai_ns: int
    window_end_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Footfall:
    """How far fragments are taken to reach, ahead of the re-entry and aside, and how long to fall."""

    reach_m: float
    half_width_m: float
    fall_s: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReentryOutlook:
    """A prediction, and what it means on the ground.

    ``casualties`` is None where mass or people are not known.  ``threshold_fraction`` is the chance under
    which a region counts as clear; ``outside_share`` what is left out before the earliest and after the
    latest instant of a region.  ``edge_tai_ns`` divides the time in which the members come down.
    """

    prediction: ReentryPrediction
    footfall: Footfall
    threshold_fraction: float
    outside_share: float
    edge_tai_ns: tuple[int, ...] = ()
    regions: tuple[RegionOutlook, ...] = ()
    boxes: tuple[AirspaceBox, ...] = ()
    casualties: CasualtyExpectation | None = None
    earlier: tuple[EarlierWindow, ...] = ()
