"""How old is what we know?  Age stands beside every number."""

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.time import NANOSECONDS_A_SECOND
from baken.records.catalogue import Picture, PictureAge

SECONDS_A_WEEK = 7 * 86_400.0


def age_of(picture: Picture) -> PictureAge:
    """Return how old a picture's elements are; NaN throughout for an empty one."""
    age_s = ages_s(picture)
    if not len(age_s):
        return PictureAge(
            median_s=np.nan, ninetieth_percentile_s=np.nan, oldest_s=np.nan, n_older_than_a_week=0
        )
    return PictureAge(
        median_s=float(np.median(age_s)),
        ninetieth_percentile_s=float(np.quantile(age_s, 0.9)),
        oldest_s=float(age_s.max()),
        n_older_than_a_week=int((age_s > SECONDS_A_WEEK).sum()),
    )


def ages_s(picture: Picture) -> Floats:
    """Return the age of each chosen element set, in the picture's order; negative is issued ahead."""
    epoch_tai_ns = np.array([es.epoch_tai_ns for es in picture.element_sets], dtype=np.int64)
    return np.asarray((picture.as_of_tai_ns - epoch_tai_ns) / NANOSECONDS_A_SECOND, dtype=float)
