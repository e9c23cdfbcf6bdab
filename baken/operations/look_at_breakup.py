"""Look again at a breakup that was found: all its pieces, as the orbits that are kept now have them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from baken.assess.fragmentation.analysis import analyse
from baken.assess.fragmentation.breakup import Breakup, Candidate
from baken.assess.fragmentation.cloud import spread_of_states
from baken.assess.fragmentation.detector import FragmentationDetector
from baken.assess.fragmentation.kicks import PASSES_WITHIN_M
from baken.assess.fragmentation.newcomers import Group
from baken.assess.fragmentation.outlook import AskedRisk, most_endangered, outlook_of
from baken.assess.fragmentation.pinch_point import CannotFollow
from baken.astro.arrays import Floats, Instants
from baken.astro.constants import DEGREE_RAD
from baken.astro.earth_data import no_earth_data
from baken.astro.ellipsoid import itrs_from_geodetic
from baken.astro.frames import rotation_teme_to_itrs
from baken.catalogue.motion import motion_of
from baken.records.breakup_outlook import BreakupOutlook
from baken.records.catalogue import Picture
from baken.records.event import Finding, gap_ns
from baken.records.marking import Marking, strictest
from baken.records.orbit import ElementSet

FEWEST_PIECES = 3
# Pieces lie strewn about their middle: so many times their median distance holds nearly all.
SPREADS_AROUND = 4.0
# The cloud is followed from the pinch until so long from now.
SPREAD_DAYS_AHEAD, SPREAD_STEPS = 5, 120
ASSETS_TOLD = 12
NO_ASSETS = (" DEB", "DEBRIS", "R/B")
DAY_NS = 86_400 * 1_000_000_000


class SpreadOverTime(NamedTuple):
    """How far a cloud has spread at instants, as ``Spread`` has it: 1 together, 0 all round."""

    at_tai_ns: Instants
    along_orbit: Floats
    in_node: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakupSeen:
    """A breakup in full, what it means for others, and how its pieces were found again.

    ``is_by_past`` says that they were told from what was known before, as when it was found: then every
    candidate for the parent is weighed too.  Else they are the objects that were at the place at that time.
    ``assets`` are those for whom a risk is told; ``marking`` holds for all of it, the whole sky counted.
    """

    breakup: Breakup
    outlook: BreakupOutlook
    spread: SpreadOverTime
    assets: tuple[ElementSet, ...]
    marking: Marking
    is_by_past: bool


def look_at_breakup(
    finding: Finding, picture: Picture, known: Sequence[ElementSet], now_tai_ns: int
) -> BreakupSeen | None:
    """Return a breakup in full; nothing where this picture has not the pieces that gather when it says.

    ``known`` are all orbits kept of the objects it is known by: what parted, before it did, is among them.
    """
    seen = FragmentationDetector().look_again(
        picture, motion_of(picture.element_sets), str(finding.measure("called"))
    )
    is_by_past = seen is not None and _touches(finding, seen)
    if not is_by_past:
        seen = _by_place(finding, picture, known)
    if seen is None or not _touches(finding, seen):
        return None
    asked = _asked(seen, picture)
    parents = (one.element_set for one in seen.candidates)
    return BreakupSeen(
        breakup=seen,
        outlook=outlook_of(seen, asked),
        spread=_spread(seen, now_tai_ns),
        assets=asked.assets,
        marking=strictest(frozenset(es.marking for es in (*asked.known, *parents))),
        is_by_past=is_by_past,
    )


def _asked(seen: Breakup, picture: Picture) -> AskedRisk:
    """Return for whom the risk is asked: who flies where most pieces do, of what is not named as debris."""
    parted = {es.identity.object_id for es in seen.pieces}
    others = [es for es in picture.element_sets if es.identity.object_id not in parted and _is_asset(es)]
    past = picture.past.element_sets if picture.past else ()
    everyone = {es.identity.object_id: es for es in (*past, *picture.element_sets)}
    return AskedRisk(assets=most_endangered(seen, others, ASSETS_TOLD), known=tuple(everyone.values()))


def _is_asset(element_set: ElementSet) -> bool:
    name = element_set.identity.name or ""
    return not any(word in name for word in NO_ASSETS)


def _spread(seen: Breakup, now_tai_ns: int) -> SpreadOverTime:
    """Return how the cloud spread since, and goes on for some days if nobody looks anew."""
    start_tai_ns = seen.pinch.epoch_tai_ns
    end_tai_ns = max(now_tai_ns, start_tai_ns) + SPREAD_DAYS_AHEAD * DAY_NS
    at_tai_ns = np.linspace(start_tai_ns, end_tai_ns, SPREAD_STEPS).astype(np.int64)
    n_pieces = len(seen.pieces)
    who, when = np.repeat(np.arange(n_pieces), SPREAD_STEPS), np.tile(at_tai_ns, n_pieces)
    position_m, velocity_m_s, status = motion_of(seen.pieces).states(who, when)
    is_lost = (status != 0)[:, None]
    shape = n_pieces, SPREAD_STEPS, 3
    places, speeds = (np.where(is_lost, np.nan, each).reshape(shape) for each in (position_m, velocity_m_s))
    return SpreadOverTime(at_tai_ns, *spread_of_states(places, speeds))


def _by_place(finding: Finding, picture: Picture, known: Sequence[ElementSet]) -> Breakup | None:
    """Return what motion says of the objects that were at the place of a breakup when it happened."""
    pieces = pieces_at_place(finding, picture)
    if len(pieces) < FEWEST_PIECES:
        return None
    before = [es for es in known if es.epoch_tai_ns < finding.start_tai_ns]
    newest = {es.identity.object_id: es for es in sorted(before, key=lambda es: es.epoch_tai_ns)}
    end_tai_ns = int(np.median([es.epoch_tai_ns for es in pieces]))
    start_tai_ns = min([es.epoch_tai_ns for es in newest.values()], default=finding.start_tai_ns - DAY_NS)
    if start_tai_ns >= end_tai_ns:
        return None
    try:
        seen = analyse(
            Group(called=str(finding.measure("called")), pieces=pieces),
            tuple(newest.values()),
            {es.identity.object_id: es for es in picture.element_sets},
            start_tai_ns=start_tai_ns,
            end_tai_ns=end_tai_ns,
        )
    except CannotFollow:
        return None
    return replace(seen, candidates=tuple(_as_told(one, finding) for one in seen.candidates))


def _as_told(one: Candidate, finding: Finding) -> Candidate:
    """Return a candidate with the likelihood it was told with, among all objects that were known then."""
    for role in ("parent", "second"):
        told = finding.measure(f"{role}_likelihood")
        if finding.measure(f"{role}_norad_cat_id") == one.element_set.identity.norad_cat_id:
            return replace(one, likelihood=told if isinstance(told, int | float) else float("nan"))
    return replace(one, likelihood=float("nan"))


def pieces_at_place(finding: Finding, picture: Picture) -> tuple[ElementSet, ...]:
    """Return the objects that were where it happened when it happened, without those that it is known by."""
    place_m = _place_teme_m(finding)
    if place_m is None:
        return ()
    sets, parents = picture.element_sets, set(finding.object_ids)
    at_tai_ns = np.full(len(sets), finding.peak_tai_ns, dtype=np.int64)
    position_m, _, status = motion_of(sets).states(np.arange(len(sets), dtype=np.int64), at_tai_ns)
    spread_m = finding.measure("spread_at_pinch_m")
    within_m = max(PASSES_WITHIN_M, SPREADS_AROUND * spread_m if isinstance(spread_m, int | float) else 0.0)
    is_near = (np.linalg.norm(position_m - place_m, axis=-1) <= within_m) & (status == 0)
    near = [es for es, is_there in zip(sets, is_near, strict=True) if is_there]
    return tuple(es for es in near if es.identity.object_id not in parents)


def _place_teme_m(finding: Finding) -> Floats | None:
    """Return the place a finding tells, in TEME of its instant; None where it tells none."""
    told = [finding.measure(name) for name in ("latitude_deg", "longitude_deg", "height_m")]
    latitude_deg, longitude_deg, height_m = (
        value if isinstance(value, int | float) else float("nan") for value in told
    )
    place_itrs_m = itrs_from_geodetic(latitude_deg * DEGREE_RAD, longitude_deg * DEGREE_RAD, height_m)
    if not np.isfinite(place_itrs_m).all():
        return None
    # As when it was told: without Earth data the ground lies within 400 m.
    turn = rotation_teme_to_itrs(np.array([finding.peak_tai_ns]), no_earth_data())[0]
    return np.asarray(turn.T @ place_itrs_m)


def _touches(finding: Finding, seen: Breakup) -> bool:
    pinch = seen.pinch
    return gap_ns(finding.start_tai_ns, finding.end_tai_ns, pinch.start_tai_ns, pinch.end_tai_ns) == 0
