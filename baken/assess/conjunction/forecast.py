"""How likely an encounter is to stand above a level of probability when the decision falls."""

import math

import numpy as np

from baken.astro.arrays import Floats, FloatsLike

# Fitted by `python benchmarks/will_it_still_be_high.py --fit` on one satellite's year of updates (NASA CARA,
# OCMDB 43617, 2021): secondaries whose number hashes to an even digit; levels of 1e-7, 1e-6, 1e-5 together.
INTERCEPT, ABOVE, BELOW, DAYS, FALLEN = -2.6704, 0.2162, -0.3895, -0.9335, 0.2274
# Decades beyond which a probability tells no more, above the level and below it.
MOST_ABOVE, MOST_BELOW, MOST_FALLEN = 4.0, 5.0, 4.0
LEAST_PROBABILITY = 1e-12
# The fit saw decisions one to four days ahead.
LEAST_DAY, MOST_DAY = 1.0, 4.0
SECONDS_A_DAY = 86_400.0


def features_of_history(
    probability: FloatsLike,
    highest_probability: FloatsLike,
    time_to_decision_s: FloatsLike,
    level_probability: float,
) -> Floats:
    """Return what a forecast looks at: one, decades above and below, logarithm of days, decades fallen.

    Shape:  (...) each; the result is (..., 5).

    >>> features_of_history(1e-5, 1e-4, 86_400.0, 1e-6).round(3).tolist()
    [1.0, 1.0, 0.0, 0.0, 1.0]
    """
    now, highest = (
        np.log10(np.maximum(np.asarray(value, float), LEAST_PROBABILITY))
        for value in (probability, highest_probability)
    )
    above = now - math.log10(level_probability)
    days = np.clip(np.asarray(time_to_decision_s, float) / SECONDS_A_DAY, LEAST_DAY, MOST_DAY)
    columns = np.broadcast_arrays(
        np.ones_like(above),
        np.clip(above, 0.0, MOST_ABOVE),
        np.clip(-above, 0.0, MOST_BELOW),
        np.log(days),
        np.clip(highest - now, 0.0, MOST_FALLEN),
    )
    return np.stack(columns, axis=-1)


def chance_of_level(
    probability: FloatsLike,
    highest_probability: FloatsLike,
    time_to_decision_s: FloatsLike,
    level_probability: float,
) -> Floats:
    """Return the chance that the probability of collision is at a level or above it when the decision falls.

    Assumes an encounter like those it was fitted on: a low orbit, updates every eight hours; one that is no
    longer reported counts as below.  Most encounters fall: of those at a level three days before a decision,
    few are there when it falls.  How good this is, and how little better than the base rate, stands in
    ``docs/chapters/triage.md``.

    Shape:  (...) each: the newest probability, the highest so far, the time left until the decision.
    Raises: ValueError when the level is no probability above 0.

    >>> chance_of_level([1e-4, 1e-6, 1e-9], [1e-4, 1e-6, 1e-9], 2 * 86_400.0, 1e-6).round(3).tolist()
    [0.053, 0.035, 0.011]
    """
    if not 0.0 < level_probability <= 1.0:
        raise ValueError(f"a level is a probability above 0; this one is {level_probability}")
    seen = features_of_history(probability, highest_probability, time_to_decision_s, level_probability)
    weighed = seen @ np.array([INTERCEPT, ABOVE, BELOW, DAYS, FALLEN])
    return np.asarray(1.0 / (1.0 + np.exp(-weighed)))[()]
