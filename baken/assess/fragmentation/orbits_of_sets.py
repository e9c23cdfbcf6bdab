"""From element sets to the arrays that the kernels of breakup understand."""

from collections.abc import Callable, Sequence

import numpy as np

from baken.assess.fragmentation.mean_orbits import MeanOrbits, mean_motion_rate_of_drag_rad_s2
from baken.astro.arrays import Floats
from baken.records.orbit import ElementSet


def mean_orbits_of(element_sets: Sequence[ElementSet]) -> MeanOrbits:
    """Return mean orbits; their mean motion changes as the drag term of SGP4, which moves them, has it."""

    def column(value_of: Callable[[ElementSet], float]) -> Floats:
        return np.fromiter(map(value_of, element_sets), dtype=float, count=len(element_sets))

    mean_motion = column(lambda es: es.mean_motion_rad_s)
    eccentricity = column(lambda es: es.eccentricity)
    drag = column(lambda es: es.bstar_per_earth_radius)
    return MeanOrbits(
        epoch_tai_ns=np.array([es.epoch_tai_ns for es in element_sets], dtype=np.int64),
        mean_motion_rad_s=mean_motion,
        eccentricity=eccentricity,
        inclination_rad=column(lambda es: es.inclination_rad),
        raan_rad=column(lambda es: es.raan_rad),
        mean_motion_rate_rad_s2=mean_motion_rate_of_drag_rad_s2(mean_motion, eccentricity, drag),
    )
