"""Mean elements whose SGP4 orbit passes through given states: what an orbit determination would publish."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.constants import EARTH_MU_WGS72_M3_S2, TURN_RAD
from baken.astro.elements import elements_from_state, mean_anomaly_from_true_rad
from baken.astro.sgp4 import Sgp4Batch, sgp4_batch, states_teme
from baken.exercise.orbits import Orbits

# Each step leaves a few thousandths of the error: the periodic terms hardly depend on the elements.
STEPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanFit:
    """Mean orbits and the states that SGP4 makes of them at their epoch; rows belong together."""

    orbits: Orbits
    epoch_tai_ns: Instants
    bstar_per_earth_radius: Floats

    def states_at(self, epoch_tai_ns: Instants) -> tuple[Floats, Floats]:
        """Return where each is at an instant of its own, in TEME."""
        batch = batch_of(self.orbits, self.epoch_tai_ns, self.bstar_per_earth_radius)
        position_m, velocity_m_s, _ = states_teme(batch, np.arange(batch.n_objects), epoch_tai_ns)
        return position_m, velocity_m_s


def mean_fit(
    position_teme_m: Floats, velocity_teme_m_s: Floats, epoch_tai_ns: Instants, bstar: Floats
) -> MeanFit:
    """Return the mean orbits that pass through states by SGP4, by correcting what SGP4 is off.

    Assumes orbits near the Earth and no equatorial retrograde one.

    Shape:  (n, 3) each, (n,) and (n,).
    """
    wanted = _regular(position_teme_m, velocity_teme_m_s)
    mean = wanted
    for _ in range(STEPS):
        batch = batch_of(_orbits(mean), epoch_tai_ns, bstar)
        position_m, velocity_m_s, _ = states_teme(batch, np.arange(batch.n_objects), epoch_tai_ns)
        off = wanted - _regular(position_m, velocity_m_s)
        off[:, 5] = (off[:, 5] + 0.5 * TURN_RAD) % TURN_RAD - 0.5 * TURN_RAD
        mean = mean + off
    return MeanFit(orbits=_orbits(mean), epoch_tai_ns=epoch_tai_ns, bstar_per_earth_radius=bstar)


def batch_of(orbits: Orbits, epoch_tai_ns: Instants, bstar: Floats) -> Sgp4Batch:
    """Return orbits ready to be moved by SGP4."""
    return sgp4_batch(
        epoch_tai_ns=epoch_tai_ns,
        mean_motion_rad_s=orbits.mean_motion_rad_s,
        eccentricity=orbits.eccentricity,
        inclination_rad=orbits.inclination_rad,
        raan_rad=orbits.raan_rad,
        argument_of_perigee_rad=orbits.argument_of_perigee_rad,
        mean_anomaly_rad=orbits.mean_anomaly_rad,
        bstar_per_earth_radius=bstar,
    )


def _regular(position_m: Floats, velocity_m_s: Floats) -> Floats:
    """Return elements without a singularity for round orbits: a, and e, i, Omega, omega, M as vectors."""
    one = elements_from_state(position_m, velocity_m_s, EARTH_MU_WGS72_M3_S2)
    perigee = one.raan_rad + one.argument_of_perigee_rad
    half = np.tan(0.5 * one.inclination_rad)
    return np.stack(
        [
            one.semi_major_axis_m,
            one.eccentricity * np.cos(perigee),
            one.eccentricity * np.sin(perigee),
            half * np.cos(one.raan_rad),
            half * np.sin(one.raan_rad),
            perigee + mean_anomaly_from_true_rad(one.true_anomaly_rad, one.eccentricity),
        ],
        axis=-1,
    )


def _orbits(regular: Floats) -> Orbits:
    axis_m, f, g, p, q, longitude = regular.T
    raan, perigee = np.arctan2(q, p), np.arctan2(g, f)
    return Orbits(
        semi_major_axis_m=axis_m,
        eccentricity=np.hypot(f, g),
        inclination_rad=2.0 * np.arctan(np.hypot(p, q)),
        raan_rad=raan % TURN_RAD,
        argument_of_perigee_rad=(perigee - raan) % TURN_RAD,
        mean_anomaly_rad=(longitude - perigee) % TURN_RAD,
    )
