"""Set element sets moving: from nouns to the arrays that the bedrock understands."""

from collections.abc import Callable, Sequence

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_MU_WGS72_M3_S2
from baken.astro.motions import BoundMotion, Sgp4Motion
from baken.astro.sgp4 import sgp4_batch
from baken.records.orbit import ElementSet

# Apogee in weeks of lunar, solar and drag perturbations: what is further out than this is no orbit any more.
APOGEE_MAY_GROW_BY = 1.25


def motion_of(element_sets: Sequence[ElementSet]) -> BoundMotion:
    """Return the motion of element sets by SGP4, in TEME; object ``i`` is the set at place ``i``.

    Where SGP4 has let go of an object and carries it off, the motion says so instead.
    """

    def column(value_of: Callable[[ElementSet], float]) -> Floats:
        return np.fromiter(map(value_of, element_sets), dtype=float, count=len(element_sets))

    epochs = (element_set.epoch_tai_ns for element_set in element_sets)
    mean_motion_rad_s = column(lambda es: es.mean_motion_rad_s)
    eccentricity = column(lambda es: es.eccentricity)
    batch = sgp4_batch(
        epoch_tai_ns=np.fromiter(epochs, dtype=np.int64, count=len(element_sets)),
        mean_motion_rad_s=mean_motion_rad_s,
        eccentricity=eccentricity,
        inclination_rad=column(lambda es: es.inclination_rad),
        raan_rad=column(lambda es: es.raan_rad),
        argument_of_perigee_rad=column(lambda es: es.argument_of_perigee_rad),
        mean_anomaly_rad=column(lambda es: es.mean_anomaly_rad),
        bstar_per_earth_radius=column(lambda es: es.bstar_per_earth_radius),
    )
    semi_major_axis_m = np.cbrt(EARTH_MU_WGS72_M3_S2 / mean_motion_rad_s**2)
    apogee_radius_m = semi_major_axis_m * (1.0 + eccentricity)
    return BoundMotion(Sgp4Motion(batch), APOGEE_MAY_GROW_BY * apogee_radius_m)
