"""Features as KML, for globes with a slider of time.

Source: OGC 12-007r2, KML 2.3 (what is written is of 2.2 already).
"""

from collections.abc import Iterable, Iterator

import numpy as np
from lxml import etree

from baken.astro.arrays import Floats
from baken.astro.time import utc_text
from baken.formats._date_line import line_pieces_deg, polygon_pieces_deg
from baken.records.map_feature import MapFeature, Shape
from baken.records.marking import Marking, Realm

NAMESPACE = "http://www.opengis.net/kml/2.2"
# Opacity, blue, green, red: KML's own order.
LINE_COLOURS = {"track": "ffb27200", "box": "ff005ed5", "window": "ffa79acc", "region": "ff737e00"}
FILL_COLOURS = {"box": "40005ed5", "window": "40a79acc", "region": "26737e00"}
Element = etree._Element
NAMESPACES: dict[str, str] = {None: NAMESPACE}  # type: ignore[dict-item]  # lxml's own way to say: no prefix


def write_kml(title: str, features: Iterable[MapFeature], *, realm: Realm, marking: Marking) -> bytes:
    """Write a document whose features appear and vanish in their time; its name tells a world not ours.

    >>> b"<name>EXERCISE: a stage</name>" in write_kml(
    ...     "a stage", [], realm=Realm.EXERCISE, marking=Marking()
    ... )
    True
    """
    root = etree.Element(f"{{{NAMESPACE}}}kml", nsmap=NAMESPACES)
    document = _child(root, "Document")
    front = "" if realm is Realm.REAL else f"{realm}: "
    _child(document, "name", front + title)
    _extended(document, (("realm", realm.value), ("marking", marking.whole.text)))
    for kind in sorted({*LINE_COLOURS, *FILL_COLOURS}):
        _style(document, kind)
    for feature in features:
        _placemark(document, feature, front)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _child(parent: Element, name: str, text: str | None = None) -> Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = text
    return child


def _extended(parent: Element, pairs: Iterable[tuple[str, object]]) -> None:
    extended = _child(parent, "ExtendedData")
    for name, value in pairs:
        data = _child(extended, "Data")
        data.set("name", name)
        _child(data, "value", "" if value is None else str(value))


def _style(document: Element, kind: str) -> None:
    style = _child(document, "Style")
    style.set("id", kind)
    line = _child(style, "LineStyle")
    _child(line, "color", LINE_COLOURS[kind])
    _child(line, "width", "2")
    if kind in FILL_COLOURS:
        _child(_child(style, "PolyStyle"), "color", FILL_COLOURS[kind])


def _placemark(document: Element, feature: MapFeature, front: str) -> None:
    placemark = _child(document, "Placemark")
    _child(placemark, "name", front + feature.name)
    if feature.start_tai_ns is not None or feature.end_tai_ns is not None:
        span = _child(placemark, "TimeSpan")
        for name, at_tai_ns in (("begin", feature.start_tai_ns), ("end", feature.end_tai_ns)):
            if at_tai_ns is not None:
                _child(span, name, utc_text(at_tai_ns, 0))
    if feature.kind in LINE_COLOURS:
        _child(placemark, "styleUrl", f"#{feature.kind}")
    _extended(placemark, (("kind", feature.kind), *feature.properties))
    geometry = _child(placemark, "MultiGeometry")
    for element in _geometries(feature):
        geometry.append(element)


def _geometries(feature: MapFeature) -> Iterator[Element]:
    for part in feature.parts_rad:
        if feature.shape is Shape.POLYGONS:
            yield from (_polygon(piece) for piece in polygon_pieces_deg(part))
        elif feature.shape is Shape.LINE:
            yield from (_with_places("LineString", piece) for piece in line_pieces_deg(part[0]))
        else:
            yield from (_with_places("Point", place[None]) for place in np.degrees(part[0]))


def _with_places(name: str, places_deg: Floats) -> Element:
    element = etree.Element(f"{{{NAMESPACE}}}{name}")
    if name == "LineString":
        _child(element, "tessellate", "1")
    _child(element, "coordinates", " ".join(f"{lon:.5f},{lat:.5f}" for lon, lat in places_deg))
    return element


def _polygon(piece: list[Floats]) -> Element:
    polygon = etree.Element(f"{{{NAMESPACE}}}Polygon")
    for n, ring_deg in enumerate(piece):
        boundary = _child(polygon, "innerBoundaryIs" if n else "outerBoundaryIs")
        boundary.append(_with_places("LinearRing", ring_deg))
    return polygon
