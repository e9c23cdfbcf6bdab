"""The kinds of company objects keep in orbit, as shapes to draw from.

A family says how its orbits are strewn and nothing of how many real ones there are; ``population`` fills in
the figures.  ``weight`` is the number of objects in a sky of thirty thousand.
"""

from dataclasses import dataclass
from enum import StrEnum


class SimulatedKind(StrEnum):
    """What a simulated object is; its name ends accordingly, as in the catalogues of the world."""

    PAYLOAD = "payload"
    ROCKET_BODY = "rocket body"
    DEBRIS = "debris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What every family has: a name, a kind, a size, and who published figures like these."""

    name: str
    kind: SimulatedKind
    weight: int
    source: str
    is_station_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker(Family):
    """Planes evenly turned over ``span_rad``, satellites evenly spaced in each, planes shifted in phase.

    ``phasing`` counts the shift from plane to plane in slots of the whole pattern (Walker's F).
    """

    n_planes: int
    n_per_plane: int
    phasing: int
    height_m: float
    inclination_rad: float
    span_rad: float
    eccentricity: float = 1.4e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches(Family):
    """Groups launched together and climbing together, one behind the other."""

    n_per_batch: int
    least_height_m: float
    largest_height_m: float
    inclination_rad: float
    spacing_rad: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragments(Family):
    """What is left of one breakup: every orbit came through the height where it happened."""

    breakup_height_m: float
    height_spread_m: float
    inclination_rad: float
    inclination_spread_rad: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strewn(Family):
    """Objects of many launches at one inclination or nearly, planes anywhere."""

    height_m: float
    height_spread_m: float
    inclination_rad: float
    inclination_spread_rad: float
    eccentricity: float
    least_perigee_m: float = 300e3


@dataclass(frozen=True, slots=True, kw_only=True)
class SunSynchronous(Family):
    """Orbits that keep their angle to the Sun, crossing the equator northward at one of a few hours."""

    height_m: float
    height_spread_m: float
    node_hours: tuple[float, ...]
    eccentricity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Eccentric(Family):
    """Long ellipses: perigee and apogee each somewhere within a band."""

    least_perigee_m: float
    largest_perigee_m: float
    least_apogee_m: float
    largest_apogee_m: float
    inclination_rad: float
    inclination_spread_rad: float
    argument_of_perigee_rad: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Belt(Family):
    """Geostationary satellites on their slots."""

    n_slots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drifting(Family):
    """Objects left near the geostationary belt, whose planes the Sun and Moon have turned ever since."""

    least_rise_m: float
    largest_rise_m: float
    oldest_years: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Docked(Family):
    """A station and what is attached to it or flies with it."""

    height_m: float
    inclination_rad: float
    separation_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decaying(Family):
    """Objects in their last days."""

    least_perigee_m: float
    largest_perigee_m: float
    largest_apogee_m: float
