"""Regions in GeoJSON: flight information regions and sea areas, as authorities publish them.

Source: RFC 7946.  Of the older form only the corner order is taken: longitude before latitude, WGS 84.
"""

import json
from collections.abc import Iterator

import numpy as np

from baken.astro.arrays import Floats
from baken.errors import BadMessage, UnreadableInput
from baken.formats._grammar import shown
from baken.formats.sniff import unpack
from baken.records.region import Region, RegionKind

CODES = ("IDENT", "ICAO", "iso_a3", "ISO_A3", "code", "id")
NAMES = ("NAME", "LGDNAME", "name")
POLYGON_KINDS = ("Polygon", "MultiPolygon")
NEXT_STEP = "mend the file, or fetch it anew"


def read_regions_geojson(content: bytes, kind: RegionKind) -> tuple[Region, ...]:
    """Read every feature of a collection as a region of one kind; its code is its name where it has none.

    Raises: UnreadableInput when this is no feature collection; BadMessage naming feature and field.

    >>> square = b'{"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]}'
    >>> feature = b'{"type": "Feature", "properties": {"NAME": "A SEA"}, "geometry": ' + square + b"}"
    >>> text = b'{"type": "FeatureCollection", "features": [' + feature + b"]}"
    >>> [(region.kind.value, region.name) for region in read_regions_geojson(text, RegionKind.SEA)]
    [('SEA', 'A SEA')]
    """
    features = _document(content).get("features")
    if not isinstance(features, list) or not features:
        raise UnreadableInput("this GeoJSON has no features; give a FeatureCollection of polygons")
    return tuple(_region(feature, f"feature {n}", kind) for n, feature in enumerate(features, 1))


def _document(content: bytes) -> dict[str, object]:
    try:
        document = json.loads(unpack(content))
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"this is no JSON: {error}; {NEXT_STEP}") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise UnreadableInput("this JSON is no FeatureCollection; give one of polygons")
    return document


def _region(feature: object, place: str, kind: RegionKind) -> Region:
    if not isinstance(feature, dict):
        raise BadMessage("is no object", field=place, next_step=NEXT_STEP)
    properties, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise BadMessage("is no object", field=f"{place} properties or geometry", next_step=NEXT_STEP)
    name = first_said(properties, NAMES)
    if not name:
        raise BadMessage(f"is missing; one of {', '.join(NAMES)}", field=f"{place} name", next_step=NEXT_STEP)
    code = first_said(properties, CODES) or name
    polygons_rad = polygons_from(geometry, f"{place} ({name}) geometry")
    return Region(kind=kind, code=code, name=name, polygons_rad=polygons_rad)


def first_said(properties: dict[str, object], keys: tuple[str, ...]) -> str:
    """Return the first of several properties that says something."""
    told = (str(properties[key]).strip() for key in keys if properties.get(key) is not None)
    # Natural Earth writes -99 where a country has no code.
    return next((text for text in told if text and text != "-99"), "")


def polygons_from(geometry: dict[str, object], place: str) -> tuple[tuple[Floats, ...], ...]:
    """Return the polygons of a geometry in radians, as a region keeps them.

    Raises: BadMessage naming the place.
    """
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in POLYGON_KINDS:
        problem = f"is one of {', '.join(POLYGON_KINDS)}, not {shown(str(kind))}"
        raise BadMessage(problem, field=f"{place} type", next_step=NEXT_STEP)
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        return tuple(tuple(_rings(polygon)) for polygon in polygons)  # type: ignore[attr-defined]
    except (TypeError, ValueError) as error:
        raise BadMessage(str(error), field=f"{place} coordinates", next_step=NEXT_STEP) from error


def _rings(polygon: object) -> Iterator[Floats]:
    if not isinstance(polygon, list | tuple) or not polygon:
        raise ValueError("a polygon is a list of rings")
    for ring in polygon:
        corners_deg = np.array([corner[:2] for corner in ring], dtype=float)
        if corners_deg.ndim != 2 or corners_deg.shape[1] != 2:
            raise ValueError("a ring is a list of longitude and latitude")
        if not (abs(corners_deg) <= (540.0, 90.0)).all():
            raise ValueError("longitude and latitude are degrees, in this order; these go past the poles")
        if len(corners_deg) > 1 and (corners_deg[0] == corners_deg[-1]).all():
            corners_deg = corners_deg[:-1]
        if len(corners_deg) < 3:
            raise ValueError(f"a ring has three corners or more; this one has {len(corners_deg)}")
        yield np.radians(corners_deg)
