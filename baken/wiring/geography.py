"""Where the shapes of the Earth are found: in files a user names, and in the land mask that comes along."""

import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from baken.errors import UnreadableInput
from baken.formats.population_grid import read_population_grid
from baken.formats.regions_geojson import read_regions_geojson
from baken.formats.regions_shapefile import read_regions_shapefile
from baken.records.region import PopulationGrid, Region, RegionKind
from baken.wiring.files import read_bytes, said_of

MASK_ROWS, MASK_COLUMNS = 21_600, 43_200
EVERY = 60  # half a degree: what a map on a page can show
REGIONS_OF_HOME, REGION_FILES = "regions", (".geojson", ".json", ".json.gz", ".shp")
SEA_WORDS, AIR_WORDS = ("NAVAREA", "SEA", "ZEE"), ("FIR", "UIR", "SHANWICK")


def regions_of_file(path: str, kind: RegionKind | None = None) -> tuple[Region, ...]:
    """Read regions of GeoJSON, or of a shapefile by its .shp; countries unless told or named otherwise.

    Raises: UnreadableInput in one line that begins with the file's name.
    """
    kind = kind or kind_of_name(Path(path).name)
    with said_of(path):
        if not path.lower().endswith(".shp"):
            return read_regions_geojson(read_bytes(path), kind)
        beside = Path(path)
        cpg = beside.with_suffix(".cpg")
        letters = cpg.read_bytes() if cpg.is_file() else b""
        dbf = read_bytes(str(beside.with_suffix(".dbf")))
        return read_regions_shapefile(read_bytes(path), dbf, kind, letters)


def regions_of_home(home: Path) -> tuple[Region, ...]:
    """Return the regions whoever keeps a home answers for: every file in its folder ``regions``, by name.

    Raises: UnreadableInput in one line that begins with the file's name.
    """
    folder = home / REGIONS_OF_HOME
    named = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [one for one in named if one.name.lower().endswith(REGION_FILES)]
    return tuple(region for one in found for region in regions_of_file(str(one)))


def kind_of_name(name: str) -> RegionKind:
    """Return what a file of this name most likely holds.

    >>> kind_of_name("eurofirs.json.gz"), kind_of_name("ne_110m_admin_0.shp")
    (<RegionKind.FIR: 'FIR'>, <RegionKind.COUNTRY: 'COUNTRY'>)
    """
    upper = name.upper()
    if any(word in upper for word in SEA_WORDS):
        return RegionKind.SEA
    return RegionKind.FIR if any(word in upper for word in AIR_WORDS) else RegionKind.COUNTRY


def population_of_file(path: str) -> PopulationGrid:
    """Read a grid of people.

    Raises: UnreadableInput in one line that begins with the file's name.
    """
    with said_of(path):
        return read_population_grid(read_bytes(path))


@cache
def land_mask() -> npt.NDArray[np.bool_]:
    """Return where land is, (360, 720), the northernmost row first; True is land."""
    return ~np.array([row[EVERY // 2 :: EVERY] for row in rows_of_mask(EVERY)])


def rows_of_mask(every: int) -> Iterator[npt.NDArray[np.bool_]]:
    """Yield the middle one of every so many rows of the land mask, north first; True is water.

    The mask of the package global-land-mask is read row by row: whole, it would take a gigabyte.
    """
    packed = files("global_land_mask") / "globe_combined_mask_compressed.npz"
    with packed.open("rb") as stream, zipfile.ZipFile(stream) as archive, archive.open("mask.npy") as member:
        version = np.lib.format.read_magic(member)
        shape, _, kind = np.lib.format.read_array_header_1_0(member)
        if (shape, kind, version) != ((MASK_ROWS, MASK_COLUMNS), np.dtype(bool), (1, 0)):
            raise UnreadableInput(f"the land mask has a new form: {shape} {kind}; tell the maintainers")
        for number in range(MASK_ROWS):
            row = member.read(MASK_COLUMNS)
            if number % every == every // 2:
                yield np.frombuffer(row, dtype=bool)
