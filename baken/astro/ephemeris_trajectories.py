"""Trajectories of tabulated ephemerides, with a bound that also knows what a table leaves unsaid.

Two things come between a trajectory and what the source of a table meant.  The polynomial may leave the
table: across a burn the table bends within two rows, which the last coefficients of a longer piece need not
show, so here both are compared between every two rows.  And the table may not tell the whole motion between
its rows, or tell it with noise: that is seen by leaving each row out in turn and asking the others for it.
"""

from dataclasses import replace

import numpy as np

from baken.astro.arrays import Floats, Instants, Truths
from baken.astro.motions import EphemerisMotion, Motion, ephemeris_motion
from baken.astro.sgp4 import Indices
from baken.astro.trajectories import Trajectories, approximate

# Where trajectory and table are compared, and what the largest difference may be between two of these places:
# both are smooth there, and four to an interval catch it to a few per cent.
N_PLACES_A_ROW = 4
UNSEEN_FACTOR = 1.1


def approximate_tables(
    motion: EphemerisMotion,
    start_tai_ns: int,
    end_tai_ns: int,
    *,
    tolerance_m: float = 20.0,
    max_n_halvings: int = 7,
) -> Trajectories:
    """Return tables as trajectories, each piece with a bound on how far it is from what its source meant.

    The tolerance is for the polynomials.  What the table itself leaves open is added to their bound, however
    much it is: nobody can do better than to say so.

    Raises: ValueError when a table has too few rows to leave any out, or the interval cannot be halved that
    often.
    """
    trajectories = approximate(
        motion, start_tai_ns, end_tai_ns, tolerance_m=tolerance_m, max_n_halvings=max_n_halvings
    )
    off_m = UNSEEN_FACTOR * _largest_in_pieces(trajectories, *_differences(motion, trajectories))
    open_m = _largest_in_pieces(trajectories, *_rows_of(motion), left_out_misses_m(motion))
    return replace(trajectories, error_bound_m=np.maximum(trajectories.error_bound_m, off_m) + open_m)


def left_out_misses_m(motion: EphemerisMotion) -> Floats:
    """Return how far the other rows of a table, asked for each row in turn, are from it.

    At twice the step between its neighbours, so that it is far more than what readers are off between rows.
    The first and the last row of a table take the value of their neighbour.

    Shape:  the result is (rows,).
    Raises: ValueError when a table has too few rows to leave any out.

    >>> time_ns = np.arange(9) * 60_000_000_000
    >>> line_m = np.outer(np.arange(9) * 60.0, [1.0, 0.0, 0.0])
    >>> straight = ephemeris_motion([time_ns], [line_m], [np.tile([1.0, 0.0, 0.0], (9, 1))])
    >>> bool((left_out_misses_m(straight) < 1e-9).all())
    True
    """
    object_index, epoch_tai_ns = _rows_of(motion)
    first, last = motion.first_row[:-1], motion.first_row[1:] - 1
    # So far apart that no polynomial misses more than one of its rows.
    stride = motion.n_nodes + 1
    place = np.arange(epoch_tai_ns.size) - first[object_index]
    miss_m = np.full(epoch_tai_ns.size, np.nan)
    for turn in range(stride):
        is_out = place % stride == turn
        position_m, _, _ = _without(motion, is_out).states(object_index[is_out], epoch_tai_ns[is_out])
        miss_m[is_out] = np.sqrt(((position_m - motion.position_m[is_out]) ** 2).sum(axis=1))
    miss_m[first], miss_m[last] = miss_m[first + 1], miss_m[last - 1]
    return miss_m


def _without(motion: EphemerisMotion, is_out: Truths) -> EphemerisMotion:
    tables = [slice(*motion.first_row[k : k + 2]) for k in range(motion.n_objects)]
    return ephemeris_motion(
        [motion.epoch_tai_ns[rows][~is_out[rows]] for rows in tables],
        [motion.position_m[rows][~is_out[rows]] for rows in tables],
        [motion.velocity_m_s[rows][~is_out[rows]] for rows in tables],
        n_nodes=motion.n_nodes,
    )


def _rows_of(motion: EphemerisMotion) -> tuple[Indices, Instants]:
    """Return whose each row is, and when."""
    return np.repeat(np.arange(motion.n_objects), np.diff(motion.first_row)), motion.epoch_tai_ns


def _differences(motion: EphemerisMotion, trajectories: Trajectories) -> tuple[Indices, Instants, Floats]:
    """Return how far trajectories are from the tables, at some places between every two rows."""
    object_index, epoch_tai_ns = _rows_of(motion)
    same_table = np.flatnonzero(object_index[1:] == object_index[:-1])
    share = np.arange(N_PLACES_A_ROW + 1) / N_PLACES_A_ROW
    step_ns = epoch_tai_ns[same_table + 1] - epoch_tai_ns[same_table]
    epochs = (epoch_tai_ns[same_table, None] + np.rint(step_ns[:, None] * share).astype(np.int64)).ravel()
    index = np.repeat(object_index[same_table], share.size)
    return index, epochs, _distance_m(motion, trajectories, index, epochs)


def _distance_m(one: Motion, other: Trajectories, index: Indices, epoch_tai_ns: Instants) -> Floats:
    away_m = one.states(index, epoch_tai_ns)[0] - other.states(index, epoch_tai_ns)[0]
    return np.asarray(np.sqrt((away_m**2).sum(axis=1)))


def _largest_in_pieces(
    trajectories: Trajectories, object_index: Indices, epoch_tai_ns: Instants, value_m: Floats
) -> Floats:
    """Return the largest value in each piece, those just before and after it included.

    Values stand in order of object and time.
    """
    largest_m = np.zeros(trajectories.error_bound_m.size)
    piece = trajectories.piece_at(object_index, epoch_tai_ns)
    same = object_index[1:] == object_index[:-1]
    _raise_to(largest_m, piece, value_m)
    _raise_to(largest_m, piece[1:][same], value_m[:-1][same])
    _raise_to(largest_m, piece[:-1][same], value_m[1:][same])
    return largest_m


def _raise_to(largest_m: Floats, piece: Indices, value_m: Floats) -> None:
    known = (piece >= 0) & np.isfinite(value_m)
    np.maximum.at(largest_m, piece[known], value_m[known])
