"""How large objects are, from a table of radii: ours, or that of NASA CARA.

A table in CSV with a header.  Ours has ``norad_cat_id`` and ``hard_body_radius_m``; CARA's has ``ObjectID``
and ``HBR``, in metres too, and says in ``HBRSource`` which of its radii are no more than a default.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baken.errors import UnreadableInput
from baken.formats._grammar import shown
from baken.formats._lines import lines_of
from baken.formats.reading import Rejection
from baken.formats.sniff import HEAD_LENGTH, unpack, what_it_is
from baken.records.identity import MAX_NORAD_CAT_ID

DIALECTS = (("norad_cat_id", "hard_body_radius_m"), ("ObjectID", "HBR"))
SOURCE = "HBRSource"
DEFAULT = "default"
# The largest thing in orbit is some fifty metres from its middle to its end; solar sails grow past a hundred.
MAX_RADIUS_M = 1_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HardBodyRadii:
    """Radii by catalogue number; how many rows told no size; and the rows that could not be taken."""

    radius_m: Mapping[int, float]
    n_without_size: int
    rejected: tuple[Rejection, ...]

    @property
    def n_read(self) -> int:
        return len(self.radius_m) + self.n_without_size + len(self.rejected)


def read_hard_body_radii(content: bytes) -> HardBodyRadii:
    """Read a table of hard-body radii, packed with gzip or not.

    A radius that is blank, zero or said to be a default is no size; one that is no positive number, and a
    second one for the same object, is rejected.
    Raises: UnreadableInput when this is no such table, or nothing in it could be taken.

    >>> read_hard_body_radii(b"norad_cat_id,hard_body_radius_m\\n25544,55\\n5,-1\\n").radius_m
    {25544: 55.0}
    """
    content = unpack(content)
    if answer := what_it_is(content[:HEAD_LENGTH]):
        raise UnreadableInput(answer)
    header, *lines = lines_of(content).texts
    columns = _columns(_cells(header))
    radius_m: dict[int, float] = {}
    rejected: list[Rejection] = []
    n_without_size = 0
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        judged = _judge(number, _cells(line), columns, radius_m)
        if isinstance(judged, Rejection):
            rejected.append(judged)
        elif judged is None:
            n_without_size += 1
        else:
            radius_m[judged[0]] = judged[1]
    if rejected and not radius_m:
        first = rejected[0]
        raise UnreadableInput(
            f"not one radius could be read; line {first.line} {first.field}: {first.reason}"
        )
    return HardBodyRadii(radius_m=radius_m, n_without_size=n_without_size, rejected=tuple(rejected))


def _cells(line: str) -> list[str]:
    """Return the cells of one line; one whose quotes do not match has none."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return []


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table keeps what is needed of it, and what it calls that."""

    n_cells: int
    id_name: str
    id_at: int
    radius_name: str
    radius_at: int
    source_at: int | None


def _columns(header: Sequence[str]) -> _Columns:
    names = [name.strip() for name in header]
    for id_name, radius_name in DIALECTS:
        if id_name in names and radius_name in names:
            source_at = names.index(SOURCE) if SOURCE in names else None
            places = names.index(id_name), names.index(radius_name)
            return _Columns(len(names), id_name, places[0], radius_name, places[1], source_at)
    wanted = " or ".join(",".join(dialect) for dialect in DIALECTS)
    raise UnreadableInput(
        f"this is no table of hard-body radii: its first line reads {shown(','.join(header))}; "
        f"give CSV with the columns {wanted}"
    )


def _judge(
    line: int, cells: Sequence[str], columns: _Columns, known: Mapping[int, float]
) -> tuple[int, float] | Rejection | None:
    """Return a row's catalogue number and radius, why it is rejected, or nothing when it tells no size."""
    if len(cells) != columns.n_cells:
        return Rejection(line, "row", f"has {len(cells)} cells where the header has {columns.n_cells}")
    number, radius = cells[columns.id_at].strip(), cells[columns.radius_at].strip()
    if not (number.isascii() and number.isdigit() and int(number) <= MAX_NORAD_CAT_ID):
        return Rejection(line, columns.id_name, f"{shown(number)} is no catalogue number")
    if not radius or _is_default(cells, columns):
        return None
    radius_m = _number(radius)
    if radius_m == 0.0:
        return None
    if not 0.0 < radius_m <= MAX_RADIUS_M:
        return Rejection(
            line, columns.radius_name, f"{shown(radius)} is no radius between 0 and {MAX_RADIUS_M:g} m"
        )
    if int(number) in known:
        return Rejection(line, columns.id_name, f"{number} stands here a second time")
    return int(number), radius_m


def _is_default(cells: Sequence[str], columns: _Columns) -> bool:
    return columns.source_at is not None and cells[columns.source_at].strip().lower().startswith(DEFAULT)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
