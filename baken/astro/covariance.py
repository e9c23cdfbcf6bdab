"""Covariances: turned into another frame, judged, and mended only by name.

Those of a position are 3 x 3, in square metres; those of a state 6 x 6, in metres and metres per second, and
carry the same name.
"""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Truths
from baken.astro.local_frames import rotation_inertial_to_rtn


def turned_covariance(rotation: FloatsLike, covariance_m2: FloatsLike) -> Floats:
    """Return a covariance of position (3 x 3) or of position and velocity (6 x 6) in the frame turned to.

    Both halves of a state turn alike: this is the change of axes at one instant, not of a turning frame.

    Shape:  rotation (..., 3, 3), covariance (..., 3, 3) or (..., 6, 6).
    Raises: ValueError for another size.

    >>> quarter_turn = [[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    >>> np.diag(turned_covariance(quarter_turn, np.diag([1.0, 4.0, 9.0])))
    array([4., 1., 9.])
    """
    covariance = np.asarray(covariance_m2, dtype=np.float64)
    turn = _as_large_as(covariance, np.asarray(rotation, dtype=np.float64))
    return _symmetric(turn @ covariance @ np.swapaxes(turn, -1, -2))


def inertial_covariance(
    position_m: FloatsLike, velocity_m_s: FloatsLike, covariance_rtn_m2: FloatsLike
) -> Floats:
    """Return a covariance given in the object's own RTN, in the frame of its state.

    Shape:  vectors (..., 3), covariance (..., 3, 3) or (..., 6, 6), turned as ``turned_covariance`` says.

    >>> np.diag(inertial_covariance([0.0, 7e6, 0.0], [-7500.0, 0.0, 0.0], np.diag([1.0, 4.0, 9.0])))
    array([4., 1., 9.])
    """
    rotation = rotation_inertial_to_rtn(position_m, velocity_m_s)
    return turned_covariance(np.swapaxes(rotation, -1, -2), covariance_rtn_m2)


def rtn_covariance(position_m: FloatsLike, velocity_m_s: FloatsLike, covariance_m2: FloatsLike) -> Floats:
    """Return a covariance in the frame of the state, in the object's own RTN: the way back.

    >>> np.diag(rtn_covariance([0.0, 7e6, 0.0], [-7500.0, 0.0, 0.0], np.diag([4.0, 1.0, 9.0])))
    array([1., 4., 9.])
    """
    return turned_covariance(rotation_inertial_to_rtn(position_m, velocity_m_s), covariance_m2)


def _as_large_as(covariance: Floats, rotation: Floats) -> Floats:
    if covariance.shape[-2:] == (3, 3):
        return rotation
    if covariance.shape[-2:] != (6, 6):
        raise ValueError(f"a covariance of a state is 3 x 3 or 6 x 6; this one is {covariance.shape[-2:]}")
    both = np.zeros((*rotation.shape[:-2], 6, 6))
    both[..., :3, :3] = both[..., 3:, 3:] = rotation
    return both


def _symmetric(matrix: FloatsLike) -> Floats:
    """Return the symmetric part: what rounding took from a covariance is not in it."""
    matrix = np.asarray(matrix, dtype=np.float64)
    return np.asarray(0.5 * (matrix + np.swapaxes(matrix, -1, -2)))


def is_positive_definite(covariance_m2: FloatsLike) -> Truths:
    """Tell which covariances could belong to something: variance above zero in every direction.

    Judged after scaling to correlations, so that metres and millimetres per second count alike.  NaN is not.

    >>> is_positive_definite([np.eye(3), np.diag([1.0, 1.0, -1e-9])])
    array([ True, False])
    """
    covariance = _symmetric(covariance_m2)
    variance = np.diagonal(covariance, axis1=-2, axis2=-1)
    hopeful = np.asarray(np.isfinite(covariance).all(axis=(-2, -1)) & (variance > 0.0).all(axis=-1))
    sigma = np.sqrt(np.where(hopeful[..., None], variance, 1.0))
    correlation = covariance / (sigma[..., :, None] * sigma[..., None, :])
    plain = np.where(hopeful[..., None, None], correlation, np.eye(covariance.shape[-1]))
    return np.asarray(hopeful & (np.linalg.eigvalsh(plain)[..., 0] > 0.0))


class Clipped(NamedTuple):
    """A covariance after clipping, and what was done to it: nothing where ``n_raised`` is zero."""

    covariance_m2: Floats
    n_raised: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    eigenvalues_before_m2: Floats


def clip_eigenvalues_hall_2017(covariance_m2: FloatsLike, smallest_eigenvalue_m2: float) -> Clipped:
    """Raise the eigenvalues that are too small to the smallest one allowed, and say how many they were.

    What needs no help comes back untouched, to the last bit.  For a probability of collision NASA CARA takes
    ``(1e-4 * hard_body_radius_m) ** 2``.

    Shape:  (..., n, n).
    Raises: ValueError when the smallest eigenvalue asked for is not positive, or a covariance is not finite.
    Source: Hall, Hejduk & Johnson (2017), AAS 17-567.

    >>> clip_eigenvalues_hall_2017(np.diag([4.0, -1e-6]), 1e-4).covariance_m2
    array([[4.e+00, 0.e+00],
           [0.e+00, 1.e-04]])
    """
    if not smallest_eigenvalue_m2 > 0.0:
        raise ValueError(f"smallest_eigenvalue_m2 must be positive; it is {smallest_eigenvalue_m2}")
    covariance_m2 = np.asarray(covariance_m2, dtype=np.float64)
    if not np.isfinite(covariance_m2).all():
        raise ValueError("a covariance with a number missing cannot be mended; leave its row out")
    eigenvalues_m2, axes = np.linalg.eigh(_symmetric(covariance_m2))
    n_raised = np.asarray((eigenvalues_m2 < smallest_eigenvalue_m2).sum(axis=-1))
    raised_m2 = np.maximum(eigenvalues_m2, smallest_eigenvalue_m2)
    rebuilt_m2 = _symmetric((axes * raised_m2[..., None, :]) @ np.swapaxes(axes, -1, -2))
    return Clipped(
        np.where((n_raised > 0)[..., None, None], rebuilt_m2, covariance_m2), n_raised, eigenvalues_m2
    )
