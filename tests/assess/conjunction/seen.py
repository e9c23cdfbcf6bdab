"""What Baken sees of a sky, said in the oracle's words."""

from collections.abc import Sequence

import numpy as np

from baken.assess.conjunction.approach import KINDS, screen
from baken.astro.motions import Sgp4Motion
from baken.astro.sgp4 import sgp4_batch
from tests.assess.conjunction.oracle import Elements, Encounter


def motion_of(elements: Elements) -> Sgp4Motion:
    return Sgp4Motion(
        sgp4_batch(
            epoch_tai_ns=elements.epoch_tai_ns,
            mean_motion_rad_s=elements.mean_motion_rad_s,
            eccentricity=elements.eccentricity,
            inclination_rad=elements.inclination_rad,
            raan_rad=elements.raan_rad,
            argument_of_perigee_rad=elements.argument_of_perigee_rad,
            mean_anomaly_rad=elements.mean_anomaly_rad,
            bstar_per_earth_radius=elements.bstar_per_earth_radius,
        )
    )


def encounters_seen(
    elements: Elements,
    start_tai_ns: int,
    end_tai_ns: int,
    threshold_m: float,
    primaries: Sequence[int] | None = None,
    **how: object,
) -> list[Encounter]:
    """Return what Baken's screening reports, in order of pair."""
    chosen = None if primaries is None else np.asarray(primaries, dtype=np.int64)
    screening = screen(motion_of(elements), start_tai_ns, end_tai_ns, threshold_m, primaries=chosen, **how)
    found = screening.approaches
    columns = (
        found.first.tolist(),
        found.second.tolist(),
        found.tca_tai_ns.tolist(),
        found.miss_distance_m.tolist(),
        found.relative_speed_m_s.tolist(),
        [str(KINDS[kind]) for kind in found.kind.tolist()],
    )
    return sorted(Encounter(*row) for row in zip(*columns, strict=True))
