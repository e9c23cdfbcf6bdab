"""Set a picture moving: from nouns to the arrays that the bedrock understands."""

from collections.abc import Callable, Sequence

import numpy as np

from baken.astro.sgp4 import Sgp4Batch, sgp4_batch
from baken.records.orbit import ElementSet


def sgp4_batch_of(element_sets: Sequence[ElementSet]) -> Sgp4Batch:
    """Return element sets ready for SGP4, in their order."""

    def column(value_of: Callable[[ElementSet], float]) -> np.ndarray:
        return np.fromiter(map(value_of, element_sets), dtype=float, count=len(element_sets))

    return sgp4_batch(
        epoch_tai_ns=np.fromiter((es.epoch_tai_ns for es in element_sets), dtype=np.int64, count=len(element_sets)),
        mean_motion_rad_s=column(lambda es: es.mean_motion_rad_s),
        eccentricity=column(lambda es: es.eccentricity),
        inclination_rad=column(lambda es: es.inclination_rad),
        raan_rad=column(lambda es: es.raan_rad),
        argument_of_perigee_rad=column(lambda es: es.argument_of_perigee_rad),
        mean_anomaly_rad=column(lambda es: es.mean_anomaly_rad),
        bstar_per_earth_radius=column(lambda es: es.bstar_per_earth_radius),
    )
