"""Are regions and people read as their files say, and is what is wrong named by place and field?"""

import gzip
import io
import json

import numpy as np
import pytest
import shapefile

from baken.errors import BadMessage, UnreadableInput
from baken.formats.population_grid import read_population_grid
from baken.formats.regions_geojson import read_regions_geojson
from baken.formats.regions_shapefile import read_regions_shapefile
from baken.records.region import RegionKind

SQUARE = [[4.0, 50.0], [8.0, 50.0], [8.0, 54.0], [4.0, 54.0], [4.0, 50.0]]
HOLE = [[5.0, 51.0], [5.0, 52.0], [6.0, 52.0], [6.0, 51.0], [5.0, 51.0]]
HEADER = b"ncols 2\nnrows 1\nxllcorner 4.0\nyllcorner 50.0\ncellsize 0.5\nNODATA_value -1\n"
PEOPLE_IN_2020 = 7.97e9  # GPW v4.11 for 2020: summed over its cells, a watchman
ROUNDED = 0.01e9


def collection(geometry, **properties):
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def layer(*, encoding="utf-8"):
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf, encoding=encoding) as writer:
        writer.field("name", "C", 40)
        writer.field("iso_a3", "C", 3)
        writer.poly([SQUARE[::-1], HOLE[::-1]])
        writer.record("Côte", "CTE")
    return shp.getvalue(), dbf.getvalue()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_region_has_the_names_and_corners_of_its_feature(pack):
    content = collection(polygon(SQUARE, HOLE), IDENT="EHAA", NAME="AMSTERDAM FIR")
    (region,) = read_regions_geojson(pack(content), RegionKind.FIR)
    assert (region.kind, region.code, region.name) == (RegionKind.FIR, "EHAA", "AMSTERDAM FIR")
    outer, hole = region.rings_rad
    assert np.allclose(np.degrees(outer), SQUARE[:-1])
    assert len(hole) == 4


def test_many_polygons_are_one_region():
    two = {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[x + 20.0, y] for x, y in SQUARE]]]}
    (region,) = read_regions_geojson(collection(two, name="TWO ISLANDS"), RegionKind.COUNTRY)
    assert len(region.polygons_rad) == 2
    assert region.code == region.name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (collection(polygon(SQUARE)), "feature 1 name: is missing"),
        (collection({"type": "Point", "coordinates": [1, 2]}, NAME="A"), "geometry type: is one of"),
        (collection(polygon(SQUARE[:2]), NAME="A"), "three corners"),
        (collection(polygon([[50.0, 400.0]] * 4), NAME="A"), "coordinates: longitude and latitude"),
        (collection(polygon("no ring"), NAME="A"), "coordinates:"),
        (collection(polygon(), NAME="A"), "a list of rings"),
    ],
)
def test_a_bad_feature_is_named_with_its_field(content, said):
    with pytest.raises(BadMessage, match="feature 1") as told:
        read_regions_geojson(content, RegionKind.FIR)
    assert said in str(told.value)


@pytest.mark.parametrize("content", [b"", b"no json", b"[]", b'{"type": "Feature"}', b"\x1f\x8bcut short"])
def test_what_is_no_collection_is_refused(content):
    with pytest.raises(UnreadableInput):
        read_regions_geojson(content, RegionKind.FIR)


@pytest.mark.parametrize(("encoding", "cpg"), [("utf-8", b""), ("iso-8859-1", b"ISO-8859-1")])
def test_a_shapefile_is_read_in_its_own_letters(encoding, cpg):
    (region,) = read_regions_shapefile(*layer(encoding=encoding), RegionKind.COUNTRY, cpg)
    assert (region.code, region.name, len(region.rings_rad)) == ("CTE", "Côte", 2)


def test_a_damaged_shapefile_is_refused():
    shp, dbf = layer()
    for damaged in ((b"", b""), (shp[:120], dbf), (shp, dbf[:40]), (b"\x00" * 200, dbf)):
        with pytest.raises((UnreadableInput, BadMessage)):
            read_regions_shapefile(*damaged, RegionKind.COUNTRY)


def test_a_grid_with_a_header_lies_where_it_says():
    grid = read_population_grid(HEADER + b"7 -1\n")
    assert np.allclose(np.degrees([grid.north_rad, grid.west_rad, grid.cell_rad]), [50.5, 4.0, 0.5])
    assert grid.people[0, 0] == 7.0
    assert np.isnan(grid.people[0, 1])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"1 2\n3\n", "2: has 1 cells"),
        (b"1 x\n", "1: could not convert"),
        (b"1 -7\n", "1: people are counted"),
        (b"1 2 3\n", "ncols: 1 rows of 3 cells"),
        (HEADER.replace(b"nrows 1", b"nrows 3") + b"7 8\n", "nrows, ncols"),
        (HEADER.replace(b"cellsize 0.5\n", b"") + b"7 8\n", "cellsize: is missing"),
        (HEADER.replace(b"0.5", b"much") + b"7 8\n", "5 cellsize: is a number"),
        (HEADER.replace(b"50.0", b"89.9") + b"7 8\n", "past a pole"),
        (b"colour 3\n7 8\n", "1: is no word of a header"),
    ],
)
def test_a_bad_grid_is_named_by_line_or_field(content, said):
    with pytest.raises(BadMessage) as told:
        read_population_grid(content)
    assert said in str(told.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", HEADER])
def test_what_is_no_grid_is_refused(content):
    with pytest.raises(UnreadableInput):
        read_population_grid(content)


def test_the_published_files_are_read_whole(shared_data):
    geo = shared_data / "geo"
    firs = read_regions_geojson((geo / "fir" / "eurofirs.json.gz").read_bytes(), RegionKind.FIR)
    assert {"EHAA", "EGTT", "LPPO"} <= {region.code for region in firs}
    layer_path = geo / "naturalearth_lowres" / "naturalearth_lowres"
    shp, dbf, cpg = (layer_path.with_suffix(end).read_bytes() for end in (".shp", ".dbf", ".cpg"))
    countries = read_regions_shapefile(shp, dbf, RegionKind.COUNTRY, cpg)
    assert {"NLD", "ATA", "FJI"} <= {region.code for region in countries}
    grid = read_population_grid((geo / "population" / "gpw_v4_2020_30min.csv.gz").read_bytes())
    assert abs(np.nansum(grid.people) - PEOPLE_IN_2020) < ROUNDED
