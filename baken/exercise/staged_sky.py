"""A simulated sky in which something happens: one stage comes down, another breaks up; its past is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_MU_WGS72_M3_S2
from baken.astro.elements import semi_major_axis_from_mean_motion_m
from baken.exercise.happenings import (
    DAY_S,
    HOUR_S,
    NANOSECONDS_A_SECOND,
    Breakup,
    Fall,
    draw_breakup,
    draw_fall,
    draw_parent,
)
from baken.exercise.orbits import Orbits
from baken.exercise.simulated_world import BSTAR_TO_BALLISTIC_M2_KG, moved_back, printed_rad, published
from baken.records.catalogue import Past
from baken.records.lineage import Lineage, settings_of
from baken.records.orbit import ElementSet

# Beyond any sky that is drawn beside it.
FIRST_STAGED_CAT_ID = 890_000_001
FALLING, BROKEN = "SIM FALLING STAGE R/B", "SIM BROKEN STAGE R/B"
PAST_DAYS, BROKE_UP_DAYS_AGO = 28.0, 5.0
LEAST_DAYS_LEFT, LARGEST_DAYS_LEFT = 2.0, 4.0
HOURS_BETWEEN_SETS = 8.0
# A spent upper stage: 2.2 times 0.006 square metres a kilogram.
BALLISTIC_COEFFICIENT_M2_KG = 0.0132
N_PIECES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedSky:
    """What was staged: the sets to lay beside a drawn sky, what was known of them before, and the truth."""

    element_sets: tuple[ElementSet, ...]
    before: tuple[ElementSet, ...]
    histories: tuple[ElementSet, ...]
    fall: Fall
    breakup: Breakup


def staged_sky(rng: np.random.Generator, *, epoch_tai_ns: int) -> StagedSky:
    """Stage a re-entry two to four days after an instant, and a breakup five days before it.

    The same generator state and instant give the same sets, byte for byte.
    """
    lineage = Lineage(
        method="baken.exercise.staged_sky", settings=settings_of({"epoch_tai_ns": epoch_tai_ns})
    )
    fall, falling = _falling(rng, epoch_tai_ns, lineage)
    breakup, parent, pieces = _broken(rng, epoch_tai_ns, lineage)
    past_tai_ns = instant_of_staged_past(epoch_tai_ns)
    return StagedSky(
        element_sets=(falling[-1], *pieces),
        before=(next(es for es in reversed(falling) if es.epoch_tai_ns <= past_tai_ns), parent),
        histories=tuple(es for es in falling if es.epoch_tai_ns > past_tai_ns),
        fall=fall,
        breakup=breakup,
    )


def instant_of_staged_past(epoch_tai_ns: int) -> int:
    """Return the instant before, with which a staged sky is compared."""
    return epoch_tai_ns - round(PAST_DAYS * DAY_S) * NANOSECONDS_A_SECOND


def staged_past(staged: StagedSky, others: Sequence[ElementSet], *, epoch_tai_ns: int) -> Past:
    """Return the past of a staged sky laid beside others, which flew the same orbits then."""
    before = (*earlier(others, PAST_DAYS * DAY_S), *staged.before)
    return Past(
        as_of_tai_ns=instant_of_staged_past(epoch_tai_ns),
        element_sets=tuple(sorted(before, key=lambda es: es.identity.rank)),
        histories=staged.histories,
    )


def earlier(element_sets: Sequence[ElementSet], by_s: float) -> list[ElementSet]:
    """Return element sets as they stood some time before, turned back by the Earth's flattening alone."""

    def column(name: str) -> Floats:
        return np.array([getattr(es, name) for es in element_sets], dtype=float)

    motion = column("mean_motion_rad_s")
    now = Orbits(
        semi_major_axis_m=semi_major_axis_from_mean_motion_m(motion, EARTH_MU_WGS72_M3_S2),
        eccentricity=column("eccentricity"),
        inclination_rad=column("inclination_rad"),
        raan_rad=column("raan_rad"),
        argument_of_perigee_rad=column("argument_of_perigee_rad"),
        mean_anomaly_rad=column("mean_anomaly_rad"),
    )
    then = moved_back(now, np.full(len(motion), by_s))
    by_ns = round(by_s) * NANOSECONDS_A_SECOND
    return [
        replace(
            es,
            epoch_tai_ns=es.epoch_tai_ns - by_ns,
            raan_rad=raan,
            argument_of_perigee_rad=perigee,
            mean_anomaly_rad=anomaly,
        )
        for es, raan, perigee, anomaly in zip(
            element_sets,
            printed_rad(then.raan_rad),
            printed_rad(then.argument_of_perigee_rad),
            printed_rad(then.mean_anomaly_rad),
            strict=True,
        )
    ]


def _falling(rng: np.random.Generator, epoch_tai_ns: int, lineage: Lineage) -> tuple[Fall, list[ElementSet]]:
    days_left = rng.uniform(LEAST_DAYS_LEFT, LARGEST_DAYS_LEFT)
    ages_h = np.arange((PAST_DAYS + 2.0) * 24.0, 0.0, -HOURS_BETWEEN_SETS) - 0.5 * HOURS_BETWEEN_SETS
    fall = draw_fall(
        rng,
        reentry_tai_ns=epoch_tai_ns + round(days_left * DAY_S) * NANOSECONDS_A_SECOND,
        ballistic_coefficient_m2_kg=BALLISTIC_COEFFICIENT_M2_KG,
        epoch_tai_ns=epoch_tai_ns - np.rint(ages_h * HOUR_S).astype(np.int64) * NANOSECONDS_A_SECOND,
    )
    n = len(ages_h)
    bstar = np.full(n, BALLISTIC_COEFFICIENT_M2_KG / BSTAR_TO_BALLISTIC_M2_KG)
    sets = published(
        [FALLING] * n, fall.orbits, bstar, fall.epoch_tai_ns, [FIRST_STAGED_CAT_ID] * n, lineage,
        fall.mean_motion_dot_rad_s2,
    )  # fmt: skip
    return fall, sets


def _broken(
    rng: np.random.Generator, epoch_tai_ns: int, lineage: Lineage
) -> tuple[Breakup, ElementSet, list[ElementSet]]:
    known = draw_parent(
        rng, epoch_tai_ns=instant_of_staged_past(epoch_tai_ns) - round(HOUR_S) * NANOSECONDS_A_SECOND
    )
    (before,) = published(
        [BROKEN],
        known.orbits,
        known.bstar_per_earth_radius,
        known.epoch_tai_ns,
        [FIRST_STAGED_CAT_ID + 1],
        lineage,
    )
    bstar = np.concatenate([known.bstar_per_earth_radius, 1e-3 * np.exp(0.8 * rng.standard_normal(N_PIECES))])
    breakup = draw_breakup(
        rng,
        known,
        epoch_tai_ns=epoch_tai_ns - round(BROKE_UP_DAYS_AGO * DAY_S) * NANOSECONDS_A_SECOND,
        n_pieces=N_PIECES,
        bstar=bstar,
    )
    names = [BROKEN, *(f"{BROKEN} DEB" for _ in range(N_PIECES))]
    numbers = range(FIRST_STAGED_CAT_ID + 1, FIRST_STAGED_CAT_ID + 2 + N_PIECES)
    pieces = breakup.pieces
    return breakup, before, published(names, pieces.orbits, bstar, pieces.epoch_tai_ns, numbers, lineage)
