"""What a cloud of pieces adds to the risk of an object that flies through it."""

import numpy as np

from baken.assess.fragmentation.cloud import (
    cell_volumes,
    densities_over_height,
    shares_in_bands,
    shares_in_shells,
)
from baken.astro.arrays import Floats, FloatsLike, Instants, InstantsLike
from baken.astro.constants import EARTH_MU_M3_S2, EARTH_RADIUS_WGS84_M
from baken.astro.motions import Motion

SHELL_M = 20e3
N_BANDS = 36
PASSAGE_STEP_S, PASSAGE_WITHIN_M, PASSAGE_SPAN_S, MOST_PASSAGES = 5.0, 200e3, 86_400.0, 10


def collisions_per_s(
    asset_elements_si: FloatsLike, area_m2: float, elements_si: FloatsLike, weight: FloatsLike = 1.0
) -> float:
    """Return how many collisions an object may expect each second with pieces strewn into a shell.

    As in a gas: density times speed times area, summed over heights and latitudes by the time both spend
    there.  Takes nodes, perigees and anomalies as strewn all round, and the speed of a circle at each
    height, ascending and descending passes alike; climb and descent are left out.  ``weight`` is how many
    pieces a row stands for.

    Shape:  asset (6,), pieces (n, 6), rows of NaN for those that are down.
    Source: Kessler (1981), Icarus 48, 39.

    >>> piece = [7e6, 0.01, 1.4, 0.0, 0.0, 0.0]
    >>> rate = collisions_per_s(piece, 10.0, np.tile(piece, (1000, 1)))
    >>> bool(1e-6 < rate * 86400.0 * 365.25 < 1e-2)
    True
    """
    asset = np.asarray(asset_elements_si, dtype=float)
    pieces = np.atleast_2d(np.asarray(elements_si, dtype=float))
    edge_m = _heights_of(asset)
    edge_rad = np.linspace(-np.pi / 2.0, np.pi / 2.0, N_BANDS + 1)
    middle_rad = 0.5 * (edge_rad[1:] + edge_rad[:-1])
    radius_m = EARTH_RADIUS_WGS84_M + 0.5 * (edge_m[1:] + edge_m[:-1])
    own = shares_in_shells(asset, edge_m)[0][:, None] * shares_in_bands(asset, edge_rad)[0]
    meeting = _relative_speed_of_unit_circles(asset[2], pieces[:, 2], middle_rad)
    number = np.broadcast_to(np.asarray(weight, dtype=float), pieces.shape[:1])
    bands = np.nan_to_num(shares_in_bands(pieces, edge_rad) * meeting) * number[:, None]
    flux = shares_in_shells(pieces, edge_m).T @ bands * np.sqrt(EARTH_MU_M3_S2 / radius_m)[:, None]
    return float(area_m2 * (own * flux / cell_volumes(edge_m, edge_rad)).sum())


def collisions_per_s_in_shells(
    edge_m: FloatsLike, area_m2: float, elements_si: FloatsLike, weight: FloatsLike = 1.0
) -> Floats:
    """Return how many collisions an object on a circle between heights may expect each second.

    The mean over all planes such a circle may have: two circles that cross at any angle meet at 4 / pi of
    their speed.  Nodes, perigees and anomalies of the pieces are taken as strewn all round.

    Shape:  edges (k + 1,) increasing, pieces (n, 6), rows of NaN for those that are down; the result (k,).

    >>> pieces = np.tile([7e6, 0.01, 1.4, 0.0, 0.0, 0.0], (1000, 1))
    >>> collisions_per_s_in_shells([300e3, 500e3, 700e3], 10.0, pieces).round(13)
    array([0.e+00, 8.e-13])
    """
    edges = np.asarray(edge_m, dtype=float)
    radius_m = EARTH_RADIUS_WGS84_M + 0.5 * (edges[1:] + edges[:-1])
    speed_m_s = 4.0 / np.pi * np.sqrt(EARTH_MU_M3_S2 / radius_m)
    return np.asarray(area_m2 * speed_m_s * densities_over_height(elements_si, edges, weight))


def collisions_per_s_by_shells(
    asset_elements_si: FloatsLike, edge_m: FloatsLike, area_m2: float, elements_si: FloatsLike
) -> Floats:
    """Return roughly how many collisions each of many objects may expect each second: to rank them by.

    By the time each spends between heights, whatever its inclination; ``collisions_per_s`` counts that too.

    Shape:  assets (k, 6), edges (j + 1,) increasing, pieces (n, 6); the result (k,).

    >>> pieces = np.tile([7e6, 0.01, 1.4, 0.0, 0.0, 0.0], (1000, 1))
    >>> edges = [300e3, 500e3, 700e3]
    >>> both = [[7e6, 0.01, 0.1, 0.0, 0.0, 0.0], [6.78e6, 0.001, 1.4, 0.0, 0.0, 0.0]]
    >>> collisions_per_s_by_shells(both, edges, 10.0, pieces).round(13)
    array([8.e-13, 0.e+00])
    """
    rates = collisions_per_s_in_shells(edge_m, area_m2, elements_si)
    return np.asarray(shares_in_shells(asset_elements_si, edge_m) @ rates)


def passages_of_pinch(
    epoch_tai_ns: InstantsLike, position_m: FloatsLike, pinch_m: FloatsLike, within_m: float
) -> tuple[Instants, Floats]:
    """Return when an object passes the place of a breakup within a range, and how near it comes.

    Before a cloud has spread its pieces all come back through that place, and through the line opposite to
    it: pass the opposite point to ask for that one.

    Shape:  epochs (k,), positions (k, 3), at a step well below the time of a pass; the results (passes,).
    """
    epochs = np.asarray(epoch_tai_ns, dtype=np.int64)
    distance_m = np.linalg.norm(
        np.asarray(position_m, dtype=float) - np.asarray(pinch_m, dtype=float), axis=-1
    )
    inner = distance_m[1:-1]
    is_least = (inner < distance_m[:-2]) & (inner <= distance_m[2:]) & (inner < within_m)
    rows = np.flatnonzero(is_least) + 1
    return epochs[rows], distance_m[rows]


def first_passages(motion: Motion, epoch_tai_ns: int, pinch_m: FloatsLike) -> tuple[tuple[int, float], ...]:
    """Return when the one object of a motion passes a place within 200 km in the first day, and how near.

    At most ten passes, each with its distance in metres.
    """
    n_steps = int(PASSAGE_SPAN_S / PASSAGE_STEP_S)
    at_tai_ns = epoch_tai_ns + (np.arange(n_steps) * PASSAGE_STEP_S * 1e9).astype(np.int64)
    place_m = motion.states(np.zeros(n_steps, dtype=np.int64), at_tai_ns)[0]
    epochs, distance_m = passages_of_pinch(at_tai_ns, place_m, pinch_m, PASSAGE_WITHIN_M)
    return tuple(zip(epochs.tolist()[:MOST_PASSAGES], distance_m.tolist()[:MOST_PASSAGES], strict=True))


def _heights_of(asset: Floats) -> Floats:
    """Return edges of shells that hold the whole of an orbit, with a shell to spare."""
    low_m = asset[0] * (1.0 - asset[1]) - EARTH_RADIUS_WGS84_M - SHELL_M
    high_m = asset[0] * (1.0 + asset[1]) - EARTH_RADIUS_WGS84_M + SHELL_M
    n_shells = min(int(np.ceil((high_m - low_m) / SHELL_M)), 400)
    return np.linspace(low_m, high_m, n_shells + 1)


def _relative_speed_of_unit_circles(
    asset_rad: float, inclination_rad: Floats, latitude_rad: Floats
) -> Floats:
    """Return the mean relative speed of two circular orbits at latitudes, in units of their speed; (n, k)."""
    cosine = np.cos(latitude_rad)
    east_own = np.clip(np.cos(asset_rad) / cosine, -1.0, 1.0)
    east = np.clip(np.cos(inclination_rad)[:, None] / cosine, -1.0, 1.0)
    north = np.sqrt(1.0 - east_own**2) * np.sqrt(1.0 - east**2)
    both = [np.sqrt(np.maximum(2.0 * (1.0 - east_own * east - sign * north), 0.0)) for sign in (1.0, -1.0)]
    return np.asarray(0.5 * (both[0] + both[1]))
