"""Move the sky somebody sees: where everything is at an instant, and how one object goes round."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.earth_data import no_earth_data
from baken.astro.ellipsoid import Geodetic, geodetic_from_itrs
from baken.astro.frames import rotation_gcrs_to_itrs, state_teme_to_itrs
from baken.astro.motions import Motion
from baken.astro.rotations import turned
from baken.astro.sun_moon import moon_position_gcrs_m, sun_position_gcrs_m
from baken.astro.time import NANOSECONDS_A_SECOND
from baken.errors import NoSuchRecord, WrongUsage
from baken.records.lineage import digest_of_bytes
from baken.records.orbit import ElementSet
from baken.records.orbit_motion import motion_of

FRAME = "ITRF, with UT1 taken for UTC and the pole at rest"
DAY_NS = 86_400 * NANOSECONDS_A_SECOND
# Beyond this elements have lost their object; some theories take ever longer to say so.
LONGEST_AWAY_DAYS = 60
POINTS_A_REVOLUTION = 240
KEPLER_PASSES = 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SkyInMotion:
    """Element sets ready to be moved, row by row; ``tag`` is another one when any of them is."""

    element_sets: tuple[ElementSet, ...]
    as_of_tai_ns: int
    motion: Motion
    tag: str

    def row_of(self, object_id: str) -> int:
        """Return where an object stands.

        Raises: NoSuchRecord for one that is not in this sky.
        """
        for row, element_set in enumerate(self.element_sets):
            if element_set.identity.object_id == object_id:
                return row
        raise NoSuchRecord(f"no orbit of {object_id} is known here; ask for the objects there are")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Revolution:
    """How an object goes round: its orbit as a line among the stars, and its path over the ground.

    ``orbit_itrs_m`` is one whole revolution as it stands over the Earth of one instant, which closes; the
    ground track goes from a revolution before to one after, each point in its own time.
    """

    period_s: float
    orbit_itrs_m: Floats
    epoch_tai_ns: Instants
    ground: Geodetic


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EarthInSpace:
    """Where Sun and Moon stand over the Earth: directions of length 1, Earth-fixed."""

    sun_itrs: Floats
    moon_itrs: Floats


def tag_of(element_sets: Sequence[ElementSet]) -> str:
    """Return a short name for these elements, in this order."""
    names = "\n".join(es.identity.object_id for es in element_sets)
    epochs = np.array([es.epoch_tai_ns for es in element_sets], dtype="<i8")
    numbers = np.array([_numbers(es) for es in element_sets], dtype="<f8")
    return digest_of_bytes(names.encode() + epochs.tobytes() + numbers.tobytes()).partition(":")[2][:16]


def _numbers(es: ElementSet) -> tuple[float, ...]:
    return (
        es.mean_motion_rad_s,
        es.eccentricity,
        es.inclination_rad,
        es.raan_rad,
        es.argument_of_perigee_rad,
        es.mean_anomaly_rad,
        es.bstar_per_earth_radius,
    )


def set_in_motion(element_sets: tuple[ElementSet, ...], *, as_of_tai_ns: int) -> SkyInMotion:
    """Return a sky that can be moved."""
    return SkyInMotion(
        element_sets=element_sets,
        as_of_tai_ns=as_of_tai_ns,
        motion=motion_of(element_sets),
        tag=tag_of(element_sets),
    )


def states_of_sky(sky: SkyInMotion, at_tai_ns: int) -> Floats:
    """Return position (m) and velocity (m/s) of every object in the Earth's own frame; NaN for what is lost.

    Shape:  (n, 6).  Good to draw, and to half a kilometre; nothing is to be measured between two of them.
    Raises: WrongUsage for an instant too far from what the sky is of.
    """
    _refuse_what_is_far(sky, at_tai_ns)
    rows = np.arange(len(sky.element_sets))
    position_m, velocity_m_s, _ = sky.motion.states(rows, np.full(rows.size, at_tai_ns))
    return np.hstack(state_teme_to_itrs(at_tai_ns, position_m, velocity_m_s, no_earth_data()))


def revolution_of(sky: SkyInMotion, object_id: str, at_tai_ns: int) -> Revolution:
    """Return how an object goes round about an instant; NaN where its theory fails.

    Raises: NoSuchRecord, WrongUsage.
    """
    _refuse_what_is_far(sky, at_tai_ns)
    row = sky.row_of(object_id)
    element_set = sky.element_sets[row]
    epoch_tai_ns = _instants_around(element_set, at_tai_ns)
    position_m, velocity_m_s, _ = sky.motion.states(np.full(epoch_tai_ns.size, row), epoch_tai_ns)
    half = POINTS_A_REVOLUTION // 2
    whole = slice(half, half + POINTS_A_REVOLUTION + 1)
    stars = state_teme_to_itrs(at_tai_ns, position_m[whole], velocity_m_s[whole], no_earth_data())
    over_ground_m, _ = state_teme_to_itrs(epoch_tai_ns, position_m, velocity_m_s, no_earth_data())
    return Revolution(
        period_s=element_set.period_s,
        orbit_itrs_m=stars[0],
        epoch_tai_ns=epoch_tai_ns,
        ground=geodetic_from_itrs(over_ground_m),
    )


def earth_in_space(at_tai_ns: int) -> EarthInSpace:
    """Return where Sun and Moon stand over the Earth at an instant."""
    rotation = rotation_gcrs_to_itrs(at_tai_ns, no_earth_data())
    bodies = (sun_position_gcrs_m(at_tai_ns), moon_position_gcrs_m(at_tai_ns))
    sun, moon = (turned(rotation, body / np.linalg.norm(body)) for body in bodies)
    return EarthInSpace(sun_itrs=sun, moon_itrs=moon)


def _refuse_what_is_far(sky: SkyInMotion, at_tai_ns: int) -> None:
    days = abs(at_tai_ns - sky.as_of_tai_ns) / DAY_NS
    if days > LONGEST_AWAY_DAYS:
        raise WrongUsage(
            f"at_utc lies {days:.0f} days from the orbits known; they say nothing after {LONGEST_AWAY_DAYS}"
        )


def _instants_around(element_set: ElementSet, at_tai_ns: int) -> Instants:
    """Return instants from a revolution before to one after, closer together where the object is fast."""
    rate_rad_s, eccentricity = element_set.mean_motion_rad_s, element_set.eccentricity
    away_s = (at_tai_ns - element_set.epoch_tai_ns) / NANOSECONDS_A_SECOND
    mean_now_rad = element_set.mean_anomaly_rad + rate_rad_s * away_s
    eccentric_now_rad = mean_now_rad
    for _ in range(KEPLER_PASSES):
        eccentric_now_rad = mean_now_rad + eccentricity * np.sin(eccentric_now_rad)
    turn_rad = np.linspace(-2.0 * np.pi, 2.0 * np.pi, 2 * POINTS_A_REVOLUTION + 1)
    eccentric_rad = eccentric_now_rad + turn_rad
    after_rad = (eccentric_rad - eccentricity * np.sin(eccentric_rad)) - (
        eccentric_now_rad - eccentricity * np.sin(eccentric_now_rad)
    )
    return np.asarray(at_tai_ns + np.rint(after_rad / rate_rad_s * NANOSECONDS_A_SECOND).astype(np.int64))
