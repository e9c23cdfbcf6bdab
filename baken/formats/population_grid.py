"""A grid of people in ESRI's ASCII form, with its header or, for the whole Earth, without.

Source: Esri, ArcGIS Desktop, "Esri ASCII raster format".
"""

import math
import re

import numpy as np

from baken.astro.arrays import Floats
from baken.errors import BadMessage, UnreadableInput
from baken.formats._grammar import shown
from baken.formats.sniff import unpack
from baken.records.region import PopulationGrid

MISSING = -9999.0
NEEDED = ("ncols", "nrows", "cellsize")
HEADER_WORDS = {*NEEDED, "xllcorner", "yllcorner", "xllcenter", "yllcenter", "nodata_value"}
NEXT_STEP = "give a grid of counts of people, as GPW publishes them"


def read_population_grid(content: bytes) -> PopulationGrid:
    """Read how many people live in each cell; -9999, or what the header says, is a cell nothing is known of.

    Without a header the grid is the whole Earth, from 180 degrees west and 90 north.

    Raises: UnreadableInput when this is no text; BadMessage naming line and field.

    >>> read_population_grid(b"1 2 3 -9999\\n5 6 7 8\\n").people
    array([[ 1.,  2.,  3., nan],
           [ 5.,  6.,  7.,  8.]])
    """
    lines = _lines(content)
    header, n_header = _header(lines)
    people = _rows(lines[n_header:], n_header)
    people[people == header.get("nodata_value", MISSING)] = math.nan
    if (people < 0.0).any():
        row = int((people < 0.0).any(axis=1).argmax())
        raise BadMessage("people are counted from nought", line=n_header + row + 1, next_step=NEXT_STEP)
    north_deg, west_deg, cell_deg = _place(header, people)
    return PopulationGrid(
        people=people,
        north_rad=math.radians(north_deg),
        west_rad=math.radians(west_deg),
        cell_rad=math.radians(cell_deg),
    )


def _lines(content: bytes) -> list[str]:
    try:
        return unpack(content).decode("ascii").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"this is no grid of numbers: {error}; {NEXT_STEP}") from error


def _header(lines: list[str]) -> tuple[dict[str, float], int]:
    header: dict[str, float] = {}
    for n, line in enumerate(lines):
        if not re.match(r"\s*[A-Za-z]", line):
            break
        word, _, value = line.strip().partition(" ")
        if word.lower() not in HEADER_WORDS:
            raise BadMessage(f"is no word of a header: {shown(word)}", line=n + 1, next_step=NEXT_STEP)
        try:
            header[word.lower()] = float(value)
        except ValueError as error:
            raise BadMessage(
                f"is a number, not {shown(value)}", line=n + 1, field=word, next_step=NEXT_STEP
            ) from error
    else:
        raise UnreadableInput(f"there is no row of cells; {NEXT_STEP}")
    for word in NEEDED if header else ():
        if word not in header:
            raise BadMessage("is missing from the header", field=word, next_step=NEXT_STEP)
    return header, len(header)


def _rows(lines: list[str], n_header: int) -> Floats:
    rows = []
    for n, line in enumerate(lines, n_header + 1):
        if not line.strip():
            continue
        try:
            rows.append(np.array(line.split(), dtype=float))
        except ValueError as error:
            raise BadMessage(str(error), line=n, next_step=NEXT_STEP) from error
        if len(rows[-1]) != len(rows[0]):
            problem = f"has {len(rows[-1])} cells; the first row has {len(rows[0])}"
            raise BadMessage(problem, line=n, next_step=NEXT_STEP)
    if not rows:
        raise UnreadableInput(f"there is no row of cells; {NEXT_STEP}")
    return np.array(rows)


def _place(header: dict[str, float], people: Floats) -> tuple[float, float, float]:
    """Return the north-western corner and the size of a cell, in degrees."""
    n_rows, n_columns = people.shape
    if not header:
        if n_columns != 2 * n_rows:
            problem = f"{n_rows} rows of {n_columns} cells without a header are not the whole Earth"
            raise BadMessage(problem, field="ncols", next_step="give the grid with its header")
        return 90.0, -180.0, 180.0 / n_rows
    if (header["nrows"], header["ncols"]) != (n_rows, n_columns):
        raise BadMessage(f"the grid is {n_rows} by {n_columns}", field="nrows, ncols", next_step=NEXT_STEP)
    cell_deg = header["cellsize"]
    west_deg, south_deg = (_corner(header, axis, cell_deg) for axis in "xy")
    north_deg = south_deg + n_rows * cell_deg
    if not (cell_deg > 0.0 and -90.0 - 1e-6 <= south_deg < north_deg <= 90.0 + 1e-6):
        raise BadMessage("rows go past a pole", field="cellsize, yllcorner", next_step=NEXT_STEP)
    return min(north_deg, 90.0), west_deg, cell_deg


def _corner(header: dict[str, float], axis: str, cell_deg: float) -> float:
    """Return the lower left corner of a grid along one axis, whichever way the header tells it."""
    if f"{axis}llcorner" in header:
        return header[f"{axis}llcorner"]
    if f"{axis}llcenter" in header:
        return header[f"{axis}llcenter"] - cell_deg / 2.0
    raise BadMessage("is missing from the header", field=f"{axis}llcorner", next_step=NEXT_STEP)
