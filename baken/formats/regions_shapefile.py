"""Regions in an ESRI shapefile, such as the countries of Natural Earth: its .shp and .dbf, as bytes."""

import io
import struct

import shapefile

from baken.errors import BadMessage, UnreadableInput
from baken.formats.regions_geojson import CODES, NAMES, NEXT_STEP, first_said, polygons_from
from baken.records.region import Region, RegionKind

Answer = dict[str, object]
# What pyshp lets through when bytes are not what they say.
DAMAGED = (shapefile.ShapefileException, struct.error, ValueError, LookupError, EOFError, OSError, TypeError)
LONGEST_REASON = 120


def read_regions_shapefile(shp: bytes, dbf: bytes, kind: RegionKind, cpg: bytes = b"") -> tuple[Region, ...]:
    """Read every shape that has corners as a region of one kind, in degrees of WGS 84.

    ``cpg`` is the file beside them that names the letters of the names; without it they are UTF-8.

    Raises: UnreadableInput when this is no shapefile; BadMessage naming shape and field.
    """
    letters = cpg.decode("ascii", errors="replace").strip() or "utf-8"
    try:
        with shapefile.Reader(shp=io.BytesIO(shp), dbf=io.BytesIO(dbf), encoding=letters) as reader:
            read = [(one.record.as_dict(), one.shape.__geo_interface__) for one in reader.iterShapeRecords()]
    except DAMAGED as error:
        reason = str(error)[:LONGEST_REASON]
        raise UnreadableInput(
            f"this is no shapefile: {reason}; give .shp, .dbf and .cpg of one layer"
        ) from error
    return tuple(_region(told, shape, f"shape {n}", kind) for n, (told, shape) in enumerate(read, 1))


def _region(told: Answer, shape: Answer, place: str, kind: RegionKind) -> Region:
    name = first_said(told, NAMES)
    if not name:
        raise BadMessage(f"is missing; one of {', '.join(NAMES)}", field=f"{place} name", next_step=NEXT_STEP)
    polygons_rad = polygons_from(shape, f"{place} ({name}) geometry")
    return Region(kind=kind, code=first_said(told, CODES) or name, name=name, polygons_rad=polygons_rad)
