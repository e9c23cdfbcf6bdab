"""Which forces act: a value that says it, and nothing that computes."""

from dataclasses import dataclass
from typing import Protocol

from baken.astro.arrays import Floats, Instants
from baken.astro.constants import SPEED_OF_LIGHT_M_S
from baken.astro.ellipsoid import Geodetic, geodetic_from_itrs
from baken.astro.forces.gravity import GravityField
from baken.astro.rotations import turned

# At one astronomical unit.  Kopp & Lean (2011), Geophys. Res. Lett. 38, L01706, over the speed of light.
SUNLIGHT_PRESSURE_N_M2 = 1361.0 / SPEED_OF_LIGHT_M_S


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Places:
    """Where and when the air is asked about: p instants, (p, 3) positions, (p, 3, 3) turns."""

    epoch_tai_ns: Instants
    position_gcrs_m: Floats
    position_itrs_m: Floats
    sun_gcrs_m: Floats
    rotation_gcrs_to_itrs: Floats

    @property
    def sun_itrs_m(self) -> Floats:
        return turned(self.rotation_gcrs_to_itrs, self.sun_gcrs_m)

    @property
    def geodetic(self) -> Geodetic:
        return geodetic_from_itrs(self.position_itrs_m)


class Air(Protocol):
    """Whoever can say how dense the air is: an atmosphere with its space weather inside."""

    def density_kg_m3(self, places: Places) -> Floats:
        """Return the density at each of p places.  Shape: (p,)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ForceModel:
    """Which forces act on every object of a propagation.

    How much of drag and of sunlight an object takes is its own: ``drag_m2_kg`` (drag coefficient times area
    over mass) and ``radiation_m2_kg`` (radiation coefficient times area over mass) go with its state.
    Left out: tides, relativity, light from the Earth, and pull of the planets (together metres in a week).
    """

    gravity: GravityField
    degree: int
    order: int
    has_sun: bool = True
    has_moon: bool = True
    air: Air | None = None
    has_sunlight: bool = False
    sunlight_pressure_n_m2: float = SUNLIGHT_PRESSURE_N_M2

    def __post_init__(self) -> None:
        if not 0 <= self.order <= self.degree <= self.gravity.max_degree:
            raise ValueError(
                f"degree {self.degree} and order {self.order} are asked; {self.gravity.name} goes to degree"
                f" {self.gravity.max_degree}, and no order is above its degree"
            )
