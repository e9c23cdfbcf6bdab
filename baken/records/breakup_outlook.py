"""What pieces that parted tell, as people get it: when, where, from what, how hard, for whom a risk."""

from dataclasses import dataclass

from baken.astro.arrays import Floats, Instants
from baken.records.identity import Identity
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.simulated_breakup import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateParent:
    """An object that may have been what the pieces came from.

    ``likelihood`` is relative to the other objects of the same catalogue, by motion alone.  ``afterwards`` is
    ``unchanged``, ``changed``, ``vanished`` or ``unknown``.
    """

    identity: Identity
    likelihood: float
    across_m: float
    late_s: float
    late_sigma_s: float
    kick_m_s: float
    afterwards: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellRisk:
    """What pieces add between two heights: how many are there in the mean, and expected collisions a year.

    ``n_known`` is how many objects of the whole catalogue are there in the mean, pieces included; None where
    only pieces were given.
    """

    low_m: float
    high_m: float
    n_pieces: float
    n_known: float | None
    collisions_a_year: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRisk:
    """What pieces add for one object, in expected collisions a year."""

    identity: Identity
    collisions_a_year: Range


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BreakupOutlook:
    """All that motion says of pieces that parted, in SI.

    ``is_timed`` says whether they gather at one time at all.  ``kind_weights`` are a leaning that nobody
    calibrated.  ``piece_age_s`` is how long after the pinch their elements date from, in the median.  Of a
    risk the least counts what is tracked; the middle has ``small_for_each_tracked`` pieces above 1 cm for
    each of those too, the most three times as many.

    Shape: pieces (n,), kicks (m, 3) in radial, transverse and normal, NaN where not told; the spread of the
    pieces over ``times_tai_ns`` (k,).  ``parent_gabbard`` has period, apogee and perigee, or nothing.
    """

    called: str
    n_pieces: int
    n_used: int
    start_tai_ns: int
    epoch_tai_ns: int
    end_tai_ns: int
    is_timed: bool
    latitude_rad: float
    longitude_rad: float
    height_m: float
    spread_at_pinch_m: float
    candidates: tuple[CandidateParent, ...]
    second: CandidateParent | None
    second_speed_m_s: float
    second_can_be_told: bool
    kind_weights: tuple[tuple[str, float], ...]
    n_kicks_told: int
    median_kick_m_s: float
    ninetieth_percentile_kick_m_s: float
    kick_error_m_s: float
    kick_rtn_m_s: Floats
    period_s: Floats
    apogee_height_m: Floats
    perigee_height_m: Floats
    parent_gabbard: tuple[float, float, float] | None
    times_tai_ns: Instants
    spread_m: Floats
    newest_piece_tai_ns: int
    piece_age_s: float
    area_m2: float
    small_for_each_tracked: float
    shells: tuple[ShellRisk, ...]
    assets: tuple[AssetRisk, ...]
    realm: Realm
    marking: Marking = OWNER_ONLY
