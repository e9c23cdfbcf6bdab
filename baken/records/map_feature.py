"""Something to be drawn on a map, before any format knows of it."""

from dataclasses import dataclass
from enum import StrEnum

from baken.astro.arrays import Floats

FeatureValue = str | float | int | None


class Shape(StrEnum):
    """What a feature looks like."""

    POINTS = "POINTS"
    LINE = "LINE"
    POLYGONS = "POLYGONS"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MapFeature:
    """A named shape with its span of time, if it has one.

    ``parts_rad`` are polygons (an outer ring, then holes), or one part with one array of points or of a line;
    every array is (n, 2), longitude and latitude, and may cross the date line.
    """

    kind: str
    name: str
    shape: Shape
    parts_rad: tuple[tuple[Floats, ...], ...]
    start_tai_ns: int | None = None
    end_tai_ns: int | None = None
    properties: tuple[tuple[str, FeatureValue], ...] = ()
