"""The judge: sample both objects' orbits, let them move, and count who collides."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from baken.assess.conjunction._monte_carlo_hits import tabulated_hits, two_body_hits
from baken.assess.conjunction._pair_of_clouds import PairsOfClouds, pairs_of_clouds
from baken.astro._equinoctial import state_at
from baken.astro.arrays import Floats, FloatsLike
from baken.astro.compiled import compiled
from baken.astro.constants import TURN_RAD
from baken.astro.oblate_motion import oblate_states

SAMPLES_TOGETHER, STATES_TOGETHER = 50_000, 1_000
# States this close, in revolutions: a cubic between them is off by micrometres.
STEP_REVOLUTIONS = 1.0 / 480.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonteCarlo:
    """How many of so many sampled pairs collided, and what that says of the probability.

    ``is_clipped`` says that a covariance was no covariance, and mended: ``clip_eigenvalues_hall_2017``.
    """

    n_hits: int
    n_samples: int
    probability: float
    low: float
    high: float
    confidence: float
    is_clipped: bool = False


class NothingToSample(ValueError):
    """An encounter from which no pairs can be drawn: an orbit that is not closed, a covariance too large."""


SampledMethod = Callable[..., MonteCarlo]  # called as the two below
Hits = Callable[[Floats, Floats, float, float, float], int]


def monte_carlo_two_body(
    position_1_m: FloatsLike,
    velocity_1_m_s: FloatsLike,
    covariance_rtn_1_si: FloatsLike,
    position_2_m: FloatsLike,
    velocity_2_m_s: FloatsLike,
    covariance_rtn_2_si: FloatsLike,
    hard_body_radius_m: float,
    *,
    n_samples: int,
    rng: np.random.Generator,
    half_span_s: float | None = None,
    confidence: float = 0.95,
) -> MonteCarlo:
    """Count collisions of sampled pairs that move as two bodies, of one encounter.

    Errors are Gaussian in equinoctial elements, as for ``hall_2021``.  The span is a quarter of the
    shorter revolution to each side of the epoch unless given.  Pairs in collision as it begins do not count.
    The interval is Clopper and Pearson's, which is never too narrow.

    Shape:  vectors are (3,), covariances (6, 6), each in its object's own RTN.
    Raises: NothingToSample when a state has no closed orbit, a covariance cannot be or no sample is asked
            for; ValueError when radius, half span or confidence is out of range.
    Source: Clopper & Pearson (1934), Biometrika 26, 404.

    >>> r, v = np.array([7.0e6, 0.0, 0.0]), np.array([0.0, 7546.0, 0.0])
    >>> sigma = np.diag([100.0, 300.0, 100.0, 0.3, 0.1, 0.1]) ** 2
    >>> found = monte_carlo_two_body(r, v, sigma, r + [120.0, 40.0, 300.0], [0.0, 0.0, 7546.0], sigma, 20.0,
    ...                              n_samples=20_000, rng=np.random.default_rng(1))
    >>> found.low < 0.002335 < found.high
    True
    """
    pairs = pairs_of_clouds(
        position_1_m, velocity_1_m_s, covariance_rtn_1_si, position_2_m, velocity_2_m_s, covariance_rtn_2_si
    )
    return _counted(
        pairs, two_body_hits, SAMPLES_TOGETHER, hard_body_radius_m, n_samples, rng, half_span_s, confidence
    )


def monte_carlo_numerical(
    position_1_m: FloatsLike,
    velocity_1_m_s: FloatsLike,
    covariance_rtn_1_si: FloatsLike,
    position_2_m: FloatsLike,
    velocity_2_m_s: FloatsLike,
    covariance_rtn_2_si: FloatsLike,
    hard_body_radius_m: float,
    *,
    n_samples: int,
    rng: np.random.Generator,
    half_span_s: float | None = None,
    confidence: float = 0.95,
) -> MonteCarlo:
    """Count collisions of sampled pairs that are moved step by step about an oblate Earth.

    As ``monte_carlo_two_body``, but for the motion: gravity with J2, by ``oblate_states``.
    """
    pairs = pairs_of_clouds(
        position_1_m, velocity_1_m_s, covariance_rtn_1_si, position_2_m, velocity_2_m_s, covariance_rtn_2_si
    )
    return _counted(
        pairs, _numerical_hits, STATES_TOGETHER, hard_body_radius_m, n_samples, rng, half_span_s, confidence
    )


def _counted(
    pairs: PairsOfClouds,
    hits: Hits,
    together: int,
    radius_m: float,
    n_samples: int,
    rng: np.random.Generator,
    half_span_s: float | None,
    confidence: float,
) -> MonteCarlo:
    _refuse_what_cannot_be(radius_m, half_span_s, confidence)
    mean, covariance, factor = pairs.mean[0], pairs.covariance[0], pairs.factor[0]
    if n_samples < 1 or not np.isfinite(covariance).all() or np.isnan(factor).any():
        raise NothingToSample(
            "Monte Carlo needs two closed orbits, a covariance for each, and at least one sample"
        )
    half_s = 0.25 * TURN_RAD / float(mean[:, 0].max()) if half_span_s is None else half_span_s
    roots = np.stack([_root(one) for one in covariance])
    n_hits, n_kept = 0, 0
    for first in range(0, n_samples, together):
        elements = _sampled(mean, roots, min(together, n_samples - first), rng)
        n_kept += len(elements)
        n_hits += hits(elements, factor, radius_m, -half_s, half_s)
    if not n_kept:
        raise NothingToSample("not one of the drawn orbits is closed; the covariance is too large to sample")
    low, high = clopper_pearson_1934(n_hits, n_kept, confidence)
    return MonteCarlo(
        n_hits=n_hits,
        n_samples=n_kept,
        probability=n_hits / n_kept,
        low=low,
        high=high,
        confidence=confidence,
        is_clipped=bool(pairs.is_clipped[0]),
    )


def _refuse_what_cannot_be(radius_m: float, half_span_s: float | None, confidence: float) -> None:
    """Raise where counting would find no hit, or no interval, and look like an answer."""
    if not 0.0 <= radius_m < np.inf:
        raise ValueError(f"hard_body_radius_m must be a number, 0 or more; it was {radius_m}")
    if half_span_s is not None and not 0.0 < half_span_s < np.inf:
        raise ValueError(f"half_span_s must be positive and finite; it was {half_span_s}")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence lies between 0 and 1; it was {confidence}")


def clopper_pearson_1934(n_hits: int, n_samples: int, confidence: float) -> tuple[float, float]:
    """Return the interval of a probability after so many hits of so many.

    >>> low, high = clopper_pearson_1934(0, 1000, 0.95)
    >>> low, round(high, 5)
    (0.0, 0.00368)
    """
    tail = 0.5 * (1.0 - confidence)
    low = 0.0 if n_hits == 0 else float(betaincinv(n_hits, n_samples - n_hits + 1, tail))
    high = 1.0 if n_hits == n_samples else float(betaincinv(n_hits + 1, n_samples - n_hits, 1.0 - tail))
    return low, high


def _root(covariance: Floats) -> Floats:
    """Return a matrix that times its transpose is the covariance, which may lack rank."""
    scale = np.sqrt(np.maximum(np.diagonal(covariance), np.finfo(float).tiny))
    values, axes = np.linalg.eigh(covariance / np.outer(scale, scale))
    return np.asarray(scale[:, None] * axes * np.sqrt(np.maximum(values, 0.0)))


def _sampled(mean: Floats, roots: Floats, n: int, rng: np.random.Generator) -> Floats:
    """Draw pairs of elements; those that are no ellipse are left out."""
    drawn = rng.standard_normal((n, 2, 6))
    elements = mean + np.einsum("kij,nkj->nki", roots, drawn)
    is_closed = (elements[..., 0] > 0.0) & (elements[..., 1] ** 2 + elements[..., 2] ** 2 < 1.0)
    return np.ascontiguousarray(elements[is_closed.all(axis=1)])


def _numerical_hits(elements: Floats, factor: Floats, radius_m: float, low_s: float, high_s: float) -> int:
    states = _states_at_epoch(elements, factor)
    step_s = STEP_REVOLUTIONS * TURN_RAD / float(elements[..., 0].max())
    after_s = np.linspace(0.0, high_s, 1 + int(np.ceil(high_s / step_s)))
    before_s = np.linspace(0.0, low_s, 1 + int(np.ceil(-low_s / step_s)))
    halves = []
    for times_s in (before_s, after_s):
        tables = [oblate_states(states[:, k, :3], states[:, k, 3:], times_s) for k in range(2)]
        halves.append([second - first for first, second in zip(*tables, strict=True)])
    relative_m, relative_m_s = (
        np.concatenate([before[:, :0:-1], after], axis=1) for before, after in zip(*halves, strict=True)
    )
    return int(tabulated_hits(relative_m, relative_m_s, np.concatenate([before_s[:0:-1], after_s]), radius_m))


@compiled
def _states_at_epoch(elements: Floats, factor: Floats) -> Floats:
    states = np.empty_like(elements)
    for row in range(len(elements)):
        for k in range(2):
            state_at(elements[row, k], factor[k], 0.0, states[row, k])
    return states
