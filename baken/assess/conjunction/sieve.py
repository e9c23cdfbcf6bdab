"""The sieve: from every pair of objects to the few that can meet, window by window, with an account.

Nothing is lost here that the motion itself would show: every filter has room for the error bounds of the
trajectories, for what a straight line leaves out, and for single precision.  What passes is looked at closely
elsewhere (``approach``).  Each filter counts what it puts aside.
"""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from baken.assess.conjunction import _layers as layers_of_height
from baken.assess.conjunction import _pairs as pairs_of_cells
from baken.assess.conjunction import _windows as windows
from baken.astro.arrays import Floats, Instants
from baken.astro.trajectories import Trajectories

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SieveSettings:
    """How the sieve works.  Any settings give the same approaches; these are quick ones.

    Time is cut into slices, each slice into ``2 ** n_halvings`` windows of at most ``window_s``.
    ``tolerance_m`` is how well trajectories follow their motion; ``layer_m`` how thick layers are at 600
    km height.
    """

    window_s: float = 320.0
    n_halvings: int = 6
    tolerance_m: float = 40.0
    layer_m: float = 40_000.0

    def __post_init__(self) -> None:
        if not (self.window_s > 0.0 and self.tolerance_m > 0.0 and self.layer_m > 0.0):
            raise ValueError("window_s, tolerance_m and layer_m must be positive")
        if not 4 <= self.n_halvings <= 12:
            raise ValueError(f"n_halvings must be from 4 to 12; it is {self.n_halvings}")

    @property
    def n_windows(self) -> int:
        return int(2**self.n_halvings)


@dataclass(frozen=True, slots=True, kw_only=True)
class SieveAccount:
    """What the sieve was given and what each filter put aside, counted in pairs in windows.

    ``far_from_primaries`` counts objects, once in every slice: who can come near nobody that was asked about.
    """

    far_from_primaries: int = 0
    pair_windows: int = 0
    apart_in_height: int = 0
    apart_in_direction: int = 0
    apart_on_a_line: int = 0
    not_asked_for: int = 0
    candidates: int = 0
    without_minimum: int = 0
    too_far: int = 0
    looked_at_closely: int = 0
    approaches: int = 0

    def __add__(self, other: "SieveAccount") -> "SieveAccount":
        return SieveAccount(
            **{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)}
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """Pairs that can meet in a window: ``first < second``, each (pair, window) once, in order."""

    first: Indices
    second: Indices
    window: Indices


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slice:
    """A slice of time cut into windows, with the trajectories of all objects in it."""

    start_tai_ns: int
    end_tai_ns: int
    n_windows: int
    trajectories: Trajectories
    pieces: Indices
    first_window_of_piece: Indices
    n_windows_of_piece: Indices

    @property
    def window_s(self) -> float:
        return (self.end_tai_ns - self.start_tai_ns) * 1e-9 / self.n_windows

    @property
    def half_s(self) -> Floats:
        """Half the length of each piece."""
        return np.asarray((self.trajectories.end_tai_ns - self.trajectories.start_tai_ns) * 0.5e-9)

    def border_tai_ns(self, window: Indices) -> Instants:
        """Return when windows begin; window ``n_windows`` begins where the slice ends."""
        return border_tai_ns(self.start_tai_ns, self.end_tai_ns, self.n_windows, window)

    @property
    def ragged(self) -> tuple[Indices, Indices, Indices]:
        """Return the object, window and piece of every piece that lies within one window."""
        per_window_ns = (self.end_tai_ns - self.start_tai_ns) / self.n_windows
        short = np.flatnonzero(self.half_s * 2e9 < per_window_ns - windows.BORDER_NS)
        middle = 0.5 * (self.trajectories.start_tai_ns[short] + self.trajectories.end_tai_ns[short])
        window = ((middle - self.start_tai_ns) / per_window_ns).astype(np.int64)
        return self.trajectories.object_of_piece[short], window, short


def border_tai_ns(start_tai_ns: int, end_tai_ns: int, n_windows: int, window: Indices) -> Instants:
    """Return when the windows of a slice begin; window ``n_windows`` begins where the slice ends."""
    whole, rest = divmod(end_tai_ns - start_tai_ns, n_windows)
    return np.asarray(start_tai_ns + window * whole + window * rest // n_windows)


def make_slice(trajectories: Trajectories, start_tai_ns: int, end_tai_ns: int, n_windows: int) -> Slice:
    """Lay a grid of windows over trajectories that were made for just this slice."""
    pieces, first, number = windows.pieces_of_windows(trajectories, start_tai_ns, end_tai_ns, n_windows)
    return Slice(
        start_tai_ns=start_tai_ns,
        end_tai_ns=end_tai_ns,
        n_windows=n_windows,
        trajectories=trajectories,
        pieces=pieces,
        first_window_of_piece=first,
        n_windows_of_piece=number,
    )


def sift(
    part: Slice, threshold_m: float, layer_m: float, primaries: Indices | None = None
) -> tuple[Candidates, SieveAccount]:
    """Return the pairs that can come within the threshold in each window of a slice, and the account.

    With ``primaries`` only pairs that hold at least one of them are returned.
    """
    scan = _scan(part, threshold_m, layer_m)
    n = part.trajectories.n_objects
    keys, account = [], SieveAccount()
    for first_window in range(0, part.n_windows, windows.N_TOGETHER):
        states_km = _states_of_windows(part, scan, first_window)
        for k in range(windows.N_TOGETHER):
            found, counted = _scan_window(scan, states_km[k], scan.stray[first_window + k])
            account = account + counted
            # A pair that shares several layers is found in the first; neighbours in a run may find it twice.
            keys.append(((first_window + k) * n + found[:, 0]) * n + found[:, 1])
    key = np.unique(np.concatenate(keys))
    pair, window = key % (n * n), key // (n * n)
    candidates = Candidates(first=pair // n, second=pair % n, window=window)
    if primaries is None:
        return candidates, account + SieveAccount(candidates=key.size)
    return _only(candidates, primaries, n, account)


def _only(
    candidates: Candidates, primaries: Indices, n_objects: int, account: SieveAccount
) -> tuple[Candidates, SieveAccount]:
    """Keep the pairs that hold a primary."""
    is_primary = np.zeros(n_objects, dtype=bool)
    is_primary[primaries] = True
    keep = is_primary[candidates.first] | is_primary[candidates.second]
    kept = Candidates(
        first=candidates.first[keep], second=candidates.second[keep], window=candidates.window[keep]
    )
    n_kept = int(np.count_nonzero(keep))
    return kept, account + SieveAccount(candidates=n_kept, not_asked_for=keep.size - n_kept)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Scan:
    """What stays the same from window to window of a slice."""

    threshold_km: float
    thickness_km: float
    half_s: float
    perturbation_km_s2: Floats
    error_km: Floats
    stray: npt.NDArray[np.float64]
    tables: Floats
    ragged: tuple[Indices, Indices, Indices]


def _scan(part: Slice, threshold_m: float, layer_m: float) -> _Scan:
    """Work out what stays the same from window to window."""
    trajectories, n = part.trajectories, part.trajectories.n_objects
    perturbation_km_s2, error_km = np.zeros(n), np.zeros(n)
    windows.fill_perturbations(
        trajectories.first_piece,
        trajectories.coefficients_m,
        part.half_s,
        windows.look_tables(),
        perturbation_km_s2,
    )
    np.maximum.at(error_km, trajectories.object_of_piece, trajectories.error_bound_m * 1e-3)
    stray = np.ones((part.n_windows, n))
    ragged = part.ragged
    stray[ragged[1], ragged[0]] = layers_of_height.RAGGED_FACTOR
    return _Scan(
        threshold_km=threshold_m * 1e-3,
        thickness_km=layer_m * 1e-3,
        half_s=0.5 * part.window_s,
        perturbation_km_s2=perturbation_km_s2,
        error_km=error_km,
        stray=stray,
        tables=windows.window_tables(part.n_windows),
        ragged=ragged,
    )


def _states_of_windows(part: Slice, scan: _Scan, first_window: int) -> windows.Singles:
    """Return states in the middles of 16 windows, those of objects that are there for a part included."""
    trajectories = part.trajectories
    states_km = np.empty((windows.N_TOGETHER, 6, trajectories.n_objects), dtype=np.float32)
    windows.fill_window_states(
        part.pieces,
        part.first_window_of_piece,
        part.n_windows_of_piece,
        trajectories.coefficients_m,
        part.half_s,
        scan.tables,
        first_window,
        states_km,
    )
    for k, window, piece in zip(*scan.ragged, strict=True):
        if 0 <= window - first_window < windows.N_TOGETHER:
            middle = 0.5 * (trajectories.start_tai_ns[piece] + trajectories.end_tai_ns[piece])
            windows.fill_ragged_state(
                trajectories.coefficients_m[piece],
                part.half_s[piece],
                (middle - part.start_tai_ns) * 1e-9,
                (window + 0.5) * part.window_s,
                states_km[window - first_window, :, k],
            )
    return states_km


def _scan_window(scan: _Scan, states_km: windows.Singles, stray: Floats) -> tuple[Indices, SieveAccount]:
    """Return the pairs of one window that can come within the threshold."""
    n = states_km.shape[1]
    reach, layer = np.empty((5, n)), np.empty((2, n), dtype=np.int32)
    layers_of_height.fill_reach(
        states_km, scan.perturbation_km_s2, scan.error_km, scan.half_s, scan.threshold_km, scan.thickness_km,
        reach, layer,
    )  # fmt: skip
    n_layers = layers_of_height.n_layers(scan.thickness_km)
    layers = np.empty((n_layers, layers_of_height.N_LAYER_COLUMNS))
    counts, fresh = np.empty(n_layers, dtype=np.int64), np.empty(n_layers, dtype=np.int64)
    n_most = layers_of_height.fill_layers(
        reach, layer, scan.thickness_km, scan.half_s, scan.threshold_km, layers, counts, fresh
    )
    first_band = np.empty(n_layers + 1, dtype=np.int64)
    n_bands = int(np.sum(np.maximum(np.pi / layers[:, layers_of_height.L_CELL_RAD], 1.0) + 1.0))
    bands, first_cell = np.empty((n_bands, 2)), np.empty(n_bands + 1, dtype=np.int64)
    n_cells = layers_of_height.lay_grid(layers, counts, first_band, bands, first_cell)
    entry, cell_begin = (
        np.empty((3, n_most), dtype=np.int32),
        np.empty(n_cells + n_layers + 1, dtype=np.int32),
    )
    n_entries = layers_of_height.fill_entries(
        reach, layer, layers, first_band, bands, first_cell, entry, cell_begin[:-1]
    )
    cell_begin[-1] = n_entries
    sorted_states = np.empty((7, n_entries + layers_of_height.VECTOR), dtype=np.float32)
    member, n_fresh = np.empty(n_entries, dtype=np.int32), np.empty(n_entries + 1, dtype=np.int32)
    own_room_km = np.stack([scan.error_km + scan.perturbation_km_s2 * scan.half_s**2 * 0.5 * stray, stray])
    layers_of_height.sort_entries(
        n_entries, states_km, reach, layer, own_room_km, scan.half_s, layers, entry, cell_begin[:-1],
        sorted_states, member, n_fresh,
    )  # fmt: skip
    found, tally = np.empty((4096, 2), dtype=np.int64), np.zeros(4, dtype=np.int64)
    while True:
        tally[:] = 0
        n_found = pairs_of_cells.find_pairs(
            scan.threshold_km, layers, first_band, bands, first_cell, cell_begin, sorted_states, member,
            n_fresh, found, tally,
        )  # fmt: skip
        n_found = pairs_of_cells.find_fast_pairs(
            scan.threshold_km, reach, layers, first_band, bands, first_cell, cell_begin, sorted_states,
            member, n_fresh, found, n_found, tally,
        )  # fmt: skip
        if n_found <= len(found):
            break
        found = np.empty((2 * n_found, 2), dtype=np.int64)
    n_present = int(np.count_nonzero(layer[0] <= layer[1]))
    pairs, tested = n_present * (n_present - 1) // 2, int(tally[pairs_of_cells.TESTED])
    apart = int(pairs_of_cells.n_apart_in_height(counts, fresh, n_present))
    return found[:n_found], SieveAccount(
        pair_windows=pairs,
        apart_in_height=apart,
        apart_in_direction=pairs - apart - tested,
        apart_on_a_line=tested - n_found,
    )
