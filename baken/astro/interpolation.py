"""Interpolation in tables of equal steps, to say how far a reader of one will be off."""

import numpy as np

from baken.astro.arrays import Floats


def lagrange_at_midpoints(position_m: Floats, degree: int) -> Floats:
    """Return what a table gives halfway between its rows, by the polynomial through the nearest ones.

    Near the ends, where rows lie to one side, the first or last ``degree + 1`` rows are taken.  Halfway is
    where such a polynomial is furthest off inside a table, and nearly so in its outermost intervals.

    Shape:  position_m is (n, 3) at equal steps; the result is (n - 1, 3).
    Raises: ValueError when there are fewer rows than the degree asks for.
    Source: Berrut & Trefethen (2004), Barycentric Lagrange interpolation, SIAM Review 46, section 3.

    >>> cubes_m = np.outer(np.arange(6.0) ** 3, [1.0, 0.0, 0.0])
    >>> lagrange_at_midpoints(cubes_m, 3)[:, 0]
    array([ 0.125,  3.375, 15.625, 42.875, 91.125])
    """
    n_nodes, n_rows = degree + 1, len(position_m)
    if not 2 <= n_nodes <= n_rows:
        raise ValueError(f"degree {degree} asks for {n_nodes} rows, two at least; there are {n_rows}")
    interval = np.arange(n_rows - 1)
    first = np.clip(interval + 1 - n_nodes // 2, 0, n_rows - n_nodes)
    weight = _weights_at_midpoints(n_nodes)[interval - first]
    return np.asarray(np.einsum("kn,kna->ka", weight, position_m[first[:, None] + np.arange(n_nodes)]))


def _weights_at_midpoints(n_nodes: int) -> Floats:
    """Return what each of ``0 ... n - 1`` weighs halfway along each interval between them."""
    node = np.arange(n_nodes, dtype=float)
    middle = node[:-1, None] + 0.5
    between = node[:, None] - node[None, :]
    np.fill_diagonal(between, 1.0)
    weight = 1.0 / between.prod(axis=1) / (middle - node)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))
