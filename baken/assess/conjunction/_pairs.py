"""Which pairs of a window come near: neighbouring cells, and a straight line.

Whoever meets in a window stands in neighbouring cells of a layer at its middle.  What is left is tested as
motion on a straight line, in single precision, with room for all that single precision and the straight
line leave out.
"""

import math

import numpy as np

from baken.assess.conjunction._layers import (
    ANGLE_SLACK_RAD,
    L_CELL_RAD,
    L_REACH_S,
    L_STRETCH,
    L_SWEEP_RAD,
    VECTOR,
    Counts,
    Short,
    longitude_reach,
)
from baken.assess.conjunction._windows import Indices, Singles
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

SINGLE_SQUARED = np.float32(2e-6)  # what single precision leaves of a sum of squares that nearly cancel
# The counts of the account.
TESTED = 0

Single = np.float32
Single3 = tuple[Single, Single, Single]


@compiled
def comes_near(dr: Single3, dv: Single3, room: Single, reach_s: Single) -> bool:
    """Tell whether a straight line passes within ``room`` of nought, ``reach_s`` before or after its middle.

    Without a branch, and with nothing divided, so that sixteen pairs are tested at a time.
    """
    dx, dy, dz = dr
    du, dv_, dw = dv
    r2 = dx * dx + dy * dy + dz * dz
    rv = abs(dx * du + dy * dv_ + dz * dw)
    v2 = du * du + dv_ * dv_ + dw * dw
    allowed = room * room + SINGLE_SQUARED * r2
    passes = rv <= reach_s * v2
    inside = r2 * v2 - rv * rv <= allowed * v2
    outside = r2 - reach_s * (rv + rv) + reach_s * reach_s * v2 <= allowed
    return bool((passes & inside) | ((not passes) & outside))


@compiled
def n_close(cells: Singles, i: int, first: int, last: int, threshold: np.float32, reach_s: np.float32) -> int:
    """Count the entries from first to last, and a few beyond, that come near entry ``i``."""
    # Whole vectors only: what lies behind the run is tested too, and weeded out by whoever looks at a hit.
    n_tested = ((last - first + VECTOR - 1) // VECTOR) * VECTOR
    end = first + n_tested
    x, y, z = cells[0, first:end], cells[1, first:end], cells[2, first:end]
    u, v, w, room = cells[3, first:end], cells[4, first:end], cells[5, first:end], cells[6, first:end]
    xi, yi, zi, ui, vi, wi = cells[0, i], cells[1, i], cells[2, i], cells[3, i], cells[4, i], cells[5, i]
    ri = cells[6, i] + threshold
    n = np.int32(0)
    for j in range(n_tested):
        dr, dv = (x[j] - xi, y[j] - yi, z[j] - zi), (u[j] - ui, v[j] - vi, w[j] - wi)
        n += np.int32(comes_near(dr, dv, ri + room[j], reach_s))
    return int(n)


@compiled
def is_close(cells: Singles, i: int, j: int, threshold: np.float32, reach_s: np.float32) -> bool:
    """Tell whether two entries come near each other on a straight line."""
    dr = (cells[0, j] - cells[0, i], cells[1, j] - cells[1, i], cells[2, j] - cells[2, i])
    dv = (cells[3, j] - cells[3, i], cells[4, j] - cells[4, i], cells[5, j] - cells[5, i])
    return comes_near(dr, dv, cells[6, i] + threshold + cells[6, j], reach_s)


@compiled
def note_pairs(
    cells: Singles,
    member: Short,
    n_fresh: Short,
    i: int,
    first: int,
    last: int,
    threshold: np.float32,
    reach_s: np.float32,
    found: Indices,
    n_found: int,
) -> int:
    """Note the pairs of a run that come near, each in the first layer it shares; return how many so far."""
    for j in range(first, last):
        is_first_layer = n_fresh[i + 1] > n_fresh[i] or n_fresh[j + 1] > n_fresh[j]
        if is_first_layer and is_close(cells, i, j, threshold, reach_s):
            if n_found < len(found):
                found[n_found, 0] = min(member[i], member[j])
                found[n_found, 1] = max(member[i], member[j])
            n_found += 1
    return n_found


@compiled
def find_pairs(
    threshold_km: float,
    layers: Floats,
    first_band: Counts,
    bands: Floats,
    first_cell: Counts,
    cell_begin: Short,
    cells: Singles,
    member: Short,
    n_fresh: Short,
    found: Indices,
    account: Counts,
) -> int:
    """Test every cell with itself and its neighbours to the east and north, in all layers.

    ``cell_begin`` is where each cell begins, with the number of entries behind the last.  Returns how many
    pairs come near; when that is more than ``found`` holds, ask again with more room.
    """
    n_found = 0
    runs = np.zeros((4, 2), dtype=np.int64)
    for layer in range(len(layers)):
        begin, end = first_band[layer], first_band[layer + 1]
        reach_s = np.float32(layers[layer, L_REACH_S])
        threshold = np.float32(threshold_km * layers[layer, L_STRETCH] * 1.0001)
        for band in range(begin, end):
            around, base = int(bands[band, 1]), first_cell[band]
            spread, next_around, next_base = 0.0, 0, 0
            if band + 1 < end:
                next_around, next_base = int(bands[band + 1, 1]), first_cell[band + 1]
                polar = polar_latitude(band - begin, band + 1 - begin, bands[band, 0])
                spread = longitude_reach(layers[layer, L_CELL_RAD], polar)
            for column in range(around):
                first, last = np.int64(cell_begin[base + column]), np.int64(cell_begin[base + column + 1])
                if first == last:
                    continue
                runs[:] = 0
                runs[0, 1] = last
                # To the east: the next cell, which lies behind this one but at the seam.
                if column + 1 < around:
                    runs[0, 1] = cell_begin[base + column + 2]
                elif around > 2:
                    runs[1, 0], runs[1, 1] = cell_begin[base], cell_begin[base + 1]
                # To the north: all cells of the next band that reach over.
                if band + 1 < end:
                    west, east = 2.0 * math.pi * column / around, 2.0 * math.pi * (column + 1) / around
                    c1, c2, c3, c4 = columns_between(west - spread, east + spread, next_around)
                    runs[2, 0], runs[2, 1] = cell_begin[next_base + c1], cell_begin[next_base + c2]
                    runs[3, 0], runs[3, 1] = cell_begin[next_base + c3], cell_begin[next_base + c4]
                for i in range(first, last):
                    is_fresh = n_fresh[i + 1] > n_fresh[i]
                    runs[0, 0] = i + 1
                    for run in range(4):
                        start, stop = runs[run, 0], runs[run, 1]
                        if stop <= start:
                            continue
                        account[TESTED] += stop - start if is_fresh else n_fresh[stop] - n_fresh[start]
                        if n_close(cells, i, start, stop, threshold, reach_s) > 0:
                            n_found = note_pairs(
                                cells, member, n_fresh, i, start, stop, threshold, reach_s, found, n_found
                            )
    return n_found


@compiled
def find_fast_pairs(
    threshold_km: float,
    reach: Floats,
    layers: Floats,
    first_band: Counts,
    bands: Floats,
    first_cell: Counts,
    cell_begin: Short,
    cells: Singles,
    member: Short,
    n_fresh: Short,
    found: Indices,
    n_found: int,
    account: Counts,
) -> int:
    """Test the fast ones of each layer among themselves, and with all others as far as they reach."""
    n_cells = cell_begin.size - 1 - len(layers)
    runs = np.zeros((3, 2), dtype=np.int64)
    for layer in range(len(layers)):
        begin, end = first_band[layer], first_band[layer + 1]
        first, last = np.int64(cell_begin[n_cells + layer]), np.int64(cell_begin[n_cells + layer + 1])
        if begin == end or first == last:
            continue
        reach_s = np.float32(layers[layer, L_REACH_S])
        threshold = np.float32(threshold_km * layers[layer, L_STRETCH] * 1.0001)
        height = bands[begin, 0]
        for i in range(first, last):
            is_fresh = n_fresh[i + 1] > n_fresh[i]
            latitude, longitude = reach[3, member[i]], reach[4, member[i]]
            angle = reach[2, member[i]] + layers[layer, L_SWEEP_RAD] + ANGLE_SLACK_RAD
            south = max(int((latitude - angle + 0.5 * math.pi) / height), 0)
            north = min(int((latitude + angle + 0.5 * math.pi) / height), end - begin - 1)
            for row in range(south, north + 1):
                runs[:] = 0
                if row == south:
                    runs[0, 0], runs[0, 1] = i + 1, last
                spread = longitude_reach(angle, max(polar_latitude(row, row, height), abs(latitude)))
                around, base = int(bands[begin + row, 1]), first_cell[begin + row]
                c1, c2, c3, c4 = columns_between(longitude - spread, longitude + spread, around)
                runs[1, 0], runs[1, 1] = cell_begin[base + c1], cell_begin[base + c2]
                runs[2, 0], runs[2, 1] = cell_begin[base + c3], cell_begin[base + c4]
                for run in range(3):
                    start, stop = runs[run, 0], runs[run, 1]
                    if stop <= start:
                        continue
                    account[TESTED] += stop - start if is_fresh else n_fresh[stop] - n_fresh[start]
                    if n_close(cells, i, start, stop, threshold, reach_s) > 0:
                        n_found = note_pairs(
                            cells, member, n_fresh, i, start, stop, threshold, reach_s, found, n_found
                        )
    return n_found


@compiled
def polar_latitude(first_row: int, last_row: int, height: float) -> float:
    """Return the latitude nearest to a pole in some rows of bands."""
    return max(abs(first_row * height - 0.5 * math.pi), abs((last_row + 1) * height - 0.5 * math.pi))


@compiled
def columns_between(west: float, east: float, around: int) -> tuple[int, int, int, int]:
    """Return the one or two stretches of cells of a band between two longitudes, across the seam too.

    A stretch is its first cell and the one behind its last; an empty one is twice 0.
    """
    first = math.floor(west * around / (2.0 * math.pi))
    last = math.floor(east * around / (2.0 * math.pi))
    if last - first + 1 >= around:
        return 0, around, 0, 0
    if first < 0:
        return 0, last + 1, first + around, around
    if last >= around:
        return first, around, 0, last - around + 1
    return first, last + 1, 0, 0


@compiled
def n_apart_in_height(counts: Counts, fresh: Counts, n_present: int) -> int:
    """Return how many pairs share no layer: all, less those whose first common layer is counted in each."""
    together = 0
    for layer in range(counts.size):
        together += fresh[layer] * (counts[layer] - fresh[layer]) + fresh[layer] * (fresh[layer] - 1) // 2
    return n_present * (n_present - 1) // 2 - together
