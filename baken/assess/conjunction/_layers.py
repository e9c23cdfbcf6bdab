"""Where objects stand in a window: in layers of height, and in cells of direction.

An object stands in every layer of height that it crosses in the window, and in one cell of that layer.
Cells are so wide that whoever meets in the window stands in neighbouring cells at its middle.
"""

import math

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction._windows import EARTH_MU_KM3_S2, Singles
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

# The columns of the table of layers.
(
    L_MEAN_MOTION, L_REACH_S, L_STRETCH, L_FAST_RAD, L_SWEEP_RAD, L_CELL_RAD, N_LAYER_COLUMNS
) = range(7)  # fmt: skip
VECTOR = 16  # entries that are tested at a time; behind the last ones lie as many that meet nobody
NOWHERE_KM = 1e9
ANGLE_SLACK_RAD = 1e-5  # angles are rough, to 1e-7
# An object that sweeps so much more than a circular one of its layer (one in fifty) searches its own
# neighbourhood, lest it widen the cells of all the others.
FAST = 1.12


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
    """Write lowest and highest radius in the window, half the angle swept, latitude and longitude; and
    layers.

    Shape: states_km is (6, n); reach is (5, n); layer is (2, n), first and last, first above last where no
    state is.
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
        across2 = across2 if across2 > 0.0 else 0.0 * across2
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
    if not angle < math.pi:
        return 2.0 * math.pi
    sine = math.sin(0.5 * angle)
    cosine = math.cos(latitude) if abs(latitude) < 0.5 * math.pi else 0.0
    return 2.0 * math.asin(sine / cosine) + 1e-6 if sine < cosine else 2.0 * math.pi


@compiled
def lay_grid(layers: Floats, counts: Counts, first_band: Counts, bands: Floats, first_cell: Counts) -> int:
    """Cut each layer that holds anybody into bands and cells; return the number of cells.

    ``first_band`` is (layers + 1,); ``bands`` holds height and number of cells of each band, ``first_cell``
    where its cells begin.
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
    """Bring the entries in order of cell: states, and the room each needs; ``cell_end`` becomes where cells
    begin.

    ``room_km`` is (2, n): what an object needs anywhere, and how much further than others it may stray from
    the model of its layer.  ``n_fresh`` counts how many before are in their first layer.

    Shape: cells is (7, entries + VECTOR).
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
    cells[:, n:] = 0.0
    cells[0, n:] = NOWHERE_KM
    for column in range(6):
        row, state = cells[column], states_km[column]
        for at in range(n):
            row[at] = state[member[at]]
