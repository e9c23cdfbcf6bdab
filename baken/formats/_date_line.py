"""Shapes that cross the date line, cut in pieces that do not, as maps need them: degrees, five decimals."""

from itertools import pairwise

import numpy as np

from baken.astro.arrays import Floats

Pieces = list[list[Floats]]
DECIMALS = 5  # a metre


def line_pieces_deg(line_rad: Floats) -> list[Floats]:
    """Return a line in pieces that stay within 180 degrees of Greenwich.

    >>> [piece.tolist() for piece in line_pieces_deg(np.radians([[170.0, 0.0], [-170.0, 10.0]]))]
    [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]
    """
    line_deg = _unwrapped_deg(line_rad)
    pieces: list[Floats] = []
    for turn in _turns(line_deg):
        low, high = turn * 360.0 - 180.0, turn * 360.0 + 180.0
        pieces.extend(_run - [turn * 360.0, 0.0] for _run in _runs_within(line_deg, low, high))
    return [np.round(piece, DECIMALS) for piece in pieces]


def _runs_within(line_deg: Floats, low: float, high: float) -> list[Floats]:
    """Return the unbroken runs of a line between two longitudes, with a point where it crosses either."""
    line_deg = _with_crossings(line_deg, low, high)
    there = (line_deg[:, 0] >= low) & (line_deg[:, 0] <= high)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], there, [0]])))
    return [line_deg[a:b] for a, b in edges.reshape(-1, 2) if b - a > 1]


def _with_crossings(line_deg: Floats, low: float, high: float) -> Floats:
    rows = [line_deg[:1]]
    for here, there in pairwise(line_deg):
        step = there[0] - here[0]
        shares = [(x - here[0]) / step for x in (low, high) if step and 0.0 < (x - here[0]) / step < 1.0]
        rows.extend((here + share * (there - here))[None] for share in sorted(shares))
        rows.append(there[None])
    crossed = np.vstack(rows)
    for edge in (low, high):  # a crossing lies on the edge, not a rounding beside it
        crossed[abs(crossed[:, 0] - edge) < 1e-9, 0] = edge
    return crossed


def polygon_pieces_deg(polygon_rad: tuple[Floats, ...]) -> Pieces:
    """Return a polygon, outer ring and holes, in pieces that stay within 180 degrees of Greenwich.

    Rings come back closed, the outer counterclockwise and the holes clockwise (RFC 7946, 3.1.6).

    >>> ring_rad = np.radians([[170.0, 0.0], [-170.0, 0.0], [-170.0, 10.0], [170.0, 10.0]])
    >>> [piece[0][:, 0].tolist() for piece in polygon_pieces_deg((ring_rad,))]
    [[170.0, 180.0, 180.0, 170.0, 170.0], [-180.0, -170.0, -170.0, -180.0, -180.0]]
    """
    outer_deg, *holes_deg = (_round_the_pole(_unwrapped_deg(ring_rad)) for ring_rad in polygon_rad)
    pieces: Pieces = []
    for turn in _turns(outer_deg):
        outer = _clipped(outer_deg, turn)
        if len(outer) < 3:
            continue
        holes = (_clipped(hole, other) for hole in holes_deg for other in _turns(hole))
        here = [hole for hole in holes if len(hole) >= 3 and _overlaps(hole, outer)]
        pieces.append([_ring(outer, 1.0), *(_ring(hole, -1.0) for hole in here)])
    return pieces


def _unwrapped_deg(places_rad: Floats) -> Floats:
    longitude_rad = np.unwrap(places_rad[:, 0])
    return np.degrees(np.column_stack([longitude_rad, places_rad[:, 1]]))


def _round_the_pole(ring_deg: Floats) -> Floats:
    """Return a ring that goes round a pole with that pole as an edge of the map; others as they are."""
    turned = ring_deg[-1, 0] - ring_deg[0, 0]
    last = (ring_deg[0, 0] - ring_deg[-1, 0] + 180.0) % 360.0 - 180.0
    if abs(turned + last) < 180.0:
        return ring_deg
    end_deg = ring_deg[0, 0] + np.copysign(360.0, turned + last)
    pole_deg = np.copysign(90.0, ring_deg[:, 1].mean())
    close = [[end_deg, ring_deg[0, 1]], [end_deg, pole_deg], [ring_deg[0, 0], pole_deg]]
    return np.vstack([ring_deg, close])


def _turns(places_deg: Floats) -> range:
    first, last = np.floor((places_deg[:, 0].min() + 180.0) / 360.0), (places_deg[:, 0].max() + 180.0) / 360.0
    return range(int(first), max(int(first) + 1, int(np.ceil(last))))


def _clipped(ring_deg: Floats, turn: int) -> Floats:
    """Return what of a ring lies in one turn, moved to it; Sutherland & Hodgman (1974), Comm. ACM 17 (1)."""
    moved = ring_deg - [turn * 360.0, 0.0]
    for side in (1.0, -1.0):
        moved = _half(moved, side)
    return moved


def _half(ring_deg: Floats, side: float) -> Floats:
    """Keep what lies west of 180 degrees east (side 1), or east of 180 degrees west (side -1)."""
    kept: list[Floats] = []
    for here, there in zip(ring_deg, np.roll(ring_deg, -1, axis=0), strict=True):
        here_in, there_in = side * here[0] <= 180.0, side * there[0] <= 180.0
        if here_in:
            kept.append(here)
        if here_in != there_in:
            share = (side * 180.0 - here[0]) / (there[0] - here[0])
            kept.append(np.array([side * 180.0, here[1] + share * (there[1] - here[1])]))
    return np.array(kept, dtype=np.float64).reshape(-1, 2)


def _overlaps(hole: Floats, outer: Floats) -> bool:
    low, high = outer[:, 0].min(), outer[:, 0].max()
    return bool(low <= hole[:, 0].mean() <= high)


def _ring(ring_deg: Floats, sense: float) -> Floats:
    """Return a ring rounded, closed, and turned the way that was asked."""
    x, y = ring_deg[:, 0], ring_deg[:, 1]
    area = np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)
    turned = ring_deg if area * sense >= 0.0 else ring_deg[::-1]
    closed: Floats = np.round(np.vstack([turned, turned[:1]]), DECIMALS).astype(np.float64)
    return closed
