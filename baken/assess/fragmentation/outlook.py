"""From what motion says of a breakup to what people get of it, with whom its pieces endanger, as ranges."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from baken.assess.fragmentation.analysis import TELLING_HALF_WIDTH_S
from baken.assess.fragmentation.breakup import Breakup, Candidate
from baken.assess.fragmentation.cloud import shares_in_shells
from baken.assess.fragmentation.gabbard import gabbard
from baken.assess.fragmentation.orbits_of_sets import mean_orbits_of
from baken.assess.fragmentation.parents import TELLING_ALONG_M
from baken.assess.fragmentation.risk import (
    collisions_per_s,
    collisions_per_s_by_shells,
    collisions_per_s_in_shells,
)
from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_MU_M3_S2, JULIAN_YEAR_S
from baken.records.breakup_outlook import AssetRisk, BreakupOutlook, CandidateParent, ShellRisk
from baken.records.marking import strictest
from baken.records.orbit import ElementSet
from baken.records.simulated_breakup import Range

SHELL_M = 100e3
SHELLS_TOLD = 8
RANKING_EDGE_M = 20e3 * np.arange(5, 2_001)
# A shell with less than this share of the pieces is not worth a line.
LEAST_SHARE = 0.01
# How many pieces above 1 cm stand behind each above 10 cm, by the law of collisions: Johnson et al. (2001),
# Adv. Space Res. 28, 1377, equation 4.  That of explosions has 40.
SMALL_FOR_EACH_TRACKED = 10.0**1.71
# The model's numbers against those catalogued of known breakups.
FACTOR_OF_MODEL = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRisk:
    """For whom the risk is asked: how large a cross-section, which objects, and who else flies there."""

    area_m2: float = 10.0
    assets: tuple[ElementSet, ...] = ()
    known: tuple[ElementSet, ...] = ()


def outlook_of(seen: Breakup, asked: AskedRisk) -> BreakupOutlook:
    """Return a breakup as people get it.

    The least risk is that of the pieces that are tracked, as they fly now; the most has all above 1 cm that
    NASA's model puts beside them, times the factor by which the model is known to be wrong.
    """
    pinch, figures = seen.pinch, seen.kick_summary
    orbits = mean_orbits_of(seen.pieces)
    heights = gabbard(orbits.mean_motion_rad_s, orbits.eccentricity)
    parent = seen.parent_gabbard
    rows = _rows(seen.pieces)
    return BreakupOutlook(
        called=seen.called, n_pieces=len(seen.pieces), n_used=pinch.n_used,
        start_tai_ns=pinch.start_tai_ns, epoch_tai_ns=pinch.epoch_tai_ns, end_tai_ns=pinch.end_tai_ns,
        is_timed=seen.half_width_s <= TELLING_HALF_WIDTH_S and 2 * figures.n_told >= len(seen.kicks.miss_m),
        latitude_rad=seen.latitude_rad, longitude_rad=seen.longitude_rad, height_m=seen.height_m,
        spread_at_pinch_m=pinch.spread_at_pinch_m,
        candidates=tuple(map(_candidate, seen.candidates)),
        second=None if seen.second is None else _candidate(seen.second),
        second_speed_m_s=seen.second_speed_m_s,
        second_can_be_told=seen.parent is not None and seen.parent.along_sigma_m <= TELLING_ALONG_M,
        kind_weights=tuple((kind.value.replace(" ", "_"), weight) for kind, weight in seen.kinds.weights),
        n_kicks_told=figures.n_told, median_kick_m_s=figures.median_m_s,
        ninetieth_percentile_kick_m_s=figures.ninetieth_percentile_m_s, kick_error_m_s=seen.kick_error_m_s,
        kick_rtn_m_s=seen.kicks.kick_rtn_m_s,
        period_s=heights.period_s, apogee_height_m=heights.apogee_height_m,
        perigee_height_m=heights.perigee_height_m,
        parent_gabbard=None
        if parent is None
        else (float(parent.period_s[0]), float(parent.apogee_height_m[0]), float(parent.perigee_height_m[0])),
        times_tai_ns=pinch.times_tai_ns, spread_m=pinch.spread_m,
        newest_piece_tai_ns=int(orbits.epoch_tai_ns.max()),
        piece_age_s=float(np.median(orbits.epoch_tai_ns - pinch.epoch_tai_ns)) / 1e9,
        area_m2=asked.area_m2, small_for_each_tracked=SMALL_FOR_EACH_TRACKED,
        shells=_shells(rows, asked), assets=_assets(rows, asked),
        realm=seen.pieces[0].realm, marking=strictest(frozenset(es.marking for es in seen.pieces)),
    )  # fmt: skip


def most_endangered(
    seen: Breakup, others: Sequence[ElementSet], most: int, area_m2: float = 10.0
) -> tuple[ElementSet, ...]:
    """Return who flies most where the pieces do, the most endangered first; nobody who meets none."""
    if not others:
        return ()
    rates = collisions_per_s_by_shells(_rows(others), RANKING_EDGE_M, area_m2, _rows(seen.pieces))
    order = np.argsort(-rates, kind="stable")[:most]
    return tuple(others[row] for row in order if rates[row] > 0.0)


def _candidate(one: Candidate) -> CandidateParent:
    return CandidateParent(
        identity=one.element_set.identity,
        likelihood=one.likelihood,
        across_m=one.across_m,
        late_s=one.late_s,
        late_sigma_s=one.along_sigma_m / float(np.cbrt(EARTH_MU_M3_S2 * one.element_set.mean_motion_rad_s)),
        kick_m_s=one.kick_m_s,
        afterwards=one.afterwards.name.lower(),
    )


def _rows(element_sets: Sequence[ElementSet]) -> Floats:
    """Return mean elements as the kernels of clouds have them; nodes and anomalies are of no use there."""
    orbits = mean_orbits_of(element_sets)
    nothing = np.zeros_like(orbits.eccentricity)
    columns = [orbits.semi_major_axis_m, orbits.eccentricity, orbits.inclination_rad, *[nothing] * 3]
    return np.stack(columns, axis=-1)


def _shells(rows: Floats, asked: AskedRisk) -> tuple[ShellRisk, ...]:
    """Return the shells with most pieces, from below."""
    edge_m = SHELL_M * np.arange(1, 401)
    n_pieces = shares_in_shells(rows, edge_m).sum(axis=0)
    n_known = shares_in_shells(_rows(asked.known), edge_m).sum(axis=0) if asked.known else None
    rates = collisions_per_s_in_shells(edge_m, asked.area_m2, rows)
    most = np.argsort(-n_pieces, kind="stable")[:SHELLS_TOLD]
    return tuple(
        ShellRisk(
            low_m=float(edge_m[row]),
            high_m=float(edge_m[row + 1]),
            n_pieces=float(n_pieces[row]),
            n_known=None if n_known is None else float(n_known[row]),
            collisions_a_year=_range(float(rates[row])),
        )
        for row in np.sort(most)
        if n_pieces[row] > LEAST_SHARE * len(rows)
    )


def _assets(rows: Floats, asked: AskedRisk) -> tuple[AssetRisk, ...]:
    own = _rows(asked.assets) if asked.assets else np.empty((0, 6))
    return tuple(
        AssetRisk(
            identity=asset.identity,
            collisions_a_year=_range(collisions_per_s(row, asked.area_m2, rows)),
        )
        for asset, row in zip(asked.assets, own, strict=True)
    )


def _range(per_s: float) -> Range:
    """Return collisions a year with what is tracked, with all above 1 cm, and with the model's factor."""
    tracked = JULIAN_YEAR_S * per_s
    small = SMALL_FOR_EACH_TRACKED * tracked
    return Range(low=tracked, median=small, high=FACTOR_OF_MODEL * small)
