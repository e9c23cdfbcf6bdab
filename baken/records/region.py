"""Parts of the Earth's surface that somebody answers for, and how many people live where."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from baken.astro.arrays import Floats

FEWEST_CORNERS = 3
LARGEST_LATITUDE_RAD = np.pi / 2.0 + 1e-9


class RegionKind(StrEnum):
    """What a region is to those who answer for it."""

    FIR = "FIR"
    COUNTRY = "COUNTRY"
    SEA = "SEA"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Region:
    """A flight information region, a country, or a sea area.

    Each polygon is an outer ring and the holes in it; each ring is (n, 2), longitude and latitude, not
    closed.  Its edges are straight in longitude and latitude, and go the short way round the Earth.
    """

    kind: RegionKind
    code: str
    name: str
    polygons_rad: tuple[tuple[Floats, ...], ...]

    def __post_init__(self) -> None:
        for ring_rad in self.rings_rad:
            if ring_rad.ndim != 2 or ring_rad.shape[1] != 2 or len(ring_rad) < FEWEST_CORNERS:
                raise ValueError(f"a ring of a region has three corners or more; {self.code} has {ring_rad}")
            if not (np.isfinite(ring_rad).all() and (abs(ring_rad[:, 1]) <= LARGEST_LATITUDE_RAD).all()):
                raise ValueError(f"a latitude is within a quarter turn; one of {self.code} is not")
            ring_rad.flags.writeable = False

    @property
    def key(self) -> str:
        """What tells it from every other, whoever drew it: its kind and its code."""
        return f"{self.kind}:{self.code}"

    @property
    def rings_rad(self) -> tuple[Floats, ...]:
        """Every ring, outer or hole: a point that an odd number of them hold lies in the region."""
        return tuple(ring_rad for polygon_rad in self.polygons_rad for ring_rad in polygon_rad)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PopulationGrid:
    """How many people live in each cell of a grid of equal angles, the northernmost row first.

    ``people`` is (rows, columns); a cell nothing is known of is NaN.
    """

    people: Floats
    north_rad: float
    west_rad: float
    cell_rad: float

    def __post_init__(self) -> None:
        south_rad = self.north_rad - self.cell_rad * self.people.shape[0]
        if self.people.ndim != 2 or not (
            -LARGEST_LATITUDE_RAD <= south_rad < self.north_rad <= LARGEST_LATITUDE_RAD
        ):
            raise ValueError("a population grid lies between the poles; the rows of this one do not")
        if np.nanmin(self.people, initial=0.0) < 0.0:
            raise ValueError("people are counted from nought; a cell of this grid has fewer")
        self.people.flags.writeable = False
