"""Set a picture moving: from nouns to the arrays that the bedrock understands."""

from collections.abc import Callable, Sequence

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.motions import Sgp4Motion
from baken.astro.sgp4 import sgp4_batch
from baken.records.orbit import ElementSet


def motion_of(element_sets: Sequence[ElementSet]) -> Sgp4Motion:
    """Return the motion of element sets, in TEME; object ``i`` is the set at place ``i``."""

    def column(value_of: Callable[[ElementSet], float]) -> Floats:
        return np.fromiter(map(value_of, element_sets), dtype=float, count=len(element_sets))

    epochs = (element_set.epoch_tai_ns for element_set in element_sets)
    batch = sgp4_batch(
        epoch_tai_ns=np.fromiter(epochs, dtype=np.int64, count=len(element_sets)),
        mean_motion_rad_s=column(lambda es: es.mean_motion_rad_s),
        eccentricity=column(lambda es: es.eccentricity),
        inclination_rad=column(lambda es: es.inclination_rad),
        raan_rad=column(lambda es: es.raan_rad),
        argument_of_perigee_rad=column(lambda es: es.argument_of_perigee_rad),
        mean_anomaly_rad=column(lambda es: es.mean_anomaly_rad),
        bstar_per_earth_radius=column(lambda es: es.bstar_per_earth_radius),
    )
    return Sgp4Motion(batch)
