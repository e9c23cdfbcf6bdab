"""Options to avoid an encounter: burns along the axes, laid out over when and how much, never chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.frames import State
from baken.astro.time import NANOSECONDS_A_SECOND
from baken.records.avoidance import AvoidanceOption, BurnDirection, DecisionMap, Table
from baken.respond._new_encounters import closest_approaches, states_after_burns

DIRECTIONS = tuple(BurnDirection)
AXES_RTN = {
    BurnDirection.PLUS_T: (0.0, 1.0, 0.0),
    BurnDirection.MINUS_T: (0.0, -1.0, 0.0),
    BurnDirection.PLUS_R: (1.0, 0.0, 0.0),
    BurnDirection.MINUS_R: (-1.0, 0.0, 0.0),
    BurnDirection.PLUS_N: (0.0, 0.0, 1.0),
    BurnDirection.MINUS_N: (0.0, 0.0, -1.0),
}
# What the chance is when the two pass in these states: (..., 3) of the burning one, of the other; (...).
Probability = Callable[[State, State], Floats]

ASSUMPTIONS = (
    "burn: impulsive, exactly as asked; its own errors and the time to prepare it are not counted",
    "displacement: under a round Earth and J2; drag, the Moon and the Sun are left out of the difference",
    "covariance: of the encounter as it was assessed, each object's in its own RTN; no burn makes it larger",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BurningEncounter:
    """An encounter of which one object may burn: both states at the old closest approach, in one frame.

    Inertial, (3,) each: the one that burns, then the other.
    """

    tca_tai_ns: int
    burning: State
    other: State
    probability: Probability
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BurnGrid:
    """Which burns are looked at: when, and how much, each in rising order; and when options are listed."""

    burn_tai_ns: Instants
    delta_v_m_s: Floats
    listed_tai_ns: Instants

    def __post_init__(self) -> None:
        if self.burn_tai_ns.size == 0 or self.delta_v_m_s.size == 0:
            raise ValueError("a grid of burns holds at least one time and one delta-v")
        if (np.diff(self.burn_tai_ns) <= 0).any() or (np.diff(self.delta_v_m_s) <= 0.0).any():
            raise ValueError("burn_tai_ns and delta_v_m_s rise")
        if not np.isin(self.listed_tai_ns, self.burn_tai_ns).all():
            raise ValueError("options are listed at times that are looked at")


def grid_of_burns(
    start_tai_ns: int,
    tca_tai_ns: int,
    *,
    period_s: float,
    delta_v_max_m_s: float,
    listed_lead_s: Sequence[float],
    delta_v_min_m_s: float = 0.01,
    n_delta_v: int = 25,
    max_n_burns: int = 1_000,
) -> BurnGrid:
    """Return a grid from a start to the closest approach: a sixteenth of a revolution apart, whole seconds.

    Where that would be more than ``max_n_burns`` they stand farther apart.

    Delta-v is spaced evenly in its logarithm.  Options are listed at the times nearest the leads asked for.

    Raises: ValueError when the start is not before the closest approach.
    """
    span_s = (tca_tai_ns - start_tai_ns) / NANOSECONDS_A_SECOND
    if not span_s > 1.0:
        raise ValueError("a decision window begins before the closest approach")
    n_burns = int(np.clip(np.ceil(16.0 * span_s / period_s), 8, max_n_burns))
    lead_s = np.unique(np.ceil(span_s * np.arange(1, n_burns + 1) / n_burns))[::-1]
    burn_tai_ns = tca_tai_ns - (np.minimum(lead_s, span_s) * NANOSECONDS_A_SECOND).astype(np.int64)
    leads = np.array([lead for lead in listed_lead_s if lead <= span_s * 1.01] or [span_s])
    nearest = np.unique(np.abs(lead_s[None, :] - leads[:, None]).argmin(axis=1))
    return BurnGrid(
        burn_tai_ns=burn_tai_ns,
        delta_v_m_s=np.geomspace(delta_v_min_m_s, delta_v_max_m_s, n_delta_v),
        listed_tai_ns=burn_tai_ns[nearest],
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AfterBurns:
    """What every burn of a grid leads to: [direction][burn][delta-v]."""

    probability: Floats
    miss_distance_m: Floats


def after_burns(encounter: BurningEncounter, grid: BurnGrid) -> AfterBurns:
    """Return probability and miss after every burn of a grid, in one go.

    NaN where no closest approach is left near the old one.
    """
    shape = len(DIRECTIONS), grid.burn_tai_ns.size, grid.delta_v_m_s.size
    axes = np.array([AXES_RTN[direction] for direction in DIRECTIONS])
    burn = np.broadcast_to(axes[:, None, None, :] * grid.delta_v_m_s[:, None], (*shape, 3))
    lead_s = (encounter.tca_tai_ns - grid.burn_tai_ns) / NANOSECONDS_A_SECOND
    lead = np.broadcast_to(lead_s[None, :, None], shape)
    moved = states_after_burns(*encounter.burning, lead.ravel(), burn.reshape(-1, 3))
    probability, miss_m = encountered(encounter, moved)
    return AfterBurns(probability=probability.reshape(shape), miss_distance_m=miss_m.reshape(shape))


def encountered(encounter: BurningEncounter, moved: State) -> tuple[Floats, Floats]:
    """Return the probability and the miss when the burning object stands here at the old closest approach.

    Shape:  (m, 3) each; the results (m,).
    """
    other = tuple(np.broadcast_to(vector, moved[0].shape) for vector in encounter.other)
    one, its, found = closest_approaches(moved, (other[0], other[1]))
    probability, miss_m = np.full(found.size, np.nan), np.full(found.size, np.nan)
    miss_m[found] = np.linalg.norm(its[0][found] - one[0][found], axis=-1)
    probability[found] = encounter.probability((one[0][found], one[1][found]), (its[0][found], its[1][found]))
    return probability, miss_m


def decision_map(
    encounter: BurningEncounter,
    grid: BurnGrid,
    *,
    norad_cat_id: int | None,
    name: str,
    probability_wanted: float,
    assumptions: tuple[str, ...] = (),
) -> DecisionMap:
    """Lay out what burns would do: the whole grid, and at the listed times one option along each axis.

    That is the least burn that brings the probability to what is wanted; where none does, the largest, so
    that what does not help, or makes it worse, is seen too.
    """
    before, miss_m = encountered(encounter, (encounter.burning[0][None], encounter.burning[1][None]))
    after = after_burns(encounter, grid)
    does_it = (after.probability <= probability_wanted).any(axis=(0, 2))
    return DecisionMap(
        norad_cat_id=norad_cat_id,
        name=name,
        tca_tai_ns=encounter.tca_tai_ns,
        probability_before=float(before[0]),
        miss_distance_before_m=float(miss_m[0]),
        probability_wanted=probability_wanted,
        directions=DIRECTIONS,
        burn_tai_ns=tuple(grid.burn_tai_ns.tolist()),
        delta_v_m_s=tuple(grid.delta_v_m_s.tolist()),
        probability_after=_table(after.probability),
        miss_distance_after_m=_table(after.miss_distance_m),
        latest_tai_ns=int(grid.burn_tai_ns[does_it][-1]) if does_it.any() else None,
        options=_options(grid, after, probability_wanted, encounter.method),
        assumptions=(*ASSUMPTIONS, *assumptions),
    )


def _options(
    grid: BurnGrid, after: AfterBurns, probability_wanted: float, method: str
) -> tuple[AvoidanceOption, ...]:
    found = []
    for burn in np.flatnonzero(np.isin(grid.burn_tai_ns, grid.listed_tai_ns)):
        for place, direction in enumerate(DIRECTIONS):
            enough = np.flatnonzero(after.probability[place, burn] <= probability_wanted)
            row = enough[0] if enough.size else grid.delta_v_m_s.size - 1
            found.append(
                AvoidanceOption(
                    direction=direction,
                    burn_tai_ns=int(grid.burn_tai_ns[burn]),
                    delta_v_m_s=float(grid.delta_v_m_s[row]),
                    probability_after=float(after.probability[place, burn, row]),
                    miss_distance_after_m=float(after.miss_distance_m[place, burn, row]),
                    method=method,
                )
            )
    return tuple(found)


def _table(values: Floats) -> Table:
    return tuple(tuple(tuple(row) for row in plane) for plane in values.tolist())
