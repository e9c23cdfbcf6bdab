"""From pieces, and from what was known before, to a breakup: pinch, parents, kicks, kind."""

from collections.abc import Mapping, Sequence

import numpy as np

from baken.assess.fragmentation.breakup import Afterwards, Breakup, Candidate
from baken.assess.fragmentation.gabbard import Gabbard, gabbard
from baken.assess.fragmentation.kicks import KickSummary, kicks, summary_of
from baken.assess.fragmentation.kind import KindWeights, MotionFacts, weigh_kinds
from baken.assess.fragmentation.mean_orbits import SECONDS_A_DAY, radial_sigma_m
from baken.assess.fragmentation.newcomers import Group
from baken.assess.fragmentation.orbits_of_sets import mean_orbits_of
from baken.assess.fragmentation.parents import TELLING_ALONG_M, Candidates, candidates, second_there
from baken.assess.fragmentation.passages import Passages, passages
from baken.assess.fragmentation.pinch_point import PinchPoint, pinch_point
from baken.astro.arrays import Floats
from baken.astro.earth_data import no_earth_data
from baken.astro.ellipsoid import geodetic_from_itrs
from baken.astro.frames import rotation_teme_to_itrs
from baken.astro.time import utc_text
from baken.records.orbit import ElementSet
from baken.records.orbit_motion import motion_of

N_CANDIDATES = 5
# The interval of the pinch holds nine of ten: 1.645 sigma to each side.
SIGMAS_IN_INTERVAL = 1.645
# A candidate less likely than this against the first is not worth a line.
LEAST_LIKELIHOOD = 1e-4
# What an orbit that nobody touched may differ by: a third of the drag's work, and the fit.
DRAG_MAY_DIFFER_BY, FIT_MAY_DIFFER_BY = 0.5, 1e-5
INCLINATION_MAY_DIFFER_BY_RAD = 1e-3
# A pinch known no better than to five days is none.
TELLING_HALF_WIDTH_S = 5.0 * 86_400.0


def analyse(
    group: Group,
    before: Sequence[ElementSet],
    after: Mapping[str, ElementSet],
    *,
    start_tai_ns: int,
    end_tai_ns: int,
) -> Breakup:
    """Return what motion says of a group of pieces that parted between two instants.

    ``before`` are the orbits among which a parent is looked for, ``after`` what is known now, by object id.
    Raises: ValueError for fewer than three pieces.
    """
    before = (*before, *group.companions)
    orbits, motion = mean_orbits_of(group.pieces), motion_of(group.pieces)
    pinch = pinch_point(motion, orbits, start_tai_ns, end_tai_ns)
    passing = passages(motion, pinch.position_teme_m, pinch.epoch_tai_ns)
    seen = _candidates(before, passing, pinch)
    pinch = _at_passage_of_parent(pinch, seen)
    reference = _reference(seen, passing, pinch)
    pushed = kicks(passing, *reference)
    figures = summary_of(pushed)
    named = _named(seen, before, after)
    row, speed_m_s, can_be_told = second_there(seen)
    kick_error_m_s = float(
        np.median(radial_sigma_m(orbits, pinch.epoch_tai_ns) * orbits.mean_motion_rad_s) / 2.0
    )
    kinds = _kinds(group, figures, kick_error_m_s, speed_m_s, can_be_told, named)
    latitude, longitude, height = _geodetic(pinch)
    return Breakup(
        called=group.called, pieces=group.pieces, pinch=pinch,
        latitude_rad=latitude, longitude_rad=longitude, height_m=height,
        candidates=tuple(one for one in named[:N_CANDIDATES] if one.likelihood >= LEAST_LIKELIHOOD),
        second=_candidate(seen, row, before, after) if row >= 0 else None,
        second_speed_m_s=speed_m_s, kicks=pushed, kick_summary=figures, kick_error_m_s=kick_error_m_s,
        gabbard=gabbard(orbits.mean_motion_rad_s, orbits.eccentricity),
        parent_gabbard=_gabbard_of_parent(named), kinds=kinds,
        caveats=_caveats(group, orbits.epoch_tai_ns, pinch, figures, named),
    )  # fmt: skip


def _candidates(before: Sequence[ElementSet], passing: Passages, pinch: PinchPoint) -> Candidates:
    sigma_s = (pinch.end_tai_ns - pinch.start_tai_ns) / 2e9 / SIGMAS_IN_INTERVAL
    return candidates(
        motion_of(before), mean_orbits_of(before), passing, pinch.position_teme_m, pinch.epoch_tai_ns, sigma_s
    )


def _at_passage_of_parent(pinch: PinchPoint, seen: Candidates) -> PinchPoint:
    """Return the pinch at the instant a parent that is well known passed the place."""
    if not len(seen.object_index) or seen.along_sigma_m[0] > TELLING_ALONG_M or seen.likelihood[0] < 0.5:
        return pinch
    at_tai_ns = pinch.epoch_tai_ns + round(float(seen.late_s[0]) * 1e9)
    return pinch._replace(
        epoch_tai_ns=at_tai_ns,
        start_tai_ns=min(pinch.start_tai_ns, at_tai_ns),
        end_tai_ns=max(pinch.end_tai_ns, at_tai_ns),
        position_teme_m=seen.position_teme_m[0],
    )


def _reference(seen: Candidates, passing: Passages, pinch: PinchPoint) -> tuple[Floats, Floats]:
    """Return place and velocity of what the pieces came from; of their middle where nobody is known."""
    if len(seen.object_index):
        return seen.position_teme_m[0], seen.velocity_teme_m_s[0]
    return pinch.position_teme_m, np.asarray(np.nanmedian(passing.velocity_teme_m_s, axis=0))


def _kinds(
    group: Group,
    figures: KickSummary,
    kick_error_m_s: float,
    speed_m_s: float,
    can_be_told: bool,
    named: Sequence[Candidate],
) -> KindWeights:
    state = named[0].afterwards if named else Afterwards.UNKNOWN
    return weigh_kinds(
        MotionFacts(
            n_pieces=len(group.pieces),
            median_kick_m_s=figures.median_m_s,
            ninetieth_percentile_kick_m_s=figures.ninetieth_percentile_m_s,
            kick_error_m_s=kick_error_m_s,
            anisotropy=figures.anisotropy,
            second_speed_m_s=speed_m_s,
            second_can_be_told=can_be_told,
            parent_is_unchanged=None if state is Afterwards.UNKNOWN else state is Afterwards.UNCHANGED,
        )
    )


def _named(
    seen: Candidates, before: Sequence[ElementSet], after: Mapping[str, ElementSet]
) -> tuple[Candidate, ...]:
    return tuple(
        _candidate(seen, row, before, after) for row in range(min(N_CANDIDATES, len(seen.object_index)))
    )


def _candidate(
    seen: Candidates, row: int, before: Sequence[ElementSet], after: Mapping[str, ElementSet]
) -> Candidate:
    element_set = before[int(seen.object_index[row])]
    return Candidate(
        element_set=element_set,
        likelihood=float(seen.likelihood[row]),
        across_m=float(seen.across_m[row]),
        radial_m=float(seen.radial_m[row]),
        late_s=float(seen.late_s[row]),
        along_sigma_m=float(seen.along_sigma_m[row]),
        kick_m_s=float(seen.kick_m_s[row]),
        afterwards=afterwards_of(element_set, after),
    )


def afterwards_of(then: ElementSet, after: Mapping[str, ElementSet]) -> Afterwards:
    """Say what became of an object: whether its orbit is what drag alone makes of the one before."""
    if not after:
        return Afterwards.UNKNOWN
    now = after.get(then.identity.object_id)
    if now is None:
        return Afterwards.VANISHED
    if now.epoch_tai_ns <= then.epoch_tai_ns:
        return Afterwards.UNKNOWN
    orbit = mean_orbits_of([then])
    by_drag = float(orbit.mean_motion_rate_rad_s2[0]) * (now.epoch_tai_ns - then.epoch_tai_ns) / 1e9
    off = abs(now.mean_motion_rad_s - then.mean_motion_rad_s - by_drag)
    allowed = DRAG_MAY_DIFFER_BY * abs(by_drag) + FIT_MAY_DIFFER_BY * then.mean_motion_rad_s
    turned = abs(now.inclination_rad - then.inclination_rad) > INCLINATION_MAY_DIFFER_BY_RAD
    return Afterwards.CHANGED if off > allowed or turned else Afterwards.UNCHANGED


def _gabbard_of_parent(named: Sequence[Candidate]) -> Gabbard | None:
    if not named:
        return None
    then = named[0].element_set
    return gabbard(np.array([then.mean_motion_rad_s]), np.array([then.eccentricity]))


def _geodetic(pinch: PinchPoint) -> tuple[float, float, float]:
    # Without Earth data the ground lies within 400 m: less than any pinch point tells.
    turn = rotation_teme_to_itrs(np.array([pinch.epoch_tai_ns]), no_earth_data())[0]
    latitude, longitude, height = geodetic_from_itrs(turn @ pinch.position_teme_m)
    return float(latitude), float(longitude), float(height)


def _caveats(
    group: Group,
    epochs_tai_ns: np.ndarray,
    pinch: PinchPoint,
    figures: KickSummary,
    named: Sequence[Candidate],
) -> tuple[str, ...]:
    age_days = float(np.median(epochs_tai_ns - pinch.epoch_tai_ns)) / 1e9 / SECONDS_A_DAY
    told = [
        f"elements of the pieces date from a median of {age_days:.1f} days after the pinch; the drag of "
        "those days is taken to be known to a tenth",
        "likelihoods of parents are relative, by motion alone, among the objects of the catalogue given",
    ]
    if (unheard := len(group.pieces) - figures.n_told) > 0:
        told.append(
            f"{unheard} of {len(group.pieces)} pieces do not pass the place: their kicks are not told"
        )
    if not named:
        told.append("no object known before passed the place: kicks are against the middle of the pieces")
    is_wide = pinch.end_tai_ns - pinch.start_tai_ns > 2.0 * TELLING_HALF_WIDTH_S * 1e9
    if is_wide or 2 * figures.n_told < len(group.pieces):
        first, nearest, last = (
            utc_text(at_tai_ns, 0)[:10]
            for at_tai_ns in (pinch.planes.start_tai_ns, pinch.planes.epoch_tai_ns, pinch.planes.end_tai_ns)
        )
        told.append("the pieces gather at no one time: neither the time nor what hangs on it is told")
        told.append(
            f"the planes of the {len(pinch.planes.rows)} steadiest pieces cross between {first} and {last}, "
            f"most nearly on {nearest}: years later that is all there is"
        )
    elif pinch.end_tai_ns - pinch.start_tai_ns > 5_400e9:
        told.append(
            "the interval is longer than a revolution: the longitude holds for the instant named only"
        )
    return tuple(told)
