"""What happens in a simulated sky: a stage comes down, an object breaks up, and the truth is known."""

from dataclasses import dataclass

import numpy as np
from scipy.integrate import cumulative_trapezoid

from baken.astro.arrays import Floats, Instants
from baken.astro.constants import DEGREE_RAD, EARTH_MU_WGS72_M3_S2, EARTH_RADIUS_WGS72_M, TURN_RAD
from baken.exercise.mean_fit import MeanFit, mean_fit
from baken.exercise.orbits import Orbits, secular_rates_rad_s

DAY_S, HOUR_S, NANOSECONDS_A_SECOND = 86_400.0, 3_600.0, 1_000_000_000
REENTRY_HEIGHT_M, LARGEST_HEIGHT_M, HEIGHT_STEP_M = 80e3, 420e3, 50.0
# U.S. Standard Atmosphere 1976 in bands, as Vallado (2013) prints them in table 8-4: base height, density
# there, and the height over which it falls by e.
BANDS_KM_KG_M3 = np.array([
    (80, 1.905e-5, 5.799), (90, 3.396e-6, 5.382), (100, 5.297e-7, 5.877), (110, 9.661e-8, 7.263),
    (120, 2.438e-8, 9.473), (130, 8.484e-9, 12.636), (140, 3.845e-9, 16.149), (150, 2.070e-9, 22.523),
    (180, 5.464e-10, 29.740), (200, 2.789e-10, 37.105), (250, 7.248e-11, 45.546), (300, 2.418e-11, 53.628),
    (350, 9.518e-12, 53.298), (400, 3.725e-12, 58.515),
])  # fmt: skip
FALLING_ECCENTRICITY = 8e-4
KICK_MEDIAN_M_S, KICK_SPREAD, LARGEST_KICK_M_S = 40.0, 0.6, 130.0
# What is left of the parent is heavy: the pieces hardly push it.
KICK_OF_THE_REST_M_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A round orbit going down: where it is at instants, until it passes 80 km at ``reentry_tai_ns``."""

    reentry_tai_ns: int
    ballistic_coefficient_m2_kg: float
    epoch_tai_ns: Instants
    orbits: Orbits
    mean_motion_dot_rad_s2: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakup:
    """A breakup and its pieces as they are first catalogued; row 0 is what is left of the parent.

    ``kicks_teme_m_s`` is what each got, all at ``position_teme_m`` and ``epoch_tai_ns``.
    """

    epoch_tai_ns: int
    position_teme_m: Floats
    kicks_teme_m_s: Floats
    pieces: MeanFit


def density_kg_m3(height_m: Floats) -> Floats:
    """Return the density of a standard air above 80 km; the same on any day.

    >>> density_kg_m3(np.array([200e3])).tolist()
    [2.789e-10]
    """
    base_km, base_kg_m3, scale_km = BANDS_KM_KG_M3.T
    band = np.clip(np.searchsorted(base_km, height_m / 1e3, side="right") - 1, 0, None)
    return np.asarray(base_kg_m3[band] * np.exp(-(height_m / 1e3 - base_km[band]) / scale_km[band]))


def time_left_s(ballistic_coefficient_m2_kg: float) -> tuple[Floats, Floats]:
    """Return heights and how long a round orbit takes from each down to 80 km.

    Assumes drag against the speed and air at rest: da/dt = -B rho sqrt(mu a).
    Source: King-Hele (1987), Satellite Orbits in an Atmosphere, section 4.
    """
    height_m = np.arange(REENTRY_HEIGHT_M, LARGEST_HEIGHT_M + HEIGHT_STEP_M, HEIGHT_STEP_M)
    axis_m = EARTH_RADIUS_WGS72_M + height_m
    sinking_m_s = (
        ballistic_coefficient_m2_kg * density_kg_m3(height_m) * np.sqrt(EARTH_MU_WGS72_M3_S2 * axis_m)
    )
    return height_m, cumulative_trapezoid(1.0 / sinking_m_s, height_m, initial=0.0)


def draw_fall(
    rng: np.random.Generator,
    *,
    reentry_tai_ns: int,
    ballistic_coefficient_m2_kg: float,
    epoch_tai_ns: Instants,
) -> Fall:
    """Draw an orbit that comes down at an instant, and where it is at others before, oldest first."""
    inclination, raan, along, perigee = rng.uniform([0.6, 0.0, 0.0, 0.0], [1.6, TURN_RAD, TURN_RAD, TURN_RAD])
    height_m, left_s = time_left_s(ballistic_coefficient_m2_kg)
    axis_m = EARTH_RADIUS_WGS72_M + height_m
    path = _round(axis_m, float(inclination), float(raan), float(perigee), 0.0)
    node_rate, perigee_rate = secular_rates_rad_s(path)
    until_s = (reentry_tai_ns - epoch_tai_ns) / NANOSECONDS_A_SECOND

    def before_reentry(rate_rad_s: Floats) -> Floats:
        """How far an angle turns from each instant until the re-entry."""
        turned = np.interp(until_s, left_s, cumulative_trapezoid(rate_rad_s, left_s, initial=0.0))
        return np.asarray(turned, dtype=float)

    there_m = np.interp(until_s, left_s, axis_m)
    sinking_m_s = -ballistic_coefficient_m2_kg * density_kg_m3(there_m - EARTH_RADIUS_WGS72_M)
    motion = np.sqrt(EARTH_MU_WGS72_M3_S2 / there_m**3)
    return Fall(
        reentry_tai_ns=reentry_tai_ns,
        ballistic_coefficient_m2_kg=ballistic_coefficient_m2_kg,
        epoch_tai_ns=epoch_tai_ns,
        orbits=_round(
            there_m,
            float(inclination),
            float(raan) - before_reentry(node_rate),
            float(perigee) - before_reentry(perigee_rate),
            float(along) - before_reentry(path.mean_motion_rad_s),
        ),
        # Half the derivative, as element sets carry it: -3/4 n/a da/dt.
        mean_motion_dot_rad_s2=-0.75 * motion * sinking_m_s * np.sqrt(EARTH_MU_WGS72_M3_S2 / there_m),
    )


def _round(
    axis_m: Floats, inclination: float, raan: Floats | float, perigee: Floats | float, along: Floats | float
) -> Orbits:
    def same(value: Floats | float) -> Floats:
        return np.broadcast_to(np.asarray(value, dtype=float), axis_m.shape)

    return Orbits(
        semi_major_axis_m=axis_m,
        eccentricity=same(FALLING_ECCENTRICITY),
        inclination_rad=same(inclination),
        raan_rad=same(raan),
        argument_of_perigee_rad=same(perigee),
        mean_anomaly_rad=same(along),
    )


def draw_breakup(
    rng: np.random.Generator, parent: MeanFit, *, epoch_tai_ns: int, n_pieces: int, bstar: Floats
) -> Breakup:
    """Break up a parent at an instant; the pieces are catalogued one to three days after it.

    Kicks have no direction they prefer; their size is log-normal, cut where a piece would come down at once.
    """
    at = np.full(n_pieces + 1, epoch_tai_ns)
    position_m, velocity_m_s = parent.states_at(at[:1])
    kicks_m_s = np.vstack([_kicks(rng, 1, KICK_OF_THE_REST_M_S), _kicks(rng, n_pieces, KICK_MEDIAN_M_S)])
    born = mean_fit(np.tile(position_m, (n_pieces + 1, 1)), velocity_m_s + kicks_m_s, at, bstar)
    seen_tai_ns = (
        at + np.rint(rng.uniform(DAY_S, 3.0 * DAY_S, n_pieces + 1)).astype(np.int64) * NANOSECONDS_A_SECOND
    )
    return Breakup(
        epoch_tai_ns=epoch_tai_ns,
        position_teme_m=position_m[0],
        kicks_teme_m_s=kicks_m_s,
        pieces=mean_fit(*born.states_at(seen_tai_ns), seen_tai_ns, bstar),
    )


def _kicks(rng: np.random.Generator, n: int, median_m_s: float) -> Floats:
    direction = rng.standard_normal((n, 3))
    size_m_s = np.minimum(median_m_s * np.exp(KICK_SPREAD * rng.standard_normal(n)), LARGEST_KICK_M_S)
    return np.asarray(direction * (size_m_s / np.linalg.norm(direction, axis=1))[:, None])


def draw_parent(rng: np.random.Generator, *, epoch_tai_ns: int) -> MeanFit:
    """Draw an old stage at 850 km that will break up."""
    raan, perigee, along = rng.uniform(0.0, TURN_RAD, 3)
    axis_m = np.array([EARTH_RADIUS_WGS72_M + 850e3])
    return MeanFit(
        orbits=_round(axis_m, 81.3 * DEGREE_RAD, float(raan), float(perigee), float(along)),
        epoch_tai_ns=np.array([epoch_tai_ns]),
        bstar_per_earth_radius=np.array([2e-4]),
    )
