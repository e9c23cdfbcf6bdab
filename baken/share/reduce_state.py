"""States and ephemerides, told coarsely: each carried to an instant on the grid and rounded there."""

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Floats, Instants
from baken.formats.realm_word import realm_words
from baken.records.ephemeris import CovarianceHistory, Ephemeris
from baken.records.orbit_state import OrbitState, SpacecraftParameters, StateCovariance
from baken.share.carry import Carried
from baken.share.grids import NANOSECONDS_A_SECOND, epochs_on_grid, on_grid, to_digits
from baken.share.wanted import (
    CannotReduce,
    Turned,
    Wanted,
    carried_state,
    checked_frame,
    reduced_covariance,
    reduced_identity,
)

Rows = npt.NDArray[np.int64]
NEEDED = ("epoch", "position", "velocity", "frame", "identity")
STATE, EPHEMERIS = "a state of an orbit", "an ephemeris"


def reduce_state(state: OrbitState, wanted: Wanted) -> OrbitState:
    """Return one state, carried to its rounded epoch and rounded there, and nothing that is not on this list.

    Raises: CannotReduce when it cannot be told as coarsely as asked.
    """
    wanted.may_lack(NEEDED, STATE)
    checked_frame(state.frame, state.centre, STATE)
    epoch_tai_ns = wanted.epoch(state.epoch_tai_ns, STATE)
    _refuse_burn_between(state, epoch_tai_ns)
    grids = wanted.grid("position_m", STATE), wanted.grid("velocity_m_s", STATE)
    after_s = (epoch_tai_ns - state.epoch_tai_ns) / 1e9
    before = np.array(state.position_m), np.array(state.velocity_m_s)
    there = carried_state(state.frame, *before, after_s, STATE)
    given = None
    if state.covariance is not None:
        told = state.covariance.frame, state.covariance.covariance_si
        given = reduced_covariance(wanted, state.frame, before, told, there, after_s, state.frame)
    return OrbitState(
        identity=reduced_identity(state.identity, wanted.precision),
        frame=state.frame,
        centre=state.centre,
        epoch_tai_ns=epoch_tai_ns,
        position_m=tuple(on_grid(there.position_m, grids[0]).tolist()),
        velocity_m_s=tuple(on_grid(there.velocity_m_s, grids[1]).tolist()),
        covariance=None if given is None else StateCovariance(frame=given[0], covariance_si=given[1]),
        spacecraft=_spacecraft(state.spacecraft, wanted),
        time_system=state.time_system,
        frame_epoch_tai_ns=state.frame_epoch_tai_ns,
        originator=_originator(state.originator, wanted),
        created_tai_ns=wanted.created(state.created_tai_ns, STATE),
        realm=state.realm,
        marking=wanted.marking,
        comments=(("header", wanted.comments),),
        other_fields=realm_words(state.realm),
    )


def reduce_ephemeris(ephemeris: Ephemeris, wanted: Wanted) -> Ephemeris:
    """Return an ephemeris with one row for each point of the grid at most, each carried there and rounded.

    Rows younger than the delay are cut off, and so is what its source lets nobody use.  How to interpolate is
    not told: between rounded rows the words of the source no longer hold.

    Raises: CannotReduce when it cannot be told as coarsely as asked, or no row is old enough.
    """
    wanted.may_lack(NEEDED, EPHEMERIS)
    checked_frame(ephemeris.frame, ephemeris.centre, EPHEMERIS)
    epochs, rows = _thinned(ephemeris.epoch_tai_ns, _span(ephemeris), wanted)
    if not rows.size:
        raise CannotReduce("no rounded instant lies within the ephemeris and is old enough; ask a finer grid")
    position_m, velocity_m_s = _rows(ephemeris, rows, epochs)
    return Ephemeris(
        identity=reduced_identity(ephemeris.identity, wanted.precision),
        frame=ephemeris.frame,
        centre=ephemeris.centre,
        epoch_tai_ns=epochs,
        position_m=on_grid(position_m, wanted.grid("position_m", EPHEMERIS)),
        velocity_m_s=on_grid(velocity_m_s, wanted.grid("velocity_m_s", EPHEMERIS)),
        covariances=_covariances(ephemeris, wanted),
        start_tai_ns=int(epochs[0]),
        stop_tai_ns=int(epochs[-1]),
        time_system=ephemeris.time_system,
        frame_epoch_tai_ns=ephemeris.frame_epoch_tai_ns,
        originator=_originator(ephemeris.originator, wanted),
        created_tai_ns=wanted.created(ephemeris.created_tai_ns, EPHEMERIS),
        realm=ephemeris.realm,
        marking=wanted.marking,
        comments=wanted.comments,
        other_fields=realm_words(ephemeris.realm),
    )


def _refuse_burn_between(state: OrbitState, epoch_tai_ns: int) -> None:
    """Refuse to carry a state over a burn, which nothing here knows how to follow."""
    first, last = sorted((state.epoch_tai_ns, epoch_tai_ns))
    for burn in state.manoeuvres:
        begins = burn.ignition_tai_ns
        ends = (begins or 0) + round((burn.duration_s or 0.0) * NANOSECONDS_A_SECOND)
        if first < last and (begins is None or (begins <= last and ends >= first)):
            raise CannotReduce("a burn lies between the epoch and the rounded one; ask a finer grid")


def _thinned(epoch_tai_ns: Instants, span: tuple[int, int], wanted: Wanted) -> tuple[Instants, Rows]:
    """Return the points of the grid that have a row near them, and the nearest row of each.

    Only points within ``span``: a table ends where a burn begins, and nothing is carried over one.
    """
    rounded = epochs_on_grid(epoch_tai_ns, wanted.grid("epoch_s", EPHEMERIS))
    goes = (span[0] <= rounded) & (rounded <= span[1])
    if wanted.youngest_tai_ns is not None:
        goes &= np.maximum(rounded, epoch_tai_ns) <= wanted.youngest_tai_ns
    rows = np.flatnonzero(goes)
    # Of several rows of one point the nearest, of two as near the earlier: sorting is stable.
    in_order = rows[np.lexsort((np.abs(rounded - epoch_tai_ns)[rows], rounded[rows]))]
    points, first = np.unique(rounded[in_order], return_index=True)
    return points, in_order[first]


def _span(ephemeris: Ephemeris) -> tuple[int, int]:
    return ephemeris.good_from_tai_ns, ephemeris.good_until_tai_ns


def _rows(ephemeris: Ephemeris, rows: Rows, epochs: Instants) -> tuple[Floats, Floats]:
    after_s = (epochs - ephemeris.epoch_tai_ns[rows]) / 1e9
    led = [_from_row(ephemeris, int(row), float(seconds)) for row, seconds in zip(rows, after_s, strict=True)]
    return np.array([one.position_m for one in led]), np.array([one.velocity_m_s for one in led])


def _from_row(ephemeris: Ephemeris, row: int, after_s: float) -> Carried:
    state = ephemeris.position_m[row], ephemeris.velocity_m_s[row]
    return carried_state(ephemeris.frame, *state, after_s, EPHEMERIS)


def _covariances(ephemeris: Ephemeris, wanted: Wanted) -> CovarianceHistory | None:
    told = ephemeris.covariances
    if told is None:
        return None
    epochs, rows = _thinned(told.epoch_tai_ns, _span(ephemeris), wanted)
    pairs = zip(rows.tolist(), epochs.tolist(), strict=True)
    led = [_covariance(ephemeris, told, row, at_tai_ns, wanted) for row, at_tai_ns in pairs]
    given = [one for one in led if one is not None]
    if not given:
        return None
    return CovarianceHistory(
        epoch_tai_ns=epochs,
        frames=tuple(frame for frame, _ in given),
        covariance_si=np.array([matrix for _, matrix in given]),
    )


def _covariance(
    ephemeris: Ephemeris, told: CovarianceHistory, row: int, at_tai_ns: int, wanted: Wanted
) -> Turned | None:
    """Return one covariance at a point of the grid; the state it needs is carried from the nearest row."""
    own_tai_ns = int(told.epoch_tai_ns[row])
    near = int(np.abs(ephemeris.epoch_tai_ns - own_tai_ns).argmin())
    gap_s = (own_tai_ns - int(ephemeris.epoch_tai_ns[near])) / 1e9
    here = _from_row(ephemeris, near, gap_s)
    state, after_s = (here.position_m, here.velocity_m_s), (at_tai_ns - own_tai_ns) / 1e9
    # The row of states that stands at this instant may have been carried as far, to the other side.
    longest_s = max(abs(after_s), wanted.grid("epoch_s", EPHEMERIS) / 2.0)
    there = carried_state(ephemeris.frame, *state, longest_s, EPHEMERIS)
    matrix = told.frames[row], told.covariance_si[row]
    return reduced_covariance(wanted, ephemeris.frame, state, matrix, there, after_s, ephemeris.frame)


def _spacecraft(told: SpacecraftParameters | None, wanted: Wanted) -> SpacecraftParameters | None:
    """Return what a body is like when the precision keeps it, to so many digits."""
    digits = wanted.precision.significant_digits
    if told is None or "spacecraft" not in wanted.precision.keep or digits is None:
        return None

    def rounded(value: float | None) -> float | None:
        return None if value is None else to_digits(value, digits)

    return SpacecraftParameters(
        mass_kg=rounded(told.mass_kg),
        radiation_area_m2=rounded(told.radiation_area_m2),
        radiation_coefficient=rounded(told.radiation_coefficient),
        drag_area_m2=rounded(told.drag_area_m2),
        drag_coefficient=rounded(told.drag_coefficient),
    )


def _originator(said: str, wanted: Wanted) -> str:
    return said if "originator" in wanted.precision.keep else wanted.originator
