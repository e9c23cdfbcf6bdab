"""Covariances between the instants at which somebody gave them."""

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.covariance import is_positive_definite


def interpolated_covariance_m2(
    node_tai_ns: Instants, covariance_m2: Floats, epoch_tai_ns: Instants, longest_gap_s: float
) -> Floats:
    """Return covariances between nodes, blended in their logarithms: always positive, never swollen.

    Give them in axes that travel along (RTN), where they change slowly.  NaN outside the nodes, within a gap
    too long to be bridged, and beside a node that is not positive definite: nothing is carried on or mended.

    Shape:  nodes (k,), rising, and (k, n, n); epochs (m,); the result (m, n, n).
    Source: the log-Euclidean mean of Arsigny et al. (2006), Magnetic Resonance in Medicine 56, 411.

    >>> two = np.array([np.diag([1.0, 1.0]), np.diag([100.0, 1.0])])
    >>> interpolated_covariance_m2(np.array([0, 10]), two, np.array([5, 11]), 1.0)[:, 0, 0].round(9)
    array([10., nan])
    """
    nodes, epochs = np.asarray(node_tai_ns), np.asarray(epoch_tai_ns)
    if nodes.size == 0:
        return np.full((epochs.size, *covariance_m2.shape[-2:]), np.nan)
    after = np.clip(np.searchsorted(nodes, epochs), 1, nodes.size - 1) if nodes.size > 1 else 0 * epochs
    before = np.maximum(after - 1, 0)
    step_ns = np.maximum(nodes[after] - nodes[before], 1)
    share = ((epochs - nodes[before]) / step_ns)[:, None, None]
    good = np.asarray(is_positive_definite(covariance_m2))
    logarithm = _through_eigenvalues(np.where(good[:, None, None], covariance_m2, np.nan), np.log)
    blended = (1.0 - share) * logarithm[before] + share * logarithm[after]
    inside = (epochs >= nodes[0]) & (epochs <= nodes[-1]) & (step_ns * 1e-9 <= longest_gap_s)
    known = np.asarray(inside | (epochs == nodes[before]))
    return _through_eigenvalues(np.where(known[:, None, None], blended, np.nan), np.exp)


def _through_eigenvalues(matrix: Floats, function: np.ufunc) -> Floats:
    """Return a function of symmetric matrices; NaN where there is no number."""
    known = np.asarray(np.isfinite(matrix).all(axis=(-2, -1)))
    eigenvalues, axes = np.linalg.eigh(np.where(known[:, None, None], matrix, np.eye(matrix.shape[-1])))
    made = (axes * function(eigenvalues)[:, None, :]) @ np.swapaxes(axes, -1, -2)
    return np.asarray(np.where(known[:, None, None], made, np.nan))
