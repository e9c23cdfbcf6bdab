"""Which pairs can meet in a window: layers of height, cells of direction, and a straight line.

An object stands in every layer of height that it crosses in the window, and in one cell of that layer.  Cells are so
wide that whoever meets in the window stands in neighbouring cells at its middle.  What is left is tested as motion on
a straight line, in single precision, with room for all that single precision and the straight line leave out.
"""

import math

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Floats
from baken.astro.compiled import compiled
from baken.assess.conjunction._windows import EARTH_MU_KM3_S2, Indices, Singles

Counts = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]

LOWEST_KM = 6000.0
HIGHEST_KM = 500_000.0  # everything above shares the last layer
REFERENCE_KM = 7000.0  # where a layer is as thick as the settings say; thickness grows with radius^1.5
RAGGED_FACTOR = (
    5.0  # an object seen from the side of its window strays up to four times as far from the model
)
SINGLE_KM = 3e-7  # what single precision leaves of a length of one
VECTOR = 16

# The columns of the table of layers.
L_MEAN_MOTION, L_REACH_S, L_STRETCH, L_REACH_RAD, N_LAYER_COLUMNS = 0, 1, 2, 3, 4
# The counts of the account.
APART_IN_HEIGHT, APART_IN_DIRECTION, TESTED, FOUND = 0, 1, 2, 3


@compiled
def layer_of(radius_km: float, thickness_km: float) -> int:
    """Return the layer a radius lies in."""
    radius_km = min(max(radius_km, LOWEST_KM), HIGHEST_KM)
    scale = 2.0 * REFERENCE_KM / thickness_km
    return int(scale * (math.sqrt(REFERENCE_KM / LOWEST_KM) - math.sqrt(REFERENCE_KM / radius_km)))


@compiled
def radius_of(layer: float, thickness_km: float) -> float:
    """Return the radius at which a layer begins."""
    scale = 2.0 * REFERENCE_KM / thickness_km
    root = math.sqrt(REFERENCE_KM / LOWEST_KM) - layer / scale
    return REFERENCE_KM / (root * root)


@compiled
def fill_reach(
    states_km: Singles, perturbation_km_s2: Floats, half_s: float, room_km: float, reach: Floats
) -> None:
    """Write lowest and highest radius in the window, half the angle swept, latitude and longitude.

    Shape: states_km is (6, n); reach is (5, n); lowest is NaN where there is no state.
    """
    low, high, sweep, latitude, longitude = reach[0], reach[1], reach[2], reach[3], reach[4]
    x, y, z = states_km[0], states_km[1], states_km[2]
    vx, vy, vz = states_km[3], states_km[4], states_km[5]
    for k in range(low.size):
        r2 = x[k] * x[k] + y[k] * y[k] + z[k] * z[k] + 0.0
        v2 = vx[k] * vx[k] + vy[k] * vy[k] + vz[k] * vz[k] + 0.0
        r = math.sqrt(r2)
        rate = (x[k] * vx[k] + y[k] * vy[k] + z[k] * vz[k]) / r
        across2 = max(v2 - rate * rate, 0.0)
        pull = EARTH_MU_KM3_S2 / r2
        bend = across2 / r - pull
        rest = perturbation_km_s2[k] * half_s * half_s * 0.5 + room_km
        # The third derivative of radius, with half as much again for those beyond.
        rest += abs(rate) * abs(2.0 * pull - 3.0 * across2 / r) / r * half_s**3 / 4.0
        lowest = r - abs(rate) * half_s + min(bend, 0.0) * half_s * half_s * 0.5 - rest
        low[k] = max(lowest, 0.1 * r)
        high[k] = r + abs(rate) * half_s + max(bend, 0.0) * half_s * half_s * 0.5 + rest
        sweep[k] = math.sqrt(across2) * r / (low[k] * low[k]) * half_s * 1.01
    for k in range(low.size):
        latitude[k] = math.asin(
            min(max(z[k] / math.sqrt(x[k] * x[k] + y[k] * y[k] + z[k] * z[k]), -1.0), 1.0)
        )
        longitude[k] = math.atan2(y[k], x[k]) + math.pi


@compiled
def fill_layers(
    reach: Floats,
    thickness_km: float,
    half_s: float,
    room_km: float,
    layers: Floats,
    counts: Counts,
    fresh: Counts,
) -> int:
    """Fill the table of layers; return how many entries its cells will hold.

    ``counts`` is how many objects stand in a layer, ``fresh`` how many begin in it.
    """
    low, high, sweep = reach[0], reach[1], reach[2]
    layers[:, L_REACH_RAD] = 0.0
    counts[:] = 0
    fresh[:] = 0
    n_entries = 0
    for k in range(low.size):
        if not low[k] > 0.0:
            continue
        first, last = layer_of(low[k], thickness_km), layer_of(high[k], thickness_km)
        fresh[first] += 1
        n_entries += last - first + 1
        for layer in range(first, last + 1):
            counts[layer] += 1
            layers[layer, L_REACH_RAD] = max(layers[layer, L_REACH_RAD], sweep[k])
    for layer in range(len(layers)):
        r = radius_of(layer + 0.5, thickness_km)
        n = math.sqrt(EARTH_MU_KM3_S2 / r**3)
        layers[layer, L_MEAN_MOTION] = n
        layers[layer, L_REACH_S] = math.tan(n * half_s) / n
        layers[layer, L_STRETCH] = 1.0 / math.cos(n * half_s)
        angle = (
            2.0 * layers[layer, L_REACH_RAD] + 2.0 * room_km / radius_of(float(layer), thickness_km) + 1e-5
        )
        # No more cells than there are objects to put in them.
        layers[layer, L_REACH_RAD] = max(angle, math.sqrt(2.0 * math.pi / max(counts[layer], 1)))
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
        angle = layers[layer, L_REACH_RAD]
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
    thickness_km: float,
    first_band: Counts,
    bands: Floats,
    first_cell: Counts,
    entry_object: Short,
    entry_layer: Short,
    entry_cell: Short,
    cell_end: Short,
) -> int:
    """List every (object, layer) with its cell, and count the cells' members."""
    low, high, latitude, longitude = reach[0], reach[1], reach[3], reach[4]
    cell_end[:] = 0
    n = 0
    for k in range(low.size):
        if not low[k] > 0.0:
            continue
        first, last = layer_of(low[k], thickness_km), layer_of(high[k], thickness_km)
        for layer in range(first, last + 1):
            begin, end = first_band[layer], first_band[layer + 1]
            if begin == end:
                continue
            band = begin + min(int((latitude[k] + 0.5 * math.pi) / bands[begin, 0]), end - begin - 1)
            around = bands[band, 1]
            cell = first_cell[band] + min(int(longitude[k] * around / (2.0 * math.pi)), int(around) - 1)
            entry_object[n], entry_layer[n], entry_cell[n] = k, layer, cell
            cell_end[cell] += 1
            n += 1
    return n


@compiled
def sort_entries(
    n: int,
    states_km: Singles,
    reach: Floats,
    perturbation_km_s2: Floats,
    error_km: Floats,
    stray: Floats,
    half_s: float,
    thickness_km: float,
    layers: Floats,
    entry_object: Short,
    entry_layer: Short,
    entry_cell: Short,
    cell_end: Short,
    cells: Singles,
    member: Short,
    n_fresh: Short,
) -> None:
    """Bring the entries in order of cell: states, and the room each needs; ``cell_end`` becomes where cells end.

    Shape: cells is (7, entries + VECTOR); member and n_fresh likewise, n_fresh counting fresh ones before.
    """
    total = 0
    for cell in range(cell_end.size):
        total += cell_end[cell]
        cell_end[cell] = total
    for e in range(n - 1, -1, -1):
        k, layer, cell = entry_object[e], entry_layer[e], entry_cell[e]
        cell_end[cell] -= 1
        at = cell_end[cell]
        for column in range(6):
            cells[column, at] = states_km[column, k]
        n2 = layers[layer, L_MEAN_MOTION] ** 2
        low, high = reach[0, k], reach[1, k]
        wrong = max(
            abs(n2 * low - EARTH_MU_KM3_S2 / (low * low)), abs(n2 * high - EARTH_MU_KM3_S2 / (high * high))
        )
        room = (wrong + perturbation_km_s2[k]) * half_s * half_s * 0.5 * stray[k]
        cells[6, at] = room + error_km[k] + SINGLE_KM * high
        member[at] = k
        n_fresh[at + 1] = 1 if layer == layer_of(low, thickness_km) else 0
    n_fresh[0] = 0
    for e in range(n):
        n_fresh[e + 1] += n_fresh[e]
    for e in range(n, n + VECTOR):
        cells[:, e] = 0.0
        cells[0, e] = 1e9
        member[e] = -1


@compiled
def n_close(cells: Singles, i: int, first: int, last: int, threshold: np.float32, reach_s: np.float32) -> int:
    """Count the entries from first to last that come near entry ``i`` on a straight line."""
    x, y, z, u, v, w, room = cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]
    xi, yi, zi, ui, vi, wi, ri = x[i], y[i], z[i], u[i], v[i], w[i], room[i] + threshold
    n = 0
    for j in range(first, last):
        dx, dy, dz = x[j] - xi, y[j] - yi, z[j] - zi
        du, dv, dw = u[j] - ui, v[j] - vi, w[j] - wi
        r2 = dx * dx + dy * dy + dz * dz
        rv = dx * du + dy * dv + dz * dw
        v2 = du * du + dv * dv + dw * dw
        d = ri + room[j]
        allowed = d * d + np.float32(2e-6) * r2
        rv = abs(rv)
        passes = rv <= reach_s * v2
        inside = r2 * v2 - rv * rv <= allowed * v2
        outside = r2 - reach_s * (rv + rv) + reach_s * reach_s * v2 <= allowed
        n += 1 if (inside if passes else outside) else 0
    return n


@compiled
def is_close(cells: Singles, i: int, j: int, threshold: np.float32, reach_s: np.float32) -> bool:
    """Tell whether two entries come near each other on a straight line."""
    return n_close(cells, i, j, j + 1, threshold, reach_s) == 1


@compiled
def test_run(
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
    account: Counts,
) -> int:
    """Test one entry against a run of others; note the pairs that come near.  Returns how many are noted."""
    if last <= first:
        return n_found
    is_fresh = n_fresh[i + 1] > n_fresh[i]
    account[TESTED] += last - first if is_fresh else n_fresh[last] - n_fresh[first]
    if n_close(cells, i, first, last, threshold, reach_s) == 0:
        return n_found
    for j in range(first, last):
        if (is_fresh or n_fresh[j + 1] > n_fresh[j]) and is_close(cells, i, j, threshold, reach_s):
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
    cell_end: Short,
    cells: Singles,
    member: Short,
    n_fresh: Short,
    n_entries: int,
    found: Indices,
    account: Counts,
) -> int:
    """Test all neighbours in all layers; return how many pairs come near (more than ``found`` holds: ask again)."""
    n_found = 0
    turn = 2.0 * math.pi
    for layer in range(len(layers)):
        begin, end = first_band[layer], first_band[layer + 1]
        reach_s = np.float32(layers[layer, L_REACH_S])
        threshold = np.float32(threshold_km * layers[layer, L_STRETCH] * 1.0001)
        angle = layers[layer, L_REACH_RAD]
        for band in range(begin, end):
            height, around = bands[band, 0], int(bands[band, 1])
            base = first_cell[band]
            has_next = band + 1 < end
            if has_next:
                north = (band + 2 - begin) * height - 0.5 * math.pi
                south = (band - begin) * height - 0.5 * math.pi
                spread = longitude_reach(angle, max(abs(south), abs(north)))
                next_around, next_base = int(bands[band + 1, 1]), first_cell[band + 1]
            for column in range(around):
                cell = base + column
                first = cell_end[cell]
                last = cell_end[cell + 1] if cell + 1 < cell_end.size else n_entries
                if first == last:
                    continue
                # To the east: the next cell, which lies behind this one but at the seam.
                east_first, east_last = last, last
                run_end = last
                if around > 2 or (around == 2 and column == 0):
                    east = base + (column + 1) % around
                    if column + 1 < around:
                        run_end = cell_end[east + 1] if east + 1 < cell_end.size else n_entries
                    else:
                        east_first = cell_end[east]
                        east_last = cell_end[east + 1] if east + 1 < cell_end.size else n_entries
                # To the north: all cells of the next band that reach over.
                n1, n2, n3, n4 = 0, 0, 0, 0
                if has_next:
                    west_edge = int(math.floor((turn * column / around - spread) * next_around / turn))
                    east_edge = int(math.floor((turn * (column + 1) / around + spread) * next_around / turn))
                    if east_edge - west_edge + 1 >= next_around:
                        west_edge, east_edge = 0, next_around - 1
                    if west_edge < 0:
                        n3 = cell_end[next_base + west_edge + next_around]
                        n4 = _end(cell_end, next_base + next_around - 1, n_entries)
                        west_edge = 0
                    elif east_edge >= next_around:
                        n3 = cell_end[next_base]
                        n4 = _end(cell_end, next_base + east_edge - next_around, n_entries)
                        east_edge = next_around - 1
                    n1 = cell_end[next_base + west_edge]
                    n2 = _end(cell_end, next_base + east_edge, n_entries)
                for i in range(first, last):
                    n_found = test_run(
                        cells, member, n_fresh, i, i + 1, run_end, threshold, reach_s, found, n_found, account
                    )
                    n_found = test_run(
                        cells,
                        member,
                        n_fresh,
                        i,
                        east_first,
                        east_last,
                        threshold,
                        reach_s,
                        found,
                        n_found,
                        account,
                    )
                    n_found = test_run(
                        cells, member, n_fresh, i, n1, n2, threshold, reach_s, found, n_found, account
                    )
                    n_found = test_run(
                        cells, member, n_fresh, i, n3, n4, threshold, reach_s, found, n_found, account
                    )
    return n_found


@compiled
def _end(cell_end: Short, cell: int, n_entries: int) -> int:
    """Return where a cell ends: where the next one begins."""
    return cell_end[cell + 1] if cell + 1 < cell_end.size else n_entries


@compiled
def n_apart_in_height(counts: Counts, fresh: Counts, n_present: int) -> int:
    """Return how many pairs share no layer: all, less those whose first common layer is counted in each."""
    together = 0
    for layer in range(counts.size):
        together += fresh[layer] * (counts[layer] - fresh[layer]) + fresh[layer] * (fresh[layer] - 1) // 2
    return n_present * (n_present - 1) // 2 - together
