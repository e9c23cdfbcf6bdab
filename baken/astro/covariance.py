"""Covariances: turned into another frame, judged, and mended only by name."""

from typing import NamedTuple

import numpy as np

from baken.astro.arrays import Floats, FloatsLike, Truths


def turned_covariance(rotation: FloatsLike, covariance: FloatsLike) -> Floats:
    """Return a covariance of position (3 x 3) or of position and velocity (6 x 6) in the frame turned to.

    Both halves of a state turn alike: this is the change of axes at one instant, not of a turning frame.

    Shape:  rotation (..., 3, 3), covariance (..., 3, 3) or (..., 6, 6).
    Raises: ValueError for another size.

    >>> quarter_turn = [[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    >>> np.diag(turned_covariance(quarter_turn, np.diag([1.0, 4.0, 9.0])))
    array([4., 1., 9.])
    """
    covariance = np.asarray(covariance, dtype=np.float64)
    turn = _as_large_as(covariance, np.asarray(rotation, dtype=np.float64))
    return symmetric(turn @ covariance @ np.swapaxes(turn, -1, -2))


def _as_large_as(covariance: Floats, rotation: Floats) -> Floats:
    if covariance.shape[-2:] == (3, 3):
        return rotation
    if covariance.shape[-2:] != (6, 6):
        raise ValueError(f"a covariance of a state is 3 x 3 or 6 x 6; this one is {covariance.shape[-2:]}")
    both = np.zeros((*rotation.shape[:-2], 6, 6))
    both[..., :3, :3] = both[..., 3:, 3:] = rotation
    return both


def symmetric(matrix: FloatsLike) -> Floats:
    """Return the symmetric part: what rounding took from a covariance is not in it."""
    matrix = np.asarray(matrix, dtype=np.float64)
    return np.asarray(0.5 * (matrix + np.swapaxes(matrix, -1, -2)))


def is_positive_definite(covariance: FloatsLike) -> Truths:
    """Tell which covariances could belong to something: variance above zero in every direction.

    Judged after scaling to correlations, so that metres and millimetres per second count alike.  NaN is not.

    >>> is_positive_definite([np.eye(3), np.diag([1.0, 1.0, -1e-9])])
    array([ True, False])
    """
    covariance = symmetric(covariance)
    variance = np.diagonal(covariance, axis1=-2, axis2=-1)
    hopeful = np.asarray(np.isfinite(covariance).all(axis=(-2, -1)) & (variance > 0.0).all(axis=-1))
    sigma = np.sqrt(np.where(hopeful[..., None], variance, 1.0))
    correlation = covariance / (sigma[..., :, None] * sigma[..., None, :])
    plain = np.where(hopeful[..., None, None], correlation, np.eye(covariance.shape[-1]))
    return np.asarray(hopeful & (np.linalg.eigvalsh(plain)[..., 0] > 0.0))


class Clipped(NamedTuple):
    """A covariance after clipping, and what was done to it: nothing where ``n_raised`` is zero."""

    covariance: Floats
    n_raised: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    eigenvalues_before: Floats


def clip_eigenvalues_hall_2017(covariance: FloatsLike, smallest_eigenvalue: float) -> Clipped:
    """Raise the eigenvalues that are too small to the smallest one allowed, and say how many they were.

    What needs no help comes back untouched, to the last bit.  For a probability of collision NASA CARA takes
    ``(1e-4 * hard_body_radius_m) ** 2``.

    Shape:  (..., n, n).
    Raises: ValueError when the smallest eigenvalue asked for is not positive, or a covariance is not finite.
    Source: Hall, Hejduk & Johnson (2017), AAS 17-567.

    >>> clip_eigenvalues_hall_2017(np.diag([4.0, -1e-6]), 1e-4).covariance
    array([[4.e+00, 0.e+00],
           [0.e+00, 1.e-04]])
    """
    if not smallest_eigenvalue > 0.0:
        raise ValueError(f"smallest_eigenvalue must be positive; it is {smallest_eigenvalue}")
    covariance = np.asarray(covariance, dtype=np.float64)
    if not np.isfinite(covariance).all():
        raise ValueError("a covariance with a number missing cannot be mended; leave its row out")
    eigenvalues, axes = np.linalg.eigh(symmetric(covariance))
    n_raised = (eigenvalues < smallest_eigenvalue).sum(axis=-1)
    raised = np.maximum(eigenvalues, smallest_eigenvalue)
    rebuilt = symmetric((axes * raised[..., None, :]) @ np.swapaxes(axes, -1, -2))
    return Clipped(np.where((n_raised > 0)[..., None, None], rebuilt, covariance), n_raised, eigenvalues)
