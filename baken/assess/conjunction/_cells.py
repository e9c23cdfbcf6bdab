"""Which pairs can meet in a window: layers of height, cells of direction, and a straight line.

An object stands in every layer of height that it crosses in the window, and in one cell of that layer.  Cells are so
wide that whoever meets in the window stands in neighbouring cells at its middle.  What is left is tested as motion on
a straight line, in single precision, with room for all that single precision and the straight line leave out.
"""

import math

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction._windows import EARTH_MU_KM3_S2, Indices, Singles
from baken.astro.arrays import Floats
from baken.astro.compiled import compiled

Counts = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]

LOWEST_KM = 6000.0
HIGHEST_KM = 500_000.0  # everything above shares the last layer
REFERENCE_KM = 7000.0  # where a layer is as thick as the settings say; thickness grows with radius^1.5
RAGGED_FACTOR = (
    5.0  # an object seen from the side of its window strays up to four times as far from the model
)
SINGLE_KM = 3e-7  # what single precision leaves of a length of one
SINGLE_SQUARED = np.float32(2e-6)  # and of a sum of squares that nearly cancel

# The columns of the table of layers.
(
    L_MEAN_MOTION, L_REACH_S, L_STRETCH, L_FAST_RAD, L_SWEEP_RAD, L_CELL_RAD, N_LAYER_COLUMNS
) = range(7)  # fmt: skip
ANGLE_SLACK_RAD = 1e-5  # angles are rough, to 1e-7
# An object that sweeps so much more than a circular one of its layer (one in fifty) searches its own neighbourhood,
# lest it widen the cells of all the others.
FAST = 1.12
# The counts of the account.
APART_IN_HEIGHT, APART_IN_DIRECTION, TESTED, FOUND = 0, 1, 2, 3


def n_layers(thickness_km: float) -> int:
    """Return how many layers there are."""
    roots = math.sqrt(REFERENCE_KM / LOWEST_KM) - math.sqrt(REFERENCE_KM / HIGHEST_KM)
    return int(2.0 * REFERENCE_KM / thickness_km * roots) + 2


@compiled
def radius_of(layer: float, thickness_km: float) -> float:
    """Return the radius at which a layer begins."""
    scale = 2.0 * REFERENCE_KM / thickness_km
    root = math.sqrt(REFERENCE_KM / LOWEST_KM) - layer / scale
    return REFERENCE_KM / (root * root)


@compiled
def rough_angle(y: float, x: float) -> float:
    """Return ``atan2(y, x)`` to 1e-7, without a branch.

    Source: Abramowitz & Stegun (1964), 4.4.49.
    """
    ax, ay = abs(x), abs(y)
    ratio = (ay if ay < ax else ax) / ((ax if ay < ax else ay) + 1e-30)
    q = ratio * ratio
    angle = ratio * (
        1.0
        + q
        * (
            -0.3333314528
            + q
            * (
                0.1999355085
                + q
                * (
                    -0.1420889944
                    + q
                    * (
                        0.1065626393
                        + q * (-0.0752896400 + q * (0.0429096138 + q * (-0.0161657367 + q * 0.0028662257)))
                    )
                )
            )
        )
    )
    angle = 0.5 * math.pi - angle if ay > ax else angle
    angle = math.pi - angle if x < 0.0 else angle
    return -angle if y < 0.0 else angle


@compiled
def fill_reach(
    states_km: Singles,
    perturbation_km_s2: Floats,
    error_km: Floats,
    half_s: float,
    threshold_km: float,
    thickness_km: float,
    reach: Floats,
    layer: Short,
) -> None:
    """Write lowest and highest radius in the window, half the angle swept, latitude and longitude; and layers.

    Shape: states_km is (6, n); reach is (5, n); layer is (2, n), first and last, first above last where no state is.
    """
    low, high, sweep, latitude, longitude = reach[0], reach[1], reach[2], reach[3], reach[4]
    first, last = layer[0], layer[1]
    x, y, z = states_km[0], states_km[1], states_km[2]
    vx, vy, vz = states_km[3], states_km[4], states_km[5]
    half_square = half_s * half_s * 0.5
    scale = 2.0 * REFERENCE_KM / thickness_km
    lowest_root = math.sqrt(REFERENCE_KM / LOWEST_KM)
    for k in range(low.size):
        px, py, pz = np.float64(x[k]), np.float64(y[k]), np.float64(z[k])
        qx, qy, qz = np.float64(vx[k]), np.float64(vy[k]), np.float64(vz[k])
        r2 = px * px + py * py + pz * pz
        r = math.sqrt(r2)
        rate = (px * qx + py * qy + pz * qz) / r
        across2 = qx * qx + qy * qy + qz * qz - rate * rate
        across2 = across2 if across2 > 0.0 else 0.0
        pull = EARTH_MU_KM3_S2 / r2
        bend = across2 / r - pull
        # The third derivative of radius, with half as much again for those beyond.
        third = abs(rate) * abs(2.0 * pull - 3.0 * across2 / r) / r * half_s * half_square * 0.5
        # Of the room between two objects that meet, each brings half the threshold, and its own error.
        room = 0.5 * threshold_km + error_km[k]
        wide = abs(rate) * half_s + perturbation_km_s2[k] * half_square + room + third
        bottom = r - wide + (bend if bend < 0.0 else 0.0) * half_square
        bottom = bottom if bottom > 0.1 * r else 0.1 * r
        top = r + wide + (bend if bend > 0.0 else 0.0) * half_square
        low[k] = bottom
        high[k] = top
        sweep[k] = math.sqrt(across2) * r / (bottom * bottom) * half_s * 1.01 + room / bottom
        latitude[k] = rough_angle(pz, math.sqrt(px * px + py * py))
        longitude[k] = rough_angle(py, px) + math.pi
    for k in range(low.size):
        bottom, top = low[k], high[k]
        is_there = bottom > 0.0
        bottom = bottom if is_there else HIGHEST_KM
        top = top if is_there else LOWEST_KM
        first[k] = np.int32(scale * (lowest_root - math.sqrt(REFERENCE_KM / within(bottom))))
        last[k] = np.int32(scale * (lowest_root - math.sqrt(REFERENCE_KM / within(top))))


@compiled
def within(radius_km: float) -> float:
    """Return a radius that has a layer."""
    radius_km = radius_km if radius_km > LOWEST_KM else LOWEST_KM
    return radius_km if radius_km < HIGHEST_KM else HIGHEST_KM


@compiled
def fill_layers(
    reach: Floats,
    layer: Short,
    thickness_km: float,
    half_s: float,
    threshold_km: float,
    layers: Floats,
    counts: Counts,
    fresh: Counts,
) -> int:
    """Fill the table of layers; return how many entries its cells will hold.

    ``counts`` is how many objects stand in a layer, ``fresh`` how many begin in it.
    """
    sweep, first, last = reach[2], layer[0], layer[1]
    counts[:] = 0
    fresh[:] = 0
    n_entries = 0
    for at in range(len(layers)):
        r = radius_of(at + 0.5, thickness_km)
        n = math.sqrt(EARTH_MU_KM3_S2 / r**3)
        layers[at, L_MEAN_MOTION] = n
        layers[at, L_REACH_S] = math.tan(n * half_s) / n
        layers[at, L_STRETCH] = 1.0 / math.cos(n * half_s)
        layers[at, L_FAST_RAD] = FAST * (n * half_s + 0.5 * threshold_km / r)
        layers[at, L_SWEEP_RAD] = 0.0
    for k in range(sweep.size):
        if first[k] <= last[k]:
            fresh[first[k]] += 1
            n_entries += last[k] - first[k] + 1
        for at in range(first[k], last[k] + 1):
            counts[at] += 1
            if sweep[k] <= layers[at, L_FAST_RAD]:
                layers[at, L_SWEEP_RAD] = max(layers[at, L_SWEEP_RAD], sweep[k])
    for at in range(len(layers)):
        angle = 2.0 * layers[at, L_SWEEP_RAD] + ANGLE_SLACK_RAD
        # Not many more cells than there are objects to put in them.
        layers[at, L_CELL_RAD] = max(angle, 0.5 * math.sqrt(2.0 * math.pi / max(counts[at], 1)))
    return n_entries


@compiled
def longitude_reach(angle: float, latitude: float) -> float:
    """Return how far apart in longitude two directions may be that are ``angle`` apart, up to a latitude."""
    sine = math.sin(0.5 * angle)
    cosine = math.cos(latitude) if abs(latitude) < 0.5 * math.pi else 0.0
    return 2.0 * math.asin(sine / cosine) + 1e-6 if sine < cosine else 2.0 * math.pi


@compiled
def lay_grid(layers: Floats, counts: Counts, first_band: Counts, bands: Floats, first_cell: Counts) -> int:
    """Cut each layer that holds anybody into bands and cells; return the number of cells.

    ``first_band`` is (layers + 1,); ``bands`` holds height and number of cells of each band, ``first_cell`` where
    its cells begin.
    """
    n_bands, n_cells = 0, 0
    for layer in range(len(layers)):
        first_band[layer] = n_bands
        if counts[layer] < 2:
            continue
        angle = layers[layer, L_CELL_RAD]
        n = max(1, int(math.pi / angle)) if angle < math.pi else 1
        height = math.pi / n
        for band in range(n):
            south, north = band * height - 0.5 * math.pi, (band + 1) * height - 0.5 * math.pi
            polar = max(abs(south), abs(north))
            around = max(1, int(2.0 * math.pi / longitude_reach(angle, polar)))
            bands[n_bands, 0], bands[n_bands, 1] = height, around
            first_cell[n_bands] = n_cells
            n_bands += 1
            n_cells += around
    first_band[len(layers)] = n_bands
    first_cell[n_bands] = n_cells
    return n_cells


@compiled
def fill_entries(
    reach: Floats,
    layer: Short,
    layers: Floats,
    first_band: Counts,
    bands: Floats,
    first_cell: Counts,
    entry: Short,
    cell_end: Short,
) -> int:
    """List every object in every layer with its cell (rows of ``entry``), and count the cells' members.

    Behind the cells of all layers there is one for each layer, for those too fast for its cells.
    """
    sweep, latitude, longitude = reach[2], reach[3], reach[4]
    n_cells = cell_end.size - len(layers)
    cell_end[:] = 0
    n = 0
    for k in range(latitude.size):
        south, west = latitude[k] + 0.5 * math.pi, longitude[k] / (2.0 * math.pi)
        for at in range(layer[0, k], layer[1, k] + 1):
            begin, end = first_band[at], first_band[at + 1]
            if begin == end:
                continue
            band = begin + min(int(south / bands[begin, 0]), end - begin - 1)
            around = bands[band, 1]
            cell = first_cell[band] + min(int(west * around), int(around) - 1)
            if sweep[k] > layers[at, L_FAST_RAD]:
                cell = n_cells + at
            entry[0, n], entry[1, n], entry[2, n] = k, at, cell
            cell_end[cell] += 1
            n += 1
    return n


@compiled
def sort_entries(
    n: int,
    states_km: Singles,
    reach: Floats,
    layer: Short,
    room_km: Floats,
    half_s: float,
    layers: Floats,
    entry: Short,
    cell_end: Short,
    cells: Singles,
    member: Short,
    n_fresh: Short,
) -> None:
    """Bring the entries in order of cell: states, and the room each needs; ``cell_end`` becomes where cells begin.

    ``room_km`` is (2, n): what an object needs anywhere, and how much further than others it may stray from the
    model of its layer.  Shape: cells is (7, entries); n_fresh counts how many before are in their first layer.
    """
    total = 0
    for cell in range(cell_end.size):
        total += cell_end[cell]
        cell_end[cell] = total
    for e in range(n - 1, -1, -1):
        cell_end[entry[2, e]] -= 1
        at = cell_end[entry[2, e]]
        member[at] = entry[0, e]
        n_fresh[at + 1] = entry[1, e]
    n_fresh[0] = 0
    for at in range(n):
        k, where = member[at], n_fresh[at + 1]
        n2 = layers[where, L_MEAN_MOTION] * layers[where, L_MEAN_MOTION]
        low, high = reach[0, k], reach[1, k]
        wrong = max(
            abs(n2 * low - EARTH_MU_KM3_S2 / (low * low)), abs(n2 * high - EARTH_MU_KM3_S2 / (high * high))
        )
        cells[6, at] = room_km[0, k] + wrong * half_s * half_s * 0.5 * room_km[1, k] + SINGLE_KM * high
        n_fresh[at + 1] = n_fresh[at] + (1 if where == layer[0, k] else 0)
    for column in range(6):
        row, state = cells[column], states_km[column]
        for at in range(n):
            row[at] = state[member[at]]


@compiled
def n_close(cells: Singles, i: int, first: int, last: int, threshold: np.float32, reach_s: np.float32) -> int:
    """Count the entries from first to last that come near entry ``i`` on a straight line."""
    x, y, z = cells[0, first:last], cells[1, first:last], cells[2, first:last]
    u, v, w, room = cells[3, first:last], cells[4, first:last], cells[5, first:last], cells[6, first:last]
    xi, yi, zi, ui, vi, wi = cells[0, i], cells[1, i], cells[2, i], cells[3, i], cells[4, i], cells[5, i]
    ri = cells[6, i] + threshold
    n = np.int32(0)
    # Without a branch, and with nothing divided: sixteen pairs at a time.
    for j in range(x.size):
        dx, dy, dz = x[j] - xi, y[j] - yi, z[j] - zi
        du, dv, dw = u[j] - ui, v[j] - vi, w[j] - wi
        r2 = dx * dx + dy * dy + dz * dz
        rv = abs(dx * du + dy * dv + dz * dw)
        v2 = du * du + dv * dv + dw * dw
        d = ri + room[j]
        allowed = d * d + SINGLE_SQUARED * r2
        passes = rv <= reach_s * v2
        inside = r2 * v2 - rv * rv <= allowed * v2
        outside = r2 - reach_s * (rv + rv) + reach_s * reach_s * v2 <= allowed
        n += np.int32((passes & inside) | ((not passes) & outside))
    return n


@compiled
def is_close(cells: Singles, i: int, j: int, threshold: np.float32, reach_s: np.float32) -> bool:
    """Tell whether two entries come near each other on a straight line."""
    return n_close(cells, i, j, j + 1, threshold, reach_s) == 1


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
    """Note the pairs of a run that come near, each in the first layer it shares.  Returns how many are noted."""
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

    ``cell_begin`` is where each cell begins, with the number of entries behind the last.  Returns how many pairs come
    near; when that is more than ``found`` holds, ask again with more room.
    """
    n_found = 0
    runs = np.zeros((4, 2), dtype=np.int64)
    for layer in range(len(layers)):
        begin, end = first_band[layer], first_band[layer + 1]
        reach_s = np.float32(layers[layer, L_REACH_S])
        threshold = np.float32(threshold_km * layers[layer, L_STRETCH] * 1.0001)
        for band in range(begin, end):
            around, base = int(bands[band, 1]), first_cell[band]
            spread = 0.0
            if band + 1 < end:
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
                    fill_runs(west - spread, east + spread, bands, first_cell, cell_begin, band + 1, runs[2:])
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
                fill_runs(
                    longitude - spread,
                    longitude + spread,
                    bands,
                    first_cell,
                    cell_begin,
                    begin + row,
                    runs[1:],
                )
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
def fill_runs(
    west: float, east: float, bands: Floats, first_cell: Counts, cell_begin: Short, band: int, runs: Counts
) -> None:
    """Write the one or two runs of entries of a band that lie between two longitudes, across the seam too."""
    around, base = int(bands[band, 1]), first_cell[band]
    first = int(math.floor(west * around / (2.0 * math.pi)))
    last = int(math.floor(east * around / (2.0 * math.pi)))
    if last - first + 1 >= around:
        first, last = 0, around - 1
    if first < 0:
        runs[1, 0], runs[1, 1] = cell_begin[base + first + around], cell_begin[base + around]
        first = 0
    elif last >= around:
        runs[1, 0], runs[1, 1] = cell_begin[base], cell_begin[base + last - around + 1]
        last = around - 1
    runs[0, 0], runs[0, 1] = cell_begin[base + first], cell_begin[base + last + 1]


@compiled
def n_apart_in_height(counts: Counts, fresh: Counts, n_present: int) -> int:
    """Return how many pairs share no layer: all, less those whose first common layer is counted in each."""
    together = 0
    for layer in range(counts.size):
        together += fresh[layer] * (counts[layer] - fresh[layer]) + fresh[layer] * (fresh[layer] - 1) // 2
    return n_present * (n_present - 1) // 2 - together
