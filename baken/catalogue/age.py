"""How old is what we know?  Age stands beside every number."""

from dataclasses import dataclass

import numpy as np

from baken.astro.time import NANOSECONDS_A_SECOND
from baken.records.catalogue import Picture

SECONDS_AN_HOUR = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeOfPicture:
    """Ages of the element sets a picture rests on, at its instant.  Negative is issued ahead."""

    n_objects: int
    median_s: float
    ninetieth_percentile_s: float
    oldest_s: float
    n_older_than_a_week: int


def age_of(picture: Picture) -> AgeOfPicture:
    """Return how old a picture's elements are; NaN everywhere for an empty one."""
    age_s = ages_s(picture)
    if not len(age_s):
        return AgeOfPicture(
            n_objects=0,
            median_s=np.nan,
            ninetieth_percentile_s=np.nan,
            oldest_s=np.nan,
            n_older_than_a_week=0,
        )
    return AgeOfPicture(
        n_objects=len(age_s),
        median_s=float(np.median(age_s)),
        ninetieth_percentile_s=float(np.quantile(age_s, 0.9)),
        oldest_s=float(age_s.max()),
        n_older_than_a_week=int((age_s > 7 * 24 * SECONDS_AN_HOUR).sum()),
    )


def ages_s(picture: Picture) -> np.ndarray:
    """Return the age of each chosen element set, in the picture's order."""
    epoch_tai_ns = np.array([es.epoch_tai_ns for es in picture.element_sets], dtype=np.int64)
    return np.asarray((picture.as_of_tai_ns - epoch_tai_ns) / NANOSECONDS_A_SECOND, dtype=float)
