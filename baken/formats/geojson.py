"""Features as GeoJSON, for any map: RFC 7946, cut at the date line, instants in UTC."""

import json
from collections.abc import Iterable

import numpy as np

from baken.astro.time import utc_text
from baken.formats._date_line import DECIMALS, line_pieces_deg, polygon_pieces_deg
from baken.records.map_feature import MapFeature, Shape
from baken.records.marking import Marking, Realm

Member = dict[str, object]


def write_geojson(features: Iterable[MapFeature], *, realm: Realm, marking: Marking) -> bytes:
    """Write a feature collection that says which world it speaks of, and who may see it.

    >>> write_geojson([], realm=Realm.TEST, marking=Marking())[:60]
    b'{"type": "FeatureCollection", "realm": "TEST", "marking": "o'
    """
    document: Member = {
        "type": "FeatureCollection",
        "realm": realm.value,
        "marking": marking.whole.text,
        "features": [_feature(feature, realm, marking) for feature in features],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _feature(feature: MapFeature, realm: Realm, marking: Marking) -> Member:
    instants = (("start", feature.start_tai_ns), ("end", feature.end_tai_ns))
    told = {name: utc_text(at_tai_ns, 0) for name, at_tai_ns in instants if at_tai_ns is not None}
    # A feature that leaves its collection takes its labels along.
    labels = {"realm": realm.value, "marking": marking.whole.text}
    properties = {"kind": feature.kind, "name": feature.name, **told, **dict(feature.properties), **labels}
    return {"type": "Feature", "properties": properties, "geometry": _geometry(feature)}


def _geometry(feature: MapFeature) -> Member:
    if feature.shape is Shape.POLYGONS:
        pieces = [
            [ring.tolist() for ring in piece]
            for part in feature.parts_rad
            for piece in polygon_pieces_deg(part)
        ]
        return {"type": "MultiPolygon", "coordinates": pieces}
    ((places_rad,),) = feature.parts_rad
    if feature.shape is Shape.LINE:
        lines = [piece.tolist() for piece in line_pieces_deg(places_rad)]
        return {"type": "MultiLineString", "coordinates": lines}
    return {"type": "MultiPoint", "coordinates": np.round(np.degrees(places_rad), DECIMALS).tolist()}
