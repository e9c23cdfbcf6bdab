"""From a prediction to what it means on the ground: the nouns round the kernels."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from baken.assess.reentry.corridor import footprint, travelling_box
from baken.assess.reentry.regions import (
    ALREADY_CLEAR_TAI_NS,
    can_be_reached,
    clear_from,
    first_and_last,
    inside,
    least_share_told,
    share_over_time,
)
from baken.assess.reentry.survival import (
    casualty_area_range_m2,
    people_at_per_m2,
    people_under_orbit_per_m2,
)
from baken.astro.arrays import Floats, Instants
from baken.records.reentry import ReentryPrediction
from baken.records.reentry_outlook import (
    AirspaceBox,
    CasualtyExpectation,
    EarlierWindow,
    Footfall,
    ReentryOutlook,
    RegionOutlook,
)
from baken.records.region import PopulationGrid, Region

# An assumption of ours, on the wide side, and no source's: 2,000 km long, 70 km wide, half an hour to fall.
# Told of: 500 miles for UARS (NASA, September 2011); 40 km of width for Columbia (Ailor & Patera 2007, Proc.
# IMechE G 221, 947).  With 800 km the chances per country are 0.6 of these, at the median of 71 countries.
FOOTFALL = Footfall(reach_m=2_000_000.0, half_width_m=35_000.0, fall_s=1_800.0)
# Who answers for people does not call off for one in a hundred: that is what a small country starts with.
THRESHOLD_FRACTION = 0.001
OUTSIDE_SHARE = 0.05
N_SPANS = 24  # of the time in which members come down
SAMPLES_ALONG = 11  # every 200 km: no country or region of air that matters slips through often
# Boxes help those who clear the air today; a window of days would be nothing but boxes.
LONGEST_WINDOW_WITH_BOXES_S = 86_400.0
BOX_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AskedOutlook:
    """What is asked of a prediction: for whom, over which people, of what mass; None is not known.

    ``waited`` are the keys of regions that were not clear when last told.
    """

    regions: tuple[Region, ...] = ()
    population: PopulationGrid | None = None
    mass_kg: float | None = None
    threshold_fraction: float = THRESHOLD_FRACTION
    footfall: Footfall = FOOTFALL
    earlier: tuple[EarlierWindow, ...] = ()
    waited: frozenset[str] = frozenset()


def outlook_of(prediction: ReentryPrediction, asked: AskedOutlook) -> ReentryOutlook:
    """Return what a prediction means below; too few members for a threshold have a higher one."""
    ensemble = prediction.ensemble
    n_all = len(ensemble.epoch_tai_ns) + ensemble.n_still_up
    threshold_fraction = max(asked.threshold_fraction, least_share_told(n_all))
    places, edge_tai_ns = _footprints(prediction, asked.footfall), _edges(ensemble.epoch_tai_ns)
    return ReentryOutlook(
        prediction=prediction,
        footfall=asked.footfall,
        threshold_fraction=threshold_fraction,
        outside_share=OUTSIDE_SHARE,
        edge_tai_ns=tuple(edge_tai_ns.tolist()),
        regions=tuple(
            _region_outlook(one, prediction, places, edge_tai_ns, threshold_fraction, asked)
            for one in asked.regions
        ),
        boxes=tuple(airspace_boxes(prediction, asked.footfall)),
        casualties=_casualties(prediction, asked, places),
        earlier=asked.earlier,
    )


def _edges(epoch_tai_ns: Instants) -> Instants:
    """Return the edges of equal spans that hold every member; none where nothing comes down."""
    if not len(epoch_tai_ns):
        return np.array([], dtype=np.int64)
    first, last = int(epoch_tai_ns.min()), int(epoch_tai_ns.max())
    step = -(-(last + 1 - first) // N_SPANS)
    return first + step * np.arange(N_SPANS + 1, dtype=np.int64)


def _footprints(prediction: ReentryPrediction, footfall: Footfall) -> tuple[Floats, Floats]:
    ensemble = prediction.ensemble
    reach_m = np.linspace(0.0, footfall.reach_m, SAMPLES_ALONG)
    place = ensemble.latitude_rad, ensemble.longitude_rad, ensemble.heading_rad
    return footprint(*place, reach_m, footfall.half_width_m)


def _region_outlook(
    region: Region,
    prediction: ReentryPrediction,
    places: tuple[Floats, Floats],
    edge_tai_ns: Instants,
    threshold_fraction: float,
    asked: AskedOutlook,
) -> RegionOutlook:
    ensemble, n_up = prediction.ensemble, prediction.ensemble.n_still_up
    n_all = len(ensemble.epoch_tai_ns) + n_up
    is_reachable = can_be_reached(prediction.inclination_rad, *region.rings_rad)
    over = inside(ensemble.latitude_rad, ensemble.longitude_rad, *region.rings_rad)
    touched = inside(places[0].ravel(), places[1].ravel(), *region.rings_rad)
    touched = touched.reshape(places[0].shape).any(axis=1) | over
    span = first_and_last(ensemble.epoch_tai_ns, touched, OUTSIDE_SHARE)
    # Who may still be up may come down anywhere, but for where the orbit never goes.
    left = ensemble.epoch_tai_ns, touched, threshold_fraction, n_up, asked.footfall.fall_s
    clear_tai_ns = clear_from(*left) if is_reachable else ALREADY_CLEAR_TAI_NS
    is_clear = clear_tai_ns == ALREADY_CLEAR_TAI_NS
    return RegionOutlook(
        region=region,
        probability=float(over.sum() / n_all),
        touched_probability=float(touched.sum() / n_all),
        earliest_tai_ns=None if span is None else span[0],
        latest_tai_ns=None if span is None else span[1],
        is_clear=is_clear,
        clear_from_tai_ns=None if is_clear else clear_tai_ns,
        touched_over_time=tuple(share_over_time(ensemble.epoch_tai_ns, touched, edge_tai_ns, n_up).tolist()),
        can_be_reached=is_reachable,
        has_waited=region.key in asked.waited,
    )


def airspace_boxes(prediction: ReentryPrediction, footfall: Footfall) -> Sequence[AirspaceBox]:
    """Return the box that travels along the track through the window, one for each five minutes.

    None for a window longer than a day, or a track that does not hold it.
    """
    track, step_ns = prediction.track, round(BOX_S * 1e9)
    start_tai_ns, end_tai_ns = prediction.window_start_tai_ns, prediction.window_end_tai_ns
    if end_tai_ns - start_tai_ns > LONGEST_WINDOW_WITH_BOXES_S * 1e9 or len(track.epoch_tai_ns) < 2:
        return []
    if track.epoch_tai_ns[0] > start_tai_ns or track.epoch_tai_ns[-1] < end_tai_ns:
        return []
    instants = [*range(start_tai_ns, end_tai_ns, step_ns), end_tai_ns]
    return [_box(prediction, footfall, pair) for pair in pairwise(instants)]


def _box(prediction: ReentryPrediction, footfall: Footfall, between_tai_ns: tuple[int, int]) -> AirspaceBox:
    track, ensemble = prediction.track, prediction.ensemble
    start_tai_ns, end_tai_ns = between_tai_ns
    within = (ensemble.epoch_tai_ns >= start_tai_ns) & (ensemble.epoch_tai_ns < end_tai_ns)
    return AirspaceBox(
        start_tai_ns=start_tai_ns,
        end_tai_ns=end_tai_ns,
        clear_until_tai_ns=end_tai_ns + round(footfall.fall_s * 1e9),
        probability=float(within.sum() / (len(within) + ensemble.n_still_up)),
        ring_rad=travelling_box(
            track.epoch_tai_ns,
            track.latitude_rad,
            track.longitude_rad,
            between_tai_ns,
            footfall.reach_m,
            footfall.half_width_m,
        ),
    )


def _casualties(
    prediction: ReentryPrediction, asked: AskedOutlook, places: tuple[Floats, Floats]
) -> CasualtyExpectation | None:
    """Return the range: the body's from its mass, the place's from the orbit and from the ensemble."""
    grid = asked.population
    if grid is None or asked.mass_kg is None:
        return None
    low_m2, high_m2 = casualty_area_range_m2(asked.mass_kg)
    under_orbit = people_under_orbit_per_m2(
        grid.people, grid.north_rad, grid.cell_rad, prediction.inclination_rad
    )
    under_members = float(
        people_at_per_m2(*places, grid.people, grid.north_rad, grid.west_rad, grid.cell_rad).mean()
        if places[0].size
        else under_orbit
    )
    return CasualtyExpectation(
        mass_kg=asked.mass_kg,
        area_low_m2=low_m2,
        area_high_m2=high_m2,
        people_under_orbit_per_m2=under_orbit,
        people_under_members_per_m2=under_members,
        low=low_m2 * min(under_orbit, under_members),
        high=high_m2 * max(under_orbit, under_members),
    )
