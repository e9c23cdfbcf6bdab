"""How the air brakes an object: drag coefficient times area over mass, from how its orbit sank."""

from dataclasses import dataclass, replace

import numpy as np

from baken.astro.arrays import Floats, Truths
from baken.astro.constants import EARTH_RADIUS_WGS72_M

# Hoots & Roehrich (1980), Spacetrack Report 3: B* is half the ballistic coefficient times the air at 120 km.
AIR_OF_BSTAR_KG_M2_PER_EARTH_RADIUS = 2.461e-5 * EARTH_RADIUS_WGS72_M * 1e-3
# Element sets of low objects are good to some metres in size; less is no reason to call one an outlier.
SMALLEST_SCATTER_M = 20.0
OUTLIER_SCATTERS = 5.0
SHORTEST_PAIR_S = 0.5 * 86_400.0
MAD_TO_SIGMA = 1.4826
SMALLEST_LOG_SIGMA = 0.02
LOG_SIGMA_OF_ONE_SET = 0.3
# Below, not even a ball of solid metal (LAGEOS: 0.0007 m2/kg of area): it thrusts.  Above, not even foil.
PLAUSIBLE_M2_KG = (1e-3, 50.0)
# Foil flutters, and sunlight pushes it as hard as air does: no steadier than one set can tell.
FOIL_M2_KG = 3.0
FEWEST_OF_A_HALF = 3
# What the air gets wrong from one week to the next explains less than this.
CHANGE_BEYOND_AIR_LOG = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class BallisticFit:
    """A ballistic coefficient, how far it is known (natural logarithm), and what did not fit; NaN: none.

    ``has_changed``: it sank otherwise before than later, beyond what the air explains; only the later motion
    is fitted then.  ``is_held_up``: it hardly sank where even a ball of metal would have.
    """

    coefficient_m2_kg: float
    log_sigma: float
    is_outlier: Truths
    has_changed: bool = False
    is_held_up: bool = False

    @property
    def n_outliers(self) -> int:
        return int(self.is_outlier.sum())


NO_FIT = BallisticFit(coefficient_m2_kg=np.nan, log_sigma=np.nan, is_outlier=np.zeros(1, dtype=bool))


def fit_of_history(epoch_s: Floats, semi_major_axis_m: Floats, drag_m_s: Floats) -> BallisticFit:
    """Return the coefficient that lets drag explain how an orbit sank from element set to element set.

    ``drag_m_s`` is how fast drag of a coefficient of 1 m2/kg would change the size at each set, in the
    weather of that time.  The coefficient is the median of all pairs half a day or more apart, each weighted
    by the sinking expected between them; sets that stand five scatters off the line are put aside.

    Where the later half of a history tells of another coefficient than the earlier one, beyond what the air
    gets wrong from week to week, the later half alone is fitted, and halved again as long as that is so.

    Shape: (n,) each, in order of time.  NaN when no pair shows an orbit that sinks.
    Source: Theil (1950) and Sen (1968) for the median of slopes.

    >>> day = np.arange(5.0)
    >>> fit_of_history(day * 86400.0, 6.6e6 - 86.4 * day, np.full(5, -0.1)).coefficient_m2_kg
    0.01
    """
    step = np.diff(epoch_s) * -_log_mean(drag_m_s[:-1], drag_m_s[1:])
    expected_m = np.concatenate([[0.0], np.cumsum(step)])
    first = _start_of_present_motion(epoch_s, expected_m, semi_major_axis_m)
    use = _on_the_line(epoch_s, expected_m, semi_major_axis_m, np.arange(epoch_s.size) >= first)
    slope, spread = _median_slope(epoch_s[use], expected_m[use], semi_major_axis_m[use])
    if not PLAUSIBLE_M2_KG[0] <= slope <= PLAUSIBLE_M2_KG[1]:
        least_m = PLAUSIBLE_M2_KG[0] * np.ptp(expected_m[use])
        is_held_up = bool(slope < PLAUSIBLE_M2_KG[0] and least_m > OUTLIER_SCATTERS * SMALLEST_SCATTER_M)
        return replace(NO_FIT, is_outlier=~use, has_changed=first > 0, is_held_up=is_held_up)
    is_steady = first == 0 and slope < FOIL_M2_KG
    return BallisticFit(
        coefficient_m2_kg=float(f"{slope:.9g}"),
        log_sigma=max(SMALLEST_LOG_SIGMA if is_steady else LOG_SIGMA_OF_ONE_SET, spread),
        is_outlier=~use,
        has_changed=first > 0,
    )


def _start_of_present_motion(epoch_s: Floats, expected_m: Floats, size_m: Floats) -> int:
    """Return the first set from which on the later half sinks as the earlier one does."""
    first = 0
    while True:
        late = first + int(np.searchsorted(expected_m[first:], 0.5 * (expected_m[first] + expected_m[-1])))
        if min(late - first, epoch_s.size - late) < FEWEST_OF_A_HALF:
            return first
        slopes = [
            _median_slope(epoch_s[half], expected_m[half], size_m[half])[0]
            for half in (slice(first, late), slice(late, None))
        ]
        if np.isnan(slopes).any() or abs(np.diff(np.log(np.maximum(slopes, 1e-9)))) < CHANGE_BEYOND_AIR_LOG:
            return first
        first = late


def _on_the_line(epoch_s: Floats, expected_m: Floats, size_m: Floats, use: Truths) -> Truths:
    """Return which of the sets in use stand within five scatters of the line through them."""
    among = use
    for _ in range(3):
        slope, _spread = _median_slope(epoch_s[use], expected_m[use], size_m[use])
        rest = size_m + slope * expected_m
        rest -= np.median(rest[use])
        scatter = max(MAD_TO_SIGMA * float(np.median(np.abs(rest[use]))), SMALLEST_SCATTER_M)
        new = among & (np.abs(rest) <= OUTLIER_SCATTERS * scatter)
        if not np.isfinite(slope) or new.sum() < 2 or (new == use).all():
            break
        use = new
    return use


def _log_mean(first: Floats, second: Floats) -> Floats:
    return -np.sqrt(np.maximum(first * second, 0.0))


def _median_slope(epoch_s: Floats, expected_m: Floats, size_m: Floats) -> tuple[float, float]:
    """Return the weighted median of all slopes, and its relative uncertainty."""
    i, j = np.triu_indices(epoch_s.size, 1)
    far = epoch_s[j] - epoch_s[i] >= SHORTEST_PAIR_S
    run, fell = (expected_m[j] - expected_m[i])[far], (size_m[i] - size_m[j])[far]
    good = run > 0.0
    if not good.any():
        return np.nan, np.nan
    slopes, weight = fell[good] / run[good], run[good]
    middle = _weighted_median(slopes, weight)
    off = MAD_TO_SIGMA * _weighted_median(np.abs(slopes - middle), weight)
    # Sets, not pairs, are independent.
    return middle, off / (abs(middle) * np.sqrt(max(1.0, epoch_s.size / 2.0)))


def _weighted_median(values: Floats, weight: Floats) -> float:
    order = np.argsort(values)
    share = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(share, 0.5 * share[-1])])


def fit_of_one_set(sinks_m_s: float, drag_m_s: float, bstar_per_earth_radius: float) -> BallisticFit:
    """Return the coefficient one element set tells of: from how it says the orbit sinks, else from its B*.

    The sinking is that of its mean motion's derivative.  Both are by-products of a fit, and good to a third.

    >>> fit_of_one_set(-0.001, -0.1, 0.0).coefficient_m2_kg
    0.01
    """
    by_sinking = sinks_m_s / drag_m_s if drag_m_s < 0.0 else np.nan
    by_bstar = 2.0 * bstar_per_earth_radius / AIR_OF_BSTAR_KG_M2_PER_EARTH_RADIUS
    chosen = by_sinking if _is_plausible(by_sinking) else by_bstar
    if not _is_plausible(chosen):
        return NO_FIT
    return replace(NO_FIT, coefficient_m2_kg=float(chosen), log_sigma=LOG_SIGMA_OF_ONE_SET)


def _is_plausible(coefficient_m2_kg: float) -> bool:
    return bool(PLAUSIBLE_M2_KG[0] <= coefficient_m2_kg <= PLAUSIBLE_M2_KG[1])
